"""What cleaning changes, what it leaves, and that every offset finds its way back."""

import itertools
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parcc_nlp.text.normalise import NormalisedText, normalise
from parcc_nlp.text.symbols import close_symbols

TABLE = "normalise.csv"

# Fragments that meet at awkward places: gaps, wraps, bullets, marks, look-alikes, invisible characters.
WORDS = (
    "số 63 2010 2025 39 1 / - – − NĐ QĐ CP UBND TW QH QH15 15 NQ TTLT BTC CTr TU Tờ ngày của U BND NĂM "
    "hoà uỷ quý Uỷ khoẻ o u à ỷ ý q toàn е С о Р α Ðiều ð é ê ệ A a e y d ) . , Ａ ／ … 👩‍💼"
)
# Spaces, line ends, invisible characters and hyphens; then marks and letters that compose with what stands before.
ODD = " \n\r\t\u00a0\u3000\u200b\u00ad\ufeff\u200e\ufffe\u2011\u0002\u0085\ud800\udfff"
COMPOSING = "\u0301\u0302\u0306\u031b\u0323\u0309\u0340\u0f73\u1100\u1161\u11a8\u0b47\u0b3e\u212a\u212b\u2126\u1dc4"
FRAGMENTS = st.sampled_from([*WORDS.split(), *ODD, *COMPOSING, "  ", "\r\n"])
AWKWARD = st.lists(FRAGMENTS, max_size=24).map("".join)
TEXTS = AWKWARD | st.text(alphabet=st.characters(exclude_categories=()), max_size=60)


def test_a_text_is_cleaned_as_the_table_says(case):
    assert normalise(case["original"]).text == case["clean"]


def test_a_case_is_cleaned_the_same_within_a_longer_text(case):
    before, after = "Căn cứ pháp luật;\n", "\nChương II. Điều khoản thi hành."
    assert normalise(before + case["original"] + after).text == before + case["clean"] + after


def test_the_table_has_traps_as_well_as_cases(cases):
    traps = [case for case in cases if case["why"].startswith("trap")]
    assert len(cases) >= 60
    assert len(traps) >= 20


def test_a_cleaned_symbol_is_found_again_as_printed():
    source = normalise("theo Nghị định số 255/2025/NĐ- CP có hiệu lực")
    start = source.text.index("255/2025/NĐ-CP")
    begin, end = source.to_original(start, start + len("255/2025/NĐ-CP"))
    assert source.original[begin:end] == "255/2025/NĐ- CP"


def test_the_words_after_a_closed_gap_keep_their_place():
    source = normalise("Nghị định 45 /2020/NĐ-\nCP ngày 08/6/2010")
    start = source.text.index("ngày")
    begin, end = source.to_original(start, len(source.text) - 1)
    assert source.original[begin:end] == "ngày 08/6/201"


def test_a_decomposed_letter_belongs_to_its_word_whole():
    source = normalise("Ủy ban".replace("Ủ", "U\u0309"))
    assert source.to_original(0, 1) == (0, 2)


def test_removed_characters_at_the_edge_of_a_word_stay_outside():
    source = normalise("\ufeffLuật\u200b, Nghị định")
    start, end = source.to_original(0, 4)
    assert source.original[start:end] == "Luật"


def test_removed_characters_inside_a_word_belong_to_it():
    source = normalise("đ\u00adược giao")
    start, end = source.to_original(0, 4)
    assert source.original[start:end] == "đ\u00adược"


def test_offsets_outside_the_text_are_clamped():
    assert normalise("QĐ- UBND").to_original(-5, 99) == (0, 8)
    assert normalise("QĐ- UBND").to_original(99, 99) == (8, 8)


def test_a_removed_character_maps_to_an_empty_clean_span():
    start, end = normalise("đ\u00adược").to_clean(1, 2)
    assert start == end == 1


def test_a_clean_text_is_returned_as_it_is():
    text = "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010;\n- UBND tỉnh\t10"
    assert normalise(text) == NormalisedText(text, text)


def test_a_change_of_equal_length_is_no_identity():
    assert not normalise("Uỷ ban").is_identity


def test_the_empty_text_is_clean():
    source = normalise("")
    assert source.is_identity
    assert source.to_original(0, 0) == source.to_clean(0, 0) == (0, 0)


@given(TEXTS)
def test_cleaning_a_clean_text_changes_nothing(text):
    assert normalise(normalise(text).text).is_identity


@given(AWKWARD)
@example("hoà\u0f73\u0301")  # the moved tone mark left a bare vowel before a mark that then composed with it
def test_a_clean_text_is_composed(text):
    assert unicodedata.is_normalized("NFC", normalise(text).text)


@given(TEXTS)
def test_the_whole_maps_to_the_whole(text):
    source = normalise(text)
    assert source.original == text
    assert source.to_original(0, len(source.text)) == (0, len(text))
    assert source.to_clean(0, len(text)) == (0, len(source.text))


@given(TEXTS)
def test_spans_map_back_in_order_and_within_bounds(text):
    source = normalise(text)
    size = len(source.text)
    steps = [source.to_original(at, at + 1) for at in range(size)]
    assert all(0 <= start <= end <= len(text) for start, end in steps)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in itertools.pairwise(steps))


@given(TEXTS, st.data())
def test_a_span_within_another_maps_within_it(text, data):
    source = normalise(text)
    bounds = sorted(data.draw(st.lists(st.integers(0, len(source.text)), min_size=4, max_size=4)))
    outer = source.to_original(bounds[0], bounds[3])
    inner = source.to_original(bounds[1], bounds[2])
    if bounds[1] < bounds[2]:
        assert outer[0] <= inner[0] <= inner[1] <= outer[1]


@given(TEXTS)
def test_an_empty_span_stays_empty(text):
    source = normalise(text)
    for at in range(len(source.text) + 1):
        start, end = source.to_original(at, at)
        assert 0 <= start <= end <= len(text)
        assert start == end or not source.text


@given(TEXTS)
def test_the_map_is_exact_where_cleaning_a_part_alone_gives_the_same_part(text):
    source = normalise(text)
    for at, character in enumerate(source.text):
        start, end = source.to_original(at, at + 1)
        if end - start == 1 and text[start].isascii() and text[start] not in "\r\x02\x0b\x0c":
            assert text[start].lower() == unicodedata.normalize("NFD", character)[0].lower()


@given(TEXTS)
def test_going_back_and_forth_keeps_the_span(text):
    source = normalise(text)
    for at in range(len(source.text)):
        start, end = source.to_clean(*source.to_original(at, at + 1))
        assert start <= at < end


@given(AWKWARD)
def test_line_breaks_outside_symbols_stay(text):
    source = normalise(text)
    for at, character in enumerate(source.text):
        if character == "\n":
            start, end = source.to_original(at, at + 1)
            assert "\n" in text[start:end] or "\r" in text[start:end]


@given(AWKWARD)
def test_gaps_are_found_in_order_without_overlap(text):
    gaps = list(close_symbols(text))
    assert all(start < end and len(new) <= end - start for start, end, new in gaps)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(gaps))


@pytest.mark.shared
def test_real_texts_are_cleaned_once_and_mapped_back(shared_dir):
    for path in sorted((shared_dir / "eval" / "texts").glob("*.txt")):
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        source = normalise(text)
        assert normalise(source.text).is_identity, path.name
        assert source.text.count("\t") == text.count("\t")
        for line in source.text.splitlines()[::25]:
            at = source.text.index(line)
            start, end = source.to_original(at, at + len(line))
            assert normalise(text[start:end]).text == line
