"""The words and tables by which the checks of targets tell one case from another."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Level", "Term", "abbreviations", "any_of", "levels", "opening_with", "terms", "words"]

Role = Literal["empty", "opening", "light", "same", "measure"]
_FOLDER = "parcc_nlp.review.checks.targets"


class Term(NamedTuple):
    """A term of indicators, cut into syllables.

    ``empty`` terms tell no indicator from another, ``opening`` ones where no telling word stands right before them
    ("số hộ", but "kinh tế số"), ``light`` ones hardly; ``same`` ones are read as `instead`, and ``measure`` terms need
    an object to name an indicator.
    """

    syllables: tuple[str, ...]
    role: Role
    instead: str


class Level(NamedTuple):
    """A level of government, 1 the highest, and how the names of issuers of that level read."""

    level: int
    issuer: re.Pattern[str]


@cache
def words(key: str) -> tuple[str, ...]:
    """Give a list of ``words.yaml``."""
    return tuple(_lists()[key])


@cache
def any_of(*keys: str) -> re.Pattern[str]:
    """Make a pattern for any word of some lists, as whole words in lower-case text; "/năm" may stand behind a word."""
    return re.compile(rf"(?:(?<!\w)|(?=/))(?:{_alternation(keys)})(?!\w)")


@cache
def opening_with(*keys: str) -> re.Pattern[str]:
    """Make a pattern for text that opens with a word of some lists, be it behind its label ("2.", "b)", "-")."""
    return re.compile(rf"[\s\-+•*–]*(?:\(?(?:\d+(?:\.\d+)*|[a-zđ]|[ivx]+)[.)]\s*)?(?:{_alternation(keys)})(?!\w)")


@cache
def terms() -> Mapping[str, tuple[Term, ...]]:
    """Give the terms of indicators by their first syllable, the longest first."""
    found: dict[str, list[Term]] = {}
    for row in _rows("indicator_words.csv"):
        syllables = tuple(row["words"].split())
        found.setdefault(syllables[0], []).append(Term(syllables, cast("Role", row["role"]), row["instead"]))
    return {first: tuple(sorted(group, key=_longest_first)) for first, group in found.items()}


@cache
def abbreviations() -> Mapping[str, str]:
    """Give what abbreviations that everybody knows stand for, in lower case."""
    return {row["short"].lower(): row["long"] for row in _rows("abbreviations.csv")}


@cache
def levels() -> tuple[Level, ...]:
    """Give the levels of government in the order in which their names are tried."""
    return tuple(Level(int(row["level"]), re.compile(row["issuer"])) for row in _rows("issuer_levels.csv"))


def _alternation(keys: tuple[str, ...]) -> str:
    """Join the words of some lists, the longest first, so that "hằng năm" is not read as "hằng"."""
    every = sorted({word for key in keys for word in words(key)}, key=_by_length)
    return "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in every)


@cache
def _lists() -> Mapping[str, list[str]]:
    import yaml  # noqa: PLC0415  # only a review needs it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: dict[str, Any] = yaml.load(_read("words.yaml"), Loader=loader)  # noqa: S506  # both loaders are safe ones
    return content


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(_read(name).splitlines()))


def _read(name: str) -> str:
    return (files(_FOLDER) / name).read_text(encoding="utf-8")


def _longest_first(term: Term) -> int:
    return -len(term.syllables)


def _by_length(word: str) -> tuple[int, str]:
    return -len(word), word
