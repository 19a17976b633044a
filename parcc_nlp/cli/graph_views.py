"""What is asked of the graph, shown: ``parcc graph impact``, ``lineage``, ``bases`` and the others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any

from parcc_nlp import api
from parcc_nlp.cli.batch import examine_all
from parcc_nlp.cli.exits import Exit
from parcc_nlp.cli.inputs import gather
from parcc_nlp.cli.known import registry as known
from parcc_nlp.cli.streams import complain, say, spoken, terminal
from parcc_nlp.cli.work import Task
from parcc_nlp.errors import UsageError
from parcc_nlp.graph import LegalGraph, add_registry, graph_of
from parcc_nlp.graph.identifiers import document_id
from parcc_nlp.graph.questions import (
    agency_loads,
    basis_tree,
    common_bases,
    conflicts,
    explain_path,
    impact,
    indicators,
    lineage,
    most_cited,
    now_in_words,
    oldest_in_force,
    orphans,
    reason_in_words,
    shared_leads,
    unknown_instruments,
)
from parcc_nlp.registry import Registry
from parcc_nlp.report.layout import Run, blank, paragraph, written
from parcc_nlp.report.wording import legible, words, written_day, written_status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from parcc_nlp.cli.streams import Language
    from parcc_nlp.errors import ParccError
    from parcc_nlp.graph import Node
    from parcc_nlp.graph.questions import Basis, Step
    from parcc_nlp.model import Extraction
    from parcc_nlp.report.layout import Paragraph

__all__ = [
    "Gathered",
    "gathered",
    "known_around",
    "show_agencies",
    "show_bases",
    "show_common",
    "show_conflicts",
    "show_impact",
    "show_indicators",
    "show_lineage",
    "show_path",
    "show_ranking",
]


@dataclass(frozen=True, slots=True)
class Gathered:
    """A graph that questions are asked of, the documents it was made of, and whether all of them could be read."""

    graph: LegalGraph
    registry: Registry
    documents: tuple[str, ...] = ()
    whole: bool = True

    @property
    def exit(self) -> Exit:
        """The exit status of a question that was answered."""
        return Exit.DONE if self.whole else Exit.NOT_EXAMINED


def gathered(names: list[str], *, registry: Path | None, jobs: int) -> Gathered:
    """Read documents and make their graph, with what the registry knows of the instruments in them."""
    opened = known(str(registry) if registry else None)
    inputs = gather(names)
    task = Task("chart", lang=spoken(), registry=str(registry) if registry else None)
    extractions: list[Extraction] = []
    failed: list[ParccError] = list(inputs.barren)
    for outcome in examine_all(task, inputs.documents, jobs=jobs):
        if outcome.gathered is not None:
            extractions.append(opened.resolve_all(outcome.gathered.extraction))
        elif outcome.error is not None:
            failed.append(outcome.error)
    for error in failed:
        complain(error)
    graph = graph_of(extractions, registry=opened)
    return Gathered(graph, opened, tuple(document_id(one) for one in extractions), not failed)


def known_around(*references: str, registry: Path | None) -> Gathered:
    """Make the graph of what the registry knows around some instruments.

    Raises
    ------
    UsageError
        E370: the registry knows none of this number.
    """
    opened = known(str(registry) if registry else None)
    graph = LegalGraph()
    for reference in references:
        found = [one.id for one in opened.find(reference)] or ([reference] if opened.get(reference) else [])
        if not found:
            raise UsageError("E370", value=reference)
        add_registry(graph, opened, found)
    return Gathered(graph, opened)


def show_impact(asked: Gathered, reference: str, *, as_of: str, form: str) -> Exit:
    """Show what has to be reviewed."""
    found = impact(asked.graph, reference, on=api.day(as_of))
    if form == "json":
        return _json(found, asked)
    parts = _heading(words("graph_impact", spoken(), what=_names(found.instruments)))
    for number, one in enumerate(found.affected, 1):
        parts.append(paragraph(Run(legible(one.document.label), "bold"), first=f"{number:>2}. ", rest="    "))
        for way in one.ways:
            told = reason_in_words(asked.graph, way, lang=spoken())
            parts.append(paragraph(legible(told), first="    - ", rest="      "))
    return _text(parts if found.affected else [*parts, paragraph(words("graph_none", spoken()))], asked)


def show_lineage(asked: Gathered, reference: str, *, as_of: str, form: str) -> Exit:
    """Show what came before an instrument and what came after it."""
    found = lineage(asked.graph, reference, on=api.day(as_of))
    if form == "json":
        return _json(found, asked)
    parts = _heading(found.instrument.label)
    for key in ("successors", "changed_by", "predecessors", "changes"):
        steps: Sequence[Step] = getattr(found, key)
        if steps:
            parts += [blank(), paragraph(Run(words(f"graph_{key}", spoken()), "bold"))]
            parts += [_item(_step(step), depth=step.steps) for step in steps]
    return _text(parts, asked)


def _step(step: Step) -> str:
    """Write one step of a lineage: who did what to whom, from which day, by which clause."""
    verb = words(f"by_{step.kind}", spoken())
    since = f", {words('effective_from', spoken(), day=written_day(step.since))}" if step.since else ""
    clause = next((str(edge.get("clause")) for edge in step.edges if edge.get("clause")), "")
    return f"{step.instrument.label} {verb} {step.by.label}{f' ({clause})' if clause else ''}{since}"


def show_bases(asked: Gathered, *, as_of: str, form: str) -> Exit:
    """Show what a document rests on."""
    if not asked.documents:
        return asked.exit
    tree = basis_tree(asked.graph, asked.documents[0], registry=asked.registry, on=api.day(as_of))
    if form == "json":
        return _json(tree, asked)
    parts = _heading(tree.document.label)
    return _text([*parts, *(line for basis in tree.bases for line in _branch(basis, 1))], asked)


def _branch(basis: Basis, depth: int) -> list[Paragraph]:
    """Write a basis with its status, and its own bases below it."""
    line = f"{basis.instrument.label}: {written_status(basis.status, spoken())}"
    cut = f" [{words(f'graph_cut_{basis.cut}', spoken())}]" if basis.cut else ""
    return [_item(line + cut, depth=depth), *(below for one in basis.bases for below in _branch(one, depth + 1))]


def show_common(asked: Gathered, *, form: str) -> Exit:
    """Show what two documents share."""
    if len(asked.documents) < 2:  # noqa: PLR2004 - two are compared
        return asked.exit
    found = common_bases(asked.graph, *asked.documents[:2])
    if form == "json":
        return _json(found, asked)
    parts = _heading(f"{found.first.label} – {found.second.label}")
    for kind in ("bases", "citations"):
        shared = getattr(found, kind)
        for side, of in (("common", ""), ("only_first", found.first.label), ("only_second", found.second.label)):
            nodes = getattr(shared, side)
            title = words(f"graph_{kind}_{side}", spoken(), of=of)
            parts += [blank(), paragraph(Run(legible(f"{title} ({len(nodes)})"), "bold"))]
            parts += [_item(node.label) for node in nodes]
    return _text(parts, asked)


def show_path(asked: Gathered, start: str, end: str, *, form: str, lang: Language) -> Exit:
    """Show how two instruments are related."""
    found = explain_path(asked.graph, start, end, lang=lang)
    if form == "json":
        return _json(found, asked)
    if found is None:
        return _text([paragraph(words("graph_no_path", lang))], asked)
    parts = _heading(f"{found.start.label} – {found.end.label}")
    return _text([*parts, *(_item(step.words) for step in found.steps)], asked)


def show_conflicts(asked: Gathered, *, form: str) -> Exit:
    """Show contradictions and circles."""
    found = conflicts(asked.graph)
    if form == "json":
        return _json(found, asked)
    parts = _heading(words("graph_conflicts", spoken()))
    for one in found.contradictions:
        named = _names([asked.graph.node(node) for node in one.instruments])
        parts.append(_item(f"{words(f'graph_{one.kind}', spoken())}: {named}"))
    for kind, circles in found.circles.items():
        for circle in circles.circles:
            named = " → ".join(asked.graph.node(node).label for node in circle)
            parts.append(_item(words("graph_circle", spoken(), kind=words(f"by_{kind}", spoken()), named=named)))
    told = len(parts) > len(_heading(""))
    return _text(parts if told else [*parts, paragraph(words("graph_none", spoken()))], asked)


def show_agencies(asked: Gathered, *, form: str) -> Exit:
    """Show who has how many tasks, and tasks that several lead."""
    loads, shared = agency_loads(asked.graph), shared_leads(asked.graph)
    if form == "json":
        return _json({"loads": loads, "shared_leads": shared}, asked)
    parts = _heading(words("graph_agencies", spoken()))
    for load in loads:
        counted = words("graph_load", spoken(), lead=load.lead, coordinate=load.coordinate, implement=load.implement)
        parts.append(_item(f"{now_in_words(load.agency, load.now, lang=spoken())}: {counted}"))
    if shared:
        parts += [blank(), paragraph(Run(words("graph_shared_leads", spoken()), "bold"))]
        parts += [_item(f"{_names([lead.agency for lead in one.leads])}: {one.task.label}") for one in shared]
    return _text(parts, asked)


def show_indicators(asked: Gathered, *, named: str | None, form: str) -> Exit:
    """Show targets of one indicator side by side."""
    found = indicators(asked.graph, named)
    if form == "json":
        return _json(found, asked)
    parts = _heading(words("graph_indicators", spoken()))
    for one in found:
        parts += [blank(), paragraph(Run(legible(one.subject), "bold"))]
        parts += [_item(f"{goal.target.label} ({goal.document.label})") for goal in one.goals]
    return _text(parts, asked)


def show_ranking(asked: Gathered, *, of: str, as_of: str, form: str) -> Exit:
    """Show instruments in an order."""
    if of == "orphans":
        alone = orphans(asked.graph)
        if form == "json":
            return _json(alone, asked)
        return _text([*_heading(words("graph_ranking_orphans", spoken())), *(_item(one.label) for one in alone)], asked)
    if of == "oldest":
        found = oldest_in_force(asked.graph, registry=asked.registry, on=api.day(as_of))
    else:
        found = (unknown_instruments if of == "unknown" else most_cited)(asked.graph)
    if form == "json":
        return _json(found, asked)
    parts = _heading(words(f"graph_ranking_{of}", spoken()))
    for one in found:
        counted = words("graph_counts", spoken(), documents=one.documents, mentions=one.mentions)
        parts.append(_item(f"{one.instrument.label}: {counted}"))
    return _text(parts, asked)


def _names(nodes: Iterable[Node]) -> str:
    return ", ".join(node.label for node in nodes)


def _heading(title: str) -> list[Paragraph]:
    return [paragraph(Run(legible(title), "bold"))]


def _item(text: str, *, depth: int = 1) -> Paragraph:
    indent = "  " * (depth - 1)
    return paragraph(legible(text), first=f"{indent}- ", rest=f"{indent}  ")


def _text(parts: Iterable[Paragraph], asked: Gathered) -> Exit:
    look = terminal()
    say(written(list(parts), width=look.width, colour=look.colour))
    return asked.exit


def _json(value: object, asked: Gathered) -> Exit:
    say(json.dumps(_plain(value), ensure_ascii=False, indent=2) + "\n")
    return asked.exit


def _plain(value: Any) -> Any:
    """Turn the values of an answer into what JSON has."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value
