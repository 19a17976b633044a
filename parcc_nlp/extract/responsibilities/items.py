"""The assignments of one line as they are gathered: each agency and role once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from parcc_nlp.extract.responsibilities.agents import Agent
from parcc_nlp.extract.responsibilities.clauses import Role

__all__ = ["Item", "Line"]


@dataclass(slots=True)
class Item:
    """An assignment while it is read; offsets of the clean text."""

    start: int
    end: int
    agent: Agent
    role: Role
    deadline: str | None = None
    recurrence: str | None = None
    product: str | None = None
    funding: str | None = None
    origin: Literal["prose", "table"] = "prose"


class Line:
    """Gathers the assignments of a line."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self._taken: set[tuple[str, Role]] = set()

    def add(self, item: Item) -> None:
        """Add an assignment unless the line has it; who leads is not said to implement as well."""
        name = item.agent.name.lower()
        if (name, item.role) in self._taken:
            return
        if item.role == "implement" and (name, "lead") in self._taken:
            return
        self._taken.add((name, item.role))
        self.items.append(item)
