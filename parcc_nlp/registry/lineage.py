"""Where an instrument stands in the line of those that replaced each other: every branch, every step with its clause.

Sources may err and let two instruments replace each other; such a circle is told as one and never followed twice.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from parcc_nlp.model import RelationKind
from parcc_nlp.registry.evidence import ends_part
from parcc_nlp.registry.status import label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from parcc_nlp.registry.store import Store
    from parcc_nlp.registry.tables import Edge

__all__ = ["Lineage", "Step", "lineage_of"]


@dataclass(frozen=True, slots=True)
class Step:
    """One replacement or repeal: `by` ended `instrument`, wholly or in part, on a day and by a clause.

    `steps` is how far it is from the instrument asked for.
    """

    instrument: str
    by: str
    kind: RelationKind
    extent: Literal["whole", "part"]
    effective: str | None
    clause: str | None
    exception: str | None
    evidence: str | None
    steps: int


@dataclass(frozen=True, slots=True)
class Lineage:
    """The line of an instrument: what ended it and so on, what it ended and so on, and circles among them.

    `successors` and `predecessors` hold every step, the nearest first; where there are several of one instrument the
    line branches. A circle names its instruments in order.
    """

    instrument: str
    successors: tuple[Step, ...] = ()
    predecessors: tuple[Step, ...] = ()
    circles: tuple[tuple[str, ...], ...] = ()

    def written(self) -> str:
        """Write the line, oldest first, one step a line."""
        steps = [*reversed(self.predecessors), *self.successors]
        lines = [f"{step.instrument} → {step.by} ({step.kind}, {step.effective or '?'})" for step in steps]
        return "\n".join(lines + [f"↻ {' → '.join(circle)}" for circle in self.circles])


def lineage_of(identity: str, store: Store, *, on: str | None = None) -> Lineage:
    """Follow replacements and repeals to both ends; by a day, or as far as the data reach."""

    def later(one: str) -> Iterable[Edge]:
        return store.into(one)

    def earlier(one: str) -> Iterable[Edge]:
        return store.out_of(one)

    after, onward = _walk(identity, later, _source, store, on=on)
    before, backward = _walk(identity, earlier, _target, store, on=on)
    circles = _circles(onward) + [tuple(reversed(circle)) for circle in _circles(backward)]
    unique = {_turned(circle): circle for circle in circles}
    return Lineage(
        instrument=label(identity, store),
        successors=tuple(after),
        predecessors=tuple(before),
        circles=tuple(tuple(label(one, store) for one in key) for key in sorted(unique)),
    )


def _source(edge: Edge) -> str:
    return edge.source


def _target(edge: Edge) -> str:
    return edge.target


def _walk(
    start: str, edges: Callable[[str], Iterable[Edge]], end: Callable[[Edge], str], store: Store, *, on: str | None
) -> tuple[list[Step], dict[str, list[str]]]:
    """Walk one way, each instrument once; give the steps and the graph walked."""
    steps: list[Step] = []
    graph: dict[str, list[str]] = {}
    queue = deque([(start, 1)])
    seen = {start}
    while queue:
        identity, distance = queue.popleft()
        for edge in sorted(edges(identity), key=_edge_order):
            counts = edge.kind in {"replaces", "repeals"} and edge.confidence == "verified"
            if not counts or (on is not None and (edge.effective is None or edge.effective > on)):
                continue
            other = end(edge)
            graph.setdefault(identity, []).append(other)
            steps.append(_step(edge, distance, store))
            if other not in seen and not ends_part(edge):
                seen.add(other)
                queue.append((other, distance + 1))
    return steps, graph


def _edge_order(edge: Edge) -> tuple[str, str, str, str]:
    return edge.effective or "~", edge.kind, edge.source, edge.target


def _step(edge: Edge, distance: int, store: Store) -> Step:
    return Step(
        instrument=label(edge.target, store),
        by=label(edge.source, store),
        kind=edge.kind,
        extent="part" if ends_part(edge) else "whole",
        effective=edge.effective,
        clause=edge.clause,
        exception=edge.exception,
        evidence=edge.evidence,
        steps=distance,
    )


def _circles(graph: dict[str, list[str]]) -> list[tuple[str, ...]]:
    """Find the circles of a graph that a walk meets, each by the way that closes it."""
    circles: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in sorted(graph):
        if start in done:
            continue
        path: list[str] = []
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            identity, leaving = stack.pop()
            if leaving:
                path.pop()
                done.add(identity)
                continue
            if identity in path:
                circles.append(tuple(path[path.index(identity) :]))
                continue
            if identity in done:
                continue
            path.append(identity)
            stack.append((identity, True))
            stack += [(other, False) for other in graph.get(identity, ())]
    return circles


def _turned(circle: tuple[str, ...]) -> tuple[str, ...]:
    """Begin a circle with its first member by name, so that one circle is told once."""
    least = circle.index(min(circle))
    return circle[least:] + circle[:least]
