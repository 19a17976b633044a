"""One run over what the command line names: gather, examine, deliver, exit status."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from parcc_nlp.cli.batch import examine_all, examine_together, progress
from parcc_nlp.cli.delivery import check_output, deliver
from parcc_nlp.cli.inputs import gather
from parcc_nlp.cli.streams import complain, note
from parcc_nlp.report.wording import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from parcc_nlp.cli.exits import Exit
    from parcc_nlp.cli.work import Outcome, Task

__all__ = ["run"]


def run(task: Task, names: list[str], *, output: Path | None, jobs: int, fail_on: str, together: bool = False) -> Exit:
    """Do `task` with every file and folder named.

    Parameters
    ----------
    task
        What is done with each document.
    names
        Files, folders, or ``-``.
    output
        Where results go; standard output if None.
    jobs
        How many processes to use.
    fail_on
        The lowest severity that ends the command with status 1, or ``"never"``.
    together
        Whether the documents are compared with each other: then all are read before the first is reviewed.

    Returns
    -------
    Exit
        The exit status of the command.

    Raises
    ------
    UsageError
        E303, E307, E308, E309, E345: the results have no place to go.
    """
    inputs = gather(names)
    documents = inputs.documents
    pages = check_output(task, inputs, output)
    for error in inputs.barren:
        complain(error)
    if inputs.passed_over:
        note(words("passed_over", task.lang, count=inputs.passed_over))
    elsewhere = output is not None or not sys.stdout.isatty()
    shown = len(documents) > 1 and elsewhere and sys.stderr.isatty()
    with progress(words("progress", task.lang), len(documents), shown=shown) as advance:
        examined = (examine_together if together else examine_all)(task, documents, jobs=jobs)
        tally = deliver(task, documents, _counted(examined, advance), output, pages=pages)
    tally.failures += len(inputs.barren)
    return tally.exit(fail_on)


def _counted(outcomes: Iterable[Outcome], advance: Callable[[], None]) -> Iterator[Outcome]:
    """Move the progress bar as outcomes come in."""
    for outcome in outcomes:
        advance()
        yield outcome
