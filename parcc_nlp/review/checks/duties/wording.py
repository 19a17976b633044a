"""The words by which these rules read tasks, out of tables that a legal officer can extend."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

__all__ = ["TABLES", "label_patterns", "opens_with", "phrases", "spoken"]

TABLES = ("words.csv", "labels.csv")


@cache
def spoken(name: str) -> re.Pattern[str]:
    """Give the pattern that finds the phrases of a list of ``words.csv`` as whole words.

    Examples
    --------
    >>> bool(spoken("own_scope").search("Rà soát thủ tục thuộc phạm vi quản lý"))
    True
    """
    return re.compile(rf"(?<!\w)(?:{_alternatives(name)})(?!\w)", re.IGNORECASE)


@cache
def opens_with(name: str) -> re.Pattern[str]:
    """Give the pattern that matches a phrase of a list of ``words.csv`` where a text begins.

    Examples
    --------
    >>> bool(opens_with("support").match("hỗ trợ kinh phí"))
    True
    """
    return re.compile(rf"(?:{_alternatives(name)})(?!\w)", re.IGNORECASE)


@cache
def phrases(name: str) -> tuple[str, ...]:
    """Give the phrases of a list of ``words.csv``."""
    return tuple(row["phrase"] for row in rows("words.csv") if row["list"] == name)


@cache
def label_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Give the labels of lines ("Đơn vị chủ trì:"), each with the part of a task that it names; the first one fits."""
    return tuple(
        (row["part"], re.compile(rf"{_spaced(row['pattern'])}\s?:", re.IGNORECASE)) for row in rows("labels.csv")
    )


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Give the rows of a table of this folder."""
    text = (files("parcc_nlp.review.checks.duties") / name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def _alternatives(name: str) -> str:
    """Join the phrases of a list, the longest first; a space stands for any white space."""
    return "|".join(_spaced(re.escape(phrase)) for phrase in sorted(phrases(name), key=len, reverse=True))


def _spaced(pattern: str) -> str:
    return pattern.replace(r"\ ", r"\s+")
