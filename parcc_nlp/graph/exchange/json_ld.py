"""JSON-LD: the same statements as Turtle, for programs that read JSON."""

from __future__ import annotations

import json
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from parcc_nlp.errors import UsageError
from parcc_nlp.graph.exchange.addresses import BASE
from parcc_nlp.graph.exchange.rdf import graph_from
from parcc_nlp.graph.exchange.statements import Iri, statements
from parcc_nlp.graph.exchange.vocabulary import NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcc_nlp.graph.exchange.statements import Literal, Statement
    from parcc_nlp.graph.legal_graph import LegalGraph

__all__ = ["from_json_ld", "to_json_ld"]

_FORM = "JSON-LD"
_EXACT = 2**53
"""Beyond this a program that has only floating numbers would read another one."""


def to_json_ld(graph: LegalGraph, *, base: str = BASE) -> bytes:
    """Write a graph as JSON-LD 1.1.

    Parameters
    ----------
    graph
        The graph.
    base
        What the IRIs of nodes and relations begin with, for example ``https://example.org/``.

    Returns
    -------
    bytes
        UTF-8, a line a resource; what the terms mean is in docs/GRAPH_VOCABULARY.md.

    Raises
    ------
    UsageError
        The base is no IRI (E313), or the graph holds what no format can (E377, E379).

    Examples
    --------
    >>> from parcc_nlp.graph import LegalGraph, Node
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("a", "instrument", "Luật Đất đai"))
    >>> from_json_ld(to_json_ld(graph)) == graph
    True
    """
    grouped = groupby(statements(graph, base=base), key=attrgetter("subject"))
    lines = ",\n".join(_line(_resource(subject, said)) for subject, said in grouped)
    return f'{{"@context": {_line(NAMESPACES)},\n"@graph": [\n{lines}\n]}}\n'.encode()


def from_json_ld(data: bytes | str) -> LegalGraph:
    """Read a graph from JSON-LD that `to_json_ld` wrote, or that says the same in another form.

    Parameters
    ----------
    data
        The content of the file.

    Raises
    ------
    UsageError
        It is no JSON-LD, or not of one of our graphs (E375), names a context elsewhere (E376), or says what the graph
        has no place for (E377–E379).
    """
    return graph_from(_safe(data), syntax="json-ld", form=_FORM)


def _safe(data: bytes | str) -> dict[str, Any]:
    """Give what the file says as JSON that names no context elsewhere."""
    try:
        read = json.loads(data, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise UsageError("E375", format=_FORM, detail=" ".join(str(error).split())[:200]) from error
    for named in _contexts_elsewhere(read):
        raise UsageError("E376", format=_FORM, detail=f"@context {named}"[:200])
    return read if isinstance(read, dict) else {"@graph": read}  # rdflib takes a dictionary for JSON read already


def _refused(constant: str) -> None:
    raise ValueError(constant)


def _contexts_elsewhere(read: object) -> Iterator[str]:
    """Give the contexts that would be fetched: a file must not make us ask another machine or open another file."""
    waiting = [read]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            for name, value in one.items():
                if name in {"@context", "@import"}:
                    yield from (
                        context
                        for context in (value if isinstance(value, list) else [value])
                        if isinstance(context, str)
                    )
                waiting.append(value)


def _resource(subject: str, said: Iterable[Statement]) -> dict[str, Any]:
    values: dict[str, list[Any]] = {}
    for _, predicate, value in said:
        if predicate == "rdf:type" and isinstance(value, Iri):
            values.setdefault("@type", []).append(value.iri)
        else:
            values.setdefault(predicate, []).append({"@id": value.iri} if isinstance(value, Iri) else _literal(value))
    return {"@id": subject} | {name: found[0] if len(found) == 1 else found for name, found in values.items()}


def _literal(value: Literal) -> Any:
    plain = value.value
    if value.is_day:
        return {"@type": "xsd:date", "@value": plain}
    if value.lang:
        return {"@language": value.lang, "@value": plain}
    if isinstance(plain, float):
        return {"@type": "xsd:double", "@value": repr(plain)}
    if isinstance(plain, int) and not isinstance(plain, bool) and abs(plain) > _EXACT:
        return {"@type": "xsd:integer", "@value": str(plain)}
    return plain


def _line(one: object) -> str:
    return json.dumps(one, ensure_ascii=False, allow_nan=False)
