"""What a run came to, in words."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from parcc_nlp.library.batch.run import BatchSummary

__all__ = ["batch_words", "summary_text"]

Language = Literal["vi", "en"]

_SEVERITIES = ("error", "warning", "info", "unknown")


def summary_text(summary: BatchSummary, *, lang: Language = "vi") -> str:
    """Tell what a run came to, a line a matter.

    Examples
    --------
    >>> from pathlib import Path
    >>> from parcc_nlp.library.batch import BatchSummary
    >>> told = summary_text(BatchSummary(Path("out"), 3, 2, 1, (("error", 4),), 1), lang="en")
    >>> told.splitlines()[0]
    '3 files: 2 documents examined, 1 files could not be examined.'
    """
    counts = dict.fromkeys(_SEVERITIES, 0) | dict(summary.findings)
    keys = ["files", "findings"]
    if summary.taken_over:
        keys.append("complete" if summary.taken_over == summary.chunks else "taken_over")
    if summary.changed:
        keys.append("changed")
    if summary.errors:
        keys.append("errors")
    fields = {
        "files": summary.files,
        "documents": summary.documents,
        "errors": summary.errors,
        "taken_over": summary.taken_over,
        "chunks": summary.chunks,
        "changed": summary.changed,
        "output": summary.output,
    }
    return "".join(batch_words(key, lang).format(**fields, **counts) + "\n" for key in (*keys, "output"))


def batch_words(key: str, lang: Language = "vi", /) -> str:
    """Give a wording of ``words.csv``."""
    return _table()[key][lang]


@cache
def _table() -> dict[str, dict[Language, str]]:
    text = (files("parcc_nlp.library.batch") / "words.csv").read_text(encoding="utf-8")
    return {row["key"]: {"vi": row["vi"], "en": row["en"]} for row in csv.DictReader(text.splitlines())}
