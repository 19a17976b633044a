"""Findings as an Excel workbook: a list to filter and sort, a summary by file, and the rules."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote as url_quote

from parcc_nlp.report.grouping import SEVERITIES
from parcc_nlp.report.word_wording import wordings
from parcc_nlp.report.wording import evidence_line, instrument_name, place, written_day
from parcc_nlp.report.wording import words as report_words
from parcc_nlp.report.workbook_cells import ROWS, Book, Column, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parcc_nlp.model import Extraction, Finding, Related, Review, SkippedRule
    from parcc_nlp.report.wording import Language
    from parcc_nlp.report.workbook_cells import Look
    from parcc_nlp.review.rule import LegalReason, Rule

__all__ = ["Reviewed", "findings_workbook"]

_FINDING_WIDTHS: Mapping[str, float] = {
    "file": 17,
    "code": 8,
    "severity": 11,
    "kind": 11,
    "page": 6,
    "paragraph": 6,
    "section": 11,
    "words": 25,
    "message": 38,
    "reason": 25,
    "evidence": 28,
    "suggestion": 26,
    "related": 15,
    "status": 15,
    "fingerprint": 20,
}
"""Columns of the findings with their widths in characters: without the last a page of A4 prints at two thirds."""
_SUMMARY_WIDTHS: Mapping[str, float] = {
    "file": 24,
    "title": 34,
    "as_of": 11,
    **{f"severity_{severity}": 10 for severity in SEVERITIES},
    "set_aside": 8,
    "total": 8,
    "citations": 9,
    "resolved": 9,
    "valid": 8,
    "not_valid": 12,
    "not_known": 9,
    "skipped": 40,
}
_RULE_WIDTHS: Mapping[str, float] = {"code": 8, "name": 28, "severity": 12, "about": 64, "legal_basis": 54}


class Reviewed(NamedTuple):
    """One document: what it is called, what was found in it, and its review."""

    name: str
    extraction: Extraction | None
    review: Review


def findings_workbook(  # noqa: PLR0913 - every option is keyword-only and has a working default
    reviews: Iterable[tuple[str, Extraction | None, Review]],
    *,
    rules: Sequence[Rule] = (),
    failures: Sequence[tuple[str, str]] = (),
    folder: str | None = None,
    lang: Language = "vi",
    rows: int = ROWS,
) -> bytes:
    """Write the findings of one or many documents as an Excel workbook.

    Parameters
    ----------
    reviews
        Name, extraction (or None) and review of every document. The name leads to the file.
    rules
        The rules of the review; each has a row that the codes of its findings lead to.
    failures
        Names of documents that could not be examined, each with the reason in words.
    folder
        Where the workbook will stand: names lead to the files from there. By default names are taken from there.
    lang
        Language of the workbook's own words; findings are worded by the rules.
    rows
        How many rows a sheet holds; what is more goes on on the next.

    Returns
    -------
    bytes
        The file: the same bytes for the same input. Text stays text: nothing in it is a formula.

    Examples
    --------
    >>> import io
    >>> from openpyxl import load_workbook
    >>> from parcc_nlp.model import Coverage, Finding, Review, Source, Where
    >>> found = Finding("VB207", "warning", "fail", "Không có ngày này.", "Điều 8", 0, 1, "x", Where(), "signing")
    >>> review = Review("signing", Source(), Coverage(0, 0, 0, 0, 0, ()), (found,))
    >>> book = load_workbook(io.BytesIO(findings_workbook([("a.docx", None, review)])))
    >>> book.sheetnames
    ['Nội dung cần xem xét', 'Tổng hợp', 'Quy tắc']
    >>> [cell.value for cell in book["Nội dung cần xem xét"][2]][:4]
    ['a.docx', 'VB207', 'Cảnh báo', 'Đã có căn cứ']
    """
    said = _Words(lang)
    footer = said("pages", page="&P", pages="&N")
    book = Book(said("sheet_findings"), footer=footer, cut=said("cut"), rows=rows)
    findings = book.sheet(said("sheet_findings"), said.columns(_FINDING_WIDTHS), printed=len(_FINDING_WIDTHS) - 1)
    places = {rule.code: f"'{said('sheet_rules')}'!A{number}" for number, rule in enumerate(rules, 2)}
    summary: list[_Summary] = []
    for one in (Reviewed(*each) for each in reviews):
        link = _link(one.name, folder)
        for finding in one.review.findings:
            findings.add(_finding(finding, one.name, link, places.get(finding.rule), said))
        summary.append(_summed(one, link, said))
    findings.close()
    _write_summary(book, summary, failures, said, folder)
    _write_rules(book, rules, said)
    return book.written()


class _Words:
    """The words of a workbook in one language."""

    def __init__(self, lang: Language) -> None:
        self.lang: Language = lang

    def __call__(self, key: str, /, **fields: object) -> str:
        return wordings("workbook_words.csv")[key][self.lang].format(**fields)

    def columns(self, widths: Mapping[str, float]) -> tuple[Column, ...]:
        """Give columns by their keys."""
        return tuple(Column(self(key), width) for key, width in widths.items())


def _finding(finding: Finding, name: str, link: str | None, rule: str | None, said: _Words) -> tuple[Entry, ...]:
    """Lay a finding out in a row."""
    lang = said.lang
    look: Look = "aside" if finding.suppressed is not None else "plain"
    where = finding.where
    told: dict[str, Entry] = {
        "file": Entry(name, look, file=link),
        "code": Entry(finding.rule, look, place=rule),
        "severity": Entry(said(f"severity_{finding.severity}"), finding.severity),
        "kind": Entry(said(f"kind_{finding.kind}"), look),
        "page": Entry(where.page, look),
        "paragraph": Entry(where.paragraph, look),
        "section": Entry(where.section, look),
        "words": Entry(" ".join(finding.text.split()), look),
        "message": Entry(finding.message, look),
        "reason": Entry(finding.reason, look),
        "evidence": Entry("\n".join(evidence_line(one, lang) for one in finding.evidence), look),
        "suggestion": Entry(finding.suggestion, look),
        "related": Entry("\n".join(_elsewhere(one, lang) for one in finding.related), look),
        "status": Entry(_status(finding, said), look),
        "fingerprint": Entry(finding.fingerprint, "note"),
    }
    return tuple(told[key] for key in _FINDING_WIDTHS)


def _status(finding: Finding, said: _Words) -> str | None:
    """Say whether a finding is new, was told before, or was set aside, why, by whom and when."""
    aside = finding.suppressed
    if aside is None:
        return said(f"status_{finding.baseline}") if finding.baseline else None
    by = said("status_suppressed_by", by=aside.by) if aside.by else None
    on = said("status_suppressed_on", day=written_day(aside.on)) if aside.on else None
    who = ", ".join(part for part in (by, on) if part)
    reason = said("status_suppressed", reason=aside.reason)
    return f"{reason} ({who})" if who else reason


def _elsewhere(one: Related, lang: Language) -> str:
    """Write another place that a finding speaks of."""
    where = ", ".join(part for part in (one.path, place(one.where, lang)) if part)
    return f"{where}: “{' '.join(one.text.split())}”"


class _Summary(NamedTuple):
    """A document in the summary."""

    name: str
    link: str | None
    title: str
    as_of: str
    counts: tuple[int, ...]
    """In the order of the columns between the day and the rules that did not run."""
    skipped: str


def _summed(one: Reviewed, link: str | None, said: _Words) -> _Summary:
    """Count what a review found and how much it could answer for."""
    review = one.review
    counted = Counter(finding.severity for finding in review.findings if finding.suppressed is None)
    total = len(review.findings)
    coverage = review.coverage
    dated = review.as_of[:1].isdigit()
    return _Summary(
        one.name,
        link,
        "" if one.extraction is None else instrument_name(one.extraction.metadata, said.lang),
        written_day(review.as_of) if dated else said("as_of_unknown"),
        (
            *(counted[severity] for severity in SEVERITIES),
            total - sum(counted.values()),
            total,
            coverage.citations,
            coverage.resolved,
            coverage.valid,
            coverage.not_valid,
            coverage.not_known,
        ),
        _skipped(coverage.rules_skipped, said),
    )


def _skipped(rules: Iterable[SkippedRule], said: _Words) -> str:
    """List the rules that did not run, those skipped for one reason together."""
    why: dict[str, list[str]] = {}
    for one in rules:
        why.setdefault(one.why, []).append(one.rule)
    return "\n".join(said("rule_skipped", rules=", ".join(codes), why=reason) for reason, codes in why.items())


def _write_summary(
    book: Book, documents: Sequence[_Summary], failures: Sequence[tuple[str, str]], said: _Words, folder: str | None
) -> None:
    """Write the counts of every document, their sums, and what could not be examined."""
    sheet = book.sheet(said("sheet_summary"), said.columns(_SUMMARY_WIDTHS))
    for one in documents:
        counts = (
            Entry(count, severity if count else "plain")
            for count, severity in zip(one.counts[: len(SEVERITIES)], SEVERITIES, strict=True)
        )
        rest = (Entry(count) for count in one.counts[len(SEVERITIES) :])
        sheet.add(
            (Entry(one.name, file=one.link), Entry(one.title), Entry(one.as_of), *counts, *rest, Entry(one.skipped))
        )
    for name, why in failures:
        told = (Entry(name, file=_link(name, folder)), Entry(said("unreadable"), "error"))
        sheet.add((*told, *[Entry(None)] * (len(_SUMMARY_WIDTHS) - 3), Entry(why)))
    if len(documents) > 1:
        sums = (sum(column) for column in zip(*(one.counts for one in documents), strict=True))
        blank = Entry(None, "head")
        sheet.add(
            (Entry(said("total"), "head"), blank, blank, *(Entry(count, "head") for count in sums), blank), apart=True
        )
    sheet.add((Entry(report_words("advice", said.lang), "note"),), apart=True)
    sheet.close()


def _write_rules(book: Book, rules: Iterable[Rule], said: _Words) -> None:
    """Write what every rule looks for and the clauses it rests on."""
    sheet = book.sheet(said("sheet_rules"), said.columns(_RULE_WIDTHS))
    for rule in rules:
        clauses = "\n".join(_clause(reason, said) for reason in rule.reasons)
        sheet.add(
            (
                Entry(rule.code),
                Entry(rule.name.in_(said.lang)),
                Entry(said(f"severity_{rule.severity}"), rule.severity),
                Entry(rule.about.in_(said.lang)),
                Entry(clauses),
            )
        )
    sheet.close()


def _clause(reason: LegalReason, said: _Words) -> str:
    """Write a clause, and which documents it governs."""
    limits = [
        said("normative" if reason.normative else "administrative") if reason.normative is not None else "",
        said("since", day=written_day(reason.since)) if reason.since else "",
        said("until", day=written_day(reason.until)) if reason.until else "",
    ]
    governs = ", ".join(limit for limit in limits if limit)
    text = reason.text.in_(said.lang)
    return f"{text} [{governs}]" if governs else text


def _link(name: str, folder: str | None) -> str | None:
    """Give the way from the workbook to a file; None for what is no file, such as standard input."""
    if not name or name == "-":
        return None
    try:
        path = name if folder is None else os.path.relpath(name, folder)
    except ValueError:  # another drive
        path = name
    if PurePath(path).is_absolute():
        return PurePath(path).as_uri()
    return url_quote(PurePath(path).as_posix(), errors="surrogateescape")
