"""What is measured: the subject of a target, and what is excepted from it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.extract.citations.lexicon import alternation, words

if TYPE_CHECKING:
    from parcc_nlp.extract.targets.clauses import Candidate, Text

__all__ = ["exceptions_in", "subject_of"]

EXCEPT = re.compile(r"\(\s*(trừ\s[^()]{2,300})\)|,\s*(trừ\s+(?:trường\s+hợp\s+|các\s+|một\s+số\s+)?[^;.,]{2,200})")
TIME = re.compile(
    r"[\s,]*(?:\b(?:[Vv]ào|[Đđ]ến|[Tt]ới|[Tt]rong|[Tt]ừ|[Hh]ết|[Cc]uối|[Tt]rước)\s+)*(?:(?:hết|cuối|đầu)\s+)*"
    r"(?:\bngày\s+\d{1,2}(?:/\d{1,2}(?:/\d{4})?|\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)"
    r"|\b(?:[Nn]ăm|[Qq]uý|[Tt]háng|[Gg]iai\s+đoạn)\s+[\dIVX/]+(?:\s*-\s*\d{4})?(?:\s+năm\s+\d{4})?(?:\s+trở\s+đi)?)[\s,:]*"
)
NOT_NAMED = re.compile(r"\s*(?:[,.;:()/]|năm\s+\d)")
ONWARDS = re.compile(r"(?:\s*/\s*năm)?\s+trở\s+(?:lên|xuống)\s*")
OWN_PART = re.compile(r"(?:[,;]|\bvà|\btrong\s+đó)\s")
FROM_TAIL = re.compile(r"\s+từ\s+\d(?:(?!tuổi|trở|tháng|đến)[^,;]){0,30}$")
ENOUGH = 3
"""Words behind a value from which on they name what is counted; fewer only complete its unit."""
COUNTED = frozenset({"count", "measure"})


class _Words(NamedTuple):
    aspired: re.Pattern[str]
    linking: re.Pattern[str]
    reaches: re.Pattern[str]
    not_named: re.Pattern[str]
    leading: re.Pattern[str]
    moving: re.Pattern[str]
    trailing: re.Pattern[str]
    next_verb: re.Pattern[str]


@cache
def _words() -> _Words:
    data = words("targets.yaml")

    def any_of(key: str) -> str:
        return rf"(?<!\w)(?:{alternation(data[key])})(?!\w)"

    return _Words(
        aspired=re.compile(any_of("aspired")),
        linking=re.compile(rf"(?:\s*{any_of('linking_verbs')})+\s*$"),
        reaches=re.compile(rf"{any_of('reaching')}\s*$"),
        not_named=re.compile(rf"\s*{any_of('not_named')}"),
        leading=re.compile(rf"(?:[\s,:\-+•*–]|{any_of('subject_opening')})+"),
        moving=re.compile(rf"{any_of('moving')}\s+(?={any_of('indicators')})"),
        next_verb=re.compile(rf"(?:,|\bvà)\s+{any_of('goal_verbs')}\s*$"),
        trailing=re.compile(rf"(?:[\s,:(]|{any_of('subject_end')})+$"),
    )


def subject_of(text: Text, goals: list[Candidate], index: int) -> str | None:
    """Name what a value measures: the words behind it in its clause, or else those before it.

    A counted noun is part of the subject ("cơ sở y tế cung cấp ..."). None where the clause names nothing.

    Parameters
    ----------
    text
        The text of the document.
    goals, index
        The goals of a line, and which of them is asked for.
    """
    goal = goals[index]
    value = goal.value
    upwards = ONWARDS.match(text.low, value.end, goal.end)
    noun = upwards.end() if upwards else value.noun if value.kind == "count" else value.end
    after = _tidy(_words().next_verb.sub("", EXCEPT.sub("", text.clean[noun : _ahead(goals, index)])))
    lead = _lead(text, goals, index)
    before = _named_in(lead)
    behind = upwards.end() if upwards else value.end
    bare = NOT_NAMED.match(text.low, behind, goal.end) or _words().not_named.match(text.low, behind, goal.end)
    enough = ENOUGH - 1 if value.kind == "count" else ENOUGH
    named = bare is None and len(after.split()) >= enough
    counts = value.kind == "share" or value.kind in COUNTED or goal.binding.change is not None
    if named and counts and not _reaches(lead, before):
        return after
    if value.kind == "count" and not _reaches(lead, before) and len(_noun(text, goal).split()) >= ENOUGH - 1:
        return _noun(text, goal)
    if value.kind == "count":
        return before or None
    return before or after or (_noun(text, goal) if value.kind == "ratio" else None) or None


def _noun(text: Text, goal: Candidate) -> str:
    """Give the unit as written: the counted noun."""
    return text.clean[goal.value.noun : goal.value.end].strip()


def _ahead(goals: list[Candidate], index: int) -> int:
    """Where the words of the next goal in the clause begin, or the clause ends."""
    goal = goals[index]
    if index + 1 < len(goals) and goals[index + 1].value.start < goal.end:
        return max(goal.value.end, goals[index + 1].binding.start)
    return goal.end


def _lead(text: Text, goals: list[Candidate], index: int) -> str:
    """Give the words before a value and its comparator; a value without words of its own shares those of the first."""
    goal = goals[index]
    first = index
    while first and goals[first - 1].value.end > goal.start:
        first -= 1
    if first < index:
        own = text.clean[goals[index - 1].value.end : goal.binding.start].rstrip(" ,:")
        comma = OWN_PART.search(text.low, goals[index - 1].value.end, goal.binding.start)
        if comma and len(_named_in(text.clean[comma.end() : goal.binding.start].rstrip(" ,:")).split()) >= ENOUGH:
            return own[comma.end() - goals[index - 1].value.end :]
    return text.clean[goal.start : min(goals[first].binding.start, goals[first].value.start)].rstrip(" ,:")


def _named_in(lead: str) -> str:
    """Give the indicator in the words before a value: what stands behind "phấn đấu", without the verbs at its end."""
    said = FROM_TAIL.sub("", lead[: len(lead) - _verbs(lead)])
    said = said[: len(said) - _verbs(said)]
    label, _, text = said.rpartition(":")
    text = text if _tidy(text) else label
    ends = [match.end() for match in _words().aspired.finditer(text.lower())]
    striven = _tidy(text[ends[-1] :]) if ends else ""
    return striven if len(striven.split()) >= ENOUGH else _tidy(text)


def _verbs(lead: str) -> int:
    """Length of the verbs that end a stretch."""
    match = _words().linking.search(lead.lower(), max(0, len(lead) - 80))
    return len(lead) - match.start() if match else 0


def _reaches(lead: str, before: str) -> bool:
    """Whether the words before name an indicator that is to reach the value ("Tỷ lệ hồ sơ trực tuyến ... đạt")."""
    return len(before.split()) >= ENOUGH and _words().reaches.search(lead.lower()) is not None


def _tidy(text: str) -> str:
    """Cut times, connectives and labels off the ends."""
    text = " ".join(TIME.sub(" ", text).split()).strip(" .;:,)”")
    for opening in (_words().leading, _words().moving):
        match = opening.match(text.lower())
        text = text[match.end() :] if match else text
    text = _words().trailing.sub("", text).strip(" .;:,)”")
    return text + ")" if text.rfind("(") > text.rfind(")") else text


def exceptions_in(clean: str, start: int, end: int) -> str | None:
    """Give what is excepted from the goal ("(trừ các TTHC đặc thù)"); None where nothing is."""
    match = EXCEPT.search(clean, start, end)
    return (match[1] or match[2]).strip() if match else None
