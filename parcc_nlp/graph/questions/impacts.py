"""What has to be looked at again when an instrument is repealed or replaced, why, and in which order.

A document is never said to have ended here: text whose căn cứ changed is text to be reviewed ("cần rà soát").
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from parcc_nlp.graph.questions.amending import amending_order
from parcc_nlp.graph.questions.finding import checked_day, instruments_meant
from parcc_nlp.graph.questions.walking import (
    CITING,
    edge_of,
    has_ended,
    in_order,
    incoming,
    incoming_within,
    instrument_of,
    is_normative,
    is_there,
    outgoing,
    was_read,
)
from parcc_nlp.graph.values import Edge, EdgeKind, Node
from parcc_nlp.registry.evidence import regime_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.questions.walking import Attributes

__all__ = ["Affected", "Impact", "Tie", "Way", "impact"]

Tie = Literal["falls_with", "rests_on", "mentions"]
"""Without what is gone a document falls with it; has lost a ground it rests on; or names what is no more."""

_STRENGTH: dict[Tie, int] = {"falls_with": 3, "rests_on": 2, "mentions": 1}
_DEPENDING: tuple[EdgeKind, ...] = (
    "based_on", "guides", "implements", "amends", "corrects", "consolidates", "extends", "date_shift", "continues",
    "suspends", "cites",
)  # fmt: skip
"""Edges by which one instrument depends on another, the weightiest first: what ended it does not depend on it."""
_HOLDING: tuple[EdgeKind, ...] = ("based_on", "implements", "guides")
"""Edges that pass a change on to what rests on a document that has to be reviewed."""
_WITH_ITS_OBJECT: tuple[EdgeKind, ...] = ("amends", "corrects", "extends", "date_shift", "continues", "suspends")
"""What changes an instrument lives as long as that one (review rules R-HL11)."""
_RANK = {kind: rank for rank, kind in enumerate(_DEPENDING)}


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a document depends on the instrument.

    `path` leads from the document to the instrument, step by step; its first edge is the `reason`. `mentions` are all
    places where the document says so of `through`, the next instrument on the path. `clause` is the provision by which
    it has to be reviewed, where one says so.
    """

    tie: Tie
    reason: EdgeKind
    through: str
    path: tuple[Edge, ...]
    mentions: tuple[Edge, ...]
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Affected:
    """A document to be reviewed.

    `ways` holds the shortest way first; a longer one follows only where it weighs more. `read` says that the document's
    own text was read, and does not only stand in a registry; `ended` that the graph says it had ended by the day, so
    that nothing is left to be amended.
    """

    document: Node
    ways: tuple[Way, ...]
    read: bool
    ended: bool

    @property
    def way(self) -> Way:
        """The shortest way."""
        return self.ways[0]

    @property
    def direct(self) -> bool:
        """Whether it depends on the instrument itself, or on a provision of it."""
        return len(self.way.path) == 1


@dataclass(frozen=True, slots=True)
class Impact:
    """What has to be reviewed if some instruments end: `affected` in the order in which to amend it.

    `circles` are documents that rest on each other, so that none of them is surely the first.
    """

    asked: str
    on: str
    instruments: tuple[Node, ...]
    affected: tuple[Affected, ...]
    circles: tuple[tuple[str, ...], ...] = ()

    @property
    def direct(self) -> tuple[Affected, ...]:
        """Those that depend on the instrument itself, or on a provision of it."""
        return tuple(one for one in self.affected if one.direct)

    @property
    def citing(self) -> tuple[Affected, ...]:
        """Those whose own text names the instrument, or a provision of it."""
        return tuple(one for one in self.affected if any(_names(way) for way in one.ways))


def impact(graph: LegalGraph, instrument: str, *, on: str, steps: int | None = None) -> Impact:
    """Find what has to be reviewed if an instrument is repealed or replaced.

    Parameters
    ----------
    graph
        Where to look.
    instrument
        An id, or a number; where several instruments bear the number, all of them are meant. The id of a provision asks
        what depends on that provision, or on one around or within it.
    on
        The day: what was signed later, or did not hold on it, is left out.
    steps
        How many steps away to look; to the end by default. Điều 39 Nghị định 79/2025/NĐ-CP itself speaks of one.

    Returns
    -------
    Impact
        Who names the instrument; who rests on it (căn cứ, implementing); who guides or amends it and falls with it; and
        who rests on these. Each with the path, every place, and the reason, in the order in which to amend: what others
        rest on first, then by legal force, then by date.

    Raises
    ------
    UsageError
        E370: the graph does not have the instrument; E301: `on` is no day.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> for name in ("nghi-dinh", "ke-hoach", "bao-cao"):
    ...     graph.add_node(Node(f"vn/{name}/-/-/1", "instrument", name))
    >>> graph.add_edge(Edge("vn/ke-hoach/-/-/1", "based_on", "vn/nghi-dinh/-/-/1"))
    >>> graph.add_edge(Edge("vn/bao-cao/-/-/1", "implements", "vn/ke-hoach/-/-/1"))
    >>> found = impact(graph, "vn/nghi-dinh/-/-/1", on="2026-11-23")
    >>> [(one.document.label, len(one.way.path)) for one in found.affected]
    [('ke-hoach', 1), ('bao-cao', 2)]
    """
    day = checked_day(on)
    seeds = instruments_meant(graph, instrument)
    labels, ended = _reach(graph, seeds, on=day, steps=steps)
    order, circles = amending_order(graph, labels)
    return Impact(
        asked=instrument,
        on=day,
        instruments=tuple(graph.node(seed) for seed in seeds),
        affected=tuple(_affected(graph, one, labels[one], ended=one in ended, on=day) for one in order),
        circles=circles,
    )


class _Label(NamedTuple):
    """How a document was reached: with which tie, from which label, by which edges (target and attributes).

    `told` are these edges in the order of the text, and `path` leads on from it to what was asked about; both are made
    for those labels only that the walk goes on from.
    """

    node: str
    tie: Tie
    came: _Label | None
    edges: tuple[tuple[str, Attributes], ...]
    told: tuple[Edge, ...] = ()
    path: tuple[Edge, ...] = ()


def _reach(
    graph: LegalGraph, seeds: Iterable[str], *, on: str, steps: int | None
) -> tuple[dict[str, list[_Label]], set[str]]:
    """Walk from the seeds level by level; a document is met again only where its tie is stronger then.

    Beside the labels of each document it gives those documents that have ended by the day.
    """
    wave = [_Label(seed, "falls_with", None, ()) for seed in seeds]
    strongest = {instrument_of(label.node): _STRENGTH["falls_with"] for label in wave}
    found: dict[str, list[_Label]] = {}
    ended: set[str] = set()
    distance = 0
    while wave and (steps is None or distance < steps):
        distance += 1
        met: dict[str, list[_Label]] = {}
        for label in wave:
            for one in _dependants(graph, label, on=on):
                if _STRENGTH[one.tie] > strongest.get(one.node, 0):
                    met.setdefault(one.node, []).append(one)
        wave = []
        for node, labels in met.items():
            if len(labels) > 1:
                labels.sort(key=_weight)
            # Of equal ways one is enough; but who names several of the instruments asked about does so of each.
            kept = labels if distance == 1 else labels[:1]
            if node not in found and has_ended(graph, node, on):
                ended.add(node)
            first = kept[0]
            strongest[node] = _STRENGTH[first.tie]
            if first.tie != "mentions" and node not in ended:
                told = _told(first)
                kept[0] = first._replace(told=told, path=_path(first, told))
                wave.append(kept[0])
            found.setdefault(node, []).extend(kept)
    return found, ended


def _weight(label: _Label) -> tuple[int, int, str]:
    """Order labels of one document: the stronger tie, the weightier edge, the nearer one by name."""
    came = label.came.node if label.came else ""
    return -_STRENGTH[label.tie], min(_RANK[attributes["kind"]] for _, attributes in label.edges), came


def _dependants(graph: LegalGraph, label: _Label, *, on: str) -> Iterator[_Label]:
    """Give what depends on an instrument that was reached."""
    kinds = _DEPENDING if label.tie == "falls_with" else _HOLDING
    edges: dict[str, list[tuple[str, Attributes]]] = {}
    for source, unit, attributes in _concerned(graph, label.node, kinds, on=on):
        edges.setdefault(source, []).append((unit, attributes))
    own = instrument_of(label.node)
    nodes = graph.networkx.nodes
    for source, found in edges.items():
        if source != own and nodes[source]["kind"] == "instrument" and is_there(graph, source, on):
            yield _Label(source, _tie(graph, source, label, found, on=on), label, tuple(found))


def _concerned(
    graph: LegalGraph, unit: str, kinds: tuple[EdgeKind, ...], *, on: str
) -> Iterator[tuple[str, str, Attributes]]:
    """Give the edges onto an instrument and its provisions; of a provision, onto what is in it and around it."""
    yield from incoming_within(graph, unit, kinds, on=on)
    whole = instrument_of(unit)
    while unit != whole:
        unit = next((target for target, _ in outgoing(graph, unit, ("part_of",))), whole)
        if unit != whole:
            yield from ((source, unit, told) for source, told in incoming(graph, unit, kinds, on=on))


def _tie(graph: LegalGraph, source: str, label: _Label, edges: Iterable[tuple[str, Attributes]], *, on: str) -> Tie:
    """Say how a document depends on the one it was reached from."""
    kinds = {attributes["kind"] for _, attributes in edges}
    own = instrument_of(label.node)
    if label.tie == "falls_with":
        if "guides" in kinds and _has_only(graph, source, own, ("guides",)) and _falls_with_parent(on):
            return "falls_with"
        if kinds.intersection(_WITH_ITS_OBJECT) and _has_only(graph, source, own, _WITH_ITS_OBJECT):
            return "falls_with"
    return "rests_on" if kinds.intersection(_HOLDING) else "mentions"


def _has_only(graph: LegalGraph, source: str, own: str, kinds: tuple[EdgeKind, ...]) -> bool:
    """Say whether an instrument guides, or changes, nothing but one other."""
    return all(instrument_of(target) == own for target, _ in outgoing(graph, source, kinds))


def _falls_with_parent(on: str) -> bool:
    regime = regime_on(on)
    return regime is not None and regime.consequence == "expires_with_parent"


def _affected(graph: LegalGraph, node_id: str, labels: Iterable[_Label], *, ended: bool, on: str) -> Affected:
    node = graph.node(node_id)
    return Affected(
        document=node,
        ways=tuple(_way(label, node, on=on) for label in labels),
        read=was_read(graph, node_id),
        ended=ended,
    )


def _way(label: _Label, document: Node, *, on: str) -> Way:
    told = label.told or _told(label)
    path = label.path or _path(label, told)
    reason = path[0].kind
    clause = _clause(reason, on=on)
    return Way(
        tie=label.tie,
        reason=reason,
        through=cast("_Label", label.came).node,
        path=path,
        mentions=_places(told),
        clause=clause if clause and is_normative(document) else None,
    )


def _told(label: _Label) -> tuple[Edge, ...]:
    """Make the edges of a label, in the order of the text."""
    return in_order([edge_of(label.node, target, attributes) for target, attributes in label.edges])


def _path(label: _Label, told: tuple[Edge, ...]) -> tuple[Edge, ...]:
    """Go on the weightiest of the edges, then as the label that this one was reached from does."""
    came = cast("_Label", label.came)
    return (min(told, key=_first), *came.path)


def _places(told: tuple[Edge, ...]) -> tuple[Edge, ...]:
    """Leave out that the whole is named where a provision of it is: both are said by one citation."""
    if len(told) == 1:
        return told
    exact = {(edge.document, edge.get("start")) for edge in told if "#" in edge.target}
    return tuple(edge for edge in told if "#" in edge.target or (edge.document, edge.get("start")) not in exact)


def _first(edge: Edge) -> tuple[int, bool]:
    """Take the weightiest edge, and of these one to the whole instrument; the first in the text of equal ones."""
    return _RANK[edge.kind], "#" in edge.target


def _names(way: Way) -> bool:
    return len(way.path) == 1 and any(edge.kind in CITING for edge in way.mentions)


def _clause(reason: EdgeKind, *, on: str) -> str | None:
    """Give the provision that has a normative document reviewed, as in force on the day."""
    if reason == "guides":
        regime = regime_on(on)
        return regime.clause if regime else None
    return next((clause for kind, first, last, clause in _clauses() if kind == reason and first <= on <= last), None)


@cache
def _clauses() -> tuple[tuple[str, str, str, str], ...]:
    text = (files("parcc_nlp.graph.questions") / "clauses.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple((row["reason"], row["first_day"], row["last_day"] or "9999", row["clause"]) for row in rows)
