"""In which document a place of the text lies, and whose words stand there."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from parcc_nlp.model import Citation
    from parcc_nlp.review.context import RuleContext

__all__ = ["LAWS", "WITHOUT_BASES", "Layout"]

LAWS = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"})
WITHOUT_BASES = frozenset({"Công văn", "Công điện", "Tờ trình", "Báo cáo", "Thông báo", "Giấy mời", "Thư công"})
"""Kinds of documents without căn cứ lines: "căn cứ Nghị định ..." in their prose is reasoning."""

_QUOTE_REACH = 2000


class Layout(NamedTuple):
    """The documents in a text, their titles, and the stretches in which others speak."""

    attached: tuple[int, ...]
    opened: tuple[int, ...]
    """Where the first unit of each document begins: its title and its căn cứ lines lie before it."""
    quoted: tuple[tuple[int, int], ...]
    text: str
    end: int
    """Where a portal begins to speak of the document, by its kind and number."""
    titles: str
    """The titles of the documents, in lower case."""

    @classmethod
    def of(cls, context: RuleContext) -> Layout:
        """Read the parts of a document."""
        metadata, parts = context.extraction.metadata, context.extraction.parts
        attached = tuple(part.start for part in parts if part.kind == "attached")
        units = sorted(section.start for section in context.extraction.structure)
        firsts = [bisect_right(units, bound - 1) for bound in (0, *attached)]
        opened = [units[at] if at < len(units) else 0 for at in firsts]
        body = next((part.start for part in parts if part.kind == "body"), opened[0])
        return cls(
            attached=attached,
            opened=(body, *opened[1:]),
            quoted=tuple((part.start, part.end) for part in parts if part.kind == "quoted"),
            text=context.extraction.text,
            end=_portal(context),
            titles=" ".join(title for title in (metadata.title, metadata.attached_title) if title).lower(),
        )

    def document(self, offset: int) -> int:
        """Say in which document an offset lies: 0 in the first, then those attached to it."""
        return bisect_right(self.attached, offset)

    def is_before_units(self, offset: int) -> bool:
        """Say whether an offset lies before the first unit of its document, where title and căn cứ lines are."""
        return offset < self.opened[self.document(offset)]

    def is_of_others(self, offset: int) -> bool:
        """Say whether an offset lies in wording that another document, or a portal, says."""
        if offset >= self.end:
            return True
        at = bisect_right(self.quoted, (offset, offset + 1)) - 1
        return (at >= 0 and self.quoted[at][0] <= offset < self.quoted[at][1]) or self._is_in_quotes(offset)

    def _is_in_quotes(self, offset: int) -> bool:
        """Say whether a quotation mark is open on the line."""
        line = max(self.text.rfind("\n", 0, offset) + 1, offset - _QUOTE_REACH)
        return self.text.rfind("“", line, offset) > self.text.rfind("”", line, offset)

    def is_in_title(self, citation: Citation) -> bool:
        """Say whether a mention belongs to the title of a document, printed in capitals or not."""
        if citation.text.isupper():
            return True
        if citation.relation == "basis" or not self.is_before_units(citation.start):
            return False
        return citation.text.split(maxsplit=1)[0].isupper() or " ".join(citation.text.lower().split()) in self.titles


def _portal(context: RuleContext) -> int:
    """Give the place where a line begins with the document's own kind and number, without "số": a portal's heading."""
    text = context.extraction.text
    for citation in context.extraction.citations:
        is_heading = citation.relation == "self" and (citation.start == 0 or text[citation.start - 1] == "\n")
        if is_heading and "số" not in citation.text.lower():
            return citation.start
    return len(text)
