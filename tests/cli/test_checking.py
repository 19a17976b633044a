"""A check over settings, baselines, decisions and several documents, as a user asks for it."""

import json

import pytest
from docx import Document
from openpyxl import load_workbook

from .conftest import FAULTY, HEAD, written

PLAN = """ỦY BAN NHÂN DÂN TỈNH HÒA GIANG
Số: {number}/KH-UBND
Hòa Giang, ngày 15 tháng 01 năm {year}
KẾ HOẠCH
Cải cách hành chính năm {year}
Thực hiện Chỉ thị số 03/CT- UBND ngày 20 tháng 01 năm 2021 của UBND tỉnh.
"""


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch, tmp_path):
    """No settings of the machine reach a test."""
    monkeypatch.chdir(tmp_path)


def found(result):
    return json.loads(result.stdout)["findings"]


def test_the_settings_of_the_folder_hold_and_the_command_line_goes_before(parcc, faulty, tmp_path):
    (tmp_path / "parcc.toml").write_text('select = ["VB206"]\nfail-on = "warning"\n', encoding="utf-8")
    done = parcc("check", faulty, "-f", "json")
    assert {one["rule"] for one in found(done)} == {"VB206"}
    assert done.exit_code == 1
    assert parcc("check", faulty, "--fail-on", "error").exit_code == 0
    assert found(parcc("check", faulty, "--select", "VB207", "-f", "json")) == []


def test_rules_can_be_left_out_for_some_files(parcc, faulty, tmp_path):
    (tmp_path / "parcc.toml").write_text(f'[per-file-ignores]\n"{faulty.name}" = ["VB206"]\n', encoding="utf-8")
    assert "VB206" not in {one["rule"] for one in found(parcc("check", faulty, "-f", "json"))}


def test_settings_that_cannot_be_read_are_wrong_usage(parcc, faulty, tmp_path):
    (tmp_path / "parcc.toml").write_text("selekt = []", encoding="utf-8")
    done = parcc("check", faulty)
    assert done.exit_code == 3
    assert "E343" in done.stderr
    (tmp_path / "parcc.toml").write_text('[per-file-ignores]\n"*" = ["VB999"]', encoding="utf-8")
    assert "E304" in parcc("check", faulty).stderr


def test_what_the_baseline_has_is_shown_and_does_not_fail_the_run(parcc, faulty, tmp_path):
    before = tmp_path / "truoc.jsonl"
    assert parcc("check", faulty, "--select", "VB206", "-f", "jsonl", "-o", before).exit_code == 0
    asked = ("check", faulty, "--select", "VB206", "--fail-on", "warning")
    assert parcc(*asked).exit_code == 1
    done = parcc(*asked, "--baseline", before)
    assert done.exit_code == 0
    assert "VB206 [đã có ở lần trước]" in done.stdout


def test_a_baseline_that_is_none_is_wrong_usage(parcc, faulty, tmp_path):
    for name, content in (("absent.json", None), ("other.json", "{}")):
        if content is not None:
            (tmp_path / name).write_text(content, encoding="utf-8")
        done = parcc("check", faulty, "--baseline", tmp_path / name)
        assert (done.exit_code, "E342" in done.stderr) == (3, True)


def test_a_finding_set_aside_stays_in_the_report_with_its_reason(parcc, faulty):
    done = parcc("suppress", faulty, "vb206", "--because", "Bản gốc in như vậy", "--by", "Văn An")
    assert done.exit_code == 0, done.stderr
    assert faulty.with_name(faulty.name + ".parcc.yaml").is_file()
    after = parcc("check", faulty, "--select", "VB206", "--fail-on", "warning")
    assert after.exit_code == 0
    assert "Bản gốc in như vậy (Văn An" in " ".join(after.stdout.split())
    (finding,) = found(parcc("check", faulty, "--select", "VB206", "-f", "json"))
    assert finding["suppressed"]["reason"] == "Bản gốc in như vậy"


def test_setting_the_same_finding_aside_twice_writes_it_once(parcc, faulty):
    for _ in range(2):
        assert parcc("suppress", faulty, "VB206", "--because", "Đã xem").exit_code == 0
    decisions = faulty.with_name(faulty.name + ".parcc.yaml").read_text(encoding="utf-8")
    assert decisions.count("rule: VB206") == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("VB206", "--because", " "), "E330"),
        (("VB206", "--because", "a", "--line", "1"), "E344"),
        (("VB206", "--because", "a", "--words", "không có"), "E344"),
        (("VB999", "--because", "a"), "E304"),
    ],
)
def test_what_cannot_be_set_aside_is_told(parcc, faulty, words, code):
    done = parcc("suppress", faulty, *words)
    assert done.exit_code == 3
    assert code in done.stderr


def test_a_decision_that_fits_nothing_any_more_is_told(parcc, faulty):
    parcc("suppress", faulty, "VB206", "--because", "Đã xem")
    faulty.write_text(FAULTY.replace("CT- UBND", "CT-UBND"), encoding="utf-8")
    assert "1 quyết định không nêu nữa không còn khớp" in parcc("check", faulty).stderr


def test_a_damaged_file_of_decisions_fails_its_document_only(parcc, faulty, clean):
    faulty.with_name(faulty.name + ".parcc.yaml").write_text("- VB206", encoding="utf-8")
    done = parcc("check", faulty, clean)
    assert done.exit_code == 2
    assert "E341" in done.stderr
    assert "Tổng cộng 2 văn bản" in done.stdout


def test_documents_checked_together_each_have_their_report_in_order(parcc, tmp_path):
    files = [
        written(tmp_path / f"KH-{year}.txt", PLAN.format(number=number, year=year))
        for number, year in ((11, 2025), (12, 2026))
    ]
    files.insert(1, written(tmp_path / "rong.txt", ""))
    done = parcc("check", *files, "--together", "-f", "jsonl")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["source"]["path"] for line in lines] == [str(file) for file in files]
    assert done.exit_code == 2
    skipped = {one["rule"] for one in lines[0]["coverage"]["rules_skipped"]}
    alone = json.loads(parcc("check", files[0], "-f", "json").stdout)["coverage"]
    assert skipped < {one["rule"] for one in alone["rules_skipped"]}


def test_all_results_of_a_run_are_one_sarif_log(parcc, faulty, clean, empty):
    done = parcc("check", faulty, clean, empty, "-f", "sarif")
    (run,) = json.loads(done.stdout)["runs"]
    assert "VB206" in [one["ruleId"] for one in run["results"]]
    assert len(run["artifacts"]) == 2
    assert run["invocations"][0]["executionSuccessful"] is False
    assert done.exit_code == 2


def test_all_findings_of_a_run_are_one_workbook(parcc, faulty, clean, tmp_path):
    assert parcc("check", faulty, clean, "-f", "xlsx", "-o", tmp_path / "ket-qua.xlsx").exit_code == 0
    sheets = load_workbook(tmp_path / "ket-qua.xlsx")
    cells = [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("VB206" in cell for cell in cells)


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_binary_report_without_a_file_is_wrong_usage(parcc, faulty, form):
    done = parcc("check", faulty, "-f", form)
    assert done.exit_code == 3
    assert "E345" in done.stderr


def test_a_word_file_comes_back_with_comments(parcc, tmp_path):
    document = Document()
    for line in (HEAD + FAULTY).splitlines():
        document.add_paragraph(line)
    document.save(tmp_path / "QD.docx")
    done = parcc("check", tmp_path / "QD.docx", "--select", "VB206", "-f", "docx", "-o", tmp_path / "ra.docx")
    assert done.exit_code == 0, done.stderr
    (comment,) = Document(tmp_path / "ra.docx").comments
    assert "VB206" in comment.text


def test_word_files_go_into_a_folder_under_their_own_names(parcc, tmp_path):
    for name in ("a", "b"):
        document = Document()
        document.add_paragraph("Thực hiện Chỉ thị số 03/CT- UBND ngày 20 tháng 01 năm 2021.")
        document.save(tmp_path / f"{name}.docx")
    done = parcc("check", tmp_path / "a.docx", tmp_path / "b.docx", "-f", "docx", "-o", tmp_path / "ra")
    assert done.exit_code == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "ra").iterdir()) == ["a.docx", "b.docx"]


def test_comments_are_for_word_files_only(parcc, faulty, tmp_path):
    done = parcc("check", faulty, "-f", "docx", "-o", tmp_path / "ra.docx")
    assert done.exit_code == 2
    assert "E346" in done.stderr
    assert not (tmp_path / "ra.docx").exists()


@pytest.mark.parametrize("name", ["phieu.docx", "phieu.xlsx"])
def test_a_review_sheet_is_written_with_the_letterhead_of_the_office(parcc, faulty, tmp_path, name):
    done = parcc("dossier", faulty, "-o", tmp_path / name, "--agency", "Sở Tư pháp", "--as-of", "2026-11-23")
    assert done.exit_code == 0, done.stderr
    assert "SỞ TƯ PHÁP" in said_in(tmp_path / name).upper()
    assert "VB206" in said_in(tmp_path / name) or "03/CT- UBND" in said_in(tmp_path / name)


@pytest.mark.parametrize("name", ["dm.docx", "dm.xlsx"])
def test_lists_by_status_are_written_for_what_documents_cite(parcc, tmp_path, name):
    cited = "Căn cứ Nghị định số 130/2005/NĐ-CP ngày 17 tháng 10 năm 2005 của Chính phủ;\n"
    file = written(tmp_path / "QD.txt", HEAD + cited)
    done = parcc("lists", file, "-o", tmp_path / name, "--as-of", "2026-11-23", "--group", "expired")
    assert done.exit_code == 0, done.stderr
    assert "130/2005/NĐ-CP" in said_in(tmp_path / name)
    assert "75/2026/NĐ-CP" in said_in(tmp_path / name)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("dossier", "FILE", "-o", "ra.pdf"), "E345"),
        (("lists", "FILE", "-o", "ra.docx", "--group", "lost"), "E313"),
        (("dossier", "FILE", "-o", "ra.docx", "--template", "absent.docx"), "E347"),
        (("dossier", "FILE", "-o", "ra.docx", "--headings", "absent.yaml"), "E347"),
    ],
)
def test_a_paper_that_cannot_be_written_is_wrong_usage(parcc, faulty, words, code):
    done = parcc(*(faulty if word == "FILE" else word for word in words))
    assert done.exit_code == 3
    assert code in done.stderr


def test_lists_go_on_without_a_document_that_cannot_be_read(parcc, faulty, empty, tmp_path):
    done = parcc("lists", faulty, empty, "-o", tmp_path / "dm.docx", "--as-of", "2026-11-23")
    assert done.exit_code == 2
    assert "E101" in done.stderr
    assert (tmp_path / "dm.docx").is_file()


def said_in(path):
    """All the words of a Word file or workbook."""
    if path.suffix == ".xlsx":
        rows = [row for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True)]
        return "\n".join(str(cell) for row in rows for cell in row if cell is not None)
    document = Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])
