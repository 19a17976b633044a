"""Symbols as they are printed: whether one is whole, what is wrong with it, and where malformed ones stand in a text.

The pattern is that of Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 3: number, stroke, letters, hyphens
between groups of letters, no space; a normative document has its year as well (Luật 64/2025/QH15, Điều 7 khoản 3).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.registry.identity import assembly_years
from parcc_nlp.review.rule import phrase
from parcc_nlp.review.tables import known_codes, repairs

if TYPE_CHECKING:
    from parcc_nlp.review.rule import Phrase, Text

__all__ = ["Diagnosis", "Run", "diagnose", "find_runs", "first_code", "is_whole"]

_DASHES = str.maketrans({"–": "-", "‑": "-", "‐": "-", "−": "-", "—": "-"})
_STATE = re.compile(
    r"\d{1,6}[a-zđ]?(?:\.\d{1,2})?(?P<year>/(?:19|20)\d\d)?/(?P<code>[A-ZĐ][A-Za-zĐđ&]*)(?P<term>\d{0,2})"
    r"(?P<organs>(?:[-/][A-ZĐ][A-Za-zĐđ&.]*\d{0,2})*)"
)
_PARTY = re.compile(r"\d{1,4}-(?P<code>[A-ZĐ][A-Za-zĐđ]*)/[A-ZĐ][A-Za-zĐđ]*")
_ASSEMBLY = frozenset({"QH", "UBTVQH"})
_BEFORE = ("số", "số:", "SỐ", "định", "quyết", "tư", "tịch", "thị", "uật", "lệnh", "hoạch", "điện", "luận")
"""Words behind which a symbol begins: "số", or the last word of the type of a document."""
_ANCHORS = tuple(
    re.compile(word + r"\s{1,3}(?=[0-9OIl|][0-9OIl|.]{0,7}[A-ZĐÐ/ \-–])") for word in _BEFORE
)  # each begins with plain letters, which are found without trying every place
_TOKEN = re.compile(r"[^\s,;()“”\"]+")
_SYMBOL_LIKE = re.compile(
    r"(?:[0-9A-ZĐÐƯ/.\-–|&]|(?<=TT)[gr]|(?<=CT)r|(?<=Q)y|(?<=QĐ)i|(?<=[0-9])[a-zđ](?=[/-]|$)|(?<=QH)l|^l(?=\d)"
    r"|(?<=/)(?:nđ|qđ|Nđ|Qđ)(?=-)|(?<=đ-)(?:cp|ubnd|Cp|Ubnd|ttg))+"
)
_MOST_TOKENS = 5
_REACH = 70
_DIVIDED = re.compile(r"\d\s+\d")
_TYPE_WORD = re.compile(
    r"(?:nghị định|thông tư(?: liên tịch)?|quyết định|nghị quyết|chỉ thị|luật|pháp lệnh|kế hoạch|công điện|quy định"
    r"|kết luận)\s+(?:số:?\s+)?$",
    re.IGNORECASE,
)
_LONGEST_TYPE = 40


class Diagnosis(NamedTuple):
    """What is wrong with a symbol, and how it may be repaired, the likeliest first."""

    faults: tuple[Text | Phrase, ...]
    repaired: tuple[str, ...]
    only_spacing: bool


class Run(NamedTuple):
    """A stretch of text that is a malformed symbol, with what is wrong; `divided` where a space parts its digits."""

    start: int
    end: int
    diagnosis: Diagnosis
    divided: bool = False


def first_code(symbol: str) -> str | None:
    """Give the first letters of a symbol, which tell the type of its document.

    Examples
    --------
    >>> first_code("45/2020/NĐ-CP"), first_code("72/2025/QH15"), first_code("27-NQ/TW"), first_code("ISO 9001")
    ('NĐ', 'QH', 'NQ', None)
    """
    match = _STATE.fullmatch(symbol) or _PARTY.fullmatch(symbol)
    return match["code"] if match else None


def is_whole(symbol: str) -> bool:
    """Say whether a symbol, without spaces, has all a symbol needs: number, type, issuer, or the term of the Assembly.

    Examples
    --------
    >>> is_whole("63/2010/NĐ-CP"), is_whole("63/2010/NĐ"), is_whole("72/2025/QH15"), is_whole("72/2025/QH155")
    (True, False, True, False)
    """
    if _PARTY.fullmatch(symbol):
        return True
    match = _STATE.fullmatch(symbol)
    if match is None:
        return False
    if match["code"] in _ASSEMBLY:
        return not match["organs"] and bool(match["term"]) and assembly_years(int(match["term"])) is not None
    return bool(match["organs"]) and not match["term"]


@lru_cache(maxsize=4096)  # the symbols of a document come again and again
def diagnose(surface: str) -> Diagnosis | None:
    """Say what is wrong with a symbol; None where nothing is.

    A symbol wrapped over a line break is the page's doing, not the drafter's.

    Examples
    --------
    >>> diagnose("03/CT- UBND").repaired
    ('03/CT-UBND',)
    """
    unwrapped = re.sub(r"\s*\n\s*", "", surface)
    squeezed = re.sub(r"\s+", "", unwrapped)
    faults: list[Text | Phrase] = []
    if squeezed != unwrapped:
        faults.append(phrase("spacing"))
    squeezed = squeezed.translate(_DASHES)
    repaired: tuple[str, ...] = (squeezed,)
    for repair in repairs():
        if not any(repair.pattern.search(one) for one in repaired):
            continue
        better = tuple(dict.fromkeys(repair.pattern.sub(way, one) for one in repaired for way in repair.repairs))
        if better != repaired:
            faults.append(repair.name)
            repaired = better
    if not faults:
        return None
    return Diagnosis(tuple(dict.fromkeys(faults)), repaired, only_spacing=repaired == (squeezed,))


def find_runs(text: str) -> tuple[Run, ...]:
    """Find the malformed symbols that stand behind the word "số" or behind the type of a document.

    Only what becomes a whole symbol by the table of repairs counts. A space alone counts where it divides the number
    itself ("3 1/2021/NĐ-CP"), so that its beginning or its end passes for another number.
    """
    starts = sorted({anchor.end() for pattern in _ANCHORS for anchor in pattern.finditer(text)})
    return tuple(found for start in starts if (found := _run_at(text, start)) is not None)


def _run_at(text: str, start: int) -> Run | None:
    """Read the longest stretch from `start` on that a repair makes whole; None where a whole symbol stands there."""
    best: Run | None = None
    end = start
    for order, token in enumerate(_TOKEN.finditer(text, start, min(len(text), start + _REACH))):
        word = token[0].rstrip(".:")
        if order == _MOST_TOKENS or not _SYMBOL_LIKE.fullmatch(word) or not _goes_on(text, end, token.start()):
            break
        end = token.start() + len(word)
        surface = text[start:end]
        squeezed = re.sub(r"\s+", "", surface).translate(_DASHES)
        known = is_whole(squeezed) and first_code(squeezed) in known_codes()
        if order == 0 and (known or is_whole(squeezed)):
            return None
        if known and not _DIVIDED.search(surface):
            return None  # a space between its parts: the citation itself shows it
        diagnosis = diagnose(surface)
        if diagnosis and all(is_whole(one) and first_code(one) in known_codes() for one in diagnosis.repaired):
            best = Run(start, end, diagnosis, divided=_DIVIDED.search(surface) is not None)
        if len(word) < len(token[0]) or known:
            break
    if best is None or not best.diagnosis.only_spacing or _TYPE_WORD.search(text, max(0, start - _LONGEST_TYPE), start):
        return best
    return None


def _goes_on(text: str, end: int, start: int) -> bool:
    """Say whether a token goes on with the symbol: on the same line, or behind a separator at the end of the line."""
    gap = text[end:start]
    if not gap:
        return True
    return gap.isspace() and ("\n" not in gap or text[end - 1] in "-/–")
