"""VB503: the name of an agency misspelt or mutilated: a word dropped, doubled, swapped, or one letter wrong.

Abbreviations, other ways to join the parts of a name and bodies that are not listed are no faults. Every fault is
measured against the names of ``known_bodies.csv``.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.checks.names.reported import Reported
from parcc_nlp.review.checks.names.words import bare, lowered, occurrences, one_tone, spellings
from parcc_nlp.review.rule import Flag, Place, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Phrase

__all__ = ["vb503"]

_TOKEN = re.compile(r"[^\W\d_]+")
_SPACE = re.compile(r"[ \u00a0]+")
_SECOND = re.compile(r"\w+[ \u00a0]+([^\W\d_]+)(?:[ \u00a0]*[,&–-]?[ \u00a0]*(?:và[ \u00a0]+)?([^\W\d_]+))?")
_CLOSED = re.compile(r"[ \u00a0]*(?:[,.;:)\n\t]|$)")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s+$")
_LOOSE = re.compile(r"[ \u00a0]*(?:[,&–-][ \u00a0]*(?:và[ \u00a0]+)?|(?<=[ \u00a0])và[ \u00a0]+)|[ \u00a0]+")
"""What stands between the words of a field; nothing here passes a line's or a cell's end."""
_LEVELS = frozenset({"tỉnh", "thành", "tp", "xã", "phường", "đặc", "huyện", "quận", "thị", "cấp", "các"})
_OWN_LEVELS = _LEVELS - {"các"}
"""What follows "ban nhân dân" where "ủy" is missing: hamlets have a Ban nhân dân of their own."""
_DOUBLED_TAIL = re.compile(r"[ \u00a0]+(?:nhân[ \u00a0]+dân|dân)(?!\w)")
_FIELD_HEADS = frozenset({"sở", "bộ"})
_SHORTEST_NAME = 3
_SURE_ALONE = frozenset({"altered", "glued"})
_LONGEST = 12
_SURE_LETTERS = 4
"""From this length on, one letter more, less or other is a slip; shorter words differ by marks alone."""
_FIRST_WORDS = {"ban nhân dân": "ủy", "đồng nhân dân": "hội", "án nhân dân": "tòa", "kiểm sát nhân dân": "viện"}


class _Word(NamedTuple):
    """A word of the text, small, with its place."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Body:
    """A row of ``known_bodies.csv``: the name, its words without what joins them, and what may be missing."""

    name: str
    words: tuple[str, ...]
    one_word_drops: bool
    part_drops: tuple[str, ...]
    before_level: bool
    """Whether a mutilated name is known by the level behind it ("Ủy ban nhân tỉnh")."""


class _Fault(NamedTuple):
    """What is wrong: the message, how many words of the text it takes, and the right name."""

    key: str
    length: int
    name: str


class _Beginning(NamedTuple):
    """The names that begin with one word."""

    spellings: tuple[str, ...]
    bodies: tuple[_Body, ...]
    right: tuple[str, ...]
    """The names in small letters as they are mostly written, for a quick look."""
    near: frozenset[str]
    """Their second and third words without marks, for a quick look."""


@rule("VB503")
def vb503(context: RuleContext) -> Iterator[Flag]:
    """Flag a misspelt name of an agency, once a spelling."""
    if context.extraction.source.text_layer != "native":
        return  # what a scan garbled, nobody misspelt
    found: dict[str, list[tuple[int, int, _Fault]]] = {}
    reported: Reported | None = None
    text = context.extraction.text
    for start, end, fault in _faults(text):
        reported = reported or Reported.of(context.extraction)
        if start not in reported:
            found.setdefault(" ".join(text[start:end].lower().split()), []).append((start, end, fault))
    for surface, places in found.items():
        start, end, fault = places[0]
        yield Flag(
            start=start,
            end=end,
            message=phrase(fault.key, written=" ".join(text[start:end].split()), again=_again(len(places))),
            subject=surface,
            suggestion=phrase("suggestion", name=fault.name),
            kind="review" if fault.key == "glued" else "fail",  # a copy, not the drafter, may have lost the space
            related=tuple(Place(first, last) for first, last, _ in places[1:]),
        )


def _again(count: int) -> Phrase | None:
    """Say how often else a name is so written."""
    return None if count == 1 else phrase("again", count=str(count - 1))


def _faults(text: str) -> list[tuple[int, int, _Fault]]:
    """Give every mutilated name of a text, in order."""
    small = lowered(text)
    found = [
        fault
        for head, beginning in _beginnings().items()
        for spelling in beginning.spellings
        for at in occurrences(spelling, small)
        for fault in _at(text, small, at, head, beginning)
    ]
    found.extend(
        fault for rest in _FIRST_WORDS for at in occurrences(rest, small) for fault in _first_word(small, at, rest)
    )
    return list(_apart(sorted(found, key=_by_place)))


def _by_place(item: tuple[int, int, _Fault]) -> tuple[int, int]:
    return item[0], -item[1]


def _apart(found: list[tuple[int, int, _Fault]]) -> Iterator[tuple[int, int, _Fault]]:
    """Leave out what lies inside a longer name that is at fault."""
    done = 0
    for start, end, fault in found:
        if start >= done:
            yield start, end, fault
            done = end


def _at(text: str, small: str, at: int, head: str, beginning: _Beginning) -> Iterator[tuple[int, int, _Fault]]:
    """Measure what begins at a place against the names that begin with the same word."""
    loose = head in _FIELD_HEADS
    if loose and not text[at].isupper():
        return
    right = next((name for name in beginning.right if small.startswith(name, at)), None)
    if right is not None and not small[at + len(right) : at + len(right) + 1].isalnum():
        yield from _doubled_tail(small, at, at + len(right))
        return
    quick = _SECOND.match(small, at)
    if quick is not None and beginning.near.intersection(map(bare, filter(None, quick.groups()))):
        yield from _measured(small, _words(small, at, loose=loose), beginning)


def _measured(small: str, words: tuple[_Word, ...], beginning: _Beginning) -> Iterator[tuple[int, int, _Fault]]:
    """Measure words against all names that begin as they do: a right one, else the longest that is nearly right."""
    said = tuple(one.word for one in words)
    exact = next((body for body in beginning.bodies if said[: len(body.words)] == body.words), None)
    if exact is not None:
        yield from _doubled_tail(small, words[0].start, words[len(exact.words) - 1].end)
        return
    if said[:1] == said[1:2] and not small[words[0].end : words[1].start].isspace():
        return  # "các Sở, Sở Tài chính": two bodies, no word doubled
    following = (*said[1:], _next_word(small, words[-1].end))
    near = frozenset(said[1:4])
    for body in beginning.bodies:
        fault = _measure(said, body, following) if near.intersection(body.words[1:4]) else None
        if fault is not None:
            yield words[0].start, words[fault.length - 1].end, fault
            return


def _doubled_tail(small: str, at: int, end: int) -> Iterator[tuple[int, int, _Fault]]:
    """Flag a right name whose end stands once more."""
    tail = _tail(small, at, end)
    if tail is not None:
        yield at, tail, _Fault("doubled", 0, _named(small[at:end]))


def _tail(small: str, at: int, end: int) -> int | None:
    """Find the last word or words of a right name standing once more, as no other word can ("Sở Y tế tế,").

    "Sở Xây dựng xây dựng quy chế", "Sở Tài chính chính thức" go on with other words.
    """
    people = _DOUBLED_TAIL.match(small, end) if small.endswith("nhân dân", at, end) else None
    if people and _next_word(small, people.end()) in _LEVELS:
        return people.end()
    again = _SPACE.match(small, end)
    last = _TOKEN.match(small, again.end()) if again else None
    if last is None or not small.endswith(" " + last[0], at, end):
        return None
    return last.end() if _CLOSED.match(small, last.end()) else None


def _named(written: str) -> str:
    """Give the right name of a body from its words."""
    words = tuple(word for word in _TOKEN.findall(one_tone(written)) if word != "và")
    return next((body.name for body in _bodies() if body.words == words), written)


def _words(small: str, at: int, *, loose: bool) -> tuple[_Word, ...]:
    """Read the words from a place on, to the end of the line or to what no name has inside."""
    words: list[_Word] = []
    gap = _LOOSE if loose else _SPACE
    token = _TOKEN.match(small, at)
    while token is not None and len(words) < _LONGEST:
        words.append(_Word(one_tone(token[0]), *token.span()))
        between = gap.match(small, token.end())
        token = _TOKEN.match(small, between.end()) if between else None
    return tuple(word for word in words if not (loose and word.word == "và"))


def _measure(said: tuple[str, ...], body: _Body, following: tuple[str, ...]) -> _Fault | None:
    """Say what is wrong where words are nearly the name of a body; `following` has the word behind each of them."""
    known = body.words
    for key, length in (
        *_doubled(said, known),
        *_dropped(said, body),
        *_glued(said, known),
        *_swapped(said, known),
        *_altered(said, known),
    ):
        if not body.before_level or key in _SURE_ALONE or following[length - 1] in _LEVELS:
            return _Fault(key, length, body.name)
    return None


def _doubled(said: tuple[str, ...], known: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Find a word or a pair of words that stands twice inside the name."""
    size = len(known)
    for width in (1, 2):
        if len(said) < size + width:
            continue
        # "Xã hội Hội đồng nhân dân", "Đảng ủy Ủy ban nhân dân": the first word ends another name.
        for at in range(width if known[0] in _FIELD_HEADS else width + 1, size):
            again = (*known[:at], *known[at - width : at], *known[at:])
            if said[: size + width] == again:
                yield "doubled", size + width


def _dropped(said: tuple[str, ...], body: _Body) -> Iterator[tuple[str, int]]:
    """Find a name that lacks a word inside, or a part; its last word where a level follows."""
    known = body.words
    size = len(known)
    if body.one_word_drops:
        for at in range(1, size if body.before_level else size - 1):
            if said[: size - 1] == (*known[:at], *known[at + 1 :]):
                yield "dropped", size - 1
    for part in body.part_drops:
        lost = tuple(part.split())
        for at in range(1, size - len(lost)):
            rest = (*known[:at], *known[at + len(lost) :])
            if known[at : at + len(lost)] == lost and said[: len(rest)] == rest:
                yield "dropped", len(rest)


def _glued(said: tuple[str, ...], known: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Find two words written as one."""
    size = len(known) - 1
    for at in range(1, size):
        if said[:size] == (*known[:at], known[at] + known[at + 1], *known[at + 2 :]):
            yield "glued", size


def _swapped(said: tuple[str, ...], known: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Find two words in the wrong order."""
    size = len(known)
    for at in range(1, size - 1):
        if size > _SHORTEST_NAME and said[:size] == (*known[:at], known[at + 1], known[at], *known[at + 2 :]):
            yield "swapped", size


def _altered(said: tuple[str, ...], known: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Find one word with other marks, or with one letter wrong."""
    size = len(known)
    if len(said) < size:
        return
    wrong = [(one, right) for one, right in zip(said, known, strict=False) if one != right]
    if len(wrong) == 1 and _is_slip(*wrong[0]):
        yield "altered", size


def _is_slip(said: str, known: str) -> bool:
    """Say whether a word is another one miswritten."""
    if bare(said) == bare(known):
        return True
    if min(len(said), len(known)) < _SURE_LETTERS:
        return False
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415  # only a near name asks for it

    return DamerauLevenshtein.distance(said, known, score_cutoff=1) <= 1


def _first_word(small: str, at: int, rest: str) -> Iterator[tuple[int, int, _Fault]]:
    """Find the first word of a name missing or miswritten ("Uy ban nhân dân", "Chủ tịch ban nhân dân tỉnh")."""
    right = _FIRST_WORDS[rest]
    before = _WORD_BEFORE.search(small, max(0, at - 12), at)
    said = one_tone(before[1]) if before else ""
    end = at + len(rest)
    if said == right:
        return
    if before and bare(said) == bare(right):
        yield before.start(), end, _Fault("altered", 0, _named(f"{right} {rest}"))
    elif right == "ủy" and not bare(said).endswith("y") and _next_word(small, end) in _OWN_LEVELS:
        yield at, end, _Fault("dropped", 0, _named(f"{right} {rest}"))


def _next_word(small: str, place: int) -> str:
    """Give the next word of the same line."""
    gap = _SPACE.match(small, place)
    token = _TOKEN.match(small, gap.end()) if gap else None
    return one_tone(token[0]) if token else ""


@cache
def _beginnings() -> dict[str, _Beginning]:
    """Index the known names by their first word."""
    by_first: dict[str, list[_Body]] = {}
    for body in sorted(_bodies(), key=_by_length, reverse=True):
        by_first.setdefault(body.words[0], []).append(body)
    return {
        first: _Beginning(
            spellings=spellings(first),
            bodies=tuple(bodies),
            right=tuple(spelling for body in bodies for spelling in spellings(body.name.lower())),
            near=frozenset(bare(word) for body in bodies for word in body.words[1:3]),
        )
        for first, bodies in by_first.items()
    }


@cache
def _bodies() -> tuple[_Body, ...]:
    text = (files(__package__) / "known_bodies.csv").read_text(encoding="utf-8")
    return tuple(_body(row) for row in csv.DictReader(text.splitlines()))


def _body(row: dict[str, str]) -> _Body:
    drops = tuple(filter(None, row["drops"].split("|")))
    return _Body(
        name=row["name"],
        words=tuple(word for word in _TOKEN.findall(one_tone(row["name"].lower())) if word != "và"),
        one_word_drops="word" in drops,
        part_drops=tuple(one_tone(drop) for drop in drops if drop != "word"),
        before_level=row["follow"] == "level",
    )


def _by_length(body: _Body) -> int:
    return len(body.words)
