"""The tables and word lists of the checks on citing: whole, and used."""

import csv
import re
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from parcc_nlp.review.checks import citing

FOLDER = Path(citing.__file__).parent
ROWS = list(csv.DictReader((FOLDER / "required_elements.csv").read_text(encoding="utf-8").splitlines()))
LISTS = sorted(FOLDER.glob("*.yaml"))
ELEMENTS = {"name", "number", "year", "date", "issuer", "title"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row.values())[:60])
def test_a_row_says_for_whom_since_when_and_what(row):
    assert row["normative"] in {"yes", "no"}
    assert row["documents"] in {"law", "assembly", "other"}
    assert row["place"] in {"text", "basis"}
    assert date.fromisoformat(row["since"])
    assert not row["until"] or date.fromisoformat(row["since"]) < date.fromisoformat(row["until"])
    assert {one for element in row["elements"].split("|") for one in element.split("/")} <= ELEMENTS
    assert row["source"]


def test_no_two_rows_govern_the_same_citation():
    for one, other in combinations(ROWS, 2):
        same = all(one[key] == other[key] for key in ("normative", "documents", "place"))
        apart = (one["until"] and one["until"] <= other["since"]) or (other["until"] and other["until"] <= one["since"])
        assert not same or apart


def test_every_missing_element_has_its_wording():
    texts = yaml.safe_load((FOLDER / "rules.yaml").read_text(encoding="utf-8"))
    named = {element.replace("/", "_or_") for row in ROWS for element in row["elements"].split("|")}
    assert named <= set(texts["VB301"]["messages"])
    assert named <= set(texts["VB303"]["messages"])


@pytest.mark.parametrize("path", [path for path in LISTS if path.name != "rules.yaml"], ids=lambda path: path.name)
def test_the_lists_hold_words_each_once(path):
    for key, listed in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        assert listed, key
        assert all(isinstance(word, str) and word == " ".join(word.split()) for word in listed), key
        assert len(set(listed)) == len(listed), key


@pytest.mark.parametrize("path", [path for path in LISTS if path.name != "rules.yaml"], ids=lambda path: path.name)
def test_every_list_is_used(path):
    code = "".join(module.read_text(encoding="utf-8") for module in FOLDER.glob("*.py"))
    unused = [
        key for key in yaml.safe_load(path.read_text(encoding="utf-8")) if not re.search(f"[\"']{key}[\"']", code)
    ]
    assert unused == []
