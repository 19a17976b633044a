"""Reads Vietnamese legal and administrative documents, finds what they cite, and says whether it still holds.

Four verbs are the whole library for a newcomer: `read` a file, `extract` what it says, `review` it as of a date, and
ask for the `status` of an instrument. `open_library` opens the library of an office, where documents are kept.
Everything is loaded on first use, so ``import parcc_nlp`` costs next to nothing.

Examples
--------
>>> import parcc_nlp as parcc
>>> extraction = parcc.extract("Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ;")
>>> extraction.citations[0].number
'63/2010/NĐ-CP'
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parcc_nlp.api import extract, open_library, read, review, status, to_dataframe, together
    from parcc_nlp.errors import LibraryError, ParccError, ReadError, RegistryError, UsageError
    from parcc_nlp.library import Library
    from parcc_nlp.model import (
        AgencyMention,
        Alias,
        AmendedBy,
        Block,
        Cell,
        Citation,
        Contradiction,
        Coverage,
        Document,
        DocumentPart,
        Effect,
        Evidence,
        Extraction,
        Finding,
        Instrument,
        Metadata,
        Origin,
        Period,
        Pinpoint,
        Proof,
        ProvisionStatus,
        Related,
        Relation,
        Responsibility,
        Review,
        Section,
        SkippedRule,
        Source,
        Span,
        Status,
        Suppression,
        Table,
        Target,
        TaskHolder,
        TaskRow,
        Where,
    )

    __version__: str

__all__ = [
    "AgencyMention",
    "Alias",
    "AmendedBy",
    "Block",
    "Cell",
    "Citation",
    "Contradiction",
    "Coverage",
    "Document",
    "DocumentPart",
    "Effect",
    "Evidence",
    "Extraction",
    "Finding",
    "Instrument",
    "Library",
    "LibraryError",
    "Metadata",
    "Origin",
    "ParccError",
    "Period",
    "Pinpoint",
    "Proof",
    "ProvisionStatus",
    "ReadError",
    "RegistryError",
    "Related",
    "Relation",
    "Responsibility",
    "Review",
    "Section",
    "SkippedRule",
    "Source",
    "Span",
    "Status",
    "Suppression",
    "Table",
    "Target",
    "TaskHolder",
    "TaskRow",
    "UsageError",
    "Where",
    "__version__",
    "extract",
    "open_library",
    "read",
    "review",
    "status",
    "to_dataframe",
    "together",
]

_VERBS = frozenset({"extract", "open_library", "read", "review", "status", "to_dataframe", "together"})
_ERRORS = frozenset({"LibraryError", "ParccError", "ReadError", "RegistryError", "UsageError"})


class _Package(ModuleType):
    """The package, keeping `read`, `extract` and `review` as the verbs although rooms of the same name stand in it.

    After the first import of a submodule the import system binds it as an attribute of its package, which would turn
    ``parcc_nlp.read(path)`` into a call of a module. ``from parcc_nlp.read import ...`` is not concerned.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _VERBS and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: Any
    if name == "__version__":
        from importlib.metadata import version

        value = version("parcc_nlp")
    else:
        value = getattr(import_module(f"{__name__}.{_room(name)}"), name)
    globals()[name] = value
    return value


def _room(name: str) -> str:
    """Give the module that a public name is defined in."""
    if name == "Library":
        return "library"
    return "api" if name in _VERBS else "errors" if name in _ERRORS else "model"


def __dir__() -> list[str]:
    """List what is public."""
    return sorted(__all__)


sys.modules[__name__].__class__ = _Package
