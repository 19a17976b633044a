"""The tables of this package, read from the CSV files beside the code."""

from __future__ import annotations

import csv
from pathlib import Path


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
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))
