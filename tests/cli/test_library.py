"""``parcc library``: what it prints, in text and as JSON, and how it ends."""

import json

import pytest

from .conftest import FAULTY


@pytest.fixture
def place(tmp_path, monkeypatch, parcc):
    """A folder with a library that holds one document, named by the environment."""
    monkeypatch.setenv("PARCC_LIBRARY", str(tmp_path / "kho.db"))
    (tmp_path / "qd.txt").write_text(FAULTY, encoding="utf-8")
    assert parcc("library", "init").exit_code == 0
    assert parcc("library", "add", tmp_path / "qd.txt").exit_code == 0
    return tmp_path


def told(parcc, *words):
    result = parcc("library", *words, "-f", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_a_library_that_is_not_there_is_not_made_by_a_slip(parcc, tmp_path):
    result = parcc("library", "list", "--library", tmp_path / "nham.db")
    assert result.exit_code == 2
    assert "E502" in result.output
    assert not (tmp_path / "nham.db").exists()


def test_a_library_is_not_made_over_another(parcc, place):
    result = parcc("library", "init", place / "kho.db")
    assert (result.exit_code, "E510" in result.output) == (2, True)


def test_the_list_names_the_document(parcc, place):
    (document,) = told(parcc, "list")["documents"]
    assert (document["number"], document["versions"]) == ("12/QĐ-UBND", 1)
    assert "Quyết định 12/QĐ-UBND, 15/01/2024" in parcc("library", "list").output


def test_a_search_shows_the_words_around_the_place(parcc, place):
    assert "Chỉ thị số 03/CT- UBND" in parcc("library", "search", "chi thi so 03").output
    (hit,) = told(parcc, "search", "chi", "thi")["hits"]
    assert hit["document"]["number"] == "12/QĐ-UBND"


def test_a_search_for_nothing_is_refused(parcc, place):
    result = parcc("library", "search", "…")
    assert (result.exit_code, "E515" in result.output) == (2, True)


def test_a_document_is_shown_with_version_file_and_findings(parcc, place):
    shown = told(parcc, "show", "12/QĐ-UBND")
    assert shown["versions"][0]["files"][0]["name"].endswith("qd.txt")
    assert "VB206" in {one["finding"]["rule"] for one in shown["findings"]}
    assert shown["extraction"]["schema"] == "parcc-extraction/1"
    text = parcc("library", "show", "1").output.replace("\n", "")
    assert all(part in text for part in ("Phiên bản 1", "qd.txt", "VB206"))


def test_a_decision_is_kept(parcc, place):
    finding = next(one for one in told(parcc, "show", "1")["findings"] if one["finding"]["rule"] == "VB206")
    done = parcc("library", "decide", finding["id"], "set_aside", "--because", "đã sửa", "--by", "Lan")
    assert done.exit_code == 0
    states = {one["id"]: one["state"] for one in told(parcc, "show", "1")["findings"]}
    assert states[finding["id"]] == "set_aside"


def test_what_is_not_in_the_library_is_said_so(parcc, place):
    result = parcc("--lang", "en", "library", "show", "99/QĐ-UBND")
    assert (result.exit_code, "E508" in result.output) == (2, True)


def test_a_file_that_cannot_be_read_is_told_and_the_rest_is_added(parcc, place):
    (place / "hong.docx").write_bytes(b"PK\x03\x04 hong")
    (place / "moi.txt").write_text(FAULTY.replace("12/QĐ", "13/QĐ"), encoding="utf-8")
    result = parcc("library", "add", place / "hong.docx", place / "moi.txt")
    assert result.exit_code == 2
    assert "13/QĐ-UBND" in result.output


def test_a_backup_is_restored_and_whole(parcc, place):
    assert parcc("library", "backup", place / "sao-luu").exit_code == 0
    assert parcc("library", "restore", place / "sao-luu", place / "lai.db").exit_code == 0
    verified = parcc("library", "verify", "--library", place / "lai.db")
    assert (verified.exit_code, "nguyên vẹn" in verified.output) == (0, True)


def test_a_library_that_lost_an_original_is_not_whole(parcc, place):
    for file in (place / "kho.files").rglob("*"):
        if file.is_file():
            file.unlink()
    verified = parcc("library", "verify", "-f", "json")
    assert verified.exit_code == 2
    assert [one["kind"] for one in json.loads(verified.output)["problems"]] == ["original_missing"]


def test_an_export_says_what_it_wrote(parcc, place):
    result = parcc("library", "export", place / "xuat")
    assert (result.exit_code, "1 văn bản" in result.output) == (0, True)


def test_impact_names_the_documents_of_the_library(parcc, place):
    (place / "kh.txt").write_text(
        FAULTY.replace("12/QĐ", "14/QĐ").replace("Chỉ thị số 03/CT- UBND ngày 20 tháng 01 năm 2021 của UBND tỉnh",
                                                 "Nghị định số 45/2020/NĐ-CP ngày 08 tháng 4 năm 2020 của Chính phủ"),
        encoding="utf-8",
    )  # fmt: skip
    parcc("library", "add", place / "kh.txt")
    assert "Quyết định số 14/QĐ-UBND" in parcc("library", "impact", "45/2020/NĐ-CP").output


def test_a_finding_of_importing_is_explained_like_a_rule(parcc):
    for code in ("TV901", "TV902"):
        assert code in parcc("explain", code.lower()).output
    assert parcc("explain", "TV999").exit_code == 3
