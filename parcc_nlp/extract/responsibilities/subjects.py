"""The bodies a sentence speaks of, and what they are to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.extract.responsibilities.clauses import Act, act_at
from parcc_nlp.extract.responsibilities.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcc_nlp.extract.agencies.cased import Cased
    from parcc_nlp.extract.responsibilities.agents import Agent, Agents, Chain

__all__ = ["Subject", "Subjects"]

LIST_GAP = 14
GIVER_REACH = 24
BRACKET_REACH = 600
ENACTED_REACH = 1500
LIST_REACH = 150
CHARGED = " được giao nhiệm vụ"
MARKS = (", ", "; ")
WORD = re.compile(r"[^\W_]+")
CLAUSE = re.compile(r"; ?(?:đồng thời,? |và )?(?:\([ivx\d]{1,4}\) |[a-zđ]\) )?")
NUMBERED = re.compile(r"\([ivx\d]{1,4}\) $")
NAMED_DUTY = re.compile(r"[^.;:()]{2,110}?(?= (?:có trách nhiệm|có nhiệm vụ)(?!\w))")
GIVEN = re.compile(r"(?:^|[^\w])(?P<verb>giao|yêu cầu|đề nghị|phân công)(?: cho)?:? $")
DRAWN_UP = re.compile(r"[^.;,]{0,60}? lập theo ")
ISSUERS = re.compile(
    r"(?:chủ tịch |thường trực )?(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân)(?: (?:tỉnh|thành phố|tp)[^,]*)?$"
    r"|(?:thủ tướng chính phủ|thủ tướng|chính phủ)$"
)
RELATIVE = re.compile(
    r" (?:được giao )?(?:chủ trì|phối hợp|quản lý|sử dụng|cung cấp|khai thác|tham gia|đăng ký|kinh doanh)"
    r"[^.;:,()]{0,90}?"
    r"(?=(?: theo [^.;:()]{0,90}?)? (?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ)(?!\w))"
)


class Subject(NamedTuple):
    """The bodies a sentence speaks of and what they are to do; no bodies where they are too vague to be held to it."""

    agents: tuple[Agent, ...]
    act: Act


def _plain(name: str) -> str:
    """Write a name so that "UBND tỉnh" begins "Chủ tịch Ủy ban nhân dân tỉnh Lâm Đồng"."""
    name = name.lower().removeprefix("chủ tịch ").removeprefix("thường trực ")
    return name.replace("ubnd", "ủy ban nhân dân").replace("hđnd", "hội đồng nhân dân")


class Subjects:
    """Finds the subjects of sentences."""

    def __init__(self, page: Cased, agents: Agents, issuer: str | None = None) -> None:
        self.page = page
        self.low = page.low
        self.agents = agents
        self.words = words()
        self.issuer = _plain(issuer) if issuer else None

    def find(self, begin: int, end: int, *, governed: bool) -> Subject | None:
        """Find the bodies that a sentence speaks of: at its opening, behind a circumstance, or those it charges.

        Parameters
        ----------
        begin, end
            The sentence.
        governed
            Whether a heading's bodies answer for it: a request in it is then theirs to make.
        """
        connector = self.words.connectors.match(self.low, begin, end)
        at = connector.end() if connector else begin
        if self.words.situations.match(self.low, at, end):
            return None
        found = self.at(at, end, governed=governed)
        if found is not None:
            return found
        between = self.agents.between(at, end)
        if not between:
            return None
        colon = self.low.find(": ", at, end)
        opened = self._is_circumstance(at) or (colon >= 0 and self._is_circumstance(colon + 2))
        for agent in self._first_of_lists(between):
            if (
                agent.start == colon + 2
                or NUMBERED.search(self.low[max(at, agent.start - 8) : agent.start])
                or (opened and self.low.startswith(MARKS, agent.start - 2) and not self.in_bracket(at, agent.start))
            ):
                found = self.at(agent.start, end)
            elif self._is_given(at, agent.start, opened=opened, governed=governed):
                found = self._charged(agent.start, end)
            if found is not None:
                return found
        return self._passive(at, end, between[0])

    def further(self, begin: int, end: int) -> Iterator[tuple[int, Subject]]:
        """Give the further clauses of a sentence that name their own bodies ("...; các sở, ngành phối hợp")."""
        for match in CLAUSE.finditer(self.low, begin, end):
            if self.in_bracket(begin, match.start()):
                continue
            before = self.agents.between(max(begin, match.start() - LIST_REACH), match.start())
            if before and before[-1].end == match.start():  # the bodies go on a list
                continue
            found = self.at(match.end(), end)
            if found is not None:
                yield match.end(), found

    def at(self, pos: int, end: int, *, governed: bool = False) -> Subject | None:
        """Read the subject that begins at a place."""
        giver = None if governed else self.words.giver.match(self.low, pos, end)
        charged = self._charged(giver.end(), end) if giver else None
        if charged is not None:
            return charged
        chain = self.agents.chain(pos, end)
        if chain is None:
            return None
        if len(chain.agents) == 1 and self.is_issuer(chain.agents[0]):
            return self._issuer(chain, end)
        return self._enacted(chain, pos, end) or self._acting(chain, end)

    def in_bracket(self, begin: int, pos: int) -> bool:
        """Tell whether a place stands in brackets."""
        begin = max(begin, pos - BRACKET_REACH)
        return self.low.rfind("(", begin, pos) > self.low.rfind(")", begin, pos)

    def _is_circumstance(self, at: int) -> bool:
        word = WORD.match(self.low, at)
        return word is not None and self.words.circumstances.at(self.low, at, word[0]) > at

    def _first_of_lists(self, between: Sequence[Agent]) -> Iterator[Agent]:
        """Give the agencies that do not go on a list of bodies."""
        previous = -1
        for agent in between:
            near = previous >= 0 and agent.start - previous <= LIST_GAP
            if not (near and self.agents.joined(previous, agent.start)):
                yield agent
            # "theo kế hoạch của UBND tỉnh, các sở ...": the owner and the subject are no list
            previous = -1 if self.low.startswith(" của ", agent.start - len(" của ")) else agent.end

    def is_issuer(self, agent: Agent) -> bool:
        """Tell the body that issues the document, or one that issues documents of its kind."""
        if self.issuer is None:
            return ISSUERS.match(agent.name.lower()) is not None
        name = _plain(agent.name)
        return self.issuer.startswith(name) or name.endswith(self.issuer)

    def _enacted(self, chain: Chain, pos: int, end: int) -> Subject | None:
        """Read a closing article: every body before "chịu trách nhiệm thi hành", also behind names not recognised."""
        formula = self.words.enacted.search(self.low, chain.end, min(end, chain.end + ENACTED_REACH))
        if formula is None or formula.start() == chain.end or re.search(r"[.:]", self.low[chain.end : formula.start()]):
            return None
        agents = [agent for agent in self.agents.between(pos, formula.start()) if not self.in_bracket(pos, agent.start)]
        return Subject(tuple(agents), Act(formula.start() + 1, "implement"))

    def _acting(self, chain: Chain, end: int) -> Subject | None:
        """Give the bodies of a chain with what they are to do; what limits the last one belongs to its name."""
        agents, last = chain.agents, chain.agents[-1]
        if self.words.vague.match(agents[0].name.lower()):
            act = act_at(self.page, chain.end, end)
            return Subject((), act) if act else None
        rest = chain.end
        if last.collective and rest == last.end:
            relative = RELATIVE.match(self.low, rest, end)
            if relative:
                name = f"{last.name}{self.page.text[rest : relative.end()]}"
                agents = (*agents[:-1], last._replace(name=name, end=relative.end()))
                rest = relative.end()
            elif self.low.startswith(CHARGED, rest):
                rest += len(CHARGED)
            elif self.low.startswith(" được giao", rest):
                return None
        act = act_at(self.page, rest, end)
        if act is None and last.collective and rest == last.end:
            named = NAMED_DUTY.match(
                self.low, rest, end
            )  # "cơ quan, cá nhân hưởng chính sách ưu đãi có trách nhiệm ..."
            if named:
                name = f"{last.name}{self.page.text[rest : named.end()]}"
                agents = (*agents[:-1], last._replace(name=name, end=named.end()))
                act = act_at(self.page, named.end(), end)
        return Subject(agents, act) if act else None

    def _issuer(self, chain: Chain, end: int) -> Subject | None:
        """Read a sentence about the issuing body: what it enacts is no task, whom it charges has one."""
        at = chain.end
        while at < end and self.low[at] in " ,":
            at += 1
        giver = self.words.giver.match(self.low, at, end)
        if giver:
            return self._charged(giver.end(), end)
        act = None if self.words.enacts.match(self.low, at, end) else act_at(self.page, chain.end, end)
        if act is None or self.words.enacts.match(self.low, act.at, end):
            return None
        return Subject(chain.agents, act)

    def _charged(self, pos: int, end: int) -> Subject | None:
        """Read the bodies behind "giao", "yêu cầu", "đề nghị" and what they are charged with."""
        chain = self.agents.chain(pos, end)
        return None if chain is None else self._acting(chain, end)

    def _is_given(self, begin: int, pos: int, *, opened: bool, governed: bool) -> bool:
        """Tell "..., giao Sở Y tế" and "UBND tỉnh yêu cầu các sở" from a request that a body is to make."""
        window = max(begin, pos - GIVER_REACH)
        given = GIVEN.search(self.low[window:pos])
        if given is None:
            return False
        at = window + given.start("verb")
        if at == begin:
            return True
        if self.low.startswith(MARKS, at - 2):
            return opened or not governed
        before = self.agents.between(max(begin, at - LIST_REACH), at)
        if self.low.rfind(" do ", max(begin, at - LIST_REACH), at) >= 0:
            return False  # "nhiệm vụ do Chính phủ giao cho các bộ": which task is meant, none is given
        return bool(before) and before[-1].end == at - 1 and self.is_issuer(before[-1])

    def _passive(self, begin: int, end: int, agent: Agent) -> Subject | None:
        """Read "Phương án do Sở Tài chính chủ trì lập": the first body of the sentence behind "do"."""
        if not self.low.endswith(" do ", begin, agent.start):
            return None
        chain = self.agents.chain(agent.start, end)
        if chain is None:
            return None
        if self.words.passive.match(self.low, chain.end, end):
            if chain.agents[0].collective and not self.low.startswith(" chủ trì", chain.end):
                return None  # "dịch vụ do các cơ quan nhà nước thực hiện": the services, not a task
            act = act_at(self.page, chain.end, end)
            return Subject(chain.agents, act) if act else None
        return (
            Subject(chain.agents, Act(agent.start, "implement")) if DRAWN_UP.match(self.low, agent.end, end) else None
        )
