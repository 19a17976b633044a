"""What the headings and lead-ins over a line say: goals, figures of another kind, and by when."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.extract.citations.lexicon import alternation, words
from parcc_nlp.extract.targets.deadlines import heading_deadline

if TYPE_CHECKING:
    from parcc_nlp.model import Section
    from parcc_nlp.text.normalise import NormalisedText

__all__ = ["Headings", "Scope"]

MAIN_KINDS = frozenset({"phu_luc", "chuong", "phan", "dieu"})
ITEM = re.compile(r"[ \t]*([-+•*–]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|\(?[a-zđ]\))")
LABEL = re.compile(r"[\s\-+•*–]*(?:\(?(?:\d+(?:\.\d+)*|[a-zđ]|[ivx]+)\s*[.)]\s*)*(?:về\s+)?")
LONGEST_HEADING = 400
TITLE_LINES = 3


def _depth(mark: str) -> int:
    """Rank of an item's mark: numbers stand over letters, letters over dashes."""
    return 0 if any(sign.isdigit() for sign in mark) else 1 if mark[-1] == ")" else 2


@dataclass(frozen=True, slots=True)
class Scope:
    """What the headings over a line say."""

    goal: bool = False
    firm: bool = False
    """Whether a heading opens with the goal word ("Mục tiêu cụ thể"): even statutes do so only over goals."""
    other: bool = False
    deadline: str | None = None


class _Lead:
    """What a lead-in without a label ("... các chỉ tiêu sau:") says of the items under it."""

    def __init__(self, said: Scope, base: Scope) -> None:
        self._said = said
        self._base = base
        self.depth = 0
        """Rank of the first item; an item of a higher rank no longer belongs to the lead-in."""
        self._used = False

    def govern(self, over: Scope, depth: int) -> Scope:
        """Scope of an item: what the lead-in says, unless a heading between says otherwise."""
        if not self._used:
            self._used, self.depth = True, depth
        deadline = over.deadline if over.deadline != self._base.deadline else self._said.deadline
        return replace(over, goal=self._said.goal, firm=self._said.firm, other=self._said.other, deadline=deadline)


class _Words(NamedTuple):
    goal: re.Pattern[str]
    not_goal: re.Pattern[str]
    past: re.Pattern[str]
    other: re.Pattern[str]
    opening: re.Pattern[str]
    firm: re.Pattern[str]
    annex: re.Pattern[str]
    criteria: re.Pattern[str]


@cache
def _words() -> _Words:
    data = words("targets.yaml")

    def any_of(key: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{alternation(data[key])})(?!\w)")

    return _Words(
        goal=any_of("goal_heading"),
        not_goal=any_of("not_goal_heading"),
        past=any_of("past_heading"),
        other=any_of("other_heading"),
        opening=any_of("other_opening"),
        firm=re.compile(
            rf"(?:(?:{alternation(data['opening_heading'])})\s+)*(?:{alternation(data['goal_heading'])})(?!\w)"
        ),
        annex=any_of("annex_goal"),
        criteria=any_of("criteria"),
    )


class Headings:
    """Goes through a text from top to bottom and knows what stands over the line it has come to.

    Lines must be asked for in the order of the text; each section and each line is read once.
    """

    def __init__(self, source: NormalisedText, low: str, structure: tuple[Section, ...]) -> None:
        self._clean = source.text
        self._low = low
        self._sections = [(*source.to_clean(section.start, section.end), section) for section in structure]
        self._next = 0
        self._open: list[tuple[int, str, Scope]] = []
        """End, eid and scope of the sections that hold the line, the deepest last."""
        self._lead: _Lead | None = None
        self._said: dict[tuple[str, Scope], Scope] = {}
        self._base = Scope()
        """What the title of the annex says; nothing in the body of the document."""
        self._criteria = False
        """Whether a title in capitals over criteria or points stands over the line."""

    def at(self, start: int, end: int) -> Scope:
        """Scope of a line; a heading itself is governed by what stands over it."""
        while self._open and self._open[-1][0] <= start:
            self._open.pop()
        titled = self._clean[start : min(end, start + LONGEST_HEADING)].isupper()
        if titled and self._low.startswith("phụ lục", start):
            self._begin_annex(start, end)
        above = self._above()
        before = self._next
        while self._next < len(self._sections) and self._sections[self._next][0] < end:
            self._enter(start)
        if titled and before == self._next and _words().criteria.search(self._low, start, end):
            self._criteria = True
        over = replace(above, goal=False, firm=False, other=True) if self._criteria else above
        return self._under_lead(start, end, over)

    @property
    def eid(self) -> str | None:
        """The deepest section that holds the line asked for last."""
        return self._open[-1][1] if self._open else None

    def _above(self) -> Scope:
        return self._open[-1][2] if self._open else self._base

    def _enter(self, line: int) -> None:
        """Open the next section; its heading speaks for what follows the line."""
        first, last, section = self._sections[self._next]
        self._next += 1
        if last <= line:
            return
        self._open.append((last, section.eid, self._read(section, first)))
        if section.heading and section.kind in MAIN_KINDS:
            self._criteria = False

    def _begin_annex(self, start: int, end: int) -> None:
        """Begin an annex; its title, in capitals over some lines, may say that its rows are goals."""
        self._open.clear()
        self._criteria = False
        stop = end
        for _ in range(TITLE_LINES):
            following = self._line_end(stop + 1)
            if not self._clean[stop + 1 : following].isupper():
                break
            stop = following
        goal = _words().annex.search(self._low, start, stop) and not _words().past.search(self._low, start, stop)
        deadline = heading_deadline(self._clean, self._low, start, stop) if goal else None
        self._base = Scope(goal=bool(goal), firm=bool(goal), deadline=deadline)

    def _read(self, section: Section, start: int) -> Scope:
        above = self._above()
        stop = self._line_end(start)
        if section.heading is None and not self._low[max(start, stop - 3) : stop].rstrip().endswith(":"):
            return above
        return self._say(start, min(stop, start + LONGEST_HEADING), above)

    def _say(self, start: int, end: int, above: Scope) -> Scope:
        """Read a heading or lead-in: what it does not say, the one above it says; the same words are read once."""
        key = self._low[start:end], above
        if key not in self._said:
            self._said[key] = self._read_words(start, end, above)
        return self._said[key]

    def _read_words(self, start: int, end: int, above: Scope) -> Scope:
        text = self._low[start:end]
        known = _words()
        label = LABEL.match(text)
        past = known.past.search(text) is not None
        goal = not past and known.goal.search(known.not_goal.sub("", text)) is not None
        other = not goal and (
            past
            or known.other.search(text) is not None
            or known.opening.match(text, label.end() if label else 0) is not None
        )
        return replace(
            above,
            goal=goal or (above.goal and not other),
            firm=(goal and known.firm.match(text, label.end() if label else 0) is not None)
            or (above.firm and not other),
            other=other or (above.other and not goal),
            deadline=heading_deadline(self._clean, self._low, start, end) or above.deadline,
        )

    def _under_lead(self, start: int, end: int, over: Scope) -> Scope:
        """Heed a line without a label that ends in a colon, for as long as items follow it."""
        item = ITEM.match(self._low, start, end)
        if item:
            depth = _depth(item[1])
            if self._lead and depth < self._lead.depth:
                self._lead = None
            return self._lead.govern(over, depth) if self._lead else over
        if start < end and not self._low[start:end].isspace():
            self._lead = None
            if self._low[max(start, end - 3) : end].rstrip().endswith(":"):
                said = self._say(max(start, end - LONGEST_HEADING), end, over)
                self._lead = _Lead(said, over) if said != over else None
        return over

    def _line_end(self, start: int) -> int:
        stop = self._low.find("\n", start)
        return len(self._low) if stop < 0 else stop
