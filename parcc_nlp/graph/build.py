"""The graph of documents: what their extractions say, and what the registry knows of the instruments in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from parcc_nlp.graph.identifiers import agency_id, cited_id, document_id, place_id, within
from parcc_nlp.graph.legal_graph import LegalGraph
from parcc_nlp.graph.naming import citation_label, instrument_label
from parcc_nlp.graph.places import issued_for
from parcc_nlp.graph.provisions import add_provision, parts_label
from parcc_nlp.graph.sections import add_sections
from parcc_nlp.graph.succession import add_successions
from parcc_nlp.graph.values import Edge, Node
from parcc_nlp.registry.days import add_days, is_day
from parcc_nlp.registry.reorganisation import KnowsReorganisations, former_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Protocol

    from parcc_nlp.graph.values import EdgeKind, Value
    from parcc_nlp.model import (
        Citation,
        Effect,
        Extraction,
        Instrument,
        Relation,
        Responsibility,
        Target,
    )

    class KnowsInstruments(Protocol):
        """What the graph asks of a registry; `parcc_nlp.registry.Registry` answers it."""

        def get(self, instrument_id: str, /) -> Instrument | None:
            """Give the instrument with this id."""

        def history(self, instrument_id: str, /) -> tuple[Relation, ...]:
            """List everything verified that was done to an instrument."""

        def relations_of(self, instrument_id: str, /) -> tuple[Relation, ...]:
            """List everything verified that an instrument does to others."""


__all__ = ["add_registry", "graph_of"]

_BY_CITATION: Mapping[str, EdgeKind] = {"basis": "based_on", "implements": "implements"}
_ENDING = frozenset({"repeals", "replaces"})
_REACH = 8
"""How many steps from an instrument of the documents the registry's relations are followed: chains of replacements."""


def graph_of(
    extractions: Iterable[Extraction], *, registry: KnowsInstruments | None = None, sections: bool = True
) -> LegalGraph:
    """Make the graph of some documents.

    Parameters
    ----------
    extractions
        What `parcc_nlp.extract` gave, citations identified.
    registry
        What is known of the instruments in them: titles, dates, and what they do to each other; and, where it knows of
        reorganisations, who came after the agencies and provinces. Without one, only what the documents say.
    sections
        Whether the units of the documents (Điều, khoản, mục) are nodes.

    Returns
    -------
    LegalGraph
        For every document: an edge a citation (``based_on``, ``implements``, ``cites``) with its place and words, one a
        cited provision, one an effect, one an assignment (``assigns`` with its role), one a target (``sets_target``).
        An agency or province that came to an end: one to its successor (``succeeded_by``).
        The same documents in the same order give the same graph.

    Examples
    --------
    >>> from parcc_nlp.model import Citation, Extraction, Metadata
    >>> cited = Citation(0, 8, "63/2010/", "Nghị định", "63/2010/NĐ-CP", relation="basis")
    >>> plan = Extraction("63/2010/", metadata=Metadata("Kế hoạch", "12/KH-UBND"), citations=(cited,))
    >>> [edge.kind for edge in graph_of([plan]).edges()]
    ['based_on']
    """
    graph = LegalGraph()
    for extraction in extractions:
        _add_document(graph, extraction, sections=sections)
    if registry is not None:
        add_registry(graph, registry, [node.id for node in graph.nodes("instrument")])
        if isinstance(registry, KnowsReorganisations):
            add_successions(graph, former_names(registry.reorganisations()))
    return graph


def add_registry(
    graph: LegalGraph, registry: KnowsInstruments, instruments: Iterable[str], *, steps: int = _REACH
) -> None:
    """Add what a registry knows of some instruments: themselves, and what was done to them and by them, step by step.

    Parameters
    ----------
    graph
        The graph that is added to.
    registry
        What knows them.
    instruments
        Ids to begin with; their replacements, amendments and guiding documents are followed from there.
    steps
        How many steps they are followed.
    """
    seen: set[str] = set()
    wave = list(instruments)
    for _ in range(steps):
        reached: list[str] = []
        for instrument_id in wave:
            if instrument_id in seen:
                continue
            seen.add(instrument_id)
            known = registry.get(instrument_id)
            if known is None or known.id != instrument_id:
                continue
            graph.add_node(_instrument_node(known))
            for relation in (*registry.history(instrument_id), *registry.relations_of(instrument_id)):
                reached += _add_relation(graph, relation, registry)
        wave = reached
        if not wave:
            return


def _add_document(graph: LegalGraph, extraction: Extraction, *, sections: bool) -> None:
    """Add one document and everything its text says."""
    own = document_id(extraction)
    graph.add_node(_document_node(own, extraction))
    _add_place(graph, own, issued_for(extraction.metadata))
    if sections:
        add_sections(graph, own, extraction)
    for citation in extraction.citations:
        _add_citation(graph, own, citation)
    for effect in (*extraction.effects, *extraction.relations):
        _add_effect(graph, own, effect, extraction)
    for target in extraction.targets:
        _add_target(graph, own, target)
    _add_tasks(graph, own, extraction)


def _document_node(own: str, extraction: Extraction) -> Node:
    said = extraction.metadata
    fields: dict[str, Value | None] = {
        "doc_type": said.doc_type,
        "number": said.number,
        "issued": said.issued,
        "issuer": said.issuer,
        "title": said.title,
        "effective": said.effective,
        "path": extraction.source.path,
        "normative": said.normative,
    }
    label = instrument_label(doc_type=said.doc_type, number=said.number, title=said.title) or own
    return Node(own, "instrument", label, properties=_given(fields))


def _instrument_node(known: Instrument) -> Node:
    fields = {
        "doc_type": known.doc_type,
        "number": known.number,
        "issued": known.issued,
        "issuer": known.issuer,
        "title": known.title,
        "effective": known.effective,
        "expires": known.expires,
    }
    label = instrument_label(doc_type=known.doc_type, number=known.number, title=known.title) or known.id
    return Node(known.id, "instrument", label, properties=_given(fields))


def _add_citation(graph: LegalGraph, own: str, citation: Citation) -> None:
    """Add one mention: an edge to the instrument, and one to each provision that it names."""
    if citation.relation == "self":
        return
    kind = _BY_CITATION.get(citation.relation, "cites")
    fields: dict[str, Value | None] = {
        "start": citation.start,
        "end": citation.end,
        "quote": citation.text,
        "said_as": citation.relation,
        "resolution": citation.resolution,
    }
    target = own if citation.internal else _add_cited(graph, own, citation)
    graph.add_edge(Edge(own, kind, target, document=own, properties=_given(fields)))
    for pinpoint in citation.pinpoints:
        provision = add_provision(graph, target, pinpoint)
        graph.add_edge(Edge(own, kind, provision, document=own, properties=_given(fields)))


def _add_cited(graph: LegalGraph, own: str, citation: Citation) -> str:
    """Add the instrument a citation names, known or not, and give its id."""
    target = cited_id(citation, document=own)
    fields = {
        "doc_type": citation.doc_type,
        "number": citation.number,
        "issued": citation.issued,
        "issuer": citation.issuer,
        "title": citation.title or citation.name,
        "candidates": "|".join(citation.candidates) or None,
    }
    graph.add_node(Node(target, "instrument", citation_label(citation), known=False, properties=_given(fields)))
    return target


def _add_effect(graph: LegalGraph, own: str, effect: Effect, extraction: Extraction) -> None:
    """Add what the document does to another one, from its day on."""
    target = _target_of(graph, own, effect, extraction)
    fields: dict[str, Value | None] = {
        "clause": effect.clause,
        "quote": effect.text,
        "exception": effect.exception,
        "start": effect.start,
        "end": effect.end,
        "parts": parts_label(effect.parts) or effect.content,
        "basis": effect.basis,
    }
    graph.add_edge(Edge(own, _on_whole(effect), target, effect.effective, _end(effect), own, _given(fields)))
    kind = cast("EdgeKind", effect.relation)
    for part in effect.parts:
        provision = add_provision(graph, target, part)
        graph.add_edge(Edge(own, kind, provision, effect.effective, _end(effect), own, _given(fields)))


def _on_whole(effect: Effect) -> EdgeKind:
    """Say what an effect is to the whole instrument: what ends a part repeals it in part, as the registry has it."""
    is_partial = bool(effect.parts) or effect.content is not None
    return "partially_repeals" if is_partial and effect.relation in _ENDING else cast("EdgeKind", effect.relation)


def _end(effect: Effect) -> str | None:
    """Give the first day an effect no longer holds: its last day is the one before, where that is a whole day."""
    return add_days(effect.expires, 1) if effect.expires and is_day(effect.expires) else effect.expires


def _target_of(graph: LegalGraph, own: str, effect: Effect, extraction: Extraction) -> str:
    """Give the node an effect is on: that of the citation of its number, else one of its own."""
    for citation in extraction.citations:
        if effect.target in {citation.number, citation.name}:
            return _add_cited(graph, own, citation)
    from parcc_nlp.model import Citation as Named  # noqa: PLC0415 - the value is needed for this case only

    named = Named(
        effect.start,
        effect.end,
        effect.text,
        effect.doc_type,
        effect.target if "/" in effect.target or "-" in effect.target else None,
        None if "/" in effect.target or "-" in effect.target else effect.target,
        effect.issued,
        effect.issuer,
    )
    return _add_cited(graph, own, named)


def _add_target(graph: LegalGraph, own: str, target: Target) -> None:
    """Add a goal the document sets."""
    node = within(own, f"target_{target.start}")
    fields: dict[str, Value | None] = {
        "value": target.value,
        "value_max": target.value_max,
        "number_unit": target.unit,
        "comparator": target.comparator,
        "change": target.change,
        "subject": target.subject,
        "scope": target.scope,
        "deadline": target.deadline,
        "start": target.start,
        "end": target.end,
    }
    label = " ".join(part for part in (target.subject, target.text) if part)
    graph.add_node(Node(node, "target", label, properties=_given(fields)))
    section = within(own, target.section) if target.section else own
    graph.add_edge(Edge(own, "sets_target", node, document=own, properties=_given({"section": target.section})))
    if section != own and section in graph:
        graph.add_edge(Edge(node, "part_of", section, document=own))


def _add_tasks(graph: LegalGraph, own: str, extraction: Extraction) -> None:
    """Add the tasks, one a paragraph or row, each assigning a role to one agency or several."""
    place = issued_for(extraction.metadata)
    names = _names_of_agencies(extraction, place)
    for start, given in _by_paragraph(extraction):
        task = within(own, f"task_{start}")
        first = given[0]
        label = max((one.text for one in given), key=len)
        fields: dict[str, Value | None] = {
            "start": start,
            "product": first.product,
            "deadline": first.deadline,
            "recurrence": first.recurrence,
        }
        graph.add_node(Node(task, "task", label, properties=_given(fields)))
        section = within(own, first.section) if first.section else own
        graph.add_edge(Edge(task, "part_of", section if section in graph else own, document=own))
        for one in given:
            agency = agency_id(one.agency, known=one.agency_id, place=place)
            graph.add_node(Node(agency, "agency", names[agency], known=one.agency_id is not None))
            graph.add_edge(Edge(task, "assigns", agency, document=own, properties=_assignment(one)))


def _assignment(one: Responsibility) -> dict[str, Value]:
    return _given(
        {"role": one.role, "deadline": one.deadline, "start": one.start, "end": one.end, "as_written": one.agency}
    )


def _by_paragraph(extraction: Extraction) -> Iterator[tuple[int, Sequence[Responsibility]]]:
    """Group assignments by the paragraph they stand in, in the order of the text."""
    groups: dict[int, list[Responsibility]] = {}
    for one in extraction.responsibilities:
        line = extraction.text.rfind("\n", 0, one.start) + 1
        groups.setdefault(line, []).append(one)
    yield from sorted(groups.items())


def _names_of_agencies(extraction: Extraction, place: str | None) -> dict[str, str]:
    """Give the shortest name of each agency: "Giám đốc Sở Nội vụ" is named by its office."""
    names: dict[str, str] = {}
    for one in extraction.responsibilities:
        agency = agency_id(one.agency, known=one.agency_id, place=place)
        names[agency] = min(names.get(agency, one.agency), one.agency, key=len)
    return names


def _add_place(graph: LegalGraph, own: str, place: str | None) -> None:
    """Add the province or city a document is issued for."""
    if place:
        graph.add_node(Node(place_id(place), "unit", place))
        graph.add_edge(Edge(own, "part_of", place_id(place), document=own, properties={"as": "place"}))


def _add_relation(graph: LegalGraph, relation: Relation, registry: KnowsInstruments) -> list[str]:
    """Add a relation of the registry, and give its ends."""
    for end in (relation.source, relation.target):
        if end not in graph:
            known = registry.get(end)
            graph.add_node(_instrument_node(known) if known else Node(end, "instrument", end, known=False))
    fields = {
        "clause": relation.clause,
        "exception": relation.exception,
        "evidence": relation.evidence,
        "confidence": relation.confidence,
        "parts": parts_label(relation.parts),
        "origin": relation.origin,
    }
    kind = cast("EdgeKind", relation.kind)
    graph.add_edge(Edge(relation.source, kind, relation.target, relation.effective, None, None, _given(fields)))
    for part in relation.parts:
        provision = add_provision(graph, relation.target, part)
        graph.add_edge(Edge(relation.source, kind, provision, relation.effective, None, None, _given(fields)))
    return [relation.source, relation.target]


def _given(fields: Mapping[str, Value | None]) -> dict[str, Value]:
    """Leave out what is not known."""
    return {name: value for name, value in fields.items() if value is not None}
