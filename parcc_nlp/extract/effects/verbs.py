"""Clauses that act by a verb: "Bãi bỏ khoản 2 Điều 5; thay thế ...", "Thông tư này ... và thay thế Thông tư số ...".

The verb opens the clause; further ones are coordinated with it, each with its own object. Words struck out or exchanged
amend the provision they stand in, whatever the verb (GUIDELINES, settled cases).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from parcc_nlp.extract.effects.clauses import FILLER
from parcc_nlp.extract.effects.exceptions import take_continued
from parcc_nlp.extract.effects.lexicon import lexicon, lists
from parcc_nlp.extract.effects.objects import between, objects_of, read_objects
from parcc_nlp.extract.effects.provisions import find_touched
from parcc_nlp.extract.effects.reading import Frame, take
from parcc_nlp.extract.effects.subjects import LIST_FOLLOWS, text_follows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.extract.effects.objects import Object
    from parcc_nlp.extract.effects.reading import Reading, Sentence
    from parcc_nlp.extract.effects.targets import Named
    from parcc_nlp.model import Pinpoint, RelationKind

__all__ = ["acting_verb", "read_verbs", "relation_of"]

COORDINATED = re.compile(r"(?:^|[,;.:\n]|(?<!\w)(?:và|đồng\s+thời)(?!\w)|này)\s*(?:đồng\s+thời\s+)?$")
FURTHER = re.compile(rf"(?:[,;:]|(?<!\w)và|{FILLER})\s*$")
SINCE_THIS = re.compile(r"(?:từ|khi|trước|sau|đến|thời\s+điểm|hiệu\s+lực\s+của)\s+(?:ngày\s+|khi\s+)?$")
TITLE_BEHIND = re.compile(
    r"(?<!\w)(?:về|quy\s+định|ban\s+hành|hướng\s+dẫn|phê\s+duyệt|sửa\s+đổi|công\s+bố|thực\s+hiện)(?!\w)"
)
WORDS_TOO = re.compile(rf"(?:[,;]|(?<!\w)và)\s+(?:các\s+)?(?:cụm\s+từ|từ|nội\s+dung)\s+(?={FILLER})")
PASSIVE_BEFORE = ("được", "bị", "đã")
THIS_REACH = 200


def relation_of(verb: re.Match[str]) -> RelationKind:
    """Give the relation that a verb of the grammar states."""
    return lexicon().relations[" ".join(verb["verb"].split())]


def acting_verb(reading: Reading, sentence: Sentence) -> re.Match[str] | None:
    """Find the verb by which this document acts in a sentence, None where it only tells others to act.

    A plan, a dispatch or a bullet of tasks begins with such verbs, too, and changes nothing. Errors are corrected by
    dispatch as well (Nghị định 30/2020/NĐ-CP, Điều 18).
    """
    low = reading.masked.low
    verb = lexicon().verb.match(low, sentence.start, sentence.end)
    if verb is None:
        return _verb_of_this(reading, sentence.start, sentence.end)
    acting = reading.metadata.doc_type is None or reading.metadata.doc_type in lists("acting_types")
    if relation_of(verb) == "corrects" or (acting and sentence.clause.place.dieu is not None):
        return verb
    return None


def _verb_of_this(reading: Reading, start: int, end: int) -> re.Match[str] | None:
    """Find the verb of "Thông tư này có hiệu lực kể từ ngày ... và thay thế Thông tư số ..."."""
    low = reading.masked.low
    this = lexicon().this.search(low, start, end)
    if this is None or SINCE_THIS.search(low, max(start, this.start() - 24), this.start()):
        return None
    for verb in lexicon().verb.finditer(low, this.end(), end):
        passive = low[this.end() : verb.start()].rstrip().endswith(PASSIVE_BEFORE)
        if not passive and COORDINATED.search(low, this.start(), verb.start()):
            return verb
    return None


def read_verbs(reading: Reading, sentence: Sentence, verb: re.Match[str]) -> Frame:
    """Read the verbs of a clause, each with its object; give what the clause says for the units below it."""
    end = text_follows(reading, verb.end(), sentence.end)
    verbs = [verb, *_further_verbs(reading, verb.end(), end)]
    if not sentence.frame.targets and len(verbs) > 1:
        shared = _targets_in(reading, verbs[1].end(), end)
        sentence = replace(sentence, frame=replace(sentence.frame, targets=shared if len(shared) == 1 else ()))
    below = sentence.frame
    named: list[Named] = []
    for at, one in enumerate(verbs):
        stop = verbs[at + 1].start() if at + 1 < len(verbs) else end
        under = sentence
        if sentence.frame.part is None and at + 1 < len(verbs):
            under = replace(sentence, frame=replace(sentence.frame, part=_article_behind(reading, stop, end)))
        objects = _read_verb(reading, under, one, stop)
        named.extend(found.target for found in objects if found.target)
        shown = sentence.end if stop == end else stop
        below = _frame_below(reading, one, objects, shown, sentence.frame, below)
        below = replace(below, day=sentence.day)
    if len(named) > 1 and below.targets:
        below = replace(below, targets=tuple(dict.fromkeys(named)))
    return below


def _read_verb(reading: Reading, sentence: Sentence, verb: re.Match[str], stop: int) -> list[Object]:
    """Read one verb with its object, and the words that the same verb strikes out beside provisions."""
    masked, frame = reading.masked, sentence.frame
    wording = lexicon().phrase.match(masked.low, verb.end(), stop) is not None
    relation = relation_of(verb)
    if wording and relation in {"repeals", "replaces"}:
        relation = "amends"
    words = None if wording else WORDS_TOO.search(masked.low, verb.end(), stop)
    struck: list[Object] = []
    if words:
        struck = read_objects(masked, words.end(), stop, reading.named, context=frame.part, adds=False, wording=True)
        shared = tuple(found.target for found in struck if found.target)
        if not frame.targets and len(shared) == 1:
            sentence = replace(sentence, frame=replace(frame, targets=shared))
    cut = words.start() if words else stop
    adds = relation == "amends" and "bổ sung" in verb["verb"]
    objects = objects_of(
        masked,
        verb.end(),
        read_objects(masked, verb.end(), cut, reading.named, context=frame.part, adds=adds, wording=wording),
    )
    for found in objects:
        take(reading, sentence, relation, found, span=(verb.start(), cut))
        if found.target:
            take_continued(reading, sentence, found, (found.target.end, cut))
    for found in struck:
        take(reading, sentence, "amends", found, span=(verb.start(), stop))
    return objects


def _targets_in(reading: Reading, start: int, end: int) -> tuple[Named, ...]:
    """Give the documents that the later verbs name ("bãi bỏ khoản 1; bãi bỏ khoản 2 Điều 5 Nghị định X")."""
    objects = read_objects(reading.masked, start, end, reading.named, context=None, adds=False, wording=True)
    return tuple(found.target for found in objects if found.target)


def _article_behind(reading: Reading, start: int, end: int) -> Pinpoint | None:
    """Give the provision that an earlier verb takes its article from ("Sửa đổi điểm d và bổ sung điểm đ Điều 3")."""
    first = next(iter(find_touched(reading.masked, start, end)), None)
    return next((point for point in first.pinpoints if point.dieu), None) if first else None


def _further_verbs(reading: Reading, start: int, end: int) -> Iterator[re.Match[str]]:
    """Find the verbs coordinated with the first: behind a comma, a semicolon or "và", not those of a title."""
    low = reading.masked.low
    for verb in lexicon().verb.finditer(low, start, end):
        before = FURTHER.search(low, max(start, verb.start() - 12), verb.start())
        if before is None:
            continue
        last = between(reading.named, start, verb.start())
        if last and before[0][0] != ";" and TITLE_BEHIND.search(low, last[-1].end, verb.start()):
            continue
        yield verb


def _frame_below(  # noqa: PLR0913, PLR0917 - what the clause says and what it stands under
    reading: Reading, verb: re.Match[str], objects: list[Object], end: int, above: Frame, so_far: Frame
) -> Frame:
    """Say what a verb means for the units below its clause."""
    words = reading.masked.low[verb.end() : end]
    targets = tuple(found.target for found in objects if found.target) or so_far.targets or above.targets
    parts = [part for found in objects for part in found.parts]
    generic = lexicon().generic.search(words) is not None
    described = bool(objects and objects[-1].content)
    open_ = generic or described or not targets
    wording = lexicon().phrase.match(words) is not None
    listing = LIST_FOLLOWS.search(words) is not None and ((open_ and (generic or not parts)) or (wording and not parts))
    part = parts[0] if len(parts) == 1 else None if parts else above.part
    return Frame(relation=relation_of(verb), targets=targets, part=part, listing=listing)
