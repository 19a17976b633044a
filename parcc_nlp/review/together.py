"""Documents that are checked together, and what rules look up in all of them: indexed once, not once a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parcc_nlp.model import Extraction

__all__ = ["Together"]

Index = TypeVar("Index")


class Together:
    """Several documents of one check, their citations identified.

    Parameters
    ----------
    documents
        The extractions, in the order of the input.

    Examples
    --------
    >>> from parcc_nlp.model import Extraction
    >>> both = Together((Extraction("một"), Extraction("hai")))
    >>> both.looked_up(len), len(both.documents)
    (2, 2)
    """

    __slots__ = ("_looked_up", "_members", "documents")

    def __init__(self, documents: Sequence[Extraction]) -> None:
        self.documents = tuple(documents)
        self._members = frozenset(map(id, self.documents))
        self._looked_up: dict[object, object] = {}

    def __contains__(self, extraction: object) -> bool:
        """Say whether this very extraction is one of the documents."""
        return id(extraction) in self._members

    def looked_up(self, build: Callable[[tuple[Extraction, ...]], Index]) -> Index:
        """Give the index that `build` makes of all documents, made on first use and kept.

        A rule must not walk through all documents for each of them: a thousand documents would cost a million walks.
        """
        if build not in self._looked_up:
            self._looked_up[build] = build(self.documents)
        return cast("Index", self._looked_up[build])
