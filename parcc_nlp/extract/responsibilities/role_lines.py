"""Lines of plans that name who, when and with what: "Đơn vị chủ trì: Sở Tư pháp.", "Thời gian thực hiện: ..."."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.extract.responsibilities.clauses import act_at
from parcc_nlp.extract.responsibilities.deadlines import deadline_of, recurrence_of
from parcc_nlp.extract.responsibilities.items import Item, Line
from parcc_nlp.extract.responsibilities.lexicon import words

if TYPE_CHECKING:
    from parcc_nlp.extract.agencies.cased import Cased
    from parcc_nlp.extract.responsibilities.agents import Agent, Agents
    from parcc_nlp.extract.responsibilities.clauses import Role

__all__ = ["RoleLines"]

ROLES: tuple[Role, ...] = ("lead", "coordinate", "implement")
FACTS = ("time", "product", "funding")
BREAK = re.compile(r"[.;(–] ?-? ?")
LONGEST_LABEL = 70


class RoleLines:
    """Reads lines of roles and gives the assignments of one task its time, product and funding."""

    def __init__(self, page: Cased, agents: Agents) -> None:
        self.page = page
        self.text, self.low = page
        self.agents = agents
        self.words = words()
        self.task: list[Item] = []
        self.facts: dict[str, str] = {}
        self.inside = False

    def restart(self) -> None:
        """Forget the task at the end of a document."""
        self.task = []
        self.facts = {}
        self.inside = False

    def leave(self) -> None:
        """End the task: another line stands between."""
        if self.inside:
            self.restart()

    def read(self, start: int, end: int, line: Line) -> bool:
        """Read a line; False where it is none of these."""
        if self.low.find(":", start, min(end, start + LONGEST_LABEL)) < 0:
            return False
        marks = self._marks(start, end)
        if not marks:
            return False
        self.inside = True
        if marks[0][0] > start or any(self._is_sentence(kind, at, end) for _, kind, at in marks):
            return False
        for number, (_, kind, at) in enumerate(marks):
            stop = marks[number + 1][0] if number + 1 < len(marks) else end
            if kind in FACTS:
                self._fact(kind, at, stop)
            else:
                self._holders(kind, at, stop, start, line)
        return True

    def opens(self, start: int, end: int) -> bool:
        """Tell a line of roles that is written as sentences ("Cơ quan thực hiện: Sở Nội vụ chủ trì ...")."""
        if self.low.find(":", start, min(end, start + LONGEST_LABEL)) < 0:
            return False
        label = self._label(start, end)
        return label is not None and label[0] not in FACTS

    def adopt(self, items: list[Item]) -> None:
        """Count assignments that were read as sentences to the task."""
        self.inside = True
        for item in items:
            self._complete(item)
        self.task += items

    def _is_sentence(self, kind: str, at: int, end: int) -> bool:
        chain = None if kind in FACTS else self.agents.chain(at, end)
        return chain is not None and act_at(self.page, chain.end, end) is not None

    def _marks(self, start: int, end: int) -> list[tuple[int, str, int]]:
        """Give the labels of a line: where each begins, its kind, and where its words begin."""
        found: list[tuple[int, str, int]] = []
        at = start
        while at < end:
            label = self._label(at, end)
            if label is not None:
                found.append((at, *label))
                at = label[1]
            elif not found:
                return []
            pause = BREAK.search(self.low, at, end)
            if pause is None or self.low.find(":", pause.end(), end) < 0:
                break
            at = pause.end()
        return found

    def _label(self, at: int, end: int) -> tuple[str, int] | None:
        for kind, pattern in self.words.role_lines.items():
            match = pattern.match(self.low, at, end)
            if match:
                return kind, match.end()
        return None

    def _holders(self, kind: str, at: int, stop: int, start: int, line: Line) -> None:
        role: Role = next(role for role in ROLES if role == kind)
        chain = self.agents.chain(at, stop)
        agents: list[Agent] = list(chain.agents) if chain else []
        if chain:
            agents += [agent for agent in self.agents.between(chain.end, stop) if self._listed(chain.end, agent.start)]
        end = stop
        while end > start and self.text[end - 1] in " .;,":
            end -= 1
        for agent in agents:
            self._add(line, Item(start, end, agent, role))

    def _listed(self, begin: int, pos: int) -> bool:
        """Tell a further body of the list from one that only qualifies."""
        return self.low[pos - 2 : pos] in ("; ", ", ") and self.low.count("(", begin, pos) == self.low.count(
            ")", begin, pos
        )

    def _complete(self, item: Item) -> None:
        item.deadline = item.deadline or self.facts.get("deadline")
        item.recurrence = item.recurrence or self.facts.get("recurrence")
        item.product = self.facts.get("product")
        item.funding = self.facts.get("funding")

    def _add(self, line: Line, item: Item) -> None:
        self._complete(item)
        line.add(item)
        self.task.append(item)

    def _fact(self, kind: str, at: int, stop: int) -> None:
        written = self.text[at:stop].strip(" .;")
        if not written:
            return
        found: dict[str, str | None] = {}
        if kind == "time":
            begin = max(at - 2, 0)
            found["deadline"] = deadline_of(self.text, self.low, begin, stop) or _plain_date(written)
            found["recurrence"] = recurrence_of(self.text, self.low, at, stop)
        else:
            found[kind] = written
        for name, value in found.items():
            if value is None:
                continue
            self.facts[name] = value
            for item in self.task:
                setattr(item, name, value)


def _plain_date(written: str) -> str | None:
    """Read a time that is nothing but a date: "Tháng 12/2025", "Năm 2026", "Quý I/2026"."""
    from parcc_nlp.text.dates import date_at  # noqa: PLC0415  small and rarely needed

    date = date_at(written, 0)
    return date.iso if date is not None and date.end >= len(written) - 1 else None
