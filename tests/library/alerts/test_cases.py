"""Which documents are told of what: a table that a lawyer can extend.

All cases stand in one library, each with numbers of its own: a number of the table gets the number of its line before it.
"""

import csv
import re
import shutil
from pathlib import Path

import pytest

from tests.library.alerts.conftest import Clock
from tests.library.alerts.texts import act, plan

_TABLE = list(csv.DictReader((Path(__file__).parent / "cases.csv").open(encoding="utf-8")))
_NUMBER = re.compile(r"(?<![\d/])(\d+)(?=/(?:\d{4}/)?[A-ZĐ])")
_FIRST = 10


def own(order, text):
    return _NUMBER.sub(rf"{order}\1", text)


CASES = [
    (order, {key: text if key == "about" else own(order, text) for key, text in case.items()})
    for order, case in enumerate(_TABLE, _FIRST)
]


def stored_text(order, case):
    return plan(case["stored_signed"], case["stored_words"], number=own(order, "12/KH-UBND"), what=f"cá {order}")


@pytest.fixture(scope="module")
def cases(tmp_path_factory, empty):
    """A library with the stored texts, to which the new ones came later."""
    from parcc_nlp.library import open_library
    from parcc_nlp.library.following import follow_up

    place = shutil.copy(empty, tmp_path_factory.mktemp("cases") / "kho.db")
    with pytest.MonkeyPatch.context() as patch, open_library(place, clock=Clock()) as library:
        patch.setattr("parcc_nlp.registry.registry.user_file", lambda: None)
        for order, case in CASES:
            library.add(stored_text(order, case).encode(), name="ke-hoach.txt")
        assert follow_up(library).alerts == 0
        for _, case in CASES:
            library.add(act(case["new_number"], case["new_signed"], case["new_words"]).encode(), name="moi.txt")
        follow_up(library)
        yield library


def alerts_on(library, number):
    from parcc_nlp.library.alerts.listing import alerts

    with library.reading() as connection:
        return alerts(connection, document_id=library.document(number).id)


@pytest.mark.parametrize(("order", "case"), CASES, ids=[case["about"] for _, case in CASES])
def test_a_document_is_told_of_what_became_of_what_it_cites(order, case, cases):
    mine, stored = own(order, "12/KH-UBND"), stored_text(order, case)
    findings = [one.finding for one in cases.findings(mine) if one.finding.rule == "TV901"]
    alerts = alerts_on(cases, mine)
    if not case["expected"]:
        assert (alerts, findings) == ((), [])
        return
    relation, number, day, severity = case["expected"].split()
    (found,), (told,) = findings, alerts
    slug = number.lower().replace("/", "-").replace("đ", "d")
    assert (told.alert.relation, told.alert.target.rpartition("/")[2], told.alert.effective) == (relation, slug, day)
    assert (found.text, found.kind, found.severity) == (stored[found.start : found.end], "fail", severity)
    assert number in found.text
    (evidence,) = found.evidence
    assert evidence.source.endswith(case["new_number"])
    assert evidence.clause.endswith("Điều 2")
    assert " ".join(evidence.quote.split()) in " ".join(case["new_words"].split())


@pytest.mark.parametrize(("order", "case"), CASES, ids=[case["about"] for _, case in CASES])
def test_a_new_instrument_is_not_told_of_itself(order, case, cases):
    assert alerts_on(cases, case["new_number"]) == ()
