"""A graph out of statements that rdflib has read."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from parcc_nlp.errors import UsageError
from parcc_nlp.graph.exchange.plain import EdgeRow, NodeRow, rebuilt
from parcc_nlp.graph.exchange.statements import class_of
from parcc_nlp.graph.exchange.vocabulary import NAMESPACES
from parcc_nlp.graph.values import NODE_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from parcc_nlp.graph.legal_graph import LegalGraph

__all__ = ["expanded", "graph_from"]

_Resource = Mapping[str, Mapping[Any, None]]
"""What is said of one resource: its values by predicate, each once."""
_Resources = Mapping[str, _Resource]


@cache
def expanded(name: str) -> str:
    """Give the whole IRI of a name with one of our prefixes; any other IRI as it is.

    Examples
    --------
    >>> expanded("eli:cites")
    'http://data.europa.eu/eli/ontology#cites'
    """
    prefix, _, local = name.partition(":")
    return NAMESPACES[prefix] + local if prefix in NAMESPACES else name


def graph_from(data: bytes | str | dict[str, Any], *, syntax: str, form: str) -> LegalGraph:
    """Make a graph of what a file says.

    Parameters
    ----------
    data
        The content of the file; of JSON-LD also what its JSON says.
    syntax
        What rdflib calls its format.
    form
        What a reader calls its format.

    Raises
    ------
    UsageError
        It cannot be parsed, or nothing says that it is one of our graphs (E375), or it says what the graph has no place
        for (E377–E379); the place is the IRI of the node or relation.
    """
    resources = _parsed(data, syntax, form)
    by_type: dict[str, list[str]] = {}
    for iri in sorted(resources):
        for one in resources[iri].get(expanded("rdf:type"), ()):
            by_type.setdefault(str(one), []).append(iri)
    if expanded("parcc:Graph") not in by_type:
        raise UsageError("E375", format=form, detail="parcc:Graph")
    value_of = _reader()
    nodes = [
        _node_row(str(iri), resources[iri], kind, value_of)
        for kind in NODE_KINDS
        for iri in by_type.get(expanded(class_of(kind)), ())
    ]
    ids = {row.place: row.id for row in nodes}
    relations = by_type.get(expanded("parcc:Relation"), ())
    return rebuilt(nodes, (_edge_row(str(iri), resources[iri], ids, value_of) for iri in relations))


def _parsed(data: bytes | str | dict[str, Any], syntax: str, form: str) -> _Resources:
    from parcc_nlp.graph.exchange.rdf_sink import parsed  # noqa: PLC0415 - a fifth of a second, for those who ask

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, inside its parser of JSON-LD
            return parsed(data, syntax=syntax)
    except Exception as error:  # its parsers raise whatever a broken file leads them to, assertions too
        raise UsageError("E375", format=form, detail=" ".join(str(error).split())[:200]) from error


def _node_row(iri: str, said: _Resource, kind: str, value_of: Callable[[Any], Any]) -> NodeRow:
    labels = [
        label for label in said.get(expanded("rdfs:label"), ()) if getattr(label, "language", None) in {"vi", None}
    ]
    fields = {
        "kind": kind,
        "label": value_of(_one_of(labels, "rdfs:label", iri)),
        "known": value_of(_only(said, "parcc:known", iri)),
    }
    return NodeRow(iri, value_of(_only(said, "eli:id_local", iri)), {**_properties(said, iri, value_of), **fields})


def _edge_row(iri: str, said: _Resource, ids: dict[str, Any], value_of: Callable[[Any], Any]) -> EdgeRow:
    ends = [str(_only(said, name, iri)) for name in ("rdf:subject", "rdf:object")]
    for end in ends:
        if end not in ids:
            raise UsageError("E378", place=iri, value=end)
    fields = {"kind": str(_only(said, "rdf:predicate", iri)).removeprefix(NAMESPACES["parcc"])}
    bounds = {name: value_of(_only(said, f"parcc:{name}", iri)) for name in ("since", "until", "document")}
    given = {name: one for name, one in bounds.items() if one is not None}
    return EdgeRow(iri, ids[ends[0]], ids[ends[1]], {**_properties(said, iri, value_of), **fields, **given})


def _properties(said: _Resource, iri: str, value_of: Callable[[Any], Any]) -> dict[str, Any]:
    start = NAMESPACES["prop"]
    return {
        predicate.removeprefix(start): value_of(_one_of(values, predicate, iri))
        for predicate, values in said.items()
        if predicate.startswith(start)
    }


def _only(said: _Resource, name: str, iri: str) -> Any:
    """Give the one value of a predicate, None where it has none."""
    return _one_of(said.get(expanded(name), ()), name, iri)


def _one_of(found: Collection[Any], name: str, iri: str) -> Any:
    if len(found) > 1:
        raise UsageError("E379", place=iri, name=name, value=f"{len(found)} ×")
    return next(iter(found), None)


def _reader() -> Callable[[Any], Any]:
    """Give what turns a term into a value: a number or truth value as such, a day and everything else as text."""
    from rdflib import Literal, URIRef  # noqa: PLC0415 - a fifth of a second, for those who ask

    numbers = {URIRef(expanded(f"xsd:{name}")) for name in ("double", "float", "decimal")}

    def value_of(term: Any) -> Any:
        if not isinstance(term, Literal):
            return term if term is None else [str(term)]  # a resource is no value of ours
        if term.datatype is None:
            return str(term)
        value = term.value
        if isinstance(value, bool | int):
            return value
        return float(value) if value is not None and term.datatype in numbers else str(term)

    return value_of
