"""VB501: an agency named as it is no longer called on the day asked about.

NQ 190/2025/QH15, Điều 11: a document need not be amended only because an agency has another name, so this is advice.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.registry.reorganisation import FormerName, KnowsReorganisations, former_names
from parcc_nlp.review.checks.names.endings import flag_of, is_of_its_time
from parcc_nlp.review.checks.names.reported import Reported, telling
from parcc_nlp.review.checks.names.words import lowered, one_tone
from parcc_nlp.review.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import AgencyMention
    from parcc_nlp.registry.tables import Reorganisation
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Flag

__all__ = ["vb501"]

_LEVELS = frozenset({"ministry", "department", "agency"})
_ANY_DASH = str.maketrans({"–": "-", "—": "-", "‑": "-"})
_NUMBERED = re.compile(r"\s*(?:[IVXLC]+|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)/]\s*$")
_HEADING_REST = re.compile(r"\s*(?:tỉnh|thành phố)?[^\w\n]*$", re.MULTILINE)


class _Limits(NamedTuple):
    """A row of ``former_agencies.csv``: when a name is not the agency of the fact."""

    unless_behind: re.Pattern[str] | None
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Finds former names in the names of agencies."""

    pattern: re.Pattern[str]
    names: dict[str, FormerName]


@rule("VB501", needs=("registry", "as_of"))
def vb501(context: RuleContext) -> Iterator[Flag]:
    """Flag an agency under a name that it no longer bears, once a name."""
    if not isinstance(context.registry, KnowsReorganisations):
        return
    reader = _reader(context.registry.reorganisations())
    found: dict[str, tuple[FormerName, list[AgencyMention]]] = {}
    known: dict[str, FormerName | None] = {}
    for mention in context.extraction.agencies:
        if mention.name not in known:
            known[mention.name] = _former(mention.name, reader)
        former = known[mention.name]
        if former is not None and former.ended_by(context.day):
            found.setdefault(former.name, (former, []))[1].append(mention)
    if not found:
        return
    reported, small = Reported.of(context.extraction), lowered(context.extraction.text)
    for former, mentions in found.values():
        places = [
            (mention.start, mention.end)
            for mention in mentions
            if _is_meant(mention, former, context, reported)
            and not telling().is_told(small, mention.start, mention.end)
        ]
        if places:
            yield flag_of(former, places, context=context, shown=_principal(places, context))


def _former(name: str, reader: _Reader) -> FormerName | None:
    """Find the former name in the name of an agency, with or without its head and its place."""
    match = reader.pattern.search(_plain(name))
    return reader.names[match[0]] if match else None


def _is_meant(mention: AgencyMention, former: FormerName, context: RuleContext, reported: Reported) -> bool:
    """Say whether the document itself names the agency, and the one the fact is about."""
    text = context.extraction.text
    if mention.start in reported or is_of_its_time(mention.start, former, context):
        return False
    limits = _limits().get(former.fact)
    if limits is not None:
        if limits.places and mention.place not in limits.places:
            return False
        if limits.unless_behind and limits.unless_behind.match(_plain(text[mention.start : mention.end + 40])):
            return False
    return True


def _principal(places: list[tuple[int, int]], context: RuleContext) -> tuple[int, int]:
    """Choose the place to show: where the document gives the agency its tasks, the first one otherwise."""
    text = context.extraction.text
    for start, end in places:
        first, last = context.places.line_span(start)
        if _NUMBERED.match(text[first:start]) and _HEADING_REST.match(text, end, last):
            return start, end
    return places[0]


@lru_cache(maxsize=4)
def _reader(rows: tuple[Reorganisation, ...]) -> _Reader:
    """Compile the former names of a registry."""
    names = {_plain(former.name): former for former in former_names(rows) if former.level in _LEVELS}
    longest_first = sorted(names, key=len, reverse=True)
    either = "|".join(re.escape(name) for name in longest_first) or r"(?!)"
    return _Reader(re.compile(rf"(?<!\w)(?:{either})(?!\w)"), names)


@cache
def _limits() -> dict[str, _Limits]:
    text = (files(__package__) / "former_agencies.csv").read_text(encoding="utf-8")
    return {row["fact"]: _limits_of(row) for row in csv.DictReader(text.splitlines())}


def _limits_of(row: dict[str, str]) -> _Limits:
    behind = "|".join(re.escape(word) for word in filter(None, row["unless_behind"].split("|")))
    return _Limits(
        re.compile(rf".*?(?:^|\s)(?:{behind})(?!\w)") if behind else None,
        frozenset(filter(None, row["unless_place"].split("|"))),
    )


def _plain(name: str) -> str:
    """Write a name small, with one kind of dash and one placement of tones."""
    return " ".join(one_tone(name.lower()).translate(_ANY_DASH).split())
