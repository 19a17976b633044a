"""Collect, from dated public documents, the facts the registry can use as evidence.

Four small tables of facts are written (numbers, dates and names only, never text):

* ``stated_dates.csv``: the signing date printed after a number ("số 57-NQ/TW ngày 22/12/2024"), with how many documents
  print it;
* ``stated_names.csv``: the name printed before the number of a law or ordinance ("Luật Nhà ở số 65/2014/QH13");
* ``own_dates.csv``: the day of adoption and of taking effect that a law or decree prints of itself;
* ``cited_as_basis.csv``: the days on which an instrument stood in the căn cứ lines of a signed document, which by
  Điều 62 Nghị định 78/2025/NĐ-CP must be in force then.

Run by hand when the documents change::

    python tools/collect_registry_evidence.py --documents ../shared/documents
"""

from __future__ import annotations

import argparse
import csv
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "corpora" / "registry" / "curation"

NUMBER = re.compile(
    r"(?<![\w/-])(\d{1,5}[a-z]?(?:/\d{4})?[/-][A-ZĐ][A-ZĐa-zđ0-9]*(?:[-/&][A-ZĐƯ][A-ZĐƯa-z0-9]*){0,6})(?![\w/-])"
)
DATE = re.compile(
    r"[\s,;]{0,3}ngày\s{1,2}(\d{1,2})\s{0,2}(?:tháng|[/.-])\s{0,2}(\d{1,2})\s{0,2}(?:năm|[/.-])\s{0,2}(\d{4})"
)
OWN_DATE = re.compile(r"ngày\s{1,2}(\d{1,2})\s{1,2}tháng\s{1,2}(\d{1,2})\s{1,2}năm\s{1,2}(\d{4})")
OWN_NUMBER = re.compile(r"Số:?\s{0,2}(\d{1,6}/[\w/-]{2,40})")
PLACE = re.compile(r"([\w. -]{3,30}),\s{0,2}\Z")
ADOPTED = re.compile(r"thông qua\s{1,2}ngày\s{1,2}(\d{1,2})\s{1,2}tháng\s{1,2}(\d{1,2})\s{1,2}năm\s{1,2}(\d{4})")
EFFECT = re.compile(
    r"(?:Luật|Bộ luật|Nghị định|Thông tư|Pháp lệnh) này có hiệu lực(?: thi hành)?(?: kể)? từ"
    r" ngày (\d{1,2})(?: tháng |/)(\d{1,2})(?: năm |/)(\d{4})"
)
OWN_FILE = re.compile(r"vbpl_(?P<serial>\d+)-(?P<year>\d{4})-(?P<symbol>qh\d+|n-cp|nd-cp)")
NAME = re.compile(
    r"((?:Bộ luật|Luật|Pháp lệnh)\s[^;:.()“”\"\n]{3,260}?)\s(?:năm\s\d{4}\s)?(?:số|số:)"
    r"\s(\d{1,3}/\d{4}/(?:PL-)?(?:UBTV)?QH\d{1,2})"
)
# "Luật số 21/2017/QH14, Luật" and "Luật Đầu tư và Luật Doanh nghiệp" are pieces of lists, not names.
PIECE_OF_LIST = re.compile(r"\d|,\s?luật$|\bvà luật\b")
LOCAL = re.compile(r"UBND|HĐND|/TU|-TU")
WITH_YEAR = re.compile(r"\d+[a-z]?/(\d{4})/")
HEAD = 1500
ENOUGH_DOCUMENTS = 2
MARGIN = 3
KEPT_BASIS_DAYS = 3
LATEST_START = 3
"""Years after its number's within which a law or decree takes effect; a later day is one quoted from elsewhere."""


@dataclass(slots=True)
class Findings:
    """What the documents print, counted by document."""

    dates: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    names: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    basis: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    own: dict[str, tuple[str, str, str]] = field(default_factory=dict)


def iso(match: re.Match[str]) -> str:
    """Write a matched date as an ISO string."""
    day, month, year = (int(part) for part in match.groups())
    return f"{year:04d}-{month:02d}-{day:02d}"


def clear_winner(counts: Counter[str]) -> tuple[str, int] | None:
    """Give the value at least two documents print and three times as many as print any other."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    value, count = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    return (value, count) if count >= ENOUGH_DOCUMENTS and count >= MARGIN * second else None


def read_document(path: Path, found: Findings) -> None:
    """Add what one document prints."""
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8", errors="replace")).replace("Ð", "Đ")
    dated = ((match.group(1), DATE.match(text, match.end())) for match in NUMBER.finditer(text))
    for number, date in {(number, iso(date)) for number, date in dated if date and not LOCAL.search(number)}:
        found.dates[number][date] += 1
    for name, number in {(" ".join(match.group(1).split()), match.group(2)) for match in NAME.finditer(text)}:
        start = max(name.rfind(" Luật "), name.rfind(" Bộ luật ")) if "sửa đổi" not in name.casefold() else -1
        found.names[number][name[start + 1 :]] += 1
    own = OWN_DATE.search(text[:HEAD]) if path.parent.name == "plans" else None
    if own:
        number = OWN_NUMBER.search(text[:HEAD])
        place = PLACE.search(text[: own.start()])
        named = f"{number.group(1)} ({place.group(1)})" if number and place else path.stem.rsplit("_", 1)[0]
        read_basis(text, iso(own), named, found)
    file = OWN_FILE.match(path.stem)
    if file:
        read_own_dates(text, file, path.name, found)


def read_basis(text: str, signed: str, stem: str, found: Findings) -> None:
    """Add the instruments a signed document rests on."""
    for line in text.split("\n"):
        if line.lstrip().startswith("Căn cứ"):
            for match in NUMBER.finditer(line):
                if not LOCAL.search(match.group(1)):
                    found.basis[match.group(1)].add((signed, stem))


def read_own_dates(text: str, file: re.Match[str], name: str, found: Findings) -> None:
    """Add the days a law or decree prints of itself; days its number excludes are quoted from elsewhere."""
    symbol = "NĐ-CP" if file["symbol"].endswith("-cp") else file["symbol"].upper()
    serial, year = int(file["serial"]), int(file["year"])
    number = f"{serial:02d}/{year}/{symbol}"
    adopted = [iso(match) for match in ADOPTED.finditer(text) if int(match.group(3)) == year]
    starts = [iso(match) for match in EFFECT.finditer(text)]
    adopted_on = adopted[-1] if len(set(adopted)) == 1 else ""
    start = starts[0] if len(set(starts)) == 1 and year <= int(starts[0][:4]) <= year + LATEST_START else ""
    if adopted_on or start:
        found.own[number] = (adopted_on, start, name)


def date_rows(found: Findings) -> Iterator[tuple[str | int, ...]]:
    """Give the dates to be kept; a number without a year names another document every year and keeps them all."""
    for number, counts in sorted(found.dates.items()):
        with_year = WITH_YEAR.match(number)
        winner = clear_winner(counts)
        if with_year and winner and winner[0][:4] == with_year[1]:
            yield number, *winner
        elif not with_year:
            yield from ((number, date, count) for date, count in sorted(counts.items()))


def name_rows(found: Findings) -> Iterator[tuple[str | int, ...]]:
    """Give the names to be kept, in the spelling most documents use."""
    for number, counts in sorted(found.names.items()):
        folded: Counter[str] = Counter()
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for name, count in counts.items():
            folded[name.casefold()] += count
            spellings[name.casefold()][name] += count
        winner = clear_winner(folded)
        if winner and not PIECE_OF_LIST.search(winner[0]):
            spelling = min(spellings[winner[0]].items(), key=lambda item: (-item[1], item[0]))[0]
            yield number, spelling, winner[1]


def basis_rows(found: Findings) -> Iterator[tuple[str | int, ...]]:
    """Give the latest days on which each instrument stood among the căn cứ lines."""
    for number, days in sorted(found.basis.items()):
        yield from ((number, date, stem) for date, stem in sorted(days)[-KEPT_BASIS_DAYS:])


def write(name: str, columns: tuple[str, ...], rows: Iterable[tuple[str | int, ...]]) -> None:
    """Write one table."""
    with (OUT / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def main() -> None:
    """Read the documents and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, required=True)
    folder: Path = parser.parse_args().documents
    found = Findings()
    for path in sorted(folder.glob("plans/*.txt")) + sorted(folder.glob("statutes/*.txt")):
        read_document(path, found)
    OUT.mkdir(parents=True, exist_ok=True)
    write("stated_dates.csv", ("number", "issued", "documents"), date_rows(found))
    write("stated_names.csv", ("number", "name", "documents"), name_rows(found))
    write("cited_as_basis.csv", ("number", "date", "document"), basis_rows(found))
    own = ((number, *dates) for number, dates in sorted(found.own.items()))
    write("own_dates.csv", ("number", "adopted", "effective", "file"), own)


if __name__ == "__main__":
    main()
