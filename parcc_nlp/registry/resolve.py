"""From a citation to the instrument it means, or to the ones it may mean, or to none.

Numbers are compared digit by digit and never by similarity. A number without a year is another document every year, a
number of a local body another in every province; such a citation is resolved only when date and place decide. What the
registry does not know stays unresolved: a citation that gives type, number, issuer and date gets the id these build, so
that two documents that cite it meet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.model import Instrument, Resolution
from parcc_nlp.registry.days import agrees, latest, may_be_slip
from parcc_nlp.registry.evidence import has_begun, signed_bounds
from parcc_nlp.registry.identity import (
    assembly_term,
    canonical_issuer,
    central_issuers,
    implied_issuers,
    implied_type,
    instrument_id,
    is_local,
    issuers_agree,
    number_key,
    number_parts,
    province_slugs,
    slug,
)
from parcc_nlp.registry.names import LAW_TYPES, NameIndex, is_amending, name_key, read_name
from parcc_nlp.text.canonical import canonical_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcc_nlp.model import Citation, Extraction
    from parcc_nlp.registry.store import Store

__all__ = ["Resolved", "Resolver"]

_LOWER_LEVEL = re.compile(r"\b(?:huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\b", re.IGNORECASE)
_PLACE_WORDS = re.compile(r"^(?:tỉnh|thành phố|tp\.?)\s+", re.IGNORECASE)
_LOCAL_BODY = re.compile(r"^(?:Chủ tịch )?(?:UBND|HĐND)\s*", re.IGNORECASE)
_DECREE = "Nghị định"
_SERIAL_AND_YEAR = re.compile(r"[0-9]{1,4}/(?:19|20)[0-9]{2}")
_FULL = 10
_TITLE_OVERLAP = 0.6


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a citation was found to mean.

    `resolution` is ``exact`` (number with its year, or number with its date, and nothing contradicts), ``inferred``
    (identified, but something had to be concluded or contradicts), ``ambiguous`` (the candidates are listed) or
    ``unresolved``. `id` is the id of the instrument, or of an instrument the registry does not know where the citation
    gives all four parts of identity.
    """

    instrument: Instrument | None
    resolution: Resolution
    candidates: tuple[str, ...] = ()
    id: str | None = None


class _Named(NamedTuple):
    """A law that a document has identified, and in which of its mentions it first did."""

    law: Instrument
    since: int


class Resolver:
    """Resolution against one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def _names(self) -> NameIndex:
        return NameIndex(self._store)

    def resolve(self, citation: Citation, *, signed: str | None = None, place: str | None = None) -> Resolved:
        """Identify the instrument a citation means."""
        if citation.number:
            return self._by_number(citation, citation.number, signed=signed, place=place)
        if citation.name or citation.doc_type in LAW_TYPES:
            return self._by_name(citation, signed=signed)
        return Resolved(None, "unresolved")

    def resolve_all(self, extraction: Extraction) -> Extraction:
        """Identify every citation of a document.

        A mention without a date takes the date another mention of the same number gives, where there is one; a law
        named without date or number is the one of that name that the document identifies elsewhere, if there is one.
        """
        metadata = extraction.metadata
        signed, place = metadata.issued, metadata.place or _place_of(metadata.issuer)
        dates = _dates_in(extraction.citations)
        first = [
            self.resolve(_dated(citation, dates), signed=signed, place=place) if not citation.internal else None
            for citation in extraction.citations
        ]
        first = _ids_shared(extraction.citations, first)
        named = self._named_in(extraction.citations, first)
        citations = []
        for order, (citation, found) in enumerate(zip(extraction.citations, first, strict=True)):
            if found is None:
                citations.append(citation)
                continue
            meant = named.get(name_key(citation.name)) if _is_bare_name(citation) and citation.name else None
            if meant is not None and meant.since < order and found.id != meant.law.id:
                found = Resolved(meant.law, "inferred", id=meant.law.id)  # noqa: PLW2901 - said before which law it is
            citations.append(
                replace(citation, instrument=found.id, resolution=found.resolution, candidates=found.candidates)
            )
        return replace(extraction, citations=tuple(citations))

    def _named_in(self, citations: tuple[Citation, ...], found: list[Resolved | None]) -> dict[str, _Named]:
        """Give the laws that a document identifies by number or date, by name; names given to two laws are left out."""
        laws: dict[str, set[str]] = {}
        since: dict[str, int] = {}
        for order, (citation, result) in enumerate(zip(citations, found, strict=True)):
            law = result.instrument if result else None
            if law is None or law.title is None or law.doc_type not in LAW_TYPES or _is_bare_name(citation):
                continue
            laws.setdefault(name_key(law.title), set()).add(law.id)
            since.setdefault(name_key(law.title), order)
        chosen = {key: next(iter(identities)) for key, identities in laws.items() if len(identities) == 1}
        return {key: _Named(law, since[key]) for key, one in chosen.items() if (law := self._store.instrument(one))}

    # By number

    def _by_number(self, citation: Citation, number: str, *, signed: str | None, place: str | None) -> Resolved:
        unknown = Resolved(None, "unresolved", id=_id_of_unknown(citation, number, place))
        bearers, well_formed = self._bearers(number)
        if not bearers and citation.doc_type == _DECREE and _SERIAL_AND_YEAR.fullmatch(number):
            bearers, well_formed = self._bearers(f"{number}/NĐ-CP")[0], False  # a decree has no other symbol
        local = is_local(number)
        fitting = [bearer for bearer in bearers if _type_fits(citation, bearer)]
        right_type = bool(fitting)
        fitting = fitting or bearers
        if (not right_type or citation.doc_type is None) and assembly_term(number):
            fitting = [bearer for bearer in fitting if _of_one_series(citation, bearer)]
        if local:
            fitting = [bearer for bearer in fitting if self._is_of_place(citation, bearer, place)]
        if not fitting:
            return unknown
        sure = well_formed and right_type and all(_issuer_fits(citation, bearer) for bearer in fitting)
        if number_parts(number).year is not None:
            return self._numbered_with_year(citation, fitting, signed=signed, sure=sure)
        return self._numbered_without_year(citation, fitting, unknown, signed=signed, sure=sure)

    def _bearers(self, number: str) -> tuple[list[Instrument], bool]:
        """List the instruments of a number, and say whether the number was written as the registry has it."""
        key = number_key(number)
        exact = self._store.of_key(key)
        bearers = (self._store.instrument(identity) for identity in exact or self._store.of_loose_key(key))
        return [bearer for bearer in bearers if bearer is not None], bool(exact)

    def _numbered_with_year(
        self, citation: Citation, bearers: list[Instrument], *, signed: str | None, sure: bool
    ) -> Resolved:
        """Take the one document a number with its year names; date and name confirm or contradict."""
        if len(bearers) > 1:
            bearers = _narrowed(citation, bearers, self._store, signed=signed)
        if len(bearers) != 1:
            return _ambiguous(bearers)
        (meant,) = bearers
        agreed = (
            _date_fits(citation, meant) and _name_fits(citation, meant) and not _is_later(meant, signed, self._store)
        )
        return Resolved(meant, "exact" if sure and agreed else "inferred", id=meant.id)

    def _numbered_without_year(
        self, citation: Citation, bearers: list[Instrument], unknown: Resolved, *, signed: str | None, sure: bool
    ) -> Resolved:
        """Let the date decide: a number without a year is another document every year."""
        issued = citation.issued
        if issued and len(issued) == _FULL:
            same_day = [bearer for bearer in bearers if bearer.issued == issued]
            if len(same_day) == 1:
                return Resolved(same_day[0], "exact" if sure else "inferred", id=same_day[0].id)
            if same_day:
                return _ambiguous(same_day)
            near = [
                bearer
                for bearer in bearers
                if not bearer.issued or agrees(bearer.issued, issued) or may_be_slip(bearer.issued, issued)
            ]
            return replace(_ambiguous(near), id=None) if near else unknown
        bearers = [bearer for bearer in bearers if not _is_later(bearer, signed, self._store)]
        if issued:
            of_year = [bearer for bearer in bearers if bearer.issued and agrees(bearer.issued, issued)]
            if len(of_year) == 1:
                return Resolved(of_year[0], "inferred", id=of_year[0].id)
            bearers = of_year
        titled = [bearer for bearer in bearers if _title_fits(citation, bearer)]
        if len(titled) == 1:
            return Resolved(titled[0], "inferred", id=titled[0].id)
        return _ambiguous(bearers) if bearers else unknown

    def _is_of_place(self, citation: Citation, bearer: Instrument, place: str | None) -> bool:
        """Say whether a local instrument is of the place meant: the one the citation names, or the document's own."""
        if bearer.issuer is None or not _LOCAL_BODY.match(bearer.issuer):
            return False
        issuer = canonical_issuer(citation.issuer) if citation.issuer else ""
        if _LOWER_LEVEL.search(issuer) and not _LOWER_LEVEL.search(bearer.issuer):
            return False
        named = _PLACE_WORDS.sub("", _LOCAL_BODY.sub("", issuer)).strip()
        meant = named if named and name_key(named) not in {"tỉnh", "thành phố"} else place
        if not meant:
            return False
        own = slug(_PLACE_WORDS.sub("", _LOCAL_BODY.sub("", bearer.issuer)))
        return own in {slug(name) for name in self._names_of_place(_PLACE_WORDS.sub("", meant))}

    def _names_of_place(self, place: str) -> set[str]:
        """Give a province's name and the names it bore before it was renamed."""
        names = {place}
        for change in self._store.reorganisations():
            if change.level == "province" and change.change == "renamed" and change.new_name:
                new = _PLACE_WORDS.sub("", change.new_name.split("(")[0].strip())
                if slug(new) == slug(place):
                    names.add(_PLACE_WORDS.sub("", change.old_name))
        return names

    # By name

    def laws_named(self, name: str) -> tuple[Instrument, ...]:
        """List the laws of exactly this name, oldest first."""
        identities = self._names.exact(read_name(name).key)
        laws = (law for identity in identities if (law := self._store.instrument(identity)))
        return tuple(sorted(laws, key=lambda law: (law.issued or "", law.id)))

    def _by_name(self, citation: Citation, *, signed: str | None) -> Resolved:
        stated = read_name(citation.name or citation.text)
        identities = self._names.exact(stated.key)
        spelt = bool(identities)
        identities = identities or self._names.close(stated.key)
        laws = [law for identity in identities if (law := self._store.instrument(identity))]
        date = citation.issued or stated.year
        if date:
            return _dated_law(laws, date, self._store, spelt=spelt)
        if signed is None:
            return _only(laws)
        laws = [law for law in laws if not _is_later(law, signed, self._store)]
        if is_amending(citation.name or citation.text):
            return _only(laws)
        return self._law_on(laws, signed)

    def _law_on(self, laws: list[Instrument], day: str) -> Resolved:
        """Give the law of a name that was in force on a day: the newest that had begun, for it displaced the others."""
        if len(laws) <= 1:
            return _only(laws)
        begun = [law for law in laws if has_begun(law, self._store, on=day)]
        perhaps = [law for law in laws if law not in begun and not law.effective]
        if not begun:
            return _ambiguous(laws)
        newest = max(begun, key=lambda law: law.effective or _last_signing(law, self._store))
        newer = [law for law in perhaps if _last_signing(law, self._store) > _last_signing(newest, self._store)]
        return _ambiguous([newest, *newer]) if newer else Resolved(newest, "inferred", id=newest.id)


def _last_signing(law: Instrument, store: Store) -> str:
    """Give the last day on which a law can have been signed."""
    bounds = signed_bounds(law, store)
    return bounds.last if bounds else ""


def _only(found: list[Instrument]) -> Resolved:
    """Take the only candidate by inference."""
    if len(found) == 1:
        return Resolved(found[0], "inferred", id=found[0].id)
    return _ambiguous(found)


def _ambiguous(found: Iterable[Instrument]) -> Resolved:
    candidates = tuple(sorted({bearer.id for bearer in found}))
    return Resolved(None, "ambiguous" if candidates else "unresolved", candidates)


def _dated_law(laws: list[Instrument], date: str, store: Store, *, spelt: bool) -> Resolved:
    """Give the law of a name that was signed on a date or in a year."""
    matching = []
    for law in laws:
        signed = signed_bounds(law, store)
        known = law.issued or (signed.first[:4] if signed else None)
        if known and agrees(known, date):
            matching.append(law)
    if len(matching) == 1:
        sure = spelt and matching[0].issued == date and len(date) == _FULL
        return Resolved(matching[0], "exact" if sure else "inferred", id=matching[0].id)
    if matching:
        return _ambiguous(matching)
    return _ambiguous(law for law in laws if law.issued and may_be_slip(law.issued, date))


def _dates_in(citations: tuple[Citation, ...]) -> dict[str, str]:
    """Give the date a document prints with a number, for numbers it prints with one date only."""
    dates: dict[str, set[str]] = {}
    for citation in citations:
        if citation.number and citation.issued and len(citation.issued) == _FULL:
            dates.setdefault(number_key(citation.number), set()).add(citation.issued)
    return {key: next(iter(found)) for key, found in dates.items() if len(found) == 1}


def _dated(citation: Citation, dates: dict[str, str]) -> Citation:
    """Give a mention without a date the date of the other mentions, where the number alone would not do."""
    if citation.number is None or citation.issued is not None or number_parts(citation.number).year is not None:
        return citation
    date = dates.get(number_key(citation.number))
    return replace(citation, issued=date) if date else citation


def _ids_shared(citations: tuple[Citation, ...], found: list[Resolved | None]) -> list[Resolved | None]:
    """Give a short mention of a document the registry does not know the id its full mention has."""
    ids: dict[str, set[str]] = {}
    for citation, result in zip(citations, found, strict=True):
        if citation.number and result and result.id and result.instrument is None:
            ids.setdefault(number_key(citation.number), set()).add(result.id)
    return [
        replace(result, id=next(iter(shared)))
        if result
        and result.resolution == "unresolved"
        and result.id is None
        and citation.number
        and citation.issued is None
        and len(shared := ids.get(number_key(citation.number), set())) == 1
        else result
        for citation, result in zip(citations, found, strict=True)
    ]


def _is_bare_name(citation: Citation) -> bool:
    stated = citation.name is not None and read_name(citation.name).year is not None
    return citation.number is None and citation.issued is None and not stated


def _narrowed(citation: Citation, bearers: list[Instrument], store: Store, *, signed: str | None) -> list[Instrument]:
    """Narrow instruments of one number by date, by name, and by what had been signed."""
    for keep in (
        [bearer for bearer in bearers if citation.issued and bearer.issued == citation.issued],
        [bearer for bearer in bearers if citation.name and bearer.title and _name_fits(citation, bearer)],
        [bearer for bearer in bearers if not _is_later(bearer, signed, store)] if signed else [],
    ):
        if len(keep) == 1:
            return keep
    return bearers


def _type_fits(citation: Citation, bearer: Instrument) -> bool:
    if citation.doc_type is None or bearer.doc_type is None:
        return True
    return citation.doc_type.casefold() == bearer.doc_type.casefold()


def _of_one_series(citation: Citation, bearer: Instrument) -> bool:
    """Say whether an instrument of another type can be meant: laws and resolutions of one Assembly are numbered apart.

    55/2010/QH12 is one of each; only the date tells that the type is a slip, or which one is meant where none is given.
    """
    if citation.issued and bearer.issued == citation.issued:
        return True
    if citation.doc_type is None:
        return citation.issued is None or bearer.issued is None or may_be_slip(bearer.issued, citation.issued)
    return (citation.doc_type in LAW_TYPES) == (bearer.doc_type in LAW_TYPES)


def _issuer_fits(citation: Citation, bearer: Instrument) -> bool:
    """Say whether the issuer a citation names can be the instrument's; a body may be named shorter or longer."""
    if not citation.issuer or not bearer.issuer:
        return True
    return issuers_agree(citation.issuer, bearer.issuer) or is_local(bearer.number or "")


def _date_fits(citation: Citation, bearer: Instrument) -> bool:
    if not citation.issued:
        return True
    if bearer.issued:
        return agrees(citation.issued, bearer.issued)
    year = number_parts(bearer.number or "").year
    return year is None or citation.issued.startswith(str(year))


def _name_fits(citation: Citation, bearer: Instrument) -> bool:
    if not citation.name or not bearer.title or bearer.doc_type not in LAW_TYPES:
        return True
    return read_name(citation.name).key == name_key(bearer.title)


def _title_fits(citation: Citation, bearer: Instrument) -> bool:
    """Say whether most words of the title a citation gives stand in the registry's title."""
    if not citation.title or not bearer.title:
        return False
    mine, theirs = set(name_key(citation.title).split()), set(name_key(bearer.title).split())
    return len(mine & theirs) >= _TITLE_OVERLAP * max(len(mine), 1) and len(mine) > 2  # noqa: PLR2004 - two words are no title


def _is_later(instrument: Instrument, signed: str | None, store: Store) -> bool:
    """Say whether an instrument was signed after the citing document."""
    bounds = signed_bounds(instrument, store)
    return bool(signed and bounds and bounds.first > latest(signed))


def _place_of(issuer: str | None) -> str | None:
    """Read the province out of an issuer ("UBND tỉnh Lâm Đồng")."""
    if not issuer:
        return None
    text = canonical_issuer(issuer)
    return _PLACE_WORDS.sub("", _LOCAL_BODY.sub("", text)) if _LOCAL_BODY.match(text) else None


def _id_of_unknown(citation: Citation, number: str, place: str | None) -> str | None:
    """Build the id of an instrument the registry does not know, where all four parts of identity are given."""
    allowed = implied_issuers(number)
    central = len(allowed) == 1 and not is_local(number)
    issuer = allowed[0] if central else _placed(citation.issuer, place)
    doc_type = citation.doc_type or implied_type(number)
    issued = citation.issued
    if not (doc_type and issuer and issued and len(issued) == _FULL):
        return None
    return instrument_id(doc_type=doc_type, issuer=issuer, issued=issued, number=canonical_number(number))


def _placed(issuer: str | None, place: str | None) -> str | None:
    """Complete a local issuer ("UBND tỉnh", "Tỉnh ủy", "Sở Tư pháp") with its place; None where it is not known.

    A central body needs none. Whatever is neither central nor names a province might be any province's.
    """
    if not issuer:
        return None
    text = canonical_issuer(issuer)
    own = slug(text)
    if any(own == slug(body) or own.startswith(slug(f"Bộ trưởng {body}")) for body in central_issuers()):
        return text
    if any(name in own for name in province_slugs()) or (place and own.endswith(slug(place))):
        return text
    return f"{text} {place}" if place and not _LOWER_LEVEL.search(text) else None
