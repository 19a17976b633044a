"""VB206-VB207: whether symbol and date are written as they can be. Every place has its finding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.naming import full_name
from parcc_nlp.review.rule import Flag, phrase, rule
from parcc_nlp.review.tables import repairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Citation
    from parcc_nlp.review.context import RegistryView, RuleContext
    from parcc_nlp.review.rule import Phrase, Text

__all__ = ["vb206", "vb207"]

_ALIKE = str.maketrans({"Ð": "D", "Đ": "D", "Ư": "W", "–": "-", "‑": "-", "‐": "-", "−": "-", "—": "-"})


class _Diagnosis(NamedTuple):
    """What is wrong with a symbol, and how it may be repaired, the likeliest first."""

    faults: tuple[Text | Phrase, ...]
    repaired: tuple[str, ...]
    only_spacing: bool


@rule("VB206")
def vb206(context: RuleContext) -> Iterator[Flag]:
    """Flag a symbol that does not follow the pattern, with its repair."""
    for citation in context.citations:
        place = _symbol_in(citation)
        if place is None:
            continue
        start, end = place
        surface = context.extraction.text[start:end]
        diagnosis = _diagnose(surface)
        if diagnosis is None:
            continue
        yield Flag(
            start=start,
            end=end,
            message=phrase("malformed", surface=" ".join(surface.split()), faults=diagnosis.faults),
            subject=citation.number or surface,
            instrument=citation.instrument,
            suggestion=phrase("suggestion", repairs=_ranked(diagnosis.repaired, context.registry)),
            applicability="safe" if diagnosis.only_spacing else "review",
            place_matters=True,
        )


@rule("VB207")
def vb207(context: RuleContext) -> Iterator[Flag]:
    """Flag a date that does not exist."""
    from parcc_nlp.text.dates import find_dates  # noqa: PLC0415  # the review starts without the text tables
    from parcc_nlp.text.normalise import normalise  # noqa: PLC0415

    clean = normalise(context.extraction.text)
    for mention in find_dates(clean.text):
        if mention.valid:
            continue
        start, end = clean.to_original(mention.start, mention.end)
        written = " ".join(context.extraction.text[start:end].split())
        yield Flag(
            start=start,
            end=end,
            message=phrase("impossible", date=written),
            subject=written,
            suggestion=phrase("check_source"),
            place_matters=True,
        )


def _symbol_in(citation: Citation) -> tuple[int, int] | None:
    """Find where in its own words a citation has its symbol, spaces and look-alike letters allowed for."""
    if not citation.number or not any(sign in citation.number for sign in "/-"):
        return None
    kept = [place for place, letter in enumerate(citation.text) if not letter.isspace()]
    squeezed = "".join(citation.text[place] for place in kept).translate(_ALIKE)
    at = squeezed.find("".join(citation.number.split()).translate(_ALIKE))
    if at < 0:
        return None
    length = len("".join(citation.number.split()))
    return citation.start + kept[at], citation.start + kept[at + length - 1] + 1


def _diagnose(surface: str) -> _Diagnosis | None:
    """Say what is wrong with a symbol; None where nothing is.

    A symbol wrapped over a line break is the page's doing, not the drafter's.
    """
    unwrapped = re.sub(r"\s*\n\s*", "", surface)
    squeezed = re.sub(r"\s+", "", unwrapped)
    faults: list[Text | Phrase] = []
    if squeezed != unwrapped:
        faults.append(phrase("spacing"))
    repaired: tuple[str, ...] = (squeezed.replace("Ð", "Đ"),)
    for repair in repairs():
        better = tuple(dict.fromkeys(repair.pattern.sub(way, one) for one in repaired for way in repair.repairs))
        if better != repaired:
            faults.append(repair.name)
            repaired = better
    if not faults:
        return None
    return _Diagnosis(tuple(dict.fromkeys(faults)), repaired, only_spacing=repaired == (squeezed,))


def _ranked(repaired: tuple[str, ...], registry: RegistryView | None) -> tuple[str, ...]:
    """Put the repairs that the registry knows first and say what they are."""
    if registry is None:
        return repaired
    known = {number: registry.find(number) for number in repaired}
    ranked = sorted(repaired, key=lambda number: not known[number])
    return tuple(
        f"{number} ({full_name(known[number][0])})" if len(known[number]) == 1 else number for number in ranked
    )
