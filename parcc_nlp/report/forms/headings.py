"""Titles, headings of columns and form numbers of the papers: a data file, which an office replaces in part by its own.

What a heading was compared with stands beside it. One that was compared with nothing carries a mark in the paper, and a
line says so: nothing is passed off as official.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import Any, Literal, cast

from parcc_nlp.errors import UsageError
from parcc_nlp.report.forms.printing import one_line

__all__ = ["BLANK", "KEYS", "Column", "Headings", "TableForm", "read_headings", "shipped_headings"]

Align = Literal["left", "center"]

BLANK = "blank"
"""The key of a column that stays empty for the officer."""
_LISTED = frozenset(
    {
        "position", "number", "doc_type", "issued", "issuer", "name", "reason", "provisions", "ended", "effective",
        "status", "amendments", "note", "cited_in",
    }
)  # fmt: skip
_FOUND = frozenset(
    {
        "position", "group", "rule", "severity", "provision", "place", "words", "related", "message", "reason",
        "evidence", "suggestion", "days", "set_aside",
    }
)  # fmt: skip
KEYS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "review_sheet": frozenset(),
        "grounds": frozenset({"position", "ground", "clause", "exception", "effective", "change", "relation", "place"}),
        "findings": _FOUND,
        "findings_workbook": _FOUND,
        "unknown": frozenset({"position", "instrument", "relation", "place", "why"}),
        **dict.fromkeys(
            ("expired", "suspended", "partly_expired", "in_force", "not_yet", "not_known", "outside"), _LISTED
        ),
        "handling": frozenset({"position", "number", "doc_type", "issued", "issuer", "name", "grounds", "file"}),
    }
)
"""What may stand in the columns of every table."""
_WIDEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = frozenset("[]:*?/\\'")
_COLUMN_FIELDS = frozenset({"key", "heading", "width", "align", "evidenced", "evidence"})
_TABLE_FIELDS = frozenset({"title", "form_number", "sheet", "columns"})
_TITLE_FIELDS = frozenset({"heading", "evidenced", "evidence"})
_FILE_FIELDS = frozenset({"mark", "note", "source", "tables", "labels"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the values it shows, each on a line of its own, its heading, and what the heading was compared with.

    `evidence` is None where it was compared with nothing. `width` is its share of the table.
    """

    keys: tuple[str, ...]
    heading: str
    evidence: str | None = None
    width: float = 1.0
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class TableForm:
    """How one table is headed. `sheet` is the name of its sheet in a workbook; an unknown form number is None."""

    name: str
    title: str
    columns: tuple[Column, ...]
    sheet: str
    title_evidence: str | None = None
    form_number: str | None = None


@dataclass(frozen=True, slots=True)
class Headings:
    """Everything that is headed, and the words around it. `file` is what the note calls the place to correct it."""

    tables: Mapping[str, TableForm]
    labels: Mapping[str, str]
    mark: str
    note: str
    source: str
    file: str

    def label(self, key: str, /, **fields: object) -> str:
        """Give one of the words of a paper with its fields filled in."""
        return self.labels[key].format(**fields)

    def title(self, name: str) -> str:
        """Give the title of a table, marked where it was compared with nothing."""
        form = self.tables[name]
        return form.title if form.title_evidence else form.title + self.mark

    def heading(self, column: Column) -> str:
        """Give the heading of a column, marked where it was compared with nothing."""
        return column.heading if column.evidence else column.heading + self.mark

    def notes(self, *names: str) -> tuple[str, ...]:
        """Say of some tables what is not compared with a form, and what the other headings were compared with."""
        forms = [self.tables[name] for name in names]
        columns = [column for form in forms for column in form.columns]
        open_ = any(form.title_evidence is None for form in forms) or any(one.evidence is None for one in columns)
        known = tuple(dict.fromkeys(one.evidence for one in columns if one.evidence))
        note = (self.note.format(file=self.file),) if open_ else ()
        return note + ((self.source.format(evidence="; ".join(known)),) if known else ())


@cache
def shipped_headings() -> Headings:
    """Give the headings that come with the library.

    Examples
    --------
    >>> [column.heading for column in shipped_headings().tables["expired"].columns][-2:]
    ['Lý do hết hiệu lực', 'Ngày hết hiệu lực']
    """
    text = (files("parcc_nlp.report.forms") / "headings.yaml").read_text(encoding="utf-8")
    nothing = Headings(MappingProxyType({}), MappingProxyType({}), "", "", "", "headings.yaml")
    return _merged(nothing, _loaded(text, "headings.yaml"), "headings.yaml")


def read_headings(text: str, *, path: str, over: Headings | None = None) -> Headings:
    """Read an office's own headings: a file of the form of ``headings.yaml`` with what differs.

    Parameters
    ----------
    text
        The content of the file.
    path
        Its name, for errors and for the note in the papers.
    over
        What it is laid over; the headings that come with the library by default.

    Returns
    -------
    Headings
        A table that the file names has the title, the columns and the form number it gives, and keeps the others.

    Raises
    ------
    UsageError
        E365: the file is not of that form, names a table or a value that there is none of, or calls a heading evidenced
        without saying by what.

    Examples
    --------
    >>> own = read_headings("tables: {expired: {form_number: Mẫu số 03}}", path="tieu-de.yaml")
    >>> own.tables["expired"].form_number, own.file
    ('Mẫu số 03', 'tieu-de.yaml')
    """
    return _merged(over or shipped_headings(), _loaded(text, path), path)


def _loaded(text: str, path: str) -> dict[str, Any]:
    import yaml  # noqa: PLC0415 - most of what the library does needs no headings

    try:
        content = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        detail = getattr(error, "problem", None) or type(error).__name__
        raise UsageError("E365", path=path, place=f"dòng {mark.line + 1}" if mark else None, detail=detail) from None
    return _object(content or {}, _FILE_FIELDS, path=path, place=None)


def _merged(base: Headings, content: dict[str, Any], path: str) -> Headings:
    """Lay what a file says over headings."""
    tables = dict(base.tables)
    for name, entry in _object(content.get("tables") or {}, frozenset(KEYS), path=path, place="tables").items():
        tables[name] = _table(name, entry, tables.get(name), path)
    labels = dict(base.labels)
    own = content.get("labels") or {}
    known = frozenset(labels) if labels else frozenset(own)
    for name, words in _object(own, known, path=path, place="labels").items():
        labels[name] = _label(words, labels.get(name), path=path, place=f"labels.{name}")
    said = {
        name: _words(content.get(name, getattr(base, name)), path=path, place=name)
        for name in ("mark", "note", "source")
    }
    # A mark is set off from its heading, which the white space around words is otherwise not.
    said["mark"] = f" {said['mark']}" if said["mark"] else ""
    _fitting(said["note"], frozenset({"file"}), path=path, place="note")
    _fitting(said["source"], frozenset({"evidence"}), path=path, place="source")
    shown = path.replace("\\", "/").rpartition("/")[2]
    return replace(base, tables=MappingProxyType(tables), labels=MappingProxyType(labels), file=one_line(shown), **said)


def _table(name: str, entry: object, base: TableForm | None, path: str) -> TableForm:
    """Read one table."""
    place = f"tables.{name}"
    given = _object(entry, _TABLE_FIELDS, path=path, place=place)
    form = base or TableForm(name, "", (), "")
    if "title" in given:
        title = _object(given["title"], _TITLE_FIELDS, path=path, place=f"{place}.title")
        form = replace(
            form,
            title=_words(title.get("heading"), path=path, place=f"{place}.title.heading"),
            title_evidence=_evidence(title, path=path, place=f"{place}.title"),
        )
    if "form_number" in given:
        number = given["form_number"]
        number = None if number is None else _words(number, path=path, place=f"{place}.form_number")
        form = replace(form, form_number=number)
    if "sheet" in given:
        form = replace(form, sheet=_sheet_name(given["sheet"], path=path, place=f"{place}.sheet"))
    if "columns" in given:
        form = replace(form, columns=_columns(given["columns"], KEYS[name], path=path, place=f"{place}.columns"))
    return form


def _columns(entries: object, keys: frozenset[str], *, path: str, place: str) -> tuple[Column, ...]:
    if not isinstance(entries, list) or (not entries and keys):
        raise _wrong("cần danh sách các cột", path, place)
    return tuple(_column(entry, keys, path=path, place=f"{place}[{at}]") for at, entry in enumerate(entries, 1))


def _column(entry: object, keys: frozenset[str], *, path: str, place: str) -> Column:
    given = _object(entry, _COLUMN_FIELDS, path=path, place=place)
    shown = given.get("key")
    shown = tuple(shown) if isinstance(shown, list) else (shown,)
    unknown = [str(key) for key in shown if key != BLANK and key not in keys]
    if unknown or not shown:
        raise _wrong(f"không có giá trị “{', '.join(unknown)}”; có: {', '.join(sorted(keys))}, {BLANK}", path, place)
    width, align = given.get("width", 1), given.get("align", "left")
    if isinstance(width, bool) or not isinstance(width, (int, float)) or not 0 < width < 1000:  # noqa: PLR2004 - a share
        raise _wrong("width cần là số dương", path, place)
    if align not in {"left", "center"}:
        raise _wrong("align cần là left hoặc center", path, place)
    return Column(
        keys=cast("tuple[str, ...]", shown),
        heading=_words(given.get("heading"), path=path, place=f"{place}.heading"),
        evidence=_evidence(given, path=path, place=place),
        width=float(width),
        align=cast("Align", align),
    )


def _evidence(given: dict[str, Any], *, path: str, place: str) -> str | None:
    """Give what a heading was compared with; to call it evidenced without saying by what is refused."""
    evidenced = given.get("evidenced", False)
    if not isinstance(evidenced, bool):
        raise _wrong("evidenced cần là true hoặc false", path, place)
    if not evidenced:
        return None
    return _words(given.get("evidence"), path=path, place=f"{place}.evidence")


def _sheet_name(value: object, *, path: str, place: str) -> str:
    name = _words(value, path=path, place=place)
    if len(name) > _WIDEST_SHEET_NAME or _NOT_IN_SHEET_NAMES & set(name):
        raise _wrong(f"tên trang tính dài quá {_WIDEST_SHEET_NAME} ký tự hoặc có ký tự không dùng được", path, place)
    return name


def _label(value: object, standing: str | None, *, path: str, place: str) -> str:
    """Read a word of the papers; it may use no other fields than the one it stands for."""
    words = _words(value, path=path, place=place)
    _fitting(words, None if standing is None else _fields(standing), path=path, place=place)
    return words


def _fitting(words: str, allowed: frozenset[str] | None, *, path: str, place: str) -> None:
    """Refuse fields that a word cannot be filled in with, and anything in braces that is no plain field."""
    try:
        pieces = list(Formatter().parse(words))
    except ValueError:
        pieces = [("", "{", "", None)]
    for _, name, spec, conversion in pieces:
        plain = name is None or (name.isidentifier() and not spec and conversion is None)
        if not plain or (allowed is not None and name is not None and name not in allowed):
            shown = ", ".join(f"{{{one}}}" for one in sorted(allowed or ())) or "không có"
            raise _wrong(f"dấu ngoặc nhọn không đúng; trường dùng được: {shown}", path, place)


def _fields(words: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(words) if name)


def _words(value: object, *, path: str, place: str) -> str:
    words = one_line(value) if isinstance(value, str) else ""
    if not words and not (value == "" and place in {"mark", "note", "source"}):
        raise _wrong("cần có chữ", path, place)
    return words


def _object(value: object, allowed: frozenset[str], *, path: str, place: str | None) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong("cần các cặp khóa: giá trị", path, place)
    unknown = [str(key) for key in value if key not in allowed]
    if unknown:
        raise _wrong(f"không có khóa “{', '.join(unknown)}”; có: {', '.join(sorted(allowed))}", path, place)
    return value


def _wrong(detail: str, path: str, place: str | None) -> UsageError:
    return UsageError("E365", path=path, place=place, detail=detail)
