"""Normalising: characters a second on text that needs nothing, and on text that needs it everywhere."""

import unicodedata
from collections.abc import Iterator

from benchmarks import texts
from benchmarks.timing import Row, best_seconds

CHARACTERS = 1_000_000


def normalising() -> Iterator[Row]:
    """Normalise clean text, decomposed text, and text with no-break spaces and hyphens of the word processor."""
    from parcc_nlp.text.normalise import normalise

    clean = texts.vietnamese(CHARACTERS)
    office = clean.replace(" ngày ", "\u00a0ngày\u00a0").replace("NĐ-CP", "NĐ\u2011CP").replace("QĐ-", "QĐ- ")
    forms = (("clean", clean), ("decomposed (NFD)", unicodedata.normalize("NFD", clean)), ("from an office", office))
    for name, text in forms:
        yield Row(f"normalise, {name}", len(text) / best_seconds(lambda text=text: normalise(text)), "characters/s")
