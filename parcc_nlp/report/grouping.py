"""What is shown together: findings by severity, the same one at several places once; citations by instrument."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcc_nlp.model import Citation, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcc_nlp.model import Severity

__all__ = ["SEVERITIES", "FindingGroup", "by_instrument", "by_severity", "fullest_mention", "set_aside"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info", "unknown")


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """One thing to look at, with every place it was found at, in document order."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding at the first place."""
        return self.findings[0]


def by_severity(findings: Sequence[Finding]) -> dict[Severity, tuple[FindingGroup, ...]]:
    """Group findings by severity and, inside, those that say the same of different places.

    Parameters
    ----------
    findings
        Findings in document order; those that an officer has set aside are left out (`set_aside`).

    Returns
    -------
    dict
        Every severity that occurs, the gravest first; groups in the order of their first place.
    """
    groups: dict[Severity, dict[object, list[Finding]]] = {severity: {} for severity in SEVERITIES}
    for finding in findings:
        if finding.suppressed is not None:
            continue
        said = (finding.rule, finding.message, finding.reason, finding.suggestion, finding.evidence)
        same = (*said, finding.kind, finding.baseline, finding.related)
        groups[finding.severity].setdefault(same, []).append(finding)
    return {
        severity: tuple(FindingGroup(tuple(same)) for same in found.values())
        for severity, found in groups.items()
        if found
    }


def set_aside(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give the findings that an officer has looked at and set aside."""
    return tuple(finding for finding in findings if finding.suppressed is not None)


def by_instrument(citations: Sequence[Citation]) -> tuple[tuple[Citation, ...], ...]:
    """Gather the mentions of one instrument, in the order of the first mention.

    Where no instrument was identified, mentions that the review takes for one are taken together.
    """
    from parcc_nlp.review.context import canonical  # noqa: PLC0415 - findings alone need no rules

    groups: dict[str, list[Citation]] = {}
    for one in citations:
        groups.setdefault(one.instrument or canonical(one), []).append(one)
    return tuple(tuple(group) for group in groups.values())


def fullest_mention(citations: Sequence[Citation]) -> Citation:
    """Give the mention that says most of the instrument, the first of several."""
    return max(citations, key=_fullness)


def _fullness(citation: Citation) -> int:
    """Count what a mention says of the instrument."""
    return sum(
        1 for one in (citation.doc_type, citation.number or citation.name, citation.issued, citation.issuer) if one
    )
