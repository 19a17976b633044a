"""The agencies of a text as the reader of assignments needs them: by place, and as chains that share one task."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Agent", "Agents", "Chain"]

SEPARATOR = re.compile(
    r"(?: ?[,;] ?(?:và |cùng |đề nghị )?| và | hoặc | cùng với | cùng | ?/ ?| - )(?:lãnh đạo |đồng chí )?"
)
# A body that was not recognised between two that were: the list goes on behind it.
UNKNOWN = re.compile(
    r"(?:các |những )?(?:cơ quan|đơn vị|hội|đoàn|tổ chức|doanh nghiệp|cá nhân|chính quyền|ngành|lực lượng|hiệp hội"
    r"|cộng đồng|hộ|liên hiệp)(?: [^\W\d_]+){1,8}"
)
BRACKET = re.compile(r" ?\([^()\n]*\)")


class Agent(NamedTuple):
    """An agency of the clean text."""

    start: int
    end: int
    name: str
    agency_id: str | None
    collective: bool
    functional: bool = False
    """Whether it is named by what it does in a procedure ("cơ quan chủ trì")."""


class Chain(NamedTuple):
    """Agencies joined by commas and "và", and where the chain ends, brackets included."""

    agents: tuple[Agent, ...]
    end: int


class Agents:
    """All agencies of a text in order of place."""

    def __init__(self, text: str, found: Sequence[Agent]) -> None:
        self.text = text
        self.found = found
        self.starts = [agent.start for agent in found]

    def between(self, start: int, end: int) -> Sequence[Agent]:
        """Give the agencies that begin in a stretch."""
        return self.found[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def joined(self, end: int, start: int) -> bool:
        """Tell whether a body that begins at `start` goes on the list of the one that ends at `end`."""
        return SEPARATOR.fullmatch(self.text, end, start) is not None

    def at(self, pos: int) -> int | None:
        """Give the place in `found` of the agency that begins at an offset."""
        number = bisect_left(self.starts, pos)
        return number if number < len(self.starts) and self.starts[number] == pos else None

    def chain(self, pos: int, end: int) -> Chain | None:
        """Give the chain of agencies that begins at an offset and stays before `end`."""
        number = self.at(pos)
        if number is None or self.found[number].end > end:
            return None
        agents = [self.found[number]]
        last = agents[0].end
        while True:
            bracket = BRACKET.match(self.text, last, end)
            behind = bracket.end() if bracket else last
            separator = SEPARATOR.match(self.text, behind, end)
            following = self.at(separator.end()) if separator else None
            if separator and following is None:
                unknown = UNKNOWN.match(self.text, separator.end(), end)
                further = SEPARATOR.match(self.text, unknown.end(), end) if unknown else None
                following = self.at(further.end()) if further else None
            if following is None or self.found[following].end > end:
                return Chain(tuple(agents), behind)
            agents.append(self.found[following])
            last = self.found[following].end
