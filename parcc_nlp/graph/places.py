"""For which province or city a document is issued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.graph.naming import place_name
from parcc_nlp.registry.identity import province_slugs, slug

if TYPE_CHECKING:
    from parcc_nlp.model import Metadata

__all__ = ["issued_for"]

_CAPITAL = "ha-noi"
"""Central bodies sign here, so that the place of signing tells nothing of whom a document is for."""


def issued_for(said: Metadata) -> str | None:
    """Give the place a document is issued for: the province its issuer bears the name of, else where it was signed.

    Examples
    --------
    >>> from parcc_nlp.model import Metadata
    >>> issued_for(Metadata(issuer="Ủy ban nhân dân tỉnh Thừa Thiên Huế"))
    'Thừa Thiên Huế'
    >>> issued_for(Metadata(issuer="Bộ Nội vụ", place="Hà Nội")) is None
    True
    """
    named = _province_in(said.issuer or "")
    signed_in = slug(place_name(said.place)) if said.place else None
    if named and slug(named) != signed_in:
        return named
    return said.place if named or signed_in != _CAPITAL else None


def _province_in(issuer: str) -> str | None:
    """Give the longest name of a province at the end of an issuer's: "Thừa Thiên Huế" ends as "Huế" does."""
    words = issuer.split()
    return next(
        (tail for first in range(len(words)) if slug(tail := " ".join(words[first:])) in province_slugs()), None
    )
