"""Reading one agency at a place of the text: how far its name goes, and what it is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.extract.agencies.collective import qualified_end, read_collective
from parcc_nlp.extract.agencies.lexicon import Reading, lexicon
from parcc_nlp.extract.agencies.names import name_end
from parcc_nlp.extract.agencies.places import level_of, place_end

if TYPE_CHECKING:
    from parcc_nlp.extract.agencies.cased import Cased
    from parcc_nlp.extract.agencies.lexicon import Head

__all__ = ["read_agency"]

WORD = re.compile(r"[^\W_]+")
FIELD_JOINT = re.compile(r"(?:, ?| và |; ?| & )")
TITLE_JOINT = re.compile(r"(?:,| và|/) ?(?=\S)")
BODY_JOINT = re.compile(r"(?:, | và |-)")
SEVERAL = re.compile(r"(?:các | cấp |xã, |phường, )")
COUNCILS = ("hđnd", "hội đồng nhân dân")
COMMITTEES = ("ubnd", "ủy ban nhân dân")
# Fields of ministries that behind "Sở Ngoại vụ, " begin another body.
OTHER_BODIES = ("công an", "quốc phòng", "ngoại giao")
SHARED = ("sở", "bộ")
# Bodies whose name goes on in small letters ("Ban chỉ đạo phòng thủ dân sự quốc gia").
OPEN_HEADS = ("ban quản lý", "ban chỉ đạo", "ban chỉ huy", "bql")
ALONE = ("ban chỉ đạo", "ngân hàng", "ban quản lý")
# Titles that are common words as well: only a body behind them makes them one.
NEEDS_BODY = ("cán bộ", "trưởng", "chánh")
# Bodies whose word alone is the thing they deal with.
NEEDS_PLACE = ("thuế", "hải quan", "viễn thông", "điện lực", "bưu điện", "thư viện", "bảo tàng", "thống kê")
ABOVE = (" nêu trên", " nói trên")


def read_agency(page: Cased, pos: int) -> tuple[Reading, ...]:
    """Read the agency that begins at a place; several where a head is shared, none where no name begins.

    Parameters
    ----------
    page
        The clean text with its small letters.
    pos
        Offset of the first letter.

    Returns
    -------
    tuple of Reading
        In order of place.

    Examples
    --------
    >>> from parcc_nlp.extract.agencies.cased import cased
    >>> page = cased("Giám đốc các Sở: Tài chính, Tư pháp chịu trách nhiệm")
    >>> [reading.name for reading in read_agency(page, 0)]
    ['Giám đốc Sở Tài chính', 'Giám đốc Sở Tư pháp']
    """
    known = lexicon()
    title = known.titles.match(page.low, pos)
    if title:
        found = _titled(page, pos, title)
        if found or title[0] != "cán bộ":
            return found
    determiner = known.determiners.match(page.low, pos)
    at = determiner.end() if determiner else pos
    shared = _shared_head(page, at) if page.low.startswith(SHARED, at) else ()
    if shared:
        return shared
    specific = _specific(page, at)
    if specific is not None and not (determiner and specific.head in SHARED):
        if not determiner:
            return (specific,)
        bare = specific.end == at + len(specific.head)
        several = read_collective(page, pos, at) if bare else None
        return (several or specific._replace(name=page.text[pos : specific.end], collective=True),)
    several = read_collective(page, pos, at)
    return (several,) if several else ()


def _titled(page: Cased, pos: int, title: re.Match[str]) -> tuple[Reading, ...]:
    """Read "Giám đốc Sở Nội vụ", "Thủ trưởng các sở, ban, ngành", "Bí thư, Chủ tịch UBND cấp xã"."""
    known = lexicon()
    words = title[0].removeprefix("đồng chí ")
    at = title.end()
    joined = TITLE_JOINT.match(page.low, at)
    second = known.titles.match(page.low, joined.end()) if joined and words not in known.bare_titles else None
    at = second.end() if second else at
    body = read_agency(page, at + 1) if page.low[at : at + 1] == " " else ()
    if body and body[0].titled:
        return ()
    if len(body) == 1:
        return (body[0]._replace(name=page.text[pos : body[0].end], titled=True),)
    if body:
        label = page.text[pos:at]
        return tuple(reading._replace(name=f"{label} {reading.name}", titled=True) for reading in body)
    noun = known.nouns.match(page.low, at + 1) if page.low[at : at + 1] == " " else None
    if noun and words not in NEEDS_BODY:
        end = qualified_end(page, noun.end())
        return (Reading(end, page.text[pos:end], words, None, collective=True, titled=True),)
    if words in known.bare_titles and page.text[pos].isupper():  # the closing article of a central document
        return (Reading(at, page.text[pos:at], words, "central", titled=True),)
    return ()


def _shared_head(page: Cased, at: int) -> tuple[Reading, ...]:
    """Read "các Sở: Tài chính, Tư pháp và Nội vụ": one head for several fields."""
    known = lexicon()
    head = page.low[at : at + 2]
    position = at + 2
    if page.low[position : position + 1] not in (" ", ":"):
        return ()
    while page.low[position : position + 1] in (" ", ":"):
        position += 1
    found: list[Reading] = []
    start: int | None = None
    while True:
        field = known.fields.match(page.low, position)
        if field is None or not page.text[position].isupper() or (head == "sở" and field[0] in OTHER_BODIES):
            break
        end = place_end(page, field.end())
        name = f"{head.capitalize()} {known.canonical_fields[field[0]]}"
        found.append(Reading(end, name, head, known.heads[head].level, start=start))
        joint = FIELD_JOINT.match(page.low, end)
        if joint is None:
            break
        start = position = joint.end()
    return tuple(found) if len(found) > 1 else ()


def _specific(page: Cased, at: int) -> Reading | None:
    """Read a body by its head: a field, a place, or a name behind it."""
    known = lexicon()
    match = known.head_pattern.match(page.low, at)
    if match is None:
        return None
    head = known.heads[match[0]]
    if head.capital and not page.text[at].isupper():
        return None
    end = match.end()
    if head.shape == "whole":
        return Reading(end, page.text[at:end], head.words, head.level)
    if head.shape == "field":
        return _of_field(page, at, head)
    if head.shape == "place":
        return _of_place(page, at, end, head)
    return _of_name(page, at, end, head)


def _of_field(page: Cased, at: int, head: Head) -> Reading | None:
    """Read "Sở Văn hóa, Thể thao và Du lịch tỉnh Lâm Đồng"."""
    known = lexicon()
    end = at + len(head.words)
    if page.low[end : end + 1] != " " or not page.text[end + 1 : end + 2].isupper():
        return None
    field = known.fields.match(page.low, end + 1)
    stop = field.end() if field else end
    goes_on = field is None or _field_goes_on(page, stop)
    longer = name_end(page, stop, started=field is not None) if goes_on else stop
    if longer > stop and not (field and page.low[stop : stop + 1] == ","):
        stop, name = longer, page.text[at:longer]
    elif field:
        name = f"{head.words.capitalize()} {known.canonical_fields[field[0]]}"
    else:
        return None
    tail = place_end(page, stop) if head.level == "province" else stop
    return Reading(tail, name + page.text[stop:tail], head.words, head.level)


def _field_goes_on(page: Cased, stop: int) -> bool:
    """Tell more of a name behind a known field from the task ("Sở Y tế Chủ trì ...")."""
    if page.low.startswith((" và ", ", "), stop):
        return True
    word = WORD.match(page.low, stop + 1)
    if word is None or not page.text[stop + 1].isupper():
        return False
    return lexicon().stops.at(page.low, stop + 1, word[0]) == stop + 1


def _of_place(page: Cased, at: int, end: int, head: Head) -> Reading | None:
    """Read "UBND các xã, phường", "Công an tỉnh", "HĐND và UBND tỉnh Lâm Đồng"."""
    known = lexicon()
    joint = BODY_JOINT.match(page.low, end) if head.words in COUNCILS else None
    second = known.head_pattern.match(page.low, joint.end()) if joint else None
    if second and second[0] in COMMITTEES:
        end = second.end()
    tail = place_end(page, end)
    if tail == end and head.capital and page.low[end : end + 1] == " " and page.text[end + 1 : end + 2].isupper():
        longer = name_end(page, end, started=True)
        return Reading(longer, page.text[at:longer], head.words, head.level)
    if tail == end and head.words in NEEDS_PLACE:
        return None  # "Thuế bảo vệ môi trường": the thing
    if tail == end and head.capital and known.stops.at(page.low, at, head.words.split(" ", 1)[0]) > at:
        return None  # "Thống kê, theo dõi việc ...": the verb
    level = head.level or level_of(page.low, end, tail)
    several = SEVERAL.search(page.low, end, tail) is not None
    if tail > end and page.low.startswith(ABOVE, tail):
        tail += len(ABOVE[0])
    return Reading(tail, page.text[at:tail], head.words, level, collective=several)


def _of_name(page: Cased, at: int, end: int, head: Head) -> Reading | None:
    """Read "Trung tâm Phục vụ hành chính công tỉnh", "Ban Quản lý các Khu công nghiệp"."""
    stop = name_end(page, end, started=head.words in OPEN_HEADS)
    tail = place_end(page, stop)
    if tail == end and not (head.words in ALONE and page.text[at].isupper()):
        return None
    if stop == end and not page.text[at].isupper():
        return None
    return Reading(tail, page.text[at:tail], head.words, head.level or level_of(page.low, stop, tail))
