"""How much a registry knows: counts of instruments and relations by type, trust and source, and how fresh they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcc_nlp.registry.days import add_days, is_day

if TYPE_CHECKING:
    from parcc_nlp.registry.registry import Registry

__all__ = ["FRESH", "Figures", "figures_of"]

FRESH = 183
"""Days before the date of the data within which evidence of validity counts as up to date: half a year."""
_NOT_KNOWN = "-"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a registry holds. Every breakdown lists the commonest first.

    `effective`, `ended` and `fresh` count the instruments whose day of effect is known, that a verified clause ends,
    and that a source shows in force within the last half year of the data.
    """

    version: str
    date: str
    instruments: int
    effective: int
    ended: int
    fresh: int
    relations: int
    leads: int
    corrections: int
    by_type: tuple[tuple[str, int], ...]
    by_confidence: tuple[tuple[str, int], ...]
    by_source: tuple[tuple[str, int], ...]
    relations_by_kind: tuple[tuple[str, int], ...]
    relations_by_source: tuple[tuple[str, int], ...]


def figures_of(registry: Registry) -> Figures:
    """Count what a registry holds.

    Examples
    --------
    >>> from parcc_nlp.registry import Registry
    >>> figures_of(Registry.shipped()).instruments == len(Registry.shipped())
    True
    """
    known = list(registry)
    since = add_days(registry.date, -FRESH)
    ended, shown = _ended(registry), _shown(registry, since)
    fresh = {one.id for one in known if _is_fresh(one.checked_on, one.effective, since, registry.date)} | shown
    relations: Counter[str] = Counter()
    told: Counter[str] = Counter()
    leads = 0
    for kind, origin, lead in _rows(registry, "kind, origin, lead", "relations"):
        if lead:
            leads += 1
            continue
        relations[kind] += 1
        told[origin] += 1
    return Figures(
        version=registry.version,
        date=registry.date,
        instruments=len(known),
        effective=sum(one.effective is not None for one in known),
        ended=len(ended & {one.id for one in known}),
        fresh=len(fresh - ended),
        relations=sum(relations.values()),
        leads=leads,
        corrections=sum(origin == "officer" for (origin,) in _rows(registry, "origin", "fields"))
        + told.get("officer", 0),
        by_type=_most(Counter(one.doc_type or _NOT_KNOWN for one in known)),
        by_confidence=_most(Counter(one.confidence for one in known)),
        by_source=_most(Counter(origin for layer in registry.layers for (origin,) in layer.select(_ORIGINS))),
        relations_by_kind=_most(relations),
        relations_by_source=_most(told),
    )


_ORIGINS = "SELECT origin FROM instruments"


def _rows(registry: Registry, columns: str, table: str) -> list[tuple[str, ...]]:
    """Give columns of the rows of a table that still stand."""
    query = f"SELECT {columns} FROM {table} WHERE withdrawn IS NULL"  # noqa: S608 - names of our own schema
    return [row for layer in registry.layers for row in layer.select(query)]


def _ended(registry: Registry) -> set[str]:
    """List the instruments that a verified clause ends as a whole."""
    rows = _rows(registry, "target, kind, parts, confidence", "relations")
    return {
        target
        for target, kind, parts, confidence in rows
        if kind in {"replaces", "repeals"} and not parts and confidence == "verified"
    }


def _shown(registry: Registry, since: str) -> set[str]:
    """List the instruments that somebody states to be in force, or rests on, since a day."""
    return {instrument for instrument, day in _rows(registry, "instrument, date", "living") if day >= since}


def _is_fresh(checked: str | None, effective: str | None, since: str, until: str) -> bool:
    """Say whether an instrument was seen in force, or began, within the last half year of the data."""
    return any(day is not None and is_day(day) and since <= day <= until for day in (checked, effective))


def _most(counter: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counter.items(), key=_commonest))


def _commonest(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]
