"""The comments a Word file has already: which are ours, and what officers did with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcc_nlp.read.ooxml import local, w
from parcc_nlp.report.word_wording import mark_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

__all__ = ["MOST", "Comment", "comments", "free_id", "replied_to"]

MOST = 32_767
"""Comments beyond which Word does not open a file ([MS-OI29500], 2.1.315)."""
_MARKERS = ("commentRangeStart", "commentRangeEnd", "commentReference")
_ID = re.compile(r"[0-9]{1,10}")
_LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of the file.

    `number` is that of its element in the part, in document order; `key` the finding it is about, None for a comment of
    somebody else; `untouched` says whether its text is still as it was written; `paragraphs` are the names of its
    paragraphs, by which other parts know it.
    """

    id: str
    number: int
    key: str | None = None
    untouched: bool = True
    paragraphs: tuple[str, ...] = ()


def comments(root: etree._Element) -> tuple[Comment, ...]:
    """List the comments of a part ``comments.xml``, in its order."""
    return tuple(
        _comment(element, number) for number, element in enumerate(root.iter("*")) if local(element) == "comment"
    )


def replied_to(extended: etree._Element | None) -> frozenset[str]:
    """Give the names of the paragraphs that have replies, from the part ``commentsExtended.xml``."""
    entries: Iterable[etree._Element] = () if extended is None else extended.iter("*")
    parents = (_attribute(entry, "paraIdParent") for entry in entries if local(entry) == "commentEx")
    return frozenset(parent.upper() for parent in parents if parent)


def _comment(element: etree._Element, number: int) -> Comment:
    paragraphs = list(element.iter(w("p")))
    mark = mark_in(["".join(t.text or "" for t in one.iter(w("t"))) for one in paragraphs])
    names = tuple(name.upper() for name in (_attribute(one, "paraId") for one in paragraphs) if name)
    comment_id = element.get(w("id"), "")
    if mark is None:
        return Comment(comment_id, number, paragraphs=names)
    return Comment(comment_id, number, mark.key, mark.untouched, names)


def _attribute(element: etree._Element, name: str) -> str | None:
    """Give an attribute by its name alone: its namespace is that of whichever Word wrote it."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), None)


def free_id(tree: etree._Element | None, body: etree._Element) -> int:
    """Give the number from which on comments of a file have no ids yet."""
    elements = [*body.iter(*map(w, _MARKERS))]
    elements += () if tree is None else tree.iter(w("comment"))
    taken = {int(one) for one in (element.get(w("id"), "") for element in elements) if _ID.fullmatch(one)}
    first = max(taken, default=-1) + 1
    if first + MOST <= _LARGEST_ID:
        return first
    # Somebody counts from the top: a gap that is wide enough for every comment Word takes.
    before = -1
    for one in sorted(taken):
        if one - before > MOST:
            break
        before = one
    return before + 1
