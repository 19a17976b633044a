"""The words of importing, Vietnamese and English (``words.csv``)."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Literal

__all__ = ["all_words", "words"]

Language = Literal["vi", "en"]


def words(key: str, lang: Language = "vi", /, **fields: object) -> str:
    """Give a wording with its fields filled in.

    Examples
    --------
    >>> words("state_quarantined"), words("state_quarantined", "en")
    ('cách ly', 'in quarantine')
    """
    return all_words()[key][lang].format(**fields)


@cache
def all_words() -> dict[str, dict[Language, str]]:
    """Read the table of wordings once."""
    lines = (files(__package__) / "words.csv").read_text(encoding="utf-8").splitlines()
    return {row["key"]: {"vi": row["vi"], "en": row["en"]} for row in csv.DictReader(lines)}
