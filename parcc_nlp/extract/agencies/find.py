"""Find every agency a text names."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from parcc_nlp.extract.agencies.cased import cased
from parcc_nlp.extract.agencies.identity import Identities
from parcc_nlp.extract.agencies.lexicon import lexicon
from parcc_nlp.extract.agencies.reading import read_agency

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcc_nlp.extract.agencies.cased import Cased
    from parcc_nlp.extract.agencies.lexicon import Reading
    from parcc_nlp.model import AgencyMention, Alias, Metadata
    from parcc_nlp.text.normalise import NormalisedText

__all__ = ["find_agencies", "read_agencies"]

SHORTEST = 4
# A long form that goes far beyond the name of a body is none.
MOST = 0.6
GOES_ON = re.compile(r", ?| và | hoặc |/| - | (?:có )?liên quan")
# "cơ sở", "trụ sở", "cán bộ", "toàn bộ": the word before makes another word of these.
COMPOUNDS = {
    "sở": ("cơ ", "trụ ", "công ", "xứ "),
    "bộ": ("cán ", "toàn ", "nội ", "đồng ", "tiến ", "đảng ", "bộ ", "thuộc "),
    "xã": ("hợp tác ", "thị ", "văn ", "trạm y tế "),
}


def read_agencies(page: Cased) -> Iterator[tuple[int, Reading]]:
    """Read every agency of a clean text, in order, none inside another."""
    text, low = page
    known = lexicon()
    done = 0
    for match in known.candidates.finditer(low):
        start = match.start()
        if start < done or (start and (low[start - 1].isalnum() or low[start - 1] in "/-_")):
            continue
        words = match[0]
        if words in known.bare and text[start].islower() and not GOES_ON.match(low, match.end()):
            continue
        if words in COMPOUNDS and low.endswith(COMPOUNDS[words], max(start - 12, 0), start):
            continue
        for reading in read_agency(page, start):
            begin = start if reading.start is None else max(reading.start, start)
            yield begin, reading
            done = max(done, reading.end)


def _with_short_names(
    page: Cased, readings: list[tuple[int, Reading]], aliases: Iterable[Alias]
) -> list[tuple[int, Reading]]:
    """Add the places of short names that the document gives to agencies ("gọi tắt là Hội đồng thi đua")."""
    taken = [(begin, reading.end) for begin, reading in readings]
    added: list[tuple[int, Reading]] = []
    for alias in aliases:
        stands_for = read_agency(cased(alias.long), 0)
        if not stands_for or stands_for[0].end < len(alias.long) * MOST:
            continue
        if len(alias.short) < SHORTEST or read_agency(cased(alias.short), 0):
            continue
        for at in _occurrences(page, alias.short):
            end = at + len(alias.short)
            number = bisect_left(taken, (at, 0))
            if (number == len(taken) or taken[number][0] >= end) and (number == 0 or taken[number - 1][1] <= at):
                added.append((at, stands_for[0]._replace(end=end, start=None, name=alias.short)))
    return sorted([*readings, *added], key=_place) if added else readings


def _occurrences(page: Cased, words: str) -> Iterator[int]:
    """Give the places where words stand as words."""
    at = page.text.find(words)
    while at >= 0:
        end = at + len(words)
        if not page.low[end : end + 1].isalnum() and not (at and page.low[at - 1].isalnum()):
            yield at
        at = page.text.find(words, end)


def _place(item: tuple[int, Reading]) -> int:
    return item[0]


def find_agencies(
    source: NormalisedText, *, metadata: Metadata | None = None, aliases: Iterable[Alias] = ()
) -> tuple[AgencyMention, ...]:
    """Find every agency that a text names.

    Parameters
    ----------
    source
        The normalised text.
    metadata
        What the document says of itself: "UBND tỉnh" is that of the issuing province.
    aliases
        Short names the document gives; one that stands for an agency is one.

    Returns
    -------
    tuple of AgencyMention
        In order of place, none inside another; spans are offsets into the original. Of "các Sở: Tài chính, Tư pháp"
        each field is one mention, its name with the head that they share.

    Examples
    --------
    >>> from parcc_nlp.text.normalise import normalise
    >>> text = "Giao Sở GD&ĐT chủ trì, phối hợp với các sở, ban, ngành và UBND các xã, phường."
    >>> [(found.name, found.collective) for found in find_agencies(normalise(text))]
    [('Sở Giáo dục và Đào tạo', False), ('các sở, ban, ngành', True), ('UBND các xã, phường', True)]
    """
    page = cased(source.text)
    aliases = tuple(aliases)
    identities = Identities(metadata)
    found: list[AgencyMention] = []
    readings = list(read_agencies(page))
    if aliases:
        readings = _with_short_names(page, readings, aliases)
    for begin, reading in readings:
        start, end = source.to_original(begin, reading.end)
        found.append(identities.mention(start, end, source.original[start:end], reading))
    return tuple(found)
