"""The registry: one object that knows instruments, resolves citations to them and answers for their validity."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parcc_nlp.errors import RegistryError
from parcc_nlp.model import Instrument, ProvisionStatus, Relation, Status
from parcc_nlp.registry.days import agrees, is_day
from parcc_nlp.registry.events import events_of
from parcc_nlp.registry.identity import issuers_agree, legal_class, number_parts
from parcc_nlp.registry.layers import folder_layer, open_layer, shipped_layer
from parcc_nlp.registry.lineage import lineage_of
from parcc_nlp.registry.provisions import provision_status_of
from parcc_nlp.registry.resolve import Resolved, Resolver
from parcc_nlp.registry.status import amendments_of, chain_of, knock_on_of, status_of
from parcc_nlp.registry.store import Store
from parcc_nlp.registry.wording import note
from parcc_nlp.text.canonical import canonical_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import AmendedBy, Citation, Contradiction, Extraction, Pinpoint
    from parcc_nlp.registry.identity import LegalClass
    from parcc_nlp.registry.layers import Layer
    from parcc_nlp.registry.lineage import Lineage
    from parcc_nlp.registry.status import KnockOn
    from parcc_nlp.registry.tables import Edge, Reorganisation

__all__ = ["Registry"]

_REMARK = re.compile(r"\((?P<year>(?:19|20)\d{2})\)\s*$")
_TYPE_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
_ANY_DIGIT = re.compile(r"[0-9]")
_ID_PREFIX = "vn/"
_BEARERS_NAMED = 5
_USER_FILE = "registry.sqlite"
_USER_VARIABLE = "PARCC_REGISTRY"


class Registry:
    """What is known of legal and Party instruments, each answer with its evidence and the version of the data.

    Make one with `shipped`, `open` or `from_directory`. A registry is never changed after loading, may be shared by
    threads and sent to other processes. What an office adds is written by `Ledger`.

    Every question takes two days: `on`, the day asked about, and `known_on`, the day whose knowledge is to answer (all
    that is known by default).

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
        self._answers: dict[tuple[str, str, str | None], Status] = {}
        self._provisions: dict[tuple[str, Pinpoint, str, str | None], ProvisionStatus] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return Registry, (self._store,)

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
        return cls(Store((folder_layer(path),)))

    @classmethod
    def open(cls, path: Path | None = None, *, base: Registry | None = None) -> Registry:
        """Open the registry of an office: its own file over the shipped data, or an export with both.

        Parameters
        ----------
        path
            The file. By default the one that the environment variable ``PARCC_REGISTRY`` names, else
            ``registry.sqlite`` in the user's data folder; where there is none, the shipped data alone.
        base
            What a file of additions lies over; the shipped registry by default.

        Raises
        ------
        RegistryError
            E204 when the file is missing, damaged or no registry, E205 when a newer version of the program wrote it.
        """
        chosen = path or user_file()
        lower = cls.shipped() if base is None else base
        if chosen is None:
            return lower
        layer = open_layer(chosen)
        if layer.kind != "additions":
            return cls(Store((layer,)))
        return cls(Store((*lower.layers, layer)))

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The files the registry consists of, the first is the base."""
        return self._store.layers

    @property
    def store(self) -> Store:
        """The rows the registry answers from, for what is built on them."""
        return self._store

    @property
    def version(self) -> str:
        """Date of the data and digest of its content (``2026-11-23+1a2b3c4d``), one for each layer."""
        return self._store.version

    def verify(self) -> None:
        """Compute the content hash of every layer anew.

        Raises
        ------
        RegistryError
            E206 when the content of a file is not the one it was closed with.
        """
        for layer in self.layers:
            if layer.computed_content() != layer.content:
                raise RegistryError("E206", path=str(layer.path) if layer.path else None, version=layer.version)

    def export(self, path: Path) -> None:
        """Write everything, base and additions, as one file that gives the same answers.

        A path that ends in ``.sqlite`` or ``.db`` becomes one SQLite file, any other a folder of CSV files in the form
        of ``corpora/registry``.

        Raises
        ------
        RegistryError
            E211 when it cannot be written there.
        """
        from parcc_nlp.registry.export import export_file, export_folder  # noqa: PLC0415 - asked rarely

        (export_file if path.suffix.casefold() in {".sqlite", ".db"} else export_folder)(self.layers, path)

    @property
    def date(self) -> str:
        """The day up to which the data reach."""
        return self._store.date

    def __len__(self) -> int:
        return len(self._store)

    def __bool__(self) -> bool:
        # An empty registry is one; and whoever asks whether there is one must not pay for counting it.
        return True

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
        bearers = self._store.bearers(instrument_id)
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
        bearers = (self._store.instrument(identity) for identity in self._store.bearers(number))
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

    def status(self, instrument: Instrument | str, /, *, on: str, known_on: str | None = None) -> Status:
        """Say whether an instrument is in force on a day, with the proof.

        Parameters
        ----------
        instrument
            An instrument, its id, or a number that one instrument bears.
        on
            The day asked about, ``YYYY-MM-DD``.
        known_on
            The day whose knowledge is to answer: what was learned later is left out. All that is known by default.

        Returns
        -------
        Status
            ``not_known`` without proof where the registry does not have the instrument.

        Raises
        ------
        RegistryError
            E202 when `on` or `known_on` is no day; E203 when several instruments bear the number.

        Examples
        --------
        >>> Registry.shipped().status("118/2025/NĐ-CP", on="2023-12-22").status
        'not_yet'
        """
        _check_days(on, known_on)
        identity = instrument.id if isinstance(instrument, Instrument) else self._identity(instrument)
        key = (identity, on, known_on)
        answer = self._answers.get(key)
        if answer is None:
            store = self._store.at(known_on)
            known = store.instrument(identity)
            answer = status_of(known, store, on=on) if known else self._unknown(instrument, store, on=on)
            self._answers[key] = answer
        return answer

    def provision_status(
        self, instrument: Instrument | str, provision: Pinpoint, *, on: str, known_on: str | None = None
    ) -> ProvisionStatus:
        """Say whether a provision of an instrument is in force on a day: the decree may stand and its Điều 14 not.

        Parameters
        ----------
        instrument
            An instrument, its id, or a number that one instrument bears.
        provision
            The provision, as far as it is named.
        on, known_on
            As for `status`.

        Raises
        ------
        RegistryError
            E202 when a day is none; E203 when several instruments bear the number.

        Examples
        --------
        >>> from parcc_nlp.model import Pinpoint
        >>> answer = Registry.shipped().provision_status(
        ...     "102/2024/NĐ-CP", Pinpoint(dieu="14", khoan="1"), on="2026-11-23"
        ... )
        >>> answer.status, answer.since, answer.by
        ('expired', '2025-07-01', '151/2025/NĐ-CP')
        """
        _check_days(on, known_on)
        identity = instrument.id if isinstance(instrument, Instrument) else self._identity(instrument)
        key = (identity, provision, on, known_on)
        answer = self._provisions.get(key)
        if answer is None:
            store = self._store.at(known_on)
            known = store.instrument(identity)
            answer = self._provisions[key] = (
                provision_status_of(known, provision, store, on=on)
                if known
                else ProvisionStatus(
                    instrument=identity,
                    provision=provision,
                    as_of=on,
                    status="not_known",
                    basis="none",
                    note=note("not_in_registry", data=store.date),
                    known_on=known_on,
                    registry=self.version,
                )
            )
        return answer

    def events(self, instrument: Instrument | str, /, *, known_on: str | None = None) -> tuple[str, ...]:
        """List the days from which another status may hold; between two of them it never changes.

        Examples
        --------
        >>> "2025-06-16" in Registry.shipped().events("45/2025/NĐ-CP")
        True
        """
        store = self._store.at(known_on)
        identity = instrument.id if isinstance(instrument, Instrument) else self._identity(instrument)
        known = store.instrument(identity)
        return events_of(known, store) if known else ()

    def contradictions(self, instrument_id: str, /, *, known_on: str | None = None) -> tuple[Contradiction, ...]:
        """List where sources differ on an instrument, what is kept and what is not, each with where it is from."""
        return self._store.at(known_on).contradictions(self._identity(instrument_id))

    def lineage(self, instrument_id: str, /, *, on: str | None = None, known_on: str | None = None) -> Lineage:
        """Follow what replaced or repealed an instrument and what it replaced or repealed, with every branch.

        Examples
        --------
        >>> [step.by for step in Registry.shipped().lineage("45/2025/NĐ-CP").successors]
        ['150/2025/NĐ-CP']
        """
        return lineage_of(self._identity(instrument_id), self._store.at(known_on), on=on)

    def amendments(self, instrument_id: str, /, *, on: str, known_on: str | None = None) -> tuple[AmendedBy, ...]:
        """List the amendments of an instrument that had taken effect by a day, oldest first."""
        return amendments_of(self._identity(instrument_id), self._store.at(known_on), on=on)

    def successors(self, instrument_id: str, /, *, on: str | None = None) -> tuple[Instrument, ...]:
        """Follow the verified replacements of an instrument to the end; by a day, or as far as the data reach."""
        chain = chain_of(self._identity(instrument_id), self._store, on=on or self.date)
        return tuple(known for identity in chain if (known := self._store.instrument(identity)))

    def history(
        self, instrument_id: str, /, *, known_on: str | None = None, everything: bool = False
    ) -> tuple[Relation, ...]:
        """List everything verified that was done to an instrument, by date; what has no date comes last.

        Each relation carries the day it takes effect and the day it was learned.

        Parameters
        ----------
        instrument_id
            An id, or a number that one instrument bears.
        known_on
            The day whose knowledge is to answer.
        everything
            True lists every row of every source: leads, what a better source contradicts, what was withdrawn.
        """
        store, identity = self._store.at(known_on), self._identity(instrument_id)
        edges = store.all_into(identity) if everything else store.into(identity)
        return tuple(_relation(edge) for edge in sorted(edges, key=_by_day))

    def relations_of(self, instrument_id: str, /, *, known_on: str | None = None) -> tuple[Relation, ...]:
        """List everything verified that an instrument does to others, by date; what has no date comes last."""
        edges = self._store.at(known_on).out_of(self._identity(instrument_id))
        return tuple(_relation(edge) for edge in sorted(edges, key=_by_day))

    def dependants(self, instrument_id: str, /, *, on: str) -> tuple[KnockOn, ...]:
        """Say what the end of an instrument means for the documents that detail or guide it.

        Empty while it has not ended.

        The rule is the one in force on the day it ended (review rules R-HL7). For review only, never a verdict.
        """
        identity = self._identity(instrument_id)
        guides = [edge.source for edge in self._store.into(identity) if edge.kind == "guides"]
        effects = (effect for guide in guides for effect in knock_on_of(guide, self._store, on=on))
        return tuple(effect for effect in effects if effect.parent == identity)

    def knock_on(self, instrument_id: str, /, *, on: str) -> tuple[KnockOn, ...]:
        """Say what the end of its parents means for a guiding document. For review only, never a verdict."""
        return knock_on_of(self._identity(instrument_id), self._store, on=on)

    def without_uses_by(self, number: str, issued: str) -> Registry:
        """Give a registry that takes the căn cứ lines of one learned document for no evidence of what they name.

        A review asks it about that very document: what it rests on must not be shown in force by its resting on it.

        Parameters
        ----------
        number, issued
            The document's number and signing date.
        """
        store = self._store.without_uses_by(number, issued)
        return self if store is self._store else Registry(store)

    def legal_class(self, instrument_id: str, /) -> LegalClass | None:
        """Tell whether an instrument is normative, administrative, of the Party, or a consolidated text."""
        return self._store.legal_class(self._identity(instrument_id))

    def reorganisations(self) -> tuple[Reorganisation, ...]:
        """List the agencies and administrative units renamed, merged or abolished, with day and legal source."""
        return self._store.reorganisations()

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

    def _unknown(self, instrument: Instrument | str, store: Store, *, on: str) -> Status:
        if isinstance(instrument, str) and (learned := self._store.instrument(instrument)):
            instrument = learned  # known today, and not on the day whose knowledge answers
        if isinstance(instrument, str):
            answer = self._absent(instrument, doc_type=None, issuer=None, issued=None, title=None, on=on)
        else:
            answer = self._absent(
                instrument.number,
                doc_type=instrument.doc_type,
                issuer=instrument.issuer,
                issued=instrument.issued,
                title=instrument.title,
                on=on,
            )
        if store.known_on is None:
            return answer
        return replace(answer, known_on=store.known_on, note=note("not_known_then", day=store.known_on))

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
    return Registry(Store((shipped_layer(),)))


def user_file() -> Path | None:
    """Give the file of an office's own registry: the one the environment names, or the one in its usual place."""
    named = os.environ.get(_USER_VARIABLE)
    if named:
        return Path(named)
    usual = default_user_file()
    return usual if usual.is_file() else None


def default_user_file() -> Path:
    """Give the usual place of an office's own registry, there or not yet."""
    import platformdirs  # noqa: PLC0415 - asked only where no file is named

    return platformdirs.user_data_path("parcc_nlp") / _USER_FILE


def _check_days(on: str, known_on: str | None) -> None:
    for day in (on, known_on):
        if day is not None and not is_day(day):
            raise RegistryError("E202", value=day)


def _by_day(edge: Edge) -> tuple[str, str, str, str]:
    return edge.effective or "~", edge.source, edge.target, edge.id or ""


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
        parts=edge.parts.listed,
        learned=edge.learned,
        withdrawn=edge.withdrawn,
        origin=edge.origin,
        id=edge.id,
    )
