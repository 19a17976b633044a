"""Build ``corpora/registry`` from the legal facts and the curated decisions beside it.

The result depends on the inputs only: run twice, it writes the same bytes. Everything decided by a person stands in
``corpora/registry/curation`` (one table a kind of decision, each row with its reason); this script only applies it::

    python tools/build_registry.py --facts ../shared/facts
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from parcc_nlp.registry.identity import (
    assembly_term,
    assembly_years,
    canonical_issuer,
    implied_issuers,
    implied_type,
    instrument_id,
    is_local,
    legal_class,
    number_key,
    number_parts,
    plain,
)
from parcc_nlp.registry.parts import NO_PARTS, Parts, read_parts, write_parts
from parcc_nlp.text.canonical import canonical_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "corpora" / "registry"
CURATION = OUT / "curation"
RETRIEVED = "2026-11-23"
CODIFICATION = "Bộ pháp điển (bản sao 05/2026)"
OWN_TEXT = "chính văn bản"
DOCUMENTS = "ngày in trong văn bản khác"
IN_SERIES = re.compile(r"QH\d+|NĐ-CP|QĐ-TTg")
SLACK = 15
"""Days by which two neighbouring numbers may be out of order."""
FULL = 10
LATEST_START = 300
LATEST_START_OF_A_LAW = 1100
"""Days after signing beyond which a date of the codification is taken for a slip (52/2024/NĐ-CP: 2027 for 2024)."""
MIN_DOCUMENTS_FOR_IDENTITY = 3
MIN_DOCUMENTS_FOR_COLLISION = 2

INSTRUMENT_COLUMNS = (
    "id", "number", "doc_type", "legal_class", "title", "issuer", "issued", "effective", "expires",
    "perhaps_expires", "checked_on",
    "surveyed", "signed_from", "signed_to", "source", "field_sources", "retrieved", "confidence", "note",
)  # fmt: skip
RELATION_COLUMNS = (
    "source", "kind", "target", "parts", "effective", "not_before", "not_after", "clause", "exception", "evidence",
    "retrieved", "confidence",
)  # fmt: skip
ENDINGS = frozenset({"replaces", "repeals", "partially_repeals"})
CODIFICATION_KINDS = {
    "bổ sung": ("amends",),
    "sửa đổi": ("amends",),
    "sửa đổi, bổ sung": ("amends",),
    "sửa đổi, bổ sung một số điều": ("amends",),
    "bãi bỏ": ("partially_repeals",),
    "bãi bỏ theo quy định": ("partially_repeals",),
    "sửa đổi, bổ sung, bãi bỏ": ("amends", "partially_repeals"),
    "sửa đổi, bổ sung, bãi bỏ theo quy định": ("amends", "partially_repeals"),
}
BRACKETS = re.compile(r"\(([^()]*)\)")
BEFORE_ANNEX = re.compile(r"(?:,\s*|\s+và\s+)(?=Phụ lục)")
"""An annex beside an article stands for itself, except behind a unit of its own ("mục 9 Phụ lục số 01")."""
SHORT_CLAUSE = re.compile(r"\bk(?=\d)")
WORDS_AROUND = re.compile(r"bãi bỏ|sửa(?: đổi)?(?:, bổ sung)?|\bcác\b|\bvà\b|[\s,;.]+")
FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
USABLE_NUMBER = re.compile(r"\d{1,5}[a-zA-Z]?(?:/\d{4})?[-/][A-ZĐ][\wĐƯđ&.]*(?:[-/][A-ZĐƯ][\w&.]*)*")
PARAPHRASE = re.compile(r"^\(|^…|…$|\(tên |trích yếu chưa|chưa đọc|chưa xác nhận")
NOT_A_TITLE = re.compile(r"ngày \d")
EXCEPTION = re.compile(r"trừ\s(?P<what>[^()]+)")
REMARKED_TYPE = re.compile(r"^(?P<type>[^(]+?)\s*(?:\((?P<remark>[^)]*)\))?$")
UNNUMBERED = re.compile(r"\(([\w-]+) ngày (\d{1,2})/(\d{1,2})/(\d{4})\)")
LAW_TYPES = ("Bộ luật", "Luật", "Pháp lệnh", "Hiến pháp")
CONFIDENCE = {"verified": 0, "partial": 1, "unverified": 2}


@dataclass(frozen=True, slots=True)
class Row:
    """An instrument on its way into the registry; `sources` names where each field is from."""

    number: str | None
    doc_type: str | None = None
    title: str | None = None
    issuer: str | None = None
    issued: str | None = None
    effective: str | None = None
    expires: str | None = None
    perhaps_expires: str | None = None
    surveyed: bool = False
    source: str = ""
    confidence: str = "verified"
    note: str | None = None
    sources: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """Identity of the row."""
        return instrument_id(doc_type=self.doc_type, issuer=self.issuer, issued=self.issued, number=self.number)


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation on its way into the registry, its ends still rows of the instrument list (by position)."""

    source: int
    kind: str
    target: int
    effective: str | None = None
    not_before: str | None = None
    not_after: str | None = None
    clause: str | None = None
    exception: str | None = None
    evidence: str | None = None
    confidence: str = "verified"
    parts: Parts = NO_PARTS
    articles: int = 0


@dataclass(slots=True)
class Build:
    """The registry being built: rows, an index by number, edges, and what was found to disagree."""

    rows: list[Row] = field(default_factory=list)
    by_key: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    edges: list[Edge] = field(default_factory=list)
    disagreements: list[tuple[str, ...]] = field(default_factory=list)
    remembered: dict[int, str] = field(default_factory=dict)
    remembered_issued: dict[int, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    series: dict[tuple[int | None, str], list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: Row) -> int:
        """Append a row and index it."""
        self.rows.append(row)
        if row.number:
            self.by_key[number_key(row.number)].append(len(self.rows) - 1)
        return len(self.rows) - 1

    def neighbours(self, number: str) -> tuple[str | None, str | None]:
        """Give the signing dates of the nearest known numbers before and after one of its series and year.

        Laws, decrees and the Prime Minister's decisions are numbered as they are signed (1,081 of 1,085 neighbours in
        the data are in order); dates that other documents print are left out, for they are what is to be checked.
        """
        parts = number_parts(number)
        if not self.series:
            self.make_series()
        known = self.series.get((parts.year, parts.symbol), [])
        if not known or not parts.serial.isdigit():
            return None, None
        before = [issued for other, issued in known if other < int(parts.serial)]
        after = [issued for other, issued in known if other > int(parts.serial)]
        return (before[-1] if before else None), (after[0] if after else None)

    def make_series(self) -> None:
        """Sort what is dated by series, once: dates of other documents never enter."""
        for row in self.rows:
            if not row.number or len(row.issued or "") != FULL or dict(row.sources).get("issued") == DOCUMENTS:
                continue
            serial, year, symbol = number_parts(row.number)
            law = row.doc_type in LAW_TYPES or not symbol.startswith("QH")
            if year and law and IN_SERIES.fullmatch(symbol) and serial.isdigit():
                self.series[year, symbol].append((int(serial), row.issued or ""))
        for known in self.series.values():
            known.sort()

    def in_order(self, number: str, issued: str) -> bool:
        """Say whether a signing date fits between those of the neighbouring numbers."""
        before, after = self.neighbours(number)
        return (before is None or shifted(before, -SLACK) <= issued) and (
            after is None or issued <= shifted(after, SLACK)
        )

    def disagree(  # noqa: PLR0913, PLR0917 - one argument a column
        self, number: str, what: str, kept: str | None, kept_from: str, other: str, other_from: str
    ) -> None:
        """Keep a disagreement between sources visible."""
        self.disagreements.append((number, what, kept or "", kept_from, other, other_from))


def shifted(day: str, days: int) -> str:
    """Move a day."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def read(path: Path) -> list[dict[str, str]]:
    """Read a CSV file as a list of mappings, cells stripped."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {key: " ".join(value.replace("\xa0", " ").split()) for key, value in row.items()}
            for row in csv.DictReader(file)
        ]


def reworded(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Name sources as this project names them (curation/source_wording.csv)."""
    with (CURATION / "source_wording.csv").open(encoding="utf-8", newline="") as file:
        wording = [(re.compile(row["pattern"]), row["replacement"]) for row in csv.DictReader(file)]
    for row in rows:
        for column in {"source", "evidence", "note", "clause"} & set(row):
            for pattern, replacement in wording:
                row[column] = pattern.sub(replacement, row[column])
    return rows


def law_title(doc_type: str | None, title: str | None) -> str | None:
    """Give a law its full title: "An ninh mạng" is "Luật An ninh mạng"."""
    if not title:
        return None
    title = plain(title).rstrip(" .;")
    if title.isupper():
        title = title[0] + title[1:].lower()
    if doc_type not in LAW_TYPES:
        return title
    bare = next(
        (title[len(kind) :].strip() for kind in LAW_TYPES if title.casefold().startswith(kind.casefold())), title
    )
    if bare.casefold().startswith("sửa đổi"):
        bare = bare[0].lower() + bare[1:]
    elif title != bare or doc_type in LAW_TYPES:
        bare = bare[0].upper() + bare[1:]
    return f"{doc_type} {bare}"


def known_issuer(number: str | None, written: str | None) -> str | None:
    """Prefer the issuer the symbol names; a local body and a Party body are named by the source only."""
    allowed = implied_issuers(number) if number else ()
    if len(allowed) == 1 and not is_local(number or ""):
        return allowed[0]
    return canonical_issuer(written) if written else None


def surveyed_rows(build: Build, facts: Path) -> None:
    """Take in instruments.csv, with every remembered field set to null (curation/field_overrides.csv)."""
    overrides: dict[str, list[dict[str, str]]] = defaultdict(list)
    for override in read(CURATION / "field_overrides.csv"):
        overrides[override["number"]].append(override)
    used: set[str] = set()
    for raw in reworded(read(facts / "instruments.csv")):
        number = canonical_number(raw["so_hieu"])
        typed = REMARKED_TYPE.match(raw["type"])
        doc_type = typed["type"] if typed else raw["type"]
        values: dict[str, str | None] = {
            "title": raw["title"] or None,
            "issued": raw["signed"] or None,
            "effective": raw["effective"] or None,
            "expires": raw["expiry"] or None,
        }
        note = raw["note"]
        for override in overrides.get(raw["so_hieu"], ()):
            used.add(raw["so_hieu"])
            if override["action"] == "null" and override["field"] in {"issued", "effective"}:
                build.counts["remembered fields set to null"] += 1
            values[override["field"]] = override["value"] or None
        if values["title"] and PARAPHRASE.search(values["title"]):
            note = f"Nội dung: {values['title'].strip('()… ')}. {note}".strip()
            values["title"] = None
        position = build.add(
            Row(
                number=number,
                doc_type=doc_type,
                title=law_title(doc_type, values["title"]),
                issuer=known_issuer(number, raw["issuer"]),
                issued=values["issued"],
                effective=values["effective"],
                expires=values["expires"],
                perhaps_expires=raw["expiry"] or None,
                surveyed=True,
                source=raw["source"],
                confidence=raw["confidence"],
                note=note or None,
                sources=tuple((name, "facts") for name in sorted(values) if values[name]),
            )
        )
        if raw["effective"] and values["effective"] is None:
            build.remembered[position] = raw["effective"]
        if raw["signed"] and values["issued"] is None:
            build.remembered_issued[position] = raw["signed"]
        build.counts["instruments.csv"] += 1
    if unknown := set(overrides) - used:
        message = f"field_overrides.csv names numbers that instruments.csv lacks: {sorted(unknown)}"
        raise SystemExit(message)


def codified(raw: dict[str, str], build: Build) -> Row | None:
    """Read one row of the codification; None where its number identifies nothing."""
    number = canonical_number(raw["so_hieu"])
    if not USABLE_NUMBER.fullmatch(number) or number.endswith(("-", "/")):
        build.disagree(raw["so_hieu"], "number", None, "", raw["so_hieu"], CODIFICATION + ": số không đủ để nhận dạng")
        build.counts["codification rows without a usable number"] += 1
        return None
    issued, effective = raw["ngay_ban_hanh"] or None, raw["ngay_hieu_luc"] or None
    year = number_parts(number).year
    if issued and year and int(issued[:4]) != year:
        build.disagree(number, "issued", None, "", issued, CODIFICATION + ": khác năm trong số")
        issued = None
    if issued and effective and effective < issued:
        build.disagree(number, "effective", None, "", effective, CODIFICATION + ": trước ngày ban hành")
        effective = None
    limit = LATEST_START_OF_A_LAW if raw["loai"] in LAW_TYPES else LATEST_START
    if issued and effective and effective > shifted(issued, limit):
        build.disagree(number, "effective", None, "", effective, CODIFICATION + ": quá xa ngày ban hành")
        effective = None
    doc_type = raw["loai"] or implied_type(number)
    title = "" if NOT_A_TITLE.match(raw["ten"]) else raw["ten"]
    values = {"title": title, "issued": issued, "effective": effective}
    return Row(
        number=number,
        doc_type=doc_type,
        title=law_title(doc_type, title),
        issuer=known_issuer(number, raw["co_quan_ban_hanh"]),
        issued=issued,
        effective=effective,
        source=CODIFICATION,
        sources=tuple((name, CODIFICATION) for name in sorted(values) if values[name]),
    )


def merged(known: Row, other: Row, build: Build, position: int) -> Row:
    """Fill the gaps of a surveyed row from the codification, and keep visible where the two disagree."""
    filled: dict[str, str] = {}
    sources = dict(known.sources)
    for name in ("title", "issued", "effective"):
        mine, theirs = getattr(known, name), getattr(other, name)
        if not theirs:
            continue
        if mine is None:
            if name == "effective" and position not in build.remembered and known.note is None:
                # The two sources disagreed and a person left the field empty (field_overrides.csv).
                continue
            filled[name] = theirs
            sources[name] = CODIFICATION
        elif name != "title" and mine != theirs and not theirs.startswith(mine):
            build.disagree(known.number or "", name, mine, known.source, theirs, CODIFICATION)
        elif name != "title" and len(theirs) > len(mine):
            filled[name] = theirs
            sources[name] = CODIFICATION
    return replace(known, **filled, sources=tuple(sorted(sources.items())))


def codification_rows(build: Build, facts: Path) -> None:
    """Take in the codification's list: identity, names, signing and effective dates; nothing on validity."""
    undecided = {
        (row["number"], row["field"])
        for row in read(CURATION / "field_overrides.csv")
        if row["action"] == "null" and "codification" in row["reason"]
    }
    corrections = {row["number"]: row for row in read(CURATION / "codification_corrections.csv")}
    for raw in read(facts / "codification_documents.csv"):
        build.counts["codification_documents.csv"] += 1
        if correction := corrections.get(raw["so_hieu"]):
            raw[correction["column"]] = correction["value"]
        row = codified(raw, build)
        if row is None:
            continue
        for name in ("issued", "effective"):
            if (row.number, name) in undecided:
                build.disagree(row.number or "", name, None, "", getattr(row, name) or "", CODIFICATION)
                row = replace(row, **{name: None})
        known = [at for at in build.by_key[number_key(row.number or "")] if build.rows[at].doc_type == row.doc_type]
        if known:
            build.rows[known[0]] = merged(build.rows[known[0]], row, build, known[0])
        else:
            build.add(row)


def curated_rows(build: Build) -> None:
    """Add the documents that only the notes of the facts speak of: others of the same number, and names."""
    for raw in read(CURATION / "added_instruments.csv"):
        build.add(
            Row(
                number=canonical_number(raw["number"]),
                doc_type=raw["doc_type"],
                title=raw["title"] or None,
                issuer=raw["issuer"],
                issued=raw["issued"],
                source=raw["source"],
                confidence=raw["confidence"],
                note=raw["note"],
                sources=(("issued", "curation"),),
            )
        )
    for raw in read(CURATION / "added_names.csv"):
        (at,) = build.by_key[number_key(raw["number"])]
        row = build.rows[at]
        sources = {**dict(row.sources), "title": raw["source"]}
        build.rows[at] = replace(
            row, doc_type=raw["doc_type"], title=raw["name"], sources=tuple(sorted(sources.items()))
        )


def own_dates(build: Build) -> None:
    """Fill the dates nobody else gives from what a law or decree prints of itself; list where they differ."""
    undecided = {
        (row["number"], row["field"]) for row in read(CURATION / "field_overrides.csv") if "codif" in row["reason"]
    }
    for raw in read(CURATION / "own_dates.csv"):
        at = build.by_key.get(number_key(raw["number"]), [])
        if len(at) != 1:
            continue
        for name, printed in (("issued", raw["adopted"]), ("effective", raw["effective"])):
            row = build.rows[at[0]]
            known = getattr(row, name)
            if not printed or (raw["number"], name) in undecided or known == printed:
                continue
            if known and not printed.startswith(known):
                build.disagree(row.number or "", name, known, dict(row.sources).get(name, ""), printed, OWN_TEXT)
                continue
            sources = {**dict(row.sources), name: OWN_TEXT}
            build.rows[at[0]] = replace(row, **{name: printed}, sources=tuple(sorted(sources.items())))
            build.counts["dates read in the instrument's own text"] += 1


def documented_rows(build: Build) -> None:
    """Confirm remembered signing dates by the dates other documents print, and add what only documents name."""
    stated: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for raw in read(CURATION / "stated_dates.csv"):
        stated[raw["number"]].append((raw["issued"], int(raw["documents"])))
    for number, dates in sorted(stated.items()):
        for issued, documents in dates:
            place_date(build, number, issued, documents)


def place_date(build: Build, number: str, issued: str, documents: int) -> None:
    """Put a printed signing date where it belongs: to a row that lacks it, to a new row, or among the disagreements."""
    at = build.by_key.get(number_key(number), [])
    source = f"{DOCUMENTS} ({documents} văn bản)"
    if any(build.rows[position].issued == issued for position in at):
        return
    if number_parts(number).year is None:
        # Another document every year: a date completes a row only where the facts remember that very date.
        remembered = [position for position in at if build.remembered_issued.get(position) == issued]
        if remembered:
            date_row(build, remembered[0], issued, source)
        elif at and documents >= MIN_DOCUMENTS_FOR_COLLISION:
            build.add(_documented(number, issued, source))
        return
    of_the_series = "/QH" not in number or any(build.rows[position].doc_type in LAW_TYPES for position in at)
    if of_the_series and not build.in_order(number, issued):
        build.disagree(number, "issued", None, "", issued, source + ": trái thứ tự số")
        return
    coarse = [p for p in at if issued.startswith(build.rows[p].issued or "") or not build.rows[p].issued]
    if len(at) == 1 and coarse:
        date_row(build, coarse[0], issued, source)
    elif at:
        build.disagree(number, "issued", build.rows[at[0]].issued, build.rows[at[0]].source, issued, source)
    elif documents >= MIN_DOCUMENTS_FOR_IDENTITY:
        build.add(_documented(number, issued, source))


def _documented(number: str, issued: str, source: str) -> Row:
    build_type = implied_type(number)
    return Row(
        number=number,
        doc_type=build_type,
        issuer=known_issuer(number, None),
        issued=issued,
        source=source,
        confidence="partial",
        sources=(("issued", DOCUMENTS),),
    )


def date_row(build: Build, position: int, issued: str, source: str) -> None:
    """Give a row the signing date that documents print."""
    row = build.rows[position]
    # An identity that was only remembered and is printed in documents is no longer a mere memory.
    confidence = "partial" if row.confidence == "unverified" else row.confidence
    sources = {**dict(row.sources), "issued": DOCUMENTS}
    build.rows[position] = replace(
        row,
        issued=issued,
        confidence=confidence,
        source=f"{row.source}; {source}" if row.source else source,
        sources=tuple(sorted(sources.items())),
    )
    build.counts["signing dates confirmed by documents"] += 1


def named_rows(build: Build) -> None:
    """Name laws and ordinances by the name documents print before their number."""
    for raw in read(CURATION / "stated_names.csv"):
        number, name, documents = canonical_number(raw["number"]), raw["name"], int(raw["documents"])
        doc_type = next((kind for kind in LAW_TYPES if name.startswith(kind + " ")), None)
        term, year = assembly_term(number), number_parts(number).year
        years = assembly_years(term) if term else None
        if doc_type is None or "Luật này" in name or (years and year and not years[0] <= year <= years[1]):
            continue
        source = f"tên in trong văn bản khác ({documents} văn bản)"
        at = [p for p in build.by_key.get(number_key(number), []) if build.rows[p].doc_type in (doc_type, None)]
        if at and build.rows[at[0]].title is None:
            row = build.rows[at[0]]
            build.rows[at[0]] = replace(
                row,
                doc_type=doc_type,
                title=law_title(doc_type, name),
                source=f"{row.source}; {source}" if row.source else source,
                sources=tuple(sorted({**dict(row.sources), "title": source}.items())),
            )
        elif not build.by_key.get(number_key(number)) and documents >= MIN_DOCUMENTS_FOR_IDENTITY:
            build.add(
                Row(
                    number=number,
                    doc_type=doc_type,
                    title=law_title(doc_type, name),
                    issuer=known_issuer(number, None),
                    source=source,
                    confidence="partial",
                    sources=(("title", source),),
                )
            )


def end_of(build: Build, number: str) -> int:
    """Give the row a relation means by a number, adding a bare one where no list has it."""
    if unnumbered := UNNUMBERED.fullmatch(number):
        symbol, day, month, year = unnumbered.groups()
        wanted = Row(
            number=None,
            doc_type=implied_type(f"0/{symbol}"),
            issuer=known_issuer(f"0/{symbol}", None),
            issued=f"{year}-{int(month):02d}-{int(day):02d}",
            source="bảng quan hệ giữa các văn bản",
            confidence="partial",
            note="Số chưa rõ.",
        )
        found = (position for position, row in enumerate(build.rows) if row.id == wanted.id)
        position = next(found, None)
        return build.add(wanted) if position is None else position
    canonical = canonical_number(number)
    at = build.by_key.get(number_key(canonical), [])
    if at:
        # Of several documents of one number, relations.csv means the one that instruments.csv describes.
        surveyed = [position for position in at if build.rows[position].surveyed] or at
        return surveyed[0]
    return build.add(
        Row(
            number=canonical,
            doc_type=implied_type(canonical),
            issuer=known_issuer(canonical, None),
            source="bảng quan hệ giữa các văn bản",
            confidence="partial",
        )
    )


def provisions_in(clause: str | None, kind: str) -> Parts:
    """Read the provisions of the target out of a clause: those in brackets, where nothing else stands in them.

    "khoản 3 Điều 13 (Điều 6, 12; k4, 5, 6 Điều 35)" is clause 3 of the acting text; in brackets is what it repeals.
    What an amendment touches is listed in the facts as far as somebody read it, so that its list is never complete.
    """
    from parcc_nlp.extract.citations.provisions import find_provisions

    if kind not in {"partially_repeals", "amends"}:
        return NO_PARTS
    found = []
    for group in BRACKETS.findall(clause or ""):
        if "sửa" in group and not group.startswith("sửa"):
            # "(khoản 2, sửa Phụ lục số 01)" begins with a clause of the acting text.
            continue
        read_ = []
        for item in BEFORE_ANNEX.sub("; ", group).split(";"):
            text = SHORT_CLAUSE.sub("khoản ", item.replace("–", "-"))
            phrases = list(find_provisions(text, text.lower()))
            rest = text
            for phrase in reversed(phrases):
                rest = rest[: phrase.start] + rest[phrase.end :]
            if not phrases or WORDS_AROUND.sub("", rest):
                break
            read_ += [pinpoint for phrase in phrases for pinpoint in phrase.pinpoints]
        else:
            found += read_
    return Parts(whole=tuple(found), more=bool(found) and kind == "amends")


def curated_parts() -> dict[tuple[str, str, str], Parts]:
    """Read the provisions a person read out of clauses and texts (curation/relation_parts.csv)."""
    result = {}
    for row in read(CURATION / "relation_parts.csv"):
        parts = read_parts(row["parts"])
        if parts is None:
            message = f"relation_parts.csv: {row['parts']} is no list of provisions"
            raise SystemExit(message)
        result[row["source"], row["kind"], row["target"]] = parts
    return result


def related_rows(build: Build, facts: Path) -> None:
    """Take in relations.csv with curated corrections, and what documents add to the rows it names."""
    overrides: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for row in read(CURATION / "relation_overrides.csv"):
        overrides[row["source"], row["kind"], row["target"]][row["field"]] = row["value"]
    used: set[tuple[str, str, str]] = set()
    by_hand = curated_parts()
    added = [
        {
            "source_doc": row["source"],
            "relation": row["kind"],
            "target_doc": row["target"],
            "effective_date": row["effective"],
            "clause": row["clause"],
            "evidence": row["evidence"],
            "confidence": row["confidence"],
        }
        for row in read(CURATION / "added_relations.csv")
    ]
    for raw in reworded(read(facts / "relations.csv") + added):
        build.counts["relations.csv"] += 1
        key = raw["source_doc"], raw["relation"], raw["target_doc"]
        changes = overrides.get(key, {})
        used.add(key)
        effective = raw["effective_date"] or None
        not_before: str | None = None
        if effective and not FULL_DATE.fullmatch(effective):
            effective, not_before = None, f"{effective}-01-01"[:10]
        clause = raw["clause"] or None
        exception = EXCEPTION.search(clause) if clause and raw["relation"] in {"replaces", "repeals"} else None
        edge = Edge(
            source=end_of(build, raw["source_doc"]),
            kind=raw["relation"],
            target=end_of(build, raw["target_doc"]),
            effective=effective,
            not_before=not_before,
            clause=clause,
            exception=exception["what"].strip() if exception else None,
            evidence=raw["evidence"] or None,
            confidence=raw["confidence"],
            parts=by_hand.get(key, provisions_in(raw["clause"], raw["relation"])),
        )
        edge = replace(edge, **{name: value or None for name, value in changes.items()})
        remembered = edge.confidence == "verified" and edge.kind in {"amends", *ENDINGS}
        if (
            remembered
            and edge.effective
            and edge.effective == build.remembered.get(edge.source) != build.rows[edge.source].effective
        ):
            build.disagree(
                raw["source_doc"], f"{edge.kind} {raw['target_doc']}", None, "", edge.effective,
                "relations.csv: ngày suy từ ngày hiệu lực chỉ nhớ lại của văn bản",
            )  # fmt: skip
            edge = replace(edge, effective=None)
        build.edges.append(edge)
    if unknown := set(by_hand) - used:
        message = f"relation_parts.csv names relations that relations.csv lacks: {sorted(unknown)}"
        raise SystemExit(message)
    if unknown := set(overrides) - used:
        message = f"relation_overrides.csv names relations that relations.csv lacks: {sorted(unknown)}"
        raise SystemExit(message)


def codification_edges(build: Build, facts: Path) -> Iterator[Edge]:
    """Read the amendments printed in the codification's notes."""
    for raw in read(facts / "codification_amendments.csv"):
        build.counts["codification_amendments.csv"] += 1
        source, target = raw["amending_so_hieu"], raw["amended_so_hieu"]
        kinds = CODIFICATION_KINDS.get(raw["relation"])
        usable = all(USABLE_NUMBER.fullmatch(canonical_number(number)) for number in (source, target))
        if kinds is None or not usable:
            why = "số không đủ để nhận dạng" if kinds else "ngưng hiệu lực từng điều, không phải cả văn bản"
            build.disagree(source, raw["relation"], None, "", target, f"{CODIFICATION}: {why}")
            continue
        years = [number_parts(canonical_number(number)).year for number in (source, target)]
        if years[0] and years[1] and years[0] < years[1]:
            build.disagree(source, raw["relation"], None, "", target, CODIFICATION + ": văn bản sửa đổi cũ hơn")
            continue
        effective = raw["effective_date"] or None
        amending = build.rows[end_of(build, source)].issued
        if effective and amending and len(amending) == FULL and effective < amending:
            build.disagree(
                source, raw["relation"] + " " + target, None, "", effective, f"{CODIFICATION}: trước ngày ban hành"
            )
            effective = None
        for kind in kinds:
            yield Edge(
                source=end_of(build, source),
                kind=kind,
                target=end_of(build, target),
                effective=effective,
                clause=f"{raw['relation'].removesuffix(' theo quy định')} {raw['n_articles']} điều",
                evidence=CODIFICATION,
                articles=int(raw["n_articles"] or 0),
            )


def joined_clause(edges: list[Edge]) -> str | None:
    """Join the clauses of rows that state one thing; the codification's counts stand only where no clause was read."""
    read_ = [edge.clause for edge in edges if edge.clause and edge.evidence != CODIFICATION]
    return "; ".join(dict.fromkeys(read_ or [edge.clause for edge in edges if edge.clause])) or None


def joined_parts(edges: list[Edge]) -> Parts:
    """Join the provisions of rows that state one thing; the list is not complete where one row counts more articles."""
    whole = tuple(dict.fromkeys(part for edge in edges for part in edge.parts.whole))
    some = tuple(dict.fromkeys(part for edge in edges for part in edge.parts.some))
    kept = tuple(dict.fromkeys(part for edge in edges for part in edge.parts.kept))
    if not whole and not some:
        return Parts(kept=kept)
    articles = {part.dieu for part in whole + some if part.dieu}
    more = any(edge.parts.more for edge in edges) or max(edge.articles for edge in edges) > len(articles)
    return Parts(whole, some, more, kept)


def joined(edges: Iterable[Edge]) -> list[Edge]:
    """Make one of the rows that state one thing: the better-founded wins, clauses and evidence are joined."""
    groups: dict[tuple[int, str, int], list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[edge.source, edge.kind, edge.target].append(edge)
    result: list[Edge] = []
    for group in groups.values():
        best = min(CONFIDENCE[edge.confidence] for edge in group)
        dated: dict[str | None, list[Edge]] = defaultdict(list)
        for edge in group:
            if CONFIDENCE[edge.confidence] == best:
                dated[edge.effective].append(edge)
        if len(dated) > 1 and None in dated:
            first = min(date for date in dated if date)
            dated[first] += dated.pop(None)
        for effective, same in dated.items():
            head = same[0]
            result.append(
                replace(
                    head,
                    effective=effective,
                    parts=joined_parts(same),
                    clause=joined_clause(same),
                    exception=next((edge.exception for edge in same if edge.exception), None),
                    evidence="; ".join(dict.fromkeys(edge.evidence for edge in same if edge.evidence)) or None,
                )
            )
    return result


def settle(build: Build) -> tuple[list[Edge], list[Edge]]:
    """Part facts from leads, apply moved effective dates, and let `expires` follow from the facts alone."""
    edges = joined(build.edges)
    leads = [
        edge
        for edge in edges
        if edge.confidence == "unverified" or (edge.confidence == "partial" and edge.kind in ENDINGS)
    ]
    facts = [edge for edge in edges if edge not in leads]
    for edge in facts:
        if edge.kind == "date_shift":
            row = build.rows[edge.target]
            if row.effective != edge.effective:
                build.disagree(
                    row.number or "", "effective", edge.effective, "date_shift", row.effective or "", row.source
                )
            sources = {**dict(row.sources), "effective": build.rows[edge.source].number or ""}
            build.rows[edge.target] = replace(row, effective=edge.effective, sources=tuple(sorted(sources.items())))
    ended: dict[int, str] = {}
    for edge in facts:
        if edge.kind in {"replaces", "repeals"} and edge.effective:
            ended[edge.target] = min(edge.effective, ended.get(edge.target, edge.effective))
    for at, row in enumerate(build.rows):
        stated = ended.get(at)
        if row.expires and stated and row.expires != stated:
            build.disagree(row.number or "", "expires", stated, "relations.csv", row.expires, row.source)
        final = stated or row.expires
        build.rows[at] = replace(row, expires=final, perhaps_expires=None if final else row.perhaps_expires)
    return facts, leads


def in_force_rows(build: Build) -> list[tuple[str, str, str, str, str]]:
    """List the days on which a source shows an instrument in force: statements, and căn cứ lines of two documents."""
    result: list[tuple[str, str, str, str, str]] = []
    for raw in reworded(read(CURATION / "in_force_statements.csv")):
        row = build.rows[end_of(build, raw["number"])]
        result.append((row.id, raw["date"], "statement", raw["source"], raw["quote"]))
    cited: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for raw in read(CURATION / "cited_as_basis.csv"):
        cited[raw["number"]].append((raw["date"], raw["document"]))
    for number, days in sorted(cited.items()):
        at = build.by_key.get(number_key(number), [])
        if len(days) < MIN_DOCUMENTS_FOR_COLLISION or len(at) != 1 or number_parts(number).year is None:
            continue
        # One document may err: the day is the latest on which at least two had been signed.
        (_, last), (day, before) = sorted(days, reverse=True)[:2]
        result.append(
            (build.rows[at[0]].id, day, "basis", f"{before}; {last}", "nêu trong phần căn cứ của hai văn bản")
        )
    return sorted(result)


def only_bearer(build: Build, ids: list[str], number: str) -> str:
    """Give the id of the instrument that alone bears a number; nothing where several or none do."""
    at = build.by_key.get(number_key(canonical_number(number)), [])
    return ids[at[0]] if len(at) == 1 else ""


def signed_between(build: Build, row: Row) -> tuple[str | None, str | None]:
    """Bound the signing date nobody gives by those of the neighbouring numbers of its series."""
    lawlike = row.doc_type in LAW_TYPES or not (row.number and "/QH" in row.number)
    if row.number is None or len(row.issued or "") == FULL or not lawlike:
        return None, None
    before, after = build.neighbours(row.number)
    first, last = before and shifted(before, -SLACK), after and shifted(after, SLACK)
    year = number_parts(row.number).year
    first = max(first, f"{year}-01-01") if first else None
    last = min(last, f"{year}-12-31") if last else None
    return (first, last) if not (first and last) or first <= last else (None, None)


def write(name: str, columns: Iterable[str], rows: Iterable[Iterable[str | None]]) -> bytes:
    """Write one CSV file and give its bytes."""
    path = OUT / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return path.read_bytes()


def main() -> None:
    """Build every file of the registry and its manifest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=Path, required=True)
    facts_folder: Path = parser.parse_args().facts
    build = Build()
    surveyed_rows(build, facts_folder)
    codification_rows(build, facts_folder)
    related_rows(build, facts_folder)
    build.edges.extend(codification_edges(build, facts_folder))
    curated_rows(build)
    own_dates(build)
    named_rows(build)
    documented_rows(build)
    facts, leads = settle(build)
    living = [(*row, RETRIEVED) for row in in_force_rows(build)]
    checked = {identity: day for identity, day, kind, *_ in living if kind == "statement"}
    ids = [row.id for row in build.rows]
    if repeated := [name for name, count in Counter(ids).items() if count > 1]:
        message = f"one identity twice: {repeated}"
        raise SystemExit(message)

    def relation_row(edge: Edge) -> tuple[str | None, ...]:
        return (
            ids[edge.source], edge.kind, ids[edge.target], write_parts(edge.parts), edge.effective, edge.not_before,
            edge.not_after, edge.clause, edge.exception, edge.evidence, RETRIEVED, edge.confidence,
        )  # fmt: skip

    def order(edge: Edge) -> tuple[str, ...]:
        return ids[edge.target], edge.effective or "", edge.kind, ids[edge.source], edge.clause or ""

    content = {
        "instruments.csv": write(
            "instruments.csv",
            INSTRUMENT_COLUMNS,
            sorted(
                (
                    row.id, row.number, row.doc_type, legal_class(row.number, row.doc_type), row.title, row.issuer,
                    row.issued, row.effective, row.expires, row.perhaps_expires,
                    checked.get(row.id), "1" if row.surveyed else "0",
                    *signed_between(build, row),
                    row.source, "; ".join(f"{name}: {source}" for name, source in row.sources), RETRIEVED,
                    row.confidence, row.note,
                )
                for row in build.rows
            ),
        ),
        "relations.csv": write("relations.csv", RELATION_COLUMNS, map(relation_row, sorted(facts, key=order))),
        "leads.csv": write("leads.csv", RELATION_COLUMNS, map(relation_row, sorted(leads, key=order))),
        "in_force.csv": write("in_force.csv", ("instrument", "date", "kind", "source", "quote", "retrieved"), living),
        "disagreements.csv": write(
            "disagreements.csv",
            ("instrument", "number", "field", "kept", "kept_from", "other", "other_from"),
            sorted((only_bearer(build, ids, row[0]), *row) for row in build.disagreements),
        ),
        "reorganisation.csv": write(
            "reorganisation.csv",
            ("level", "old_name", "change", "new_name", "effective", "legal_source", "evidence", "retrieved",
             "confidence", "note"),
            (
                (row["level"], row["old_name"], row["change"], row["new_name"], row["effective_date"],
                 row["legal_source"], row["evidence"], RETRIEVED, row["confidence"], row["note"])
                for row in reworded(read(facts_folder / "reorganisation.csv"))
            ),
        ),
    }  # fmt: skip
    digest = hashlib.sha256(b"".join(content[name] for name in sorted(content))).hexdigest()
    manifest = {
        "version": f"{RETRIEVED}+{digest[:8]}",
        "date": RETRIEVED,
        "sha256": digest,
        "files": {name: hashlib.sha256(content[name]).hexdigest() for name in sorted(content)},
        "rows": {name: content[name].count(b"\n") - 1 for name in sorted(content)},
        "sources": dict(sorted(build.counts.items())),
    }
    (OUT / "MANIFEST.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(manifest["version"], manifest["rows"])


if __name__ == "__main__":
    main()
