"""One document from file to finished report, in this process or in another one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from parcc_nlp import api
from parcc_nlp.cli.known import registry as known
from parcc_nlp.cli.streams import Language, Terminal
from parcc_nlp.errors import ParccError, ReadError
from parcc_nlp.registry.claims import Claim
from parcc_nlp.report.lists import Kind, Line, lines

if TYPE_CHECKING:
    from parcc_nlp.cli.inputs import Input
    from parcc_nlp.model import Extraction, Review
    from parcc_nlp.registry import Registry

__all__ = ["LISTED", "Format", "Outcome", "Task", "examine", "failed", "prepare"]

Format = Literal["text", "json", "jsonl", "html"]
Verb = Literal["extract", "check", "targets", "tasks", "learn"]
DUTIES: dict[Verb, tuple[Literal["targets", "responsibilities"], ...]] = {
    "extract": ("targets", "responsibilities"),
    "check": ("targets", "responsibilities"),
    "targets": ("targets", "responsibilities"),
    "tasks": ("responsibilities",),
    "learn": (),
}
"""What of a plan's promises a verb asks for."""
EFFECTS: tuple[Verb, ...] = ("extract", "check", "learn")
"""The commands that ask what a document does to others."""
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
    lang: Language = "vi"
    terminal: Terminal = field(default_factory=Terminal)
    registry: str | None = None
    """The registry file to answer from; None is the user's, or the shipped one."""
    learned: str = ""
    """The day on which something is learned."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its report, or the error that stands in its place."""

    name: str
    body: str
    error: ParccError | None = None
    title: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    """How many findings of each severity."""
    lines: tuple[Line, ...] = ()
    """What the document adds to a list of targets or tasks."""
    claims: tuple[Claim, ...] = ()
    """What the document teaches a registry."""
    why: ParccError | None = None
    """Why it teaches nothing."""


def prepare(task: Task) -> None:
    """Load what every document needs, so that processes forked from this one have it already."""
    if task.verb in {"extract", "check"}:
        from parcc_nlp.review import rules

        known(task.registry)
        rules()
    api.extract("Điều 1.", resolve=False, duties=DUTIES[task.verb], effects=task.verb in EFFECTS)


def examine(task: Task, document: Input) -> Outcome:
    """Read, extract and, for ``check``, review one document, and write its report.

    Whatever happens to this document becomes its outcome, so that the others go on.
    """
    try:
        return _examine(task, document)
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
    if task.verb not in {"extract", "check"}:
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
        read, registry=registry, resolve=shown, duties=DUTIES[task.verb], effects=task.verb in EFFECTS
    )
    review = None
    if task.verb == "check":
        review = api.review(
            extraction,
            as_of=task.as_of,
            registry=registry,
            select=task.select,
            ignore=task.ignore,
            lang=task.lang,
        )
    return Outcome(
        name=document.name,
        body=_report(task, extraction, review, registry),
        title=extraction.metadata.title or "",
        counts=_counts(review),
    )


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


def _report(task: Task, extraction: Extraction, review: Review | None, registry: Registry) -> str:
    """Write the report in the format asked for."""
    if task.format in {"json", "jsonl"}:
        from parcc_nlp.contract import to_json

        return to_json(review or extraction, indent=2 if task.format == "json" else None) + "\n"
    if task.format == "html":
        from parcc_nlp.report.dossier import assemble
        from parcc_nlp.report.html import html_page

        return html_page(assemble(extraction, review=review, registry=registry), lang=task.lang)
    from parcc_nlp.report.dossier import assemble
    from parcc_nlp.report.text import extraction_text, review_text

    write = extraction_text if review is None else review_text
    dossier = assemble(extraction, review=review, registry=registry)
    return write(dossier, lang=task.lang, width=task.terminal.width, colour=task.terminal.colour)


def _counts(review: Review | None) -> tuple[tuple[str, int], ...]:
    """Count findings by severity."""
    counts: dict[str, int] = {}
    for finding in review.findings if review else ():
        counts[finding.severity] = counts.get(finding.severity, 0) + 1
    return tuple(counts.items())
