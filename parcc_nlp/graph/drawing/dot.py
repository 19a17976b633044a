"""A picture in the language of Graphviz: the same picture gives the same text.

The left column, which may be long, is one table with a cell a box: Graphviz would leave more room between boxes of
their own than a sheet has.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Literal, NamedTuple

from parcc_nlp.graph.drawing.statuses import SIGNS
from parcc_nlp.graph.drawing.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from parcc_nlp.graph.drawing.condensing import Arrow, Box, Line, Picture
    from parcc_nlp.graph.drawing.families import Family
    from parcc_nlp.graph.drawing.wording import Language

__all__ = ["SMALLEST_LETTER", "dot_source"]

SMALLEST_LETTER = 7.5
"""The smallest letters of a picture before it is scaled to a page, in points."""

_LETTER = 8.5
_LETTERS = "Arial,Liberation Sans,Noto Sans,DejaVu Sans"
_SIGN_LETTERS = "DejaVu Sans,Segoe UI Symbol,Noto Sans Symbols2"
_DOCUMENT = "★"


class _Look(NamedTuple):
    """How a box is drawn: letters and border, ground, kind of border."""

    colour: str
    ground: str
    border: Literal["solid", "rounded", "dashed", "dotted", "double"]


class _Stroke(NamedTuple):
    """How a line is drawn."""

    colour: str
    style: Literal["solid", "dashed", "dotted"]
    width: float
    head: Literal["normal", "tee"] = "normal"


_LOOKS: Mapping[str, _Look] = {
    "in_force": _Look("#0b4f1a", "#e1f3e4", "rounded"),
    "amended": _Look("#0b4f1a", "#e1f3e4", "rounded"),
    "partly_expired": _Look("#5c4300", "#fff0c7", "dashed"),
    "suspended": _Look("#5c4300", "#fff0c7", "double"),
    "expired": _Look("#8a1313", "#fde3e1", "double"),
    "not_yet": _Look("#114a80", "#ffffff", "dashed"),
    "not_known": _Look("#46327e", "#f4f1fc", "dotted"),
}
_OWN = _Look("#114a80", "#d6e7f8", "solid")
_PLAIN = _Look("#333333", "#f6f5f1", "solid")
_STROKES: Mapping[Family, _Stroke] = {
    "basis": _Stroke("#114a80", "solid", 2),
    "cites": _Stroke("#6b675f", "solid", 0.7),
    "ends": _Stroke("#8a1313", "solid", 1.6, "tee"),
    "changes": _Stroke("#5c4300", "dashed", 1),
    "assigns": _Stroke("#6b675f", "dotted", 1),
    "holds": _Stroke("#6b675f", "dotted", 1),
}
_LEGEND = ("in_force", "partly_expired", "expired", "suspended", "not_yet", "not_known")
_SAMPLES: tuple[Family, ...] = ("basis", "cites", "ends", "changes", "assigns")
_LEFT, _FAR = 0, 3
_LONG = 4
"""Lines from which on a dotted cell has a border all around; the borders of short ones would run into each other."""


def dot_source(picture: Picture, *, lang: Language, size: tuple[float, float] | None = None) -> str:
    """Write a picture for Graphviz.

    Parameters
    ----------
    picture
        The picture.
    lang
        Language of the legend.
    size
        Width and height in inches that it must not exceed.
    """
    columns = (picture.left, picture.middle, picture.right, picture.far)
    names = {box.id: f"b{number}" for number, box in enumerate(box for column in columns for box in column)}
    bounds = f' size="{size[0]:.3f},{size[1]:.3f}"' if size else ""
    lines = [
        "digraph parcc {",
        f'graph [rankdir=LR ranksep=0.32 nodesep=0.05 margin=0 pad=0.05 fontname="{_LETTERS}"{bounds}];',
        f"graph [fontsize={_LETTER} labelloc=b labeljust=c label=<{_legend(lang)}>];",
        f'node [shape=box fontname="{_LETTERS}" fontsize={_LETTER} margin="0.07,0.035" height=0.1 width=0.1];',
        f'edge [fontname="{_LETTERS}" fontsize={SMALLEST_LETTER} arrowsize=0.5];',
        f"subgraph cluster_all {{ pencolor=none labelloc=t labeljust=l label=<{_heading(picture)}>;",
        *_stack(picture.left),
        *(_box(box, names[box.id]) for column in columns[1:] for box in column),
        *(line for column in columns[1:_FAR] for line in _in_order([names[box.id] for box in column])),
        *_beside(picture, names),
        *_arrows(columns, picture.arrows, names),
        "}",
        "}",
    ]
    return "\n".join(lines) + "\n"


def _in_order(names: Sequence[str]) -> Iterator[str]:
    """Keep a column together and in its order; from left to right Graphviz lays a rank out from the bottom."""
    if len(names) > 1:
        yield f"{{ rank=same; {' -> '.join(reversed(names))} [style=invis weight=8]; }}"


def _beside(picture: Picture, names: Mapping[str, str]) -> Iterator[str]:
    """Keep the columns to the left and right of the middle also where no line leads to them."""
    middle = names[picture.middle[0].id]
    if picture.left:
        yield f"left -> {middle} [style=invis];"
    if picture.right:
        yield f"{middle} -> {names[picture.right[0].id]} [style=invis];"


def _arrows(columns: Sequence[Sequence[Box]], arrows: Iterable[Arrow], names: Mapping[str, str]) -> Iterator[str]:
    """Write the arrows from left to right, as the columns stand, each pointing where it points."""
    column = {box.id: place for place, boxes in enumerate(columns) for box in boxes}
    ports = {**names, **{box.id: f"left:{names[box.id]}:e" for box in columns[_LEFT]}}
    for arrow in arrows:
        inner, outer = column.get(arrow.inner), column.get(arrow.outer)
        if inner is None or outer is None:
            continue
        turned = outer < inner
        tail, head = (arrow.outer, arrow.inner) if turned else (arrow.inner, arrow.outer)
        points = "forward" if arrow.outwards != turned else "back"
        free = " constraint=false" if inner == outer != _FAR else ""
        yield f"{ports[tail]} -> {ports[head]} [dir={points}{free}{_drawn(arrow)}];"


def _drawn(arrow: Arrow) -> str:
    stroke = _STROKES[arrow.family]
    rows = [f"<TD>{escape(line) or ' '}</TD>" for line in arrow.lines]
    # The last row is room between the words and the line.
    label = f" label=<{_table([*rows, _room(3)])}>" if rows else ""
    return (
        f' color="{stroke.colour}" fontcolor="{stroke.colour}" style={stroke.style} penwidth={stroke.width}'
        f" arrowhead={stroke.head} arrowtail={stroke.head}{label}"
    )


def _box(box: Box, name: str) -> str:
    """Write a box that stands by itself."""
    cells = _lines(box)
    if box.style == "heading":
        return f'{name} [shape=plain label=<{cells}> fontcolor="#444444"];'
    look = _look(box)
    style = {"rounded": "filled,rounded", "dashed": "filled,dashed", "dotted": "filled,dotted"}.get(
        look.border, "filled"
    )
    rims = " peripheries=2" if look.border == "double" else ""
    width = {"dashed": 1.4, "dotted": 1.0}.get(look.border, 0.8)
    return (
        f'{name} [label=<{cells}> color="{look.colour}" fontcolor="{look.colour}" fillcolor="{look.ground}" '
        f'style="{style}" penwidth={width}{rims}];'
    )


def _stack(boxes: Sequence[Box]) -> Iterator[str]:
    """Write a column as one table."""
    if boxes:
        rows = (_stacked(box, f"b{number}") for number, box in enumerate(boxes))
        yield f"left [shape=plain label=<{_table(list(rows), spacing=1, padding=1)}>];"


def _stacked(box: Box, port: str) -> str:
    """Write a box as a cell of a column."""
    inner = _lines(box)
    if box.style == "heading":
        return f'<TD PORT="{port}"><FONT COLOR="#444444">{inner}</FONT></TD>'
    look, is_long = _look(box), len(box.lines) >= _LONG
    sides = ' SIDES="LR"' if look.border == "dotted" and not is_long else ""
    room = ' CELLPADDING="4"' if is_long else ""
    if look.border == "double":
        inner = (
            f'<TABLE BORDER="1" COLOR="{look.colour}" CELLBORDER="0" CELLSPACING="0"><TR><TD>{inner}</TD></TR></TABLE>'
        )
    return (
        f'<TD PORT="{port}" BORDER="1" COLOR="{look.colour}" BGCOLOR="{look.ground}" ALIGN="LEFT"'
        f'{_cell_style(look.border)}{sides}{room}><FONT COLOR="{look.colour}">{inner}</FONT></TD>'
    )


def _look(box: Box) -> _Look:
    if box.style == "document":
        return _OWN
    return _LOOKS[box.standing] if box.standing else _PLAIN


def _cell_style(border: str) -> str:
    return f' STYLE="{border}"' if border in {"rounded", "dashed", "dotted"} else ""


def _table(rows: Sequence[str], *, spacing: int = 0, padding: int = 0) -> str:
    """Write cells one below the other, without lines."""
    body = "".join(f"<TR>{row}</TR>" for row in rows)
    return f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="{spacing}" CELLPADDING="{padding}">{body}</TABLE>'


def _lines(box: Box) -> str:
    return _table([f'<TD ALIGN="LEFT">{_line(line)}</TD>' for line in box.lines])


def _line(line: Line) -> str:
    text = escape(line.text) or " "
    text = f"<B>{text}</B>" if line.weight == "bold" else text
    size = SMALLEST_LETTER if line.weight == "small" else _LETTER
    return f'<FONT POINT-SIZE="{size}">{_sign(line.sign)}{text}</FONT>'


def _sign(sign: str) -> str:
    # An ordinary space at the edge of a text is lost in SVG.
    return f'<FONT FACE="{_SIGN_LETTERS}">{sign}&#160;</FONT>' if sign else ""


def _heading(picture: Picture) -> str:
    """Write what stands above: what the graph is of, the day, what is drawn of it."""
    rows = (
        (13, f"<B>{escape(picture.title)}</B>"),
        (10, f"<B>{escape(picture.subtitle)}</B>"),
        (8, escape(picture.note)),
    )
    cells = [f'<TD ALIGN="LEFT"><FONT POINT-SIZE="{size}">{text}</FONT></TD>' for size, text in rows]
    return _table([*cells, _room(8)])


def _legend(lang: Language) -> str:
    """Write the legend: the statuses with sign, colour and border, and the lines."""
    name = f"<TD><B>{escape(words('legend', lang))}</B></TD>"
    own = _swatch(_OWN, _DOCUMENT, words("legend_document", lang), width=2)
    statuses = "".join(
        _swatch(_LOOKS[one], SIGNS[one], words(f"status_{one}", lang), width=3 if _LOOKS[one].border == "double" else 1)
        for one in _LEGEND
    )
    samples = "".join(_sample(_STROKES[one], words(f"line_{one}", lang)) for one in _SAMPLES)
    rows = [f"<TD>{_table([cells], spacing=4)}</TD>" for cells in (f"{name}{own}{statuses}", samples)]
    return _table(rows)


def _swatch(look: _Look, sign: str, name: str, *, width: int) -> str:
    """Show a status as its boxes are drawn."""
    return (
        f'<TD BGCOLOR="{look.ground}" COLOR="{look.colour}" BORDER="{width}" CELLPADDING="2"{_cell_style(look.border)}>'
        f'<FONT COLOR="{look.colour}">{_sign(sign)}{escape(name)}</FONT></TD>'
    )


def _sample(stroke: _Stroke, name: str) -> str:
    """Show a line as it is drawn."""
    line = (
        f'<TD WIDTH="26" HEIGHT="5" BORDER="{max(round(stroke.width), 1)}" SIDES="B" COLOR="{stroke.colour}"'
        f"{_cell_style(stroke.style)}></TD>"
    )
    return f"<TD>{_table([line, _room(4)])}</TD><TD>{escape(name)}  </TD>"


def _room(height: int) -> str:
    return f'<TD HEIGHT="{height}"></TD>'
