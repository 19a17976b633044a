"""Clean Vietnamese text for matching, with a map back to the text as printed.

The text is never rewritten in place: `normalise` returns a second text in which Unicode composition, tone-mark
placement, look-alike letters, odd spaces and hyphens, and gaps inside instrument symbols are regular, together with the
edits that were made, in order. Offsets are mapped through those edits by bisection; nothing is recovered by comparing
the two texts afterwards.

The tables beside this file say what is replaced: ``characters.csv`` (spaces, hyphens, invisible characters),
``homoglyphs.csv`` (Cyrillic and Greek letters that look Latin) and ``symbol_types.csv`` (the abbreviations of document
types by Nghị định 30/2020/NĐ-CP, Phụ lục III, of Party documents and of older law).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.text.symbols import SYMBOL_TYPES, close_symbols
from parcc_nlp.text.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["NormalisedText", "normalise"]


class Edit(NamedTuple):
    """One change of length: ``source[start:end]`` became `length` characters."""

    start: int
    end: int
    length: int


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """A clean text and its map to the text it came from.

    `text` is what to match on, `original` what the reader sees. Offsets are code points, spans half open. Changes that
    keep the length (a non-breaking space, ``Ð``, ``uỷ``) need no edit and are not listed.

    Examples
    --------
    >>> clean = normalise("Nghị định số 255/2025/NĐ- CP ngày")
    >>> clean.text
    'Nghị định số 255/2025/NĐ-CP ngày'
    >>> start, end = clean.to_original(13, 27)
    >>> clean.original[start:end]
    '255/2025/NĐ- CP'
    """

    original: str
    text: str
    _clean_starts: tuple[int, ...] = ()
    _clean_ends: tuple[int, ...] = ()
    _original_starts: tuple[int, ...] = ()
    _original_ends: tuple[int, ...] = ()

    @property
    def is_identity(self) -> bool:
        """Whether nothing had to be cleaned.

        Examples
        --------
        >>> normalise("Ủy ban").is_identity, normalise("Uỷ ban").is_identity
        (True, False)
        """
        return self.text == self.original

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        r"""Map a span of `text` to the span of `original` it stands for.

        Removed characters at the edge of the span stay outside, those inside belong to it; a span that begins or ends
        within a composed letter takes in the whole letter. The whole text maps to the whole original. Offsets outside
        the text are clamped, as slices are.

        Parameters
        ----------
        start, end
            Code-point offsets into `text`.

        Returns
        -------
        tuple[int, int]
            Code-point offsets into `original`, the first never above the second.

        Examples
        --------
        >>> normalise("QĐ\u200b-UBND").to_original(0, 2)
        (0, 2)
        """
        if start <= 0 and end >= len(self.text):
            return 0, len(self.original)
        size = len(self.text)
        return _map_span(
            (min(max(start, 0), size), min(max(end, 0), size)),
            (self._clean_starts, self._clean_ends),
            (self._original_starts, self._original_ends),
        )

    def to_clean(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of `original` to the span of `text` that came of it.

        The inverse of `to_original`, under the same rules; a span of removed characters only gives an empty span.

        Parameters
        ----------
        start, end
            Code-point offsets into `original`.

        Returns
        -------
        tuple[int, int]
            Code-point offsets into `text`, the first never above the second.

        Examples
        --------
        >>> normalise("255/2025/NĐ- CP").to_clean(9, 15)
        (9, 14)
        """
        if start <= 0 and end >= len(self.original):
            return 0, len(self.text)
        size = len(self.original)
        return _map_span(
            (min(max(start, 0), size), min(max(end, 0), size)),
            (self._original_starts, self._original_ends),
            (self._clean_starts, self._clean_ends),
        )


def _map_span(
    span: tuple[int, int],
    source: tuple[tuple[int, ...], tuple[int, ...]],
    target: tuple[tuple[int, ...], tuple[int, ...]],
) -> tuple[int, int]:
    """Map a span through edits given as (starts, ends) on both sides."""
    start, end = span
    starts, ends = source
    target_starts, target_ends = target
    at = bisect_right(starts, start) - 1
    mapped_start = start
    if at >= 0:
        mapped_start = target_starts[at] if start < ends[at] else target_ends[at] + start - ends[at]
    if end <= start:
        return mapped_start, mapped_start
    at = bisect_left(starts, end) - 1
    mapped_end = end
    if at >= 0:
        mapped_end = target_ends[at] if end <= ends[at] else target_ends[at] + end - ends[at]
    return mapped_start, max(mapped_start, mapped_end)


# --- the tables -------------------------------------------------------------------------------------------------------

_BECOMES = {"space": " ", "hyphen": "-", "newline": "\n"}
_CHARACTERS = {
    chr(int(row["codepoint"].removeprefix("U+"), 16)): row["becomes"] for row in read_table("characters.csv")
}
_REPLACED = {
    character: _BECOMES.get(becomes, becomes)
    for character, becomes in _CHARACTERS.items()
    if becomes not in {"removed", "dash"}
} | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # fullwidth forms mirror ASCII
_REMOVED = "".join(character for character, becomes in _CHARACTERS.items() if becomes == "removed")
_DASHES = "".join(character for character, becomes in _CHARACTERS.items() if becomes == "dash")
_HOMOGLYPHS = {row["letter"]: row["latin"] for row in read_table("homoglyphs.csv")}

# One scan decides whether the text has anything for the character passes at all: most documents have not.
_SUSPECT = re.compile(f"[{re.escape(''.join(_REPLACED) + _REMOVED + _DASHES)}\r\u0300-\u036f\u0370-\u052f]")
_REMOVED_RUN = re.compile(f"[{_REMOVED}]+|\r(?=\n)|\r(?=[{_REMOVED}]+\n)")
_SOFT_HYPHEN_IN_SYMBOL = re.compile(f"(/(?:{'|'.join(sorted(SYMBOL_TYPES, key=len, reverse=True))}))\u00ad(?=[A-ZĐ])")
_DASH_BETWEEN_NUMBERS = re.compile(f"[{_DASHES}](?= ?[0-9])(?:(?<=[0-9].)|(?<=[0-9] .))")


# --- Unicode ----------------------------------------------------------------------------------------------------------

_MARKS = frozenset(map(chr, range(0x300, 0x370)))
_LOOSE_MARKS = re.compile("[\u0300-\u036f]+")
_CLUSTER = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
# The marks that make a Vietnamese letter (ê ô â, ă, ơ ư) are composed before the five tone marks.
_LETTER_MARKS = "\u0302\u0306\u031b"
_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_VOWEL_WITH_MARKS = re.compile(f"([AEIOUYaeiouy])([{_LETTER_MARKS}{_TONE_MARKS}]{{2,}})")


def _letter_marks_first(match: re.Match[str]) -> str:
    """Put a vowel's circumflex, breve or horn before its tone mark, so that the pair composes to one letter."""
    marks = match[2]
    return (
        match[1]
        + "".join(mark for mark in marks if mark in _LETTER_MARKS)
        + "".join(mark for mark in marks if mark in _TONE_MARKS)
    )


def _compose(text: str) -> str:
    """Give the NFC form, with the marks of Vietnamese vowels in the order that composes."""
    return unicodedata.normalize("NFC", _VOWEL_WITH_MARKS.sub(_letter_marks_first, unicodedata.normalize("NFD", text)))


def _segments(cluster: str) -> Iterator[str]:
    """Split a run of characters before every starter that composes with nothing before it."""
    begin = 0
    for at in range(1, len(cluster)):
        if unicodedata.combining(cluster[at]):
            continue
        before = unicodedata.normalize("NFC", cluster[begin:at])
        if unicodedata.normalize("NFC", before + cluster[at]) == before + unicodedata.normalize("NFC", cluster[at]):
            yield cluster[begin:at]
            begin = at
    yield cluster[begin:]


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield the runs that can be composed alone.

    Characters up to U+007F compose with nothing before them, so a run may begin at each of them. In a text that is NFC
    already only a letter with loose marks can change.
    """
    if unicodedata.is_normalized("NFC", text):
        for match in _LOOSE_MARKS.finditer(text):
            yield max(0, match.start() - 1), match.end()
    else:
        for match in _CLUSTER.finditer(text):
            yield match.span()


def _composition_edits(text: str) -> Iterator[tuple[Edit, str]]:
    """Yield the letters whose composed form differs, each with that form."""
    known: dict[str, tuple[tuple[int, int, str], ...]] = {}
    for at, cluster_end in _clusters(text):
        cluster = text[at:cluster_end]
        if cluster not in known:
            known[cluster] = tuple(_cluster_changes(cluster))
        for start, end, composed in known[cluster]:
            yield Edit(at + start, at + end, len(composed)), composed


def _cluster_changes(cluster: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, composed form) for the parts of one run that composition changes."""
    whole = _compose(cluster)
    if whole == cluster:
        return
    parts = [(part, _compose(part)) for part in _segments(cluster)]
    if "".join(composed for _, composed in parts) != whole:
        yield 0, len(cluster), whole
        return
    at = 0
    for part, composed in parts:
        if part != composed:
            yield at, at + len(part), composed
        at += len(part)


# --- look-alike letters -----------------------------------------------------------------------------------------------

_FOREIGN_LETTER = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_TOKEN_END = re.compile(r"[\w/\-\u0300-\u036f" + _DASHES + "]*")
_TOKEN_BREAK = re.compile(r"[^\w/\-\u0300-\u036f" + _DASHES + "]")
_TOKEN_REACH = 64
_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def _token_start(text: str, at: int, floor: int) -> int:
    """Find where the word or symbol around `at` begins, looking back a bounded way."""
    lowest = max(floor, at - _TOKEN_REACH)
    start = at
    while start > lowest and not _TOKEN_BREAK.match(text, start - 1):
        start -= 1
    return start


def _is_latin_in_disguise(token: str, following: str) -> bool:
    """Whether every Greek or Cyrillic letter of a token stands for a Latin one.

    A lone letter before a bracket is the label of a điểm ("с) Tổ chức ...").
    """
    if not all(letter in _HOMOGLYPHS for letter in _FOREIGN_LETTER.findall(token)):
        return False
    return _LATIN_LETTER.search(token) is not None or (len(token) == 1 and following == ")")


def _latinise(text: str) -> str:
    """Write the Latin letter for a Greek or Cyrillic one inside otherwise Latin words. The length stays."""
    parts: list[str] = []
    done = 0
    match = _FOREIGN_LETTER.search(text)
    while match:
        start = _token_start(text, match.start(), done)
        end = _TOKEN_END.match(text, match.start()).end()  # type: ignore[union-attr]  # an empty match always succeeds
        token = text[start:end]
        if _is_latin_in_disguise(token, text[end : end + 1]):
            token = "".join(_HOMOGLYPHS.get(letter, letter) for letter in token)
        parts += (text[done:start], token)
        done = end
        match = _FOREIGN_LETTER.search(text, done)
    return "".join([*parts, text[done:]]) if parts else text


# --- tone-mark placement ----------------------------------------------------------------------------------------------

_TONED = {
    "a": "àáảãạ",
    "e": "èéẻẽẹ",
    "o": "òóỏõọ",
    "u": "ùúủũụ",
    "y": "ỳýỷỹỵ",
}


def _tone_placements() -> dict[str, str]:
    """Give, for the open rhymes oa, oe and uy in every case, the form with the mark on the first vowel."""
    lower = {
        rhyme[0] + _TONED[rhyme[1]][tone]: _TONED[rhyme[0]][tone] + rhyme[1]
        for rhyme in ("oa", "oe", "uy")
        for tone in range(5)
    }
    return {
        first(old[0]) + second(old[1]): first(new[0]) + second(new[1])
        for old, new in lower.items()
        for first in (str.lower, str.upper)
        for second in (str.lower, str.upper)
    }


_PLACEMENTS = _tone_placements()
_SECOND_VOWELS = "".join(sorted({old[1] for old in _PLACEMENTS}))
_OPEN_RHYME = re.compile(f"[oOuU][{_SECOND_VOWELS}](?![^\\W\\d_])")
# "qu" is one consonant (quý, quỷ stay); after a vowel the letters are no Vietnamese rhyme.
_NO_ONSET = frozenset("qQ") | {
    letter for letter in map(chr, range(0x41, 0x1EFA)) if unicodedata.normalize("NFD", letter)[0] in "AEIOUYaeiouy"
}


def _place_tone(match: re.Match[str]) -> str:
    """Move the tone mark of one open rhyme, unless the vowels belong to something else."""
    start, end, text = match.start(), match.end(), match.string
    if start and text[start - 1] in _NO_ONSET:
        return match[0]
    if end < len(text) and unicodedata.combining(text[end]):  # it would compose with the bare vowel
        return match[0]
    return _PLACEMENTS.get(match[0], match[0])


# --- the passes -------------------------------------------------------------------------------------------------------


def _apply(text: str, edits: Iterable[tuple[Edit, str]]) -> tuple[str, list[Edit]]:
    """Write replacements into a text and keep those that change its length."""
    parts: list[str] = []
    kept: list[Edit] = []
    done = 0
    for edit, replacement in edits:
        parts += (text[done : edit.start], replacement)
        done = edit.end
        if edit.end - edit.start != edit.length:
            kept.append(edit)
    parts.append(text[done:])
    return "".join(parts), kept


def _chain(first: list[Edit], second: list[Edit]) -> list[Edit]:
    """Join the edits of two passes, the second counted on the result of the first, into one list on the source."""
    if not first or not second:
        return first or second
    chained: list[Edit] = []
    shift = 0  # offsets after the first pass minus offsets in the source
    at = 0
    for edit in second:
        while at < len(first) and first[at].start + shift + first[at].length <= edit.start:
            chained.append(first[at])
            shift += first[at].length - (first[at].end - first[at].start)
            at += 1
        start, end, length = edit
        source_start = start - shift
        while at < len(first) and first[at].start + shift < end:
            overlapping = first[at]
            overlap_start = overlapping.start + shift
            overlap_end = overlap_start + overlapping.length
            length += max(0, start - overlap_start) + max(0, overlap_end - end)
            source_start = min(source_start, overlapping.start)
            start, end = min(start, overlap_start), max(end, overlap_end)
            shift += overlapping.length - (overlapping.end - overlapping.start)
            at += 1
        chained.append(Edit(source_start, end - shift, length))
    return chained + first[at:]


def _removals(text: str) -> Iterator[tuple[Edit, str]]:
    for match in _REMOVED_RUN.finditer(text):
        yield Edit(match.start(), match.end(), 0), ""


def _clean_characters(text: str) -> tuple[str, list[Edit]]:
    """Run the passes over single characters: invisible ones, spaces and hyphens, composition, look-alikes."""
    suspects = set(_SUSPECT.findall(text))
    edits: list[Edit] = []
    if "\u00ad" in suspects:
        text = _SOFT_HYPHEN_IN_SYMBOL.sub("\\1-", text)
    if not suspects.isdisjoint(_REMOVED + "\r"):
        text, edits = _apply(text, _removals(text))
        text = text.replace("\r", "\n")
    for character in suspects.intersection(_REPLACED):
        text = text.replace(character, _REPLACED[character])
    if not suspects.isdisjoint(_DASHES):
        text = _DASH_BETWEEN_NUMBERS.sub("-", text)
    if not suspects.isdisjoint(_MARKS) or not unicodedata.is_normalized("NFC", text):
        text, composed = _apply(text, _composition_edits(text))
        edits = _chain(edits, composed)
    if any(map(_FOREIGN_LETTER.match, suspects)):
        latin = _latinise(text)
        if latin != text:
            text, composed = _apply(latin, _composition_edits(latin))
            edits = _chain(edits, composed)
    return text, edits


def normalise(text: str) -> NormalisedText:
    r"""Clean a Vietnamese text for matching.

    In the result letters are composed (NFC), the tone mark of open oa, oe, uy stands on the first vowel (hòa, khỏe, ủy:
    the placement of official texts), look-alike letters are Latin, spaces and hyphens plain, invisible characters gone,
    and instrument symbols written without gaps ("255/2025/NĐ- CP", "63/2010/\nNĐ-CP"). Case, line breaks and tabs
    stay. Nothing else is touched, and cleaning a clean text changes nothing.

    A digit split off by OCR ("3 1/2021/NĐ-CP") is left: "khoản 3 1/2021/NĐ-CP" reads the same.

    Parameters
    ----------
    text
        Any string. Documents come from the readers as NFC with ``"\n"`` line ends, but nothing depends on it.

    Returns
    -------
    NormalisedText
        The clean text with its offset map.

    Examples
    --------
    >>> normalise("Uỷ ban nhân dân, 45 /2020/NĐ-CP").text
    'Ủy ban nhân dân, 45/2020/NĐ-CP'
    """
    clean, edits = text, list[Edit]()
    if _SUSPECT.search(text) or not unicodedata.is_normalized("NFC", text):
        clean, edits = _clean_characters(text)
    clean = _OPEN_RHYME.sub(_place_tone, clean)
    clean, closed = _apply(clean, ((Edit(start, end, len(new)), new) for start, end, new in close_symbols(clean)))
    edits = _chain(edits, closed)
    if not edits:
        return NormalisedText(text, text if clean == text else clean)
    return _with_map(text, clean, edits)


def _with_map(original: str, clean: str, edits: list[Edit]) -> NormalisedText:
    """Give the clean text with its edits counted on both sides."""
    merged: list[Edit] = []
    for edit in edits:
        if merged and merged[-1].end == edit.start and merged[-1].length == edit.length == 0:
            merged[-1] = Edit(merged[-1].start, edit.end, 0)  # two removals side by side are one
        else:
            merged.append(edit)
    clean_starts: list[int] = []
    shift = 0
    for edit in merged:
        clean_starts.append(edit.start + shift)
        shift += edit.length - (edit.end - edit.start)
    return NormalisedText(
        original,
        clean,
        tuple(clean_starts),
        tuple(start + edit.length for start, edit in zip(clean_starts, merged, strict=True)),
        tuple(edit.start for edit in merged),
        tuple(edit.end for edit in merged),
    )
