"""DOT: what Graphviz draws, laid out for a page of A4."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from parcc_nlp.graph.exchange.plain import plain
from parcc_nlp.graph.exchange.vocabulary import edge_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcc_nlp.graph.exchange.vocabulary import Language
    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.values import EdgeKind, NodeKind

__all__ = ["to_dot"]

_PAGE = (
    'rankdir="LR"',
    'size="7.48,10.91"',  # A4 in inches, less a centimetre at each side
    'margin="0.39"',
    'ratio="compress"',
    'nodesep="0.15"',
    'ranksep="1"',
    'charset="UTF-8"',
    'fontname="DejaVu Sans"',
)
_NODE = 'shape="box" style="rounded" fontname="DejaVu Sans" fontsize="10" margin="0.12,0.07"'
_EDGE = 'fontname="DejaVu Sans" fontsize="8" arrowsize="0.6"'
_SHAPES: dict[NodeKind, str] = {
    "provision": "note",
    "section": "tab",
    "agency": "ellipse",
    "target": "hexagon",
    "task": "cds",
    "unit": "house",
}
_WIDTH = 32
_LINES = 4


def to_dot(graph: LegalGraph, *, lang: Language = "vi", merge: bool = True) -> bytes:
    """Write a graph as DOT.

    Parameters
    ----------
    graph
        The graph.
    lang
        Language of the labels of edges; those of nodes are the names the documents use.
    merge
        Whether edges of one kind between the same two nodes are drawn as one, with their number ("viện dẫn ×5").

    Returns
    -------
    bytes
        UTF-8. The drawing fits a page of A4 whatever its size. Names are cut after some lines; the whole stands in the
        tooltip. An instrument that is only cited has a dashed border. Characters that SVG has no place for are
        replaced.

    Raises
    ------
    UsageError
        The graph holds what no format can (E377, E379).

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> for name in "ab":
    ...     graph.add_node(Node(name, "instrument", f"Luật {name.upper()}"))
    >>> graph.add_edge(Edge("a", "based_on", "b"))
    >>> print(to_dot(graph).decode().splitlines()[-2])
      "a" -> "b" [label="căn cứ" tooltip="căn cứ"];
    """
    copy = plain(graph, xml=True)
    lines = [f"  // {name}: {value}" for name, value in copy.graph.items()]
    lines += [f"  {one};" for one in _PAGE]
    lines += [f"  node [{_NODE}];", f"  edge [{_EDGE}];"]
    lines += [f"  {_node(node, carried)};" for node, carried in copy.nodes(data=True)]
    drawn: dict[tuple[str, str, EdgeKind, str], int] = {}
    for source, target, key, carried in copy.edges(keys=True, data=True):
        one = (source, target, carried["kind"], "" if merge else key)
        drawn[one] = drawn.get(one, 0) + 1
    for (source, target, kind, _), count in drawn.items():
        said = edge_label(kind, lang=lang)
        label = _label(f"{said} ×{count}" if count > 1 else said)
        lines.append(f'  {_id(source)} -> {_id(target)} [label="{label}" tooltip="{label}"];')
    return ("digraph parcc {\n" + "\n".join(lines) + "\n}\n").encode()


def _node(node: str, carried: Mapping[str, str]) -> str:
    shape = _SHAPES.get(carried["kind"])  # type: ignore[call-overload]  # checked when the graph was copied
    attributes = [f'label="{_label(_cut(carried["label"]))}"', f'tooltip="{_label(carried["label"])}"']
    if shape:
        attributes.append(f'shape="{shape}"')
    if not carried["known"]:
        attributes.append('style="rounded,dashed"')
    return f"{_id(node)} [{' '.join(attributes)}]"


def _cut(text: str) -> str:
    """Give a name in short lines, not too many."""
    return "\n".join(textwrap.wrap(" ".join(text.split()), _WIDTH, max_lines=_LINES, placeholder=" …"))


def _id(text: str) -> str:
    """Write an id; a backslash is doubled so that none stands before the closing quote."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _label(text: str) -> str:
    """Write a text that is shown: Graphviz reads escapes (``\\N``), entities (``&amp;``) and line ends in it."""
    shown = text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return "\\n".join(shown.splitlines())
