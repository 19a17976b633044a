"""A file of feeds read and checked: what is wrong is named by file, line and key, before anything is fetched."""

from __future__ import annotations

import csv
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from parcc_nlp.errors import UsageError
from parcc_nlp.library.feeds.settings import FeedsFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pydantic import TypeAdapter

    from parcc_nlp.library.feeds.settings import Feed, Limits, Paging

__all__ = ["feeds_from", "read_feeds"]

Place = tuple[str | int, ...]
_SELECTORS = ("row", "link", "number", "date", "title")
_LIST_ONLY = (*_SELECTORS, "paging")
_UNUSABLE = "E463"
_LONGEST_NAME = 200


def read_feeds(path: Path) -> FeedsFile:
    """Read a file of feeds.

    Parameters
    ----------
    path
        The file, in YAML.

    Raises
    ------
    UsageError
        E460 to E475: the file cannot be read, or says something that cannot be used; file, line and key are named.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("E460", path=str(path), detail=getattr(error, "strerror", None) or "UTF-8") from error
    return feeds_from(text, path=str(path))


def feeds_from(text: str, *, path: str) -> FeedsFile:
    """Read the content of a file of feeds.

    Examples
    --------
    >>> found = feeds_from("feeds: [{name: cong-bao, kind: rss, url: 'https://example.org/rss'}]", path="feeds.yaml")
    >>> found.feeds[0].limits.min_seconds
    2.0
    """
    import yaml  # noqa: PLC0415  # most commands read no file of feeds

    try:
        content = yaml.safe_load(text)
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise UsageError("E460", path=path, detail=" ".join(str(error).split())) from error
    finder = _Finder(tree, path)
    checked = _checked(content or {}, finder)
    _look_through(checked, finder)
    return checked


class _Finder:
    """Names the line of a key in errors."""

    def __init__(self, tree: Any, path: str) -> None:
        self._tree = tree
        self._path = path

    def error(self, code: str, place: Place, **details: Any) -> UsageError:
        """Give an error about a key."""
        line = self._line(place)
        return UsageError(code, path=self._path, place=f"dòng {line}" if line else None, key=_key(place), **details)

    def _line(self, place: Place) -> int | None:
        """Give the line of the deepest part of a place that stands in the file."""
        node, line = self._tree, None
        for part in place:
            following = _below(node, part)
            if following is None:
                break
            node, line = following
        return line


def _below(node: Any, part: str | int) -> tuple[Any, int] | None:
    """Give the node of a key or index below a node, and its line."""
    import yaml  # noqa: PLC0415

    if isinstance(node, yaml.MappingNode):
        lines = ((value, key.start_mark.line + 1) for key, value in node.value if key.value == part)
        return next(lines, None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part].start_mark.line + 1
    return None


def _key(place: Place) -> str:
    """Write a place as one does: feeds[2].row, counted from one."""
    written = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place)
    return written.removeprefix(".") or "feeds"


def _checked(content: Any, finder: _Finder) -> FeedsFile:
    """Check keys and types; limits given for all are laid under those of each feed."""
    from pydantic import ValidationError  # noqa: PLC0415  # only where there is a file of feeds

    if not isinstance(content, dict):
        raise finder.error("E467", ())
    try:
        given = json.dumps(_spread(content), default=str)
        return _schema().validate_json(given, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        code = _fault_codes().get(first["type"], _UNUSABLE)
        raise finder.error(code, first["loc"], choices=_choices(first), value=str(first["input"])[:80]) from error


def _spread(content: Mapping[str, Any]) -> dict[str, Any]:
    """Lay the limits for all feeds under those of each."""
    rest = {key: value for key, value in content.items() if key != "limits"}
    general, feeds = content.get("limits") or {}, rest.get("feeds")
    if feeds is None:
        return {**rest, "feeds": []}
    if not isinstance(feeds, list) or not isinstance(general, dict):
        return {**rest, "feeds": feeds} if isinstance(general, dict) else {**rest, "limits": general}
    return {**rest, "feeds": [_with_limits(feed, general) for feed in feeds]}


def _with_limits(feed: Any, general: Mapping[str, Any]) -> Any:
    """Give a feed as written with the limits it does not set itself."""
    if not isinstance(feed, dict) or not isinstance(feed.get("limits", {}), dict):
        return feed
    return {**feed, "limits": {**general, **feed.get("limits", {})}}


def _choices(error: Any) -> str:
    """Give the values a key may have."""
    return str(error.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")


def _look_through(checked: FeedsFile, finder: _Finder) -> None:
    """Check what the types do not say: addresses, selectors, bounds, what belongs together, names."""
    if checked.contact is not None and not (checked.contact.isascii() and checked.contact.isprintable()):
        raise finder.error("E463", ("contact",), value=checked.contact)
    seen: set[str] = set()
    for number, feed in enumerate(checked.feeds):
        place: Place = ("feeds", number)
        for code, keys, details in _faults(feed):
            raise finder.error(code, (*place, *keys), **details)
        if feed.name in seen:
            raise finder.error("E472", (*place, "name"), value=feed.name)
        seen.add(feed.name)


Fault = tuple[str, Place, dict[str, Any]]


def _faults(feed: Feed) -> Iterator[Fault]:
    """Give what is wrong with a feed."""
    if not feed.name.strip() or len(feed.name) > _LONGEST_NAME:
        yield "E463", ("name",), {"value": feed.name[:80]}
    if not _is_web(feed.url):
        yield "E468", ("url",), {"value": feed.url[:80]}
    if feed.kind == "listing":
        yield from (("E462", (key,), {}) for key in ("row", "link") if getattr(feed, key) is None)
    else:
        yield from (("E461", (key,), {}) for key in _LIST_ONLY if getattr(feed, key) is not None)
    selectors: list[tuple[Place, str | None]] = [((key,), getattr(feed, key)) for key in _SELECTORS]
    if feed.detail:
        selectors.append((("detail", "attachment"), feed.detail.attachment))
    if feed.paging:
        selectors.append((("paging", "next"), feed.paging.next))
        yield from _paging_faults(feed.paging)
    for keys, selector in selectors:
        if selector is not None and not _is_selector(selector):
            yield "E469", keys, {"value": selector}
    yield from _limit_faults(feed.limits)


def _paging_faults(paging: Paging) -> Iterator[Fault]:
    """Give what is wrong with the paging of a list."""
    if (paging.next is None) == (paging.template is None):
        yield "E475", ("paging",), {}
    if paging.template is not None and paging.template.count("{page}") != 1:
        yield "E470", ("paging", "template"), {"value": paging.template}
    elif paging.template is not None and not _is_web(paging.template.replace("{page}", "1")):
        yield "E468", ("paging", "template"), {"value": paging.template}
    if paging.step < 1:
        yield "E464", ("paging", "step"), {"value": paging.step}


def _limit_faults(limits: Limits) -> Iterator[Fault]:
    """Give the limits that are out of bounds."""
    for row in _bounds():
        value = getattr(limits, row["limit"])
        if not float(row["least"]) <= value <= float(row["most"]):
            yield "E476", ("limits", row["limit"]), {"least": row["least"], "most": row["most"]}


def _is_web(url: str) -> bool:
    """Say whether this is an address of the web without password."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:  # a port that is no number, brackets that do not close
        return False
    return usable and parts.username is None and parts.password is None


def _is_selector(selector: str) -> bool:
    """Say whether a CSS selector can be read."""
    from cssselect import SelectorError  # noqa: PLC0415  # only where there is a file of feeds
    from lxml.cssselect import CSSSelector  # noqa: PLC0415

    try:
        CSSSelector(selector, translator="html")
    except SelectorError:
        return False
    return True


@cache
def _schema() -> TypeAdapter[FeedsFile]:
    """Give the check of keys and types, which takes some time to make."""
    from pydantic import TypeAdapter  # noqa: PLC0415  # only where there is a file of feeds

    return TypeAdapter(FeedsFile)


@cache
def _fault_codes() -> dict[str, str]:
    """Give the codes of what the check of types finds."""
    return {row["fault"]: row["code"] for row in _table("fault_codes.csv")}


@cache
def _bounds() -> Sequence[dict[str, str]]:
    """Give the bounds of the limits."""
    return tuple(_table("bounds.csv"))


def _table(name: str) -> Iterator[dict[str, str]]:
    """Read a table beside this module."""
    lines = (files("parcc_nlp.library.feeds") / name).read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader(lines)
