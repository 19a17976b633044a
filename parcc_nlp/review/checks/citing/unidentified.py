"""VB308: a reference that means one instrument and does not say which.

Such references are no citations, so they are looked for in the text: every kind of instrument that no number follows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.checks.citing.given import clause_before
from parcc_nlp.review.checks.citing.layout import Layout
from parcc_nlp.review.checks.citing.word_lists import alternatives, either, read_lists
from parcc_nlp.review.rule import Flag, Place, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from parcc_nlp.model import Citation
    from parcc_nlp.review.context import RuleContext

__all__ = ["vb308"]

_AHEAD = 220
_NEAR = 80
_TITLE_REACH = 600
_FEWEST_WORDS = 3
_KINDS = ("of_provisions", "administrative", "normative")
_SHARED = 0.6
"""Share of a reference's words that a title must have for the title to be meant."""
_CLAUSE_END = re.compile(r"[;\n(“”\"]|\.(?:\s|$)|\s[-–]\s")
_IDENTIFIES = re.compile(r"\d+\s*/|\bsố\s+\d|\bngày\s+\d|…|\.\.\.")
_NOT_IN_NOUNS = "(?<!quy )(?<!chương )(?<!thành )(?<!độc )"
"""So that "trình" is not found in "quy trình", nor "lập" in "thành lập"."""
_FOLLOWED = re.compile(r"(?!\s+(?:số|này|\d))[\s.,;:)]")
_WORD = re.compile(r"\w+")
_PERIOD = re.compile(r"\b(?:năm|giai đoạn|nhiệm kỳ)\s+(?:19|20)\d\d")
_BODY = re.compile(r"\b(?:của|do)\s+(\w)")
_ISSUED_BY = re.compile(r"\b(?:của|do)\s+(?=[A-ZĐỦỦÔƯ])[^,;.]{2,80}?(?=\s(?:về|quy định|ban hành)\b|[,;.]|$)")
_UNIT = r"(?:[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Cc]hương)\s+(?:\d{1,3}[a-zđ]?|[IVX]{1,5}|[a-zđ]\d?)\s+"
_PROVISION = re.compile(rf"\b(?:{_UNIT}){{1,4}}(?:của\s+|tại\s+)?$")
_BARE = re.compile(r"\s*(?:[.,;:)\n]|$|(?:và|hoặc|để|thì|được|có|phải|là|như|khi|mà|đã|đối với|do)\b)")


class _Reference(NamedTuple):
    """A reference without number; `wording` is the key of what is said of it."""

    start: int
    end: int
    wording: str


class _Known(NamedTuple):
    """What the document says elsewhere, by which a reference may be understood."""

    kinds: frozenset[str]
    """Kinds that need no number: its own, those its title names, those it defines as short names."""
    cited: Mapping[str, int]
    """How many instruments of a kind it cites."""
    titles: tuple[tuple[frozenset[str], str], ...]
    """Its own titles and those of what it cites, each with the kinds it may stand for."""
    detailing: tuple[str, ...]
    """Titles of what it cites that detail other instruments."""
    spelt: Mapping[str, str]
    """Its abbreviations."""


@rule("VB308")
def vb308(context: RuleContext) -> Iterator[Flag]:
    """Flag a reference that identifies nothing; written so again and again, it is said once."""
    text = context.extraction.text
    known = _known(context)
    found: dict[str, list[_Reference]] = {}
    for reference in _references(context, known):
        surface = " ".join(text[reference.start : reference.end].split())
        found.setdefault(surface.lower(), []).append(reference)
    for surface, references in found.items():
        first = references[0]
        yield Flag(
            start=first.start,
            end=first.end,
            message=phrase(first.wording, reference=" ".join(text[first.start : first.end].split())),
            subject=surface,
            suggestion=phrase("suggestion"),
            related=tuple(Place(one.start, one.end) for one in references[1:]),
            kind="review",
            place_matters=True,
        )


def _references(context: RuleContext, known: _Known) -> Iterator[_Reference]:
    """Look at every kind of instrument that stands in the text outside citations and what others say."""
    text = context.extraction.text
    citations = [one for one in context.extraction.citations if not one.internal]
    spans = _Spans.of((one.start, one.end) for one in citations)
    numbered = _Spans.of((one.start, one.end) for one in citations if one.number)
    silent = _Spans.of((part.start, part.end) for part in context.extraction.parts if part.kind in {"tail", "closing"})
    layout = Layout.of(context)
    for start, kind in _kinds_in_text(text[: layout.end]):
        if spans.hold(start) or silent.hold(start) or layout.is_of_others(start):
            continue
        if _goes_on_from(text, numbered.end_before(start), start):
            continue
        reference = _read(text, start, kind, known)
        if reference is not None:
            yield reference


def _kinds_in_text(text: str) -> list[tuple[int, str]]:
    """Find the kinds of instruments that no number follows, the longest where several begin at one place."""
    found: dict[int, str] = {}
    for kind in sorted(_kinds(), key=len):
        at = text.find(kind)
        while at >= 0:
            if _stands_alone(text, at, at + len(kind)):
                found[at] = kind
            at = text.find(kind, at + len(kind))
    return sorted(found.items())


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether a kind is a word of its own, with neither a number nor "này" behind it."""
    before = text[start - 1 : start]
    return not (before.isalnum() or before in {"“", '"'}) and _FOLLOWED.match(text, end) is not None


class _Spans(NamedTuple):
    """Stretches of the text, ready to be asked what they hold."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, spans: Iterable[tuple[int, int]]) -> _Spans:
        """Put stretches in order."""
        ordered = sorted(spans)
        return cls(tuple(start for start, _ in ordered), tuple(end for _, end in ordered))

    def hold(self, offset: int) -> bool:
        """Say whether an offset lies in the last stretch that begins before it."""
        at = bisect_right(self.starts, offset) - 1
        return at >= 0 and offset < self.ends[at]

    def end_before(self, offset: int) -> int | None:
        """Give the end of the last stretch that begins before an offset."""
        at = bisect_right(self.starts, offset) - 1
        return self.ends[at] if at >= 0 else None


def _goes_on_from(text: str, end: int | None, start: int) -> bool:
    """Say whether a place belongs to the clause of a numbered citation, so that it may be part of its title."""
    if end is None or start - end > _TITLE_REACH:
        return False
    between = text[end:start]
    return ";" not in between and "\n" not in between and ". " not in between


def _read(text: str, start: int, kind: str, known: _Known) -> _Reference | None:
    """Say what a kind without number refers to, None where it is clear or nothing certain is meant."""
    end = start + len(kind)
    clause = clause_before(text, start)
    provision = _PROVISION.search(clause)
    if provision:
        bare = kind in _lists()["of_provisions"] and _BARE.match(text, end)
        is_open = kind not in known.kinds and known.cited.get(kind, 0) != 1
        return _Reference(start - len(clause) + provision.start(), end, "provision") if bare and is_open else None
    ahead = text[end : end + _AHEAD]
    stop = _CLAUSE_END.search(ahead)
    content = ahead[: stop.start()] if stop else ahead
    if _IDENTIFIES.search(content) or _is_one_of_many(clause):
        return None
    detailed = _patterns()["details"].match(content) if kind in _lists()["normative"] else None
    if detailed:
        is_clear = any(detailed["law"].lower() in title for title in known.detailing)
        is_meant = not is_clear and _patterns()["refers"].search(clause)
        return _Reference(start, end + detailed.end(), "detailing") if is_meant else None
    subject = next(
        (part for part in _parts(content) if _is_meant(kind, clause, part) and _says_enough(part, known)), None
    )
    if subject is None or _is_told(kind, subject, known) or _is_told(kind, content, known):
        return None
    return _Reference(start, end + len(subject.rstrip(" ,:")), "unnumbered")


def _parts(content: str) -> Iterator[str]:
    """Give what follows a kind up to its first comma, up to its second one, and so on to the end of the clause."""
    at = content.find(",")
    while at >= 0:
        yield content[:at]
        at = content.find(",", at + 1)
    yield content


def _is_one_of_many(clause: str) -> bool:
    """Say whether many instruments are meant, or one that is still to be drawn up."""
    near = clause[-_NEAR:].lower()
    return bool(_patterns()["many"].search(near) or _patterns()["to_come"].search(near))


def _is_meant(kind: str, clause: str, content: str) -> bool:
    """Say whether a kind and a subject mean one instrument that exists."""
    patterns = _patterns()
    if patterns["generic"].search(content.lower()):
        return False
    led = patterns["led"].search(clause.lower())
    if kind in _lists()["normative"]:
        return bool(led and patterns["about"].match(content))
    if kind not in _lists()["administrative"] or not patterns["subject"].match(content):
        return False
    if led and _PERIOD.search(content):
        return True
    return bool(led or patterns["acted"].search(clause.lower())) and any(
        body[1].isupper() for body in _BODY.finditer(content)
    )


def _says_enough(subject: str, known: _Known) -> bool:
    """Say whether a subject has words enough to mean one instrument."""
    return len(_telling_words(subject, known.spelt)) >= _FEWEST_WORDS


def _is_told(kind: str, subject: str, known: _Known) -> bool:
    """Say whether a title in the document tells which instrument is meant."""
    told = _telling_words(subject, known.spelt)
    titles = (_telling_words(title, known.spelt) for kinds, title in known.titles if kind in kinds)
    return any(len(told & title) >= _SHARED * len(told) for title in titles)


def _telling_words(subject: str, spelt: Mapping[str, str]) -> frozenset[str]:
    """Give the words of a subject or title, without who issued it; abbreviations of the document spelt out."""
    bare = _ISSUED_BY.sub(" ", subject)
    spelt_out = (spelt.get(word, word) for word in _WORD.findall(bare))
    return frozenset(word for part in spelt_out for word in part.lower().split()) - frozenset(
        _lists()["without_weight"]
    )


def _known(context: RuleContext) -> _Known:
    """Collect what the document says of its own and other instruments."""
    extraction, metadata = context.extraction, context.extraction.metadata
    spelt = {alias.short: alias.long for alias in extraction.aliases if alias.short.isupper()}
    of_it = frozenset(kind for kind in (metadata.doc_type, metadata.attached_type) if kind)
    own = " ".join(title for title in (metadata.title, metadata.attached_title) if title)
    titles = [(of_it, title) for title in (metadata.title, metadata.attached_title) if title]
    titles += [(_kinds_in(alias.long), alias.long) for alias in extraction.aliases if not alias.short.isupper()]
    cited = ((one, _title_behind(one, extraction.text)) for one in extraction.citations if not one.internal)
    titles += [(_kinds_in(title) | {one.doc_type or ""}, title) for one, title in cited if title]
    return _Known(
        kinds=_kinds_in(own) | of_it | {alias.short for alias in extraction.aliases},
        cited=Counter(one.first.doc_type or "" for one in context.cited),
        titles=tuple(dict.fromkeys(titles)),
        detailing=tuple(title.lower() for _, title in titles if "chi tiết" in title or "hướng dẫn" in title),
        spelt=spelt,
    )


def _title_behind(citation: Citation, text: str) -> str | None:
    """Give what the clause behind a numbered citation says, the laws it names included; else its name."""
    if not citation.number:
        return citation.name
    ahead = text[citation.end : citation.end + _AHEAD]
    stop = _CLAUSE_END.search(ahead)
    return ahead[: stop.start()] if stop else ahead


def _kinds_in(title: str) -> frozenset[str]:
    """Give the kinds of instruments that a title names ("ban hành Kế hoạch ...")."""
    lowered = title.lower()
    return frozenset(kind for kind in _kinds() if kind.lower() in lowered)


@cache
def _kinds() -> frozenset[str]:
    return frozenset(kind for key in _KINDS for kind in _lists()[key])


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    lists = _lists()
    leads, acts, between = (alternatives(lists[key]) for key in ("leads", "acts", "between"))
    written = alternatives(
        kind.lower() for kind in (*lists["of_provisions"], *lists["administrative"], "văn bản", "quy định")
    )
    return {
        "refers": re.compile(rf"\b(?:{leads}|{acts})\s", re.IGNORECASE),
        "led": re.compile(rf"(?<!kèm )\b(?:{leads})(?:\s+(?:{between})){{0,4}}\s+$"),
        "acted": re.compile(rf"\b(?:{acts})(?:\s+(?:{between})){{0,4}}\s+$"),
        "many": re.compile(rf"\b(?:{alternatives(lists['many'])})\s+(?:(?:{written})\b.{{0,60}})?$"),
        "to_come": re.compile(
            rf"{_NOT_IN_NOUNS}\b(?:{alternatives(lists['still_to_come'])})\b(?!\s+(?:kèm|theo|tại)\b)[^,]{{0,30}}$"
        ),
        "generic": re.compile(rf"\b(?:{alternatives(lists['generic'])})\b"),
        "about": re.compile(rf"(?:\s+(?:của|do)\s+[^\n;.,]{{2,80}}?)?\s+(?:{alternatives(lists['about'])})\s"),
        "subject": re.compile(rf"\s+(?!(?:{either('goes_on')})\b)\w|\s+của\s"),
        "details": re.compile(
            rf"(?:\s+của\s+[^\n;.,]{{2,60}}?)?\s+(?:{alternatives(lists['details'])})\b[^;.\n]{{0,80}}?"
            r"\s(?P<law>(?:Luật|Bộ luật|Pháp lệnh)\s+[^,;.\n]{2,80}?)"
            r"(?=$|[,;.\n)]|\s(?:và|hoặc|của|về|được|có|theo|để|trong)\b)"
        ),
    }


@cache
def _lists() -> Mapping[str, tuple[str, ...]]:
    return read_lists("unidentified.yaml")
