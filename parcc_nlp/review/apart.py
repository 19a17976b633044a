"""What a registry shows apart from the document under review: a document is no witness for its own bases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

if TYPE_CHECKING:
    from parcc_nlp.model import Metadata

__all__ = ["LearnsFromDocuments", "apart_from"]

Known = TypeVar("Known")


@runtime_checkable
class LearnsFromDocuments(Protocol):
    """A registry that learned from documents, and can leave out what one of them rests on."""

    def without_uses_by(self, number: str, issued: str, /) -> object:
        """Give a registry that takes the căn cứ lines of one document for no evidence."""


def apart_from(metadata: Metadata, registry: Known) -> Known:
    """Give the registry to ask about a document: without what its own căn cứ lines were taken to show.

    A document that is learned and then checked would else find its bases in force because it rests on them.

    Examples
    --------
    >>> from parcc_nlp.model import Metadata
    >>> apart_from(Metadata(number="15/QĐ-UBND", issued="2026-01-15"), None) is None
    True
    """
    if metadata.number is None or metadata.issued is None or not isinstance(registry, LearnsFromDocuments):
        return registry
    apart = registry.without_uses_by(metadata.number, metadata.issued)
    return apart if isinstance(apart, type(registry)) else registry
