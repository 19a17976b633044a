"""CT6: whether targets can be met, measured and answered for, and agree with one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parcc_nlp.review.rule import Rule

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = ()
