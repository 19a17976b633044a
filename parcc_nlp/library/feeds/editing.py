"""Feeds put into a file and taken out of it; comments and everything else stay as the officer wrote them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parcc_nlp.errors import UsageError
from parcc_nlp.library.feeds.reading import feeds_from, read_feeds

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["add_feed", "remove_feed"]

_READABLE = 0o644
_NEW = "# Các nguồn văn bản mới; mọi khóa dùng được: docs/examples/feeds.yaml\nfeeds:\n"


def add_feed(path: Path, keys: Mapping[str, Any]) -> None:
    """Put a feed at the end of a file, which is made if it is not there.

    Raises
    ------
    UsageError
        E461 to E476 for keys that cannot be used, E474 for a file in which there is no place for it. The file is then
        as it was.
    """
    old = _text(path) if path.exists() else _NEW
    before = len(feeds_from(old, path=str(path)).feeds)
    new = _with(old, _written(keys), path)
    if len(feeds_from(new, path=str(path)).feeds) != before + 1:
        raise UsageError("E474", path=str(path))
    _replace(path, new)


def remove_feed(path: Path, name: str) -> None:
    """Take a feed out of a file.

    Raises
    ------
    UsageError
        E473: there is no such feed. E474: it does not stand on lines of its own.
    """
    feeds = read_feeds(path).feeds
    number = next((number for number, feed in enumerate(feeds) if feed.name == name), None)
    if number is None:
        raise UsageError("E473", path=str(path), value=name)
    text = _text(path)
    node = _list_node(text)
    if node is None or node.flow_style:
        raise UsageError("E474", path=str(path))
    lines = text.splitlines(keepends=True)
    begins = node.value[number].start_mark.line
    behind = node.value[number + 1].start_mark.line if number + 1 < len(feeds) else _end(node, lines)
    new = "".join((*lines[:begins], *lines[behind:]))
    left = [feed.name for feed in feeds_from(new, path=str(path)).feeds]
    if left != [feed.name for feed in feeds if feed.name != name]:
        raise UsageError("E474", path=str(path))
    _replace(path, new)


def _with(text: str, entry: str, path: Path) -> str:
    """Give a text with an entry at the end of its feeds."""
    node = _list_node(text)
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    if node is None:
        named = [number for number, line in enumerate(lines) if line.rstrip() == "feeds:"]
        if not named:
            return "".join((*lines, "feeds:\n", entry))
        return "".join((*lines[: named[0] + 1], entry, *lines[named[0] + 1 :]))
    if node.flow_style:
        raise UsageError("E474", path=str(path))
    indent = " " * node.start_mark.column
    end = _end(node, lines)
    moved = "".join(indent + line[2:] if line.strip() else line for line in entry.splitlines(keepends=True))
    return "".join((*lines[:end], moved, *lines[end:]))


def _end(node: Any, lines: list[str]) -> int:
    """Give the number of the line behind the last entry; blank lines and comments behind it are not its own."""
    mark = node.end_mark
    end: int = min(mark.line, len(lines)) if mark.column == 0 else mark.line + 1
    last = node.value[-1].start_mark.line
    while end > last + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end


def _list_node(text: str) -> Any:
    """Give the node of the list of feeds; None where it is empty."""
    import yaml  # noqa: PLC0415  # most commands read no file of feeds

    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        return None
    found = next((value for key, value in root.value if key.value == "feeds"), None)
    return found if isinstance(found, yaml.SequenceNode) else None


def _written(keys: Mapping[str, Any]) -> str:
    """Write an entry, indented by two."""
    import yaml  # noqa: PLC0415

    told = yaml.safe_dump([dict(keys)], allow_unicode=True, sort_keys=False, width=10_000)
    return "".join("  " + line for line in told.splitlines(keepends=True))


def _text(path: Path) -> str:
    """Read a file that was found readable, or say why it is not."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("E460", path=str(path), detail=getattr(error, "strerror", None) or "UTF-8") from error


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
        stream.write(text)
    # A temporary file is its owner's alone; a new file of settings is for the office.
    Path(name).chmod(path.stat().st_mode if path.exists() else _READABLE)
    Path(name).replace(path)
