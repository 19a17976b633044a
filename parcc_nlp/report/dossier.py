"""What a report needs of one document: what was found in it, what the review says, the status of what it cites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from parcc_nlp.model import Extraction, Review, Status

if TYPE_CHECKING:
    from parcc_nlp.model import Citation

__all__ = ["Dossier", "Standing", "StatusSource", "assemble"]

Standing = Literal["in_force", "partly", "not_valid", "not_known", "self", "plain"]
"""How a citation is shown: the three answers, partly expired apart, the document itself, or identified only."""

_STANDINGS: dict[str, Standing] = {
    "in_force": "in_force",
    "partly_expired": "partly",
    "expired": "not_valid",
    "suspended": "not_valid",
    "not_yet": "not_valid",
    "not_known": "not_known",
}


class StatusSource(Protocol):
    """What answers for the status of an instrument: the registry."""

    def status(self, instrument: str, /, *, on: str) -> Status:
        """Give the status of the instrument with this id on a day."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One document's results. `review` is None where only an extraction was asked for."""

    extraction: Extraction
    review: Review | None = None
    statuses: Mapping[str, Status] = field(default_factory=dict)
    """Status on the day of the review of every instrument cited, by the registry's id."""

    def status(self, citation: Citation) -> Status | None:
        """Give the status of what a citation names, where it is identified."""
        return self.statuses.get(citation.instrument) if citation.instrument else None

    def standing(self, citation: Citation) -> Standing:
        """Say how a citation is to be shown."""
        if citation.relation == "self" or citation.internal:
            return "self"
        if self.review is None:
            return "plain" if citation.instrument else "not_known"
        status = self.status(citation)
        return _STANDINGS[status.status] if status else "not_known"


def assemble(extraction: Extraction, *, review: Review | None = None, registry: StatusSource | None = None) -> Dossier:
    """Put one document's results together, asking the registry for the status of everything it cites.

    Parameters
    ----------
    extraction, review
        What the verbs gave. Without a review no status is asked for.
    registry
        What answers for the status of an instrument on the day of the review.

    Returns
    -------
    Dossier

    Examples
    --------
    >>> from parcc_nlp.model import Extraction
    >>> assemble(Extraction(text="Điều 1.")).statuses
    {}
    """
    if review is None or registry is None or not review.as_of[:1].isdigit():
        return Dossier(extraction, review)
    cited = {citation.instrument for citation in extraction.citations if citation.instrument}
    return Dossier(extraction, review, {one: registry.status(one, on=review.as_of) for one in sorted(cited)})
