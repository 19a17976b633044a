"""Settle what was read: headings that only announced, containers of what is named, provisions named twice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcc_nlp.extract.effects.reading import Found, Reading
    from parcc_nlp.model import Effect, Pinpoint
    from parcc_nlp.text.normalise import NormalisedText

__all__ = ["settled"]

LONGEST_TEXT = 400
UNITS = ("phu_luc", "chuong", "muc", "dieu", "khoan", "diem")
BESIDE = frozenset({"guides", "continues", "consolidates", "extends", "date_shift"})


def settled(source: NormalisedText, effects: Iterable[Effect], *, reading: Reading | None = None) -> list[Effect]:
    """Give effects in order, each provision named once for a document and relation, with words of the original.

    Parameters
    ----------
    source
        The cleaned text with its map.
    effects
        Effects with offsets of the clean text.
    reading
        What was read from clauses, where there is such.
    """
    found = [*effects, *(_without_containers(reading) if reading else ())]
    seen: dict[tuple[str, str], set[Pinpoint | None]] = defaultdict(set)
    result = []
    for effect in sorted(found, key=_place):
        known = seen[effect.relation, effect.target]
        parts = tuple(part for part in effect.parts if part not in known)
        if not effect.target or (effect.parts and not parts):
            continue
        if not effect.parts and None in known and not effect.content:
            continue
        known.update(effect.parts or (None,))
        first, last = source.to_original(*_trimmed(source.text, effect.start, effect.end))
        result.append(replace(effect, parts=parts, start=first, end=last, text=source.original[first:last]))
    return result


def _place(effect: Effect) -> tuple[int, int]:
    return effect.start, effect.end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut white space and what is too long to be quoted."""
    end = min(end, start + LONGEST_TEXT)
    while start < end and text[start] in " \t\n,;:":
        start += 1
    while end > start and text[end - 1] in " \t\n,;:":
        end -= 1
    return start, end


def _with_unanswered(reading: Reading) -> list[Found]:
    """Keep what a heading announced where no clause said which provisions of the document are meant."""
    answered = {row.effect.target for row in reading.found if row.effect.relation not in BESIDE}
    return [*reading.found, *(row for row in reading.waiting if row.effect.target not in answered)]


def _without_containers(reading: Reading) -> list[Effect]:
    """Leave out the provision a clause names where the units below it name what inside it is meant.

    "2. Sửa đổi một số điểm, khoản của Điều 26 như sau: a) Khoản 3 ...": khoản 3 is amended, not the whole of Điều 26.
    """
    rows = _with_unanswered(reading)
    below = _parts_below(reading, rows)
    result = []
    for row in rows:
        finer = below.get((row.clause, row.effect.target), set())
        kept = tuple(part for part in row.effect.parts if part not in finer)
        if kept or not row.effect.parts:
            result.append(replace(row.effect, parts=kept))
    return result


def _parts_below(reading: Reading, rows: list[Found]) -> dict[tuple[int, str], set[Pinpoint]]:
    """Give, for each clause and document, the provisions that contain one that a clause below it names."""
    below: dict[tuple[int, str], set[Pinpoint]] = defaultdict(set)
    for row in rows:
        containers = {outer for part in row.effect.parts for outer in _containers(part)}
        parent = reading.clauses[row.clause].parent
        while containers and parent is not None:
            below[parent, row.effect.target] |= containers
            parent = reading.clauses[parent].parent
    return below


def _containers(part: Pinpoint) -> list[Pinpoint]:
    """List the provisions that contain one: the article of a paragraph, both of a point."""
    result = []
    for finest in ("diem", "khoan", "dieu", "muc", "chuong"):
        if getattr(part, finest):
            part = replace(part, **{finest: None})
            if any(getattr(part, unit) for unit in UNITS):
                result.append(part)
    return result
