"""Automatic numbers, as Word counts them."""

import csv
from pathlib import Path

import pytest

from parcc_nlp.read import read
from parcc_nlp.read.numbering import formatted

from .making import numbered, paragraph, slices, word_package

ROWS = list(csv.DictReader((Path(__file__).parent / "numbering.csv").open(encoding="utf-8", newline="")))


def level(index, number_format, text, *, start=1, extra=""):
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number, *levels, extra=""):
    return f'<w:abstractNum w:abstractNumId="{number}">{extra}{"".join(levels)}</w:abstractNum>'


def num(number, of, overrides=""):
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def labels(body, numbering, **parts):
    return [block.label for block in read(word_package(body, numbering=numbering, **parts)).blocks]


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_numbers_are_counted_as_word_counts_them(row):
    levels = [level(index, *form.split(":", 1)) for index, form in enumerate(row["formats"].split("|"))]
    body = "".join(numbered("x", 1, int(at)) for at in row["levels"].split())
    assert labels(body, abstract(0, *levels) + num(1, 0)) == row["texts"].split("|")


def test_the_number_stands_in_the_text_before_the_paragraph():
    body = numbered("Phạm vi", 1)
    document = read(word_package(body, numbering=abstract(0, level(0, "decimal", "Điều %1.")) + num(1, 0)))
    assert document.text == "Điều 1. Phạm vi"
    assert document.blocks[0].start == 0


def test_nothing_stands_between_number_and_text_where_the_list_says_so():
    form = level(0, "decimal", "%1/", extra='<w:suff w:val="nothing"/>')
    assert read(word_package(numbered("x", 1), numbering=abstract(0, form) + num(1, 0))).text == "1/x"


def test_two_lists_of_one_definition_go_on_counting():
    both = abstract(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0)
    assert labels(numbered("a", 1) + numbered("b", 2) + numbered("c", 1), both) == ["1.", "2.", "3."]


def test_a_list_with_a_start_of_its_own_begins_there():
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    both = abstract(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0, override)
    assert labels(numbered("a", 1) + numbered("b", 2) + numbered("c", 2), both) == ["1.", "5.", "6."]


def test_a_list_may_write_a_level_in_its_own_way():
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "lowerLetter", "%1)")}</w:lvlOverride>'
    both = abstract(0, level(0, "decimal", "%1.")) + num(1, 0, override)
    assert labels(numbered("a", 1) + numbered("b", 1), both) == ["a)", "b)"]


def test_a_level_that_never_restarts_goes_on():
    forms = level(0, "upperRoman", "%1"), level(1, "decimal", "Điều %2", extra='<w:lvlRestart w:val="0"/>')
    body = "".join(numbered("x", 1, at) for at in (0, 1, 0, 1))
    assert labels(body, abstract(0, *forms) + num(1, 0)) == ["I", "Điều 1", "II", "Điều 2"]


def test_a_level_for_laws_writes_every_number_in_digits():
    forms = level(0, "upperRoman", "%1"), level(1, "decimal", "%1.%2", extra="<w:isLgl/>")
    assert labels(numbered("x", 1) + numbered("y", 1, 1), abstract(0, *forms) + num(1, 0)) == ["I", "1.1"]


def test_a_style_gives_its_number_to_its_paragraphs_and_to_styles_based_on_it():
    styles = (
        '<w:style w:type="paragraph" w:styleId="D"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="E"><w:basedOn w:val="D"/></w:style>'
    )
    body = paragraph("a", properties='<w:pStyle w:val="D"/>') + paragraph("b", properties='<w:pStyle w:val="E"/>')
    assert labels(body, abstract(0, level(0, "decimal", "%1.")) + num(1, 0), styles=styles) == ["1.", "2."]


def test_a_level_is_found_by_the_style_it_names():
    styles = (
        '<w:style w:type="paragraph" w:styleId="K"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    forms = level(0, "decimal", "Điều %1"), level(1, "decimal", "%2.", extra='<w:pStyle w:val="K"/>')
    body = numbered("a", 1) + paragraph("b", properties='<w:pStyle w:val="K"/>')
    assert labels(body, abstract(0, *forms) + num(1, 0), styles=styles) == ["Điều 1", "1."]


def test_number_zero_takes_a_paragraph_out_of_the_list_of_its_style():
    styles = (
        '<w:style w:type="paragraph" w:styleId="D"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    off = '<w:pStyle w:val="D"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    assert labels(
        paragraph("a", properties=off), abstract(0, level(0, "decimal", "%1.")) + num(1, 0), styles=styles
    ) == [None]


def test_a_linked_definition_is_followed():
    numbering = (
        abstract(0, extra='<w:numStyleLink w:val="S"/>')
        + abstract(1, level(0, "decimal", "%1)"), extra='<w:styleLink w:val="S"/>')
        + num(1, 0)
    )
    assert labels(numbered("a", 1), numbering) == ["1)"]


def test_an_empty_numbered_paragraph_takes_a_number_too():
    both = abstract(0, level(0, "decimal", "%1.")) + num(1, 0)
    assert labels(numbered("a", 1) + numbered("", 1) + numbered("c", 1), both) == ["1.", "3."]


def test_numbers_in_table_cells_count_with_the_rest():
    both = abstract(0, level(0, "decimal", "%1.")) + num(1, 0)
    body = numbered("a", 1) + f"<w:tbl><w:tr><w:tc>{numbered('b', 1)}</w:tc></w:tr></w:tbl>" + numbered("c", 1)
    assert slices(read(word_package(body, numbering=both))) == ["1. a", "2. b", "3. c"]


def test_a_list_that_is_not_defined_has_no_number():
    assert labels(numbered("a", 9), abstract(0) + num(1, 0)) == [None]


@pytest.mark.parametrize(("value", "name", "text"), [
    (3999, "upperRoman", "MMMCMXCIX"), (4000, "upperRoman", "4000"), (26, "lowerLetter", "z"),
    (27, "lowerLetter", "aa"), (53, "upperLetter", "AAA"), (0, "lowerLetter", "0"), (-1, "upperRoman", "-1"),
    (15, "vietnameseCounting", "mười lăm"), (21, "vietnameseCounting", "hai mươi mốt"), (7, "chicago", "7"),
])  # fmt: skip
def test_formats_at_their_edges(value, name, text):
    assert formatted(value, name) == text
