"""What a batch is to examine: files, folders and lists of paths, found one after the other and never held together."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from parcc_nlp.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["KINDS", "Found", "found_in"]

KINDS = (".docx", ".edxml", ".htm", ".html", ".md", ".pdf", ".txt")
"""What is looked for in folders. A file that is named or listed is read whatever it is called."""

_ABSENT = -1


@dataclass(frozen=True, slots=True)
class Found:
    """A file to examine, and what it was like when it was found.

    `order` is its place in what was asked for: that of the argument, and of the line in a list. Files of one folder
    share it; they stand in the order of their paths. `size` is -1 where there is no such file.
    """

    order: tuple[int, int]
    path: str
    size: int
    modified: int


def found_in(paths: Sequence[str], *, listed: str | None = None) -> Iterator[Found]:
    """Find the files to examine.

    Parameters
    ----------
    paths
        Files, and folders that are searched with all below them for `KINDS`; hidden files and lock files of Word are
        left out. A file that does not exist is given all the same: reading it gives the coded error.
    listed
        A text file with a path a line, or ``-`` for standard input. Blank lines are passed over.

    Yields
    ------
    Found
        In the order of the arguments; inside a folder in any order.

    Raises
    ------
    ReadError
        E102 or E106: the list cannot be read.

    Examples
    --------
    >>> [(found.path, found.size) for found in found_in(["no such file.txt"])]
    [('no such file.txt', -1)]
    """
    for position, path in enumerate(paths):
        if Path(path).is_dir():
            yield from _inside(path, order=(position, 0))
        else:
            yield _looked_at(path, order=(position, 0))
    if listed is not None:
        for number, path in enumerate(_lines(listed)):
            yield _looked_at(path, order=(len(paths), number))


def _looked_at(path: str, *, order: tuple[int, int]) -> Found:
    """Look at one file."""
    if "\0" in path or not os.path.lexists(path):
        return Found(order, path, _ABSENT, 0)
    try:
        status = Path(path).stat()
    except OSError:  # a dangling link, or a folder above that may not be entered: reading it will say so
        return Found(order, path, _ABSENT, 0)
    return Found(order, path, status.st_size, status.st_mtime_ns)


def _inside(folder: str, *, order: tuple[int, int]) -> Iterator[Found]:
    """Find the documents of a folder and of all below it, entry by entry.

    A folder that may not be listed is given itself, so that what stands in it does not go missing without a word.
    """
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        try:
            entries = os.scandir(place)
        except OSError:
            yield Found(order, place, _ABSENT, 0)
            continue
        with entries:
            for entry in entries:
                if entry.name.startswith((".", "~$")):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif entry.name.lower().endswith(KINDS):
                    found = _looked_at(entry.path, order=order)
                    if found.size == _ABSENT or stat.S_ISREG(Path(found.path).stat().st_mode):
                        yield found


def _lines(listed: str) -> Iterator[str]:
    """Read the paths of a list; bytes that are no UTF-8 are kept, for a path may hold them."""
    if listed == "-":
        yield from _paths(sys.stdin.buffer)
        return
    try:
        file = Path(listed).open("rb")  # noqa: SIM115 - opened apart from reading, whose own errors are not about the list
    except FileNotFoundError as error:
        raise ReadError("E102", path=listed) from error
    except OSError as error:
        raise ReadError("E106", path=listed) from error
    with file:
        yield from _paths(file)


def _paths(lines: Iterable[bytes]) -> Iterator[str]:
    """Take the line end off every line; a mark at the start of the file is no part of a path."""
    for number, line in enumerate(lines):
        path = (line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line).rstrip(b"\r\n")
        if path.strip():
            yield os.fsdecode(path)
