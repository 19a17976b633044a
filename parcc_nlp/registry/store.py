"""The registry's data files: where they are, how they are read, how they are indexed.

The files are plain CSV, described in ``corpora/registry/README.md``. They are read once and kept as rows; an
`Instrument` is made of a row when it is asked for, so that loading stays in the tens of milliseconds.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from parcc_nlp.errors import RegistryError
from parcc_nlp.model import Instrument, RelationKind
from parcc_nlp.registry.identity import LegalClass, stored_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Confidence

__all__ = ["Edge", "Living", "Reorganisation", "Store", "data_dir", "load"]

_PACKAGE = Path(__file__).resolve().parent.parent
_INSTRUMENTS = "instruments.csv"
_RELATIONS = "relations.csv"
_LEADS = "leads.csv"
_IN_FORCE = "in_force.csv"
_REORGANISATION = "reorganisation.csv"
_MANIFEST = "MANIFEST.json"
_COLUMNS = {
    _INSTRUMENTS: (
        "id", "number", "doc_type", "legal_class", "title", "issuer", "issued", "effective", "expires",
        "perhaps_expires", "checked_on",
        "surveyed", "signed_from", "signed_to", "source", "field_sources", "retrieved", "confidence", "note",
    ),
    _RELATIONS: (
        "source", "kind", "target", "effective", "not_before", "not_after", "clause", "exception", "evidence",
        "retrieved", "confidence",
    ),
    _IN_FORCE: ("instrument", "date", "kind", "source", "quote"),
    _REORGANISATION: (
        "level", "old_name", "change", "new_name", "effective", "legal_source", "evidence", "retrieved", "confidence",
        "note",
    ),
}  # fmt: skip
_COLUMNS[_LEADS] = _COLUMNS[_RELATIONS]


class Edge(NamedTuple):
    """A relation as the data file states it.

    `effective` is the day it takes effect; where only bounds are known they stand in `not_before` and `not_after`.
    Where nothing is known all three are None, and no dated verdict may rest on it.
    """

    source: str
    kind: RelationKind
    target: str
    effective: str | None
    not_before: str | None
    not_after: str | None
    clause: str | None
    exception: str | None
    evidence: str | None
    retrieved: str | None
    confidence: Confidence


class Living(NamedTuple):
    """A day on which a source shows an instrument in force: it says so ("statement") or rests on it ("basis")."""

    instrument: str
    date: str
    kind: str
    source: str | None
    quote: str | None


class Reorganisation(NamedTuple):
    """An agency or administrative unit renamed, merged, abolished or kept, with day and legal source."""

    level: str
    old_name: str
    change: str
    new_name: str | None
    effective: str | None
    legal_source: str | None
    evidence: str | None
    retrieved: str | None
    confidence: Confidence
    note: str | None


@dataclass(frozen=True, slots=True)
class Store:
    """The rows of a registry, indexed by id, by number and by the ends of relations."""

    version: str
    date: str
    rows: dict[str, list[str]]
    by_number: dict[str, list[str]]
    into: dict[str, list[Edge]]
    out_of: dict[str, list[Edge]]
    leads_into: dict[str, list[Edge]]
    living: dict[str, list[Living]]
    reorganisations: tuple[Reorganisation, ...]
    _made: dict[str, Instrument] = field(default_factory=dict)

    def instrument(self, identity: str) -> Instrument | None:
        """Give the instrument with this id."""
        made = self._made.get(identity)
        if made is None and (row := self.rows.get(identity)) is not None:
            made = self._made[identity] = _instrument(row)
        return made

    def instruments(self) -> Iterator[Instrument]:
        """Give every instrument, in the order of ids."""
        return (made for identity in sorted(self.rows) if (made := self.instrument(identity)) is not None)

    def legal_class(self, identity: str) -> LegalClass | None:
        """Give the legal class of an instrument (normative, administrative, party, consolidated)."""
        row = self.rows.get(identity)
        return cast("LegalClass", row[3]) if row and row[3] else None

    def perhaps_ended(self, identity: str) -> str | None:
        """Give the day from which an instrument may have ended, by a date that nobody read in a clause."""
        row = self.rows.get(identity)
        return (row[9] or None) if row else None

    def signed_between(self, identity: str) -> tuple[str | None, str | None]:
        """Bound the signing date of an instrument by those of the neighbouring numbers of its series."""
        row = self.rows.get(identity)
        return (row[12] or None, row[13] or None) if row else (None, None)

    def is_surveyed(self, identity: str) -> bool:
        """Say whether somebody looked in 2025-2026 texts for what ended this instrument."""
        row = self.rows.get(identity)
        return row is not None and row[11] == "1"


def data_dir() -> Path:
    """Give the folder of the registry shipped with the library: in the wheel, or in a checkout.

    Raises
    ------
    RegistryError
        E201 when neither is there.
    """
    for folder in (_PACKAGE / "corpora" / "registry", _PACKAGE.parent / "corpora" / "registry"):
        if (folder / _INSTRUMENTS).is_file():
            return folder
    raise RegistryError("E201", path=str(_PACKAGE / "corpora" / "registry"), detail=_INSTRUMENTS)


def load(folder: Path) -> Store:
    """Read a registry folder.

    Raises
    ------
    RegistryError
        E201 when a file is missing, is not UTF-8 CSV, lacks a column, or has a row of another width; the file and the
        line are named.
    """
    manifest = _manifest(folder)
    rows = {row[0]: row for row in _rows(folder, _INSTRUMENTS)}
    by_number: dict[str, list[str]] = defaultdict(list)
    for identity, row in rows.items():
        if row[1]:
            by_number[stored_key(row[1])].append(identity)
    into: dict[str, list[Edge]] = defaultdict(list)
    out_of: dict[str, list[Edge]] = defaultdict(list)
    for edge in _edges(folder, _RELATIONS):
        into[edge.target].append(edge)
        out_of[edge.source].append(edge)
    leads_into: dict[str, list[Edge]] = defaultdict(list)
    for edge in _edges(folder, _LEADS):
        leads_into[edge.target].append(edge)
    living: dict[str, list[Living]] = defaultdict(list)
    for cells in _cells(folder, _IN_FORCE):
        living[cells[0] or ""].append(Living(*cells))
    return Store(
        version=str(manifest["version"]),
        date=str(manifest["date"]),
        rows=rows,
        by_number=dict(by_number),
        into=dict(into),
        out_of=dict(out_of),
        leads_into=dict(leads_into),
        living=dict(living),
        reorganisations=tuple(Reorganisation(*cells) for cells in _cells(folder, _REORGANISATION)),
    )


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / _MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RegistryError("E201", path=str(path), detail=type(error).__name__) from error
    if not isinstance(manifest, dict) or not {"version", "date"} <= set(manifest):
        raise RegistryError("E201", path=str(path), detail="version, date")
    return manifest


def _rows(folder: Path, name: str) -> list[list[str]]:
    """Read one file and check its columns; an empty cell stays an empty string."""
    path = folder / name
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            columns = tuple(next(reader, ()))
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RegistryError("E201", path=str(path), detail=type(error).__name__) from error
    if columns != _COLUMNS[name]:
        raise RegistryError("E201", path=str(path), detail=f"{', '.join(columns)} != {', '.join(_COLUMNS[name])}")
    width = len(columns)
    for row in rows:
        if len(row) != width:
            raise RegistryError("E201", path=str(path), place=",".join(row[:3]), detail=f"{len(row)} != {width}")
    return rows


def _cells(folder: Path, name: str) -> Iterator[list[Any]]:
    return ([cell or None for cell in row] for row in _rows(folder, name))


def _edges(folder: Path, name: str) -> Iterator[Edge]:
    return (Edge(*cells) for cells in _cells(folder, name))


def _instrument(row: list[str]) -> Instrument:
    cells = [cell or None for cell in row]
    identity, number, doc_type, _, title, issuer, issued, effective, expires, _, checked_on = cells[:11]
    source, _, _, trust, note = cells[14:]
    return Instrument(
        id=identity or "",
        number=number,
        doc_type=doc_type,
        title=title,
        issuer=issuer,
        issued=issued,
        effective=effective,
        expires=expires,
        source=source,
        confidence=cast("Confidence", trust),
        checked_on=checked_on,
        note=note,
    )
