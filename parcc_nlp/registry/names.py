"""Laws, codes and ordinances by name: the index of titles and the tolerant search in it.

Names are compared after commas, case, tone placement and abbreviations (``name_abbreviations.csv``) are made regular.
Only what is then still different is searched with tolerance, with a high threshold and a clear margin, so that "Luật
Đầu tư" never becomes "Luật Đầu tư công".
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.registry.identity import plain, read_rules

if TYPE_CHECKING:
    from parcc_nlp.registry.store import Store

__all__ = ["LAW_TYPES", "NameIndex", "StatedName", "is_amending", "name_key", "read_name"]

LAW_TYPES = ("Bộ luật", "Luật", "Pháp lệnh", "Hiến pháp")
CLOSE_ENOUGH = 93.0
"""Similarity (0-100) above which a misspelt name is taken for a title."""
CLEAR_MARGIN = 4.0
"""How much worse the next best title must be."""

_YEAR_TAIL = re.compile(r",?\s+(?:năm\s+)?(?P<year>(?:19|20)\d{2})$")
_NUMBER_TAIL = re.compile(r"\s+số\s*:?\s*\d.*$")
_NOT_WORD = re.compile(r"[^\w&]+")
_AMENDING = ("sửa đổi", "bổ sung")
_REMEMBERED = 16384


class StatedName(NamedTuple):
    """A name taken apart: its key, and the year it states."""

    key: str
    year: str | None


@cache
def _abbreviations() -> dict[str, str]:
    return {row["short"].casefold(): row["long"] for row in read_rules("name_abbreviations.csv")}


@lru_cache(maxsize=_REMEMBERED)
def name_key(name: str) -> str:
    """Give the key names are compared by.

    Examples
    --------
    >>> name_key("Luật Thi đua khen thưởng") == name_key("Luật thi đua, khen thưởng")
    True
    >>> name_key("Luật Ban hành văn bản QPPL")
    'luật ban hành văn bản quy phạm pháp luật'
    """
    words = _NOT_WORD.sub(" ", plain(name).casefold()).split()
    return " ".join(_abbreviations().get(word, word) for word in words)


def read_name(name: str) -> StatedName:
    """Take a name apart into its key and the year it states ("Luật Đất đai năm 2013").

    Examples
    --------
    >>> read_name("Luật Đất đai năm 2013")
    StatedName(key='luật đất đai', year='2013')
    """
    text = _NUMBER_TAIL.sub("", plain(name).strip(" .,;"))
    match = _YEAR_TAIL.search(text)
    return StatedName(name_key(text[: match.start()] if match else text), match["year"] if match else None)


def is_amending(name: str) -> bool:
    """Say whether a name is that of an amending law."""
    return name_key(name).startswith(tuple(f"{kind.casefold()} {_AMENDING[0]}" for kind in LAW_TYPES))


class NameIndex:
    """Titles of laws, codes and ordinances, by key and by rare word."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._by_key: dict[str, list[str]] = {}

    def exact(self, key: str) -> list[str]:
        """List the instruments of exactly this name."""
        found = self._by_key.get(key)
        if found is None:
            found = self._by_key[key] = self._store.laws_of(key)
        return found

    @cached_property
    def _by_token(self) -> dict[str, set[str]]:
        # Only a misspelt name is looked for by its words.
        found: dict[str, set[str]] = defaultdict(set)
        for key in self._store.law_names():
            for token in set(key.split()):
                found[token].add(key)
        return found

    def close(self, key: str) -> list[str]:
        """List the instruments of the one title that a misspelt name clearly means; empty where none clearly is."""
        candidates = self._candidates(key)
        if not candidates:
            return []
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - loaded only when a name is misspelt

        ranked = process.extract(key, sorted(candidates), scorer=fuzz.ratio, limit=2)
        best, score, _ = ranked[0]
        runner_up = ranked[1][1] if len(ranked) > 1 else 0.0
        clear = score >= CLOSE_ENOUGH and score - runner_up >= CLEAR_MARGIN
        return self.exact(best) if clear and _same_frame(key, best) else []

    def _candidates(self, key: str) -> set[str]:
        """Give the titles that share one of the name's two rarest known words."""
        known = [token for token in key.split() if token in self._by_token]
        rare = sorted(known, key=lambda token: (len(self._by_token[token]), token))[:2]
        return set().union(*(self._by_token[token] for token in rare)) if rare else set()


def _same_frame(one: str, other: str) -> bool:
    """Say whether two names differ inside words only: as many words, the same digits, one word in four at most."""
    mine, theirs = one.split(), other.split()
    if len(mine) != len(theirs) or re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    changed = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    return 4 * len(changed) <= len(mine) and all(abs(len(a) - len(b)) <= 1 for a, b in changed)
