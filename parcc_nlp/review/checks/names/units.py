"""VB502: an administrative unit or level that no longer exists on the day asked about.

The district level ended on 01/7/2025 (Luật 72/2025/QH15), towns with it; provinces were merged (NQ 202/2025/QH15). What
districts issued holds on until 28/02/2027 (Luật 87/2025/QH15, Điều 3): their documents may be named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from parcc_nlp.registry.reorganisation import FormerName, KnowsReorganisations, former_names
from parcc_nlp.review.checks.names.endings import flag_of, is_of_its_time
from parcc_nlp.review.checks.names.reported import Reported, telling
from parcc_nlp.review.checks.names.words import either, lowered, occurrences, one_tone, read_lists, spellings
from parcc_nlp.review.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.registry.tables import Reorganisation
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Flag, Kind

__all__ = ["vb502"]

Sort = Literal["centre", "office", "body", "town", "level", "unit", "province"]
_INSTITUTION_REACH = 60
_AHEAD, _BEHIND = 130, 80
"""How far around its word a unit is read: "Phòng ... thuộc Ủy ban nhân dân các huyện, thị xã, thành phố"."""
_DASH = re.compile(r"\s*[-–]\s*")
_CAPITALS = "".join(letter for letter in map(chr, range(0x41, 0x1EFA)) if letter.isupper() and letter.isalpha())


class _Mention(NamedTuple):
    """A place where a unit is named, and whether the words alone say that it is one of today's."""

    start: int
    end: int
    certain: bool


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The words of ``former_units.yaml``, compiled."""

    facts: Mapping[str, str]
    districts: str
    """Pattern of everything named after the district level."""
    institution: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Finds former units: one pattern over the text, and the fact that each sort of match is about."""

    pattern: re.Pattern[str]
    facts: Mapping[str, FormerName]
    """Former names by sort, provinces by their small name."""
    words: tuple[str, ...]
    """One of these stands in every unit."""


@rule("VB502", needs=("registry", "as_of"))
def vb502(context: RuleContext) -> Iterator[Flag]:
    """Flag a unit or level that no longer exists, once a fact."""
    if not isinstance(context.registry, KnowsReorganisations):
        return
    reader = _reader(context.registry.reorganisations())
    ended = {key: former for key, former in reader.facts.items() if former.ended_by(context.day)}
    if not ended:
        return
    reported, small = Reported.of(context.extraction), lowered(context.extraction.text)
    found: dict[str, list[_Mention]] = {}
    for match in _matches(context.extraction.text, small, reader):
        key = _key(match)
        former = ended.get(key)
        if former is None or not _is_meant(match, former, context, reported):
            continue
        if not telling().is_told(small, *match.span()):
            mention = _Mention(*match.span(), certain=_is_certain(match))
            found.setdefault(key, []).append(mention)
    for key, mentions in found.items():
        first = next((mention for mention in mentions if mention.certain), mentions[0])
        kind: Kind = "fail" if first.certain else "review"
        places = [(mention.start, mention.end) for mention in mentions]
        yield flag_of(ended[key], places, context=context, shown=(first.start, first.end), kind=kind)


def _matches(text: str, small: str, reader: _Reader) -> Iterator[re.Match[str]]:
    """Find the units, looking only where one of their words stands: most of a text has none."""
    places = sorted(at for word in reader.words for at in occurrences(word, small))
    done = 0
    for at in places:
        reach = max(done, at - _AHEAD)
        first = max(reach, small.rfind("\n", reach, at) + 1)
        for match in reader.pattern.finditer(text, first, min(len(text), at + _BEHIND)):
            if match.end() > done:
                done = match.end()
                yield match


def _key(match: re.Match[str]) -> str:
    """Give the fact that a match is about: its sort, or the province's name."""
    sort = cast("str", match.lastgroup)
    if sort in {"province", "governed"}:
        return f"tỉnh {_plain(match[0]).rpartition('tỉnh ')[2]}"
    return "level" if sort == "unit" else sort


def _is_certain(match: re.Match[str]) -> bool:
    """Say whether the words name a unit in office; a bare "huyện A" or "tỉnh B" may be a place, or history."""
    return match.lastgroup not in {"unit", "province"}


def _is_meant(match: re.Match[str], former: FormerName, context: RuleContext, reported: Reported) -> bool:
    """Say whether the document itself speaks of the unit, and not of an institution that bears its name."""
    start = match.start()
    text = context.extraction.text
    if start in reported or is_of_its_time(start, former, context):
        return False
    if match.lastgroup == "unit" and not _is_name(text, match):
        return False
    return not (match.lastgroup in {"unit", "level", "town", "province"} and _of_institution(text, start))


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Say whether a unit's name follows its kind: "huyện Đức Trọng", "quận 1"."""
    following = text[match.end() : match.end() + 2]
    return len(following) > 1 and following[0] == " " and (following[1].isupper() or following[1].isdigit())


def _of_institution(text: str, start: int) -> bool:
    """Say whether what stands before makes the unit part of an institution's name."""
    ahead = re.split(r"[,;.:\n\t(]", text[max(0, start - _INSTITUTION_REACH) : start])[-1]
    return _grammar().institution.search(ahead) is not None


@lru_cache(maxsize=4)
def _reader(rows: tuple[Reorganisation, ...]) -> _Reader:
    """Compile the former units of a registry."""
    grammar = _grammar()
    former = former_names(rows)
    by_fact = {one.fact: one for one in reversed(former)}
    facts = {sort: by_fact[fact] for sort, fact in grammar.facts.items() if fact in by_fact}
    provinces = {_plain(one.name): one for one in former if one.level == "province" and one.name.startswith("tỉnh ")}
    pattern = grammar.districts
    names = [spelling for one in provinces.values() for spelling in _spellings(one.name.lower().removeprefix("tỉnh "))]
    if names:
        name = either(names)
        bodies = either(_words()["bodies"])
        pattern += rf"|(?P<governed>(?:{bodies})\s+tỉnh\s+(?:{name}))(?!\w)|(?P<province>tỉnh\s+(?:{name}))(?!\w)"
    words = _words()
    anchors = (*words["units"], *words["towns"], *words["level"], *names)
    return _Reader(re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE), {**facts, **provinces}, anchors)


@cache
def _grammar() -> _Grammar:
    """Compile the words for the district level."""
    words = _words()
    bodies, unit = either(words["bodies"]), either(words["units"])
    level, centres = either(words["level"]), either(words["centres"])
    determiners = either(words["determiners"])
    one = rf"(?:{unit})(?!\w)(?!\s*(?:{either(words['other_bodies'])})(?!\w))"
    # "quận, huyện, thị ủy" are Party committees: a list is read to its end or not at all.
    joint, no_party = r"\s*(?:,|/|và)\s*", r"(?!\s*(?:,|/|và)\s*(?:thị|thành|huyện|quận)\s+[ủu][yỷ])"
    further = rf"(?:{joint}(?:{one}|thành\s+phố(?!\w)))"
    some, more = rf"{further}*+{no_party}", rf"{further}++{no_party}"
    units = rf"(?:(?:{determiners})\s+)?{one}{some}"
    joined = rf"(?:{bodies})(?:\s*(?:,|và|/|-)\s*(?:{bodies}))*"
    of_both = r"(?:(?:cấp\s+)?(?:tỉnh|thành\s+phố)\s*(?:,|và|/)\s*)?"
    districts = (
        rf"(?P<centre>(?:{centres})\s+(?:của\s+)?(?:(?:{bodies})\s+)?(?:cấp\s+huyện|{units}))(?!\w)"
        rf"|(?P<office>(?-i:Phòng|PHÒNG)\s(?-i:[{_CAPITALS}])[^,;.:\n\t]{{2,40}}?\s(?:thuộc\s|của\s)?(?:(?:{bodies})\s)?"
        rf"(?:cấp\s+huyện|{units}))(?!\w)"
        rf"|(?P<body>{joined}\s+{of_both}(?:cấp\s+huyện|(?:cấp\s+)?{units}))(?!\w)"
        rf"|(?P<town>{either(words['towns'])})(?!\w)"
        rf"|(?P<level>(?:{level})(?!\w)|(?:{determiners})\s+{one}{some}|{one}{more})"
        rf"|(?P<unit>{one})"
    )
    institutions = re.compile(rf"(?<!\w)(?:{either(words['institutions'])})(?!\w)", re.IGNORECASE)
    return _Grammar(cast("dict[str, str]", _read()["facts"]), districts, institutions)


def _words() -> dict[str, list[str]]:
    return {key: value for key, value in _read().items() if isinstance(value, list)}


@cache
def _read() -> dict[str, Any]:
    return read_lists("former_units.yaml")


def _spellings(name: str) -> tuple[str, ...]:
    """Give a province's name and the ways it is also spelt: "Hoà Bình", "Thừa Thiên - Huế"."""
    joined = name.replace("thiên huế", "thiên - huế")
    return tuple(dict.fromkeys((*spellings(name), joined, joined.replace(" - ", "-"), joined.replace(" - ", " – "))))


def _plain(name: str) -> str:
    """Write a name small, with single spaces and one placement of tones."""
    plain = _DASH.sub("-", " ".join(one_tone(name.lower()).split()))
    return plain.replace("thiên-huế", "thiên huế")
