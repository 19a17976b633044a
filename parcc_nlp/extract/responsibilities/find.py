"""Find the assignments a document makes, line by line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.extract.agencies.cased import cased
from parcc_nlp.extract.agencies.find import find_agencies
from parcc_nlp.extract.responsibilities.agents import Agent, Agents
from parcc_nlp.extract.responsibilities.reader import Reader
from parcc_nlp.extract.structure import find_structure
from parcc_nlp.extract.zones import find_zones
from parcc_nlp.model import Responsibility

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcc_nlp.extract.responsibilities.items import Item
    from parcc_nlp.model import AgencyMention, Alias, Metadata, Section, Table
    from parcc_nlp.text.normalise import NormalisedText

__all__ = ["find_responsibilities"]

FUNCTIONAL = re.compile(r"(?:[Cc]ơ quan|[Đđ]ơn vị|[Cc]hủ đầu tư)")


def find_responsibilities(  # noqa: PLR0913  each layer it builds on may be handed over
    source: NormalisedText,
    *,
    structure: Sequence[Section] = (),
    metadata: Metadata | None = None,
    aliases: Iterable[Alias] = (),
    agencies: Iterable[AgencyMention] | None = None,
    tables: Sequence[Table] = (),
) -> tuple[Responsibility, ...]:
    """Find the assignments that a document makes.

    Parameters
    ----------
    source
        The normalised text.
    structure
        The document's units; `section` of an assignment is the innermost one.
    metadata, aliases
        What the document says of itself and the short names it gives.
    agencies
        The agencies of the text; found here where they are not given.
    tables
        The document's tables; their lines are read as rows, not as prose.

    Returns
    -------
    tuple of Responsibility
        One for each line, agency and role, in order of place. Spans are offsets into the original and stay within the
        line; `text` is the sentence that assigns, from its verb on.

    Examples
    --------
    >>> from parcc_nlp.text.normalise import normalise
    >>> text = "1. Sở Tư pháp:\\n- Chủ trì, phối hợp với Sở Nội vụ xây dựng Kế hoạch trước ngày 15/3/2026."
    >>> [(found.agency, found.role, found.deadline) for found in find_responsibilities(normalise(text))]
    [('Sở Tư pháp', 'lead', '2026-03-15'), ('Sở Nội vụ', 'coordinate', '2026-03-15')]
    """
    page = cased(source.text)
    text = source.text
    units = structure or find_structure(source, tables=tuple(tables))
    named = find_agencies(source, metadata=metadata, aliases=aliases) if agencies is None else tuple(agencies)
    found = [_agent(source, mention) for mention in named]
    reader = Reader(
        page,
        Agents(text, found),
        find_zones(text),
        headings=frozenset(_line_of(source, section) for section in units if section.heading is not None),
        skipped=[source.to_clean(table.start, table.end) for table in tables],
        plan=_is_plan(metadata),
        issuer=metadata.issuer if metadata else None,
        issued=metadata.issued if metadata else None,
    )
    items = reader.read()
    sections = _Sections(units)
    return tuple(_responsibility(source, item, sections) for item in items)


def _is_plan(metadata: Metadata | None) -> bool:
    """Tell a plan, whose opening lists no tasks, from a directive, whose opening governs all that follows."""
    kinds = ("Kế hoạch", "Chương trình", "Đề án")
    return metadata is not None and (metadata.doc_type in kinds or metadata.attached_type in kinds)


def _line_of(source: NormalisedText, section: Section) -> int:
    """Give the clean offset of the line that a unit begins on."""
    start, _ = source.to_clean(section.start, section.start)
    return source.text.rfind("\n", 0, start) + 1


def _agent(source: NormalisedText, mention: AgencyMention) -> Agent:
    start, end = source.to_clean(mention.start, mention.end)
    functional = not mention.collective and mention.agency_id is None and FUNCTIONAL.match(mention.name) is not None
    return Agent(start, end, mention.name, mention.agency_id, mention.collective, functional)


def _responsibility(source: NormalisedText, item: Item, sections: _Sections) -> Responsibility:
    start, end = source.to_original(item.start, item.end)
    return Responsibility(
        start,
        end,
        source.original[start:end],
        item.agent.name,
        item.role,
        agency_id=item.agent.agency_id,
        deadline=item.deadline,
        recurrence=item.recurrence,
        product=item.product,
        funding=item.funding,
        origin=item.origin,
        section=sections.at(start),
    )


class _Sections:
    """Gives the innermost unit of growing offsets."""

    def __init__(self, structure: Sequence[Section]) -> None:
        self.units = structure
        self.next = 0
        self.open: list[Section] = []

    def at(self, pos: int) -> str | None:
        while self.next < len(self.units) and self.units[self.next].start <= pos:
            unit = self.units[self.next]
            while self.open and self.open[-1].end <= unit.start:
                self.open.pop()
            self.open.append(unit)
            self.next += 1
        while self.open and self.open[-1].end <= pos:
            self.open.pop()
        return self.open[-1].eid if self.open else None
