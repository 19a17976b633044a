"""Is a document normative (văn bản quy phạm pháp luật)? By type, symbol and date; None where these do not decide.

The rules stand in ``grammar/normative.csv``: the first row that fits answers. They presume what the law prescribes
("số, ký hiệu của văn bản quy phạm pháp luật" has the year); the presumption is open to proof to the contrary.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from parcc_nlp.extract.data_files import read_rows

__all__ = ["is_normative"]

WITH_YEAR = re.compile(r"^\d+[A-Za-z]?/(?:19|20)\d\d/")
# Party documents have a hyphen behind the number ("384-QĐ/TW"); so had those of the State before 1997 ("12-TT/BNV").
PARTY = re.compile(r"^\d+-[A-ZĐa-zđ]+(?:/|$)")
PARTY_BODY = re.compile(r"(?:TW|TU|HU|QU|ĐU|ThU)$")
STATE_USED_HYPHENS_UNTIL = "1997-01-01"


class _Rule(NamedTuple):
    doc_type: str
    symbol: str
    year: str
    issued_from: str
    issued_to: str
    normative: str
    reason: str


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(_Rule(**row) for row in read_rows("normative.csv"))


def is_normative(*, doc_type: str | None, number: str | None, issued: str | None) -> bool | None:
    """Tell whether a document is a normative one under the law in force when it was issued.

    Parameters
    ----------
    doc_type, number, issued
        Type, canonical number and ISO date of the document, None if unknown.

    Returns
    -------
    bool or None
        None where type, number and date do not decide.

    Examples
    --------
    >>> is_normative(doc_type="Quyết định", number="18/2023/QĐ-UBND", issued="2023-05-01")
    True
    >>> is_normative(doc_type="Quyết định", number="3044/QĐ-UBND", issued="2023-12-22")
    False
    >>> is_normative(doc_type="Quyết định", number=None, issued="2023-12-22") is None
    True
    """
    if not doc_type:
        return None
    if number and PARTY.match(number):
        since = _within(issued, STATE_USED_HYPHENS_UNTIL, "")
        if PARTY_BODY.search(number) or (since and "L/CTN" not in number):
            return False
    year = "unknown" if not number else "yes" if WITH_YEAR.match(number) else "no"
    for rule in _rules():
        if rule.doc_type not in (doc_type, "*"):
            continue
        if rule.symbol and not (number and re.search(rf"[-/]{re.escape(rule.symbol)}\d*$", number)):
            continue
        if rule.year not in ("any", year):
            continue
        if (rule.issued_from or rule.issued_to) and not _within(issued, rule.issued_from, rule.issued_to):
            continue
        return {"yes": True, "no": False}.get(rule.normative)
    return None


def _within(issued: str | None, first: str, last: str) -> bool:
    """Tell whether a date, perhaps a year only, certainly lies between two days, both included and either open."""
    if not issued:
        return False
    earliest = issued + "-01-01"[len(issued) - 4 :] if len(issued) < len("2020-01-01") else issued
    latest = issued + "-12-31"[len(issued) - 4 :] if len(issued) < len("2020-01-01") else issued
    return (not first or earliest >= first) and (not last or latest <= last)
