"""Which library a command works on: the option ``--library``, else the environment variable ``PARCC_LIBRARY``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from parcc_nlp.errors import UsageError

if TYPE_CHECKING:
    from parcc_nlp.library import Library

__all__ = ["LibraryOption", "opened"]

LibraryOption = Annotated[
    str | None,
    typer.Option(
        "--library",
        "-l",
        help="Kho văn bản: tệp SQLite hoặc địa chỉ postgresql://…",
        metavar="KHO",
        envvar="PARCC_LIBRARY",
    ),
]


def opened(where: str | None) -> Library:
    """Open the library that was named.

    Raises
    ------
    UsageError
        E520: none was.
    LibraryError
        E501 to E504: it cannot be opened; no library is made here.
    """
    from parcc_nlp.library import open_library

    if not where:
        raise UsageError("E520")
    return open_library(where, create=False)
