"""What becomes of a file: what was found in it and the end of its task are written in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from parcc_nlp.errors import LibraryError, ParccError
from parcc_nlp.library import tasks
from parcc_nlp.library.importing.differing import note_other_text
from parcc_nlp.library.importing.faults import fault_of, next_try, unexpected
from parcc_nlp.library.importing.report import Became, Settled
from parcc_nlp.library.importing.wording import words
from parcc_nlp.library.recording import Arrival
from parcc_nlp.library.working import known, write

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from parcc_nlp.library.importing.faults import Fault
    from parcc_nlp.library.importing.settings import ImportSettings
    from parcc_nlp.library.importing.worker import Worked
    from parcc_nlp.library.library import Library
    from parcc_nlp.library.values import ImportTask
    from parcc_nlp.library.working import Work, Written

__all__ = ["settle", "settle_fault", "settle_known"]


def settle(library: Library, task: ImportTask, worked: Worked, settings: ImportSettings) -> Settled:
    """Write what a worker made of a file and end its task.

    Raises
    ------
    LibraryError
        E504: the database takes nothing any more, not even that the task failed.
    """
    if worked.work is None:
        fault = worked.fault or unexpected(RuntimeError("no result"))
        return settle_fault(library, task, fault, settings)
    try:
        with library.writing() as connection:
            return _written(connection, task, worked.work, at=library.now())
    except OperationalError as error:
        fault = fault_of(LibraryError("E525", detail=str(error.orig)))
    except ParccError as error:
        fault = fault_of(error)
    except Exception as error:  # noqa: BLE001 - a text that the database cannot hold, a defect: the others must go on
        fault = unexpected(error)
    return settle_fault(library, task, fault, settings)


def settle_known(connection: Connection, task: ImportTask, *, at: str) -> Settled | None:
    """End the task of a file whose bytes the library has, without examining them again."""
    before = known(connection, task.sha256) if task.sha256 else None
    return None if before is None else _end(connection, task, before, outcome="duplicate", reason="same_file", at=at)


def settle_fault(library: Library, task: ImportTask, fault: Fault, settings: ImportSettings) -> Settled:
    """Put a task off, or into quarantine where another try would be of no use or there were enough of them.

    Raises
    ------
    LibraryError
        E504: the database does not take it.
    """
    now = library.now()
    due_at = next_try(fault, attempts=task.attempts, now=now, settings=settings)
    try:
        with library.writing() as connection:
            tasks.fail(connection, task.id, code=fault.code, reason=fault.reason, due_at=due_at, at=now)
    except SQLAlchemyError as error:
        raise LibraryError("E504", detail=str(getattr(error, "orig", error))) from error
    became: Became = "failed" if due_at else "quarantined"
    return Settled(task.id, task.name, task.origin, became, fault.code, fault.reason, due_at=due_at)


def _written(connection: Connection, task: ImportTask, work: Work, *, at: str) -> Settled:
    before = settle_known(connection, task, at=at)
    if before is not None:
        return before
    arrival = Arrival(task.sha256 or "", task.size or 0, task.name, task.origin, at)
    done = write(connection, work, arrival)
    if done.recorded is None:
        return _end(connection, task, done, outcome="filed", reason="filed", at=at)
    if done.recorded.was_issued:
        note_other_text(connection, done.recorded, at=at)
    outcome = done.recorded.outcome
    return _end(connection, task, done, outcome=outcome, reason="same_text" if outcome == "duplicate" else None, at=at)


def _end(  # noqa: PLR0913 - what became of a task is these things
    connection: Connection, task: ImportTask, done: Written, *, outcome: Became, reason: str | None, at: str
) -> Settled:
    told = [words(reason)] if reason else []
    if done.waiting:
        told.append(words("message_waits", keys="; ".join(done.waiting)))
    said = " ".join(told) or None
    tasks.finish(
        connection,
        task.id,
        "duplicate" if outcome == "duplicate" else "done",
        at=at,
        document_id=done.about,
        version_id=done.recorded.version_id if done.recorded else None,
        reason=said,
    )
    return Settled(task.id, task.name, task.origin, outcome, None, said, document_id=done.about)
