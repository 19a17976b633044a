"""Findings in the order they are shown: by severity, the same finding at several places once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcc_nlp.model import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcc_nlp.model import Severity

__all__ = ["SEVERITIES", "FindingGroup", "by_severity"]

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
        Findings in document order.

    Returns
    -------
    dict
        Every severity that occurs, the gravest first; groups in the order of their first place.
    """
    groups: dict[Severity, dict[object, list[Finding]]] = {severity: {} for severity in SEVERITIES}
    for finding in findings:
        same = (finding.rule, finding.message, finding.reason, finding.suggestion, finding.evidence, finding.kind)
        groups[finding.severity].setdefault(same, []).append(finding)
    return {
        severity: tuple(FindingGroup(tuple(same)) for same in found.values())
        for severity, found in groups.items()
        if found
    }
