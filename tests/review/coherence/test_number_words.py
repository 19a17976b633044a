"""Numbers in words: what they mean, and that what is written reads back."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.review.checks.coherence.number_words import counted_things, read_words, spell, syllables

ROWS = list(csv.DictReader(Path(__file__).with_name("number_words.csv").read_text(encoding="utf-8").splitlines()))
WORDS = sorted(syllables())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["words"])
def test_words_mean_the_numbers_they_are_written_for(row):
    read = read_words(row["words"].split())
    expected = {float(value) for value in row["values"].split("|")} if row["values"] else None
    assert (set(read.values) if read else None) == expected
    assert bool(read and read.percent) == (row["percent"] == "yes")


@given(st.integers(min_value=0, max_value=999_999_999_999))
def test_a_number_written_in_words_reads_back(number):
    assert float(number) in read_words(spell(number).split()).values


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_any_run_of_syllables_is_a_number_or_none(words):
    read = read_words(words)
    assert read is None or (read.values and all(value >= 0 for value in read.values))


def test_a_number_too_large_to_be_written_has_no_words():
    assert spell(10**12) is None
    assert spell(-1) is None


def test_what_is_counted_is_given_by_first_syllables():
    assert {"ngày", "hồ", "đồng"} <= counted_things()
    assert all(word == word.lower() and " " not in word for word in counted_things())
