"""From rows of task tables to responsibilities: one for each agency and role of a row."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from parcc_nlp.model import Responsibility

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcc_nlp.model import Section, TaskRow
    from parcc_nlp.text.normalise import NormalisedText

__all__ = ["table_responsibilities"]


def table_responsibilities(
    rows: Iterable[TaskRow], source: NormalisedText, *, structure: Iterable[Section] = ()
) -> tuple[Responsibility, ...]:
    """Give the responsibilities that rows of task tables make.

    Parameters
    ----------
    rows
        What `find_table_rows` gave.
    source
        The normalised text of the document.
    structure
        Its sections: a responsibility names the row or section it stands in.

    Returns
    -------
    tuple of Responsibility
        One for each agency and role of a row, its span and text those of the task. A row whose task is in doubt gives
        none.

    Examples
    --------
    >>> from parcc_nlp.model import Span, TaskHolder, TaskRow
    >>> from parcc_nlp.text.normalise import normalise
    >>> leads = TaskHolder(8, 18, "Sở Tư pháp", "lead")
    >>> row = TaskRow(0, 18, 0, 1, task="Rà soát", task_span=Span(0, 7), holders=(leads,))
    >>> (found,) = table_responsibilities([row], normalise("Rà soát\\tSở Tư pháp"))
    >>> found.text, found.agency, found.role
    ('Rà soát', 'Sở Tư pháp', 'lead')
    """
    sections = sorted(structure, key=_start)
    starts = [section.start for section in sections]
    by_eid = {section.eid: section for section in sections}
    found: list[Responsibility] = []
    for row in rows:
        if row.task_span is None or "task" in row.doubts:
            continue
        start, end = row.task_span.start, row.task_span.end
        section = _section(sections, starts, by_eid, start, end)
        found += (
            Responsibility(
                start=start,
                end=end,
                text=source.original[start:end],
                agency=holder.agency,
                role=holder.role,
                agency_id=holder.agency_id,
                deadline=row.deadline,
                recurrence=row.recurrence,
                product=row.product,
                funding=row.funding,
                origin="table",
                section=section,
            )
            for holder in row.holders
        )
    return tuple(found)


def _start(section: Section) -> int:
    return section.start


def _section(
    sections: list[Section], starts: list[int], by_eid: dict[str, Section], start: int, end: int
) -> str | None:
    """Give the innermost section around a place: the last one begun before it, or one of those it stands in."""
    at = bisect_right(starts, start) - 1
    section = sections[at] if at >= 0 else None
    while section is not None and section.end < end:
        section = by_eid.get(section.parent) if section.parent else None
    return section.eid if section else None
