"""Sentences of a paragraph, and the act that a sentence asks of a body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from parcc_nlp.extract.letters import CAPITALS
from parcc_nlp.extract.responsibilities.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.extract.agencies.cased import Cased

__all__ = ["Act", "Role", "act_at", "clause_starts", "first_act", "sentences"]

Role = Literal["lead", "coordinate", "implement", "report_to"]
STOP = re.compile(rf"[.!?…](?=\s+(?:[“\"(]?[{CAPITALS}]|\([ivx\d]{{1,4}}\)\s))")
ABBREVIATED = ("TP", "Tp", "TT", "ThS", "TS", "PGS", "GS", "BS", "KT", "TM")
WORD = re.compile(r"[^\W_]+")
NOUN_BEFORE = re.compile(
    r"(?:^|[^\w])(?:các|những|việc|về|của|để|nhằm|được|cho|số|sự|này|và|bộ|theo|căn cứ|trên cơ sở|bị|do|một|hoặc|từ|với"
    r"|nơi|chương|quy|công|hành|lộ|tờ|giáo|tiến|quá|phát|chính) $"
)
BRACKET = re.compile(r" ?\([^()\n]*\)")
REACH = 400
STEPS = 12
# Adverbs that by themselves demand nothing ("Trực tiếp tại bộ phận một cửa").
SIDE_WORDS = frozenset(
    (
        "trực tiếp",
        "định kỳ",
        "cùng",
        "cùng với",
        "ngay",
        "còn",
        "luôn",
        "đều",
        "cũng",
        "nhất là",
        "lãnh đạo",
        "có liên quan",
    )
) | {"liên quan", "nêu trên", "trên địa bàn", "sớm", "tự", "hàng năm", "hằng năm", "hàng tháng", "hằng tháng"}
DEMANDS = ("có trách nhiệm", "chịu trách nhiệm", "có kế hoạch", "phải ", "chủ động", "kịp thời", "khẩn trương")
# These open with a word that elsewhere tells that nothing is assigned.
STILL_ASSIGNED = ("được giao", "còn có trách nhiệm", "chỉ đạo", "chỉ huy", "vẫn tiếp tục", "còn phải")
# Verbs of one syllable that are no part of other words as often as they are verbs.
SHORT_VERBS = ("lập", "gửi", "cử")
IS_LEAD = re.compile(r"là (?:cơ quan|đơn vị|đầu mối)")


class Act(NamedTuple):
    """What a body is to do: where it is said, and which role that gives."""

    at: int
    role: Role


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split a line at full stops that a capital follows."""
    begin = start
    for stop in STOP.finditer(text, start, end):
        if text.endswith(ABBREVIATED, max(begin, stop.start() - 3), stop.start()):
            continue
        yield begin, stop.end()
        begin = stop.end()
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        yield begin, end


def clause_starts(low: str, begin: int, end: int) -> Iterator[int]:
    """Give where the clauses behind semicolons begin."""
    at = low.find("; ", begin, end)
    while at >= 0:
        yield at + 2
        at = low.find("; ", at + 2, end)


def act_at(page: Cased, pos: int, end: int) -> Act | None:
    """Read the act of a body that was just named: adverbs and circumstances are passed over.

    Returns None where no verb of a task follows, or one that tells what was done or is so.
    """
    low = page.low
    known = words()
    bracket = BRACKET.match(low, pos, end)
    at: int | None = bracket.end() if bracket else pos
    strong: int | None = None
    demanded = False
    for _ in range(STEPS):
        at = _next_word(low, at, end) if at is not None else None
        if at is None:
            break
        word = WORD.match(low, at, end)[0]  # type: ignore[index]  # a word begins here
        role = _role_at(low, at, end)
        if role is not None:
            return Act(at, role)
        refused = known.not_assigned.at(low, at, word)
        if (refused > at and not low.startswith(STILL_ASSIGNED, at)) or low.startswith("quyết định số", at):
            break
        adverb, verb = known.adverbs.at(low, at, word), known.verbs.at(low, at, word)
        circumstance = known.circumstances.at(low, at, word)
        if adverb > at and adverb >= verb:
            strong = at if strong is None else strong
            demanded = demanded or low[at:adverb] not in SIDE_WORDS
            at = adverb
        elif circumstance > at and circumstance >= verb and word != "thực":
            at = _behind_circumstance(page, circumstance, end)
        elif verb > at and (page.text[at].islower() or at == pos):
            return Act(at if strong is None else strong, "implement")
        else:
            break
    return Act(strong, "implement") if strong is not None and demanded else None


def _next_word(low: str, at: int, end: int) -> int | None:
    """Give where the next word begins, None at any other mark than a comma."""
    while at < end and low[at] in " ,":
        at += 1
    return at if at < end and low[at].isalnum() else None


def _role_at(low: str, at: int, end: int) -> Role | None:
    known = words()
    if known.lead.match(low, at, end):
        return "lead"
    return "coordinate" if known.coordinate.match(low, at, end) else None


def _behind_circumstance(page: Cased, pos: int, end: int) -> int | None:
    """Find where the act behind a circumstance begins ("theo chức năng, nhiệm vụ được giao có trách nhiệm ...")."""
    known = words()
    text, low = page
    for match in WORD.finditer(low, pos, min(end, pos + REACH)):
        at, word = match.start(), match[0]
        before = low[max(at - 14, 0) : at]
        if low[at - 1] in ".;:" or (at > 1 and low[at - 2] in ";:"):
            return None
        if low.startswith("quản lý", at) and known.mandates.search(before):
            continue
        if text[at].isupper() or NOUN_BEFORE.search(before) or known.task_nouns.search(before):
            continue
        if low.startswith("thì ", at):
            return at + len("thì ")
        if _role_at(low, at, end) or low.startswith(DEMANDS, at):
            return at
        verb = known.verbs.at(low, at, word)
        if verb > at and (" " in low[at:verb] or word in SHORT_VERBS):
            return at
    return None


def first_act(page: Cased, pos: int, end: int) -> Act | None:
    """Read the act of a sentence without a body: the task of the heading's body."""
    known = words()
    low = page.low
    if known.conditions.match(low, pos, end):
        then = low.find("thì ", pos, end)
        comma = low.find(", ", pos, end)
        at = then + 4 if then >= 0 else comma + 2 if comma >= 0 else end
        act = act_at(page, at, end) if at < end else None
        return Act(pos, act.role if act and then >= 0 else "implement") if act else None
    act = act_at(page, pos, end)
    return Act(pos, act.role) if act else None
