"""The words with which agencies are named, read once from the tables of the grammar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.extract.data_files import read_lists, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Head", "Lexicon", "Phrases", "Reading", "by_first_letter", "lexicon", "phrases"]


@dataclass(frozen=True, slots=True)
class Head:
    """A row of ``agency_heads.csv``: the words a name begins with, how it goes on, its level where the words say it."""

    words: str
    shape: str
    """``field`` (Sở Tư pháp), ``place`` (UBND tỉnh), ``named`` (Trung tâm Tin học) or ``whole`` (Chính phủ)."""
    level: str | None
    capital: bool
    """Whether only the capitalised word is the body ("Hội", "Ban", not "ban hành")."""


class Reading(NamedTuple):
    """An agency as read: where it ends, what it is called, its head, and whether it is several or stands for a head."""

    end: int
    name: str
    head: str
    level: str | None
    collective: bool = False
    titled: bool = False
    functional: bool = False
    start: int | None = None
    """Where it begins, when not at the place asked for: the second of "các Sở: Tài chính, Tư pháp"."""


class Phrases:
    """Phrases that are looked up at a word, by their first syllable, the longest first."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for phrase in sorted(set(words), key=_longest_first):
            self._by_first.setdefault(phrase.split(" ", 1)[0].rstrip(","), []).append(phrase)

    def at(self, low: str, pos: int, first: str) -> int:
        """Give the end of the longest phrase that begins at a word, or `pos` where none does."""
        for phrase in self._by_first.get(first, ()):
            end = pos + len(phrase)
            if low.startswith(phrase, pos) and not low[end : end + 1].isalnum():
                return end
        return pos


def _longest_first(phrase: str) -> tuple[int, str]:
    return -len(phrase), phrase


def phrases(words: Iterable[str]) -> str:
    """Write plain phrases as alternatives, longest first."""
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(set(words), key=_longest_first))


def by_first_letter(words: Iterable[str]) -> str:
    """Write plain phrases as alternatives grouped by first letter, so that most places of a text fail at once."""
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words), key=_longest_first):
        groups.setdefault(word[0], []).append(re.escape(word[1:]).replace(r"\ ", " "))
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in sorted(groups.items()))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the readers of agency names need, compiled."""

    candidates: re.Pattern[str]
    bare: frozenset[str]
    """Candidates that in small letters are an agency only on a list or with "liên quan" behind them."""
    heads: dict[str, Head]
    fields: re.Pattern[str]
    """Names of fields in any of their spellings, matched at a place of the small text."""
    canonical_fields: dict[str, str]
    determiners: re.Pattern[str]
    nouns: re.Pattern[str]
    open_nouns: frozenset[str]
    functional: re.Pattern[str]
    open_functional: frozenset[str]
    """Those that behind a determiner are read as collectives, with what qualifies them."""
    weak_nouns: frozenset[str]
    never_bare: frozenset[str]
    never_alone: frozenset[str]
    other_words: dict[str, tuple[str, ...]]
    """What follows a noun to make another word of it ("ban hành")."""
    verbs: Phrases
    relative: re.Pattern[str]
    duties: re.Pattern[str]
    qualifiers: re.Pattern[str]
    titles: re.Pattern[str]
    bare_titles: frozenset[str]
    tail: re.Pattern[str]
    provinces: re.Pattern[str]
    """A list of provinces behind "các tỉnh": "UBND các tỉnh: Lào Cai, Đồng Nai và Thái Nguyên"."""
    stops: Phrases
    inside_names: Phrases
    head_pattern: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """Give the compiled words."""
    heads = {
        row["head"]: Head(row["head"], row["shape"], row["level"] or None, row["capital"] == "yes")
        for row in read_rows("agency_heads.csv")
    }
    data = read_lists("collectives.yaml")
    words = {key: [str(word) for word in value] for key, value in data.items()}
    verbs = [str(word) for word in read_lists("duty_verbs.yaml")["verbs"]]
    fields: dict[str, str] = {}
    for row in read_rows("agency_fields.csv"):
        for written in (row["field"], *filter(None, row["variants"].split("|"))):
            fields.setdefault(written.lower(), row["field"])
    titles = words["titles"]
    determiners = words["determiners"]
    province = phrases(row["name"].lower() for row in read_rows("provinces.csv"))
    level = phrases(words["levels"])
    begins = by_first_letter([*heads, *words["functional"], *words["nouns"]])
    alone = {words for words, head in heads.items() if not head.capital}
    alone.update(titles, words["functional"])
    bare = {*heads, *words["nouns"]} - alone
    return Lexicon(
        candidates=re.compile(
            rf"(?:{by_first_letter([*alone, *bare])})(?!\w)|(?:{by_first_letter(determiners)}) (?=(?:{begins})(?!\w))"
        ),
        bare=frozenset(bare),
        heads=heads,
        fields=re.compile(rf"(?:{phrases(fields)})(?!\w)"),
        canonical_fields=fields,
        determiners=re.compile(rf"(?:{phrases(determiners)}) "),
        nouns=re.compile(rf"(?:{phrases(words['nouns'])})(?!\w)"),
        open_nouns=frozenset(words["open_nouns"]),
        functional=re.compile(rf"(?:{phrases(words['functional'])})(?!\w)"),
        open_functional=frozenset(words["open_functional"]),
        weak_nouns=frozenset(words["weak_nouns"]),
        never_bare=frozenset(words["never_bare"]),
        never_alone=frozenset(words["never_alone"]),
        other_words={str(noun): tuple(map(str, behind)) for noun, behind in data["other_words"].items()},
        verbs=Phrases(verbs),
        relative=re.compile(rf" (?:{phrases(words['relative'])})(?!\w)"),
        duties=re.compile(rf" (?:{phrases(words['duties'])})(?!\w)"),
        qualifiers=re.compile(rf" (?:{'|'.join(words['qualifiers'])})(?!\w)"),
        titles=re.compile(rf"(?:đồng chí )?(?:{phrases(titles)})(?!\w)"),
        bare_titles=frozenset(words["bare_titles"]),
        tail=re.compile(
            rf" ?(?:của |tại |ở )?(?:các |cấp |mỗi |từng )?(?:{level})(?!\w)"
            rf"(?:(?:, ?| và | hoặc |/)(?:các |cấp )?(?:{level})(?!\w))*"
        ),
        provinces=re.compile(rf":? (?:{province})(?:(?:, ?|; ?| và | - )(?:tỉnh |thành phố )?(?:{province}))+(?!\w)"),
        stops=Phrases([*words["stops"], *verbs]),
        inside_names=Phrases(words["inside_names"]),
        head_pattern=re.compile(rf"(?:{by_first_letter(heads)})(?!\w)"),
    )
