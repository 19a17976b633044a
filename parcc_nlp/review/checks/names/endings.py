"""What the findings on former names have in common: when a name is of its time, and how its end is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.model import Evidence
from parcc_nlp.review.naming import day
from parcc_nlp.review.rule import Flag, Place, phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcc_nlp.registry.reorganisation import FormerName
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Kind, Phrase

__all__ = ["flag_of", "is_of_its_time"]

_ISSUED_THEN = frozenset({"head", "closing"})
_AGENCIES = frozenset({"ministry", "department"})
_LINES_SHOWN = 12
_PLACES_SHOWN = 40


def is_of_its_time(place: int, former: FormerName, context: RuleContext) -> bool:
    """Say whether a place tells who issued the document and to whom, when the name was still borne.

    Letterhead, legal bases, signature and recipients record an act of that day; the body is what goes on being applied.
    """
    if context.signed is None or former.ended is None or context.signed >= former.ended:
        return False
    return any(part.kind in _ISSUED_THEN and part.start <= place < part.end for part in context.extraction.parts)


def flag_of(
    former: FormerName,
    places: Sequence[tuple[int, int]],
    *,
    context: RuleContext,
    shown: tuple[int, int],
    kind: Kind = "fail",
) -> Flag:
    """Flag one name at one place, the others told with it."""
    start, end = shown
    verified = former.confidence == "verified"
    others = [place for place in places if place != shown]
    return Flag(
        start=start,
        end=end,
        message=phrase(
            _wording(former),
            name=_as_written(context.extraction.text[start:end], former),
            former=former.name,
            day=day(former.ended or ""),
            successor=_successor(former),
            source=former.legal_source,
            again=_again(others, context),
        ),
        subject=former.name,
        evidence=(
            Evidence(
                source=former.legal_source or former.evidence or "",
                quote=f"{former.fact} → {former.successor}" if former.successor else former.fact,
                retrieved=former.retrieved,
            ),
        ),
        suggestion=phrase("suggestion" if verified else "look_up", successor=_successor(former)),
        kind=kind if verified else "open",
        related=tuple(Place(*place) for place in others[:_PLACES_SHOWN]),
    )


def _wording(former: FormerName) -> str:
    """Choose the message: a name that changed, a body or unit that ended, or what is not verified."""
    if former.confidence != "verified":
        return "perhaps_ended"
    return "renamed" if former.change == "renamed" else "ended"


def _as_written(surface: str, former: FormerName) -> str:
    """Give the words of the document, with the name in full where they are but its field ("các Sở: Nội vụ, Y tế")."""
    written = " ".join(surface.split())
    body = former.name.split(" ", 1)[0].lower()
    return written if body in written.lower().split() or former.level not in _AGENCIES else f"{written} ({former.name})"


def _successor(former: FormerName) -> str | None:
    """Name who came after; a remark that stands alone in brackets loses them."""
    name = former.successor
    if name and name.startswith("(") and name.endswith(")") and name.count("(") == 1:
        return name[1:-1].removeprefix("không còn; ")
    return name


def _again(others: Sequence[tuple[int, int]], context: RuleContext) -> Phrase | None:
    """Say where else the name stands."""
    if not others:
        return None
    lines = list(dict.fromkeys(str(context.places.line(start)) for start, _ in others))
    more = "…" if len(lines) > _LINES_SHOWN else ""
    return phrase("again", count=str(len(others)), lines=", ".join(lines[:_LINES_SHOWN]) + more)
