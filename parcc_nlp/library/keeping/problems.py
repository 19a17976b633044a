"""What can be wrong with a library, and how it is told (``problems.csv``)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

__all__ = ["MENDABLE", "Problem", "ProblemKind"]

ProblemKind = Literal[
    "database_damaged",
    "reference_broken",
    "original_missing",
    "original_damaged",
    "original_unnamed",
    "file_half_written",
    "extraction_unreadable",
    "extraction_text",
    "span_wrong",
    "version_missing",
    "index_wrong",
    "index_leftover",
    "links_wrong",
    "task_impossible",
]
MENDABLE: frozenset[ProblemKind] = frozenset(
    {
        "file_half_written", "extraction_unreadable", "extraction_text", "span_wrong", "version_missing", "index_wrong",
        "index_leftover", "links_wrong",
    }
)  # fmt: skip
"""What is derived from the originals, and so can be made anew; originals and decisions are never touched."""
Language = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong; `what` names the document, file or task, `number` is its number in the library.

    `repaired` says that it was met, mended, and not met again.

    Examples
    --------
    >>> Problem("original_missing", "ab12").message(lang="en")
    'The original ab12 is missing; restore it from a backup.'
    """

    kind: ProblemKind
    what: str
    number: int | None = None
    repaired: bool = False

    @property
    def grave(self) -> bool:
        """Whether something is wrong, and not only left over."""
        return _texts()[self.kind].grave

    def message(self, *, lang: Language = "vi") -> str:
        """Say it in one sentence."""
        text = _texts()[self.kind]
        return (text.vi if lang == "vi" else text.en).format(what=self.what)


class _Text(NamedTuple):
    grave: bool
    vi: str
    en: str


@cache
def _texts() -> dict[str, _Text]:
    lines = (files("parcc_nlp.library.keeping") / "problems.csv").read_text(encoding="utf-8").splitlines()
    return {row["kind"]: _Text(row["grave"] == "yes", row["vi"], row["en"]) for row in csv.DictReader(lines)}
