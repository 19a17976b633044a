"""What the answers say in words, Vietnamese and English (``words.csv``)."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from parcc_nlp.graph.questions.walking import instrument_of

if TYPE_CHECKING:
    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.questions.impacts import Way
    from parcc_nlp.graph.values import Edge, Node

__all__ = ["edge_in_words", "named", "now_in_words", "reason_in_words"]

Language = Literal["vi", "en"]
_PARTS_OF_A_DAY = 3
_LAST_MONTH_WITH_ZERO = 2


def edge_in_words(graph: LegalGraph, edge: Edge, *, forward: bool = True, lang: Language = "vi") -> str:
    """Say what an edge says, read from its source or, backward, from its target.

    Parameters
    ----------
    graph
        What the edge is of.
    edge
        The edge.
    forward
        False reads it from its target ("B được thay thế bởi A").
    lang
        Language.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> for name in ("A", "B"):
    ...     graph.add_node(Node(name, "instrument", name))
    >>> edge_in_words(graph, Edge("A", "replaces", "B", since="2025-06-16"), forward=False)
    'B được thay thế bởi A (từ 16/6/2025)'
    """
    first, second = (edge.source, edge.target) if forward else (edge.target, edge.source)
    return _word(
        "step_since" if edge.since else "step",
        lang,
        source=named(graph, first, lang=lang),
        verb=_word(edge.kind if forward else f"{edge.kind}_back", lang),
        target=named(graph, second, lang=lang),
        day=_written(edge.since) if edge.since else "",
    )


def reason_in_words(graph: LegalGraph, way: Way, *, lang: Language = "vi") -> str:
    """Say why a document has to be reviewed, in one line; never that it has ended.

    Parameters
    ----------
    graph
        What the way is in.
    way
        A way of an affected document (`parcc_nlp.graph.questions.impacts`).
    lang
        Language.
    """
    through = way.through if len(way.path) > 1 else way.path[0].target
    why = _word(f"why_{way.reason}", lang, through=named(graph, through, lang=lang))
    if len(way.path) > 1:
        why = _word("why_itself_affected", lang, why=why)
    return _word("why_clause", lang, why=why, clause=way.clause) if way.clause else why


def now_in_words(node: Node, now: Node | None, *, lang: Language = "vi") -> str:
    """Name an agency or a province with who it is now, where somebody came after it.

    Examples
    --------
    >>> from parcc_nlp.graph import Node
    >>> old, new = (Node(name, "agency", name) for name in ("Sở Giao thông vận tải", "Sở Xây dựng"))
    >>> now_in_words(old, new), now_in_words(new, None)
    ('Sở Giao thông vận tải (nay là Sở Xây dựng)', 'Sở Xây dựng')
    """
    return _word("now", lang, name=node.label, now=now.label) if now else node.label


def named(graph: LegalGraph, node_id: str, *, lang: Language = "vi") -> str:
    """Name a node, a provision with its instrument."""
    node = graph.node(node_id)
    own = instrument_of(node_id)
    if own == node_id or own not in graph:
        return node.label
    return _word("of_instrument", lang, unit=node.label, instrument=graph.node(own).label)


def _word(key: str, lang: Language, **fields: str) -> str:
    return _table()[key][lang].format(**fields)


@cache
def _table() -> dict[str, dict[Language, str]]:
    text = (files("parcc_nlp.graph.questions") / "words.csv").read_text(encoding="utf-8")
    return {row["key"]: {"vi": row["vi"], "en": row["en"]} for row in csv.DictReader(text.splitlines())}


def _written(day: str) -> str:
    """Write a day as NĐ 30/2020/NĐ-CP wants it: a zero before a day below 10 and a month below 3."""
    parts = day.split("-")
    if len(parts) != _PARTS_OF_A_DAY:
        return "/".join(reversed(parts))
    month = parts[1] if int(parts[1]) <= _LAST_MONTH_WITH_ZERO else str(int(parts[1]))
    return f"{parts[2]}/{month}/{parts[0]}"
