"""Read the targets of a document as indicators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.checks.targets.indicators import Amount, Indicator, Key
from parcc_nlp.review.checks.targets.lexicon import any_of, opening_with, words
from parcc_nlp.review.checks.targets.surroundings import YEAR, Surroundings, horizon, plain
from parcc_nlp.review.checks.targets.telling_words import acronyms, tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parcc_nlp.model import Extraction, Target
    from parcc_nlp.review.checks.targets.surroundings import Over
    from parcc_nlp.review.places import Places

__all__ = ["read_indicators"]

SCALES = {"nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
EACH = re.compile(r"(?:/|mỗi|hằng|hàng|từng|một)\s*(?P<often>ngày|tuần|tháng|quý|kỳ|năm)(?!\w)|bình\s+quân")
MOMENT = re.compile(
    r"(?<!\w)(?:quý\s+(?:[ivx]+|\d)|tháng\s+\d{1,2}|\d{1,2}\s+tháng(?:\s+đầu\s+năm)?|học\s+kỳ\s+[ivx\d]+|(?:đợt|lần|vụ)\s+\d+"
    r"|giai\s+đoạn\s+(?:[ivx]+|\d)(?!\d))(?!\w)"
)
COMPARED = re.compile(r"so\s+(?:với\s+)?[^,;.]{0,30}?((?:19|20)\d\d)")
TASK = re.compile(
    r"(?<!\w)(?:bảo\s+đảm|đảm\s+bảo|phấn\s+đấu|nâng|đưa|để|nhằm|duy\s+trì|đạt)\s+"
    r"(?=(?:tỷ|tỉ)\s+(?:lệ|trọng)|mức\s+độ|chỉ\s+số)"
)
BEHIND = re.compile(
    r"\(([^()]{2,80})\)|(?<!\w)((?:đối\s+với|tại|ở|khu\s+vực|vùng|cấp|ngành|lĩnh\s+vực|cho)\s[^,;.()]{2,80})"
)
LABEL = re.compile(r"^[\s\-+•*–]*(?:\(?(?:\d+(?:\.\d+)*|[a-zđ]|[ivx]+)[.)]\s*)?")
LABEL_REACH = 160
ATTACHED = ("att_", "phu_luc")
AROUND = 60
BEHIND_REACH = 160
LONGEST_SCOPE = 80
SHORTEST = 3
"""Syllables that must name an indicator, those of mere measures apart."""


class _Line(NamedTuple):
    """What a line, the headings over it and the document say of the targets on the line."""

    start: int
    number: int
    low: str
    scoped: str | None
    """The words before the colon that say for whom or where ("Tại địa bàn đô thị")."""
    named: str
    """Those that belong to what is measured ("Cà phê")."""
    over: Over
    last: str | None
    """The last year of the plan."""


def read_indicators(extraction: Extraction, places: Places) -> tuple[Indicator, ...]:
    """Read the targets of a document that say enough of what they measure to be compared."""
    if not extraction.targets:
        return ()
    longer = acronyms(extraction.aliases)
    return tuple(
        indicator
        for line, target, stop in _lines(extraction, places)
        if (indicator := _indicator(target, line, stop, longer)) is not None
    )


def _lines(extraction: Extraction, places: Places) -> Iterator[tuple[_Line, Target, int]]:
    """Give each target with its line and where in the line the next target begins."""
    around = Surroundings(extraction, places)
    last = horizon(extraction.metadata)
    for row in around.rows():
        low = extraction.text[row.start : row.end].lower()
        scoped, named = _read_label(_label(low[: row.targets[0].start - row.start]))
        number = places.line(row.start)
        stops = [*(target.start - row.start for target in row.targets[1:]), len(low)]
        for target, stop in zip(row.targets, stops, strict=True):
            over = around.over(target, row.start)
            yield _Line(row.start, number, low, scoped, named, over, last), target, stop


def _indicator(target: Target, line: _Line, stop: int, longer: Mapping[str, tuple[str, ...]]) -> Indicator | None:
    """Read one target; None where its words say too little of what is measured."""
    ahead, measured = _task_and_measured(target.subject or "")
    every = {*tell(measured, longer), *(tell(line.named, longer) if line.named else ())}
    weight = len({told.word for told in every if not told.role and not told.word.isdigit()})
    if weight < SHORTEST:
        return None
    at, end = target.start - line.start, target.end - line.start
    clause = _clause(target, line)
    compared = COMPARED.search(clause)
    unit, scale = _plain_unit(target.unit)
    return Indicator(
        target=target,
        key=Key(
            core=tuple(sorted({told.word for told in every if told.role != "light"})),
            unit=unit,
            change=target.change,
            recurrence=_recurrence(line.low[max(0, at - AROUND) : end + AROUND]),
            moment=" ".join(" ".join(found[0].split()) for found in MOMENT.finditer(clause)),
            part=target.part_of is not None,
        ),
        words=tuple(sorted({told.word for told in every})),
        amount=Amount(target.value * scale, target.value_max * scale if target.value_max is not None else None),
        scope=frozenset(_scope(target, line, ahead, line.low[end : min(stop, end + BEHIND_REACH)])),
        topic=line.over.topic,
        years=line.over.years,
        base=compared[1] if compared else None,
        weight=weight,
        time=_time(target, line) or line.last,
        line=line.number,
        attached=(target.section or "").startswith(ATTACHED),
        lower_is_better=any_of("lower_is_better").search(measured.lower()) is not None,
    )


def _scope(target: Target, line: _Line, ahead: str, behind: str) -> Iterator[str]:
    """Give what says for whom or where a target holds: headings, labels, words before and behind it."""
    yield from line.over.scope
    for part in (target.scope, line.scoped, target.exceptions):
        if part:
            yield plain(part.lower())
    if ahead and any_of("scope_words", "scope_openings").search(ahead.lower()):
        yield plain(ahead.lower())[:LONGEST_SCOPE]
    subject = plain((target.subject or "").lower())
    clause = behind.partition(";")[0]
    for found in BEHIND.finditer(clause):
        said = plain(found[1] or found[2])
        if said and said not in subject and not YEAR.search(said) and not any_of("plain_scopes").match(said):
            yield said


def _clause(target: Target, line: _Line) -> str:
    """Give the clause of a target within its line, in lower case."""
    if target.sentence is None:
        return line.low
    return line.low[max(0, target.sentence.start - line.start) : max(0, target.sentence.end - line.start)]


def _recurrence(near: str) -> str | None:
    """Read how often something is to be reached from the words around a value."""
    each = EACH.search(near)
    return None if each is None else each["often"] or "năm"


def _time(target: Target, line: _Line) -> str | None:
    """Give the deadline of a target; the years of a heading nearer than that of the deadline go before."""
    deadline, years = target.deadline, line.over.years
    if years and (deadline is None or (deadline[:4] not in years and deadline[:4] not in line.low)):
        return max(years)
    return deadline


def _task_and_measured(subject: str) -> tuple[str, str]:
    """Cut a subject at the task that stands before what is measured ("Đẩy mạnh dịch vụ, bảo đảm | tỷ lệ hồ sơ ...")."""
    ends = [found.end() for found in TASK.finditer(subject.lower())]
    if not ends or len(subject.lower()) != len(subject):
        return "", subject
    return subject[: ends[-1]], subject[ends[-1] :]


def _label(before: str) -> str:
    """Give the words before a colon that stands ahead of the first value of a line."""
    colon = before.rfind(":", 0, LABEL_REACH)
    return before[:colon] if colon > 0 else ""


def _read_label(label: str) -> tuple[str | None, str]:
    """Cut a label into scope ("Tại địa bàn đô thị") or words of the indicator ("Cà phê"); a plain one is neither."""
    said = plain(LABEL.sub("", label))
    if not said or said.startswith(words("plain_labels")) or YEAR.search(said):
        return None, ""
    return (said, "") if opening_with("scope_openings").match(said) else (None, said)


def _plain_unit(unit: str | None) -> tuple[str, float]:
    """Take the scale out of a unit: "tỷ đồng" is so many đồng."""
    first, _, rest = (unit or "").partition(" ")
    if rest and first in SCALES:
        inner, scale = _plain_unit(rest)
        return inner, scale * SCALES[first]
    return unit or "", 1.0
