"""VB5: whether agencies and administrative units are named as they were called on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parcc_nlp.review.rule import Rule

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = ()
