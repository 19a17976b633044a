"""The registry: how long it takes to open and to give a first answer, and how many questions a second it answers."""

import csv
from collections.abc import Iterator

from benchmarks import texts
from benchmarks.timing import Row, at_most, best_seconds, once_seconds, printed_seconds

DAYS = ("2023-12-22", "2026-11-23")
ASKED = 2_000
OPENED_WITHIN = 0.02
"""Seconds from the imports to the first answer, once the file of the shipped data is in the user's cache."""
_TIMED_OPENING = (
    "import time; from parcc_nlp.registry import Registry; t = time.perf_counter(); "
    "Registry.shipped().status('63/2010/NĐ-CP', on='2026-11-23'); print(time.perf_counter() - t)"
)
_TIMED_BUILDING = (
    "import time; from parcc_nlp.registry.build import built, data_dir; t = time.perf_counter(); built(data_dir()); "
    "print(time.perf_counter() - t)"
)


def asking() -> Iterator[Row]:
    """Open the shipped registry in a fresh interpreter; then find, ask for statuses, and resolve citations."""
    from parcc_nlp.extract.run import extract_layers
    from parcc_nlp.model import Document, Pinpoint
    from parcc_nlp.registry import Registry

    opened = printed_seconds(_TIMED_OPENING, runs=7)
    yield at_most("open the shipped registry, first status", opened, "s", target=OPENED_WITHIN, note="after imports")
    yield Row("build its file from the CSV files", printed_seconds(_TIMED_BUILDING, runs=3), "s", note="first use only")
    registry = Registry.shipped()
    with (texts.ROOT / "corpora" / "registry" / "instruments.csv").open(encoding="utf-8", newline="") as lines:
        known = [(row["id"], row["number"]) for row in csv.DictReader(lines) if row["number"]][:ASKED]

    def find() -> None:
        for _, number in known:
            registry.find(number)

    def ask() -> None:
        for identifier, _ in known:
            for day in DAYS:
                registry.status(identifier, on=day)

    def ask_provisions() -> None:
        for identifier, _ in known:
            for day in DAYS:
                registry.provision_status(identifier, article, on=day)

    article = Pinpoint(dieu="5", khoan="1")
    yield Row("find by number", len(known) / best_seconds(find), "questions/s", note=f"{len(known):,} instruments")
    asked = len(known) * len(DAYS)
    yield Row("status on a day", asked / once_seconds(ask), "questions/s", note="each asked once")
    provisions = asked / once_seconds(ask_provisions)
    yield Row("status of a provision on a day", provisions, "questions/s", note="each asked once")
    extraction = extract_layers(Document(text=texts.vietnamese(200_000)))
    count = len(extraction.citations)
    seconds = best_seconds(lambda: registry.resolve_all(extraction))
    yield Row("resolve the citations of a text", count / seconds, "citations/s", note=f"{count:,} citations")
