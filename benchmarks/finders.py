"""What spaCy's matchers and underthesea find when each works alone: the peers of the grammar in `benchmarks.ablation`.

Both get the word lists of the grammar (types of documents, units, verbs, kinds of agencies) and only their own means:
token patterns, or words with parts of speech. What they give are plain records with the fields the scorer compares.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from parcc_nlp.extract.data_files import read_lists, read_rows
from parcc_nlp.extract.segmentation.alignment import Word
from parcc_nlp.extract.segmentation.tagger import tagged_words
from parcc_nlp.text.numerals import digits_value

Record = dict[str, Any]

NUMBER = r"^\d[\d.,]*$"
SYMBOL = r"^\d+[a-zđ]?(/\d{4})?[/-][A-ZĐ].*"
CAPITAL = r"^[A-ZÀ-ÖØ-ÞĂĐĨŨƠƯẠ-Ỹ]"
CUES = ("goal_verbs", "at_least", "at_most")
PLACES = ["tỉnh", "thành", "phố", "xã", "phường", "cấp", "các", "trung", "ương", "nhân", "dân", ","]
COLLECTIVES = (
    "các sở, ban, ngành", "các sở, ngành", "các cơ quan, đơn vị", "các cơ quan", "các đơn vị", "các địa phương",
    "các xã, phường", "ubnd các xã, phường", "ủy ban nhân dân các xã, phường", "các tổ chức",
)  # fmt: skip
ROLES = {
    "chủ trì": "lead",
    "phối hợp": "coordinate",
    "báo cáo": "report_to",
    "trình": "report_to",
    "tham mưu": "report_to",
}
LABEL = re.compile(r"[\s\-+•*–]*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVX]+)\s*[.)]\s*)?")
CHUNK = 100_000
"""Characters given to a tool at once, cut at a line end."""


class Duty(NamedTuple):
    """A word of a line that matters for roles: a body or an act."""

    start: int
    end: int
    role: str | None
    """None for a body; else the role that the act gives."""


def stretches(text: str) -> Iterator[tuple[int, str]]:
    """Cut a text at line ends, so that no tool is given more than it takes."""
    start = 0
    while start < len(text):
        end = text.rfind("\n", start, start + CHUNK) + 1 if len(text) - start > CHUNK else len(text)
        end = end or start + CHUNK
        yield start, text[start:end]
        start = end


def lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.splitlines(keepends=True):
        yield at, line.rstrip("\n")
        at += len(line)


# --- spaCy's matchers --------------------------------------------------------------------------------------------


class _Matchers(NamedTuple):
    tokenizer: Callable[[str], Any]
    citations: Any
    laws: Any
    targets: Any
    agencies: Any
    acts: Any


@cache
def _matchers() -> _Matchers:
    import spacy
    from spacy.matcher import Matcher, PhraseMatcher

    from parcc_nlp.extract.tokenizer import SymbolTokenizer

    vocab = spacy.blank("xx").vocab
    tokenizer = SymbolTokenizer(vocab)
    citations = Matcher(vocab)
    for row in read_rows("instrument_types.csv"):
        for name in (row["doc_type"], *filter(None, row["variants"].split("|"))):
            words = [{"LOWER": word} for word in name.lower().split()]
            citations.add(row["doc_type"], [[*words, {"LOWER": "số", "OP": "?"}, {"TEXT": {"REGEX": SYMBOL}}]])
    laws = PhraseMatcher(vocab)
    laws.add("law", [tokenizer(f"{row['doc_type']} {row['title']}") for row in read_rows("law_titles.csv")])
    targets = Matcher(vocab)
    first = sorted({tokenizer(form)[0].lower_ for form in unit_forms()})
    value = [{"IS_ALPHA": True, "OP": "{0,2}"}, {"TEXT": {"REGEX": NUMBER}}, {"LOWER": {"IN": first}}]
    for cue in sorted({cue for key in CUES for cue in read_lists("targets.yaml")[key]}):
        targets.add(cue, [[*({"LOWER": word} for word in cue.split()), *value]])
    agencies = Matcher(vocab)
    for head in [row["head"] for row in read_rows("agency_heads.csv")]:
        words = [{"LOWER": word} for word in head.split()]
        name = [
            {"TEXT": {"REGEX": CAPITAL}, "OP": "*"},
            {"LOWER": "và", "OP": "?"},
            {"TEXT": {"REGEX": CAPITAL}, "OP": "*"},
        ]
        agencies.add("body", [[*words, *name, {"LOWER": {"IN": PLACES[:-1]}, "OP": "*"}]])
    agencies.add("collective", [[{"LOWER": token.lower_} for token in tokenizer(name)] for name in COLLECTIVES])
    acts = Matcher(vocab)
    for verb in sorted({*read_lists("duty_verbs.yaml")["verbs"], *ROLES}):
        acts.add(ROLES.get(verb, "implement"), [[{"LOWER": word} for word in verb.split()]])
    return _Matchers(tokenizer, citations, laws, targets, agencies, acts)


def matcher_citations(text: str) -> list[Record]:
    """Citations by token patterns: a kind, "số", a symbol; laws by their names."""
    from spacy.util import filter_spans

    known = _matchers()
    found: list[Record] = []
    for at, piece in stretches(text):
        doc = known.tokenizer(piece)
        for span in filter_spans([*known.citations(doc, as_spans=True), *known.laws(doc, as_spans=True)]):
            record = {"start": at + span.start_char, "end": at + span.end_char, "text": span.text}
            law = span.label_ == "law"
            found.append(
                record | ({"number": None, "name": span.text} if law else {"number": span[-1].text, "name": None})
            )
    return found


def matcher_targets(text: str) -> list[Record]:
    """Targets by token patterns: a verb or comparator, at most two words, a number, a unit."""
    known = _matchers()
    found: dict[int, Record] = {}
    for at, piece in stretches(text):
        doc = known.tokenizer(piece)
        for span in known.targets(doc, as_spans=True):
            number = span[-2]
            record = _valued(piece, number.idx, number.text)
            if record:
                found[at + number.idx] = record | {"start": at + record["start"], "end": at + record["end"]}
    return [found[start] for start in sorted(found)]


def matcher_responsibilities(text: str) -> list[Record]:
    """Assignments by token patterns: bodies, verbs of duty, and their order in the line."""
    from spacy.util import filter_spans

    known = _matchers()

    def duties(line: str) -> list[Duty]:
        doc = known.tokenizer(line)
        bodies = filter_spans(known.agencies(doc, as_spans=True))
        taken = {place for span in bodies for place in range(span.start, span.end)}
        acts = [span for span in filter_spans(known.acts(doc, as_spans=True)) if span.start not in taken]
        return [Duty(span.start_char, span.end_char, None) for span in bodies] + [
            Duty(span.start_char, span.end_char, span.label_) for span in acts
        ]

    return _assigned(text, duties)


# --- underthesea -------------------------------------------------------------------------------------------------


def tagged_citations(text: str) -> list[Record]:
    """Citations by words: a kind of document as one word, "số", and the words up to the next space."""
    kinds = {row["doc_type"].lower() for row in read_rows("instrument_types.csv")}
    found: list[Record] = []
    for at, line in lines(text):
        words = tagged_words(line)
        for place, word in enumerate(words[:-1]):
            if line[word.start : word.end].lower() not in kinds:
                continue
            next_word = place + 1 + (line[words[place + 1].start : words[place + 1].end].lower() == "số")
            symbol = (
                re.compile(r"\d+[^\s,;.()”]*").match(line, words[next_word].start) if next_word < len(words) else None
            )
            if symbol and re.match(SYMBOL, symbol[0]):
                start, end = at + word.start, at + symbol.end()
                found.append({"start": start, "end": end, "text": text[start:end], "number": symbol[0], "name": None})
    return found


def tagged_targets(text: str) -> list[Record]:
    """Targets by parts of speech: a verb, at most two other words, a number (M), a unit behind it."""
    found: list[Record] = []
    for at, line in lines(text):
        words = tagged_words(line)
        for place, word in enumerate(words):
            number = re.compile(r"\d[\d.,]*").match(line, word.start)
            if word.tag != "M" or number is None:
                continue
            before = words[max(0, place - 3) : place]
            record = _valued(line, word.start, number[0].rstrip(".,"))
            if record and any(earlier.tag.startswith("V") for earlier in before):
                found.append(record | {"start": at + record["start"], "end": at + record["end"]})
    return found


def tagged_responsibilities(text: str) -> list[Record]:
    """Assignments by parts of speech: nouns that begin as bodies do, the verbs behind them, and their order."""
    heads = {row["head"] for row in read_rows("agency_heads.csv")}

    def duties(line: str) -> list[Duty]:
        return list(_spoken(line, tagged_words(line), heads))

    return _assigned(text, duties)


def _spoken(line: str, words: tuple[Word, ...], heads: set[str]) -> Iterator[Duty]:
    place = 0
    while place < len(words):
        word = words[place]
        said = line[word.start : word.end].lower()
        if said in heads or (said == "các" and place + 1 < len(words)):
            last = place + 1
            while last < len(words) and _in_name(line[words[last].start : words[last].end]):
                last += 1
            if last > place + 1:
                yield Duty(word.start, words[last - 1].end, None)
                place = last
                continue
        if word.tag.startswith("V") or said in ROLES:
            yield Duty(word.start, word.end, ROLES.get(said, "implement"))
        place += 1


def _in_name(word: str) -> bool:
    return re.match(CAPITAL, word) is not None or word.lower() in {
        *PLACES,
        "và",
        "thành phố",
        "sở",
        "ban",
        "ngành",
        "đơn vị",
    }


# --- what both share: a unit behind a number, and who is assigned what in a line -----------------------------------


@cache
def unit_forms() -> dict[str, str]:
    return {form.lower(): row["unit"] for row in read_rows("units.csv") for form in row["written"].split("|")}


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"\s*({'|'.join(map(re.escape, sorted(unit_forms(), key=len, reverse=True)))})(?!\w)")


def _valued(line: str, at: int, number: str) -> Record | None:
    unit = _unit().match(line.lower(), at + len(number))
    if unit is None:
        return None
    record = {"value": digits_value(number), "unit": unit_forms()[unit[1]], "start": at, "end": unit.end()}
    return record | {"text": line[at : unit.end()]}


def _assigned(text: str, duties_of: Callable[[str], list[Duty]]) -> list[Record]:
    found: list[Record] = []
    holder: str | None = None
    for at, line in lines(text):
        if not line.strip():
            continue
        opening = LABEL.match(line)
        begin = opening.end() if opening else 0
        duties = sorted(duties_of(line))
        bodies = [duty for duty in duties if duty.role is None]
        if bodies and bodies[0].start == begin and not line[bodies[0].end :].strip(" :.;,"):
            holder = line[bodies[0].start : bodies[0].end]
            continue
        found += _in_line(at, line, begin, duties, holder)
    return found


def _in_line(at: int, line: str, begin: int, duties: list[Duty], holder: str | None) -> Iterator[Record]:
    def record(agency: str, role: str, start: int) -> Record:
        return {"agency": agency, "role": role, "start": at + start, "end": at + len(line), "text": line[start:]}

    subject: Duty | None = None
    act: Duty | None = None
    for duty in duties:
        named = line[duty.start : duty.end]
        if duty.role is not None:
            if act is None and subject is not None and duty.role != "report_to":
                yield record(line[subject.start : subject.end], duty.role, duty.start)
            elif act is None and subject is None and holder and duty.start == begin:
                yield record(holder, "implement" if duty.role == "report_to" else duty.role, duty.start)
            act = duty
        elif act is None:
            subject = subject or duty
        elif act.role in {"coordinate", "report_to"} and duty.start - act.end < 40:
            yield record(named, act.role, act.start)
