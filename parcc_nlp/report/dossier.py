"""What a report needs of one document: what was found in it, what the review says, the status of what it cites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from parcc_nlp.model import Extraction, Review, Status

if TYPE_CHECKING:
    from parcc_nlp.model import Citation
    from parcc_nlp.review import RegistryView

__all__ = ["Dossier", "Standing", "assemble"]

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


@dataclass(frozen=True, slots=True)
class Dossier:
    """One document's results. `review` is None where only an extraction was asked for."""

    extraction: Extraction
    review: Review | None = None
    statuses: Mapping[str, Status] = field(default_factory=dict)
    """Status on the day of the review of every instrument cited, by the registry's id."""
    heirs: Mapping[str, Status] = field(default_factory=dict)
    """For a law named by its name alone and replaced under that name: the status of the law it now means."""

    def status(self, citation: Citation) -> Status | None:
        """Give the status of what a citation names, where it is identified."""
        return self.statuses.get(citation.instrument) if citation.instrument else None

    def heir(self, citation: Citation) -> Status | None:
        """Give the status of the law of the same name that a citation has moved to, if it has."""
        return self.heirs.get(citation.instrument) if citation.instrument else None

    def standing(self, citation: Citation) -> Standing:
        """Say how a citation is to be shown; one that moves with its law is judged by the law it has moved to."""
        if citation.relation == "self" or citation.internal:
            return "self"
        if self.review is None:
            return "plain" if citation.instrument else "not_known"
        status = self.heir(citation) or self.status(citation)
        return _STANDINGS[status.status] if status else "not_known"


def assemble(extraction: Extraction, *, review: Review | None = None, registry: RegistryView | None = None) -> Dossier:
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
    from parcc_nlp.review.context import gather  # noqa: PLC0415 - an extraction alone needs no rules

    statuses: dict[str, Status] = {}
    heirs: dict[str, Status] = {}
    for cited in gather(extraction, registry=registry, as_of=review.as_of):
        if cited.instrument is not None and cited.status is not None:
            statuses[cited.instrument.id] = cited.status
            if cited.heir is not None:
                heirs[cited.instrument.id] = registry.status(cited.heir.id, on=review.as_of)
    return Dossier(extraction, review, statuses, heirs)
