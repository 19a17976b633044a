"""Citations on plain text: characters a second, against eyecite in the same run, and cost per character by length."""

from collections.abc import Callable, Iterator
from importlib.metadata import version

from benchmarks import texts
from benchmarks.timing import Row, at_least, at_most, best_of_both, best_seconds

PEER_SIZES = (50_000, 500_000)
GROWTH_SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
FASTEST_PEER_RATIO = 30
CHARACTERS_A_SECOND = 1_000_000
FLAT = 2.0
"""Cost per character at the most expensive length, as a multiple of the cheapest: what still counts as flat."""


def against_eyecite() -> Iterator[Row]:
    """Measure both on texts of one length with as many citations; eyecite gets text already cleaned, ours cleans."""
    from eyecite import clean_text, get_citations

    from parcc_nlp.extract.citations import find_citations
    from parcc_nlp.text.normalise import normalise

    get_citations("Ashby v. Prior, 1 U.S. 1 (1800).")  # both build their tables before anything is timed
    find_citations(normalise("Nghị định số 30/2020/NĐ-CP"))
    peer = f"eyecite {version('eyecite')}"
    for kind, make in (("samples", texts.vietnamese), ("real plans", texts.real)):
        for size in PEER_SIZES:
            text = make(size)
            if text is None:
                continue
            found = len(find_citations(normalise(text)))
            foreign = clean_text(texts.english(size, citations=found), ["all_whitespace"])
            peer_found = len(get_citations(foreign))
            seconds = best_of_both(
                lambda text=text: find_citations(normalise(text)), lambda foreign=foreign: get_citations(foreign)
            )
            ours, theirs = size / seconds[0], len(foreign) / seconds[1]
            where = f"{kind}, {size // 1000} KB"
            yield at_least(
                f"find_citations, {where}", ours, "characters/s", target=CHARACTERS_A_SECOND, note=f"{found} citations"
            )
            yield Row(f"{peer}, {where}", theirs, "characters/s", note=f"{peer_found} citations")
            yield at_least(f"ratio, {where}", ours / theirs, "times", target=FASTEST_PEER_RATIO)


def growth() -> Iterator[Row]:
    """Cost per character from ten thousand to ten million characters."""
    from parcc_nlp.extract.citations import find_citations
    from parcc_nlp.extract.run import extract_layers
    from parcc_nlp.model import Document
    from parcc_nlp.text.normalise import normalise

    yield from _growth("find_citations", lambda text: find_citations(normalise(text)))
    yield from _growth("extract", lambda text: extract_layers(Document(text=text)))


def _growth(name: str, run: Callable[[str], object]) -> Iterator[Row]:
    costs: list[float] = []
    for size in GROWTH_SIZES:
        text = texts.vietnamese(size)
        # Short texts are run often, or the clock's own noise would be measured.
        repeats = max(1, 1_000_000 // size)

        def batch(text: str = text, repeats: int = repeats) -> None:
            for _ in range(repeats):
                run(text)

        seconds = best_seconds(batch, runs=3, enough_seconds=40)
        costs.append(seconds / repeats / size * 1e6)
        yield Row(f"{name}, {size:,} characters", costs[-1], "µs/character")
    yield at_most(f"{name}, dearest length / cheapest", max(costs) / min(costs), "times", target=FLAT)
