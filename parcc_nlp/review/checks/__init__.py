"""The checks behind the rules, one small function each, in a folder a family, in the order of their codes."""

from parcc_nlp.review.checks import citing, coherence, duties, identity, issuing, names, targets, validity

__all__ = ["ALL"]

ALL = tuple(
    rule for family in (validity, identity, citing, coherence, names, targets, duties, issuing) for rule in family.RULES
)
