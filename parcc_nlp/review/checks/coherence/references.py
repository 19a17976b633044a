"""VB406: a reference to a provision of this very document that is not there, or that no unit can bear.

A place speaks only where the document's own structure is sure: where the label it names is found in no part of the
file, neither as a unit nor as words, the reader of the structure may have missed it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.model import Section
from parcc_nlp.review.checks.coherence.layout import Layout, area
from parcc_nlp.review.rule import Flag, phrase, rule
from parcc_nlp.text.ordinals import roman_to_int

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcc_nlp.model import Citation, Extraction, Pinpoint
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Kind, Phrase

__all__ = ["vb406"]

_TYPES = (
    "Kế hoạch|Chương trình|Đề án|Phương án|Chỉ thị|Quyết định|Nghị quyết|Quy chế|Quy định|Thông tư|Nghị định|Luật|"
    "Bộ luật|Pháp lệnh|Hướng dẫn|Thông báo|Công văn|Văn bản"
)
_ENDS_IN_THIS = re.compile(rf"(?P<what>điều|khoản|{_TYPES.lower()})\s+này$")
_PLAN_PART = re.compile(
    r"(?P<unit>[Mm]ục|[Pp]hần)\s+(?P<label>[IVXL]+|\d{1,2}|[A-H])\s*,?\s+(?:của\s+|tại\s+|trong\s+)?"
    rf"(?P<host>{_TYPES})(?P<this>\s+này\b)?(?(this)|(?=[,.;:)\n]))"
)
"""A part of a plan named with the plan: "Mục III Kế hoạch này", "Phần II của Đề án;"."""
_FINER = re.compile(
    r"(?<!\w)(?:[Đđ]iểm\s+(?P<diem>[a-zđ]|\d{1,2})\s*,?\s+(?:của\s+)?)?"
    r"(?:[Kk]hoản\s+(?P<khoan>\d{1,2})\s*,?\s+(?:của\s+)?)?$"
)
_FINER_REACH = 40
_RECIPIENTS = re.compile(
    r"[Nn]hư\s+(?:các\s+)?Điều\s+(?P<labels>\d{1,2}(?:\s*(?:,|và)\s*(?:Điều\s+)?\d{1,2})*)(?=\s*[;,.\n])"
)
_NUMBER = re.compile(r"\d+")
_LISTED = frozenset({"section", "khoan", "diem", "muc", "phan", "tieu_muc"})
_NAMES = {"dieu": "Điều", "khoan": "khoản", "diem": "điểm", "phan": "Phần"}
_CITED_REACH = 300
_OPENING = 40
_FEWEST_PARTS = 2


class _Place(NamedTuple):
    """Where a reference stands: what "này" is said of, the units around it, the part of the file that is meant."""

    what: str
    around: tuple[Section, ...]
    home: str


class _Missing(NamedTuple):
    """A provision that was looked for: what it would be, what is there instead, whether that is sure."""

    wanted: str
    there: Phrase
    sure: bool


class _Labels(NamedTuple):
    """The labels below a unit: the first, the last, whether all are numbers, whether they count from 1 on."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    numbers: bool
    counted: bool


@dataclass(frozen=True, slots=True)
class _Document:
    """What references are looked up in: the units, the articles of every part of the file, the types of its parts."""

    layout: Layout
    articles: Mapping[str, tuple[Section, ...]]
    """The articles by label, of all parts of the file."""
    last: Mapping[str, int]
    """The number of the last article of every part whose articles run from 1 without a gap."""
    parts: Mapping[str, tuple[Section, ...]]
    """The numbered units outside annexes by label, for plans."""
    own: frozenset[str]
    """The types by which the documents of the file may call themselves, in lower case."""
    issued: str
    """The type of the issuing document, in lower case."""
    named: Mapping[tuple[str | None, str], tuple[Section, ...]]
    """The units by what they stand in and their label."""
    labels: dict[str, _Labels]
    """The labels below a unit, as far as they were asked for."""
    written: dict[tuple[str, str], bool]
    """Whether a label stands in the words of a unit, as far as it was asked."""

    @classmethod
    def of(cls, extraction: Extraction) -> _Document:
        """Index a document once."""
        layout = Layout.of(extraction)
        articles: dict[str, list[Section]] = {}
        numbers: dict[str, set[int]] = {}
        parts: dict[str, list[Section]] = {}
        named: dict[tuple[str | None, str], list[Section]] = {}
        for section in layout.sections:
            if section.label and section.kind != "bullet":
                named.setdefault((section.parent, section.label), []).append(section)
            if section.kind == "dieu" and section.label:
                articles.setdefault(section.label, []).append(section)
                if section.label.isdigit():
                    numbers.setdefault(area(section), set()).add(int(section.label))
            elif section.kind in _LISTED and section.label and not _is_in_annex(section, layout):
                parts.setdefault(section.label, []).append(section)
        return cls(
            layout=layout,
            articles={label: tuple(found) for label, found in articles.items()},
            last={name: max(found) for name, found in numbers.items() if len(found) == max(found)},
            parts={label: tuple(found) for label, found in parts.items()},
            own=_own_types(extraction),
            issued=(extraction.metadata.doc_type or "").lower(),
            named={key: tuple(found) for key, found in named.items()},
            labels={},
            written={},
        )

    def below(self, parents: Sequence[Section], label: str) -> tuple[Section, ...]:
        """Give the units of a label that stand directly in some."""
        return tuple(child for parent in parents for child in self.named.get((parent.eid, label), ()))

    def labels_below(self, parent: Section) -> _Labels:
        """Give what is known of the labels directly below a unit."""
        if parent.eid not in self.labels:
            children = self.layout.below(parent)
            printed = tuple(child.label for child in children if child.label and child.kind != "bullet")
            counted = len(printed) > 1 and printed == tuple(str(number) for number in range(1, len(printed) + 1))
            numbers = all(label.isdigit() for label in printed)
            self.labels[parent.eid] = _Labels(printed[:1], printed[-1:], numbers=numbers, counted=counted)
        return self.labels[parent.eid]

    def has_written(self, label: str, unit: Section) -> bool:
        """Say whether a label stands in the words of a unit, where the reading of the structure did not see it."""
        key = label, unit.eid
        if key not in self.written:
            pattern = rf"(?<![\w.,/]){re.escape(label)}\s?[.)/]"
            self.written[key] = re.search(pattern, self.layout.text[unit.start : unit.end]) is not None
        return self.written[key]


def _own_types(extraction: Extraction) -> frozenset[str]:
    """Give the types by which the documents of the file may call themselves, in lower case."""
    metadata = extraction.metadata
    parts = (part for part in extraction.parts if part.kind == "attached")
    openings = [extraction.text[part.start : part.start + _OPENING].strip().lower() for part in parts]
    attached = (kind for kind in _TYPES.lower().split("|") if any(opening.startswith(kind) for opening in openings))
    named = (kind.lower() for kind in (metadata.doc_type, metadata.attached_type) if kind)
    return frozenset({*named, *attached})


@rule("VB406")
def vb406(context: RuleContext) -> Iterator[Flag]:
    """Flag a reference to a provision of this document that is not there, or in a form that cannot be."""
    document = _Document.of(context.extraction)
    for citation in context.extraction.citations:
        if citation.internal and not document.layout.is_quoted(citation.start):
            flag = _internal(citation, document)
            if flag is not None:
                yield flag
    yield from _in_plans(context, document)
    yield from _in_recipients(context.extraction, document)


def _internal(citation: Citation, document: _Document) -> Flag | None:
    """Check a reference that says it is to this document ("điểm a khoản 2 Điều 5 Quy chế này")."""
    this = _ENDS_IN_THIS.search(" ".join(citation.text.lower().split()))
    around = document.layout.around(citation.start)
    if this is None or any(document.layout.is_amending(section) for section in around):
        return None
    what = this["what"]
    if what not in {"điều", "khoản"} and what not in document.own:
        return None
    if what == "điều" and any(pinpoint.dieu for pinpoint in citation.pinpoints):
        return None  # "khoản 7 Điều 4 và khoản 1 Điều này": which clause is whose is not sure
    if any((pinpoint.diem or "").isdigit() for pinpoint in citation.pinpoints):
        return _form_flag(citation.start, citation.end, citation.text, right=None)
    home = area(around[0]) if around and what != document.issued else ""
    place = _Place(what, around, home)
    missing = (_look(pinpoint, place, document) for pinpoint in citation.pinpoints)
    first = next((found for found in missing if found is not None), None)
    return _flag(citation.start, citation.end, first, subject=citation.text) if first else None


def _look(pinpoint: Pinpoint, place: _Place, document: _Document) -> _Missing | None:
    """Look a provision up; None where it is there, or where the structure cannot tell."""
    here = next((section for section in place.around if section.kind == "dieu"), None)
    if pinpoint.dieu:
        found = document.articles.get(pinpoint.dieu, ())
        if not found:
            return _no_article(pinpoint.dieu, place, document)
    elif place.what == "điều" and here is not None:
        found = (here,)
    elif place.what == "khoản" and pinpoint.diem:
        clause = next((section for section in place.around if section.kind == "khoan"), None)
        return _no_child("điểm", pinpoint.diem, (clause,), document) if clause else None
    else:
        return None
    if not pinpoint.khoan:
        return None
    missing = _no_child("khoản", pinpoint.khoan, found, document)
    clauses = document.below(found, pinpoint.khoan)
    if missing or not pinpoint.diem or not clauses:
        return missing
    return _no_child("điểm", pinpoint.diem, clauses, document)


def _no_article(label: str, place: _Place, document: _Document) -> _Missing | None:
    """Say that no part of the file has an article; only where the articles of the document meant are whole.

    In an annex "Nghị định này" may come from the decree a form was taken from.
    """
    last = document.last.get(place.home)
    if last is None or not label.isdigit():
        return None
    within = not place.around or area(place.around[0]) == place.home
    return _Missing(f"Điều {label}", phrase("articles", last=str(last)), sure=within)


def _no_child(unit: str, label: str, parents: Sequence[Section], document: _Document) -> _Missing | None:
    """Say that none of these units has a clause or point; its label may stand in a line as well."""
    if document.below(parents, label) or any(document.has_written(label, parent) for parent in parents):
        return None
    name = _name(parents[0])
    known = [document.labels_below(parent) for parent in parents]
    if label.isdigit() and not all(one.numbers for one in known):
        return None  # "9.1" below an article: its clauses are numbered in another way
    wanted = f"{unit} {label} {name}"
    if not any(one.first for one in known):
        return _Missing(wanted, phrase("undivided", unit=name, part=unit), sure=False)
    first, last = next((one.first[0], one.last[0]) for one in known if one.first)
    there = phrase("divided", unit=name, part=unit, first=first, last=last)
    return _Missing(wanted, there, sure=len(known) == 1 and known[0].counted)


def _name(section: Section) -> str:
    """Name a unit as a sentence does."""
    if section.kind == "section":
        return f"{'Mục' if roman_to_int(section.label or '') else 'mục'} {section.label}"
    return f"{_NAMES.get(section.kind, 'Mục')} {section.label}"


def _in_plans(context: RuleContext, document: _Document) -> Iterator[Flag]:
    """Check references to the numbered parts of a plan ("điểm a khoản 2 Mục III Kế hoạch này")."""
    for match in _PLAN_PART.finditer(context.extraction.text):
        if match["host"].lower() not in document.own or document.layout.is_quoted(match.start()):
            continue
        if match["this"] or not _names_another(match["host"], match.start(), context):
            flag = _in_plan(match, document)
            if flag is not None:
                yield flag


def _in_plan(match: re.Match[str], document: _Document) -> Flag | None:
    """Look up what one reference to a plan's parts names."""
    text, parts = document.layout.text, document.parts.get(match["label"], ())
    first = max(0, match.start() - _FINER_REACH)
    finer = _FINER.search(text[first : match.start()])
    point, clause = (finer["diem"], finer["khoan"]) if finer else (None, None)
    start, end = (first + finer.start() if finer else match.start(), match.end())
    name = f"{match['unit']} {match['label']}"
    if not parts:
        missing = _no_part(match["label"], name, document)
    elif point and point.isdigit():
        has = document.below(parts, point) and not clause
        return _form_flag(start, end, text[start:end], right=f"khoản {point} {name}" if has else None)
    else:
        missing = _no_child("khoản", clause, parts, document) if clause else None
        if clause:
            parts = document.below(parts, clause)
        if missing is None and point and parts:
            missing = _no_child("điểm", point, parts, document)
    return _flag(start, end, missing, subject=text[start:end]) if missing else None


def _no_part(label: str, name: str, document: _Document) -> _Missing | None:
    """Say that no heading bears a Roman number; only where the headings run from I on, and it lies beyond them."""
    wanted = roman_to_int(label)
    values = {value for known in document.parts if known.isupper() and (value := roman_to_int(known))}
    last = max(values, default=0)
    if wanted is None or wanted <= last or len(values) != last or last < _FEWEST_PARTS:
        return None
    return _Missing(name, phrase("parts", last=str(last)), sure=True)


def _is_in_annex(section: Section, layout: Layout) -> bool:
    return any(one.kind in {"phu_luc", "table"} for one in layout.above(section))


def _names_another(host: str, start: int, context: RuleContext) -> bool:
    """Say whether the line names another document of that type before: "Kế hoạch" is then that one."""
    first = max(context.places.line_span(start)[0], start - _CITED_REACH)
    low = bisect_left(context.citations, first, key=_start)
    high = bisect_left(context.citations, start, key=_start)
    return any(citation.doc_type == host for citation in context.citations[low:high])


def _start(citation: Citation) -> int:
    return citation.start


def _in_recipients(extraction: Extraction, document: _Document) -> Iterator[Flag]:
    """Check "Như Điều 3" among the recipients of a decision."""
    last = document.last.get("")
    if last is None:
        return
    for part in extraction.parts:
        if part.kind != "closing":
            continue
        for match in _RECIPIENTS.finditer(extraction.text, part.start, part.end):
            absent = [label for label in _NUMBER.findall(match["labels"]) if int(label) > last]
            if absent:
                missing = _Missing(f"Điều {absent[0]}", phrase("articles", last=str(last)), sure=True)
                yield _flag(match.start(), match.end("labels"), missing, subject=match[0])


def _flag(start: int, end: int, missing: _Missing, *, subject: str) -> Flag:
    kind: Kind = "fail" if missing.sure else "review"
    return Flag(
        start=start,
        end=end,
        message=phrase("absent", wanted=missing.wanted, there=missing.there),
        subject=" ".join(subject.split()),
        kind=kind,
        suggestion=phrase("suggestion"),
        place_matters=True,
    )


def _form_flag(start: int, end: int, written: str, *, right: str | None) -> Flag:
    return Flag(
        start=start,
        end=end,
        message=phrase("form", written=" ".join(written.split())),
        subject=" ".join(written.split()),
        kind="fail" if right else "review",
        suggestion=phrase("suggestion_form", right=right) if right else phrase("suggestion"),
        place_matters=True,
    )
