"""Where a finding stands, in words a person can follow: line of the text, page, section."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from parcc_nlp.model import Extraction, Section, Where

__all__ = ["Places"]

_WORDS = {
    "phan": "Phần",
    "chuong": "Chương",
    "muc": "Mục",
    "tieu_muc": "Tiểu mục",
    "dieu": "Điều",
    "khoan": "khoản",
    "diem": "điểm",
    "phu_luc": "Phụ lục",
}


@dataclass(frozen=True, slots=True)
class Places:
    """The lines, pages and sections of one document, ready to be looked up by offset."""

    extraction: Extraction
    lines: tuple[int, ...]
    """Offset of the first character of every line."""
    blocks: tuple[int, ...]
    """Offset of the first character of every block, ascending."""
    sections: tuple[Section, ...]
    """The sections, ascending by start and, at one start, the outer one first."""
    starts: tuple[int, ...]
    by_eid: dict[str, Section]

    @classmethod
    def of(cls, extraction: Extraction) -> Places:
        """Index a document once, in time linear in its length."""
        lines = [0]
        position = extraction.text.find("\n")
        while position >= 0:
            lines.append(position + 1)
            position = extraction.text.find("\n", position + 1)
        sections = tuple(sorted(extraction.structure, key=_by_start))
        return cls(
            extraction=extraction,
            lines=tuple(lines),
            blocks=tuple(block.start for block in extraction.blocks),
            sections=sections,
            starts=tuple(section.start for section in sections),
            by_eid={section.eid: section for section in sections},
        )

    def line(self, offset: int) -> int:
        """Give the 1-based line of an offset."""
        return bisect_right(self.lines, offset)

    def line_span(self, offset: int) -> tuple[int, int]:
        """Give start and end of the line an offset stands in, without its line break."""
        number = self.line(offset)
        end = self.lines[number] - 1 if number < len(self.lines) else len(self.extraction.text)
        return self.lines[number - 1], end

    def where(self, offset: int) -> Where:
        """Give the place of an offset."""
        return Where(page=self._page(offset), paragraph=self.line(offset), section=self._section(offset))

    def _page(self, offset: int) -> int | None:
        number = bisect_right(self.blocks, offset) - 1
        return self.extraction.blocks[number].origin.page if number >= 0 else None

    def _section(self, offset: int) -> str | None:
        """Give the path to the deepest section: "II.2.a" in a plan, "Điều 3, khoản 2" in a decision."""
        deepest = self._deepest(offset)
        if deepest is None:
            return None
        levels: list[str] = []
        words: list[str] = []
        for section in reversed(self._ancestors(deepest)):
            label = (section.label or "").strip(" .):/").rstrip(".")
            if not label or section.kind in {"bullet", "row", "table"}:
                continue
            if section.kind == "section":
                levels.append(label)
            else:
                word = _WORDS[section.kind]
                words.append(label if label.lower().startswith(word.lower()) else f"{word} {label}")
        path = ", ".join([*words, ".".join(levels)] if levels else words)
        return path or None

    def _deepest(self, offset: int) -> Section | None:
        """Give the section that starts last among those that hold the offset."""
        number = bisect_right(self.starts, offset) - 1
        if number < 0:
            return None
        for section in (self.sections[number], *self._ancestors(self.sections[number])):
            if section.start <= offset < section.end:
                return section
        return None

    def _ancestors(self, section: Section) -> tuple[Section, ...]:
        """Give a section and the ones around it, from the inside out."""
        found: dict[str, Section] = {}
        current: Section | None = section
        while current is not None and current.eid not in found:
            found[current.eid] = current
            current = self.by_eid.get(current.parent) if current.parent else None
        return tuple(found.values())


def _by_start(section: Section) -> tuple[int, int]:
    return section.start, -section.end
