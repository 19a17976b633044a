"""What stands in the inbox folders at one moment: names, sizes and times; nothing is opened."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from parcc_nlp.library.importing.temporary_names import kind_of_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

__all__ = ["Look", "Sighting", "look_through", "written_path"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A file as it stood there: `key` is its path in characters that a database holds."""

    path: str
    key: str
    size: int
    modified_ns: int
    unfinished: bool = False


@dataclass(slots=True)
class Look:
    """What was seen, in the order of the paths, and the folders that could not be looked into."""

    sightings: list[Sighting] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


def look_through(places: Iterable[Path], *, recursive: bool = True, left_out: Collection[str] = ()) -> Look:
    """Look through folders; a file that is named itself is seen whatever it is called.

    Parameters
    ----------
    places
        Folders and files. What is not there (any more) is not seen.
    recursive
        Whether folders inside folders are looked through. Links to folders are not followed: they may go in circles.
    left_out
        Absolute paths of folders that are not looked into.
    """
    look = Look()
    found: dict[str, Sighting] = {}
    for place in places:
        path = os.path.abspath(place)  # noqa: PTH100 - Path.absolute keeps "..", and one file would have two keys
        pairs = (
            _inside(path, recursive=recursive, left_out=left_out, closed=look.closed)
            if Path(path).is_dir()
            else [(path, False)]
        )
        for one, unfinished in pairs:
            seen = _sighting(one, unfinished=unfinished)
            if seen is not None:
                found.setdefault(seen.key, seen)
    look.sightings = sorted(found.values(), key=_key)
    return look


def written_path(path: str) -> str:
    """Write a path in characters that a database holds: a byte that is no UTF-8 becomes its escape.

    Examples
    --------
    >>> written_path("Kế hoạch.txt"), written_path("a\\udcff.txt")
    ('Kế hoạch.txt', 'a\\\\xff.txt')
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _key(one: Sighting) -> str:
    return one.key


def _inside(
    folder: str, *, recursive: bool, left_out: Collection[str], closed: list[str]
) -> Iterator[tuple[str, bool]]:
    """Give the files of a folder that may be documents, and whether their name says that they are not whole yet."""

    def note(error: OSError) -> None:
        closed.append(written_path(str(error.filename or folder)))

    for place, folders, names in os.walk(folder, onerror=note):
        inner = (one for one in folders if recursive and not one.startswith("."))
        folders[:] = sorted(one for one in inner if str(Path(place, one)) not in left_out)
        for name in names:
            kind = kind_of_name(name)
            if kind != "never":
                yield str(Path(place, name)), kind == "unfinished"


def _sighting(path: str, *, unfinished: bool) -> Sighting | None:
    """Look at one file; None where it is gone, or a pipe or a device, which may never end."""
    try:
        status = os.stat(path)  # noqa: PTH116 - as above
    except (OSError, ValueError):  # it went away between listing and looking; the next look sees what is there then
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return Sighting(path, written_path(path), status.st_size, status.st_mtime_ns, unfinished)
