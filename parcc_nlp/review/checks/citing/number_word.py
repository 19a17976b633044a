"""VB305: whether the word "số" stands before a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.review.checks.citing.layout import Layout
from parcc_nlp.review.checks.citing.requirements import Requirements
from parcc_nlp.review.checks.citing.word_lists import words
from parcc_nlp.review.naming import cited_name
from parcc_nlp.review.rule import Flag, Place, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Citation
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Phrase

__all__ = ["vb305"]

_NUMBER = re.compile(r"\d+[a-z]?\s*(?:[/-]\s*(?:\d{4}\s*[/-]\s*)?[A-ZĐa-zđ]{1,}|/\s*\d{4}\s*[/-])")
_SAYS_NUMBER = re.compile(r"(?:^|\W)s[ốôoồ]\s*[:.]?\s*$", re.IGNORECASE)
_ABBREVIATED = re.compile(r"[A-ZĐ][A-ZĐa-z]{0,4}")
_SHOWN = 12


@rule("VB305")
def vb305(context: RuleContext) -> Iterator[Flag]:
    """Flag a number without "số" before it; where an instrument is so cited again and again, it is said once.

    A member of a list that shares its kind ("các Nghị định số 1/..., 2/...") needs no "số" of its own; neither does a
    short name that the document defines, nor a standard.
    """
    if not Requirements.of(context).rows:
        return
    layout = Layout.of(context)
    defined = {" ".join(alias.short.split()) for alias in context.extraction.aliases}
    defined |= {cited_name(citation) for citation in context.citations if _is_bracketed(citation, context)}
    without: dict[str, list[tuple[Citation, int]]] = {}
    for citation in context.citations:
        at = _lacks_word(citation)
        if at is not None and not layout.is_of_others(citation.start) and cited_name(citation) not in defined:
            without.setdefault(citation.instrument or citation.number or citation.text, []).append((citation, at))
    for key, mentions in without.items():
        citation, at = mentions[0]
        written = citation.text[:at] + "số " + citation.text[at:]
        yield Flag(
            start=citation.start,
            end=citation.end,
            message=phrase("missing", cited=cited_name(citation), again=_again(mentions, context)),
            subject=key,
            instrument=citation.instrument,
            suggestion=phrase("suggestion", written=" ".join(written.split())),
            related=tuple(Place(one.start, one.end) for one, _ in mentions[1:_SHOWN]),
            applicability="safe",
        )


def _is_bracketed(citation: Citation, context: RuleContext) -> bool:
    """Say whether a bracket holds a mention and nothing else: the short name of what was just cited."""
    text = context.extraction.text
    return text[citation.start - 1 : citation.start] == "(" and text[citation.end : citation.end + 1] == ")"


def _lacks_word(citation: Citation) -> int | None:
    """Give the place in a mention where "số" is missing, None where it is not."""
    if citation.doc_type is None or citation.doc_type in words("without_number_word") or not citation.number:
        return None
    number = _NUMBER.search(citation.text)
    if number is None:
        return None
    before = citation.text[: number.start()]
    kind = before.strip()
    if (
        not kind
        or kind.endswith(("(", "[", ",", "-", "/"))
        or _ABBREVIATED.fullmatch(kind)
        or _SAYS_NUMBER.search(before)
    ):
        return None
    return number.start()


def _again(mentions: list[tuple[Citation, int]], context: RuleContext) -> Phrase | None:
    """Say on which lines else an instrument is so cited."""
    if len(mentions) == 1:
        return None
    lines = [str(context.places.line(citation.start)) for citation, _ in mentions[1:]]
    shown = list(dict.fromkeys(lines))
    more = "…" if len(shown) > _SHOWN else ""
    return phrase("again", count=str(len(lines)), lines=", ".join(shown[:_SHOWN]) + more)
