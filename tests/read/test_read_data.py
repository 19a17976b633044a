"""The tables of the readers: each row is whole and means one thing."""

import csv
import unicodedata

import pytest

from parcc_nlp.errors import error_texts
from parcc_nlp.read.syllables import share_of_syllables
from parcc_nlp.text.legacy import decode_legacy, legacy_table

READ_CODES = sorted(code for code in error_texts() if code.startswith("E1"))


@pytest.fixture
def read_folder(root):
    return root / "parcc_nlp" / "read"


def test_every_symbol_has_a_font_a_code_and_one_character(read_folder):
    with (read_folder / "symbols.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows
    for row in rows:
        assert row["font"] == row["font"].lower()
        assert 0x20 <= int(row["code"], 16) <= 0xFF
        assert len(row["character"]) == 1
        assert row["name"]
    assert len({(row["font"], row["code"]) for row in rows}) == len(rows)


def test_every_rhyme_is_lower_case_without_tone(read_folder):
    rhymes = (read_folder / "rhymes.txt").read_text(encoding="utf-8").split()
    assert len(set(rhymes)) == len(rhymes) > 140
    tones = set("\u0300\u0301\u0303\u0309\u0323")
    assert all(rhyme == rhyme.lower() and not tones & set(unicodedata.normalize("NFD", rhyme)) for rhyme in rhymes)


def test_words_of_columns_stand_one_a_line(read_folder):
    words = (read_folder / "column_signs.txt").read_text(encoding="utf-8").splitlines()
    assert len(set(words)) == len(words)
    assert all(word == word.strip() and word for word in words)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_every_legacy_code_means_one_vietnamese_letter(encoding):
    table = legacy_table(encoding)
    for code, letter in table.items():
        assert 1 <= len(code) <= 2
        assert len(letter) == 1
        assert unicodedata.is_normalized("NFC", letter)
        assert decode_legacy(code, encoding) == letter
    assert len(set(table.values())) == len(table)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_every_small_vietnamese_letter_has_a_legacy_code(encoding):
    vowels = "aăâeêioôơuưy"
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    letters = {unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in tones} | {"đ"}
    assert {letter for letter in letters if not letter.isascii()} <= set(legacy_table(encoding).values())


@pytest.mark.parametrize("code", READ_CODES)
def test_every_error_of_reading_says_what_is_wrong_and_what_to_do_in_both_languages(code):
    text = error_texts()[code]
    assert all(part.strip().endswith(".") for part in (text.vi, text.en, text.hint_vi, text.hint_en))


@pytest.mark.parametrize("word", ["nghiêng", "khuỷu", "quyết", "giếng", "Gì", "đường", "UYÊN", "ruộng", "hoẵng"])
def test_vietnamese_words_are_syllables(word):
    assert share_of_syllables([word]) == 1.0


@pytest.mark.parametrize("word", ["viÖt", "Ñoäc", "tldng", "cña", "élève", "nghiêngg"])
def test_other_words_are_no_syllables(word):
    assert share_of_syllables([word]) == 0.0
