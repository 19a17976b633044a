"""VB5: whether agencies and administrative units are named as they were called on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.review.checks.names.agencies import vb501
from parcc_nlp.review.checks.names.spelling import vb503
from parcc_nlp.review.checks.names.units import vb502

if TYPE_CHECKING:
    from parcc_nlp.review.rule import Rule

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (vb501, vb502, vb503)
