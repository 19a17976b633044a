"""What a clause keeps back: "..., trừ các quy định tại Điều 159 tiếp tục có hiệu lực đến hết ngày 31/12/2016"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parcc_nlp.extract.effects.commencement import day_at
from parcc_nlp.extract.effects.lexicon import lexicon
from parcc_nlp.extract.effects.objects import read_objects
from parcc_nlp.extract.effects.reading import take
from parcc_nlp.extract.effects.subjects import EXCEPTED

if TYPE_CHECKING:
    from parcc_nlp.extract.effects.objects import Object
    from parcc_nlp.extract.effects.reading import Reading, Sentence

__all__ = ["exception_behind", "take_continued", "take_later_end"]


def exception_behind(reading: Reading, start: int, end: int) -> str | None:
    """Give the words of an exception, without "trừ"."""
    match = EXCEPTED.search(reading.masked.low, start, end)
    return " ".join(reading.masked.text[match.end() : end].split()).rstrip(" .;") if match else None


def take_continued(
    reading: Reading, sentence: Sentence, ended: Object, span: tuple[int, int], *, day: str | None = None
) -> None:
    """Take in the provisions of an ended document that stay alive."""
    exception = EXCEPTED.search(reading.masked.low, *span)
    alive = lexicon().continued.search(reading.masked.low, exception.end(), span[1]) if exception else None
    if exception and alive:
        kept = _part_of(reading, ended, exception.end(), alive.start())
        if kept:
            take(reading, sentence, "continues", kept, span=(exception.end(), span[1]), day=day)


def take_later_end(reading: Reading, sentence: Sentence, ended: Object) -> None:
    """Take in the provisions of an ended document that end on a later day, as the exception says."""
    low = reading.masked.low
    exception = EXCEPTED.search(low, sentence.start, sentence.end)
    gone = lexicon().expired.search(low, exception.end(), sentence.end) if exception else None
    if exception is None or gone is None:
        return
    day = day_at(reading.masked, gone.end(), issued=reading.metadata.issued, default=None)
    kept = _part_of(reading, ended, exception.end(), gone.start())
    if day and kept:
        take(reading, sentence, "repeals", kept, span=(exception.end(), sentence.end), day=day)


def _part_of(reading: Reading, ended: Object, start: int, end: int) -> Object | None:
    """Read which part of an ended document is meant: its provisions, or words that describe it."""
    meant = read_objects(reading.masked, start, end, reading.named, context=None, adds=False, wording=False)
    if ended.target is None or any(found.target for found in meant):
        return None
    parts = tuple(part for found in meant for part in found.parts)
    words = " ".join(reading.masked.text[start:end].split())
    return replace(ended, parts=parts, content=None if parts else words, exception=None)
