"""The data files of the grammar, read once: tables (CSV) and lists (YAML) that a legal officer can extend."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["DocumentType", "alternatives", "document_types", "read_lists", "read_rows"]


def _text(name: str) -> str:
    return (files("parcc_nlp.extract") / "grammar" / name).read_text(encoding="utf-8")


@cache
def read_lists(name: str) -> Any:
    """Give the content of a YAML file of the grammar.

    Examples
    --------
    >>> read_lists("signature.yaml")["deputy"]
    'Phó'
    """
    # The C parser, where it is there: the plain one takes a tenth of a second for these files.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(_text(name), Loader=loader)  # noqa: S506 - both loaders are the safe ones


@cache
def read_rows(name: str) -> tuple[dict[str, str], ...]:
    """Give the rows of a CSV file of the grammar.

    Examples
    --------
    >>> read_rows("issuer_symbols.csv")[0]
    {'symbol': 'CP', 'issuer': 'Chính phủ'}
    """
    return tuple(csv.DictReader(StringIO(_text(name), newline="")))


class DocumentType(NamedTuple):
    """A row of ``grammar/document_types.csv``: a type, its symbols, and whether it is issued with a decision."""

    doc_type: str
    codes: tuple[str, ...]
    attached: bool


@cache
def document_types() -> tuple[DocumentType, ...]:
    """Give all types of documents, in the order of the table.

    Examples
    --------
    >>> document_types()[0].doc_type
    'Hiến pháp'
    """
    return tuple(
        DocumentType(row["doc_type"], tuple(filter(None, row["codes"].split("|"))), row["attached"] == "yes")
        for row in read_rows("document_types.csv")
    )


def alternatives(words: Iterable[str]) -> str:
    """Write words as the alternatives of a pattern, longest first, any white space between syllables.

    Examples
    --------
    >>> alternatives(["Quy chế", "Luật"])
    'Quy\\\\s+chế|Luật'
    """
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
