"""CT607: changes that say by how much, but not from what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.review.checks.targets.lexicon import any_of
from parcc_nlp.review.checks.targets.surroundings import Surroundings, promises, shown
from parcc_nlp.review.rule import Flag, Place, Text, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Target
    from parcc_nlp.review.context import RuleContext

__all__ = ["ct607"]

RELATIVE = frozenset({"%", "lần", "bậc", "hạng"})
"""Units of a change that mean nothing without what it is measured from; "tăng thêm 50 ha" can be counted."""
SHOWN = 5
CUT = re.compile(r"(?<!\w)(?:cắt\s+giảm|rút\s+ngắn)(?!\w)")
"""What is cut are rules, times and costs as they stand: the reader may take them for the base."""
FROM_TO = re.compile(r"(?<!\w)từ\s+(?:mức\s+)?\d[\d.,]*\s*[^\d;.]{0,60}?(?:lên|xuống|đến|còn)(?!\w)")


@rule("CT607", needs=("targets",))
def ct607(context: RuleContext) -> Iterator[Flag]:
    """Flag changes without baseline, once a line."""
    if not promises(context.extraction):
        return
    around = Surroundings(context.extraction, context.places)
    for row in around.rows():
        changes = [target for target in row.targets if target.change is not None and target.unit in RELATIVE]
        if not changes:
            continue
        low = context.extraction.text[row.start : row.end].lower()
        bare = [target for target in changes if not _has_baseline(target, low, row.start)]
        if not bare or around.over(bare[0], row.start).based:
            continue
        first, *rest = bare
        yield Flag(
            start=first.start,
            end=first.end,
            message=phrase("bare", targets=shown(bare), verb=_verb(first)),
            subject=first.subject or first.text,
            kind="review" if CUT.search(low) else "fail",
            suggestion=phrase("suggestion"),
            related=tuple(Place(target.start, target.end) for target in rest[:SHOWN]),
            place_matters=True,
        )


def _has_baseline(target: Target, low: str, line: int) -> bool:
    """Whether the line says what a change is measured from, or the clause measures what is its own base."""
    if any_of("baseline").search(low) or FROM_TO.search(low):
        return True
    clause = low[target.sentence.start - line : target.sentence.end - line] if target.sentence else low
    return any_of("saved").search(clause) is not None


def _verb(target: Target) -> Text:
    return Text("tăng", "increase") if target.change == "increase" else Text("giảm", "decrease")
