"""VB303: whether the căn cứ lines are complete, in order and punctuated as the rules ask."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.registry.identity import legal_class
from parcc_nlp.review.checks.citing.completeness import missing_in, named_elements
from parcc_nlp.review.checks.citing.layout import LAWS, WITHOUT_BASES
from parcc_nlp.review.checks.citing.mentions import told_mentions
from parcc_nlp.review.checks.citing.requirements import Requirements
from parcc_nlp.review.checks.citing.word_lists import alternatives, words
from parcc_nlp.review.naming import cited_name
from parcc_nlp.review.rule import Flag, Place, phrase, rule
from parcc_nlp.review.tables import office_of_symbol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcc_nlp.model import Citation
    from parcc_nlp.review.context import RuleContext

__all__ = ["Basis", "bases_of", "vb303"]

_OPERATIVE = re.compile(r"(?:^|(?<=[\s.,;:]))(?:QUYẾT\s+ĐỊNH|QUYẾT\s+NGHỊ|NGHỊ\s+ĐỊNH|THÔNG\s+TƯ)\s*:")
_PAGE_NUMBER = re.compile(r"(?:\n\s*\d{1,3}\s*)+$")
_CLOSING = "”\"')] \t\u00a0"
_LINES_SHOWN = 12


class Basis(NamedTuple):
    """One line of a căn cứ block; `mark` is the sign it ends with, empty for none."""

    start: int
    end: int
    mark: str
    names_instrument: bool
    """Whether it begins with "Căn cứ"."""
    is_last: bool
    is_certain: bool
    """Whether it is known where the line ends: another line of the block, or "QUYẾT ĐỊNH:", follows."""


@rule("VB303")
def vb303(context: RuleContext) -> Iterator[Flag]:
    """Flag căn cứ lines that lack elements, end with another sign than they should, or stand out of order."""
    requirements = Requirements.of(context)
    if not requirements.rows or context.extraction.metadata.doc_type in WITHOUT_BASES:
        return
    yield from _incomplete(context, requirements)
    bases = bases_of(context)
    yield from _mispunctuated(bases, context)
    yield from _out_of_order(bases, context)


def bases_of(context: RuleContext) -> tuple[Basis, ...]:
    """Give the lines of the căn cứ block in the head of the document, those run together by a portal taken apart."""
    head = next((part for part in context.extraction.parts if part.kind == "head"), None)
    if head is None:
        return ()
    text = context.extraction.text[: head.end]
    opened = [found.span() for found in _opener().finditer(text, head.start) if not _is_doubled(text, found.start())]
    first = next((at for at, (_, start) in enumerate(opened) if _is_instrument_line(text, start)), None)
    if first is None:
        return ()
    opened = opened[first:]
    operative = _OPERATIVE.search(text, opened[-1][1])
    stops = [*(before for before, _ in opened[1:]), operative.start() if operative else head.end]
    last = len(opened) - 1
    return tuple(
        _basis(text, start, stop, is_last=at == last, is_certain=at < last or operative is not None)
        for at, ((_, start), stop) in enumerate(zip(opened, stops, strict=True))
    )


def _basis(text: str, start: int, stop: int, *, is_last: bool, is_certain: bool) -> Basis:
    """Read one line: what a page number or a quotation mark adds behind its last sign does not count."""
    line = _PAGE_NUMBER.sub("", text[start:stop].rstrip()).rstrip(_CLOSING)
    mark = line[-1:] if line and not line[-1].isalnum() else ""
    return Basis(start, start + len(line), mark, _is_instrument_line(text, start), is_last, is_certain)


def _incomplete(context: RuleContext, requirements: Requirements) -> Iterator[Flag]:
    """Flag an instrument whose first mention stands in the căn cứ lines and lacks elements."""
    for key, mentions in told_mentions(context).items():
        lack = missing_in(mentions, requirements)
        if lack is None or lack.mention.role != "basis":
            continue
        citation = lack.mention.citation
        yield Flag(
            start=citation.start,
            end=citation.end,
            message=phrase("lacks", cited=cited_name(citation), missing=named_elements(lack)),
            subject=key,
            instrument=citation.instrument,
            suggestion=phrase("suggestion_elements"),
            kind="fail" if any(element != ("title",) for element in lack.elements) else "review",
        )


def _mispunctuated(bases: Sequence[Basis], context: RuleContext) -> Iterator[Flag]:
    """Flag, once for the block, lines that end with another sign than a semicolon, the last one than a full stop.

    Where the enacting sentence follows, as in a plan or a normative document, the last line may end with a semicolon.
    """
    wrong = [basis for basis in bases if _ends_wrong(basis, bases, context)]
    if not wrong:
        return
    first = wrong[0]
    lines = [str(context.places.line(basis.start)) for basis in wrong[:_LINES_SHOWN]]
    yield Flag(
        start=first.start,
        end=first.end,
        message=phrase(
            "last_mark" if first.is_last else "mark",
            mark=phrase("ends_with", mark=first.mark) if first.mark else phrase("ends_bare"),
            lines=", ".join(dict.fromkeys(lines)),
        ),
        subject="căn cứ: dấu câu",
        suggestion=phrase("suggestion_last_mark" if first.is_last else "suggestion_mark"),
        related=tuple(Place(basis.start, basis.end) for basis in wrong[1:_LINES_SHOWN]),
        place_matters=True,
    )


def _ends_wrong(basis: Basis, bases: Sequence[Basis], context: RuleContext) -> bool:
    if not basis.is_certain or len(bases) == 1:
        return False
    if not basis.is_last:
        return basis.mark != ";"
    return not context.extraction.metadata.normative and basis.mark not in {".", ","}


def _out_of_order(bases: Sequence[Basis], context: RuleContext) -> Iterator[Flag]:
    """Flag the first line whose instrument has higher force than that of the line before it."""
    ranked = [
        (basis, citation, rank)
        for basis, citation in _instruments(bases, context)
        if (rank := _rank(citation)) is not None
    ]
    for (before, lower, low), (basis, higher, high) in pairwise(ranked):
        if high < low:
            yield Flag(
                start=basis.start,
                end=basis.end,
                message=phrase("order", higher=cited_name(higher), lower=cited_name(lower)),
                subject="căn cứ: thứ tự",
                suggestion=phrase("suggestion_order"),
                kind="review",
                related=(Place(before.start, before.end),),
                place_matters=True,
            )
            return


def _instruments(bases: Sequence[Basis], context: RuleContext) -> Iterator[tuple[Basis, Citation]]:
    """Give the first instrument of every line that begins with "Căn cứ"."""
    citations = iter(context.citations)
    citation = next(citations, None)
    for basis in bases:
        while citation is not None and citation.start < basis.start:
            citation = next(citations, None)
        if basis.names_instrument and citation is not None and citation.start < basis.end:
            yield basis, citation


def _rank(citation: Citation) -> int | None:
    """Give the rank of a normative instrument, 1 the highest; None where none is known."""
    if citation.doc_type in LAWS:
        return 2 if citation.doc_type == "Pháp lệnh" else 1
    if not citation.number or legal_class(citation.number, citation.doc_type) != "normative":
        return None
    office = office_of_symbol(citation.number)
    return office.rank if office else None


def _is_doubled(text: str, at: int) -> bool:
    """Say whether the opening word stands twice ("Căn cứ Căn cứ Luật ...")."""
    return text.endswith(_capitalised("bases"), 0, at)


def _is_instrument_line(text: str, start: int) -> bool:
    return text.startswith(_capitalised("bases"), start)


@cache
def _opener() -> re.Pattern[str]:
    """Give the pattern of a place where a line of the block begins, be it behind another on the line of a portal."""
    bases, others = (alternatives(_capitalised(key)) for key in ("bases", "other_bases"))
    return re.compile(
        rf"(?:^[ \t]*(?:-[ \t]*)?|(?<=[;.,])[ \t]+)(?=(?:{bases}|{others})\s)|(?<=\w)[ \t]+(?=(?:{bases})\s)",
        re.MULTILINE,
    )


@cache
def _capitalised(key: str) -> tuple[str, ...]:
    return tuple(word[0].upper() + word[1:] for word in words(key))
