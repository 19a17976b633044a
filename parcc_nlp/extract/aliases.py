"""Short names a document gives: "(sau đây gọi tắt là Nghị định 45)", "cải cách hành chính (CCHC)"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.extract.data_files import alternatives, document_types
from parcc_nlp.extract.letters import CAPITALS, SMALL
from parcc_nlp.model import Alias

if TYPE_CHECKING:
    from parcc_nlp.text.normalise import NormalisedText

__all__ = ["find_aliases"]

REACH = 400
SHORTEST = 2
LONGEST = 80
DEFINED = re.compile(
    r"(?P<lead>(?:(?:[Ss]au|[Dd]ưới)\s+đây\s+)(?:được\s+)?(?:thống\s+nhất\s+)?(?:gọi|viết)(?:\s+(?:tắt|chung|tắt\s+chung|chung\s+tắt|ngắn\s+gọn))?\s*(?:là\s*:?|:)"
    r"|(?:(?:được\s+)?(?:gọi|viết)\s+(?:tắt|chung))\s*(?:là\s*:?|:))\s*",
)
SHORT_END = re.compile(r"[);\n]|[,.](?=\s|$)|\s(?:và|để|được|có|gồm|theo|như)\s")
ABBREVIATED = re.compile(rf"(?<=[{SMALL}{CAPITALS}”\"] )\((?P<short>[{CAPITALS}][{CAPITALS}{SMALL}&\-]{{1,13}})\)")
EXPANDED = re.compile(
    rf"(?<![\w/-])(?P<short>[{CAPITALS}]{{2,10}})\s\((?P<long>[{SMALL}{CAPITALS}][{SMALL}{CAPITALS} ,\-]{{5,90}})\)"
)
WORD = re.compile(r"[^\W\d_]+|&")
CLAUSE_START = re.compile(r"[.;:\n](?=\s|$|\S)")
QUOTES = "“”\"'‘’ "
LEAD_INS = re.compile(
    r"^(?:(?:và|của|là|về|tại|theo|cho|đối\s+với|do|bởi|trong|với|bằng|từ|đến|hoặc|các\s+quy\s+định\s+của|căn\s+cứ|thực\s+hiện|quy\s+định\s+tại)\s+)+",
)
NAMED_INSTRUMENT = re.compile(
    rf"^(?P<type>{alternatives(kind.doc_type for kind in document_types())})\b(?:\s+số)?(?:\s+(?P<number>\d+))?",
)
LABEL = re.compile(r"^(?:[a-zđ]\d?\)|\d{1,3}\.|[-+])\s+")
SKIPPED_IN_ROW = 2


def find_aliases(source: NormalisedText) -> tuple[Alias, ...]:
    """Find the short names that a document introduces.

    Parameters
    ----------
    source
        The normalised text.

    Returns
    -------
    tuple of Alias
        In order of place, each pair of short and long name once. `start` and `end` are the place of the short form, in
        the original. An abbreviation in brackets counts where its letters are initials of the words before it.

    Examples
    --------
    >>> from parcc_nlp.text.normalise import normalise
    >>> text = "Đẩy mạnh cải cách hành chính (CCHC) theo Nghị định số 45/2020/NĐ-CP (sau đây gọi tắt là Nghị định 45)."
    >>> [(alias.short, alias.long) for alias in find_aliases(normalise(text))]
    [('CCHC', 'cải cách hành chính'), ('Nghị định 45', 'Nghị định số 45/2020/NĐ-CP')]
    """
    text = source.text
    found: dict[tuple[str, str], tuple[int, int]] = {}
    if "gọi" in text or "viết tắt" in text:
        _add_defined(text, found)
    _add_abbreviated(text, found)
    ordered = sorted(found.items(), key=_place)
    return tuple(Alias(short, long, *source.to_original(*span)) for (short, long), span in ordered)


def _place(item: tuple[tuple[str, str], tuple[int, int]]) -> tuple[int, int]:
    return item[1]


def _add_defined(text: str, found: dict[tuple[str, str], tuple[int, int]]) -> None:
    """Add what "sau đây gọi tắt là ..." defines."""
    for match in DEFINED.finditer(text):
        short = _short_behind(text, match.end())
        if short is None:
            continue
        before = text[max(match.start() - 2, 0) : match.start()].rstrip()
        if not before.endswith(("(", ",", "[", "-", ";")) and not match["lead"].startswith(
            ("Sau", "sau", "dưới", "Dưới")
        ):
            continue
        opening = text.rfind("(", max(match.start() - 3, 0), match.start())
        end = opening if opening >= 0 else match.start()
        name = text[short[0] : short[1]]
        long = _long_before(text, end, name, collective="chung" in match["lead"])
        if long and long.lower() != name.lower():
            found.setdefault((name, long), short)


def _short_behind(text: str, at: int) -> tuple[int, int] | None:
    """Give the span of the short form behind "là": what quotation marks hold, else up to the end of the clause."""
    window = text[at : at + LONGEST + 40]
    if window and window[0] in '“"':
        close = window.find("”" if window[0] == "“" else '"', 1)
        if SHORTEST < close <= LONGEST:
            return at + 1, at + close
    stop = SHORT_END.search(window)
    end = stop.start() if stop else len(window)
    inner = window.find("(", 0, end)
    if inner >= 0 and stop and stop[0] == ")":  # a bracket inside the short form: "Watch Fit 4 (dây nylon)"
        more = window.find(")", end + 1, end + 20)
        end = more if more >= 0 else end
    start = at + len(window[:end]) - len(window[:end].lstrip(QUOTES))
    finish = at + len(window[:end].rstrip(QUOTES))
    return (start, finish) if SHORTEST <= finish - start <= LONGEST else None


def _long_before(text: str, end: int, short: str, *, collective: bool) -> str | None:
    """Give the phrase before a definition that the short form stands for; a collective name takes the whole list."""
    start = max(end - REACH, 0)
    clause = text[start:end].rstrip(" ,(-")
    if short.isupper() and " " not in short:
        matched = _initials(clause, short)
        if matched is not None:
            return _tidy(clause[matched:])
    instrument = NAMED_INSTRUMENT.match(short)
    if instrument:
        cited = _cited(clause, instrument["type"], instrument["number"])
        if cited is not None:
            return _tidy(clause[cited:])
        if instrument["number"]:
            return None
    bounds = [
        match.end() for match in CLAUSE_START.finditer(clause) if not clause[match.end() : match.end() + 1].isdigit()
    ]
    phrase_start = bounds[-1] if bounds else (0 if start == 0 else clause.find(" ") + 1)
    phrase = clause[phrase_start:]
    head = short.split(maxsplit=1)[0].lower()
    lowered = phrase.lower()
    at = lowered.rfind(" ".join(short.lower().split()[:2]))
    at = at if at >= 0 else lowered.rfind(f" {head} ")
    if at >= 0 and not (collective and ", " in phrase[:at]):
        return _tidy(phrase[at:])
    if collective:
        return _tidy(phrase)
    comma = phrase.rfind(", ")
    if (
        comma >= 0
        and len(phrase) - comma > len(short) + 4
        and " và " not in phrase[comma:]
        and " hoặc " not in phrase[comma:]
    ):
        phrase = phrase[comma + 2 :]
    return _tidy(phrase)


def _cited(clause: str, kind: str, number: str | None) -> int | None:
    """Find the instrument a short name stands for: its type and number, else the last one of the type."""
    if number:
        named = list(re.finditer(rf"{re.escape(kind)}(?:[^,;.()]{{0,90}}?\ssố)?\s+0*{number}\b", clause))
        return named[-1].start() if named else None
    at = clause.rfind(kind)
    return at if at >= 0 else None


def _tidy(phrase: str) -> str | None:
    phrase = " ".join(phrase.split()).strip(QUOTES + ",;-")
    phrase = LEAD_INS.sub("", LABEL.sub("", phrase))
    return phrase or None


def _add_abbreviated(text: str, found: dict[tuple[str, str], tuple[int, int]]) -> None:
    """Add "cải cách hành chính (CCHC)" and "CCHC (cải cách hành chính)"."""
    for match in ABBREVIATED.finditer(text):
        short = match["short"]
        if sum(letter.isupper() for letter in short) < SHORTEST:
            continue
        line = text.rfind("\n", max(match.start() - REACH, 0), match.start()) + 1
        clause = text[max(line, match.start() - 12 * len(short) - 20) : match.start()]
        at = _initials(clause, short)
        long = _tidy(clause[at:]) if at is not None else None
        if long and long != short:
            found.setdefault((short, long), match.span("short"))
    for match in EXPANDED.finditer(text):
        at = _initials(match["long"], match["short"])
        if at == 0:
            found.setdefault((match["short"], " ".join(match["long"].split())), match.span("short"))


def _initials(clause: str, short: str) -> int | None:
    """Find where the words whose initials make an abbreviation begin, read backwards from the end of a clause.

    Every letter must be an initial, the last word's included; up to two words in a row may be passed over
    ("Phát thanh và Truyền hình (PTTH)"). None where the letters do not fit.
    """
    letters = [letter.lower() for letter in short if letter.isupper() or letter == "&"]
    boundary = max(clause.rfind(mark) for mark in ".;:()")
    words = list(WORD.finditer(clause, boundary + 1))
    at = len(words) - 1
    passed = 0
    start = None
    while letters and at >= 0:
        initial = words[at][0][0].lower()
        wanted = letters[-1]
        if initial == wanted or (wanted == "&" and words[at][0].lower() == "và"):
            letters.pop()
            start = words[at].start()
            passed = 0
        elif start is None or passed >= SKIPPED_IN_ROW:
            return None
        else:
            passed += 1
        at -= 1
    return start if not letters else None
