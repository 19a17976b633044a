"""Documents of an office to measure a library on: as many as asked for, the same on every run.

Texts are made of the lines of corpora/samples with other numbers, places and people; a document cites instruments of
the registry by Zipf's law, and older documents of the same office, mostly those of the last year. Nothing is read or
extracted: what a document says is known when it is made, so that writing it is measured alone.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.texts import SAMPLES
from parcc_nlp.library.examining import Examined
from parcc_nlp.model import Citation, Coverage, Extraction, Finding, Metadata, Pinpoint, Review, Source, Where
from parcc_nlp.registry import Registry, instrument_id

SEED = 20_261_123
INSTRUMENTS = 3_000
SKEW = 0.9
"""Exponent of Zipf's law: the most cited instrument stands in about a third of the documents, most in some tens."""
FIRST_DAY = date(2005, 1, 3)
TODAY = "2026-11-23"
PROVINCES = ("Lâm Đồng", "Hà Giang", "An Giang", "Nghệ An", "Cà Mau", "Đắk Lắk", "Phú Thọ", "Sơn La")
TYPES = (("Quyết định", "QĐ-UBND"), ("Kế hoạch", "KH-UBND"), ("Công văn", "UBND-NC"), ("Báo cáo", "BC-UBND"))
MEDIAN_LINES = 22


@dataclass(frozen=True, slots=True)
class Made:
    """A document that is named by later ones."""

    identity: str
    number: str
    doc_type: str
    issuer: str
    issued: str


def made(count: int, *, seed: int = SEED) -> Iterator[Examined]:
    """Give documents as they are after they were examined, the oldest first."""
    drawn = random.Random(seed)
    lines = _lines()
    instruments = _instruments(drawn)
    weights = [1 / (rank + 1) ** SKEW for rank in range(len(instruments))]
    cumulative = [sum(weights[:1])]
    for weight in weights[1:]:
        cumulative.append(cumulative[-1] + weight)
    before: list[Made] = []
    for number in range(count):
        own = _own(number, count, drawn)
        cited = list(dict.fromkeys(drawn.choices(instruments, cum_weights=cumulative, k=drawn.randint(2, 10))))
        local = [_recent(before, drawn) for _ in range(min(len(before), drawn.choice((0, 0, 1, 1, 2, 3))))]
        yield _examined(own, list(dict.fromkeys((*cited, *local))), lines, drawn)
        before.append(own)


def _examined(own: Made, cited: Sequence[Made], lines: Sequence[str], drawn: random.Random) -> Examined:
    title = f"về {drawn.choice(lines)[:90].strip().lower()} năm {own.issued[:4]}"
    head = f"{own.issuer.upper()}\nSố: {own.number}\n{own.doc_type.upper()}\n{title}\n"
    parts, citations, at = [head], [], len(head)
    for place, one in enumerate(cited):
        relation = drawn.choices(("basis", "implements", "cites"), (5, 1, 4))[0]
        begin = "Căn cứ " if relation == "basis" else "Theo "
        text = f"{one.doc_type} số {one.number}"
        pinpoints = (Pinpoint(dieu=str(drawn.randint(1, 40))),) if drawn.random() < 0.15 else ()
        start = at + len(begin)
        named = Citation(
            start, start + len(text), text, one.doc_type, one.number, issued=one.issued, issuer=one.issuer,
            relation=relation, pinpoints=pinpoints, instrument=one.identity, resolution="exact",
        )  # fmt: skip
        citations.append(named)
        line = f"{begin}{text};\n"
        parts.append(line)
        at += len(line)
        if place > 200:
            break
    count = max(4, int(drawn.lognormvariate(3.1, 0.9)))
    parts += [f"{_varied(drawn.choice(lines), drawn)}\n" for _ in range(min(count, 600))]
    text = "".join(parts)
    said = Metadata(own.doc_type, own.number, own.issued, own.issuer, title=title)
    extraction = Extraction(text, Source(path=f"{own.number.replace('/', '-')}.docx"), said, citations=tuple(citations))
    findings = tuple(_finding(one, text) for one in citations[: drawn.choice((0, 1, 2))])
    review = Review(
        TODAY, extraction.source, Coverage(len(citations), len(citations), len(citations), 0, 0, ()), findings
    )
    return Examined(extraction, review, (), "E250")


def _finding(citation: Citation, text: str) -> Finding:
    return Finding(
        "VB1", "warning", "fail", f"{citation.text} đã hết hiệu lực.", "Căn cứ ban hành phải còn hiệu lực.",
        citation.start, citation.end, text[citation.start : citation.end], Where(), TODAY,
        instrument=citation.instrument, fingerprint=f"VB1:{citation.number}:{citation.start}",
    )  # fmt: skip


def _own(number: int, count: int, drawn: random.Random) -> Made:
    issued = (FIRST_DAY + timedelta(days=int(7_900 * number / count))).isoformat()
    doc_type, symbol = drawn.choice(TYPES)
    issuer = f"Ủy ban nhân dân tỉnh {PROVINCES[number % len(PROVINCES)]}"
    written = f"{number % 9_000 + 1}/{symbol}"
    identity = instrument_id(doc_type=doc_type, issuer=issuer, issued=issued, number=written)
    return Made(identity, written, doc_type, issuer, issued)


def _recent(before: Sequence[Made], drawn: random.Random) -> Made:
    """Draw an older document: mostly one of the last some hundred, seldom any."""
    back = int(drawn.paretovariate(0.8) * 20)
    return before[-1 - back] if back < len(before) else drawn.choice(before)


def _instruments(drawn: random.Random) -> list[Made]:
    """Give instruments of the registry, the most cited first."""
    known = [
        Made(one.id, one.number, one.doc_type, one.issuer or "", one.issued or "")
        for one in Registry.shipped()
        if one.number and one.doc_type
    ]
    drawn.shuffle(known)
    return known[:INSTRUMENTS]


def _lines() -> list[str]:
    texts = (path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt")))
    return [line.strip() for text in texts for line in text.splitlines() if len(line.strip()) > 30]


def _varied(line: str, drawn: random.Random) -> str:
    """Change a line: other words at some places, of which no two documents have the same."""
    words = line.split()
    at = drawn.randrange(len(words))
    words[at:at] = [_syllable(drawn), _syllable(drawn)]
    if drawn.random() < 0.3:
        words.append(f"({drawn.randint(1, 99_999)} {_syllable(drawn)})")
    drawn.shuffle(words[at : at + 6])
    return " ".join(words)


_HEADS = tuple("b c ch d đ g gi h k kh l m n ng nh ph qu r s t th tr v x".split())  # noqa: SIM905 - one line
_TAILS = tuple("a á à ai am an ang anh ao ất ầu âm ên ệt iên iết inh ô ông ơn ở u ung y".split())  # noqa: SIM905 - same


def _syllable(drawn: random.Random) -> str:
    return drawn.choice(_HEADS) + drawn.choice(_TAILS)
