"""NV7: whether every task has one lead, one deadline, and a time that can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.review.checks.duties.deadlines import nv704, nv705
from parcc_nlp.review.checks.duties.nobody_leads import nv701
from parcc_nlp.review.checks.duties.several_lead import nv702, nv703, nv706

if TYPE_CHECKING:
    from parcc_nlp.review.rule import Rule

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (nv701, nv702, nv703, nv704, nv705, nv706)
