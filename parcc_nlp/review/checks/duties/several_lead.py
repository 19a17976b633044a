"""NV702, NV703 and NV706: a task that several bodies lead, one that leads and coordinates, a lead that is everybody.

What several bodies lead each in its own field or area is no task with several leads.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.checks.duties.assignments import Body, is_of_law, listed, read_assignments, said
from parcc_nlp.review.checks.duties.saying import Alike, names
from parcc_nlp.review.checks.duties.telling import Tellings, numbers, steps
from parcc_nlp.review.checks.duties.wording import spoken
from parcc_nlp.review.rule import Flag, Place, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcc_nlp.model import AgencyMention
    from parcc_nlp.review.checks.duties.assignments import Assignments, Stated
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Kind

__all__ = ["nv702", "nv703", "nv706"]

_SEVERAL = 2
_FEWEST_WORDS = 6
_SAME = 0.85
_PARTNERS = re.compile(
    r"phối\s+(?:kết\s+)?hợp(?:\s+(?:chặt\s+chẽ|tốt|kịp\s+thời|hiệu\s+quả|đồng\s+bộ|thường\s+xuyên|chủ\s+động|tích\s+cực))*"
    r"(?:\s+(?:với|cùng(?:\s+với)?))?\s*",
    re.IGNORECASE,
)
_JOINTLY = re.compile(r"\s+(?:đồng|cùng)\s+chủ\s+trì(?!\w)", re.IGNORECASE)
_AT_ONCE = re.compile(r"(?:có trách nhiệm )?chủ trì(?:,| và) ?phối hợp", re.IGNORECASE)
_LISTED = re.compile(r"[\s,;/]*(?:(?:và|cùng(?:\s+với)?|với|hoặc)\s*)?(?:lãnh đạo\s+)?", re.IGNORECASE)
_PLURAL = re.compile(r"(?:các|những|tất cả|toàn thể)(?!\w)", re.IGNORECASE)
_PEOPLES_COMMITTEE = re.compile(r"(?:chủ tịch )?(?:ubnd|[uủ][ỷy] ban nhân dân)(?!\w)", re.IGNORECASE)
_OWN_PART = re.compile(r"\s*\((?:đối với|phần|nội dung|lĩnh vực|phụ trách|về|tại|cấp)(?!\w)", re.IGNORECASE)


# --- NV702 ------------------------------------------------------------------------------------------------------------


@rule("NV702", needs=("responsibilities",))
def nv702(context: RuleContext) -> Iterator[Flag]:
    """Flag a task with two leads or more, in one place or at two."""
    found = read_assignments(context)
    text = context.extraction.text
    mentions = _Mentions(context)
    stated = [] if is_of_law(context) else list(found.sentences)
    for one in (*stated, *(one for block in found.blocks for one in block.stated)):
        leads = (*listed(text, one.of("lead")), *mentions.joint_leads(one))
        if len({body.key for body in leads}) >= _SEVERAL and not _is_shared_out(text, one, leads):
            yield _several(leads, stated=one, kind="fail")
    for row in found.rows:
        leads = listed(text, row.of("lead"))
        if len({body.key for body in leads}) >= _SEVERAL and not _has_own_parts(text, leads):
            yield _several(leads, kind="review" if spoken("own_scope").search(text, row.start, row.end) else "fail")
    yield from _at_two_places(_led(text, found, stated))


def _is_shared_out(text: str, stated: Stated, leads: Sequence[Body]) -> bool:
    """Tell leads that each have their own field or area: "theo chức năng, nhiệm vụ được giao", several UBND."""
    if text.startswith(":", stated.end):
        return True  # "... chủ trì thực hiện các nhiệm vụ, cụ thể:": what follows says who does which
    words = said(text, stated, leads)
    if spoken("own_scope").search(words) or spoken("by_function").search(words) or _has_own_parts(text, leads):
        return True
    return all(_PEOPLES_COMMITTEE.match(body.name) for body in leads)


def _has_own_parts(text: str, leads: Sequence[Body]) -> bool:
    """Tell leads of which a bracket says what each leads: "Sở A (đối với cấp tỉnh), ..."."""
    return any(_OWN_PART.match(text, body.end) for body in leads)


def _several(leads: Sequence[Body], *, kind: Kind, stated: Stated | None = None) -> Flag:
    """Flag the names of the leads, or the task where they stand in its heading."""
    start, end = min(body.start for body in leads), max(body.end for body in leads)
    above = stated is not None and start < stated.line
    return Flag(
        start=stated.start if stated is not None and above else start,
        end=stated.end if stated is not None and above else end,
        message=phrase("several", leads=names(leads), count=str(len({body.key for body in leads}))),
        subject=names(leads),
        suggestion=phrase("one_lead"),
        kind=kind,
        related=(Place(start, end),) if above else (),
        place_matters=True,
    )


class _Led(NamedTuple):
    """A task with its one named lead."""

    text: str
    lead: Body
    start: int
    end: int


def _led(text: str, found: Assignments, sentences: Sequence[Stated]) -> Iterator[_Led]:
    """Give the tasks of one named lead; those led each in its own field are left out."""
    for one in sentences:
        leads = one.of("lead")
        words = said(text, one, leads)
        if len(leads) == 1 and not spoken("own_scope").search(words) and not spoken("by_function").search(words):
            yield _Led(text[one.start : one.end], leads[0], one.start, one.end)
    for block in found.blocks:
        leads, (start, end) = block.of("lead"), block.told
        if len(leads) == 1 and not spoken("own_scope").search(text, start, end):
            yield _Led(text[start:end], leads[0], leads[0].start, leads[0].end)


def _at_two_places(tasks: Iterator[_Led]) -> Iterator[Flag]:
    """Flag a task that two places give to different leads; whether it is the same a person must judge."""
    every = [task for task in tasks if not task.lead.collective]
    index = Tellings((task.text, number) for number, task in enumerate(every))
    for number, task in enumerate(every):
        words = index.words(number)
        if len(words) < _FEWEST_WORDS:
            continue
        for earlier in sorted(index.like(words, share=_SAME)):
            other = every[earlier]
            shared = len(words & index.words(earlier))
            if earlier < number and shared >= _SAME * len(index.words(earlier)) and _is_same(task, other):
                yield Flag(
                    start=task.start,
                    end=task.end,
                    message=phrase("two_places", lead=names([task.lead]), other=names([other.lead])),
                    subject=names([other.lead, task.lead]),
                    suggestion=phrase("one_lead"),
                    kind="review",
                    related=(Place(other.start, other.end),),
                    place_matters=True,
                )
                break


def _is_same(one: _Led, other: _Led) -> bool:
    """Tell the same task of another lead: the same numbers and steps."""
    if one.lead.key == other.lead.key or one.start == other.start:
        return False
    return steps(one.text) == steps(other.text) and numbers(one.text) == numbers(other.text)


# --- NV703 ------------------------------------------------------------------------------------------------------------


@rule("NV703", needs=("responsibilities",))
def nv703(context: RuleContext) -> Iterator[Flag]:
    """Flag a body that leads a task and coordinates in it as well."""
    found = read_assignments(context)
    tasks = [
        *((block.of("lead"), block.of("coordinate")) for block in found.blocks),
        *((row.of("lead"), row.of("coordinate")) for row in found.rows),
    ]
    for leads, helpers in tasks:
        named = {body.key: body for body in leads if not body.collective}
        for helper in helpers:
            if helper.key in named and not helper.collective:
                yield _both(named[helper.key], helper.start, helper.end)
    mentions = _Mentions(context)
    for stated in found.sentences:
        for body in stated.of("lead"):
            again = mentions.among_partners(stated, body)
            if again is not None:
                yield _both(body, again.start, again.end)


def _both(lead: Body, start: int, end: int) -> Flag:
    return Flag(
        start=start,
        end=end,
        message=phrase("both", body=names([lead])),
        subject=lead.key,
        suggestion=phrase("drop_one"),
        related=(Place(lead.start, lead.end),),
        place_matters=True,
    )


# --- NV706 ------------------------------------------------------------------------------------------------------------


@rule("NV706", needs=("responsibilities",))
def nv706(context: RuleContext) -> Iterator[Flag]:
    """Flag a lead that is everybody ("Các sở, ban, ngành"), once for each wording."""
    alike = Alike()
    for bodies in _leads(context, read_assignments(context)):
        named = [body for body in bodies if not body.collective]
        everybody = next((body for body in bodies if body.is_everybody), None)
        if everybody is None or len({body.key for body in named}) >= _SEVERAL:
            continue
        body = names([everybody])
        message = phrase("among", body=body, named=names(named)) if named else phrase("everybody", body=body)
        alike.add(message, Place(everybody.start, everybody.end))
    yield from alike.flags(suggestion=phrase("name_one"), kind="review")


def _leads(context: RuleContext, found: Assignments) -> Iterator[Sequence[Body]]:
    """Give the leads of labelled lines and rows, and of sentences that say at once who leads."""
    text = context.extraction.text
    for block in found.blocks:
        for stated in block.stated:
            if not spoken("own_scope").search(text, stated.start, stated.end):
                yield stated.of("lead")
    for row in found.rows:
        yield row.of("lead")
    for stated in () if is_of_law(context) else found.sentences:
        # Of "Các cơ quan chủ trì soạn thảo phối hợp ..." the first words are a name.
        leads = [body for body in stated.of("lead") if body.start >= stated.line and _PLURAL.match(body.name)]
        if not leads or not _AT_ONCE.match(text, stated.start):
            continue
        words = said(text, stated, leads)
        if not spoken("own_scope").search(words) and not spoken("by_function").search(words):
            yield leads


# --- reading ----------------------------------------------------------------------------------------------------------


class _Mentions:
    """The agencies of the text by place: those who lead jointly, and a lead among its own partners."""

    def __init__(self, context: RuleContext) -> None:
        self.text = context.extraction.text
        self.found = sorted(context.extraction.agencies, key=_by_start)
        self.starts = [mention.start for mention in self.found]

    def joint_leads(self, stated: Stated) -> Iterator[Body]:
        """Give those that the words name as leads beside the first: "Sở A chủ trì, Sở B đồng chủ trì"."""
        for mention in self._between(stated.start, stated.end):
            if not mention.collective and _JOINTLY.match(self.text, mention.end):
                yield Body(mention.name, "lead", mention.start, mention.end, _key(mention), collective=False)

    def among_partners(self, stated: Stated, lead: Body) -> AgencyMention | None:
        """Find a lead in the list of those it is to coordinate with."""
        for verb in _PARTNERS.finditer(self.text, stated.start, stated.end):
            at = verb.end()
            for mention in self._between(at, stated.end):
                if not _LISTED.fullmatch(self.text, at, mention.start):
                    break
                if not mention.collective and _key(mention) == lead.key:
                    return mention
                at = mention.end
        return None

    def _between(self, start: int, end: int) -> Iterator[AgencyMention]:
        number = bisect_left(self.starts, start)
        while number < len(self.found) and self.starts[number] < end:
            yield self.found[number]
            number += 1


def _key(mention: AgencyMention) -> str:
    return mention.agency_id or " ".join(mention.name.lower().split())


def _by_start(mention: AgencyMention) -> int:
    return mention.start
