"""Import tasks: every file that came in, its state, and what became of it.

A task is pending, started, and then done, a duplicate, failed (tried again later) or quarantined (kept, and not tried
again until an officer says so). A run that is killed leaves tasks started; `take_back` makes them pending again and
counts the interruption, so that a file that brings the machine down comes after all others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, or_, select, update

from parcc_nlp.errors import LibraryError
from parcc_nlp.library.schema import SEEN, TASK
from parcc_nlp.library.values import ImportTask, TaskState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection

    from parcc_nlp.library.recording import Arrival

__all__ = [
    "acknowledge",
    "claim",
    "counts",
    "fail",
    "finish",
    "give_bytes",
    "is_due",
    "next_due",
    "put_back",
    "put_off",
    "quarantine",
    "release",
    "seen",
    "seen_before",
    "states_of_kept",
    "submit",
    "submit_unread",
    "take_back",
    "task",
    "tasks",
]


_AT_ONCE = 500
"""Values in one question: databases bound their number."""


def submit(connection: Connection, arrival: Arrival) -> int:
    """Add a task for a file whose bytes are kept; give its id."""
    return _submitted(connection, arrival.name, arrival.origin, arrival.sha256, arrival.size, arrival.at)


def submit_unread(connection: Connection, *, name: str, origin: str, size: int, at: str) -> int:
    """Add a task for a file that cannot be read now, so that it is not forgotten; give its id."""
    return _submitted(connection, name, origin, None, size, at)


def give_bytes(connection: Connection, task_id: int, arrival: Arrival) -> None:
    """Note that the bytes of a file are kept which could not be read when its task was added."""
    values = {"sha256": arrival.sha256, "size": arrival.size}
    connection.execute(update(TASK).where(TASK.c.id == task_id).values(**values))


def seen(connection: Connection, path: str, *, size: int, modified_ns: int, task_id: int) -> None:
    """Note that a file of an inbox folder was taken in as it is now."""
    values = {"size": size, "modified_ns": modified_ns, "task_id": task_id}
    changed = connection.execute(update(SEEN).where(SEEN.c.path == path).values(**values))
    if not changed.rowcount:
        connection.execute(insert(SEEN).values(path=path, **values))


def seen_before(connection: Connection, paths: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    """Give the size, the time and the task with which files were taken in, for those that were."""
    found: dict[str, tuple[int, int, int]] = {}
    for some in _portions(paths):
        for row in connection.execute(select(SEEN).where(SEEN.c.path.in_(some))):
            found[row.path] = (row.size, row.modified_ns, row.task_id)
    return found


def states_of_kept(connection: Connection, task_ids: Sequence[int]) -> dict[int, TaskState]:
    """Give the states of those of some tasks whose files the library keeps."""
    found: dict[int, TaskState] = {}
    for some in _portions(task_ids):
        query = select(TASK.c.id, TASK.c.state).where(TASK.c.id.in_(some), TASK.c.sha256.is_not(None))
        found.update((row.id, row.state) for row in connection.execute(query))
    return found


def next_due(connection: Connection) -> str | None:
    """Give the moment when the next failed task is to be tried again."""
    moment: str | None = connection.scalar(select(func.min(TASK.c.due_at)).where(TASK.c.state == "failed"))
    return moment


def claim(connection: Connection, *, at: str, most: int) -> tuple[ImportTask, ...]:
    """Start the tasks that are due, those that were never interrupted first, in the order in which they came."""
    # Two questions, because each can be answered from an index, however many tasks are waiting.
    waiting = (TASK.c.state == "pending", (TASK.c.state == "failed") & (TASK.c.due_at <= at))
    first = select(TASK).order_by(TASK.c.interruptions, TASK.c.id).limit(most)
    due = [_task(row) for some in waiting for row in connection.execute(first.where(some))]
    found = tuple(sorted(due, key=_turn)[:most])
    if found:
        started = update(TASK).where(TASK.c.id.in_([one.id for one in found]))
        connection.execute(started.values(state="started", started_at=at, code=None, reason=None))
    return found


def is_due(connection: Connection, *, at: str) -> bool:
    """Say whether there is a task to start."""
    return connection.scalar(select(TASK.c.id).where(_due(at)).limit(1)) is not None


def take_back(connection: Connection) -> int:
    """Make tasks pending that a run left started; only for the one process that imports. Give how many there were."""
    values = {"state": "pending", "interruptions": TASK.c.interruptions + 1}
    return connection.execute(update(TASK).where(TASK.c.state == "started").values(**values)).rowcount


def put_back(connection: Connection, task_ids: Sequence[int]) -> None:
    """Make started tasks pending again that were interrupted and are not to blame for it."""
    values = {"state": "pending", "interruptions": TASK.c.interruptions + 1}
    for some in _portions(task_ids):
        started = (TASK.c.state == "started") & TASK.c.id.in_(some)
        connection.execute(update(TASK).where(started).values(**values))


def finish(  # noqa: PLR0913 - what became of a task is these things
    connection: Connection,
    task_id: int,
    state: TaskState,
    *,
    at: str,
    document_id: int | None = None,
    version_id: int | None = None,
    code: str | None = None,
    reason: str | None = None,
) -> None:
    """End a task as done or as a duplicate."""
    values = {"state": state, "document_id": document_id, "version_id": version_id, "code": code, "reason": reason}
    connection.execute(update(TASK).where(TASK.c.id == task_id).values(**values, finished_at=at, due_at=None))


def fail(connection: Connection, task_id: int, *, code: str, reason: str, due_at: str | None, at: str) -> None:  # noqa: PLR0913 - what became of a task is these things
    """Say why a file could not be imported: it is tried again at `due_at`, or for None kept in quarantine."""
    if due_at is None:
        quarantine(connection, task_id, code=code, reason=reason, at=at)
    else:
        put_off(connection, task_id, code=code, reason=reason, due_at=due_at)


def put_off(connection: Connection, task_id: int, *, code: str, reason: str, due_at: str) -> None:
    """Say that a task failed and when it is tried again."""
    values = {"state": "failed", "attempts": TASK.c.attempts + 1, "code": code, "reason": reason, "due_at": due_at}
    connection.execute(update(TASK).where(TASK.c.id == task_id).values(**values))


def quarantine(connection: Connection, task_id: int, *, code: str, reason: str, at: str) -> None:
    """Keep a file that cannot be imported, with the reason; it is not tried again by itself."""
    values = {"state": "quarantined", "code": code, "reason": reason, "finished_at": at, "due_at": None}
    connection.execute(update(TASK).where(TASK.c.id == task_id).values(**values, attempts=TASK.c.attempts + 1))


def release(connection: Connection, task_id: int) -> None:
    """Let a file that failed or is in quarantine be tried again.

    Raises
    ------
    LibraryError
        E513: there is no such task, or it waits for nothing.
    """
    waiting = (TASK.c.id == task_id) & TASK.c.state.in_(("failed", "quarantined"))
    values = {"state": "pending", "attempts": 0, "interruptions": 0, "due_at": None, "finished_at": None}
    if not connection.execute(update(TASK).where(waiting).values(**values)).rowcount:
        raise LibraryError("E513", task=task_id)


def acknowledge(connection: Connection, task_id: int, *, who: str | None, at: str) -> None:
    """Say that somebody has seen what became of a task.

    Raises
    ------
    LibraryError
        E513: there is no such task.
    """
    values = {"acknowledged_at": at, "acknowledged_by": who}
    if not connection.execute(update(TASK).where(TASK.c.id == task_id).values(**values)).rowcount:
        raise LibraryError("E513", task=task_id)


def task(connection: Connection, task_id: int) -> ImportTask:
    """Give a task.

    Raises
    ------
    LibraryError
        E513: there is none with this number.
    """
    row = connection.execute(select(TASK).where(TASK.c.id == task_id)).first()
    if row is None:
        raise LibraryError("E513", task=task_id)
    return _task(row)


def tasks(
    connection: Connection,
    *,
    states: Collection[TaskState] = (),
    acknowledged: bool | None = None,
    most: int | None = None,
) -> tuple[ImportTask, ...]:
    """List tasks, the newest first, in some states (all by default), acknowledged or not (both by default)."""
    query = select(TASK).order_by(TASK.c.id.desc())
    if states:
        query = query.where(TASK.c.state.in_(states))
    if acknowledged is not None:
        was = TASK.c.acknowledged_at
        query = query.where(was.is_not(None) if acknowledged else was.is_(None))
    return tuple(_task(row) for row in connection.execute(query.limit(most)))


def counts(connection: Connection) -> dict[TaskState, int]:
    """Count tasks by state."""
    rows = connection.execute(select(TASK.c.state, func.count()).group_by(TASK.c.state))
    return {row[0]: row[1] for row in rows}


def _turn(one: ImportTask) -> tuple[int, int]:
    return one.interruptions, one.id


def _task(row: Any) -> ImportTask:
    return ImportTask(**{name: getattr(row, name) for name in ImportTask.__slots__})


def _submitted(connection: Connection, name: str, origin: str | None, sha256: str | None, size: int, at: str) -> int:  # noqa: PLR0913, PLR0917 - what became of a task is these things
    values = {"name": name, "origin": origin, "sha256": sha256, "size": size, "submitted_at": at}
    begun = insert(TASK).values(**values, state="pending", attempts=0, interruptions=0)
    key = connection.execute(begun).inserted_primary_key
    return int(key[0]) if key else 0


def _due(at: str) -> ColumnElement[bool]:
    return or_(TASK.c.state == "pending", (TASK.c.state == "failed") & (TASK.c.due_at <= at))


def _portions(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
