"""Words around a mention that tell why it may stand as it does; they stand in ``hints.csv`` and may be extended."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from parcc_nlp.model import Citation
    from parcc_nlp.review.context import RuleContext

__all__ = ["is_hinted", "patterns"]

_REACH = 160
_Where = Literal["before", "behind", "around"]


@cache
def patterns(code: str, where: _Where) -> re.Pattern[str] | None:
    """Give the words that keep a rule silent, before a mention, behind it or on either side."""
    text = (files("parcc_nlp.review.checks.coherence") / "hints.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    either = [row["pattern"] for row in rows if row["rule"] == code and row["where"] == where]
    return re.compile("|".join(either)) if either else None


def is_hinted(code: str, citation: Citation, context: RuleContext) -> bool:
    """Say whether words beside a mention, in its own line, tell why it stands there."""
    text = context.extraction.text
    line, end = context.places.line_span(citation.start)
    before = text[max(line, citation.start - _REACH) : citation.start].lower()
    behind = text[citation.end : min(end, citation.end + _REACH)].lower()
    looked_at: tuple[tuple[_Where, str], ...] = (
        ("before", before),
        ("behind", behind),
        ("around", f"{before} {behind}"),
    )
    return any((words := patterns(code, where)) and words.search(beside) for where, beside in looked_at)
