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
    r"^[ \t“\"]*(?:(?:Điều|ĐIỀU)\s+1\s*[.:]|(?:Chương|CHƯƠNG|Phần|PHẦN)\s+(?:I|1|thứ nhất|THỨ NHẤT)\b"
    r"|I\s*[./-]\s+\S|A\s*[./]\s+\S|1\s*[./]\s+\S)",
    re.MULTILINE,
)
ATTACHED = re.compile(
    r"^[ \t]*\(?(?:được\s+)?(?:ban\s+hành\s+)?kèm\s+theo\s[^\n]{0,300}$", re.MULTILINE | re.IGNORECASE
)
CLAUSE_START = re.compile(r"[;\n]|\.\s|:\s(?=căn cứ)")
# A line break, or a full stop that closes no abbreviation ("TP. Hồ Chí Minh") and no label ("1. ").
ENDS_SENTENCE = re.compile(r"\n$|(?<!tp)(?<!\bt)(?<!\bp)(?<!\bq)(?<!\d)\.\s$")
BASIS_WORD = re.compile(r"(?<=\s)(?=(?:Căn cứ|CĂN CỨ|Xét|Theo đề nghị)\s)")
LINE_WINDOW = 3000
SENTENCE_WINDOW = 700
CARRIED = ("replaces", "repeals", "amends", "implements")
SENTENCE = re.compile(r"[.;:]\s|\n")
LABEL = r"[\s“\"]*(?:điều\s+\d+[a-zđ]?\s*[.:]\s*|\d+(?:\.\d+)*\s*[.)]\s*|[a-zđ]\d?\s*[.)]\s*|[-+•*]\s*)?"
ACTS = re.compile(LABEL + r"(?:bãi bỏ|thay thế|sửa đổi|bổ sung|hủy bỏ|huỷ bỏ)")
NOT_PASSIVE = r"(?<!được )(?<!bị )(?<!đã )(?<!sửa đổi, )(?<!sửa đổi )(?<!bổ sung, )"
# A phrase or a part that is replaced or struck out amends the document it stands in (GUIDELINES, settled cases).
IN_PART = re.compile(
    r"(?:thay\s+thế|bãi\s+bỏ|bỏ)\s+(?:các\s+|một\s+số\s+)?"
    r"(?:cụm\s+từ|từ|nội\s+dung|điều|khoản|điểm|phụ\s+lục|mẫu)\b"
)
PHRASE_ONLY = re.compile(r"(?:thay\s+thế|bãi\s+bỏ|bỏ)\s+(?:các\s+|một\s+số\s+)?(?:cụm\s+)?từ\b")
PAST = re.compile(r"(?:tình\s+hình|kết\s+quả|sơ\s+kết|tổng\s+kết|đánh\s+giá|quá\s+trình)[^;\n]{0,40}$")
OWN_BODY = (
    r"(?:ubnd|ủy\s+ban\s+nhân\s+dân|hội\s+đồng\s+nhân\s+dân|hđnd|bộ|sở|chủ\s+tịch|thủ\s+tướng|ban|chính\s+phủ)"
    r"\b[^;,\n]{0,60}\s"
)
LISTED_KINDS = (
    r"(?:quyết\s+định|nghị\s+quyết|nghị\s+định|thông\s+tư|chỉ\s+thị|kế\s+hoạch|văn\s+bản)"
    r"(?:\s+sau(?:\s+đây)?)?\s*:\s*"
)
PROVISION_RUN = (
    rf"(?:(?:các\s+)?{LISTED_KINDS}|các\s+|toàn\s+bộ\s+|một\s+số\s+|điều\s+của\s+|nội\s+dung\s+(?:của|tại)\s+"
    r"|[\w\s,;.()]{0,200}?(?:của|tại|thuộc|ban\s+hành\s+kèm\s+theo|kèm\s+theo)\s+"
    r"|[\w\s,;.()]{0,200}?(?:điều|phụ\s+lục|mục|chương)\s+(?:\d+[a-zđ]?|[ivxl]+)\s+)?"
)
# What looks like the end of a sentence but is not: the stop of a label, the colon of "thay thế các quyết định: ...".
LABEL_STOP = re.compile(rf"(?:(?:^|\n)[\s“\"]*(?:điều\s+)?\d+[a-zđ]?\.\s|\b{LISTED_KINDS})$")
FROM_DAY = re.compile(r"\s*(?:thi\s+hành\s*)?(?:kể\s+từ|từ)\s+(?:thời\s+điểm|ngày)")
STOP = re.compile(r"\.\s|\n")
TOLD = re.compile(r"[^.;\n]{0,600}?\bđã\s+(?:chủ\s+động\s+|tích\s+cực\s+|tập\s+trung\s+|có\s+|được\s+)?[^\W\d_]")
ENACTS_AMENDMENT = re.compile(r"ban\s+hành\s[^;\n]{0,60}sửa\s+đổi[^;\n]{0,300}\s(?:của|tại|kèm\s+theo)\s+(?:các\s+)?$")
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
    list_starts: tuple[int, ...]
    """Stretches whose lead-in ("Bãi bỏ các văn bản sau đây:") decides for every item below it."""


@cache
def _compiled() -> dict[str, re.Pattern[str]]:
    data = words("relations.yaml")

    def opening(key: str) -> re.Pattern[str]:
        return re.compile(rf"[\s\-+•*“\"(]*(?:{alternation(data[key])})(?!\w)")

    def closing(key: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{alternation(data[key])})\s*(?:các\s+|một\s+số\s+|[“\"(]\s*)*$")

    def acting(key: str) -> re.Pattern[str]:
        return re.compile(rf"{NOT_PASSIVE}(?<!\w)(?:{alternation(data[key])})\s+{PROVISION_RUN}$")

    def anywhere(key: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{alternation(data[key])})(?!\w)")

    return {
        "basis": opening("basis"),
        "not_basis": opening("not_basis"),
        "implements": opening("implements"),
        "implements_end": closing("implements"),
        "basis_heading": anywhere("basis_heading"),
        "nested": closing("nested_before"),
        "own": re.compile(rf"(?<!\w)(?:{OWN_BODY})(?:{alternation(data['own'])})(?!\w)"),
        "own_details": anywhere("own_details"),
        "replaces": acting("replaces"),
        "repeals": acting("repeals"),
        "amends": acting("amends"),
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
    lists = tuple(_governed_lists(low))
    return Context(
        clean=clean,
        low=low,
        preambles=tuple(preambles),
        starts=tuple(preamble.start for preamble in preambles),
        lists=lists,
        list_starts=tuple(first for first, _, _ in lists),
    )


# The head of an item of a list: its label, perhaps provisions ("- Tại Điều 2", "d) Các khoản 7, 8 và 9 Điều 38 của").
ITEM_HEAD = re.compile(
    r"[\s“\"\-+•*]*(?:\(?\d+(?:\.\d+)*\s*[.)]\s*|[a-zđ]\d?\s*[.)]\s*)?"
    r"(?:(?:tại|các|của|thuộc|toàn bộ|một số|nội dung|(?:ban hành )?kèm theo|và|hoặc|điểm|tiết|khoản|điều|mục|chương"
    r"|phần|phụ lục|mẫu|số|từ|đến|\d+(?:\.\d+)*[a-zđ]?|[a-zđ]\d?|[ivx]+)(?!\w)[\s,;:]*)*"
)
UNIT_LINE = re.compile(r"^[\s“\"]*(?:(điều\s+\d+[a-zđ]?)|(\d+)\s*[.)]|([a-zđ]\d?)\s*\)|([-+•*]))", re.MULTILINE)
LEVELS = (1, 2, 3, 4)


def _governed_lists(low: str) -> list[tuple[int, int, CitationRelation]]:
    """Find the lists whose lead-in names no document of its own but says what happens to those below it."""
    patterns = _compiled()
    kinds: tuple[CitationRelation, ...] = ("repeals", "replaces", "amends")
    lists: list[tuple[int, int, CitationRelation]] = []
    if "bãi bỏ" in low or "thay thế" in low or "sửa đổi" in low:
        for match in patterns["lead_in"].finditer(low):
            if re.search(r"\d/(?:\d{4}/)?[a-zđ]", match[0]):
                continue
            kind = next(kind for kind, group in zip(kinds, match.groups(), strict=True) if group)
            kind = "amends" if PHRASE_ONLY.search(match[0]) else kind
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
    context
        What `context_of` gave for the text.
    start, end
        The citation's place in it.
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
    patterns, low = _compiled(), context.low
    floor = max(preamble.start, start - LINE_WINDOW)
    mode, opening = _formula(context, floor, start)
    if mode == "basis":
        return "basis"
    between = low[max(floor, previous[0] if previous else floor) : start]
    sentence = low[opening:start]
    directly = patterns["implements_end"].search(between) is not None and not PAST.search(between)
    if mode == "implements":
        first = previous is None or previous[0] <= opening
        implements = first or bool(COORDINATE.search(between) or GUIDANCE.search(between))
    else:
        implements = mode is None and directly and context.clean[opening:start].isupper()  # the title, in capitals
    stop = STOP.search(low, start, start + LINE_WINDOW)
    sentence_end = stop.start() if stop else len(low)
    if implements and TOLD.match(low, start, sentence_end) and not patterns["own"].search(low, start, sentence_end):
        return "cites"  # "Thực hiện Nghị quyết X, các bộ đã triển khai ...": what others did is told
    if implements or (directly and patterns["own"].search(between)):
        return "implements"
    return "amends" if mode is None and ENACTS_AMENDMENT.search(sentence) else "cites"


def _formula(context: Context, floor: int, start: int) -> tuple[str | None, int]:
    """Find which formula of the preamble governs a place, and where its clause begins.

    The nearest clause that opens a formula governs those behind it on its line ("Căn cứ Luật A; Luật B").
    """
    patterns, low = _compiled(), context.low
    clauses = {floor, *(match.end() for match in CLAUSE_START.finditer(low, floor, start))}
    # a text flattened to one line: the formula begins with a capital amid the letterhead or title
    clauses |= {match.end() for match in BASIS_WORD.finditer(context.clean, floor, start)}
    opening = floor
    for opening in sorted(clauses, reverse=True):
        for mode in ("basis", "implements", "not_basis"):
            if patterns[mode].match(low, opening, start):
                return mode, opening
        if ENDS_SENTENCE.search(low, max(0, opening - 6), opening) and low[opening:start].strip():
            break
    return None, opening


def _in_body(context: Context, start: int, end: int, previous: tuple[int, CitationRelation] | None) -> CitationRelation:
    low = context.low
    floor = max(0, start - SENTENCE_WINDOW)
    line = low.rfind("\n", floor, start) + 1 or floor
    cuts = (match.end() for match in SENTENCE.finditer(low, line, start))
    sentence = max((cut for cut in cuts if not LABEL_STOP.search(low, max(0, cut - 24), cut)), default=line)
    governed = _governed(context, start)
    if governed:
        return governed
    if previous and previous[0] > sentence:
        goes_on = previous[1] in CARRIED and COORDINATE.search(low, previous[0], start)
        relation: CitationRelation | None = previous[1] if goes_on else None
    else:
        relation = _operative(low, line, sentence, start)
    if relation is None and (previous is None or previous[0] <= line):
        relation = _restates(low, line, start)
    return relation or ("repeals" if _expires(low, end) else "cites")


def _governed(context: Context, start: int) -> CitationRelation | None:
    """Give what the lead-in of a list says of its items; only the first document of an item is meant."""
    at = bisect_right(context.list_starts, start) - 1
    if at < 0:
        return None
    _, last, kind = context.lists[at]
    line = context.low.rfind("\n", max(0, start - SENTENCE_WINDOW), start) + 1
    return kind if start < last and ITEM_HEAD.fullmatch(context.low, line, start) else None


def _operative(low: str, line: int, sentence: int, start: int) -> CitationRelation | None:
    """Read "Quyết định này ... thay thế X", "Điều 1. Bãi bỏ X": this document must be the one that acts."""
    if " này " not in low[line:start] and not ACTS.match(low, line, start):
        return None
    patterns = _compiled()
    kinds: tuple[CitationRelation, ...] = ("replaces", "repeals", "amends")
    kind = next((kind for kind in kinds if patterns[kind].search(low, sentence, start)), None)
    in_part = IN_PART.search(low, sentence, start) if kind == "replaces" else PHRASE_ONLY.search(low, sentence, start)
    return "amends" if kind and in_part else kind


def _restates(low: str, line: int, start: int) -> CitationRelation | None:
    """Read "Quyết định này quy định chi tiết ... Nghị định X" and "Trên đây là Kế hoạch thực hiện X"."""
    patterns = _compiled()
    details = patterns["own_details"].search(low, line, start)
    closing = "trên đây" in low[line:start] and patterns["implements_end"].search(low, line, start)
    return "implements" if details or closing else None


def _expires(low: str, end: int) -> bool:
    """Whether the document just named "hết hiệu lực kể từ ngày ... này có hiệu lực"."""
    gone = _compiled()["repealed_after"].match(low, end)
    return gone is not None and FROM_DAY.match(low, gone.end()) is not None
