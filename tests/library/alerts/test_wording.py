"""The tables of alerts: complete, in two languages, with the fields that are filled in."""

from string import Formatter

import pytest

from parcc_nlp.library.alerts.acts import ACTING, Act
from parcc_nlp.library.alerts.wording import _words as table
from parcc_nlp.library.alerts.wording import relations, said, to_do
from parcc_nlp.library.import_codes import import_codes
from parcc_nlp.library.packing import KEPT_EDGES


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("relation", sorted(relations()))
def test_each_relation_is_told_in_both_languages_and_tenses(relation):
    entry = relations()[relation]
    wordings = [*entry.past.values(), *entry.future.values()]
    assert [fields(one) for one in wordings] == [{"target", "cause", "when", "clause"}] * 4
    assert entry.severity == ("warning" if entry.ends else "info")
    assert all(entry.do.values())


def test_the_relations_told_are_those_the_library_keeps():
    assert set(ACTING) <= KEPT_EDGES
    assert {
        "replaces",
        "repeals",
        "partially_repeals",
        "amends",
        "suspends",
        "corrects",
        "extends",
        "date_shift",
    } == set(ACTING)


def test_a_wording_has_the_same_fields_in_both_languages():
    different = {key for key, one in table().items() if fields(one["vi"]) != fields(one["en"])}
    assert different == {"ended"}


@pytest.mark.parametrize("kind", ["affected", "version", "recalled", "disagreement"])
def test_every_kind_of_alert_says_what_is_to_be_done(kind):
    assert to_do(kind, "") != to_do(kind, "", "en")


def test_the_codes_of_import_findings_have_all_their_words():
    for code, one in import_codes().items():
        assert code.startswith("TV9")
        assert all((*one.name.values(), *one.about.values(), *one.reason.values()))


def test_many_clauses_are_told_shortly_and_what_is_not_verified_is_said_to_be():
    act = Act("n", "N", "amends", "x", "X", effective="2026-02-01", clauses=("Điều 1", "Điều 2", "Điều 3", "Điều 4"))
    assert said(act, today="2026-11-23") == (
        "X đã được N sửa đổi, bổ sung từ ngày 01/02/2026 (Điều 1; Điều 2; Điều 3 và 1 nội dung khác)."
        " Chưa xác minh được từ văn bản; cần người kiểm tra."
    )
