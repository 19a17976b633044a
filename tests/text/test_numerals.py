"""Numbers in digits and in words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.text.numerals import DIGITS, WORDS, digits_value, numeral_at, words_at

TABLE = "numerals.csv"
_NAMES = ["", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def _spelled(number):
    """Write a number below a thousand as Vietnamese documents do."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [_NAMES[hundreds], "trăm"] if hundreds else []
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [_NAMES[tens], "mươi"]
    elif hundreds and ones:
        words.append("linh")
    if ones:
        words.append("lăm" if ones == 5 and tens else _NAMES[ones])
    return " ".join(words)


def test_a_number_has_the_value_the_table_says(case):
    found = numeral_at(case["text"], 0)
    assert ((f"{found.value:g}", str(found.end)) if found else ("", "")) == (
        f"{float(case['value']):g}" if case["value"] else "",
        case["end"],
    )


@given(st.integers(1, 999))
def test_every_number_below_a_thousand_is_read_in_words(number):
    text = _spelled(number)
    found = words_at(text + " xã", 0)
    assert (found.value, found.end) == (number, len(text))


@given(st.integers(1, 999))
def test_the_pattern_of_words_covers_the_whole_number(number):
    assert re.fullmatch(WORDS, _spelled(number))


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_grouped_digits_have_their_value(whole, hundredths):
    text = f"{whole:,}".replace(",", ".") + f",{hundredths:02}"
    assert re.fullmatch(DIGITS, text)
    assert digits_value(text) == pytest.approx(whole + hundredths / 100)


@given(st.text(max_size=40), st.integers(0, 40))
def test_any_place_holds_a_number_or_none(text, pos):
    found = numeral_at(text, pos)
    assert found is None or (found.start, found.end > pos, found.value >= 0) == (pos, True, True)
