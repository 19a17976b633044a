"""CT6: whether targets can be met, measured and answered for, and agree with one another."""

from parcc_nlp.review.checks.targets.answering import ct602
from parcc_nlp.review.checks.targets.changes import ct607
from parcc_nlp.review.checks.targets.conflicts import ct604, ct605
from parcc_nlp.review.checks.targets.timing import ct601, ct606
from parcc_nlp.review.checks.targets.values import ct603

__all__ = ["RULES"]

RULES = (ct601, ct602, ct603, ct604, ct605, ct606, ct607)
