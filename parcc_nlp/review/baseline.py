"""What an earlier check has seen already: marked, not dropped, so that what is new stands out."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from parcc_nlp.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection

    from parcc_nlp.model import Review

__all__ = ["against_baseline", "read_baseline"]

_SCHEMA = "parcc-review/"


def read_baseline(text: str, *, path: str) -> frozenset[str]:
    """Read the fingerprints of an earlier check: what ``parcc check`` wrote as json or jsonl.

    Parameters
    ----------
    text
        What stands in the file.
    path
        Its name, for errors.

    Raises
    ------
    UsageError
        E342: not the result of a check; the line is named.

    Examples
    --------
    >>> sorted(read_baseline('{"schema": "parcc-review/1", "findings": [{"fingerprint": "ab"}]}', path="a.json"))
    ['ab']
    """
    try:
        return _fingerprints(json.loads(text), path=path, place=None)
    except ValueError:
        lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    found: set[str] = set()
    for number, line in lines:
        found |= _fingerprints(_parsed(line, path=path, number=number), path=path, place=f"dòng {number}")
    return frozenset(found)


def against_baseline(review: Review, seen: Collection[str]) -> Review:
    """Mark every finding as new or as seen by the earlier check.

    Examples
    --------
    >>> from parcc_nlp.model import Coverage, Review, Source
    >>> against_baseline(Review("signing", Source(), Coverage(0, 0, 0, 0, 0, ()), ()), {"ab"}).findings
    ()
    """
    findings = tuple(
        replace(finding, baseline="unchanged" if finding.fingerprint in seen else "new") for finding in review.findings
    )
    return replace(review, findings=findings)


def _parsed(line: str, *, path: str, number: int) -> Any:
    """Read one line of jsonl."""
    try:
        return json.loads(line)
    except ValueError as error:
        raise UsageError("E342", path=path, place=f"dòng {number}", detail=str(error)) from error


def _fingerprints(content: Any, *, path: str, place: str | None) -> frozenset[str]:
    """Take the fingerprints out of one result; the error of a file that could not be examined has none."""
    schema = content.get("schema") if isinstance(content, dict) else None
    if schema == "parcc-error/1":
        return frozenset()
    if not isinstance(schema, str) or not schema.startswith(_SCHEMA):
        raise UsageError("E342", path=path, place=place, detail=str(schema))
    return frozenset(str(finding.get("fingerprint")) for finding in content.get("findings", ()))
