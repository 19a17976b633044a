"""The tables of edXML: namespaces, spellings of elements, fillers, and what its codes mean.

Element names are those of QCVN 102:2016/BTTTT, its misspelling "Bussiness" included; ``edxml_names.csv`` says what else
is written for them, ``edxml_codes.csv`` what the codes mean.
"""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files
from typing import Literal

from parcc_nlp.read.edxml_values import Coded

__all__ = ["CodeTable", "codes", "fillers", "namespaces", "qualified"]

CodeTable = Literal["business", "priority", "steering", "receiver", "status"]


def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = files("parcc_nlp.read").joinpath(name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text, newline="")))


@cache
def namespaces() -> frozenset[str]:
    """Give the namespaces an element of edXML may stand in.

    Examples
    --------
    >>> "http://www.mic.gov.vn/TBT/QCVN_102_2016" in namespaces()
    True
    """
    return frozenset(row["written"] for row in _rows("edxml_names.csv") if row["kind"] == "namespace")


@cache
def qualified(name: str) -> frozenset[str]:
    """Give all qualified names an element may bear: each namespace or none, the standard's spelling or another.

    Examples
    --------
    >>> sorted(qualified("Subject"))[0], "Business" in qualified("Bussiness")
    ('Subject', True)
    """
    rows = _rows("edxml_names.csv")
    spellings = [name, *(row["written"] for row in rows if row["kind"] == "element" and row["name"] == name)]
    known = ["", *(f"{{{namespace}}}" for namespace in namespaces())]
    return frozenset(f"{namespace}{spelling}" for namespace in known for spelling in spellings)


@cache
def fillers() -> frozenset[str]:
    """Give what is written, in any case, where there is nothing to say.

    Examples
    --------
    >>> "n/a" in fillers()
    True
    """
    return frozenset(row["written"].casefold() for row in _rows("edxml_names.csv") if row["kind"] == "filler")


@cache
def codes(table: CodeTable) -> dict[str, Coded]:
    """Give the codes of one table with what they mean.

    Examples
    --------
    >>> codes("business")["1"].name
    'recall'
    """
    return {
        row["code"]: Coded(row["code"], row["name"], row["vi"], row["en"])
        for row in _rows("edxml_codes.csv")
        if row["table"] == table
    }
