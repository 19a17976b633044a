"""Where a finding stands: line, page, section."""

import pytest

from parcc_nlp.model import Block, Extraction, Origin, Section
from parcc_nlp.review.places import Places

PLAN = "II. NHIỆM VỤ\n2. Cải cách\na) Chỉ tiêu\n- Kiểm soát TTHC"
DECISION = "Điều 3. Thi hành\n2. Sở Tư pháp\na) Rà soát"


def sections(text, *levels):
    made, parent = [], None
    for kind, label, quote in levels:
        eid = f"{parent}__{kind}_{label}" if parent else f"{kind}_{label}"
        made.append(Section(kind, label, None, text.index(quote), len(text), parent, eid))
        parent = eid
    return tuple(made)


def test_a_place_in_a_plan_is_named_by_its_numerals():
    found = sections(
        PLAN, ("section", "II", "II."), ("section", "2", "2."), ("section", "a)", "a)"), ("bullet", "-", "- Kiểm")
    )
    place = Places.of(Extraction(PLAN, structure=found)).where(PLAN.index("TTHC"))
    assert (place.section, place.paragraph) == ("II.2.a", 4)


def test_a_place_in_a_decision_is_named_by_dieu_khoan_diem():
    found = sections(DECISION, ("dieu", "3", "Điều"), ("khoan", "2", "2."), ("diem", "a", "a)"))
    assert (
        Places.of(Extraction(DECISION, structure=found)).where(DECISION.index("Rà")).section
        == "Điều 3, khoản 2, điểm a"
    )


def test_a_place_behind_a_closed_section_belongs_to_the_one_around_it():
    text = "I. A\n1. B\nC"
    inner = Section("section", "1", None, 5, 9, "section_I", "section_I__1")
    outer = Section("section", "I", None, 0, len(text), None, "section_I")
    assert Places.of(Extraction(text, structure=(outer, inner))).where(10).section == "I"


def test_a_place_outside_every_section_has_none():
    assert Places.of(Extraction("một")).where(0).section is None


def test_the_page_is_that_of_the_block():
    blocks = (Block("paragraph", 0, 3, Origin(page=1)), Block("paragraph", 4, 7, Origin(page=2)))
    places = Places.of(Extraction("một\nhai", blocks=blocks))
    assert [places.where(offset).page for offset in (0, 2, 4, 6)] == [1, 1, 2, 2]


@pytest.mark.parametrize(("offset", "line"), [(0, 1), (2, 1), (3, 1), (4, 2), (7, 3), (8, 4)])
def test_lines_count_from_one_and_a_line_break_belongs_to_the_line_it_ends(offset, line):
    assert Places.of(Extraction("một\nab\n\nc")).line(offset) == line
