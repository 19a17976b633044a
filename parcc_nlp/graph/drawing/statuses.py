"""What holds on the days a graph is looked at: the days on which something changes, and the status of nodes on them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING, get_args

from parcc_nlp.graph.questions.finding import checked_day
from parcc_nlp.model import Pinpoint, ProvisionStatusKind, StatusKind
from parcc_nlp.registry.days import is_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Protocol

    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.values import Node
    from parcc_nlp.model import Instrument, ProvisionStatus, Status

    class KnowsStatus(Protocol):
        """What is asked of a registry; `parcc_nlp.registry.Registry` answers it."""

        def get(self, instrument_id: str, /) -> Instrument | None:
            """Give the instrument with this id."""

        def events(self, instrument: str, /) -> tuple[str, ...]:
            """List the days from which another status may hold."""

        def status(self, instrument: str, /, *, on: str) -> Status:
            """Say whether an instrument is in force on a day."""

        def provision_status(self, instrument: str, provision: Pinpoint, *, on: str) -> ProvisionStatus:
            """Say whether a provision is in force on a day."""


__all__ = ["SIGNS", "Statuses", "documents_of", "event_days", "reasons_on", "standing", "statuses_on"]

Statuses = Mapping[str, Mapping[str, str]]
"""By day, the status of nodes; a node that is not named has no known status."""

SIGNS: Mapping[str, str] = {
    "in_force": "✓",
    "amended": "△",
    "partly_expired": "◐",
    "expired": "✕",
    "suspended": "‖",
    "not_yet": "○",
    "not_known": "?",
}
"""The sign of each status, for who sees no colour; every kind of status has one."""

_UNKNOWN = "not_known"
_UNITS = frozenset({"phu_luc", "chuong", "muc", "dieu", "khoan", "diem"})
_KINDS = frozenset({*get_args(StatusKind), *get_args(ProvisionStatusKind)})


def documents_of(graph: LegalGraph) -> tuple[str, ...]:
    """List the documents whose texts made the graph, in the order in which they were added.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> for name in "ab":
    ...     graph.add_node(Node(name, "instrument", name))
    >>> graph.add_edge(Edge("a", "cites", "b", document="a"))
    >>> documents_of(graph)
    ('a',)
    """
    said = {edge.document for edge in graph.edges() if edge.document is not None}
    return tuple(node.id for node in graph.nodes("instrument") if node.id in said)


def event_days(graph: LegalGraph, *, since: str | None = None) -> tuple[str, ...]:
    """List the days on which something in a graph begins or ends.

    Parameters
    ----------
    graph
        The graph.
    since
        The first day wanted; that of the first signing among the documents of the graph by default, where it is known.

    Returns
    -------
    tuple of str
        Full days in order: of signing, of taking effect, of expiry, and the bounds of edges.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("old", "instrument", "Cũ", properties={"issued": "2015-06-19"}))
    >>> graph.add_node(Node("new", "instrument", "Mới", properties={"issued": "2025-02-19"}))
    >>> graph.add_edge(Edge("new", "replaces", "old", since="2025-03-01"))
    >>> event_days(graph, since="2020-01-01")
    ('2025-02-19', '2025-03-01')
    """
    first = since if since is not None else _first_signing(graph)
    bounds = (day for edge in graph.edges() for day in (edge.since, edge.until))
    own = (node.get(name) for node in graph.nodes("instrument") for name in ("issued", "effective", "expires"))
    days = {day for day in (*bounds, *own) if isinstance(day, str) and is_day(day) and day >= first}
    return tuple(sorted(days))


def statuses_on(graph: LegalGraph, registry: KnowsStatus, days: Iterable[str]) -> dict[str, dict[str, str]]:
    """Ask a registry for the status of every instrument and provision of a graph on some days.

    Parameters
    ----------
    graph
        The graph.
    registry
        What knows the instruments.
    days
        The days, as `event_days` gives them.

    Returns
    -------
    dict
        By day, the status of every node that the registry has.

    Raises
    ------
    UsageError
        E301: a day is none.
    """
    wanted = sorted({checked_day(day) for day in days})
    found: dict[str, dict[str, str]] = {day: {} for day in wanted}
    changes: dict[str, tuple[str, ...]] = {}
    for node in graph.nodes():
        instrument = _instrument_of(node)
        if instrument is None:
            continue
        if instrument not in changes:
            known = registry.get(instrument)
            changes[instrument] = registry.events(instrument) if known and known.id == instrument else ()
        if changes[instrument]:
            for day, status in _through(node, instrument, registry, wanted, changes[instrument]):
                found[day][node.id] = status
    return found


def reasons_on(graph: LegalGraph, registry: KnowsStatus, days: Iterable[str]) -> dict[str, dict[str, str]]:
    """Ask a registry why the status of the instruments of a graph is what it is on some days.

    Parameters
    ----------
    graph
        The graph.
    registry
        What knows the instruments.
    days
        The days.

    Returns
    -------
    dict
        By day, the note of every instrument that the registry has something to note on.

    Raises
    ------
    UsageError
        E301: a day is none.
    """
    known = [node.id for node in graph.nodes("instrument") if registry.get(node.id)]
    return {
        day: {one: note for one in known if (note := registry.status(one, on=day).note)}
        for day in sorted({checked_day(day) for day in days})
    }


def standing(node: Node, day: str, statuses: Statuses) -> str | None:
    """Give the status of a node as it is drawn: "not_known" for an instrument that has none; None where none belongs.

    Examples
    --------
    >>> from parcc_nlp.graph import Node
    >>> standing(Node("a", "instrument", "A"), "2025-01-01", {}), standing(Node("b", "task", "B"), "2025-01-01", {})
    ('not_known', None)
    """
    status = statuses.get(day, {}).get(node.id)
    if status in _KINDS:
        return status
    return _UNKNOWN if node.kind == "instrument" or status is not None else None


def _first_signing(graph: LegalGraph) -> str:
    signed = [graph.node(one).get("issued") for one in documents_of(graph)]
    days = [day for day in signed if isinstance(day, str)]
    return min(days) if days and len(days) == len(signed) else ""


def _instrument_of(node: Node) -> str | None:
    """Give the instrument whose registry entry tells the status of a node."""
    if node.kind == "instrument":
        return node.id
    return node.id.partition("#")[0] if node.kind == "provision" else None


def _through(
    node: Node, instrument: str, registry: KnowsStatus, days: Sequence[str], changes: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Give the status on each day, asked once for all days between two changes."""
    provision = _provision_of(node)
    asked: dict[int, str] = {}
    for day in days:
        stretch = bisect_right(changes, day)
        if stretch not in asked:
            asked[stretch] = (
                registry.status(instrument, on=day).status
                if provision is None
                else registry.provision_status(instrument, provision, on=day).status
            )
        yield day, asked[stretch]


def _provision_of(node: Node) -> Pinpoint | None:
    """Read the provision that a node is from its id."""
    if node.kind != "provision":
        return None
    units = (part.rpartition("_") for part in node.id.partition("#")[2].split("__"))
    return Pinpoint(**{unit: label for unit, _, label in units if unit in _UNITS})
