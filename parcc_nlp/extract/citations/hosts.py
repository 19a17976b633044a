"""Which document a provision reference belongs to: a cited one, or the document itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from parcc_nlp.extract.citations.lexicon import alternation, instrument_types
from parcc_nlp.extract.citations.mention import Mention
from parcc_nlp.extract.citations.provisions import ProvisionPhrase, find_provisions

__all__ = ["attach_provisions"]

GLUE = re.compile(
    r"[\s,(]*"
    r"(?:(?:của|tại|thuộc|trong|theo|ở|các|và|bản|(?:được\s+)?ban\s+hành\s+kèm\s+theo|kèm\s+theo|phần|quy\s+định\s+tại)\s+)*(?:\(\s*)?"
)
ATTACHED_RULES = re.compile(
    r"\s*(?:của\s+|tại\s+)?(?:các\s+|bản\s+)?(?:quy\s+định|quy\s+chế|điều\s+lệ|danh\s+mục|kế\s+hoạch|chương\s+trình|đề\s+án|hướng\s+dẫn|quy\s+trình|quy\s+chuẩn)"
    r"[^;\n]{0,260}?kèm\s+theo\s+(?:các\s+)?"
)
DISTRIBUTED = re.compile(r"[^.:“”\"\n]{0,260}(?:(?:,|;|\bvà\b|\bhoặc\b)[^.:“”\"\n]{0,200})$")
OWN_UNITS = ("điểm", "khoản", "điều", "mục", "chương", "phần", "phụ lục", "văn bản")
MAX_GAP = 340


def attach_provisions(clean: str, low: str, mentions: list[Mention]) -> list[Mention]:
    """Give every provision phrase to the document it belongs to; return the references to the document itself."""
    starts = [mention.start for mention in mentions]
    internals: list[Mention] = []
    waiting: list[ProvisionPhrase] = []
    for phrase in find_provisions(clean, low):
        at = bisect_left(starts, phrase.end)
        host = mentions[at] if at < len(mentions) and mentions[at].start - phrase.end <= MAX_GAP else None
        if host and _belongs(low, phrase, host):
            for loose in waiting:
                if _distributes(low, loose, phrase, mentions, starts):
                    host.pinpoints.extend(loose.pinpoints)
            waiting = []
            host.pinpoints.extend(phrase.pinpoints)
        elif _this().match(low, phrase.end, phrase.end + 60):
            waiting = []
            internals.append(_internal(low, phrase))
        elif phrase.heading or _anaphor().match(low, phrase.end):
            waiting = []  # a heading, or "của Nghị định" without number: the document spoken of, not the one named next
        else:
            waiting = [loose for loose in waiting if phrase.start - loose.end < MAX_GAP][-7:]
            waiting.append(phrase)
    return internals


@cache
def _this() -> re.Pattern[str]:
    """Match "của Luật này", " Điều này": the document itself is meant."""
    kinds = alternation([*(kind.name.lower() for kind in instrument_types()), *OWN_UNITS])
    return re.compile(
        rf"\s*(?:của\s+|tại\s+|trong\s+|thuộc\s+)?(?:(?:bản\s+)?(?:{kinds})\s+)?(?:này|nói\s+trên|nêu\s+trên)(?!\w)"
    )


@cache
def _anaphor() -> re.Pattern[str]:
    kinds = alternation([kind.name.lower() for kind in instrument_types()])
    return re.compile(rf"\s*(?:của|tại|thuộc)\s+(?:{kinds})(?!\s+(?:số|\d))(?!\w)")


def _belongs(low: str, phrase: ProvisionPhrase, host: Mention) -> bool:
    between = low[phrase.end : host.start]
    if phrase.heading and ("\n" in between or "(" in between):
        return False  # "Phụ lục I (Kèm theo Quyết định số ...)": the title of an annex, no provision cited
    glue = GLUE.match(low, phrase.end)
    if glue and glue.end() >= host.start:
        return True
    rules = ATTACHED_RULES.match(low, phrase.end)
    return bool(rules and rules.end() == host.start)


def _distributes(
    low: str, loose: ProvisionPhrase, phrase: ProvisionPhrase, mentions: list[Mention], starts: list[int]
) -> bool:
    """Whether an earlier phrase of the sentence shares the document of a later one ("tại Điều 43 và ... tại ...")."""
    at = bisect_left(starts, loose.end)
    if at < len(mentions) and mentions[at].start < phrase.start:
        return False
    joined = DISTRIBUTED.match(low, loose.end, phrase.start)
    return joined is not None and joined.end() == phrase.start


def _internal(low: str, phrase: ProvisionPhrase) -> Mention:
    this = _this().match(low, phrase.end, phrase.end + 60)
    end = this.end() if this else phrase.end
    return Mention(
        start=phrase.start,
        core_end=end,
        end=end,
        doc_type=None,
        pinpoints=list(phrase.pinpoints),
        internal=True,
    )
