"""One self-contained HTML page a document, and an index over several: no external resource, no network, no tracking.

Citations are coloured, underlined and signed by what holds on the day asked about; each is a link to the card of its
instrument, which also shows beside it on hover and on keyboard focus. The page forbids itself every script but its own.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote as url_quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from parcc_nlp.report.grouping import SEVERITIES, by_instrument, by_severity, fullest_mention, set_aside
from parcc_nlp.report.marking import Mark, paragraphs
from parcc_nlp.report.quoting import Quote, quote
from parcc_nlp.report.wording import (
    citation_name,
    evidence_line,
    finding_tags,
    instrument_name,
    legible,
    place,
    related_line,
    status_rows,
    suppression_line,
    words,
    written_day,
    written_status,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcc_nlp.model import Citation, Finding, Review
    from parcc_nlp.report.dossier import Dossier, Standing
    from parcc_nlp.report.grouping import FindingGroup
    from parcc_nlp.report.marking import Piece
    from parcc_nlp.report.wording import Language

__all__ = ["IndexEntry", "html_page", "index_page"]

_REVIEW_LEGEND: tuple[Standing, ...] = ("in_force", "partly", "not_valid", "not_known", "self")
_EXTRACTION_LEGEND: tuple[Standing, ...] = ("plain", "not_known", "self")


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One document in the index: its page and counts, or why there is none."""

    name: str
    page: str | None
    title: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    failure: str | None = None


class _Link(NamedTuple):
    """A link inside the page."""

    target: str
    label: str


class _Group(NamedTuple):
    """One thing to look at, as the page shows it."""

    id: str
    number: int
    rule: str
    tags: tuple[str, ...]
    message: str
    places: tuple[_Link, ...]
    quote: Quote
    rows: tuple[tuple[str, str], ...]


class _Severity(NamedTuple):
    """The findings of one severity."""

    key: str
    label: str
    groups: tuple[_Group, ...]


class _Card(NamedTuple):
    """One cited instrument, as the page shows it."""

    id: str
    name: str
    title: str | None
    standing: Standing
    verdict: str
    rows: tuple[tuple[str, str], ...]
    mentions: tuple[_Link, ...]


class _Run(NamedTuple):
    """A run of the document's text with its mark-up."""

    text: str
    href: str = ""
    id: str = ""
    extra_ids: tuple[str, ...] = ()
    classes: str = ""
    flag: str = ""
    findings: str = ""


class _Line(NamedTuple):
    """A line of the document's text."""

    runs: tuple[_Run, ...]
    blank: bool


class _Coverage(NamedTuple):
    """As of when, and for how much of the document, the review can answer."""

    as_of: str
    line: str
    detail: str


def html_page(dossier: Dossier, *, lang: Language = "vi") -> str:
    """Write one document with its citations marked, its findings and the cards of what it cites.

    Parameters
    ----------
    dossier
        The document; without a review, citations are marked by whether they were identified.
    lang
        Language of the page's own words.

    Returns
    -------
    str
        A whole HTML page. Character by character, the text of ``.document`` is the document's text (control characters
        shown as U+FFFD).
    """
    extraction, review = dossier.extraction, dossier.review
    citations = extraction.citations
    lines = _Lines(extraction.text)
    cards = tuple(by_instrument(citations))
    card_of = {id(one): f"i{number}" for number, group in enumerate(cards, 1) for one in group}
    positions = {id(one): position for position, one in enumerate(citations)}
    every = review.findings if review else ()
    findings = tuple(one for one in every if one.suppressed is None)
    severities = tuple(_severities(findings, extraction.text, lang))
    numbers = _numbers(findings)
    name = instrument_name(extraction.metadata, lang) or extraction.source.path or words("document", lang)
    body = partial(_run, dossier=dossier, card_of=card_of, numbers=numbers)
    marked = paragraphs(
        legible(extraction.text),
        [Mark(one.start, one.end, number) for number, one in enumerate(citations)],
        [Mark(one.start, one.end, number) for number, one in enumerate(findings)],
    )
    return _rendered(
        "document.html.j2",
        lang=lang,
        title=legible(name),
        name=legible(name),
        path=legible(extraction.source.path or ""),
        subject=legible(extraction.metadata.title or ""),
        coverage=_coverage(review, lang) if review else None,
        warnings=[(words("warnings", lang), legible(one)) for one in extraction.source.warnings],
        legend=[(one, words(f"legend_{one}", lang)) for one in (_REVIEW_LEGEND if review else _EXTRACTION_LEGEND)],
        reviewed=review is not None,
        finding_count=sum(len(severity.groups) for severity in severities),
        severities=severities,
        skipped=_skipped(review) if review else (),
        aside=[_aside(one, lang) for one in set_aside(every)],
        paragraphs=(_Line(tuple(map(body, line)), not "".join(one.text for one in line).strip()) for line in marked),
        instruments=[
            _card(f"i{n}", group, dossier, positions=positions, lines=lines, lang=lang)
            for n, group in enumerate(cards, 1)
        ],
        registry=next((one.registry for one in dossier.statuses.values() if one.registry), None),
    )


def index_page(entries: Sequence[IndexEntry], *, lang: Language = "vi", reviewed: bool = True) -> str:
    """Write the index over the pages of several documents, those that could not be examined included.

    Parameters
    ----------
    entries
        The documents in input order.
    lang
        Language of the page's words.
    reviewed
        Whether to show counts of findings.

    Returns
    -------
    str
        A whole HTML page.
    """
    severities = SEVERITIES if reviewed else ()
    rows = [
        {
            "name": legible(one.name),
            "page": url_quote(one.page, errors="surrogateescape") if one.page else None,
            "title": legible(one.title),
            "counts": [dict(one.counts).get(severity, 0) for severity in severities],
            "failure": legible(one.failure) if one.failure else None,
        }
        for one in entries
    ]
    labels = [words(f"severity_{severity}", lang) for severity in severities]
    return _rendered("index.html.j2", lang=lang, title=words("documents", lang), rows=rows, labels=labels)


class _Lines:
    """The line of an offset."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at, self._line = 0, 1

    def line(self, offset: int) -> int:
        """Give the 1-based line of an offset; offsets asked for in ascending order cost one pass over the text."""
        if offset < self._at:
            self._at, self._line = 0, 1
        self._line += self._text.count("\n", self._at, offset)
        self._at = offset
        return self._line


def _severities(findings: Sequence[Finding], text: str, lang: Language) -> Iterator[_Severity]:
    """Lay out the findings by severity, numbered through."""
    positions = {id(one): number for number, one in enumerate(findings)}
    number = 0
    for severity, groups in by_severity(findings).items():
        shown: list[_Group] = []
        for group in groups:
            number += 1
            shown.append(_group(number, group, positions, text, lang))
        yield _Severity(severity, words(f"severity_{severity}", lang), tuple(shown))


def _group(number: int, group: FindingGroup, positions: dict[int, int], text: str, lang: Language) -> _Group:
    """Lay out one thing to look at."""
    first = group.first
    rows = [(words("related", lang), legible(related_line(one, lang))) for one in first.related]
    rows += [(words("evidence", lang), legible(evidence_line(one, lang))) for one in first.evidence]
    rows.append((words("reason", lang), legible(first.reason)))
    if first.suggestion:
        rows.append((words("suggestion", lang), legible(first.suggestion)))
    return _Group(
        id=f"f{number}",
        number=number,
        rule=first.rule,
        tags=finding_tags(first, lang),
        message=legible(first.message),
        places=tuple(_Link(_target(one, positions[id(one)]), place(one.where, lang)) for one in group.findings),
        quote=quote(legible(text), first.start, first.end),
        rows=tuple(rows),
    )


def _aside(finding: Finding, lang: Language) -> tuple[_Link, str]:
    """Lay out a finding that an officer has set aside."""
    told = f"{finding.rule}, {place(finding.where, lang)}: “{' '.join(finding.text.split())}”"
    link = _Link(f"p{finding.where.paragraph or 1}", legible(told))
    return link, legible(suppression_line(finding, lang))


def _target(finding: Finding, position: int) -> str:
    """Name the place in the text that a finding links to: its words, or its line where it marks none."""
    return f"m{position}" if finding.start < finding.end else f"p{finding.where.paragraph or 1}"


def _numbers(findings: Sequence[Finding]) -> dict[int, int]:
    """Give the number of the group each finding is shown in, by the finding's position."""
    positions = {id(one): position for position, one in enumerate(findings)}
    groups = (group for same in by_severity(findings).values() for group in same)
    return {positions[id(one)]: number for number, group in enumerate(groups, 1) for one in group.findings}


def _run(piece: Piece, *, dossier: Dossier, card_of: dict[int, str], numbers: dict[int, int]) -> _Run:
    """Mark up one piece of the text."""
    flags = sorted({numbers[one] for one in piece.inner})
    begun = sorted({numbers[one] for one in piece.begins_inner})
    ids = (*(f"c{one + 1}" for one in piece.begins_outer), *(f"m{one}" for one in piece.begins_inner))
    if piece.outer is None and not flags:
        return _Run(piece.text, extra_ids=ids)
    own = f"c{piece.outer + 1}" if piece.outer is not None and piece.outer in piece.begins_outer else ""
    classes = ["flag"] if flags else []
    href = f"f{flags[0]}" if flags else ""
    if piece.outer is not None:
        citation = dossier.extraction.citations[piece.outer]
        classes = ["cite", dossier.standing(citation), *(["last"] if piece.ends else []), *classes]
        href = card_of[id(citation)]
    return _Run(
        text=piece.text,
        href=href,
        id=own,
        extra_ids=tuple(one for one in ids if one != own),
        classes=" ".join(classes),
        flag=", ".join(str(one) for one in begun),
        findings=" ".join(f"f{one}" for one in flags),
    )


def _card(  # noqa: PLR0913 - private: what a card is put together from
    card_id: str,
    citations: tuple[Citation, ...],
    dossier: Dossier,
    *,
    positions: dict[int, int],
    lines: _Lines,
    lang: Language,
) -> _Card:
    """Lay out one cited instrument."""
    fullest = fullest_mention(citations)
    status = dossier.status(fullest)
    standing = dossier.standing(fullest)
    rows = [(words("identified", lang), words(f"resolution_{fullest.resolution}", lang))]
    if fullest.candidates:
        rows.append((words("candidates", lang), "; ".join(fullest.candidates)))
    if status:
        rows += status_rows(status, lang)
    heir = dossier.heir(fullest)
    if heir:
        rows.append((words("moved_to", lang), f"{instrument_name(heir, lang)}: {written_status(heir, lang)}"))
    if standing == "self":
        verdict = words("legend_self", lang)
    elif status:
        verdict = _capital(written_status(status, lang))
    else:
        verdict = words(f"legend_{standing}", lang)
    known_name = instrument_name(status, lang) if status else ""
    return _Card(
        id=card_id,
        name=legible(known_name or citation_name(fullest, lang)),
        title=legible(status.title) if status and status.title and status.title not in known_name else None,
        standing=standing,
        verdict=verdict,
        rows=tuple((label, legible(value)) for label, value in rows),
        mentions=tuple(
            _Link(f"c{positions[id(one)] + 1}", words("paragraph", lang, paragraph=lines.line(one.start)))
            for one in citations
        ),
    )


def _capital(text: str) -> str:
    """Begin with a capital letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def _coverage(review: Review, lang: Language) -> _Coverage:
    """Say as of when, and for how much of the document, the review can answer."""
    coverage = review.coverage
    dated = review.as_of[:1].isdigit()
    verified = coverage.valid + coverage.not_valid
    counts = {"valid": coverage.valid, "not_valid": coverage.not_valid, "not_known": coverage.not_known}
    return _Coverage(
        as_of=words("as_of", lang, day=written_day(review.as_of)) if dated else words("as_of_unknown", lang),
        line=words("coverage", lang, verified=verified, citations=coverage.citations, not_known=coverage.not_known),
        detail=words("coverage_detail", lang, **counts),
    )


def _skipped(review: Review) -> list[tuple[str, str]]:
    """List the rules that did not run, those skipped for one reason together."""
    why: dict[str, list[str]] = {}
    for one in review.coverage.rules_skipped:
        why.setdefault(one.why, []).append(one.rule)
    return [(", ".join(rules), legible(reason)) for reason, rules in why.items()]


def _rendered(template: str, *, lang: Language, **values: object) -> str:
    """Fill in a template; everything but our own style and script is escaped."""
    style, script = _asset("style.css"), _asset("card.js")
    return (
        _environment()
        .get_template(template)
        .render(
            t=partial(_translated, lang),
            lang=lang,
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            style_hash=_hash(style),
            script_hash=_hash(script),
            **values,
        )
    )


def _translated(lang: Language, key: str) -> str:
    """Give a wording to a template."""
    return words(key, lang)


def _hash(text: str) -> str:
    """Give the hash by which the page's security policy knows its own style and script."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _asset(name: str) -> str:
    """Read a style sheet or script once."""
    return (files("parcc_nlp.report") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    """Build the template environment once."""
    return Environment(
        loader=PackageLoader("parcc_nlp.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
