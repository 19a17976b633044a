"""Why an instrument has expired, in the words of a list: "Được thay thế bởi Nghị định số ... (khoản ... Điều ...)"."""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from parcc_nlp.report.wording import instrument_name, known_word, words, written_day
from parcc_nlp.review.context import look_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcc_nlp.model import Pinpoint, Proof
    from parcc_nlp.review import RegistryView

__all__ = ["ENDS", "capital", "named_in_full", "numbered_lines", "provisions_of", "reason_of", "untold"]

ENDS = frozenset({"replaces", "repeals", "partially_repeals", "suspends", "officer"})
"""Relations that take the force of an instrument or of a part of it away; an officer's word may, too."""
_SMALL = (("diem", "điểm"), ("khoan", "khoản"))
_LARGE = (("dieu", "Điều"), ("muc", "Mục"), ("chuong", "Chương"), ("phu_luc", "Phụ lục"))
_ARTICLE = re.compile(r"Điều (?P<number>[0-9]{1,4})")
_SHORTEST_RUN = 3


def named_in_full(reference: str, registry: RegistryView | None) -> str:
    """Name what a proof points to by type, number, date and issuer; as it stands there where it is not known.

    Examples
    --------
    >>> named_in_full("118/2025/NĐ-CP", None)
    '118/2025/NĐ-CP'
    """
    instrument = look_up(reference, registry) if registry is not None else None
    return instrument_name(instrument) if instrument else reference


def reason_of(proof: Proof, registry: RegistryView | None = None) -> str:
    """Say what was done to an instrument, by which one and by which clause.

    Parameters
    ----------
    proof
        What proves the status.
    registry
        What the full name of the other instrument is known from; only its number is given without.

    Examples
    --------
    >>> from parcc_nlp.model import Proof
    >>> reason_of(Proof("replaces", "75/2026/NĐ-CP", "điểm a khoản 2 Điều 15", "2026-05-01", None, "verified"))
    'Được thay thế bởi 75/2026/NĐ-CP (điểm a khoản 2 Điều 15)'
    """
    done = known_word(f"by_{proof.relation}", proof.relation)
    clause = f"({bare(proof.clause)})" if proof.clause else ""
    exception = untold(proof)
    parts = (
        f"{capital(done)} {named_in_full(proof.by, registry)}".rstrip(),
        clause,
        f"({words('except', what=exception)})" if exception else "",
        f"({words(f'confidence_{proof.confidence}')})" if proof.confidence != "verified" else "",
    )
    return " ".join(part for part in parts if part)


def untold(proof: Proof) -> str | None:
    """Give what a clause keeps back, unless the clause tells it itself."""
    if not proof.exception or proof.exception in (proof.clause or ""):
        return None
    return proof.exception.removeprefix("trừ ")


def bare(clause: str) -> str:
    """Take one pair of brackets off a clause that stands in brackets as a whole."""
    enclosed = clause.startswith("(") and clause.endswith(")") and clause.count("(") == 1
    return clause[1:-1] if enclosed else clause


def provisions_of(parts: Iterable[Pinpoint]) -> str:
    """Name provisions as they are cited, from small to large; those of one article together, runs of articles as runs.

    Examples
    --------
    >>> from parcc_nlp.model import Pinpoint
    >>> provisions_of([Pinpoint(dieu="14", khoan="1"), Pinpoint(dieu="14", khoan="5"), Pinpoint(phu_luc="02")])
    'khoản 1, khoản 5 Điều 14; Phụ lục 02'
    >>> provisions_of(Pinpoint(dieu=str(number)) for number in (20, 28, 29, 30, 31))
    'Điều 20; Điều 28 đến Điều 31'
    """
    named = dict.fromkeys((_words(one, _SMALL), _words(one, _LARGE)) for one in parts)
    told: list[str] = []
    for larger, group in groupby((one for one in named if any(one)), key=itemgetter(1)):
        smaller = [small for small, _ in group]
        # A whole article beside parts of it stands by itself.
        whole = [larger] if "" in smaller else []
        within = ", ".join(small for small in smaller if small)
        told += [*whole, *([f"{within} {larger}".rstrip()] if within else [])]
    return "; ".join(_runs(told))


def _words(pinpoint: Pinpoint, units: tuple[tuple[str, str], ...]) -> str:
    return " ".join(f"{word} {label}" for unit, word in units if (label := getattr(pinpoint, unit)))


def _runs(told: list[str]) -> Iterator[str]:
    """Write three and more articles in a row by their first and last."""
    at = 0
    while at < len(told):
        last = at
        while last + 1 < len(told) and (number := _article(told[last])) and _article(told[last + 1]) == number + 1:
            last += 1
        if last - at < _SHORTEST_RUN - 1:
            last = at
            yield told[at]
        else:
            yield f"{told[at]} đến {told[last]}"
        at = last + 1


def _article(told: str) -> int | None:
    match = _ARTICLE.fullmatch(told)
    return int(match["number"]) if match else None


def numbered_lines(lines: Iterable[str]) -> str:
    """Put several things on a line each, numbered, so that two columns can be read together; one thing has no number.

    Examples
    --------
    >>> numbered_lines(["01/7/2025", "31/01/2026"])
    '1) 01/7/2025\\n2) 31/01/2026'
    """
    kept = list(lines)
    if len(kept) <= 1:
        return "".join(kept)
    return "\n".join(f"{number}) {line}" for number, line in enumerate(kept, 1))


def capital(text: str) -> str:
    """Begin with a capital letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def dated(day: str | None) -> str:
    """Write a day that may not be known."""
    return written_day(day) if day else ""
