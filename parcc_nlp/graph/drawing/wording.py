"""The words of drawn graphs, Vietnamese and English (``words.csv``), and how a label is made safe to show."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import Literal

from parcc_nlp.registry.wording import written_days

__all__ = ["Language", "legible", "shortened", "word_or", "words", "words_beginning", "written"]

Language = Literal["vi", "en"]

# Control characters (a page or a terminal would obey them) and the marks that reorder text on screen.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_MORE = "…"


def words(key: str, lang: Language = "vi", /, **fields: object) -> str:
    """Give a wording of ``words.csv`` with its fields filled in.

    Examples
    --------
    >>> words("targets_and_tasks", targets=35, tasks=45)
    '35 chỉ tiêu, 45 nhiệm vụ'
    """
    return _table()[key][lang].format(**fields)


def word_or(key: str, otherwise: str, lang: Language = "vi") -> str:
    """Give a wording, or `otherwise` where the table has none for a value that data may extend.

    Examples
    --------
    >>> word_or("role_lead", "lead"), word_or("role_advise", "advise")
    ('Chủ trì', 'advise')
    """
    entry = _table().get(key)
    return entry[lang] if entry else otherwise


def words_beginning(prefixes: tuple[str, ...], lang: Language) -> dict[str, str]:
    """Give the wordings whose keys begin in one of some ways, their fields still open."""
    return {key: entry[lang] for key, entry in _table().items() if key.startswith(prefixes)}


def written(day: str) -> str:
    """Write an ISO day as officers write it; one that is less precise as it is.

    Examples
    --------
    >>> written("2023-07-01"), written("2019")
    ('01/7/2023', '2019')
    """
    return written_days(day)


def legible(text: str) -> str:
    """Replace characters that a page would obey instead of showing, one for one; white space becomes spaces.

    Examples
    --------
    >>> legible("đỏ" + chr(27) + "[0m")
    'đỏ�[0m'
    """
    return _UNSAFE.sub("\ufffd", " ".join(text.split()))


def shortened(text: str, length: int) -> str:
    """Cut a text at the end of a word where it is longer than some characters.

    Examples
    --------
    >>> shortened("Về kiểm soát thủ tục hành chính", 16)
    'Về kiểm soát…'
    """
    if len(text) <= length:
        return text
    cut = text[: length - len(_MORE) + 1].rpartition(" ")[0] or text[: length - len(_MORE)]
    return cut.rstrip(" ,;:") + _MORE


@cache
def _table() -> dict[str, dict[Language, str]]:
    """Read the table of wordings once."""
    with (files("parcc_nlp.graph.drawing") / "words.csv").open(encoding="utf-8") as lines:
        return {row["key"]: {"vi": row["vi"], "en": row["en"]} for row in csv.DictReader(lines)}
