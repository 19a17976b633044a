"""Reading several bodies named at once: "các sở, ban, ngành cấp tỉnh", "cơ quan, đơn vị liên quan"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.extract.agencies.lexicon import Reading, lexicon
from parcc_nlp.extract.agencies.places import level_of, place_end

if TYPE_CHECKING:
    from parcc_nlp.extract.agencies.cased import Cased

__all__ = ["qualified_end", "read_collective"]

JOINT = re.compile(r"(?:, ?| và | hoặc |/| - )")
RELATED = re.compile(r" (?:có )?liên quan(?!\w| đến)")
FIELD = re.compile(r" về [^\W_]+ [^\W_]+")
AT_PLACE = re.compile(r" (?:tại địa phương|đóng trên địa bàn)(?!\w)")
GAP_WORD = re.compile(r" ([^\W_]+)")
BREAK = re.compile(r"[.;:,(]| để | nhằm | cho | về | theo | tại | trong | trên ")
RELATIVE_REACH = 80
QUALIFIERS = 5
OPEN_LENGTH = 7


def read_collective(page: Cased, pos: int, at: int) -> Reading | None:
    """Read a collective; `at` is where its first noun begins, behind the determiner if `pos` has one."""
    known = lexicon()
    determined = at > pos
    functional = known.functional.match(page.low, at)
    if functional and not (determined and functional[0] in known.open_functional):
        end = qualified_end(page, functional.end())
        return Reading(end, page.text[pos:end], functional[0], None, collective=determined, functional=True)
    nouns = _nouns(page, at)
    if not nouns:
        return None
    first, end = nouns[0][0], nouns[-1][1]
    if not determined and (
        (first in known.never_bare and not RELATED.match(page.low, end))
        or (len(nouns) == 1 and not RELATED.match(page.low, end))
        or page.text[at - 1 : at] == "“"
    ):
        return None
    named = end
    end = _further(page, qualified_end(page, end), named)
    if len(nouns) == 1 and end == named:
        if first in known.open_nouns:
            end = _open_end(page, end)
        elif first in known.never_alone:
            return None
    return Reading(end, page.text[pos:end], first, level_of(page.low, pos, end), collective=True)


def _nouns(page: Cased, at: int) -> list[tuple[str, int]]:
    """Read the nouns of a collective joined by commas and "và", each with its end."""
    known = lexicon()
    found: list[tuple[str, int]] = []
    while True:
        noun = known.nouns.match(page.low, at)
        if noun is None or _is_other_word(page, noun) or (found and known.determiners.match(page.low, at)):
            return found
        found.append((noun[0], noun.end()))
        joint = JOINT.match(page.low, noun.end())
        if joint is None:
            return found
        at = joint.end()


def _is_other_word(page: Cased, noun: re.Match[str]) -> bool:
    """Tell "Ban Quản lý", "ban hành", "trường hợp" from the noun of a collective."""
    end = noun.end()
    if page.text[noun.start()].isupper() and page.low[end : end + 1] == " " and page.text[end + 1 : end + 2].isupper():
        return True
    known = lexicon()
    behind = known.other_words.get(noun[0])
    if behind is not None and page.low.startswith(behind, end + 1):
        return True
    word = GAP_WORD.match(page.low, end) if noun[0] == "tổ chức" else None  # ", tổ chức khảo sát": the verb
    if word is None or known.relative.match(page.low, end):
        return False
    return known.verbs.at(page.low, word.start(1), word[1]) > word.start(1)


def qualified_end(page: Cased, end: int) -> int:
    """Read what qualifies a collective: levels, places, "liên quan", "trên địa bàn tỉnh"."""
    known = lexicon()
    for _ in range(QUALIFIERS):
        before = end
        if page.low[end : end + 1] not in (" ", "."):
            break
        if page.low.endswith("chuyên môn", 0, end):
            field = FIELD.match(page.low, end)
            end = field.end() if field else end
        qualifier = known.qualifiers.match(page.low, end)
        if qualifier:
            end = qualifier.end()
            placed = AT_PLACE.match(page.low, end)
            end = placed.end() if placed else end
        end = place_end(page, end)
        if end == before:
            break
    return end


def _further(page: Cased, end: int, named: int) -> int:
    """Read on "các cơ quan chuyên môn, đơn vị trực thuộc Ủy ban nhân dân thành phố"."""
    known = lexicon()
    while end > named and page.low.startswith(", ", end):
        following = known.nouns.match(page.low, end + 2)
        if following is None or _is_other_word(page, following):
            break
        further = qualified_end(page, following.end())
        if further == following.end() and following[0] not in known.weak_nouns:
            break
        end = further
    return end


def _open_end(page: Cased, end: int) -> int:
    """Read on a collective that says what it does: "các tổ chức cung cấp dịch vụ chi trả thực hiện ..."."""
    known = lexicon()
    relative = known.relative.match(page.low, end)
    if relative:
        reach = relative.end() + RELATIVE_REACH
        duty = known.duties.search(page.low, relative.end(), reach)
        stop = BREAK.search(page.low, relative.end(), reach)
        if duty and (not stop or duty.start() < stop.start()) and page.low.find("\n", end, duty.start()) < 0:
            return duty.start()
        return end
    position = end
    for _ in range(OPEN_LENGTH):
        match = GAP_WORD.match(page.low, position)
        if match is None:
            return position
        if known.stops.at(page.low, match.start(1), match[1]) > match.start(1):
            return qualified_end(page, position)
        position = match.end()
    return end
