"""What the shipped registry answers, row by row: a lawyer can add a row without touching code."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from parcc_nlp.registry import Registry

TABLE = Path(__file__).parent / "status.csv"
ROWS = list(csv.DictReader(TABLE.open(encoding="utf-8", newline="")))
MOST_NOT_KNOWN = 0.25


def row_id(row):
    return f"{row['number']} on {row['as_of']}"


@pytest.mark.parametrize("row", ROWS, ids=row_id)
def test_the_answer_is_the_one_the_clause_proves(registry, row):
    (instrument,) = registry.find(row["number"], issued=row["issued"] or None)
    given = registry.status(instrument, on=row["as_of"])
    assert (given.status, given.basis, given.since or "", given.successor or "") == (
        row["status"],
        row["basis"],
        row["since"],
        row["successor"],
    )


def test_every_verdict_carries_its_proof(registry):
    for row in ROWS:
        (instrument,) = registry.find(row["number"], issued=row["issued"] or None)
        given = registry.status(instrument, on=row["as_of"])
        assert given.registry == registry.version
        if given.status in {"expired", "partly_expired", "suspended"}:
            assert given.proof, row_id(row)
        if given.status == "not_known":
            assert given.note, row_id(row)


def test_the_table_covers_every_answer():
    assert {row["status"] for row in ROWS} == {
        "in_force",
        "partly_expired",
        "expired",
        "suspended",
        "not_yet",
        "not_known",
    }


def shared_rows(shared_dir):
    with (shared_dir / "eval" / "status.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared
def test_no_row_of_the_evaluation_is_answered_wrongly_and_few_are_not_known(shared_dir):
    registry = Registry.shipped()
    wrong, counts = [], Counter()
    for row in shared_rows(shared_dir):
        found = registry.find(row["number"], doc_type=row["type"], issuer=row["issuer"], issued=row["signed"])
        answers = {registry.status(instrument, on=row["as_of"]).status for instrument in found}
        counts.update(answers)
        if len(found) != 1 or not answers <= set(row["accept"].split("|")):
            wrong.append((row["number"], row["as_of"], answers, row["accept"]))
    assert wrong == []
    assert counts["not_known"] <= MOST_NOT_KNOWN * counts.total()


@pytest.mark.shared
def test_the_number_alone_finds_the_instruments_of_the_evaluation(shared_dir):
    registry = Registry.shipped()
    missing = [row["number"] for row in shared_rows(shared_dir) if not registry.find(row["number"])]
    assert missing == []
