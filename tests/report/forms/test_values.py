"""Rows know the values that the headings may ask for, no more and no fewer."""

import pytest

from parcc_nlp.report.forms import cited_lists, shipped_headings
from parcc_nlp.report.forms.filling import finding_tables, ground_table, list_tables, unknown_table
from parcc_nlp.report.forms.headings import KEYS
from parcc_nlp.report.forms.printing import one_line, printable, shortened

HEADINGS = shipped_headings()


@pytest.fixture
def tables(sheet, extraction, registry):
    lists = cited_lists(extraction, registry=registry, on="2026-11-23")
    return [
        ground_table(sheet, HEADINGS),
        *(table for _, _, table in finding_tables(sheet, HEADINGS)),
        *(table for _, _, table in finding_tables(sheet, HEADINGS, "findings_workbook")),
        unknown_table(sheet, HEADINGS),
        *list_tables(lists, HEADINGS),
    ]


def test_a_row_has_the_values_its_table_may_show(tables):
    for table in tables:
        for row in table.rows:
            assert set(row.values) == KEYS[table.form.name], table.form.name


def test_a_cell_is_its_values_a_line_each(tables):
    for table in tables:
        for row in table.rows:
            for cell, column in zip(row.cells, table.form.columns, strict=True):
                assert cell == "\n".join(row.values[key] for key in column.keys if row.values.get(key))


def test_days_are_iso(tables):
    for table in tables:
        for row in table.rows:
            assert all(value[:4].isdigit() for value in row.days.values())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("a\x00\x07\x1b", "a\ufffd\ufffd\ufffd"),
        ("\ufffe\uffff\ufdd0\ud800", "\ufffd" * 4),
        ("\u202eđảo", "\ufffdđảo"),
        ("Ủy ban\tnhân dân", "Ủy ban\tnhân dân"),
    ],
    ids=ascii,
)
def test_printable_text_has_nothing_a_file_or_a_reader_obeys(text, shown):
    assert printable(text) == shown


def test_one_line_is_one_line():
    assert one_line(" a\n\tb \r\n c ") == "a b c"


@pytest.mark.parametrize("limit", [5, 10, 40])
def test_what_is_shortened_is_no_longer_than_allowed_but_for_the_ellipsis(limit):
    for text in ("chữ " * 50, "x" * 200, "ngắn"):
        assert len(shortened(text, limit)) <= limit + 3
