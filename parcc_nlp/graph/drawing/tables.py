"""The graph of a page as tables: everything that can be drawn, for who reads by keyboard, screen reader or on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.graph.drawing.statuses import standing
from parcc_nlp.graph.drawing.wording import legible, word_or, words, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcc_nlp.graph.drawing.evidence import Lines
    from parcc_nlp.graph.drawing.page_data import PageContent
    from parcc_nlp.graph.drawing.wording import Language
    from parcc_nlp.graph.values import Edge, Node

__all__ = ["EdgeRow", "NodeRow", "Tables", "tables_of"]


class NodeRow(NamedTuple):
    """A node; `owner` is the instrument that a provision, section, task or target belongs to."""

    number: int
    kind: str
    name: str
    owner: str
    signed: str
    title: str
    standing: str | None
    due: str


class EdgeRow(NamedTuple):
    """An edge."""

    number: int
    source: str
    relation: str
    target: str
    since: str
    evidence: Lines


class Tables(NamedTuple):
    """Instruments and the relations between them, apart from everything else."""

    instruments: tuple[NodeRow, ...]
    others: tuple[NodeRow, ...]
    relations: tuple[EdgeRow, ...]
    other_relations: tuple[EdgeRow, ...]


def tables_of(content: PageContent, *, on: str) -> Tables:
    """Write the tables of a page, the status that of one day."""
    nodes, edges = content.selection.nodes, content.selection.edges
    whole = frozenset(node.id for node in nodes if node.kind == "instrument")
    instruments: list[NodeRow] = []
    others: list[NodeRow] = []
    for number, node in enumerate(nodes):
        (instruments if node.id in whole else others).append(_node_row(number, node, content, on))
    relations: list[EdgeRow] = []
    other_relations: list[EdgeRow] = []
    for number, edge in enumerate(edges):
        among = edge.source in whole and edge.target in whole
        (relations if among else other_relations).append(_edge_row(number, edge, content))
    return Tables(tuple(instruments), tuple(others), tuple(relations), tuple(other_relations))


def _node_row(number: int, node: Node, content: PageContent, on: str) -> NodeRow:
    return NodeRow(
        number=number,
        kind=words(f"kind_{node.kind}", content.lang),
        name=content.names[node.id],
        owner=content.names.get(_whole(node.id, content.owners), "") if node.id in content.owners else "",
        signed=_day(node, "issued"),
        title=legible(str(node.get("title") or "")),
        standing=standing(node, on, content.statuses),
        due=_day(node, "deadline"),
    )


def _whole(node: str, owners: Mapping[str, str]) -> str:
    """Give the instrument at the end of what a node is a part of."""
    seen = {node}
    while (above := owners.get(node)) is not None and above not in seen:
        node = above
        seen.add(node)
    return node


def _edge_row(number: int, edge: Edge, content: PageContent) -> EdgeRow:
    return EdgeRow(
        number=number,
        source=content.names[edge.source],
        relation=_relation(edge, content.lang),
        target=content.names[edge.target],
        since=written(edge.since or ""),
        evidence=content.evidence[number],
    )


def _relation(edge: Edge, lang: Language) -> str:
    """Name a relation as it is read from its source to its target; an assignment with its role."""
    name = words(f"rel_{edge.kind}", lang)
    role = edge.get("role")
    return f"{name}: {word_or(f'role_{role}', legible(str(role)), lang).lower()}" if role else name


def _day(node: Node, name: str) -> str:
    return written(legible(str(node.get(name) or "")))
