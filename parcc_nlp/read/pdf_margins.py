"""What stands around the text of a page: running heads, page numbers, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcc_nlp.read.pdf_layout import Line

__all__ = ["body_size", "footnotes_apart", "margins_apart", "running_texts"]

_PAGE_NUMBER = re.compile(
    r"(?:[Tt]rang|TRANG|[Pp]age)?\s*[-–—]?\s*(?:\d{1,4}(?:\s*/\s*\d{1,4})?|[ivxlc]{1,6})\s*[-–—]?"
)
_DIGITS = re.compile(r"\d+")
_NOTE = re.compile(r"(?:\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?=[^\d/.,:)%])")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN_DIGITS = str.maketrans(_RAISED, "0123456789")
_RAISE = str.maketrans("0123456789", _RAISED)
_SMALLER = 0.7  # points
_TOP, _BOTTOM = 0.12, 0.88
_REPEATED = 3


def running_texts(pages: Sequence[tuple[list[list[Line]], float]]) -> frozenset[str]:
    """Give the running heads and feet: lines that stand at the top or bottom of at least three pages but for digits."""
    counted: Counter[str] = Counter()
    for flows, height in pages:
        counted.update({_DIGITS.sub("#", line.text) for line in _edges(flows, height)})
    wanted = max(_REPEATED, len(pages) // 4)
    return frozenset(text for text, count in counted.items() if count >= wanted)


def _edges(flows: list[list[Line]], height: float) -> list[Line]:
    """Give the outermost lines in the margins of a page."""
    lines = sorted((line for flow in flows for line in flow), key=_base)
    top = [line for line in lines[:3] if line.base < _TOP * height]
    bottom = [line for line in lines[-3:] if line.base > _BOTTOM * height]
    return top + bottom


def _base(line: Line) -> float:
    return line.base


def margins_apart(
    flows: list[list[Line]], height: float, running: frozenset[str]
) -> tuple[list[list[Line]], list[str]]:
    """Take page numbers and running heads out of the flows of a page."""
    lines = sorted((line for flow in flows for line in flow), key=_base)
    outermost = {id(line) for line in (lines[:1] + lines[-1:])}
    out: list[Line] = []
    for line in _edges(flows, height):
        number = id(line) in outermost and _PAGE_NUMBER.fullmatch(line.text.strip()) is not None
        if number or _DIGITS.sub("#", line.text) in running:
            out.append(line)
            if number:
                continue
    # A number above or below a running head is a page number too.
    rest = [line for line in lines if line not in out]
    for line in rest[:1] + rest[-1:]:
        margin = line.base < _TOP * height or line.base > _BOTTOM * height
        if out and margin and _PAGE_NUMBER.fullmatch(line.text.strip()):
            out.append(line)
    gone = {id(line) for line in out}
    kept = [left for flow in flows if (left := [line for line in flow if id(line) not in gone])]
    return kept, [line.text for line in out]


def body_size(pages: Sequence[list[list[Line]]]) -> float:
    """Give the height of the font that most letters of the document are set in."""
    counted: Counter[float] = Counter()
    for flows in pages:
        for flow in flows:
            for line in flow:
                counted[round(line.size * 2) / 2] += len(line.text)
    return counted.most_common(1)[0][0] if counted else 0.0


def footnotes_apart(
    flows: list[list[Line]], usual: float, *, goes_on: bool
) -> tuple[list[list[Line]], list[Line], list[list[Line]]]:
    """Take the small lines at the foot of a page that begin with a note number.

    Parameters
    ----------
    flows
        Of the page, margins taken out.
    usual
        Font height of the body.
    goes_on
        Whether the page before ended in a note, which may run on here.

    Returns
    -------
    tuple
        What is left of the flows, the lines that run on from the page before, and the notes. Marks of the notes are
        taken out of the text, as Word gives it; other raised digits ("m²") stay.
    """
    if not flows or flows[-1][-1].column:
        return flows, [], []
    last = flows[-1]
    at = len(last)
    while at > 0 and last[at - 1].size <= usual - _SMALLER:
        at -= 1
    if at == 0 and len(flows) == 1:
        return flows, [], []
    first = next((number for number in range(at, len(last)) if _NOTE.match(last[number].text)), len(last))
    if first == len(last) and not goes_on:
        return flows, [], []
    running = last[at:first] if goes_on else []
    body = last[:at] if goes_on else last[:first]
    notes: list[list[Line]] = []
    expected: int | None = None
    for line in last[first:]:
        number = _NOTE.match(line.text)
        value = int(number.group().translate(_PLAIN_DIGITS)) if number else None
        if number and value is not None and (expected is None or value == expected):
            notes.append([replace(line, text=f"{value} {line.text[number.end() :].strip()}")])
            expected = value + 1
        else:
            notes[-1].append(line)
    kept = [*flows[:-1], body] if body else flows[:-1]
    return _without_marks(kept, [note[0].text.partition(" ")[0] for note in notes]), running, notes


def _without_marks(flows: list[list[Line]], labels: list[str]) -> list[list[Line]]:
    if not labels:
        return flows
    marks = "|".join(sorted((label.translate(_RAISE) for label in labels), key=len, reverse=True))
    mark = re.compile(f"(?<=[^\\s{_RAISED}])(?:{marks})(?![{_RAISED}])")
    return [[replace(line, text=mark.sub("", line.text)) for line in flow] for flow in flows]
