"""Taking files in: the bytes are kept first, then one transaction adds the tasks and notes that the files were seen.

So a run that is killed in between has at worst kept bytes that no task speaks of; the file is still there and not seen,
and the next look takes it.
"""

from __future__ import annotations

import os
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from parcc_nlp.errors import LibraryError, ReadError
from parcc_nlp.library import tasks
from parcc_nlp.library.importing.faults import Fault, fault_of, next_try
from parcc_nlp.library.importing.scanning import Sighting, look_through
from parcc_nlp.library.importing.settling import Settling
from parcc_nlp.library.recording import Arrival, store_original
from parcc_nlp.read.dispatch import file_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

    from parcc_nlp.library.importing.settings import ImportSettings
    from parcc_nlp.library.importing.settling import Ripe
    from parcc_nlp.library.library import Library

__all__ = ["Intake", "Taken", "arrival_from"]

_AT_ONCE = 32
"""Files taken in one transaction, and between two looks at the workers."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that now has a task; `fault` says why it has no bytes, `quarantined` whether it is not tried again."""

    task_id: int
    sighting: Sighting
    fault: Fault | None = None
    quarantined: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """A file with its bytes kept, or the reason why there are none."""

    sighting: Sighting
    arrival: Arrival | None
    fault: Fault | None = None


class Intake:
    """The inbox folders of one run.

    Parameters
    ----------
    library
        Where the files go.
    places
        Folders, and files that are named themselves.
    settings
        When a file is taken.
    monotonic, wall
        What tells the time.
    """

    def __init__(
        self,
        library: Library,
        places: Sequence[Path],
        settings: ImportSettings,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._library = library
        self._places = tuple(places)
        self._settings = settings
        self._monotonic = monotonic
        self._wall = wall
        self._settling = Settling(settle=settings.settle, patience=settings.patience, empty=settings.empty)
        self._ripe: deque[Ripe] = deque()
        self._known: dict[str, tuple[int, int, int]] = {}
        self.closed: tuple[str, ...] = ()

    @property
    def ripe(self) -> int:
        """How many files wait to be taken in."""
        return len(self._ripe)

    @property
    def settling(self) -> int:
        """How many files may be whole soon."""
        return self._settling.may_settle

    @property
    def waiting(self) -> int:
        """How many files are waited for, those among them that may never become whole."""
        return len(self._settling)

    def wait(self) -> float | None:
        """Give the seconds until another look may find a whole file; None where nothing is waited for."""
        return self._settling.wait(now=self._monotonic())

    def look(self) -> tuple[tuple[Sighting, int], ...]:
        """Look through the folders; give the files that were taken in before, as they are, with their tasks."""
        seen = look_through(self._places, recursive=self._settings.recursive, left_out=self._settings.left_out())
        self.closed = tuple(seen.closed)
        self._learn(seen.sightings)
        queued = {one.sighting.key for one in self._ripe}
        new, known = [], []
        for one in seen.sightings:
            size, modified_ns, task_id = self._known.get(one.key, (-1, -1, 0))
            if (size, modified_ns) == (one.size, one.modified_ns):
                known.append((one, task_id))
            elif one.key not in queued:
                new.append(one)
        self._ripe.extend(self._settling.look(new, now=self._monotonic(), wall=self._wall()))
        return tuple(known)

    def take(self) -> tuple[Taken, ...]:
        """Take in some of the files that are ripe.

        Raises
        ------
        LibraryError
            E505: their bytes cannot be kept. Nothing is lost: they stand in the folder, and are not seen.
        """
        some = [self._ripe.popleft() for _ in range(min(_AT_ONCE, len(self._ripe)))]
        read = [one for one in map(self._read, some) if one is not None]
        if not read:
            return ()
        with self._library.writing() as connection:
            taken = tuple(self._submit(connection, one) for one in read)
        for one in taken:
            self._known[one.sighting.key] = (one.sighting.size, one.sighting.modified_ns, one.task_id)
        return taken

    def _learn(self, sightings: Sequence[Sighting]) -> None:
        """Ask the library of files not asked before, and forget those that are gone."""
        there = {one.key for one in sightings}
        for key in [key for key in self._known if key not in there]:
            del self._known[key]
        asked = [one.key for one in sightings if one.key not in self._known]
        if asked:
            with self._library.reading() as connection:
                self._known.update(tasks.seen_before(connection, asked))

    def _read(self, ripe: Ripe) -> _Read | None:
        """Keep the bytes of a file; None where it is gone or somebody is writing to it after all."""
        seen = ripe.sighting
        if ripe.code is not None:
            minutes = round(self._settings.patience / 60)
            return _Read(seen, None, fault_of(LibraryError(ripe.code, minutes=minutes)))
        try:
            arrival = arrival_from(self._library, seen.path, name=Path(seen.key).name, origin=seen.key)
            after = os.stat(seen.path)  # noqa: PTH116 - the path is text
        except ReadError as error:
            return None if error.code == "E102" else _Read(seen, None, fault_of(error))
        except FileNotFoundError:  # it went away; its bytes are kept, and nothing speaks of them
            return None
        if (after.st_size, after.st_mtime_ns) != (seen.size, seen.modified_ns) or arrival.size != seen.size:
            return None
        return _Read(seen, arrival)

    def _submit(self, connection: Connection, read: _Read) -> Taken:
        """Add the task of a file and note that the file was seen, in a transaction of the caller."""
        seen, arrival, fault = read.sighting, read.arrival, read.fault
        quarantined = False
        if arrival is not None:
            store_original(connection, arrival)
            task_id = tasks.submit(connection, arrival)
        else:
            now = self._library.now()
            task_id = tasks.submit_unread(connection, name=Path(seen.key).name, origin=seen.key, size=seen.size, at=now)
        if fault is not None:
            due_at = next_try(fault, attempts=0, now=now, settings=self._settings)
            quarantined = due_at is None
            tasks.fail(connection, task_id, code=fault.code, reason=fault.reason, due_at=due_at, at=now)
        tasks.seen(connection, seen.key, size=seen.size, modified_ns=seen.modified_ns, task_id=task_id)
        return Taken(task_id, seen, fault, quarantined)


def arrival_from(library: Library, path: str, *, name: str, origin: str | None) -> Arrival:
    """Read a file and keep its bytes.

    Raises
    ------
    ReadError
        It cannot be read (`parcc_nlp.read.dispatch.file_bytes`).
    LibraryError
        E505: its bytes cannot be kept.
    """
    return library.arrival(file_bytes(Path(path)), name=name, origin=origin)
