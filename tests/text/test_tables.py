"""The data files of the package have the columns and values their readers rely on."""

import re
import unicodedata

from parcc_nlp.text.tables import read_table


def test_every_character_is_replaced_by_something_known():
    rows = read_table("characters.csv")
    assert all(re.fullmatch(r"U\+[0-9A-F]{4}", row["codepoint"]) for row in rows)
    assert {row["becomes"] for row in rows} == {"space", "hyphen", "newline", "removed", "dash", "/", "Đ", "đ"}
    assert len({row["codepoint"] for row in rows}) == len(rows)


def test_characters_stand_in_order_and_have_names():
    rows = read_table("characters.csv")
    codes = [int(row["codepoint"].removeprefix("U+"), 16) for row in rows]
    assert codes == sorted(codes)
    assert all(row["name"] for row in rows)


def test_a_homoglyph_is_a_greek_or_cyrillic_letter_for_a_latin_one():
    for row in read_table("homoglyphs.csv"):
        assert row["codepoint"] == f"U+{ord(row['letter']):04X}"
        assert unicodedata.name(row["letter"]).split()[0] in {"GREEK", "CYRILLIC"}
        assert re.fullmatch("[A-Za-z]", row["latin"])
        assert row["letter"].isupper() == row["latin"].isupper()


def test_no_letter_has_two_homoglyphs():
    letters = [row["letter"] for row in read_table("homoglyphs.csv")]
    assert len(set(letters)) == len(letters)


def test_a_type_code_is_what_a_symbol_can_hold():
    rows = read_table("symbol_types.csv")
    assert all(re.fullmatch("[A-ZĐ][A-Za-zĐđ]{0,4}", row["code"]) and row["type"] and row["source"] for row in rows)
    assert len({row["code"] for row in rows}) == len(rows)


def test_the_type_codes_of_decree_30_are_known():
    codes = {row["code"] for row in read_table("symbol_types.csv")}
    assert {"NQ", "QĐ", "CT", "QC", "TC", "TB", "HD", "CTr", "KH", "PA", "ĐA", "DA", "BC", "BB", "TTr", "HĐ"} <= codes
    assert {"CĐ", "BGN", "BTT", "GUQ", "GM", "GGT", "GNP", "PG", "PC", "PB", "SY", "TrS", "SL"} <= codes


def test_an_ordinal_word_has_a_value_up_to_ten():
    rows = read_table("ordinals.csv")
    assert {int(row["value"]) for row in rows} == set(range(1, 11))
    assert len({row["word"] for row in rows}) == len(rows)
