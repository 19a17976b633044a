"""The units of a document for rules that follow its numbering: what stands in what, and in which part."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcc_nlp.model import Section

if TYPE_CHECKING:
    from parcc_nlp.model import Extraction

__all__ = ["Layout", "area"]

_ATTACHED = re.compile(r"att_\d+__")
_AMENDING = re.compile(r"(?:[Ss]ửa đổi|[Bb]ổ sung|[Tt]hay thế|[Bb]ãi bỏ)[^\n]{0,300}?như sau")
_AMENDING_REACH = 500
_CHANGES = re.compile(r"(?:Điều|ĐIỀU)?\s*[\w.]{1,6}[.):]?\s+(?:Sửa đổi|Bổ sung|Thay thế|Bãi bỏ|Đính chính)")
_OPENING_REACH = 40


@dataclass(frozen=True, slots=True)
class Layout:
    """The units of one document, looked up by place, by name and by what they stand in."""

    text: str
    sections: tuple[Section, ...]
    """Ascending by start, the outer one first."""
    starts: tuple[int, ...]
    by_eid: Mapping[str, Section]
    children: Mapping[str | None, tuple[Section, ...]]
    quoted: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, extraction: Extraction) -> Layout:
        """Index the units of a document once."""
        sections = tuple(sorted(extraction.structure, key=_place))
        children: dict[str | None, list[Section]] = {}
        for section in sections:
            children.setdefault(section.parent, []).append(section)
        return cls(
            text=extraction.text,
            sections=sections,
            starts=tuple(section.start for section in sections),
            by_eid={section.eid: section for section in sections},
            children={parent: tuple(below) for parent, below in children.items()},
            quoted=tuple((part.start, part.end) for part in extraction.parts if part.kind == "quoted"),
        )

    def around(self, offset: int) -> tuple[Section, ...]:
        """Give the units that hold a place, from the inside out."""
        number = bisect_right(self.starts, offset) - 1
        if number < 0:
            return ()
        line = (self.sections[number], *self.above(self.sections[number]))
        return tuple(section for section in line if section.start <= offset < section.end)

    def above(self, section: Section) -> tuple[Section, ...]:
        """Give the units a unit stands in, from the inside out."""
        found: list[Section] = []
        current = self.by_eid.get(section.parent) if section.parent else None
        while current is not None and current not in found:
            found.append(current)
            current = self.by_eid.get(current.parent) if current.parent else None
        return tuple(found)

    def below(self, section: Section) -> tuple[Section, ...]:
        """Give the units that stand directly in one."""
        return self.children.get(section.eid, ())

    def is_quoted(self, offset: int) -> bool:
        """Say whether a place lies in quoted wording, which another document says."""
        at = bisect_right(self.quoted, offset, key=_first) - 1
        return at >= 0 and offset < self.quoted[at][1]

    def gives_other_wording(self, section: Section) -> bool:
        """Say whether a unit gives the wording of another document ("sửa đổi ... như sau:"), marked as such or not."""
        until = min(section.end, section.start + _AMENDING_REACH)
        return _AMENDING.search(self.text, section.start, until) is not None

    def is_amending(self, section: Section) -> bool:
        """Say whether a unit changes another document: what it says of "này" may be said there."""
        opening = self.text[section.start : min(section.end, section.start + _OPENING_REACH)]
        return _CHANGES.match(opening) is not None or self.gives_other_wording(section)


def area(section: Section) -> str:
    """Give the document of the file a unit stands in: the beginning of its eid, empty for the issuing one."""
    attached = _ATTACHED.match(section.eid)
    return attached[0] if attached else ""


def _place(section: Section) -> tuple[int, int]:
    return section.start, -section.end


def _first(span: tuple[int, int]) -> int:
    return span[0]
