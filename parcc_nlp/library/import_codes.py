"""The codes of findings that importing makes, as ``import_findings.csv`` describes them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

__all__ = ["ImportCode", "import_codes"]

Language = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class ImportCode:
    """One code: what it is called, what it means, and the clause it rests on."""

    code: str
    name: dict[Language, str]
    about: dict[Language, str]
    reason: dict[Language, str]


@cache
def import_codes() -> dict[str, ImportCode]:
    """Give the codes.

    Examples
    --------
    >>> import_codes()["TV901"].name["en"]
    'A cited instrument has newly changed'
    """
    with (files("parcc_nlp.library") / "import_findings.csv").open(encoding="utf-8") as lines:
        return {
            row["code"]: ImportCode(
                row["code"],
                {"vi": row["name_vi"], "en": row["name_en"]},
                {"vi": row["about_vi"], "en": row["about_en"]},
                {"vi": row["reason_vi"], "en": row["reason_en"]},
            )
            for row in csv.DictReader(lines)
        }
