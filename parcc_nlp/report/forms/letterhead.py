"""Who a paper is from: filled in from options, blank lines where nothing is given."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Letterhead"]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What an office prints at the head of its papers (NĐ 30/2020/NĐ-CP, Phụ lục I).

    `superior` is the body the office belongs to, `agency` the office itself, `place` where it sits. What is None is
    left as a blank line to be written on.

    Examples
    --------
    >>> Letterhead(superior="Ủy ban nhân dân tỉnh Hòa Giang", agency="Sở Tư pháp", place="Hòa Giang").agency
    'Sở Tư pháp'
    """

    agency: str | None = None
    superior: str | None = None
    place: str | None = None
