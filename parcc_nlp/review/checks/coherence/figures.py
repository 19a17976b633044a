"""VB407: a figure and the same number in words beside it differ ("15 (mười năm) ngày")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.checks.coherence.number_words import counted_things, read_words, spell, syllables
from parcc_nlp.review.rule import Flag, phrase, rule
from parcc_nlp.text.numerals import DIGITS, digits_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Kind, Phrase

__all__ = ["vb407"]

_WORD = r"[^\W\d_]+"
_BRACKET = re.compile(
    r"\([ ]{0,2}(?P<said>(?:[Ss]ố tiền )?(?:[Vv]iết |[Gg]hi )?[Bb]ằng chữ ?:?[ ]{0,2})?"
    rf"(?P<words>(?i:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|không)(?:[ ]{{1,2}}{_WORD}){{0,30}})"
    rf"[ ./]{{0,4}}\)(?P<behind>[ ]?(?:%|{_WORD}))?"
)
"""A bracket that opens with a number in words, perhaps said to be one."""
_FIGURE_BEFORE = re.compile(
    rf"(?<![\w/.,])(?P<figure>\d{{1,3}}/\d{{1,3}}(?!/)|{DIGITS})"
    rf"(?P<unit>[ ]?%|[ ]{_WORD}(?:[ ]{_WORD}){{0,4}})?[ ]{{0,2}}$"
)
"""A figure, perhaps with what is counted: "05 (năm) ngày", "500.000 đồng (năm trăm nghìn đồng)"."""
_FIGURE_REACH = 60
_TURNED = re.compile(rf"\((?P<figure>\d{{1,4}})\)[ ]?(?P<behind>{_WORD})")
"""The figure in brackets between its words and what is counted: "mười lăm (15) ngày"."""
_WORDS_BEFORE = re.compile(rf"{_WORD}(?:[ ]{_WORD}){{0,12}}[ ]?$")
_WORDS_REACH = 80
_ORDERED = re.compile(r"(?:giai đoạn|đợt|bước|cột|dòng|trang|bảng|biểu|hình|nhóm|loại)\s*$", re.IGNORECASE)
"""What is numbered, not counted: words in brackets behind it tell something else."""
_ORDERED_REACH = 12
_FIVE = 5
_YEAR = "năm"
"""Five, and year."""
_TENS = ("mười", "mươi")
_CLOSING = frozenset({"đồng", "chẵn", "việt", "nam"})
_MAGNITUDES = {"nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
_NEAR = 1e-9
_PERCENT = 100
_THOUSAND = 1000


class _Written(NamedTuple):
    """A number written twice: its figure, its words, what is counted before and behind the bracket.

    `said` is whether the text says that these are the words of the figure ("bằng chữ").
    """

    start: int
    end: int
    figure: str
    words: tuple[str, ...]
    unit: tuple[str, ...]
    behind: str
    said: bool


@rule("VB407")
def vb407(context: RuleContext) -> Iterator[Flag]:
    """Flag a figure whose words say another number."""
    text = context.extraction.text
    for written in (*_in_brackets(text), *_turned(text)):
        said = _said(written)
        if said and not _agree(_values(written), said):
            yield _flag(written, said)


def _in_brackets(text: str) -> Iterator[_Written]:
    """Find figures with words in brackets behind them."""
    for match in _BRACKET.finditer(text):
        first = max(0, match.start() - _FIGURE_REACH)
        before = _FIGURE_BEFORE.search(text[first : match.start()])
        if before is None or _ORDERED.search(text[first : first + before.start()]):
            continue
        behind = (match["behind"] or "").strip().lower()
        counted = behind == "%" or behind in counted_things()
        yield _Written(
            start=first + before.start(),
            end=match.end() if counted or not behind else match.start("behind"),
            figure=before["figure"],
            words=tuple(match["words"].lower().split()),
            unit=tuple((before["unit"] or "").lower().split()),
            behind=behind if counted else "",
            said=bool(match["said"]),
        )


def _turned(text: str) -> Iterator[_Written]:
    """Find words with their figure in brackets behind them, before what is counted."""
    for match in _TURNED.finditer(text):
        first = max(0, match.start() - _WORDS_REACH)
        before = _WORDS_BEFORE.search(text[first : match.start()])
        if before is None or match["behind"].lower() not in counted_things():
            continue
        words = before[0].lower().split()
        at = len(words)
        while at and words[at - 1] in syllables():
            at -= 1
        if words[at : at + 1] == [_YEAR]:
            at += 1  # "mỗi năm hai (02) lần"
        run = tuple(words[at:])
        if read_words(run):
            start = first + before.start() + len(before[0].rstrip()) - len(" ".join(run))
            yield _Written(start, match.end(), match["figure"], run, (), match["behind"].lower(), said=False)


def _said(written: _Written) -> frozenset[float]:
    """Give what the words can mean as the number of the figure; nothing where they tell something else.

    "25 (năm)" may be twenty-five years, "03 tổ (một tổ trưởng)" tells of the head: only brackets that hold a number,
    and with it at most what is counted, are the number in words.
    """
    words = written.words
    at = next((place for place, word in enumerate(words) if word not in syllables()), len(words))
    number, rest = words[:at], words[at:]
    if number[-1:] == (_YEAR,) and not rest and not read_words(number):
        number, rest = number[:-1], (_YEAR,)
    if number == (_YEAR,) and not (written.behind or rest or written.said):
        return frozenset()
    read = read_words(number)
    if read is None or not _is_counted_there(written, rest):
        return frozenset()
    return read.values


def _is_counted_there(written: _Written, rest: Sequence[str]) -> bool:
    """Say whether the words behind the number in the bracket are what is counted outside it."""
    if not rest or (written.said and set(rest) <= _CLOSING):
        return True
    unit = [word for word in written.unit if word not in _MAGNITUDES]
    if unit and (list(rest) == unit or (rest[0] == unit[0] and set(rest[1:]) <= _CLOSING)):
        return True
    return bool(tuple(rest) == (_YEAR,) and written.behind and written.words[-2] in _TENS)


def _values(written: _Written) -> frozenset[float]:
    """Give what the figure can mean: "1,500" is one and a half, and to some fifteen hundred."""
    figure = written.figure
    if "/" in figure:
        above, _, below = figure.partition("/")
        return frozenset({int(above) / int(below)}) if int(below) else frozenset()
    values = {digits_value(figure)}
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", figure):
        values.add(float(figure.replace(",", "")))
    if written.unit and written.unit[0] in _MAGNITUDES:
        values |= {value * _MAGNITUDES[written.unit[0]] for value in values}
    if "%" in {*written.unit, written.behind}:
        values |= {value / _PERCENT for value in values}
    return frozenset(values)


def _agree(one: frozenset[float], other: frozenset[float]) -> bool:
    """Say whether some value of the one is one of the other."""
    return not one or any(abs(mine - yours) <= _NEAR * max(1.0, abs(yours)) for mine in one for yours in other)


def _flag(written: _Written, said: frozenset[float]) -> Flag:
    value = digits_value(written.figure) if "/" not in written.figure else None
    right = spell(int(value)) if value is not None and value.is_integer() else None
    words = " ".join(written.words)
    fields = {"figure": written.figure, "words": words}
    is_year = value is not None and words.endswith(_YEAR) and _FIVE in {value - one for one in said}
    direct = not written.unit or written.said or written.unit == ("%",)
    kind: Kind = "fail" if direct else "review"
    return Flag(
        start=written.start,
        end=written.end,
        message=phrase("year", right=right, **fields) if is_year and right else phrase("differs", **fields),
        subject=f"{written.figure} ({words})",
        kind=kind,
        suggestion=_suggestion(written, right, said),
        place_matters=True,
    )


def _suggestion(written: _Written, right: str | None, said: frozenset[float]) -> Phrase:
    """Offer the words of the figure, and the figure of the words."""
    other = min(said)
    if right is None or not other.is_integer():
        return phrase("check_source")
    printed = f"{int(other):,}".replace(",", ".") if other >= _THOUSAND else str(int(other))
    if written.figure.startswith("0"):
        printed = printed.zfill(len(written.figure))
    spelt = spell(int(other))
    return phrase("suggestion", figure=written.figure, right=right, other=printed, spelt=spelt)
