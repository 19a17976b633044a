"""The trích yếu: what a document is about, behind its type (NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 5)."""

from __future__ import annotations

import re

from parcc_nlp.extract.data_files import alternatives, read_lists
from parcc_nlp.extract.zones import (
    ADDRESSEE,
    BASES,
    FIRST_UNIT,
    ISSUED_WITH,
    MOTTO,
    OPERATIVE,
    Zones,
    is_printed_in_capitals,
)

__all__ = ["title_behind"]

WORDS = read_lists("letterhead.yaml")
TITLE_LINES = 8
LONGEST_LINE = 300
LONGEST_FIRST_LINE = 1200
AUTHORITY_WORDS = 20
SHORTEST_RULE = 3
# An office ("BỘ TRƯỞNG BỘ ..."), or a body alone with its area or term ("HỘI ĐỒNG NHÂN DÂN TỈNH ... KHÓA XV").
OFFICE = re.compile(
    rf"(?:(?:PHÓ\s+)?(?:{alternatives(WORDS['offices'])})(?=[\s,]|$)"
    rf"|(?:{alternatives(WORDS['authorities'])})(?=\s*$|\s+(?:{alternatives(WORDS['behind_authority'])})\b))",
)
# A body behind one of these words belongs to the title; behind an office it belongs to the authority's own name.
JOINED = frozenset(WORDS["joined"])
INLINE_OPENER = re.compile(
    rf"(?<=[\s\]\d”\")])(?:-\s)?(?:{alternatives(WORDS['inline_openers'])}|Ngày\s\d|Điều\s1[.:])(?=[\s.:]|$)",
)
ANNEX_NOTE = re.compile(r"\(\s*(?:Ban hành |ban hành |Ban hành và )?[Kk]èm theo\s")
OLD_LAW_FORM = re.compile(r"(?:CỦA QUỐC HỘI NƯỚC C[ỘÔ]NG|SỐ \d+-?L/CTN\b)")
SEPARATOR = re.compile(r"[\s\-_—–=*.]*$")
EDGES = " \t\n:*_"


def title_behind(text: str, zones: Zones, at: int, number: int) -> tuple[int, int] | None:
    """Find the title behind a type: the rest of its line and the lines that continue it.

    Parameters
    ----------
    text, zones
        The clean text and its parts.
    at, number
        Offset behind the type's words and the number of their line.

    Returns
    -------
    tuple of int or None
        Start and end in the clean text; None where there is no title.
    """
    line_end = zones.line_end(number)
    pieces: list[tuple[int, int]] = []
    if text[at:line_end].strip(EDGES + "-"):
        end = _end_on_line(text, at, line_end)
        pieces.append((at, end))
        if end < line_end:
            return _joined(text, zones, pieces, number)
    last = number
    for current in range(number + 1, min(number + TITLE_LINES, len(zones.lines))):
        line, start = zones.lines[current], zones.starts[current]
        if not line.strip():
            if pieces:
                break
            continue
        capitals = bool(pieces) and _is_in_capitals(text[slice(*pieces[-1])])
        if _ends_title(line, first=not pieces, capitals=capitals):
            break
        end = _end_on_line(text, start, start + len(line))
        last = current
        pieces.append((start, end))
        if end < start + len(line):
            break
    return _joined(text, zones, pieces, last)


def _joined(text: str, zones: Zones, pieces: list[tuple[int, int]], last: int) -> tuple[int, int] | None:
    """Make one span of the pieces, without what a portal doubled and without the enacting authority at its end."""
    if not pieces:
        return None
    start, end = pieces[0][0], pieces[-1][1]
    if len(pieces) > 1:
        first = _folded(text[slice(*pieces[0])])
        if first and first == _folded(text[pieces[1][0] : end]):
            start = pieces[1][0]  # "THÔNG TƯQuy định ...", and the same words again on the next lines
    following = zones.lines[last + 1] if last + 1 < len(zones.lines) else ""
    if _is_in_capitals(text[start:end]) and (end < zones.line_end(last) or BASES.match(following)):
        end = _before_authority(text, start, end)
    old_form = OLD_LAW_FORM.search(text, start, end)
    return _trimmed(text, start, old_form.start() if old_form else end)


def _folded(words: str) -> str:
    return "".join(words.lower().split())


def _is_in_capitals(piece: str) -> bool:
    """Tell whether the first two words are printed in capitals."""
    words = [word for word in piece.split()[:3] if any(map(str.isalpha, word))][:2]
    return bool(words) and all(is_printed_in_capitals(word) for word in words)


def _ends_title(line: str, *, first: bool, capitals: bool) -> bool:
    """Tell whether a line no longer belongs to the title."""
    opening = line.lstrip()
    if any(pattern.match(line) for pattern in (SEPARATOR, ISSUED_WITH, ADDRESSEE, OPERATIVE)):
        return True
    if re.match(r"(?:-\s*)?Căn cứ\b", opening) or (FIRST_UNIT.match(line) and not re.match(r"\d{4}", opening)):
        return True
    if first:
        return bool(MOTTO.search(line)) or len(line) > LONGEST_FIRST_LINE
    if OFFICE.match(opening) and is_printed_in_capitals(line.split("Căn cứ", maxsplit=1)[0]):
        return True
    if capitals:
        return not is_printed_in_capitals(line) and not opening.startswith("(")
    ends_a_sentence = opening.rstrip().endswith((".", ";", ":"))
    return bool(BASES.match(line)) or len(line) > LONGEST_LINE or ends_a_sentence or opening.startswith("-")


def _end_on_line(text: str, start: int, stop: int) -> int:
    """End of the title on its line, where a portal flattened the bases or a note onto it."""
    found = INLINE_OPENER.search(text, start + 1, stop)
    end = found.start() if found else stop
    if _is_in_capitals(text[start:end]):
        end = _end_of_capitals(text, start, end)
    note = ANNEX_NOTE.search(text, start, end)
    return note.start() if note else end


def _end_of_capitals(text: str, start: int, stop: int) -> int:
    """End of a run of capitals; symbols ("QĐ-TTg"), numbers and single letters in it stay."""
    for match in re.finditer(r"\S+", text[start:stop]):
        letters = "".join(filter(str.isalpha, match[0]))
        if len(letters) > 1 and letters[1:].lower() == letters[1:] and "/" not in match[0]:
            return start + match.start()
    return stop


def _before_authority(text: str, start: int, end: int) -> int:
    """End of a title that runs into the enacting authority ("... CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH Căn cứ ...")."""
    run = text[start:end]
    cut = end
    for match in OFFICE.finditer(run):
        before = run[: match.start()].split()
        stands_alone = before and before[-1] not in JOINED and before[-1][-1] not in ",;-“("
        if stands_alone and len(run[match.start() :].split()) <= AUTHORITY_WORDS:
            cut = start + match.start()
    return cut


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Leave white space at the edges and a rule of dashes behind the title outside."""
    piece = text[start:end].rstrip(EDGES)
    bare = piece.rstrip(EDGES + "-—–=")
    if len(piece) - len(bare) >= SHORTEST_RULE:
        piece = bare
    left = len(piece) - len(piece.lstrip(EDGES + "-"))
    return (start + left, start + len(piece)) if left < len(piece) else None
