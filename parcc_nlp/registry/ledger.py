"""What an office adds to the registry: a file of its own over the shipped data, written in transactions, audited.

Claims (`parcc_nlp.registry.claims`) are taken in as they are told, each with where and when it was learned; which of
several sources is believed is decided when a question is answered (``precedence.csv``), so nothing is ever lost by
taking a claim in. Nothing is deleted either: what is withdrawn keeps its row, and its known time ends.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self, get_args

from parcc_nlp.errors import RegistryError
from parcc_nlp.model import Contradiction, StatusKind
from parcc_nlp.registry.build import insert, keys_of, put_meta
from parcc_nlp.registry.claims import Claim, InstrumentClaim, LifeClaim, Provenance, RelationClaim
from parcc_nlp.registry.days import agrees, earliest, is_day, latest
from parcc_nlp.registry.digest import EMPTY, added_to, row_digest
from parcc_nlp.registry.evidence import signed_bounds
from parcc_nlp.registry.identify import Identifier, Refusal
from parcc_nlp.registry.identity import issuers_agree, legal_class, plain
from parcc_nlp.registry.layers import Layer, open_layer
from parcc_nlp.registry.names import LAW_TYPES, name_key
from parcc_nlp.registry.parts import Parts, write_parts
from parcc_nlp.registry.precedence import rank_of
from parcc_nlp.registry.registry import Registry
from parcc_nlp.registry.store import FIELDS, Store
from parcc_nlp.registry.tables import CONTENT, DDL, FORMAT, SCHEMA
from parcc_nlp.registry.wording import refusal, source_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    from parcc_nlp.model import Instrument
    from parcc_nlp.registry.claims import Reference

__all__ = ["CORRECTABLE", "Correction", "Ledger", "Refused", "Taken"]

CORRECTABLE = (*FIELDS, "status")
"""The fields that an officer may correct."""
_STATUSES = tuple(status for status in get_args(StatusKind) if status != "not_yet")
_DATES = frozenset({"issued", "effective", "expires"})
_KEPT_DATES = ("effective", "not_before", "not_after")
_ENDINGS = frozenset({"replaces", "repeals", "partially_repeals"})
_BUSY_SECONDS = 30.0
_ID_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Refused:
    """A claim that was not taken in, and why: `code` is a key of ``refusals.csv``, `message` its wording."""

    claim: Claim
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of claims: how many facts they added, what was known before, what contradicts, what was refused."""

    instruments_added: tuple[str, ...] = ()
    fields_added: int = 0
    relations_added: int = 0
    lives_added: int = 0
    already_known: int = 0
    contradictions: tuple[Contradiction, ...] = ()
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """An officer's word, for the audit: on what, what was said, why, by whom, when; and whether it still stands.

    `field` is a field of the instrument, or a relation to it ("replaces ← vn/...").
    """

    id: str
    instrument: str
    field: str
    value: str | None
    since: str | None
    because: str
    by: str
    on: str
    withdrawn: str | None = None
    withdrawn_by: str | None = None
    withdrawn_because: str | None = None


@dataclass(slots=True)
class _Work:
    """What one transaction does: rows to write, by table and id, and what it found."""

    identifier: Identifier
    rows: dict[str, dict[str, tuple[Any, ...]]]
    touched: set[str]
    refused: list[Refused]
    signed: dict[str, str]
    known: int = 0

    def put(self, table: str, cells: tuple[Any, ...], *, instrument: str) -> None:
        """Note a row; its first cell is its id."""
        self.rows[table].setdefault(str(cells[0]), cells)
        self.touched.add(instrument)


class Ledger:
    """A file of additions to a registry, open for writing.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from parcc_nlp.registry.claims import Reference
    >>> with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "registry.sqlite") as ledger:
    ...     said = ledger.correct(
    ...         Reference("63/2010/NĐ-CP"), field="status", value="expired", since="2026-11-01",
    ...         because="đã đọc văn bản thay thế", by="Nguyễn Văn A", on="2026-11-23",
    ...     )
    ...     ledger.registry.status("63/2010/NĐ-CP", on="2026-11-23").status
    'expired'
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, base: Registry) -> None:
        self._connection = connection
        self._path = path
        self._base = base
        self._registry: Registry | None = None

    @classmethod
    def open(cls, path: Path, *, base: Registry | None = None) -> Ledger:
        """Open a file of additions, made when it is not there.

        Parameters
        ----------
        path
            The file.
        base
            What it lies over; the shipped registry by default.

        Raises
        ------
        RegistryError
            E204, E205 when the file is none of ours; E207 when it is an export; E211 when it cannot be written.
        """
        fresh = not path.exists() or path.stat().st_size == 0
        if not fresh and open_layer(path).kind != "additions":
            raise RegistryError("E207", path=str(path))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA synchronous = FULL")
        except (OSError, sqlite3.Error) as error:
            raise RegistryError("E211", path=str(path), detail=str(error)) from error
        ledger = cls(connection, path, Registry.shipped() if base is None else base)
        if fresh:
            ledger._create()
        return ledger

    def take(self, claims: Iterable[Claim]) -> Taken:
        """Take claims in, in one transaction; taking the same claims again changes nothing.

        A claim whose instrument is not identified for sure is refused with the reason. A relation by an instrument that
        was signed before the one it is said to act on is refused as a relation, and kept as a contradiction.
        """
        # The fullest references first, so that what is created has as much of its identity as the claims give.
        ordered = sorted(claims, key=_claim_order)
        with self._writing():
            before = self._store()
            work = _work(before)
            for claim in ordered:
                self._note(claim, before, work)
            added = self._write(work)
        after = self.registry.store
        old = {one for identity in work.touched for one in before.contradictions(identity)}
        new = {one for identity in work.touched for one in after.contradictions(identity)} - old
        return Taken(
            instruments_added=tuple(sorted(added["instruments"])),
            fields_added=len(added["fields"]),
            relations_added=len(added["relations"]),
            lives_added=len(added["living"]),
            already_known=work.known,
            contradictions=tuple(sorted(new, key=_contradiction_order)),
            refused=tuple(work.refused),
        )

    def correct(  # noqa: PLR0913 - an audited correction is these things
        self,
        reference: Reference,
        *,
        field: str,
        value: str | None,
        because: str,
        by: str,
        on: str,
        since: str | None = None,
    ) -> Correction:
        """Write an officer's word on one field of an instrument; it stands before every other source.

        Parameters
        ----------
        reference
            The instrument.
        field
            One of `CORRECTABLE`.
        value
            The value; None says that it is not known. For ``field="status"`` in_force, partly_expired, expired,
            suspended or not_known.
        because, by, on
            The reason, who says it, and the day it is said.
        since
            The day from which a status holds; from the day it is said where it is not given (*in force*: from the
            beginning on).

        Raises
        ------
        RegistryError
            E208 when field, value, reason or name are not usable; E209 when the instrument is not identified.
        """
        _check_correction(field, value, because, by, on, since)
        with self._writing():
            work = _work(self._store())
            provenance = Provenance(kind="officer", name=by.strip(), learned=on)
            identity = self._identity(reference, work, provenance, own=True)
            if isinstance(identity, Refusal):
                raise RegistryError("E209", detail=identity.message)
            cells = _field_cells(
                identity, field, value, provenance, since=since, because=because.strip(), confidence="verified"
            )
            work.put("fields", cells, instrument=identity)
            self._write(work)
        return self._correction(str(cells[0]))

    def correct_relation(self, claim: RelationClaim, *, because: str, by: str, on: str) -> Correction:
        """Write an officer's word on what one instrument does to another; it stands before every other source.

        A claim with confidence "unverified" says that the relation is not proved: it becomes a lead.

        Raises
        ------
        RegistryError
            E208 when a day, the reason or the name are not usable; E209 when an instrument is not identified.
        """
        _check_correction("status", "not_known", because, by, on, None)
        provenance = Provenance(kind="officer", name=by.strip(), learned=on, place=claim.provenance.place)
        said = replace(claim, provenance=provenance)
        with self._writing():
            work = _work(self._store())
            refused = self._note_relation(said, work, because=because.strip(), checked=False)
            if refused is not None:
                raise RegistryError("E209", detail=refused.message)
            (key,) = work.rows["relations"]
            self._write(work)
        return self._correction(key)

    def withdraw(self, correction_id: str, *, because: str, by: str, on: str) -> Correction:
        """End the known time of a correction, or of a learned relation (by `Relation.id`). Nothing is deleted.

        Raises
        ------
        RegistryError
            E208 when the reason, the name or the day are not usable; E210 when nothing that stands has this id.
        """
        _check_correction("status", "not_known", because, by, on, None)
        with self._writing():
            for table in ("fields", "relations", "living"):
                row = self._row(table, correction_id)
                if row is not None and row[CONTENT[table].index("withdrawn")] is None:
                    self._connection.execute(
                        f"UPDATE {table} SET withdrawn = ?, withdrawn_by = ?, withdrawn_because = ? WHERE id = ?",
                        (on, by.strip(), because.strip(), correction_id),
                    )
                    changed = self._row(table, correction_id)
                    self._sign(put=[row_digest(table, changed or ())], taken=[row_digest(table, row)], day=on)
                    break
            else:
                raise RegistryError("E210", value=correction_id)
        return self._correction(correction_id)

    def audit(self) -> tuple[Correction, ...]:
        """List every correction and every withdrawal, the oldest first.

        What a correction tells besides, as the type of an instrument it names for the first time, is no correction.
        """
        told = {"fields": "because IS NOT NULL", "relations": "because IS NOT NULL", "living": "TRUE"}
        found = [
            self._correction(row[0])
            for table, meant in told.items()
            for row in self._connection.execute(
                f"SELECT id FROM {table} WHERE (origin = 'officer' AND {meant}) OR withdrawn IS NOT NULL"
            )
        ]
        return tuple(sorted(found, key=_correction_order))

    @property
    def registry(self) -> Registry:
        """The registry with what has been taken."""
        if self._registry is None:
            self._registry = Registry(self._store())
        return self._registry

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def export(self, path: Path) -> None:
        """Write base and additions as one file or folder that gives the same answers (see `Registry.export`)."""
        self.registry.export(path)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Claims

    def _note(self, claim: Claim, before: Store, work: _Work) -> None:
        """Turn a claim into rows, or into a refusal."""
        if isinstance(claim, RelationClaim):
            refused = self._note_relation(claim, work, because=None, checked=True, before=before)
        elif isinstance(claim, LifeClaim):
            refused = self._note_life(claim, work)
        else:
            refused = self._note_fields(claim, work)
        if refused is not None:
            work.refused.append(Refused(claim, refused.code, refused.message))

    def _identity(
        self, reference: Reference, work: _Work, provenance: Provenance, *, own: bool, title: str | None = None
    ) -> str | Refusal:
        """Identify an instrument, create it where it is new, and note what the reference tells of its identity.

        `own` says whether the source speaks of it with authority: its own text, or the text that acts; of the document
        a text merely cites it does not.
        """
        found = work.identifier.identify(reference, title=title)
        if isinstance(found, Refusal):
            return found
        trusted = provenance if own or provenance.kind in {"officer", "table"} else replace(provenance, kind="citation")
        if found.new is not None:
            work.put("instruments", _instrument_cells(found.new, trusted), instrument=found.id)
        told = {"doc_type": reference.doc_type, "issuer": reference.issuer, "issued": reference.issued}
        known = self._base.store.instrument(found.id)
        if reference.issued and is_day(reference.issued):
            work.signed.setdefault(found.id, reference.issued)
        for field, value in told.items():
            if value is not None and not _is_told(field, value, known):
                cells = _field_cells(found.id, field, value, trusted, confidence="verified")
                work.put("fields", cells, instrument=found.id)
        return found.id

    def _note_fields(self, claim: InstrumentClaim, work: _Work) -> Refusal | None:
        own = claim.provenance.kind != "citation"
        bad = _not_a_day((claim.effective, claim.expires), coarse=True)
        if bad is not None:
            return bad
        identity = self._identity(claim.instrument, work, claim.provenance, own=own, title=claim.title)
        if isinstance(identity, Refusal):
            return identity
        known = self._base.store.instrument(identity)
        for field in ("title", "effective", "expires"):
            value = getattr(claim, field)
            if value is None:
                continue
            if known is not None and _is_told(field, value, known) and _is_as_sure(known, claim):
                work.known += 1
                continue
            cells = _field_cells(identity, field, value, claim.provenance, confidence=claim.confidence)
            work.put("fields", cells, instrument=identity)
        if own and claim.confidence == "verified" and (known is None or known.confidence != "verified"):
            cells = _field_cells(identity, "confidence", "verified", claim.provenance, confidence="verified")
            work.put("fields", cells, instrument=identity)
        return None

    def _note_life(self, claim: LifeClaim, work: _Work) -> Refusal | None:
        bad = _not_a_day((claim.date,), coarse=False)
        if bad is not None:
            return bad
        identity = self._identity(claim.instrument, work, claim.provenance, own=claim.provenance.kind == "officer")
        if isinstance(identity, Refusal):
            return identity
        one = claim.provenance
        facts = (identity, claim.date, claim.kind, one.name, claim.quote, one.kind, one.place)
        work.put(
            "living",
            (
                _key("living", facts), identity, claim.date, claim.kind, one.name, claim.quote, one.kind, one.name,
                one.place, one.digest, one.learned, None, None, None,
            ),
            instrument=identity,
        )  # fmt: skip
        return None

    def _note_relation(
        self, claim: RelationClaim, work: _Work, *, because: str | None, checked: bool, before: Store | None = None
    ) -> Refusal | None:
        bad = _not_a_day((claim.effective,), coarse=True) or _not_a_day(
            (claim.not_before, claim.not_after), coarse=False
        )
        if bad is not None:
            return bad
        ends = self._ends(claim, work)
        if isinstance(ends, Refusal):
            return ends
        source, target = ends
        backwards = (
            self._backwards(claim, source, target, self._store() if before is None else before, work)
            if checked
            else None
        )
        if backwards is not None:
            self._note_clash(claim, source, target, backwards, work)
            return backwards
        cells = _relation_cells(claim, source, target, because=because)
        if because is None and self._is_known_relation(claim, source, target):
            work.known += 1
            return None
        work.put("relations", cells, instrument=target)
        work.touched.add(source)
        return None

    def _ends(self, claim: RelationClaim, work: _Work) -> tuple[str, str] | Refusal:
        """Identify the two ends of a relation."""
        acts = claim.provenance.kind != "citation"
        source = self._identity(claim.source, work, claim.provenance, own=acts)
        if isinstance(source, Refusal):
            return source
        target = self._identity(claim.target, work, claim.provenance, own=False)
        if isinstance(target, Refusal):
            return target
        if source == target:
            return Refusal("acts_on_itself", refusal("acts_on_itself", what=_written(claim.source)))
        return source, target

    def _is_known_relation(self, claim: RelationClaim, source: str, target: str) -> bool:
        """Say whether the base tells the same, as surely, with as much detail."""
        parts = Parts(whole=claim.parts)
        return any(
            edge.source == source
            and edge.kind == claim.kind
            and edge.confidence == "verified"
            and edge.effective == claim.effective
            and write_parts(edge.parts) == write_parts(parts)
            and (edge.clause or not claim.clause)
            and (edge.exception or not claim.exception)
            for edge in self._base.store.into(target)
        )

    def _backwards(self, claim: RelationClaim, source: str, target: str, before: Store, work: _Work) -> Refusal | None:
        """Say that an instrument cannot act on one that was signed after it."""
        signed, later = _signing(source, claim.source, before, work), _signing(target, claim.target, before, work)
        if signed is None or later is None or signed[1] >= later[0]:
            return None
        return Refusal(
            "wrong_direction",
            refusal(
                "wrong_direction",
                what=_written(claim.source),
                signed=signed[1],
                target=_written(claim.target),
                later=later[0],
            ),
        )

    def _note_clash(self, claim: RelationClaim, source: str, target: str, refused: Refusal, work: _Work) -> None:
        """Keep what was told and cannot be as a contradiction of both."""
        one = claim.provenance
        told = source_of(one.kind, one.name, claim.clause or one.place)
        for identity, field in (
            (target, f"{claim.kind} ← {_written(claim.source)}"),
            (source, f"{claim.kind} {_written(claim.target)}"),
        ):
            facts = (identity, field, None, refused.message, claim.effective or claim.kind, told)
            work.put("clashes", (_key("clashes", facts), *facts, one.learned), instrument=identity)

    # The file

    def _create(self) -> None:
        """Lay out a new file; whoever comes second finds it laid out."""
        with self._writing():
            made = self._connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").fetchone()[0]
            if made:
                return
            for statement in DDL.split(";"):
                if statement.strip():
                    self._connection.execute(statement)
            meta = {"format": FORMAT, "schema": str(SCHEMA), "kind": "additions", "date": "", "content": EMPTY}
            put_meta(self._connection, {**meta, "base": self._base.version})

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Do everything inside, or nothing."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise RegistryError("E211", path=str(self._path), detail=str(error)) from error
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise RegistryError("E211", path=str(self._path), detail=str(error)) from error
            raise
        finally:
            self._registry = None

    def _write(self, work: _Work) -> dict[str, list[str]]:
        """Write what is not there yet, and sign the content."""
        added: dict[str, list[str]] = {table: [] for table in work.rows}
        put: list[int] = []
        taken: list[int] = []
        day = ""
        for table, rows in work.rows.items():
            learned = CONTENT[table].index("learned")
            for key, cells in rows.items():
                there = self._row(table, key)
                if there is None:
                    insert(self._connection, table, [cells])
                    added[table].append(key)
                    put.append(row_digest(table, cells))
                    day = max(day, cells[learned])
                elif cells[learned] < there[learned]:
                    # The same fact, learned earlier than was thought.
                    self._connection.execute(
                        f"UPDATE {table} SET learned = ? WHERE id = ?",
                        (cells[learned], key),
                    )
                    taken.append(row_digest(table, there))
                    put.append(row_digest(table, self._row(table, key) or ()))
                    work.known += 1
                else:
                    work.known += 1
        if put:
            self._sign(put=put, taken=taken, day=day)
        return added

    def _sign(self, *, put: list[int], taken: list[int], day: str) -> None:
        """Bring the content hash and the date of the file up to date."""
        meta = dict(self._connection.execute("SELECT name, value FROM meta").fetchall())
        content = added_to(meta["content"], put=put, taken=taken)
        put_meta(self._connection, {"content": content, "date": max(day, meta["date"])})

    def _row(self, table: str, key: str) -> tuple[Any, ...] | None:
        columns = ", ".join(CONTENT[table])
        found: tuple[Any, ...] | None = self._connection.execute(
            f"SELECT {columns} FROM {table} WHERE id = ?",
            (key,),
        ).fetchone()
        return found

    def _store(self) -> Store:
        """Give the rows as they are now, base and additions."""
        layer = Layer(image=self._connection.serialize(), name=self._path.name)
        return Store((*self._base.layers, layer))

    def _correction(self, key: str) -> Correction:
        """Read a correction or a withdrawn row for the audit."""
        row = self._row("fields", key)
        if row is not None:
            cells = dict(zip(CONTENT["fields"], row, strict=True))
            field, value, instrument, since = cells["field"], cells["value"], cells["instrument"], cells["since"]
        elif (row := self._row("relations", key)) is not None:
            cells = dict(zip(CONTENT["relations"], row, strict=True))
            told = (cells["effective"], cells["parts"], "đầu mối" if cells["lead"] else None)
            field, instrument, since = f"{cells['kind']} ← {cells['source']}", cells["target"], cells["effective"]
            value = "; ".join(word for word in told if word) or None
        else:
            cells = dict(zip(CONTENT["living"], self._row("living", key) or (), strict=True))
            field, value, instrument, since = f"in_force {cells['kind']}", cells["date"], cells["instrument"], None
        return Correction(
            id=key,
            instrument=instrument,
            field=field,
            value=value,
            since=since,
            because=cells.get("because") or "",
            by=cells["name"] or "",
            on=cells["learned"],
            withdrawn=cells["withdrawn"],
            withdrawn_by=cells["withdrawn_by"],
            withdrawn_because=cells["withdrawn_because"],
        )


def _work(store: Store) -> _Work:
    tables: dict[str, dict[str, tuple[Any, ...]]] = {
        table: {} for table in ("instruments", "fields", "relations", "living", "clashes")
    }
    return _Work(Identifier(store), tables, set(), [], {})


def _key(table: str, facts: tuple[Any, ...]) -> str:
    """Give the id of a row: the same facts from the same place have the same, whenever they were learned."""
    text = json.dumps([table, *facts], ensure_ascii=False, default=str)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH]


def _instrument_cells(made: Instrument, provenance: Provenance) -> tuple[Any, ...]:
    source = source_of(provenance.kind, provenance.name, None)
    return (
        made.id, made.number, made.doc_type, legal_class(made.number, made.doc_type), None, made.issuer, made.issued,
        None, None, None, None, "0", None, None, source, None, made.confidence, None,
        *keys_of(made.number, made.doc_type, None), provenance.kind, provenance.name, provenance.place,
        provenance.digest, provenance.learned,
    )  # fmt: skip


def _field_cells(  # noqa: PLR0913 - a row is these things
    identity: str,
    field: str,
    value: str | None,
    provenance: Provenance,
    *,
    confidence: str,
    since: str | None = None,
    because: str | None = None,
) -> tuple[Any, ...]:
    one = provenance
    facts: tuple[Any, ...] = (identity, field, value, since, because, confidence, one.kind, one.name, one.place)
    if one.kind == "officer":
        facts = (*facts, one.learned)  # what was said again, after it was withdrawn, is another word
    named = name_key(value) if field == "title" and value and value.startswith(LAW_TYPES) else None
    return (
        _key("fields", facts), identity, field, value or None, since, because, confidence, named, one.kind, one.name,
        one.place, one.digest, one.learned, None, None, None,
    )  # fmt: skip


def _relation_cells(claim: RelationClaim, source: str, target: str, *, because: str | None) -> tuple[Any, ...]:
    one = claim.provenance
    effective, not_before, not_after = claim.effective, claim.not_before, claim.not_after
    if effective and not is_day(effective):
        not_before, not_after = not_before or earliest(effective), not_after or latest(effective)
        effective = None
    parts = write_parts(Parts(whole=claim.parts)) or None
    lead = claim.confidence == "unverified" or (claim.confidence == "partial" and claim.kind in _ENDINGS)
    told = (
        source, claim.kind, target, parts, effective, not_before, not_after, claim.clause, claim.exception,
    )  # fmt: skip
    facts: tuple[Any, ...] = (*told, claim.confidence, because, one.kind, one.name, one.place)
    if one.kind == "officer":
        facts = (*facts, one.learned)
    evidence = source_of(one.kind, one.name, one.place)
    return (
        _key("relations", facts), *told, evidence, claim.quote, because, claim.confidence, int(lead), one.kind,
        one.name, one.place, one.digest, one.learned, None, None, None,
    )  # fmt: skip


def _is_as_sure(known: Instrument, claim: InstrumentClaim) -> bool:
    """Say whether the base is believed as much as a claim; what it has verified needs no other voice."""
    mine = rank_of("shipped", known.confidence)
    return mine <= max(rank_of(claim.provenance.kind, claim.confidence), rank_of("shipped", "verified"))


def _is_told(field: str, value: str, known: Instrument | None) -> bool:
    """Say whether the base tells this value of an instrument."""
    mine = getattr(known, field, None) if known else None
    if mine is None:
        return False
    if field in _DATES:
        return agrees(mine, value) and len(mine) >= len(value)
    if field == "issuer":
        return issuers_agree(mine, value)
    return plain(mine).casefold() == plain(value).casefold()


def _signing(identity: str, reference: Reference, store: Store, work: _Work) -> tuple[str, str] | None:
    """Give the first and the last day on which an instrument can have been signed: as known, else as claimed."""
    known = store.instrument(identity)
    bounds = signed_bounds(known, store) if known else None
    if bounds is not None and bounds.first == bounds.last:
        return bounds.first, bounds.last
    claimed = reference.issued if reference.issued and is_day(reference.issued) else work.signed.get(identity)
    if claimed:
        return claimed, claimed
    return (bounds.first, bounds.last) if bounds else None


def _not_a_day(values: tuple[str | None, ...], *, coarse: bool) -> Refusal | None:
    for value in values:
        day = value + "-01-01"[len(value) - 4 :] if coarse and value and len(value) in {4, 7} else value
        if day is not None and not is_day(day):
            return Refusal("not_a_day", refusal("not_a_day", what=value or ""))
    return None


def _check_correction(  # noqa: PLR0913, PLR0917 - what is to be checked of an audited correction
    field: str, value: str | None, because: str, by: str, on: str, since: str | None
) -> None:
    """Refuse a correction without field, value, reason, name or day."""
    usable = field in CORRECTABLE and bool(because.strip()) and bool(by.strip()) and is_day(on)
    usable = usable and (since is None or is_day(since))
    if field == "status":
        usable = usable and value in _STATUSES
    elif field in _DATES and value is not None:
        usable = usable and _not_a_day((value,), coarse=field != "expires") is None
    elif field == "doc_type":
        usable = usable and bool(value)
    if not usable:
        raise RegistryError(
            "E208", field=field, value=value, fields=", ".join(CORRECTABLE), statuses=", ".join(_STATUSES)
        )


def _written(reference: Reference) -> str:
    return reference.number or reference.name or ""


def _claim_order(claim: Claim) -> tuple[int, str]:
    """Order claims so that references with the fullest identity come first, and otherwise by what they tell."""
    references = (claim.source, claim.target) if isinstance(claim, RelationClaim) else (claim.instrument,)
    missing = sum(part is None for one in references for part in (one.issued, one.issuer, one.doc_type)) - 3 * (
        len(references) - 1
    )
    return missing, json.dumps(asdict(claim), ensure_ascii=False, sort_keys=True)


def _contradiction_order(one: Contradiction) -> tuple[str, str, str, str]:
    return one.instrument, one.field, one.kept or "", one.other or ""


def _correction_order(one: Correction) -> tuple[str, str]:
    return one.on, one.id
