"""``parcc batch``: run, show how far it is, tell what it came to."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from parcc_nlp.api import day
from parcc_nlp.cli.exits import Exit
from parcc_nlp.cli.streams import say, spoken
from parcc_nlp.library.batch.run import run_batch
from parcc_nlp.library.batch.telling import batch_words, summary_text
from parcc_nlp.report.wording import legible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["run_and_tell"]


def run_and_tell(files: list[str], *, output: Path, today: str | None, **options: Any) -> Exit:
    """Run a batch and write what it came to.

    Parameters
    ----------
    files, output, options
        As for `run_batch`.
    today
        A day as it is written on a command line.

    Returns
    -------
    Exit
        2 where a file could not be examined.

    Raises
    ------
    UsageError
        E301: the day is none. For the others see `run_batch`.
    """
    on = date.fromisoformat(day(today)) if today else None
    lang = spoken()
    with _progress(batch_words("progress", lang), shown=sys.stderr.isatty()) as moved:
        summary = run_batch(files, output=output, today=on, progress=moved, **options)
    say(legible(summary_text(summary, lang=lang)))
    return Exit.NOT_EXAMINED if summary.errors else Exit.DONE


@contextmanager
def _progress(title: str, *, shown: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function that moves a bar on the error stream, where one is to be shown."""
    if not shown:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        yield partial(_moved, bar, bar.add_task(title, total=None))


def _moved(bar: Any, task: Any, done: int, of: int) -> None:
    bar.update(task, completed=done, total=of)
