"""Which instrument a citation may mean whose number cannot be right: offered, ranked by what else agrees, never taken.

Candidates have a number a slip away from the printed one, or the name the citation gives. They count only where the
rest of the citation agrees with them: date, type, issuer and title, as far as they are given.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.registry.days import agrees
from parcc_nlp.registry.identity import assembly_years, is_local, issuers_agree
from parcc_nlp.review.checks.identity.titles import are_of_one_document, is_other_title, tells_enough, title_of
from parcc_nlp.review.tables import kind_of_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcc_nlp.model import Citation, Instrument
    from parcc_nlp.review.context import RegistryView

__all__ = ["ENOUGH", "SURE", "Elements", "agreement", "corrected_numbers", "elements_of", "likely", "of_its_type"]

_WHOLE_DAY = len("2023-12-22")
_MOST_OFFERED = 2
_SERIAL = re.compile(r"(\d{1,4})(?=[/-])")
_YEAR = re.compile(r"(?<=/)(?:19|20)\d\d(?=/)")
_TERM = re.compile(r"(?<=QH)\d{1,2}$")
_LETTERS = re.compile(r"(?<=/)[A-ZĐ][A-Za-zĐđ]*-(?P<organ>[A-ZĐ][A-Za-zĐđ&-]*)$")
_BY_DATE, _BY_TITLE, _BY_PART = 3, 3, 1
ENOUGH = 4
"""Date and type, or title and type, must agree at least."""
SURE = 7
"""Date, title and type agree."""
_TERMS = range(8, 17)


class Elements(NamedTuple):
    """What a citation says of an instrument besides its number."""

    doc_type: str | None = None
    issued: str | None = None
    issuer: str | None = None
    title: str | None = None
    instrument: str | None = None
    """The instrument that the citation was found to mean in spite of its number."""


def elements_of(citation: Citation) -> Elements:
    """Give what a citation says besides the number."""
    return Elements(
        citation.doc_type, citation.issued, citation.issuer, title_of(citation) or citation.name, citation.instrument
    )


def agreement(elements: Elements, instrument: Instrument) -> int | None:
    """Count how much of a citation agrees with an instrument; None where something contradicts.

    Examples
    --------
    >>> from parcc_nlp.model import Instrument
    >>> decree = Instrument("x", "63/2010/NĐ-CP", "Nghị định", "Kiểm soát thủ tục", "Chính phủ", "2010-06-08")
    >>> agreement(Elements("Nghị định", "2010-06-08", "Chính phủ"), decree)
    5
    >>> agreement(Elements("Nghị định", "2010-06-18"), decree) is None
    True
    """
    found = 0
    for fits, weight in (
        (_same_type(elements.doc_type, instrument.doc_type), _BY_PART),
        (_same_day(elements.issued, instrument.issued), _BY_DATE),
        (_same_issuer(elements.issuer, instrument), _BY_PART),
        (_same_title(elements.title, instrument.title), _BY_TITLE),
    ):
        if fits is False:
            return None
        found += weight if fits else 0
    return found


def likely(
    citation: Citation, known: RegistryView, *, also: Iterable[str] = (), least: int = ENOUGH
) -> tuple[Instrument, ...]:
    """Give the instruments that a citation may mean by a slip in its number, the one that agrees best first.

    Parameters
    ----------
    citation
        A citation whose number does not agree with its other elements.
    known
        The registry.
    also
        Further numbers to try, those that correct what is known to be wrong.
    least
        How much must agree: `ENOUGH`, or `SURE` where a date alone, which many share, is not enough.
    """
    elements = elements_of(citation)
    if citation.number is None or not (elements.issued or elements.title):
        return ()
    tried = dict.fromkeys([*also, *_slips(citation.number)])
    found = [one for number in tried for one in known.find(number)]
    if citation.name and citation.issued:
        found += [one for one in known.laws_named(citation.name) if one.issued == citation.issued]
    weighed: dict[str, tuple[int, Instrument]] = {}
    for one in found:
        weight = agreement(elements, one)
        if weight is not None and weight >= least and one.number and not is_local(one.number):
            weighed[one.id] = (weight, one)
    best = sorted(weighed.values(), key=_by_weight)
    offered = tuple(one for weight, one in best if weight == best[0][0])
    if least >= SURE and (len(offered) > 1 or not tells_enough(elements.title or "")):
        return ()
    return offered[:_MOST_OFFERED]


def corrected_numbers(citation: Citation) -> tuple[str, ...]:
    """Give the numbers that agree with the type and the date of a citation, each with one part changed.

    Examples
    --------
    >>> from parcc_nlp.model import Citation
    >>> corrected_numbers(Citation(0, 0, "", "Luật", "63/2020/QH13", issued="2020-06-18"))
    ('63/2020/QH14',)
    """
    number, issued = citation.number or "", citation.issued or ""
    printed = _YEAR.search(number)
    found: list[str] = []
    if printed and len(issued) == _WHOLE_DAY and issued[:4] != printed[0]:
        found.append(_YEAR.sub(issued[:4], number, count=1))
    if _TERM.search(number):
        years = {int(year) for year in (issued[:4], printed[0] if printed else "") if year}
        terms = [term for year in sorted(years) for term in _terms_of(year)]
        found += [_TERM.sub(str(term), one) for one in (number, *found) for term in terms]
    return tuple(one for one in dict.fromkeys(found) if one != number and _is_of_its_term(one))


def of_its_type(citation: Citation) -> tuple[str, ...]:
    """Give the number with the letters of the type that a citation names.

    Examples
    --------
    >>> from parcc_nlp.model import Citation
    >>> of_its_type(Citation(0, 0, "", "Nghị định", "45/2020/QĐ-TTg"))
    ('45/2020/NĐ-CP',)
    >>> of_its_type(Citation(0, 0, "", "Thông tư", "03/2025/NĐ-VPCP"))
    ('03/2025/TT-VPCP',)
    """
    kind = kind_of_type(citation.doc_type or "")
    match = _LETTERS.search(citation.number or "")
    if kind is None or match is None or not kind.symbol or kind.symbol.endswith("QH"):
        return ()
    head, organ = (citation.number or "")[: match.start()], match["organ"]
    if "-" in kind.symbol:
        return (head + kind.symbol,)
    # A circular is no circular of the Government, a decision of it no decision either.
    return (f"{head}{kind.symbol}-{organ}",) if organ and organ != "CP" else ()


def _terms_of(year: int) -> tuple[int, ...]:
    """Give the National Assembly terms of a year; in a year of elections there are two, the later one first."""
    return tuple(
        term
        for term in reversed(_TERMS)
        if (years := assembly_years(term)) is not None and years[0] <= year <= years[1]
    )


def _is_of_its_term(number: str) -> bool:
    """Say whether year and term of a number go together."""
    year, term = _YEAR.search(number), _TERM.search(number)
    if year is None or term is None:
        return True
    return int(term[0]) in _terms_of(int(year[0]))


def _slips(number: str) -> Iterator[str]:
    """Give the numbers a slip away from one: a digit changed, left out or added, two swapped, another year."""
    serial = _SERIAL.match(number)
    if serial is None:
        return
    digits, rest = serial[1], number[serial.end() :]
    for other in _digit_slips(digits):
        yield other + rest
    year = _YEAR.search(number)
    if year is not None:
        for step in (-1, 1, -10, 10):
            yield f"{number[: year.start()]}{int(year[0]) + step}{number[year.end() :]}"


def _digit_slips(digits: str) -> Iterator[str]:
    for at in range(len(digits)):
        for other in "0123456789":
            if other != digits[at]:
                yield digits[:at] + other + digits[at + 1 :]
        yield digits[:at] + digits[at + 1 :] or "0"
        if at + 1 < len(digits):
            yield digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    for at in range(len(digits) + 1):
        for added in "0123456789":
            yield digits[:at] + added + digits[at:]


def _same_type(one: str | None, other: str | None) -> bool | None:
    if one is None or other is None:
        return None
    return one.removeprefix("Bộ ").casefold() == other.removeprefix("Bộ ").casefold()


def _same_day(one: str | None, other: str | None) -> bool | None:
    """Compare dates; less than a whole day on either side confirms nothing."""
    if one is None or other is None:
        return None
    if not agrees(one, other):
        return False
    return True if len(one) == len(other) == _WHOLE_DAY else None


def _same_issuer(one: str | None, instrument: Instrument) -> bool | None:
    if one is None or instrument.issuer is None:
        return None
    return issuers_agree(one, instrument.issuer)


def _same_title(one: str | None, other: str | None) -> bool | None:
    """Compare titles; a title that is only shortened neither confirms nor contradicts."""
    if not one or not other:
        return None
    if are_of_one_document(one, other):
        return True
    return False if is_other_title(one, other) else None


def _by_weight(weighed: tuple[int, Instrument]) -> tuple[int, str]:
    return -weighed[0], weighed[1].id
