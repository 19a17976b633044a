"""Agencies and provinces that came after others: edges from those in the graph to their successors.

What the registry knows of reorganisations is told of names ("Sở Kế hoạch và Đầu tư"), and holds for the agency of every
province. An edge is made only where a row that was read in a source names one successor that can be a node
(``succession.csv``): "xã, phường, đặc khu" or "Sở A hoặc Sở B" name none.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.graph.identifiers import AGENCY, KNOWN, UNIT, place_id
from parcc_nlp.graph.naming import place_name
from parcc_nlp.graph.values import Edge, Node
from parcc_nlp.registry.identity import slug
from parcc_nlp.registry.reorganisation import FormerName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.values import Value

__all__ = ["add_successions", "sole_successor"]

_REMARK = re.compile(r"\s*\(([^()]*)\)")
_CONDITION = re.compile(r"\b(?:nơi|nếu|trừ|theo|hoặc)\b", re.IGNORECASE)
"""Words that make a successor hold in some places or cases only."""
_SEVERAL = re.compile(r"[;/?…]|->|\bhoặc\b|\.\.\.", re.IGNORECASE)


class _Level(NamedTuple):
    """What the names of a level are in the graph: the kind of their nodes, and how such a name begins."""

    kind: str
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Changes:
    """The names that ended with their sole successors: those of agencies by slug, those of provinces by slug."""

    ministries: Mapping[str, FormerName]
    departments: Mapping[str, FormerName]
    provinces: Mapping[str, FormerName]


def add_successions(graph: LegalGraph, former: Iterable[FormerName]) -> None:
    """Add who came after the agencies and provinces of a graph, step by step.

    Parameters
    ----------
    graph
        The graph that is added to.
    former
        Names that ended (`parcc_nlp.registry.reorganisation.former_names`).

    Notes
    -----
    A department is that of a province: "Sở Kế hoạch và Đầu tư" of Thừa Thiên Huế, merged on 1/3/2025, became the Sở Tài
    chính of Huế, as the province was renamed on 1/1/2025. The agencies of a province that was renamed go on under its
    new name; of those of one that was merged into another the merger of the provinces says nothing: they get no edge.

    Examples
    --------
    >>> from parcc_nlp.graph import LegalGraph, Node
    >>> from parcc_nlp.registry import Registry
    >>> from parcc_nlp.registry.reorganisation import former_names
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("agency/vn/bo-giao-thong-van-tai", "agency", "Bộ Giao thông vận tải"))
    >>> add_successions(graph, former_names(Registry.shipped().reorganisations()))
    >>> [(edge.target, edge.since) for edge in graph.edges("succeeded_by")]
    [('agency/vn/bo-xay-dung', '2025-03-01')]
    """
    changes = _changes(former)
    waiting = deque((*graph.nodes("agency"), *graph.nodes("unit")))
    seen = {node.id for node in waiting}
    while waiting:
        node = waiting.popleft()
        for after, change in _after(node, changes):
            graph.add_node(after)
            graph.add_edge(Edge(node.id, "succeeded_by", after.id, since=change.ended, properties=_evidence(change)))
            if after.id not in seen:
                seen.add(after.id)
                waiting.append(after)


def sole_successor(former: FormerName) -> str | None:
    """Give the one body or place that came after a name, None where the row names none, several, or one for some cases.

    Examples
    --------
    >>> from parcc_nlp.registry.reorganisation import FormerName
    >>> def ended(level, name, successor):
    ...     return FormerName(name, level, name, "merged_into", successor, None, None, None, None, "verified")
    >>> sole_successor(ended("province", "tỉnh Thừa Thiên Huế", "thành phố Huế (trực thuộc trung ương)"))
    'thành phố Huế'
    >>> sole_successor(ended("commune", "thị trấn", "xã, phường, đặc khu")) is None
    True
    """
    level = _levels().get(former.level)
    if level is None or not former.successor or former.confidence == "unverified":
        return None
    if _SEVERAL.search(former.successor) or any(map(_CONDITION.search, _REMARK.findall(former.successor))):
        return None
    name = " ".join(_REMARK.sub("", former.successor).split())
    heads = sum(len(re.findall(rf"(?<!\w){head}(?!\w)", name)) for head in level.heads)
    return name if heads == 1 and name.startswith(level.heads) else None


def _changes(former: Iterable[FormerName]) -> _Changes:
    """Sort the names that have one successor; a name of which the rows tell different things has none."""
    found: dict[str, dict[str, FormerName]] = {level: {} for level in _levels()}
    told: dict[tuple[str, str], set[tuple[str | None, str | None]]] = {}
    for one in former:
        if one.level not in found or one.confidence == "unverified":
            continue
        name = slug(place_name(one.name)) if _levels()[one.level].kind == "unit" else slug(one.name)
        told.setdefault((one.level, name), set()).add((sole_successor(one), one.ended))
        found[one.level].setdefault(name, one)
    sure = {
        level: {
            name: one for name, one in names.items() if sole_successor(one) is not None and len(told[level, name]) == 1
        }
        for level, names in found.items()
    }
    return _Changes(sure["ministry"], sure["department"], sure["province"])


def _after(node: Node, changes: _Changes) -> Iterator[tuple[Node, FormerName]]:
    """Give what came after a node, at most one: the first that befell it."""
    root, _, name = node.id.partition("/")
    if root == UNIT and (moved := changes.provinces.get(name)):
        successor = place_name(sole_successor(moved) or "")
        yield Node(place_id(successor), "unit", successor), moved
    if root != AGENCY:
        return
    path, _, body = name.rpartition("/")
    if ministry := changes.ministries.get(body):
        successor = sole_successor(ministry) or ""
        yield Node(f"{AGENCY}/{KNOWN}/{slug(successor)}", "agency", successor), ministry
        return
    place = path.removeprefix(f"{KNOWN}/")
    merged, province = changes.departments.get(body), changes.provinces.get(place)
    if province and not (merged and _is_before(merged, province)):
        if province.change == "renamed" and node.known:
            yield _renamed(node, province), province
        return
    if merged:
        successor = sole_successor(merged) or ""
        yield Node(f"{AGENCY}/{path}/{slug(successor)}", "agency", successor, node.known), merged


def _renamed(agency: Node, province: FormerName) -> Node:
    """Give the agency of a province that goes on under another name: "UBND tỉnh" is "UBND thành phố Huế"."""
    after = sole_successor(province) or ""
    path, _, body = agency.id.rpartition("/")
    old = re.escape(place_name(province.name))
    label = re.sub(rf"\s+(?:(?:tỉnh|thành phố)(?:\s+{old})?|{old})$", "", agency.label)
    return Node(f"{path.rpartition('/')[0]}/{slug(place_name(after))}/{body}", "agency", f"{label} {after}")


def _is_before(one: FormerName, other: FormerName) -> bool:
    return one.ended is not None and other.ended is not None and one.ended < other.ended


def _evidence(change: FormerName) -> dict[str, Value]:
    """Give what the registry says of a change, in the words of its row."""
    fields = {
        "change": change.change,
        "clause": change.legal_source,
        "fact": change.fact,
        "evidence": change.evidence,
        "confidence": change.confidence,
    }
    return {name: value for name, value in fields.items() if value is not None}


@cache
def _levels() -> Mapping[str, _Level]:
    text = (files("parcc_nlp.graph") / "succession.csv").read_text(encoding="utf-8")
    return {
        row["level"]: _Level(row["kind"], tuple(row["heads"].split("|"))) for row in csv.DictReader(text.splitlines())
    }
