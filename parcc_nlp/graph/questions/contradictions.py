"""Where the graph contradicts itself, or what it says goes round in a circle. For review only, never a verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal, get_args

from parcc_nlp.graph.questions.circles import Circles, circles_of
from parcc_nlp.graph.questions.finding import checked_day
from parcc_nlp.graph.questions.walking import (
    CITING,
    ENDING,
    edge_of,
    ends_whole,
    holds,
    in_order,
    instrument_of,
    is_there,
    outgoing,
    units_within,
)
from parcc_nlp.graph.values import Edge, EdgeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.questions.walking import Attributes

    Endings = Mapping[tuple[str, str], list[Edge]]

__all__ = ["Conflict", "ConflictKind", "Conflicts", "conflicts"]

ConflictKind = Literal["ends_itself", "end_each_other", "ended_twice", "days_differ", "cites_both"]
_CIRCULAR: tuple[EdgeKind, ...] = ("replaces", "based_on", "guides")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements that do not go together.

    ``ends_itself``
        an instrument is said to replace or repeal itself;
    ``end_each_other``
        two instruments are said to replace or repeal each other;
    ``ended_twice``
        an instrument is said to be ended as a whole by different ones on different days;
    ``days_differ``
        sources give different days for one replacement;
    ``cites_both``
        a document (the last of `instruments`) names an instrument and what had replaced it by its date.

    `edges` are the statements, each with its evidence.
    """

    kind: ConflictKind
    instruments: tuple[str, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Conflicts:
    """What was found: contradictions by kind and id, and by relation the circles it makes."""

    contradictions: tuple[Conflict, ...]
    circles: Mapping[EdgeKind, Circles]


def conflicts(graph: LegalGraph, *, on: str | None = None) -> Conflicts:
    """Look through a whole graph for contradictions and circles.

    Parameters
    ----------
    graph
        Where to look.
    on
        Leaves out what did not hold on this day. Everything by default.

    Returns
    -------
    Conflicts
        Circles of replacing, of legal bases and of guiding; a relation without any has no entry.

    Raises
    ------
    UsageError
        E301: `on` is no day.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> for name in ("a", "b"):
    ...     graph.add_node(Node(name, "instrument", name))
    >>> graph.add_edge(Edge("a", "replaces", "b"))
    >>> graph.add_edge(Edge("b", "replaces", "a"))
    >>> found = conflicts(graph)
    >>> [(one.kind, one.instruments) for one in found.contradictions], found.circles["replaces"].circles
    ([('end_each_other', ('a', 'b'))], (('a', 'b'),))
    """
    day = None if on is None else checked_day(on)
    endings: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    circular: dict[EdgeKind, set[tuple[str, str]]] = {kind: set() for kind in _CIRCULAR}
    for source, target, attributes in _edges(graph):
        kind = attributes["kind"]
        if kind not in _LOOKED_AT or not holds(attributes, day):
            continue
        if kind in circular:
            circular[kind].add((source, instrument_of(target)))
        if kind in ENDING and "#" not in target and ends_whole(attributes):
            endings[source, target].append(edge_of(source, target, attributes))
    found = (
        *_mutual(endings),
        *_twice(endings),
        *_days(endings),
        *_both(graph, endings, on=day),
    )
    circles = {kind: circles_of(pairs) for kind, pairs in circular.items()}
    return Conflicts(
        contradictions=tuple(sorted(found, key=_by_kind)),
        circles={kind: one for kind, one in circles.items() if one.knots},
    )


_LOOKED_AT = frozenset({*ENDING, *_CIRCULAR})
_ORDER = {kind: place for place, kind in enumerate(get_args(ConflictKind))}


def _edges(graph: LegalGraph) -> Iterator[tuple[str, str, Attributes]]:
    """Give all edges: source, target, attributes."""
    for source, targets in graph.networkx.adjacency():  # a view of all edges would take twice the time
        for target, between in targets.items():
            for attributes in between.values():
                yield source, target, attributes


def _by_kind(conflict: Conflict) -> tuple[int, tuple[str, ...]]:
    return _ORDER[conflict.kind], conflict.instruments


def _mutual(endings: Endings) -> Iterator[Conflict]:
    for (by, ended), edges in endings.items():
        if by == ended:
            yield Conflict("ends_itself", (by,), in_order(edges))
        elif by < ended and (ended, by) in endings:
            yield Conflict("end_each_other", (by, ended), in_order([*edges, *endings[ended, by]]))


def _twice(endings: Endings) -> Iterator[Conflict]:
    """Tell what several ended as a whole, on days that are known and not one."""
    enders: dict[str, list[tuple[str, list[Edge]]]] = defaultdict(list)
    for (by, ended), edges in endings.items():
        if by != ended:
            enders[ended].append((by, edges))
    for ended, told in enders.items():
        for (one, edges), (other, more) in combinations(sorted(told, key=_first), 2):
            days, other_days = _dated(edges), _dated(more)
            if days and other_days and not days & other_days:
                yield Conflict("ended_twice", (ended, one, other), in_order([*edges, *more]))


def _days(endings: Endings) -> Iterator[Conflict]:
    for (by, ended), edges in endings.items():
        if by != ended and len(_dated(edges)) > 1:
            yield Conflict("days_differ", (by, ended), in_order(edges))


def _both(graph: LegalGraph, endings: Endings, *, on: str | None) -> Iterator[Conflict]:
    """Tell which documents name an instrument and, at a time when it had taken its place, what replaced it.

    Every document is looked at once: a law may be named by a hundred thousand and stand in many replacements.
    """
    enders: dict[str, list[str]] = defaultdict(list)
    for by, ended in endings:
        if by != ended:
            enders[ended].append(by)
    concerned = {*enders, *(by for told in enders.values() for by in told)}
    wholes: dict[str, list[str]] = defaultdict(list)
    for one in concerned:
        for unit in units_within(graph, one):
            wholes[unit].append(one)
    nodes = graph.networkx.nodes
    for document, targets in graph.networkx.adjacency():
        named = _named(document, targets, wholes, on=on)
        if len(named) > 1 and is_there(graph, document, on):
            issued = nodes[document].get("issued")
            for by, ended in ((by, one) for one in named for by in enders.get(one, ()) if by in named):
                edges = endings[by, ended]
                if any(_had_begun(edge, issued) for edge in edges):
                    places = _places(graph, document, {by, ended}, on=on)
                    yield Conflict("cites_both", (by, ended, document), in_order([*edges, *places]))


def _named(
    document: str,
    targets: Mapping[str, Mapping[str, Attributes]],
    wholes: Mapping[str, Iterable[str]],
    *,
    on: str | None,
) -> set[str]:
    """Give those instruments that a document names, itself or in a provision of it, but for the document itself."""
    named: set[str] = set()
    for target in targets.keys() & wholes.keys():
        if any(told["kind"] in CITING and holds(told, on) for told in targets[target].values()):
            named.update(wholes[target])
    named.discard(document)
    return named


def _places(graph: LegalGraph, document: str, instruments: set[str], *, on: str | None) -> list[Edge]:
    return [
        edge_of(document, target, told)
        for target, told in outgoing(graph, document, CITING, on=on)
        if instrument_of(target) in instruments
    ]


def _had_begun(edge: Edge, issued: object) -> bool:
    return edge.since is None or not isinstance(issued, str) or edge.since <= issued


def _dated(edges: Iterable[Edge]) -> set[str]:
    return {edge.since for edge in edges if edge.since is not None}


def _first(pair: tuple[str, list[Edge]]) -> str:
    return pair[0]
