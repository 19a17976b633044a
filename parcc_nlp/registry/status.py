"""Is this instrument in force on that day? Three answers, never two, each with its proof.

The rules of evidence (E0-E12) stand in `parcc_nlp.registry.evidence`; here they are put in order. The first that
applies answers: not yet, ended, suspended, contested, begun or not, alive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from parcc_nlp.model import AmendedBy, Proof, Status, StatusKind
from parcc_nlp.registry.days import add_days, earliest, latest
from parcc_nlp.registry.evidence import (
    FOREVER,
    PRESUMPTION,
    Bounds,
    Life,
    bounds,
    ended_by,
    endings,
    ends_part,
    has_begun,
    is_suspended,
    keeps_part,
    life_order,
    lives,
    regime_on,
    signed_bounds,
)
from parcc_nlp.registry.wording import note, source_of, written_days

if TYPE_CHECKING:
    from parcc_nlp.model import Instrument
    from parcc_nlp.registry.store import Store
    from parcc_nlp.registry.tables import Edge, FieldRow, Living

__all__ = [
    "Basis",
    "KnockOn",
    "alive_on",
    "amendments_of",
    "chain_of",
    "knock_on_of",
    "label",
    "programme_of",
    "proof_of",
    "status_of",
]

Basis = Literal["stated", "inferred", "none"]

_PERIOD = re.compile(r"(?:giai đoạn|thời kỳ)\s+(?P<first>20\d\d)\s*-\s*(?P<last>20\d\d)")
_UNTIL = re.compile(r"(?:đến|hết) năm\s+(?P<last>20\d\d)")
_YEAR_OF_PLAN = re.compile(r"[Kk]ế hoạch\b.*\bnăm\s+(?P<last>20\d\d)$")
_TYPES_BEFORE_AMENDING = ("luật ", "bộ luật ", "pháp lệnh ", "về việc ", "về ")


class Verdict(NamedTuple):
    """An answer before the frame is put around it."""

    status: StatusKind
    basis: Basis
    since: str | None = None
    proof: tuple[Proof, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class KnockOn:
    """What the end of a parent means for a document that details or guides it: for review, never a verdict.

    `consequence` follows the rule in force on the day the parent ended (review rules R-HL7), `clause` is that rule.
    """

    instrument: str
    parent: str
    parent_ended: str
    consequence: Literal["expires_with_parent", "continues_if_not_contrary", "continues"]
    clause: str
    kind: Literal["review"] = "review"


def label(identity: str, store: Store) -> str:
    """Name an instrument in an answer: its number, or type, issuer and date where the number is not known."""
    instrument = store.instrument(identity)
    if instrument is None:
        return identity
    if instrument.number:
        return instrument.number
    words = (instrument.doc_type, instrument.issuer and f"của {instrument.issuer}", instrument.issued)
    return " ".join(word for word in words if word)


def status_of(instrument: Instrument, store: Store, *, on: str) -> Status:
    """Answer for one instrument and one day.

    Parameters
    ----------
    instrument
        An instrument of the store.
    store
        The data.
    on
        The day asked about, ``YYYY-MM-DD``.

    Returns
    -------
    Status
        The verdict with basis, proof, chain of successors, amendments and leads.
    """
    verdict = _verdict(instrument, store, on=on)
    chain = chain_of(instrument.id, store, on=on)
    return Status(
        number=instrument.number,
        doc_type=instrument.doc_type,
        issuer=instrument.issuer,
        issued=instrument.issued,
        title=instrument.title,
        as_of=on,
        status=verdict.status,
        basis=verdict.basis,
        since=verdict.since,
        successor=label(chain[-1], store) if chain else None,
        chain=tuple(label(identity, store) for identity in chain),
        proof=verdict.proof,
        amended_by=amendments_of(instrument.id, store, on=on),
        leads=tuple(proof_of(edge, store) for edge in _leads(instrument.id, store, on=on)),
        contradictions=store.contradictions(instrument.id),
        note=verdict.note,
        instrument=instrument.id,
        known_on=store.known_on,
        registry=store.version,
    )


def _verdict(instrument: Instrument, store: Store, *, on: str) -> Verdict:
    """Ask the rules in order."""
    decided = (
        _spoken_for(instrument, store, on=on)
        or _too_early(instrument, store, on=on)
        or _spoken(instrument, store, on=on)
        or _outside(instrument, store)
        or _ended(instrument, store, on=on)
        or _suspended(instrument, store, on=on)
    )
    if decided:
        return decided
    alive = alive_on(instrument, store, on=on)
    cut = _partial_endings(instrument.id, store, on=on)
    if cut and (alive or _holds_in_part(instrument, store, on=on)):
        return _partly(alive, cut, store)
    if alive:
        return alive
    return Verdict("not_known", "none", proof=_proofs(cut, store), note=_why_not_known(instrument, store, on=on))


def _outside(instrument: Instrument, store: Store) -> Verdict | None:
    """Leave open what is no legal text of its own."""
    kind = store.legal_class(instrument.id)
    return Verdict("not_known", "none", note=note(str(kind))) if kind in {"party", "consolidated"} else None


def _spoken_for(instrument: Instrument, store: Store, *, on: str) -> Verdict | None:
    """Rule E0 where the day from which an officer's word holds has come, whatever day a source says it takes effect."""
    word, signed = store.word_on(instrument.id), signed_bounds(instrument, store)
    if word is None or word.since is None or on < word.since or (signed and on < signed.first):
        return None
    return _spoken(instrument, store, on=on)


def _spoken(instrument: Instrument, store: Store, *, on: str) -> Verdict | None:
    """Rule E0: an officer's word on the instrument."""
    word = store.word_on(instrument.id)
    if word is None or word.value is None:
        return None
    proof = (_word_proof(word),)
    text = note("officer", by=word.name or "", day=word.learned, because=word.because or "")
    since = word.since or word.learned
    verdict: Verdict | None = None
    if word.value == "in_force":
        if (word.since or "") <= on <= word.learned:
            verdict = Verdict("in_force", "stated", word.since or instrument.effective, proof, text)
    elif word.value == "not_known":
        if since <= on:
            verdict = Verdict("not_known", "none", proof=proof, note=text)
    elif since <= on:
        overtaken = word.value != "expired" and ended_by(instrument, store, on=on)
        if not overtaken:
            verdict = Verdict(cast("StatusKind", word.value), "stated", since, proof, text)
    elif word.since and word.value == "expired" and has_begun(instrument, store, on=on):
        verdict = Verdict("in_force", "stated", instrument.effective, proof, text)
    return verdict


def _too_early(instrument: Instrument, store: Store, *, on: str) -> Verdict | None:
    """Answer for a day before signing or before the day of taking effect."""
    signed = signed_bounds(instrument, store)
    if signed and on < signed.first:
        return Verdict("not_yet", "stated" if instrument.issued else "inferred", note=note("not_issued", on=on))
    if instrument.effective and on < earliest(instrument.effective):
        text = note("not_effective", day=instrument.effective)
        return Verdict("not_yet", "stated", proof=(_own_start(instrument),), note=text)
    not_surely_signed = signed and on < min(signed.last, store.date) and not instrument.effective
    if signed and not_surely_signed and not has_begun(instrument, store, on=on):
        return Verdict("not_known", "none", note=note("perhaps_not_issued", year=signed.first[:4], on=on))
    return None


def _ended(instrument: Instrument, store: Store, *, on: str) -> Verdict | None:
    """Rules E1, E2 and E8."""
    done = ended_by(instrument, store, on=on)
    if done:
        dated = [edge.effective for edge, _ in done if edge.effective]
        text = None if dated else note("ended_about", day=done[0][1].last)
        proof = _proofs([edge for edge, _ in done], store)
        return Verdict("expired", "stated" if dated else "inferred", min(dated, default=None), proof, text)
    open_ = [edge for edge, when in endings(instrument.id, store, on=on) if when.first <= on]
    if open_:
        by = ", ".join(label(edge.source, store) for edge in open_)
        return Verdict("not_known", "none", proof=_proofs(open_, store), note=note("ending_not_dated", by=by, on=on))
    if instrument.expires and instrument.expires <= on and not endings(instrument.id, store, on=on):
        return Verdict("not_known", "none", note=note("own_term_over", day=instrument.expires))
    return None


def _suspended(instrument: Instrument, store: Store, *, on: str) -> Verdict | None:
    if not is_suspended(instrument.id, store, on=on):
        return None
    edges = [
        edge
        for edge in store.into(instrument.id)
        if edge.kind == "suspends" and (edge.effective or edge.not_after or FOREVER) <= on
    ]
    dated = [edge.effective for edge in edges if edge.effective and edge.confidence == "verified"]
    text = None if dated else note("suspended")
    return Verdict(
        "suspended", "stated" if dated else "inferred", min(dated, default=None), _proofs(edges, store), text
    )


def alive_on(instrument: Instrument, store: Store, *, on: str) -> Verdict | None:
    """Rules E3 to E7 and E9: what shows the instrument in force on the day."""
    if instrument.confidence == "unverified" or not has_begun(instrument, store, on=on):
        return None
    shown = lives(instrument, store)
    later = [life for life in shown if life.day >= on]
    coming = [(edge, when) for edge, when in endings(instrument.id, store, on=on) if on < when.first]
    strong = next((life for life in later if life.strong), None)
    if coming:
        proof = _proofs([edge for edge, _ in coming], store)
        basis: Basis = "stated" if any(edge.effective for edge, _ in coming) else "inferred"
        return Verdict("in_force", basis, instrument.effective, proof)
    if strong:
        # A day of taking effect that was only concluded from the signing (E10) is not stated anywhere.
        stated = strong.edge or strong.living or strong.word or instrument.effective
        basis = "stated" if stated else "inferred"
        return Verdict("in_force", basis, instrument.effective, (_life_proof(strong, instrument, store),))
    if on > store.reach(instrument.id) or _contested(instrument, shown, store, on=on):
        return None
    if later:
        return Verdict("in_force", "inferred", instrument.effective, (_life_proof(later[0], instrument, store),))
    return _presumed(instrument, shown, store, on=on)


def _presumed(instrument: Instrument, shown: list[Life], store: Store, *, on: str) -> Verdict | None:
    """Rules E5, E6 and E9."""
    if _rests_on_ended(instrument, store, on=on):
        return None
    if instrument.expires and on < instrument.expires:
        text = note("own_term", day=instrument.expires)
        return Verdict("in_force", "inferred", instrument.effective, (_own_start(instrument),), text)
    last = max((life for life in shown if life.strong and life.day <= on), default=None, key=life_order)
    if last and on <= add_days(last.day, PRESUMPTION):
        text = note("presumed", day=last.day, data=store.date)
        return Verdict("in_force", "inferred", instrument.effective, (_life_proof(last, instrument, store),), text)
    period = programme_of(instrument, store)
    if period and period.first <= on <= period.last:
        return Verdict("in_force", "inferred", instrument.effective, note=note("programme", data=store.date))
    return None


def programme_of(instrument: Instrument, store: Store) -> Bounds | None:
    """Give the period that the title of an administrative programme or plan states."""
    title, signed = instrument.title or "", signed_bounds(instrument, store)
    if signed is None or store.legal_class(instrument.id) != "administrative":
        return None
    if match := _PERIOD.search(title):
        return Bounds(f"{match['first']}-01-01", f"{match['last']}-12-31")
    if match := _UNTIL.search(title) or _YEAR_OF_PLAN.search(title):
        return Bounds(signed.first, f"{match['last']}-12-31")
    return None


def _contested(instrument: Instrument, shown: list[Life], store: Store, *, on: str) -> str | None:
    """Say, in words, which lead to an ending stands against a presumption on the day (E7, E8)."""
    strong = [life.day for life in shown if life.strong and life.day <= on]
    result: list[str] = []
    for edge in store.leads_into(instrument.id):
        when = bounds(edge, store)
        counts = edge.kind in {"replaces", "repeals"} and not is_suspended(edge.source, store, on=on)
        if counts and when.first <= on and not any(day > when.last for day in strong):
            result.append(label(edge.source, store))
    if result:
        return note("lead", by=", ".join(sorted(set(result))))
    day = store.perhaps_ended(instrument.id)
    if day and earliest(day) <= on and not any(life > latest(day) for life in strong):
        return note("lead_later", day=day)
    return None


def _rests_on_ended(instrument: Instrument, store: Store, *, on: str) -> str | None:
    """Say why a text whose object or parent has ended is not presumed in force (E9, R-HL7, R-HL11)."""
    amended = sorted({edge.target for edge in store.out_of(instrument.id) if edge.kind == "amends"})
    if amended and _only_amends(instrument) and all(_has_ended(target, store, on=on) for target in amended):
        return note("amended_all_ended", targets=", ".join(label(target, store) for target in amended))
    for effect in knock_on_of(instrument.id, store, on=on):
        if effect.consequence == "expires_with_parent":
            return note(
                "parent_ended", parent=label(effect.parent, store), day=effect.parent_ended, clause=effect.clause
            )
    return None


def _only_amends(instrument: Instrument) -> bool:
    title = (instrument.title or "").casefold()
    for word in _TYPES_BEFORE_AMENDING:
        title = title.removeprefix(word)
    return title.startswith("sửa đổi")


def _has_ended(identity: str, store: Store, *, on: str) -> bool:
    instrument = store.instrument(identity)
    return bool(instrument and ended_by(instrument, store, on=on))


def _partial_endings(identity: str, store: Store, *, on: str) -> list[Edge]:
    """List the verified clauses that had ended single provisions by the day."""
    word = store.word_on(identity)
    whole = word.learned if word and word.value == "in_force" and (word.since or "") <= on else ""
    return [
        edge
        for edge in store.into(identity)
        if ends_part(edge)
        and edge.confidence == "verified"
        and (not whole or bounds(edge, store).first > whole)
        and bounds(edge, store).last <= on
        and not is_suspended(edge.source, store, on=on)
    ]


def _holds_in_part(instrument: Instrument, store: Store, *, on: str) -> bool:
    """Say whether "partly expired" may be answered though nothing recent shows the rest in force.

    It may where the instrument was surveyed for endings up to the date of the data and no lead speaks of one: that a
    part has ended is proved by its clause, and more is not claimed.
    """
    surveyed = store.is_surveyed(instrument.id) and instrument.confidence != "unverified" and on <= store.date
    shown = lives(instrument, store)
    return (
        surveyed and not _contested(instrument, shown, store, on=on) and not _rests_on_ended(instrument, store, on=on)
    )


def _partly(alive: Verdict | None, cut: list[Edge], store: Store) -> Verdict:
    dated = [edge.effective for edge in cut if edge.effective]
    text = alive.note if alive else note("rest_not_known", data=store.date)
    proof = _proofs(cut, store) + tuple(
        proof for proof in (alive.proof if alive else ()) if proof.relation in {"replaces", "repeals"}
    )
    basis: Basis = "stated" if dated else "inferred"
    return Verdict("partly_expired", basis, min(dated, default=None), proof, text)


def _why_not_known(instrument: Instrument, store: Store, *, on: str) -> str:
    """Say to an officer why there is no answer."""
    contested = _contested(instrument, lives(instrument, store), store, on=on)
    period = programme_of(instrument, store)
    if contested:
        return contested
    if on > store.reach(instrument.id):
        return note("beyond_data", data=store.date, on=on)
    if instrument.confidence == "unverified":
        return note("unverified")
    if not has_begun(instrument, store, on=on):
        return note("start_not_known", data=store.date)
    if period and period.last < on:
        return note("programme_over", year=period.last[:4])
    return _rests_on_ended(instrument, store, on=on) or note("no_evidence", data=store.date)


def _leads(identity: str, store: Store, *, on: str) -> list[Edge]:
    """List the unverified relations of instruments that may have been signed by the day."""
    result = []
    for edge in store.leads_into(identity):
        source = store.instrument(edge.source)
        signed = signed_bounds(source, store) if source else None
        if edge.kind != "guides" and (signed is None or signed.first <= on):
            result.append(edge)
    return result


def amendments_of(identity: str, store: Store, *, on: str) -> tuple[AmendedBy, ...]:
    """List the amendments that had taken effect by a day, oldest first; those without a date are left out."""
    edges = (
        edge
        for edge in store.into(identity)
        if edge.kind == "amends"
        and edge.effective
        and edge.effective <= on
        and not is_suspended(edge.source, store, on=on)
    )
    return tuple(
        AmendedBy(
            by=label(edge.source, store), clause=edge.clause, effective=edge.effective, confidence=edge.confidence
        )
        for edge in sorted(edges, key=lambda edge: (edge.effective or "", edge.source))
    )


def chain_of(identity: str, store: Store, *, on: str) -> tuple[str, ...]:
    """Follow verified replacements that had taken effect by a day, to the end; every step once."""
    chain: list[str] = []
    seen = {identity}
    while True:
        instrument = store.instrument(identity)
        steps = ended_by(instrument, store, on=on) if instrument else []
        identity = next((edge.source for edge, _ in steps if edge.kind == "replaces" and edge.source not in seen), "")
        if not identity:
            return tuple(chain)
        seen.add(identity)
        chain.append(identity)


def knock_on_of(identity: str, store: Store, *, on: str) -> tuple[KnockOn, ...]:
    """Say what the end of its parents means for a document that details or guides them."""
    result = []
    for edge in store.out_of(identity):
        parent = store.instrument(edge.target) if edge.kind == "guides" and edge.confidence == "verified" else None
        done = ended_by(parent, store, on=on) if parent else []
        if parent is None or not done:
            continue
        day = done[0][1].last
        regime = regime_on(day)
        kept = min(
            (row for row in store.into(identity) if row.kind == "continues" and not keeps_part(row)),
            default=None,
            key=lambda row: (row.effective or "", row.source),
        )
        if kept and bounds(kept, store).first <= on:
            clause = f"{kept.clause or ''} {label(kept.source, store)}".strip()
            result.append(KnockOn(identity, parent.id, day, "continues", clause))
        elif regime:
            result.append(KnockOn(identity, parent.id, day, regime.consequence, regime.clause))
    return tuple(sorted(result, key=lambda effect: (effect.parent_ended, effect.parent)))


def _proofs(edges: list[Edge], store: Store) -> tuple[Proof, ...]:
    ordered = sorted(
        edges, key=lambda edge: (edge.effective or latest(bounds(edge, store).last), edge.kind, edge.source)
    )
    return tuple(proof_of(edge, store) for edge in ordered)


def proof_of(edge: Edge, store: Store) -> Proof:
    """Show a relation as it stands in an answer; what ends single provisions is said to do so (E11)."""
    return Proof(
        relation="partially_repeals" if ends_part(edge) else edge.kind,
        by=label(edge.source, store),
        clause=edge.clause,
        effective=edge.effective,
        source=edge.evidence,
        confidence=edge.confidence,
        exception=edge.exception,
        parts=edge.parts.listed,
    )


def _word_proof(word: FieldRow) -> Proof:
    return Proof(
        relation="officer",
        by=word.name or "",
        clause=word.because,
        effective=word.since,
        source=written_days(source_of(word.origin, word.name, word.learned)),
        confidence="verified",
    )


def _own_start(instrument: Instrument) -> Proof:
    return Proof(
        relation="takes_effect",
        by=instrument.number or instrument.id,
        clause=None,
        effective=instrument.effective or instrument.issued,
        source=instrument.source,
        confidence=instrument.confidence,
    )


def _life_proof(life: Life, instrument: Instrument, store: Store) -> Proof:
    """Show what keeps an instrument alive."""
    if life.edge:
        return proof_of(life.edge, store)
    if life.word:
        return _word_proof(life.word)
    if life.living:
        return _living_proof(life.living)
    return _own_start(instrument)


def _living_proof(living: Living) -> Proof:
    return Proof(
        relation="in_force" if living.kind == "statement" else "cited_as_basis",
        by=living.source or "",
        clause=None,
        effective=living.date,
        source=living.quote,
        confidence="verified",
    )
