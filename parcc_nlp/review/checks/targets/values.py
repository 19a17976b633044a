"""CT603: values that cannot be: shares of more than the whole, bands of a scale that overlap."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.review.checks.targets.bands import overlaps
from parcc_nlp.review.checks.targets.lexicon import any_of
from parcc_nlp.review.checks.targets.surroundings import shown
from parcc_nlp.review.rule import Flag, Place, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Target
    from parcc_nlp.review.context import RuleContext

__all__ = ["ct603"]

WHOLE = 100
NOUN_REACH = 60
BACK = 160
AHEAD = 160
OF_ALL = re.compile(r"\s*(?:(?:tổng\s+)?số\s+|các\s+|tổng\s+|lượng\s+)*")
SHARE = re.compile(r"(?:tỷ|tỉ)\s+lệ\s+(?:các\s+|số\s+|những\s+)?")
SHOWN = 5


@rule("CT603", needs=("targets",))
def ct603(context: RuleContext) -> Iterator[Flag]:
    """Flag shares of more than 100 % of what they are a share of, and scales whose bands overlap."""
    low = context.extraction.text.lower()
    for target in context.extraction.targets:
        if _more_than_the_whole(target, low):
            yield Flag(
                start=target.start,
                end=target.end,
                message=phrase("share", target=shown((target,))),
                subject=target.subject or target.text,
                suggestion=phrase("check_source"),
                place_matters=True,
            )
        elif _upside_down(target):
            yield Flag(
                start=target.start,
                end=target.end,
                message=phrase("upside_down", target=shown((target,))),
                subject=target.subject or target.text,
                kind="review",
                suggestion=phrase("check_source"),
                place_matters=True,
            )
    for scale in overlaps(context.extraction.text):
        first = scale[0]
        said = "; ".join(overlap.shared for overlap in scale)
        yield Flag(
            start=first.second.start,
            end=first.second.end,
            message=phrase("bands", shared=said),
            subject=said,
            suggestion=phrase("mend_bands"),
            related=tuple(Place(overlap.first.start, overlap.first.end) for overlap in scale[:SHOWN]),
            place_matters=True,
        )


def _more_than_the_whole(target: Target, low: str) -> bool:
    """Whether a share of what can be counted goes over the whole, measured against nothing else."""
    if target.unit != "%" or target.change is not None or max(target.value, target.value_max or 0) <= WHOLE:
        return False
    start = max(target.sentence.start if target.sentence else 0, target.start - BACK)
    end = min(target.sentence.end if target.sentence else len(low), target.end + AHEAD)
    if any_of("over_the_whole").search(low[start:end]):
        return False
    counted = any_of("counted")
    noun = OF_ALL.match(low, target.end)
    behind = low[noun.end() if noun else target.end :][:NOUN_REACH]
    if counted.match(behind):
        return True
    share = SHARE.match((target.subject or "").lower())
    return share is not None and counted.match((target.subject or "").lower(), share.end()) is not None


def _upside_down(target: Target) -> bool:
    """Whether a range ends below where it begins ("từ 90% đến 80%")."""
    return target.value_max is not None and target.value_max < target.value
