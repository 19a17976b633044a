"""The engine ``local``: processes of this machine, one chunk in each at a time."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from typing import TYPE_CHECKING, Self, TypeVar

from parcc_nlp.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.context import BaseContext
    from types import TracebackType

    from parcc_nlp.library.batch.work import Chunk, Setting

__all__ = ["LocalEngine"]

Result = TypeVar("Result")

_CHUNKS_A_PROCESS = 64
"""After so many chunks a process is replaced: what a foreign library never gives back is given back then."""


class LocalEngine:
    """Processes of this machine.

    Each is a pool of its own with one chunk in it. So a process that dies (out of memory, a crash in a foreign
    library) tells which chunk was in it, and takes no other with it.

    Parameters
    ----------
    jobs
        How many processes; as many as there are processors by default.
    """

    def __init__(self, *, jobs: int | None = None) -> None:
        self._jobs = jobs or os.cpu_count() or 1
        self._slots: list[_Slot] = []

    def __enter__(self) -> Self:
        self._slots = [_Slot() for _ in range(self._jobs)]
        for slot in self._slots:
            slot.check()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for slot in self._slots:
            slot.close(now=kind is not None)
        self._slots = []

    def run(
        self,
        work: Callable[[Setting, Chunk], Result],
        setting: Setting,
        chunks: Iterable[Chunk],
        *,
        alone: bool = False,
    ) -> Iterator[tuple[Chunk, Result | None]]:
        """Do the work on every chunk (see `Engine`)."""
        waiting = iter(chunks)
        running: dict[Future[Result], tuple[_Slot, Chunk]] = {}

        def fill(slot: _Slot) -> None:
            chunk = next(waiting, None)
            if chunk is not None:
                running[slot.submit(work, setting, chunk)] = (slot, chunk)

        for slot in self._slots[:1] if alone else self._slots:
            fill(slot)
        while running:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                slot, chunk = running.pop(future)
                died = isinstance(future.exception(), BrokenProcessPool)
                if died:
                    slot.replace()
                    slot.check()
                result = None if died else future.result()
                del future  # it holds the result, which is the caller's now
                fill(slot)
                yield chunk, result


class _Slot:
    """One process, made anew when it died or has served long enough."""

    def __init__(self) -> None:
        self._pool = _pool()
        self._served = 0
        self._first = self._pool.submit(os.getpid)

    def submit(self, work: Callable[[Setting, Chunk], Result], setting: Setting, chunk: Chunk) -> Future[Result]:
        """Give the process a chunk."""
        if self._served >= _CHUNKS_A_PROCESS:
            self.replace()
        self._served += 1
        return self._pool.submit(work, setting, chunk)

    def replace(self) -> None:
        """Take another process; the old one has no work and ends by itself."""
        self._pool.shutdown(wait=False)
        self._pool, self._served = _pool(), 0
        self._first = self._pool.submit(os.getpid)

    def check(self) -> None:
        """See that the process is there; where none can be started no document is to blame for it.

        Raises
        ------
        LibraryError
            E458: it died before it had anything to do.
        """
        try:
            self._first.result()
        except BrokenProcessPool as error:
            raise LibraryError("E458") from error

    def close(self, *, now: bool) -> None:
        """End the process; `now` ends it in the middle of what it is doing, which nobody waits for any more."""
        if now and self._first.done() and self._first.exception() is None:
            pid = self._first.result()
            for child in multiprocessing.active_children():
                if child.pid == pid:
                    child.terminate()
        self._pool.shutdown(wait=not now, cancel_futures=True)


def _pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=_context(), initializer=_begin)


@cache
def _context() -> BaseContext:
    """Give the way processes are started: never forked from this one, which may have threads that hold locks.

    Where there is one, a server without threads loads the program once and is forked, so that a process that died or
    served long enough is replaced in no time; elsewhere (Windows) each is started anew.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["parcc_nlp.library.batch.work"])
    return context


def _begin() -> None:
    """Prepare a worker: Ctrl-C ends it without a traceback, and it does not outlive the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the end of the parent, however it comes; a killed one closes no pipe its workers would notice."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
