"""NV7: whether every task has one lead, one deadline, and a time that can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parcc_nlp.review.rule import Rule

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = ()
