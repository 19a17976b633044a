"""Small Word files with a table, written on the spot: rows as lists of texts, merges as places."""

from io import BytesIO

from docx import Document as Word

from parcc_nlp.extract.metadata import find_metadata
from parcc_nlp.extract.tables import find_table_rows
from parcc_nlp.read import read
from parcc_nlp.text.normalise import normalise


def word_file(*tables, before=(), merges=()):
    """Give the bytes of a Word file with these tables, `merges` as (table, row, column, last row, last column)."""
    word = Word()
    for line in before:
        word.add_paragraph(line)
    made = []
    for rows in tables:
        table = word.add_table(len(rows), max(map(len, rows)))
        for cells, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=False):
                cell.text = text
        made.append(table)
    for number, row, column, last_row, last_column in merges:
        made[number].cell(row, column).merge(made[number].cell(last_row, last_column))
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def task_rows(*tables, before=(), merges=()):
    """Give the task rows of a Word file with these tables."""
    return rows_of(read(word_file(*tables, before=before, merges=merges), name="bảng.docx"))


def rows_of(document):
    """Give the task rows of a document that was read."""
    source = normalise(document.text)
    return find_table_rows(document, source, metadata=find_metadata(source))


def held(row, role):
    """The agencies that hold a role in a row."""
    return [holder.agency for holder in row.holders if holder.role == role]
