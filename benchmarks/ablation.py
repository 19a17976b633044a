"""What each helper adds: the layers by the grammar alone, with a second opinion, and by either helper alone.

``python -m benchmarks.ablation [FOLDER ...]``: a folder holds ``gold/*.json`` and the texts they name, as
``../shared/eval`` does (the default). Precision, recall and F1 are those of ``../shared/eval/score.py``, all documents
of a folder together; the speed is that of the whole way from the text to the layer, best of a few runs, processor time.
"""

import argparse
import importlib.util
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks import finders
from benchmarks.timing import best_seconds
from parcc_nlp.extract.aliases import find_aliases
from parcc_nlp.extract.citations import find_citations
from parcc_nlp.extract.metadata import find_metadata
from parcc_nlp.extract.responsibilities import find_responsibilities
from parcc_nlp.extract.segmentation import (
    MatcherOpinion,
    SecondOpinion,
    UndertheseaOpinion,
    reconsider_responsibilities,
    reconsider_targets,
)
from parcc_nlp.extract.structure import find_structure
from parcc_nlp.extract.targets import find_targets
from parcc_nlp.text.normalise import normalise

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "eval"
LAYERS = ("citations", "targets", "responsibilities")
RUNS = 5
WIDTH = 150
ENOUGH = 3.0
"""Seconds after which a way is not run again (but twice)."""

Finder = Callable[[str], Iterable[Any]]


class Counting:
    """An opinion that counts what it was asked and how often it objected."""

    def __init__(self, opinion: SecondOpinion) -> None:
        self.opinion = opinion
        self.reset()

    def reset(self) -> None:
        self.asked = self.objected = self.ended = 0

    def is_verb(self, sentence: str, start: int, end: int) -> bool | None:
        answer = self.opinion.is_verb(sentence, start, end)
        self.asked += 1
        self.objected += answer is False
        return answer

    def name_end(self, sentence: str, start: int, end: int) -> int:
        answer = self.opinion.name_end(sentence, start, end)
        self.ended += answer != end
        return answer

    def told(self) -> str:
        """What it was asked and answered in one run over the folder."""
        return f"asked {self.asked}, objected {self.objected}, longer names {self.ended}"


class Measured(NamedTuple):
    """Counts of the scorer over a folder."""

    hits: int
    missed: int
    spurious: int

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.spurious)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, 2 * self.hits + self.missed + self.spurious)


class Gold(NamedTuple):
    """A document of a folder."""

    text: str
    items: dict[str, Any]


def citations(text: str) -> Iterable[Any]:
    source = normalise(text)
    return find_citations(source, metadata=find_metadata(source), aliases=find_aliases(source))


def targets(text: str) -> Iterable[Any]:
    source = normalise(text)
    return find_targets(source, structure=find_structure(source), metadata=find_metadata(source))


def responsibilities(text: str) -> Iterable[Any]:
    source = normalise(text)
    metadata, aliases = find_metadata(source), find_aliases(source)
    return find_responsibilities(source, structure=find_structure(source), metadata=metadata, aliases=aliases)


def with_opinion(find: Finder, reconsider: Callable[..., Iterable[Any]], opinion: SecondOpinion) -> Finder:
    def both(text: str) -> Iterable[Any]:
        return reconsider(text, find(text), opinion=opinion)

    return both


def ways() -> Iterator[tuple[str, str, Finder, Counting | None]]:
    """Every layer with every way to find it."""
    yield "citations", "grammar", citations, None
    yield "citations", "spaCy Matcher alone", finders.matcher_citations, None
    yield "citations", "underthesea alone", finders.tagged_citations, None
    layers = (
        ("targets", targets, reconsider_targets, finders.matcher_targets, finders.tagged_targets),
        (
            "responsibilities",
            responsibilities,
            reconsider_responsibilities,
            finders.matcher_responsibilities,
            finders.tagged_responsibilities,
        ),
    )
    for layer, find, reconsider, matcher, tagged in layers:
        yield layer, "grammar", find, None
        for name, opinion in (("underthesea", UndertheseaOpinion()), ("spaCy matchers", MatcherOpinion())):
            counting = Counting(opinion)
            yield layer, f"grammar + {name}", with_opinion(find, reconsider, counting), counting
        yield layer, "spaCy Matcher alone", matcher, None
        yield layer, "underthesea alone", tagged, None


def scored(scorer: ModuleType, layer: str, find: Finder, gold: list[Gold]) -> Measured:
    """Score a way on a folder."""
    counts = [0, 0, 0]
    for document in gold:
        found = [record for record in map(_record, find(document.text)) if not record.get("internal")]
        lists = scorer.score_layer(layer, document.items[layer], found, True, _ignored(document, layer))
        counts = [count + len(items) for count, items in zip(counts, lists, strict=True)]
    return Measured(*counts)


def _record(item: Any) -> dict[str, Any]:
    return item if isinstance(item, dict) else asdict(item)


def _ignored(document: Gold, layer: str) -> list[tuple[int, int]]:
    """Stretches in which the gold counts nothing, as offsets."""
    lines, starts, at = document.text.split("\n"), [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    ranges = document.items.get("ignore", {}).get(layer, [])
    return [(starts[first - 1], starts[last - 1] + len(lines[last - 1])) for first, last in ranges]


def characters_a_second(find: Finder, gold: list[Gold]) -> float:
    """Speed over all texts of a folder, best of a few runs; nothing remembered from one run helps the next."""

    def run() -> None:
        _forget()
        for document in gold:
            find(document.text)

    return sum(len(document.text) for document in gold) / best_seconds(run, runs=RUNS, enough_seconds=ENOUGH)


def _forget() -> None:
    """Empty the memories of sentences, so that every run pays for its own."""
    from parcc_nlp.extract.segmentation import matcher, tagger

    for remembered in (tagger.tagged_words, matcher._uses, matcher._undivided):  # noqa: SLF001 - nobody else clears them
        remembered.cache_clear()


def load_scorer() -> ModuleType:
    """The scorer of the evaluation, which is a script."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def load_gold(folder: Path, scorer: ModuleType) -> list[Gold]:
    """The documents of a folder, their items anchored."""
    found = []
    for file in sorted((folder / "gold").glob("*.json")):
        items = json.loads(file.read_text(encoding="utf-8"))
        text = (folder / items["text"]).read_text(encoding="utf-8")
        scorer.gold_spans(items, text)
        found.append(Gold(text, items))
    return found


def main() -> int:
    """Measure the folders given; exit code 2 where there is no gold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ablation", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[SHARED], help="folders with gold/*.json")
    parser.add_argument("--layer", action="append", choices=LAYERS, help="layers to measure (default: all)")
    arguments = parser.parse_args()
    layers = arguments.layer or LAYERS
    console = Console(width=WIDTH)
    if not (SHARED / "score.py").is_file():
        console.print("needs ../shared/eval (scorer and gold), which is not beside this checkout")
        return 2
    scorer = load_scorer()
    for folder in arguments.folders:
        gold = load_gold(folder, scorer)
        title = f"{folder.name}: {len(gold)} documents, {sum(len(document.text) for document in gold):,} characters"
        table = Table(
            "layer",
            "found by",
            "gold",
            "P",
            "R",
            "F1",
            "characters/s",
            "second opinion",
            title=title,
            title_justify="left",
        )
        for layer, name, find, counting in ways():
            chosen = [document for document in gold if document.items.get(layer)]
            if not chosen or layer not in layers:
                continue
            find(chosen[0].text)  # models and tables are loaded before anything is timed
            speed = characters_a_second(find, chosen)
            if counting:
                counting.reset()
            result = scored(scorer, layer, find, chosen)
            asked = counting.told() if counting else ""
            figures = (result.precision, result.recall, result.f1)
            table.add_row(
                layer,
                name,
                str(result.hits + result.missed),
                *(f"{figure:.3f}" for figure in figures),
                f"{speed:,.0f}",
                asked,
            )
        console.print(table, "")
    load = ", ".join(f"{figure:.1f}" for figure in os.getloadavg())
    console.print(f"load of the machine (1, 5, 15 minutes): {load} on {os.cpu_count()} cores")
    return 0


if __name__ == "__main__":
    sys.exit(main())
