"""The library of an office: its documents with versions, files, findings and links, and how new ones come in.

Everything is loaded on first use: a worker that only examines files needs neither a database nor its tables.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parcc_nlp.library.library import Library, open_library

__all__ = ["Library", "open_library"]


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.library"), name)
