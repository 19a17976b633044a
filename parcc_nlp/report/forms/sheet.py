"""The review sheet of one document ("Phiếu rà soát văn bản"): all that a review says, nothing an officer decides."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from parcc_nlp.model import Coverage, Finding, Metadata, Review, Status, Suppression, Where
from parcc_nlp.report.forms.grounds import Ground, cited_status, full_day, grounds_of, own_instrument
from parcc_nlp.report.forms.letterhead import Letterhead
from parcc_nlp.report.wording import citation_name, instrument_name, written_day
from parcc_nlp.review.context import gather
from parcc_nlp.review.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcc_nlp.model import Extraction
    from parcc_nlp.review import Cited, RegistryView

__all__ = [
    "DatedCoverage",
    "FindingKind",
    "FoundGroup",
    "Provision",
    "ReviewSheet",
    "SheetFinding",
    "UnknownInstrument",
    "review_sheet",
]

FindingKind = Literal["fail", "review", "open", "set_aside"]
Part = Literal["section", "bases", "head", "closing", "elsewhere"]

_KINDS: tuple[FindingKind, ...] = ("fail", "review", "open", "set_aside")
_FILE_NAME = re.compile(r"[^\\/]*$")


@dataclass(frozen=True, slots=True)
class SheetFinding:
    """One thing to look at, with every place it stands at; `days` are those it was found as of, ISO, oldest first."""

    finding: Finding
    places: tuple[Where, ...]
    words: tuple[str, ...]
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision of the document with what was found in it.

    `name` is its path ("Điều 3, khoản 2", "III.2.a") where `part` is ``"section"``, and empty for the other parts: the
    căn cứ lines, the head, the closing, elsewhere.
    """

    part: Part
    name: str
    findings: tuple[SheetFinding, ...]


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """The findings of one kind, by provision in the order of the text; what was set aside is a kind of its own."""

    kind: FindingKind
    provisions: tuple[Provision, ...]

    @property
    def findings(self) -> tuple[SheetFinding, ...]:
        """All of them, in the order of the text."""
        return tuple(one for provision in self.provisions for one in provision.findings)


@dataclass(frozen=True, slots=True)
class DatedCoverage:
    """How much could be answered for as of a day; `day` is None for a signing date that is not known."""

    day: str | None
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class UnknownInstrument:
    """An instrument that the document cites and whose status is not known; no finding has said so."""

    name: str
    where: Where
    basis: bool
    why: str | None = None
    candidates: tuple[str, ...] = ()
    """Names of those that fit, where several do."""


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """What stands in a review sheet, before it is laid out.

    `signed` and `days` are ISO days: the signing date where it is known to the day, and the days reviewed as of.
    `grounds` is None where it could not be told what is later than the document. `own_status` is that of the document
    itself, where the registry has it. Opinion, proposal, names and signatures are no part of it: they are the
    officer's.
    """

    document: Metadata
    file: str | None
    signed: str | None
    days: tuple[str | None, ...]
    grounds: tuple[Ground, ...] | None
    groups: tuple[FoundGroup, ...]
    coverage: tuple[DatedCoverage, ...]
    unknown: tuple[UnknownInstrument, ...]
    skipped: tuple[tuple[tuple[str, ...], str], ...]
    """Rules that did not run, those of one reason together."""
    warnings: tuple[str, ...]
    own_status: Status | None
    registry: str | None
    letterhead: Letterhead

    @property
    def name(self) -> str:
        """The document's full name: type, number, date, issuer."""
        return instrument_name(replace(self.document, title=None))


class _Dated(NamedTuple):
    finding: Finding
    day: str | None


def review_sheet(
    extraction: Extraction,
    reviews: Review | Sequence[Review],
    *,
    registry: RegistryView | None = None,
    letterhead: Letterhead | None = None,
) -> ReviewSheet:
    """Put together what the review sheet of one document says.

    Parameters
    ----------
    extraction
        What was found in the document, its citations identified.
    reviews
        Its review, or several: as of the day of signing (was it right then?) and as of today (what has changed since?).
        A finding that both have is told once, with both days.
    registry
        What the status of cited instruments and their changes are known from. Without one there are no grounds of
        review and no list of what is not known.
    letterhead
        Who the paper is from; blank lines by default.

    Returns
    -------
    ReviewSheet

    Raises
    ------
    ValueError
        There is no review.

    Examples
    --------
    >>> from parcc_nlp.model import Coverage, Extraction, Review, Source
    >>> seen = Review("2026-11-23", Source(), Coverage(0, 0, 0, 0, 0, ()), ())
    >>> review_sheet(Extraction(text="Điều 1."), seen).days
    ('2026-11-23',)
    """
    several = (reviews,) if isinstance(reviews, Review) else tuple(reviews)
    if not several:
        raise ValueError("a review sheet needs a review")
    ordered = sorted(several, key=_by_day)
    last = _day(ordered[-1])
    metadata = extraction.metadata
    grounds: tuple[Ground, ...] | None = None
    if registry is not None and last is not None and full_day(metadata.issued) is not None:
        grounds = grounds_of(extraction, registry=registry, on=last)
    own = own_instrument(metadata, registry) if registry is not None else None
    findings = [_Dated(one, _day(review)) for review in ordered for one in review.findings]
    return ReviewSheet(
        document=metadata,
        file=_file_name(extraction.source.path),
        signed=full_day(metadata.issued),
        days=tuple(dict.fromkeys(_day(review) for review in ordered)),
        grounds=grounds,
        groups=_groups(findings, extraction),
        coverage=tuple(DatedCoverage(_day(review), review.coverage) for review in ordered),
        unknown=_unknown(extraction, ordered[-1], registry) if registry is not None else (),
        skipped=_skipped(ordered),
        warnings=extraction.source.warnings,
        own_status=registry.status(own.id, on=last) if registry is not None and own is not None and last else None,
        registry=registry.version if registry is not None else None,
        letterhead=letterhead or Letterhead(),
    )


def _day(review: Review) -> str | None:
    """Give the day of a review; None where the signing date was asked for and the document does not say it."""
    return review.as_of if review.as_of[:1].isdigit() else None


def _by_day(review: Review) -> str:
    return _day(review) or ""


def _file_name(path: str | None) -> str | None:
    """Give the name of a file without the folders it lies in, which are nobody's business on a paper."""
    found = _FILE_NAME.search(path or "")
    return found[0] if found and found[0] else None


def _groups(findings: Sequence[_Dated], extraction: Extraction) -> tuple[FoundGroup, ...]:
    """Group findings by kind and provision, those that say the same of several places told once."""
    places = _Sections(extraction)
    merged = _merged(findings)
    groups: list[FoundGroup] = []
    for kind in _KINDS:
        provisions: dict[tuple[Part, str], list[SheetFinding]] = {}
        for one in merged:
            if _kind(one.finding) == kind:
                provisions.setdefault(places.provision(one.finding), []).append(one)
        if provisions:
            told = (Provision(part, name, tuple(found)) for (part, name), found in provisions.items())
            groups.append(FoundGroup(kind, tuple(told)))
    return tuple(groups)


def _kind(finding: Finding) -> FindingKind:
    return "set_aside" if finding.suppressed else finding.kind


def _merged(findings: Sequence[_Dated]) -> tuple[SheetFinding, ...]:
    """Tell once what was found as of several days, then what was found at several places, in the order of the text."""
    by_place: dict[object, list[_Dated]] = {}
    for one in findings:
        by_place.setdefault(_same_on_another_day(one), []).append(one)
    same: dict[object, list[tuple[Finding, tuple[str, ...]]]] = {}
    ordered = sorted(by_place.values(), key=_start)
    for found in ordered:
        latest = found[-1].finding
        days = tuple(dict.fromkeys(one.day for one in found if one.day))
        said = (latest.rule, latest.message, latest.reason, latest.suggestion, latest.evidence, latest.kind)
        same.setdefault((*said, latest.severity, _reason_why_not(latest.suppressed), days), []).append((latest, days))
    return tuple(
        SheetFinding(
            finding=at[0][0],
            places=tuple(finding.where for finding, _ in at),
            words=tuple(dict.fromkeys(finding.text for finding, _ in at if finding.text.strip())),
            days=at[0][1],
        )
        for at in same.values()
    )


def _same_on_another_day(one: _Dated) -> object:
    """Give what two findings have in common that differ in nothing but the day they were found as of."""
    found = one.finding
    said = (found.message, found.reason, found.suggestion)
    undated = tuple(_without(text, one.day) for text in said)
    place = (found.start, found.end, found.instrument, found.evidence)
    return found.rule, found.kind, found.severity, place, undated, _reason_why_not(found.suppressed)


def _without(text: str | None, day: str | None) -> str | None:
    return text.replace(written_day(day), "…") if text and day else text


def _reason_why_not(suppressed: Suppression | None) -> object:
    return suppressed and (suppressed.reason, suppressed.by, suppressed.on)


def _start(found: Sequence[_Dated]) -> tuple[int, int]:
    return found[0].finding.start, found[0].finding.end


def is_unnamed(section: str) -> bool:
    """Say whether a section has no label to be named by, so that only the id of the unit stands for it.

    Examples
    --------
    >>> is_unnamed("table_2__row_1"), is_unnamed("III.2.a")
    (True, False)
    """
    return "_" in section


class _Sections:
    """Which provision of the document a finding belongs to."""

    def __init__(self, extraction: Extraction) -> None:
        self._parts = extraction.parts
        has_bases = [one for one in extraction.citations if one.relation == "basis"]
        self._bases = (min(one.start for one in has_bases), max(one.end for one in has_bases)) if has_bases else (0, 0)

    def provision(self, finding: Finding) -> tuple[Part, str]:
        """Name the provision, or the part of the document that stands outside provisions."""
        section = finding.where.section
        if section and not is_unnamed(section):
            return "section", section
        first, last = self._bases
        if first <= finding.start < last:
            return "bases", ""
        for part in self._parts:
            if part.start <= finding.start < part.end and part.kind in {"head", "closing"}:
                return ("head" if part.kind == "head" else "closing"), ""
        return "elsewhere", ""


def _unknown(extraction: Extraction, review: Review, registry: RegistryView) -> tuple[UnknownInstrument, ...]:
    """List the cited instruments that are not known to be in force or not, where no finding has said so."""
    day = _day(review)
    told = [finding for finding in review.findings if finding.severity == "unknown"]
    instruments = {finding.instrument for finding in told} - {None}
    related = [one.start for finding in told for one in finding.related if one.path is None]
    starts = sorted([*(finding.start for finding in told), *related])
    places = Places.of(extraction)
    return tuple(
        UnknownInstrument(
            name=_name(cited, status := cited_status(cited, registry, day)),
            where=places.where(cited.first.start),
            basis=cited.basis is not None,
            why=status.note if status else None,
            candidates=() if status else _candidates(cited, registry),
        )
        for cited in gather(extraction, registry=registry, as_of=day)
        if _is_unknown(cited, registry, day, instruments) and not _is_told(cited, starts)
    )


def _is_unknown(cited: Cited, registry: RegistryView, day: str | None, told: Iterable[str | None]) -> bool:
    status = cited_status(cited, registry, day)
    if status is None:
        return True
    return status.status == "not_known" and not {cited.key, status.instrument} & set(told)


def _is_told(cited: Cited, starts: Sequence[int]) -> bool:
    """Say whether a finding marks one of the mentions, given where such findings begin, ascending."""
    return any(bisect_left(starts, one.start) < bisect_left(starts, one.end) for one in cited.citations)


def _name(cited: Cited, status: Status | None) -> str:
    return instrument_name(status) if status else citation_name(cited.first)


def _candidates(cited: Cited, registry: RegistryView) -> tuple[str, ...]:
    """Name the instruments that a mention may mean."""
    found = dict.fromkeys(one for citation in cited.citations for one in citation.candidates)
    return tuple(instrument_name(known) if (known := registry.get(one)) else one for one in found)


def _skipped(reviews: Iterable[Review]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """List the rules that did not run in any of the reviews, by reason."""
    run = {rule for review in reviews for rule in review.coverage.rules_run}
    why: dict[str, dict[str, None]] = {}
    for review in reviews:
        for one in review.coverage.rules_skipped:
            if one.rule not in run:
                why.setdefault(one.why, {})[one.rule] = None
    return tuple((tuple(rules), reason) for reason, rules in why.items())
