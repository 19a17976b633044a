"""Many documents, one after the other or over several processes, their outcomes in the order of the input."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from parcc_nlp.cli.known import registry as known
from parcc_nlp.cli.work import Outcome, compare, examine, failed, prepare
from parcc_nlp.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from parcc_nlp.cli.inputs import Input
    from parcc_nlp.cli.work import Task

__all__ = ["examine_all", "examine_together", "progress"]

_CHUNKS_A_WORKER = 8  # small enough to keep every worker busy to the end, large enough not to pay for every document


def examine_all(task: Task, documents: Sequence[Input], *, jobs: int = 1) -> Iterator[Outcome]:
    """Examine documents and give their outcomes in input order, as they are ready.

    Parameters
    ----------
    task
        What is done with each.
    documents
        What to examine.
    jobs
        How many processes to use.

    Yields
    ------
    Outcome
        One for every document, whatever becomes of the others.
    """
    if jobs <= 1 or len(documents) <= 1:
        yield from map(partial(examine, task), documents)
        return
    prepare(task)
    done = 0
    try:
        with ProcessPoolExecutor(min(jobs, len(documents))) as pool:
            chunk = max(1, len(documents) // (jobs * _CHUNKS_A_WORKER))
            for outcome in pool.map(partial(examine, task), documents, chunksize=chunk):
                done += 1
                yield outcome
    except BrokenProcessPool:
        # One document took its process down (out of memory, a crash in a foreign library): find it, spare the rest.
        for document in documents[done:]:
            yield _alone(task, document)


def examine_together(task: Task, documents: Sequence[Input], *, jobs: int = 1) -> Iterator[Outcome]:
    """Examine documents that are compared with each other: read them all, then review each beside the others.

    Parameters are those of `examine_all`; only the reading is spread over processes.

    Yields
    ------
    Outcome
        One for every document, in input order.
    """
    from parcc_nlp.api import together

    gathered = list(examine_all(replace(task, verb="gather"), documents, jobs=jobs))
    lot = together(
        (outcome.gathered.extraction for outcome in gathered if outcome.gathered), registry=known(task.registry)
    )
    resolved = iter(lot.documents)
    for document, outcome in zip(documents, gathered, strict=True):
        if outcome.gathered is None:
            yield outcome
        else:
            yield compare(task, document, replace(outcome.gathered, extraction=next(resolved)), lot)


def _alone(task: Task, document: Input) -> Outcome:
    """Examine one document in a process of its own that may die."""
    try:
        with ProcessPoolExecutor(1) as pool:
            return pool.submit(examine, task, document).result()
    except BrokenProcessPool:
        return failed(task, document, ReadError("E398", path=document.name))


@contextmanager
def progress(title: str, total: int, *, shown: bool) -> Iterator[Callable[[], None]]:
    """Give a function to call after every document; it moves a bar on the error stream where one is to be shown."""
    if not shown:
        yield _nothing
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        yield partial(bar.advance, bar.add_task(title, total=total))


def _nothing() -> None:
    """Move no bar."""
