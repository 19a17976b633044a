"""Findings as SARIF 2.1.0 (OASIS, 2020), for tools that collect the results of checks.

What SARIF has a place for stands there: severity as ``level``, the three outcomes as ``kind``, places as code points
of the text (``columnKind``: ``unicodeCodePoints``) with line and column, the words and their line as snippets, other
places as ``relatedLocations``, decisions of officers as ``suppressions``, ``baselineState``, the fingerprint, what did
not run or could not be read as notifications. The rest (reason, evidence, suggestion, coverage) is in ``properties``.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from parcc_nlp.report.wording import evidence_line, legible, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parcc_nlp.errors import ParccError
    from parcc_nlp.model import Evidence, Finding, Related, Review, Severity
    from parcc_nlp.report.wording import Language
    from parcc_nlp.review.rule import Rule

__all__ = ["sarif_log", "sarif_results"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note", "unknown": "none"}
_FINGERPRINT = "parccFinding/v1"


def sarif_log(
    results: Iterable[Mapping[str, Any]],
    *,
    rules: Sequence[Rule],
    version: str,
    failures: Sequence[ParccError] = (),
    lang: Language = "vi",
) -> dict[str, Any]:
    """Give the log of one run.

    Parameters
    ----------
    results
        What `sarif_results` gave for every document.
    rules
        The rules of the review; results point to them by their place in this list.
    version
        Version of the program.
    failures
        Errors of documents that could not be examined; they are told as notifications of the run.
    lang
        Language of the rules' texts.

    Returns
    -------
    dict
        The log as plain values, ready for `json.dumps`.

    Examples
    --------
    >>> sarif_log([], rules=(), version="0.1.0")["version"]
    '2.1.0'
    """
    places = {rule.code: number for number, rule in enumerate(rules)}
    documents = list(results)
    found = [
        {**result, **({"ruleIndex": places[result["ruleId"]]} if result["ruleId"] in places else {})}
        for document in documents
        for result in document["results"]
    ]
    notes = [note for document in documents for note in document["notifications"]]
    invocation = {
        "executionSuccessful": not failures,
        "toolExecutionNotifications": [*map(_failure, failures, [lang] * len(failures)), *notes],
    }
    run = {
        "tool": {
            "driver": {
                "name": "parcc",
                "version": version,
                "language": lang,
                "rules": [_rule(rule, lang) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "artifacts": [document["artifact"] for document in documents],
        "results": found,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def sarif_results(review: Review, text: str, *, lang: Language = "vi") -> dict[str, Any]:
    """Give the part of a log that one document adds.

    Parameters
    ----------
    review
        The review of the document.
    text
        The text its findings point into.
    lang
        Language of what the log says itself; findings are worded already.

    Returns
    -------
    dict
        ``results``, ``artifact`` and ``notifications``, as plain values.
    """
    uri = _uri(review.source.path)
    coverage = review.coverage
    return {
        "results": [_result(finding, text, uri, lang) for finding in review.findings],
        "artifact": {
            "location": {"uri": uri},
            "mimeType": review.source.media_type,
            **({"hashes": {"sha-256": review.source.sha256}} if review.source.sha256 else {}),
            "properties": {
                "asOf": review.as_of,
                "citations": coverage.citations,
                "resolved": coverage.resolved,
                "valid": coverage.valid,
                "notValid": coverage.not_valid,
                "notKnown": coverage.not_known,
            },
        },
        "notifications": [
            {
                "level": "note",
                "message": {"text": legible(f"{one.rule}: {one.why}")},
                "associatedRule": {"id": one.rule},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}}}],
            }
            for one in coverage.rules_skipped
        ],
    }


def _result(finding: Finding, text: str, uri: str, lang: Language) -> dict[str, Any]:
    """Write one finding. SARIF knows a level only for what fails; what is open or for a person to judge has none."""
    level = {"level": _LEVELS[finding.severity]} if finding.kind == "fail" else {"level": "none"}
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "kind": finding.kind,
        **level,
        "message": {"text": _message(finding, lang)},
        "locations": [_location(finding, text, uri)],
        "partialFingerprints": {_FINGERPRINT: finding.fingerprint},
        "properties": {
            "severity": finding.severity,
            "asOf": finding.as_of,
            "reason": legible(finding.reason),
            "evidence": [_evidence(one) for one in finding.evidence],
            "suggestion": legible(finding.suggestion) if finding.suggestion else None,
            "instrument": finding.instrument,
        },
    }
    if finding.related:
        result["relatedLocations"] = [_related(one, number, uri) for number, one in enumerate(finding.related, 1)]
    if finding.baseline:
        result["baselineState"] = finding.baseline
    if finding.suppressed:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": legible(finding.suppressed.reason)}
        ]
    return result


def _message(finding: Finding, lang: Language) -> str:
    """Say what was found, on what grounds, and what to consider: viewers show no more than the message."""
    parts = [finding.message, *(f"{words('evidence', lang)}: {evidence_line(one, lang)}." for one in finding.evidence)]
    parts += [f"{words('reason', lang)}: {finding.reason}.", finding.suggestion or ""]
    return legible(" ".join(part for part in parts if part))


def _location(finding: Finding, text: str, uri: str) -> dict[str, Any]:
    """Write the place of a finding: offset, line and column, words, line; and the section as a logical place."""
    first = text.rfind("\n", 0, finding.start) + 1
    last = text.find("\n", finding.end)
    line = text[first : last if last >= 0 else len(text)]
    where = finding.where
    region = {
        **_region(finding.start, finding.end, finding.text, where.paragraph),
        "startColumn": finding.start - first + 1,
    }
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": uri},
            "region": region,
            "contextRegion": {
                **({"startLine": where.paragraph} if where.paragraph else {}),
                "snippet": {"text": legible(line)},
            },
        }
    }
    if where.section:
        location["logicalLocations"] = [{"fullyQualifiedName": where.section, "kind": "element"}]
    return location


def _region(start: int, end: int, words_there: str, line: int | None) -> dict[str, Any]:
    return {
        **({"startLine": line} if line else {}),
        "charOffset": start,
        "charLength": end - start,
        "snippet": {"text": legible(words_there)},
    }


def _related(one: Related, number: int, uri: str) -> dict[str, Any]:
    """Write another place that a finding speaks of."""
    return {
        "id": number,
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(one.path) if one.path else uri},
            "region": _region(one.start, one.end, one.text, one.where.paragraph),
        },
    }


def _evidence(one: Evidence) -> dict[str, Any]:
    return {"source": one.source, "clause": one.clause, "quote": one.quote, "retrieved": one.retrieved}


def _rule(rule: Rule, lang: Language) -> dict[str, Any]:
    """Describe a rule."""
    about = rule.about.in_(lang)
    return {
        "id": rule.code,
        "name": rule.code,
        "shortDescription": {"text": rule.name.in_(lang)},
        "fullDescription": {"text": about},
        "help": {"text": f"{about} {'; '.join(reason.text.in_(lang) for reason in rule.reasons)}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"reasons": [reason.text.in_(lang) for reason in rule.reasons]},
    }


def _failure(error: ParccError, lang: Language) -> dict[str, Any]:
    """Tell of a document that could not be examined."""
    where = {"locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(error.path)}}}]} if error.path else {}
    return {
        "level": "error",
        "message": {"text": legible(error.message(lang=lang))},
        "descriptor": {"id": error.code},
        **where,
    }


def _uri(path: str | None) -> str:
    """Write a path as a URI reference, relative where the path is; standard input has a name of its own."""
    if path is None or path == "-":
        return "stdin"
    pure = PurePath(path)
    if pure.is_absolute():
        return pure.as_uri()
    return quote(pure.as_posix(), errors="surrogateescape")
