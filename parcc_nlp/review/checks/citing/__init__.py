"""VB3: whether instruments are cited with the elements, and in the forms, that the rules ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parcc_nlp.review.rule import Rule

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = ()
