"""The tables the registry reasons by: whole, and every row in use."""

import csv
import re
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from parcc_nlp.model import Confidence
from parcc_nlp.registry.claims import SourceKind
from parcc_nlp.registry.parts import read_parts, write_parts
from parcc_nlp.registry.precedence import rank_of

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "parcc_nlp" / "registry"
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(RULES.glob("*.py")))


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PRECEDENCE = rows(RULES / "precedence.csv")


def test_ranks_are_one_to_n_and_named_in_both_languages():
    assert [int(row["rank"]) for row in PRECEDENCE] == list(range(1, len(PRECEDENCE) + 1))
    assert all(row["vi"] and row["en"] for row in PRECEDENCE)
    assert {row["origin"] for row in PRECEDENCE} == set(get_args(SourceKind))
    assert {row["confidence"] for row in PRECEDENCE} == {"", *get_args(Confidence)}


@pytest.mark.parametrize(("origin", "confidence"), list(product(get_args(SourceKind), get_args(Confidence))))
def test_every_source_of_any_confidence_has_a_rank(origin, confidence):
    assert 1 <= rank_of(origin, confidence) <= len(PRECEDENCE)


def test_what_nobody_verified_is_believed_last():
    worst = max(rank_of(origin, "verified") for origin in get_args(SourceKind))
    unverified = [rank_of(origin, "unverified") for origin in ("text", "shipped", "table")]
    assert rank_of("officer", "unverified") == 1
    assert min(unverified) > worst


@pytest.mark.parametrize(("name", "key"), [("refusals.csv", "code"), ("status_notes.csv", "key")])
def test_every_wording_is_used_and_has_its_text(name, key):
    table = rows(RULES / name)
    names = [row[key] for row in table]
    assert len(names) == len(set(names))
    assert all(row["vi"] for row in table)
    assert [one for one in names if not re.search(rf'"{one}"', CODE)] == []


@pytest.mark.parametrize("row", rows(ROOT / "corpora" / "registry" / "curation" / "relation_parts.csv"), ids=str)
def test_provisions_read_by_a_person_are_in_the_notation_and_have_a_reason(row):
    assert read_parts(row["parts"]) is not None
    assert row["reason"]


@pytest.mark.parametrize("name", ["relations.csv", "leads.csv"])
def test_provisions_of_the_data_are_written_in_one_way(name):
    wrong = [
        row["parts"]
        for row in rows(ROOT / "corpora" / "registry" / name)
        if (parts := read_parts(row["parts"])) is None or write_parts(parts) != row["parts"]
    ]
    assert wrong == []
