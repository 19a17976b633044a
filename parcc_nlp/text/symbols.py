r"""Gaps inside instrument symbols: which spaces, line breaks and dashes belong to a symbol and which to the prose.

A symbol is a number, then "/" or "-", then organ codes in capitals: ``63/2010/NĐ-CP``, ``3044/QĐ-UBND``, ``39-NQ/TW``,
``31/2024/QH15``, ``01/2012/TTLT-BQP-BTC``. Drafting slips put spaces around its separators ("255/2025/NĐ- CP") and page
layout wraps it ("63/2010/\nNĐ-CP"). A gap is closed only where both sides can be read as one symbol in no other way:
bullets ("\n- UBND"), list numbers ("1/ QĐ-UBND"), periods ("2021 - 2025") and dashes of prose stay as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.text.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SYMBOL_TYPES", "close_symbols"]

SYMBOL_TYPES = frozenset(row["code"] for row in read_table("symbol_types.csv"))
"""Abbreviations of document types that follow the number in a symbol."""

_DASH = "-‒–—―−﹘"
_GAP = r" {0,3}(?:\n {0,3})?"
_CODE = r"[A-ZĐƯ][A-Za-zĐƯđư]*[0-9]{0,2}(?![\w\u0300-\u036f])"
_PIECE = re.compile(rf"({_GAP})([{_DASH}/])({_GAP})([0-9]{{4}}(?!\w)|{_CODE})")
_NUMBER = re.compile(r"(?<![\w/])(?:[0-9]{1,6}[a-zA-Z]?(?![\w])|(?=/))")
# Where a symbol may have a gap: a separator with white space beside it, or a dash that is no hyphen.
_HINT = re.compile(
    rf"[-/{_DASH[1:]}](?:(?<=[0-9A-Za-zĐƯđư].)[ \n]+(?=[0-9A-ZĐƯ])"
    r"|(?<=[0-9A-Za-zĐƯđư \n][ \n].)[ \n]*(?=[0-9A-ZĐƯ])"
    r"|(?=QH +[0-9])"
    rf"|(?<=[0-9A-Za-zĐƯđư][{_DASH[1:]}])(?=[0-9A-ZĐƯ]))"
)
_REACH = 96  # the longest joint circulars name nine organs
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_TERM = re.compile(r"(?:QH|UBTVQH|HĐNN|NQQH)[0-9]{1,2}|QHK[0-9]{1,2}|QH")
_SPACED_TERM = re.compile(r"( {1,2})[0-9]{1,2}(?![\w/%])(?![.,][0-9])")
_JOINT = frozenset({"TTLT", "NQLT", "TTLB", "TTLN", "KHLT", "QCLT"})
_CAPITALS = re.compile(r"[A-ZĐƯ]{2,}[0-9]{0,2}")
_HEADING_GOES_ON = re.compile(r" (?!NGÀY|CỦA)[A-ZÀ-ỸĐƯ]{2,}")
_NUMBER_ENDS = re.compile(r" ngày| của|[,;.)]")
_MIN_CODE = 2


class _Piece(NamedTuple):
    """A separator with the gaps around it and the code after it."""

    start: int
    before: str
    separator: str
    after: str
    code: str
    end: int

    @property
    def is_tight(self) -> bool:
        return not self.before and not self.after

    @property
    def is_bullet(self) -> bool:
        """A line that begins with a dash and a space is an item of a list."""
        return "\n" in self.before and bool(self.after)


def _pieces(text: str, at: int) -> list[_Piece]:
    """Read separators and codes from `at` on, as far as they follow each other."""
    pieces: list[_Piece] = []
    match = _PIECE.match(text, at)
    while match and len(pieces) < _REACH // 4:
        pieces.append(_Piece(match.start(), match[1], match[2], match[3], match[4], match.end()))
        match = _PIECE.match(text, match.end())
    return pieces


def _follows_so(text: str, start: int) -> bool:
    """Whether the number is announced by the word "số"."""
    return text[max(0, start - 6) : start].rstrip(" :\n").lower().endswith("số")


def _begins_line(text: str, start: int) -> bool:
    """Whether a number opens a line of its own, so that it may be a list number."""
    return (start == 0 or text[start - 1] == "\n") and not _follows_so(text, start)


class _Reading:
    """One attempt to read a symbol from its number on."""

    def __init__(self, text: str, start: int, number_end: int) -> None:
        self.text = text
        self.start = start
        self.number = text[start:number_end]
        self.pieces = _pieces(text, number_end)

    def accepted(self) -> int:
        """Count the pieces that certainly belong to the symbol; 0 when this is no symbol."""
        if not self.pieces:
            return 0
        if self.pieces[0].separator == "/":
            return self._accepted_state()
        return self._accepted_party() if self.number else 0

    def _accepted_state(self) -> int:
        """63/2010/NĐ-CP, 3044/QĐ-UBND, 31/2024/QH15, 5678/VPCP-KTTH."""
        pieces = self.pieces
        has_year = pieces[0].code.isdigit()
        head_at = 1 if has_year else 0
        if head_at >= len(pieces):
            return 0
        head = pieces[head_at]
        if head.separator != "/" or head.code.isdigit():
            return 0
        known = head.code in SYMBOL_TYPES
        term = _TERM.fullmatch(head.code) is not None
        trusted = known or term or has_year or (bool(self.number) and _follows_so(self.text, self.start))
        if not self.number and not (known and all(piece.is_tight for piece in pieces[: head_at + 1])):
            return 0  # a draft: the place of the number is blank, so the rest must be plain
        count = head_at + 1
        while count < len(pieces) and self._accepts_organ(count, head_at, known=known, trusted=trusted):
            count += 1
        if all(piece.is_tight for piece in pieces[: head_at + 1]):
            return count
        complete = count > head_at + 1 or term
        enumerated = not has_year and _begins_line(self.text, self.start)
        return count if trusted and complete and not enumerated else 0

    def _accepts_organ(self, at: int, head_at: int, *, known: bool, trusted: bool) -> bool:
        """Whether the organ code `at` belongs to the symbol that its head begins."""
        piece = self.pieces[at]
        if piece.is_tight:
            return True
        if piece.code.isdigit() or len(piece.code) < _MIN_CODE or piece.is_bullet:
            return False
        if piece.separator != "/" and at > head_at + 1:
            return self._accepts_further_organ(piece, joint=self.pieces[head_at].code in _JOINT)
        if piece.separator == "/" or "\n" in piece.before:
            return known
        if piece.before and piece.after and not known:
            return trusted and _NUMBER_ENDS.match(self.text, piece.end) is not None
        return trusted

    def _accepts_further_organ(self, piece: _Piece, *, joint: bool) -> bool:
        """Whether a code after the first organ belongs to it: the hyphen must lean on the symbol, complete without."""
        if not _CAPITALS.fullmatch(piece.code) or _HEADING_GOES_ON.match(self.text, piece.end):
            return False
        return joint if piece.before and piece.after else "\n" not in piece.before

    def _accepted_party(self) -> int:
        """39-NQ/TW, 10-CTr/TU, 178-QĐ/TW."""
        if len(self.pieces) < _MIN_CODE:
            return 0
        kind, organ = self.pieces[0], self.pieces[1]
        if kind.code not in SYMBOL_TYPES or organ.separator != "/" or organ.code.isdigit() or kind.is_bullet:
            return 0
        if kind.before and kind.after and ("\n" in kind.after or _YEAR.fullmatch(self.number)):
            return 0
        if not kind.is_tight and _begins_line(self.text, self.start):
            return 0
        count = _MIN_CODE
        while count < len(self.pieces) and (
            self.pieces[count].is_tight
            or (
                not self.pieces[count].is_bullet
                and self.pieces[count].separator != "/"
                and self._accepts_further_organ(self.pieces[count], joint=False)
            )
        ):
            count += 1
        return count


def _piece_edits(piece: _Piece) -> Iterator[tuple[int, int, str]]:
    """Remove the gaps of one separator and write it as a hyphen or slash."""
    separator_at = piece.start + len(piece.before)
    if piece.before:
        yield piece.start, separator_at, ""
    if piece.separator not in "-/":
        yield separator_at, separator_at + 1, "-"
    if piece.after:
        yield separator_at + 1, separator_at + 1 + len(piece.after), ""


def close_symbols(text: str) -> Iterator[tuple[int, int, str]]:
    r"""Find the gaps inside instrument symbols.

    Parameters
    ----------
    text
        A text whose characters are clean already (`parcc_nlp.text.normalise`).

    Yields
    ------
    tuple[int, int, str]
        Start, end and replacement of every change, in order, without overlap: a gap and ``""``, or a dash and ``"-"``.

    Examples
    --------
    >>> list(close_symbols("Nghị định số 45/2020/NĐ-\nCP"))
    [(24, 25, '')]
    >>> list(close_symbols("Sở Tư pháp -\nUBND tỉnh"))
    []
    """
    done = 0
    for hint in _HINT.finditer(text):
        if hint.start() < done:
            continue
        for number in _NUMBER.finditer(text, max(done, hint.start() - _REACH), hint.start() + 1):
            if number.start() < done:
                continue
            done = number.start() + 1  # a number reads the same for every hint, so it is read once
            reading = _Reading(text, number.start(), number.end())
            accepted = reading.pieces[: reading.accepted()]
            if not accepted:
                continue
            for piece in accepted:
                yield from _piece_edits(piece)
            done = accepted[-1].end
            gap = _SPACED_TERM.match(text, done) if accepted[-1].code == "QH" else None
            if gap and accepted[0].code.isdigit():
                yield gap.start(1), gap.end(1), ""
                done = gap.end()
            if done > hint.start():
                break
