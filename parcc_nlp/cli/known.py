"""Which registry answers: the one named on the command line, that of the environment, the user's, or the shipped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parcc_nlp.registry import Registry

__all__ = ["ledger_file", "registry"]


@cache
def registry(path: str | None = None) -> Registry:
    """Open a registry, once a process.

    Parameters
    ----------
    path
        A registry file or a folder of CSV files; by default the file that ``PARCC_REGISTRY`` names, else the user's own
        file, else the data shipped with the program. ``shipped`` is these data whatever else there is.

    Raises
    ------
    RegistryError
        E201, E204, E205: it cannot be read.
    """
    from parcc_nlp.registry import Registry as Known

    if path == "shipped":
        return Known.shipped()
    if path is None:
        return Known.open()
    return Known.from_directory(Path(path)) if Path(path).is_dir() else Known.open(Path(path))


def ledger_file(path: Path | None) -> Path:
    """Give the file that is written to: the one named, that of ``PARCC_REGISTRY``, else the user's own."""
    from parcc_nlp.registry.registry import default_user_file, user_file

    return path or user_file() or default_user_file()
