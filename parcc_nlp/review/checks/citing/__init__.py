"""VB3: whether instruments are cited with the elements, and in the forms, that the rules ask for."""

from __future__ import annotations

from parcc_nlp.review.checks.citing.amending import vb306
from parcc_nlp.review.checks.citing.bases import vb303
from parcc_nlp.review.checks.citing.completeness import vb301, vb302
from parcc_nlp.review.checks.citing.names import vb307
from parcc_nlp.review.checks.citing.number_word import vb305
from parcc_nlp.review.checks.citing.unidentified import vb308

__all__ = ["RULES"]

RULES = (vb301, vb302, vb303, vb305, vb306, vb307, vb308)
