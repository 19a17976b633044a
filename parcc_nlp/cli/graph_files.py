"""``parcc graph export`` and ``parcc graph show``: a graph as files for other tools, a page, a picture."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from parcc_nlp import api
from parcc_nlp.cli.streams import note, spoken
from parcc_nlp.errors import UsageError
from parcc_nlp.graph import exchange
from parcc_nlp.report.wording import words

if TYPE_CHECKING:
    from pathlib import Path

    from parcc_nlp.cli.exits import Exit
    from parcc_nlp.cli.graph_views import Gathered
    from parcc_nlp.graph import LegalGraph

__all__ = ["draw_graph", "export_graph"]


def export_graph(asked: Gathered, *, form: str, output: Path) -> Exit:
    """Write a graph in the format of another tool.

    Raises
    ------
    UsageError
        E308: the output cannot be written.
    """
    if form == "neo4j":
        for name, content in exchange.to_neo4j(asked.graph).items():
            _write(output / name, content)
    else:
        _write(output, _written(asked.graph, form))
    note(words("written_to", spoken(), path=output))
    return asked.exit


def _written(graph: LegalGraph, form: str) -> bytes:
    """Write a graph as one file."""
    if form == "gexf":
        return exchange.to_gexf(graph, lang=spoken())
    if form == "dot":
        return exchange.to_dot(graph, lang=spoken())
    writers = {
        "graphml": exchange.to_graphml,
        "json": exchange.to_node_link,
        "jsonld": exchange.to_json_ld,
        "turtle": exchange.to_turtle,
        "cypher": exchange.to_cypher,
    }
    return writers[form](graph)


def draw_graph(asked: Gathered, *, as_of: str, output: Path) -> Exit:
    """Draw a graph: a page for a browser, or a picture for paper, by the ending of the file.

    Raises
    ------
    UsageError
        E308: the output cannot be written. E345: the file ends in none of .html, .svg, .png. E380: Graphviz is missing.
    """
    from parcc_nlp.graph.drawing import event_days, graph_page, graph_png, graph_svg, reasons_on, statuses_on

    on = api.day(as_of)
    suffix = output.suffix.casefold()
    if suffix == ".html":
        days = sorted({*event_days(asked.graph), on})
        statuses = statuses_on(asked.graph, asked.registry, days)
        reasons = reasons_on(asked.graph, asked.registry, days)
        page = graph_page(asked.graph, statuses=statuses, reasons=reasons, on=on, lang=spoken(), focus=asked.documents)
        _write(output, page.encode())
    elif suffix in {".svg", ".png"}:
        statuses = statuses_on(asked.graph, asked.registry, [on])
        draw = partial(graph_svg if suffix == ".svg" else graph_png, on=on, statuses=statuses, lang=spoken())
        picture = draw(asked.graph, focus=asked.documents)
        _write(output, picture if isinstance(picture, bytes) else picture.encode())
    else:
        raise UsageError("E345", format=".html / .svg / .png")
    note(words("written_to", spoken(), path=output))
    return asked.exit


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise UsageError("E308", path=str(path), detail=error.strerror or str(error)) from error
