"""The processes that examine files: a bounded number of files in each, and none that takes the others with it."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from parcc_nlp.errors import LibraryError, ReadError
from parcc_nlp.library.importing import worker
from parcc_nlp.library.importing.faults import fault_of, unexpected
from parcc_nlp.library.importing.worker import Job, Setting, Worked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


__all__ = ["Crew", "ProcessCrew"]

_DEEP = 2
"""Files in a process: one that it examines, and the next one, so that it need not wait for the writer."""
_SERVES = 500
"""After so many files a process is replaced: what a foreign library never gives back is given back then."""
_START_SECONDS = 180.0


class Crew(Protocol):
    """Who examines files."""

    def room(self) -> int:
        """Give how many files may be handed over now."""

    def submit(self, setting: Setting, job: Job) -> None:
        """Hand over a file."""

    def finished(self) -> Iterator[tuple[Job, Worked]]:
        """Give the files that were examined since this was last asked, and those that could not be."""

    def busy(self) -> int:
        """Give how many files are not given back yet."""

    def wait(self) -> float | None:
        """Give the seconds until something has to be looked at though no file is finished; None for nothing."""

    def close(self) -> None:
        """End it."""


class ProcessCrew:
    """Processes of this machine.

    Each is a pool of its own, so that a process that dies (out of memory, a crash in a foreign library) or hangs tells
    which file was in it; the file behind that one goes into a new process.

    Parameters
    ----------
    jobs
        How many processes.
    timeout
        Seconds after which a process that is still at one file is killed.
    wake
        Called, from another thread, when a file is finished.
    work
        What is done with a file.
    """

    def __init__(
        self,
        *,
        jobs: int,
        timeout: float,
        wake: Callable[[], None],
        work: Callable[[Setting, Job], Worked] = worker.do,
    ) -> None:
        self._timeout = timeout
        self._wake = wake
        self._work = work
        self._slots = [_Slot() for _ in range(max(1, jobs))]

    def room(self) -> int:
        """Give how many files may be handed over now."""
        return sum(slot.room() for slot in self._slots)

    def busy(self) -> int:
        """Give how many files are not given back yet."""
        return sum(len(slot.held) for slot in self._slots)

    def submit(self, setting: Setting, job: Job) -> None:
        """Hand over a file to the process with the fewest."""
        slot = min((one for one in self._slots if one.room()), key=_load)
        self._hand(slot, setting, job)

    def finished(self) -> Iterator[tuple[Job, Worked]]:
        """Give the files that were examined since this was last asked, and those that could not be.

        Raises
        ------
        LibraryError
            E523: no process can be started; no file is to blame for it.
        """
        for slot in self._slots:
            yield from self._of_slot(slot)

    def wait(self) -> float | None:
        """Give the seconds until a process is at one file for too long; None where none is at one."""
        now = time.monotonic()
        times = [slot.since + self._limit(slot) - now for slot in self._slots if slot.held]
        return max(min(times), 0.0) if times else None

    def close(self) -> None:
        """End the processes; what they are at is left."""
        for slot in self._slots:
            slot.end()

    def _hand(self, slot: _Slot, setting: Setting, job: Job) -> None:
        slot.take(self._work, setting, job).add_done_callback(self._tell)

    def _tell(self, _future: Future[Worked]) -> None:
        self._wake()

    def _limit(self, slot: _Slot) -> float:
        return self._timeout if slot.started() else _START_SECONDS

    def _of_slot(self, slot: _Slot) -> Iterator[tuple[Job, Worked]]:
        slot.note_start()
        while slot.held and slot.held[0].future.done():
            held = slot.held.popleft()
            slot.since = time.monotonic()
            error = held.future.exception()
            if isinstance(error, BrokenProcessPool):
                self._anew(slot)
                yield held.job, Worked(None, fault_of(ReadError("E398")))
            else:
                yield held.job, held.future.result() if error is None else Worked(None, unexpected(error))
        if slot.held and time.monotonic() - slot.since >= self._limit(slot):
            if not slot.started():
                raise LibraryError("E523")
            held = slot.held.popleft()
            self._anew(slot)
            yield held.job, Worked(None, fault_of(ReadError("E524", seconds=round(self._timeout))))

    def _anew(self, slot: _Slot) -> None:
        """Put another process in the place of one that died or hangs; the files behind the culprit go into it."""
        if not slot.started():
            raise LibraryError("E523")
        behind = tuple(slot.held)
        slot.replace()
        for held in behind:
            self._hand(slot, held.setting, held.job)


@dataclass(frozen=True, slots=True)
class _Held:
    setting: Setting
    job: Job
    future: Future[Worked]


class _Slot:
    """One process, with the files in it; the first of them is the one it is at."""

    def __init__(self) -> None:
        self.held: deque[_Held] = deque()
        self.since = time.monotonic()
        self._served = 0
        self._counted = False
        self._pool, self._pid = _process()

    def room(self) -> int:
        """Give how many more files may be put in; a process that served long enough is emptied and then replaced."""
        left = _SERVES - self._served
        if not self.held and left <= 0:
            left = _SERVES
        return min(_DEEP - len(self.held), left)

    def take(self, work: Callable[[Setting, Job], Worked], setting: Setting, job: Job) -> Future[Worked]:
        """Put a file in."""
        if not self.held and (self._served >= _SERVES or self._is_broken()):
            self.replace()
        if not self.held:
            self.since = time.monotonic()
        future = self._pool.submit(work, setting, job)
        self.held.append(_Held(setting, job, future))
        self._served += 1
        return future

    def started(self) -> bool:
        """Say whether the process has come up; its start is not counted against the first file."""
        return self._pid.done() and self._pid.exception() is None

    def note_start(self) -> None:
        """Count the time of the first file from the moment when the process had come up."""
        if not self._counted and self.started():
            self._counted = True
            self.since = time.monotonic()

    def replace(self) -> None:
        """End the process and begin another."""
        self.end()
        self.held.clear()
        self._pool, self._pid = _process()
        self._served, self._counted, self.since = 0, False, time.monotonic()

    def end(self) -> None:
        """Kill the process, whatever it is at."""
        if self.started():
            pid = self._pid.result()
            for child in multiprocessing.active_children():
                if child.pid == pid:
                    child.kill()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _is_broken(self) -> bool:
        """Say whether the process died with no file in it, of which nobody is told."""
        try:
            self._pool.submit(os.getpid)
        except BrokenProcessPool:
            return True
        return False


def _process() -> tuple[ProcessPoolExecutor, Future[int]]:
    """Start a process; the second value is there when it has come up."""
    pool = ProcessPoolExecutor(1, mp_context=_context(), initializer=worker.begin)
    return pool, pool.submit(os.getpid)


def _load(slot: _Slot) -> int:
    return len(slot.held)


def _context() -> multiprocessing.context.BaseContext:
    """Give the way to start processes: not by a copy of this one, which has threads whose locks would be copied held.

    Where there is a fork server it has the readers loaded, so that a process that has to be replaced is there at once.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["parcc_nlp.library.importing.worker"])
    return context
