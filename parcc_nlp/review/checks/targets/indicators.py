"""What a target measures, so that it can be compared with others: its telling words, unit, scope and time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from parcc_nlp.model import Target

__all__ = ["Amount", "Difference", "Indicator", "Key", "difference", "same_scope", "same_time", "weaker"]

Difference = Literal["value", "direction", "sense", "wording"]
"""Two goals differ in value; exclude each other; go different ways; or only say how they are meant differently."""
LEVELS = frozenset({"%", "hạng", "điểm", "lần", "ngày", "giờ", "phút", "tuổi"})
"""Units of a level that is reached once."""
MEASURED = ("đồng", "usd", "USD", "tấn", "ha", "km", "m2", "m²", "kg", "kwh", "MW", "lít")
"""Ends of units in which a whole is measured."""
WHOLE = 100.0


class Amount(NamedTuple):
    """A value, or the two ends of a range, in plain units."""

    low: float
    high: float | None


class Key(NamedTuple):
    """What two targets must share to be goals for one indicator; time, scope and value are compared besides."""

    core: tuple[str, ...]
    """The words that tell it from others."""
    unit: str
    change: str | None
    recurrence: str | None
    """How often it is to be reached or done: each "tháng", "quý", "năm"."""
    moment: str
    """The part of a year, the stage or the turn that its clause names ("quý ii")."""
    part: bool
    """Whether it is a part of another goal."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A target as something that is measured."""

    target: Target
    key: Key
    words: tuple[str, ...]
    """All words but the empty ones: equal words are surely one indicator."""
    weight: int
    """How many syllables name what is measured, those of mere measures apart."""
    amount: Amount
    scope: frozenset[str]
    topic: str
    years: frozenset[str]
    """The years the headings over it give."""
    base: str | None
    """The year a change is measured from."""
    time: str | None
    """Its deadline, or the end of the plan."""
    line: int
    attached: bool
    """Whether it stands in what is attached to the document's body."""
    lower_is_better: bool

    @property
    def is_count(self) -> bool:
        """Whether so many of something are to be made or held: several tasks may each make their own."""
        return self.key.unit not in LEVELS and not self.key.unit.endswith(MEASURED)


def difference(one: Indicator, other: Indicator) -> Difference | None:
    """Say in what two goals for one indicator differ, if they do."""
    first, second = one.amount, other.amount
    comparators = {one.target.comparator, other.target.comparator}
    if comparators == {">=", "<="}:
        floor, ceiling = (first, second) if one.target.comparator == ">=" else (second, first)
        return "direction" if floor.low > (ceiling.high or ceiling.low) else "sense"
    if first != second:
        return None if _within(first, second) else "value"
    whole = one.target.unit == "%" and first.low == WHOLE
    return "wording" if len(comparators) > 1 and not whole else None


def same_time(one: Indicator, other: Indicator) -> bool:
    """Whether two goals hold for one time; where the headings over them name different years they do not."""
    if one.years != other.years and one.years and other.years:
        return False
    if one.base != other.base:
        return False
    return one.time is None or other.time is None or _ends(one.time) == _ends(other.time)


def same_scope(one: Indicator, other: Indicator) -> bool:
    """Whether two goals hold for the same people and places; bodies that share nothing have goals of their own."""
    if one.scope != other.scope:
        return False
    mine, theirs = set(one.target.responsible), set(other.target.responsible)
    return not mine or not theirs or not mine.isdisjoint(theirs)


def weaker(own: Indicator, other: Indicator) -> bool:
    """Whether a goal demands less than another for the same indicator."""
    mine, theirs = own.amount, other.amount
    if own.target.unit == "hạng":
        return mine.low > theirs.low
    if own.target.change is not None:
        less = (mine.high or mine.low) < theirs.low
        return less and (own.target.change == "decrease" or not own.lower_is_better)
    if "<=" in {own.target.comparator, other.target.comparator} or own.lower_is_better:
        return mine.low > (theirs.high or theirs.low)
    return (mine.high or mine.low) < theirs.low


def _within(one: Amount, other: Amount) -> bool:
    """Whether a single value lies in the range that the other gives."""
    if (one.high is None) == (other.high is None):
        return one == other
    single, span = (one, other) if one.high is None else (other, one)
    return span.low <= single.low <= (span.high or span.low)


def _ends(deadline: str) -> str:
    """Give the last month a deadline means: a year is its December."""
    return f"{deadline}-12" if len(deadline) == len("2025") else deadline[: len("2025-12")]
