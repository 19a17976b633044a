"""What our kinds of nodes and edges are called in ELI and Akoma Ntoso, as ``vocabulary.csv`` says.

The table stands in ``parcc_nlp/graph/vocabulary.csv`` and is printed in ``docs/GRAPH_VOCABULARY.md``. A row of an edge
holds between the kinds of nodes it names; empty means any. Where the term is `exact`, ours and theirs say the same;
where it is `broader`, ours is one kind of what theirs says.
"""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from parcc_nlp.graph.values import EdgeKind, NodeKind

__all__ = ["NAMESPACES", "Language", "Term", "edge_label", "edge_term", "node_term", "property_terms", "vocabulary"]

Language = Literal["vi", "en"]
Element = Literal["node", "edge", "property"]
Match = Literal["exact", "broader", "none"]
NAMESPACES = {
    "eli": "http://data.europa.eu/eli/ontology#",
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "parcc": "urn:parcc:ontology#",
    "prop": "urn:parcc:property#",
}
"""Prefixes of the terms. Ours are names, not addresses; what a node or a relation carries is below ``prop``."""


class Term(NamedTuple):
    """A row of the vocabulary: one of our kinds or properties, and its counterpart.

    `of` and `to` are the kinds of nodes an edge of this row leads from and to, empty for any; of a property, `of` are
    the kinds of nodes that have it and `to` is how its value is written in RDF. `term` is the ELI or Dublin Core term
    with its prefix, empty where there is none.
    """

    element: Element
    kind: str
    of: frozenset[str]
    to: frozenset[str]
    term: str
    match: Match
    akoma_ntoso: str
    vi: str
    en: str
    note: str

    def label(self, lang: Language) -> str:
        """Give the name a reader sees, in Vietnamese or English."""
        return self.en if lang == "en" else self.vi

    def joins(self, source: str, target: str) -> bool:
        """Say whether an edge between two kinds of nodes is meant."""
        return (not self.of or source in self.of) and (not self.to or target in self.to)


@cache
def vocabulary() -> tuple[Term, ...]:
    """Give all rows, in the order of the table.

    Examples
    --------
    >>> [row.term for row in vocabulary() if row.kind == "replaces"]
    ['eli:repeals']
    """
    text = (files("parcc_nlp.graph") / "vocabulary.csv").read_text(encoding="utf-8")
    return tuple(_term(row) for row in csv.DictReader(io.StringIO(text, newline="")))


def node_term(kind: NodeKind) -> Term:
    """Give the row of a kind of nodes.

    Examples
    --------
    >>> node_term("provision").term
    'eli:LegalResourceSubdivision'
    """
    return _by_kind("node")[kind][0]


@cache
def edge_term(kind: EdgeKind, source: NodeKind, target: NodeKind) -> Term | None:
    """Give the row of an edge between two kinds of nodes, None where the vocabulary does not foresee it.

    Examples
    --------
    >>> edge_term("part_of", "provision", "instrument").term
    'eli:is_part_of'
    >>> edge_term("part_of", "instrument", "unit").term
    'eli:relevant_for'
    """
    return next((row for row in _by_kind("edge")[kind] if row.joins(source, target)), None)


@cache
def property_terms(kind: NodeKind) -> tuple[Term, ...]:
    """Give the properties of a kind of nodes that others have a term for.

    Examples
    --------
    >>> [row.kind for row in property_terms("provision")]
    ['unit']
    """
    return tuple(row for rows in _by_kind("property").values() for row in rows if kind in row.of)


def edge_label(kind: EdgeKind, *, lang: Language) -> str:
    """Give the name of a kind of edges as a reader sees it.

    Examples
    --------
    >>> edge_label("based_on", lang="vi")
    'căn cứ'
    """
    return _by_kind("edge")[kind][0].label(lang)


@cache
def _by_kind(element: Element) -> dict[str, tuple[Term, ...]]:
    rows: dict[str, tuple[Term, ...]] = {}
    for row in vocabulary():
        if row.element == element:
            rows[row.kind] = (*rows.get(row.kind, ()), row)
    return rows


def _term(row: dict[str, str]) -> Term:
    return Term(
        element=row["element"],  # type: ignore[arg-type]  # the schema of the table is tested
        kind=row["kind"],
        of=frozenset(row["of"].split("|")) - {""},
        to=frozenset(row["to"].split("|")) - {""},
        term=row["term"],
        match=row["match"],  # type: ignore[arg-type]  # as above
        akoma_ntoso=row["akoma_ntoso"],
        vi=row["vi"],
        en=row["en"],
        note=row["note"],
    )
