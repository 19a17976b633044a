"""VB408: a number or letter of a heading used twice, or left out, in a series that is otherwise regular.

Restarted series, forms and flattened tables have numbers of their own: a series speaks only where it begins at its
first number and is followed once through.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from parcc_nlp.review.checks.coherence.layout import Layout, area
from parcc_nlp.review.rule import Flag, Place, phrase, rule
from parcc_nlp.text.ordinals import ordinal_to_int, roman_to_int
from parcc_nlp.text.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcc_nlp.model import Section
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Kind

__all__ = ["LETTERS", "vb408"]

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The order of points: no f, j, w, z, and đ behind d (NĐ 30/2020, Phụ lục I, Phần I, Mục II, khoản 6 điểm đ)."""
_CAPITALS = "ABCDEFGH"
_Style = Literal["number", "letter", "roman", "capital"]
_NAMED = {"phan": "Phần", "chuong": "Chương", "muc": "Mục", "tieu_muc": "Tiểu mục", "dieu": "Điều"}
_LISTED = frozenset({"section", "khoan", "diem"})
_LABEL = re.compile(
    r"(?P<prefix>(?:\d+\.)*)(?:(?P<number>\d{1,4})(?P<behind>[a-zđ]*)|(?P<letter>[a-zđ])(?P<inserted>\d*))"
)
_ROMAN = re.compile(r"[IVXL]+")
_GOES_ON = re.compile(r"\.\d")
# A portal's line break: "Mục", and on the next line its number.
_BROKEN_OFF = re.compile(r"(?:Phần|Chương|Mục|Tiểu mục|Điều|PHẦN|CHƯƠNG|MỤC|TIỂU MỤC|ĐIỀU)\s+$")
_BROKEN_REACH = 12
_FILLED_IN = re.compile(r"\.{5}|…{2}|_{5}")
_CATALOGUE = re.compile(r"thủ tục hành chính|TTHC", re.IGNORECASE)
"""Catalogues of procedures are put together from forms, each with a numbering of its own."""
_SPACES_IN_LABEL = 4
_LONGEST_GAP = 3
_FEWEST = 3
"""A series of two says nothing about what lies between them."""
_OTHER_LIST = re.compile(
    r"^\s*(?:Nơi nhận|NƠI NHẬN|CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|Kính gửi|KÍNH GỬI|ĐẠI DIỆN|PHỤ LỤC|Mẫu số|MẪU SỐ)",
    re.MULTILINE,
)
"""A form or an annex begins: what is numbered behind it is another list."""


class _Number(NamedTuple):
    """The label of a unit as a number.

    `mark` is how it is printed ("1." and "(1)" are two series), `prefix` the numbers above it in "2.1", `inserted` what
    was put behind it ("4a").
    """

    style: _Style
    value: int
    inserted: str
    prefix: str
    mark: str


class _Unit(NamedTuple):
    """A unit of a series."""

    section: Section
    number: _Number


class _Gap(NamedTuple):
    """Two units of a series and the labels between them that are not there."""

    before: _Unit
    behind: _Unit
    missing: tuple[str, ...]


@rule("VB408")
def vb408(context: RuleContext) -> Iterator[Flag]:
    """Flag a label that follows itself, and one that is left out; an order without đ is said once a document."""
    text = context.extraction.text
    layout = Layout.of(context.extraction)
    catalogue = _CATALOGUE.search(context.extraction.metadata.title or "") is not None
    latin: list[_Gap] = []
    for series in _series(layout):
        first = series[0].section
        if any(layout.gives_other_wording(section) for section in layout.above(first)):
            continue
        yield from _repeated(series, text, kind="review" if catalogue and area(first) else "fail")
        for gap in _left_out(series, text):
            if gap.missing == ("đ",):
                latin.append(gap)
            else:
                yield _gap_flag("gap", gap, text)
    if latin:
        latin.sort(key=_where)
        yield _gap_flag("latin", latin[0], text, again=latin[1:])


def _series(layout: Layout) -> Iterator[tuple[_Unit, ...]]:
    """Give the units that are numbered on from each other: from the first number, and never back."""
    found: dict[tuple[str | None, ...], list[_Unit]] = {}
    for section in layout.sections:
        number = _number(section, layout.text)
        if number is not None:
            found.setdefault(_key(section, number, layout), []).append(_Unit(section, number))
    for units in found.values():
        values = [unit.number.value for unit in units]
        rises = all(before <= behind for before, behind in pairwise(values))
        if len(units) > 1 and values[0] == 1 and values[1] != 1 and rises:
            yield tuple(units)


def _key(section: Section, number: _Number, layout: Layout) -> tuple[str | None, ...]:
    """Say which series a unit belongs to; articles are numbered through a document, an annex apart."""
    annex = (one.eid for one in layout.above(section) if one.kind == "phu_luc")
    parent = next(annex, None) if section.kind == "dieu" else section.parent
    kind = section.kind if section.kind in _NAMED else "list"
    return parent, area(section), kind, number.style, number.prefix, number.mark


def _number(section: Section, text: str) -> _Number | None:
    """Read the label of a unit; None for bullets, tables, annexes and labels that go on behind what was read."""
    if not section.label:
        return None
    if section.kind in _NAMED:
        goes_on = _GOES_ON.match(text, section.start + len(_printed(section, text)))  # "Mục 2.1:"
        return None if goes_on else _read(section.label, mark="")
    if section.kind not in _LISTED or _BROKEN_OFF.search(text[max(0, section.start - _BROKEN_REACH) : section.start]):
        return None
    opening = "(" if text.startswith("(", section.start) else ""
    at = section.start + len(opening) + len(section.label)
    behind = text[at : at + 2].lstrip()
    if not text.startswith(section.label, section.start + len(opening)) or _GOES_ON.match(behind):
        return None  # "II.1" of a table
    return _read(section.label, mark=opening + behind[:1])


def _read(label: str, *, mark: str) -> _Number | None:
    """Read a label as a number of its style."""
    if _ROMAN.fullmatch(label):
        value = roman_to_int(label)
        return _Number("roman", value, "", "", mark) if value else None
    if len(label) == 1 and label in _CAPITALS:
        return _Number("capital", _CAPITALS.index(label) + 1, "", "", mark)
    match = _LABEL.fullmatch(label)
    if match is None:
        ordinal = ordinal_to_int(label)
        return _Number("number", ordinal, "", "", mark) if ordinal else None
    if match["number"]:
        return _Number("number", int(match["number"]), match["behind"], match["prefix"], mark)
    at = LETTERS.find(match["letter"])
    return _Number("letter", at + 1, match["inserted"], match["prefix"], mark) if at >= 0 else None


def _repeated(series: tuple[_Unit, ...], text: str, *, kind: Kind) -> Iterator[Flag]:
    """Flag a unit that bears the label of the one before it."""
    for before, behind in pairwise(series):
        if before.number != behind.number or not _is_one_list(before.section, behind.section, text):
            continue
        if before.section.kind in _NAMED and "\n" not in text[before.section.start : behind.section.start].strip():
            continue  # a heading without text: one that a copy has twice
        label = _printed(behind.section, text, mark=behind.number.mark)
        yield Flag(
            start=behind.section.start,
            end=behind.section.start + len(label),
            message=phrase("twice", label=label),
            subject=f"{before.section.eid} twice",
            kind=kind,
            suggestion=phrase("suggestion_twice"),
            related=(_place_of(before, text),),
            place_matters=True,
        )


def _left_out(series: tuple[_Unit, ...], text: str) -> Iterator[_Gap]:
    """Find labels left out, which no line of the text between their neighbours has either."""
    if len(series) < _FEWEST or series[0].number.style == "capital":
        return
    twice = {unit.number for one, unit in pairwise(series) if one.number == unit.number}
    for before, behind in pairwise(series):
        if before.number in twice or behind.number in twice:
            continue  # "a, c, c": one slip of the pen, and said already
        values = range(before.number.value + 1, behind.number.value)
        if not 0 < len(values) <= _LONGEST_GAP:
            continue
        missing = tuple(_label(before.number, value) for value in values)
        between = text[before.section.start : behind.section.start].translate(_lookalikes())
        if _is_one_list(before.section, behind.section, text) and not _any_there(missing, between, behind.section):
            yield _Gap(before, behind, missing)


def _is_one_list(before: Section, behind: Section, text: str) -> bool:
    """Say whether two units stand in one list: no form or annex begins between them, and neither is filled in."""
    lines = (text[unit.start : text.find("\n", unit.start) + 1 or unit.end] for unit in (before, behind))
    return not _OTHER_LIST.search(text, before.start, behind.start) and not any(map(_FILLED_IN.search, lines))


def _label(number: _Number, value: int) -> str:
    """Write the label of a series that has a value."""
    if number.style == "letter":
        return LETTERS[value - 1]
    if number.style == "roman":
        return _roman(value)
    return f"{number.prefix}{value}"


def _roman(value: int) -> str:
    written = ""
    for size, letters in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        many, value = divmod(value, size)
        written += letters * many
    return written


def _any_there(labels: tuple[str, ...], between: str, section: Section) -> bool:
    """Say whether a label stands somewhere in a line, where the reading of the structure did not see it."""
    name = _NAMED.get(section.kind)
    either = "|".join(map(re.escape, labels))
    pattern = rf"(?i:{name})\s+(?:{either})\b" if name else rf"(?<![\w.,/])(?:{either})\s?[.)/:\-]"
    return re.search(pattern, between) is not None


@cache
def _lookalikes() -> dict[int, str]:
    """Give the letters of other alphabets that stand for ours ("с)" with a Cyrillic letter is there)."""
    return str.maketrans({row["letter"]: row["latin"] for row in read_table("homoglyphs.csv")})


def _gap_flag(key: str, gap: _Gap, text: str, *, again: Sequence[_Gap] = ()) -> Flag:
    behind, before = gap.behind.section, gap.before.section
    name = _NAMED.get(behind.kind, "")
    fields = {
        "before": f"{name} {before.label}".strip(),
        "behind": f"{name} {behind.label}".strip(),
        "missing": ", ".join(gap.missing),
    }
    more = phrase("again", count=str(len(again))) if again else None
    return Flag(
        start=behind.start,
        end=behind.start + len(_printed(behind, text, mark=gap.behind.number.mark)),
        message=phrase(key, again=more, **fields) if key == "latin" else phrase(key, **fields),
        subject=f"{behind.eid} {key}",
        kind="review",
        suggestion=phrase(f"suggestion_{key}"),
        related=tuple(_place_of(one.behind, text) for one in again),
    )


def _place_of(unit: _Unit, text: str) -> Place:
    start = unit.section.start
    return Place(start, start + len(_printed(unit.section, text, mark=unit.number.mark)))


def _printed(section: Section, text: str, *, mark: str = "") -> str:
    """Give a label as printed, with the mark that closes it: "b)", "Điều 3", "(2)"."""
    label = section.label or ""
    if section.kind in _NAMED:
        line = text[section.start : section.start + len(_NAMED[section.kind]) + len(label) + _SPACES_IN_LABEL]
        at = line.find(label)
        return line[: at + len(label)] if at >= 0 else line
    opening = "(" if text.startswith("(", section.start) else ""
    closing = mark[len(opening) :]
    length = len(opening) + len(label) + (len(closing) if closing in {".", ")", "/", ":"} else 0)
    return text[section.start : section.start + length]


def _where(gap: _Gap) -> int:
    return gap.behind.section.start
