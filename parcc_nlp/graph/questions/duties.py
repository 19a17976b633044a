"""Who leads what: assignments of tasks, tasks that several lead, and how many each agency has."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from parcc_nlp.errors import UsageError
from parcc_nlp.graph.questions.successors import successor
from parcc_nlp.graph.questions.walking import edge_of, incoming, instrument_of
from parcc_nlp.graph.values import Edge, Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.graph.legal_graph import LegalGraph

__all__ = ["Assignment", "Load", "Role", "SharedLead", "agency_loads", "assignments", "shared_leads"]

Role = Literal["lead", "coordinate", "implement", "report_to"]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A task given to an agency by a document, with its role; `edge` says where, and by when if a day is given."""

    agency: Node
    role: Role
    task: Node
    document: str
    edge: Edge


@dataclass(frozen=True, slots=True)
class SharedLead:
    """A task that several agencies lead.

    `certain` says that two of them at least are known bodies; a collective ("các sở, ngành") may be meant as each in
    its own field.
    """

    task: Node
    document: str
    leads: tuple[Assignment, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Load:
    """How many tasks an agency has in each role, and in how many documents; `now` is who came after it, if anybody."""

    agency: Node
    lead: int
    coordinate: int
    implement: int
    report_to: int
    documents: int
    now: Node | None = None

    @property
    def tasks(self) -> int:
        """All tasks, a task counted once in each role."""
        return self.lead + self.coordinate + self.implement + self.report_to


def assignments(graph: LegalGraph, *, agency: str | None = None, role: Role | None = None) -> tuple[Assignment, ...]:
    """List who has which task.

    Parameters
    ----------
    graph
        Where to look.
    agency
        Only those of one agency, by its id. All agencies by default.
    role
        Only those in one role: ``"lead"`` tells who leads what.

    Returns
    -------
    tuple of Assignment
        By agency, document and place in it.

    Raises
    ------
    UsageError
        E372: the graph has no agency of this id.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("plan#task_1", "task", "Rà soát văn bản"))
    >>> graph.add_node(Node("agency/so-tu-phap", "agency", "Sở Tư pháp"))
    >>> graph.add_edge(Edge("plan#task_1", "assigns", "agency/so-tu-phap", properties={"role": "lead"}))
    >>> [(one.agency.label, one.task.label) for one in assignments(graph, role="lead")]
    [('Sở Tư pháp', 'Rà soát văn bản')]
    """
    nodes = graph.networkx.nodes
    if agency is not None and (agency not in graph or nodes[agency]["kind"] != "agency"):
        raise UsageError("E372", value=agency)
    agencies = sorted(node.id for node in graph.nodes("agency")) if agency is None else [agency]
    return tuple(
        one for name in agencies for one in sorted(_assigned(graph, name), key=_by_place) if role in {None, one.role}
    )


def shared_leads(graph: LegalGraph) -> tuple[SharedLead, ...]:
    """List the tasks that two agencies or more lead.

    Returns
    -------
    tuple of SharedLead
        Those of known bodies first, then by document and place in it.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("plan#task_1", "task", "Rà soát văn bản"))
    >>> for name in ("so-tu-phap", "so-noi-vu"):
    ...     graph.add_node(Node(name, "agency", name))
    ...     graph.add_edge(Edge("plan#task_1", "assigns", name, properties={"role": "lead"}))
    >>> [[lead.agency.id for lead in one.leads] for one in shared_leads(graph)]
    [['so-noi-vu', 'so-tu-phap']]
    """
    tasks: dict[str, list[Assignment]] = defaultdict(list)
    for one in assignments(graph, role="lead"):
        tasks[one.task.id].append(one)
    shared = (
        SharedLead(leads[0].task, leads[0].document, tuple(leads), certain=_known(leads) > 1)
        for leads in tasks.values()
        if len({one.agency.id for one in leads}) > 1
    )
    return tuple(sorted(shared, key=_certain_first))


def agency_loads(graph: LegalGraph, *, on: str | None = None) -> tuple[Load, ...]:
    """Count the tasks of every agency.

    Parameters
    ----------
    graph
        Where to look.
    on
        The day for which is said who an agency is now; the last day anything is known of by default.

    Returns
    -------
    tuple of Load
        Who leads most first, then who has most tasks.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("plan#task_1", "task", "Rà soát văn bản"))
    >>> graph.add_node(Node("so-tu-phap", "agency", "Sở Tư pháp"))
    >>> graph.add_edge(Edge("plan#task_1", "assigns", "so-tu-phap", properties={"role": "lead"}))
    >>> [(load.agency.label, load.lead, load.tasks) for load in agency_loads(graph)]
    [('Sở Tư pháp', 1, 1)]
    """
    found: list[Load] = []
    for agency in graph.nodes("agency"):
        own = [(task, str(attributes.get("role"))) for task, attributes in incoming(graph, agency.id, ("assigns",))]
        roles = Counter(role for _, role in set(own))
        documents = len({instrument_of(task) for task, _ in own})
        if own:
            counts = (roles["lead"], roles["coordinate"], roles["implement"], roles["report_to"])
            after = successor(graph, agency.id, on=on)
            found.append(Load(agency, *counts, documents, after.node if after else None))
    return tuple(sorted(found, key=_heaviest_first))


def _assigned(graph: LegalGraph, agency: str) -> Iterator[Assignment]:
    """Give what one agency has to do, a task once in each role."""
    node, seen = graph.node(agency), set()
    for task, attributes in incoming(graph, agency, ("assigns",)):
        key = (task, attributes.get("role"))
        if key not in seen:
            seen.add(key)
            edge = edge_of(task, agency, attributes)
            yield Assignment(node, cast("Role", edge.get("role")), graph.node(task), instrument_of(task), edge)


def _known(leads: list[Assignment]) -> int:
    return len({one.agency.id for one in leads if one.agency.known})


def _start(one: Assignment) -> int:
    return cast("int", one.task.get("start") or 0)


def _by_place(one: Assignment) -> tuple[str, int, str, str]:
    return one.document, _start(one), one.task.id, one.role


def _certain_first(one: SharedLead) -> tuple[bool, str, int, str]:
    return not one.certain, one.document, _start(one.leads[0]), one.task.id


def _heaviest_first(load: Load) -> tuple[int, int, str]:
    return -load.lead, -load.tasks, load.agency.id
