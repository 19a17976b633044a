"""Turtle: the RDF that people read, with ELI terms."""

from __future__ import annotations

import json
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from parcc_nlp.graph.exchange.addresses import BASE
from parcc_nlp.graph.exchange.rdf import expanded, graph_from
from parcc_nlp.graph.exchange.statements import Iri, statements
from parcc_nlp.graph.exchange.vocabulary import NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcc_nlp.graph.exchange.statements import Literal, Statement
    from parcc_nlp.graph.legal_graph import LegalGraph

__all__ = ["from_turtle", "to_turtle"]


def to_turtle(graph: LegalGraph, *, base: str = BASE) -> bytes:
    """Write a graph as Turtle.

    Parameters
    ----------
    graph
        The graph.
    base
        What the IRIs of nodes and relations begin with, for example ``https://example.org/``.

    Returns
    -------
    bytes
        UTF-8; what the terms mean is in docs/GRAPH_VOCABULARY.md.

    Raises
    ------
    UsageError
        The base is no IRI (E313), or the graph holds what no format can (E377, E379).

    Examples
    --------
    >>> from parcc_nlp.graph import LegalGraph, Node
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("a", "instrument", "Luật Đất đai"))
    >>> from_turtle(to_turtle(graph)) == graph
    True
    """
    heads = [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in NAMESPACES.items()]
    grouped = groupby(statements(graph, base=base), key=attrgetter("subject"))
    blocks = (_block(subject, said) for subject, said in grouped)
    return ("\n".join(heads) + "\n\n" + "\n\n".join(blocks) + "\n").encode()


def from_turtle(data: bytes | str) -> LegalGraph:
    """Read a graph from Turtle that `to_turtle` wrote, or that says the same in another order.

    Parameters
    ----------
    data
        The content of the file.

    Raises
    ------
    UsageError
        It is no Turtle, or not of one of our graphs (E375), or says what the graph has no place for (E377–E379).
    """
    return graph_from(data, syntax="turtle", form="Turtle")


def _block(subject: str, said: Iterable[Statement]) -> str:
    """Write what is said of one resource.

    rdflib would write the same in twenty times the time: it sorts everything anew and splits every IRI.
    """
    values: dict[str, list[str]] = {}
    for _, predicate, value in said:
        values.setdefault(predicate, []).append(_iri(value.iri) if isinstance(value, Iri) else _literal(value))
    lines = (f"{_predicate(predicate)} {', '.join(found)}" for predicate, found in values.items())
    return f"{_iri(subject)} " + " ;\n    ".join(lines) + " ."


def _predicate(name: str) -> str:
    return "a" if name == "rdf:type" else _iri(name)


def _iri(iri: str) -> str:
    """Write an IRI, with its prefix where it has one of ours and letters that a prefixed name allows."""
    is_short = iri.isascii() and iri.partition(":")[0] in NAMESPACES
    return iri if is_short else f"<{expanded(iri)}>"


def _literal(value: Literal) -> str:
    """Write a literal; a text is escaped in Turtle as it is in JSON."""
    plain = value.value
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, int):
        return str(plain)
    if isinstance(plain, float):
        return f'"{plain!r}"^^xsd:double'
    quoted = json.dumps(plain, ensure_ascii=False)
    if value.is_day:
        return f"{quoted}^^xsd:date"
    return f"{quoted}@{value.lang}" if value.lang else quoted
