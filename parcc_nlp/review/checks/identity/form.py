"""VB206-VB207: whether symbol and date are written as they can be. Every place has its finding."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.registry.identity import is_local, number_parts
from parcc_nlp.review.checks.identity.likely import Elements, agreement, elements_of
from parcc_nlp.review.checks.identity.symbols import Diagnosis, diagnose
from parcc_nlp.review.checks.identity.within import end_of_own_text, malformed_runs, own_citations
from parcc_nlp.review.naming import day, full_name, short_name
from parcc_nlp.review.rule import Flag, phrase, rule
from parcc_nlp.review.tables import kind_of_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Citation, Instrument
    from parcc_nlp.review.checks.identity.symbols import Run
    from parcc_nlp.review.context import RegistryView, RuleContext
    from parcc_nlp.review.rule import Phrase

__all__ = ["vb206", "vb207"]

_ALIKE = str.maketrans({"Ð": "D", "Đ": "D", "Ư": "W", "–": "-", "‑": "-", "‐": "-", "−": "-", "—": "-"})
_WHOLE_DAY = len("2023-12-22")
_LINES_SHOWN = 12
_DIVIDED = re.compile(r"\d \d")  # which digits belong together a person decides
_NO_CITATION = Elements()
_RESOLVED = 99
"""Weight of the instrument that the citation was resolved to."""


class _Printed(NamedTuple):
    """A symbol as it is printed: where, and the citation it belongs to, if one was read there."""

    start: int
    end: int
    citation: Citation | None
    diagnosis: Diagnosis


@rule("VB206")
def vb206(context: RuleContext) -> Iterator[Flag]:
    """Flag a symbol that does not follow the pattern, with its repair; written so again and again, it is said once."""
    places: dict[str, list[_Printed]] = {}
    for printed in _malformed(context):
        surface = " ".join(context.extraction.text[printed.start : printed.end].split())
        places.setdefault(surface, []).append(printed)
    for surface, written in places.items():
        first = written[0]
        yield Flag(
            start=first.start,
            end=first.end,
            message=phrase("malformed", surface=surface, faults=first.diagnosis.faults, again=_again(written, context)),
            subject=surface,
            instrument=_instrument(first),
            suggestion=phrase("suggestion", repairs=_ranked(first, context.registry)),
            applicability="safe" if first.diagnosis.only_spacing and not _DIVIDED.search(surface) else "review",
        )


def _instrument(printed: _Printed) -> str | None:
    """Give the instrument that the citation was found to mean, where the citation has the whole symbol."""
    citation = printed.citation
    return citation.instrument if citation is not None and citation.start <= printed.start else None


def _malformed(context: RuleContext) -> list[_Printed]:
    """Find the malformed symbols of citations, and those that are so malformed that no citation was read there."""
    text = context.extraction.text
    runs = [run for run in malformed_runs(context) if run.end <= end_of_own_text(context)]
    found = [_Printed(run.start, run.end, _citation_at(run, context), run.diagnosis) for run in runs]
    for citation in own_citations(context):
        place = _symbol_in(citation)
        if place is None or _overlaps(place, runs):
            continue
        diagnosis = diagnose(text[slice(*place)]) or _without_year(citation)
        if diagnosis is not None:
            found.append(_Printed(*place, citation, diagnosis))
    return sorted(found, key=attrgetter("start"))


def _citation_at(run: Run, context: RuleContext) -> Citation | None:
    """Give the citation that reaches over the end of a symbol: the date and the issuer behind it are in it."""
    at = bisect_right(context.citations, run.end - 1, key=attrgetter("start")) - 1
    citation = context.citations[at] if at >= 0 else None
    return citation if citation is not None and citation.end >= run.end else None


def _overlaps(place: tuple[int, int], runs: list[Run]) -> bool:
    at = bisect_left(runs, place[1], key=attrgetter("start"))
    return at > 0 and runs[at - 1].end > place[0]


def _without_year(citation: Citation) -> Diagnosis | None:
    """Diagnose a number without its year, of a type whose numbers have one on that date ("45/NĐ-CP")."""
    kind = kind_of_type(citation.doc_type or "")
    number, issued = citation.number or "", citation.issued or ""
    parts = number_parts(number)
    head = f"{parts.serial}/"
    if kind is None or kind.year_since is None or parts.year is not None or not number.startswith(head):
        return None
    if len(issued) != _WHOLE_DAY or int(issued[:4]) < kind.year_since or "-" not in parts.symbol or is_local(number):
        return None
    return Diagnosis((phrase("no_year"),), (f"{head}{issued[:4]}/{parts.symbol}",), only_spacing=False)


@rule("VB207")
def vb207(context: RuleContext) -> Iterator[Flag]:
    """Flag a date that does not exist."""
    from parcc_nlp.text.dates import find_dates  # noqa: PLC0415  # the review starts without the text tables
    from parcc_nlp.text.normalise import normalise  # noqa: PLC0415

    clean = normalise(context.extraction.text)
    own = end_of_own_text(context)
    for mention in find_dates(clean.text):
        if mention.valid:
            continue
        start, end = clean.to_original(mention.start, mention.end)
        if start >= own:
            break
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


def _again(written: list[_Printed], context: RuleContext) -> Phrase | None:
    """Say on which lines else a symbol is so written."""
    if len(written) == 1:
        return None
    lines = [str(context.places.line(printed.start)) for printed in written]
    shown = list(dict.fromkeys(lines[1:]))
    more = "…" if len(shown) > _LINES_SHOWN else ""
    return phrase("again", count=str(len(written) - 1), lines=", ".join(shown[:_LINES_SHOWN]) + more)


def _symbol_in(citation: Citation) -> tuple[int, int] | None:
    """Find where in its own words a citation has its symbol, spaces and look-alike letters allowed for.

    Standards (QCVN 06:2022/BXD) have symbols of another form.
    """
    if not citation.number or not citation.number[0].isdigit() or not any(sign in citation.number for sign in "/-"):
        return None
    plain = citation.text.find(citation.number)
    if plain >= 0:
        return citation.start + plain, citation.start + plain + len(citation.number)
    kept = [place for place, letter in enumerate(citation.text) if not letter.isspace()]
    squeezed = "".join(citation.text[place] for place in kept).translate(_ALIKE)
    at = squeezed.find("".join(citation.number.split()).translate(_ALIKE))
    if at < 0:
        return None
    length = len("".join(citation.number.split()))
    return citation.start + kept[at], citation.start + kept[at + length - 1] + 1


def _ranked(printed: _Printed, registry: RegistryView | None) -> tuple[str, ...]:
    """Put first the repairs whose instruments agree best with the rest of the citation, and say what they are.

    A number is borne by many instruments: only one that the citation itself may mean is named.
    """
    repaired = printed.diagnosis.repaired
    if registry is None:
        return repaired
    fitting = {number: _fitting(number, printed.citation, registry) for number in repaired}
    weights = {number: max((weight for weight, _ in found), default=-1) for number, found in fitting.items()}
    ranked = sorted(repaired, key=weights.__getitem__, reverse=True)
    return tuple(
        f"{number} ({full_name(fitting[number][0][1])})" if len(fitting[number]) == 1 else number for number in ranked
    )


def _fitting(number: str, citation: Citation | None, registry: RegistryView) -> list[tuple[int, Instrument]]:
    """Give the instruments of a number that a citation may mean, each with how much agrees with it."""
    elements = elements_of(citation) if citation is not None else _NO_CITATION
    found = []
    for instrument in registry.find(number):
        weight = _RESOLVED if elements.instrument == instrument.id else agreement(elements, instrument)
        if weight is not None and _may_mean(elements, instrument):
            found.append((weight, instrument))
    return found


def _may_mean(elements: Elements, instrument: Instrument) -> bool:
    """Say whether a citation means an instrument: resolved to it, of its date, or of a number with its year."""
    if elements.instrument == instrument.id:
        return True
    number = instrument.number or ""
    if is_local(number):
        return False
    if elements.issued:
        return instrument.issued == elements.issued
    return number_parts(number).year is not None
