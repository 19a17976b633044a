"""VB1: whether what is cited is in force on the day asked about."""

from parcc_nlp.review.checks.validity.amendment import vb103, vb108
from parcc_nlp.review.checks.validity.beginning import vb105
from parcc_nlp.review.checks.validity.expiry import vb101, vb102, vb106, vb109
from parcc_nlp.review.checks.validity.guidance import vb110
from parcc_nlp.review.checks.validity.period import vb111
from parcc_nlp.review.checks.validity.provision import vb104
from parcc_nlp.review.checks.validity.succession import vb107

__all__ = ["RULES"]

RULES = (vb101, vb102, vb103, vb104, vb105, vb106, vb107, vb108, vb109, vb110, vb111)
