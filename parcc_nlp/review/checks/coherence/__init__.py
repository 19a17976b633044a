"""VB4: whether a document agrees with itself: its citations, provisions, figures, numbering, attached plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parcc_nlp.review.rule import Rule

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = ()
