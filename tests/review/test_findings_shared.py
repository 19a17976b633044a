"""The findings that officers marked in real documents: what has to be found, and what must not be said."""

import csv
from functools import cache
from pathlib import Path

import pytest

from parcc_nlp.api import extract
from parcc_nlp.registry import Registry
from parcc_nlp.review import review, rules

TABLE = Path(__file__).resolve().parents[3] / "shared" / "eval" / "findings.csv"
CODES = {rule.code for rule in rules()}
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines())) if TABLE.is_file() else []

pytestmark = pytest.mark.shared


@cache
def reviewed(path, as_of):
    registry = Registry.shipped()
    extraction = extract(path.read_text(encoding="utf-8"), registry=registry)
    return review(extraction, as_of=as_of, registry=registry).findings


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row["rule"] in CODES],
    ids=lambda row: f"{row['doc']}-{row['as_of']}-{row['line']}-{row['rule']}-{row['expect']}",
)
def test_a_marked_place_is_found_and_an_excluded_one_is_not(row, shared_dir):
    path = shared_dir / "eval" / "texts" / f"{row['doc']}.txt"
    lines = {finding.where.paragraph for finding in reviewed(path, row["as_of"]) if finding.rule == row["rule"]}
    here = bool(lines) if row["line"] == "*" else int(row["line"]) in lines
    assert here is (row["expect"] == "yes"), row["what"]


def test_the_table_of_marked_findings_is_there(shared_dir):
    assert (shared_dir / "eval" / "findings.csv").is_file()
    assert ROWS
