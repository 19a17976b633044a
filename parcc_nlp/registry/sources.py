"""What a file of somebody's gives: claims, what could not be read, and what was knowingly left."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parcc_nlp.errors import RegistryError
from parcc_nlp.registry.claims import Claim, Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Collected", "Origin", "Reading"]


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a file beside its content.

    `stated` is the day for which the file says what is in force (the day a list was drawn up, a database was asked);
    without it "còn hiệu lực" proves nothing. `issuer` is the body whose texts a list holds, where no column names it.
    """

    name: str
    learned: str
    stated: str | None = None
    issuer: str | None = None
    digest: str | None = None

    def at(self, place: str | None) -> Provenance:
        """Give the provenance of what stands in one place of the file."""
        return Provenance("table", self.name, self.learned, place=place, digest=self.digest)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave: claims, rows that could not be read, and what was left of rows that could.

    `refused` is lost until somebody corrects the file; `notes` tell what was knowingly not taken (a column nobody
    knows, a status without a day).
    """

    rows: int = 0
    claims: tuple[Claim, ...] = ()
    refused: tuple[RegistryError, ...] = ()
    notes: tuple[RegistryError, ...] = ()

    @classmethod
    def joined(cls, readings: Iterable[Reading]) -> Reading:
        """Give several together.

        Examples
        --------
        >>> Reading.joined([Reading(rows=2), Reading(rows=3)]).rows
        5
        """
        each = tuple(readings)
        return cls(
            sum(one.rows for one in each),
            tuple(claim for one in each for claim in one.claims),
            tuple(error for one in each for error in one.refused),
            tuple(error for one in each for error in one.notes),
        )


@dataclass(slots=True)
class Collected:
    """What one row or record gives, gathered while it is read."""

    origin: Origin
    place: str
    claims: list[Claim] = field(default_factory=list)
    refused: list[RegistryError] = field(default_factory=list)
    notes: list[RegistryError] = field(default_factory=list)

    def refuse(self, code: str, **details: object) -> None:
        """Write down what could not be read."""
        self.refused.append(RegistryError(code, path=self.origin.name, place=self.place, **details))

    def note(self, code: str, **details: object) -> None:
        """Write down what was knowingly not taken."""
        self.notes.append(RegistryError(code, path=self.origin.name, place=self.place, **details))

    def provenance(self) -> Provenance:
        """Give the provenance of the row."""
        return self.origin.at(self.place)

    def reading(self) -> Reading:
        """Give what was gathered, as one row."""
        return Reading(1, tuple(self.claims), tuple(self.refused), tuple(self.notes))
