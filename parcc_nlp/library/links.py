"""The links between instruments in the tables of the library: written document by document, walked from any of them.

What a question needs is loaded as a `LegalGraph`, and the questions of `parcc_nlp.graph.questions` answer over it: the
answer is that over the graph of the whole library, because everything they would look at is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import networkx as nx
from sqlalchemy import delete, insert, select, update

from parcc_nlp.graph.build import add_registry
from parcc_nlp.graph.legal_graph import LegalGraph
from parcc_nlp.graph.provisions import add_units
from parcc_nlp.graph.questions.walking import ENDING, incoming, instrument_of, outgoing
from parcc_nlp.graph.values import Edge, Node
from parcc_nlp.library.packing import PackedEdge
from parcc_nlp.library.rows_among import rows_among
from parcc_nlp.library.schema import EDGE, INSTRUMENT
from parcc_nlp.registry.identity import number_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection

    from parcc_nlp.graph.values import EdgeKind
    from parcc_nlp.library.packing import PackedInstrument
    from parcc_nlp.registry import Registry

__all__ = [
    "citing_documents",
    "graph_around",
    "keys_of_number",
    "lineage_graph",
    "put_links",
    "stored_links",
    "unidentified",
    "whole_graph",
]

_AT_ONCE = 500
"""How many values one statement names: every SQLite takes as many."""
_NODE_COLUMNS = (INSTRUMENT.c.id, INSTRUMENT.c.key, INSTRUMENT.c.label, INSTRUMENT.c.properties)
_EDGE_COLUMNS = (
    EDGE.c.id, EDGE.c.source, EDGE.c.kind, EDGE.c.target, EDGE.c.unit, EDGE.c.since, EDGE.c.until, EDGE.c.properties,
)  # fmt: skip
# The kinds of edges that the questions look at (`parcc_nlp.graph.questions`: impacts, amending, lineages); a test asks
# both them and the whole graph, so that none is missing here.
_HOLDING: tuple[EdgeKind, ...] = ("based_on", "implements", "guides")
_FALLING: tuple[EdgeKind, ...] = ("guides", "amends", "corrects", "extends", "date_shift", "continues", "suspends")
_DEPENDING: tuple[EdgeKind, ...] = (*_FALLING, "based_on", "implements", "consolidates", "cites")
_WAITING: tuple[EdgeKind, ...] = (
    "based_on", "implements", "guides", "amends", "corrects", "consolidates", "extends", "date_shift", "continues",
    "cites",
)  # fmt: skip
_IN_LINE: tuple[EdgeKind, ...] = (*ENDING, "partially_repeals")
_CHANGING: tuple[EdgeKind, ...] = (
    "amends", "corrects", "suspends", "extends", "date_shift", "continues", "consolidates",
)  # fmt: skip
_DECODER = msgspec.json.Decoder(dict[str, Any])
_CITING: tuple[EdgeKind, ...] = ("based_on", "implements", "cites")


def put_links(
    connection: Connection,
    document_id: int,
    *,
    identity: str,
    instruments: Sequence[PackedInstrument],
    edges: Sequence[PackedEdge],
) -> None:
    """Write what the current version of a document says of others, in the place of what the one before said.

    Parameters
    ----------
    connection
        A connection that writes.
    document_id
        The document in the library.
    identity
        Its id in the graph: what it says of itself goes before what others say of it.
    instruments, edges
        Its nodes and edges (`parcc_nlp.library.packing.packed_links`).
    """
    connection.execute(delete(EDGE).where(EDGE.c.document_id == document_id))
    ids = _ids_of(connection, instruments, identity)
    rows = [
        {
            "document_id": document_id,
            "source": ids[edge.source],
            "kind": edge.kind,
            "target": ids[edge.target],
            "unit": edge.unit,
            "since": edge.since,
            "until": edge.until,
            "properties": edge.properties,
        }
        for edge in edges
    ]
    if rows:
        connection.execute(insert(EDGE), rows)


def stored_links(connection: Connection, document_id: int) -> list[PackedEdge]:
    """Give what the tables hold of the links of a document, in an order of their own."""
    source, target = INSTRUMENT.alias("source"), INSTRUMENT.alias("target")
    query = (
        select(source.c.key, EDGE.c.kind, target.c.key, EDGE.c.unit, EDGE.c.since, EDGE.c.until, EDGE.c.properties)
        .join(source, source.c.id == EDGE.c.source)
        .join(target, target.c.id == EDGE.c.target)
        .where(EDGE.c.document_id == document_id)
    )
    rows: Iterable[Any] = connection.execute(query)
    return sorted((PackedEdge(*row) for row in rows), key=repr)


def citing_documents(connection: Connection, instruments: Iterable[str]) -> tuple[int, ...]:
    """List the documents of the library that name one of some instruments, or a unit of one."""
    targets = _known_ids(connection, instruments)
    query = select(EDGE.c.document_id).distinct().where(EDGE.c.kind.in_(_CITING))
    rows = rows_among(connection, query, EDGE.c.target, list(targets.values()))
    return tuple(sorted({row.document_id for row in rows}))


def keys_of_number(connection: Connection, number: str) -> tuple[str, ...]:
    """List the ids of the instruments in the library that bear a number."""
    query = select(INSTRUMENT.c.key).where(INSTRUMENT.c.number_key == number_key(number)).order_by(INSTRUMENT.c.key)
    return tuple(row.key for row in connection.execute(query))


def unidentified(connection: Connection, number_keys: Iterable[str]) -> tuple[int, ...]:
    """List the documents that name, by one of some numbers, an instrument that was not identified (see `cited_id`)."""
    query = select(EDGE.c.document_id).distinct().join(INSTRUMENT, INSTRUMENT.c.id == EDGE.c.target)
    query = query.where(INSTRUMENT.c.key.contains("@"))
    rows = rows_among(connection, query, INSTRUMENT.c.number_key, list(number_keys))
    return tuple(sorted({row.document_id for row in rows}))


def graph_around(connection: Connection, instruments: Iterable[str], *, registry: Registry | None = None) -> LegalGraph:
    """Load all that depends on some instruments, step by step, with what tells whether it still stands.

    Parameters
    ----------
    connection
        A connection.
    instruments
        Ids in the graph.
    registry
        Its relations are added to what the documents say.

    Returns
    -------
    LegalGraph
        For `parcc_nlp.graph.questions.impact` on one of the instruments: what the whole library would answer. Of what
        rests on an instrument only what `impact` looks at is loaded, so that the edges of a document to all the others
        that it names cost nothing.
    """
    graph = LegalGraph(nx.MultiDiGraph())  # indexed when it is first asked, not edge by edge
    loader = _Loader(connection, graph, registry)
    falling, resting = dict.fromkeys(instruments), dict[str, None]()
    reached, changing = dict(falling), dict[str, None]()
    asked_all, asked = set[str](), set[str]()
    while falling or resting:
        asked_all.update(falling)
        asked.update(falling, resting)
        loader.instruments([*falling, *resting])
        fallen = [*loader.load(EDGE.c.target, list(falling), kinds=_DEPENDING), *loader.told(falling, _DEPENDING)]
        rested = [*loader.load(EDGE.c.target, list(resting), kinds=_HOLDING), *loader.told(resting, _HOLDING)]
        met = [(source, kind, found is fallen) for found in (fallen, rested) for source, kind in found]
        reached.update(dict.fromkeys(source for source, *_ in met))
        # Only what guides or changes what falls may fall with it, and only of what falls a mere mention is asked for.
        may_fall = dict.fromkeys(source for source, kind, falls in met if falls and kind in _FALLING)
        changing.update(may_fall)
        falling = {one: None for one in may_fall if one not in asked_all}
        resting = {one: None for one, kind, _ in met if kind in _HOLDING and one not in asked and one not in falling}
    loader.instruments(list(reached))
    loader.load(EDGE.c.target, list(reached), kinds=ENDING)
    loader.load(EDGE.c.source, list(changing), kinds=_FALLING)
    loader.between(reached)
    return graph


def lineage_graph(
    connection: Connection, instruments: Iterable[str], *, registry: Registry | None = None
) -> LegalGraph:
    """Load the line of some instruments, as far as it reaches: what ended them and so on, what they ended and so on.

    Parameters
    ----------
    connection
        A connection.
    instruments
        Ids in the graph.
    registry
        Its relations are added to what the documents say.

    Returns
    -------
    LegalGraph
        For `parcc_nlp.graph.questions.lineage` on one of the instruments: what the whole library would answer.
    """
    graph = LegalGraph(nx.MultiDiGraph())  # indexed when it is first asked, not edge by edge
    loader = _Loader(connection, graph, registry)
    begun = list(dict.fromkeys(instruments))
    for end in (EDGE.c.target, EDGE.c.source):
        wave, seen, kinds = begun, set[str](), (*_IN_LINE, *_CHANGING)
        while wave:
            seen.update(wave)
            loader.instruments(wave)
            loader.load(end, wave, kinds=kinds)
            # Beyond the first step only the line itself is told, and it goes on from what was ended as a whole.
            kinds = _IN_LINE
            met = (one for name in wave if name in graph for one in _next_in_line(graph, name, end is EDGE.c.target))
            wave = [one for one in dict.fromkeys(met) if one not in seen]
    loader.instruments([one.id for one in list(graph.nodes("instrument"))])
    return graph


def whole_graph(connection: Connection) -> LegalGraph:
    """Load every instrument of the library and every link between them."""
    graph = LegalGraph()
    _Loader(connection, graph).everything()
    return graph


class _Loader:
    """Loads nodes and edges into a graph, each once; nodes of the library before what a registry knows of them."""

    def __init__(self, connection: Connection, graph: LegalGraph, registry: Registry | None = None) -> None:
        self._connection = connection
        self._graph = graph
        self._registry = registry
        self._keys: dict[int, str] = {}
        self._ids: dict[str, int] = {}
        self._asked: set[str] = set()
        self._edges: set[int] = set()
        self._told: set[str] = set()

    def instruments(self, keys: Sequence[str]) -> None:
        """Load instruments, and what the registry knows of them and of what they are joined to there."""
        fresh = [key for key in keys if key not in self._asked]
        self._asked.update(fresh)
        if self._registry is None:
            self._nodes(fresh)
            return
        known = _known_to(self._registry, fresh)
        self._told.update(known)
        store = self._registry.store
        ends = {edge.source for one in known for edge in store.into(one)}
        ends |= {edge.target for one in known for edge in store.out_of(one)}
        self._nodes(list(dict.fromkeys((*fresh, *sorted(ends)))))
        add_registry(self._graph, self._registry, known, steps=1)

    def told(self, keys: Iterable[str], kinds: Collection[EdgeKind]) -> Iterator[tuple[str, str]]:
        """Give source and kind of what the registry says is done to some instruments that were loaded."""
        if self._registry is not None:
            into = (edge for key in keys if key in self._told for edge in self._registry.store.into(key))
            yield from ((edge.source, edge.kind) for edge in into if edge.kind in kinds)

    def load(
        self, end: ColumnElement[int], keys: Sequence[str], *, kinds: Collection[EdgeKind]
    ) -> list[tuple[str, str]]:
        """Load the edges of some kinds that have one of some instruments at one end; give source and kind of each."""
        query = select(*_EDGE_COLUMNS).where(EDGE.c.kind.in_(kinds))
        rows = list(rows_among(self._connection, query, end, self._known_ids(keys)))
        self._add(rows)
        return [(self._keys[source], kind) for _, source, kind, *_ in rows]

    def between(self, keys: Iterable[str]) -> None:
        """Load the edges between some instruments that make one wait for another."""
        ids = self._known_ids(list(keys))
        within = set(ids)
        query = select(EDGE.c.id, EDGE.c.target).where(EDGE.c.kind.in_(_WAITING))
        inside = [edge for edge, target in rows_among(self._connection, query, EDGE.c.source, ids) if target in within]
        missing = [edge for edge in inside if edge not in self._edges]
        self._add(rows_among(self._connection, select(*_EDGE_COLUMNS), EDGE.c.id, missing))

    def everything(self) -> None:
        """Load all there is."""
        for row in self._connection.execute(select(*_NODE_COLUMNS).order_by(INSTRUMENT.c.id)):
            self._node(row)
        self._add(self._connection.execute(select(*_EDGE_COLUMNS).order_by(EDGE.c.id)))

    def _known_ids(self, keys: Sequence[str]) -> list[int]:
        missing = [key for key in keys if key not in self._ids]
        self._ids |= _known_ids(self._connection, missing)
        return [self._ids[key] for key in keys if key in self._ids]

    def _nodes(self, keys: Sequence[str]) -> None:
        missing = [key for key in keys if key not in self._ids]
        for row in rows_among(self._connection, select(*_NODE_COLUMNS), INSTRUMENT.c.key, missing):
            self._node(row)

    def _add(self, rows: Iterable[Any]) -> None:
        found = sorted((row for row in rows if row[0] not in self._edges), key=_by_id)
        missing = sorted({end for row in found for end in (row[1], row[3])} - self._keys.keys())
        for row in rows_among(self._connection, select(*_NODE_COLUMNS), INSTRUMENT.c.id, missing):
            self._node(row)
        for row in found:
            self._edge(row)

    def _node(self, row: Any) -> None:
        instrument, key, label, told = row
        if instrument in self._keys:
            return
        self._keys[instrument], self._ids[key] = key, instrument
        properties = _decoded(told)
        known = properties.pop("known")
        self._graph.add_node(Node(key, "instrument", label, known, properties))

    def _edge(self, row: Any) -> None:
        edge, source, kind, target, unit, since, until, told = row
        self._edges.add(edge)
        properties = _decoded(told)
        document = properties.pop("document", None)
        end = self._keys[target]
        if unit:
            end = add_units(self._graph, end, [part.rpartition("_")[::2] for part in unit.split("__")])
        self._graph.add_edge(Edge(self._keys[source], kind, end, since, until, document, properties))


def _next_in_line(graph: LegalGraph, instrument: str, after: bool) -> Iterator[str]:  # noqa: FBT001 - one of two ways
    """Give what ended an instrument, or what it ended."""
    if after:
        yield from (source for source, _ in incoming(graph, instrument, ENDING))
    else:
        yield from (instrument_of(target) for target, _ in outgoing(graph, instrument, ENDING))


def _known_to(registry: Registry, keys: Sequence[str]) -> list[str]:
    """Give those of some ids that a registry has: most documents of an office are in none."""
    known: set[str] = set()
    for first in range(0, len(keys), _AT_ONCE):
        some = keys[first : first + _AT_ONCE]
        query = f"SELECT id FROM instruments WHERE id IN ({', '.join('?' * len(some))})"  # noqa: S608 - values are bound
        known.update(row[0] for layer in registry.layers for row in layer.select(query, some))
    return [key for key in keys if key in known]


def _ids_of(connection: Connection, instruments: Sequence[PackedInstrument], identity: str) -> dict[str, int]:
    """Give the rows of some instruments, made where they are not there."""
    known = _known_ids(connection, [one.key for one in instruments])
    fresh = [_row(one) for one in instruments if one.key not in known]
    if fresh:
        connection.execute(insert(INSTRUMENT), fresh)
        known |= _known_ids(connection, [row["key"] for row in fresh])
    for one in instruments:
        if one.key == identity:
            connection.execute(update(INSTRUMENT).where(INSTRUMENT.c.key == identity).values(**_row(one)))
    return known


def _row(one: PackedInstrument) -> dict[str, Any]:
    return {"key": one.key, "number_key": one.number_key, "label": one.label, "properties": one.properties}


def _known_ids(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    query = select(INSTRUMENT.c.id, INSTRUMENT.c.key)
    return {row.key: row.id for row in rows_among(connection, query, INSTRUMENT.c.key, list(keys))}


def _decoded(told: str) -> dict[str, Any]:
    return _DECODER.decode(told)


def _by_id(row: Any) -> int:
    return int(row[0])
