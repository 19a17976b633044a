"""The values of the legal-reference graph: its nodes and edges, and what they carry.

Relations are those of ELI and Akoma Ntoso where these have one. A node or an edge carries plain values only (text,
numbers, truth values), so that every exchange format can hold it; what is not known is left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

__all__ = ["EDGE_KINDS", "NODE_KINDS", "Edge", "EdgeKind", "Node", "NodeKind", "Value"]

Value = str | int | float | bool
NodeKind = Literal["instrument", "provision", "section", "agency", "target", "task", "unit"]
EdgeKind = Literal[
    "based_on",
    "cites",
    "implements",
    "amends",
    "replaces",
    "repeals",
    "partially_repeals",
    "suspends",
    "corrects",
    "consolidates",
    "guides",
    "continues",
    "extends",
    "date_shift",
    "assigns",
    "sets_target",
    "part_of",
    "succeeded_by",
]
NODE_KINDS: tuple[NodeKind, ...] = get_args(NodeKind)
EDGE_KINDS: tuple[EdgeKind, ...] = get_args(EdgeKind)
_KEY_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Node:
    """A thing the graph knows of.

    `id` is the same for the same thing in every graph; `label` names it for a reader. `known` is false for an
    instrument that is cited but in no registry and no library: it is a node like any other.

    Examples
    --------
    >>> Node("vn/nghi-dinh/-/-/1", "instrument", "Nghị định số 1", properties={"number": "1"}).get("number")
    '1'
    """

    id: str
    kind: NodeKind
    label: str
    known: bool = True
    properties: Mapping[str, Value] = field(default_factory=dict, hash=False)

    def get(self, name: str) -> Value | None:
        """Give one property; None where it is not known."""
        return self.properties.get(name)


@dataclass(frozen=True, slots=True)
class Edge:
    """What one thing does to another, from `since` on and before `until` (ISO days; None where no bound is known).

    `document` is the id of the instrument whose text says so, None where a data set does; the other properties carry
    the evidence (``clause``, ``evidence``, ``quote``, ``confidence``), the place (``start``, ``end``, ``section``) and
    what belongs to the kind (``role``, ``deadline``, ``parts``, ``exception``).
    """

    source: str
    kind: EdgeKind
    target: str
    since: str | None = None
    until: str | None = None
    document: str | None = None
    properties: Mapping[str, Value] = field(default_factory=dict, hash=False)

    @property
    def key(self) -> str:
        """What tells the edge from others between the same two nodes: the same for the same edge in every graph."""
        parts = (self.kind, self.since or "", self.until or "", self.document or "")
        rest = (f"{name}={value!r}" for name, value in sorted(self.properties.items()))
        digest = hashlib.sha256("\x1f".join((*parts, *rest)).encode()).hexdigest()
        return f"{self.kind}:{digest[:_KEY_LENGTH]}"

    def get(self, name: str) -> Value | None:
        """Give one property; None where it is not known."""
        return self.properties.get(name)

    def holds_on(self, day: str) -> bool:
        """Say whether the edge holds on a day; a bound that is not known excludes nothing.

        Examples
        --------
        >>> Edge("a", "replaces", "b", since="2025-07-01").holds_on("2025-06-30")
        False
        """
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)
