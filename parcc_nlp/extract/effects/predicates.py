"""Clauses that say what becomes of a document: "Nghị định số X hết hiệu lực", "Khoản 2 Điều 36 được sửa đổi"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from parcc_nlp.extract.effects.commencement import day_at, day_of
from parcc_nlp.extract.effects.exceptions import exception_behind, take_continued
from parcc_nlp.extract.effects.lexicon import lexicon
from parcc_nlp.extract.effects.objects import is_object, read_objects
from parcc_nlp.extract.effects.reading import Frame, take
from parcc_nlp.extract.effects.subjects import EXCEPTED, LIST_FOLLOWS, is_subject, text_follows
from parcc_nlp.extract.effects.verbs import relation_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcc_nlp.extract.effects.objects import Object
    from parcc_nlp.extract.effects.reading import Reading, Sentence
    from parcc_nlp.model import Pinpoint, RelationKind

__all__ = ["ending", "passive", "read_ending", "read_passive"]

PASSIVE = re.compile(
    r"(?<!\w)(?<!đã )(?:được|bị)\s+"
    r"(?P<verb>sửa\s+đổi,?\s+bổ\s+sung|sửa\s+đổi|bổ\s+sung|thay\s+thế|bãi\s+bỏ|đính\s+chính)"
    r"(?=\s+(?:như\s+sau|bằng|thành|(?:thêm\s+)?(?:các\s+)?(?:điểm|khoản|điều)\s)|\s*[:.;]?\s*$)",
    re.MULTILINE,
)
LONGEST_SUBJECT = 4200
SUBJECT_OPENING = 60


def ending(reading: Reading, sentence: Sentence) -> re.Match[str] | None:
    """Find "hết hiệu lực" or "tiếp tục có hiệu lực" said of documents or of their provisions."""
    low, start = reading.masked.low, sentence.start
    words = lexicon()
    if words.this.match(low, start, sentence.end):
        return None  # "Nghị quyết này hết hiệu lực ..." says when the document itself ends
    for pattern in (words.expired, words.continued):
        for match in pattern.finditer(low, start, min(sentence.end, start + LONGEST_SUBJECT)):
            if EXCEPTED.search(low, start, match.start()):
                break  # what is excepted ends on another day
            opening = min(match.start(), start + SUBJECT_OPENING)
            if is_subject(reading, start, match.start()) and is_object(reading.masked, start, opening):
                return match
    return None


def read_ending(reading: Reading, sentence: Sentence, predicate: re.Match[str]) -> Frame:
    """Read who ends or stays alive, from when, and what is excepted; give what it says for the items below."""
    masked, frame = reading.masked, sentence.frame
    relation: RelationKind = "continues" if predicate.re is lexicon().continued else "repeals"
    default = sentence.day or day_of(sentence.clause.place, reading.commencements, default=reading.metadata.effective)
    day = day_at(masked, predicate.end(), issued=reading.metadata.issued, default=default)
    subject = read_objects(
        masked, sentence.start, predicate.start(), reading.named, context=frame.part, adds=False, wording=False
    )
    exception = exception_behind(reading, predicate.end(), sentence.end)
    for found in subject:
        if found.target is None and not (found.parts and len(frame.targets) == 1):
            continue
        if relation == "continues" and found.content:
            continue  # "Bảng giá đất ban hành theo Luật X được tiếp tục áp dụng" keeps a document under X alive, not X
        take(reading, sentence, relation, replace(found, exception=found.exception or exception), day=day)
        take_continued(reading, sentence, found, (predicate.end(), sentence.end), day=day)
    if any(found.target for found in subject) or not LIST_FOLLOWS.search(masked.low, sentence.start, sentence.end):
        return frame
    return Frame(relation=relation, listing=True, day=day)


def passive(reading: Reading, sentence: Sentence) -> re.Match[str] | None:
    """Find "được sửa đổi" said of provisions, or of a document, that open the sentence."""
    match = PASSIVE.search(reading.masked.low, sentence.start, sentence.end)
    if match is None or not is_subject(reading, sentence.start, match.start()):
        return None
    return match if is_object(reading.masked, sentence.start, match.start()) else None


def read_passive(reading: Reading, sentence: Sentence, said: re.Match[str]) -> Frame:
    """Read what is amended, and what is added to it ("Điều 5 được bổ sung khoản 3 như sau")."""
    masked, frame = reading.masked, sentence.frame
    stop = text_follows(reading, said.end(), sentence.end)
    subject = read_objects(
        masked, sentence.start, said.start(), reading.named, context=frame.part, adds=False, wording=False
    )
    part = _only_part(subject) or frame.part
    added = read_objects(masked, said.end(), stop, reading.named, context=part, adds=True, wording=False)
    new = tuple(one for found in added if found.target is None for one in found.parts)
    for found in subject:
        if found.target or found.parts:
            meant = replace(found, parts=new) if new and len(subject) == 1 else found
            take(reading, sentence, relation_of(said), meant, span=(sentence.start, stop))
    targets = tuple(found.target for found in subject if found.target) or frame.targets
    return Frame(relation_of(said), targets, part)


def _only_part(objects: Sequence[Object]) -> Pinpoint | None:
    parts = [part for found in objects for part in found.parts]
    return parts[0] if len(parts) == 1 else None
