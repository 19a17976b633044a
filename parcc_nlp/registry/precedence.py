"""Which of several sources is believed: a rule that stands as data (``precedence.csv``), applied field by field.

The best source that tells a value gives it; what agrees with it and is more precise completes it. Where sources of one
rank differ on a date, none is believed: the field stays empty and both are shown.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.registry.days import agrees
from parcc_nlp.registry.identity import issuers_agree, plain, read_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcc_nlp.registry.parts import Parts
    from parcc_nlp.registry.tables import Edge

__all__ = ["DATES", "Told", "Weighed", "rank_of", "settled", "weighed"]

DATES = frozenset({"issued", "effective", "expires"})
_ENDINGS = frozenset({"replaces", "repeals", "partially_repeals"})


class Told(NamedTuple):
    """A value that one source tells; `source` names it for an officer, `order` decides between equals."""

    value: str | None
    rank: int
    source: str
    order: str = ""


class Weighed(NamedTuple):
    """The value that is believed, who tells it, and what others tell instead."""

    value: str | None
    source: str
    others: tuple[Told, ...] = ()


@cache
def _ranks() -> dict[tuple[str, str], int]:
    return {(row["origin"], row["confidence"]): int(row["rank"]) for row in read_rules("precedence.csv")}


def rank_of(origin: str, confidence: str) -> int:
    """Give the rank of a source: 1 is believed before all others.

    Examples
    --------
    >>> rank_of("officer", "verified") < rank_of("text", "verified") < rank_of("shipped", "verified")
    True
    """
    ranks = _ranks()
    return ranks.get((origin, ""), ranks.get((origin, confidence), len(ranks) + 1))


def weighed(field: str, told: Iterable[Told]) -> Weighed:
    """Weigh what sources tell of one field.

    Examples
    --------
    >>> weighed("effective", [Told("2025-01-01", 3, "a"), Told("2025-02-01", 2, "b")]).value
    '2025-02-01'
    """
    ranked = sorted(told, key=_weight)
    if not ranked:
        return Weighed(None, "")
    best = ranked[0]
    if best.rank == rank_of("officer", ""):
        # The last word of an officer holds, also where it says that the value is not known.
        words = [one for one in ranked if one.rank == best.rank]
        best = max(words, key=_said)
    ranked = [one for one in ranked if one.value is not None or one is best]
    if best.value is None and best.rank != rank_of("officer", ""):
        if len(ranked) == 1:
            return Weighed(None, "")
        best = next(one for one in ranked if one.value is not None)
    others = tuple(one for one in ranked if one.value is not None and not _agree(field, best.value, one.value))
    equals = [one for one in others if one.rank == best.rank]
    if equals and field in DATES and best.rank != rank_of("officer", ""):
        return Weighed(None, "", tuple(one for one in (best, *others) if one.value is not None))
    finest = best
    if field in DATES and best.value is not None:
        agreeing = [one for one in ranked if one.value is not None and one not in others]
        finest = max(agreeing, key=_precision, default=best)
        if finest.value is not None and not finest.value.startswith(best.value):
            finest = best
    return Weighed(finest.value, finest.source, others)


def _weight(told: Told) -> tuple[int, bool, str, str]:
    return told.rank, told.value is None, told.order, told.value or ""


def _said(told: Told) -> tuple[str, str]:
    return told.order, told.value or ""


def _precision(told: Told) -> tuple[int, int]:
    return len(told.value or ""), -told.rank


def _agree(field: str, one: str | None, other: str | None) -> bool:
    """Say whether two values tell one thing."""
    if one is None or other is None:
        return False
    if field in DATES:
        return agrees(one, other)
    if field == "issuer":
        return issuers_agree(one, other)
    return plain(one).casefold().strip(" .") == plain(other).casefold().strip(" .")


def settled(edges: Iterable[Edge]) -> tuple[list[Edge], list[tuple[Edge, Edge]]]:
    """Weigh relations that tell of one thing: which stand, and which contradict one that stands.

    One thing is what one instrument does to the same provisions of another, to replace and to repeal being one; an
    officer's word is on all it does to it in that way. Rows of the shipped data stand side by side as they are (its
    build has weighed them).
    """
    acts: dict[tuple[str, str, str], list[Edge]] = {}
    for edge in edges:
        way = "ends" if edge.kind in _ENDINGS else edge.kind
        acts.setdefault((edge.source, way, edge.target), []).append(edge)
    standing: list[Edge] = []
    contradicting: list[tuple[Edge, Edge]] = []
    for act in acts.values():
        if all(edge.origin == "shipped" for edge in act):
            standing.extend(act)
            continue
        words = [edge for edge in act if edge.origin == "officer"]
        groups = [_spoken(act, max(words, key=_edge_said))] if words else [_together(one) for one in _by_parts(act)]
        for kept, others in groups:
            standing.extend(kept)
            contradicting.extend((kept[0], other) for other in others)
    return standing, contradicting


def _by_parts(act: list[Edge]) -> list[list[Edge]]:
    """Put together what names the same provisions; a partial repeal that names none is not the end of the whole."""
    groups: dict[tuple[Parts, bool], list[Edge]] = {}
    for edge in act:
        groups.setdefault((edge.parts, edge.kind == "partially_repeals" and not edge.parts.listed), []).append(edge)
    return list(groups.values())


def _spoken(act: list[Edge], word: Edge) -> tuple[list[Edge], list[Edge]]:
    """Let an officer's word stand, and list what says otherwise."""
    told = _content(word)
    return [word], [edge for edge in act if edge.origin != "officer" and _content(edge) != told]


def _content(edge: Edge) -> tuple[str | None, Parts, bool, bool]:
    return edge.effective, edge.parts, edge.lead, edge.kind == "partially_repeals"


def _together(group: list[Edge]) -> tuple[list[Edge], list[Edge]]:
    """Weigh what sources tell; where they call it replacement and repeal both stand, on the day that is believed."""
    kept, others = _weighed(group)
    standing = [kept]
    if kept.lead:
        return standing, others
    for kind in dict.fromkeys(edge.kind for edge in sorted(group, key=_edge_weight)):
        if kind != kept.kind:
            also = min((edge for edge in group if edge.kind == kind and not edge.lead), key=_edge_weight, default=None)
            if also is not None:
                standing.append(
                    also._replace(effective=kept.effective, not_before=kept.not_before, not_after=kept.not_after)
                )
    return standing, others


def _weighed(group: list[Edge]) -> tuple[Edge, list[Edge]]:
    """Weigh sources that tell one thing: the best stands, completed by what the others tell beyond it."""
    ranked = sorted(group, key=_edge_weight)
    best = ranked[0]
    dated = [edge for edge in ranked if edge.effective and edge.lead == best.lead]
    if best.effective is None and dated:
        best = best._replace(effective=dated[0].effective, not_before=None, not_after=None)
    others = [edge for edge in ranked if edge.effective and edge.effective != best.effective]
    rank = rank_of(best.origin, best.confidence)
    equals = [edge for edge in others if rank_of(edge.origin, edge.confidence) == rank]
    if equals:
        # Neither of two equal sources is believed: only the bounds are known.
        days = sorted({edge.effective or "" for edge in (best, *equals)})
        best = best._replace(effective=None, not_before=days[0], not_after=days[-1])
        others = [edge for edge in ranked if edge.effective]
    worded = next((edge.clause for edge in ranked if edge.clause), None)
    return best._replace(clause=best.clause or worded), others


def _edge_weight(edge: Edge) -> tuple[int, bool, str, str, str]:
    return (
        rank_of(edge.origin, edge.confidence),
        edge.effective is None,
        edge.learned,
        edge.effective or "",
        edge.id or edge.evidence or "",
    )


def _edge_said(edge: Edge) -> tuple[str, str]:
    return edge.learned, edge.id or ""


def is_known(learned: str, withdrawn: str | None, known_on: str | None) -> bool:
    """Say whether a row is known: on a day, or of all that is known."""
    if known_on is None:
        return withdrawn is None
    return learned <= known_on and (withdrawn is None or withdrawn > known_on)
