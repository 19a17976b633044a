"""The registry: how long it takes to load, and how many questions a second it answers."""

import csv
from collections.abc import Iterator

from benchmarks import texts
from benchmarks.timing import Row, best_seconds, once_seconds, printed_seconds

DAYS = ("2023-12-22", "2026-11-23")
ASKED = 2_000
_TIMED_LOAD = (
    "import time; from parcc_nlp.registry import Registry; t = time.perf_counter(); Registry.shipped(); "
    "print(time.perf_counter() - t)"
)


def asking() -> Iterator[Row]:
    """Load the shipped registry in a fresh interpreter; then find, ask for statuses, and resolve citations."""
    from parcc_nlp.extract.run import extract_layers
    from parcc_nlp.model import Document
    from parcc_nlp.registry import Registry

    yield Row("load the shipped registry", printed_seconds(_TIMED_LOAD, runs=7), "s")
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

    yield Row("find by number", len(known) / best_seconds(find), "questions/s", note=f"{len(known):,} instruments")
    asked = len(known) * len(DAYS)
    yield Row("status on a day", asked / once_seconds(ask), "questions/s", note="each asked once")
    extraction = extract_layers(Document(text=texts.vietnamese(200_000)))
    count = len(extraction.citations)
    seconds = best_seconds(lambda: registry.resolve_all(extraction))
    yield Row("resolve the citations of a text", count / seconds, "citations/s", note=f"{count:,} citations")
