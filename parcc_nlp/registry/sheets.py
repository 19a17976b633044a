"""Files with tables, read into rows of cells: CSV, Excel workbooks, JSON. What is in the cells is judged elsewhere.

The kind of file is told by its content, never by its name. Nothing in a file is executed: of a formula the value that
was stored with it is taken, and where none was stored the cell is marked (`Uncalculated`).
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, TypeAlias

from parcc_nlp.errors import RegistryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Cell", "Row", "Sheet", "Uncalculated", "is_json", "records_of", "sheets_of"]

LARGEST = 100 * 1024 * 1024
"""Bytes of a file, or of a workbook once unpacked: far above any list an office keeps."""
WIDEST = 200
"""Columns of a sheet that are looked at."""
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_BOM = "\ufeff"
_DELIMITERS = ",;\t"
_SAMPLE = 50


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """A formula that was saved without its value."""

    formula: str


Cell: TypeAlias = str | date | Uncalculated | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number as the program that shows the file counts, and its cells."""

    number: int
    cells: tuple[Cell, ...]

    def filled(self) -> tuple[Cell, ...]:
        """Give the cells that hold something."""
        return tuple(cell for cell in self.cells if cell is not None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the name of the sheet where a file has several, and its rows that are not empty."""

    name: str | None
    rows: tuple[Row, ...]
    exact: bool = False
    """Whether a row of another length than the headings is damaged (CSV), or empty cells were left out (Excel)."""


def sheets_of(data: bytes, *, name: str) -> tuple[Sheet, ...]:
    """Read the tables of a file.

    Parameters
    ----------
    data
        The bytes of the file.
    name
        What to call it in errors.

    Returns
    -------
    tuple of Sheet
        One for a CSV or JSON file, one a sheet for a workbook.

    Raises
    ------
    RegistryError
        E220 it is no table; E222 the text is not UTF-8; E230 a CSV is broken; E238 a JSON is broken; E239 a workbook is
        damaged or too large.

    Examples
    --------
    >>> (sheet,) = sheets_of("Số ký hiệu;Ngày ban hành\\n12/2019/QĐ-UBND;03/4/2019\\n".encode(), name="a.csv")
    >>> [row.cells for row in sheet.rows]
    [('Số ký hiệu', 'Ngày ban hành'), ('12/2019/QĐ-UBND', '03/4/2019')]
    """
    if len(data) > LARGEST:
        raise RegistryError("E239", path=name, detail=f"> {LARGEST // 1024 // 1024} MiB")
    if data.startswith(_ZIP):
        return _workbook(data, name)
    if data.startswith(_OLD_EXCEL):
        raise RegistryError("E220", path=name, kind=".xls")
    if data.startswith(b"%PDF") or not data.strip():
        raise RegistryError("E220", path=name, kind=".pdf" if data.strip() else "0 byte")
    text = _decoded(data, name)
    if text.lstrip()[:1] in {"[", "{"}:
        return (_from_records(records_of(data, name=name), name),)
    return (_separated(text, name),)


def records_of(data: bytes, *, name: str) -> tuple[dict[str, Any], ...]:
    """Read the objects of a JSON file: a list, one object, one object a line, or a list under the key ``data``.

    Raises
    ------
    RegistryError
        E222 or E238, with the line.

    Examples
    --------
    >>> records_of(b'{"success": true, "data": {"docNum": "63/2025/QH15"}}', name="a.json")
    ({'docNum': '63/2025/QH15'},)
    """
    text = _decoded(data, name).strip()
    whole = _parsed(text)
    values = whole if whole is not None else _lines(text, name)
    listed = [inner for value in _as_list(values) for inner in _as_list(_unwrapped(value))]
    for number, value in enumerate(listed, 1):
        if not isinstance(value, dict):
            raise RegistryError("E238", path=name, place=f"#{number}", detail=type(value).__name__)
    return tuple(listed)


def is_json(data: bytes) -> bool:
    """Say whether the bytes of a file look like JSON."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"[", b"{"}


def _unwrapped(value: Any) -> Any:
    """Take what a service puts under ``data`` (and, in a page of results, under ``items`` or ``content``)."""
    for key in ("data", "items", "content"):
        if isinstance(value, dict) and isinstance(value.get(key), dict | list) and "docNum" not in value:
            value = value[key]
    return value


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _parsed(text: str) -> Any:
    """Parse a text as one JSON value; None where it is not one."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def _lines(text: str, name: str) -> list[Any]:
    """Parse one JSON value a line."""
    values = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            values.append(json.loads(line))
        except ValueError as error:
            raise RegistryError("E238", path=name, place=f"dòng {number}", detail=str(error)) from error
    return values


def _decoded(data: bytes, name: str) -> str:
    """Decode UTF-8, with or without its mark."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RegistryError("E222", path=name, place=f"dòng {line}", position=error.start) from error
    if "\x00" in text:
        raise RegistryError("E220", path=name, kind="NUL")
    return text.removeprefix(_BOM)


def _separated(text: str, name: str) -> Sheet:
    """Read a CSV whose separator is a comma, a semicolon or a tab."""
    delimiter = max(_DELIMITERS, key=lambda one: _regularity(text, one))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    try:
        for cells in reader:
            row = Row(reader.line_num, tuple(_text(cell) for cell in cells))
            if row.filled():
                rows.append(row)
    except csv.Error as error:
        raise RegistryError("E230", path=name, place=f"dòng {reader.line_num}", detail=str(error)) from error
    return Sheet(None, tuple(rows), exact=True)


def _regularity(text: str, delimiter: str) -> tuple[int, int]:
    """Say how well a separator fits: how many of the first rows have the commonest width, and that width."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    widths: Counter[int] = Counter()
    try:
        for _, row in zip(range(_SAMPLE), reader, strict=False):
            if len(row) > 1:
                widths[len(row)] += 1
    except csv.Error:
        return (0, 0)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return (count, width)


def _text(value: Any) -> str | None:
    """Take a cell as text on one line; an empty one is None."""
    return " ".join(str(value).split()) or None


def _workbook(data: bytes, name: str) -> tuple[Sheet, ...]:
    """Read every sheet of an Excel workbook, values beside formulas."""
    from openpyxl import load_workbook  # noqa: PLC0415 - a library that takes a tenth of a second

    _check_package(data, name)
    try:
        values = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        formulas = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        return tuple(
            Sheet(sheet.title, tuple(_sheet_rows(sheet, formulas[sheet.title]))) for sheet in values.worksheets
        )
    except Exception as error:  # openpyxl raises whatever a damaged part leads it to
        raise RegistryError("E239", path=name, detail=type(error).__name__) from error


def _check_package(data: bytes, name: str) -> None:
    """Refuse what is no workbook, or would not fit into memory once unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(part.file_size for part in package.infolist())
            is_workbook = "xl/workbook.xml" in package.namelist()
            declares = unpacked <= LARGEST and any(
                _declares_entities(package.read(part)) for part in package.infolist()
            )
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise RegistryError("E239", path=name, detail=type(error).__name__) from error
    if not is_workbook:
        raise RegistryError("E220", path=name, kind="zip")
    if unpacked > LARGEST:
        raise RegistryError("E239", path=name, detail=f"> {LARGEST // 1024 // 1024} MiB")
    if declares:
        raise RegistryError("E239", path=name, detail="DTD")


def _declares_entities(part: bytes) -> bool:
    """Say whether an XML part carries a document type, which no workbook has and which could name other files."""
    return any("<!DOCTYPE".encode(encoding) in part for encoding in ("ascii", "utf-16-le", "utf-16-be"))


def _sheet_rows(values: Any, formulas: Any) -> Iterator[Row]:
    """Read the rows of a sheet that are not empty."""
    shown = values.iter_rows(max_col=WIDEST, values_only=True)
    written = formulas.iter_rows(max_col=WIDEST, values_only=True)
    for number, (row, beneath) in enumerate(zip(shown, written, strict=True), 1):
        cells = tuple(_excel_cell(value, formula) for value, formula in zip_longest(row, beneath))
        if any(cell is not None for cell in cells):
            yield Row(number, cells)


def _excel_cell(value: Any, formula: Any) -> Cell:
    """Take a cell of a workbook: a date as a day, a number as written, anything else as text."""
    if value is None:
        return Uncalculated(formula) if isinstance(formula, str) and formula.startswith("=") else None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _text(value)


def _from_records(records: Sequence[dict[str, Any]], name: str) -> Sheet:
    """Lay JSON objects out as a table: the keys are its headings."""
    keys = tuple(dict.fromkeys(key for record in records for key in record))
    rows = [Row(0, tuple(keys))]
    for number, record in enumerate(records, 1):
        nested = next((key for key in keys if isinstance(record.get(key), dict | list)), None)
        if nested is not None:
            raise RegistryError("E238", path=name, place=f"#{number}", detail=nested)
        rows.append(Row(number, tuple(None if record.get(key) is None else _text(record[key]) for key in keys)))
    return Sheet(None, tuple(rows))
