"""CT601, CT606: whether targets have a deadline, and one that can be kept."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.checks.targets.lexicon import any_of
from parcc_nlp.review.checks.targets.surroundings import Surroundings, promises, shown, title_years
from parcc_nlp.review.naming import day
from parcc_nlp.review.rule import Flag, Place, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Metadata, Target, TaskRow
    from parcc_nlp.review.checks.targets.surroundings import Over, Row
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Phrase

__all__ = ["ct601", "ct606"]

YEAR_DIGITS = 4
# A year in a line is the target's deadline only where it opens the clause, stands right behind the value, or between
# indicator and verb; "văn bản ban hành trước năm 2020" and "từ 60% năm 2020" date something else.
OPENS = re.compile(
    r"(?:^|[;.])[\s\-+•*–]*(?:\(?(?:\d+(?:\.\d+)*|[a-zđ]|[ivx]+)[.)]\s*)?"
    r"(?:(?:phấn\s+đấu|bảo\s+đảm|đảm\s+bảo|mục\s+tiêu|chỉ\s+tiêu|riêng|cụ\s+thể)[\s:,]*)*"
    r"(?:đến|trước|trong|vào|hết|cuối|chậm\s+nhất|giai\s+đoạn|năm|quý|tháng|ngày)\s[^,:;.]{0,40}?(?P<year>20\d\d)(?!\d)"
)
BEHIND = re.compile(
    r"[\s,]*(?:(?:vào|trước|đến|trong|cuối|hết)\s+)+(?:(?:ngày|tháng|quý|năm)\s+)?[^,:;.%]{0,25}?(?P<year>20\d\d)(?!\d)"
)
BETWEEN = re.compile(
    r"(?<!\w)(?<!tính )(?:đến|vào|trước)\s+(?:(?:hết|cuối)\s+)?(?:(?:ngày|tháng|quý|năm)\s+)?[^,:;.%]{0,20}?"
    r"(?P<year>20\d\d)"
    r"\s*,?\s*(?:phải\s+|phấn\s+đấu\s+)?(?:đạt|còn|là|chiếm|có|xuống|lên)(?!\w)[^,:;.]{0,30}$"
)
HEADED = re.compile(r"(?:mục\s+tiêu|chỉ\s+tiêu|đến)(?!\w)|(?:trong\s+)?năm\s+20\d\d|giai\s+đoạn\s+20\d\d")
BETWEEN_REACH = 90
SHOWN = 5
"""Further places that a finding lists."""


class _Late(NamedTuple):
    """A target whose deadline lies outside the time it can have."""

    target: Target
    over: Over
    before_signing: bool
    own: bool
    """Whether the line itself gives the deadline, not a heading."""
    sure: bool
    """Whether the words are those of a deadline."""


@rule("CT601", needs=("targets",))
def ct601(context: RuleContext) -> Iterator[Flag]:
    """Flag targets without deadline, once a line, where neither heading, task nor plan gives one."""
    around = Surroundings(context.extraction, context.places)
    if not promises(context.extraction) or around.states_own_time():
        return
    others_have = any(target.deadline for target in context.extraction.targets)
    tasks = _Tasks(context.extraction.tasks)
    for row in around.rows():
        if any(target.deadline for target in row.targets) or _inherits(row, around, tasks):
            continue
        first, *rest = row.targets
        yield Flag(
            start=first.start,
            end=first.end,
            message=phrase("undated_here" if others_have else "undated", targets=shown(row.targets)),
            subject=first.subject or first.text,
            kind="review" if others_have else "fail",
            suggestion=phrase("suggestion"),
            related=tuple(Place(target.start, target.end) for target in rest[:SHOWN]),
            place_matters=True,
        )


@rule("CT606", needs=("targets",))
def ct606(context: RuleContext) -> Iterator[Flag]:
    """Flag deadlines before the signing date or outside the plan's period; one that a heading gives is told once."""
    if not promises(context.extraction):
        return
    groups: dict[tuple[object, ...], list[_Late]] = {}
    for late in _late(context):
        key = (
            late.target.deadline,
            late.before_signing,
            context.places.line(late.target.start) if late.own else late.over.section,
        )
        groups.setdefault(key, []).append(late)
    for group in groups.values():
        first = group[0]
        yield Flag(
            start=first.target.start,
            end=first.target.end,
            message=_late_message(group, context),
            subject=f"{first.target.deadline}|{first.target.subject or first.target.text}",
            kind="fail" if first.before_signing and first.sure else "review",
            suggestion=phrase("suggestion"),
            related=tuple(Place(late.target.start, late.target.end) for late in group[1 : SHOWN + 1]),
            place_matters=True,
        )


class _Tasks:
    """The rows of task tables, looked up by offset."""

    def __init__(self, tasks: tuple[TaskRow, ...]) -> None:
        self._tasks = sorted(tasks, key=_by_start)
        self._starts = [task.start for task in self._tasks]

    def at(self, offset: int) -> TaskRow | None:
        """Give the row that holds an offset."""
        position = bisect_right(self._starts, offset) - 1
        task = self._tasks[position] if position >= 0 else None
        return task if task is not None and offset < task.end else None


def _inherits(row: Row, around: Surroundings, tasks: _Tasks) -> bool:
    """Whether the line, its task, the lines beside it or a heading over it give a time."""
    first = row.targets[0]
    task = tasks.at(first.start)
    if task is not None and (task.deadline or task.recurrence):
        return True
    return (
        around.over(first, row.start).timed
        or around.has_time_line(around.enclosing(first, row.start))
        or around.has_time_beside(row.start)
        or around.gives_time(row.start, row.end)
    )


def _late(context: RuleContext) -> Iterator[_Late]:
    """Give the targets whose deadline lies before the signing date or outside the plan's period."""
    around = Surroundings(context.extraction, context.places)
    for row in around.rows():
        late = [target for target in row.targets if _is_late(target, context)]
        if not late:
            continue
        low = context.extraction.text[row.start : row.end].lower()
        goes_on = len(late) < sum(target.deadline is not None for target in row.targets)
        for target in late:
            year, over = (target.deadline or "")[:YEAR_DIGITS], around.over(target, row.start)
            own = year in low
            before = _before(target.deadline or "", context.signed)
            if own and (goes_on or not _binds(low, year, target.start - row.start, target.end - row.start)):
                continue
            if _told_later(target.deadline or "", context.signed, low) if before else _looks_ahead(over, low):
                continue
            sure = own or (year in over.years and HEADED.match(over.topic) is not None)
            yield _Late(target, over, before_signing=before, own=own, sure=sure)


def _is_late(target: Target, context: RuleContext) -> bool:
    deadline = target.deadline
    if deadline is None:
        return False
    return _before(deadline, context.signed) or _outside(deadline, context.extraction.metadata)


def _binds(low: str, year: str, start: int, end: int) -> bool:
    """Whether a year of a line dates the value at `start`, and not something that the line speaks of."""
    behind = BEHIND.match(low, end)
    between = BETWEEN.search(low, max(0, start - BETWEEN_REACH), start)
    opened = [found["year"] for found in OPENS.finditer(low, 0, start)]
    return (
        (behind is not None and behind["year"] == year)
        or (between is not None and between["year"] == year)
        or (bool(opened) and opened[-1] == year)
    )


def _looks_ahead(over: Over, low: str) -> bool:
    return over.visionary or any_of("vision").search(low) is not None


def _before(deadline: str, signed: str | None) -> bool:
    """Whether a deadline, as precise as it is, was over on the signing date."""
    return signed is not None and deadline < signed[: len(deadline)]


def _told_later(deadline: str, signed: str | None, low: str) -> bool:
    """Whether an index of last year is meant, which is measured and told in the year after."""
    return (
        signed is not None
        and len(deadline) == YEAR_DIGITS
        and int(signed[:YEAR_DIGITS]) - int(deadline) == 1
        and any_of("measured_later").search(low) is not None
    )


def _outside(deadline: str, metadata: Metadata) -> bool:
    """Whether a deadline lies in no year of the plan's period and in none that its title names."""
    period, year = metadata.period, deadline[:YEAR_DIGITS]
    if period is None or year in title_years(metadata):
        return False
    return not period.from_[:YEAR_DIGITS] <= year <= period.to[:YEAR_DIGITS]


def _late_message(group: list[_Late], context: RuleContext) -> Phrase:
    first = group[0]
    deadline = day(first.target.deadline or "")
    further = phrase("further", count=str(len(group) - 1)) if len(group) > 1 else None
    target = shown((first.target,))
    if first.before_signing:
        return phrase("before", target=target, deadline=deadline, signed=day(context.signed or ""), further=further)
    period = context.extraction.metadata.period
    since, until = (period.from_[:YEAR_DIGITS], period.to[:YEAR_DIGITS]) if period else ("", "")
    years = since if since == until else f"{since} - {until}"
    return phrase("outside", target=target, deadline=deadline, period=years, further=further)


def _by_start(task: TaskRow) -> int:
    return task.start
