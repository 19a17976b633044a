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
from parcc_nlp.cli.streams import complain, say, spoken
from parcc_nlp.errors import UsageError
from parcc_nlp.report.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parcc_nlp.cli.inputs import Input, Inputs
    from parcc_nlp.cli.work import Outcome, Task

__all__ = ["Tally", "check_output", "deliver"]

_GRAVITY = ("error", "warning", "info")


@dataclass(slots=True)
class Tally:
    """What a run added up to."""

    documents: int = 0
    failures: int = 0
    findings: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self.documents += 1
        self.failures += outcome.error is not None
        self.findings.update(dict(outcome.counts))

    def exit(self, fail_on: str) -> Exit:
        """Give the exit status: not examined before findings, so that it is never hidden."""
        if self.failures:
            return Exit.NOT_EXAMINED
        counted = _GRAVITY[: _GRAVITY.index(fail_on) + 1] if fail_on in _GRAVITY else ()
        return Exit.FINDINGS if any(self.findings[severity] for severity in counted) else Exit.DONE


def check_output(task: Task, inputs: Inputs, output: Path | None) -> bool:
    """Refuse, before any work is done, results that have no place to go.

    Returns
    -------
    bool
        Whether the output is a folder of pages: html of several documents, of a folder, or into an existing folder.

    Raises
    ------
    UsageError
        E303: several documents as one json object. E307: several html pages without a folder. E308: the output is a
        folder, or a file where a folder is needed. E309: the output is one of the input files.
    """
    documents = inputs.documents
    count = len(documents)
    if task.format == "json" and count > 1:
        raise UsageError("E303", format="json", count=count)
    several = task.format == "html" and (count > 1 or (inputs.folders and output is not None))
    if output is None:
        if several:
            raise UsageError("E307", count=count)
        return False
    pages = several or (task.format == "html" and output.is_dir())
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
        A file, a folder of pages, or None for standard output.
    pages
        Whether `output` is a folder of pages.

    Returns
    -------
    Tally
        What it adds up to.

    Raises
    ------
    UsageError
        E308: the output cannot be written.
    """
    try:
        if pages and output is not None:
            return _pages(task, documents, outcomes, output)
        with _opened(output) as file:
            return _stream(task, outcomes, file, summed=task.format == "text" and len(documents) > 1)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError("E308", path=str(output or "-"), detail=error.strerror or str(error)) from error


def _stream(task: Task, outcomes: Iterable[Outcome], file: TextIO, *, summed: bool) -> Tally:
    """Write outcomes one after the other."""
    tally = Tally()
    for outcome in outcomes:
        if outcome.error is not None:
            complain(outcome.error)
        if task.format == "text" and outcome.body and tally.documents:
            file.write("\n")
        file.write(outcome.body)
        file.flush()
        tally.add(outcome)
    if summed:
        file.write("\n" + _summary(task, tally) + "\n")
    return tally


def _pages(task: Task, documents: Sequence[Input], outcomes: Iterable[Outcome], folder: Path) -> Tally:
    """Write one page a document and an index that leads to them; a document that failed stands in the index."""
    from parcc_nlp.report.html import IndexEntry, index_page

    tally = Tally()
    entries: list[IndexEntry] = []
    folder.mkdir(parents=True, exist_ok=True)
    taken = {"index.html"} | {Path(one.name).name for one in documents if _same(folder, Path(one.name).parent)}
    for outcome in outcomes:
        page = None
        if outcome.error is not None:
            complain(outcome.error)
        else:
            page = _free_name(Path(outcome.name).name, taken)
            (folder / page).write_text(outcome.body, encoding="utf-8", errors="backslashreplace")
        failure = outcome.error.message(lang=task.lang) if outcome.error else None
        entries.append(
            IndexEntry(name=outcome.name, page=page, title=outcome.title, counts=outcome.counts, failure=failure)
        )
        tally.add(outcome)
    index = index_page(entries, lang=task.lang, reviewed=task.verb == "check")
    (folder / "index.html").write_text(index, encoding="utf-8", errors="backslashreplace")
    return tally


def _free_name(name: str, taken: set[str]) -> str:
    """Name the page of a file, with a number where two files have one name."""
    candidate, number = f"{name}.html", 1
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}.html"
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
