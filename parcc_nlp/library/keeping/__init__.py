"""Keeping a library: writing it out for others, copying it, checking that it is whole, mending what can be derived."""

from parcc_nlp.library.keeping.backing_up import BackedUp, backup, restore
from parcc_nlp.library.keeping.exporting import Exported, Part, export
from parcc_nlp.library.keeping.problems import Problem, ProblemKind
from parcc_nlp.library.keeping.verifying import Verified, verify

__all__ = [
    "BackedUp",
    "Exported",
    "Part",
    "Problem",
    "ProblemKind",
    "Verified",
    "backup",
    "export",
    "restore",
    "verify",
]
