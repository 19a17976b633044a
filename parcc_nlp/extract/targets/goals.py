"""Is a value a goal? What the document, its headings, the line and the clause say for and against it."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.extract.citations.lexicon import alternation, words
from parcc_nlp.extract.normative import is_normative

if TYPE_CHECKING:
    from parcc_nlp.extract.targets.clauses import Candidate, Text
    from parcc_nlp.extract.targets.headings import Scope
    from parcc_nlp.model import Metadata

__all__ = [
    "BACK",
    "Attitude",
    "Setting",
    "attitude_of",
    "is_goal",
    "may_promise",
    "opens_with_goal",
    "reported_in",
    "strives",
    "tells_points",
]

BACK = 400
"""Characters before a value that are read for words for or against it."""
SHARES = frozenset({"share", "ratio", "rank"})
COUNTED = frozenset({"count", "measure"})
LEAD = re.compile(
    r"(?:[^:]{0,120}:)?\s*(?:(?:trong\s+đó|cụ\s+thể|đồng\s+thời|ngoài\s+ra|riêng|và|có|thì)(?!\w)\s*[,:]?\s*)*"
    r"(?:(?:đến|từ|trong|hết|vào)\s[^,]{3,40},\s*)?"
)
NEW_VERB = re.compile(r"(?:,|\bvà|\btrong\s+đó|:)\s*(?:có\s+)?$")
# "giảm từ 23 ca", "từ 30 ngày xuống còn 15 ngày": the level a change starts from
MOVES_ON = re.compile(r"[^,;.\d]{0,40}?(?<!trở)\s(?:xuống|lên)(?!\w)")
FALLS_FROM = re.compile(r"\bgiảm\s+từ\s*$")
AGE = re.compile(r"\s*tuổi")
FORMULA = re.compile(r"\s*[x×*=+]\s*[\d(]")
FRACTION = re.compile(r"(?<![\d/.])\d[\d.]{0,8}/\d[\d.]{0,8}\s+(?!năm|ngày)[^\W\d_]")
# "cộng 05 điểm", "được tính 2 điểm": a line that deals out points
POINTS = re.compile(
    r"(?<!\w)(?:cộng|trừ|tính|chấm|được)\s+(?:trực\s+tiếp\s+|tối\s+đa\s+|thêm\s+)?\d+(?:,\d+)?\s*điểm(?!\w)"
)
# "Từ 80% số cơ quan trở lên: 0,5": a rung of a scale
RUNG = re.compile(r"%[^\t\n:]{0,200}:\s*\d{1,2}(?:[.,]\d{1,2})?\s*(?:\t|$)")
POINT_WORDS = re.compile(r"(?<!\w)(?:cộng|trừ|chấm)\s+điểm(?!\w)")
SAME_TIME = re.compile(r"(?<!\w)so\s+(?:với\s+)?cùng\s+kỳ(?!\w)")
MONTHS = re.compile(r"(?<!\w)(?:\d{1,2}|ba|sáu|chín)\s+tháng\s+(?:đầu\s+)?năm(?!\w)")
FOOTNOTE = re.compile(r"(?:^|[\s.])\[\d{1,2}\](?!\d)")
REPORT = re.compile(r"(?<!\w)đã\s+(?:đạt|có|thực\s+hiện|hoàn\s+thành|triển\s+khai)(?!\w)[^.;:\n]{0,100}:")
SENTENCE_END = re.compile(r"\.(?=\s)")
GOAL_LABEL = re.compile(r"(?:mục\s+tiêu|chỉ\s+tiêu)(?!\s+quốc\s+gia)[^:.;\d\n]{0,40}:")
TERM = re.compile(r"(?<!\w)(?:đến|vào|trong)\s+(?:hết\s+|cuối\s+)?năm\s+20\d\d(?!\d)")
SHORTENED = re.compile(r"(?<!\w)(?:giảm|rút\s+ngắn)(?!\w)[^;.]{0,120}\s(?:xuống|còn)(?:\s+(?:còn|dưới|tối\s+đa))?\s*$")
REACHED = re.compile(r"(?<!\w)(?:đạt|còn|lên|xuống)(?:\s+(?:khoảng|mức|tới|đến))*\s*$")
WHOLE = 100
# ", trong đó khách quốc tế đạt 3 triệu lượt": the second value measures something of its own
OWN_INDICATOR = re.compile(
    r"(?:[,;]|\bvà|\btrong\s+đó)\s[^,;]{4,80}\s(?:đạt|còn|lên|là|chiếm)(?:\s+(?:khoảng|mức))*\s*$"
)
FEW = 3
"""Words that only head a list ("05 nhiệm vụ sau"); more of them say what is to be there ("05 xã đạt chuẩn ...")."""
LOWER_LIMIT = re.compile(r"(?:ít\s+nhất|tối\s+thiểu|không\s+dưới|từ)(?!\w)")
OPENING_MARKS = "“«"
CLOSING_MARKS = "”»"


class Attitude(Enum):
    """What a kind of document does with figures."""

    SILENT = "commits to nothing"
    STRICT = "sets rules or procedures: a figure is a goal only where a heading or a verb says so"
    OPEN = "promises: a share that opens a clause or follows a verb of reaching is a goal"


class Setting(NamedTuple):
    """What decides besides the clause itself."""

    scope: Scope
    attitude: Attitude


class _Words(NamedTuple):
    aspired: re.Pattern[str]
    goal: re.Pattern[str]
    past: re.Pattern[str]
    past_outside: re.Pattern[str]
    never: re.Pattern[str]
    never_behind: re.Pattern[str]
    outside: re.Pattern[str]
    condition: re.Pattern[str]
    reaches: re.Pattern[str]
    acts: re.Pattern[str]
    goal_verb: re.Pattern[str]
    making: re.Pattern[str]


@cache
def _words() -> _Words:
    data = words("targets.yaml")

    def any_of(*keys: str) -> str:
        return rf"(?<!\w)(?:{alternation([word for key in keys for word in data[key]])})"

    return _Words(
        aspired=re.compile(rf"{any_of('aspired')}(?!\w)"),
        goal=re.compile(r"(?<!\w)(?<!có )(?:mục\s+tiêu|chỉ\s+tiêu)(?!\s+quốc\s+gia)(?!\w)"),
        past=re.compile(rf"{any_of('past')}(?!\w)"),
        past_outside=re.compile(rf"{any_of('past_outside')}(?!\w)"),
        never=re.compile(rf"{any_of('never')}(?!\w)"),
        never_behind=re.compile(rf"\s*(?:của\s+)?{any_of('never_behind')}(?!\w)"),
        outside=re.compile(rf"{any_of('outside')}(?!\w)"),
        condition=re.compile(rf"\s*(?:trở\s+(?:lên|xuống)\s+)?,?\s*{any_of('condition')}(?!\w)"),
        reaches=re.compile(rf"{any_of('reach_verbs')}(?!\w)"),
        acts=re.compile(rf"{any_of('act_verbs')}\s*$"),
        goal_verb=re.compile(rf"{any_of('goal_verbs')}(?:\s+(?:từ|khoảng|được|thêm|mới|cho))*\s*$"),
        making=re.compile(rf"{any_of('making_verbs')}\s*(?:mới\s+|thêm\s+|được\s+)*$"),
    )


def attitude_of(metadata: Metadata | None) -> Attitude:
    """Tell what a document does with figures, by its type, number and title; unknown documents may promise."""
    if metadata is None or metadata.doc_type is None:
        return Attitude.OPEN
    data = words("targets.yaml")
    if metadata.doc_type in data["no_goal_types"]:
        return Attitude.SILENT
    if is_normative(doc_type=metadata.doc_type, number=metadata.number, issued=metadata.issued):
        return Attitude.STRICT
    title = (metadata.title or "").lower()
    if metadata.doc_type in data["plan_types"]:
        return Attitude.OPEN
    promises, rules = _first(title, data["plan_titles"]), _first(title, data["rule_titles"])
    return Attitude.OPEN if promises < rules else Attitude.STRICT


def _first(title: str, listed: list[str]) -> float:
    """Where the first of some words stands in a title: "kế hoạch rà soát thủ tục" is a plan, not a procedure."""
    return min((title.find(word) for word in listed if word in title), default=inf)


def tells_points(low: str, start: int, end: int) -> bool:
    """Tell whether a line deals out points: none of its figures is a goal."""
    if RUNG.search(low, start, end):
        return True
    if low.find("điểm", start, end) < 0:
        return False
    return POINTS.search(low, start, end) is not None or POINT_WORDS.search(low, start, end) is not None


def may_promise(low: str, start: int, end: int, setting: Setting) -> bool:
    """Tell whether a line can hold a goal at all: one of rules only under a heading, or with a word, that says so."""
    if setting.attitude is Attitude.OPEN or setting.scope.firm:
        return True
    return strives(low, start, end) or GOAL_LABEL.search(low, start, end) is not None


def opens_with_goal(low: str, start: int, end: int) -> bool:
    """Tell whether a line goes on behind a heading of its own ("Mục tiêu cụ thể: Đến năm 2020 ...")."""
    return GOAL_LABEL.match(low, start, end) is not None


def reported_in(low: str, start: int, end: int) -> tuple[int, int] | None:
    """Give the part of a line that a report opens and lists ("... đã đạt kết quả nổi bật: (1) ...; (2) ...")."""
    lead = REPORT.search(low, start, end)
    if lead is None:
        return None
    stop = SENTENCE_END.search(low, lead.end(), end)
    return lead.end(), stop.start() if stop else end


def strives(low: str, start: int, end: int) -> bool:
    """Tell whether a stretch says that the plan strives ("phấn đấu") rather than commits."""
    return _words().aspired.search(low, start, end) is not None


def is_goal(text: Text, candidate: Candidate, setting: Setting, earlier: list[Candidate]) -> bool:
    """Tell a goal from a past figure, a rate, a threshold, a duration inside the subject.

    Parameters
    ----------
    text
        The text of the document.
    candidate
        The value in its clause.
    setting
        What the headings over it say, and what the document does with figures.
    earlier
        The goals found before it in the same clause.
    """
    low = text.low
    scope, attitude = setting
    start = max(candidate.start, candidate.value.start - BACK)
    before = low[start : candidate.value.start]
    striving = strives(low, start, candidate.value.start)
    if attitude is Attitude.OPEN and not striving:
        striving = _words().goal.search(before) is not None
    aimed = (scope.goal if attitude is Attitude.OPEN else scope.firm) or striving
    if _told_otherwise(text, candidate, before, aimed=aimed) or (scope.other and not striving):
        return False
    if not aimed and attitude is Attitude.STRICT:
        return False
    if candidate.value.kind in SHARES:
        return aimed or _share_speaks(low, candidate, before, earlier)
    return _count_speaks(low, candidate, before, earlier, aimed=aimed)


def _told_otherwise(text: Text, candidate: Candidate, before: str, *, aimed: bool) -> bool:
    """Whether something in the clause rules the value out."""
    known, low = _words(), text.low
    start, end = candidate.value.start, candidate.value.end
    if known.past.search(before) or known.never.search(before) or known.never_behind.match(low, end):
        return True
    if candidate.value.value_max is None and (
        FALLS_FROM.search(before) or (before.rstrip().endswith(" từ") and MOVES_ON.match(low, end, candidate.end))
    ):
        return True
    if any(behind.match(low, end) for behind in (AGE, FORMULA, known.condition)):
        return True
    if _enclosed(text.clean[start - len(before) : start], striving=strives(before, 0, len(before))):
        return True
    if aimed:
        return False
    return _told_as_result(low, candidate, before) or known.outside.search(before) is not None


def _told_as_result(low: str, candidate: Candidate, before: str) -> bool:
    """Whether a clause under no goal heading reports: "đã ...", "26/34 xã đạt 90%", "so với cùng kỳ"."""
    value = candidate.value
    behind = low[value.end : min(value.end + BACK, candidate.end)]
    if _words().past_outside.search(before) or FRACTION.search(before) or FRACTION.search(behind[:60]):
        return True
    if SAME_TIME.search(behind) or MONTHS.search(before) or MONTHS.search(behind[:60]) or FOOTNOTE.search(before):
        return True
    return value.unit == "%" and value.value > WHOLE


def _enclosed(before: str, *, striving: bool) -> bool:
    """Whether the value stands in quotation marks or brackets; "(phấn đấu ... 20%)" still promises."""
    for opening, closing in zip(OPENING_MARKS, CLOSING_MARKS, strict=True):
        if before.rfind(opening) > before.rfind(closing):
            return True
    return before.rfind("(") > before.rfind(")") and not striving


def _share_speaks(low: str, candidate: Candidate, before: str, earlier: list[Candidate]) -> bool:
    """Whether a share with no goal word over or before it is a goal: it opens its clause, or a verb reaches it."""
    own = low[candidate.start : candidate.binding.start].strip(" ,-+•*–\t") if len(before) < BACK else before
    opens = LEAD.fullmatch(own + " ") is not None or own == ""
    if opens:
        return len(low[candidate.value.end : candidate.end].split()) >= 2  # noqa: PLR2004 - a noun has company
    reached = _words().reaches.search(before) or _words().acts.search(
        before[: len(before) - (candidate.value.start - candidate.binding.start)]
    )
    return bool(earlier) or reached is not None


def _count_speaks(low: str, candidate: Candidate, before: str, earlier: list[Candidate], *, aimed: bool) -> bool:
    """Whether a count, an amount, a time or a score is a goal: something must bind it to a verb."""
    if earlier and not _begins_anew(low, candidate, earlier[-1]):
        return False
    return _bound(low, candidate, before, earlier) if aimed else _made(low, candidate, before)


def _bound(low: str, candidate: Candidate, before: str, earlier: list[Candidate]) -> bool:
    """Whether a comparator, change or verb binds a figure under a goal heading; a counted noun may open its clause."""
    binding, value = candidate.binding, candidate.value
    changes = binding.change is not None or SHORTENED.search(before) is not None
    if value.kind == "time":
        return changes or (binding.stated and low[binding.start : binding.start + 2] != "từ")
    if changes or binding.stated or earlier or _words().goal_verb.search(before):
        return True
    lead = low[candidate.after : binding.start].strip(" ,-+•*–\t")
    opens = value.kind == "count" and not lead and candidate.after == candidate.start
    return opens and len(low[value.noun : candidate.end].split()) > FEW


def _made(low: str, candidate: Candidate, before: str) -> bool:
    """Whether a figure under no goal heading is one: a level by a year, or at least so many to be made."""
    binding, kind = candidate.binding, candidate.value.kind
    if kind in {"time", "rate"}:
        return False
    if TERM.search(before) and REACHED.search(low, candidate.after, binding.start):
        return True
    if kind not in COUNTED or binding.comparator != ">=":
        return False
    limit = LOWER_LIMIT.search(low, binding.start, candidate.value.start)
    return limit is not None and _words().making.search(low[candidate.after : binding.start]) is not None


def _begins_anew(low: str, candidate: Candidate, previous: Candidate) -> bool:
    """Tell "..., 50 doanh nghiệp" and "..., xây dựng 02 mô hình" from a number inside a subject."""
    gap = low[previous.value.end : candidate.value.start]
    alike = previous.value.kind not in SHARES and NEW_VERB.search(gap) is not None
    if alike or (previous.value.kind not in SHARES and candidate.binding.stated):
        return True
    lead = low[candidate.after : candidate.binding.start]
    if OWN_INDICATOR.search(lead):
        return True
    verb = _words().making.search(lead) or _words().goal_verb.search(lead)
    return verb is not None and re.search(r"[,:]\s*(?:\w+\s+){0,2}$", lead[: verb.start()]) is not None
