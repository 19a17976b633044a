"""Lists of instruments by their status on a day ("danh mục"), and of documents whose grounds have changed.

What is not known is a list of its own and never part of another one. Instruments that type and number show to be no
normative documents (plans, Party documents, individual decisions) stand apart: such lists are of normative documents.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from parcc_nlp.model import Extraction, Metadata, Status
from parcc_nlp.report.forms.grounds import Ground, cited_status, grounds_of
from parcc_nlp.report.forms.letterhead import Letterhead
from parcc_nlp.report.forms.ordering import Order, is_outside, order_of
from parcc_nlp.report.forms.reasons import ENDS, named_in_full, provisions_of, reason_of
from parcc_nlp.report.wording import instrument_name
from parcc_nlp.review.context import gather

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcc_nlp.review import Cited, RegistryView

__all__ = [
    "GROUPS",
    "Ending",
    "ListGroup",
    "ListedInstrument",
    "StatusList",
    "StatusLists",
    "ToBeHandled",
    "cited_lists",
    "status_lists",
]

ListGroup = Literal["expired", "suspended", "partly_expired", "in_force", "not_yet", "not_known", "outside"]

GROUPS: tuple[ListGroup, ...] = (
    "expired",
    "suspended",
    "partly_expired",
    "in_force",
    "not_yet",
    "not_known",
    "outside",
)
"""The lists in the order they are printed in."""
_ENDED = frozenset({"expired", "suspended", "partly_expired"})


@dataclass(frozen=True, slots=True)
class Ending:
    """What took force away: the reason in words, the provisions concerned, the ISO day, as far as they are known."""

    reason: str
    provisions: str = ""
    day: str | None = None


@dataclass(frozen=True, slots=True)
class ListedInstrument:
    """One row of a list: the answer for one instrument, in words what ended or amended it, and who cites it.

    `candidates` are the names of those that fit, where a citation fits several instruments. `known` is false where the
    registry does not have it.
    """

    status: Status
    endings: tuple[Ending, ...] = ()
    amendments: tuple[str, ...] = ()
    cited_in: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    known: bool = True


@dataclass(frozen=True, slots=True)
class StatusList:
    """The instruments of one group, in order of rank, date and number."""

    group: ListGroup
    rows: tuple[ListedInstrument, ...]


@dataclass(frozen=True, slots=True)
class ToBeHandled:
    """A document whose căn cứ, or what else it cites, changed after it was signed: to be reviewed, not expired."""

    document: Metadata
    grounds: tuple[Ground, ...]
    file: str | None = None


@dataclass(frozen=True, slots=True)
class StatusLists:
    """What stands in the lists, before they are laid out.

    `lists` holds every group of `GROUPS`, empty ones too. `on` is the day of all answers, ISO; `registry` the version
    of the data.
    """

    on: str
    lists: tuple[StatusList, ...]
    handling: tuple[ToBeHandled, ...] = ()
    registry: str | None = None
    letterhead: Letterhead = Letterhead()  # noqa: RUF009 - a frozen value


def status_lists(
    statuses: Iterable[Status],
    *,
    registry: RegistryView | None = None,
    on: str | None = None,
    letterhead: Letterhead | None = None,
) -> StatusLists:
    """Put answers of a registry into lists.

    Parameters
    ----------
    statuses
        The answers, all for one day; two answers for one instrument are one row.
    registry
        What the full names of amending and repealing instruments are known from; only their numbers are given without.
    on
        The day, ISO; that of the answers by default, needed where there is none.
    letterhead
        Who the lists are from; blank lines by default.

    Returns
    -------
    StatusLists

    Raises
    ------
    ValueError
        The answers are for several days, or there is no answer and no day.

    Examples
    --------
    >>> from parcc_nlp.registry import Registry
    >>> known = Registry.shipped()
    >>> asked = ["64/2020/QH14", "45/2025/NĐ-CP", "99999/2021/NĐ-CP"]
    >>> made = status_lists((known.status(number, on="2026-11-23") for number in asked), registry=known)
    >>> [(one.group, len(one.rows)) for one in made.lists if one.rows]
    [('expired', 1), ('in_force', 1), ('not_known', 1)]
    >>> made.lists[0].rows[0].endings[0].reason.split(" ngày")[0]
    'Được thay thế bởi Nghị định số 150/2025/NĐ-CP'
    """
    rows = [_told(status, registry) for status in statuses]
    version = registry.version if registry else next((one.status.registry for one in rows), None)
    return _lists(rows, on=on, letterhead=letterhead, registry=version)


def cited_lists(
    extractions: Extraction | Sequence[Extraction],
    *,
    registry: RegistryView,
    on: str,
    letterhead: Letterhead | None = None,
) -> StatusLists:
    """List what one or many documents cite by its status on a day, and the documents whose grounds have changed.

    Parameters
    ----------
    extractions
        What was found in the documents, their citations identified.
    registry
        What answers for the status of an instrument.
    on
        The day, ``YYYY-MM-DD``.
    letterhead
        Who the lists are from; blank lines by default.

    Returns
    -------
    StatusLists
        An instrument that several documents cite is one row. What could not be identified is one row a document: a
        number is given out anew in every province.

    Examples
    --------
    >>> import parcc_nlp as parcc
    >>> from parcc_nlp.registry import Registry
    >>> found = parcc.extract("Căn cứ Nghị định số 45/2025/NĐ-CP ngày 28 tháng 02 năm 2025 của Chính phủ;")
    >>> made = cited_lists(found, registry=Registry.shipped(), on="2026-11-23")
    >>> [one.status.number for one in made.lists[0].rows]
    ['45/2025/NĐ-CP']
    """
    several = (extractions,) if isinstance(extractions, Extraction) else tuple(extractions)
    rows: list[ListedInstrument] = []
    handling: list[ToBeHandled] = []
    for extraction in several:
        file = (extraction.source.path or "").replace("\\", "/").rpartition("/")[2] or None
        cited_in = tuple(filter(None, (instrument_name(replace(extraction.metadata, title=None)) or file,)))
        rows += [_row(one, registry, on, cited_in) for one in gather(extraction, registry=registry, as_of=on)]
        grounds = grounds_of(extraction, registry=registry, on=on)
        if grounds:
            handling.append(ToBeHandled(extraction.metadata, grounds, file))
    made = _lists(rows, on=on, letterhead=letterhead, registry=registry.version)
    return replace(made, handling=tuple(sorted(handling, key=_document_order)))


def _lists(
    rows: Sequence[ListedInstrument], *, on: str | None, letterhead: Letterhead | None, registry: str | None
) -> StatusLists:
    days = {one.status.as_of for one in rows} | ({on} if on else set())
    if len(days) != 1:
        raise ValueError(f"lists need answers for one day, not for {len(days)}")
    groups: dict[ListGroup, list[ListedInstrument]] = {group: [] for group in GROUPS}
    for one in _each_once(rows):
        groups[_group(one.status)].append(one)
    return StatusLists(
        on=days.pop(),
        lists=tuple(StatusList(group, tuple(sorted(found, key=_order))) for group, found in groups.items()),
        registry=registry,
        letterhead=letterhead or Letterhead(),
    )


def _group(status: Status) -> ListGroup:
    outside = is_outside(doc_type=status.doc_type, number=status.number, issuer=status.issuer, issued=status.issued)
    return "outside" if outside else status.status


def _each_once(rows: Iterable[ListedInstrument]) -> list[ListedInstrument]:
    """Give one row an instrument, with every document that cites it."""
    found: dict[object, ListedInstrument] = {}
    for one in rows:
        status = one.status
        # What the registry does not know is the same only where the same document cites it by the same words.
        told = (status.doc_type, status.number, status.issued, status.issuer, status.title)
        key = status.instrument or (*told, one.candidates, one.cited_in)
        earlier = found.get(key)
        cited_in = (*earlier.cited_in, *one.cited_in) if earlier else one.cited_in
        found[key] = replace(earlier or one, cited_in=tuple(dict.fromkeys(cited_in)))
    return list(found.values())


def _order(row: ListedInstrument) -> tuple[Order, str, tuple[str, ...]]:
    status = row.status
    order = order_of(doc_type=status.doc_type, number=status.number, issuer=status.issuer, issued=status.issued)
    return order, status.instrument or status.title or "", row.cited_in


def _document_order(one: ToBeHandled) -> tuple[Order, str]:
    told = one.document
    order = order_of(doc_type=told.doc_type, number=told.number, issuer=told.issuer, issued=told.issued)
    return order, one.file or ""


def _row(cited: Cited, registry: RegistryView, on: str, cited_in: tuple[str, ...]) -> ListedInstrument:
    """Give the row of one instrument as a document cites it."""
    status = cited_status(cited, registry, on)
    if status is not None:
        return replace(_told(status, registry), cited_in=cited_in)
    citation = cited.first
    candidates = dict.fromkeys(one for mention in cited.citations for one in mention.candidates)
    unknown = Status(
        number=citation.number,
        doc_type=citation.doc_type,
        issuer=citation.issuer,
        issued=citation.issued,
        title=citation.name or citation.title,
        as_of=on,
        status="not_known",
        basis="none",
        registry=registry.version,
    )
    names = tuple(instrument_name(known) if (known := registry.get(one)) else one for one in candidates)
    return ListedInstrument(unknown, cited_in=cited_in, candidates=names, known=False)


def _told(status: Status, registry: RegistryView | None) -> ListedInstrument:
    """Put in words what ended an instrument, or a part of it, and what amended it by the day."""
    ended = [
        proof
        for proof in status.proof
        if status.status in _ENDED and proof.relation in ENDS and (proof.effective or "") <= status.as_of
    ]
    return ListedInstrument(
        status=status,
        endings=tuple(
            Ending(reason_of(proof, registry), provisions_of(proof.parts), proof.effective) for proof in ended
        ),
        amendments=tuple(dict.fromkeys(named_in_full(one.by, registry) for one in status.amended_by)),
    )
