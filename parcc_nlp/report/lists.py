"""Lists of targets and tasks, over one document or many: what is in a line, how lines are grouped and sorted."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from parcc_nlp.model import Responsibility, Target
from parcc_nlp.report.wording import known_word, legible, words, written_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcc_nlp.model import Extraction
    from parcc_nlp.report.wording import Language

__all__ = ["By", "Group", "Kind", "Line", "columns", "grouped", "lines", "section_name", "values"]

Kind: TypeAlias = Literal["targets", "tasks"]
By: TypeAlias = Literal["agency", "deadline", "section"]
Value: TypeAlias = "str | float | None"

BULLET = re.compile(r"^[-+•*–]\s+")
COLUMNS: dict[Kind, tuple[str, ...]] = {
    "targets": (
        "subject",
        "value",
        "comparator",
        "number",
        "number_max",
        "unit",
        "change",
        "scope",
        "exceptions",
        "deadline",
        "modality",
        "agencies",
        "section",
        "document",
    ),
    "tasks": (
        "agency",
        "role",
        "task",
        "deadline",
        "recurrence",
        "product",
        "funding",
        "origin",
        "section",
        "document",
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A target or an assignment, with its document and the place in it a person can find."""

    document: str
    item: Target | Responsibility
    section: str | None = None
    """The path to its section ("II.2.a"), and the heading of the section or of the nearest around it that has one."""
    heading: str | None = None


class Group(NamedTuple):
    """Lines that belong together, and what they have in common; a list that is not grouped is one group without."""

    title: str | None
    lines: tuple[Line, ...]


def lines(extraction: Extraction, kind: Kind, *, document: str | None = None) -> tuple[Line, ...]:
    """Give the targets or tasks of a document as lines, in the order of its text.

    Parameters
    ----------
    extraction
        What was found in the document.
    kind
        ``"targets"`` or ``"tasks"`` (its responsibilities).
    document
        What the document is called in the list; by default the path it was read from.

    Returns
    -------
    tuple of Line

    Examples
    --------
    >>> from parcc_nlp.model import Extraction
    >>> goal = Target(0, 3, "90%", value=90.0, unit="%", subject="mức độ hài lòng")
    >>> lines(Extraction("90%", targets=(goal,)), "targets", document="a.txt")[0].document
    'a.txt'
    """
    from parcc_nlp.review.places import Places  # noqa: PLC0415 - the room of the rules is loaded for a list only

    places = Places.of(extraction)
    headings = {section.eid: section.heading for section in extraction.structure if section.heading}
    parents = {section.eid: section.parent for section in extraction.structure}
    name = document if document is not None else extraction.source.path or ""
    found: Iterable[Target | Responsibility]
    found = extraction.targets if kind == "targets" else extraction.responsibilities
    return tuple(
        Line(name, item, places.where(item.start).section, _heading(item.section, headings, parents))
        for item in sorted(found, key=_start)
    )


def _start(item: Target | Responsibility) -> tuple[int, int]:
    return item.start, item.end


def _heading(eid: str | None, headings: dict[str, str], parents: dict[str, str | None]) -> str | None:
    """Give the heading of a section, or of the nearest around it that has one."""
    passed: set[str] = set()
    while eid is not None and eid not in headings and eid not in passed:
        passed.add(eid)
        eid = parents.get(eid)
    return headings.get(eid) if eid is not None else None


def section_name(line: Line) -> str | None:
    """Give the section of a line with its heading ("II.2. Nhiệm vụ chủ yếu")."""
    return ". ".join(part for part in (line.section, line.heading) if part) or None


def columns(kind: Kind, lang: Language = "vi") -> tuple[str, ...]:
    """Give the headings of the columns of a list.

    Examples
    --------
    >>> columns("tasks")[:4]
    ('Cơ quan', 'Vai trò', 'Nhiệm vụ', 'Thời hạn')
    """
    return tuple(words(f"list_{key}", lang) for key in COLUMNS[kind])


def values(line: Line, lang: Language = "vi") -> tuple[Value, ...]:
    """Give what stands in the columns of a line: numbers as numbers, dates as documents write them.

    Examples
    --------
    >>> leads = Responsibility(0, 9, "- Rà soát.", "Sở Tư pháp", "lead", deadline="2026-03-31")
    >>> values(Line("a.txt", leads))[:4]
    ('Sở Tư pháp', 'Chủ trì', 'Rà soát.', '31/3/2026')
    """
    if isinstance(line.item, Target):
        told = _target_values(line.item, lang)
        kind: Kind = "targets"
    else:
        told = _task_values(line.item, lang)
        kind = "tasks"
    told |= {"section": section_name(line), "document": line.document}
    return tuple(_shown(told[key]) for key in COLUMNS[kind])


def _target_values(item: Target, lang: Language) -> dict[str, Value]:
    return {
        "subject": item.subject,
        "value": item.text,
        "comparator": words(f"comparator_{_NAMES[item.comparator]}", lang),
        "number": item.value,
        "number_max": item.value_max,
        "unit": item.unit,
        "change": words(f"change_{item.change}", lang) if item.change else None,
        "scope": item.scope,
        "exceptions": item.exceptions,
        "deadline": written_day(item.deadline) if item.deadline else None,
        "modality": words(f"modality_{item.modality}", lang),
        "agencies": "; ".join(item.responsible) or None,
    }


_NAMES = {">=": "at_least", "<=": "at_most", "=": "equal"}


def _task_values(item: Responsibility, lang: Language) -> dict[str, Value]:
    return {
        "agency": item.agency,
        "role": known_word(f"role_{item.role}", item.role, lang),
        "task": BULLET.sub("", item.text),
        "deadline": written_day(item.deadline) if item.deadline else None,
        "recurrence": item.recurrence,
        "product": item.product,
        "funding": item.funding,
        "origin": words(f"origin_{item.origin}", lang),
    }


def _shown(value: Value) -> Value:
    return legible(" ".join(value.split())) if isinstance(value, str) else value


def grouped(listed: Iterable[Line], by: By | None, lang: Language = "vi") -> tuple[Group, ...]:
    """Put lines into groups.

    Parameters
    ----------
    listed
        The lines, in the order they came in.
    by
        ``"agency"``: in the order of first mention, a target of several agencies in the group of each.
        ``"deadline"``: the earliest first. ``"section"``: document by document in the order of the text. None: one
        group.
    lang
        Language of the titles of groups of lines that say nothing ("Không nêu thời hạn"); these come last.

    Returns
    -------
    tuple of Group

    Examples
    --------
    >>> days = (None, "2026", "2025-12")
    >>> due = [Line("a", Responsibility(0, 1, "x", "Sở Y tế", "lead", deadline=day)) for day in days]
    >>> [group.title for group in grouped(due, "deadline")]
    ['12/2025', '2026', 'Không nêu thời hạn']
    """
    kept = tuple(listed)
    if by is None:
        return (Group(None, kept),) if kept else ()
    groups: dict[tuple[str, str], tuple[str, list[Line]]] = {}
    for line in kept:
        for order, title in _keys(line, by, lang):
            groups.setdefault((order, title.casefold() if by == "agency" else title), (title, []))[1].append(line)
    ordered = sorted(groups.items(), key=_order) if by == "deadline" else sorted(groups.items(), key=_said)
    return tuple(Group(title, tuple(members)) for _, (title, members) in ordered)


_NOT_SAID = "~"
"""Behind every date in the order of text."""


def _keys(line: Line, by: By, lang: Language) -> Iterator[tuple[str, str]]:
    """Give the groups of a line: what they are ordered by, and their title."""
    item = line.item
    if by == "agency":
        named = item.responsible if isinstance(item, Target) else (item.agency,)
        for agency in dict.fromkeys(named):
            yield "", " ".join(agency.split())
        if not named:
            yield _NOT_SAID, words("list_no_agency", lang)
    elif by == "deadline":
        if item.deadline:
            yield _last_day(item.deadline), written_day(item.deadline)
        elif isinstance(item, Responsibility) and item.recurrence:
            yield _NOT_SAID, words("list_recurring", lang)
        else:
            yield _NOT_SAID * 2, words("list_no_deadline", lang)
    else:
        section = section_name(line) or words("list_no_section", lang)
        yield "", f"{line.document} · {section}" if line.document else section


def _order(group: tuple[tuple[str, str], tuple[str, list[Line]]]) -> tuple[str, str]:
    return group[0]


def _said(group: tuple[tuple[str, str], tuple[str, list[Line]]]) -> str:
    return group[0][0]


def _last_day(deadline: str) -> str:
    """Give the day by which a deadline is over: a month's or a year's last."""
    year, *rest = deadline.split("-")
    month = rest[0] if rest else "12"
    valid = year.isdigit() and month.isdigit() and 1 <= int(month) <= 12 and int(year) > 0  # noqa: PLR2004 - months
    day = rest[1] if len(rest) > 1 or not valid else str(monthrange(int(year), int(month))[1])
    return f"{year}-{month}-{day}"
