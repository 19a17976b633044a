"""The texts that are measured on are what the measurements say of them."""

import re

import pytest

from benchmarks import texts
from benchmarks.timing import at_least, at_most


@pytest.mark.parametrize("size", [1_000, 10_000, 50_000])
def test_a_text_is_as_long_as_asked_for(size):
    assert len(texts.vietnamese(size)) == size
    assert len(texts.english(size, citations=size // 450)) == size


def test_a_text_is_the_same_on_every_run():
    assert texts.vietnamese(5_000) == texts.vietnamese(5_000)
    assert texts.english(5_000, citations=10) == texts.english(5_000, citations=10)


def test_another_seed_gives_another_text():
    assert texts.vietnamese(5_000) != texts.vietnamese(5_000, seed=1)


@pytest.mark.parametrize("citations", [0, 7, 100])
def test_the_english_text_has_as_many_citations_as_asked_for(citations):
    text = texts.english(60_000, citations=citations)
    assert len(re.findall(r" v\. \w+, \d+ ", text)) == citations


def test_the_citations_of_the_english_text_are_spread_over_it():
    text = texts.english(60_000, citations=90)
    thirds = [len(re.findall(r" v\. ", text[start : start + 20_000])) for start in (0, 20_000, 40_000)]
    assert max(thirds) - min(thirds) <= 3


def test_a_target_that_is_missed_is_called_missed():
    assert at_least("speed", 9.0, "x", target=10).met is False
    assert at_most("time", 0.1, "s", target=0.15).met is True
