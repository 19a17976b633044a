"""The tables of wordings of the Word comments and the workbook are whole."""

import csv
import re
from importlib.resources import files

import pytest


@pytest.mark.parametrize("name", ["word_words.csv", "workbook_words.csv"])
def test_every_wording_stands_in_both_languages_with_the_same_fields_in_order(name):
    with (files("parcc_nlp.report") / name).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["key"] for row in rows] == sorted({row["key"] for row in rows})
    for row in rows:
        assert row["vi"].strip()
        assert row["en"].strip()
        assert set(re.findall(r"{\w+}", row["vi"])) == set(re.findall(r"{\w+}", row["en"])), row["key"]
