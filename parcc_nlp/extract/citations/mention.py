"""A citation while it is being read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parcc_nlp.model import CitationRelation, Pinpoint

__all__ = ["Mention", "start_of"]


@dataclass(slots=True)
class Mention:
    """A citation while it is being read; offsets of the clean text."""

    start: int
    core_end: int
    end: int
    doc_type: str | None
    number: str | None = None
    year: str | None = None
    name: tuple[int, int] | None = None
    issued: str | None = None
    issuer: tuple[int, int] | None = None
    title: tuple[int, int] | None = None
    linked: bool = False
    """Whether it continues the list of the mention before it, sharing its kind."""
    has_type: bool = True
    relation: CitationRelation = "cites"
    pinpoints: list[Pinpoint] = field(default_factory=list)
    internal: bool = False

    def key(self, clean: str) -> tuple[str, str]:
        """Give what makes two mentions mentions of one document."""
        if self.number:
            return (self.doc_type or "", self.number.upper())
        if self.name:
            return (self.doc_type or "", " ".join(re.findall(r"\w+", clean[slice(*self.name)].lower())))
        return (self.doc_type or "", "")


def start_of(mention: Mention) -> int:
    """Sort key: where a mention begins."""
    return mention.start
