"""Provisions that are cited: nodes of their own, each a part of the unit around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.graph.identifiers import within
from parcc_nlp.graph.naming import provision_label
from parcc_nlp.graph.values import Edge, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.model import Pinpoint

__all__ = ["add_provision", "add_units", "parts_label"]


def add_provision(graph: LegalGraph, instrument: str, pinpoint: Pinpoint) -> str:
    """Add a provision and the units around it, each a part of the next, and give its id."""
    return add_units(graph, instrument, _units(pinpoint))


def add_units(graph: LegalGraph, instrument: str, units: Sequence[tuple[str, str]]) -> str:
    """Add units of an instrument, from the largest to the smallest as kind and label, and give the id of the last."""
    inner = instrument
    path: list[str] = []
    for unit, label in units:
        path.append(f"{unit}_{label}")
        provision = within(instrument, "__".join(path))
        if provision not in graph:
            shown = provision_label(units[: len(path)])
            graph.add_node(Node(provision, "provision", shown, properties={"eid": "__".join(path), "unit": unit}))
            graph.add_edge(Edge(provision, "part_of", inner))
        inner = provision
    return inner


def parts_label(parts: Iterable[Pinpoint]) -> str | None:
    """Name several provisions in one line; None for none.

    Examples
    --------
    >>> from parcc_nlp.model import Pinpoint
    >>> parts_label([Pinpoint(dieu="5", khoan="2"), Pinpoint(dieu="9")])
    'khoản 2 Điều 5; Điều 9'
    """
    return "; ".join(provision_label(_units(part)) for part in parts) or None


def _units(pinpoint: Pinpoint) -> list[tuple[str, str]]:
    return [
        (unit, label)
        for unit in ("phu_luc", "chuong", "muc", "dieu", "khoan", "diem")
        if (label := getattr(pinpoint, unit)) is not None
    ]
