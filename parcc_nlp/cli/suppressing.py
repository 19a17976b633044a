"""``parcc suppress``: write down beside a document that a finding was looked at and set aside, and why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from parcc_nlp import api
from parcc_nlp.cli.exits import Exit
from parcc_nlp.cli.known import registry as known
from parcc_nlp.cli.streams import say
from parcc_nlp.errors import UsageError
from parcc_nlp.report.wording import place, words
from parcc_nlp.review.suppression import SHORT, SIDECAR, Decision, decisions_text, read_decisions

if TYPE_CHECKING:
    from parcc_nlp.cli.work import Task
    from parcc_nlp.model import Finding

__all__ = ["Wanted", "suppress_findings"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings are set aside, and why."""

    rule: str
    reason: str
    line: int | None = None
    words: str | None = None
    by: str | None = None

    def fits(self, finding: Finding) -> bool:
        """Say whether a finding is one of them."""
        at_line = self.line is None or finding.where.paragraph == self.line
        has_words = self.words is None or self.words in " ".join(finding.text.split())
        return finding.rule == self.rule and at_line and has_words


def suppress_findings(task: Task, file: str, wanted: Wanted) -> Exit:
    """Review a document and write a decision for every finding that fits into the file beside it.

    Raises
    ------
    ParccError
        The document cannot be read.
    UsageError
        E330: no reason is given. E341: the file of decisions is damaged. E344: no finding fits. E308: the file cannot
        be written.
    """
    if not wanted.reason.strip():
        raise UsageError("E330")
    extraction = api.extract(api.read(file), resolve=False)
    review = api.review(
        extraction,
        as_of=task.as_of,
        registry=known(task.registry),
        select=task.select,
        expiring_within_days=task.settings.expiring_within_days,
        lang=task.lang,
    )
    found = [finding for finding in review.findings if wanted.fits(finding)]
    if not found:
        raise UsageError("E344", path=file, value=wanted.rule)
    path = Path(file + SIDECAR)
    before = read_decisions(path.read_text(encoding="utf-8"), path=str(path)) if path.is_file() else ()
    fresh = [finding for finding in found if not any(one.covers(finding) for one in before)]
    made = tuple(_decision(finding, wanted) for finding in fresh)
    _write(path, decisions_text((*before, *made)))
    for finding in found:
        say(f"{finding.rule}  {place(finding.where, task.lang)}: {' '.join(finding.text.split())}\n")
    say(words("suppressed_in", task.lang, count=len(fresh), path=path) + "\n")
    return Exit.DONE


def _decision(finding: Finding, wanted: Wanted) -> Decision:
    """Write down the decision on one finding."""
    return Decision(
        rule=finding.rule,
        reason=wanted.reason,
        fingerprint=finding.fingerprint[:SHORT],
        words=" ".join(finding.text.split()),
        by=wanted.by,
        day=api.day("today"),
    )


def _write(path: Path, text: str) -> None:
    """Put the file in place whole or not at all."""
    aside = path.with_name(path.name + ".tmp")
    try:
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        raise UsageError("E308", path=str(path), detail=error.strerror or str(error)) from error
