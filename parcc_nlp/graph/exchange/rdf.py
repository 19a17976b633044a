"""A graph out of statements that rdflib has read."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from parcc_nlp.errors import UsageError
from parcc_nlp.graph.exchange.plain import EdgeRow, NodeRow, rebuilt
from parcc_nlp.graph.exchange.statements import class_of
from parcc_nlp.graph.exchange.vocabulary import NAMESPACES
from parcc_nlp.graph.values import NODE_KINDS

if TYPE_CHECKING:
    import rdflib

    from parcc_nlp.graph.legal_graph import LegalGraph

__all__ = ["expanded", "graph_from"]

_Resource = dict[str, list[Any]]
"""What is said of one resource: values by predicate."""


def expanded(name: str) -> str:
    """Give the whole IRI of a name with one of our prefixes; any other IRI as it is.

    Examples
    --------
    >>> expanded("eli:cites")
    'http://data.europa.eu/eli/ontology#cites'
    """
    prefix, _, local = name.partition(":")
    return NAMESPACES[prefix] + local if prefix in NAMESPACES else name


def graph_from(data: bytes | str, *, syntax: str, form: str) -> LegalGraph:
    """Make a graph of what a file says.

    Parameters
    ----------
    data
        The content of the file.
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
    resources: dict[str, _Resource] = {}
    for subject, predicate, value in _parsed(data, syntax, form):
        resources.setdefault(str(subject), {}).setdefault(str(predicate), []).append(value)
    by_type: dict[str, list[str]] = {}
    for iri in sorted(resources):
        for one in resources[iri].get(expanded("rdf:type"), ()):
            by_type.setdefault(str(one), []).append(iri)
    if expanded("parcc:Graph") not in by_type:
        raise UsageError("E375", format=form, detail="parcc:Graph")
    nodes = [
        _node_row(iri, resources[iri], kind) for kind in NODE_KINDS for iri in by_type.get(expanded(class_of(kind)), ())
    ]
    ids = {row.place: row.id for row in nodes}
    relations = by_type.get(expanded("parcc:Relation"), ())
    return rebuilt(nodes, (_edge_row(iri, resources[iri], ids) for iri in relations))


def _parsed(data: bytes | str, syntax: str, form: str) -> rdflib.Graph:
    from rdflib import Graph  # noqa: PLC0415 - a fifth of a second, for those who ask

    rdf = Graph(bind_namespaces="none")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, inside its parser of JSON-LD
            rdf.parse(data=data, format=syntax)
    except Exception as error:  # its parsers raise whatever a broken file leads them to, assertions too
        raise UsageError("E375", format=form, detail=" ".join(str(error).split())[:200]) from error
    return rdf


def _node_row(iri: str, said: _Resource, kind: str) -> NodeRow:
    labels = [
        label for label in said.get(expanded("rdfs:label"), ()) if getattr(label, "language", None) in {"vi", None}
    ]
    fields = {
        "kind": kind,
        "label": _value({**said, expanded("rdfs:label"): labels}, "rdfs:label", iri),
        "known": _value(said, "parcc:known", iri),
    }
    return NodeRow(iri, _value(said, "eli:id_local", iri), {**_properties(said, iri), **fields})


def _edge_row(iri: str, said: _Resource, ids: dict[str, Any]) -> EdgeRow:
    ends = [str(_only(said, name, iri)) for name in ("rdf:subject", "rdf:object")]
    for end in ends:
        if end not in ids:
            raise UsageError("E378", place=iri, value=end)
    fields = {"kind": str(_only(said, "rdf:predicate", iri)).removeprefix(NAMESPACES["parcc"])}
    bounds = {name: _value(said, f"parcc:{name}", iri) for name in ("since", "until", "document")}
    given = {name: one for name, one in bounds.items() if one is not None}
    return EdgeRow(iri, ids[ends[0]], ids[ends[1]], {**_properties(said, iri), **fields, **given})


def _properties(said: _Resource, iri: str) -> dict[str, Any]:
    start = NAMESPACES["prop"]
    names = [predicate.removeprefix(start) for predicate in said if predicate.startswith(start)]
    return {name: _value(said, f"prop:{name}", iri) for name in names}


def _only(said: _Resource, name: str, iri: str) -> Any:
    """Give the one value of a predicate, None where it has none."""
    found = said.get(expanded(name), [])
    if len(found) > 1:
        raise UsageError("E379", place=iri, name=name, value=f"{len(found)} ×")
    return found[0] if found else None


def _value(said: _Resource, name: str, iri: str) -> Any:
    """Give the one value of a predicate: a number or truth value as such, a day and everything else as text."""
    from rdflib import Literal  # noqa: PLC0415 - a fifth of a second, for those who ask

    term = _only(said, name, iri)
    if not isinstance(term, Literal):
        return term if term is None else [str(term)]  # a resource is no value of ours
    value = term.value
    if isinstance(value, bool | int):
        return value
    is_number = term.datatype is not None and term.datatype.rpartition("#")[2] in {"double", "float", "decimal"}
    return float(value) if is_number and value is not None else str(term)
