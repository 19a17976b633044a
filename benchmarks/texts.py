"""Texts to measure on: as long as asked for, the same on every run, with a known share of citations.

The Vietnamese text is made of the lines of corpora/samples, drawn with a seed, their numbers changed so that no two
citations are alike. The English text for the peer is made of sentences of our own with citations of the forms that
eyecite documents, as many per character as the Vietnamese text has.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "corpora" / "samples"
SHARED_TEXTS = ROOT.parent / "shared" / "eval" / "texts"
SEED = 20_261_123

_SYMBOL_NUMBER = re.compile(r"\b\d{1,4}(?=(?:/20\d\d)?/[A-ZĐ]{2})")
_REPORTERS = ("U.S.", "F.2d", "F.3d", "F. Supp. 2d", "S. Ct.", "P.2d", "N.E.2d", "So. 2d", "Cal. App. 4th", "N.W.2d")
_PARTIES = (
    "Harlow", "Brandt", "Okafor", "Delgado", "Whitcomb", "Ferris", "Nakamura", "Quillen", "Sandoval", "Prior",
    "Tillman", "Vance", "Ashby", "Cordero", "Lindqvist", "Marsh", "Redding", "Stroud", "Upshaw", "Yates",
)  # fmt: skip
_COURTS = ("2d Cir.", "5th Cir.", "9th Cir.", "D. Mass.", "N.D. Ill.", "D.C. Cir.")
_FILLER = (
    "The parties do not dispute the events of that morning, and the record leaves little room to do so.",
    "A plan that names no officer to carry it out gives the public nothing to rely on.",
    "We turn first to the question of notice, then to the measure of relief.",
    "The agency answered every request within the time it had set for itself.",
    "Nothing in the statute suggests that the deadline was meant to be extended by silence.",
    "On appeal the clerk's account stands uncontradicted, and we accept it.",
    "Whether the form was complete is a question of fact on which the witnesses agreed.",
    "The remedy must fit the wrong, and the wrong here was delay.",
)
_CITING = (
    "The rule is settled: {case}.",
    "As the court put it in {case}, a notice that reaches nobody is no notice.",
    "See {case}.",
    "The reasoning of {case} applies here with equal force, and the record supports it.",
    "Other courts have read the clause more narrowly; see {case}, where the filing came a day late.",
)


def vietnamese(characters: int, *, seed: int = SEED) -> str:
    """Give Vietnamese administrative text of exactly this many characters."""
    lines = [line for path in sorted(SAMPLES.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    return _recombined(lines, characters, random.Random(seed))


def real(characters: int, *, seed: int = SEED) -> str | None:
    """Give text recombined from the real documents of the shared evaluation; None where they are absent."""
    files = sorted(SHARED_TEXTS.glob("*.txt"))
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    return _recombined(lines, characters, random.Random(seed)) if lines else None


def english(characters: int, *, citations: int, seed: int = SEED) -> str:
    """Give English legal text of exactly this many characters with this many case citations, evenly spread."""
    chance = random.Random(seed)
    sentences: list[str] = []
    length = written = 0
    while length < characters:
        due = citations * length / characters
        if written <= due and written < citations:
            sentence = chance.choice(_CITING).format(case=_case(chance))
            written += 1
        else:
            sentence = chance.choice(_FILLER)
        sentences.append(sentence)
        length += len(sentence) + 1
        if len(sentences) % 6 == 0:
            sentences[-1] += "\n"
    return " ".join(sentences)[:characters]


def _case(chance: random.Random) -> str:
    first, second = chance.sample(_PARTIES, 2)
    reporter, page = chance.choice(_REPORTERS), chance.randint(1, 1400)
    pin = f", {page + chance.randint(1, 20)}" if chance.random() < 0.4 else ""
    year = chance.randint(1950, 2015)
    court = "" if reporter in {"U.S.", "S. Ct."} else f"{chance.choice(_COURTS)} "
    return f"{first} v. {second}, {chance.randint(1, 560)} {reporter} {page}{pin} ({court}{year})"


def _recombined(lines: list[str], characters: int, chance: random.Random) -> str:
    return "\n".join(_drawn(lines, characters, chance))[:characters]


def _drawn(lines: list[str], characters: int, chance: random.Random) -> Iterator[str]:
    length = 0
    while length <= characters:
        line = _SYMBOL_NUMBER.sub(lambda _: str(chance.randint(1, 3999)), chance.choice(lines))
        length += len(line) + 1
        yield line
