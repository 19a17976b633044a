"""One run over any number of files: what is done already is found, the rest is examined and written."""

from __future__ import annotations

import errno
import os
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import parcc_nlp
from parcc_nlp.errors import UsageError
from parcc_nlp.library.batch.engines import Machines, started
from parcc_nlp.library.batch.inputs import found_in
from parcc_nlp.library.batch.journal import Journal, Parameters
from parcc_nlp.library.batch.parquet import clear_away, needed, part_path, write_part
from parcc_nlp.library.batch.work import Chunk, Setting, crashed, done_with, examine_chunk, examine_rows, opened
from parcc_nlp.registry.registry import user_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from parcc_nlp.library.batch.engines import Engine
    from parcc_nlp.library.batch.tables import Rows
    from parcc_nlp.library.batch.work import Done

__all__ = ["BatchSummary", "run_batch"]

_CHUNK = 200  # some seconds of work: little is done twice after a kill, and a million files make 5,000 parts


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What a run adds up to, its earlier starts included.

    `files` are all its inputs: each is one of `documents` or of `errors`. `findings` counts them by severity. `chunks`
    is how many there are, `taken_over` how many of them an earlier start had finished, and `changed` how many files
    are new, gone or other than when the run was started: new ones are not in it.
    """

    output: Path
    files: int
    documents: int
    errors: int
    findings: tuple[tuple[str, int], ...]
    chunks: int
    taken_over: int = 0
    changed: int = 0


def run_batch(  # noqa: PLR0913 - every option is keyword-only and has a working default
    paths: Sequence[str | Path] = (),
    *,
    output: str | Path,
    listed: str | None = None,
    engine: str = "local",
    scheduler: str | None = None,
    jobs: int | None = None,
    registry: str | Path | None = None,
    today: date | None = None,
    chunk: int | None = None,
    fresh: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> BatchSummary:
    """Examine any number of files and write what was found as Parquet, one folder a table.

    A run that ended in the middle, however it ended, goes on when it is started again with the same output folder:
    what is finished is not done again, and the rows at the end are those of a run that was never stopped. Its list of
    files is the one that was made when it was started first. A file that cannot be examined, or that takes its process
    down, becomes a row in ``errors``.

    Parameters
    ----------
    paths
        Files, and folders that are searched with all below them.
    output
        The folder for the results: an empty one, a new one, or that of the same run.
    listed
        A text file with a path a line, or ``-`` for standard input.
    engine
        ``"local"`` (processes of this machine), ``"dask"`` (a Dask cluster), or one added by `register_engine`.
    scheduler
        The address of the Dask scheduler.
    jobs
        How many processes, or chunks at a time in the cluster; as many as the machine or the cluster has room for by
        default. The rows do not depend on it.
    registry
        A registry file or folder, or ``"shipped"``; by default the user's own file, else the shipped data.
    today
        The day of the reviews; by default the one the run was started with, else that of the computer's clock.
    chunk
        How many files make a part file; by default the number the run was started with, else 200.
    fresh
        Whether to begin anew and remove what another run left in the folder.
    progress
        Called with the number of files done and of all files, whenever a chunk is done.

    Returns
    -------
    BatchSummary

    Raises
    ------
    UsageError
        E308, E312, E456, E457: the output, the scheduler, the engine or the input is not right. E451, E454: the folder
        is not free. E452: the run in it was started otherwise. E453: it is complete, and there are other files now.
    LibraryError
        E450: a library is not installed. E455, E458, E459: there is nobody to do the work.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     run_batch([], output=folder)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    parcc_nlp.errors.UsageError: Không có tệp nào để xử lý. ... [E457]
    """
    needed("pyarrow.parquet")
    machines = started(engine, Machines(scheduler=scheduler, jobs=jobs))
    named = tuple(str(path) for path in paths)
    known = _registry_file(registry)
    with Journal(Path(output)) as journal:
        before = None if fresh else journal.parameters
        if not journal.look(found_in(named, listed=listed)):
            raise UsageError("E457")
        parameters = Parameters(
            package=parcc_nlp.__version__,
            registry=opened(known).version,
            today=today.isoformat() if today else before.today if before else _this_day(),
            chunk=chunk or (before.chunk if before else _CHUNK),
            paths=named,
            listed=listed,
        )
        if before is None:
            journal.begin(parameters)
        else:
            _same(before, parameters, journal.output)
        changed = journal.changes() if before else 0
        setting = Setting(known, parameters.registry, parameters.package, parameters.today)
        summary = _gone_on(journal, machines, setting, parameters.chunk, progress or _nothing)
        if changed and summary.taken_over == summary.chunks:
            raise UsageError("E453", path=str(output), count=changed)
        return replace(summary, changed=changed)


def _gone_on(
    journal: Journal, machines: Engine, setting: Setting, size: int, progress: Callable[[int, int], None]
) -> BatchSummary:
    """Do the chunks of a run that are not done yet."""
    files = journal.files
    chunks = -(-files // size)
    try:
        taken_over = journal.check_parts()
        clear_away(journal.output, keep=taken_over)
        if len(taken_over) < chunks:
            with machines:
                _do(journal, machines, setting, journal.waiting(size, done=taken_over), progress)
    except OSError as error:
        detail = os.strerror(error.errno or errno.EIO)
        raise UsageError("E308", path=str(journal.output), detail=detail) from error
    totals = journal.totals()
    return BatchSummary(
        output=journal.output,
        files=files,
        documents=totals.documents,
        errors=totals.errors,
        findings=totals.findings,
        chunks=chunks,
        taken_over=len(taken_over),
    )


def _do(
    journal: Journal,
    engine: Engine,
    setting: Setting,
    chunks: Iterable[Chunk],
    progress: Callable[[int, int], None],
) -> None:
    """Do chunks; those whose process died are done file by file when all others are done."""
    totals = journal.totals()
    count, files = totals.documents + totals.errors, journal.files
    progress(count, files)
    for done in _results(engine, setting, chunks):
        for table, content in done.parts.items():
            write_part(part_path(journal.output, table, done.chunk), content)
        journal.finish(done)
        count += done.documents + done.errors
        progress(count, files)


def _results(engine: Engine, setting: Setting, chunks: Iterable[Chunk]) -> Iterator[Done]:
    """Give what comes of the chunks, in any order."""
    died: list[Chunk] = []
    for chunk, done in engine.run(examine_chunk, setting, chunks):
        if done is None:
            died.append(chunk)
        else:
            yield done
    for chunk in died:
        yield done_with(chunk.number, _one_by_one(engine, setting, chunk))


def _one_by_one(engine: Engine, setting: Setting, chunk: Chunk) -> Iterator[Rows]:
    """Examine the files of a chunk alone, so that the one that takes its process down takes nothing with it."""
    files = (Chunk(chunk.number, number, (path,)) for number, path in enumerate(chunk.paths, start=chunk.first))
    for file, rows in engine.run(examine_rows, setting, files, alone=True):  # one at a time: in their order
        yield rows[0] if rows else crashed(file.paths[0], number=file.first)


def _same(before: Parameters, now: Parameters, output: Path) -> None:
    """Refuse to go on with a run that was started otherwise: its rows would come from two settings."""
    then, wanted = asdict(before), asdict(now)
    for name, value in then.items():
        if wanted[name] != value:
            raise UsageError("E452", path=str(output), name=name, before=_told(value), now=_told(wanted[name]))


def _told(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _registry_file(named: str | Path | None) -> str | None:
    """Give the registry as it is told to other processes, which may have another environment: a full path, or None."""
    if named is not None and str(named) == "shipped":
        return None
    path = Path(named) if named is not None else user_file()
    return str(path.absolute()) if path else None


def _this_day() -> str:
    return date.today().isoformat()  # noqa: DTZ011 - the day where the office is


def _nothing(_done: int, _of: int) -> None:
    """Tell nobody."""
