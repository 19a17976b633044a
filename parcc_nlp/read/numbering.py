"""Automatic numbers of Word: what a paragraph shows in front of its text, computed as Word does (ECMA-376, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from parcc_nlp.read.ooxml import w

__all__ = ["Label", "Numbering", "formatted"]

_LEVELS = 9
_PLACEHOLDER = re.compile("%([1-9])")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ROMAN_LIMIT = 3999
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
# Bullets that Vietnamese documents use as signs of a level are kept; every other glyph is a dash.
_KEPT_BULLETS = frozenset("-+*")
_STYLE_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Label:
    """The number of a paragraph as shown, and what stands between it and the text."""

    text: str
    suffix: str


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart_after: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class _Num:
    abstract: str
    levels: tuple[_Level, ...]
    start_overrides: dict[int, int]


def _roman(value: int) -> str:
    parts: list[str] = []
    for size, sign in _ROMAN:
        count, value = divmod(value, size)
        parts.append(sign * count)
    return "".join(parts)


def _spoken(value: int) -> str:
    """Give a number below one hundred in Vietnamese words (``vietnameseCounting``)."""
    tens, ones = divmod(value, 10)
    if not tens:
        return _DIGITS[ones]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if not ones:
        return head
    tail = {1: "mốt" if tens > 1 else "một", 5: "lăm"}.get(ones, _DIGITS[ones])
    return f"{head} {tail}"


def formatted(value: int, number_format: str) -> str:
    """Write a number in one of Word's number formats; a format that is not known is written as decimal.

    Examples
    --------
    >>> [formatted(4, name) for name in ("decimal", "decimalZero", "upperRoman", "lowerRoman", "upperLetter")]
    ['4', '04', 'IV', 'iv', 'D']
    >>> formatted(28, "lowerLetter")
    'bb'
    """
    if number_format in {"none", "bullet"}:
        return ""
    if number_format == "decimalZero":
        return f"{value:02d}"
    if number_format in {"upperRoman", "lowerRoman"} and 0 < value <= _ROMAN_LIMIT:
        roman = _roman(value)
        return roman if number_format == "upperRoman" else roman.lower()
    if number_format in {"upperLetter", "lowerLetter"} and value > 0:
        # Word repeats the letter after z: aa, bb, cc.
        repeat, index = divmod(value - 1, len(_LETTERS))
        letters = _LETTERS[index] * min(repeat + 1, 20)
        return letters if number_format == "upperLetter" else letters.lower()
    if number_format == "vietnameseCounting" and 0 <= value < 100:  # noqa: PLR2004  # words are known below a hundred
        return _spoken(value)
    return str(value)


def _value(element: etree._Element | None, default: str | None = None) -> str | None:
    return default if element is None else element.get(w("val"), default)


def _integer(element: etree._Element | None, default: int | None = None) -> int | None:
    text = _value(element)
    try:
        return default if text is None else max(-1, min(int(text), 10_000_000))
    except ValueError:
        return default


def _on(element: etree._Element | None) -> bool:
    return element is not None and _value(element, "1") not in {"0", "false", "off"}


def _level(element: etree._Element) -> _Level:
    found = element.find(w("numFmt"))
    start = _integer(element.find(w("start")), 0)
    return _Level(
        start=0 if start is None else start,
        format=_value(found, "decimal") or "decimal",
        text=_value(element.find(w("lvlText")), "") or "",
        suffix=_value(element.find(w("suff")), "tab") or "tab",
        restart_after=_integer(element.find(w("lvlRestart"))),
        legal=_on(element.find(w("isLgl"))),
        style=_value(element.find(w("pStyle"))),
    )


def _levels(parent: etree._Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for element in parent.findall(w("lvl")):
        try:
            index = int(element.get(w("ilvl"), "0"))
        except ValueError:
            continue
        if 0 <= index < _LEVELS:
            found[index] = _level(element)
    return found


@dataclass(slots=True)
class Numbering:
    """The running counters of one document.

    Call `label` once for every paragraph in document order.
    """

    _nums: dict[str, _Num] = field(default_factory=dict)
    _styles: dict[str, etree._Element] = field(default_factory=dict)
    _default_style: str | None = None
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _used: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, numbering: etree._Element | None, styles: etree._Element | None) -> Numbering:
        """Take the definitions from the parts ``numbering.xml`` and ``styles.xml``; either may be missing."""
        self = cls()
        if styles is not None:
            for style in styles.findall(w("style")):
                self._styles[style.get(w("styleId")) or ""] = style
                if style.get(w("type")) == "paragraph" and style.get(w("default")) in {"1", "true", "on"}:
                    self._default_style = style.get(w("styleId"))
        if numbering is not None:
            self._define(numbering)
        return self

    def style_chain(self, properties: etree._Element | None) -> list[etree._Element]:
        """Give the styles of a paragraph, its own first, then those it is based on."""
        own = None if properties is None else _value(properties.find(w("pStyle")))
        style_id = own or self._default_style
        chain: list[etree._Element] = []
        while style_id and len(chain) < _STYLE_CHAIN:
            style = self._styles.get(style_id)
            if style is None or style in chain:
                break
            chain.append(style)
            style_id = _value(style.find(w("basedOn")))
        return chain

    def label(self, properties: etree._Element | None) -> Label | None:
        """Count the paragraph and give its number, or None if it has none."""
        place = self._place(properties)
        if place is None:
            return None
        num_id, index = place
        num = self._nums[num_id]
        level = num.levels[index]
        counters = self._counters.setdefault(num.abstract, [None] * _LEVELS)
        self._count(num_id, num, index, counters)
        suffix = {"nothing": "", "space": " "}.get(level.suffix, " ")
        if level.format == "bullet":
            if not level.text:
                return None
            sign = level.text if level.text in _KEPT_BULLETS else "-"
            return Label(sign, suffix or " ")
        text = self._written(num, level, counters)
        return Label(text, suffix) if text else None

    def _define(self, numbering: etree._Element) -> None:
        abstracts: dict[str, etree._Element] = {}
        linked: dict[str, str] = {}
        for element in numbering.findall(w("abstractNum")):
            abstract_id = element.get(w("abstractNumId")) or ""
            abstracts[abstract_id] = element
            if (style := _value(element.find(w("styleLink")))) is not None:
                linked[style] = abstract_id
        for element in numbering.findall(w("num")):
            abstract_id = _value(element.find(w("abstractNumId"))) or ""
            abstract = abstracts.get(abstract_id)
            if abstract is None:
                continue
            link = _value(abstract.find(w("numStyleLink")))
            if link is not None and link in linked:
                abstract_id = linked[link]
                abstract = abstracts[abstract_id]
            levels = [_Level(start=1, format="none")] * _LEVELS
            for index, level in _levels(abstract).items():
                levels[index] = level
            starts: dict[int, int] = {}
            for override in element.findall(w("lvlOverride")):
                index = _index(override.get(w("ilvl")))
                for level in _levels(override).values():
                    levels[index] = level
                    starts.setdefault(index, level.start)
                start = _integer(override.find(w("startOverride")))
                if start is not None:
                    starts[index] = start
                    levels[index] = replace(levels[index], start=start)
            self._nums[element.get(w("numId")) or ""] = _Num(abstract_id, tuple(levels), starts)

    def _place(self, properties: etree._Element | None) -> tuple[str, int] | None:
        """Give the list and level a paragraph belongs to, by its own properties or its styles."""
        own = None if properties is None else properties.find(w("numPr"))
        num_id = None if own is None else _value(own.find(w("numId")))
        level = None if own is None else _integer(own.find(w("ilvl")))
        if num_id is None:
            for style in self.style_chain(properties):
                style_num = style.find(f"{w('pPr')}/{w('numPr')}")
                if style_num is None or (num_id := _value(style_num.find(w("numId")))) is None:
                    continue
                if level is None:
                    level = self._level_of_style(num_id, style.get(w("styleId")))
                if level is None:
                    level = _integer(style_num.find(w("ilvl")))
                break
        if num_id is None or num_id == "0" or num_id not in self._nums:
            return None
        index = level or 0
        return (num_id, index) if 0 <= index < _LEVELS else None

    def _level_of_style(self, num_id: str, style_id: str | None) -> int | None:
        num = self._nums.get(num_id)
        if num is None or style_id is None:
            return None
        return next((index for index, level in enumerate(num.levels) if level.style == style_id), None)

    def _count(self, num_id: str, num: _Num, index: int, counters: list[int | None]) -> None:
        """Advance the counter of a level and reset the levels below it."""
        first_use = (num_id, index) not in self._used
        self._used.add((num_id, index))
        current = counters[index]
        if first_use and index in num.start_overrides:
            counters[index] = num.start_overrides[index]
        elif current is None:
            counters[index] = num.levels[index].start
        else:
            counters[index] = current + 1
        for above in range(index):
            if counters[above] is None:
                counters[above] = num.levels[above].start
        for below in range(index + 1, _LEVELS):
            after = num.levels[below].restart_after
            # lvlRestart 0: never; n: only after level n (1-based) or one above it.
            if after is None or index < after:
                counters[below] = None

    @staticmethod
    def _written(num: _Num, level: _Level, counters: list[int | None]) -> str:
        def number(match: re.Match[str]) -> str:
            index = int(match.group(1)) - 1
            shown = num.levels[index]
            value = counters[index]
            name = "decimal" if level.legal and shown.format != "none" else shown.format
            return formatted(shown.start if value is None else value, name)

        return _PLACEHOLDER.sub(number, level.text).strip()


def _index(text: str | None) -> int:
    try:
        return max(0, min(int(text or "0"), _LEVELS - 1))
    except ValueError:
        return 0
