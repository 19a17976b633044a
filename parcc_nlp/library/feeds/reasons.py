"""Why something was not fetched, and whether it is worth trying again: the table ``reasons.csv`` beside this module."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, cast

__all__ = ["Again", "Reason", "Trouble", "reason_of", "reasons"]

Again = Literal["now", "later", "never"]


class Reason(NamedTuple):
    """A reason: its wording, and whether one tries again at once, in a later run, or never."""

    reason: str
    again: Again
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What came of a request that brought nothing.

    `reason` is one of ``reasons.csv``; `wait` are the seconds the server asked for.

    Examples
    --------
    >>> Trouble("too_large", "50").told("en")
    'larger than allowed (50 MB)'
    """

    reason: str
    detail: str = ""
    wait: float | None = None

    @property
    def again(self) -> Again:
        """Whether to try again at once, in a later run, or never."""
        return reason_of(self.reason).again

    def told(self, lang: Literal["vi", "en"] = "vi") -> str:
        """Say it in words."""
        known = reason_of(self.reason)
        return (known.vi if lang == "vi" else known.en).format(detail=self.detail)


@cache
def reasons() -> dict[str, Reason]:
    """All reasons by their name.

    Examples
    --------
    >>> reasons()["gone"].again
    'never'
    """
    lines = (files("parcc_nlp.library.feeds") / "reasons.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(lines)
    return {row["reason"]: Reason(row["reason"], cast("Again", row["again"]), row["vi"], row["en"]) for row in rows}


def reason_of(name: str) -> Reason:
    """Give a reason by its name."""
    return reasons()[name]
