"""How two instruments hang together: the shortest way from one to the other, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from parcc_nlp.graph.questions.finding import checked_day, the_instrument
from parcc_nlp.graph.questions.walking import edge_of, holds, in_order, incoming, is_there, outgoing
from parcc_nlp.graph.questions.wording import edge_in_words
from parcc_nlp.graph.values import Edge, EdgeKind, Node

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.questions.walking import Attributes
    from parcc_nlp.graph.questions.wording import Language

__all__ = ["Explanation", "PathStep", "explain_path"]

_TELLING: tuple[EdgeKind, ...] = (
    "replaces", "repeals", "amends", "partially_repeals", "suspends", "corrects", "consolidates", "guides", "based_on",
    "implements", "continues", "extends", "date_shift", "succeeded_by", "part_of", "cites",
)  # fmt: skip
"""Edges that explain how instruments hang together, the most telling first."""
_RANK = {kind: rank for rank, kind in enumerate(_TELLING)}
_PASSED = ("instrument", "provision", "section")
_FEWER = 4
"""How many times fewer nodes are looked up one by one sooner than searched for among all neighbours of another."""


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
        Leaves out what did not hold or was not signed on this day. Everything by default.
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
    if not (is_there(graph, start, on) and is_there(graph, end, on)):
        return None
    fronts: dict[str, list[set[str]]] = {start: [{start}], end: [{end}]}
    seen = {start: {start}, end: {end}}
    while fronts[start][-1] and fronts[end][-1]:
        # Asked before a front is walked over: at a law that everybody cites, this is most of the work.
        touching = _joined(graph, fronts[start][-1], fronts[end][-1], on=on)
        if touching:
            return _first_way(graph, fronts[start], fronts[end], touching, on=on)
        near = start if _is_narrower(graph, fronts[start][-1], fronts[end][-1]) else end
        front = _around(graph, fronts[near][-1], seen[near], on=on)
        fronts[near].append(front)
        seen[near] |= front
    return None


def _is_narrower(graph: LegalGraph, one: Collection[str], other: Collection[str]) -> bool:
    """Say whether a front has fewer neighbours than another: a law that everybody cites is passed through last."""
    if len(one) > len(other):
        return not _is_narrower(graph, other, one)
    width = _width(graph, one)
    return len(other) >= width or _width(graph, other) >= width


def _width(graph: LegalGraph, front: Iterable[str]) -> int:
    before, after = graph.networkx.pred, graph.networkx.succ
    return sum(len(before[one]) + len(after[one]) for one in front)


def _first_way(
    graph: LegalGraph, before: Sequence[set[str]], behind: Sequence[set[str]], touching: set[str], *, on: str | None
) -> list[str]:
    """Go over nodes that lead there from the start to where the fronts touch, and on to the end."""
    waves = [touching, *reversed(behind)]
    for front in reversed(before[:-1]):
        waves.insert(0, _joined(graph, front, waves[0], on=on))
    (way,) = [[one] for one in waves[0]]
    for wave in waves[1:]:
        way.append(min(_beside(graph, way[-1], wave, on=on)))
    return way


def _around(graph: LegalGraph, front: Iterable[str], seen: set[str], *, on: str | None) -> set[str]:
    """Give the instruments and provisions beside a front that were not seen yet."""
    whole = graph.networkx
    if on is None:  # whatever joins instruments and provisions tells something
        beside: set[str] = set()
        for one in front:
            beside.update(whole.successors(one), whole.predecessors(one))
        beside -= seen
    else:
        beside = {
            other
            for one in front
            for ties in (outgoing(graph, one, _TELLING, on=on), incoming(graph, one, _TELLING, on=on))
            for other, _ in ties
            if other not in seen and is_there(graph, other, on)
        }
    nodes = whole.nodes
    return {one for one in beside if nodes[one]["kind"] in _PASSED}


def _joined(graph: LegalGraph, ones: set[str], others: set[str], *, on: str | None) -> set[str]:
    """Give those nodes of some that an edge joins to any of others; walks over the smaller set."""
    if len(ones) <= len(others):
        return {one for one in ones if any(True for _ in _beside(graph, one, others, on=on))}
    return {one for other in others for one in _beside(graph, other, ones, on=on)}


def _beside(graph: LegalGraph, one: str, others: set[str], *, on: str | None) -> Iterator[str]:
    """Give those of other nodes that an edge joins to a node."""
    whole = graph.networkx
    if _FEWER * len(others) < len(whole.succ[one]) + len(whole.pred[one]):
        found = {other for other in others if whole.has_successor(one, other) or whole.has_predecessor(one, other)}
    else:
        found = others.intersection(chain(whole.successors(one), whole.predecessors(one)))
    for other in found:
        if on is None or any(holds(told, on) for _, _, told in _between(graph, one, other)):
            yield other


def _between(graph: LegalGraph, one: str, other: str) -> Iterator[tuple[str, str, Attributes]]:
    """Give the edges between two nodes that tell something: source, target, attributes."""
    for source, target in dict.fromkeys(((one, other), (other, one))):
        for told in graph.networkx.get_edge_data(source, target, default={}).values():
            if told["kind"] in _RANK:
                yield source, target, told


def _step(graph: LegalGraph, start: str, end: str, *, on: str | None, lang: Language) -> PathStep:
    """Take the most telling of the edges between two nodes, one that goes the way before one that comes against it."""
    edges = in_order(edge_of(*tie) for tie in _between(graph, start, end) if holds(tie[2], on))
    against = [edge for edge in edges if edge.source != start]
    along = [edge for edge in edges if edge.source == start]
    edge = min((*along, *against), key=_most_telling)
    forward = edge.source == start
    words = edge_in_words(graph, edge, forward=forward, lang=lang)
    return PathStep(graph.node(start), graph.node(end), edge, forward, words)


def _most_telling(edge: Edge) -> int:
    return _RANK[edge.kind]
