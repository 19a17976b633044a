"""What a task is about: its telling words, and where else in the document the same is told."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from parcc_nlp.review.checks.duties.wording import phrases, spoken
from parcc_nlp.text.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Pairs", "Tellings", "first_telling", "numbers", "steps", "telling_words"]

Pairs = frozenset[tuple[str, str]]
Mark = TypeVar("Mark")

_SYLLABLE = re.compile(r"[^\W\d_]+|\d+|[.,;:()]")
_NUMBER = re.compile(r"\d+")
_MOST_PLACES = 30
"""A pair of syllables that more tasks than these share tells none of them."""
_MOST_COMPARED = 12


class _Common(NamedTuple):
    """The syllables and pairs of syllables that stand in every task and tell nothing of it."""

    syllables: frozenset[str]
    pairs: Pairs


def telling_words(text: str) -> Pairs:
    """Give the pairs of neighbouring syllables that tell what a text is about.

    Most Vietnamese words have two syllables, so that a pair is nearer to a word than a syllable is.

    Examples
    --------
    >>> sorted(telling_words("Thực hiện thu phí tham quan, xây dựng phần mềm"))
    [('phí', 'tham'), ('phần', 'mềm'), ('tham', 'quan'), ('thu', 'phí')]
    """
    return frozenset(_pairs(text))


def first_telling(text: str) -> tuple[str, str] | None:
    """Give the first of the pairs that tell what a text is about.

    Examples
    --------
    >>> first_telling("Tổ chức thống kê, rà soát hộ nuôi ong")
    ('thống', 'kê')
    """
    return next(_pairs(text), None)


def numbers(text: str) -> frozenset[str]:
    """Give the numbers of a text, those of its dates left out.

    Examples
    --------
    >>> sorted(numbers("Trồng 500 cây, xong trước ngày 30/6/2026"))
    ['500']
    """
    for date in reversed(find_dates(text)):
        text = text[: date.start] + text[date.end :]
    return frozenset(_NUMBER.findall(text))


def steps(text: str) -> tuple[str, ...]:
    """Give the first and the last step that a text names: a draft and its approval are two tasks.

    Examples
    --------
    >>> steps("Xây dựng dự thảo, trình ban hành")
    ('xây dựng', 'ban hành')
    """
    found = [" ".join(step.lower().split()) for step in spoken("stage").findall(text)]
    return (found[0], found[-1]) if found else ()


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    common = _common()
    before = ""
    for match in _SYLLABLE.finditer(text.lower()):
        syllable = match[0]
        if not syllable.isalpha() or syllable in common.syllables or (before, syllable) in common.pairs:
            before = ""
            continue
        if before:
            yield before, syllable
        before = syllable


class Tellings(Generic[Mark]):
    """Tasks by what they are about: finds those that tell the same as another, in time that does not grow with them.

    Parameters
    ----------
    tasks
        What is told of every task, with a mark that its finder knows it by.
    """

    def __init__(self, tasks: Iterable[tuple[str, Mark]]) -> None:
        self.tasks = [(telling_words(text), mark) for text, mark in tasks]
        self.places: dict[tuple[str, str], list[int]] = {}
        for number, (words, _) in enumerate(self.tasks):
            for pair in words:
                self.places.setdefault(pair, []).append(number)

    def words(self, number: int) -> Pairs:
        """Give the telling words of a task by its place in the order given."""
        return self.tasks[number][0]

    def like(self, words: Pairs, *, share: float, holding: tuple[str, str] | None = None) -> list[Mark]:
        """Give the marks of the tasks that hold at least a share of these words, and one of them above all."""
        hits: Counter[int] = Counter()
        for pair in words:
            places = self.places.get(pair, ())
            if len(places) <= _MOST_PLACES:
                hits.update(places)
        close = (self.tasks[number] for number, _ in hits.most_common(_MOST_COMPARED))
        return [
            mark
            for told, mark in close
            if len(told & words) >= share * len(words) and (holding is None or holding in told)
        ]


@cache
def _common() -> _Common:
    common = phrases("common")
    return _Common(
        frozenset(phrase for phrase in common if " " not in phrase),
        frozenset(pair for phrase in common for pair in pairwise(phrase.split())),
    )
