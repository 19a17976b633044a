"""Find what a document does to others (GUIDELINES: effects) and what it says of them without changing them.

Clauses are read from the top down. A heading ("Điều 3. Sửa đổi, bổ sung một số điều của Thông tư số 04/2022/TT-BTP")
says which document and which verb the units below it mean; each unit completes it or states its own. Direction is
decided by the grammar: whoever says "bãi bỏ" acts, whatever "hết hiệu lực" is said of ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parcc_nlp.extract.effects.clauses import mask_quotes, operative_clauses, sentences
from parcc_nlp.extract.effects.commencement import find_commencements
from parcc_nlp.extract.effects.consolidated import consolidated
from parcc_nlp.extract.effects.exceptions import take_later_end
from parcc_nlp.extract.effects.lexicon import lexicon
from parcc_nlp.extract.effects.objects import Object, between, objects_of, read_objects
from parcc_nlp.extract.effects.predicates import ending, passive, read_ending, read_passive
from parcc_nlp.extract.effects.reading import Frame, Reading, Sentence, stands_below, take
from parcc_nlp.extract.effects.settling import settled
from parcc_nlp.extract.effects.shifted_dates import take_shifted_dates
from parcc_nlp.extract.effects.subjects import ITEM_HEAD, is_subject
from parcc_nlp.extract.effects.targets import Named
from parcc_nlp.extract.effects.titles import by_title, number_in_title
from parcc_nlp.extract.effects.verbs import acting_verb, read_verbs
from parcc_nlp.extract.zones import find_zones
from parcc_nlp.model import Effect, Metadata
from parcc_nlp.text.dates import date_at

if TYPE_CHECKING:
    from parcc_nlp.extract.zones import Zones
    from parcc_nlp.model import Citation, Section
    from parcc_nlp.text.normalise import NormalisedText

__all__ = ["Statements", "find_effects"]

CHANGES = frozenset({"replaces", "repeals", "amends", "suspends", "corrects"})
"""The relations of the effects layer (GUIDELINES); what is said beside them is kept apart."""
CONSOLIDATED = "Văn bản hợp nhất"
WORTH_READING = (
    "sửa đổi", "bổ sung", "bãi bỏ", "hủy bỏ", "huỷ bỏ", "thay thế", "thay cụm", "bỏ cụm", "hiệu lực", "đính chính",
    "đình chỉ", "kéo dài", "quy định chi tiết", "hướng dẫn", "hợp nhất",
)  # fmt: skip
# "Kể từ ngày Thông tư này có hiệu lực, ...", "Từ ngày 01 tháng 7 năm 2025, ..."
SINCE = re.compile(
    r"\s*(?:kể\s+)?từ\s+(?:ngày|thời\s+điểm|khi)\s[^,:\n]{0,160}?"
    r"(?:có\s+hiệu\s+lực(?:\s+thi\s+hành)?|\d{4}|ký(?:\s+ban\s+hành)?)"
    r"(?:\s+theo\s+quy\s+định[^,:\n]{0,60})?\s*(?:,|(?=các|những|bãi|thì))\s*(?:thì\s+)?"
)
OPENERS = re.compile(r"[\s,;:“\"(]*(?:[a-zđ]\)\s+|\d{1,2}\.\s+)?(?:(?:đồng\s+thời|và|cùng\s+với\s+đó|nay)\s*[,:]?\s+)*")
IN_ANNEX = re.compile(r"(?:danh\s+mục|phụ\s+lục)[^.;\n]{0,120}?kèm\s+theo")


@dataclass(frozen=True, slots=True)
class Statements:
    """What a document says of others: `effects` change them, `relations` do not."""

    effects: tuple[Effect, ...] = ()
    relations: tuple[Effect, ...] = ()


def find_effects(
    source: NormalisedText,
    *,
    structure: tuple[Section, ...],
    citations: tuple[Citation, ...],
    metadata: Metadata,
) -> Statements:
    """Find what the document's operative clauses do to other documents.

    Parameters
    ----------
    source
        The cleaned text.
    structure, citations, metadata
        What the other layers found; offsets of the original text.

    Returns
    -------
    Statements
        `effects` with the relations replaces, repeals, amends, suspends and corrects; `relations` with guides,
        continues, extends, consolidates and date_shift (then `effective` is the new day). One value a clause and
        document; a provision named by an earlier clause for the same document and relation is not named again.

    Examples
    --------
    >>> from parcc_nlp.extract.run import extract_layers
    >>> from parcc_nlp.model import Document
    >>> text = "Số: 5/2025/TT-BTC\\nĐiều 1. Bãi bỏ khoản 2 Điều 4 Thông tư số 73/2017/TT-BTC."
    >>> effect = extract_layers(Document(text=text)).effects[0]
    >>> effect.relation, effect.target, effect.parts[0].dieu, effect.clause
    ('repeals', '73/2017/TT-BTC', '4', 'Điều 1')
    """
    low = source.text.lower()
    if not any(words in low for words in WORTH_READING):
        return Statements()
    named = _named(source, citations)
    if metadata.doc_type == CONSOLIDATED:
        return Statements(relations=tuple(settled(source, consolidated(source.text, named))))
    zones = find_zones(source.text)
    reading = _reading(source, structure, named, metadata, zones)
    _read_clauses(reading)
    if reading.without_target:
        _read_again(reading)
    _read_annexes(reading, zones)
    take_shifted_dates(reading, source.text)
    result = settled(source, [], reading=reading) or settled(source, by_title(reading, zones))
    return Statements(
        tuple(effect for effect in result if effect.relation in CHANGES),
        tuple(effect for effect in result if effect.relation not in CHANGES),
    )


def _reading(
    source: NormalisedText, structure: tuple[Section, ...], named: list[Named], metadata: Metadata, zones: Zones
) -> Reading:
    """Prepare the reading of a document."""
    masked = mask_quotes(source.text)
    clauses = operative_clauses(source, masked, structure=structure, zones=zones)
    numbers: dict[str, set[str]] = {}
    for one in named:
        if one.citation.name and one.citation.number:
            numbers.setdefault(one.citation.name.casefold(), set()).add(one.citation.number)
    commencements = find_commencements(masked, clauses, named, issued=metadata.issued)
    return Reading(masked, clauses, named, metadata, commencements, numbers)


def _named(source: NormalisedText, citations: tuple[Citation, ...]) -> list[Named]:
    """Give the documents named in the text, the document itself left out, in offsets of the clean text."""
    return [
        Named(*source.to_clean(citation.start, citation.end), citation)
        for citation in citations
        if not citation.internal and citation.relation != "self"
    ]


def _read_clauses(reading: Reading) -> None:
    """Read all clauses in order, each under what stands above it: its heading first, then its sentences."""
    for number, clause in enumerate(reading.clauses):
        frame = reading.top if clause.parent is None else reading.frames.get(clause.parent, reading.top)
        pieces = [(clause.start, clause.heading_end)] if clause.heading_end > clause.start else []
        pieces.extend(sentences(reading.masked, max(clause.heading_end, clause.start), clause.end))
        for start, end in pieces:
            frame = _read_sentence(reading, _opened(reading, Sentence(number, clause, start, end, frame)))
        reading.frames[number] = frame


def _opened(reading: Reading, sentence: Sentence) -> Sentence:
    """Take the opening words of a sentence ("Kể từ ngày ...,", "a)", "đồng thời") from it, with the day they give."""
    masked, begin = reading.masked, sentence.start
    day: str | None = None
    since = SINCE.match(masked.low, begin, sentence.end)
    if since:
        date = date_at(masked.text, masked.low.find("ngày", begin, since.end()))
        dated = date and date.kind == "day" and date.valid and "có hiệu lực" not in since[0]
        day = date.iso if date and dated else None
        begin = since.end()
    opened = OPENERS.match(masked.low, begin, sentence.end)
    return replace(sentence, start=opened.end() if opened else begin, day=day)


def _read_sentence(reading: Reading, sentence: Sentence) -> Frame:
    """Read a sentence; give what it says for those behind and below it."""
    frame = sentence.frame
    if predicate := ending(reading, sentence):
        return read_ending(reading, sentence, predicate)
    if said := passive(reading, sentence):
        return read_passive(reading, sentence, said)
    if verb := acting_verb(reading, sentence):
        return read_verbs(reading, sentence, verb)
    if frame.listing and frame.relation:
        _read_item(reading, sentence)
    else:
        _read_details(reading, sentence)
    return frame


def _read_item(reading: Reading, sentence: Sentence) -> None:
    """Read an item of a list whose lead-in said what happens to those below it."""
    masked, frame = reading.masked, sentence.frame
    if frame.relation is None or not is_subject(reading, sentence.start, sentence.end):
        return
    sentence = replace(sentence, day=frame.day)
    wording = frame.relation == "amends"
    objects = read_objects(
        masked, sentence.start, sentence.end, reading.named, context=frame.part, adds=False, wording=wording
    )
    for found in objects_of(masked, sentence.start, objects):
        if found.target or (found.parts and frame.targets):
            take(reading, sentence, frame.relation, found)
            take_later_end(reading, sentence, found)


def _read_details(reading: Reading, sentence: Sentence) -> None:
    """Read "Nghị định này quy định chi tiết Điều 5, Điều 6 của Luật X"."""
    low = reading.masked.low
    this = lexicon().this.match(low, sentence.start, sentence.end)
    if this is None or not lexicon().details.match(low, this.end() - len(" này"), sentence.end):
        return
    for found in read_objects(
        reading.masked, this.end(), sentence.end, reading.named, context=None, adds=False, wording=True
    ):
        if found.target:
            take(reading, sentence, "guides", found)


def _read_again(reading: Reading) -> None:
    """Read with the one document that all clauses can only mean, where some name none.

    A text may name what it amends in its title alone, or in a later article only.
    """
    meant = {row.effect.target for row in (*reading.found, *reading.waiting) if row.effect.relation in CHANGES}
    if len(meant) > 1:
        return
    number = next(iter(meant), None) or number_in_title(reading)
    target = next((one for one in reading.named if number and one.citation.number == number), None)
    if target is None or not stands_below(reading.metadata, target.citation):
        return
    reading.top = Frame(targets=(target,))
    reading.frames.clear()
    reading.found.clear()
    reading.waiting.clear()
    _read_clauses(reading)


def _read_annexes(reading: Reading, zones: Zones) -> None:
    """Read the list of ended documents that a clause says is attached ("các văn bản tại Danh mục kèm theo")."""
    low = reading.masked.low
    announced = [
        number
        for number, clause in enumerate(reading.clauses)
        if reading.frames[number].relation in {"repeals", "replaces"}
        and not reading.frames[number].targets
        and IN_ANNEX.search(low, clause.start, clause.end)
    ]
    if len(announced) != 1:
        return
    clause, frame = reading.clauses[announced[0]], reading.frames[announced[0]]
    for line in range(zones.after, zones.tail):
        start, end = zones.starts[line], zones.line_end(line)
        here = between(reading.named, start, end)
        if here and ITEM_HEAD.fullmatch(low, start, here[0].start):
            item = Sentence(announced[0], clause, start, end, frame, frame.day)
            take(reading, item, frame.relation or "repeals", Object(here[0], (), None, None))
