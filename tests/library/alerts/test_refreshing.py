"""The nightly refresh: every document as of today, once a day, told when something it cites has ended."""

import pytest

from parcc_nlp.library.following import follow_up
from parcc_nlp.library.refreshing import refresh
from tests.library.alerts.texts import act, plan

RESTING = plan("2025-01-15", "Căn cứ Nghị định số 901/2019/NĐ-CP ngày 05 tháng 3 năm 2019 của Chính phủ;")
ENDING = act(
    "955/2026/NĐ-CP",
    "2026-01-10",
    "Nghị định này thay thế Nghị định số 901/2019/NĐ-CP ngày 05 tháng 3 năm 2019 của Chính phủ.",
    effective="2026-11-26",
)


def rules(library):
    return {one.finding.rule for one in library.findings("12/KH-UBND")}


def test_on_the_day_something_ends_the_refresh_finds_it_and_tells_it_once(library, add, told, clock):
    add(RESTING)
    add(ENDING)
    follow_up(library)
    assert [one.alert.relation for one in told()] == ["replaces"]
    seen = []
    for _ in range(4):
        clock.sleep(days=1)
        refresh(library)
        seen.append(("VB101" in rules(library), [one.alert.relation for one in told()][1:]))
    assert seen == [(False, []), (False, []), (True, ["VB101"]), (True, ["VB101"])]


def test_what_was_reviewed_today_is_not_reviewed_again(library, add, clock):
    for number in ("12/KH-UBND", "34/KH-UBND", "56/KH-UBND"):
        add(plan("2025-01-15", f"1. Thực hiện việc {number}.", number=number, what=f"cá {number}"))
    assert refresh(library).renewed.documents == 0
    clock.sleep(days=1)
    assert refresh(library, most=2).renewed.documents == 2
    assert refresh(library).renewed.documents == 1
    assert refresh(library).renewed.documents == 0


def test_a_review_of_what_is_stored_finds_what_the_review_of_the_file_found(library, samples_dir, clock):
    for path in sorted(samples_dir.glob("*.docx"))[:1] + sorted(samples_dir.glob("*.pdf"))[:1]:
        library.add(path)
    before = {(one.document_id, one.finding.fingerprint): one.finding for one in library.findings()}
    assert before
    with library.writing() as connection:
        from sqlalchemy import update

        from parcc_nlp.library.schema import DOCUMENT

        connection.execute(update(DOCUMENT).values(reviewed_on=None))
    refresh(library)
    assert {(one.document_id, one.finding.fingerprint): one.finding for one in library.findings()} == before


def test_a_document_that_cannot_be_read_back_stops_no_other(library, add, clock):
    from sqlalchemy import update

    from parcc_nlp.library.schema import VERSION

    add(RESTING)
    broken = add(plan("2025-02-15", "1. Thực hiện.", number="34/KH-UBND", what="tôm"))
    with library.writing() as connection:
        rows = VERSION.c.id == broken.version_id
        connection.execute(update(VERSION).where(rows).values(extraction=b"?"))
    clock.sleep(days=1)
    done = refresh(library).renewed
    assert (done.documents, done.failures) == (1, 1)


def test_several_processes_do_what_one_does(library, add, clock, told):
    add(RESTING)
    add(ENDING)
    follow_up(library)
    clock.sleep(days=5)
    assert refresh(library, jobs=2).renewed.documents == 2
    assert "VB101" in rules(library)
    assert [one.alert.relation for one in told()] == ["replaces", "VB101"]


@pytest.mark.parametrize("rule", ["VB101", "VB102", "VB104", "VB106"])
def test_the_rules_that_tell_of_an_end_are_rules_of_the_review(rule):
    from parcc_nlp.library.alerts.wording import ending_rules
    from parcc_nlp.review import rules as every

    assert rule in ending_rules()
    assert ending_rules() <= {one.code for one in every()}
