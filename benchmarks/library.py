"""The library of an office at scale: what searching and asking cost with a hundred thousand documents in SQLite.

The library is made once and kept where it was made (`python -m benchmarks.library FOLDER [DOCUMENTS]`): filling it
takes longer than measuring it. It is filled table by table with the rows that `record` writes; what `record` itself
costs is measured on top of the filled library, because what a document costs must not grow with those that are there.
"""

import hashlib
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from benchmarks.library_documents import SEED, TODAY, made
from benchmarks.timing import Row, at_most, best_seconds
from parcc_nlp.library import Library, open_library
from parcc_nlp.library.examining import Examined
from parcc_nlp.library.packing import Packet, pack
from parcc_nlp.library.recording import Arrival, record
from parcc_nlp.library.schema import (
    DOCUMENT,
    EDGE,
    FINDING,
    FINDING_EVENT,
    INSTRUMENT,
    ORIGINAL,
    RENDITION,
    VERSION,
)
from parcc_nlp.library.text_index import put_words, words_of
from parcc_nlp.registry.identity import number_key

DOCUMENTS = 100_000
AT = "2026-11-23T08:00:00.000000Z"
BATCH = 500
RUNS = 3
SEARCHES = {
    "common words": ("uy ban nhan dan", "ke hoach cua tinh", "thuc hien nhiem vu"),
    "common phrases": ('"uỷ ban nhân dân"', '"thủ tục hành chính"', '"một cửa"'),
    "rare phrases of common words": ('"nhân dân hành chính"', '"cửa tỉnh thực hiện"', '"kế hoạch thời gian"'),
    "numbers of instruments": ("61/2018/NĐ-CP", "45/2020/NĐ-CP", "30/2020/NĐ-CP"),
}
BANDS = ((1, 10), (11, 100), (101, 500), (501, 5_000), (5_001, DOCUMENTS))
TYPICAL = 500
ASKED = 12
"""How many instruments of a band are asked for, which asks for those that more documents name three times."""


def packets(count: int) -> Iterator[Packet]:
    """Make documents in one process and pack them in another."""
    documents = made(count)
    with ProcessPoolExecutor(1) as packing:
        waiting = [packing.submit(_packed, list(islice(documents, 50))) for _ in range(4)]
        while waiting:
            done = waiting.pop(0).result()
            if done:
                waiting.append(packing.submit(_packed, list(islice(documents, 50))))
            yield from done


def _packed(examined: Sequence[Examined]) -> list[Packet]:
    return [pack(one, registry="2026-11-23") for one in examined]


def fill(library: Library, count: int) -> None:
    """Fill an empty library."""
    ids: dict[str, int] = {}
    coming = packets(count)
    written = 0
    while batch := list(islice(coming, BATCH)):
        with library.writing() as connection:
            _write(connection, batch, written, ids)
        written += len(batch)
        if written % 5_000 == 0:
            print(f"{written:,} documents", flush=True)


def _write(connection: Connection, batch: Sequence[Packet], before: int, ids: dict[str, int]) -> None:
    rows: dict[object, list[dict[str, object]]] = {
        table: [] for table in (ORIGINAL, DOCUMENT, VERSION, RENDITION, INSTRUMENT, EDGE, FINDING, FINDING_EVENT)
    }
    for own, one in enumerate(batch, before + 1):
        said = one.metadata
        sha256 = hashlib.sha256(str(own).encode()).hexdigest()
        rows[ORIGINAL].append({"sha256": sha256, "size": one.characters, "stored_at": AT})
        rows[DOCUMENT].append(
            {
                "id": own, "identity": one.identity, "doc_type": said.doc_type, "number": said.number,
                "number_key": number_key(said.number or ""), "issuer": said.issuer, "issued": said.issued,
                "title": said.title, "draft": one.draft, "state": "active", "version_id": own, "versions": 1,
                "added_at": AT, "changed_at": AT, "reviewed_on": TODAY,
            }
        )  # fmt: skip
        rows[VERSION].append(
            {
                "id": own, "document_id": own, "ordinal": 1, "text_sha256": one.text_sha256,
                "media_type": one.media_type, "characters": one.characters,
                "extraction": one.extraction, "unlearnable": one.unlearnable,
                "learned_at": AT, "program": "0", "registry": one.registry, "added_at": AT,
            }
        )  # fmt: skip
        rows[RENDITION].append({"sha256": sha256, "version_id": own, "name": f"{own}.docx", "added_at": AT})
        for instrument in one.instruments:
            if instrument.key not in ids:
                ids[instrument.key] = len(ids) + 1
                told = {"label": instrument.label, "properties": instrument.properties}
                keys = {"key": instrument.key, "number_key": instrument.number_key}
                rows[INSTRUMENT].append({"id": ids[instrument.key], **keys, **told})
        rows[EDGE] += [
            {
                "document_id": own, "source": ids[edge.source], "kind": edge.kind, "target": ids[edge.target],
                "unit": edge.unit, "since": edge.since, "until": edge.until, "properties": edge.properties,
            }
            for edge in one.edges
        ]  # fmt: skip
        for found in one.findings:
            finding = own * 10 + len(rows[FINDING]) % 10
            rows[FINDING].append(
                {
                    "document_id": own, "version_id": own, "fingerprint": found.fingerprint, "rule": found.rule,
                    "severity": found.severity, "instrument": found.instrument, "state": "open", "by_review": True,
                    "value": found.value, "first_seen": TODAY, "last_seen": TODAY, "id": finding,
                }
            )  # fmt: skip
            rows[FINDING_EVENT].append({"finding_id": finding, "at": AT, "state": "open"})
    for table, values in rows.items():
        if values:
            connection.execute(insert(table), values)
    for own, one in enumerate(batch, before + 1):
        put_words(connection, own, one.indexed)


def searching(library: Library) -> Iterator[Row]:
    """Search for what officers search for; what is rare and what is a phrase is drawn from the texts."""
    for name, queries in {**SEARCHES, **_drawn(library)}.items():
        taken = [seconds for query in queries for seconds in _taken(partial(library.search, query))]
        yield _spread(f"search, {name}", taken, target=50)


def asking(library: Library) -> Iterator[Row]:
    """Ask for the impact and the line of instruments that so many documents name."""
    with library.reading() as connection:
        naming = func.count(EDGE.c.document_id.distinct())
        query = select(INSTRUMENT.c.key, naming).join(EDGE, EDGE.c.target == INSTRUMENT.c.id)
        counted = connection.execute(query.where(~INSTRUMENT.c.key.contains("@")).group_by(INSTRUMENT.c.key)).all()
    drawn = random.Random(SEED)
    for least, most in BANDS:
        keys = [row[0] for row in counted if least <= row[1] <= most]
        if not keys:
            continue
        chosen = drawn.sample(sorted(keys), min(len(keys), ASKED if most <= TYPICAL else 3))
        affected = [len(library.impact(key).affected) for key in chosen]
        note = f"{statistics.median(affected):,.0f} affected in the middle, {max(affected):,} at most"
        target = 100 if most <= TYPICAL else None
        taken = [seconds for key in chosen for seconds in _taken(partial(library.impact, key))]
        yield _spread(f"impact, named by {least:,} to {most:,} documents", taken, target=target, note=note)
        taken = [seconds for key in chosen for seconds in _taken(partial(library.lineage, key))]
        yield _spread(f"lineage, named by {least:,} to {most:,} documents", taken, target=target)


def writing(library: Library, *, count: int = 200) -> Iterator[Row]:
    """Write some more documents one by one, as importing does, and take them back."""
    ready = [pack(one, registry="2026-11-23") for one in made(count, seed=SEED + 1)]
    with library.engine.connect() as connection, connection.begin() as transaction:
        started = time.process_time()
        for number, packet in enumerate(ready):
            sha256 = hashlib.sha256(f"new {number}".encode()).hexdigest()
            record(connection, packet, Arrival(sha256, packet.characters, "moi.docx", None, AT))
        taken = time.process_time() - started
        transaction.rollback()
    yield Row("recording a packed document", taken / count * 1000, "ms")


def keeping(library: Library) -> Iterator[Row]:
    """What the library takes on the disk."""
    size = Path(library.engine.url.database or "").stat().st_size
    yield Row("size of the database", size / 1e6, "MB", note=f"{size / len(library):,.0f} bytes a document")


def measured(library: Library) -> Iterator[Row]:
    """Measure everything on a library that is filled."""
    for part in (keeping, searching, asking, writing):
        yield from part(library)


def _drawn(library: Library) -> dict[str, list[str]]:
    """Draw phrases and rare words from the texts."""
    drawn = random.Random(SEED)
    count = len(library)
    phrases, rare, mixed, numbers = [], [], [], []
    for number in drawn.sample(range(1, count + 1), 30):
        words = words_of(library.extraction(number).text).split()
        at = drawn.randrange(len(words) - 5)
        phrases.append(f'"{" ".join(words[at : at + 5])}"')
        own = [word for word in words if word.isdigit() and len(word) == 5]
        rare += own[:1]
        mixed += [f"{word} uy ban nhan dan" for word in own[:1]]
        numbers.append(library.document(number).number or "")
    return {
        "five words in a row": phrases,
        "a rare word": rare,
        "a rare word and common ones": mixed,
        "the number of a document": numbers,
    }


def _taken(ask: Callable[[], object]) -> list[float]:
    """Best processor time of several runs, after one that fills the caches: the database is a part of this process."""
    ask()
    return [best_seconds(ask, runs=RUNS)]


def _spread(name: str, taken: Sequence[float], *, target: float | None, note: str = "") -> Row:
    """Give the 95th of a hundred; the middle and the longest stand beside it."""
    ordered = sorted(taken)
    middle, longest = statistics.median(ordered) * 1000, ordered[-1] * 1000
    most = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000
    told = "; ".join(part for part in (f"p50 {middle:.1f}, max {longest:.1f}", note) if part)
    if target is None:
        return Row(name, most, "ms (p95)", note=told)
    return at_most(name, most, "ms (p95)", target=target, note=told)


def main() -> None:
    """Fill a library where there is none, then measure it."""
    folder = Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else DOCUMENTS
    with open_library(folder / "library.db") as library:
        if not len(library):
            started = time.process_time()
            fill(library, count)
            print(f"filled in {time.process_time() - started:,.0f} s of processor time (packing apart)", flush=True)
        for row in measured(library):
            mark = "" if row.met is None else "met" if row.met else "missed"
            print(f"{row.name:55} {row.value:10,.1f} {row.unit:10} {row.target:10} {mark:7} {row.note}", flush=True)


if __name__ == "__main__":
    main()
