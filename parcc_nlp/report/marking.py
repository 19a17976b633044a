"""The text of a document cut into pieces at every citation and finding, ready to be marked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Mark", "Piece", "paragraphs"]


class Mark(NamedTuple):
    """A stretch to be marked: `key` says what it is, in the caller's own terms."""

    start: int
    end: int
    key: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text inside one line under the same marks.

    `outer` is the innermost mark of the first layer here (None outside), `inner` every mark of the second;
    `begins_outer` and `begins_inner` are the marks whose first character this piece begins with, `ends` says whether
    the innermost mark of the first layer ends with this piece.
    """

    text: str
    outer: int | None = None
    inner: tuple[int, ...] = ()
    begins_outer: tuple[int, ...] = ()
    begins_inner: tuple[int, ...] = ()
    ends: bool = False


def paragraphs(text: str, outer: Sequence[Mark], inner: Sequence[Mark]) -> Iterator[tuple[Piece, ...]]:
    """Cut a text at its line breaks and at the borders of two layers of marks.

    Parameters
    ----------
    text
        The text.
    outer, inner
        Two layers of marks (citations; findings), in any order. They may overlap and run over line breaks; empty ones
        mark nothing.

    Yields
    ------
    tuple of Piece
        One tuple a line. The texts of all pieces, lines joined with a line break, are the text again.

    Examples
    --------
    >>> [[piece.text for piece in line] for line in paragraphs("Theo Luật Đất đai;", [Mark(5, 17, 0)], [])]
    [['Theo ', 'Luật Đất đai', ';']]
    """
    layers = [sorted(one for one in layer if one.start < one.end) for layer in (outer, inner)]
    borders = sorted({place for layer in layers for one in layer for place in (one.start, one.end)})
    waiting = [0, 0]
    active: list[list[Mark]] = [[], []]
    border, line_start = 0, 0
    for line in text.split("\n"):
        line_end = line_start + len(line)
        pieces: list[Piece] = []
        at = line_start
        while at < line_end:
            while border < len(borders) and borders[border] <= at:
                border += 1
            until = min(line_end, borders[border]) if border < len(borders) else line_end
            begun = [_advance(layers[i], active[i], waiting, i, at) for i in (0, 1)]
            innermost = active[0][-1] if active[0] else None
            pieces.append(
                Piece(
                    text=text[at:until],
                    outer=innermost.key if innermost else None,
                    inner=tuple(one.key for one in active[1]),
                    begins_outer=begun[0],
                    begins_inner=begun[1],
                    ends=innermost is not None and innermost.end == until,
                )
            )
            at = until
        yield tuple(pieces)
        line_start = line_end + 1


def _advance(layer: Sequence[Mark], active: list[Mark], waiting: list[int], number: int, at: int) -> tuple[int, ...]:
    """Bring the marks in force at `at` up to date and name those that begin to show here."""
    active[:] = [one for one in active if one.end > at]
    begun: list[int] = []
    while waiting[number] < len(layer) and layer[waiting[number]].start <= at:
        one = layer[waiting[number]]
        waiting[number] += 1
        begun.append(one.key)
        if one.end > at:
            active.append(one)
    return tuple(begun)
