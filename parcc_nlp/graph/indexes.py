"""What a graph remembers of itself, so that a law cited a hundred thousand times is not walked over for one question.

Remembered are names only, never attributes: whoever asks looks the rest up in the graph itself. So an answer may leave
something out where the graph was changed unnoticed, but never tells what is no longer there.

Whether the graph was changed is told by networkx: every method of it that changes a graph clears the cache it keeps on
the graph for its backends (``__networkx_cache__``, see ``cache_converted_graphs`` in the configuration of networkx).
A mark left there is gone after a change. What goes past these methods, as ``graph[a][b][key]["kind"] = ...`` does, is
seen by neither; for it networkx itself asks to clear that cache.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from parcc_nlp.registry.identity import number_key, slug

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import networkx as nx

__all__ = ["COUNTLESS", "Indexes", "bears", "can_be_indexed", "current", "forget", "indexed", "keep"]

COUNTLESS = frozenset({"based_on", "implements", "cites", "assigns", "sets_target"})
"""Relations of which a node may have a hundred thousand, and which are all read where they are asked for."""
_MARK = "parcc_nlp.graph"
_NOT_DIGIT = re.compile(r"\D+")


@dataclass(slots=True)
class Indexes:
    """What is remembered of one graph.

    `sources` gives for a node those that any other edge than a countless one leads from, in the order in which these
    were added; `numbers` the instruments by the digits of their numbers, None until somebody asks for one. `mark` is
    what was left with networkx.
    """

    mark: object = field(default_factory=object)
    sources: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, list[str]] | None = None

    def add_edge(self, source: str, target: str, kind: str, beside: Mapping[str, Mapping[str, Any]] | None) -> None:
        """Remember an edge; `beside` are the edges that were between the two before it."""
        if kind in COUNTLESS:
            return
        if beside and any(attributes["kind"] not in COUNTLESS for attributes in beside.values()):
            return
        self.sources.setdefault(target, []).append(source)

    def add_node(self, node_id: str, attributes: Mapping[str, Any]) -> None:
        """Remember the number of an instrument, once numbers are looked for."""
        if self.numbers is None or attributes["kind"] != "instrument":
            return
        number = attributes.get("number")
        digits = _digits(number.partition("(")[0] if isinstance(number, str) else _tail(node_id))
        there = self.numbers.setdefault(digits, [])
        if node_id not in there:
            there.append(node_id)

    def perhaps_bearing(self, graph: nx.MultiDiGraph, wanted: str) -> Collection[str]:
        """Give the instruments that may be of a number (as `number_key` writes it): those with the same digits."""
        if self.numbers is None:
            self.numbers = {}
            for node_id, attributes in graph.nodes(data=True):
                self.add_node(node_id, attributes)
        alike = dict.fromkeys((_digits(wanted.partition("(")[0]), _digits(wanted)))
        return dict.fromkeys(one for digits in alike for one in self.numbers.get(digits, ()))


def indexed(graph: nx.MultiDiGraph) -> Indexes:
    """Make the indexes of a graph in one pass over its edges."""
    indexes = Indexes()
    sources: dict[str, dict[str, None]] = {}
    for source, target, kind in graph.edges(data="kind"):
        if kind not in COUNTLESS:
            sources.setdefault(target, {})[source] = None
    indexes.sources = {target: list(found) for target, found in sources.items()}
    keep(graph, indexes)
    return indexes


def can_be_indexed(graph: nx.MultiDiGraph) -> bool:
    """Say whether a change of a graph is noticed: not where it is a view of another, or keeps no cache."""
    return getattr(graph, "__networkx_cache__", None) is not None and not hasattr(graph, "_graph")


def current(graph: nx.MultiDiGraph, indexes: Indexes | None) -> Indexes | None:
    """Give the indexes as long as nobody changed the graph since they were kept."""
    if indexes is None or (graph.__networkx_cache__ or {}).get(_MARK) is not indexes.mark:
        return None
    return indexes


def keep(graph: nx.MultiDiGraph, indexes: Indexes) -> None:
    """Leave the mark that the indexes are those of the graph as it is now."""
    if graph.__networkx_cache__ is not None:
        graph.__networkx_cache__[_MARK] = indexes.mark


def forget(graph: nx.MultiDiGraph) -> None:
    """Have everybody see that attributes of a graph were changed, the backends of networkx too."""
    if graph.__networkx_cache__ is not None:
        graph.__networkx_cache__.clear()


def bears(node_id: str, attributes: Mapping[str, Any], wanted: str) -> bool:
    """Say whether a node is of this number: by its number, or by its id where nothing gives it one."""
    number = attributes.get("number")
    if isinstance(number, str):
        return number_key(number) == wanted
    return _tail(node_id) == slug(wanted)


def _digits(number: str) -> str:
    """Give the digits of a number: numbers with one key have the same, and they are told twenty times as fast.

    A remark in brackets behind a number ("27-NQ/TW (2022)") is no part of it, so that callers cut before a bracket.
    """
    return _NOT_DIGIT.sub("", number).lstrip("0")


def _tail(node_id: str) -> str:
    """Give the number at the end of an id; behind "@" stands the document that cites it."""
    return node_id.partition("@")[0].rpartition("/")[2].lstrip("0")
