"""Find the targets of a document."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from parcc_nlp.extract.citations.lexicon import alternation, words
from parcc_nlp.extract.targets.clauses import Candidate, Text, candidates_in
from parcc_nlp.extract.targets.goals import (
    BACK,
    Attitude,
    Setting,
    attitude_of,
    is_goal,
    may_promise,
    opens_with_goal,
    reported_in,
    strives,
    tells_points,
)
from parcc_nlp.extract.targets.headings import Headings
from parcc_nlp.extract.targets.holders import distributed
from parcc_nlp.extract.targets.subjects import exceptions_in, subject_of
from parcc_nlp.extract.targets.terms import terms_of
from parcc_nlp.extract.targets.values import find_values
from parcc_nlp.model import Span, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcc_nlp.model import Metadata, Section
    from parcc_nlp.text.normalise import NormalisedText

__all__ = ["find_targets"]

NUMBERED = re.compile(r"\d|ít nhất|tối thiểu|không dưới|phần trăm|gấp")
LABEL = re.compile(
    r"[\s\-+•*–]*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[ivx]+)\s*[.)](?!\d)\s*)?"
    r"(?:(?:chỉ\s+tiêu|mục\s+tiêu)\s*(?:\d+(?:\.\d+)*)?\s*[:.]\s*)?"
)


def find_targets(
    source: NormalisedText, *, structure: Iterable[Section] = (), metadata: Metadata | None = None
) -> tuple[Target, ...]:
    """Every quantified goal of a document, in the order of the text.

    Parameters
    ----------
    source
        The text, cleaned by `parcc_nlp.text.normalise.normalise`.
    structure
        Its sections: headings decide whether a figure is a goal, and may set its deadline.
    metadata
        What the document says of itself: reports commit to nothing, normative documents rarely to a goal.

    Returns
    -------
    tuple of Target
        Offsets are those of ``source.original``. A value whose subject the text does not say is left out.

    Examples
    --------
    >>> from parcc_nlp.text.normalise import normalise
    >>> text = "- Phấn đấu đến năm 2025, tỷ lệ hài lòng của người dân đạt tối thiểu 90%."
    >>> [(t.value, t.unit, t.comparator, t.deadline) for t in find_targets(normalise(text))]
    [(90.0, '%', '>=', '2025')]
    """
    text = Text(source.text, source.text.lower())
    attitude = attitude_of(metadata)
    if len(text.low) != len(text.clean) or attitude is Attitude.SILENT:
        return ()
    headings = Headings(source, text.low, tuple(structure))
    found: list[Target] = []
    for start, end in _lines(text.low):
        setting = Setting(headings.at(start, end), attitude)
        if NUMBERED.search(text.low, start, end) and may_promise(text.low, start, end, setting):
            found += [_target(source, text, item, headings.eid) for item in _in_line(text, start, end, setting)]
    return tuple(found)


@cache
def _runs_on() -> re.Pattern[str]:
    data = words("targets.yaml")
    return re.compile(
        rf"(?<!\w)(?:{alternation(data['at_least'] + data['at_most'] + data['making_verbs'] + ['đạt'])})\s*$"
    )


def _lines(low: str) -> Iterator[tuple[int, int]]:
    """Lines of a text; one that breaks between a verb or comparator and its number goes on with the next."""
    start = 0
    while start < len(low):
        end = low.find("\n", start)
        end = len(low) if end < 0 else end
        if low[end + 1 : end + 2].isdigit() and _runs_on().search(low, max(start, end - 30), end):
            after = low.find("\n", end + 1)
            end = len(low) if after < 0 else after
        yield start, end
        start = end + 1


class _Found(NamedTuple):
    """A goal with what its line says of it."""

    goal: Candidate
    subject: str
    holder: str | None
    deadline: str | None


def _in_line(text: Text, start: int, end: int, setting: Setting) -> list[_Found]:
    """Find the goals of one line; a value whose subject is not said is left out."""
    values = find_values(text.low, start, end)
    if not values or tells_points(text.low, start, end):
        return []
    label = LABEL.match(text.low, start, end)
    if opens_with_goal(text.low, label.end() if label else start, end):
        setting = setting._replace(scope=replace(setting.scope, goal=True, firm=True))
    told = reported_in(text.low, start, end)
    goals: list[Candidate] = []
    for candidate in candidates_in(text.low, label.end() if label else start, end, values):
        earlier = [goal for goal in goals[-1:] if goal.value.end > candidate.start]
        reported = told is not None and told[0] <= candidate.value.start < told[1]
        if not reported and is_goal(text, candidate, setting, earlier):
            goals.append(candidate)
    terms = terms_of(text, goals, label.end() if label else start)
    subjects: list[str | None] = []
    for index in range(len(goals)):  # "Điện thương phẩm: năm 2030 đạt ...; năm 2050 đạt ...": one subject for both
        subjects.append(subject_of(text, goals, index) or (subjects[-1] if subjects else None))
    return [
        _Found(goal, subject, distributed(text, goals, index), terms[index] or setting.scope.deadline)
        for index, (goal, subject) in enumerate(zip(goals, subjects, strict=True))
        if subject
    ]


def _target(source: NormalisedText, text: Text, found: _Found, section: str | None) -> Target:
    goal = found.goal
    value = goal.value
    at, stop = source.to_original(value.start, value.end)
    first, last = source.to_original(goal.start, goal.end)
    return Target(
        start=at,
        end=stop,
        text=source.original[at:stop],
        value=value.value,
        value_max=value.value_max,
        unit=value.unit,
        comparator=_comparator(goal),
        change=goal.binding.change,
        subject=found.subject,
        scope=found.holder,
        exceptions=exceptions_in(text.clean, value.end, goal.end),
        deadline=found.deadline,
        modality="aspired" if strives(text.low, max(goal.start, value.start - BACK), value.start) else "committed",
        sentence=Span(first, last),
        section=section,
    )


def _comparator(goal: Candidate) -> Literal[">=", "<=", "="]:
    """Give the comparator; a rank is reached by any better one."""
    return "<=" if goal.value.kind == "rank" else goal.binding.comparator
