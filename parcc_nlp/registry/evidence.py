"""What a relation proves, from when, and what shows an instrument alive: the rules of evidence, in one place.

A text ends only for stated causes (Luật 64/2025/QH15, Điều 57 khoản 1), so *expired* needs a clause. *In force* needs a
source too; that no successor was found proves nothing by itself. The rules, in the words of the tests:

E0  An officer's word on an instrument stands before every other source. *Expired since a day* shows it in force before;
    *in force* overrules what is said to have ended it up to the day the officer spoke, and is evidence of that day.
E1  A clause in a verified relation ends an instrument on the day it states.
E2  A verified replacement or repeal without a day ends it, by inference, on the day the later instrument takes effect,
    or, where that is not known either, `UNDATED_MARGIN` after the later instrument was signed. Before, it is not known.
E3  A clause that ends it later, or amends it later, shows it in force before (if it had begun).
E4  A source that says it is in force, or a căn cứ line that rests on it (which must be in force: Điều 62 Nghị định
    78/2025/NĐ-CP, Điều 61 Nghị định 34/2016/NĐ-CP), shows it in force on that day.
E5  Shown in force on a day by a clause, by a source that says so or by its own beginning, and nothing known against it,
    it is taken to be in force for `PRESUMPTION` more, by inference, never beyond the date of the data. A mere use (a
    căn cứ line) is no ground for that: it may be wrong, and it shows the day of the use and those before, no more.
E6  A programme or plan is taken to be in force within the period its own title states; a text that states its own term,
    within that term. Both by inference.
E7  An unverified or partly read ending is a lead: from its day on the answer is *not known*, unless a clause or a
    statement of later date shows the instrument alive.
E8  What a suspended instrument would end, amend or repeal is not applied.
E9  An instrument whose parent has ended, or all whose amended instruments have ended, is not presumed in force.
E10 A day of taking effect that nobody read is taken to be past once an amendment or a use is seen, for administrative
    documents on signing, else `BEGINNING_MARGIN` after signing.
E11 What ends named provisions never ends the whole: a repeal or replacement with a list of provisions is a partial one.
    What is not on a list that its source gives in full stands as the instrument stands.
E12 Of sources that tell one thing differently the better one is believed (``precedence.csv``); where equal sources give
    two days, only the days between are uncertain. An act that moved the day another takes effect is obeyed before that
    other's own text.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from parcc_nlp.registry.days import add_days, earliest, is_day, latest
from parcc_nlp.registry.identity import number_parts, read_rules

if TYPE_CHECKING:
    from parcc_nlp.model import Instrument
    from parcc_nlp.registry.store import Store
    from parcc_nlp.registry.tables import Edge, FieldRow, Living

__all__ = [
    "BEGINNING_MARGIN",
    "PRESUMPTION",
    "UNDATED_MARGIN",
    "Bounds",
    "Life",
    "Regime",
    "bounds",
    "ended_by",
    "endings",
    "ends_part",
    "ends_whole",
    "has_begun",
    "is_suspended",
    "keeps_part",
    "life_order",
    "lives",
    "regime_on",
    "signed_bounds",
]

PRESUMPTION = 183
"""Days for which an instrument shown in force is taken to stay so (E5): half a year.

The shorter, the more honest: the facts allow *in force* only on the word of a source of that day or later, and this is
what the presumption may add at most if no more than a quarter of the questions of the test are to stay unanswered.
"""
UNDATED_MARGIN = 183
"""Days after signing by which a replacing instrument has surely begun (E2): four times the statutory 45 days."""
BEGINNING_MARGIN = 3 * 365
"""Days after signing by which an instrument has surely begun (E10); laws take up to two years."""
FOREVER = "9999-12-31"

_ENDING = frozenset({"replaces", "repeals"})
_SHOWS_LIFE = frozenset(
    {"amends", "partially_repeals", "continues", "consolidates", "guides", "replaces", "repeals", "extends", "corrects"}
)


class Bounds(NamedTuple):
    """The first and the last day on which something can have happened."""

    first: str
    last: str


class Life(NamedTuple):
    """A day on which an instrument is shown in force, and by what; `strong` is false for a mere use."""

    day: str
    strong: bool
    edge: Edge | None = None
    living: Living | None = None
    word: FieldRow | None = None


class Regime(NamedTuple):
    """What becomes of a guiding document when its parent ends (review rules R-HL7), and the clause that says so."""

    consequence: Literal["expires_with_parent", "continues_if_not_contrary", "continues"]
    clause: str


def signed_bounds(instrument: Instrument, store: Store) -> Bounds | None:
    """Give the days between which an instrument was signed.

    By its date, or by the year in its number and, in series that are numbered as they are signed, by its neighbours.
    """
    if instrument.issued and is_day(instrument.issued):
        return Bounds(instrument.issued, instrument.issued)
    year = number_parts(instrument.number).year if instrument.number else None
    coarse = instrument.issued or (str(year) if year else None)
    if coarse is None:
        return None
    after, before = store.signed_between(instrument.id)
    return Bounds(max(earliest(coarse), after or ""), min(latest(coarse), before or FOREVER))


def bounds(edge: Edge, store: Store) -> Bounds:
    """Give the days between which a relation takes effect (E1, E2)."""
    if edge.effective:
        return Bounds(edge.effective, edge.effective)
    source = store.instrument(edge.source)
    signed = signed_bounds(source, store) if source else None
    if edge.not_after:
        return Bounds(edge.not_before or (signed.first if signed else ""), edge.not_after)
    if source and source.effective and edge.not_before is None:
        return Bounds(earliest(source.effective), latest(source.effective))
    if signed is None:
        return Bounds(edge.not_before or "", FOREVER)
    first, last = max(edge.not_before or "", signed.first), add_days(signed.last, UNDATED_MARGIN)
    return Bounds(first, last if first <= last else FOREVER)


def ends_whole(edge: Edge) -> bool:
    """Say whether a relation ends an instrument as a whole (E11)."""
    return edge.kind in _ENDING and not edge.parts.listed and not edge.parts.more


def ends_part(edge: Edge) -> bool:
    """Say whether a relation ends single provisions (E11)."""
    return edge.kind == "partially_repeals" or (edge.kind in _ENDING and not ends_whole(edge))


def keeps_part(edge: Edge) -> bool:
    """Say whether a relation keeps single provisions alive: of the whole it tells nothing, or that it has ended."""
    return edge.kind == "continues" and bool(edge.parts.listed or edge.parts.more)


def is_suspended(identity: str, store: Store, *, on: str) -> bool:
    """Say whether an instrument is known to be suspended on a day (E8)."""
    return any(
        edge.kind == "suspends" and (edge.effective or edge.not_after or FOREVER) <= on for edge in store.into(identity)
    )


def endings(identity: str, store: Store, *, on: str) -> list[tuple[Edge, Bounds]]:
    """List the verified clauses that end an instrument, those of suspended instruments left out (E1, E2, E8).

    Those that an officer's word overrules are left out, too (E0).
    """
    found = [
        (edge, bounds(edge, store))
        for edge in store.into(identity)
        if ends_whole(edge) and edge.confidence == "verified" and not is_suspended(edge.source, store, on=on)
    ]
    word = store.word_on(identity)
    if word and word.value == "in_force" and (word.since or "") <= on:
        return [(edge, when) for edge, when in found if when.first > word.learned]
    return found


def ended_by(instrument: Instrument, store: Store, *, on: str) -> list[tuple[Edge, Bounds]]:
    """List the clauses that had surely ended an instrument by a day, the first that did so first."""
    done = [(edge, when) for edge, when in endings(instrument.id, store, on=on) if when.last <= on]
    return sorted(done, key=lambda item: (item[1].last, item[0].kind, item[0].source))


def lives(instrument: Instrument, store: Store) -> list[Life]:
    """List the days on which an instrument is shown in force (E3, E4), oldest first.

    An instrument that amends or ends another regards it as in force on the day it is signed, not on the day it takes
    effect: Luật 47/2024/QH15 amends Luật 77/2015/QH13 from a day on which that law had ended.
    """
    result = [Life(row.date, row.kind == "statement", living=row) for row in store.living(instrument.id)]
    if instrument.effective and is_day(instrument.effective):
        result.append(Life(instrument.effective, strong=True))
    elif _begins_on_signing(instrument, store) and is_day(instrument.issued or ""):
        result.append(Life(instrument.issued or "", strong=True))
    word = store.word_on(instrument.id)
    if word and word.value == "in_force":
        result.append(Life(word.learned, strong=True, word=word))
    for edge in store.into(instrument.id):
        source = store.instrument(edge.source)
        signed = signed_bounds(source, store) if source else None
        shows = edge.kind in _SHOWS_LIFE and not keeps_part(edge)
        if shows and edge.confidence == "verified" and signed:
            result.append(Life(signed.first, strong=True, edge=edge))
    return sorted(result, key=life_order)


def life_order(life: Life) -> tuple[str, bool, tuple[str, ...], tuple[str, ...]]:
    """Order evidence of life by day, then by weight, then so that the order of rows does not matter."""
    edge, living, word = life.edge, life.living, life.word
    return (
        life.day,
        life.strong,
        (edge.effective or "", edge.kind, edge.source) if edge else (),
        (living.kind, living.source or "") if living else (word.id,) if word else (),
    )


def _begins_on_signing(instrument: Instrument, store: Store) -> bool:
    """Administrative documents take effect when signed, unless they say otherwise (E10)."""
    return instrument.effective is None and store.legal_class(instrument.id) == "administrative"


def has_begun(instrument: Instrument, store: Store, *, on: str) -> bool:
    """Say whether an instrument had taken effect by a day, its effective date read or not (E10)."""
    if instrument.effective:
        return latest(instrument.effective) <= on
    signed = signed_bounds(instrument, store)
    if signed and _begins_on_signing(instrument, store) and signed.last <= on:
        return True
    amended = any(edge.effective and edge.effective <= on for edge in store.into(instrument.id))
    used = any(row.date <= on for row in store.living(instrument.id))
    return amended or used or bool(signed and add_days(signed.last, BEGINNING_MARGIN) <= on)


@cache
def _regimes() -> tuple[tuple[str, str, Regime], ...]:
    return tuple(
        (row["first_day"], row["last_day"] or FOREVER, Regime(row["consequence"], row["clause"]))  # type: ignore[arg-type]  # checked by the schema test
        for row in read_rules("knock_on_regimes.csv")
    )


def regime_on(day: str) -> Regime | None:
    """Give the rule on guiding documents that was in force on the day the parent ended."""
    return next((regime for first, last, regime in _regimes() if first <= day <= last), None)
