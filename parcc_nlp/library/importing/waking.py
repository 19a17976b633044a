"""What the importer waits for: a file, a finished document, the time, or the wish that it stops."""

from __future__ import annotations

import queue
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

__all__ = ["Wakes", "stopped_by_signals"]


class Wakes:
    """A bell that other threads and signals ring.

    A `queue.SimpleQueue`, because a signal may come while its thread holds the lock of a `threading.Event`.

    Examples
    --------
    >>> wakes = Wakes()
    >>> wakes.look(); wakes.wait(60.0)
    >>> wakes.announced, wakes.stopping
    (True, False)
    """

    def __init__(self) -> None:
        self._rung: queue.SimpleQueue[None] = queue.SimpleQueue()
        self.announced = False
        self.stopping = False

    def ring(self) -> None:
        """Wake the importer."""
        self._rung.put(None)

    def look(self) -> None:
        """Wake it to look through the folders."""
        self.announced = True
        self.ring()

    def stop(self) -> None:
        """Wake it to stop when what is at work is finished."""
        self.stopping = True
        self.ring()

    def wait(self, seconds: float | None) -> None:
        """Wait until it is woken, but no longer than so many seconds."""
        try:
            self._rung.get(timeout=seconds)
            while True:
                self._rung.get_nowait()
        except queue.Empty:
            return


@contextmanager
def stopped_by_signals(wakes: Wakes) -> Iterator[None]:
    """Let SIGTERM and SIGINT stop the importer when what is at work is finished; a second one ends it at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number, handler in before.items():
            signal.signal(number, handler)
        wakes.stop()

    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
