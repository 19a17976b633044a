"""How two instruments hang together: the shortest way from one to the other, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from parcc_nlp.graph.questions.finding import checked_day, the_instrument
from parcc_nlp.graph.questions.walking import edge_of, in_order, incoming, is_there, outgoing
from parcc_nlp.graph.questions.wording import edge_in_words
from parcc_nlp.graph.values import Edge, EdgeKind, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.questions.wording import Language

__all__ = ["Explanation", "PathStep", "explain_path"]

_TELLING: tuple[EdgeKind, ...] = (
    "replaces", "repeals", "amends", "partially_repeals", "suspends", "corrects", "consolidates", "guides", "based_on",
    "implements", "continues", "extends", "date_shift", "succeeded_by", "part_of", "cites",
)  # fmt: skip
"""Edges that explain how instruments hang together, the most telling first."""
_RANK = {kind: rank for rank, kind in enumerate(_TELLING)}
_PASSED = ("instrument", "provision", "section")


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step: from `start` to `end` along an edge, or against it where not `forward`; `words` say so."""

    start: Node
    end: Node
    edge: Edge
    forward: bool
    words: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The way from one instrument to another; without steps where they are one."""

    start: Node
    end: Node
    steps: tuple[PathStep, ...]


def explain_path(
    graph: LegalGraph, start: str, end: str, *, on: str | None = None, lang: Language = "vi"
) -> Explanation | None:
    """Find the shortest way between two instruments, along edges or against them, over instruments and provisions only.

    Parameters
    ----------
    graph
        Where to look.
    start, end
        Their ids, or numbers where one instrument bears each.
    on
        Leaves out what did not hold on this day. Everything by default.
    lang
        Language of the words.

    Returns
    -------
    Explanation or None
        Of equally short ways the one that at each step goes to the first node by id; by the most telling edge, a
        replacement before a basis before a mere citation. None where there is no way.

    Raises
    ------
    UsageError
        E370: the graph does not have one of them; E371: several bear a number; E301: `on` is no day.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> for name in ("plan", "law", "report"):
    ...     graph.add_node(Node(name, "instrument", name))
    >>> graph.add_edge(Edge("plan", "based_on", "law"))
    >>> graph.add_edge(Edge("report", "cites", "law"))
    >>> [step.words for step in explain_path(graph, "plan", "report", lang="en").steps]
    ['plan is based on law', 'law is cited by report']
    """
    day = None if on is None else checked_day(on)
    first, last = the_instrument(graph, start), the_instrument(graph, end)
    way = _way(graph, first, last, on=day)
    if way is None:
        return None
    steps = tuple(_step(graph, one, other, on=day, lang=lang) for one, other in pairwise(way))
    return Explanation(graph.node(first), graph.node(last), steps)


def _way(graph: LegalGraph, start: str, end: str, *, on: str | None) -> list[str] | None:
    """Search from both ends, the narrower front first; then go, step by step, to the first node by id on a way."""
    if start == end:
        return [start]
    distances = {start: {start: 0}, end: {end: 0}}
    fronts = {start: {start}, end: {end}}
    while fronts[start] and fronts[end]:
        near, far = (start, end) if _width(graph, fronts[start]) <= _width(graph, fronts[end]) else (end, start)
        depth = distances[near][next(iter(fronts[near]))] + 1
        fronts[near] = {
            other for one in fronts[near] for other in _beside(graph, one, on=on) if other not in distances[near]
        }
        distances[near].update(dict.fromkeys(fronts[near], depth))
        met = fronts[near] & distances[far].keys()
        if met:
            shortest = min(depth + distances[far][one] for one in met)
            meeting = {one for one in met if depth + distances[far][one] == shortest}
            return _first_way(graph, start, end, meeting, distances, on=on)
    return None


def _width(graph: LegalGraph, front: Iterable[str]) -> int:
    """Count the neighbours of a front: a law that everybody cites is passed through last."""
    before, after = graph.networkx.pred, graph.networkx.succ
    return sum(len(before[one]) + len(after[one]) for one in front)


def _first_way(  # noqa: PLR0913 - both ends, and what the search has found
    graph: LegalGraph,
    start: str,
    end: str,
    meeting: Iterable[str],
    distances: dict[str, dict[str, int]],
    *,
    on: str | None,
) -> list[str]:
    """Go from the start to where the searches met over nodes that lead there, and on to the end."""
    leading = [set(meeting)]
    while start not in leading[0]:
        nearer = distances[start][next(iter(leading[0]))] - 1
        before = {
            other for one in leading[0] for other in _beside(graph, one, on=on) if distances[start].get(other) == nearer
        }
        leading.insert(0, before)
    way = [start]
    for wave in leading[1:]:
        way.append(min(set(_beside(graph, way[-1], on=on)) & wave))
    while way[-1] != end:
        nearer = distances[end][way[-1]] - 1
        way.append(min(other for other in _beside(graph, way[-1], on=on) if distances[end].get(other) == nearer))
    return way


def _beside(graph: LegalGraph, node_id: str, *, on: str | None) -> Iterator[str]:
    """Give the instruments and provisions that an edge joins to one."""
    whole = graph.networkx
    nodes = whole.nodes
    if on is None:  # whatever joins instruments and provisions tells something
        beside = chain(whole.successors(node_id), whole.predecessors(node_id))
        yield from (other for other in beside if nodes[other]["kind"] in _PASSED)
        return
    for ties in (outgoing(graph, node_id, _TELLING, on=on), incoming(graph, node_id, _TELLING, on=on)):
        for other, _ in ties:
            if nodes[other]["kind"] in _PASSED and is_there(graph, other, on):
                yield other


def _step(graph: LegalGraph, start: str, end: str, *, on: str | None, lang: Language) -> PathStep:
    """Take the most telling of the edges between two nodes, one that goes the way before one that comes against it."""
    along = in_order(edge_of(start, to, told) for to, told in outgoing(graph, start, _TELLING, on=on) if to == end)
    against = in_order(edge_of(end, start, told) for by, told in incoming(graph, start, _TELLING, on=on) if by == end)
    edge = min((*along, *against), key=_most_telling)
    forward = edge.source == start
    words = edge_in_words(graph, edge, forward=forward, lang=lang)
    return PathStep(graph.node(start), graph.node(end), edge, forward, words)


def _most_telling(edge: Edge) -> int:
    return _RANK[edge.kind]
