"""Moving files out of an inbox once their task has ended, where that is wanted; nothing is ever deleted or overwritten.

What is to be moved is read from the library at every look, so that a run that is killed moves the rest the next time.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from parcc_nlp.errors import LibraryError
from parcc_nlp.library import tasks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcc_nlp.library.importing.scanning import Sighting
    from parcc_nlp.library.importing.settings import ImportSettings
    from parcc_nlp.library.library import Library

__all__ = ["move", "move_ended"]

_ASIDE = ".parcc-part"


def move_ended(
    library: Library, known: Sequence[tuple[Sighting, int]], settings: ImportSettings
) -> Iterator[LibraryError]:
    """Move the files whose tasks have ended; give an error for each that cannot be moved.

    Parameters
    ----------
    library
        What says how the tasks stand.
    known
        Files as they stand in the inbox, with their tasks.
    settings
        Where they go.
    """
    if not known or not settings.left_out():
        return
    with library.reading() as connection:
        states = tasks.states_of_kept(connection, [task_id for _, task_id in known])
    goes = {"done": settings.move_to, "duplicate": settings.move_to, "quarantined": settings.quarantine_to}
    wanted = [(one.path, folder) for one, task_id in known if (folder := goes.get(states.get(task_id, ""))) is not None]
    if wanted:
        _keep_on_disk(library)
    for path, folder in wanted:
        try:
            move(Path(path), folder)
        except FileNotFoundError:  # somebody else took it away
            continue
        except OSError as error:
            yield LibraryError("E527", path=path, detail=str(error))


def move(path: Path, folder: Path) -> Path:
    """Move a file into a folder under its name, or one with a number where the name is taken by another file.

    A file of the same content that stands there already is what a run that was killed had copied.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for target in _names(folder, path):
        if not target.exists():
            _put(path, target)
            return target
        if filecmp.cmp(path, target, shallow=False):
            path.unlink()
            return target
    raise AssertionError("names do not end")


def _names(folder: Path, path: Path) -> Iterator[Path]:
    yield folder / path.name
    number = 2
    while True:
        yield folder / f"{path.stem} ({number}){path.suffix}"
        number += 1


def _put(path: Path, target: Path) -> None:
    """Move a file onto a free name; between file systems it is copied aside first, so that it is there whole or not."""
    try:
        path.rename(target)
    except FileNotFoundError:
        raise
    except OSError:
        aside = target.with_name(f".{target.name}{_ASIDE}")
        shutil.copy2(path, aside)
        with aside.open("rb") as file:
            os.fsync(file.fileno())
        aside.rename(target)
        path.unlink()


def _keep_on_disk(library: Library) -> None:
    """See that what was written is on the disk, before the file in the inbox is no longer there to be taken again.

    An SQLite library is written without waiting for the disk (`parcc_nlp.library.database`): after a power cut the last
    documents may be missing, and are imported again from the inbox.
    """
    if library.engine.dialect.name != "sqlite":
        return
    connection = library.engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(FULL)")
    finally:
        connection.close()
