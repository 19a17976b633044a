"""VB206-VB207: whether symbol and date are written as they can be. Every place has its finding."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.naming import day, full_name, short_name
from parcc_nlp.review.rule import Flag, phrase, rule
from parcc_nlp.review.tables import repairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Citation, Instrument
    from parcc_nlp.review.context import RegistryView, RuleContext
    from parcc_nlp.review.rule import Phrase, Text

__all__ = ["vb206", "vb207"]

_ALIKE = str.maketrans({"Ð": "D", "Đ": "D", "Ư": "W", "–": "-", "‑": "-", "‐": "-", "−": "-", "—": "-"})


_WHOLE_DAY = len("2023-12-22")
_LINES_SHOWN = 12
_LOCAL = re.compile(r"UBND|HĐND|/TU$")  # every province has one of each number


class _Diagnosis(NamedTuple):
    """What is wrong with a symbol, and how it may be repaired, the likeliest first."""

    faults: tuple[Text | Phrase, ...]
    repaired: tuple[str, ...]
    only_spacing: bool


@rule("VB206")
def vb206(context: RuleContext) -> Iterator[Flag]:
    """Flag a symbol that does not follow the pattern, with its repair; written so again and again, it is said once."""
    places: dict[str, list[tuple[Citation, int, int]]] = {}
    for citation in context.citations:
        place = _symbol_in(citation)
        if place is not None:
            surface = " ".join(context.extraction.text[slice(*place)].split())
            places.setdefault(surface, []).append((citation, *place))
    for surface, written in places.items():
        citation, start, end = written[0]
        diagnosis = _diagnose(context.extraction.text[start:end])
        if diagnosis is None:
            continue
        yield Flag(
            start=start,
            end=end,
            message=phrase("malformed", surface=surface, faults=diagnosis.faults, again=_again(written, context)),
            subject=surface,
            instrument=citation.instrument,
            suggestion=phrase("suggestion", repairs=_ranked(diagnosis.repaired, citation, context.registry)),
            applicability="safe" if diagnosis.only_spacing else "review",
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
        meant = day(mention.iso) if mention.iso and len(mention.iso) == _WHOLE_DAY else None
        yield Flag(
            start=start,
            end=end,
            message=phrase("misprinted" if meant else "impossible", date=written),
            subject=written,
            suggestion=_date_meant(start, meant, context),
            place_matters=True,
        )


def _date_meant(start: int, meant: str | None, context: RuleContext) -> Phrase:
    """Suggest a date for one that cannot be: the registry's for the instrument cited there, else the likeliest."""
    at = bisect_right(context.citations, start, key=attrgetter("start")) - 1
    citation = context.citations[at] if at >= 0 and start < context.citations[at].end else None
    found = context.registry.get(citation.instrument) if citation and citation.instrument and context.registry else None
    if found is not None and found.issued and len(found.issued) == _WHOLE_DAY:
        return phrase("suggestion_known", instrument=short_name(found), known=day(found.issued))
    return phrase("suggestion", meant=meant) if meant else phrase("check_source")


def _again(written: list[tuple[Citation, int, int]], context: RuleContext) -> Phrase | None:
    """Say on which lines else a symbol is so written."""
    if len(written) == 1:
        return None
    text = context.extraction.text
    lines, line, at = [], 1, 0
    for _, start, _ in written:
        line += text.count("\n", at, start)
        at = start
        lines.append(str(line))
    shown = list(dict.fromkeys(lines[1:]))
    more = "…" if len(shown) > _LINES_SHOWN else ""
    return phrase("again", count=str(len(written) - 1), lines=", ".join(shown[:_LINES_SHOWN]) + more)


def _symbol_in(citation: Citation) -> tuple[int, int] | None:
    """Find where in its own words a citation has its symbol, spaces and look-alike letters allowed for.

    Standards (QCVN 06:2022/BXD) have symbols of another form.
    """
    if not citation.number or not citation.number[0].isdigit() or not any(sign in citation.number for sign in "/-"):
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


def _ranked(repaired: tuple[str, ...], citation: Citation, registry: RegistryView | None) -> tuple[str, ...]:
    """Put the repairs that the registry knows first and say what they are.

    A number is borne by many instruments: only one that the citation itself may mean is named.
    """
    if registry is None:
        return repaired
    known = {number: [one for one in registry.find(number) if _may_mean(citation, one)] for number in repaired}
    ranked = sorted(repaired, key=lambda number: not known[number])
    return tuple(
        f"{number} ({full_name(known[number][0])})" if len(known[number]) == 1 else number for number in ranked
    )


def _may_mean(citation: Citation, instrument: Instrument) -> bool:
    """Say whether a citation agrees with an instrument: resolved to it, of its date, or of a number with its year."""
    if citation.instrument == instrument.id:
        return True
    if citation.issued:
        return instrument.issued == citation.issued and not _LOCAL.search(instrument.number or "")
    return bool(re.search(r"/(?:19|20)\d\d/", instrument.number or "")) and not _LOCAL.search(instrument.number or "")
