"""What a check is asked to do: the command line first, then the office's file of settings, then what is usual."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from parcc_nlp.api import day
from parcc_nlp.cli.rules import codes
from parcc_nlp.cli.streams import spoken, terminal
from parcc_nlp.cli.work import Task
from parcc_nlp.errors import UsageError
from parcc_nlp.review.baseline import read_baseline
from parcc_nlp.review.settings import find_settings, read_settings

if TYPE_CHECKING:
    from parcc_nlp.cli.work import Format

__all__ = ["Asked", "check_task", "failing"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says; None and nothing where it does not say."""

    as_of: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None
    baseline: Path | None = None
    registry: Path | None = None


def check_task(asked: Asked, *, form: Format, config: Path | None) -> Task:
    """Put together what is done with every document.

    Raises
    ------
    UsageError
        E301, E304, E341 to E343: a day, a code, a baseline or a file of settings that cannot be.
    """
    settings = read_settings(config) if config else find_settings(Path.cwd())
    as_of = asked.as_of or settings.as_of or "signing"
    baseline = asked.baseline or (Path(settings.beside(settings.baseline)) if settings.baseline else None)
    registry = str(asked.registry) if asked.registry else settings.registry and settings.beside(settings.registry)
    for per_file in settings.per_file_ignores.values():
        codes(per_file)
    return Task(
        "check",
        form,
        as_of=as_of if as_of == "signing" else day(as_of),
        select=codes(asked.select or settings.select),
        ignore=codes((*asked.ignore, *settings.ignore)),
        settings=settings,
        baseline=_seen(baseline) if baseline else None,
        lang=spoken(),
        terminal=terminal(),
        registry=registry or None,
    )


def failing(asked: Asked, task: Task) -> str:
    """Give the lowest severity that ends the command with status 1."""
    return asked.fail_on or task.settings.fail_on or "error"


def _seen(path: Path) -> frozenset[str]:
    """Read a baseline."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("E342", path=str(path), detail=str(error)) from error
    return read_baseline(text, path=str(path))
