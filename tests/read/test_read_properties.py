"""What holds of every file, whatever stands in it."""

import unicodedata
from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from parcc_nlp.errors import ReadError
from parcc_nlp.read import read
from parcc_nlp.read.reflow import joined

from .invariants import assert_consistent
from .making import cell, numbered, paragraph, table, word_package

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"])
WORDS = st.text(st.one_of(LETTERS, st.sampled_from("Điều 1.\t-+|#")), max_size=12)
LINES = st.lists(WORDS, min_size=1, max_size=12)


def read_or_refused(data):
    try:
        return read(data)
    except ReadError as refused:
        error = refused
    assert error.code in error.message(lang="vi")
    assert error.code in error.message(lang="en")
    return None


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_code(data):
    document = read_or_refused(data)
    if document is not None:
        assert_consistent(document)


@given(LINES)
def test_any_text_in_nfc_is_not_changed(lines):
    text = unicodedata.normalize("NFC", "\n".join(lines))
    document = read_or_refused(text.encode())
    if document is None:
        return
    assert_consistent(document)
    if document.source.media_type != "text/html":
        assert document.text == text.removeprefix("\ufeff")


@given(st.lists(st.one_of(WORDS.map(escape).map(paragraph), st.just(numbered("x", 1))), max_size=6),
       st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=4))  # fmt: skip
@settings(max_examples=50)
def test_any_word_file_keeps_its_spans(paragraphs, rows):
    cells = [[cell(paragraph(escape(word))) for word in row] for row in rows]
    document = read_or_refused(word_package("".join(paragraphs) + table(*cells) + paragraph("hết")))
    assert document is not None
    assert_consistent(document)
    assert document.text.endswith("hết")


@given(LINES, st.lists(st.lists(WORDS, min_size=2, max_size=3), min_size=1, max_size=4))
@settings(max_examples=50)
def test_any_html_page_keeps_its_spans(lines, rows):
    inner = "".join(f"<p>{escape(line)}</p>" for line in lines)
    inner += "<table>" + "".join("<tr>" + "".join(f"<td>{escape(word)}" for word in row) for row in rows) + "</table>"
    document = read_or_refused(f"<html>{inner}<p>hết</p></html>".encode())
    assert document is not None
    assert_consistent(document)


@given(st.integers(0, 400), st.integers(0, 255))
@settings(max_examples=60)
def test_a_word_file_with_one_wrong_byte_is_read_or_refused(place, value):
    data = bytearray(word_package(paragraph("Điều 1. Phê duyệt")))
    data[place * len(data) // 401] = value
    document = read_or_refused(bytes(data))
    if document is not None:
        assert_consistent(document)


@given(st.lists(st.text("ab-/ QĐ12", min_size=1, max_size=8).map(str.strip).filter(bool), max_size=6))
def test_joining_lines_keeps_every_letter(lines):
    assert joined(lines).replace(" ", "") == "".join(lines).replace(" ", "")


def test_a_pdf_with_one_wrong_byte_is_read_or_refused(sheet):
    good = sheet.text(100, 100, "Điều 1. Phê duyệt").rule(90, 90, 300, 90).page().bytes()

    @given(st.integers(0, len(good) - 1), st.integers(0, 255))
    @settings(max_examples=60)
    def check(place, value):
        data = bytearray(good)
        data[place] = value
        document = read_or_refused(bytes(data))
        if document is not None:
            assert_consistent(document)

    check()
