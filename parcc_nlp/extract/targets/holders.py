"""Whom the values of a distributive list bind: "UBND tỉnh, UBND cấp huyện ... tương ứng là 90%, 80%"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parcc_nlp.extract.targets.clauses import Candidate, Text

__all__ = ["distributed"]

SHORTEST_LIST = 2
JOINED = re.compile(r"\s*(?:,|và|;)\s*(?:và\s+)?")
RESPECTIVELY = re.compile(r"(?:tương\s+ứng|lần\s+lượt)(?:\s+(?:là|đạt|tối\s+thiểu|ít\s+nhất|trên|ở\s+mức))*\s*$")
HOLDER = re.compile(
    r"(?:UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân|[Cc]ấp|[Cc]ác)\s+(?:cấp\s+)?(?:các\s+)?[^,;.()]{2,60}?"
    r"(?=\s*(?:,|và\s|đạt|lần lượt|tương ứng|$))"
)


def distributed(text: Text, goals: list[Candidate], index: int) -> str | None:
    """Give the holder that stands at the same place in its list as the value in its own; None without such a list."""
    first, last = _run(text.low, goals, index)
    opening = goals[first].value.start
    if last - first + 1 < SHORTEST_LIST or not RESPECTIVELY.search(
        text.low, max(goals[first].start, opening - 60), opening
    ):
        return None
    holders = [match[0].strip() for match in HOLDER.finditer(text.clean, goals[first].start, opening)]
    count = last - first + 1
    return holders[-count:][index - first] if len(holders) >= count else None


def _run(low: str, goals: list[Candidate], index: int) -> tuple[int, int]:
    """First and last of the values that follow each other with nothing but commas between."""
    first = last = index
    while first > 0 and _adjacent(low, goals[first - 1], goals[first]):
        first -= 1
    while last + 1 < len(goals) and _adjacent(low, goals[last], goals[last + 1]):
        last += 1
    return first, last


def _adjacent(low: str, one: Candidate, other: Candidate) -> bool:
    return JOINED.fullmatch(low, one.value.end, other.value.start) is not None
