"""Targets: the quantified goals a document commits to reach or keep, with value, comparator, deadline and subject."""

from parcc_nlp.extract.targets.find import find_targets

__all__ = ["find_targets"]
