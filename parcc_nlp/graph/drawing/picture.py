"""A still picture of a graph that fits a sheet of A4, for a dossier: SVG and PNG through Graphviz."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.graph.drawing.condensing import DETAILS, condensed
from parcc_nlp.graph.drawing.dot import SMALLEST_LETTER, dot_source
from parcc_nlp.graph.drawing.rendering import measured, rendered
from parcc_nlp.graph.drawing.selection import centres_of, nearest
from parcc_nlp.graph.questions.finding import checked_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcc_nlp.graph.drawing.condensing import Picture
    from parcc_nlp.graph.drawing.statuses import Statuses
    from parcc_nlp.graph.drawing.wording import Language
    from parcc_nlp.graph.legal_graph import LegalGraph

__all__ = ["graph_png", "graph_svg"]

_SHEET = (277 / 25.4 * 72, 190 / 25.4 * 72)
"""A4 without margins of one centimetre, in points, the long side first."""
_READABLE = 7.0
"""The smallest letters that print well, in points."""
_MOST_NODES = 20_000
"""What lies further from the middle is on no sheet."""
_MOST_BOXES = 150
"""More boxes never fit a sheet; Graphviz need not be asked."""


class _Fit(NamedTuple):
    """A text for Graphviz and by how much it has to be scaled to fit the better of the two ways to turn a sheet."""

    source: str
    scale: float


def graph_svg(
    graph: LegalGraph, *, on: str, statuses: Statuses, lang: Language = "vi", focus: Iterable[str] = ()
) -> str:
    """Draw a graph as SVG on one sheet of A4.

    Parameters
    ----------
    graph
        The graph.
    on
        The day whose state is drawn.
    statuses
        By day, the status of nodes, as `statuses_on` gives them; what has none on the day is not known.
    lang
        Language of the picture's own words.
    focus
        Ids of the nodes in the middle; by default the documents whose texts made the graph.

    Returns
    -------
    str
        The picture, at most 277 by 190 mm, upright or across. As much is told as fits with letters of 7 points.

    Raises
    ------
    UsageError
        E301: `on` is no day; E380: Graphviz is not installed; E381: it failed.
    KeyError
        A node of `focus` is not in the graph.
    """
    return rendered(_best(graph, on, statuses, lang, tuple(focus)), form="svg").decode()


def graph_png(
    graph: LegalGraph, *, on: str, statuses: Statuses, lang: Language = "vi", focus: Iterable[str] = ()
) -> bytes:
    """Draw a graph as PNG on one sheet of A4, as `graph_svg` does.

    Parameters
    ----------
    graph, on, statuses, lang, focus
        As for `graph_svg`.

    Returns
    -------
    bytes
        The picture, 220 dots an inch.

    Raises
    ------
    UsageError
        E301: `on` is no day; E380: Graphviz is not installed; E381: it failed.
    KeyError
        A node of `focus` is not in the graph.
    """
    return rendered(_best(graph, on, statuses, lang, tuple(focus)), form="png")


def _best(graph: LegalGraph, on: str, statuses: Statuses, lang: Language, focus: tuple[str, ...]) -> str:
    """Give the text of the picture with the most detail that can be read on a sheet; else of the largest letters."""
    checked_day(on)
    centres = centres_of(graph, focus)
    near = graph.around(node.id for node in nearest(graph, centres, nodes=_MOST_NODES, edges=0).nodes).as_of(on)
    found: list[_Fit] = []
    for detail in DETAILS:
        picture = condensed(near, centres, on=on, statuses=statuses, detail=detail, lang=lang)
        if _boxes(picture) <= _MOST_BOXES or detail == DETAILS[-1]:
            found.append(_fit(picture, lang))
            if found[-1].scale * SMALLEST_LETTER >= _READABLE:
                return found[-1].source
    return max(found, key=_scale_of).source


def _scale_of(fit: _Fit) -> float:
    return fit.scale


def _boxes(picture: Picture) -> int:
    return sum(len(column) for column in (picture.left, picture.middle, picture.right, picture.far))


def _fit(picture: Picture, lang: Language) -> _Fit:
    """Measure a picture and turn the sheet the way in which it stays larger."""
    width, height = measured(dot_source(picture, lang=lang))
    long, short = _SHEET
    scale, sheet = max((min(w / width, h / height), (w, h)) for w, h in ((long, short), (short, long)))
    return _Fit(dot_source(picture, lang=lang, size=(sheet[0] / 72, sheet[1] / 72)), min(scale, 1.0))
