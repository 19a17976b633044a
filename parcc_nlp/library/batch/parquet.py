"""Rows as Parquet: the types that stand for the columns of `tables`, and files that are there whole or not at all."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

from parcc_nlp.errors import LibraryError
from parcc_nlp.library.batch.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import ModuleType

    from parcc_nlp.library.batch.tables import Kind, Row, Rows

__all__ = ["arrow_schema", "clear_away", "encoded", "needed", "part_path", "write_part"]

_PINPOINT = ("dieu", "khoan", "diem", "chuong", "muc", "phu_luc")
_PROOF = ("source", "clause", "quote", "retrieved")
_DIGITS = 8


def needed(name: str) -> ModuleType:
    """Import a library of the extra ``cluster``.

    Raises
    ------
    LibraryError
        E450: it is not installed.
    """
    from importlib import import_module  # noqa: PLC0415 - beside what it is for
    from importlib.util import find_spec  # noqa: PLC0415

    top = name.partition(".")[0]
    if find_spec(top) is None:
        raise LibraryError("E450", name=top)
    return import_module(name)


@cache
def arrow_schema(table: str) -> Any:
    """Give the schema of a table as pyarrow has it.

    Examples
    --------
    >>> arrow_schema("errors").names
    ['input_number', 'path', 'sha256', 'code', 'place', 'message']
    """
    pa = needed("pyarrow")
    return pa.schema([pa.field(column.name, _arrow_type(column.kind), column.nullable) for column in TABLES[table]])


def _arrow_type(kind: Kind) -> Any:
    pa = needed("pyarrow")
    text, number = pa.string(), pa.int64()

    def several(kind: Any) -> Any:
        return pa.list_(pa.field("element", kind))  # as Parquet names it: the schema read back is the one written

    types = {
        "int64": number,
        "double": pa.float64(),
        "bool": pa.bool_(),
        "string": text,
        "strings": several(text),
        "pinpoints": several(pa.struct([(name, text) for name in _PINPOINT])),
        "evidence": several(pa.struct([(name, text) for name in _PROOF])),
        "places": several(
            pa.struct(
                [
                    ("start", number),
                    ("end", number),
                    ("text", text),
                    ("path", text),
                    ("page", number),
                    ("paragraph", number),
                    ("section", text),
                ]
            )
        ),
    }
    return types[kind]


def encoded(documents: Iterable[Rows]) -> dict[str, bytes]:
    """Write the rows of some documents as one Parquet file for every table, in the order of the documents."""
    gathered: Rows = {table: [] for table in TABLES}
    for rows in documents:
        for table, told in rows.items():
            gathered[table] += told
    return {table: _file_of(table, rows) for table, rows in gathered.items()}


def _file_of(table: str, rows: list[Row]) -> bytes:
    pa, parquet = needed("pyarrow"), needed("pyarrow.parquet")
    schema = arrow_schema(table)
    columns = [pa.array([row[field.name] for row in rows], type=field.type) for field in schema]
    sink = pa.BufferOutputStream()
    parquet.write_table(pa.Table.from_arrays(columns, schema=schema), sink, compression="zstd")
    content: bytes = sink.getvalue().to_pybytes()
    return content


def part_path(output: Path, table: str, chunk: int) -> Path:
    """Name the file that holds the rows of one chunk of the input; files sort as the input does."""
    return output / table / f"part-{chunk:0{_DIGITS}}.parquet"


def write_part(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole, on the disk, or not at all."""
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def clear_away(output: Path, *, keep: frozenset[int]) -> None:
    """Remove the part files of a folder that belong to no finished chunk, and what a killed run left half written."""
    for table in TABLES:
        folder = output / table
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob(".part-*.parquet.tmp"):
            path.unlink()
        for path in folder.glob("part-*.parquet"):
            if int(path.stem.removeprefix("part-")) not in keep:
                path.unlink()
