"""Reports as text for a terminal, a pipe or a file: legible at 80 columns and without colour, nothing cut off."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from parcc_nlp.report.grouping import by_instrument, by_severity, fullest_mention
from parcc_nlp.report.quoting import quote
from parcc_nlp.report.wording import (
    citation_name,
    evidence_line,
    instrument_name,
    legible,
    place,
    status_rows,
    words,
    written_day,
    written_status,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from parcc_nlp.model import Citation, Extraction, Finding, Metadata, Review, Severity, Status
    from parcc_nlp.report.dossier import Dossier, Standing
    from parcc_nlp.report.grouping import FindingGroup
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
        Head, coverage line, findings by severity, rules that did not run.
    """
    review = dossier.review
    if review is None:
        raise ValueError("a review report needs a review")
    findings = by_severity(review.findings)
    parts: list[RenderableType] = [
        *_head(dossier.extraction, lang),
        *_coverage(review, lang),
    ]
    number = 0
    for severity, groups in findings.items():
        parts.append(_section(f"{words(f'severity_{severity}', lang)} ({len(groups)})", _SEVERITY_STYLES[severity]))
        for group in groups:
            number += 1
            parts.append(_finding(number, group, dossier.extraction.text, lang))
    if not findings:
        parts.append(Text(words("clean", lang)))
    parts.extend(_skipped(review, lang))
    return _written(parts, width=width, colour=colour)


def extraction_text(dossier: Dossier, *, lang: Language = "vi", width: int = 80, colour: bool = False) -> str:
    """Write what was found in one document: its details and every cited instrument with its places.

    Parameters are those of `review_text`; no review is needed.
    """
    extraction = dossier.extraction
    parts: list[RenderableType] = [*_head(extraction, lang)]
    details = _details(extraction.metadata, lang)
    if details:
        parts += [_section(words("metadata", lang), "bold"), _grid(details)]
    parts += [_section(f"{words('cited_instruments', lang)} ({len(extraction.citations)})", "bold")]
    lines = _line_numbers(extraction.text, extraction.citations)
    groups = by_instrument(extraction.citations)
    parts.extend(_cited(dossier, group, lines, lang) for group in groups)
    if not groups:
        parts.append(Text(words("no_citations", lang)))
    if extraction.structure:
        parts += [Text(), Text(words("structure_counts", lang, count=len(extraction.structure)))]
    return _written(parts, width=width, colour=colour)


def status_text(statuses: Sequence[Status], *, lang: Language = "vi", width: int = 80, colour: bool = False) -> str:
    """Write the answers to one question about a number: each with verdict, proof, successor and amendments.

    Parameters besides `statuses` are those of `review_text`.
    """
    parts: list[RenderableType] = []
    for status in statuses:
        if parts:
            parts.append(Text())
        parts.extend(_status(status, lang))
    return _written(parts, width=width, colour=colour)


def _written(parts: Iterable[RenderableType], *, width: int, colour: bool) -> str:
    """Render to a string; nothing about the machine's own terminal is asked."""
    file = StringIO()
    console = Console(
        file=file,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
    )
    console.print(Group(*parts))
    lines = (line.rstrip() for line in file.getvalue().split("\n"))
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(extraction: Extraction, lang: Language) -> list[RenderableType]:
    """Say which file this is and what document stands in it."""
    metadata = extraction.metadata
    parts: list[RenderableType] = [Rule(Text(legible(extraction.source.path or words("document", lang)), "bold"))]
    name = instrument_name(metadata, lang)
    if name:
        parts.append(Text(legible(name), "bold"))
    if metadata.title:
        parts.append(Text(legible(metadata.title)))
    if extraction.source.warnings:
        warnings = [(words("warnings", lang), Text(legible(one))) for one in extraction.source.warnings]
        parts.append(_grid(warnings))
    return parts


def _coverage(review: Review, lang: Language) -> list[RenderableType]:
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
    return [Text(f"{as_of}."), Text(f"{counted}.", "bold"), Text(detail)]


def _finding(number: int, group: FindingGroup, text: str, lang: Language) -> RenderableType:
    """Write one thing to look at."""
    finding = group.first
    head = Table.grid(padding=(0, 1))
    head.add_column(justify="right", width=3)
    head.add_column(overflow="fold")
    message = Text.assemble((finding.rule, _SEVERITY_STYLES[finding.severity]), "  ", legible(finding.message))
    head.add_row(Text(f"{number}."), message)
    rows = [
        (words("place", lang), Text("; ".join(place(one.where, lang) for one in group.findings))),
        (words("quote", lang), _quoted(text, finding)),
        *((words("evidence", lang), Text(legible(evidence_line(one, lang)))) for one in finding.evidence),
        (words("reason", lang), Text(legible(finding.reason))),
    ]
    if finding.suggestion:
        rows.append((words("suggestion", lang), Text(legible(finding.suggestion), "bold")))
    return Padding(Group(head, Padding(_grid(rows), (0, 0, 0, 4))), (0, 0, 1, 0))


def _quoted(text: str, finding: Finding) -> Text:
    """Quote the line with the words concerned between » and «, so that they show without colour too."""
    quoted = quote(text, finding.start, finding.end)
    return Text.assemble(
        "“",
        legible(quoted.before),
        "»",
        (legible(quoted.words), f"underline {_SEVERITY_STYLES[finding.severity]}"),
        "«",
        legible(quoted.after),
        "”",
    )


def _skipped(review: Review, lang: Language) -> list[RenderableType]:
    """Say which rules did not run, and why: rules skipped for one reason stand on one line."""
    why: dict[str, list[str]] = {}
    for one in review.coverage.rules_skipped:
        why.setdefault(one.why, []).append(one.rule)
    if not why:
        return []
    rows = [(", ".join(rules), Text(legible(reason))) for reason, rules in why.items()]
    lines = [Text(f"- {rules}: {reason}") for rules, reason in rows]
    return [_section(words("skipped", lang), "bold"), *lines]


def _cited(dossier: Dossier, citations: Sequence[Citation], lines: dict[int, int], lang: Language) -> RenderableType:
    """Write one cited instrument: its fullest mention, how it is identified, and where it stands."""
    fullest = fullest_mention(citations)
    places = "; ".join(words("paragraph", lang, paragraph=lines[one.start]) for one in citations)
    known = words(f"resolution_{fullest.resolution}", lang)
    standing = dossier.standing(fullest)
    note = words("relation_self", lang) if standing == "self" else known
    about = Text.assemble(places, " · ", words(f"relation_{fullest.relation}", lang), " · ", note)
    name = Text(legible(citation_name(fullest, lang)), _STANDING_STYLES[standing])
    parts: list[RenderableType] = [Text.assemble("• ", name), Padding(about, (0, 0, 0, 2))]
    if fullest.candidates:
        candidates = f"{words('candidates', lang)}: {'; '.join(fullest.candidates)}"
        parts.append(Padding(Text(legible(candidates)), (0, 0, 0, 2)))
    return Group(*parts)


def _status(status: Status, lang: Language) -> list[RenderableType]:
    """Write one answer."""
    verdict = words("status_on", lang, day=written_day(status.as_of), status=written_status(status, lang))
    parts: list[RenderableType] = [
        Text(legible(instrument_name(status, lang)), "bold"),
        *([Text(legible(status.title))] if status.title else []),
        Text(verdict, _STATUS_STYLES.get(status.status, "bold red")),
    ]
    rows = [(label, Text(legible(value))) for label, value in status_rows(status, lang)]
    return [*parts, _grid(rows)] if rows else parts


def _details(metadata: Metadata, lang: Language) -> list[tuple[str, Text]]:
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
    return [(words(key, lang), Text(legible(value))) for key, value in values.items() if value]


def _line_numbers(text: str, citations: Sequence[Citation]) -> dict[int, int]:
    """Give the 1-based line of every citation's start, in one pass."""
    numbers: dict[int, int] = {}
    line, at = 1, 0
    for start in sorted({one.start for one in citations}):
        line += text.count("\n", at, start)
        at = start
        numbers[start] = line
    return numbers


def _section(title: str, style: str) -> RenderableType:
    """Write the heading of a part of the report."""
    return Padding(Text(title.upper(), style), (1, 0, 0, 0))


def _grid(rows: Sequence[tuple[str, Text]]) -> RenderableType:
    """Set labels in a narrow column and what they label beside it, wrapped and never cut."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(min_width=10, max_width=18, style="dim")
    grid.add_column(overflow="fold")
    for label, value in rows:
        grid.add_row(Text(label), value)
    return grid
