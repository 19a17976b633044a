"""What newly learned instruments do to those that a document of the library cites, and whether it must be told.

Told is a document whose text was in the library before the new instrument was learned; what comes later is reviewed
with it known, and its own findings say the same. Which act is told to whom is decided by `concerns` alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from parcc_nlp.graph.naming import instrument_label
from parcc_nlp.library.alerts.wording import relations
from parcc_nlp.library.rows_among import rows_among
from parcc_nlp.library.schema import DOCUMENT, EDGE, INSTRUMENT, VERSION
from parcc_nlp.registry.days import agrees, earliest
from parcc_nlp.registry.identity import issuers_agree, number_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection

    from parcc_nlp.model import Relation
    from parcc_nlp.registry import Registry

__all__ = ["ACTING", "Act", "Cited", "Citing", "acts_on", "citing", "concerns", "foremost"]

_CITING = ("based_on", "implements", "cites")
_RESTING = frozenset({"based_on", "implements"})
_UNLABELLED = "partially_suspends"
ACTING = tuple(sorted(relations().keys() - {_UNLABELLED}))
"""The relations of the graph that are told."""
_WEIGHT = ("replaces", "repeals", "suspends")
"""What is told of two ends of one instrument by one other."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a document of the library does to an instrument, all its clauses together.

    `cause` and `target` are ids in the graph. `verified` says whether the registry took it as a fact. `units` are the
    eIds of the provisions touched, empty for the whole or where they are not known.
    """

    cause: str
    cause_label: str
    relation: str
    target: str
    target_label: str
    effective: str | None = None
    until: str | None = None
    signed: str | None = None
    clauses: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    quote: str | None = None
    verified: bool = False

    @property
    def begins(self) -> str | None:
        """Give the day from which it holds; that of signing where none is told."""
        return self.effective or self.signed


@dataclass(frozen=True, slots=True)
class Cited:
    """How a document cites one instrument: where first, in which manner, which provisions.

    `units` is None where some mention names no provision.
    """

    target: str
    label: str
    start: int
    end: int
    rests: bool
    units: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Citing:
    """A document that cites others: what it names, what it ends itself, and on what it acts otherwise."""

    document_id: int
    identity: str
    issued: str | None
    learned_after: str
    cited: dict[str, Cited] = field(default_factory=dict)
    ends: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()

    def __contains__(self, instrument: str) -> bool:
        return instrument in self.cited


def concerns(act: Act, citing: Citing, *, today: str) -> bool:
    """Say whether a document must be told of an act.

    It must not where

    - it is the acting instrument, or names it: whoever wrote it knew;
    - it ends the target itself, or changes it and does not rest on it, as an amending decree does not;
    - the act was limited in time and is over;
    - every mention names provisions, the act does, too, and they have nothing in common;
    - it was signed when the act held already, unless it rests on what had ended by then: an amended law is cited as it
      stands, and an ended one may be named as what was, but it can be no legal basis.

    Examples
    --------
    >>> plan = Citing(1, "vn/plan", "2025-01-10", "", {"vn/x": Cited("vn/x", "X", 0, 1, True, None)})
    >>> act = Act("vn/n", "N", "replaces", "vn/x", "X", effective="2026-01-01")
    >>> concerns(act, plan, today="2026-11-23")
    True
    """
    cited = citing.cited.get(act.target)
    if cited is None or act.cause == citing.identity or act.cause in citing or act.target in citing.ends:
        return False
    if act.target in citing.changes and not cited.rests:
        return False
    if act.until is not None and act.until <= today:
        return False
    if cited.units is not None and act.units and not _overlap(cited.units, act.units):
        return False
    signed_after = citing.issued is not None and act.begins is not None and earliest(citing.issued) >= act.begins
    return not signed_after or (cited.rests and relations()[act.relation].ends)


def citing(connection: Connection, document_id: int) -> Citing:
    """Read what a document of the library cites."""
    told = select(DOCUMENT.c.identity, DOCUMENT.c.issued, VERSION.c.added_at)
    told = told.join(VERSION, VERSION.c.id == DOCUMENT.c.version_id).where(DOCUMENT.c.id == document_id)
    document = connection.execute(told).one()
    query = select(EDGE.c.kind, EDGE.c.unit, EDGE.c.properties, INSTRUMENT.c.key, INSTRUMENT.c.label)
    query = query.join(INSTRUMENT, INSTRUMENT.c.id == EDGE.c.target).where(EDGE.c.document_id == document_id)
    mentions: dict[str, list[Any]] = {}
    ends: set[str] = set()
    changes: set[str] = set()
    for row in connection.execute(query.order_by(EDGE.c.id)):
        if row.kind in _CITING and row.key != document.identity:
            mentions.setdefault(row.key, []).append(row)
        elif row.kind in ACTING:
            changes.add(row.key)
            if relations()[row.kind].ends and not row.unit:
                ends.add(row.key)
    return Citing(
        document_id,
        document.identity,
        document.issued,
        document.added_at,
        {key: _cited(key, rows) for key, rows in mentions.items()},
        frozenset(ends),
        frozenset(changes),
    )


def acts_on(connection: Connection, document: Citing, *, registry: Registry) -> tuple[Act, ...]:
    """List what instruments that were learned after the text of a document came do to those it cites.

    What their own text says is in the links of the library; the registry says whether it is a fact, and since when.
    """
    acts: dict[tuple[str, str, str], Act] = {}
    for act in _written_acts(connection, document):
        acts[act.cause, act.relation, act.target] = act
    for act in _known_acts(connection, document, registry):
        key = (act.cause, act.relation, act.target)
        written = acts.get(key)
        if written is not None:
            act = replace(written, effective=act.effective or written.effective, verified=True)  # noqa: PLW2901 - as said
        acts[key] = act
    return tuple(_labelled(acts[key], registry) for key in sorted(acts))


def foremost(acts: Iterable[Act]) -> tuple[Act, ...]:
    """Leave of what one instrument does to another in whole one act, and none of what it does to parts of it besides.

    A clause that says "hết hiệu lực" is a repeal by its words, and a replacement to who knows both: that is one event.
    """
    ended: dict[tuple[str, str], Act] = {}
    partly: list[Act] = []
    for act in acts:
        if not relations()[act.relation].ends:
            partly.append(act)
            continue
        other = ended.get((act.cause, act.target))
        ended[act.cause, act.target] = act if other is None else _joined(*sorted((act, other), key=_by_weight))
    kept = (act for act in partly if (act.cause, act.target) not in ended)
    return (*ended.values(), *kept)


def _by_weight(act: Act) -> int:
    return _WEIGHT.index(act.relation)


def _joined(first: Act, second: Act) -> Act:
    """Give one act with what either tells of it."""
    return replace(
        first,
        effective=first.effective or second.effective,
        clauses=first.clauses or second.clauses,
        quote=first.quote or second.quote,
        verified=first.verified or second.verified,
    )


def _labelled(act: Act, registry: Registry) -> Act:
    """Name both ends as the registry does, a law with name and number, where it knows them."""
    ends = ((registry.get(one), label) for one, label in ((act.cause, act.cause_label), (act.target, act.target_label)))
    cause, target = (
        instrument_label(doc_type=known.doc_type, number=known.number, title=known.title) if known else label
        for known, label in ends
    )
    return replace(act, cause_label=cause or act.cause_label, target_label=target or act.target_label)


def _cited(key: str, rows: Sequence[Any]) -> Cited:
    places: dict[int, set[str]] = {}
    ends: dict[int, int] = {}
    for row in rows:
        properties = json.loads(row.properties)
        start = properties.get("start", 0)
        ends[start] = properties.get("end", start)
        named = places.setdefault(start, set())
        if row.unit:
            named.add(row.unit)
    first = min(ends)
    every = None if not all(places.values()) else frozenset(unit for units in places.values() for unit in units)
    rests = any(row.kind in _RESTING for row in rows)
    return Cited(key, rows[0].label, first, ends[first], rests, every)


def _overlap(some: Iterable[str], others: Iterable[str]) -> bool:
    """Say whether two sets of provisions have one in common, or one within another."""
    theirs = [_path(unit) for unit in others]
    return any(mine[: len(one)] == one[: len(mine)] for unit in some for mine in [_path(unit)] for one in theirs)


def _path(unit: str) -> list[str]:
    return unit.split("__")


def _later(document: Citing) -> ColumnElement[bool]:
    """Say which documents of the library were learned after the text of a document had come."""
    return (
        (DOCUMENT.c.id != document.document_id)
        & (DOCUMENT.c.state == "active")
        & VERSION.c.unlearnable.is_(None)
        & (VERSION.c.learned_at > document.learned_after)
    )


def _written_acts(connection: Connection, document: Citing) -> Iterator[Act]:
    """Give what the links of the library say: the clauses of one act of one document on one target together."""
    query = select(
        EDGE.c.kind,
        EDGE.c.unit,
        EDGE.c.since,
        EDGE.c.until,
        EDGE.c.properties,
        INSTRUMENT.c.key,
        DOCUMENT.c.id,
        DOCUMENT.c.identity,
        DOCUMENT.c.doc_type,
        DOCUMENT.c.number,
        DOCUMENT.c.issued,
    )
    query = query.join(INSTRUMENT, INSTRUMENT.c.id == EDGE.c.target)
    query = query.join(DOCUMENT, DOCUMENT.c.id == EDGE.c.document_id)
    query = query.join(VERSION, VERSION.c.id == DOCUMENT.c.version_id)
    query = query.where(EDGE.c.kind.in_(ACTING), _later(document)).order_by(EDGE.c.id)
    found: dict[tuple[str, str, str], list[Any]] = {}
    units: dict[tuple[str, str, int | None], set[str]] = {}
    for row in rows_among(connection, query, INSTRUMENT.c.key, sorted(document.cited)):
        properties = json.loads(row.properties)
        if row.unit:
            units.setdefault((row.identity, row.key, properties.get("start")), set()).add(row.unit)
            continue
        partly = row.kind == "suspends" and "parts" in properties
        relation = _UNLABELLED if partly else row.kind
        found.setdefault((row.identity, relation, row.key), []).append((row, properties))
    for (cause, relation, target), clauses in found.items():
        row, first = clauses[0]
        named = [units.get((cause, target, properties.get("start")), set[str]()) for _, properties in clauses]
        yield Act(
            cause=cause,
            cause_label=_label(row.doc_type, row.number, cause),
            relation=relation,
            target=target,
            target_label=document.cited[target].label,
            effective=min((one.since for one, _ in clauses if one.since), default=None),
            until=None if any(one.until is None for one, _ in clauses) else max(one.until for one, _ in clauses),
            signed=row.issued,
            clauses=tuple(dict.fromkeys(said["clause"] for _, said in clauses if said.get("clause"))),
            units=frozenset().union(*named) if all(named) else frozenset(),
            quote=first.get("quote"),
        )


def _known_acts(connection: Connection, document: Citing, registry: Registry) -> Iterator[Act]:
    """Give what the registry holds for a fact of documents of the library."""
    known = [
        relation
        for target in document.cited
        if "@" not in target
        for relation in registry.history(target)
        if relation.kind in ACTING
    ]
    sources = {one.source: registry.get(one.source) for one in known}
    keys = {number_key(found.number) for found in sources.values() if found is not None and found.number}
    query = select(DOCUMENT).join(VERSION, VERSION.c.id == DOCUMENT.c.version_id).where(_later(document))
    stored: dict[str, list[Any]] = {}
    for row in rows_among(connection, query, DOCUMENT.c.number_key, sorted(keys)):
        stored.setdefault(row.number_key, []).append(row)
    for relation in known:
        source = sources[relation.source]
        bearers = stored.get(number_key(source.number), []) if source is not None and source.number else []
        for row in bearers:
            if row.identity == relation.source or _is_same(row, source):
                yield _act_of(relation, row, document.cited[relation.target])


def _act_of(relation: Relation, row: Any, cited: Cited) -> Act:
    partly = relation.kind == "suspends" and bool(relation.parts)
    return Act(
        cause=row.identity,
        cause_label=_label(row.doc_type, row.number, row.identity),
        relation=_UNLABELLED if partly else relation.kind,
        target=cited.target,
        target_label=cited.label,
        effective=relation.effective,
        signed=row.issued,
        clauses=(relation.clause,) if relation.clause else (),
        verified=True,
    )


def _is_same(row: Any, source: Any) -> bool:
    """Say whether a document of the library is an instrument of the registry that bears its number."""
    dates = not (row.issued and source.issued) or agrees(row.issued, source.issued)
    types = not (row.doc_type and source.doc_type) or row.doc_type.casefold() == source.doc_type.casefold()
    bodies = not (row.issuer and source.issuer) or issuers_agree(row.issuer, source.issuer)
    return dates and types and bodies


def _label(doc_type: str | None, number: str | None, otherwise: str) -> str:
    named = " số ".join(part for part in (doc_type, number) if part)
    return named or otherwise
