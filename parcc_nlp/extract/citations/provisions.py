"""Provision references: "điểm a, b khoản 2 và khoản 3 Điều 5", read from small to large and fanned out.

The order điểm, khoản, Điều, then the document, is that of NĐ 78/2025/NĐ-CP, Điều 68 and NĐ 30/2020/NĐ-CP, Phụ lục II.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcc_nlp.model import Pinpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ProvisionPhrase", "find_provisions"]

# Finer units have lower ranks; a unit belongs to the next larger one on its right.
RANK = {"tiết": 0, "điểm": 1, "khoản": 2, "điều": 3, "tiểu mục": 4, "mục": 5, "chương": 6, "phần": 7, "phụ lục": 8}
ARTICLE = RANK["điều"]
SEPARATED = re.compile(r"[,;]|(?<!\w)và(?!\w)")
FIELD = {"điểm": "diem", "khoản": "khoan", "điều": "dieu", "mục": "muc", "chương": "chuong", "phụ lục": "phu_luc"}
UNIT = r"(?:tiểu\s+mục|điểm|tiết|khoản|điều|mục|chương|phần|phụ\s+lục)"
LABEL = r"(?:\d{1,4}(?:\.\d{1,3})*[a-zđ]{0,2}|[ivxlc]{1,7}[a-zđ]?|[a-zđ]\d{0,2})(?![\w/%])(?!\.\d)"
SEPARATOR = r"\s*(?:,\s*và|,|;|và|hoặc|đến|-)\s*"
LIST = rf"{LABEL}(?:{SEPARATOR}{LABEL}){{0,60}}"
GLUE = r"\s*(?:,\s*và|,|;|và|hoặc|đến|của|tại|thuộc)?\s*(?:các\s+|từ\s+)?"
PHRASE = re.compile(rf"{UNIT}\s+(?:số\s+)?{LIST}(?:{GLUE}{UNIT}\s+(?:số\s+)?{LIST}){{0,40}}")
# The bounds keep a hostile page of provisions from costing the square of its length; real ones name a dozen.
PIECE = re.compile(rf"(?<!\w)(?:({UNIT})\s+(?:số\s+)?|({LABEL})|(đến)|(?:các|từ|số|và|hoặc|của|tại|thuộc))|(-)")
LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The order of lettered points (NĐ 78/2025/NĐ-CP, Điều 69; no f, j, w, z)."""
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
LONGEST_RANGE = 200


@dataclass(slots=True)
class Group:
    """One unit word with its labels, as printed."""

    unit: str
    labels: list[str]
    separated: bool = False
    """Whether a comma, a semicolon or "và" stands before the unit word."""


@dataclass(frozen=True, slots=True)
class ProvisionPhrase:
    """A run of provision words in the clean text with the provisions it names."""

    start: int
    end: int
    pinpoints: tuple[Pinpoint, ...]
    heading: bool
    """Whether it stands at the beginning of a line as the label of a unit of this very document."""


def find_provisions(clean: str, low: str) -> Iterator[ProvisionPhrase]:
    """Every provision phrase, in order, its lists and ranges fanned out.

    Parameters
    ----------
    clean
        The normalised text.
    low
        The same text in lower case, of equal length.
    """
    for match in PHRASE.finditer(low):
        start, end = match.span()
        if start and low[start - 1].isalnum():
            continue
        groups, end = _groups(clean, low, start, end)
        if not groups:
            continue
        heading = _at_line_start(low, start) and (end >= len(low) or low[end] in ".:\n)" or clean[start].isupper())
        yield ProvisionPhrase(start=start, end=end, pinpoints=tuple(_fan_out_runs(groups)), heading=heading)


def _at_line_start(low: str, start: int) -> bool:
    while start and low[start - 1] in " \t“\"'":
        start -= 1
    return start == 0 or low[start - 1] == "\n"


def _groups(clean: str, low: str, start: int, end: int) -> tuple[list[Group], int]:
    """Units with their labels; a range is filled up. Stops before a label that its unit cannot bear."""
    groups: list[Group] = []
    ranged = False
    good_end = end
    last_end = start
    for piece in PIECE.finditer(low, start, end):
        if piece[1]:
            separated = SEPARATED.search(low, last_end, piece.start()) is not None
            groups.append(Group(" ".join(piece[1].split()), [], separated))
            if ranged and len(groups) > 1 and groups[-2].unit == groups[-1].unit:
                groups.pop()  # "từ Điều 4 đến Điều 8": one unit, a range
            else:
                ranged = False
        elif piece[3] or piece[4]:
            ranged = True
        elif piece[2]:
            label = clean[piece.start() : piece.end()]
            unit = groups[-1].unit if groups else ""
            if not _bears(unit, label):
                # "mục vi phạm", "điểm thi": no label but the next word of the sentence
                if not groups[-1].labels:
                    groups.pop()
                good_end = _end_before(low, start, piece.start())
                break
            labels = groups[-1].labels
            if ranged and labels:
                labels.extend(_between(labels[-1], label))
            labels.append(label)
            ranged = False
            last_end = piece.end()
    return [group for group in groups if group.labels], good_end


def _end_before(low: str, start: int, pos: int) -> int:
    """End of the phrase when the piece at `pos` does not belong to it."""
    text = re.sub(rf"(?:{SEPARATOR}|\s+|(?:{GLUE}{UNIT}\s*))$", "", low[start:pos])
    return start + len(text)


def _bears(unit: str, label: str) -> bool:
    """Whether a unit may carry such a label."""
    if label[0].isdigit():
        return True
    if unit in ("điểm", "tiết"):
        return len(label) == 1 or label[1:].isdigit()
    if unit in ("điều", "khoản"):
        return False
    number = label[:-1] if len(label) > 1 and label[-1].islower() else label  # "Chương IIa", added behind Chương II
    return number.isupper() and (all(letter in "IVXLC" for letter in number) or len(label) == 1)


def _between(first: str, last: str) -> list[str]:
    """Labels strictly between two, by the order of numbers, letters or Roman numerals."""
    if first.isdigit() and last.isdigit():
        return [str(n) for n in range(int(first) + 1, min(int(last), int(first) + LONGEST_RANGE))]
    a, b = first.lower(), last.lower()
    if a in LETTERS and b in LETTERS and len(a) == len(b) == 1 and not first.isupper():
        return list(LETTERS[LETTERS.index(a) + 1 : LETTERS.index(b)])
    if set(a) <= set(ROMAN) and set(b) <= set(ROMAN):
        return [_roman(n) for n in range(_roman_value(a) + 1, min(_roman_value(b), _roman_value(a) + LONGEST_RANGE))]
    return []


def _roman_value(text: str) -> int:
    values = [ROMAN[letter] for letter in text]
    return sum(-value if any(value < later for later in values[i + 1 :]) else value for i, value in enumerate(values))


def _roman(number: int) -> str:
    out = ""
    for value, digits in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        out += digits * (number // value)
        number %= value
    return out


def _fan_out_runs(groups: list[Group]) -> Iterator[Pinpoint]:
    """Fan out the groups, an article and a chapter or annex listed beside it apart ("Điều 56 và Mục 2 Chương II")."""
    run: list[Group] = []
    for group in groups:
        rank = RANK[group.unit]
        if run and group.separated:
            after_article = rank > ARTICLE and any(RANK[other.unit] == ARTICLE for other in run)
            article_after = rank == ARTICLE and RANK[run[-1].unit] > ARTICLE
            if after_article or article_after:
                yield from fan_out(run)
                run = []
        run.append(group)
    yield from fan_out(run)


def fan_out(groups: list[Group]) -> list[Pinpoint]:
    """Give one pinpoint for each provision named.

    Examples
    --------
    >>> [p.diem or p.khoan for p in fan_out([Group("điểm", ["a", "b"]), Group("khoản", ["2"]), Group("điều", ["5"])])]
    ['a', 'b']
    """
    found: list[list[dict[str, str]]] = []
    context: dict[str, list[str]] = {}
    finer_than: int | None = None
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        rank = RANK[group.unit]
        if finer_than is None or rank >= finer_than:
            context = {unit: labels for unit, labels in context.items() if RANK[unit] > rank}
        context = {unit: labels for unit, labels in context.items() if RANK[unit] > rank}
        if index == len(groups) - 1 or not context:
            context |= _larger_on_the_left(groups, index, rank)
        context[group.unit] = group.labels
        followed_by_finer = index > 0 and RANK[groups[index - 1].unit] < rank
        goes_on = index + 1 < len(groups) and _takes_from_left(groups, index + 1)
        if not followed_by_finer and not goes_on:
            found.append(_product(context))
        finer_than = rank
    return [_pinpoint(labels) for several in reversed(found) for labels in several]


def _larger_on_the_left(groups: list[Group], index: int, rank: int) -> dict[str, list[str]]:
    """Find the larger units on the left that hold a last finer group ("Điều 5, khoản 2")."""
    context: dict[str, list[str]] = {}
    for group in reversed(groups[:index]):
        if RANK[group.unit] > rank:
            context[group.unit] = group.labels
            rank = RANK[group.unit]
        else:
            break
    return context


def _takes_from_left(groups: list[Group], index: int) -> bool:
    """Whether the group at `index` hangs on the larger one before it, nothing larger standing behind it."""
    rank = RANK[groups[index].unit]
    if RANK[groups[index - 1].unit] <= rank:
        return False
    return all(RANK[group.unit] <= rank for group in groups[index + 1 :])


def _product(context: dict[str, list[str]]) -> list[dict[str, str]]:
    """All combinations of the labels of the units, the larger unit varying slowest."""
    combinations: list[dict[str, str]] = [{}]
    for unit in sorted(context, key=RANK.__getitem__, reverse=True):
        combinations = [{**one, unit: label} for one in combinations for label in context[unit]]
    return combinations


def _pinpoint(labels: dict[str, str]) -> Pinpoint:
    return Pinpoint(**{FIELD[unit]: label for unit, label in labels.items() if unit in FIELD})
