"""Errors a user meets: each has a code to search for, says what is wrong, where, and what to do.

The texts, Vietnamese and English, stand in ``errors.csv`` beside this module, so that they can be read, corrected and
checked without code.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

__all__ = [
    "ErrorText",
    "LibraryError",
    "ParccError",
    "PipelineError",
    "ReadError",
    "RegistryError",
    "UsageError",
    "error_texts",
]

Language = Literal["vi", "en"]


class ErrorText(NamedTuple):
    """The wording of one error code."""

    code: str
    vi: str
    en: str
    hint_vi: str
    hint_en: str


@cache
def error_texts() -> dict[str, ErrorText]:
    """All error codes with their wording, by code.

    Examples
    --------
    >>> error_texts()["E101"].en
    'The file is empty.'
    """
    lines = (files("parcc_nlp") / "errors.csv").read_text(encoding="utf-8").splitlines()
    return {row["code"]: ErrorText(**row) for row in csv.DictReader(lines)}


class ParccError(Exception):
    """Root of every error this library raises.

    Parameters
    ----------
    code
        A code of ``errors.csv``, for example ``"E101"``.
    path
        The file concerned, as the user named it.
    place
        The place inside the file ("trang 3", "word/document.xml", "dòng 17").
    **details
        Values for the ``{name}`` fields of the wording.
    """

    def __init__(self, code: str, *, path: str | None = None, place: str | None = None, **details: Any) -> None:
        self.code = code
        self.path = path
        self.place = place
        self.details = details
        super().__init__(self.message(lang="vi"))

    def message(self, *, lang: Language = "vi") -> str:
        """One line: file, place, what is wrong, what to do, code in brackets."""
        text = error_texts()[self.code]
        what = (text.vi if lang == "vi" else text.en).format(**self.details)
        hint = (text.hint_vi if lang == "vi" else text.hint_en).format(**self.details)
        where = ", ".join(part for part in (self.path, self.place) if part)
        return f"{where + ': ' if where else ''}{what} {hint} [{self.code}]"

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors cross process borders when a batch runs in a pool; keyword arguments need this to survive pickling.
        return _rebuild, (type(self), self.code, self.path, self.place, self.details)


def _rebuild(
    kind: type[ParccError], code: str, path: str | None, place: str | None, details: dict[str, Any]
) -> ParccError:
    return kind(code, path=path, place=place, **details)


class ReadError(ParccError):
    """A file could not be read, or reading it would give an empty success (codes E1xx)."""


class RegistryError(ParccError):
    """Registry data that cannot be used, or a question it cannot take (codes E2xx)."""


class UsageError(ParccError):
    """A wrong argument to the command or the API (codes E3xx)."""


class PipelineError(ParccError):
    """The spaCy pipeline or its model directory cannot take what it was given (codes E4xx)."""


class LibraryError(ParccError):
    """The library, its import, its feeds or its batches cannot do what was asked (codes E45x to E5xx)."""
