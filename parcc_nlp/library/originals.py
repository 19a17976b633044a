"""The original bytes of every file, kept under their SHA-256 in a folder beside the database.

A file is written aside, flushed to the disk and renamed, so that under a hash there is either the whole file or none;
it is written before the database speaks of it. What a run that was killed left aside is cleared away by `sweep`.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from parcc_nlp.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Originals"]

_ASIDE = ".part"
_WRITTEN_BY = 3600
"""Seconds in which every file is surely written."""


@dataclass(frozen=True, slots=True)
class Originals:
    """A folder of files named by their hash.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     originals = Originals(Path(folder))
    ...     name = originals.put(b"noi dung")
    ...     originals.get(name), originals.put(b"noi dung") == name
    (b'noi dung', True)
    """

    folder: Path

    def put(self, data: bytes) -> str:
        """Keep bytes and give their hash; bytes that are there already are not written again.

        Raises
        ------
        LibraryError
            E505: they cannot be written.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        if path.exists():
            return sha256
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, aside = tempfile.mkstemp(suffix=_ASIDE, dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(aside, path)  # noqa: PTH105 - on a name given as text
        except OSError as error:
            raise LibraryError("E505", path=str(path), detail=str(error)) from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """Give the bytes with a hash.

        Raises
        ------
        LibraryError
            E506: they are not there.
        """
        path = self._path(sha256)
        try:
            return path.read_bytes()
        except OSError as error:
            raise LibraryError("E506", path=str(path)) from error

    def has(self, sha256: str) -> bool:
        """Say whether the bytes with a hash are kept."""
        return self._path(sha256).is_file()

    def sound(self, sha256: str) -> bool:
        """Say whether the bytes with a hash are there and have it."""
        path = self._path(sha256)
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256

    def names(self) -> Iterator[str]:
        """Give the hashes of all that is kept, in order."""
        if self.folder.is_dir():
            for shelf in sorted(self.folder.iterdir()):
                if shelf.is_dir():
                    yield from sorted(path.name for path in shelf.iterdir() if path.suffix != _ASIDE)

    def half_written(self) -> tuple[Path, ...]:
        """List what was left half-written by a run that was killed: what is so old that nobody is writing it now."""
        past = time.time() - _WRITTEN_BY
        return tuple(sorted(path for path in self.folder.glob(f"*/*{_ASIDE}") if path.stat().st_mtime < past))

    def sweep(self) -> int:
        """Clear away what was left half-written by a run that was killed; give how many there were."""
        left = list(self.folder.glob(f"*/*{_ASIDE}"))
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256
