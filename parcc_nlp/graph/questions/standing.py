"""Where an instrument stands: in the order of legal force, and on which level of government.

Both are read from its id, which names type and issuer (``force.csv``, ``levels.csv``).
"""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from parcc_nlp.registry.identity import province_slugs

__all__ = ["Level", "force_of", "level_of"]

Level = Literal["central", "province", "district", "commune"]

_UNKNOWN = "-"
_BEHIND_ALL = 99
_LOCAL = ("chu-tich-ubnd-", "thuong-truc-hdnd-", "van-phong-ubnd-", "ubnd-", "hdnd-")
_OF_PROVINCE = "so-"
_PARTS = 3


def force_of(instrument: str) -> int:
    """Give the rank of an instrument in the order of legal force: the lower, the higher it stands.

    What lies outside that order, as Party documents do, and what cannot be told stands behind all others.

    Examples
    --------
    >>> force_of("vn/luat/quoc-hoi/2024-01-18/31-2024-qh15") < force_of("vn/nghi-dinh/chinh-phu/-/45-2020-nd-cp")
    True
    """
    return _rank(*_type_and_issuer(instrument))


def level_of(instrument: str) -> Level | None:
    """Give the level of government of whoever issued an instrument; None where its issuer is not known.

    Examples
    --------
    >>> level_of("vn/ke-hoach/ubnd-thanh-pho-hue/2025-01-15/12-kh-ubnd"), level_of("vn/nghi-dinh/-/-/1-2020-nd-cp")
    ('province', None)
    """
    _, issuer = _type_and_issuer(instrument)
    if issuer == _UNKNOWN:
        return None
    body = next((issuer.removeprefix(start) for start in _LOCAL if issuer.startswith(start)), None)
    if body is None:
        return "province" if issuer.startswith(_OF_PROVINCE) else "central"
    level = next((level for start, level in _levels() if body.startswith(start)), None)
    if level == "city":
        return "province" if body.removeprefix("thanh-pho-") in province_slugs() else "district"
    if level is None:
        return "province" if body in province_slugs() else None
    return level


@lru_cache(maxsize=4096)  # documents of few issuers stand in one answer
def _rank(doc_type: str, issuer: str) -> int:
    ranks = [
        (bool(row_type), len(row_issuer), rank)
        for row_type, row_issuer, rank in _ranks()
        if row_type in {"", doc_type} and issuer.startswith(row_issuer)
    ]
    return max(ranks)[-1] if ranks else _BEHIND_ALL


def _type_and_issuer(instrument: str) -> tuple[str, str]:
    parts = instrument.split("/", _PARTS)
    return (parts[1], parts[2]) if len(parts) >= _PARTS else (_UNKNOWN, _UNKNOWN)


@cache
def _ranks() -> tuple[tuple[str, str, int], ...]:
    return tuple((row["doc_type"], row["issuer"], int(row["rank"])) for row in _rows("force.csv"))


@cache
def _levels() -> tuple[tuple[str, Level | Literal["city"]], ...]:
    return tuple((row["issuer"], row["level"]) for row in _rows("levels.csv"))  # type: ignore[misc]  # checked by a test


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("parcc_nlp.graph.questions") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
