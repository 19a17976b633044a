"""CC8: whether the document may rest on what it names, and says one and the same issuer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.review.checks.issuing.bases import cc801, cc802, cc803
from parcc_nlp.review.checks.issuing.issuer import cc804

if TYPE_CHECKING:
    from parcc_nlp.review.rule import Rule

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (cc801, cc802, cc803, cc804)
