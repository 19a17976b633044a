"""From what a source calls an instrument to the one instrument it means, or to a reason why that cannot be said.

Stricter than the resolution of citations (`parcc_nlp.registry.resolve`): what is written into a registry stays there,
so nothing is guessed. Identity is type, number, issuer and date. A national number with its year needs its type only; a
number without a year needs its date; a local number needs its issuer with the place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.model import Citation, Instrument
from parcc_nlp.registry.days import agrees, earliest, is_day, latest
from parcc_nlp.registry.evidence import signed_bounds
from parcc_nlp.registry.identity import (
    canonical_issuer,
    central_issuers,
    implied_issuers,
    implied_type,
    instrument_id,
    is_local,
    issuers_agree,
    number_parts,
    province_slugs,
    slug,
)
from parcc_nlp.registry.names import LAW_TYPES, name_key, read_name
from parcc_nlp.registry.resolve import Resolver
from parcc_nlp.registry.wording import refusal
from parcc_nlp.text.canonical import canonical_number

if TYPE_CHECKING:
    from parcc_nlp.registry.claims import Reference
    from parcc_nlp.registry.store import Store

__all__ = ["Identifier", "Identity", "Refusal"]

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_FULL = 10
_NAMED = 5
_SAME_TITLE = 0.6


class Refusal(NamedTuple):
    """Why a reference, or a claim, cannot be taken: a key of ``refusals.csv`` and its wording."""

    code: str
    message: str


class Identity(NamedTuple):
    """The instrument meant: its id, and the four parts of identity where it is a new one."""

    id: str
    new: Instrument | None = None


class Identifier:
    """Identification against one store and what has been created since it was opened."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._resolver = Resolver(store)
        self._created: dict[str, list[Instrument]] = {}

    def identify(self, reference: Reference, *, title: str | None = None) -> Identity | Refusal:
        """Say which instrument a reference means.

        Parameters
        ----------
        reference
            What the source has of it.
        title
            Its title, where the source gives one: tells documents of one number apart.
        """
        for day in (reference.issued, reference.signed):
            if day is not None and not _is_date(day):
                return _refused("not_a_day", what=day)
        if reference.number:
            return self._by_number(reference, canonical_number(reference.number), title)
        return self._by_name(reference)

    def _by_name(self, reference: Reference) -> Identity | Refusal:
        """Take a law named without its number: exactly so, of that year, or the one in force when it was named."""
        name = reference.name
        if not name:
            return _refused("identity_incomplete", what=_called(reference))
        citation = Citation(
            start=0, end=len(name), text=name, doc_type=reference.doc_type, name=name, issued=reference.issued
        )
        found = self._resolver.resolve(citation, signed=reference.signed)
        if found.instrument is not None and found.instrument.title is not None:
            if name_key(found.instrument.title) == read_name(name).key:
                return Identity(found.instrument.id)
        elif found.candidates:
            return _refused("ambiguous", what=name, candidates=", ".join(found.candidates[:_NAMED]))
        return _refused("name_not_known", what=name)

    def _by_number(self, reference: Reference, number: str, title: str | None) -> Identity | Refusal:
        local = is_local(number)
        if local and _placed(reference.issuer) is None:
            return _refused("local_without_place", what=number)
        bearers = [bearer for bearer in self._bearers(number) if _may_be(bearer, reference, number, local=local)]
        timely = [bearer for bearer in bearers if not self._is_later(bearer, reference.signed)]
        if bearers and not timely:
            return _refused("later_than_citing", what=number, signed=reference.signed or "")
        if number_parts(number).year is None:
            return self._without_year(reference, number, timely, title)
        if len(timely) > 1:
            dated = [bearer for bearer in timely if reference.issued and bearer.issued == reference.issued]
            timely = dated if len(dated) == 1 else timely
        if len(timely) > 1:
            return _refused("ambiguous", what=number, candidates=", ".join(one.id for one in timely[:_NAMED]))
        return Identity(timely[0].id) if timely else self._made(reference, number)

    def _without_year(
        self, reference: Reference, number: str, bearers: list[Instrument], title: str | None
    ) -> Identity | Refusal:
        """Let the date decide: a number without a year is another document every year."""
        issued = reference.issued
        if issued is None or len(issued) < _FULL:
            return _refused("undated_number", what=number)
        same = [bearer for bearer in bearers if bearer.issued == issued]
        if len(same) == 1:
            return Identity(same[0].id)
        coarse = [bearer for bearer in bearers if bearer.issued != issued and agrees(bearer.issued or "", issued)]
        if not same and len(coarse) == 1 and (coarse[0].issued or _titles_agree(title, coarse[0].title)):
            return Identity(coarse[0].id)
        if same or coarse:
            listed = ", ".join(one.id for one in (same or coarse)[:_NAMED])
            return _refused("ambiguous", what=number, candidates=listed)
        return self._made(reference, number)

    def _bearers(self, number: str) -> list[Instrument]:
        """List the instruments of a number, the registry's and those created since."""
        identities = self._store.bearers(number)
        known = [found for identity in identities if (found := self._store.instrument(identity))]
        return known + self._created.get(number, [])

    def _is_later(self, bearer: Instrument, signed: str | None) -> bool:
        if signed is None:
            return False
        bounds = signed_bounds(bearer, self._store)
        return bool(bounds and bounds.first > latest(signed))

    def _made(self, reference: Reference, number: str) -> Identity | Refusal:
        """Make a new instrument where its identity is given."""
        doc_type = reference.doc_type or implied_type(number)
        allowed = implied_issuers(number)
        issuer = canonical_issuer(reference.issuer) if reference.issuer else None
        if len(allowed) == 1 and not is_local(number):
            issuer = allowed[0]
        year = number_parts(number).year
        issued = reference.issued
        if issued and year and not issued.startswith(str(year)):
            issued = None  # a slip: the year of the number is that of signing
        if doc_type is None or issuer is None or (year is None and issued is None):
            return _refused("identity_incomplete", what=_called(reference))
        if reference.signed and issued and earliest(issued) > latest(reference.signed):
            return _refused("later_than_citing", what=number, signed=reference.signed)
        if reference.signed and year and f"{year}-01-01" > latest(reference.signed):
            return _refused("later_than_citing", what=number, signed=reference.signed)
        identity = instrument_id(doc_type=doc_type, issuer=issuer, issued=issued, number=number)
        made = Instrument(
            id=identity, number=number, doc_type=doc_type, issuer=issuer, issued=issued, confidence="partial"
        )
        self._created.setdefault(number, []).append(made)
        return Identity(identity, made)


def _refused(code: str, **values: str) -> Refusal:
    return Refusal(code, refusal(code, **values))


def _called(reference: Reference) -> str:
    words = (reference.doc_type, reference.number, reference.name, reference.issued, reference.issuer)
    return " ".join(word for word in words if word)


def _is_date(text: str) -> bool:
    """Say whether a text is a date of any precision."""
    return bool(_DATE.fullmatch(text)) and is_day(text + "-01-01"[len(text) - 4 :])


def _may_be(bearer: Instrument, reference: Reference, number: str, *, local: bool) -> bool:
    """Say whether an instrument of the number can be the one meant: of that type, and of that issuer."""
    doc_type = reference.doc_type or implied_type(number)
    if doc_type and bearer.doc_type and doc_type.casefold() != bearer.doc_type.casefold():
        return False
    if local:
        mine, theirs = _placed(reference.issuer), _placed(bearer.issuer)
        if mine is None or theirs is None or slug(mine) != slug(theirs):
            return False
        year = number_parts(number).year
        return year is not None or not reference.issued or agrees(reference.issued, bearer.issued or "")
    return not (reference.issuer and bearer.issuer) or issuers_agree(reference.issuer, bearer.issuer)


def _placed(issuer: str | None) -> str | None:
    """Give an issuer that names a place or is a central body; None where it may be any province's."""
    if not issuer:
        return None
    text = canonical_issuer(issuer)
    own = slug(text)
    if any(own == slug(body) for body in central_issuers()):
        return text
    return text if any(f"-{name}" in f"-{own}" for name in province_slugs()) else None


def _titles_agree(one: str | None, other: str | None) -> bool:
    """Say whether most words of two titles are the same."""
    mine, theirs = set(name_key(one or "").split()), set(name_key(other or "").split())
    return bool(mine and theirs) and len(mine & theirs) >= _SAME_TITLE * max(len(mine), len(theirs))


def is_law(doc_type: str | None) -> bool:
    """Say whether a type is one that is cited by its name alone."""
    return doc_type in LAW_TYPES
