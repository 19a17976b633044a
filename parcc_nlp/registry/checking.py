"""What cannot be true of a registry: impossible rows, found row by row, with the exceptions that are known and why.

Every check is a small generator over `Facts`; its wording stands in ``checks.csv``, and what it finds but is right all
the same stands in ``check_exceptions.csv`` with the reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.model import Instrument
from parcc_nlp.registry.days import agrees, earliest, is_day, latest
from parcc_nlp.registry.identity import (
    assembly_term,
    assembly_years,
    implied_issuers,
    implied_type,
    issuers_agree,
    number_key,
    number_parts,
    read_rules,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Literal

    from parcc_nlp.registry.registry import Registry

__all__ = ["CHECKS", "Facts", "Impossible", "Tie", "verify"]

_ENDS = frozenset({"replaces", "repeals"})
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_TIES = "SELECT source, kind, target, parts, effective, confidence FROM relations WHERE withdrawn IS NULL"


class Tie(NamedTuple):
    """A relation as a row states it."""

    source: str
    kind: str
    target: str
    parts: str | None
    effective: str | None
    confidence: str

    @property
    def name(self) -> str:
        """The relation as one string, for lists of exceptions."""
        return f"{self.source} {self.kind} {self.target}"


@dataclass(frozen=True, slots=True)
class Impossible:
    """A row that cannot be right: the check that found it, which row, and what it says.

    `excused` is the reason for which it is right all the same.
    """

    code: str
    subject: str
    values: tuple[tuple[str, str], ...] = ()
    excused: str | None = None

    def message(self, *, lang: Literal["vi", "en"] = "vi") -> str:
        """Write it as one line."""
        wording = _wordings()[self.code][lang].format(**dict(self.values))
        return f"{self.code} {self.subject}: {wording}"


@dataclass(frozen=True)
class Facts:
    """The rows of a registry that checks look at."""

    instruments: dict[str, Instrument]
    ties: tuple[Tie, ...]

    @classmethod
    def of(cls, registry: Registry) -> Facts:
        """Take them from a registry, whatever it consists of."""
        rows = (row for layer in registry.layers for row in layer.select(_TIES))
        return cls({one.id: one for one in registry}, tuple(dict.fromkeys(Tie(*row) for row in rows)))

    @cached_property
    def endings(self) -> tuple[Tie, ...]:
        """The relations that end a whole instrument, as verified."""
        return tuple(tie for tie in self.ties if tie.kind in _ENDS and not tie.parts and tie.confidence == "verified")

    def ends_of(self, tie: Tie) -> tuple[Instrument, Instrument] | None:
        """Give both instruments of a relation where both are there."""
        source, target = self.instruments.get(tie.source), self.instruments.get(tie.target)
        return (source, target) if source and target else None


def verify(registry: Registry, *, excused: bool = False) -> tuple[Impossible, ...]:
    """Find what cannot be true.

    Parameters
    ----------
    registry
        The registry to look at, with everything laid over it.
    excused
        Whether to list the known exceptions too.

    Returns
    -------
    tuple of Impossible
        By check, then by row; an exception carries its reason.

    Examples
    --------
    >>> from parcc_nlp.registry import Registry
    >>> sorted({one.code for one in verify(Registry.shipped(), excused=True) if one.excused})
    ['V01', 'V07', 'V08']
    """
    facts = Facts.of(registry)
    found = [one for check in CHECKS for one in check(facts)]
    known = _exceptions()
    told = (replace(one, excused=known.get((one.code, one.subject))) for one in dict.fromkeys(found))
    return tuple(sorted((one for one in told if excused or one.excused is None), key=_order))


def _order(one: Impossible) -> tuple[str, str]:
    return one.code, one.subject


@cache
def _wordings() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in read_rules("checks.csv")}


@cache
def _exceptions() -> dict[tuple[str, str], str]:
    return {(row["code"], row["subject"]): row["reason"] for row in read_rules("check_exceptions.csv")}


def _found(code: str, subject: str, **values: object) -> Impossible:
    return Impossible(code, subject, tuple((name, str(value)) for name, value in values.items()))


def _before(one: str | None, other: str | None) -> bool:
    """Say whether a date lies surely before another."""
    return bool(one and other and _is_date(one) and _is_date(other)) and latest(str(one)) < earliest(str(other))


def badly_dated(facts: Facts) -> Iterator[Impossible]:
    """V14: a date that is none."""
    for one in facts.instruments.values():
        for field, value in (("issued", one.issued), ("effective", one.effective), ("expires", one.expires)):
            if value and not _is_date(value):
                yield _found("V14", one.id, field=field, value=value)
    for tie in facts.ties:
        if tie.effective and not _is_date(tie.effective):
            yield _found("V14", tie.name, field="effective", value=tie.effective)


def _is_date(value: str) -> bool:
    return is_day(value) if len(value) > len("2024-01") else bool(_DATE.fullmatch(value))


def begun_too_early(facts: Facts) -> Iterator[Impossible]:
    """V01: effect before signing."""
    for one in facts.instruments.values():
        if _before(one.effective, one.issued):
            yield _found("V01", one.id, effective=one.effective, issued=one.issued)


def ended_too_early(facts: Facts) -> Iterator[Impossible]:
    """V02, V03: an end before the beginning or before signing."""
    for one in facts.instruments.values():
        if _before(one.expires, one.effective):
            yield _found("V02", one.id, expires=one.expires, effective=one.effective)
        if _before(one.expires, one.issued):
            yield _found("V03", one.id, expires=one.expires, issued=one.issued)


def ended_before_beginning(facts: Facts) -> Iterator[Impossible]:
    """V15: ended by another before it took effect."""
    for tie in facts.endings:
        ends = facts.ends_of(tie)
        if ends and _before(tie.effective, ends[1].effective):
            yield _found("V15", tie.name, effective=tie.effective, target_effective=ends[1].effective)


def circular(facts: Facts) -> Iterator[Impossible]:
    """V04: instruments that replace each other in a circle."""
    import networkx as nx  # noqa: PLC0415 - half a second that only a verification needs

    graph = nx.DiGraph((tie.source, tie.target) for tie in facts.endings if tie.source != tie.target)
    for members in nx.strongly_connected_components(graph):
        if len(members) > 1:
            circle = sorted(members)
            yield _found("V04", circle[0], circle=" → ".join([*circle, circle[0]]))


def dangling(facts: Facts) -> Iterator[Impossible]:
    """V05: relations to instruments that are not there."""
    for tie in facts.ties:
        missing = [one for one in (tie.source, tie.target) if one not in facts.instruments]
        if missing:
            yield _found("V05", tie.name, missing=", ".join(missing))


def of_itself(facts: Facts) -> Iterator[Impossible]:
    """V13: relations of an instrument to itself."""
    yield from (_found("V13", tie.name) for tie in facts.ties if tie.source == tie.target)


def backwards(facts: Facts) -> Iterator[Impossible]:
    """V06, V07: an instrument that acts on a later one, or before it was signed itself."""
    for tie in facts.ties:
        ends = facts.ends_of(tie)
        if ends is None:
            continue
        source, target = ends
        if _before(source.issued, target.issued):
            yield _found("V06", tie.name, source_issued=source.issued, target_issued=target.issued)
        if _before(tie.effective, source.issued):
            yield _found("V07", tie.name, effective=tie.effective, source_issued=source.issued)


def misnamed(facts: Facts) -> Iterator[Impossible]:
    """V08, V09: a symbol that is not that of the type or of the issuer."""
    for one in facts.instruments.values():
        if one.number is None:
            continue
        kind, bodies = implied_type(one.number), implied_issuers(one.number)
        if kind and one.doc_type and kind.casefold() != one.doc_type.casefold():
            yield _found("V08", one.id, number=one.number, implied=kind, doc_type=one.doc_type)
        if bodies and one.issuer and not any(issuers_agree(body, one.issuer) for body in bodies):
            yield _found("V09", one.id, number=one.number, implied=" / ".join(bodies), issuer=one.issuer)


def out_of_its_years(facts: Facts) -> Iterator[Impossible]:
    """V10, V11: a National Assembly term or a year in the number that is not the one of signing."""
    for one in facts.instruments.values():
        if one.number is None or not one.issued:
            continue
        year = int(one.issued[:4])
        term, stated = assembly_term(one.number), number_parts(one.number).year
        years = assembly_years(term) if term is not None else None
        if years and not years[0] <= year <= years[1]:
            yield _found("V10", one.id, number=one.number, term=term, years=f"{years[0]}-{years[1]}", year=year)
        if stated is not None and stated != year:
            yield _found("V11", one.id, number=one.number, stated=stated, year=year)


def doubled(facts: Facts) -> Iterator[Impossible]:
    """V12: two rows that may be one instrument: one number, and nothing that tells them apart."""
    bearers: dict[str, list[Instrument]] = defaultdict(list)
    for one in facts.instruments.values():
        if one.number:
            bearers[number_key(one.number)].append(one)
    for same in bearers.values():
        for at, one in enumerate(same):
            for other in same[at + 1 :]:
                if _may_be_one(one, other):
                    first, second = sorted((one.id, other.id))
                    yield _found("V12", first, other=second)


def _may_be_one(one: Instrument, other: Instrument) -> bool:
    """Say whether nothing tells two bearers of a number apart."""
    types = not (one.doc_type and other.doc_type) or one.doc_type.casefold() == other.doc_type.casefold()
    dates = not (one.issued and other.issued) or agrees(one.issued, other.issued)
    issuers = not (one.issuer and other.issuer) or issuers_agree(one.issuer, other.issuer)
    return types and dates and issuers


CHECKS: tuple[Callable[[Facts], Iterator[Impossible]], ...] = (
    badly_dated,
    begun_too_early,
    ended_too_early,
    ended_before_beginning,
    circular,
    dangling,
    of_itself,
    backwards,
    misnamed,
    out_of_its_years,
    doubled,
)
"""Every check, in the order of their codes."""
