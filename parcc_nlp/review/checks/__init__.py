"""The checks behind the rules, one small function each, in the order of their codes."""

from parcc_nlp.review.checks.agreement import vb203, vb204, vb205, vb208
from parcc_nlp.review.checks.amendment import vb103, vb108
from parcc_nlp.review.checks.beginning import vb105
from parcc_nlp.review.checks.expiry import vb101, vb102, vb106, vb109
from parcc_nlp.review.checks.form import vb206, vb207
from parcc_nlp.review.checks.known import vb201, vb202
from parcc_nlp.review.checks.provision import vb104
from parcc_nlp.review.checks.succession import vb107

__all__ = ["ALL"]

ALL = (
    vb101,
    vb102,
    vb103,
    vb104,
    vb105,
    vb106,
    vb107,
    vb108,
    vb109,
    vb201,
    vb202,
    vb203,
    vb204,
    vb205,
    vb206,
    vb207,
    vb208,
)
