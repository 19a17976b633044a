"""The tables of this package, read from the CSV files beside the code."""

from __future__ import annotations

import csv
from importlib.resources import files
from io import StringIO


def read_table(name: str) -> tuple[dict[str, str], ...]:
    """Read one CSV table of this package.

    Parameters
    ----------
    name
        The file name, such as ``"homoglyphs.csv"``.

    Returns
    -------
    tuple[dict[str, str], ...]
        One mapping from column to cell a row, in file order.

    Examples
    --------
    >>> read_table("symbol_types.csv")[0]["code"]
    'L'
    """
    source = files("parcc_nlp.text").joinpath(name)
    return tuple(csv.DictReader(StringIO(source.read_text(encoding="utf-8"), newline="")))
