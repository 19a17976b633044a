"""NV704 and NV705: whether the time of a task can be, and whether a task has one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.checks.duties.assignments import is_of_law, read_assignments
from parcc_nlp.review.checks.duties.telling import Tellings, numbers, steps, telling_words
from parcc_nlp.review.checks.duties.times import LONGEST_TIME, Time, Times, first_day
from parcc_nlp.review.checks.duties.wording import spoken
from parcc_nlp.review.naming import day
from parcc_nlp.review.rule import Flag, Place, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcc_nlp.model import Period
    from parcc_nlp.review.checks.duties.assignments import Assignments, Body, Row, Stated
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Kind, Phrase

__all__ = ["nv704", "nv705"]

_TELLING = frozenset({"Báo cáo", "Tờ trình"})
"""Documents that tell what was done; their times are no deadlines."""
_YEAR = len("2026")
_REACH = 40
_RECENT_YEARS = 1
_MOST_SECTIONS = 50
_LONGEST_TOLD = 3000
_PLAN = re.compile(
    r"(?:xây dựng|ban hành|lập)(?:,? (?:và )?(?:xây dựng|ban hành|lập|triển khai)){0,3} kế hoạch(?!\w)", re.IGNORECASE
)
_PLAN_ENDS = re.compile(
    r"[.,;:()\d“”\"]"
    r"|(?<!\w)(?:của|tại|để|nhằm|trước|trong|xong|hoàn thành|chậm nhất|gửi|đảm bảo|bảo đảm|phù hợp)(?!\w)",
    re.IGNORECASE,
)
_SYLLABLE = re.compile(r"[^\W\d_]+")
_REPORTING = re.compile(r"(?<!\w)báo cáo(?!\w)", re.IGNORECASE)
_EVERY = re.compile(r"(?<!\w)(tuần|tháng|quý|0?6 tháng|0?9 tháng|năm)(?!\w)", re.IGNORECASE)
_DAY_AND_MONTH = re.compile(
    r"(?:trước|chậm nhất)(?: là)?(?: ngày)? (?P<day>\d{1,2})(?:/| tháng )(?P<month>\d{1,2})(?![/\d])"
)
_SAME = 0.7
_FEWEST = 4


# --- NV704 ------------------------------------------------------------------------------------------------------------


@rule("NV704", needs=("responsibilities",))
def nv704(context: RuleContext) -> Iterator[Flag]:
    """Flag a task whose time is over before the document is signed, or lies outside the period of the plan."""
    if is_of_law(context) or context.extraction.metadata.doc_type in _TELLING:
        return
    found, times, text = read_assignments(context), Times(context), context.extraction.text
    for block in found.blocks:
        told = f"{text[block.told[0] : block.told[1]]} {text[block.lines[0].start : block.lines[-1].end]}"
        for time in times.of_block(block):
            yield from _impossible(context, time, told)
    for row in found.rows:
        due, told = times.of_row(row), text[row.row.start : row.row.end]
        if due is not None and not spoken("done").search(told):
            yield from _impossible(context, due, told)
    yield from _in_sentences(context, found.sentences, times)


def _impossible(context: RuleContext, time: Time, told: str) -> Iterator[Flag]:
    """Flag a time that is over before the signing, or outside the period that the plan is made for."""
    issued, period = context.extraction.metadata.issued, context.extraction.metadata.period
    if time.begins:
        if period is not None and _is_over(time, issued) and time.last < period.from_:
            yield _impossible_flag(context, time, _outside("begins", period), kind="review")
    elif _is_over(time, issued):
        yield _impossible_flag(context, time, phrase("signed", signed=day(issued or "")), kind="fail")
    elif period is not None and time.last < period.from_:
        yield _impossible_flag(context, time, _outside("before", period), kind="review")
    elif period is not None and time.first > period.to and not spoken("wrap_up").search(told):
        yield _impossible_flag(context, time, _outside("after", period), kind="review")


def _in_sentences(context: RuleContext, sentences: Sequence[Stated], times: Times) -> Iterator[Flag]:
    """Flag deadlines in the prose of assignments; what lies before the plan's period prepares it."""
    text, about = context.extraction.text, context.extraction.metadata
    issued, period = about.issued, about.period
    past = _past_sections(context)
    for line in sorted({one.line for one in sentences if one.of("lead", "implement")}):
        _, end = context.places.line_span(line)
        due = [] if any(begin <= line < stop for begin, stop in past) else times.due(line, end)
        wraps_up = bool(due) and spoken("wrap_up").search(text, line, end)
        for time in due:
            if _is_over(time, issued):
                if issued is not None and int(issued[:_YEAR]) - int(time.last[:_YEAR]) <= _RECENT_YEARS:
                    yield _impossible_flag(context, time, phrase("signed", signed=day(issued)), kind="review")
            elif period is not None and time.first > period.to and not wraps_up:
                yield _impossible_flag(context, time, _outside("after", period), kind="review")


def _past_sections(context: RuleContext) -> list[tuple[int, int]]:
    """Give the sections that tell what was to be done before: "Các nhiệm vụ quá hạn chưa hoàn thành"."""
    return [
        (section.start, section.end)
        for section in context.extraction.structure
        if section.heading is not None and spoken("past_heading").search(section.heading)
    ][:_MOST_SECTIONS]


def _is_over(time: Time, issued: str | None) -> bool:
    """Tell a time that is over before a day, or before the first day of a month or year."""
    return issued is not None and time.last < first_day(issued)


def _outside(key: str, period: Period) -> Phrase:
    return phrase(key, first=day(period.from_), last=day(period.to))


def _impossible_flag(context: RuleContext, time: Time, message: Phrase, *, kind: Kind) -> Flag:
    return Flag(
        start=time.start,
        end=time.end,
        message=phrase(message.key, time=_written(context, time), **dict(message.fields)),
        subject=f"{message.key} {time.last}",
        suggestion=phrase("check_time"),
        kind=kind,
        place_matters=True,
    )


# --- NV705 ------------------------------------------------------------------------------------------------------------


class _Due(NamedTuple):
    """A task with the day it is due: its words, who does it, where its time stands."""

    text: str
    bodies: tuple[Body, ...]
    time: Time
    line: int

    @property
    def keys(self) -> frozenset[str]:
        """What its bodies are known by; everybody is known as one."""
        return frozenset("*" if body.is_everybody else body.key for body in self.bodies)


@rule("NV705", needs=("responsibilities",))
def nv705(context: RuleContext) -> Iterator[Flag]:
    """Flag a task that has two deadlines: in its paragraph and in its time line, or at two places."""
    if is_of_law(context) or context.extraction.metadata.doc_type in _TELLING:
        return
    found, times = read_assignments(context), Times(context)
    for block in found.blocks:
        told = times.due(*block.told) if block.told[1] - block.told[0] <= _LONGEST_TOLD else []
        named = list(times.of_block(block))
        if len(told) == len(named) == 1 and told[0].contradicts(named[0]):
            yield _two(context, "two", named[0], told[0], kind="fail")
    dated = [(row, time) for row in found.rows if (time := times.of_row(row)) is not None]
    for row, time in dated:
        told = times.due(row.start, row.end)
        if len(told) == 1 and told[0].contradicts(time):
            yield _two(context, "two", time, told[0], kind="fail")
    dues = [*_dues(context, found, times), *_row_dues(context, dated)]
    yield from _own_plans(context, dues)
    yield from _at_two_places(context, dues)
    yield from _reports(context, found.sentences, times)


def _dues(context: RuleContext, found: Assignments, times: Times) -> Iterator[_Due]:
    """Give the tasks that have one deadline and do not recur."""
    text = context.extraction.text
    for one in found.sentences:
        bodies = one.of("lead", "implement")
        if not bodies or not one.deadline or one.recurrence:
            continue
        _, line_end = context.places.line_span(one.start)
        due = times.due(one.line, min(line_end, one.end + _REACH))
        dates = {time.last: time for time in due if time.end > one.start}
        if len(dates) == 1:
            yield _Due(text[one.start : one.end], bodies, next(iter(dates.values())), one.line)
    for block in found.blocks:
        bodies, named = block.of("lead", "implement"), list(times.of_block(block))
        if bodies and len(named) == 1:
            yield _Due(text[slice(*block.told)], bodies, named[0], block.lines[0].start)


def _row_dues(context: RuleContext, dated: list[tuple[Row, Time]]) -> Iterator[_Due]:
    """Give the same of the rows of tables."""
    for row, time in dated:
        bodies = row.of("lead", "implement")
        if bodies:
            yield _Due(context.extraction.text[row.start : row.end], bodies, time, row.row.start)


def _own_plans(context: RuleContext, dues: list[_Due]) -> Iterator[Flag]:
    """Flag everybody's own plan where two places want it by different days."""
    first: _Due | None = None
    for due in dues:
        if not _is_own_plan(context, due):
            continue
        if first is None:
            first = due
        elif due.line != first.line and first.time.contradicts(due.time):
            yield _two(context, "two_places", due.time, first.time, kind="review")


def _at_two_places(context: RuleContext, dues: list[_Due]) -> Iterator[Flag]:
    """Flag a task that two places give different deadlines; whether it is the same a person must judge."""
    by_body: dict[str, list[_Due]] = {}
    for due in dues:
        for key in due.keys:
            by_body.setdefault(key, []).append(due)
    flagged: set[int] = set()
    for tasks in by_body.values():
        if len({due.time.last for due in tasks}) == 1:
            continue
        index = Tellings((due.text, number) for number, due in enumerate(tasks))
        for number, due in enumerate(tasks):
            words = index.words(number)
            if due.time.start in flagged or len(words) < _FEWEST:
                continue
            for earlier in sorted(index.like(words, share=_SAME)):
                shared = len(words & index.words(earlier))
                if earlier < number and shared >= _SAME * len(index.words(earlier)) and _is_same(due, tasks[earlier]):
                    flagged.add(due.time.start)
                    yield _two(context, "two_places", due.time, tasks[earlier].time, kind="review")
                    break


def _is_same(one: _Due, other: _Due) -> bool:
    """Tell the same task at another place: with the same numbers and steps."""
    if one.line == other.line or not one.time.contradicts(other.time):
        return False
    if spoken("part_of_time").search(one.text) or spoken("part_of_time").search(other.text):
        return False
    return steps(one.text) == steps(other.text) and numbers(one.text) == numbers(other.text)


def _is_own_plan(context: RuleContext, due: _Due) -> bool:
    """Tell "các sở, ban, ngành xây dựng kế hoạch": everybody's own plan for carrying out this very document."""
    plan = _PLAN.search(due.text[:LONGEST_TIME])
    if plan is None or not any(body.is_everybody for body in due.bodies):
        return False
    rest = due.text[plan.end() : plan.end() + LONGEST_TIME]
    ends = _PLAN_ENDS.search(rest)
    about = context.extraction.metadata
    own = set(_SYLLABLE.findall(f"{about.title or ''} {about.attached_title or ''}".lower()))
    named = _SYLLABLE.findall(rest[: ends.start() if ends else None].lower())
    return all(syllable in own or spoken("plan_words").fullmatch(syllable) for syllable in named)


class _Report(NamedTuple):
    """A report that everybody is to send: to whom, how often, by which day of the year."""

    recipient: str
    every: frozenset[str]
    month: int
    day: int
    text: str
    start: int
    end: int


def _reports(context: RuleContext, sentences: Sequence[Stated], times: Times) -> Iterator[Flag]:
    """Flag two days of one month for the same report; whether it is the same a person must judge."""
    text = context.extraction.text
    seen: dict[tuple[str, frozenset[str], int], _Report] = {}
    for one in sentences:
        report = _report(text, one, times)
        if report is None:
            continue
        first = seen.setdefault((report.recipient, report.every, report.month), report)
        words = telling_words(first.text), telling_words(report.text)
        fewest = min(len(words[0]), len(words[1]))
        if first.day != report.day and len(words[0] & words[1]) >= _SAME * fewest:
            yield Flag(
                start=report.start,
                end=report.end,
                message=phrase("two_places", time=text[report.start : report.end], other=text[first.start : first.end]),
                subject=f"{report.recipient} {first.day}/{first.month} {report.day}/{report.month}",
                suggestion=phrase("one_time"),
                kind="review",
                related=(Place(first.start, first.end),),
                place_matters=True,
            )


def _report(text: str, one: Stated, times: Times) -> _Report | None:
    """Read "các sở, ngành gửi báo cáo năm về Sở B trước ngày 10/12": one recipient and one day."""
    recipients = [body for body in one.of("report_to") if not body.collective]
    if len(recipients) != 1 or not any(body.is_everybody for body in one.bodies):
        return None
    if not _REPORTING.search(text, one.start, one.end):
        return None
    dated = [time for time in times.due(one.start, one.end) if time.first == time.last]
    plain = list(_DAY_AND_MONTH.finditer(text, one.start, one.end))
    if len(dated) + len(plain) != 1:
        return None
    if dated:
        start, end = dated[0].start, dated[0].end
        month, monthday = int(dated[0].last[5:7]), int(dated[0].last[8:])
    else:
        start, end = plain[0].start("day"), plain[0].end()
        month, monthday = int(plain[0]["month"]), int(plain[0]["day"])
    around = f"{text[one.start : start]} {text[end : one.end]}"
    for body in recipients:
        around = around.replace(body.name, " ")
    every = frozenset(match.lower().lstrip("0") for match in _EVERY.findall(around))
    return _Report(recipients[0].key, every, month, monthday, around, start, end)


def _two(context: RuleContext, key: str, time: Time, other: Time, *, kind: Kind) -> Flag:
    return Flag(
        start=time.start,
        end=time.end,
        message=phrase(key, time=_written(context, time), other=_written(context, other)),
        subject=f"{other.last} {time.last}",
        suggestion=phrase("one_time"),
        kind=kind,
        related=(Place(other.start, other.end),),
        place_matters=True,
    )


def _written(context: RuleContext, time: Time) -> str:
    """Give the words of a time on one line."""
    return " ".join(context.extraction.text[time.start : time.end].split())
