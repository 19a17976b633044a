"""Extracting every layer: characters a second beside underthesea's word_tokenize, and cost per character by length."""

import os
from collections.abc import Iterator
from importlib.metadata import version

from benchmarks import texts
from benchmarks.timing import Row, at_least, at_most, best_of_both, best_seconds

CHARACTERS_A_SECOND = 400_000
PEER_SIZE = 200_000
SIZES = (10_000, 100_000, 1_000_000, 5_000_000)
FLAT = 2.0
"""Cost per character at the most expensive length, as a multiple of the cheapest: what still counts as flat."""
BATCH = 300_000
"""Characters run at once: short texts are run often, or the clock's own noise would be measured."""


def extracting() -> Iterator[Row]:
    """Measure all layers on real plans and on samples, in turns with underthesea's word_tokenize on the same text."""
    from underthesea import word_tokenize

    from parcc_nlp.extract.run import extract_layers
    from parcc_nlp.model import Document

    word_tokenize("Nghị định số 30/2020/NĐ-CP")  # both load what they need before anything is timed
    extract_layers(Document(text="Nghị định số 30/2020/NĐ-CP"))
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    for kind, make in (("real plans", texts.real), ("samples", texts.vietnamese)):
        text = make(PEER_SIZE)
        if text is None:
            continue
        lines = text.splitlines()

        def extract(text: str = text) -> object:
            return extract_layers(Document(text=text))

        def tokenize(lines: list[str] = lines) -> object:
            return [word_tokenize(line) for line in lines]

        seconds = best_of_both(extract, tokenize, rounds=3, enough_seconds=10)
        ours, theirs = PEER_SIZE / seconds[0], PEER_SIZE / seconds[1]
        where = f"{kind}, {PEER_SIZE // 1000} KB"
        yield at_least(f"extract, {where}", ours, "characters/s", target=CHARACTERS_A_SECOND, note=load)
        yield Row(f"underthesea {version('underthesea')} word_tokenize, {where}", theirs, "characters/s")
        yield Row(f"ratio, {where}", ours / theirs, "times")


def lengths() -> Iterator[Row]:
    """Cost per character of all layers from ten thousand to five million characters, on real plans or on samples."""
    from parcc_nlp.extract.run import extract_layers
    from parcc_nlp.model import Document

    costs: list[float] = []
    for size in SIZES:
        text = texts.real(size) or texts.vietnamese(size)
        repeats = max(1, BATCH // size)

        def batch(text: str = text, repeats: int = repeats) -> None:
            for _ in range(repeats):
                extract_layers(Document(text=text))

        seconds = best_seconds(batch, runs=3, enough_seconds=20)
        costs.append(seconds / repeats / size * 1e6)
        yield Row(f"extract, {size:,} characters", costs[-1], "µs/character")
    yield at_most("extract, dearest length / cheapest", max(costs) / min(costs), "times", target=FLAT)
