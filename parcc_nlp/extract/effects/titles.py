"""What the title of an amending document tells: evidence of lower weight than its clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.extract.effects.lexicon import lexicon
from parcc_nlp.extract.effects.objects import between
from parcc_nlp.extract.effects.reading import stands_below
from parcc_nlp.extract.effects.verbs import relation_of
from parcc_nlp.model import Effect

if TYPE_CHECKING:
    from parcc_nlp.extract.effects.reading import Reading
    from parcc_nlp.extract.zones import Zones

__all__ = ["by_title", "number_in_title"]

LONGEST_TITLE = 300


def _title(reading: Reading) -> str:
    return " ".join((reading.metadata.title or "").lower().split())


def number_in_title(reading: Reading) -> str | None:
    """Give the number of the one document that an amending title names."""
    title = _title(reading)
    if lexicon().verb.match(title) is None:
        return None
    numbers = {
        one.citation.number for one in reading.named if one.citation.number and one.citation.number.lower() in title
    }
    return numbers.pop() if len(numbers) == 1 else None


def by_title(reading: Reading, zones: Zones) -> list[Effect]:
    """Read the title of a document of whose clauses none was understood ("Sửa đổi một số điều của Thông tư X")."""
    stop = zones.starts[zones.body] if zones.body < len(zones.starts) else 0
    title = _title(reading)
    verb = lexicon().verb.match(title)
    if verb is None or not lexicon().generic.match(title[verb.end() :].lstrip()):
        return []
    relation = relation_of(verb)
    for one in between(reading.named, 0, stop):
        citation, number = one.citation, one.citation.number
        before = reading.masked.low[max(0, one.start - LONGEST_TITLE) : one.start]
        in_title = number is not None and number.lower() in title and verb["verb"] in before
        if number and in_title and stands_below(reading.metadata, citation):
            described = None if relation == "amends" else title[verb.end() :].strip()[:LONGEST_TITLE]
            return [
                Effect(
                    relation, number, (), reading.metadata.effective, one.start, one.end, "",
                    doc_type=citation.doc_type, issued=citation.issued, issuer=citation.issuer,
                    content=described, basis="title",
                )
            ]  # fmt: skip
    return []
