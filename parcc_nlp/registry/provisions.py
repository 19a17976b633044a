"""Whether a provision of an instrument is in force on a day.

An instrument that stands may have lost the very provision that is cited: a citation of khoản 1 Điều 14 Nghị định
102/2024/NĐ-CP rests on nothing since 01/7/2025, though the decree is in force. The provision follows its instrument
except where relations name it, a unit around it or a unit inside it (E11); where they name no provision, or not all, it
is not known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.model import Pinpoint, ProvisionStatus
from parcc_nlp.registry.days import add_days
from parcc_nlp.registry.evidence import PRESUMPTION, bounds, ended_by, ends_part, is_suspended, keeps_part
from parcc_nlp.registry.parts import name_of_provision, named_in, place_of
from parcc_nlp.registry.status import alive_on, label, proof_of, status_of
from parcc_nlp.registry.wording import note

if TYPE_CHECKING:
    from parcc_nlp.model import Instrument, ProvisionStatusKind, Status
    from parcc_nlp.registry.evidence import Bounds
    from parcc_nlp.registry.status import Basis
    from parcc_nlp.registry.store import Store
    from parcc_nlp.registry.tables import Edge

__all__ = ["provision_status_of"]


_OWN = re.compile(r"\bnày\b")
"""An exception that speaks of "this" law or decree names provisions of the acting instrument."""


class _Touch(NamedTuple):
    """A relation that names provisions, with its days."""

    edge: Edge
    when: Bounds


class _Verdict(NamedTuple):
    """An answer before the frame is put around it."""

    status: ProvisionStatusKind
    edges: tuple[Edge, ...] = ()
    text: str | None = None
    since: str | None = None
    basis: Basis | None = None


def provision_status_of(instrument: Instrument, provision: Pinpoint, store: Store, *, on: str) -> ProvisionStatus:
    """Answer for one provision of one instrument and one day."""
    whole = status_of(instrument, store, on=on)
    verdict = _verdict(instrument, provision, whole, store, on=on)
    by = verdict.edges[0] if verdict.edges else None
    follows = not verdict.edges
    told: Basis = whole.basis if follows else "stated" if any(edge.effective for edge in verdict.edges) else "inferred"
    basis: Basis = "none" if verdict.status == "not_known" else verdict.basis or told
    return ProvisionStatus(
        instrument=instrument.id,
        provision=provision,
        as_of=on,
        status=verdict.status,
        basis=basis,
        since=verdict.since or (by.effective if by else whole.since),
        by=label(by.source, store) if by else None,
        clause=by.clause if by else None,
        proof=tuple(proof_of(edge, store) for edge in verdict.edges) or (whole.proof if follows else ()),
        note=verdict.text,
        known_on=store.known_on,
        registry=store.version,
    )


def _verdict(instrument: Instrument, provision: Pinpoint, whole: Status, store: Store, *, on: str) -> _Verdict:
    """Ask in order: has the instrument ended or not begun, what touches the provision, what may touch it."""
    if whole.status in {"not_yet", "suspended"}:
        return _Verdict("not_yet" if whole.status == "not_yet" else "suspended", text=whole.note)
    touches = _touches(instrument.id, store, on=on)
    ended = _ended(provision, touches, on=on)
    if whole.status == "expired":
        gone = _with_the_whole(instrument, provision, whole, store, on=on)
        if gone is not None:
            return _earlier(ended, gone)
    if ended is not None:
        return ended
    changed = _changed(provision, touches, store, on=on)
    open_ = _open(provision, touches, store, on=on)
    if open_ is not None and not (changed and changed.status == "amended" and _is_later(changed, open_)):
        return open_
    if changed is not None:
        return changed
    return _as_the_whole(instrument, provision, whole, store, on=on)


def _touches(identity: str, store: Store, *, on: str) -> list[_Touch]:
    """List the relations that end or amend provisions and are applied on the day, the earliest first."""
    found = [
        _Touch(edge, bounds(edge, store))
        for edge in store.into(identity)
        if (ends_part(edge) or edge.kind == "amends")
        and edge.confidence == "verified"
        and not is_suspended(edge.source, store, on=on)
    ]
    return sorted(found, key=_touch_order)


def _touch_order(touch: _Touch) -> tuple[str, str, str, str]:
    return touch.when.last, touch.when.first, touch.edge.kind, touch.edge.source


def _ended(provision: Pinpoint, touches: list[_Touch], *, on: str) -> _Verdict | None:
    """Say whether the provision or a unit around it was repealed by the day."""
    gone = [
        touch
        for touch in touches
        if ends_part(touch.edge)
        and touch.when.last <= on
        and any(place_of(part, provision) in {"same", "around"} for part in touch.edge.parts.whole)
        and not _is_kept(provision, touch.edge)
        and not _keeps_inside(provision, touch.edge)
    ]
    if not gone:
        return None
    first = gone[0]
    again = [
        touch
        for touch in touches
        if touch.edge.kind == "amends"
        and first.when.last < touch.when.last <= on
        and any(place_of(part, provision) in {"same", "around", "inside"} for part in touch.edge.parts.listed)
    ]
    part = _capital(name_of_provision(provision))
    if again:
        edges = (first.edge, again[-1].edge)
        return _Verdict("not_known", edges, note("provision_restored", part=part, by=_by(first), again=_by(again[-1])))
    return _Verdict("expired", tuple(touch.edge for touch in gone), note("provision_repealed", part=part))


def _by(touch: _Touch) -> str:
    """Name what acts by its number, as its id says it; the proof names it in full."""
    return touch.edge.source.rpartition("/")[2].upper()


def _is_kept(provision: Pinpoint, edge: Edge) -> bool:
    """Say whether the provision is expressly kept."""
    return any(place_of(part, provision) in {"same", "around"} for part in edge.parts.kept)


def _keeps_inside(provision: Pinpoint, edge: Edge) -> bool:
    """Say whether something inside the provision is expressly kept."""
    return any(place_of(part, provision) == "inside" for part in edge.parts.kept)


def _is_perhaps_kept(provision: Pinpoint, edge: Edge) -> bool:
    """Say whether the words of an exception may mean the provision, or something inside or around it."""
    if not edge.exception or _OWN.search(edge.exception):
        return False
    named = named_in(edge.exception)
    if named is None:
        # What the shipped data quote in other words are rules of transition of the acting instrument.
        return edge.origin != "shipped"
    return any(place_of(part, provision) != "apart" for part in named)


def _with_the_whole(
    instrument: Instrument, provision: Pinpoint, whole: Status, store: Store, *, on: str
) -> _Verdict | None:
    """Say that the provision ended with its instrument, except where every clause that ended it keeps the provision."""
    done = [edge for edge, _ in ended_by(instrument, store, on=on)]
    if not done:
        return _Verdict("expired", text=whole.note, since=whole.since)
    part = _capital(name_of_provision(provision))
    ending = [edge for edge in done if not _is_kept(provision, edge)]
    if not ending:
        return None
    continuing = _continued(instrument, provision, store, on=on)
    if continuing is not None:
        return continuing
    if all(_keeps_inside(provision, edge) for edge in ending):
        kept = ", ".join(name_of_provision(one) for edge in ending for one in edge.parts.kept)
        cut = note("provision_part_repealed", part=part, what=f"trừ {kept}")
        return _Verdict("amended", tuple(ending), cut, since=whole.since)
    excepted = [edge for edge in ending if edge.exception]
    text = note("provision_perhaps_kept", exception=excepted[0].exception or "") if excepted else None
    if all(_is_perhaps_kept(provision, edge) for edge in ending):
        return _Verdict("not_known", tuple(ending), f"{part}: {text}")
    return _Verdict("expired", tuple(ending), text, since=whole.since)


def _continued(instrument: Instrument, provision: Pinpoint, store: Store, *, on: str) -> _Verdict | None:
    """Leave a provision open that another clause keeps alive, or may keep alive, beyond the end of its instrument."""
    keeping = tuple(
        edge
        for edge in store.into(instrument.id)
        if keeps_part(edge)
        and bounds(edge, store).first <= on
        and (edge.parts.more or any(place_of(part, provision) != "apart" for part in edge.parts.listed))
    )
    if not keeping:
        return None
    by = ", ".join(dict.fromkeys(label(edge.source, store) for edge in keeping))
    text = note("provision_continued", part=_capital(name_of_provision(provision)), by=by)
    return _Verdict("not_known", keeping, text)


def _earlier(ended: _Verdict | None, gone: _Verdict) -> _Verdict:
    """Take the repeal of the provision itself where it came before the end of the whole."""
    if ended is None or ended.status != "expired":
        return gone
    if gone.status != "expired":
        return ended
    mine = ended.edges[0].effective
    theirs = gone.since or (gone.edges[0].effective if gone.edges else None)
    return ended if mine and (theirs is None or mine < theirs) else gone


def _changed(provision: Pinpoint, touches: list[_Touch], store: Store, *, on: str) -> _Verdict | None:
    """Say whether something inside the provision was repealed, or the provision amended, by the day."""
    part = _capital(name_of_provision(provision))
    undecided: _Verdict | None = None
    for touch in reversed(touches):
        edge = touch.edge
        if touch.when.last > on or _is_kept(provision, edge):
            continue
        by = label(edge.source, store)
        if ends_part(edge):
            inside = {"inside", "same", "around"} if _keeps_inside(provision, edge) else {"inside"}
            named = _place_among(provision, edge.parts.whole, inside)
            named = named or _place_among(provision, edge.parts.some, {"same", "inside"})
            if named:
                text = note("provision_part_repealed", part=part, what=f"{named}, {by}")
                return undecided or _Verdict("amended", (edge,), text)
            around = _place_among(provision, edge.parts.some, {"around", "unclear"})
            around = around or _place_among(provision, edge.parts.whole, {"unclear"})
            if around and undecided is None:
                text = note("provision_unclear", part=part, what=f"{around}, {by}")
                undecided = _Verdict("not_known", (edge,), text)
            continue
        named = _place_among(provision, edge.parts.whole, {"same", "around", "inside"})
        named = named or _place_among(provision, edge.parts.some, {"same", "inside"})
        if named:
            text = note("provision_amended", part=part, what=f"{named}, {by}")
            return undecided or _Verdict("amended", (edge,), text)
        if undecided is None and (around := _place_among(provision, edge.parts.some, {"around"})):
            text = note("provision_unclear", part=part, what=f"{around}, {by}")
            undecided = _Verdict("not_known", (edge,), text)
    return undecided


def _place_among(provision: Pinpoint, parts: tuple[Pinpoint, ...], places: set[str]) -> str | None:
    """Name the first of some provisions that stands to this one as asked."""
    return next((name_of_provision(part) for part in parts if place_of(part, provision) in places), None)


def _open(provision: Pinpoint, touches: list[_Touch], store: Store, *, on: str) -> _Verdict | None:
    """Say what leaves the provision open: a repeal whose day or whose provisions are not known."""
    part = _capital(name_of_provision(provision))
    for touch in touches:
        edge = touch.edge
        named = _place_among(provision, edge.parts.listed, {"same", "around", "inside"})
        if ends_part(edge) and named and touch.when.first <= on < touch.when.last:
            text = note("provision_undated", part=part, by=label(edge.source, store), on=on)
            return _Verdict("not_known", (edge,), text)
    unlisted = [
        touch.edge
        for touch in touches
        if ends_part(touch.edge)
        and touch.when.last <= on
        and (touch.edge.parts.more or not touch.edge.parts.listed)
        and not _is_kept(provision, touch.edge)
    ]
    if not unlisted:
        return None
    by = ", ".join(label(edge.source, store) for edge in unlisted)
    return _Verdict("not_known", tuple(unlisted), note("provision_not_listed", by=by))


def _is_later(changed: _Verdict, open_: _Verdict) -> bool:
    """Say whether an amendment of the provision came after everything that leaves it open."""
    mine = changed.edges[0].effective
    return bool(mine and all(edge.effective and edge.effective <= mine for edge in open_.edges))


def _as_the_whole(instrument: Instrument, provision: Pinpoint, whole: Status, store: Store, *, on: str) -> _Verdict:
    """Let the provision follow its instrument."""
    if whole.status == "expired":
        return _kept(instrument, provision, store, on=on)
    if whole.status == "not_known":
        return _Verdict("not_known", text=whole.note)
    text, basis = whole.note, whole.basis
    if whole.status == "partly_expired":
        alive = alive_on(instrument, store, on=on)
        if alive is None:
            return _Verdict("not_known", text=note("rest_not_known", data=store.date))
        text, basis = alive.note, alive.basis
    amending = [
        edge
        for edge in store.into(instrument.id)
        if edge.kind == "amends"
        and (edge.parts.more or not edge.parts.listed)
        and edge.effective
        and edge.effective <= on
        and not is_suspended(edge.source, store, on=on)
    ]
    by = ", ".join(dict.fromkeys(label(edge.source, store) for edge in amending))
    text = note("provision_amended_somewhere", by=by) if by else text
    return _Verdict("in_force", text=text, since=instrument.effective, basis=basis)


def _kept(instrument: Instrument, provision: Pinpoint, store: Store, *, on: str) -> _Verdict:
    """Answer for a provision kept by every clause which ended its instrument: these show it in force (E5)."""
    done = ended_by(instrument, store, on=on)
    edges = tuple(edge for edge, _ in done)
    by = ", ".join(dict.fromkeys(label(edge.source, store) for edge in edges))
    text = note("provision_kept", part=_capital(name_of_provision(provision)), by=by)
    shown = max(when.last for _, when in done)
    lasts = on <= min(add_days(shown, PRESUMPTION), store.reach(instrument.id))
    return _Verdict("in_force" if lasts else "not_known", edges, text, instrument.effective, "inferred")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
