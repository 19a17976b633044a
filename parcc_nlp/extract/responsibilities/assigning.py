"""Turning an act into assignments: its holders, with whom they coordinate, to whom they report, by when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.extract.responsibilities.deadlines import deadline_of, recurrence_of
from parcc_nlp.extract.responsibilities.items import Item, Line
from parcc_nlp.extract.responsibilities.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcc_nlp.extract.agencies.cased import Cased
    from parcc_nlp.extract.responsibilities.agents import Agent, Agents
    from parcc_nlp.extract.responsibilities.clauses import Role

__all__ = ["Assigner"]

REPORT_REACH = 60
PURPOSE = " để "


class _Times(NamedTuple):
    deadline: str | None
    recurrence: str | None


class Assigner:
    """Writes the assignments of a sentence to its line."""

    def __init__(self, page: Cased, agents: Agents, issued: str | None = None) -> None:
        self.page = page
        self.low = page.low
        self.agents = agents
        self.words = words()
        self.issued = issued or ""

    def assign(self, line: Line, holders: tuple[Agent, ...], role: Role, sentence: tuple[int, int, int]) -> None:
        """Add the holders of a task and the further bodies that its sentence names.

        Parameters
        ----------
        line
            Takes the assignments.
        holders, role
            Who does it and as what.
        sentence
            Where the sentence begins, where its task begins, and where it ends.
        """
        if not holders:
            return
        begin, start, end = sentence
        deadline = deadline_of(self.page.text, self.low, begin, end)
        if deadline is not None and deadline < self.issued[: len(deadline)]:
            deadline = None
        times = _Times(deadline, recurrence_of(self.page.text, self.low, start, end))
        self._add(line, holders, role, (start, end), times)
        between = self.agents.between(start, end)
        if not between:
            return
        own = {agent.name.lower() for agent in holders}
        own_acts = {agent.end for agent in between}
        for match in self.words.partner.finditer(self.low, start, end):
            chain = self.agents.chain(match.end(), end)
            if chain is not None and not self._is_directed(start, match.start()):
                partners = [agent for agent in chain.agents if agent.name.lower() not in own]
                self._add(line, partners, "coordinate", (start, end), times)
                own_acts.discard(chain.agents[-1].end)
        purpose = self.low.find(PURPOSE, start, end)
        done = start
        for agent in between:
            if (
                agent.start < done
                or agent.name.lower() in own
                or not self._is_reported_to(start, agent.start, own_acts)
            ):
                continue
            chain = self.agents.chain(agent.start, end)
            told = chain.agents if chain else (agent,)
            behind = 0 <= purpose < agent.start  # "gửi A trước ngày ... để báo cáo B": the date is not B's
            self._add(line, told, "report_to", (start, end), times._replace(deadline=None) if behind else times)
            done = chain.end if chain else agent.end

    def _add(self, line: Line, agents: Iterable[Agent], role: Role, span: tuple[int, int], times: _Times) -> None:
        start, stop = span
        while stop > start and self.page.text[stop - 1] in " .;/:,":
            stop -= 1
        for agent in agents:
            line.add(Item(start, stop, agent, role, deadline=times.deadline, recurrence=times.recurrence))

    def _is_directed(self, begin: int, pos: int) -> bool:
        """Tell those whom the holder is told to direct: "chỉ đạo các đơn vị phối hợp với Sở Y tế"."""
        clause = max(begin, self.low.rfind(",", begin, pos), self.low.rfind(";", begin, pos))
        return self.words.directs.search(self.low, clause, pos) is not None

    def _is_reported_to(self, begin: int, pos: int, own_acts: set[int]) -> bool:
        """Tell a body that something is reported, submitted or sent to."""
        window = max(begin, pos - REPORT_REACH)
        before = self.low[window:pos]
        found = self.words.report.search(before)
        if found:
            verb = found.start("verb")
            if window + verb - 1 in own_acts:
                return False  # "do các cơ quan trình Chủ tịch": another body's act
            return self.words.nouns_before.search(before, 0, verb) is None
        arrival = self.words.arrival.search(before)
        if arrival is None:
            return False
        clause = max(begin, *(self.low.rfind(mark, begin, pos) + 1 for mark in ";."))
        sending = self.words.sending.search(self.low[clause:pos])
        return sending is not None and (arrival[0] != " cho " or sending[0].strip(" ,(") == "gửi")
