"""How a value binds: at least, at most, exactly; as a level or as a change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from parcc_nlp.extract.citations.lexicon import alternation, words

__all__ = ["Binding", "binding_of"]

Comparator = Literal[">=", "<=", "="]
Change = Literal["increase", "decrease"] | None
WINDOW = 70
BETWEEN = r"(?:\s+(?:vào|đến|trong|của|hằng|hàng)\s+(?:cuối\s+|hết\s+)?(?:năm\s+)?[\w/]{1,10})?"
UPWARDS = re.compile(r"(?:\s*/\s*năm)?\s*(?:số\s+[^\W\d_]{1,20}\s+)?trở\s+lên")
DOWNWARDS = re.compile(r"(?:\s*/\s*năm)?\s*trở\s+xuống")
YEARLY = re.compile(r"\s*(?:/\s*năm|mỗi\s+năm|so\s+với)")
AVERAGE = re.compile(r"(?:bình\s+quân|trung\s+bình|thêm)\s*$")
MOVES = re.compile(r"(?<!\w)(?<!tốc độ )(?:tăng(?!\s+trưởng)|giảm)(?!\w)")
LEVELS = re.compile(r"(?<!\w)(?:còn|xuống|đạt|lên|ở\s+mức)(?!\w)")
LEVEL = re.compile(r"\b(?:còn|xuống)\b")


@dataclass(frozen=True, slots=True)
class Binding:
    """Comparator and change, and where the words that say so begin."""

    comparator: Comparator
    change: Change
    start: int
    stated: bool
    """Whether a word says at least or at most; a plain value may take it from the value before it in a list."""


class _Patterns(NamedTuple):
    at_least: re.Pattern[str]
    at_most: re.Pattern[str]
    increase: re.Pattern[str]
    decrease: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = words("targets.yaml")
    linking = rf"(?:\s+(?:{alternation(data['between'])}))*"
    change = rf"(?:\s+(?:{alternation(data['between_change'])}))*"

    def before(key: str, link: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{alternation(data[key])})(?!\w){link}\s*$")

    return _Patterns(
        at_least=before("at_least", BETWEEN + linking),
        at_most=before("at_most", BETWEEN + linking),
        increase=before("increase", change),
        decrease=before("decrease", change),
    )


def binding_of(low: str, floor: int, start: int, end: int) -> Binding:
    """Read the comparator of a value.

    Parameters
    ----------
    low
        Lower-cased text.
    floor
        Where the clause, or the value before, ends.
    start, end
        The value.
    """
    patterns = _patterns()
    window = max(floor, start - WINDOW)
    least = patterns.at_least.search(low, window, start)
    most = patterns.at_most.search(low, window, start)
    up = patterns.increase.search(low, window, start)
    down = patterns.decrease.search(low, window, start)
    first = min((found.start() for found in (least, most, up, down) if found), default=start)
    change: Change = "increase" if up else "decrease" if down else _yearly(low, floor, start, end)
    if UPWARDS.match(low, end):
        return Binding(">=", change, first, stated=True)
    if DOWNWARDS.match(low, end):
        return Binding("<=", None, first, stated=True)
    if most and not (least and least.start() < most.start()):  # "không dưới" holds "dưới"
        only_change = down is not None and LEVEL.search(low, down.start(), start) is None
        return Binding("<=", "decrease" if only_change else None, first, stated=True)
    if least and (least[0].strip() != "từ" or _opens_range(low, start, end)):
        return Binding(">=", change, first, stated=True)
    return Binding("=", change, first, stated=False)


def _yearly(low: str, floor: int, start: int, end: int) -> Change:
    """Read the change that a verb further ahead states by the year: "giảm tỷ lệ hộ nghèo bình quân 1,5%/năm"."""
    if not (YEARLY.match(low, end) or AVERAGE.search(low, max(floor, start - 20), start)):
        return None
    moves = list(MOVES.finditer(low, max(floor, start - 2 * WINDOW), start))
    if not moves or LEVELS.search(low, moves[-1].end(), start):
        return None
    return "decrease" if moves[-1][0] == "giảm" else "increase"


def _opens_range(low: str, start: int, end: int) -> bool:
    """Tell "từ 90% trở lên" and "từ 5 - 7%" from a bare "từ"; "đến" gives a range as well."""
    return "-" in low[start:end] or "đến" in low[start:end]
