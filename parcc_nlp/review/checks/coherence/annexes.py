"""VB405: an annex or another attachment that the text refers to and that the file does not have.

It may be a file of its own, so that a person looks: the finding says what is not in this one.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.checks.coherence.layout import Layout
from parcc_nlp.review.rule import Flag, Place, phrase, rule
from parcc_nlp.text.ordinals import roman_to_int

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcc_nlp.model import Extraction
    from parcc_nlp.review.context import RuleContext

__all__ = ["vb405"]

_LABEL = r"(?:[IVXL]{1,6}(?:\.\d{1,2})?|\d{1,2}[A-Za-z]?(?:\.\d{1,2})?|[A-H])(?![\w/])"
_OWN = (
    "Quyết định|Kế hoạch|Chỉ thị|Nghị quyết|Quy chế|Quy định|Chương trình|Đề án|Phương án|Thông tư|Nghị định|Luật|"
    "Công văn|Văn bản|Hướng dẫn"
)
_LEAD = re.compile(
    r"\(\s*(?:[Cc]ó\s+|[Xx]em\s+|[Cc]hi\s+tiết\s+(?:tại|theo|như|ở)\s+|(?:[Cc]ó\s+)?(?:[Kk]èm\s+theo|[Đđ]ính\s+kèm)\s+)(?:các\s+)?$"
)
"""Words of a bracket that refers to an attachment: "(chi tiết tại Phụ lục I)", "(kèm theo Danh sách)"."""
_LEAD_REACH = 40
_PLACES_SHOWN = 10
_CATALOGUE = re.compile(r"thủ tục hành chính|TTHC", re.IGNORECASE)
"""Catalogues of procedures name the forms of the decrees they are taken from."""
_TABLE_HEAD = re.compile(r"^[ \t]*(?:STT|TT|Số TT|Stt)[ \t]*(?:\n|\t)", re.MULTILINE)
_ANNEXES = frozenset({"phụ lục", "phụ biểu"})
_SEVERAL = re.compile(_LABEL)


class _Reference(NamedTuple):
    """A reference to an attachment: its place, what it is called, its labels as printed."""

    start: int
    end: int
    noun: str
    labels: tuple[str, ...]


class _Behind(NamedTuple):
    """What the file has besides its text: the labels of annexes and of forms, how many have none."""

    annexes: frozenset[str]
    forms: frozenset[str]
    unlabelled: int
    last: int
    """Where the last of them begins, -1 where there is nothing."""


@rule("VB405")
def vb405(context: RuleContext) -> Iterator[Flag]:
    """Flag the attachments that are referred to and not in the file, once, at the first reference."""
    references = tuple(_references(context))
    if not references:
        return
    behind = _behind(context.extraction, references)
    absent = [(reference, names) for reference in references if (names := _missing(reference, behind))]
    if not absent:
        return
    names = tuple(dict.fromkeys(name for _, missing in absent for name in missing))
    first = absent[0][0]
    yield Flag(
        start=first.start,
        end=first.end,
        message=phrase("absent", attachments=", ".join(names)),
        subject=names[0].lower(),
        kind="review",
        suggestion=phrase("suggestion"),
        related=tuple(Place(reference.start, reference.end) for reference, _ in absent[1:])[:_PLACES_SHOWN],
    )


class _Grammar(NamedTuple):
    """The forms in which a text refers to its own attachments, looked up where one is named."""

    noun: re.Pattern[str]
    named: re.Pattern[str]
    """The noun with its labels, or alone with what it is about."""
    tail: re.Pattern[str]
    """ "kèm theo", "ban hành kèm theo Quyết định này", "của Kế hoạch này"."""


@cache
def _grammar() -> _Grammar:
    """Build the grammar from what attachments are called; some are named without a number ("danh sách kèm theo")."""
    text = (files("parcc_nlp.review.checks.coherence") / "attachment_nouns.csv").read_text(encoding="utf-8")
    rows = [(row["noun"].replace(" ", r"\s+"), row["alone"] == "yes") for row in csv.DictReader(text.splitlines())]
    every = "|".join(noun for noun, _ in rows)
    alone = "|".join(noun for noun, may in rows if may)
    labels = rf"{_LABEL}(?:\s*(?:,|và|đến|-)\s*(?:(?i:{every})\s+)?(?:số\s+)?{_LABEL}){{0,12}}"
    attached = r"(?:được\s+)?(?:ban\s+hành\s+)?(?:kèm\s+theo|đính\s+kèm(?:\s+theo)?|gửi\s+kèm(?:\s+theo)?)"
    return _Grammar(
        noun=re.compile(every),
        named=re.compile(
            rf"(?P<noun>(?i:{every}))\s+(?:số\s+)?(?P<labels>{labels})"
            rf"|(?P<alone>(?i:{alone}))(?P<title>\s(?!\s*(?:{attached})\b)[^.;:,()\n]{{1,90}}?(?=\s+(?:{attached})\b|\s*\)))?"
        ),
        tail=re.compile(
            rf"\s+{attached}(?:\s+(?P<with>{_OWN})\s+này|(?=\s*(?:[).,;:]|\n|$)))|\s+(?:của\s+)?(?P<of>{_OWN})\s+này"
        ),
    )


def _references(context: RuleContext) -> Iterator[_Reference]:
    """Find the references to attachments of this very document, in the order of the text."""
    extraction = context.extraction
    text, metadata = extraction.text, extraction.metadata
    grammar, layout = _grammar(), Layout.of(extraction)
    own = {kind.lower() for kind in (metadata.doc_type, metadata.attached_type) if kind} | {"văn bản"}
    forms = next((part.start for part in extraction.parts if part.kind == "attached"), len(text))
    until = forms if _CATALOGUE.search(metadata.title or "") else len(text)
    low = text.lower()
    done = 0
    for place in grammar.noun.finditer(low if len(low) == len(text) else text):
        start = place.start()
        if start < done or (start and text[start - 1].isalnum()):
            continue
        found = _reference(start, text, grammar, own)
        if found is None or start >= until:
            continue
        if not layout.is_quoted(start) and not _is_in_annex(layout, start):
            done = found.end
            yield found


def _reference(start: int, text: str, grammar: _Grammar, own: set[str]) -> _Reference | None:
    """Read a reference that begins with the noun at a place: one that says it is to this document."""
    named = grammar.named.match(text, start)
    if named is None:
        return None
    noun = " ".join((named["noun"] or named["alone"]).split())
    labels = tuple(_SEVERAL.findall(named["labels"] or ""))
    tail = grammar.tail.match(text, named.end())
    if tail is not None:
        host = tail["with"] or tail["of"]
        return _Reference(start, tail.end(), noun, labels) if host is None or host.lower() in own else None
    lead = _LEAD.search(text[max(0, start - _LEAD_REACH) : start])
    closed = text[named.end() : named.end() + 2].lstrip().startswith(")")
    return _Reference(start, named.end(), noun, labels) if lead and closed else None


def _is_in_annex(layout: Layout, offset: int) -> bool:
    return any(section.kind == "phu_luc" or layout.gives_other_wording(section) for section in layout.around(offset))


@cache
def _heading() -> re.Pattern[str]:
    """Match the head of an annex or a form: capitals anywhere, a line of its own, the end of one run together."""
    return re.compile(
        rf"(?P<noun>PHỤ\s+LỤC|PHỤ\s+BIỂU|BIỂU\s+MẪU|MẪU\s+BIỂU|BIỂU|MẪU)(?:\s+SỐ)?\s*:?[ \t]*(?P<label>{_LABEL})?"
        r"|^[ \t(]*(?P<small>Phụ\s+lục|Phụ\s+biểu|Biểu\s+mẫu|Mẫu\s+biểu|Biểu|Mẫu)(?:\s+số)?\s*:?[ \t]*"
        rf"(?P<small_label>{_LABEL})?(?=[ \t]*(?:[.:(–-]|$))"
        rf"|(?P<ending>Phụ\s+lục)(?:\s+số)?[ \t]+(?P<last_label>{_LABEL})[ \t]*$",
        re.MULTILINE,
    )


def _behind(extraction: Extraction, references: Sequence[_Reference]) -> _Behind:
    """Find the heads of annexes and forms, the references themselves left out, and other things put behind."""
    text = extraction.text
    taken = [reference.start for reference in references]
    annexes, forms, starts, unlabelled = set[str](), set[str](), list[int](), 0
    for match in _heading().finditer(text):
        at = bisect_right(taken, match.start()) - 1
        if at >= 0 and match.start() < references[at].end:
            continue
        noun = " ".join((match["noun"] or match["small"] or match["ending"]).lower().split())
        label = match["label"] or match["small_label"] or match["last_label"]
        starts.append(match.start())
        if label:
            (annexes if noun in _ANNEXES else forms).add(_plain(label))
        elif noun in _ANNEXES:
            unlabelled += 1
    starts += [part.start for part in extraction.parts if part.kind == "attached"]
    starts += [match.start() for match in _TABLE_HEAD.finditer(text)]
    starts += [section.start for section in extraction.structure if section.kind == "table"]
    return _Behind(frozenset(annexes), frozenset(forms), unlabelled, max(starts, default=-1))


def _missing(reference: _Reference, behind: _Behind) -> tuple[str, ...]:
    """Name what of a reference is not in the file."""
    follows = behind.last > reference.start
    if not reference.labels:
        return () if follows else (_sentence_case(reference.noun),)
    is_annex = reference.noun.lower() in _ANNEXES
    known = behind.annexes if is_annex else behind.annexes | behind.forms
    if follows and (not known or behind.unlabelled >= len(reference.labels) > len(known)):
        return ()  # something is there, under a head that bears no label
    missing = [label for label in reference.labels if _plain(label) not in known]
    return tuple(f"{_sentence_case(reference.noun)} {label}" for label in missing)


def _sentence_case(noun: str) -> str:
    return noun[:1].upper() + noun[1:].lower()


def _plain(label: str) -> str:
    """Give a label as Arabic numbers: "II", "02" and "2" are one, "II.1" is "2.1"."""
    first, _, rest = label.partition(".")
    roman = roman_to_int(first) if first.isalpha() else None
    number = str(roman) if roman and (len(first) > 1 or first in "IVXL") else first.lstrip("0").upper()
    return f"{number}.{rest.lstrip('0')}" if rest else number
