"""What the page's script works on: nodes, edges and statuses as plain JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from parcc_nlp.graph.drawing.evidence import Places, edge_lines, node_lines
from parcc_nlp.graph.drawing.families import family_of
from parcc_nlp.graph.drawing.labels import box_lines
from parcc_nlp.graph.drawing.selection import owners
from parcc_nlp.graph.drawing.statuses import SIGNS, standing
from parcc_nlp.graph.drawing.wording import legible, words_beginning, written
from parcc_nlp.graph.values import EDGE_KINDS, NODE_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcc_nlp.graph.drawing.evidence import Lines
    from parcc_nlp.graph.drawing.selection import Selection
    from parcc_nlp.graph.drawing.statuses import Statuses
    from parcc_nlp.graph.drawing.wording import Language
    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.values import Edge, Node

__all__ = ["PageContent", "content_of", "inert_json", "page_json"]

_WIDTH = 29
"""Characters in a line of a box."""
_WORDS_OF_SCRIPT = (
    "by_", "center_button", "clear", "column_", "drawn", "empty_", "heading_", "kind_", "no_results", "none_",
    "not_drawn", "rel_", "relations_of", "results", "role_", "status_", "summary_",
)  # fmt: skip
_DANGEROUS = re.compile("[<>&\u2028\u2029\u007f-\u009f\ud800-\udfff]")


class PageContent(NamedTuple):
    """What a page holds: a part of a graph with names, owners and evidence, and what holds on the days to choose from.

    `numbers` are those of the nodes in the page, `evidence` belongs to the edges of `selection` in their order.
    """

    selection: Selection
    statuses: Statuses
    days: tuple[str, ...]
    lang: Language
    numbers: Mapping[str, int]
    names: Mapping[str, str]
    owners: Mapping[str, str]
    evidence: tuple[Lines, ...]


def content_of(
    graph: LegalGraph, selection: Selection, statuses: Statuses, *, days: Sequence[str], lang: Language
) -> PageContent:
    """Gather what a page holds.

    Parameters
    ----------
    graph
        The graph.
    selection
        The part of it that the page holds.
    statuses
        By day, the status of nodes.
    days
        The days that can be chosen, in order.
    lang
        Language of the words.
    """
    places = Places(graph)
    return PageContent(
        selection=selection,
        statuses=statuses,
        days=tuple(days),
        lang=lang,
        numbers={node.id: number for number, node in enumerate(selection.nodes)},
        names={node.id: _name(node) for node in selection.nodes},
        owners=owners(graph),
        evidence=tuple(_evidence(graph, edge, places, lang) for edge in selection.edges),
    )


def page_json(
    content: PageContent, *, on: str, named_days: Sequence[tuple[str, str]], reasons: Statuses, drawn: int
) -> str:
    """Write what the page's script works on.

    Parameters
    ----------
    content
        What the page holds.
    on
        The day chosen first.
    named_days
        Days with a name of their own, as (name, day).
    reasons
        By day, why the status of nodes is what it is.
    drawn
        How many nodes are drawn at the same time at most.
    """
    days = content.days
    return inert_json(
        {
            "nodeKinds": NODE_KINDS,
            "edgeKinds": EDGE_KINDS,
            "edgeFamilies": [family_of(kind) for kind in EDGE_KINDS],
            "statusKinds": list(SIGNS),
            "signs": list(SIGNS.values()),
            "days": days,
            "writtenDays": [written(day) for day in days],
            "namedDays": [[name, days.index(day)] for name, day in named_days],
            "on": days.index(on),
            "centres": [content.numbers[one] for one in content.selection.centres],
            "most": drawn,
            "reasons": _reasons(content, reasons),
            "nodes": [_node(node, content) for node in content.selection.nodes],
            "edges": [
                _edge(edge, lines, content)
                for edge, lines in zip(content.selection.edges, content.evidence, strict=True)
            ],
            "words": words_beginning(_WORDS_OF_SCRIPT, content.lang),
        }
    )


def inert_json(value: object) -> str:
    """Write JSON that stays data wherever it stands in a page.

    Examples
    --------
    >>> inert_json({"name": "</script><script>alert(1)"})
    '{"name":"\\\\u003c/script\\\\u003e\\\\u003cscript\\\\u003ealert(1)"}'
    """
    return _DANGEROUS.sub(_escaped, json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _name(node: Node) -> str:
    return legible(node.label) or node.id


def _evidence(graph: LegalGraph, edge: Edge, places: Places, lang: Language) -> Lines:
    """Tell the evidence of an edge, with its place in the document that says so."""
    start, document = edge.get("start"), edge.document
    if document is None or document not in graph:
        return edge_lines(edge, lang)
    place = places.name(document, start) if isinstance(start, int) else ""
    # Where the document itself is the source, saying so again tells nothing.
    said_by = graph.node(document).label if document != edge.source else ""
    return edge_lines(edge, lang, place=place, said_by=said_by)


def _node(node: Node, content: PageContent) -> dict[str, Any]:
    """Write a node: kind, name, lines of its box, title, day of signing, what it is a part of, statuses, facts."""
    title, issued, owner = node.get("title"), node.get("issued"), content.owners.get(node.id)
    optional = {
        "t": legible(str(title)) if title else None,
        "i": issued if isinstance(issued, str) else None,
        "p": content.numbers.get(owner) if owner is not None else None,
        "s": _changes([standing(node, day, content.statuses) for day in content.days]) or None,
        "f": node_lines(node, content.lang) or None,
    }
    return {
        "k": NODE_KINDS.index(node.kind),
        "n": content.names[node.id],
        "l": box_lines(node, width=_WIDTH, most=2),
        **{name: value for name, value in optional.items() if value is not None},
    }


def _changes(through: Sequence[str | None]) -> list[list[int]]:
    """Write the status day by day as its changes: from which day on which status."""
    kinds = list(SIGNS)
    made: list[list[int]] = []
    last: str | None = None
    for number, status in enumerate(through):
        if status is not None and status != last:
            made.append([number, kinds.index(status)])
        last = status
    return made


def _edge(edge: Edge, lines: Lines, content: PageContent) -> dict[str, Any]:
    """Write an edge: kind, ends, bounds, role, evidence."""
    ends = {"a": content.numbers[edge.source], "b": content.numbers[edge.target]}
    optional = {"d": edge.since, "u": edge.until, "r": edge.get("role"), "e": lines}
    return {
        "k": EDGE_KINDS.index(edge.kind),
        **ends,
        **{name: value for name, value in optional.items() if value},
    }


def _reasons(content: PageContent, reasons: Statuses) -> dict[int, dict[int, str]]:
    """Write the reasons by the numbers of day and node."""
    return {
        number: {content.numbers[node]: legible(text) for node, text in reasons[day].items() if node in content.numbers}
        for number, day in enumerate(content.days)
        if day in reasons
    }
