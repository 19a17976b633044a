"""Targets of one indicator side by side: across years, levels of government and documents."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.graph.questions.standing import Level, level_of
from parcc_nlp.graph.questions.walking import instrument_of
from parcc_nlp.graph.values import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from parcc_nlp.graph.legal_graph import LegalGraph

__all__ = ["Goal", "Indicator", "indicators"]

_CLOSE = 90.0
"""What two documents call one indicator differs by a few words more; measured on plans of 2025."""
_WORD = re.compile(r"\w+(?:[./&]\w+)*")
_NUMBER = re.compile(r"\d")
_NO_DATE = "9999"
_LEVELS: tuple[Level | None, ...] = ("central", "province", "district", "commune", None)


@dataclass(frozen=True, slots=True)
class Goal:
    """A target that a document sets for an indicator; value, comparator and deadline are properties of `target`.

    `day` is the deadline, else the date of the document: what goals are sorted by.
    """

    target: Node
    document: Node
    level: Level | None
    day: str | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured, in the wording most goals use, with its unit and all goals set for it by date and level."""

    subject: str
    unit: str | None
    goals: tuple[Goal, ...]


def indicators(graph: LegalGraph, named: str | None = None, *, fewest: int = 1) -> tuple[Indicator, ...]:
    """Put together the targets that are set for one indicator.

    Targets are of one indicator where they have one unit and are called the same but for measures, prepositions and
    known abbreviations; or where two documents call it nearly the same, one with a few words more. What one document
    calls by two names is two indicators.

    Parameters
    ----------
    graph
        Where to look.
    named
        Only indicators that are called so, all words of it being in their name in any order.
    fewest
        Only indicators with goals for so many days or in so many documents.

    Returns
    -------
    tuple of Indicator
        Those called most like `named` first; without it, by name. Goals by day, level and document.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> for plan, subject in (("p/2024", "Tỷ lệ hồ sơ trực tuyến"), ("p/2025", "hồ sơ TTHC trực tuyến")):
    ...     graph.add_node(Node(plan, "instrument", plan))
    ...     fields = {"subject": subject, "number_unit": "%", "deadline": plan[2:]}
    ...     graph.add_node(Node(f"{plan}#target_1", "target", subject, properties=fields))
    ...     graph.add_edge(Edge(plan, "sets_target", f"{plan}#target_1"))
    >>> [(one.subject, len(one.goals)) for one in indicators(graph, "hồ sơ trực tuyến")]
    [('Tỷ lệ hồ sơ trực tuyến', 1), ('hồ sơ TTHC trực tuyến', 1)]
    """
    groups: dict[_Key, list[Goal]] = defaultdict(list)
    wanted = frozenset(telling_words(named)) if named else frozenset()
    for goal in _goals(graph):
        words = telling_words(str(goal.target.get("subject") or goal.target.label))
        if words:
            groups[_Key(words, _text(goal.target.get("number_unit")))].append(goal)
    found = [
        (_unlikeness(named, keys), _indicator([goal for key in keys for goal in groups[key]]))
        for keys in _put_together(groups)
        if any(wanted <= set(key.words) for key in keys)
    ]
    kept = [one for one in found if len({(goal.document.id, goal.day) for goal in one[1].goals}) >= fewest]
    return tuple(indicator for _, indicator in sorted(kept, key=_likest_first))


@cache
def telling_words(subject: str) -> tuple[str, ...]:
    """Give the syllables that tell an indicator from others, abbreviations spelled out.

    Examples
    --------
    >>> telling_words("Tỷ lệ hồ sơ TTHC trên địa bàn tỉnh")
    ('hồ', 'sơ', 'thủ', 'tục', 'hành', 'chính')
    """
    left = _WORD.findall(unicodedata.normalize("NFC", subject).casefold())
    told: list[str] = []
    while left:
        term = _term_at(left, at_start=not told)
        if term is None:
            told.append(left.pop(0))
            continue
        del left[: len(term.words)]
        told += term.instead
    return tuple(told)


class _Key(NamedTuple):
    """What targets of one indicator share: the telling syllables and the unit."""

    words: tuple[str, ...]
    unit: str | None


class _Term(NamedTuple):
    """A term that tells nothing, or that means another."""

    words: tuple[str, ...]
    at_start: bool
    instead: tuple[str, ...]


def _term_at(words: Sequence[str], *, at_start: bool) -> _Term | None:
    """Give the longest term the words begin with."""
    return next(
        (
            term
            for term in _terms().get(words[0], ())
            if tuple(words[: len(term.words)]) == term.words and (at_start or not term.at_start)
        ),
        None,
    )


@cache
def _terms() -> Mapping[str, tuple[_Term, ...]]:
    text = (files("parcc_nlp.graph.questions") / "subjects.csv").read_text(encoding="utf-8")
    found: dict[str, list[_Term]] = defaultdict(list)
    for row in csv.DictReader(text.splitlines()):
        words = tuple(row["words"].split())
        found[words[0]].append(_Term(words, row["where"] == "start", tuple(row["instead"].split())))
    return {first: tuple(sorted(terms, key=_longest_first)) for first, terms in found.items()}


def _longest_first(term: _Term) -> tuple[int, tuple[str, ...]]:
    return -len(term.words), term.words


def _goals(graph: LegalGraph) -> Iterator[Goal]:
    for target in graph.nodes("target"):
        own = instrument_of(target.id)
        if own not in graph:
            continue
        document = graph.node(own)
        day = _text(target.get("deadline")) or _text(document.get("issued"))
        yield Goal(target, document, level_of(own), day)


def _put_together(groups: Mapping[_Key, Sequence[Goal]]) -> Iterator[tuple[_Key, ...]]:
    """Join names of one indicator, the closest first, as long as no document uses both."""
    holder = {key: [key] for key in groups}
    documents = {key: {goal.document.id for goal in goals} for key, goals in groups.items()}
    for _, one, other in sorted(_close_pairs(groups)):
        first, second = holder[one], holder[other]
        mine = {name for key in first for name in documents[key]}
        theirs = {name for key in second for name in documents[key]}
        if first is not second and not mine & theirs:
            first += second
            for key in second:
                holder[key] = first
    seen: set[int] = set()
    for key in sorted(groups, key=_by_name):
        if id(holder[key]) not in seen:
            seen.add(id(holder[key]))
            yield tuple(sorted(holder[key], key=_by_name))


def _close_pairs(keys: Iterable[_Key]) -> Iterator[tuple[float, _Key, _Key]]:
    """Give names of which one has all syllables of the other and few more, the same numbers, and the same unit."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - slow to load, and only this question needs it

    holding: dict[str, list[_Key]] = defaultdict(list)
    for key in sorted(keys, key=_by_name):
        for word in set(key.words):
            holding[word].append(key)
    for key in sorted(keys, key=_by_name):
        rarest = min(set(key.words), key=_rarity(holding))
        mine = Counter(key.words)
        for other in holding[rarest]:
            if other.unit != key.unit or len(other.words) <= len(key.words) or mine - Counter(other.words):
                continue
            score = fuzz.token_sort_ratio(" ".join(key.words), " ".join(other.words), score_cutoff=_CLOSE)
            if score >= _CLOSE and _numbers(key) == _numbers(other):
                yield -score, key, other


def _rarity(holding: Mapping[str, Sequence[_Key]]) -> Callable[[str], tuple[int, str]]:
    def rarity(word: str) -> tuple[int, str]:
        return len(holding[word]), word

    return rarity


def _numbers(key: _Key) -> list[str]:
    return sorted(word for word in key.words if _NUMBER.search(word))


def _by_name(key: _Key) -> tuple[tuple[str, ...], str]:
    return key.words, key.unit or ""


def _indicator(goals: Sequence[Goal]) -> Indicator:
    wordings = Counter(str(goal.target.get("subject") or goal.target.label) for goal in goals)
    subject = min((-count, len(wording), wording) for wording, count in wordings.items())[-1]
    unit = _text(goals[0].target.get("number_unit"))
    return Indicator(subject, unit, tuple(sorted(goals, key=_by_day)))


def _by_day(goal: Goal) -> tuple[str, int, str, int]:
    start = goal.target.get("start")
    return (goal.day or _NO_DATE, _LEVELS.index(goal.level), goal.document.id, start if isinstance(start, int) else 0)


def _unlikeness(named: str | None, keys: Iterable[_Key]) -> int:
    """Count the syllables an indicator has beyond the name asked for."""
    return min(len(key.words) for key in keys) if named else 0


def _likest_first(one: tuple[int, Indicator]) -> tuple[int, str, str]:
    unlikeness, indicator = one
    return unlikeness, indicator.subject.casefold(), indicator.unit or ""


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
