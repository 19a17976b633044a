"""What the fields of a message are called."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

__all__ = ["field_names"]


@cache
def field_names() -> dict[str, str]:
    """Give the fields that are compared with the text, and what each is called.

    Examples
    --------
    >>> field_names()["title"]
    'Trích yếu'
    """
    with (files("parcc_nlp.library.messages") / "fields.csv").open(encoding="utf-8") as lines:
        return {row["field"]: row["vi"] for row in csv.DictReader(lines)}
