"""One document from file to finished report, in this process or in another one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from parcc_nlp import api
from parcc_nlp.cli.known import registry as known
from parcc_nlp.cli.streams import Language, Terminal
from parcc_nlp.errors import ParccError, ReadError
from parcc_nlp.model import Document, Extraction, Review
from parcc_nlp.registry.claims import Claim
from parcc_nlp.report.lists import Kind, Line, lines
from parcc_nlp.review.baseline import against_baseline
from parcc_nlp.review.settings import Settings
from parcc_nlp.review.suppression import SIDECAR, Decision, read_decisions, set_aside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from parcc_nlp.cli.inputs import Input
    from parcc_nlp.model import Finding
    from parcc_nlp.registry import Registry
    from parcc_nlp.review.together import Together

__all__ = [
    "LISTED",
    "Format",
    "Gathered",
    "Outcome",
    "Task",
    "compare",
    "examine",
    "failed",
    "marked_review",
    "prepare",
]

Format = Literal["text", "json", "jsonl", "html", "sarif", "xlsx", "docx"]
Verb = Literal["extract", "check", "gather", "chart", "targets", "tasks", "learn"]
DUTIES: dict[Verb, tuple[Literal["targets", "responsibilities"], ...]] = {
    "extract": ("targets", "responsibilities"),
    "check": ("targets", "responsibilities"),
    "gather": ("targets", "responsibilities"),
    "chart": ("targets", "responsibilities"),
    "targets": ("targets", "responsibilities"),
    "tasks": ("responsibilities",),
    "learn": (),
}
"""What of a plan's promises a verb asks for."""
EFFECTS: tuple[Verb, ...] = ("extract", "chart", "learn")
"""The commands that ask what a document does to others; a check does where a rule needs it, none of ours."""
LISTED: dict[str, Kind] = {"targets": "targets", "tasks": "tasks"}
"""Verbs that add to one list over all documents, and what is listed."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is done with every document."""

    verb: Verb
    format: Format = "text"
    as_of: str = "signing"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    settings: Settings = field(default_factory=Settings)
    """What the office settled in its file; what the command line said is worked in already."""
    baseline: frozenset[str] | None = None
    """The fingerprints an earlier check has seen; None without a baseline."""
    lang: Language = "vi"
    terminal: Terminal = field(default_factory=Terminal)
    registry: str | None = None
    """The registry file to answer from; None is the user's, or the shipped one."""
    learned: str = ""
    """The day on which something is learned."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """One document that is to be compared with others."""

    read: Document
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its report, or the error that stands in its place."""

    name: str
    body: str | bytes
    error: ParccError | None = None
    title: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    """How many findings of each severity, those set aside left out."""
    pending: tuple[tuple[str, int], ...] = ()
    """Of these, how many the baseline has not: they decide the exit status."""
    checked: Review | None = None
    """The review, for a report on all documents in one file."""
    gathered: Gathered | None = None
    """What was read and found, for comparing it with others."""
    idle: int = 0
    """How many decisions to set something aside are about no finding any more."""
    lines: tuple[Line, ...] = ()
    """What the document adds to a list of targets or tasks."""
    claims: tuple[Claim, ...] = ()
    """What the document teaches a registry."""
    why: ParccError | None = None
    """Why it teaches nothing."""


def prepare(task: Task) -> None:
    """Load what every document needs, so that processes forked from this one have it already."""
    if task.verb in {"extract", "check", "gather", "chart"}:
        from parcc_nlp.review import rules

        known(task.registry)
        rules()
    api.extract("Điều 1.", resolve=False, duties=DUTIES[task.verb], effects=_asks_for_effects(task))


def _asks_for_effects(task: Task) -> bool:
    """Say whether the effects of a document are read."""
    if task.verb in EFFECTS:
        return True
    if task.verb not in {"check", "gather"}:
        return False
    from parcc_nlp.review import rules

    return any("effects" in rule.needs for rule in rules())


def examine(task: Task, document: Input) -> Outcome:
    """Read, extract and, for ``check``, review one document, and write its report.

    Whatever happens to this document becomes its outcome, so that the others go on.
    """
    return _guarded(task, document, partial(_examine, task, document))


def compare(task: Task, document: Input, gathered: Gathered, together: Together) -> Outcome:
    """Review one document beside the others of its lot, and write its report; failures are told as by `examine`."""
    work = partial(_reviewed, task, document, gathered.read, gathered.extraction, together=together)
    return _guarded(task, document, work)


def _guarded(task: Task, document: Input, work: Callable[[], Outcome]) -> Outcome:
    """Do the work on one document; what goes wrong becomes its outcome."""
    try:
        return work()
    except ParccError as error:
        return failed(task, document, error)
    except Exception as error:  # noqa: BLE001 - one document's failure of whatever kind must not stop a batch
        detail = f"{type(error).__name__}: {error}"
        return failed(task, document, ReadError("E399", path=document.name, detail=detail))


def failed(task: Task, document: Input, error: ParccError) -> Outcome:
    """Give the outcome of a document that could not be examined."""
    body = ""
    if task.format in {"json", "jsonl"}:
        import json

        from parcc_nlp.contract import error_to_dict

        told = error_to_dict(
            error.code, path=error.path or document.name, place=error.place, message=error.message(lang=task.lang)
        )
        body = json.dumps(told, ensure_ascii=False, indent=2 if task.format == "json" else None) + "\n"
    return Outcome(document.name, body, error)


def _examine(task: Task, document: Input) -> Outcome:
    """Do the work; errors pass through."""
    read = api.read(document.name if document.data is None else document.data, name=document.name)
    if task.verb == "learn":
        return _taught(api.extract(read, resolve=False, duties=DUTIES[task.verb]), task, document)
    if task.verb in LISTED:
        listed = lines(
            api.extract(read, resolve=False, duties=DUTIES[task.verb], effects=False),
            LISTED[task.verb],
            document=document.name,
        )
        return Outcome(name=document.name, body="", lines=listed)
    registry = known(task.registry)
    # A review identifies what is cited by itself; only what shows the citations needs them identified once more.
    shown = task.verb == "extract" or task.format in {"html", "text"}
    extraction = api.extract(
        read, registry=registry, resolve=shown, duties=DUTIES[task.verb], effects=_asks_for_effects(task)
    )
    if task.verb == "extract":
        return Outcome(document.name, _extraction_report(task, extraction, registry), title=_title(extraction))
    if task.verb in {"gather", "chart"}:
        return Outcome(document.name, "", gathered=Gathered(read, extraction))
    return _reviewed(task, document, read, extraction)


def _reviewed(
    task: Task, document: Input, read: Document, extraction: Extraction, *, together: Together | None = None
) -> Outcome:
    """Review one document that was read and extracted, and write its report."""
    registry = known(task.registry)
    review, idle = marked_review(task, document, extraction, together=together)
    told = [finding for finding in review.findings if finding.suppressed is None]
    return Outcome(
        name=document.name,
        body=_review_report(task, document, read, extraction, review, registry),
        title=_title(extraction),
        counts=_counts(told),
        pending=_counts([finding for finding in told if finding.baseline != "unchanged"]),
        checked=review if task.format == "xlsx" else None,
        idle=idle,
    )


def marked_review(
    task: Task, document: Input, extraction: Extraction, *, together: Together | None = None
) -> tuple[Review, int]:
    """Review one document and mark what was set aside and what the baseline has.

    Returns
    -------
    Review
        The review.
    int
        How many decisions to set something aside fit no finding any more.
    """
    review = api.review(
        extraction,
        as_of=task.as_of,
        registry=known(task.registry),
        select=task.select,
        ignore=(*task.ignore, *task.settings.ignored_in(document.name)),
        expiring_within_days=task.settings.expiring_within_days,
        together=together,
        lang=task.lang,
    )
    review, idle = set_aside(review, _decisions(document))
    if task.baseline is not None:
        review = against_baseline(review, task.baseline)
    return review, len(idle)


def _title(extraction: Extraction) -> str:
    return extraction.metadata.title or ""


def _decisions(document: Input) -> tuple[Decision, ...]:
    """Read what was decided about the findings of a document, in the file beside it."""
    path = Path(document.name + SIDECAR)
    if document.data is not None or not path.is_file():
        return ()
    return read_decisions(path.read_text(encoding="utf-8"), path=str(path))


def _taught(extraction: Extraction, task: Task, document: Input) -> Outcome:
    """Give what a document teaches, or why it teaches nothing."""
    from parcc_nlp.registry.learning import claims_of, why_not

    return Outcome(
        document.name,
        "",
        title=extraction.metadata.number or "",
        claims=claims_of(extraction, learned=task.learned),
        why=why_not(extraction),
    )


def _extraction_report(task: Task, extraction: Extraction, registry: Registry) -> str:
    """Write what was found in a document in the format asked for."""
    if task.format in {"json", "jsonl"}:
        return _json(task, extraction)
    from parcc_nlp.report.dossier import assemble

    dossier = assemble(extraction, registry=registry)
    if task.format == "html":
        from parcc_nlp.report.html import html_page

        return html_page(dossier, lang=task.lang)
    from parcc_nlp.report.text import extraction_text

    return extraction_text(dossier, lang=task.lang, width=task.terminal.width, colour=task.terminal.colour)


def _review_report(
    task: Task, document: Input, read: Document, extraction: Extraction, review: Review, registry: Registry
) -> str | bytes:
    """Write a review in the format asked for; what goes into one workbook over all documents is written later."""
    if task.format in {"json", "jsonl"}:
        return _json(task, review)
    if task.format == "sarif":
        import json

        from parcc_nlp.report.sarif import sarif_results

        return json.dumps(sarif_results(review, extraction.text, lang=task.lang), ensure_ascii=False)
    if task.format == "xlsx":
        return ""
    if task.format == "docx":
        return _commented(task, document, read, review)
    from parcc_nlp.report.dossier import assemble

    dossier = assemble(extraction, review=review, registry=registry)
    if task.format == "html":
        from parcc_nlp.report.html import html_page

        return html_page(dossier, lang=task.lang)
    from parcc_nlp.report.text import review_text

    return review_text(dossier, lang=task.lang, width=task.terminal.width, colour=task.terminal.colour)


def _json(task: Task, value: Extraction | Review) -> str:
    from parcc_nlp.contract import to_json

    return to_json(value, indent=2 if task.format == "json" else None) + "\n"


def _counts(findings: Iterable[Finding]) -> tuple[tuple[str, int], ...]:
    """Count findings by severity."""
    return tuple(Counter(finding.severity for finding in findings).items())


def _commented(task: Task, document: Input, read: Document, review: Review) -> bytes:
    """Put the findings into the officer's own Word file as comments."""
    from parcc_nlp.report.word_comments import commented
    from parcc_nlp.review import rules

    package = document.data if document.data is not None else Path(document.name).read_bytes()
    return commented(package, read, review, rules=rules(), lang=task.lang)
