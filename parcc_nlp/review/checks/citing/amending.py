"""VB306: an amending instrument cited alone, what it amends cited nowhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.model import Evidence
from parcc_nlp.registry.identity import number_key
from parcc_nlp.review.checks.citing.given import Before, clause_before
from parcc_nlp.review.checks.citing.layout import LAWS, Layout
from parcc_nlp.review.context import look_up
from parcc_nlp.review.naming import cited_name, data_date, mentions
from parcc_nlp.review.rule import Flag, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Citation, Instrument
    from parcc_nlp.review.context import Cited, RuleContext

__all__ = ["vb306"]

_AHEAD = 60
_AMENDS = re.compile(r"\s*\(?(?:về\s+)?(?:việc\s+)?sửa\s+đổi(?:\s*,)?\s+(?:và\s+)?bổ\s+sung\b", re.IGNORECASE)
_SAYS_SO = re.compile(r"\s*\(?(?:về\s+)?(?:việc\s+)?(?:quy\s+định\s+)?sửa\s+đổi\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w/])\d+(?:/\d{4})?[/-][A-ZĐ][A-ZĐa-zđ0-9]*(?:[-/][A-ZĐ][A-ZĐa-zđ0-9]*)*")
_EVER = "9999-12-31"


@rule("VB306", needs=("registry",))
def vb306(context: RuleContext) -> Iterator[Flag]:
    """Flag an amending instrument where nothing it amends is cited, neither in its title nor elsewhere.

    A law that amends names in its own name what it amends. Behind "được sửa đổi, bổ sung bởi" the amended instrument
    was just cited.
    """
    amending = [cited for cited in context.cited if _is_amending(cited)]
    if not amending:
        return
    numbers = _cited_numbers(context)
    parents_of = _amended_here(context)
    layout = Layout.of(context)
    for cited in amending:
        if cited.instrument is None or any(_says_so(citation, context, layout) for citation in cited.citations):
            continue
        own = number_key(cited.instrument.number or "")
        parents = tuple(dict.fromkeys(_NUMBER.findall(cited.instrument.title or "")))
        if own in parents_of or any(number_key(parent) in numbers for parent in parents):
            continue
        yield _alone(cited, cited.instrument, parents, context)


def _is_amending(cited: Cited) -> bool:
    """Say whether the registry knows an instrument as one that amends others, and the document only cites it."""
    instrument = cited.instrument
    if instrument is None or instrument.doc_type in LAWS or cited.ended_here:
        return False
    return _AMENDS.match(instrument.title or "") is not None


def _says_so(citation: Citation, context: RuleContext, layout: Layout) -> bool:
    """Say whether it is told beside a mention what is amended: in its title, or before "được sửa đổi, bổ sung bởi"."""
    text = context.extraction.text
    ahead = text[citation.end : citation.end + _AHEAD]
    if _SAYS_SO.match(citation.title or "") or _SAYS_SO.match(ahead) or layout.is_of_others(citation.start):
        return True
    return Before.of(clause_before(text, citation.start)).is_amending


def _cited_numbers(context: RuleContext) -> frozenset[str]:
    """Collect the numbers of every instrument the document cites, what is named in titles included."""
    numbers = {citation.number for citation in context.extraction.citations}
    numbers |= {cited.instrument.number for cited in context.cited if cited.instrument}
    numbers.add(context.extraction.metadata.number)
    return frozenset(number_key(number) for number in numbers if number)


def _amended_here(context: RuleContext) -> frozenset[str]:
    """Collect the numbers of all instruments that amended one the document cites."""
    registry = context.known
    amendments = (
        look_up(amendment.by, registry)
        for cited in context.cited
        if cited.instrument
        for amendment in registry.amendments(cited.instrument.id, on=_EVER)
    )
    return frozenset(number_key(one.number) for one in amendments if one is not None and one.number)


def _alone(cited: Cited, instrument: Instrument, parents: tuple[str, ...], context: RuleContext) -> Flag:
    first = cited.first
    return Flag(
        start=first.start,
        end=first.end,
        message=phrase(
            "alone" if parents else "alone_unnumbered",
            cited=cited_name(first),
            title=instrument.title or "",
            mentions=mentions(cited, shown=first),
        ),
        subject=cited.key,
        instrument=instrument.id,
        evidence=(
            Evidence(
                source=instrument.number or instrument.id, quote=instrument.title, retrieved=data_date(context.known)
            ),
        ),
        suggestion=phrase("suggestion", parents=", ".join(parents)) if parents else phrase("suggestion_unnumbered"),
        kind="fail" if parents else "review",
    )
