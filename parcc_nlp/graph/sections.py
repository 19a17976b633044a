"""The units of a document as nodes: what each is a part of, and how a reader calls it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from parcc_nlp.graph.identifiers import within
from parcc_nlp.graph.naming import beginning, provision_label
from parcc_nlp.graph.values import Edge, Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.values import Value
    from parcc_nlp.model import Extraction, Section

__all__ = ["add_sections", "section_label"]

_CITED_BY_NUMBER = frozenset({"khoan", "diem"})
"""Units that a reader cites by their numbers, from the smallest to the article (NĐ 78/2025/NĐ-CP, Điều 68)."""
_HEADED = {
    "phan": "Phần", "chuong": "Chương", "muc": "Mục", "tieu_muc": "Tiểu mục", "dieu": "Điều", "phu_luc": "Phụ lục",
}  # fmt: skip
"""Units whose word stands before their number."""
_FORM = "Mẫu số"
"""Forms stand among the annexes."""
_COUNTED = {"table": "Bảng", "row": "Dòng"}


def add_sections(graph: LegalGraph, own: str, extraction: Extraction) -> None:
    """Add the units of a document, each a part of the one it stands in.

    Parameters
    ----------
    graph
        The graph that is added to; the document is a node of it.
    own
        The id of the document.
    extraction
        What the document says.
    """
    by_eid = {section.eid: section for section in extraction.structure}
    texts = dict(_own_texts(extraction))
    for section in extraction.structure:
        fields: dict[str, Value] = {
            "eid": section.eid,
            "unit": section.kind,
            "start": section.start,
            "end": section.end,
        }
        label = section_label(section, around=by_eid, text=texts.get(section.eid, ""))
        graph.add_node(Node(within(own, section.eid), "section", label, properties=fields))
        parent = within(own, section.parent) if section.parent else own
        graph.add_edge(Edge(within(own, section.eid), "part_of", parent if parent in graph else own, document=own))


def section_label(section: Section, *, around: Mapping[str, Section], text: str = "") -> str:
    """Name a unit of a document as a reader would.

    Parameters
    ----------
    section
        The unit.
    around
        The units of the document by eId: those it stands in are looked up here.
    text
        Its own words, those of the units in it left out.

    Returns
    -------
    str
        A khoản or điểm of an article by its numbers; any other unit by its number and its heading or first words. A
        unit of which nothing is said is called by its eId.

    Examples
    --------
    >>> from parcc_nlp.model import Section
    >>> article = Section("dieu", "5", None, 0, 90, None, "dieu_5")
    >>> paragraph = Section("khoan", "2", None, 60, 90, "dieu_5", "dieu_5__khoan_2")
    >>> section_label(article, around={}, text="Điều 5. Phê duyệt Kế hoạch kèm theo Quyết định này.")
    'Điều 5. Phê duyệt Kế hoạch kèm theo Quyết định này.'
    >>> section_label(paragraph, around={"dieu_5": article})
    'khoản 2 Điều 5'
    """
    number, printed = section.label or "", " ".join(text.split())
    if section.kind in _CITED_BY_NUMBER and number:
        return _cited(section, around)
    if section.kind in _COUNTED:
        place = number or section.eid.rpartition("_")[2]
        return _joined(f"{_COUNTED[section.kind]} {place}", section.heading or printed)
    if section.kind in _HEADED:
        word = _FORM if printed.startswith(_FORM) else _HEADED[section.kind]
        if section.heading or not printed.casefold().startswith(word.casefold()):
            return _joined(f"{word} {number}".strip(), section.heading or printed)
    if section.heading:
        return beginning(f"{_marked(section)} {section.heading}")
    return beginning(printed) or number or section.eid


def _cited(section: Section, around: Mapping[str, Section]) -> str:
    """Name a khoản or điểm by the numbers from the article on; outside of an article by its own."""
    units = [(section.kind, section.label or "")]
    outer = section
    while outer.kind in _CITED_BY_NUMBER and outer.parent and outer.parent in around:
        outer = around[outer.parent]
        if outer.label and outer.kind in {*_CITED_BY_NUMBER, "dieu"}:
            units.append((outer.kind, outer.label))
    return provision_label(reversed(units))


def _marked(section: Section) -> str:
    """Write the mark of a unit of a plan: "II.", "1.", "a)", "-"."""
    number = section.label or ""
    if section.kind != "section" or not number:
        return number
    return f"{number})" if number.isalpha() and number.islower() else f"{number}."


def _joined(name: str, words: str) -> str:
    return beginning(f"{name}. {words}") if words else name


def _own_texts(extraction: Extraction) -> Iterator[tuple[str, str]]:
    """Give the words of each unit up to the next one: that in it, or that behind it."""
    ordered: Sequence[Section] = sorted(extraction.structure, key=_start)
    for section, following in pairwise(ordered):
        end = following.start if following.start > section.start else section.end
        yield section.eid, extraction.text[section.start : min(section.end, end)]
    for section in ordered[-1:]:
        yield section.eid, extraction.text[section.start : section.end]


def _start(section: Section) -> tuple[int, int]:
    return section.start, -section.end
