"""The parts of a document as places of its own text, for whoever must not take one part for another."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from parcc_nlp.extract.quotes import find_quoted
from parcc_nlp.extract.zones import Zones, find_zones
from parcc_nlp.model import DocumentPart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import PartKind
    from parcc_nlp.text.normalise import NormalisedText

__all__ = ["find_parts"]


def find_parts(source: NormalisedText, *, zones: Zones | None = None) -> tuple[DocumentPart, ...]:
    """Find head, body, closing, attached documents and quoted wording.

    Parameters
    ----------
    source
        The normalised text.
    zones
        The zones of the clean text; found here where they are not given.

    Returns
    -------
    tuple of DocumentPart
        Ascending by place; a part that is not there is left out. Spans are offsets into the original text and reach
        from the beginning of a line to the end of one, but for quoted wording.

    Examples
    --------
    >>> from parcc_nlp.text.normalise import normalise
    >>> text = "QUYẾT ĐỊNH\\nVề việc phân công\\nĐiều 1. Giao Sở Nội vụ.\\nNơi nhận:\\n- Như Điều 1;"
    >>> [(part.kind, part.start) for part in find_parts(normalise(text))]
    [('head', 0), ('body', 29), ('closing', 53)]
    """
    zones = find_zones(source.text) if zones is None else zones
    found = [(kind, *source.to_original(start, end)) for kind, start, end in _of_lines(zones) if start < end]
    found += [("quoted", *source.to_original(start, end)) for start, end in find_quoted(source.text)]
    return tuple(sorted((DocumentPart(kind, start, end) for kind, start, end in found), key=_place))


def _of_lines(zones: Zones) -> Iterator[tuple[PartKind, int, int]]:
    """Give the parts that zones of lines are, with their clean offsets."""
    first = zones.attached[0] if zones.attached else zones.tail
    bounds: list[tuple[PartKind, int, int]] = [
        ("head", zones.head, zones.body),
        ("body", zones.body, zones.closing),
        ("closing", zones.closing, min(zones.after, first)),
    ]
    if not zones.attached and zones.after < zones.tail:
        bounds.append(("attached", zones.after, zones.tail))
    bounds += [("attached", start, end) for start, end in pairwise((*zones.attached, zones.tail))]
    bounds.append(("tail", zones.tail, len(zones.lines)))
    for kind, begin, end in bounds:
        if begin < end:
            yield kind, zones.starts[begin], zones.line_end(end - 1)


def _place(part: DocumentPart) -> tuple[int, int]:
    return part.start, -part.end
