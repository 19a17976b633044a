"""What a reader is told of a node or an edge: labelled lines with the facts and the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.graph.drawing.wording import legible, word_or, words, written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from parcc_nlp.graph.drawing.wording import Language
    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.values import Edge, Node, Value

__all__ = ["Places", "edge_lines", "node_lines"]

Lines = tuple[tuple[str, str], ...]

_NODE_FACTS = (
    "title", "number", "issuer", "issued", "effective", "expires", "scope", "product", "deadline", "recurrence",
    "candidates",
)  # fmt: skip
_EDGE_FACTS = (
    "quote", "clause", "parts", "exception", "role", "as_written", "deadline", "evidence", "confidence", "resolution",
)  # fmt: skip
_DAYS = frozenset({"issued", "effective", "expires", "deadline"})
_CODED = frozenset({"confidence", "resolution", "role"})
_UNSAID: Mapping[str, str] = {"confidence": "verified", "resolution": "exact"}
"""What goes without saying."""
_BULLETS = frozenset({"bullet", "row", "table"})
_CITED_BY_NUMBER = frozenset({"khoan", "diem"})
"""Units whose name says which they stand in ("điểm a khoản 2 Điều 5"), so that the smallest is enough."""
_BETWEEN = " › "


class Places:
    """The units of the documents of a graph, for saying where in a document something stands."""

    __slots__ = ("_sections",)

    def __init__(self, graph: LegalGraph) -> None:
        self._sections: dict[str, list[tuple[int, int, str, bool]]] = {}
        for node in graph.nodes("section"):
            start, end = node.get("start"), node.get("end")
            if isinstance(start, int) and isinstance(end, int) and node.get("unit") not in _BULLETS:
                within = self._sections.setdefault(node.id.partition("#")[0], [])
                within.append((start, end, legible(node.label), node.get("unit") in _CITED_BY_NUMBER))
        for within in self._sections.values():
            within.sort(key=_outer_first)

    def name(self, document: str, offset: int) -> str:
        """Name the units around a place, from the largest to the smallest; empty outside all."""
        around = [one for one in self._sections.get(document, ()) if one[0] <= offset < one[1]]
        cited = [name for _, _, name, is_cited in around if is_cited]
        return _BETWEEN.join(name for _, _, name, is_cited in around if not is_cited or name == cited[-1])


def node_lines(node: Node, lang: Language) -> Lines:
    """Tell the facts of a node.

    Examples
    --------
    >>> from parcc_nlp.graph import Node
    >>> node_lines(Node("a", "instrument", "A", properties={"issued": "2010-06-08"}), "vi")
    (('Ngày ký', '08/6/2010'),)
    """
    lines = [(words(f"fact_{name}", lang), _said(name, node.get(name), lang)) for name in _NODE_FACTS]
    if not node.known and node.kind == "instrument":
        lines.append((words("fact_known", lang), words("not_in_data", lang)))
    return _told(lines)


def edge_lines(edge: Edge, lang: Language, *, place: str = "", said_by: str = "") -> Lines:
    """Tell the evidence of an edge: its words, clause, dates, place and source.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge
    >>> edge_lines(Edge("a", "replaces", "b", "2025-03-01", properties={"clause": "khoản 4 Điều 49"}), "vi")
    (('Điều khoản', 'khoản 4 Điều 49'), ('Từ ngày', '01/3/2025'))
    """
    lines: list[tuple[str, str]] = []
    for name in _EDGE_FACTS:
        value = edge.get(name)
        if value != _UNSAID.get(name, ""):
            lines.append((words(f"fact_{name}", lang), _said(name, value, lang)))
    bounds = [("since", edge.since), ("until", edge.until)]
    at = next((number for number, (label, _) in enumerate(lines) if label == words("fact_evidence", lang)), len(lines))
    lines[at:at] = [(words(f"fact_{name}", lang), written(day)) for name, day in bounds if day]
    lines += [(words("fact_place", lang), legible(place)), (words("fact_document", lang), legible(said_by))]
    return _told(lines)


def _said(name: str, value: Value | None, lang: Language) -> str:
    """Write a value as a reader reads it."""
    if value is None:
        return ""
    text = legible(str(value))
    if name in _CODED:
        return word_or(f"{name}_{text}", text, lang)
    return _WRITINGS.get("day" if name in _DAYS else name, _as_it_is)(text)


def _as_it_is(text: str) -> str:
    return text


def _quoted(text: str) -> str:
    return f"“{text}”"


def _separated(text: str) -> str:
    return text.replace("|", "; ")


_WRITINGS: Mapping[str, Callable[[str], str]] = {
    "day": written,
    "quote": _quoted,
    "candidates": _separated,
}


def _told(lines: Sequence[tuple[str, str]]) -> Lines:
    """Leave out what there is nothing to say of."""
    return tuple((label, value) for label, value in lines if value)


def _outer_first(section: tuple[int, int, str, bool]) -> tuple[int, int]:
    start, end, _, _ = section
    return start, -end
