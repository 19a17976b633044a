"""What the layers say of each other: a part of a target and its whole, a target and who is to reach it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from parcc_nlp.model import Responsibility, Span, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["link_targets"]

OF_THESE = re.compile(r"(?:[;,.(:]|\s-)\s*(?:[Tt]rong\s+(?:số\s+)?đó|[Bb]ao\s+gồm)(?!\w)")
LONGEST_LINE = 20_000
"""Characters looked at on either side, so that a text without line breaks costs no square of its length."""
BEARERS = ("lead", "implement")


def link_targets(
    text: str, targets: Iterable[Target], responsibilities: Sequence[Responsibility]
) -> tuple[Target, ...]:
    """Fill in `part_of` and `responsible` of the targets of a document.

    Parameters
    ----------
    text
        The document's text, into which all offsets point.
    targets
        Its targets, in order.
    responsibilities
        Its assignments, in order.

    Returns
    -------
    tuple of Target
        A target behind "trong đó" names its whole; one on a line that assigns something names who leads or carries it
        out. Nothing is inferred across lines.

    Examples
    --------
    >>> text = "Tỷ lệ hài lòng đạt 90%; trong đó, lĩnh vực đất đai đạt 85%"
    >>> whole, part = Target(19, 22, "90%", 90.0), Target(55, 58, "85%", 85.0)
    >>> link_targets(text, (whole, part), ())[1].part_of
    Span(start=19, end=22)
    """
    linked: list[Target] = []
    starts = [duty.start for duty in responsibilities]
    for target in targets:
        whole = _whole(text, linked[-1], target) if linked else None
        line_start = text.rfind("\n", max(0, target.start - LONGEST_LINE), target.start) + 1
        line_end = text.find("\n", target.end, target.end + LONGEST_LINE)
        first = bisect_left(starts, line_start or max(0, target.start - LONGEST_LINE))
        last = bisect_left(starts, target.end + LONGEST_LINE if line_end < 0 else line_end)
        bearers = [duty.agency for duty in responsibilities[first:last] if duty.role in BEARERS]
        linked.append(replace(target, part_of=whole, responsible=tuple(dict.fromkeys(bearers))))
    return tuple(linked)


def _whole(text: str, previous: Target, target: Target) -> Span | None:
    """Give the target that `target` is a part of: the one before "trong đó", or that of its neighbour."""
    between = text[previous.end : target.start]
    if "\n" in between:
        return None
    if OF_THESE.search(between):
        return Span(previous.start, previous.end)
    return previous.part_of if not re.search(r"\.\s", between) else None
