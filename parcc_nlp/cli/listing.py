"""``parcc targets`` and ``parcc tasks``: one list over all documents named."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parcc_nlp.cli.batch import examine_all, progress
from parcc_nlp.cli.exits import Exit
from parcc_nlp.cli.inputs import gather
from parcc_nlp.cli.streams import complain, note, say
from parcc_nlp.cli.work import LISTED
from parcc_nlp.errors import UsageError
from parcc_nlp.report.lists import grouped
from parcc_nlp.report.wording import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcc_nlp.cli.inputs import Inputs
    from parcc_nlp.cli.work import Outcome, Task
    from parcc_nlp.report.lists import By, Group, Kind, Line

__all__ = ["run_list"]

# Excel takes a CSV file for UTF-8 only where it begins with this mark.
_MARK = "\ufeff"


def run_list(task: Task, names: list[str], *, form: str, by: By | None, output: Path | None, jobs: int) -> Exit:
    """List the targets or tasks of every file and folder named.

    Parameters
    ----------
    task
        What is done with each document; its verb says what is listed.
    names
        Files, folders, or ``-``.
    form
        ``"text"``, ``"csv"``, ``"json"`` or ``"xlsx"``.
    by
        What the list is grouped by.
    output
        Where it goes; standard output if None.
    jobs
        How many processes to use.

    Returns
    -------
    Exit
        DONE, or NOT_EXAMINED where a document could not be examined.

    Raises
    ------
    UsageError
        E308, E309, E320: the list has no place to go.
    """
    kind = LISTED[task.verb]
    inputs = gather(names)
    _check_output(inputs, form, output)
    for error in inputs.barren:
        complain(error)
    if inputs.passed_over:
        note(words("passed_over", task.lang, count=inputs.passed_over))
    listed: list[Line] = []
    failed: list[Outcome] = []
    shown = len(inputs.documents) > 1 and sys.stderr.isatty()
    with progress(words("progress", task.lang), len(inputs.documents), shown=shown) as advance:
        for outcome in examine_all(task, inputs.documents, jobs=jobs):
            advance()
            listed += outcome.lines
            if outcome.error is not None:
                failed.append(outcome)
    for outcome in failed:
        if outcome.error is not None:
            complain(outcome.error)
    groups = grouped(listed, by, task.lang)
    _deliver(_written(groups, kind, form, failed, task), form, output)
    return Exit.NOT_EXAMINED if failed or inputs.barren else Exit.DONE


def _check_output(inputs: Inputs, form: str, output: Path | None) -> None:
    """Refuse, before any work is done, a list that has no place to go."""
    if output is None:
        if form == "xlsx":
            raise UsageError("E320")
        return
    if output.is_dir():
        raise UsageError("E308", path=str(output), detail=os.strerror(errno.EISDIR))
    if any(one.data is None and Path(one.name).resolve() == output.resolve() for one in inputs.documents):
        raise UsageError("E309", path=str(output))


def _written(groups: Sequence[Group], kind: Kind, form: str, failed: Sequence[Outcome], task: Task) -> str | bytes:
    """Write the list in the format asked for."""
    from parcc_nlp.report.list_files import list_csv, list_json, list_xlsx

    if form == "xlsx":
        return list_xlsx(groups, kind, lang=task.lang)
    if form == "csv":
        return list_csv(groups, kind, lang=task.lang)
    if form == "json":
        return list_json(groups, kind, failures=[_failure(outcome, task) for outcome in failed])
    from parcc_nlp.report.list_text import list_text

    return list_text(groups, kind, lang=task.lang, width=task.terminal.width, colour=task.terminal.colour)


def _failure(outcome: Outcome, task: Task) -> dict[str, Any]:
    from parcc_nlp.contract import error_to_dict

    error = outcome.error
    if error is None:
        return {}
    path = error.path or outcome.name
    return error_to_dict(error.code, path=path, place=error.place, message=error.message(lang=task.lang))


def _deliver(content: str | bytes, form: str, output: Path | None) -> None:
    """Write the list to its file or to standard output."""
    if output is None:
        say(content if isinstance(content, str) else "")
        return
    if isinstance(content, str):
        content = (_MARK * (form == "csv") + content).encode("utf-8", errors="backslashreplace")
    try:
        output.write_bytes(content)
    except OSError as error:
        raise UsageError("E308", path=str(output), detail=error.strerror or str(error)) from error
