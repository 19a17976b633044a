"""Where an instrument stands in the line of those that replaced each other, and what changed it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from parcc_nlp.graph.questions.circles import circles_of
from parcc_nlp.graph.questions.finding import checked_day, the_instrument
from parcc_nlp.graph.questions.walking import (
    ENDING,
    edge_of,
    in_order,
    incoming_within,
    instrument_of,
    is_there,
    outgoing,
)
from parcc_nlp.graph.values import Edge, EdgeKind, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.questions.walking import Attributes

    Ties = Callable[[LegalGraph, str, tuple[EdgeKind, ...], str | None], Iterator["Tie"]]
    Tie = tuple[str, str, Attributes]

__all__ = ["Branch", "Lineage", "Step", "lineage"]

_IN_LINE: tuple[EdgeKind, ...] = (*ENDING, "partially_repeals")
_CHANGING: tuple[EdgeKind, ...] = (
    "amends", "corrects", "suspends", "extends", "date_shift", "continues", "consolidates",
)  # fmt: skip
_NO_DATE = "9999"


@dataclass(frozen=True, slots=True)
class Step:
    """What one instrument did to another: `by` replaced, repealed or changed `instrument`, wholly or in part.

    What keeps something back ("trừ Điều 5") ends the whole; the edges say what is kept.
    `since` is the first day that any of the `edges` gives, `edges` everything that says so, each with its evidence;
    `steps` how far it is from the instrument asked about.
    """

    by: Node
    kind: EdgeKind
    instrument: Node
    extent: Literal["whole", "part"]
    since: str | None
    steps: int
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A place where the line forks: an instrument that several ended ("split"), one that ended several ("merged")."""

    instrument: str
    kind: Literal["split", "merged"]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """The line of an instrument.

    `successors` are what ended it and so on, `predecessors` what it ended and so on, the nearest first; a step that
    ended a part only is told and not followed. `changed_by` and `changes` are amendments, corrections, suspensions and
    the like, of it and by it. `circles` are instruments in the line that ended each other.
    """

    instrument: Node
    on: str | None
    successors: tuple[Step, ...] = ()
    predecessors: tuple[Step, ...] = ()
    changed_by: tuple[Step, ...] = ()
    changes: tuple[Step, ...] = ()
    branches: tuple[Branch, ...] = ()
    circles: tuple[tuple[str, ...], ...] = ()


def lineage(graph: LegalGraph, instrument: str, *, on: str | None = None) -> Lineage:
    """Follow what replaced an instrument and what it replaced to both ends, with every branch, day and evidence.

    Parameters
    ----------
    graph
        Where to look.
    instrument
        Its id, or its number where one instrument bears it.
    on
        The day of which the line is told: what took effect later is left out. As far as the graph reaches by default.

    Raises
    ------
    UsageError
        E370: the graph does not have it; E371: several bear the number; E301: `on` is no day.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> for name in ("old", "new"):
    ...     graph.add_node(Node(name, "instrument", name))
    >>> graph.add_edge(Edge("new", "replaces", "old", since="2025-06-16"))
    >>> [(step.by.id, step.since) for step in lineage(graph, "old").successors]
    [('new', '2025-06-16')]
    >>> lineage(graph, "old", on="2025-06-15").successors
    ()
    """
    day = None if on is None else checked_day(on)
    own = instrument_of(the_instrument(graph, instrument))
    after, changed_by = _line(graph, own, _done_to, on=day)
    before, changes = _line(graph, own, _done_by, on=day)
    ended = {(step.instrument.id, step.by.id) for step in (*after, *before) if step.extent == "whole"}
    return Lineage(
        instrument=graph.node(own),
        on=day,
        successors=after,
        predecessors=before,
        changed_by=changed_by,
        changes=changes,
        branches=_branches(ended),
        circles=circles_of(ended).circles,
    )


def _line(graph: LegalGraph, start: str, ties: Ties, *, on: str | None) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """Walk one way, each instrument once, on from what ended wholly; give the line, and the changes at its start."""
    steps = _steps(graph, ties(graph, start, (*_IN_LINE, *_CHANGING), on), 1)
    latest = [step for step in steps if step.kind in _IN_LINE]
    line, seen, distance = list(latest), {start}, 1
    while wave := [one for one in _ends(latest) if one not in seen]:
        seen.update(wave)
        distance += 1
        latest = [step for one in wave for step in _steps(graph, ties(graph, one, _IN_LINE, on), distance)]
        line += latest
    return tuple(line), tuple(step for step in steps if step.kind in _CHANGING)


def _ends(steps: Iterable[Step]) -> Iterable[str]:
    """Give both ends of the steps that ended a whole instrument, each once."""
    whole = (step for step in steps if step.extent == "whole")
    return dict.fromkeys(end for step in whole for end in (step.by.id, step.instrument.id))


def _done_to(graph: LegalGraph, instrument: str, kinds: tuple[EdgeKind, ...], on: str | None) -> Iterator[Tie]:
    """Give what was done to an instrument or to a provision of it: source, target, attributes."""
    for source, unit, attributes in incoming_within(graph, instrument, kinds, on=on):
        if is_there(graph, source, on):
            yield source, unit, attributes


def _done_by(graph: LegalGraph, instrument: str, kinds: tuple[EdgeKind, ...], on: str | None) -> Iterator[Tie]:
    """Give what an instrument did to others."""
    if is_there(graph, instrument, on):
        for target, attributes in outgoing(graph, instrument, kinds, on=on):
            yield instrument, target, attributes


def _steps(graph: LegalGraph, ties: Iterable[Tie], distance: int) -> tuple[Step, ...]:
    """Put together what says the same of the same two instruments, by day, then by legal ids."""
    groups: dict[tuple[str, EdgeKind, str], list[Tie]] = defaultdict(list)
    for source, target, attributes in ties:
        if source != instrument_of(target):
            groups[source, attributes["kind"], instrument_of(target)].append((source, target, attributes))
    steps = [_step(graph, key, told, distance) for key, told in groups.items()]
    return tuple(sorted(steps, key=_by_day))


def _step(graph: LegalGraph, key: tuple[str, EdgeKind, str], told: Iterable[Tie], distance: int) -> Step:
    source, kind, target = key
    edges = in_order(edge_of(*tie) for tie in told)
    whole = kind in ENDING and any(edge.target == target and not edge.get("parts") for edge in edges)
    return Step(
        by=graph.node(source),
        kind=kind,
        instrument=graph.node(target),
        extent="whole" if whole else "part",
        since=min((edge.since for edge in edges if edge.since), default=None),
        steps=distance,
        edges=edges,
    )


def _by_day(step: Step) -> tuple[str, str, str, str]:
    return step.since or _NO_DATE, step.by.id, step.instrument.id, step.kind


def _branches(ended: Iterable[tuple[str, str]]) -> tuple[Branch, ...]:
    """Tell where several ended one, and where one ended several."""
    after: dict[str, list[str]] = defaultdict(list)
    before: dict[str, list[str]] = defaultdict(list)
    for old, new in sorted(ended):
        after[old].append(new)
        before[new].append(old)
    split = [Branch(one, "split", tuple(others)) for one, others in sorted(after.items()) if len(others) > 1]
    merged = [Branch(one, "merged", tuple(others)) for one, others in sorted(before.items()) if len(others) > 1]
    return (*split, *merged)
