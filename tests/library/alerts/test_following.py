"""What follows an import: whoever rests on what a new instrument changed is told, once, whatever happens meanwhile."""

import pytest

from parcc_nlp.library import open_library
from parcc_nlp.library.following import follow_up
from parcc_nlp.library.learning import learn, take, unlearned
from parcc_nlp.library.renewing import renew_where
from parcc_nlp.library.schema import DOCUMENT
from tests.library.alerts.texts import act, plan

RESTING = plan("2025-01-15", "Căn cứ Nghị định số 901/2019/NĐ-CP ngày 05 tháng 3 năm 2019 của Chính phủ;")
OTHER = plan("2025-02-15", "1. Thực hiện Nghị định số 901/2019/NĐ-CP.", number="34/KH-UBND", what="tôm")
REPLACING = act(
    "955/2026/NĐ-CP",
    "2026-01-10",
    "Nghị định này thay thế Nghị định số 901/2019/NĐ-CP ngày 05 tháng 3 năm 2019 của Chính phủ.",
)
BOTH = [("12/KH-UBND", "replaces"), ("34/KH-UBND", "replaces")]


def in_short(alerts):
    return sorted((one.document.number, one.alert.relation) for one in alerts)


def test_whoever_rests_on_what_was_replaced_is_told_once_though_it_is_followed_up_twice(library, add, told):
    for text in (RESTING, OTHER, REPLACING):
        add(text)
    assert follow_up(library).alerts == 2
    again = follow_up(library)
    assert (again.alerts, again.learned.versions, again.renewed.documents, again.waiting) == (0, 0, 0, 0)
    assert in_short(told()) == BOTH
    assert {one.alert.message for one in told()} == {
        "Nghị định số 901/2019/NĐ-CP đã được Nghị định số 955/2026/NĐ-CP thay thế từ ngày 01/02/2026 (khoản 2 Điều 2)."
    }


def test_the_order_of_documents_in_one_run_does_not_matter(library, add, told):
    for text in (REPLACING, OTHER, RESTING):
        add(text)
    follow_up(library)
    assert in_short(told()) == BOTH


def test_a_document_that_comes_after_the_end_of_what_it_cites_is_reviewed_and_not_alerted(library, add, told):
    add(REPLACING)
    follow_up(library)
    add(RESTING)
    follow_up(library)
    rules = {one.finding.rule for one in library.findings("12/KH-UBND")}
    assert told() == ()
    assert "VB101" in rules
    assert "TV901" not in rules


@pytest.mark.parametrize("killed", ["claims taken", "marked", "one told"])
def test_a_run_that_is_killed_is_gone_on_with(killed, place, clock, library, told):
    for text in (RESTING, OTHER, REPLACING):
        library.add(text.encode(), name="van-ban.txt")
    if killed == "claims taken":
        first = take(library, unlearned(library))
        again = take(library, unlearned(library))
        assert first.relations > 0
        assert (again.relations, again.instruments) == (0, 0)
    else:
        learn(library)
    if killed == "one told":
        assert renew_where(library, DOCUMENT.c.due.is_not(None), most=1).alerts == 1
    with open_library(place, clock=clock) as next_day:
        follow_up(next_day)
    assert in_short(told()) == BOTH
    assert [one.finding.rule for one in library.findings()].count("TV901") == 2


def test_two_instruments_that_change_one_are_two_alerts(library, add, told):
    add(RESTING)
    follow_up(library)
    for number in ("955/2026/NĐ-CP", "956/2026/NĐ-CP"):
        words = "Bãi bỏ Điều 9 Nghị định số 901/2019/NĐ-CP ngày 05 tháng 3 năm 2019 của Chính phủ."
        add(act(number, "2026-01-10", words))
        follow_up(library)
    assert in_short(told()) == [("12/KH-UBND", "partially_repeals")] * 2


def test_an_end_to_come_is_told_as_one_to_come(library, add, told):
    add(RESTING)
    add(REPLACING.replace("01 tháng 02 năm 2026", "01 tháng 02 năm 2027"))
    follow_up(library)
    assert "sẽ được Nghị định số 955/2026/NĐ-CP thay thế từ ngày 01/02/2027" in told()[0].alert.message
    assert "will be replaced by" in told(lang="en")[0].alert.message


def test_a_draft_changes_nothing(library, add, told):
    add(RESTING)
    add(REPLACING.replace("955/2026/NĐ-CP", "/2026/NĐ-CP"))
    follow_up(library)
    assert told() == ()


def test_a_new_text_of_a_told_document_no_longer_bears_the_old_finding(library, add):
    add(RESTING)
    add(REPLACING)
    follow_up(library)
    new = RESTING.replace("Thực hiện đầy đủ.", "Thực hiện đầy đủ, kịp thời và có báo cáo hằng quý.")
    assert add(new).outcome == "version"
    follow_up(library)
    assert "TV901" not in {one.finding.rule for one in library.findings("12/KH-UBND")}
    resolved = library.findings("12/KH-UBND", states=("resolved",))
    assert "TV901" in {one.finding.rule for one in resolved}


def test_what_an_officer_set_aside_stays_so_when_a_document_is_reviewed_again(library, add):
    add(RESTING)
    add(REPLACING)
    follow_up(library)
    (one,) = (found for found in library.findings("12/KH-UBND") if found.finding.rule == "TV901")
    library.decide(one.id, "set_aside", who="Văn An", reason="Đã sửa")
    words = "Bãi bỏ Điều 9 Nghị định số 901/2019/NĐ-CP ngày 05 tháng 3 năm 2019 của Chính phủ."
    add(act("956/2026/NĐ-CP", "2026-01-12", words))
    follow_up(library)
    aside = library.findings("12/KH-UBND", states=("set_aside",))
    assert [found.id for found in aside] == [one.id]


@pytest.mark.shared
def test_real_plans_are_told_of_the_laws_and_decrees_that_changed_what_they_cite(library, add, told, shared_dir):
    from pathlib import Path

    texts, statutes = shared_dir / "eval" / "texts", shared_dir / "documents" / "statutes"
    for name in ("qd-3044-qd-ubnd-tt-hue", "010-ct-ubnd-dak-lak", "141-kh-ubnd-bac-ninh"):
        library.add(Path(texts / f"{name}.txt"))
    follow_up(library)
    assert told() == ()
    for name in ("80-2025-QH15_5442d1", "Nghi-dinh-248-2025-ND-CP"):
        library.add(Path(statutes / f"{name}.txt"))
    words = "Nghị định này thay thế Nghị định số 45/2020/NĐ-CP ngày 08 tháng 4 năm 2020 của Chính phủ."
    add(act("955/2026/NĐ-CP", "2026-01-10", words))
    expected = [
        ("3044/QĐ-UBND", "22-2008-qh12", "2025-07-01"),
        ("3044/QĐ-UBND", "45-2020-nd-cp", "2026-02-01"),
        ("3044/QĐ-UBND", "60-2021-nd-cp", "2025-09-15"),
    ]
    for _ in range(2):
        follow_up(library)
        found = ((one.document.number, one.alert.target.rpartition("/")[2], one.alert.effective) for one in told())
        assert sorted(found) == expected
    marked = [one.finding for one in library.findings("3044/QĐ-UBND") if one.finding.rule == "TV901"]
    text = library.extraction("3044/QĐ-UBND").text
    assert [one.text for one in marked] == [text[one.start : one.end] for one in marked]


def test_a_library_in_postgresql_does_the_same(postgresql_url, tmp_path, clock):
    from parcc_nlp.library.alerts.delivering import deliver
    from parcc_nlp.library.alerts.listing import alerts
    from parcc_nlp.library.alerts.settings import Notify, Webhook
    from parcc_nlp.library.refreshing import refresh

    with open_library(postgresql_url, files=tmp_path / "files", clock=clock) as library:
        for text in (RESTING, OTHER, REPLACING):
            library.add(text.encode(), name="van-ban.txt")
        assert follow_up(library).alerts == 2
        clock.sleep(days=1)
        assert refresh(library).renewed.documents == 3
        nowhere = Notify(webhook=Webhook("http://127.0.0.1:9/", retries=0))
        assert [one.failed for one in deliver(library, nowhere)] == [True]
        with library.reading() as connection:
            assert in_short(alerts(connection, acknowledged=False, since="2026-11-23", most=9)) == BOTH
