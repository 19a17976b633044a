"""Lines that only name bodies: "Sở Tư pháp:", "Giao Sở Nội vụ (Cơ quan thường trực ...):"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.extract.agencies.cased import cased
from parcc_nlp.extract.agencies.find import read_agencies
from parcc_nlp.extract.responsibilities.agents import Agent, Agents
from parcc_nlp.extract.responsibilities.clauses import act_at, first_act
from parcc_nlp.extract.responsibilities.lexicon import words

if TYPE_CHECKING:
    from parcc_nlp.extract.agencies.cased import Cased

__all__ = ["colon_heading", "heading_at", "joined_heading"]

LONGEST = 700
BRACKET = re.compile(r" ?\([^()\n]*\)")
TAIL = re.compile(r"[ .:;,/]*$")
MODIFIERS = re.compile(r"(?: (?!có trách)[^\W\d_]+){1,12}")


def heading_at(page: Cased, agents: Agents, at: int, end: int) -> tuple[Agent, ...] | None:
    """Read a stretch that only names bodies, with what opens and closes such a heading.

    Returns
    -------
    tuple of Agent or None
        The bodies; None where the stretch says more than their names.
    """
    if end - at > LONGEST:
        return None
    known = words()
    opener = known.heading_openers.match(page.low, at, end)
    chain = agents.chain(opener.end(), end) if opener else None
    conditional = chain is not None and opener is not None and opener[0].startswith("đối với")
    chain = chain or agents.chain(at, end)
    if chain is None:
        return None
    named, rest = _modified(page, chain.agents, chain.end, (at, end))
    closer = known.heading_closers.match(page.low, rest, end)
    if closer and page.text[end - 1] == ".":
        return None  # "Giao Sở Y tế thực hiện." says it all
    rest = closer.end() if closer else rest
    if not TAIL.match(page.low, rest, end) or (conditional and closer is None and page.text[end - 1] != ":"):
        return None
    return named


def _modified(
    page: Cased, agents: tuple[Agent, ...], rest: int, line: tuple[int, int]
) -> tuple[tuple[Agent, ...], int]:
    """Take what a collective does into its name: "Các tổ chức cung cấp dịch vụ chi trả (...):"."""
    last, (at, end) = agents[-1], line
    if rest != last.end or not (last.collective or last.functional) or page.text[end - 1] in ".;":
        return agents, rest
    modifiers = MODIFIERS.match(page.low, rest, end)
    if modifiers is None:
        return agents, rest
    known = words()
    behind = modifiers.end()
    bracket = BRACKET.match(page.low, behind, end)
    closed = bracket.end() if bracket else behind
    closer = known.heading_closers.match(page.low, closed, end)
    if page.low[closer.end() if closer else closed : end].strip() not in ("", ":") or known.leads_in.search(
        page.low, at, end
    ):
        return agents, rest
    if known.lists_things.search(page.low, at, end):
        return agents, rest
    if not last.functional and not known.limits.match(page.low, rest) and act_at(page, rest, end) is not None:
        return agents, rest
    name = f"{last.name}{page.text[last.end : behind]}"
    return (*agents[:-1], last._replace(name=name, end=behind)), closed


def colon_heading(page: Cased, agents: Agents, at: int, end: int) -> tuple[tuple[Agent, ...], int] | None:
    """Read "Các sở, ban, ngành: Là các đơn vị ...": a heading and its first task on one line.

    Returns
    -------
    tuple or None
        The bodies and where the task begins.
    """
    opener = words().heading_openers.match(page.low, at, end)
    start = opener.end() if opener else at
    chain = agents.chain(start, end)
    if chain is None:
        return None
    colon = chain.end
    if page.low[colon : colon + 1] != ":":
        colon = page.low.find(":", colon, min(end, colon + 80))
        if colon < 0:
            return None
    named = chain.agents if colon == chain.end else heading_at(page, agents, at, colon + 1)
    behind = colon + 1
    while behind < end and page.text[behind] == " ":
        behind += 1
    if named is None or behind >= end:
        return None
    if first_act(page, behind, end) is None and not page.text.startswith("Là ", behind):
        return None
    return named, behind


def joined_heading(first: str, second: str) -> tuple[Agent, ...] | None:
    """Read a heading that the page broke over two lines ("... Hội Liên hiệp" / "Phụ nữ Thành phố và ...")."""
    page = cased(f"{first.strip()} {second.strip()}")
    agents = Agents(
        page.text,
        [
            Agent(begin, reading.end, reading.name, None, reading.collective, reading.functional)
            for begin, reading in read_agencies(page)
        ],
    )
    return heading_at(page, agents, 0, len(page.text))
