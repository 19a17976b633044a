"""The days on which the status of an instrument may change; between two of them it never does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.registry.days import add_days, earliest, is_day, latest
from parcc_nlp.registry.evidence import (
    BEGINNING_MARGIN,
    FOREVER,
    PRESUMPTION,
    bounds,
    ends_whole,
    lives,
    signed_bounds,
)
from parcc_nlp.registry.status import programme_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Instrument
    from parcc_nlp.registry.store import Store
    from parcc_nlp.registry.tables import Edge

__all__ = ["events_of"]


def events_of(instrument: Instrument, store: Store) -> tuple[str, ...]:
    """List the days from which another answer may hold, in order."""
    found = set(_own_days(instrument, store))
    for edge in (*store.into(instrument.id), *store.leads_into(instrument.id)):
        found |= _edge_days(edge, store)
    for edge in store.out_of(instrument.id):
        if edge.kind in {"amends", "guides"}:
            # Its object or parent may end, and with it the ground to presume it in force (E9).
            for ending in store.into(edge.target):
                if ends_whole(ending):
                    found |= _edge_days(ending, store)
    return tuple(sorted(day for day in found if is_day(day) and day != FOREVER))


def _own_days(instrument: Instrument, store: Store) -> Iterator[str]:
    reach = store.reach(instrument.id)
    yield add_days(store.date, 1)
    yield add_days(reach, 1)
    yield store.date
    signed = signed_bounds(instrument, store)
    if signed:
        yield signed.first
        if signed.last != FOREVER:
            yield signed.last
            yield add_days(signed.last, BEGINNING_MARGIN)
    for day in (instrument.issued, instrument.effective, instrument.expires, store.perhaps_ended(instrument.id)):
        if day:
            yield earliest(day)
            yield latest(day)
    for life in lives(instrument, store):
        if is_day(life.day):
            yield life.day
            yield add_days(life.day, 1)
            yield add_days(life.day, PRESUMPTION + 1)
    word = store.word_on(instrument.id)
    if word:
        yield word.learned
        yield add_days(word.learned, 1)
        yield word.since or word.learned
    period = programme_of(instrument, store)
    if period:
        yield period.first
        yield add_days(period.last, 1)


def _edge_days(edge: Edge, store: Store) -> set[str]:
    """List the days on which a relation may begin to count, its source being suspended among them (E8)."""
    when = bounds(edge, store)
    days = {edge.effective or "", when.first, when.last}
    if is_day(when.last) and when.last != FOREVER:
        days.add(add_days(when.last, 1))
    for suspension in store.into(edge.source):
        if suspension.kind == "suspends":
            days |= {suspension.effective or "", suspension.not_after or ""}
    source = store.instrument(edge.source)
    signed = signed_bounds(source, store) if source else None
    if signed:
        days |= {signed.first, signed.last}
        if is_day(signed.first):
            days.add(add_days(signed.first, 1))
    return days
