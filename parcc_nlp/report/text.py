"""Reports as text for a terminal, a pipe or a file: legible at 80 columns and without colour, nothing cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.report.grouping import by_instrument, by_severity, fullest_mention, set_aside
from parcc_nlp.report.layout import Run, blank, labelled, paragraph, rule, written
from parcc_nlp.report.quoting import quote
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
    from collections.abc import Sequence

    from parcc_nlp.model import Citation, Extraction, Finding, Metadata, Review, Severity, Status
    from parcc_nlp.report.dossier import Dossier, Standing
    from parcc_nlp.report.grouping import FindingGroup
    from parcc_nlp.report.layout import Paragraph
    from parcc_nlp.report.wording import Language

__all__ = ["extraction_text", "review_text", "status_text"]

_SEVERITY_STYLES: dict[Severity, str] = {
    "error": "bold red",
    "warning": "bold yellow",
    "info": "bold cyan",
    "unknown": "bold magenta",
}
_STANDING_STYLES: dict[Standing, str] = {
    "in_force": "green",
    "partly": "yellow",
    "not_valid": "red",
    "not_known": "magenta",
    "self": "cyan",
    "plain": "green",
}
_INDENT = 4  # room for the number of a finding
_STATUS_STYLES = {"in_force": "bold green", "partly_expired": "bold yellow", "not_known": "bold magenta"}


def review_text(dossier: Dossier, *, lang: Language = "vi", width: int = 80, colour: bool = False) -> str:
    """Write the review of one document.

    Parameters
    ----------
    dossier
        The document with its review.
    lang
        Language of the report's own words; findings are worded by the rules.
    width
        Columns to wrap at.
    colour
        Whether to write ANSI colours. Nothing is said by colour alone.

    Returns
    -------
    str
        Head, coverage line, findings by severity, what is cited and not known to be in force, rules that did not run.
    """
    review = dossier.review
    if review is None:
        raise ValueError("a review report needs a review")
    findings = by_severity(review.findings)
    parts = [*_head(dossier.extraction, lang), *_coverage(review, lang)]
    number = 0
    for severity, groups in findings.items():
        parts += _section(f"{words(f'severity_{severity}', lang)} ({len(groups)})", _SEVERITY_STYLES[severity])
        for position, group in enumerate(groups):
            number += 1
            parts += [blank()] if position else []
            parts += _finding(number, group, dossier.extraction.text, lang)
    if not findings:
        parts += [blank(), paragraph(words("clean", lang))]
    parts += _set_aside(review, lang)
    parts += _open_questions(dossier, review, lang)
    parts += _skipped(review, lang)
    return written(parts, width=width, colour=colour)


def extraction_text(dossier: Dossier, *, lang: Language = "vi", width: int = 80, colour: bool = False) -> str:
    """Write what was found in one document: its details and every cited instrument with its places.

    Parameters are those of `review_text`; no review is needed.
    """
    extraction = dossier.extraction
    parts = _head(extraction, lang)
    details = _details(extraction.metadata, lang)
    if details:
        parts += [*_section(words("metadata", lang), "bold"), *labelled(details)]
    parts += _section(f"{words('cited_instruments', lang)} ({len(extraction.citations)})", "bold")
    lines = _line_numbers(extraction.text, extraction.citations)
    groups = by_instrument(extraction.citations)
    for group in groups:
        parts += _cited(dossier, group, lines, lang)
    if not groups:
        parts.append(paragraph(words("no_citations", lang)))
    if extraction.structure:
        parts += [blank(), paragraph(words("structure_counts", lang, count=len(extraction.structure)))]
    return written(parts, width=width, colour=colour)


def status_text(statuses: Sequence[Status], *, lang: Language = "vi", width: int = 80, colour: bool = False) -> str:
    """Write the answers to one question about a number: each with verdict, proof, successor and amendments.

    Parameters besides `statuses` are those of `review_text`.
    """
    parts: list[Paragraph] = []
    for status in statuses:
        parts += [blank()] if parts else []
        parts += _status(status, lang)
    return written(parts, width=width, colour=colour)


def _head(extraction: Extraction, lang: Language) -> list[Paragraph]:
    """Say which file this is and what document stands in it."""
    metadata = extraction.metadata
    parts = [rule(legible(extraction.source.path or words("document", lang)))]
    name = instrument_name(metadata, lang)
    if name:
        parts.append(paragraph(Run(legible(name), "bold")))
    if metadata.title:
        parts.append(paragraph(legible(metadata.title)))
    return parts + labelled([(words("warnings", lang), [legible(one)]) for one in extraction.source.warnings])


def _coverage(review: Review, lang: Language) -> list[Paragraph]:
    """Say as of when, and for how much of the document, the review can answer."""
    coverage = review.coverage
    dated = review.as_of[:1].isdigit()
    as_of = words("as_of", lang, day=written_day(review.as_of)) if dated else words("as_of_unknown", lang)
    counted = words(
        "coverage",
        lang,
        verified=coverage.valid + coverage.not_valid,
        citations=coverage.citations,
        not_known=coverage.not_known,
    )
    detail = words(
        "coverage_detail", lang, valid=coverage.valid, not_valid=coverage.not_valid, not_known=coverage.not_known
    )
    return [paragraph(f"{as_of}."), paragraph(Run(f"{counted}.", "bold")), paragraph(detail)]


def _finding(number: int, group: FindingGroup, text: str, lang: Language) -> list[Paragraph]:
    """Write one thing to look at."""
    finding = group.first
    rows: list[tuple[str, Sequence[Run | str]]] = [
        (words("place", lang), ["; ".join(place(one.where, lang) for one in group.findings)]),
        (words("quote", lang), _quoted(text, finding)),
        *((words("related", lang), [legible(related_line(one, lang))]) for one in finding.related),
        *((words("evidence", lang), [legible(evidence_line(one, lang))]) for one in finding.evidence),
        (words("reason", lang), [legible(finding.reason)]),
    ]
    if finding.suggestion:
        rows.append((words("suggestion", lang), [Run(legible(finding.suggestion), "bold")]))
    rule_code = Run(finding.rule, _SEVERITY_STYLES[finding.severity])
    tags = finding_tags(finding, lang)
    tagged = f" [{', '.join(tags)}]" if tags else ""
    head = paragraph(rule_code, f"{tagged}  {legible(finding.message)}", first=f"{number:>2}. ", rest=" " * _INDENT)
    return [head, *labelled(rows, indent=_INDENT)]


def _set_aside(review: Review, lang: Language) -> list[Paragraph]:
    """List what an officer has set aside, each with the reason."""
    aside = set_aside(review.findings)
    if not aside:
        return []
    parts = _section(f"{words('suppressed', lang)} ({len(aside)})", "bold")
    for finding in aside:
        told = f"{finding.rule}, {place(finding.where, lang)}: “{' '.join(finding.text.split())}”."
        why = suppression_line(finding, lang)
        parts.append(paragraph(legible(f"{told} {why}."), first="- ", rest="  "))
    return parts


def _quoted(text: str, finding: Finding) -> list[Run | str]:
    """Quote the line with the words concerned between » and «, so that they show without colour too."""
    quoted = quote(text, finding.start, finding.end)
    shown = Run(legible(quoted.words), f"underline {_SEVERITY_STYLES[finding.severity]}")
    return ["“", legible(quoted.before), "»", shown, "«", legible(quoted.after), "”"]


def _open_questions(dossier: Dossier, review: Review, lang: Language) -> list[Paragraph]:
    """List what is identified but not known to be in force, under the reason, where no finding has said so."""
    told = {finding.instrument for finding in review.findings if finding.severity == "unknown"} - {None}
    lines = _line_numbers(dossier.extraction.text, dossier.extraction.citations)
    why: dict[str, list[str]] = {}
    for group in by_instrument(dossier.extraction.citations):
        status = dossier.heir(group[0]) or dossier.status(group[0])
        if (
            status is None
            or told & {group[0].instrument, status.instrument}
            or dossier.standing(group[0]) != "not_known"
        ):
            continue
        places = ", ".join(dict.fromkeys(str(lines[one.start]) for one in group))
        name = f"{instrument_name(status, lang)} ({words('paragraph', lang, paragraph=places)})"
        why.setdefault(status.note or "", []).append(legible(name))
    if not why:
        return []
    parts = _section(f"{words('open_questions', lang)} ({sum(map(len, why.values()))})", _SEVERITY_STYLES["unknown"])
    for position, (reason, names) in enumerate(why.items()):
        parts += [blank()] if position else []
        parts += [paragraph(legible(reason))] if reason else []
        parts += [paragraph(name, first="- ", rest="  ") for name in names]
    return parts


def _skipped(review: Review, lang: Language) -> list[Paragraph]:
    """Say which rules did not run, and why: rules skipped for one reason stand on one line."""
    why: dict[str, list[str]] = {}
    for one in review.coverage.rules_skipped:
        why.setdefault(one.why, []).append(one.rule)
    if not why:
        return []
    lines = [f"{', '.join(rules)}: {legible(reason)}" for reason, rules in why.items()]
    return [*_section(words("skipped", lang), "bold"), *(paragraph(one, first="- ", rest="  ") for one in lines)]


def _cited(dossier: Dossier, citations: Sequence[Citation], lines: dict[int, int], lang: Language) -> list[Paragraph]:
    """Write one cited instrument: its fullest mention, how it is identified, and where it stands."""
    fullest = fullest_mention(citations)
    standing = dossier.standing(fullest)
    facts = ["; ".join(words("paragraph", lang, paragraph=lines[one.start]) for one in citations)]
    facts.append(words(f"relation_{fullest.relation}", lang))
    if standing != "self":
        facts.append(words(f"resolution_{fullest.resolution}", lang))
    name = Run(legible(citation_name(fullest, lang)), _STANDING_STYLES[standing])
    parts = [paragraph(name, first="• ", rest="  "), paragraph(" · ".join(facts), first="  ", rest="  ")]
    if fullest.candidates:
        candidates = f"{words('candidates', lang)}: {'; '.join(fullest.candidates)}"
        parts.append(paragraph(legible(candidates), first="  ", rest="  "))
    return parts


def _status(status: Status, lang: Language) -> list[Paragraph]:
    """Write one answer."""
    verdict = words("status_on", lang, day=written_day(status.as_of), status=written_status(status, lang))
    return [
        paragraph(Run(legible(instrument_name(status, lang)), "bold")),
        *([paragraph(legible(status.title))] if status.title else []),
        paragraph(Run(verdict, _STATUS_STYLES.get(status.status, "bold red"))),
        *labelled([(label, [legible(value)]) for label, value in status_rows(status, lang)]),
    ]


def _details(metadata: Metadata, lang: Language) -> list[tuple[str, Sequence[Run | str]]]:
    """List what the document says of itself."""
    attached = " ".join(part for part in (metadata.attached_type, metadata.attached_title) if part)
    period = metadata.period
    values = {
        "metadata_type": metadata.doc_type,
        "metadata_number": metadata.number,
        "metadata_issued": written_day(metadata.issued) if metadata.issued else None,
        "metadata_issuer": metadata.issuer,
        "metadata_signer": metadata.signer,
        "metadata_effective": written_day(metadata.effective) if metadata.effective else None,
        "metadata_expires": written_day(metadata.expires) if metadata.expires else None,
        "metadata_attached": attached,
        "metadata_period": f"{written_day(period.from_)} - {written_day(period.to)}" if period else None,
    }
    return [(words(key, lang), [legible(value)]) for key, value in values.items() if value]


def _line_numbers(text: str, citations: Sequence[Citation]) -> dict[int, int]:
    """Give the 1-based line of every citation's start, in one pass."""
    numbers: dict[int, int] = {}
    line, at = 1, 0
    for start in sorted({one.start for one in citations}):
        line += text.count("\n", at, start)
        at = start
        numbers[start] = line
    return numbers


def _section(title: str, style: str) -> list[Paragraph]:
    """Write the heading of a part of the report."""
    return [blank(), paragraph(Run(title.upper(), style))]
