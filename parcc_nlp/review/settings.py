"""The settings an office keeps in a file: ``parcc.toml``, or the table ``[tool.parcc]`` of ``pyproject.toml``."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from parcc_nlp.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Settings", "find_settings", "read_settings"]

_OWN = "parcc.toml"
_SHARED = "pyproject.toml"


def _hyphenated(name: str) -> str:
    """Give the key of a setting as it stands in the file."""
    return name.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Settings:
    """What an office settled for its checks; what the command line says goes before it.

    `select` and `ignore` are codes of rules or their beginnings; `per_file_ignores` adds to `ignore` for files whose
    name or path fits a pattern. Paths are taken from the folder of the file. `path` is that file, None where there is
    none.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid",
        "alias_generator": _hyphenated,
    }

    as_of: str | None = None
    select: list[str] = field(default_factory=list)
    ignore: list[str] = field(default_factory=list)
    per_file_ignores: dict[str, list[str]] = field(default_factory=dict)
    fail_on: Literal["error", "warning", "info", "never"] | None = None
    expiring_within_days: int = 90
    baseline: str | None = None
    registry: str | None = None
    path: str | None = None

    def ignored_in(self, name: str) -> tuple[str, ...]:
        """Give the codes left out for one file.

        Examples
        --------
        >>> Settings(per_file_ignores={"KH-*.docx": ["CT6"]}).ignored_in("plans/KH-12.docx")
        ('CT6',)
        """
        fitting = (codes for pattern, codes in self.per_file_ignores.items() if _fits(name, pattern))
        return tuple(code for codes in fitting for code in codes)

    def beside(self, name: str) -> str:
        """Give a path that the file names, from its own folder."""
        return str(Path(self.path).parent / name) if self.path else name


def find_settings(folder: Path) -> Settings:
    """Look for a file of settings in a folder and those above it, the nearest first.

    Raises
    ------
    UsageError
        E343: see `read_settings`.
    """
    for place in (folder, *folder.parents):
        if (place / _OWN).is_file():
            return read_settings(place / _OWN)
        if (place / _SHARED).is_file() and (found := _table(place / _SHARED)) is not None:
            return _checked(found, place / _SHARED)
    return Settings()


def read_settings(path: Path) -> Settings:
    """Read a file of settings.

    Raises
    ------
    UsageError
        E343: it cannot be read, is no TOML, or has a key that is unknown or of another type; the key is named.
    """
    return _checked(_table(path) or {}, path)


def _table(path: Path) -> Mapping[str, Any] | None:
    """Give the settings of a file: the whole ``parcc.toml``, the table ``[tool.parcc]`` of another."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError("E343", path=str(path), detail=str(error)) from error
    if path.name != _SHARED:
        return content
    table: Mapping[str, Any] | None = content.get("tool", {}).get("parcc")
    return table


def _checked(table: Mapping[str, Any], path: Path) -> Settings:
    """Check the keys and types of the settings."""
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415  # only where there is a file of settings

    try:
        # A day of TOML is one without quotes: as-of = 2023-12-22.
        content = json.dumps({**table, "path": str(path)}, default=str)
        return TypeAdapter(Settings).validate_json(content, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UsageError("E343", path=str(path), place=place, detail=first["msg"]) from error


def _fits(name: str, pattern: str) -> bool:
    """Say whether a pattern fits the name of a file or its path."""
    path = Path(name)
    return fnmatch(path.name, pattern) or fnmatch(path.as_posix(), pattern)
