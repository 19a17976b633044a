"""Folders that announce their files: an announcement only makes the importer look, it decides nothing.

A file that is being written announces nothing until it is closed. One that is moved in from outside is announced as
created, so that this counts too; whether it is whole is for `parcc_nlp.library.importing.settling` to say.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from watchdog.events import FileSystemEventHandler
from watchdog.observers import Observer

from parcc_nlp.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from watchdog.events import FileSystemEvent

__all__ = ["announced"]

_ANNOUNCEMENTS = frozenset({"closed", "created", "moved"} | (set() if sys.platform == "linux" else {"modified"}))
"""Only Linux tells when a file that was written is closed. Reading is told as well, and must not wake us for ever."""


class _Waker(FileSystemEventHandler):
    def __init__(self, look: Callable[[], None]) -> None:
        self._look = look

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wake the importer."""
        if event.event_type in _ANNOUNCEMENTS:
            self._look()


@contextmanager
def announced(
    folders: Sequence[Path], look: Callable[[], None], *, recursive: bool, problem: Callable[[LibraryError], None]
) -> Iterator[None]:
    """Call `look` when something comes into folders.

    Where the system refuses to watch one (a network share, too many folders), `problem` is told; it is then looked
    through from time to time only.
    """
    observer = Observer()
    waker = _Waker(look)
    for folder in folders:
        try:
            observer.schedule(waker, str(folder), recursive=recursive)
        except OSError as error:
            problem(LibraryError("E530", path=str(folder), detail=str(error)))
    started = _start(observer, folders, problem)
    try:
        yield
    finally:
        if started:
            observer.stop()
            observer.join()


def _start(observer: object, folders: Sequence[Path], problem: Callable[[LibraryError], None]) -> bool:
    try:
        observer.start()  # type: ignore[attr-defined]  # the class is chosen by platform
    except OSError as error:
        problem(LibraryError("E530", path=", ".join(map(str, folders)), detail=str(error)))
        return False
    return True
