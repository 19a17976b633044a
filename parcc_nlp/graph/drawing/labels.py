"""The few short lines that stand in the box of a node."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from parcc_nlp.graph.drawing.wording import legible, shortened

if TYPE_CHECKING:
    from parcc_nlp.graph.values import Node

__all__ = ["box_lines", "one_line", "wrapped"]

_FIXED = "\u00a0"
"""A space that no line breaks at."""


def box_lines(node: Node, *, width: int, most: int) -> tuple[str, ...]:
    """Write a node's name in some lines at most; what has to be left out is never the number.

    Examples
    --------
    >>> from parcc_nlp.graph import Node
    >>> law = Node("a", "instrument", "Luật Tổ chức chính quyền địa phương số 77/2015/QH13",
    ...            properties={"number": "77/2015/QH13"})
    >>> box_lines(law, width=30, most=2)
    ('Luật Tổ chức chính quyền địa', 'phương số 77/2015/QH13')
    >>> box_lines(law, width=22, most=2)
    ('Luật Tổ chức chính…', 'số 77/2015/QH13')
    """
    name, tail = _parts(node)
    if not tail:
        return wrapped(name, width, most)
    end = tail.strip().replace(" ", _FIXED)
    lines = _broken(f"{name} {end}", width)
    made = lines if len(lines) <= most else [*wrapped(name, width, most - 1), end]
    return tuple(line.replace(_FIXED, " ") for line in made)


def one_line(node: Node, *, width: int) -> str:
    """Write a node's name in one line; what has to be left out is never the number.

    Examples
    --------
    >>> from parcc_nlp.graph import Node
    >>> law = Node("a", "instrument", "Luật Tổ chức chính quyền địa phương số 77/2015/QH13",
    ...            properties={"number": "77/2015/QH13"})
    >>> one_line(law, width=36)
    'Luật Tổ chức chính… số 77/2015/QH13'
    """
    name, tail = _parts(node)
    return shortened(name, max(width - len(tail), 1)) + tail


def wrapped(text: str, width: int, most: int) -> tuple[str, ...]:
    """Break a text into some lines at most, the last cut where it is longer.

    Examples
    --------
    >>> wrapped("Về kiểm soát thủ tục hành chính", 16, 2)
    ('Về kiểm soát thủ', 'tục hành chính')
    >>> wrapped("Về kiểm soát thủ tục hành chính", 13, 2)
    ('Về kiểm soát', 'thủ tục hành…')
    """
    lines = _broken(legible(text), width)
    if len(lines) > most:
        lines = [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), width)]
    return tuple(lines)


def _parts(node: Node) -> tuple[str, str]:
    """Take a name apart into what may be cut and the number, which may not."""
    label = legible(node.label) or node.id
    tail = f" số {legible(str(node.get('number') or ''))}"
    return (label.removesuffix(tail), tail) if tail.strip() != "số" and label.endswith(tail) else (label, "")


def _broken(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False)
