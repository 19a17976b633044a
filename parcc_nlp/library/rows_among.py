"""Asking a table for the rows that have one of many values in a column."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import ARRAY, any_, bindparam, func, select

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection

__all__ = ["rows_among"]

_AT_ONCE = 500


def rows_among(connection: Connection, query: Any, column: ColumnElement[Any], values: Sequence[Any]) -> Iterator[Any]:
    """Run a query for some values of a column, some hundred at a time.

    The values are one parameter, a list: with a parameter each the statement would be written anew for every length.
    """
    if not values:
        return
    limited = query.where(_among(connection.dialect.name, column))
    for first in range(0, len(values), _AT_ONCE):
        some = list(values[first : first + _AT_ONCE])
        given = some if connection.dialect.name == "postgresql" else msgspec.json.encode(some).decode()
        yield from connection.execute(limited, {"some": given}).all()


@cache
def _among(dialect: str, column: ColumnElement[Any]) -> ColumnElement[bool]:
    if dialect == "postgresql":
        return column == any_(bindparam("some", type_=ARRAY(column.type)))
    return column.in_(select(func.json_each(bindparam("some")).table_valued("value").c.value))
