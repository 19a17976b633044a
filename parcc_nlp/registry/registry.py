"""The registry: one object that knows instruments, resolves citations to them and answers for their validity."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from parcc_nlp.errors import RegistryError
from parcc_nlp.model import Instrument, Relation, Status
from parcc_nlp.registry.days import agrees, is_day
from parcc_nlp.registry.identity import issuers_agree, legal_class, number_key, number_parts
from parcc_nlp.registry.resolve import Resolved, Resolver
from parcc_nlp.registry.status import amendments_of, chain_of, knock_on_of, note, status_of
from parcc_nlp.registry.store import data_dir, load
from parcc_nlp.text.canonical import canonical_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from parcc_nlp.model import AmendedBy, Citation, Extraction
    from parcc_nlp.registry.identity import LegalClass
    from parcc_nlp.registry.status import KnockOn
    from parcc_nlp.registry.store import Edge, Reorganisation, Store

__all__ = ["Registry"]

_REMARK = re.compile(r"\((?P<year>(?:19|20)\d{2})\)\s*$")
_TYPE_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
_ANY_DIGIT = re.compile(r"[0-9]")
_ID_PREFIX = "vn/"
_BEARERS_NAMED = 5


class Registry:
    """What is known of legal and Party instruments, each answer with its evidence and the version of the data.

    Make one with `shipped` or `from_directory`. A registry is never changed after loading and may be shared by threads.

    Examples
    --------
    >>> registry = Registry.shipped()
    >>> answer = registry.status("45/2025/NĐ-CP", on="2026-11-23")
    >>> answer.status, answer.since, answer.successor
    ('expired', '2025-06-16', '150/2025/NĐ-CP')
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._resolver = Resolver(store)
        self._answers: dict[tuple[str, str], Status] = {}

    @classmethod
    def shipped(cls) -> Registry:
        """Give the registry that comes with the library, loaded once.

        Raises
        ------
        RegistryError
            E201 when its files are missing or damaged.
        """
        return _shipped()

    @classmethod
    def from_directory(cls, path: Path) -> Registry:
        """Load a registry from a folder of the form described in ``corpora/registry/README.md``.

        Raises
        ------
        RegistryError
            E201, naming the file, when one is missing or damaged.
        """
        return cls(load(path))

    @property
    def version(self) -> str:
        """Date of the data and digest of its content (``2026-11-23+1a2b3c4d``)."""
        return self._store.version

    @property
    def date(self) -> str:
        """The day up to which the data reach."""
        return self._store.date

    def __len__(self) -> int:
        return len(self._store.rows)

    def __iter__(self) -> Iterator[Instrument]:
        return self._store.instruments()

    def get(self, instrument_id: str, /) -> Instrument | None:
        """Give the instrument with this id, or the only one that bears this number; None where there is none.

        Examples
        --------
        >>> Registry.shipped().get("vn/nghi-dinh/chinh-phu/2010-06-08/63-2010-nd-cp").number
        '63/2010/NĐ-CP'
        """
        if instrument_id.startswith(_ID_PREFIX):
            return self._store.instrument(instrument_id)
        bearers = self._store.by_number.get(number_key(instrument_id), [])
        return self._store.instrument(bearers[0]) if len(bearers) == 1 else None

    def find(
        self, number: str, *, doc_type: str | None = None, issuer: str | None = None, issued: str | None = None
    ) -> tuple[Instrument, ...]:
        """List the instruments that bear a number, narrowed by what else is known; oldest first.

        Numbers are compared exactly. What the registry does not know of an instrument excludes nothing, except that a
        year in the number must agree with `issued`.

        Parameters
        ----------
        number
            As written ("63/2010/NĐ-CP"); "27-NQ/TW (2022)" asks for the one of that year.
        doc_type, issuer
            Type and issuer; a remark in brackets after the type is ignored.
        issued
            Signing date, as precise as known.

        Examples
        --------
        >>> [found.issued for found in Registry.shipped().find("27-NQ/TW")]
        ['2018-05-21', '2022-11-09']
        """
        remark = _REMARK.search(number)
        if remark and issued is None:
            issued = remark["year"]
        wanted = _TYPE_REMARK.sub("", doc_type).casefold() if doc_type else None
        bearers = (self._store.instrument(identity) for identity in self._store.by_number.get(number_key(number), ()))
        found = [
            bearer
            for bearer in bearers
            if bearer is not None
            and (wanted is None or bearer.doc_type is None or bearer.doc_type.casefold() == wanted)
            and (issuer is None or bearer.issuer is None or issuers_agree(issuer, bearer.issuer))
            and (issued is None or _may_be_of(bearer, issued))
        ]
        return tuple(sorted(found, key=lambda bearer: (bearer.issued or "", bearer.id)))

    def laws_named(self, name: str) -> tuple[Instrument, ...]:
        """List the laws, codes and ordinances that have borne a name, of whatever year; oldest first.

        Examples
        --------
        >>> [law.number for law in Registry.shipped().laws_named("Luật Đất đai năm 2011")][-1]
        '31/2024/QH15'
        """
        return self._resolver.laws_named(name)

    def resolve(self, citation: Citation, /, *, signed: str | None = None, place: str | None = None) -> Resolved:
        """Identify the instrument a citation means.

        Parameters
        ----------
        citation
            The citation.
        signed
            Signing date of the citing document: nothing signed later can be meant, and a law named by its name alone is
            the one in force on that day.
        place
            Province of the citing document ("Thừa Thiên Huế"), for "UBND tỉnh".

        Returns
        -------
        Resolved
            The instrument, how surely it is the one, and the candidates where several fit.
        """
        return self._resolver.resolve(citation, signed=signed, place=place)

    def resolve_all(self, extraction: Extraction, /) -> Extraction:
        """Identify every citation of a document; a later short mention is what its first mention was."""
        return self._resolver.resolve_all(extraction)

    def status(self, instrument: Instrument | str, /, *, on: str) -> Status:
        """Say whether an instrument is in force on a day, with the proof.

        Parameters
        ----------
        instrument
            An instrument, its id, or a number that one instrument bears.
        on
            The day asked about, ``YYYY-MM-DD``.

        Returns
        -------
        Status
            ``not_known`` without proof where the registry does not have the instrument.

        Raises
        ------
        RegistryError
            E202 when `on` is no day; E203 when several instruments bear the number.

        Examples
        --------
        >>> Registry.shipped().status("118/2025/NĐ-CP", on="2023-12-22").status
        'not_yet'
        """
        if not is_day(on):
            raise RegistryError("E202", value=on)
        identity = instrument.id if isinstance(instrument, Instrument) else self._identity(instrument)
        answer = self._answers.get((identity, on))
        if answer is None:
            known = self._store.instrument(identity)
            answer = status_of(known, self._store, on=on) if known else self._unknown(instrument, on=on)
            self._answers[identity, on] = answer
        return answer

    def amendments(self, instrument_id: str, /, *, on: str) -> tuple[AmendedBy, ...]:
        """List the amendments of an instrument that had taken effect by a day, oldest first."""
        return amendments_of(self._identity(instrument_id), self._store, on=on)

    def successors(self, instrument_id: str, /, *, on: str | None = None) -> tuple[Instrument, ...]:
        """Follow the verified replacements of an instrument to the end; by a day, or as far as the data reach."""
        chain = chain_of(self._identity(instrument_id), self._store, on=on or self.date)
        return tuple(known for identity in chain if (known := self._store.instrument(identity)))

    def history(self, instrument_id: str, /) -> tuple[Relation, ...]:
        """List everything verified that was done to an instrument, by date; what has no date comes last."""
        edges = self._store.into.get(self._identity(instrument_id), [])
        return tuple(_relation(edge) for edge in sorted(edges, key=lambda edge: (edge.effective or "~", edge.source)))

    def relations_of(self, instrument_id: str, /) -> tuple[Relation, ...]:
        """List everything verified that an instrument does to others, by date; what has no date comes last."""
        edges = self._store.out_of.get(self._identity(instrument_id), [])
        return tuple(_relation(edge) for edge in sorted(edges, key=lambda edge: (edge.effective or "~", edge.target)))

    def dependants(self, instrument_id: str, /, *, on: str) -> tuple[KnockOn, ...]:
        """Say what the end of an instrument means for the documents that detail or guide it.

        Empty while it has not ended.

        The rule is the one in force on the day it ended (review rules R-HL7). For review only, never a verdict.
        """
        identity = self._identity(instrument_id)
        guides = [edge.source for edge in self._store.into.get(identity, ()) if edge.kind == "guides"]
        effects = (effect for guide in guides for effect in knock_on_of(guide, self._store, on=on))
        return tuple(effect for effect in effects if effect.parent == identity)

    def knock_on(self, instrument_id: str, /, *, on: str) -> tuple[KnockOn, ...]:
        """Say what the end of its parents means for a guiding document. For review only, never a verdict."""
        return knock_on_of(self._identity(instrument_id), self._store, on=on)

    def legal_class(self, instrument_id: str, /) -> LegalClass | None:
        """Tell whether an instrument is normative, administrative, of the Party, or a consolidated text."""
        return self._store.legal_class(self._identity(instrument_id))

    def reorganisations(self) -> tuple[Reorganisation, ...]:
        """List the agencies and administrative units renamed, merged or abolished, with day and legal source."""
        return self._store.reorganisations

    def _identity(self, reference: str) -> str:
        """Turn an id or a number into an id."""
        if reference.startswith(_ID_PREFIX):
            return reference
        bearers = self.find(reference)
        if len(bearers) > 1:
            dates = ", ".join(bearer.issued or "?" for bearer in bearers)
            raise RegistryError("E203", number=canonical_number(reference), dates=dates)
        return bearers[0].id if bearers else reference

    def unknown(
        self,
        number: str,
        *,
        on: str,
        doc_type: str | None = None,
        issuer: str | None = None,
        issued: str | None = None,
    ) -> Status:
        """Answer for an instrument that the registry does not have: not known, and why that is so.

        A Party document and a consolidated text are told as such; a number borne by instruments of another type, issuer
        or date names these; what is no number is said to be none.

        Examples
        --------
        >>> Registry.shipped().unknown("45/2020/NĐ-CP", issued="2021-04-08", on="2026-11-23").note.split(": ")[1]
        'Nghị định ngày 08/4/2020 của Chính phủ.'
        """
        return self._absent(number, doc_type=doc_type, issuer=issuer, issued=issued, title=None, on=on)

    def _unknown(self, instrument: Instrument | str, *, on: str) -> Status:
        if isinstance(instrument, str):
            return self._absent(instrument, doc_type=None, issuer=None, issued=None, title=None, on=on)
        return self._absent(
            instrument.number,
            doc_type=instrument.doc_type,
            issuer=instrument.issuer,
            issued=instrument.issued,
            title=instrument.title,
            on=on,
        )

    def _absent(  # noqa: PLR0913 - an instrument is named by these five things
        self,
        number: str | None,
        *,
        doc_type: str | None,
        issuer: str | None,
        issued: str | None,
        title: str | None,
        on: str,
    ) -> Status:
        return Status(
            number=number,
            doc_type=doc_type,
            issuer=issuer,
            issued=issued,
            title=title,
            as_of=on,
            status="not_known",
            basis="none",
            note=self._why_absent(number, doc_type),
            registry=self.version,
        )

    def _why_absent(self, number: str | None, doc_type: str | None) -> str:
        """Say why nothing is known of a number."""
        if number and not _ANY_DIGIT.search(number) and not number.startswith(_ID_PREFIX):
            return note("not_a_number", number=number)
        outside = legal_class(number, doc_type)
        if outside in {"party", "consolidated"}:
            return f"{note('not_in_registry', data=self.date)} {note(outside)}"
        others = self.find(number) if number else ()
        if others:
            return note("other_bearers", bearers="; ".join(_bearer(other) for other in others[:_BEARERS_NAMED]))
        return note("not_in_registry", data=self.date)


@cache
def _shipped() -> Registry:
    return Registry(load(data_dir()))


def _bearer(instrument: Instrument) -> str:
    """Name what tells one bearer of a number from another: type, date, issuer."""
    parts = (
        instrument.doc_type,
        f"ngày {instrument.issued}" if instrument.issued else None,
        f"của {instrument.issuer}" if instrument.issuer else None,
    )
    return " ".join(part for part in parts if part)


def _may_be_of(instrument: Instrument, issued: str) -> bool:
    """Say whether an instrument can be of that date."""
    if instrument.issued:
        return agrees(instrument.issued, issued)
    year = number_parts(instrument.number or "").year
    return year is None or issued.startswith(str(year))


def _relation(edge: Edge) -> Relation:
    return Relation(
        source=edge.source,
        kind=edge.kind,
        target=edge.target,
        effective=edge.effective,
        clause=edge.clause,
        exception=edge.exception,
        evidence=edge.evidence,
        confidence=edge.confidence,
    )
