"""The state of reading one document's clauses, and how what they say is taken in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parcc_nlp.extract.citations.find import LOCAL
from parcc_nlp.extract.data_files import read_lists
from parcc_nlp.extract.effects.clauses import Clause, Masked
from parcc_nlp.extract.effects.commencement import Commencement, day_of
from parcc_nlp.extract.effects.lexicon import lexicon
from parcc_nlp.extract.effects.targets import Named
from parcc_nlp.model import Effect, Metadata, Pinpoint, RelationKind
from parcc_nlp.text.dates import date_at

if TYPE_CHECKING:
    from parcc_nlp.extract.effects.objects import Object
    from parcc_nlp.model import Citation

__all__ = ["Found", "Frame", "Reading", "Sentence", "number_of", "stands_below", "take"]

UNTIL = re.compile(r"(?:cho\s+)?(?:đến|tới)\s+(?:hết\s+)?(?=(?:ngày|tháng|năm|\d))")
# "bãi bỏ các văn bản ...": the whole of each, unlike "bãi bỏ các điều, khoản của ..."
WHOLE_DOCUMENTS = re.compile(
    r"(?<!\w)(?:các|toàn\s+bộ\s+các)\s+(?:văn\s+bản|quyết\s+định|nghị\s+quyết|thông\s+tư|nghị\s+định|chỉ\s+thị|luật)"
)
SOME = re.compile(r"(?<!\w)một\s+số(?!\w)")
LIMITED = frozenset({"suspends", "extends", "continues"})
UNITS = (("diem", "điểm"), ("khoan", "khoản"), ("dieu", "Điều"))


@dataclass(frozen=True, slots=True)
class Frame:
    """What a heading or lead-in says for the units below it.

    `listing` tells that items follow which say no verb of their own; `day` is the day the lead-in gives for them.
    """

    relation: RelationKind | None = None
    targets: tuple[Named, ...] = ()
    part: Pinpoint | None = None
    listing: bool = False
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to be read: where it stands, in which clause, under what, and the day its opening words give."""

    number: int
    clause: Clause
    start: int
    end: int
    frame: Frame
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An effect and the number of the clause it stands in."""

    effect: Effect
    clause: int


@dataclass(slots=True)
class Reading:
    """The state of reading one document."""

    masked: Masked
    clauses: list[Clause]
    named: list[Named]
    metadata: Metadata
    commencements: tuple[Commencement, ...]
    numbers: dict[str, set[str]]
    """The numbers the document gives for laws it names, by the name in small letters."""
    frames: dict[int, Frame] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)
    waiting: list[Found] = field(default_factory=list)
    """Effects of headings that only announce ("một số điều của"): kept where no unit below says which."""
    top: Frame = field(default_factory=Frame)
    """What holds above all clauses: the document they mean where none is named."""
    without_target: bool = False
    """Whether a clause changed provisions of a document that neither it nor a heading above it names."""


def take(  # noqa: PLR0913 - everything an effect is made of
    reading: Reading,
    sentence: Sentence,
    relation: RelationKind,
    found: Object,
    *,
    span: tuple[int, int] | None = None,
    day: str | None = None,
) -> None:
    """Take in what a sentence says of a document.

    Nothing is taken where the sentence names no document and the headings above it name none or several.

    Parameters
    ----------
    reading
        The state; it is added to.
    sentence
        The sentence.
    relation, found
        What it does, and to what.
    span
        Where it says so; the whole sentence where it is not given.
    day
        The day it gives; else that of the sentence, else that of the clause.
    """
    start, end = span or (sentence.start, sentence.end)
    targets = (found.target,) if found.target else sentence.frame.targets
    if found.target is None and not found.parts and not found.content:
        return
    reading.without_target |= not targets and bool(found.parts)
    if len(targets) != 1:
        return
    (target,) = targets
    citation = target.citation
    name = citation.number or number_of(reading, citation) or citation.name
    if not name or (relation != "guides" and not stands_below(reading.metadata, citation)):
        return  # what is detailed stands above the document, what is changed does not
    clause = sentence.clause
    effect = Effect(
        relation=relation,
        target=name,
        parts=found.parts,
        effective=day
        or sentence.day
        or day_of(clause.place, reading.commencements, default=reading.metadata.effective),
        start=start,
        end=end,
        text="",
        doc_type=citation.doc_type,
        issued=citation.issued,
        issuer=citation.issuer,
        exception=found.exception,
        clause=_clause_name(clause.place),
        content=found.content,
        expires=_until(reading.masked, start, end) if relation in LIMITED else None,
    )
    words = reading.masked.low[start : target.start if found.target else end]
    row = Found(effect, sentence.number)
    (reading.waiting if _only_announces(effect, words) else reading.found).append(row)


def _only_announces(effect: Effect, words: str) -> bool:
    """Say whether a clause only announces what those below it say ("Sửa đổi, bổ sung một số điều của Nghị định X")."""
    if effect.parts or effect.relation == "guides":
        return False
    generic = lexicon().generic.search(words) is not None
    whole = WHOLE_DOCUMENTS.search(words) is not None and SOME.search(words) is None
    return (effect.relation == "amends" or generic) and not whole


def stands_below(metadata: Metadata, citation: Citation) -> bool:
    """Say whether the document can change another: none changes one of higher force (Luật 64/2025/QH15, Điều 8)."""
    above = read_lists("effects.yaml")["cannot_act_on"].get(metadata.doc_type or "", ())
    if citation.doc_type in above:
        return False
    if not metadata.number or not citation.number:
        return True
    return not LOCAL.search(metadata.number) or bool(LOCAL.search(citation.number))


def number_of(reading: Reading, citation: Citation) -> str | None:
    """Give the one number that the document gives elsewhere for a law it names here by name alone.

    Only in acts that amend laws, whose headings say the number: a decree may mention an older law of the same name.
    """
    if reading.metadata.doc_type not in {None, "Luật", "Bộ luật", "Pháp lệnh", "Nghị quyết"}:
        return None
    numbers = reading.numbers.get(citation.name.casefold(), set()) if citation.name else set()
    return next(iter(numbers)) if len(numbers) == 1 else None


def _clause_name(place: Pinpoint) -> str | None:
    """Name a provision as a citation would ("điểm a khoản 2 Điều 31")."""
    return " ".join(f"{word} {getattr(place, unit)}" for unit, word in UNITS if getattr(place, unit)) or None


def _until(masked: Masked, start: int, end: int) -> str | None:
    """Read the last day of an effect that is limited in time."""
    match = UNTIL.search(masked.low, start, end)
    date = date_at(masked.text, match.end()) if match else None
    if date is None or not date.valid:
        return None
    return f"{date.iso}-12-31" if date.kind == "year" else date.iso
