"""Where results go: standard output, one file, or a folder of pages with an index."""

from __future__ import annotations

import errno
import os
import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from parcc_nlp.cli.exits import Exit
from parcc_nlp.cli.streams import complain, note, say, spoken
from parcc_nlp.errors import UsageError
from parcc_nlp.report.wording import words
from parcc_nlp.review.suppression import SIDECAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parcc_nlp.cli.inputs import Input, Inputs
    from parcc_nlp.cli.work import Outcome, Task

__all__ = ["Tally", "check_output", "deliver"]

_GRAVITY = ("error", "warning", "info")
_A_FILE_EACH = frozenset({"html", "docx"})
_BINARY = frozenset({"docx", "xlsx"})


@dataclass(slots=True)
class Tally:
    """What a run added up to."""

    documents: int = 0
    failures: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    pending: Counter[str] = field(default_factory=Counter)
    """The findings that the baseline has not."""

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self.documents += 1
        self.failures += outcome.error is not None
        self.findings.update(dict(outcome.counts))
        self.pending.update(dict(outcome.pending))

    def exit(self, fail_on: str) -> Exit:
        """Give the exit status: not examined before findings, so that it is never hidden."""
        if self.failures:
            return Exit.NOT_EXAMINED
        counted = _GRAVITY[: _GRAVITY.index(fail_on) + 1] if fail_on in _GRAVITY else ()
        return Exit.FINDINGS if any(self.pending[severity] for severity in counted) else Exit.DONE


def check_output(task: Task, inputs: Inputs, output: Path | None) -> bool:
    """Refuse, before any work is done, results that have no place to go.

    Returns
    -------
    bool
        Whether the output is a folder with a file a document: html or docx of several documents, of a folder, or into
        an existing folder.

    Raises
    ------
    UsageError
        E303: several documents as one json object. E307: several pages or Word files without a folder. E345: a Word
        file or workbook without a file. E308: the output is a folder, or a file where a folder is needed. E309: the
        output is one of the input files.
    """
    documents = inputs.documents
    count = len(documents)
    if task.format == "json" and count > 1:
        raise UsageError("E303", format="json", count=count)
    several = task.format in _A_FILE_EACH and (count > 1 or (inputs.folders and output is not None))
    if output is None:
        if several:
            raise UsageError("E307", count=count)
        if task.format in _BINARY:
            raise UsageError("E345", format=task.format)
        return False
    pages = several or (task.format in _A_FILE_EACH and output.is_dir())
    if output.exists() and output.is_dir() != pages:
        raise UsageError("E308", path=str(output), detail=os.strerror(errno.ENOTDIR if pages else errno.EISDIR))
    if not pages and any(one.data is None and _same(output, Path(one.name)) for one in documents):
        raise UsageError("E309", path=str(output))
    return pages


def deliver(
    task: Task, documents: Sequence[Input], outcomes: Iterable[Outcome], output: Path | None, *, pages: bool
) -> Tally:
    """Write every outcome where it belongs and complain of those that failed.

    Parameters
    ----------
    task, documents, outcomes
        What was asked for, of what, and what became of each, in the same order.
    output
        A file, a folder with a file a document, or None for standard output.
    pages
        Whether `output` is such a folder.

    Returns
    -------
    Tally
        What it adds up to.

    Raises
    ------
    UsageError
        E308: the output cannot be written.
    """
    tally = Tally()
    told = _told(task, outcomes, tally)
    try:
        if pages and output is not None:
            _pages(task, documents, told, output)
        elif task.format in _BINARY and output is not None:
            _binary(task, told, output)
        else:
            with _opened(output) as file:
                _stream(task, told, file, tally if task.format == "text" and len(documents) > 1 else None)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError("E308", path=str(output or "-"), detail=error.strerror or str(error)) from error
    return tally


def _told(task: Task, outcomes: Iterable[Outcome], tally: Tally) -> Iterator[Outcome]:
    """Count outcomes as they come in, and complain of those that failed."""
    for outcome in outcomes:
        if outcome.error is not None:
            complain(outcome.error)
        if outcome.idle:
            note(words("idle_decisions", task.lang, count=outcome.idle, path=outcome.name + SIDECAR))
        tally.add(outcome)
        yield outcome


def _stream(task: Task, outcomes: Iterable[Outcome], file: TextIO, tally: Tally | None) -> None:
    """Write outcomes one after the other, and what `tally` says at the end."""
    if task.format == "sarif":
        file.write(_sarif(task, outcomes))
        return
    for number, outcome in enumerate(outcomes):
        if task.format == "text" and outcome.body and number:
            file.write("\n")
        file.write(str(outcome.body))
        file.flush()
    if tally is not None:
        file.write("\n" + _summary(task, tally) + "\n")


def _sarif(task: Task, outcomes: Iterable[Outcome]) -> str:
    """Put the results of all documents into one log."""
    import json

    from parcc_nlp import __version__
    from parcc_nlp.report.sarif import sarif_log
    from parcc_nlp.review import rules

    told = list(outcomes)
    log = sarif_log(
        [json.loads(outcome.body) for outcome in told if outcome.body],
        rules=rules(),
        version=__version__,
        failures=[outcome.error for outcome in told if outcome.error is not None],
        lang=task.lang,
    )
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _binary(task: Task, outcomes: Iterable[Outcome], output: Path) -> None:
    """Write a workbook over all documents, or the one Word file."""
    if task.format == "xlsx":
        from parcc_nlp.report.workbook import findings_workbook
        from parcc_nlp.review import rules

        told = list(outcomes)
        content = findings_workbook(
            [(outcome.name, None, outcome.checked) for outcome in told if outcome.checked is not None],
            rules=rules(),
            failures=[(outcome.name, outcome.error.message(lang=task.lang)) for outcome in told if outcome.error],
            folder=str(output.parent),
            lang=task.lang,
        )
        output.write_bytes(content)
        return
    for outcome in outcomes:
        if isinstance(outcome.body, bytes):
            output.write_bytes(outcome.body)


def _pages(task: Task, documents: Sequence[Input], outcomes: Iterable[Outcome], folder: Path) -> None:
    """Write a file a document and, for html, an index that leads to them and names those that failed."""
    from parcc_nlp.report.html import IndexEntry, index_page

    entries: list[IndexEntry] = []
    folder.mkdir(parents=True, exist_ok=True)
    taken = {"index.html"} | {Path(one.name).name for one in documents if _same(folder, Path(one.name).parent)}
    for outcome in outcomes:
        page = None
        if outcome.error is None:
            page = _free_name(Path(outcome.name), task.format, taken)
            (folder / page).write_bytes(_encoded(outcome.body))
        failure = outcome.error.message(lang=task.lang) if outcome.error else None
        entries.append(
            IndexEntry(name=outcome.name, page=page, title=outcome.title, counts=outcome.counts, failure=failure)
        )
    if task.format == "html":
        index = index_page(entries, lang=task.lang, reviewed=task.verb == "check")
        (folder / "index.html").write_bytes(_encoded(index))


def _encoded(body: str | bytes) -> bytes:
    """Give the bytes of a file."""
    return body if isinstance(body, bytes) else body.encode("utf-8", errors="backslashreplace")


def _free_name(path: Path, form: str, taken: set[str]) -> str:
    """Name the file of a document, with a number where two documents have one name; a Word file keeps its own."""
    stem, suffix = (path.stem, ".docx") if form == "docx" else (path.name, ".html")
    candidate, number = f"{stem}{suffix}", 1
    while candidate in taken:
        number += 1
        candidate = f"{stem}-{number}{suffix}"
    taken.add(candidate)
    return candidate


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    """Open the output file, or take standard output."""
    if output is None:
        yield sys.stdout
        return
    with output.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        yield file


def _summary(task: Task, tally: Tally) -> str:
    """Say what the run added up to."""
    counts = {severity: tally.findings[severity] for severity in (*_GRAVITY, "unknown")}
    return words(f"summary_{task.verb}", task.lang, documents=tally.documents, failures=tally.failures, **counts)


def _same(one: Path, other: Path) -> bool:
    """Say whether two paths lead to one place."""
    return one.resolve() == other.resolve()


def announce(key: str) -> None:
    """Write a heading between the parts of an output."""
    title = words(key, spoken()).upper()
    say(f"{title}\n{'=' * len(title)}\n\n")
