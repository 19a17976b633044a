"""NV701: a task with bodies that coordinate and none that leads.

The heading of an agency with "Phối hợp với Sở B thẩm định ..." below it leaves the lead to Sở B: it is looked for in
what Sở B is given, and only where nothing there tells the same is a person asked to look.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.checks.duties.assignments import is_of_law, listed, read_assignments, said
from parcc_nlp.review.checks.duties.saying import MOST_RELATED, Alike, how_many_more, names, spread
from parcc_nlp.review.checks.duties.telling import Tellings, first_telling, telling_words
from parcc_nlp.review.checks.duties.wording import opens_with, spoken
from parcc_nlp.review.rule import Flag, Place, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parcc_nlp.review.checks.duties.assignments import Assignments, Body, Stated
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Phrase

__all__ = ["nv701"]

_SEVERAL = 2
_FEWEST_WORDS = 4
"""A task told in fewer pairs of syllables is too general to say that nobody leads it."""
_SAME = 1 / 2
"""Share of the words of a task that another place holds which gives the same to anybody."""
_ALIKE = 1 / 3
"""The same where the other place gives it to the very partner."""
_AKIN = 1 / 5
"""The same where both name the same act first ("thẩm định", "thống kê")."""
_NEAR = 160
_OPENING = 60
_COORDINATING = re.compile(
    r"phối\s+(?:kết\s+)?hợp"
    r"(?:\s+(?:chặt\s+chẽ|tốt|kịp\s+thời|hiệu\s+quả|đồng\s+bộ|thường\s+xuyên|chủ\s+động|tích\s+cực))*"
    r"(?P<with>\s+(?:với|cùng(?:\s+với)?)(?!\w))?",
    re.IGNORECASE,
)
_STANDING = re.compile(r"(?:cơ quan|đơn vị|bộ phận)\s+(?:thường trực|đầu mối|chủ trì)[^()\n:;.]{0,80}", re.IGNORECASE)


@rule("NV701", needs=("responsibilities",))
def nv701(context: RuleContext) -> Iterator[Flag]:
    """Flag a task with bodies that coordinate and none that leads."""
    found = read_assignments(context)
    yield from _labelled(context, found)
    yield from _rows(found)
    if not is_of_law(context):
        yield from _sentences(context, found)


# --- labelled lines and rows ------------------------------------------------------------------------------------------


def _labelled(context: RuleContext, found: Assignments) -> Iterator[Flag]:
    """Flag labelled lines that name who coordinates and several or nobody to carry out."""
    together, alone = Alike(), Alike()
    held = {one.line for one in found.sentences if one.of("lead", "implement")}
    for block in found.blocks:
        helpers = block.of("coordinate")
        if block.parts & {"lead", "both"} or block.of("lead") or "coordinate" not in block.parts or not helpers:
            continue
        part = "implement" if "implement" in block.parts else "coordinate"
        line = next(line for line in block.lines if line.part == part)
        place = Place(line.start, _trimmed(context.extraction.text, line.start, line.end))
        if part == "implement":
            message = _several_doers(block.of("implement"), helpers)
            if message is not None:
                together.add(message, place)
        elif block.told[1] > block.told[0] and block.told[0] not in held:
            alone.add(phrase("helpers", helpers=names(helpers)), place)
    yield from together.flags(suggestion=phrase("name_lead"), kind="fail")
    yield from alone.flags(suggestion=phrase("name_lead"), kind="review")


def _rows(found: Assignments) -> Iterator[Flag]:
    """Flag rows of tables that name who coordinates and several to carry out, or nobody where others name a lead."""
    alike = Alike()
    with_leads = {row.row.table for row in found.rows if row.of("lead")}
    for row in found.rows:
        doers, helpers = row.of("implement"), row.of("coordinate")
        if row.of("lead") or row.row.doubts or not helpers:
            continue
        message = _several_doers(doers, helpers)
        if message is not None:
            alike.add(message, Place(doers[0].start, doers[-1].end))
        elif not doers and row.row.table in with_leads:
            alike.add(phrase("helpers", helpers=names(helpers)), Place(helpers[0].start, helpers[-1].end))
    yield from alike.flags(suggestion=phrase("name_lead"), kind="review")


def _several_doers(doers: Sequence[Body], helpers: Sequence[Body]) -> Phrase | None:
    """Say who carries out together and who helps; one named body, or those of one kind, carry out alone and lead."""
    several = len({body.key for body in doers if not body.collective}) >= _SEVERAL
    if not several and not any(body.is_everybody for body in doers):
        return None
    return phrase("together", doers=names(doers), helpers=names(helpers))


# --- sentences --------------------------------------------------------------------------------------------------------


class _Helping(NamedTuple):
    """A sentence in which its bodies only coordinate: who, with whom, and the words behind these."""

    stated: Stated
    holders: tuple[Body, ...]
    partners: tuple[Body, ...]
    start: int
    end: int
    names_partner: bool
    """Whether the words say that there is a partner: "phối hợp với ..."."""

    @property
    def holder(self) -> Body:
        """The first body it is given to."""
        return self.holders[0]

    @property
    def named_partners(self) -> tuple[Body, ...]:
        """The partners that are one body each."""
        return tuple(body for body in self.partners if not body.collective)

    @property
    def place(self) -> Place:
        """The words up to the task: "Phối hợp với Sở B"."""
        return Place(self.stated.start, self.start)

    def task(self, text: str) -> str:
        """Give the words of the task."""
        return text[self.start : self.end]


def _sentences(context: RuleContext, found: Assignments) -> Iterator[Flag]:
    """Flag sentences in which bodies only coordinate and of which no other place says who leads."""
    alone: list[_Helping] = []
    about_roles = _is_about_roles(context)
    for one in _helping(context.extraction.text, found.sentences):
        if _is_joint(context, one):
            yield _joint_flag(context, one)
        elif not about_roles and _is_lone(context, one):
            alone.append(one)
    if not alone:
        return
    pairs = list(_mutual(context.extraction.text, alone))
    for one, other in pairs:
        yield _mutual_flag(one, other)
    paired = {id(one) for pair in pairs for one in pair}
    led = Tellings(_led(context.extraction.text, found))
    groups: dict[tuple[str, int], list[_Helping]] = {}
    for one in alone:
        if id(one) not in paired and not _is_led_elsewhere(context.extraction.text, one, led):
            groups.setdefault((one.holder.key, one.holder.start), []).append(one)
    for group in groups.values():
        yield from _lone_flags(context, group)


def _helping(text: str, sentences: Iterable[Stated]) -> Iterator[_Helping]:
    """Give the sentences whose own bodies coordinate: named before the verb or in the heading above."""
    busy = -1  # "... xây dựng phần mềm. Phối hợp với Sở B nhập dữ liệu": said in passing, of the task before it
    for one in sentences:
        if one.of("lead", "implement"):
            busy = one.line
        if one.line == busy:
            continue
        bodies = one.of("coordinate")
        holders = tuple(body for body in bodies if not one.start <= body.start < one.end)
        partners = tuple(body for body in bodies if one.start <= body.start < one.end)
        verb = _COORDINATING.search(text, one.start, one.end)
        if not holders or verb is None or any(body.is_by_office for body in bodies):
            continue
        start = max([verb.end(), *(body.end for body in partners)])
        yield _Helping(one, holders, partners, start, max(start, one.end), verb["with"] is not None)


def _is_joint(context: RuleContext, one: _Helping) -> bool:
    """Tell a task that several named bodies are given together: "Sở A, Sở B, Sở C có trách nhiệm phối hợp công bố"."""
    text = context.extraction.text
    named = [body for body in listed(text, one.holders) if not body.is_outside]
    if len({body.key for body in named}) < _SEVERAL or one.named_partners or _is_no_task(text, one):
        return False
    return bool(telling_words(one.task(text)))


def _is_lone(context: RuleContext, one: _Helping) -> bool:
    """Tell a task of its own that one body is given and in which it only coordinates."""
    text = context.extraction.text
    if len({body.key for body in one.holders}) != 1 or one.holder.collective or one.holder.is_outside:
        return False
    if any(body.is_outside for body in one.partners) or _is_no_task(text, one):
        return False
    task = one.task(text).lstrip()
    if task.startswith((":", ".")) or (not one.partners and (one.names_partner or task.startswith(","))):
        return False  # "Sở A phối hợp Sở B:" heads a list; with a body not recognised; "phối hợp, hướng dẫn"
    if one.partners and not one.named_partners and not _standing_at(context, one.holder):
        return False  # "phối hợp với các cơ quan liên quan rà soát": the one that is named does it
    return len(telling_words(task)) >= _FEWEST_WORDS


def _is_no_task(text: str, one: _Helping) -> bool:
    """Tell coordination that is a way of working, an answer to a request, help, or each body's own field."""
    task = one.task(text)
    return bool(
        spoken("own_scope").search(said(text, one.stated, one.holders))
        or spoken("manner").search(task)
        or spoken("unspecific").search(task[:_OPENING])
        or opens_with("support").match(task.lstrip(" ,;").removeprefix("trong việc "))
    )


def _is_about_roles(context: RuleContext) -> bool:
    """Tell a regulation on coordination or on what a body is for: that bodies coordinate is what it is to say."""
    about = context.extraction.metadata
    return any(spoken("about_roles").search(title or "") for title in (about.title, about.attached_title))


def _mutual(text: str, alone: Sequence[_Helping]) -> Iterator[tuple[_Helping, _Helping]]:
    """Pair what two bodies do each in coordination with the other, where both speak of the same."""
    waiting: dict[tuple[str, str], _Helping] = {}
    for one in alone:
        if len(one.named_partners) != 1:
            continue
        own, partner = one.holder.key, one.named_partners[0].key
        other = waiting.pop((partner, own), None)
        if other is None:
            waiting[own, partner] = one
        elif telling_words(one.task(text)) & telling_words(other.task(text)):
            yield other, one


def _led(text: str, found: Assignments) -> Iterator[tuple[str, frozenset[str]]]:
    """Give the tasks of the document with the named bodies that lead or carry them out."""
    for one in found.sentences:
        yield text[one.start : one.end], _keys(one.of("lead", "implement"))
    for block in found.blocks:
        yield text[block.told[0] : block.told[1]], _keys(block.of("lead", "implement"))
    for row in found.rows:
        yield text[row.start : row.end], _keys(row.of("lead", "implement"))


def _keys(bodies: Iterable[Body]) -> frozenset[str]:
    """Give what the named ones among bodies are known by."""
    return frozenset(body.key for body in bodies if not body.collective)


def _is_led_elsewhere(text: str, one: _Helping, led: Tellings[frozenset[str]]) -> bool:
    """Tell whether another place gives the same task to somebody, the partner where there is one."""
    words, partners = telling_words(one.task(text)), _keys(one.partners)
    if not partners:
        return any(keys - {one.holder.key} for keys in led.like(words, share=_SAME))
    alike = (*led.like(words, share=_ALIKE), *led.like(words, share=_AKIN, holding=first_telling(one.task(text))))
    return any(keys & partners for keys in alike)


# --- flags ------------------------------------------------------------------------------------------------------------


def _joint_flag(context: RuleContext, one: _Helping) -> Flag:
    """Flag the names where they stand before the verb, or the task where they stand in a heading."""
    text = context.extraction.text
    named = listed(text, one.holders)
    start = min(body.start for body in named)
    begins_here = start >= one.stated.line
    end = max(body.end for body in named) if begins_here else one.stated.end
    return Flag(
        start=start if begins_here else one.stated.start,
        end=end,
        message=phrase("joint", holders=names(named)),
        subject=names(named),
        suggestion=phrase("name_lead"),
        kind="review" if one.partners else "fail",
        place_matters=True,
    )


def _mutual_flag(one: _Helping, other: _Helping) -> Flag:
    return Flag(
        start=one.place.start,
        end=one.place.end,
        message=phrase("mutual", one=names([one.holder]), other=names([other.holder])),
        subject=f"{one.holder.key} + {other.holder.key}",
        suggestion=phrase("name_lead"),
        related=(other.place,),
        place_matters=True,
    )


def _lone_flags(context: RuleContext, group: Sequence[_Helping]) -> Iterator[Flag]:
    """Flag the tasks in which a body only coordinates, and its heading where that calls it a lead."""
    standing = _standing_at(context, group[0].holder)
    led = [one for one in group if standing is not None and not one.named_partners]
    if standing is not None and led:
        called = " ".join(context.extraction.text[slice(*standing)].split())
        place, places = Place(led[0].holder.start, standing[1]), [one.place for one in led]
        yield _lone_flag(led[0], phrase("standing", standing=called), place, places, len(places) - 1)
    by_partners: dict[str, list[_Helping]] = {}
    for one in group:
        if one.named_partners or standing is None:
            by_partners.setdefault(names(one.named_partners), []).append(one)
    for partner, ones in by_partners.items():
        message = phrase("with_partner", partner=partner) if partner else phrase("without_partner")
        for place, further in spread([one.place for one in ones]):
            yield _lone_flag(ones[0], message, place, further, len(further))


def _lone_flag(one: _Helping, message: Phrase, place: Place, related: Sequence[Place], more: int) -> Flag:
    fields = {**dict(message.fields), "holder": names([one.holder]), "others": how_many_more(more)}
    return Flag(
        start=place.start,
        end=place.end,
        message=phrase(message.key, **fields),
        subject=one.holder.key,
        suggestion=phrase("lead_or_name"),
        kind="review",
        related=tuple(related[:MOST_RELATED]),
        place_matters=True,
    )


def _standing_at(context: RuleContext, holder: Body) -> tuple[int, int] | None:
    """Find what a heading calls a body: "Sở A (Cơ quan thường trực Ban Chỉ đạo)"."""
    _, end = context.places.line_span(holder.start)
    match = _STANDING.search(context.extraction.text, holder.end, min(end, holder.end + _NEAR))
    return match.span() if match else None


def _trimmed(text: str, start: int, end: int) -> int:
    """Give the end of a stretch without the blanks at its end."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
