"""What is to be examined: files, folders and standard input, in a stable order, each once."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from parcc_nlp.errors import UsageError

__all__ = ["KINDS", "Input", "Inputs", "gather"]

KINDS = (".docx", ".edxml", ".htm", ".html", ".md", ".pdf", ".txt")
"""What is looked for in folders. A file named on the command line is read whatever it is called."""


@dataclass(frozen=True, slots=True)
class Input:
    """One document to examine: a path, or what was read from standard input."""

    name: str
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """All documents to examine, and what was met on the way to them."""

    documents: tuple[Input, ...]
    folders: bool = False
    """Whether a folder was named: then the results are many, however few documents stand in it today."""
    passed_over: int = 0
    """How many files of other kinds stand in the folders."""
    barren: tuple[UsageError, ...] = ()
    """An error for every folder without documents."""


def gather(names: list[str]) -> Inputs:
    """Resolve what was named on the command line.

    Parameters
    ----------
    names
        Files, folders (searched recursively for `KINDS`, sorted, hidden and lock files left out), or ``-`` for standard
        input. A file that does not exist stays in the list: reading it gives the coded error.

    Returns
    -------
    Inputs
    """
    found: dict[str, Input] = {}
    folders, passed_over, barren = False, 0, []
    for name in names:
        if name == "-":
            found.setdefault(name, Input(name, sys.stdin.buffer.read()))
            continue
        if not Path(name).is_dir():
            found.setdefault(os.path.normpath(name), Input(name))
            continue
        folders = True
        paths, others = _inside(name)
        passed_over += others
        if not paths:
            barren.append(UsageError("E305", path=name, kinds=", ".join(KINDS)))
        for path in paths:
            found.setdefault(os.path.normpath(path), Input(path))
    return Inputs(tuple(found.values()), folders, passed_over, tuple(barren))


def _inside(folder: str) -> tuple[list[str], int]:
    """List the documents of a folder and count the other files."""
    paths: list[str] = []
    others = 0
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for file in sorted(files):
            if file.startswith((".", "~$")):  # hidden, or the lock file of an open Word document
                continue
            if file.lower().endswith(KINDS):
                paths.append(str(Path(place) / file))
            else:
                others += 1
    return paths, others
