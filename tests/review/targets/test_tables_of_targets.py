"""The lists by which targets are told apart are whole and agree with one another."""

import pytest

from parcc_nlp.review.checks.targets import lexicon
from parcc_nlp.review.checks.targets.lexicon import _lists, _rows, abbreviations, any_of, levels, terms

LISTS = sorted(_lists())


@pytest.mark.parametrize("key", LISTS)
def test_a_list_holds_lower_case_words_each_once(key):
    listed = _lists()[key]
    assert listed
    assert len(set(listed)) == len(listed)
    for word in listed:
        assert isinstance(word, str)
        assert word == " ".join(word.lower().split())


@pytest.mark.parametrize("key", LISTS)
def test_every_word_of_a_list_is_found_in_a_line(key):
    for word in _lists()[key]:
        found = any_of(key).search(f"10% {word}, như trên" if word[0].isalnum() else f"10%{word}")
        assert found is not None
        assert found[0] == word or found[0] in _lists()[key]


@pytest.mark.parametrize("row", _rows("indicator_words.csv"), ids=lambda row: row["words"])
def test_a_term_of_indicators_is_whole(row):
    assert row["words"] == " ".join(row["words"].lower().split())
    assert row["role"] in {"empty", "opening", "light", "same", "measure"}
    assert bool(row["instead"]) == (row["role"] == "same")
    assert row["why"]
    assert any(term.syllables == tuple(row["words"].split()) for term in terms()[row["words"].split()[0]])


def test_no_term_stands_twice():
    words = [row["words"] for row in _rows("indicator_words.csv")]
    assert len(set(words)) == len(words)


def test_abbreviations_are_spelled_out_in_lower_case():
    for short, long in abbreviations().items():
        assert short
        assert long == long.lower()
        assert " " in long


@pytest.mark.parametrize("row", _rows("issuer_levels.csv"), ids=lambda row: row["issuer"][:30])
def test_the_first_pattern_that_fits_an_issuer_is_that_of_its_level(row):
    name = row["example"].lower()
    assert next(level.level for level in levels() if level.issuer.match(name)) == int(row["level"])


def test_longer_words_of_a_list_go_before_shorter_ones():
    assert any_of("standing").search("hằng năm")[0] == "hằng năm"
    assert lexicon.any_of("lower_is_better").search("cận nghèo")[0] == "cận nghèo"
