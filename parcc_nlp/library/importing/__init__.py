"""Newly issued documents come in by themselves: inbox folders are looked through, and every file becomes a task.

A file is taken when nobody writes to it any more (`settling`), its bytes are kept, and then it has a task (`intake`);
processes examine it (`crew`, `worker`), and one transaction writes what was found and what became of the task
(`outcomes`). So a run that is killed at any instant loses nothing and repeats nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parcc_nlp.library.importing.importer import run_import
    from parcc_nlp.library.importing.report import ImportReport, Settled
    from parcc_nlp.library.importing.settings import ImportSettings

__all__ = ["ImportReport", "ImportSettings", "Settled", "run_import"]

_HOMES = {"ImportReport": "report", "ImportSettings": "settings", "Settled": "report", "run_import": "importer"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module  # noqa: PLC0415 - lean start: a worker process needs none of these

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
