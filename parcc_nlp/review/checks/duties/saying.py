"""How findings of this family name bodies, and how the same finding at many places is said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.review.rule import Flag, Place, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parcc_nlp.review.checks.duties.assignments import Body
    from parcc_nlp.review.rule import Kind, Phrase

__all__ = ["MOST_RELATED", "Alike", "how_many_more", "names", "spread"]

MOST_RELATED = 20
_MOST_NAMED = 4
_MOST_SAID = 5
"""The same at more places than these is said once."""


def names(bodies: Iterable[Body]) -> str:
    """Write the names of bodies, each once, the first ones only."""
    written = list(dict.fromkeys(" ".join(body.name.split()) for body in bodies))
    shown = ", ".join(written[:_MOST_NAMED])
    return f"{shown}, …" if len(written) > _MOST_NAMED else shown


def how_many_more(count: int) -> Phrase | None:
    """Say at how many further places the same holds."""
    return phrase("others", count=str(count)) if count else None


class Alike:
    """Places of which the same is to be said: at each of a few; of many at the first, with the others beside it."""

    def __init__(self) -> None:
        self.places: dict[str, tuple[Phrase, list[Place]]] = {}

    def add(self, message: Phrase, place: Place) -> None:
        """Take in a place and what is to be said of it."""
        _, places = self.places.setdefault(repr(message).lower(), (message, []))
        places.append(place)

    def flags(self, *, suggestion: Phrase, kind: Kind) -> Iterator[Flag]:
        """Give the flags."""
        for message, places in self.places.values():
            for place, further in spread(places):
                yield Flag(
                    start=place.start,
                    end=place.end,
                    message=phrase(message.key, **dict(message.fields), others=how_many_more(len(further))),
                    subject=" + ".join(str(value) for _, value in message.fields),
                    suggestion=suggestion,
                    kind=kind,
                    related=tuple(further[:MOST_RELATED]),
                    place_matters=True,
                )


def spread(places: Sequence[Place]) -> Iterator[tuple[Place, Sequence[Place]]]:
    """Give each of a few places alone; of many the first one with the others."""
    if len(places) > _MOST_SAID:
        yield places[0], places[1:]
        return
    for place in places:
        yield place, ()
