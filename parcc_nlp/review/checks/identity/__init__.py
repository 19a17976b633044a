"""VB2: whether it is known which instrument is cited, and whether the parts of a citation agree."""

from parcc_nlp.review.checks.identity.agreement import vb203, vb204, vb205, vb208
from parcc_nlp.review.checks.identity.form import vb206, vb207
from parcc_nlp.review.checks.identity.known import vb201, vb202

__all__ = ["RULES"]

RULES = (vb201, vb202, vb203, vb204, vb205, vb206, vb207, vb208)
