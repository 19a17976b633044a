"""The legal-reference graph: making it, and its questions beside plain networkx, rustworkx and igraph.

The peers are asked for the bare set of documents, on graphs made beforehand of nothing but the edges that count for
the question, numbered and without attributes; that preparation is in no figure. Ours answers with every place, path,
date and reason from the whole graph. The sets are compared in the same run: a row says "answers equal" or the run ends.
igraph is under the GPL and takes part only where somebody installed it.
"""

import json
import random
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from benchmarks import graphs
from benchmarks.timing import Row, at_most, once_seconds
from parcc_nlp.graph import LegalGraph

SIZES = (10_000, 100_000, 1_000_000)
ASKED = 300
HUBS = 20
BUILT_WITHIN = 60.0
WITHIN = 3.0
"""Gigabytes."""
ANSWERED_WITHIN = 100.0
"""Milliseconds."""
_DEPENDING = {
    "based_on", "guides", "implements", "amends", "corrects", "consolidates", "extends", "date_shift", "continues",
    "suspends", "cites",
}  # fmt: skip
_HOLDING = {"based_on", "implements", "guides"}
_WITH_ITS_OBJECT = {"amends", "corrects", "extends", "date_shift", "continues", "suspends"}
_FALLS, _RESTS, _MENTIONS = range(3)


def asking() -> Iterator[Row]:
    """Make graphs of three sizes, each in a process of its own; ask them; ask the peers the same."""
    for edges in SIZES:
        yield from _built(edges)
        yield from _asked(edges)


@dataclass(frozen=True, slots=True)
class Question:
    """A question on one graph: what is asked, how ours answers, how each peer does, both as comparable values."""

    name: str
    asked: list[tuple[str, ...]]
    ours: Callable[..., object]
    peers: dict[str, Callable[..., object]]


def _built(edges: int) -> Iterator[Row]:
    ours, plain = (_in_a_process(str(edges), *more) for more in ((), ("networkx",)))
    name = f"{edges:,} edges, {ours['instruments']:,} instruments: made"
    note = f"networkx alone {plain['seconds']:.1f} s, making the values included"
    yield at_most(name, ours["seconds"], "s", target=BUILT_WITHIN, note=note)
    note = f"networkx alone {plain['peak_bytes'] / 1e9:.2f} GB; the whole process"
    yield at_most(f"{name}, peak memory", ours["peak_bytes"] / 1e9, "GB", target=WITHIN, note=note)


def _in_a_process(*arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.graphs", *arguments]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def _asked(edges: int) -> Iterator[Row]:
    from parcc_nlp.graph.questions import conflicts, impact

    graph = graphs.made(edges)
    drawn = random.Random(graphs.SEED)
    whole = graph.networkx
    instruments = [one for one, kind in whole.nodes(data="kind") if kind == "instrument"]
    ended = _ended(graph)
    cited = [one for one in instruments if one not in ended and whole.pred[one]]
    hubs = sorted(cited, key=whole.in_degree, reverse=True)[:HUBS]
    some = drawn.sample(cited, ASKED)
    pairs = [(one, other) for one, other in (drawn.sample(instruments, 2) for _ in range(ASKED))]
    pairs += [(hubs[place], other) for place, other in enumerate(drawn.sample(instruments, HUBS))]
    # Before the peers' graphs stand in memory beside ours, where every collection of garbage would look at them.
    yield Row(f"{edges:,} edges: contradictions of all", once_seconds(lambda: conflicts(graph)), "s")
    most = hubs[0]
    started = time.process_time()
    answer = impact(graph, most, on=graphs.DAY)
    seconds = time.process_time() - started
    count, met = len(answer.affected), _comparable(answer)
    del answer
    note = f"{count:,} documents in {seconds:.1f} s; cited at {whole.in_degree(most):,} places"
    yield Row(f"{edges:,} edges: impact of the most cited law", seconds / count * 1e6, "µs/document", note=note)
    for make, asked in (
        (_impact, [(one,) for one in some]),
        (_lineage, [(one,) for one in (*some, *hubs)]),
        (_path, pairs),
    ):
        yield from _beside_peers(f"{edges:,} edges", make(graph, asked))
    for name, ask in _impact(graph, []).peers.items():
        cost = once_seconds(lambda ask=ask: ask(most)) / count * 1e6
        assert ask(most) == met, name
        yield Row(f"{edges:,} edges: the most cited law, {name}", cost, "µs/document", note="bare set; answers equal")


def _beside_peers(graph: str, question: Question) -> Iterator[Row]:
    name = f"{graph}: {question.name}"
    taken: list[float] = []
    answers = []
    for asked in question.asked:
        started = time.process_time()
        answers.append(question.ours(*asked))
        taken.append((time.process_time() - started) * 1e3)
    shares = statistics.quantiles(taken, n=100)
    note = f"p50 {shares[49]:.2f}, p99 {shares[98]:.1f} ms"
    yield at_most(f"{name}, slowest of {len(taken)}", max(taken), "ms", target=ANSWERED_WITHIN, note=note)
    yield Row(f"{name}, mean", statistics.fmean(taken), "ms")
    for peer, ask in question.peers.items():
        started = time.process_time()
        theirs = [ask(*asked) for asked in question.asked]
        mean = (time.process_time() - started) * 1e3 / len(theirs)
        assert theirs == [_comparable(answer) for answer in answers], f"{name}: {peer} answers something else"
        yield Row(f"{name}, {peer}, mean", mean, "ms", note="answers equal")


def _comparable(answer: object) -> object:
    """Give what the peers can tell of an answer: which documents, or how many steps."""
    from parcc_nlp.graph.questions import Impact, Lineage

    if isinstance(answer, Impact):
        return {one.document.id for one in answer.affected}
    if isinstance(answer, Lineage):
        return {step.by.id for step in answer.successors if step.extent == "whole"}
    return None if answer is None else len(answer.steps)


def _impact(graph: LegalGraph, asked: list[tuple[str, ...]]) -> Question:
    """Impact as a question of reachability: every instrument is there three times, once a tie it may be met with."""
    from parcc_nlp.graph.questions import impact

    ended = _ended(graph)
    names = [one for one, kind in graph.networkx.nodes(data="kind") if kind == "instrument"]
    place = {one: index for index, one in enumerate(names)}
    edges: set[tuple[int, int]] = set()
    for source in names:
        kinds: dict[str, set[str]] = {}
        for _, target, kind in graph.networkx.out_edges(source, data="kind"):
            kinds.setdefault(target.partition("#")[0], set()).add(kind)
        guided = [one for one, told in kinds.items() if "guides" in told]
        changed = [one for one, told in kinds.items() if told & _WITH_ITS_OBJECT]
        for target, told in kinds.items():
            if target == source or target in ended:
                continue  # what has ended passes nothing on; nobody asks about it here
            own, other = 3 * place[source], 3 * place[target]
            if told & _DEPENDING:
                falls = guided == [target] or changed == [target]
                tie = _FALLS if falls else _RESTS if told & _HOLDING else _MENTIONS
                edges.add((other + _FALLS, own + tie))
            if told & _HOLDING:
                edges.add((other + _RESTS, own + _RESTS))
    return Question(
        "impact",
        asked,
        lambda one: impact(graph, one, on=graphs.DAY),
        {
            name: lambda one, reach=reach: {names[index // 3] for index in reach(3 * place[one])} - {one}
            for name, reach in _reaching(3 * len(names), edges).items()
        },
    )


def _lineage(graph: LegalGraph, asked: list[tuple[str, ...]]) -> Question:
    from parcc_nlp.graph.questions import lineage

    names = list(graph.networkx)
    place = {one: index for index, one in enumerate(names)}
    edges = {
        (place[target], place[source])
        for source, target, kind in graph.networkx.edges(data="kind")
        if kind in {"replaces", "repeals"} and source != target
    }
    return Question(
        "lineage",
        asked,
        lambda one: lineage(graph, one),
        {
            name: lambda one, reach=reach: {names[index] for index in reach(place[one])} - {one}
            for name, reach in _reaching(len(names), edges).items()
        },
    )


def _path(graph: LegalGraph, asked: list[tuple[str, ...]]) -> Question:
    import networkx as nx
    import rustworkx as rx

    from parcc_nlp.graph.questions import explain_path

    place = {one: index for index, one in enumerate(graph.networkx)}
    edges = sorted({tuple(sorted((place[one], place[other]))) for one, other in graph.networkx.edges() if one != other})
    plain = nx.Graph(edges)
    plain.add_nodes_from(range(len(place)))
    rust = rx.PyGraph(multigraph=False)
    rust.add_nodes_from(range(len(place)))
    rust.add_edges_from_no_data(edges)

    def by_networkx(one: str, other: str) -> int | None:
        if not nx.has_path(plain, place[one], place[other]):
            return None
        return len(nx.bidirectional_shortest_path(plain, place[one], place[other])) - 1

    def by_rustworkx(one: str, other: str) -> int | None:
        ways = rx.graph_dijkstra_shortest_paths(rust, place[one], target=place[other], default_weight=1.0)
        return len(ways[place[other]]) - 1 if place[other] in ways else None

    peers: dict[str, Callable[..., object]] = {"networkx": by_networkx, "rustworkx": by_rustworkx}
    if find_spec("igraph"):
        import igraph

        small = igraph.Graph(len(place), edges)

        def by_igraph(one: str, other: str) -> int | None:
            with warnings.catch_warnings(action="ignore"):  # it warns where there is no way
                (way,) = small.get_shortest_paths(place[one], to=place[other])
            return len(way) - 1 if way else None

        peers["igraph"] = by_igraph
    return Question("explained path", asked, lambda one, other: explain_path(graph, one, other), peers)


def _reaching(nodes: int, edges: Iterable[tuple[int, int]]) -> dict[str, Callable[[int], Iterable[int]]]:
    """Give what each peer reaches from a node."""
    import networkx as nx
    import rustworkx as rx

    pairs = sorted(edges)
    plain = nx.DiGraph(pairs)
    plain.add_nodes_from(range(nodes))
    rust = rx.PyDiGraph(multigraph=False)
    rust.add_nodes_from(range(nodes))
    rust.add_edges_from_no_data(pairs)
    reaching: dict[str, Callable[[int], Iterable[int]]] = {
        "networkx": lambda one: nx.descendants(plain, one),
        "rustworkx": lambda one: rx.descendants(rust, one),
    }
    if find_spec("igraph"):
        import igraph

        small = igraph.Graph(nodes, pairs, directed=True)
        reaching["igraph"] = lambda one: small.subcomponent(one, mode="out")
    return reaching


def _ended(graph: LegalGraph) -> set[str]:
    """Give what another instrument ended as a whole: nothing is passed on by it."""
    return {
        target
        for source, target, kind in graph.networkx.edges(data="kind")
        if kind in {"replaces", "repeals"} and source != target
    }
