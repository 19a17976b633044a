"""Reading a document's lines for assignments: headings that name a body, sentences about bodies, lines of roles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.extract.labels import read_label
from parcc_nlp.extract.responsibilities.assigning import Assigner
from parcc_nlp.extract.responsibilities.clauses import Act, clause_starts, first_act, sentences
from parcc_nlp.extract.responsibilities.deadlines import deadline_of
from parcc_nlp.extract.responsibilities.headings import colon_heading, heading_at, joined_heading
from parcc_nlp.extract.responsibilities.items import Item, Line
from parcc_nlp.extract.responsibilities.lexicon import words
from parcc_nlp.extract.responsibilities.role_lines import RoleLines
from parcc_nlp.extract.responsibilities.subjects import Subject, Subjects
from parcc_nlp.extract.zones import ADDRESSED, BASES, is_printed_in_capitals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcc_nlp.extract.agencies.cased import Cased
    from parcc_nlp.extract.responsibilities.agents import Agent, Agents
    from parcc_nlp.extract.zones import Zones

__all__ = ["Reader"]

# Ranks of labels are those of `labels.RANKS`; what has no label ranks just below the number it stands under.
BULLET_RANK = 23
POINT_RANK = 20
UNLABELLED = 0.5
BEFORE_ALL = -1.0
BROKEN_LINE = 120
LABEL = 70
CAPITALS_RUN = re.compile(r"[^\W\d_a-zđ]{2,} [^\W\d_a-zđ]{2,} [^\W\d_a-zđ]{2,}")


class Holder(NamedTuple):
    """Bodies that a heading or a lead-in makes answer for what stands below it; nobody below a silent heading."""

    rank: float
    agents: tuple[Agent, ...]
    heading: bool
    weak: bool = False
    """Whether it is a name alone on a line, as cells of a lost table are, too: it holds no paragraphs, only lists."""


def _length(agents: tuple[Agent, ...]) -> int:
    return sum(len(agent.name) for agent in agents)


class Reader:
    """Reads the lines of one document in order and keeps who answers for them.

    Parameters
    ----------
    page, agents, zones
        The text, its agencies, and its parts.
    headings
        Offsets of lines that open a unit with a heading.
    skipped
        Stretches that are read otherwise: tables.
    issuer, issued
        The name of the issuing body, and the date of issue: no task is due before it.
    plan
        Whether the document is a plan: its opening paragraph lists no tasks.
    """

    def __init__(  # noqa: PLR0913  what is known of the text before it is read
        self,
        page: Cased,
        agents: Agents,
        zones: Zones,
        *,
        headings: frozenset[int] = frozenset(),
        skipped: Sequence[tuple[int, int]] = (),
        plan: bool = False,
        issuer: str | None = None,
        issued: str | None = None,
    ) -> None:
        self.page = page
        self.agents = agents
        self.zones = zones
        self.headings = headings
        self.skipped = sorted(skipped)
        self.plan = plan
        self.words = words()
        self.subjects = Subjects(page, agents, issuer)
        self.assigner = Assigner(page, agents, issued)
        self.role_lines = RoleLines(page, agents)
        self.holders: list[Holder] = []
        self.rank = BEFORE_ALL
        self.numbered = BEFORE_ALL
        self.in_body = False
        self.addressed = False

    def read(self) -> list[Item]:
        """Read all lines."""
        found: list[Item] = []
        joined = -1
        for number, start, end in self._lines():
            if number < self.zones.body and ADDRESSED.match(self.zones.lines[number]):
                self.addressed = True
            elif self.addressed and read_label(self.zones.lines[number]) is None:
                self.addressed = False
            self.in_body = number >= self.zones.body
            if number == joined:
                continue
            if self._joined_heading(number, start, end):
                joined = number + 1
            else:
                found += self._line(start, end)
        return found

    def _lines(self) -> Iterator[tuple[int, int, int]]:
        """Give the lines that may assign something: neither letterhead nor recipients, nor tables."""
        zones = self.zones
        number, table = zones.head, 0
        while number < zones.tail:
            if number == zones.closing and zones.after > zones.closing:
                self._restart()
                number = zones.after
                continue
            if number in zones.attached:
                self._restart()
            start, end = zones.starts[number], zones.line_end(number)
            while table < len(self.skipped) and self.skipped[table][1] <= start:
                table += 1
            tabular = table < len(self.skipped) and self.skipped[table][0] <= start
            if start < end and not tabular and not self._is_passed_over(number):
                yield number, start, end
            number += 1

    def _is_passed_over(self, number: int) -> bool:
        """Tell blank lines, the capitals of letterhead and titles, and the bases."""
        line = self.zones.lines[number]
        if line.isspace():
            return True
        if number < self.zones.body and BASES.match(line):
            return line.startswith("Căn cứ") or line.rstrip()[-1] in ";,"
        return is_printed_in_capitals(line) and read_label(line) is None

    def _restart(self) -> None:
        self.holders.clear()
        self.rank = self.numbered = BEFORE_ALL
        self.role_lines.restart()

    # --- lines and headings -------------------------------------------------------------------------------------------

    def _line(self, start: int, end: int) -> list[Item]:
        at = self._enter(start, end)
        if not self._concerns_anyone(start, end):
            return []
        if self.rank != int(self.rank) and self.words.closing.match(self.page.low, at):
            self.holders.clear()
        stop = end
        while stop > at and self.page.text[stop - 1].isspace():
            stop -= 1
        line = Line()
        if at >= stop or self.role_lines.read(at, stop, line):
            return line.items
        of_roles = self.role_lines.opens(at, stop)
        if not of_roles:
            self.role_lines.leave()
        if self._is_heading(start, at, stop) or not self._may_assign(at, stop):
            return []
        self._sentences(at, stop, line)
        if of_roles:
            self.role_lines.adopt(line.items)
        return line.items

    def _concerns_anyone(self, start: int, end: int) -> bool:
        """Tell a line that may assign something, name who does it, or say when: most lines of a law are neither."""
        if start in self.headings or self.role_lines.inside or (self.holders and self.holders[-1].agents):
            return True
        return bool(self.agents.between(start, end)) or self.page.low.find(":", start, min(end, start + LABEL)) >= 0

    def _enter(self, start: int, end: int) -> int:
        """Take the label of a line into account; give where the words behind it begin."""
        line = self.page.text[start:end]
        label = read_label(line)
        if label is None:
            self.rank = self.numbered + UNLABELLED if self.numbered >= 0 else BEFORE_ALL
            return start + len(line) - len(line.lstrip())
        self.rank = float(label.rank)
        while self.holders and self.holders[-1].rank >= self.rank:
            self.holders.pop()
        if label.rank < BULLET_RANK:
            self.numbered = self.rank
        at = start + label.end
        while at < end and self.page.text[at].isspace():
            at += 1
        inner = read_label(self.page.text[at:end]) if label.style == "dieu" else None  # "Điều 5. 1. Sở Tài chính ..."
        return at + inner.end if inner is not None and inner.style == "number" else at

    def _may_assign(self, at: int, end: int) -> bool:
        """Tell a line that somebody answers for: a holder above it, or a body in it."""
        if self.addressed and self.rank != BEFORE_ALL:
            return False  # whom a dispatch is sent to
        if self.holders:
            return bool(self.holders[-1].agents)
        return bool(self.agents.between(at, end))

    def _is_heading(self, start: int, at: int, end: int) -> bool:
        """Take a heading in: bodies hold what stands below it, a heading of definitions silences it."""
        if self.in_body or self.rank != BEFORE_ALL:
            shouted = self.rank == BEFORE_ALL and CAPITALS_RUN.search(self.page.text, at, end)
            named = None if shouted or not self.in_body else heading_at(self.page, self.agents, at, end)
            if named is not None:
                weak = self.rank != int(self.rank) and self.page.text[end - 1] != ":"
                self._hold(named, heading=True, weak=weak or self.rank == BEFORE_ALL)
                return True
        if self.rank == BEFORE_ALL or self.rank != int(self.rank) or self.rank >= BULLET_RANK:
            return False
        if start not in self.headings:
            return False
        not_understood = self.agents.at(at) is not None and self.holders and not self.holders[-1].heading
        if not_understood or self.words.silent.match(self.page.low, at, end):
            self.holders.append(Holder(self.rank, (), heading=True))
            return True
        if self.page.text[end - 1] in ".;":
            return False
        return self.rank < POINT_RANK or not self.holders or first_act(self.page, at, end) is None

    def _joined_heading(self, number: int, start: int, end: int) -> bool:
        """Take in a heading that the page broke over two lines."""
        zones = self.zones
        if number + 1 >= zones.tail or end - start > BROKEN_LINE or self.page.text[end - 1] in ".;:":
            return False
        if not self.agents.between(start, end):
            return False
        following = zones.lines[number + 1]
        if not following or len(following) > BROKEN_LINE or read_label(following) or following.isupper():
            return False
        label = read_label(self.page.text[start:end])
        if label is None:
            return False
        named = joined_heading(self.page.text[start + label.end : end], following)
        alone = heading_at(self.page, self.agents, start + label.end, end)
        if named is None or (alone is not None and _length(alone) >= _length(named)):
            return False
        self._enter(start, end)
        self.role_lines.leave()
        self._hold(tuple(agent._replace(start=start, end=start) for agent in named), heading=True)
        return True

    def _hold(self, agents: tuple[Agent, ...], *, heading: bool, weak: bool = False) -> None:
        """Let bodies answer for what stands below; an unlabelled heading ends the unlabelled one before it."""
        rank = self.rank
        if rank != int(rank) or rank < 0:
            floating = [holder.rank for holder in self.holders if holder.rank != int(holder.rank) or holder.rank < 0]
            rank = min([rank, *floating])
            while self.holders and self.holders[-1].rank >= rank:
                self.holders.pop()
        self.holders.append(Holder(rank, agents, heading, weak))

    # --- sentences ----------------------------------------------------------------------------------------------------

    def _sentences(self, at: int, end: int, line: Line) -> None:
        """Read the sentences of a line: each about its own bodies, those of the one before it, or the holders."""
        named = (
            None
            if self.rank == BEFORE_ALL and CAPITALS_RUN.search(self.page.text, at, end)
            else colon_heading(self.page, self.agents, at, end)
        )
        if named is not None:
            self._hold(named[0], heading=True)
            at = named[1]
        holder = self.holders[-1] if self.holders else None
        carried: tuple[Agent, ...] | None = None
        for begin, stop in sentences(self.page.text, at, end):
            if begin > at and self._is_time(begin, stop, line):
                continue
            subject = self.subjects.find(begin, stop, governed=holder is not None and holder.heading)
            if subject is None and named is not None and begin == at:
                subject = Subject(named[0], first_act(self.page, begin, stop) or Act(begin, "implement"))
            least = subject.act.at if subject is not None else begin
            clauses = [clause for clause in self.subjects.further(begin, stop) if clause[0] > least]
            until = clauses[0][0] if clauses else stop  # a clause with bodies of its own tells no more of these
            if subject is not None:
                carried = subject.agents
                start = max(subject.act.at, begin)
                self.assigner.assign(line, subject.agents, subject.act.role, (begin, start, until))
                if stop == end and self.page.text[end - 1] == ":":
                    self._lead_in(subject, begin, stop)
            else:
                act = self._governed_act(begin, until, first=begin == at, own=carried is not None)
                agents = carried if carried is not None else holder.agents if holder else ()
                if act is not None:
                    self.assigner.assign(line, agents, act.role, (begin, begin, until))
            for number, (piece, further) in enumerate(clauses):
                last = clauses[number + 1][0] if number + 1 < len(clauses) else stop
                self.assigner.assign(line, further.agents, further.act.role, (piece, further.act.at, last))

    def _is_time(self, begin: int, end: int, line: Line) -> bool:
        """Take in a sentence that says when the tasks before it are due: "Thời gian hoàn thành: trước ngày ..."."""
        match = self.words.role_lines["time"].match(self.page.low, begin, end)
        if match is None:
            return False
        deadline = deadline_of(self.page.text, self.page.low, max(begin, match.end() - 2), end)
        for item in line.items:
            item.deadline = item.deadline or deadline
        return True

    def _governed_act(self, begin: int, end: int, *, first: bool, own: bool) -> Act | None:
        """Read the act of a sentence without a body: a labelled line below a heading is a task however it opens."""
        if self.agents.at(begin) is not None:  # it speaks of another body, in words that were not understood
            if self.holders and self.page.text[end - 1] == ":":
                self._hold((), heading=True)
            return None
        labelled = self.rank == int(self.rank) and self.rank >= 0
        listed = labelled and self.rank >= POINT_RANK
        if not own and not listed and self.holders and self.holders[-1].weak:
            return None
        connector = self.words.connectors.match(self.page.low, begin, end)
        act = first_act(self.page, connector.end() if connector else begin, end)
        if act is not None:
            return None if own and not self.page.text[begin].isupper() else act
        if own or not first or not labelled:
            return None
        demanded = any(first_act(self.page, at, end) for at in clause_starts(self.page.low, begin, end))
        has_duty = demanded or self.page.low.startswith("có ", begin) or " phải " in self.page.low[begin:end]
        return Act(begin, "implement") if has_duty else None

    def _lead_in(self, subject: Subject, begin: int, end: int) -> None:
        """Let the subject of "... thực hiện các nội dung sau:" answer for what is listed below."""
        opening = self.rank == BEFORE_ALL and (self.plan or any(map(self.subjects.is_issuer, subject.agents)))
        if subject.agents and not opening and self.words.leads_in.search(self.page.low, begin, end):
            self._hold(subject.agents, heading=False)
