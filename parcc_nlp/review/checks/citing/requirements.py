"""Which elements a first mention owes: by the signing date of the citing document, and whether it is normative."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from parcc_nlp.model import Citation
from parcc_nlp.registry.identity import legal_class
from parcc_nlp.review.checks.citing.layout import LAWS
from parcc_nlp.review.checks.citing.word_lists import beside, words
from parcc_nlp.review.context import is_party_document
from parcc_nlp.review.tables import office_of_issuer, office_of_symbol

if TYPE_CHECKING:
    from parcc_nlp.review.context import RuleContext

__all__ = ["Element", "Required", "Requirements"]

Element = Literal["name", "number", "year", "date", "issuer", "title"]
Place = Literal["text", "basis"]

_YEAR_IN_NUMBER = re.compile(r"/((?:19|20)\d\d)/")
_ASSEMBLY = re.compile(r"QH\d+$")
_YEAR_OF_CHANGE = "2025"
_OTHER_RULES = frozenset({"assembly", "standing_committee", "president", "party"})
"""These cite by rules of their own (Nghị quyết 351/2017/UBTVQH14, the Party's instructions)."""


class Required(NamedTuple):
    """Elements a first mention must give, each with what may stand for it."""

    elements: tuple[tuple[Element, ...], ...]

    @property
    def principal(self) -> tuple[Element, ...]:
        """The element by which a short form is told from a full one."""
        return self.elements[-1] if self.elements[0] == ("name",) else self.elements[0]


class _Row(NamedTuple):
    """A row of the table."""

    normative: bool
    since: str
    until: str
    documents: str
    place: str
    required: Required


class Requirements(NamedTuple):
    """What a document owes where it cites: by kind of instrument and place."""

    rows: tuple[_Row, ...]

    @classmethod
    def of(cls, context: RuleContext) -> Requirements:
        """Give the rules that govern a document; none where it cites by rules of its own."""
        if not _follows_state_rules(context):
            return cls(())
        normative, day = bool(context.extraction.metadata.normative), _citing_day(context)
        return cls(tuple(row for row in _table() if row.normative == normative and _governs(row, day)))

    def owed(self, citation: Citation, place: Place) -> Required | None:
        """Give the elements that a first mention owes, None where no rule is known."""
        for kind in _kinds(citation):
            found = next((row for row in self.rows if row.documents == kind and row.place == place), None)
            if found is not None:
                return found.required
        return None


def _follows_state_rules(context: RuleContext) -> bool:
    """Say whether a document cites by the rules of the State's executive: not the Party's, not the Assembly's.

    A consolidated text repeats what the instruments it consolidates say.
    """
    metadata = context.extraction.metadata
    if legal_class(metadata.number, metadata.doc_type) == "consolidated":
        return False
    if is_party_document(Citation(0, 0, "", metadata.doc_type, metadata.number, issuer=metadata.issuer)):
        return False
    offices = (
        office_of_symbol(metadata.number) if metadata.number else None,
        office_of_issuer(metadata.issuer) if metadata.issuer else None,
    )
    return not any(office is not None and office.office in _OTHER_RULES for office in offices)


def _citing_day(context: RuleContext) -> str | None:
    """Give the signing date, or a day by which the rule can be told where only month or year of it are known.

    The rules for normative documents changed twice in 2025, so that the year alone does not tell them.
    """
    if context.signed is not None:
        return context.signed
    metadata = context.extraction.metadata
    year = _YEAR_IN_NUMBER.search(metadata.number or "")
    known = metadata.issued or (year[1] if year else None)
    if known is None or known == _YEAR_OF_CHANGE:
        return None
    return f"{known}-01-15"[: len("2026-01-15")] if len(known) == len("2026") else f"{known}-15"


def _governs(row: _Row, day: str | None) -> bool:
    """Say whether a row governs a document of this day; of an undated administrative one the newest rule is asked."""
    if day is None:
        return not row.normative and not row.until
    return row.since <= day and (not row.until or day < row.until)


def _kinds(citation: Citation) -> tuple[str, ...]:
    """Say by which row of the table a citation is judged, the closest first."""
    if citation.doc_type in words("without_elements"):
        return ()
    if citation.doc_type in LAWS:
        return ("law",)
    if not citation.number or not any(letter.isalpha() for letter in citation.number):
        return ()
    return ("assembly", "other") if _ASSEMBLY.search(citation.number) else ("other",)


@cache
def _table() -> tuple[_Row, ...]:
    return tuple(
        _Row(
            row["normative"] == "yes",
            row["since"],
            row["until"],
            row["documents"],
            row["place"],
            _read(row["elements"]),
        )
        for row in csv.DictReader(beside("required_elements.csv").splitlines())
    )


def _read(cell: str) -> Required:
    """Read "date|issuer|title", where "number/date" stands for either."""
    return Required(tuple(tuple(cast("Element", one) for one in element.split("/")) for element in cell.split("|")))
