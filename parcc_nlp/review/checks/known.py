"""VB201-VB202: whether it is known which instrument is cited. Spoken once per instrument, at its first mention."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.model import Evidence
from parcc_nlp.registry.identity import is_local
from parcc_nlp.review.naming import cited_name, full_name, mentions
from parcc_nlp.review.rule import Flag, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.review.context import Cited, RuleContext

__all__ = ["vb201", "vb202"]

_LOCAL_ISSUER = re.compile(r"\b(?:[Ss]ở|[Tt]ỉnh|[Tt]hành phố|[Xx]ã|[Pp]hường|[Hh]uyện|UBND|HĐND)\b")


@rule("VB201", needs=("registry",))
def vb201(context: RuleContext) -> Iterator[Flag]:
    """Flag an instrument that is not in the registry."""
    for cited in context.cited:
        if cited.first.instrument is None and cited.first.resolution != "ambiguous":
            first = cited.first
            yield Flag(
                start=first.start,
                end=first.end,
                message=phrase(_sort(cited), cited=cited_name(first), mentions=mentions(cited, shown=first)),
                subject=cited.key,
                evidence=(Evidence(source=context.known.version),),
                suggestion=phrase("suggestion"),
                kind="open",
            )


@rule("VB202", needs=("registry",))
def vb202(context: RuleContext) -> Iterator[Flag]:
    """Flag a citation that fits several instruments, and list them."""
    for cited in context.cited:
        first = cited.first
        if first.resolution != "ambiguous":
            continue
        known = tuple(found for name in first.candidates if (found := context.known.get(name)) is not None)
        yield Flag(
            start=first.start,
            end=first.end,
            message=phrase(
                "several",
                count=str(len(first.candidates)),
                cited=cited_name(first),
                candidates=tuple(full_name(instrument) for instrument in known),
                mentions=mentions(cited, shown=first),
            ),
            subject=cited.key,
            evidence=tuple(Evidence(source=instrument.id, quote=instrument.title) for instrument in known),
            suggestion=phrase("suggestion"),
            kind="open",
        )


def _sort(cited: Cited) -> str:
    """Say what sort of document is absent: the officer expects local ones and standards to be."""
    if cited.is_standard:
        return "standard"
    if cited.is_party:
        return "party"
    first = cited.first
    local = is_local(first.number or "") or _LOCAL_ISSUER.search(first.issuer or "")
    return "local" if local else "absent"
