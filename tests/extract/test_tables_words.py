"""What headings mean, what cells say of times and of agencies: tables that an officer can extend."""

import csv
from pathlib import Path

import pytest

from parcc_nlp.extract.data_files import read_lists
from parcc_nlp.extract.tables.headings import Meaning, Role, meaning_of, meaning_of_path
from parcc_nlp.extract.tables.holders import is_blank, is_ditto, read_holders
from parcc_nlp.extract.tables.times import is_time, read_time

HERE = Path(__file__).parent
LISTS = read_lists("table_headings.yaml")


def cases(name):
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return [
            pytest.param(*row.values(), id=" ".join(next(iter(row.values())).split())) for row in csv.DictReader(lines)
        ]


@pytest.mark.parametrize(("heading", "meaning"), cases("table_headings.csv"))
def test_a_heading_means(heading, meaning):
    assert (meaning_of(heading) or "") == meaning


@pytest.mark.parametrize(("cell", "year", "deadline", "recurs", "doubt"), cases("table_times.csv"))
def test_a_cell_of_a_time_column_says(cell, year, deadline, recurs, doubt):
    time = read_time(cell, year=year or None)
    assert (time.deadline or "", bool(time.recurrence), time.doubtful) == (deadline, recurs == "yes", doubt == "yes")


@pytest.mark.parametrize(("cell", "agencies"), cases("table_holders.csv"))
def test_a_cell_names_agencies(cell, agencies):
    assert "|".join(held.agency for held in read_holders(cell)) == agencies


@pytest.mark.parametrize(
    ("cell", "roles"),
    [
        ("Chủ trì: Sở Nội vụ\nPhối hợp: Sở Tài chính, Sở Tư pháp", "lead coordinate coordinate"),
        ("Sở Nội vụ (chủ trì), Sở Tài chính (phối hợp)", "lead coordinate"),
        ("Sở Nội vụ chủ trì, phối hợp với Sở Tài chính", "lead coordinate"),
        ("Sở Nội vụ chủ trì; các sở, ngành phối hợp", "lead coordinate"),
        ("Cơ quan chủ trì: Sở Y tế; cơ quan phối hợp: UBND cấp xã", "lead coordinate"),
        ("Chủ trì:\n- Sở Nội vụ\n- Sở Y tế\nPhối hợp:\n- Công an tỉnh", "lead lead coordinate"),
        ("Phối hợp với Sở Nội vụ", "coordinate"),
        ("Sở Nội vụ chủ trì hướng dẫn; UBND cấp xã thực hiện công bố", "lead implement"),
        ("Sở Nội vụ; Sở Tài chính", "None None"),
    ],
)
def test_a_cell_may_give_roles_itself(cell, roles):
    assert " ".join(str(held.role) for held in read_holders(cell)) == roles


def test_places_of_holders_are_places_in_the_cell():
    cell = "- Sở Nội vụ;\n- Lãnh đạo\nCông an tỉnh"
    assert [cell[held.start : held.end] for held in read_holders(cell)] == ["Sở Nội vụ", "Lãnh đạo\nCông an tỉnh"]


@pytest.mark.parametrize(
    ("headings", "meaning"),
    [
        (["Cơ quan thực hiện", "Chủ trì"], "lead"),
        (["Cơ quan thực hiện", "Đơn vị"], "implement"),
        (["Thời gian", "Bắt đầu"], "start"),
        (["Thời gian", "Hoàn thành"], "deadline"),
        (["Thời gian thực hiện", "Quý I"], "deadline"),
        (["Kinh phí", "Nội dung chi"], "funding"),
        ([], None),
    ],
)
def test_headings_above_each_other_mean(headings, meaning):
    assert meaning_of_path(headings) == meaning


@pytest.mark.parametrize("cell", ["Thường xuyên", "2025", "Quý IV/2025", "Theo kế hoạch", "Trước ngày 30/11/2025"])
def test_this_is_a_time_and_nothing_else(cell):
    assert is_time(cell)


@pytest.mark.parametrize("cell", ["Kế hoạch năm 2025", "Sở Tài chính", "", "Báo cáo quý I/2026 của UBND tỉnh"])
def test_this_is_no_time(cell):
    assert not is_time(cell)


def test_signs_for_nothing_and_for_the_cell_above_are_no_agencies():
    assert all(is_blank(str(sign)) for sign in LISTS["blank"])
    assert all(is_ditto(str(sign)) for sign in LISTS["ditto"])


def test_every_meaning_in_the_data_is_one_the_code_knows():
    known = set(Meaning.__args__)
    assert set(LISTS["columns"]) <= known
    assert set(LISTS["roles"]) <= known
    assert set(LISTS["cell_roles"]) <= set(Role.__args__)


def test_words_in_the_data_are_small_letters_without_marks_between():
    lists = [*LISTS["columns"].values(), *LISTS["roles"].values(), LISTS["agencies"], LISTS["report_captions"]]
    for phrase in (phrase for phrases in lists for phrase in phrases):
        assert phrase == " ".join(str(phrase).lower().split())


def test_no_phrase_has_two_meanings():
    phrases = [phrase for phrases in LISTS["columns"].values() for phrase in phrases]
    assert sorted(phrases) == sorted(set(phrases))


@pytest.mark.parametrize("phrase", [phrase for phrases in LISTS["columns"].values() for phrase in phrases])
def test_a_phrase_of_the_data_has_its_own_meaning(phrase):
    assert phrase in LISTS["columns"][meaning_of(str(phrase))]
