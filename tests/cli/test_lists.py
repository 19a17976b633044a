"""``parcc targets`` and ``parcc tasks``: files, folders, formats, failures."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from .conftest import HEAD, written

PLAN = (
    HEAD
    + """KẾ HOẠCH
Cải cách hành chính năm 2024
I. MỤC TIÊU
1. Mức độ hài lòng của người dân đạt tối thiểu 90% vào năm 2024.
II. TỔ CHỨC THỰC HIỆN
1. Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ rà soát thủ tục hành chính trước ngày 30/6/2024.
2. Sở Tài chính tham mưu bố trí kinh phí thực hiện Kế hoạch.
"""
)


@pytest.fixture
def plan(tmp_path):
    """A plan with a goal and assignments."""
    return written(tmp_path / "kế hoạch.txt", PLAN)


@pytest.fixture
def listed(parcc):
    """Run a list as JSON and give its items."""

    def run(verb, *words):
        value = json.loads(parcc(verb, *words, "--format", "json").stdout)
        return [item for group in value["groups"] for item in group[verb]]

    return run


def test_targets_are_listed(listed, plan):
    (found,) = listed("targets", plan)
    assert (found["value"], found["unit"], found["comparator"], found["deadline"]) == (90.0, "%", ">=", "2024")


def test_tasks_are_listed(listed, plan):
    found = {(item["agency"], item["role"], item["deadline"]) for item in listed("tasks", plan)}
    assert {("Sở Tư pháp", "lead", "2024-06-30"), ("Sở Nội vụ", "coordinate", "2024-06-30")} <= found


def test_a_folder_is_one_list(listed, plan, tmp_path):
    written(tmp_path / "khác.txt", PLAN)
    assert {item["document"] for item in listed("targets", tmp_path)} == {str(plan), str(tmp_path / "khác.txt")}


def test_standard_input_is_taken(parcc):
    done = parcc("targets", "-", given=PLAN)
    assert done.exit_code == 0
    assert "≥ 90%" in done.stdout


@pytest.mark.parametrize("by", ["agency", "deadline", "section"])
def test_lists_are_grouped(parcc, plan, by):
    done = parcc("tasks", plan, "--by", by)
    title = {"agency": "Sở Tư pháp (1)", "deadline": "30/6/2024 (2)", "section": "TỔ CHỨC THỰC HIỆN"}[by]
    assert title in done.stdout


def test_csv_goes_to_standard_output_as_it_is_and_to_a_file_with_the_mark_excel_needs(parcc, plan, tmp_path):
    shown = parcc("tasks", plan, "--format", "csv").stdout
    assert next(csv.reader(io.StringIO(shown)))[0] == "Cơ quan"
    target = tmp_path / "nhiệm vụ.csv"
    assert parcc("tasks", plan, "--format", "csv", "-o", target).stdout == ""
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_workbook_is_written(parcc, plan, tmp_path):
    target = tmp_path / "nhiệm vụ.xlsx"
    assert parcc("tasks", plan, "--format", "xlsx", "-o", target).exit_code == 0
    assert load_workbook(target).active.cell(1, 1).value == "Cơ quan"


def test_a_workbook_needs_a_file(parcc, plan):
    done = parcc("tasks", plan, "--format", "xlsx")
    assert (done.exit_code, "E320" in done.stderr) == (3, True)


def test_a_folder_is_no_place_for_a_list(parcc, plan, tmp_path):
    done = parcc("tasks", plan, "-o", tmp_path)
    assert (done.exit_code, "E308" in done.stderr) == (3, True)


def test_a_list_does_not_overwrite_its_source(parcc, plan):
    done = parcc("tasks", plan, "-o", plan)
    assert (done.exit_code, "E309" in done.stderr) == (3, True)
    assert plan.read_text(encoding="utf-8") == PLAN


def test_a_file_that_cannot_be_read_does_not_stop_the_list(parcc, plan, empty):
    done = parcc("targets", empty, plan)
    assert (done.exit_code, "E101" in done.stderr) == (2, True)
    assert "90%" in done.stdout


def test_a_failure_stands_in_the_json(parcc, empty):
    value = json.loads(parcc("tasks", empty, "--format", "json").stdout)
    assert [failure["code"] for failure in value["failures"]] == ["E101"]


def test_a_folder_without_documents_is_told(parcc, tmp_path):
    done = parcc("tasks", tmp_path)
    assert (done.exit_code, "E305" in done.stderr) == (2, True)


def test_several_processes_give_the_same_list(parcc, plan, tmp_path):
    for number in range(3):
        written(tmp_path / f"{number}.txt", PLAN)
    one = parcc("tasks", tmp_path, "--format", "csv").stdout
    assert parcc("tasks", tmp_path, "--format", "csv", "--jobs", "2").stdout == one


def test_headings_follow_the_language(parcc, plan):
    assert "Agency" in parcc("--lang", "en", "tasks", plan).stdout


def test_a_list_is_utf8_in_a_locale_that_is_not(process, plan):
    done = process("tasks", plan, env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert "Sở Tư pháp" in done.stdout.decode("utf-8")
