"""CT602: whether somebody answers for a target."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from parcc_nlp.review.checks.targets.lexicon import any_of
from parcc_nlp.review.checks.targets.surroundings import NEAR, Surroundings, promises, shown
from parcc_nlp.review.rule import Flag, Place, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parcc_nlp.model import AgencyMention, Responsibility, Section, Target
    from parcc_nlp.review.checks.targets.surroundings import Row
    from parcc_nlp.review.context import RuleContext

__all__ = ["ct602"]

REACH = 500
"""Characters of an assignment that are read."""
BETWEEN = 80
TOUCHED = 0.6
"""Share of the words of a target that assignments must use to speak of it."""
BEARERS = frozenset({"lead", "implement"})
SYLLABLE = re.compile(r"[^\W\d_]+")
SHOWN = 5
HEADING_REACH = 200


@rule("CT602", needs=("targets", "responsibilities"))
def ct602(context: RuleContext) -> Iterator[Flag]:
    """Flag targets nobody answers for, once a line: none named beside them, and no one told to carry out the plan."""
    extraction = context.extraction
    if not promises(extraction) or _somebody_carries_out_all(extraction.responsibilities, extraction.text):
        return
    bearing = [duty for duty in extraction.responsibilities if duty.role in BEARERS]
    assigned = sorted(duty.start for duty in bearing)
    told = frozenset(word for duty in bearing for word in _words(extraction.text[duty.start : duty.end][:REACH]))
    agencies = sorted(mention.start for mention in _bodies(extraction.agencies))
    around = Surroundings(extraction, context.places)
    for row in around.rows():
        if any(target.responsible or target.scope for target in row.targets):
            continue
        if all(_touched(target, told) for target in row.targets):
            continue
        if _answered(row, around.enclosing(row.targets[0], row.start), assigned, agencies, context):
            continue
        first, *rest = row.targets
        yield Flag(
            start=first.start,
            end=first.end,
            message=phrase("nobody" if not assigned else "nobody_here", targets=shown(row.targets)),
            subject=first.subject or first.text,
            kind="fail" if not assigned else "review",
            suggestion=phrase("suggestion"),
            related=tuple(Place(target.start, target.end) for target in rest[:SHOWN]),
            place_matters=True,
        )


def _somebody_carries_out_all(duties: Iterable[Responsibility], text: str) -> bool:
    """Whether somebody is told to carry out the plan, its targets or its tasks as a whole."""
    return any(
        duty.role in {"lead", "implement", "coordinate"} and _is_general(text[duty.start : duty.end][:REACH].lower())
        for duty in duties
    )


def _is_general(low: str) -> bool:
    """Whether an assignment is of the whole: "tổ chức thực hiện Kế hoạch này", "hoàn thành các chỉ tiêu được giao"."""
    whole = any_of("whole_plan")
    return any(
        whole.search(low, verb.end(), verb.end() + BETWEEN) is not None
        or re.match(r"[^\w,]*(?:[.;]|$)", low[verb.end() :]) is not None
        for verb in any_of("carrying_out").finditer(low)
    )


def _touched(target: Target, told: frozenset[str]) -> bool:
    """Whether the assignments, taken together, speak of what a target measures."""
    named = _words(target.subject or "")
    return bool(named) and len(named & told) >= TOUCHED * len(named)


def _words(text: str) -> frozenset[str]:
    return frozenset(SYLLABLE.findall(text.lower()))


def _bodies(agencies: Iterable[AgencyMention]) -> Iterator[AgencyMention]:
    return (mention for mention in agencies if mention.agency_id is not None or mention.collective)


def _answered(
    row: Row, section: Section | None, assigned: Sequence[int], agencies: Sequence[int], context: RuleContext
) -> bool:
    """Whether the line or its section assigns something, or a heading over it names a body."""
    if _any_in(assigned, row.start, row.end):
        return True
    current = section
    for _ in range(len(context.places.sections)):
        if current is None:
            return False
        if _any_in(agencies, current.start, min(_end_of_line(current, context), current.start + HEADING_REACH)):
            return True
        if current.end - current.start <= NEAR and _any_in(assigned, current.start, current.end):
            return True
        current = context.places.by_eid.get(current.parent) if current.parent else None
    return False


def _end_of_line(section: Section, context: RuleContext) -> int:
    return context.places.line_span(section.start)[1]


def _any_in(starts: Sequence[int], start: int, end: int) -> bool:
    position = bisect_left(starts, start)
    return position < len(starts) and starts[position] < end
