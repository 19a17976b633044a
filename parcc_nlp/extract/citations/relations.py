"""What this document does with the documents it cites: the relation of each citation (GUIDELINES: relation)."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from parcc_nlp.extract.citations.lexicon import alternation, words
from parcc_nlp.model import CitationRelation

__all__ = ["Context", "Preamble", "context_of", "relation_of"]

# The body begins with its first numbered unit; a preamble ends there.
BODY = re.compile(
    r"^[ \t“\"]*(?:Điều\s+1\s*[.:]|ĐIỀU\s+1\s*[.:]|(?:Chương|CHƯƠNG|Phần|PHẦN)\s+(?:I|1|thứ nhất|THỨ NHẤT)\b|I\s*[./-]\s+\S|A\s*[./]\s+\S|1\s*[./]\s+\S)",
    re.MULTILINE,
)
ATTACHED = re.compile(r"^[ \t]*\(?[^\n]{0,20}kèm\s+theo\s[^\n]{0,300}\)?[ \t]*$", re.MULTILINE | re.IGNORECASE)
CLAUSE_START = re.compile(r"[;\n]|\.\s|:\s(?=căn cứ)")
BASIS_WORD = re.compile(r"(?<=\s)(?=(?:Căn cứ|CĂN CỨ|Xét|Theo đề nghị)\s)")
LINE_WINDOW = 3000
SENTENCE = re.compile(r"[.;:]\s|\n")
LABEL = r"[\s“\"]*(?:điều\s+\d+[a-zđ]?\s*[.:]\s*|\d+(?:\.\d+)*\s*[.)]\s*|[a-zđ]\d?\s*[.)]\s*|[-+•*]\s*)?"
PROVISION_RUN = r"(?:các\s+|toàn\s+bộ\s+|một\s+số\s+|điều\s+của\s+|nội\s+dung\s+(?:của|tại)\s+|[\w\s,;.()]{0,200}?(?:của|tại|thuộc|ban\s+hành\s+kèm\s+theo|kèm\s+theo)\s+)?"
COORDINATE = re.compile(r"(?:[,;]|\bvà\b|\bhoặc\b|\bcùng\b)\s*(?:các\s+|cả\s+|với\s+)?(?:số\s+)?(?:[“\"(])?$")
GUIDANCE = re.compile(
    r"(?:hướng\s+dẫn|chỉ\s+đạo|ý\s+kiến|đề\s+nghị|yêu\s+cầu|kết\s+luận|văn\s+bản)[^;\n]{0,120}\s(?:tại|theo)\s+(?:các\s+)?$"
)


@dataclass(frozen=True, slots=True)
class Preamble:
    """A stretch before the first numbered unit of the document or of the plan attached to it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Context:
    """What the relations of a document's citations are decided by."""

    clean: str
    low: str
    preambles: tuple[Preamble, ...]
    starts: tuple[int, ...]
    lists: tuple[tuple[int, int, CitationRelation], ...]
    """Stretches whose lead-in ("Bãi bỏ các văn bản sau đây:") decides for every item below it."""


@cache
def _compiled() -> dict[str, re.Pattern[str]]:
    data = words("relations.yaml")

    def opening(key: str) -> re.Pattern[str]:
        return re.compile(rf"[\s\-+•*“\"(]*(?:{alternation(data[key])})(?!\w)")

    def closing(key: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{alternation(data[key])})\s*(?:các\s+|một\s+số\s+|[“\"(]\s*)*$")

    def anywhere(key: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{alternation(data[key])})(?!\w)")

    return {
        "basis": opening("basis"),
        "not_basis": opening("not_basis"),
        "implements": opening("implements"),
        "implements_end": closing("implements"),
        "basis_heading": anywhere("basis_heading"),
        "nested": closing("nested_before"),
        "own": anywhere("own"),
        "own_details": anywhere("own_details"),
        "replaces": re.compile(rf"(?<!\w)(?:{alternation(data['replaces'])})\s+{PROVISION_RUN}$"),
        "repeals": re.compile(rf"(?<!\w)(?:{alternation(data['repeals'])})\s+{PROVISION_RUN}$"),
        "amends": re.compile(rf"(?<!\w)(?:{alternation(data['amends'])})\s+{PROVISION_RUN}$"),
        "repealed_after": re.compile(rf"[^.;\n]{{0,400}}?(?:{alternation(data['repealed_after'])})(?!\w)"),
        "lead_in": re.compile(
            rf"^{LABEL}(?:({alternation(data['repeals'])})|({alternation(data['replaces'])})|({alternation(data['amends'])}))(?!\w)[^\n]*$",
            re.MULTILINE,
        ),
        "expiring_list": re.compile(
            rf"^[^\n]{{0,160}}(?:{alternation(data['repealed_after'])})[^\n]{{0,160}}(?:sau\s+đây|sau)?\s*:\s*$",
            re.MULTILINE,
        ),
    }


def context_of(clean: str, low: str) -> Context:
    """Find the preambles and governed lists of a document."""
    bodies = [match.start() for match in BODY.finditer(clean, 0, 40_000)]
    first = bodies[0] if bodies else min(len(clean), 6000)
    preambles = [Preamble(0, first)]
    for attached in ATTACHED.finditer(clean):
        body = BODY.search(clean, attached.end(), attached.end() + 12_000)
        if attached.start() >= first and body:
            preambles.append(Preamble(attached.start(), body.start()))
    return Context(
        clean=clean,
        low=low,
        preambles=tuple(preambles),
        starts=tuple(preamble.start for preamble in preambles),
        lists=tuple(_governed_lists(low)),
    )


UNIT_LINE = re.compile(r"^[\s“\"]*(?:(điều\s+\d+[a-zđ]?)|(\d+)\s*[.)]|([a-zđ]\d?)\s*\)|([-+•*]))", re.MULTILINE)
LEVELS = (1, 2, 3, 4)


def _governed_lists(low: str) -> list[tuple[int, int, CitationRelation]]:
    """Lists whose lead-in names no document of its own but says what happens to those below it."""
    patterns = _compiled()
    kinds: tuple[CitationRelation, ...] = ("repeals", "replaces", "amends")
    lists: list[tuple[int, int, CitationRelation]] = []
    if "bãi bỏ" in low or "thay thế" in low or "sửa đổi" in low:
        for match in patterns["lead_in"].finditer(low):
            if re.search(r"\d/(?:\d{4}/)?[a-zđ]", match[0]):
                continue
            kind = next(kind for kind, group in zip(kinds, match.groups(), strict=True) if group)
            if not re.search(r":\s*$|văn\s+bản|quyết\s+định|nghị\s+quyết|thông\s+tư|nghị\s+định|chỉ\s+thị", match[0]):
                continue
            lists.append((match.end(), _list_end(low, match.start(), match.end()), kind))
    if "hết hiệu lực" in low:
        lists.extend(
            (match.end(), _list_end(low, match.start(), match.end()), "repeals")
            for match in patterns["expiring_list"].finditer(low)
        )
    return sorted(lists)


def _list_end(low: str, line: int, after: int) -> int:
    """Where the list below a lead-in ends: at the next unit of the same or a higher level, or after a page of text."""
    own = _level(low, line)
    for match in UNIT_LINE.finditer(low, after, after + 20_000):
        level = next(number for number, group in zip(LEVELS, match.groups(), strict=True) if group)
        if level <= own:
            return match.start()
    return min(len(low), after + 20_000)


def _level(low: str, line: int) -> int:
    match = UNIT_LINE.match(low, line)
    return next(number for number, group in zip(LEVELS, match.groups(), strict=True) if group) if match else LEVELS[-1]


def relation_of(
    context: Context, start: int, end: int, previous: tuple[int, CitationRelation] | None
) -> CitationRelation:
    """Decide the relation of the citation at `start`.

    Parameters
    ----------
    previous
        End and relation of the citation before it, where there is one.
    """
    index = bisect_right(context.starts, start) - 1
    preamble = context.preambles[index]
    if start < preamble.end:
        return _in_preamble(context, preamble, start, previous)
    return _in_body(context, start, end, previous)


def _in_preamble(
    context: Context, preamble: Preamble, start: int, previous: tuple[int, CitationRelation] | None
) -> CitationRelation:
    low, patterns = context.low, _compiled()
    floor = max(preamble.start, start - LINE_WINDOW)
    clauses = [floor, *(match.end() for match in CLAUSE_START.finditer(low, floor, start))]
    # a text flattened to one line: the formula begins with a capital amid the letterhead or title
    clauses = sorted({*clauses, *(match.end() for match in BASIS_WORD.finditer(context.clean, floor, start))})
    mode: str | None = None
    opening = floor
    for clause in reversed(clauses):  # the nearest clause that opens a formula governs those behind it
        mode = next(
            (key for key in ("basis", "implements", "not_basis") if patterns[key].match(low, clause, start)), None
        )
        opening = clause
        if mode or (low[clause - 1 : clause] == "\n" and low[clause:start].strip()):
            break
    between = low[max(floor, previous[0] if previous else floor) : start]
    sentence = low[opening:start]
    if mode == "basis":
        return "basis"
    if patterns["own"].search(sentence) and patterns["implements_end"].search(between):
        return "implements"
    if mode == "implements":
        first = previous is None or previous[0] <= opening
        if first or COORDINATE.search(between) or GUIDANCE.search(between):
            return "implements"
        return "cites"
    if mode is None and re.search(
        r"ban\s+hành\s[^;\n]{0,60}sửa\s+đổi[^;\n]{0,60}\s(?:của|tại)\s+(?:các\s+)?$", sentence
    ):
        return "amends"
    if mode is None and _is_title(context.clean, opening, start) and patterns["implements_end"].search(sentence):
        return "implements"
    return "cites"


def _is_title(clean: str, opening: int, start: int) -> bool:
    """Whether the words before are the title of the document: a line of its own in capitals."""
    before = clean[opening:start]
    return before.isupper()


def _in_body(context: Context, start: int, end: int, previous: tuple[int, CitationRelation] | None) -> CitationRelation:
    low, patterns = context.low, _compiled()
    for first, last, kind in context.lists:
        if first <= start < last and (previous is None or previous[0] <= first or "\n" in low[previous[0] : start]):
            return kind
        if first > start:
            break
    floor = max(0, start - 700)
    cuts = [match.end() for match in SENTENCE.finditer(low, floor, start)]
    line = low.rfind("\n", floor, start) + 1
    sentence_start = max([line or floor, *[cut for cut in cuts if not _inside_label(low, cut)]])
    sentence = low[sentence_start:start]
    same_sentence = previous is not None and previous[0] > sentence_start
    between = low[previous[0] : start] if same_sentence and previous else sentence
    if same_sentence and previous and previous[1] in ("replaces", "repeals", "amends", "implements"):
        if COORDINATE.search(between):
            return previous[1]
        return "cites"
    own_subject = " này " in low[line or floor : start] or re.match(
        LABEL + r"(?:bãi bỏ|thay thế|sửa đổi|bổ sung|hủy bỏ|huỷ bỏ)", low[line or floor : start]
    )
    if own_subject and not same_sentence:
        for kind in ("replaces", "repeals", "amends"):
            if patterns[kind].search(sentence):
                return kind  # type: ignore[return-value] - the three are relations
    if patterns["own_details"].search(low, line or floor, start) and (previous is None or previous[0] <= line):
        return "implements"
    if patterns["own"].search(sentence) and patterns["implements_end"].search(between) and "trên đây" in sentence:
        return "implements"
    gone = patterns["repealed_after"].match(low, end)
    if gone and re.match(
        r"\s*(?:thi\s+hành\s*)?(?:kể\s+từ|từ)\s+(?:thời\s+điểm|ngày)", low[gone.end() : gone.end() + 60]
    ):
        return "repeals"
    return "cites"


def _inside_label(low: str, cut: int) -> bool:
    """Whether a full stop only closes the label of a unit ("Điều 10. ", "2. ")."""
    return bool(re.search(r"(?:^|\n)[\s“\"]*(?:điều\s+)?\d+[a-zđ]?\.\s$", low[max(0, cut - 16) : cut]))
