"""One self-contained page with a graph to look at: no external resource, no network, no tracking.

The page forbids itself every script but its own (a content security policy with hashes). Everything that is drawn also
stands in tables, for keyboard, screen reader and paper.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING

from parcc_nlp.graph.drawing.page_data import content_of, page_json
from parcc_nlp.graph.drawing.selection import centres_of, nearest
from parcc_nlp.graph.drawing.statuses import SIGNS
from parcc_nlp.graph.drawing.tables import tables_of
from parcc_nlp.graph.drawing.wording import legible, words, written
from parcc_nlp.graph.questions.finding import checked_day
from parcc_nlp.graph.values import EDGE_KINDS, NODE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jinja2 import Environment

    from parcc_nlp.graph.drawing.selection import Selection
    from parcc_nlp.graph.drawing.statuses import Statuses
    from parcc_nlp.graph.drawing.wording import Language
    from parcc_nlp.graph.legal_graph import LegalGraph

__all__ = ["graph_page"]

_MOST_NODES = 5_000
_MOST_EDGES = 15_000
_MOST_DRAWN = 1_500
_SHOWN_FIRST = frozenset({"instrument", "agency"})
_LEGEND = ("in_force", "partly_expired", "expired", "suspended", "not_yet", "not_known")
_LIBRARY = "vendor/cytoscape/cytoscape.min.js"
_SCRIPTS = ("templates/model.js", "templates/arrangement.js", "templates/page.js")


def graph_page(  # noqa: PLR0913 - public: all but the graph are named options
    graph: LegalGraph,
    *,
    statuses: Statuses,
    on: str,
    lang: Language = "vi",
    reasons: Statuses | None = None,
    focus: Iterable[str] = (),
) -> str:
    """Write a page that shows a graph and, over time, what of it held.

    Parameters
    ----------
    graph
        The graph.
    statuses
        By day, the status of nodes, as `statuses_on` gives them; these days are those of the slider.
    on
        The day shown first.
    lang
        Language of the page's own words.
    reasons
        By day, why the status of a node is what it is, as `reasons_on` gives it; told beside the evidence.
    focus
        Ids of the nodes in the centre; by default the documents whose texts made the graph.

    Returns
    -------
    str
        A whole HTML page. Of a graph with more than 5,000 nodes it holds those nearest to the centre and says so; at
        most 1,500 are drawn at a time.

    Raises
    ------
    UsageError
        E301: a day is none.
    KeyError
        A node of `focus` is not in the graph.

    Examples
    --------
    >>> from parcc_nlp.graph import LegalGraph, Node
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("a", "instrument", "Nghị định số 1/2020/NĐ-CP"))
    >>> "Nghị định số 1/2020/NĐ-CP" in graph_page(graph, statuses={"2026-01-01": {"a": "in_force"}}, on="2026-01-01")
    True
    """
    days = sorted({checked_day(day) for day in (*statuses, on)})
    selection = nearest(graph, centres_of(graph, focus), nodes=_MOST_NODES, edges=_MOST_EDGES)
    named = _named_days(selection, days, on, lang)
    content = content_of(graph, selection, statuses, days=days, lang=lang)
    data = page_json(content, on=on, named_days=named, reasons=reasons or {}, drawn=_MOST_DRAWN)
    style = _asset("templates/page.css")
    scripts = [_asset(name) for name in (_LIBRARY, *_SCRIPTS)]
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            t=partial(_translated, lang),
            lang=lang,
            policy=_policy(style, scripts),
            style=_own(style),
            scripts=[_own(script) for script in scripts],
            data=_own(data),
            title=_title(selection, lang),
            subtitle=_subtitle(selection),
            tables=tables_of(content, on=on),
            days=days,
            on=days.index(on),
            on_written=written(on),
            kinds=_kinds(selection, lang),
            relations=_relations(selection, lang),
            legend=[(one, SIGNS[one], words(f"status_{one}", lang)) for one in _LEGEND],
            limits=_limits(selection, lang),
            signs=SIGNS,
        )
    )


def _title(selection: Selection, lang: Language) -> str:
    """Name what the graph is of."""
    names = {node.id: legible(node.label) for node in selection.nodes}
    if not selection.centres:
        return words("title_none", lang)
    if len(selection.centres) > 1:
        return words("title_many", lang, count=len(selection.centres))
    return words("title_one", lang, name=names[selection.centres[0]])


def _subtitle(selection: Selection) -> str:
    """Give the title of the one document in the centre."""
    if len(selection.centres) != 1:
        return ""
    return legible(str(selection.nodes[0].get("title") or ""))


def _named_days(selection: Selection, days: Sequence[str], on: str, lang: Language) -> list[tuple[str, str]]:
    """Name the day of signing of the one document in the centre, and the day chosen."""
    signed = selection.nodes[0].get("issued") if len(selection.centres) == 1 else None
    named = [(words("day_signing", lang), signed)] if isinstance(signed, str) and signed in days else []
    return [*named, (words("day_chosen", lang), on)]


def _kinds(selection: Selection, lang: Language) -> list[tuple[int, str, int, bool]]:
    """List the kinds of nodes in the page: number, name, how many, whether drawn at first."""
    counts = Counter(node.kind for node in selection.nodes)
    return [
        (number, words(f"kind_{kind}", lang), counts[kind], kind in _SHOWN_FIRST)
        for number, kind in enumerate(NODE_KINDS)
        if counts[kind]
    ]


def _relations(selection: Selection, lang: Language) -> list[tuple[int, str, int]]:
    """List the kinds of edges in the page: number, name, how many."""
    counts = Counter(edge.kind for edge in selection.edges)
    return [
        (number, words(f"rel_{kind}", lang), counts[kind]) for number, kind in enumerate(EDGE_KINDS) if counts[kind]
    ]


def _limits(selection: Selection, lang: Language) -> Iterator[str]:
    """Say what the page leaves out."""
    nodes, edges = len(selection.nodes), len(selection.edges)
    if nodes < selection.all_nodes:
        yield words("page_limited", lang, all=selection.all_nodes, shown=nodes)
    if edges < selection.all_edges:
        yield words("more_edges", lang, all=selection.all_edges, shown=edges)


def _policy(style: str, scripts: Iterable[str]) -> str:
    """Write the policy by which the page allows its own style and scripts and nothing else."""
    allowed = " ".join(f"'{_hash(script)}'" for script in scripts)
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src {allowed}; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _own(text: str) -> object:
    """Mark a text of ours, or one made inert, as ready for the page."""
    from markupsafe import Markup  # noqa: PLC0415 - with jinja2, only where a page is written

    return Markup(text)  # noqa: S704 - our own file, or JSON made inert


def _translated(lang: Language, key: str, **fields: object) -> str:
    return words(key, lang, **fields)


@cache
def _asset(name: str) -> str:
    """Read a style sheet or script once."""
    return files("parcc_nlp.graph.drawing").joinpath(*name.split("/")).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    """Build the template environment once."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only where a page is written

    return Environment(
        loader=PackageLoader("parcc_nlp.graph.drawing", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
