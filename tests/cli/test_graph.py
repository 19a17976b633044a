"""``parcc graph``: questions answered in words and as JSON, files for other tools, a page and a picture."""

import json
import shutil

import pytest

from .conftest import HEAD, written

OURS = (
    HEAD
    + "Căn cứ Nghị định số 45/2020/NĐ-CP ngày 08 tháng 4 năm 2020 của Chính phủ;\nĐiều 1. Sở Nội vụ chủ trì thực hiện.\n"
)
OTHER = (HEAD + "Điều 1. Thực hiện Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ.\n").replace(
    "12/QĐ", "13/QĐ"
)


@pytest.fixture
def files(tmp_path):
    return written(tmp_path / "a.txt", OURS), written(tmp_path / "b.txt", OTHER)


def test_impact_names_the_documents_that_rest_on_an_instrument_and_no_other(parcc, files):
    done = parcc("graph", "impact", "45/2020/NĐ-CP", *files, "--as-of", "2026-11-23", "-f", "json")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert [one["document"]["properties"]["number"] for one in found["affected"]] == ["12/QĐ-UBND"]
    assert "12/QĐ-UBND" in parcc("graph", "impact", "45/2020/NĐ-CP", *files).stdout


def test_an_instrument_that_is_not_there_is_wrong_usage(parcc, files):
    done = parcc("graph", "impact", "9999/2020/NĐ-CP", *files)
    assert (done.exit_code, "E370" in done.stderr) == (3, True)
    assert "E370" in parcc("graph", "lineage", "9999/2020/NĐ-CP").stderr


def test_lineage_follows_the_registry(parcc):
    told = " ".join(parcc("graph", "lineage", "45/2025/NĐ-CP", "--as-of", "2026-11-23").stdout.split())
    assert "được thay thế bởi Nghị định số 150/2025/NĐ-CP" in told


def test_bases_stand_with_their_status(parcc, files):
    told = " ".join(parcc("graph", "bases", files[0], "--as-of", "2026-11-23").stdout.split())
    assert "Nghị định số 45/2020/NĐ-CP: chưa rõ hiệu lực" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("path", "77/2015/QH13", "72/2025/QH15"), "65/2025/QH15"),
        (("compare", "A", "B"), "Nghị định số 63/2010/NĐ-CP"),
        (("agencies", "A", "B"), "Sở Nội vụ: chủ trì 1"),
        (("conflicts", "A", "B"), "Không có"),
        (("indicators", "A", "B"), "Chỉ tiêu"),
        (("ranking", "A", "B"), "1 văn bản, 1 chỗ"),
        (("ranking", "A", "B", "--of", "orphans"), "12/QĐ-UBND"),
        (("ranking", "A", "B", "--of", "unknown"), "chưa có trong dữ liệu"),
        (("ranking", "A", "B", "--of", "oldest"), "lâu đời"),
    ],
)
def test_every_question_is_answered_in_words_and_as_json(parcc, files, words, said):
    named = dict(zip("AB", files, strict=True))
    asked = [str(named.get(word, word)) for word in words]
    done = parcc("graph", *asked)
    assert done.exit_code == 0, done.stderr
    assert said in " ".join(done.stdout.split())
    json.loads(parcc("graph", *asked, "-f", "json").stdout)


def test_a_document_that_cannot_be_read_is_told_and_the_others_are_answered_for(parcc, files, empty):
    done = parcc("graph", "impact", "45/2020/NĐ-CP", *files, empty)
    assert done.exit_code == 2
    assert "E101" in done.stderr
    assert "12/QĐ-UBND" in done.stdout


@pytest.mark.parametrize("form", ["graphml", "gexf", "json", "jsonld", "turtle", "cypher", "dot"])
def test_a_graph_is_written_in_every_format(parcc, files, tmp_path, form):
    output = tmp_path / f"do-thi.{form}"
    done = parcc("graph", "export", files[0], "-f", form, "-o", output)
    assert done.exit_code == 0, done.stderr
    assert "45/2020" in output.read_text(encoding="utf-8")


def test_a_graph_for_neo4j_is_a_folder_of_tables(parcc, files, tmp_path):
    assert parcc("graph", "export", files[0], "-f", "neo4j", "-o", tmp_path / "neo").exit_code == 0
    assert "relationships.csv" in {path.name for path in (tmp_path / "neo").iterdir()}


def test_a_graph_is_shown_as_a_page(parcc, files, tmp_path):
    assert parcc("graph", "show", files[0], "-o", tmp_path / "xem.html", "--as-of", "2026-11-23").exit_code == 0
    assert "45/2020/NĐ-CP" in (tmp_path / "xem.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["in.svg", "in.png"])
def test_a_graph_is_drawn_for_paper(parcc, files, tmp_path, name):
    done = parcc("graph", "show", files[0], "-o", tmp_path / name)
    if shutil.which("dot") is None:
        assert (done.exit_code, "E380" in done.stderr) == (3, True)
    else:
        assert (tmp_path / name).stat().st_size > 1000


def test_a_picture_of_another_kind_is_wrong_usage(parcc, files, tmp_path):
    done = parcc("graph", "show", files[0], "-o", tmp_path / "xem.pdf")
    assert (done.exit_code, "E345" in done.stderr) == (3, True)
