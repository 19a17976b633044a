"""What a document rests on, and what that rests on; and what two documents rest on and cite together or apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from parcc_nlp.graph.questions.circles import circles_of
from parcc_nlp.graph.questions.finding import checked_day, the_instrument
from parcc_nlp.graph.questions.walking import (
    CITING,
    ENDING,
    edge_of,
    ends_whole,
    in_order,
    incoming,
    instrument_of,
    outgoing,
)
from parcc_nlp.graph.values import Edge, EdgeKind, Node
from parcc_nlp.model import Instrument, Pinpoint, ProvisionStatus, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from typing import Protocol

    from parcc_nlp.graph.legal_graph import LegalGraph

    class KnowsStatus(Protocol):
        """What the questions ask of a registry; `parcc_nlp.registry.Registry` answers it."""

        def status(self, instrument: Instrument | str, /, *, on: str) -> Status:
            """Say whether an instrument is in force on a day."""

        def provision_status(self, instrument: Instrument | str, provision: Pinpoint, *, on: str) -> ProvisionStatus:
            """Say whether a provision of an instrument is in force on a day."""


__all__ = ["Basis", "BasisTree", "CommonBases", "Shared", "basis_tree", "common_bases", "node_status"]

Cut = Literal["circle", "above", "depth"]

_DEEPEST = 12
_UNITS = frozenset({"phu_luc", "chuong", "muc", "dieu", "khoan", "diem"})


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis: an instrument that a document rests on, with its status on the day and its own bases.

    `edges` are the places that name it, `provisions` the status of the provisions they name. `ended_by` is what the
    graph itself says ended it by the day: a lead where the registry does not know. `cut` says why its own bases are not
    listed though it has some: it lies in a ``circle``, it is listed elsewhere (``above``), or the tree ends here
    (``depth``).
    """

    instrument: Node
    edges: tuple[Edge, ...]
    status: Status
    provisions: tuple[ProvisionStatus, ...] = ()
    ended_by: tuple[Edge, ...] = ()
    cut: Cut | None = None
    bases: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True)
class BasisTree:
    """The legal bases of a document, in the order of its text, and theirs, as they stand on a day."""

    document: Node
    on: str
    bases: tuple[Basis, ...]

    def walk(self) -> Iterator[tuple[int, Basis]]:
        """Give every basis from the top down, each before its own, with its depth (1 for those of the document)."""
        waiting = [(1, basis) for basis in reversed(self.bases)]
        while waiting:
            depth, basis = waiting.pop()
            yield depth, basis
            waiting += [(depth + 1, below) for below in reversed(basis.bases)]


@dataclass(frozen=True, slots=True)
class Shared:
    """What two documents have in common, and what one of them has alone."""

    common: tuple[Node, ...]
    only_first: tuple[Node, ...]
    only_second: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class CommonBases:
    """Two documents side by side: what they rest on, and all they cite, bases among it.

    `perhaps` are pairs that may be one instrument: they are named alike, but one was not identified.
    """

    first: Node
    second: Node
    bases: Shared
    citations: Shared
    perhaps: tuple[tuple[str, str], ...] = ()


def basis_tree(
    graph: LegalGraph, document: str, *, registry: KnowsStatus, on: str, deepest: int = _DEEPEST
) -> BasisTree:
    """Give what a document rests on, what that rests on, and so on, each with its status on a day.

    Parameters
    ----------
    graph
        Where to look.
    document
        Its id, or its number where one document bears it.
    registry
        What knows whether an instrument is in force.
    on
        The day asked about.
    deepest
        How deep the tree may grow.

    Returns
    -------
    BasisTree
        The bases of an instrument are listed once, where they are met first from the top; circles are cut and marked.

    Raises
    ------
    UsageError
        E370: the graph does not have the document; E371: several bear the number; E301: `on` is no day.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> from parcc_nlp.registry import Registry
    >>> decree = "vn/nghi-dinh/chinh-phu/2010-06-08/63-2010-nd-cp"
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("plan", "instrument", "Kế hoạch"))
    >>> graph.add_node(Node(decree, "instrument", "Nghị định số 63/2010/NĐ-CP"))
    >>> graph.add_edge(Edge("plan", "based_on", decree))
    >>> tree = basis_tree(graph, "plan", registry=Registry.shipped(), on="2023-12-22")
    >>> [(basis.instrument.label, basis.status.status) for basis in tree.bases]
    [('Nghị định số 63/2010/NĐ-CP', 'partly_expired')]
    """
    day = checked_day(on)
    root = instrument_of(the_instrument(graph, document))
    ground = _ground(graph, root, deepest=deepest)
    met = dict.fromkeys(basis for bases in ground.named.values() for basis in bases)
    standing = {one: _Standing.of(graph, one, registry, on=day) for one in met}
    return BasisTree(graph.node(root), day, _bases(root, ground, standing, registry, day))


def common_bases(graph: LegalGraph, first: str, second: str) -> CommonBases:
    """Compare what two documents rest on and cite.

    Parameters
    ----------
    graph
        Where to look.
    first, second
        Their ids, or numbers where one document bears each.

    Raises
    ------
    UsageError
        E370: the graph does not have one of them; E371: several bear a number.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> for name in ("plan", "report", "law", "decree"):
    ...     graph.add_node(Node(name, "instrument", name))
    >>> graph.add_edge(Edge("plan", "based_on", "law"))
    >>> graph.add_edge(Edge("report", "based_on", "law"))
    >>> graph.add_edge(Edge("report", "cites", "decree"))
    >>> found = common_bases(graph, "plan", "report")
    >>> [node.id for node in found.bases.common], [node.id for node in found.citations.only_second]
    (['law'], ['decree'])
    """
    one, other = (instrument_of(the_instrument(graph, reference)) for reference in (first, second))
    cited, also_cited = _named(graph, one, CITING), _named(graph, other, CITING)
    return CommonBases(
        first=graph.node(one),
        second=graph.node(other),
        bases=_shared(graph, _named(graph, one, ("based_on",)), _named(graph, other, ("based_on",))),
        citations=_shared(graph, cited, also_cited),
        perhaps=tuple(_perhaps(cited, also_cited)),
    )


def node_status(node: Node, registry: KnowsStatus, *, on: str) -> Status:
    """Ask a registry for the status of an instrument of the graph, by all that the graph knows of it."""
    said = {name: node.get(name) for name in ("number", "doc_type", "title", "issuer", "issued")}
    fields = {name: value for name, value in said.items() if isinstance(value, str)}
    return registry.status(
        Instrument(
            id=node.id,
            number=fields.get("number"),
            doc_type=fields.get("doc_type"),
            title=fields.get("title"),
            issuer=fields.get("issuer"),
            issued=fields.get("issued"),
        ),
        on=on,
    )


class _Ground(NamedTuple):
    """What a tree is made of: the bases of each instrument, under which each is listed with its own, and circles."""

    named: dict[str, dict[str, list[Edge]]]
    listed_under: dict[str, str]
    knots: tuple[tuple[str, ...], ...]

    def cut(self, basis: str, document: str) -> Cut | None:
        """Say why the bases of a basis are not listed here; None where they are, or where it has none."""
        if self.listed_under.get(basis) == document or not self.named[basis]:
            return None
        if any(basis in knot and document in knot for knot in self.knots):
            return "circle"
        return "above" if basis in self.listed_under else "depth"


def _ground(graph: LegalGraph, root: str, *, deepest: int) -> _Ground:
    """Walk down level by level, so that every instrument is listed where it is nearest to the document."""
    named: dict[str, dict[str, list[Edge]]] = {}
    listed_under = {root: ""}
    wave = [root]
    for depth in range(deepest + 1):
        named.update({one: _named(graph, one, ("based_on",)) for one in wave})
        if depth == deepest:
            break
        below = {basis: one for one in reversed(wave) for basis in named[one] if basis not in listed_under}
        if depth + 1 < deepest:
            listed_under.update(below)
        wave = [basis for one in wave for basis in named[one] if basis not in named and below.get(basis) == one]
    return _Ground(named, listed_under, circles_of((one, basis) for one in named for basis in named[one]).knots)


class _Standing(NamedTuple):
    """What is known of an instrument, asked for once however often it is a basis."""

    node: Node
    status: Status
    ended_by: tuple[Edge, ...]

    @classmethod
    def of(cls, graph: LegalGraph, instrument: str, registry: KnowsStatus, *, on: str) -> _Standing:
        """Ask the registry, and the graph itself."""
        node = graph.node(instrument)
        endings = incoming(graph, instrument, ENDING, on=on)
        ended_by = in_order(edge_of(source, instrument, told) for source, told in endings if ends_whole(told))
        return cls(node, node_status(node, registry, on=on), ended_by)


def _bases(
    document: str, ground: _Ground, standing: Mapping[str, _Standing], registry: KnowsStatus, on: str
) -> tuple[Basis, ...]:
    """Make the part of the tree below a document."""
    return tuple(
        Basis(
            instrument=standing[basis].node,
            edges=tuple(edges),
            status=standing[basis].status,
            provisions=tuple(_provisions(basis, edges, registry, on=on)),
            ended_by=standing[basis].ended_by,
            cut=ground.cut(basis, document),
            bases=_bases(basis, ground, standing, registry, on) if ground.listed_under.get(basis) == document else (),
        )
        for basis, edges in ground.named[document].items()
    )


def _named(graph: LegalGraph, document: str, kinds: tuple[EdgeKind, ...]) -> dict[str, list[Edge]]:
    """Give the instruments a document names in some way, in the order of its text, each with where it does so."""
    found: dict[str, list[Edge]] = {}
    for edge in in_order(
        edge_of(document, target, attributes) for target, attributes in outgoing(graph, document, kinds)
    ):
        if instrument_of(edge.target) != document:
            found.setdefault(instrument_of(edge.target), []).append(edge)
    return found


def _provisions(instrument: str, edges: Iterable[Edge], registry: KnowsStatus, *, on: str) -> Iterator[ProvisionStatus]:
    """Ask for the status of each provision that is named."""
    for eid in dict.fromkeys(edge.target.partition("#")[2] for edge in edges):
        units = dict(part.rpartition("_")[::2] for part in eid.split("__")) if eid else {}
        if units and units.keys() <= _UNITS:
            yield registry.provision_status(instrument, Pinpoint(**units), on=on)


def _shared(graph: LegalGraph, first: Collection[str], second: Collection[str]) -> Shared:
    return Shared(
        common=tuple(graph.node(one) for one in first if one in second),
        only_first=tuple(graph.node(one) for one in first if one not in second),
        only_second=tuple(graph.node(one) for one in second if one not in first),
    )


def _perhaps(first: Collection[str], second: Collection[str]) -> Iterator[tuple[str, str]]:
    """Pair what is named alike where one of both was not identified (ids that end in the citing document)."""
    named: dict[str, list[str]] = {}
    for one in second:
        if one not in first:
            named.setdefault(one.partition("@")[0], []).append(one)
    for one in first:
        if one not in second:
            yield from ((one, other) for other in named.get(one.partition("@")[0], ()))
