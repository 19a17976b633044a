"""Names of files that are no documents, or not yet (``passed_over.csv``)."""

from __future__ import annotations

import csv
import fnmatch
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

__all__ = ["NameKind", "PassedOver", "kind_of_name", "passed_over"]

NameKind = Literal["document", "unfinished", "never"]
"""Taken; taken into quarantine where it keeps that name for long; never looked at."""


class PassedOver(NamedTuple):
    """A pattern of names, whether a document may stand under them before it is whole, and what writes them."""

    pattern: str
    unfinished: bool
    what: str


@cache
def passed_over() -> tuple[PassedOver, ...]:
    """Read the table."""
    lines = (files(__package__) / "passed_over.csv").read_text(encoding="utf-8").splitlines()
    return tuple(PassedOver(row["pattern"], row["unfinished"] == "yes", row["what"]) for row in csv.DictReader(lines))


def kind_of_name(name: str) -> NameKind:
    """Say what a file of this name is, whatever its capitals.

    Examples
    --------
    >>> [kind_of_name(name) for name in ("Kế hoạch.docx", "~$Kế hoạch.docx", "Kế hoạch.docx.CRDOWNLOAD")]
    ['document', 'never', 'unfinished']
    """
    folded = name.casefold()
    for one in passed_over():
        if fnmatch.fnmatchcase(folded, one.pattern):
            return "unfinished" if one.unfinished else "never"
    return "document"
