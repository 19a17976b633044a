"""All layers of one document, on plain text, without spaCy and without the registry."""

from __future__ import annotations

from parcc_nlp.extract.aliases import find_aliases
from parcc_nlp.extract.citations import find_citations
from parcc_nlp.extract.metadata import find_metadata
from parcc_nlp.extract.responsibilities import find_responsibilities
from parcc_nlp.extract.structure import find_structure
from parcc_nlp.extract.targets import find_targets
from parcc_nlp.extract.zones import document_end
from parcc_nlp.model import Citation, Document, Extraction
from parcc_nlp.text.normalise import normalise

__all__ = ["extract_layers"]


def extract_layers(document: Document) -> Extraction:
    """Extract metadata, structure, aliases, citations, targets and responsibilities of a document.

    Parameters
    ----------
    document
        What `parcc_nlp.read.read` returns; ``Document(text=...)`` serves for a text at hand.

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
    targets = find_targets(source, structure=structure, metadata=metadata)
    end, _ = source.to_original(document_end(source.text), len(source.text))
    return Extraction(
        text=document.text,
        source=document.source,
        metadata=metadata,
        structure=structure,
        citations=_of_the_document(find_citations(source, metadata=metadata, aliases=aliases), end),
        targets=tuple(target for target in targets if target.start < end),
        responsibilities=find_responsibilities(
            source, structure=structure, metadata=metadata, aliases=aliases, tables=document.tables
        ),
        aliases=aliases,
        blocks=document.blocks,
    )


def _of_the_document(citations: tuple[Citation, ...], end: int) -> tuple[Citation, ...]:
    """Leave out what a portal wrote behind the document: its advertising cites decrees, too."""
    return tuple(citation for citation in citations if citation.start < end)
