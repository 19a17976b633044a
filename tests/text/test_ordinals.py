"""Roman numerals and Vietnamese ordinals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.text.ordinals import ordinal_to_int, roman_to_int

TABLE = "ordinals.csv"
_STEPS = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X")]
_STEPS += [(9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


def _roman(number):
    numeral = ""
    for value, letters in _STEPS:
        times, number = divmod(number, value)
        numeral += letters * times
    return numeral


def test_an_ordinal_has_the_value_the_table_says(case):
    assert ordinal_to_int(case["text"]) == (int(case["value"]) if case["value"] else None)


@given(st.integers(1, 3999))
def test_every_roman_numeral_is_read(number):
    assert roman_to_int(_roman(number)) == number
    assert roman_to_int(_roman(number).lower()) == number


@pytest.mark.parametrize("text", ["", "IIX", "IC", "A", "MMMM", "X I", "ⅳ", "İ"])
def test_what_is_no_roman_numeral_has_no_value(text):
    assert roman_to_int(text) is None


@given(st.text())
def test_any_text_is_a_number_or_none(text):
    value = ordinal_to_int(text)
    assert value is None or value >= 0
