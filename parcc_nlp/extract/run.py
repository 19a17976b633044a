"""All layers of one document, on plain text, without spaCy and without the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from parcc_nlp.extract.aliases import find_aliases
from parcc_nlp.extract.citations import find_citations
from parcc_nlp.extract.metadata import find_metadata
from parcc_nlp.extract.parts import find_parts
from parcc_nlp.extract.structure import find_structure
from parcc_nlp.extract.zones import document_end
from parcc_nlp.model import (
    AgencyMention,
    Alias,
    Citation,
    Document,
    Effect,
    Extraction,
    Metadata,
    Responsibility,
    Section,
    Target,
    TaskRow,
)
from parcc_nlp.text.normalise import NormalisedText, normalise

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["DUTIES", "DutyLayer", "extract_layers"]

DutyLayer: TypeAlias = Literal["targets", "responsibilities"]
DUTIES: tuple[DutyLayer, ...] = ("targets", "responsibilities")
"""The layers of a plan's promises, which a check of citations can do without: half of the work of an extraction."""


def extract_layers(document: Document, *, duties: Collection[DutyLayer] = DUTIES, effects: bool = True) -> Extraction:
    """Extract metadata, structure, aliases, citations, effects, targets and responsibilities of a document.

    Parameters
    ----------
    document
        What `parcc_nlp.read.read` returns; ``Document(text=...)`` serves for a text at hand.
    duties
        Which of the layers ``"targets"`` and ``"responsibilities"`` to read.
    effects
        Whether to read what the document does to others; the layers not named here are always read.

    Returns
    -------
    Extraction
        Spans point into ``document.text``. Citations are not yet resolved against the registry.

    Examples
    --------
    >>> found = extract_layers(Document(text="Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ;"))
    >>> found.citations[0].relation
    'basis'
    """
    source = normalise(document.text)
    metadata = find_metadata(source)
    aliases = find_aliases(source)
    structure = find_structure(source, tables=document.tables)
    end, _ = source.to_original(document_end(source.text), len(source.text))
    agencies: tuple[AgencyMention, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    if "responsibilities" in duties:
        agencies = _agencies(source, metadata, aliases)
        responsibilities, tasks = _responsibilities(document, source, structure, metadata, aliases, agencies)
    targets: tuple[Target, ...] = ()
    if "targets" in duties:
        targets = _targets(document, source, structure, metadata, responsibilities, end)
    citations = _of_the_document(find_citations(source, metadata=metadata, aliases=aliases), end)
    changed: tuple[Effect, ...] = ()
    said: tuple[Effect, ...] = ()
    if effects:
        changed, said = _effects(source, structure, citations, metadata)
    return Extraction(
        text=document.text,
        source=document.source,
        metadata=metadata,
        structure=structure,
        citations=citations,
        targets=targets,
        responsibilities=responsibilities,
        effects=changed,
        relations=said,
        aliases=aliases,
        blocks=document.blocks,
        parts=find_parts(source),
        agencies=agencies,
        tasks=tasks,
        unread=(*(layer for layer in DUTIES if layer not in duties), *(() if effects else ("effects",))),
    )


def _agencies(source: NormalisedText, metadata: Metadata, aliases: tuple[Alias, ...]) -> tuple[AgencyMention, ...]:
    """Read which agencies the text names."""
    from parcc_nlp.extract.agencies import find_agencies

    return find_agencies(source, metadata=metadata, aliases=aliases)


def _effects(
    source: NormalisedText, structure: tuple[Section, ...], citations: tuple[Citation, ...], metadata: Metadata
) -> tuple[tuple[Effect, ...], tuple[Effect, ...]]:
    """Read what the document does to others, and what it says of them besides."""
    from parcc_nlp.extract.effects import find_effects

    found = find_effects(source, structure=structure, citations=citations, metadata=metadata)
    return found.effects, found.relations


def _targets(  # noqa: PLR0913, PLR0917 - what the other layers found
    document: Document,
    source: NormalisedText,
    structure: tuple[Section, ...],
    metadata: Metadata,
    responsibilities: tuple[Responsibility, ...],
    end: int,
) -> tuple[Target, ...]:
    """Read goals and link them to their wholes and to who carries them out."""
    from parcc_nlp.extract.linking import link_targets
    from parcc_nlp.extract.targets import find_targets

    found = find_targets(source, structure=structure, metadata=metadata)
    return link_targets(document.text, (target for target in found if target.start < end), responsibilities)


def _responsibilities(  # noqa: PLR0913, PLR0917 - what the other layers found
    document: Document,
    source: NormalisedText,
    structure: tuple[Section, ...],
    metadata: Metadata,
    aliases: tuple[Alias, ...],
    agencies: tuple[AgencyMention, ...],
) -> tuple[tuple[Responsibility, ...], tuple[TaskRow, ...]]:
    """Read assignments in sentences and in tables, in the order of the text, and the rows of the tables."""
    from parcc_nlp.extract.responsibilities import find_responsibilities
    from parcc_nlp.extract.tables import find_flattened_tables, find_table_rows, table_responsibilities

    flattened = find_flattened_tables(source, tables=document.tables)
    rows = find_table_rows((*document.tables, *flattened), source, metadata=metadata)
    # A flattened table that was not understood stays text, and its lines are read as sentences.
    read = tuple(table for table in flattened if any(table.start <= row.start < table.end for row in rows))
    told = find_responsibilities(
        source,
        structure=structure,
        metadata=metadata,
        aliases=aliases,
        agencies=agencies,
        tables=(*document.tables, *read),
    )
    listed = table_responsibilities(rows, source, structure=structure)
    return (tuple(sorted((*told, *listed), key=_place)) if listed else told), tuple(rows)


def _place(responsibility: Responsibility) -> tuple[int, int]:
    return responsibility.start, responsibility.end


def _of_the_document(citations: tuple[Citation, ...], end: int) -> tuple[Citation, ...]:
    """Leave out what a portal wrote behind the document: its advertising cites decrees, too."""
    return tuple(citation for citation in citations if citation.start < end)
