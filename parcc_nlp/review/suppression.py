"""Findings that an officer has looked at and set aside, kept in a file beside the document, which stays as it is.

The file is called like the document with ``.parcc.yaml`` behind it and holds a list, one entry a decision::

    - rule: VB206
      fingerprint: 3f0c9a1b5d2e4f60
      words: 03/CT- UBND
      reason: Bản gốc của Chỉ thị in như vậy.
      by: Nguyễn Văn A
      day: 2026-11-23

`rule` and `reason` must be there. Without `fingerprint` the decision holds for every finding of the rule in this
document.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from parcc_nlp.errors import UsageError
from parcc_nlp.model import Suppression

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcc_nlp.model import Finding, Review

__all__ = ["SIDECAR", "Decision", "decisions_text", "read_decisions", "set_aside"]

SIDECAR = ".parcc.yaml"
"""What the name of a document is followed by in the name of the file of decisions."""
SHORT = 16
"""How many characters of a fingerprint are written into the file; it is found by its beginning."""
_LEAST = 8
_HEADING = "# Những phát hiện cán bộ đã xem xét và không nêu nữa; mỗi mục phải có lý do (reason).\n"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision not to be told of a finding any more.

    `fingerprint` is the finding's, or its beginning of at least eight characters; None stands for every finding of the
    rule. `words` are kept for whoever reads the file.
    """

    rule: str
    reason: str
    fingerprint: str | None = None
    words: str | None = None
    by: str | None = None
    day: str | None = None

    def covers(self, finding: Finding) -> bool:
        """Say whether the decision is about a finding."""
        return self.rule == finding.rule and finding.fingerprint.startswith(self.fingerprint or "")


def read_decisions(text: str, *, path: str) -> tuple[Decision, ...]:
    """Read the content of a file of decisions.

    Parameters
    ----------
    text
        What stands in the file.
    path
        Its name, for errors.

    Raises
    ------
    UsageError
        E341: not a list of decisions, an unknown key, or a decision without rule or reason; the place is named.

    Examples
    --------
    >>> read_decisions("- {rule: VB206, reason: Bản gốc in như vậy}", path="a.txt.parcc.yaml")[0].rule
    'VB206'
    """
    import yaml  # noqa: PLC0415  # most documents have no such file

    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UsageError("E341", path=path, detail=" ".join(str(error).split())) from error
    if content is None:
        return ()
    if not isinstance(content, list):
        raise UsageError("E341", path=path, detail=type(content).__name__)
    return tuple(_decision(entry, number, path) for number, entry in enumerate(content, 1))


def decisions_text(decisions: Iterable[Decision]) -> str:
    """Write a file of decisions.

    Examples
    --------
    >>> print(decisions_text([Decision("VB206", "Bản gốc in như vậy")]).splitlines()[1])
    - rule: VB206
    """
    import yaml  # noqa: PLC0415

    entries = [{key: value for key, value in asdict(one).items() if value is not None} for one in decisions]
    return _HEADING + yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=120)


def set_aside(review: Review, decisions: Sequence[Decision]) -> tuple[Review, tuple[Decision, ...]]:
    """Mark the findings of a review that decisions are about.

    Returns
    -------
    Review
        The same findings, those set aside with `Finding.suppressed`.
    tuple of Decision
        The decisions that are about no finding of this review: the place was put right, or the file is another one's.
    """
    if not decisions:
        return review, ()
    findings = tuple(_marked(finding, decisions) for finding in review.findings)
    idle = tuple(one for one in decisions if not any(one.covers(finding) for finding in review.findings))
    return replace(review, findings=findings), idle


def _marked(finding: Finding, decisions: Sequence[Decision]) -> Finding:
    """Mark one finding with the first decision about it."""
    found = next((one for one in decisions if one.covers(finding)), None)
    if found is None:
        return finding
    return replace(finding, suppressed=Suppression(reason=found.reason, by=found.by, on=found.day))


def _decision(entry: Any, number: int, path: str) -> Decision:
    """Check one entry of the file."""
    place = f"mục {number}"
    known = {field.name for field in fields(Decision)}
    if not isinstance(entry, dict):
        raise UsageError("E341", path=path, place=place, detail=str(entry))
    unknown = sorted(str(key) for key in entry if key not in known)
    if unknown:
        raise UsageError("E341", path=path, place=place, detail=", ".join(unknown))
    values = {key: _text(value) for key, value in entry.items() if value is not None}
    missing = [key for key in ("rule", "reason") if not values.get(key, "").strip()]
    if missing:
        raise UsageError("E341", path=path, place=place, detail=", ".join(missing))
    if "fingerprint" in values and len(values["fingerprint"]) < _LEAST:
        raise UsageError("E341", path=path, place=place, detail=f"fingerprint: {values['fingerprint']}")
    return Decision(**{**values, "rule": values["rule"].upper()})


def _text(value: object) -> str:
    """Write a value of the file as text: YAML reads a day as a date and a fingerprint of digits as a number."""
    return value.isoformat() if isinstance(value, date) else str(value)
