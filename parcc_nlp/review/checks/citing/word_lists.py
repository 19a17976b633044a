"""The lists of words that stand beside these checks, for a legal officer to extend."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["alternatives", "beside", "either", "read_lists", "words"]


@cache
def read_lists(name: str) -> Mapping[str, tuple[str, ...]]:
    """Read a file of lists of words."""
    import yaml  # noqa: PLC0415  # only a review needs it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: dict[str, list[str]] = yaml.load(beside(name), Loader=loader)  # noqa: S506  # both loaders are the safe ones
    return {key: tuple(listed) for key, listed in content.items()}


def words(key: str) -> tuple[str, ...]:
    """Give one of the lists of ``words.yaml``."""
    return read_lists("words.yaml")[key]


def alternatives(among: Iterable[str]) -> str:
    """Give words as alternatives of a pattern, the longest first.

    Examples
    --------
    >>> alternatives(["và", "và các"])
    'và\\\\ các|và'
    """
    return "|".join(re.escape(word) for word in sorted(among, key=len, reverse=True))


def either(key: str) -> str:
    """Give one of the lists of ``words.yaml`` as alternatives of a pattern."""
    return alternatives(words(key))


def beside(name: str) -> str:
    """Give the content of a file beside these checks."""
    return (files("parcc_nlp.review.checks.citing") / name).read_text(encoding="utf-8")
