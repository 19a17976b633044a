"""A graph as statements of RDF: what JSON-LD and Turtle say.

A node is a resource of our class and of the ELI class. What ELI has a term for is said with it, and everything is said
with our own terms too, so that nothing is lost. An edge is a resource of its own (``rdf:Statement``) with its days and
its evidence, beside the direct statement that tools for ELI look for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from parcc_nlp.graph.exchange.addresses import checked_base, node_iri, relation_iri, value_iri
from parcc_nlp.graph.exchange.plain import EDGE_FIELDS, NODE_FIELDS, day_of, plain
from parcc_nlp.graph.exchange.vocabulary import edge_term, node_term, property_terms, vocabulary
from parcc_nlp.registry.days import add_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import networkx as nx

    from parcc_nlp.graph.exchange.vocabulary import Term
    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.values import NodeKind, Value

__all__ = ["Iri", "Literal", "Statement", "class_of", "statements"]

_RESOURCES = {
    "type": "eli:ResourceType",
    "issuer": "eli:Agent",
    "subdivision": "eli:SubdivisionType",
}
"""Values that ELI wants as resources, with their classes."""

_WHOLE = frozenset({"repeals", "replaces"})


class Iri(NamedTuple):
    """A resource, by its IRI or by a name with one of our prefixes."""

    iri: str


class Literal(NamedTuple):
    """A value; a text may be in a language, or a day."""

    value: Value
    lang: str = ""
    is_day: bool = False


class Statement(NamedTuple):
    """What is said of a resource; the predicate is a name with one of our prefixes."""

    subject: str
    predicate: str
    value: Iri | Literal


def class_of(kind: NodeKind) -> str:
    """Give the name of our class for a kind of nodes.

    Examples
    --------
    >>> class_of("instrument")
    'parcc:Instrument'
    """
    return f"parcc:{kind.capitalize()}"


def statements(graph: LegalGraph, *, base: str) -> Iterator[Statement]:
    """Give the statements of a graph, those of one resource behind each other, in the order of ids.

    Parameters
    ----------
    graph
        The graph.
    base
        What the IRIs of nodes and relations begin with.

    Raises
    ------
    UsageError
        The base is no IRI (E313), or the graph holds what no format can (E377, E379).
    """
    start = checked_base(base)
    copy = plain(graph)
    iris = {node: node_iri(node, base=start) for node in copy}
    yield Statement(f"{start}graph", "rdf:type", Iri("parcc:Graph"))
    for name, value in copy.graph.items():
        yield Statement(f"{start}graph", f"parcc:{name}", Literal(value))
    yield from _declarations(copy)
    yield from _values(copy, start)
    for node in copy:
        yield from _node(copy, node, iris, start)
    for source, target, key, carried in copy.edges(keys=True, data=True):
        yield from _relation(relation_iri(key, base=start), iris[source], iris[target], carried, iris)


def _declarations(copy: nx.MultiDiGraph) -> Iterator[Statement]:
    """Say what those of our terms mean that the graph uses."""
    nodes = {carried["kind"] for _, carried in copy.nodes(data=True)}
    edges = {carried["kind"] for *_, carried in copy.edges(data=True)}
    rows: dict[str, list[Term]] = {}
    for row in vocabulary():
        if (row.element == "node" and row.kind in nodes) or (row.element == "edge" and row.kind in edges):
            rows.setdefault(class_of(row.kind) if row.element == "node" else f"parcc:{row.kind}", []).append(row)  # type: ignore[arg-type]  # the schema of the table is tested
    if edges:
        yield Statement("parcc:Relation", "rdf:type", Iri("rdfs:Class"))
        yield Statement("parcc:Relation", "rdfs:subClassOf", Iri("rdf:Statement"))
    for name, found in sorted(rows.items()):
        yield from _declaration(name, found)


def _declaration(name: str, rows: list[Term]) -> Iterator[Statement]:
    first = rows[0]
    is_class = first.element == "node"
    yield Statement(name, "rdf:type", Iri("rdfs:Class" if is_class else "rdf:Property"))
    yield Statement(name, "rdfs:label", Literal(first.en, "en"))
    yield Statement(name, "rdfs:label", Literal(first.vi, "vi"))
    if len(rows) > 1 or not first.term:  # what holds between some kinds of nodes only is no meaning of the term
        return
    if is_class:
        yield Statement(name, "rdfs:subClassOf", Iri(first.term))
    else:
        is_same = first.match == "exact"
        yield Statement(name, "owl:equivalentProperty" if is_same else "rdfs:subPropertyOf", Iri(first.term))


def _values(copy: nx.MultiDiGraph, start: str) -> Iterator[Statement]:
    """Describe the types, issuers and kinds of units that are resources."""
    said: set[tuple[str, str, str]] = set()
    for _, carried in copy.nodes(data=True):
        for row in property_terms(carried["kind"]):
            (form,) = row.to
            text = carried.get(row.kind)
            if form in _RESOURCES and isinstance(text, str):
                said.add((value_iri(form, text, base=start), _RESOURCES[form], text))
    described: str | None = None
    for iri, form, text in sorted(said):
        if iri != described:
            yield Statement(iri, "rdf:type", Iri(form))
        yield Statement(iri, "rdfs:label", Literal(text, "" if form == _RESOURCES["subdivision"] else "vi"))
        described = iri


def _node(copy: nx.MultiDiGraph, node: str, iris: Mapping[str, str], start: str) -> Iterator[Statement]:
    carried = copy.nodes[node]
    kind, iri = carried["kind"], iris[node]
    term = node_term(kind).term
    yield Statement(iri, "rdf:type", Iri(class_of(kind)))
    if term:
        yield Statement(iri, "rdf:type", Iri(term))
    yield Statement(iri, "eli:id_local", Literal(node))
    yield Statement(iri, "rdfs:label", Literal(carried["label"], "vi"))
    yield Statement(iri, "parcc:known", Literal(carried["known"]))
    for row in property_terms(kind):
        yield from _said_in_eli(iri, row, carried.get(row.kind), start)
    yield from _carried(iri, carried, NODE_FIELDS)
    yield from (Statement(iri, predicate, Iri(end)) for predicate, end in sorted(_direct(copy, node, iris)))


def _said_in_eli(iri: str, row: Term, value: Value | None, start: str) -> Iterator[Statement]:
    """Say one property with the term others know, where its value fits."""
    (form,) = row.to
    if not isinstance(value, str):
        return
    day = day_of(value)
    if form in _RESOURCES:
        yield Statement(iri, row.term, Iri(value_iri(form, value, base=start)))
    elif form == "day_before" and day:
        yield Statement(iri, row.term, Literal(add_days(day, -1), is_day=True))
    elif form == "date" and day:
        yield Statement(iri, row.term, Literal(day, is_day=True))
    elif form in {"string", "vietnamese"}:
        yield Statement(iri, row.term, Literal(value, "vi" if form == "vietnamese" else ""))


def _direct(copy: nx.MultiDiGraph, node: str, iris: Mapping[str, str]) -> set[tuple[str, str]]:
    """Give what a node does to others, each once: with the ELI term, and with ours where theirs says less."""
    said = set()
    kind = copy.nodes[node]["kind"]
    for _, target, carried in copy.out_edges(node, data=True):
        other = copy.nodes[target]["kind"]
        row = edge_term("partially_repeals" if _leaves_something(carried, other) else carried["kind"], kind, other)
        if row is None or row.match != "exact":
            said.add((f"parcc:{carried['kind']}", iris[target]))
        if row is not None and row.term:
            said.add((row.term, iris[target]))
    return said


def _leaves_something(carried: Mapping[str, Any], target: NodeKind) -> bool:
    """Say whether an instrument that is repealed or replaced stays in part: eli:repeals means the whole."""
    is_partial = "exception" in carried or ("parts" in carried and target == "instrument")
    return is_partial and carried["kind"] in _WHOLE


def _relation(
    iri: str, source: str, target: str, carried: Mapping[str, Any], iris: Mapping[str, str]
) -> Iterator[Statement]:
    yield Statement(iri, "rdf:type", Iri("parcc:Relation"))
    yield Statement(iri, "rdf:type", Iri("rdf:Statement"))
    yield Statement(iri, "rdf:subject", Iri(source))
    yield Statement(iri, "rdf:predicate", Iri(f"parcc:{carried['kind']}"))
    yield Statement(iri, "rdf:object", Iri(target))
    for name in ("since", "until"):
        if name in carried:
            yield Statement(iri, f"parcc:{name}", Literal(carried[name], is_day=day_of(carried[name]) is not None))
    if "document" in carried:
        yield Statement(iri, "parcc:document", Literal(carried["document"]))
        if carried["document"] in iris:
            yield Statement(iri, "dcterms:source", Iri(iris[carried["document"]]))
    yield from _carried(iri, carried, EDGE_FIELDS)


def _carried(iri: str, carried: Mapping[str, Value], fields: tuple[str, ...]) -> Iterator[Statement]:
    for name, value in carried.items():
        if name not in fields:
            yield Statement(iri, f"prop:{name}", Literal(value))
