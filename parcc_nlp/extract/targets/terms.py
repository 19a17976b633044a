"""Which deadline of a line belongs to which of its goals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.extract.targets.clauses import same_list
from parcc_nlp.extract.targets.deadlines import deadlines_in

if TYPE_CHECKING:
    from parcc_nlp.extract.targets.clauses import Candidate, Text

__all__ = ["terms_of"]

# "..., riêng năm 2025 ... 20%", "... và năm 2026 đạt 10%": the deadline belongs to the value that follows
OPENS = re.compile(r"(?:[,;:]|\bvà|\btrong\s+đó|\briêng|\bđảm\s+bảo|\bbảo\s+đảm)\s+(?:[^\W\d_]{1,12}\s+){0,2}$")
OPENING = 80


def terms_of(text: Text, goals: list[Candidate], start: int) -> list[str | None]:
    """Give each goal of a line its own deadline, or the one that a clause before it opens with.

    A deadline behind a value is its own ("đạt 40% vào năm 2025"); one that opens a part of the sentence governs the
    values behind it up to the next such deadline; `start` is where the line begins.
    """
    own: list[str | None] = [None] * len(goals)
    standing = _opening(text, goals, start)
    for index in range(len(goals)):
        leading, trailing = _around(text, goals, index)
        standing = leading or standing
        own[index] = trailing or leading or standing
        if trailing:
            _give_back(text.low, goals, own, index, trailing)
    return own


def _opening(text: Text, goals: list[Candidate], start: int) -> str | None:
    """Give the deadline that opens a line in a clause without a goal ("Đến năm 2030, tỉnh ...; GRDP đạt ...")."""
    if not goals or goals[0].start <= start:
        return None
    found = deadlines_in(text.clean, text.low, start, min(goals[0].start, start + OPENING))
    return found[0].iso if found and found[0].start < start + OPENING // 2 else None


def _around(text: Text, goals: list[Candidate], index: int) -> tuple[str | None, str | None]:
    """Deadlines before and behind a value that are its own."""
    goal = goals[index]
    follower = goals[index + 1] if index + 1 < len(goals) and goals[index + 1].start == goal.start else None
    before = deadlines_in(text.clean, text.low, _floor(goals, index), goal.value.start)
    behind = deadlines_in(text.clean, text.low, goal.value.end, follower.value.start if follower else goal.end)
    if index and goals[index - 1].start == goal.start:
        before = [
            term for position, term in enumerate(before) if position or _opens(text.low, goals[index - 1], term.start)
        ]
    if follower and behind and _opens(text.low, goal, behind[0].start):
        behind = []
    return before[-1].iso if before else None, behind[0].iso if behind else None


def _floor(goals: list[Candidate], index: int) -> int:
    goal = goals[index]
    if index and goals[index - 1].start == goal.start:
        return goals[index - 1].value.end
    return goal.start


def _opens(low: str, previous: Candidate, start: int) -> bool:
    """Whether a deadline between two values opens the part of the sentence that holds the second."""
    return OPENS.search(low, max(previous.value.end, start - 40), start) is not None


def _give_back(low: str, goals: list[Candidate], own: list[str | None], index: int, term: str) -> None:
    """Give a deadline behind a list to all of it ("90%, 80%, 75% vào năm 2025")."""
    while index and own[index - 1] is None and same_list(low, goals[index - 1].value, goals[index].value):
        index -= 1
        own[index] = term
