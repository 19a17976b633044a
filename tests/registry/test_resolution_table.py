"""What a citation resolves to, row by row: a lawyer can add a row without touching code."""

import csv
from pathlib import Path

import pytest

from parcc_nlp.model import Citation

TABLE = Path(__file__).parent / "resolution.csv"
ROWS = list(csv.DictReader(TABLE.open(encoding="utf-8", newline="")))
FIELDS = ("doc_type", "number", "name", "issued", "issuer", "title")


def citation(row):
    return Citation(0, 1, "x", **{field: row[field] or None for field in FIELDS})


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['number'] or row['name']}: {row['why']}" for row in ROWS])
def test_a_citation_means_what_the_table_says(registry, row):
    found = registry.resolve(citation(row), signed=row["signed"] or None, place=row["place"] or None)
    assert (found.resolution, found.id or "", "|".join(found.candidates)) == (
        row["resolution"],
        row["id"],
        row["candidates"],
    )


def test_an_id_of_the_registry_comes_with_its_instrument(registry):
    for row in ROWS:
        found = registry.resolve(citation(row), signed=row["signed"] or None, place=row["place"] or None)
        if found.resolution in {"exact", "inferred"}:
            assert found.instrument is not None
            assert found.instrument.id == found.id
        else:
            assert found.instrument is None


def test_candidates_are_instruments_of_the_registry(registry):
    for row in ROWS:
        for candidate in filter(None, row["candidates"].split("|")):
            assert registry.get(candidate) is not None, candidate
