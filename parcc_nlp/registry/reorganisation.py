"""Names that agencies and administrative units no longer bear: since when, who came after them, by what source.

A registry lists reorganisations as its sources tell them (``reorganisation.csv``). Here they are read for rules: only
changes that end a name, one value a name, remarks in brackets taken off.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, Protocol, cast, runtime_checkable

from parcc_nlp.model import Confidence
from parcc_nlp.registry.days import is_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcc_nlp.registry.tables import Reorganisation

__all__ = ["FormerName", "KnowsReorganisations", "Level", "former_names"]

Level = Literal["ministry", "department", "agency", "province", "district", "commune"]

_REMARK = re.compile(r"\s*\([^()]*\)")


@runtime_checkable
class KnowsReorganisations(Protocol):
    """A registry that can tell of reorganisations; one of instruments alone cannot."""

    def reorganisations(self) -> tuple[Reorganisation, ...]:
        """List the agencies and administrative units renamed, merged or abolished, with day and legal source."""


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that an agency or administrative unit no longer bears.

    `ended` is the first day without it, as precise as the source gives it ("2025-07-01", "2025"); `successor` who came
    after, as the source puts it. `fact` is the row of the registry in its own words, the same for all names of a row,
    and `change` what it says was done ("renamed", "merged_into", "abolished").
    """

    name: str
    level: Level
    fact: str
    change: str
    successor: str | None
    ended: str | None
    legal_source: str | None
    evidence: str | None
    retrieved: str | None
    confidence: Confidence

    def ended_by(self, day: str) -> bool:
        """Say whether the name is known to have ended by a day; of a year alone this is not known before its end.

        Examples
        --------
        >>> sở = FormerName("Sở X", "department", "Sở X", "renamed", "Sở Y", "2025-03-01", None, None, None, "verified")
        >>> sở.ended_by("2025-02-28"), sở.ended_by("2025-03-01")
        (False, True)
        """
        if self.ended is None:
            return False
        return self.ended <= day if is_day(self.ended) else self.ended < day[: len(self.ended)]


def former_names(rows: Iterable[Reorganisation]) -> tuple[FormerName, ...]:
    """Read the names that reorganisations ended, in the order of the rows.

    Parameters
    ----------
    rows
        What a registry knows of reorganisations (`Registry.reorganisations`).

    Returns
    -------
    tuple of FormerName
        One for each name of a row ("UBND cấp huyện; HĐND cấp huyện" names two); a change that is not known to end a
        name (``reorganisation_changes.csv``) gives none.

    Examples
    --------
    >>> from parcc_nlp.registry import Registry
    >>> ended = {one.name: one for one in former_names(Registry.shipped().reorganisations())}
    >>> ended["thị trấn"].successor, ended["thị trấn"].ended, "tỉnh Lâm Đồng" in ended
    ('xã, phường, đặc khu', '2025-07-01', False)
    """
    ending = _ending_changes()
    return tuple(
        FormerName(
            name=name,
            level=cast("Level", row.level),
            fact=row.old_name,
            change=row.change,
            successor=row.new_name,
            ended=row.effective,
            legal_source=row.legal_source,
            evidence=row.evidence,
            retrieved=row.retrieved,
            confidence=row.confidence,
        )
        for row in rows
        if row.change in ending
        for name in _names(row.old_name)
    )


def _names(printed: str) -> tuple[str, ...]:
    """Take the names out of a cell that may hold several, with remarks in brackets."""
    names = (" ".join(name.split()) for name in _REMARK.sub("", printed).split(";"))
    return tuple(name for name in names if name)


@cache
def _ending_changes() -> frozenset[str]:
    text = (files("parcc_nlp.registry") / "reorganisation_changes.csv").read_text(encoding="utf-8")
    return frozenset(row["change"] for row in csv.DictReader(text.splitlines()) if row["ends"] == "yes")
