"""The published JSON contract (docs/OUTPUT.md): values to JSON and back, and the JSON Schema of each kind.

Every object begins with ``schema`` (``"parcc-extraction/1"``), has every key of the contract in every case (what is
not known is null, never missing), and is read back strictly: a missing, misspelt or wrongly typed key is an error that
names its place. The number in ``schema`` rises with every change of keys. `Extraction.blocks` is not part of the
contract, so that a value read back has none.

Beyond the keys of the published contract a status carries ``chain`` (the way to ``successor``), ``leads`` (unverified
relations), ``contradictions`` (where sources differ), ``note``, ``instrument`` (the registry's id) and ``known_on``
(the day whose knowledge answered).
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args, overload

from parcc_nlp.errors import UsageError
from parcc_nlp.model import Extraction, Review, Status

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = [
    "Kind",
    "error_to_dict",
    "from_json",
    "json_schema",
    "to_dict",
    "to_json",
]

Kind = Literal["extraction", "review", "status"]
"""What the contract publishes a schema for."""

_TYPES: dict[Kind, type[Any]] = {"extraction": Extraction, "review": Review, "status": Status}
_KEYS: dict[Kind, tuple[str, ...]] = {
    "extraction": (
        "source",
        "text",
        "metadata",
        "structure",
        "citations",
        "targets",
        "responsibilities",
        "effects",
        "relations",
        "aliases",
    ),
    "review": ("as_of", "source", "coverage", "findings"),
    "status": (
        "number",
        "doc_type",
        "issuer",
        "issued",
        "title",
        "as_of",
        "status",
        "basis",
        "since",
        "successor",
        "chain",
        "proof",
        "amended_by",
        "leads",
        "contradictions",
        "note",
        "instrument",
        "known_on",
        "registry",
    ),
}
"""The keys of each object after ``schema``, in the order they are written."""


def to_dict(value: Extraction | Review | Status) -> dict[str, Any]:
    """Give the contract's object of a value, as plain dicts, lists, strings, numbers and None.

    Examples
    --------
    >>> to_dict(Extraction(text="Điều 1."))["schema"]
    'parcc-extraction/1'
    """
    kind = _kind(type(value))
    return {"schema": _name(kind), **{key: _plain(getattr(value, key)) for key in _KEYS[kind]}}


def to_json(value: Extraction | Review | Status | tuple[Status, ...], *, indent: int | None = None) -> str:
    """Write a value as JSON text in the contract's form; several statuses become a list.

    Examples
    --------
    >>> to_json(Extraction(text="Điều 1."))[:42]
    '{"schema": "parcc-extraction/1", "source":'
    """
    content = [to_dict(one) for one in value] if isinstance(value, tuple) else to_dict(value)
    return json.dumps(content, ensure_ascii=False, indent=indent, allow_nan=False)


@overload
def from_json(data: str | bytes, kind: Literal["extraction"]) -> Extraction: ...
@overload
def from_json(data: str | bytes, kind: Literal["review"]) -> Review: ...
@overload
def from_json(data: str | bytes, kind: Literal["status"]) -> Status: ...
def from_json(data: str | bytes, kind: Kind) -> Extraction | Review | Status:
    """Read a value back from the contract's JSON.

    Raises
    ------
    UsageError
        E306: not JSON, of another schema or version, or a key that is missing, unknown or of the wrong type.

    Examples
    --------
    >>> from_json(to_json(Extraction(text="Điều 1.")), "extraction").text
    'Điều 1.'
    """
    from pydantic import ValidationError

    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UsageError("E306", detail=str(error)) from error
    if not isinstance(content, dict) or content.get("schema") != _name(kind):
        found = content.get("schema") if isinstance(content, dict) else type(content).__name__
        raise UsageError("E306", detail=f"schema = {found!r}, {_name(kind)!r} expected")
    given = {name: value for name, value in content.items() if name != "schema"}
    try:
        value: Extraction | Review | Status = _adapter(kind).validate_json(json.dumps(given), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise UsageError("E306", place=_path(first["loc"]), detail=first["msg"]) from error
    difference = _difference(content, to_dict(value), ())
    if difference is not None:
        place, detail = difference
        raise UsageError("E306", place=_path(place), detail=detail)
    return value


def error_to_dict(code: str, *, path: str | None, place: str | None, message: str) -> dict[str, Any]:
    """Give the ``parcc-error/1`` object that stands in the place of a file's result where there is none."""
    return {"schema": "parcc-error/1", "source": {"path": path}, "code": code, "place": place, "message": message}


def json_schema(kind: Kind) -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of one kind of object.

    Examples
    --------
    >>> json_schema("status")["properties"]["schema"]
    {'const': 'parcc-status/1'}
    """
    schema = _adapter(kind).json_schema(mode="serialization")
    definitions = {name: _closed(one) for name, one in schema.pop("$defs", {}).items()}
    properties = {name: schema["properties"][name] for name in _KEYS[kind]}
    body = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:parcc-nlp:{_name(kind)}",
        "title": _name(kind),
        "description": str(schema.get("description", "")),
        **_closed({"type": "object", "properties": {"schema": {"const": _name(kind)}, **properties}}),
    }
    used = _used(body, definitions)
    return {**body, "$defs": {name: one for name, one in definitions.items() if name in used}}


def _closed(schema: dict[str, Any]) -> dict[str, Any]:
    """Demand every key of an object and allow no other: null, never missing."""
    if "properties" not in schema:
        return schema
    properties = {
        name: {k: v for k, v in one.items() if k not in {"title", "default"}}
        for name, one in schema["properties"].items()
    }
    return {**schema, "properties": properties, "required": list(properties), "additionalProperties": False}


def _used(schema: object, definitions: dict[str, Any]) -> set[str]:
    """Name the definitions a schema leads to."""
    found: set[str] = set()
    todo = [schema]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            name = str(one.get("$ref", "")).removeprefix("#/$defs/")
            if name in definitions and name not in found:
                found.add(name)
                todo.append(definitions[name])
            todo.extend(one.values())
        elif isinstance(one, list):
            todo.extend(one)
    return found


@cache
def _adapter(kind: Kind) -> TypeAdapter[Any]:
    """Build the adapter of one kind, once."""
    from pydantic import TypeAdapter

    return TypeAdapter(_TYPES[kind])


def _kind(of: type[Any]) -> Kind:
    """Name the kind of a value's type."""
    for kind in get_args(Kind):
        if _TYPES[kind] is of:
            return kind  # type: ignore[no-any-return]  # get_args loses the Literal type
    raise TypeError(f"not a value of the contract: {of.__name__}")


def _name(kind: Kind) -> str:
    """Give the versioned name of a schema."""
    return f"parcc-{kind}/1"


def _plain(value: Any) -> Any:
    """Turn values into dicts and tuples into lists; a field named for a Python keyword (``from_``) gets its name back.

    Done here rather than with pydantic, which is loaded where JSON is read: a check only writes it.
    """
    if is_dataclass(value):
        return {field.name.rstrip("_"): _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value


def _difference(given: Any, meant: Any, path: tuple[str | int, ...]) -> tuple[tuple[str | int, ...], str] | None:
    """Find the first place where what was given is not what would be written."""
    if isinstance(given, dict) and isinstance(meant, dict):
        for name in (*meant, *given):
            if name not in given:
                return (*path, name), "missing"
            if name not in meant:
                return (*path, name), "unknown"
            found = _difference(given[name], meant[name], (*path, name))
            if found is not None:
                return found
        return None
    if isinstance(given, list) and isinstance(meant, list):
        pairs = zip(given, meant, strict=True)
        return next((f for i, (a, b) in enumerate(pairs) if (f := _difference(a, b, (*path, i)))), None)
    return None if given == meant else (path, f"{given!r}")


def _path(parts: tuple[str | int, ...]) -> str:
    """Write the place inside a JSON object: ``citations.3.issued``."""
    return ".".join(str(part) for part in parts)
