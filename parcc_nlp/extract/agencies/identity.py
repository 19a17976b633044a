"""What an agency is: its name in full, its place, and the id by which the registry knows it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from parcc_nlp.extract.agencies.lexicon import lexicon
from parcc_nlp.extract.data_files import read_rows
from parcc_nlp.model import AgencyMention

if TYPE_CHECKING:
    from parcc_nlp.extract.agencies.lexicon import Reading
    from parcc_nlp.model import Metadata

__all__ = ["Identities"]

Level = Literal["central", "province", "district", "commune"]
SAME_ENOUGH = 92
# Heads whose names are drawn from a list, so that a near one is a misspelling.
FUZZY = ("sở", "bộ")
PLACED = re.compile(r"(?:^| )(?:tỉnh|thành phố|TP\.?|Thành phố|Tỉnh)(?: (?P<name>[^\W\d_].*))?$")


@cache
def _known() -> dict[str, tuple[str, Level]]:
    """Give the known kinds of agencies by small written name: their key in an id, and their level."""
    found: dict[str, tuple[str, Level]] = {}
    for row in read_rows("agency_kinds.csv"):
        for written in (row["name"], *filter(None, row["variants"].split("|"))):
            found[written.lower()] = (row["key"], cast("Level", row["level"]))
    return found


@cache
def _provinces() -> dict[str, str]:
    return {row["name"].lower(): row["name"] for row in read_rows("provinces.csv")}


@cache
def slug(words: str) -> str:
    """Write words as the part of an id: "Thừa Thiên Huế" is "thua-thien-hue"."""
    plain = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


@cache
def _nearest(name: str) -> tuple[str, Level] | None:
    """Find the known kind that a name is a misspelling of, None where none is near."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  lean start: only an unknown name asks for it

    best = process.extractOne(name, _known().keys(), scorer=fuzz.ratio, score_cutoff=SAME_ENOUGH)
    return _known()[best[0]] if best else None


class Identities:
    """Gives readings their names and ids, in the light of what the document says of itself."""

    def __init__(self, metadata: Metadata | None) -> None:
        self.province = _province_of(metadata)
        self._seen: dict[tuple[str, str | None, bool, bool], tuple[str | None, Level | None, str | None]] = {}

    def mention(self, start: int, end: int, text: str, reading: Reading) -> AgencyMention:
        """Make the mention of a reading."""
        key = (reading.name, reading.level, reading.collective, reading.titled)
        if key not in self._seen:
            self._seen[key] = self._identify(reading)
        agency_id, level, place = self._seen[key]
        return AgencyMention(
            start, end, text, reading.name, agency_id, level, place, collective=reading.collective, head=reading.titled
        )

    def _identify(self, reading: Reading) -> tuple[str | None, Level | None, str | None]:
        """Give the id, level and place of a reading; what is not known is None."""
        level = cast("Level | None", reading.level)
        body = _body(reading)
        placed = PLACED.search(body)
        named = _provinces().get((placed["name"] or "").lower()) if placed and placed["name"] else None
        bare = body[: placed.start()].strip() if placed else body
        if not placed:
            named, bare = _split_province(bare)
        place = named or (self.province if level == "province" and not (placed and placed["name"]) else None)
        if reading.collective:
            return None, level, place
        low = bare.lower()
        kind = _known().get(low) or (_nearest(low) if reading.head in FUZZY else None)
        if kind is None:
            return None, level, place
        key, known_level = kind
        level = level or known_level
        if known_level == "central":
            return f"vn/{key}", "central", None
        if place is None or level != "province":
            return None, level, place
        return f"vn/{slug(place)}/{key}", level, place


def _split_province(words: str) -> tuple[str | None, str]:
    """Split "Báo Thừa Thiên Huế" into the province and what stands before it."""
    parts = words.split(" ")
    for size in (4, 3, 2):
        tail = " ".join(parts[-size:]).lower()
        if len(parts) > size and tail in _provinces():
            return _provinces()[tail], " ".join(parts[:-size])
    return None, words


def _body(reading: Reading) -> str:
    """Give the name of the body without the title of its head."""
    if not reading.titled:
        return reading.name
    low = reading.name.lower()
    at = 0
    match = lexicon().titles.match(low, at)
    while match and match.end() < len(low):
        at = match.end() + (low[match.end()] in " ,")
        at += len(low[at:]) - len(low[at:].lstrip())
        match = lexicon().titles.match(low, at)
    return reading.name[at:] or reading.name


def _province_of(metadata: Metadata | None) -> str | None:
    """Give the province that issued the document."""
    if metadata is None:
        return None
    for words in (metadata.issuer, metadata.place):
        if not words:
            continue
        low = words.lower()
        ends = [name for name in _provinces() if low.endswith(name)]
        if ends:  # "Thừa Thiên Huế" ends as "Huế" does
            return _provinces()[max(ends, key=len)]
    return None
