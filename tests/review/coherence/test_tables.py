"""The word lists beside the rules, as a legal officer may extend them: whole, without doubles, and readable."""

import csv
import re
from importlib.resources import files

import pytest

from parcc_nlp.review.checks.coherence import RULES
from parcc_nlp.review.checks.coherence.hinted import patterns

FOLDER = files("parcc_nlp.review.checks.coherence")
COLUMNS = {
    "attachment_nouns.csv": ("noun", "alone", "why"),
    "hints.csv": ("rule", "where", "pattern", "why"),
    "number_units.csv": ("word", "why"),
    "number_words.csv": ("syllable", "role", "value", "why"),
}
ROLES = {"digit", "after_tens", "ten", "tens", "hundred", "gap", "scale", "point", "part", "half"}


def rows(name):
    return list(csv.DictReader((FOLDER / name).read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("name", COLUMNS)
def test_a_table_has_its_columns_and_no_row_twice(name):
    table = rows(name)
    assert table
    assert all(tuple(row) == COLUMNS[name] and None not in row.values() for row in table)
    keys = [tuple(row[column] for column in COLUMNS[name][:-1]) for row in table]
    assert len(keys) == len(set(keys))


def test_every_table_of_the_folder_is_checked():
    assert {entry.name for entry in FOLDER.iterdir() if entry.name.endswith(".csv")} == set(COLUMNS)


def test_a_hint_names_a_rule_a_place_and_a_pattern_that_compiles():
    codes = {rule.code for rule in RULES}
    for row in rows("hints.csv"):
        assert row["rule"] in codes
        assert row["where"] in {"before", "behind", "around"}
        assert re.compile(row["pattern"])
        assert row["pattern"] == row["pattern"].lower(), "hints are looked for in lower case"
        assert row["why"]


def test_a_rule_without_hints_of_a_kind_has_no_pattern():
    assert patterns("VB403", "behind") is None
    assert patterns("VB402", "before").search("dự thảo nghị định")


def test_every_syllable_has_a_known_role_and_a_value():
    for row in rows("number_words.csv"):
        assert row["role"] in ROLES
        assert int(row["value"]) >= 0


def test_what_attachments_are_called_is_lower_case_and_says_whether_it_needs_a_number():
    for row in rows("attachment_nouns.csv"):
        assert row["noun"] == row["noun"].lower()
        assert row["alone"] in {"yes", "no"}
