"""Legal-reference graphs to measure on: as large as asked for, the same on every run.

Instruments come in the order of their dates, laws first. Citations fall on them by Zipf's law, so that one law is
cited by tens of thousands of documents and most instruments by nobody; chains of replacement, amending and guiding
acts, provisions and dates are as frequent as in the graph of real documents.

As a script it makes one graph in a process of its own and prints what that took:
`python -m benchmarks.graphs EDGES [networkx]`.
"""

import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

import networkx as nx

from parcc_nlp.graph import Edge, LegalGraph, Node

SEED = 20_261_123
DAY = "2026-11-23"
EDGES_EACH = 5
"""Edges for every instrument."""
SKEW = 1.2
"""Exponent of Zipf's law: of all citations the most cited law gets every seventh, the next every fourteenth."""
FIRST_DAY = date(1992, 4, 18)
LAST_DAY = date(2026, 11, 20)
PROVINCES = ("lam-dong", "ha-giang", "an-giang", "nghe-an", "ca-mau", "dak-lak", "phu-tho", "son-la")
LAWS, DECREES, CIRCULARS = 0.004, 0.04, 0.1
"""Up to which share of the instruments they are laws, decrees, circulars; behind that of provinces."""
MIX = (
    ("cites", 0.50), ("based_on", 0.17), ("implements", 0.06), ("provision", 0.12), ("amends", 0.05),
    ("replaces", 0.035), ("repeals", 0.02), ("guides", 0.03), ("partially_repeals", 0.01), ("corrects", 0.005),
)  # fmt: skip
"""How often each relation is drawn; "provision" is a citation of one, with the edge that makes it a part."""
_CHANGING = frozenset({"amends", "replaces", "repeals", "partially_repeals", "corrects"})


def made(edges: int) -> LegalGraph:
    """Make a graph of so many edges, the way the graph of documents is made: value by value."""
    graph = LegalGraph()
    for value in values(edges):
        if isinstance(value, Node):
            graph.add_node(value)
        else:
            graph.add_edge(value)
    return graph


def made_by_networkx(edges: int) -> nx.MultiDiGraph:
    """Make the same graph with networkx alone: attributes handed on as they are, edges numbered."""
    graph = nx.MultiDiGraph()
    for value in values(edges):
        if isinstance(value, Node):
            graph.add_node(value.id, kind=value.kind, label=value.label, known=value.known, **value.properties)
        else:
            said = {"since": value.since, "document": value.document}
            known = {name: one for name, one in said.items() if one is not None}
            graph.add_edge(value.source, value.target, kind=value.kind, **known, **value.properties)
    return graph


def values(edges: int, *, seed: int = SEED) -> Iterator[Node | Edge]:
    """Give nodes and edges, every node before its edges."""
    drawn = random.Random(seed)
    count = max(edges // EDGES_EACH, 10)
    ids = [_instrument(number, count) for number in range(count)]
    days = [_day(number, count) for number in range(count)]
    for number, one in enumerate(ids):
        yield _node(one, number, days[number])
    provisions: set[str] = set()
    kinds, shares = zip(*MIX, strict=True)
    written = 0
    while written < edges:
        source = drawn.randrange(1, count)
        kind = drawn.choices(kinds, shares)[0]
        target = _changed(source, count, drawn) if kind in _CHANGING else _popular(source, drawn)
        if kind in _CHANGING and target < LAWS * count:
            kind = "amends"  # a law that half of the country rests on is not replaced every year
        for value in _relation(kind, ids[source], ids[target], days[source], drawn):
            if isinstance(value, Edge) and value.kind == "part_of":
                if value.source in provisions:
                    continue
                provisions.add(value.source)
            written += isinstance(value, Edge)
            yield value


def _relation(kind: str, own: str, target: str, since: str, drawn: random.Random) -> Iterator[Node | Edge]:
    """Give one relation of an instrument, and the provision it names where it names one."""
    place = drawn.randrange(40_000)
    said = {"start": place, "end": place + 15, "quote": "theo quy định của văn bản này"}
    if kind in _CHANGING or kind == "guides":
        yield Edge(own, kind, target, since, None, own, {"clause": "Điều 3", **said})
    elif kind == "provision":
        unit = f"{target}#dieu_{min(200, int(drawn.paretovariate(0.7)))}"
        yield Node(unit, "provision", "Điều " + unit.rpartition("_")[2], properties={"unit": "dieu"})
        yield Edge(unit, "part_of", target)
        yield Edge(own, "cites", unit, None, None, own, said)
    else:
        yield Edge(own, kind, target, None, None, own, said)


def _changed(source: int, count: int, drawn: random.Random) -> int:
    """Draw what an instrument ends or changes: mostly one that is some years older."""
    gap = 1 + int(drawn.expovariate(30 / count))
    return source - gap if gap <= source else source - 1


def _popular(source: int, drawn: random.Random) -> int:
    """Draw an older instrument by Zipf's law: rank one is the first."""
    bound = 1 - source ** (1 - SKEW)
    return min(source, int((1 - drawn.random() * bound) ** (1 / (1 - SKEW)))) - 1


def _instrument(number: int, count: int) -> str:
    share = number / count
    day = _day(number, count)
    if share < LAWS:
        return f"vn/luat/quoc-hoi/{day}/{number + 1}-{day[:4]}-qh15"
    if share < DECREES:
        return f"vn/nghi-dinh/chinh-phu/{day}/{number + 1}-{day[:4]}-nd-cp"
    if share < CIRCULARS:
        return f"vn/thong-tu/bo-tai-chinh/{day}/{number + 1}-{day[:4]}-tt-btc"
    return f"vn/quyet-dinh/ubnd-tinh-{PROVINCES[number % len(PROVINCES)]}/{day}/{number + 1}-qd-ubnd"


def _node(one: str, number: int, issued: str) -> Node:
    _, doc_type, issuer, day, tail = one.split("/")
    written = tail.split("-", 1 if doc_type == "quyet-dinh" else 2)
    said = {
        "number": "/".join(written).upper().replace("ND-CP", "NĐ-CP").replace("QD-UBND", "QĐ-UBND"),
        "doc_type": {"luat": "Luật", "nghi-dinh": "Nghị định", "thong-tu": "Thông tư"}.get(doc_type, "Quyết định"),
        "issuer": issuer,
        "issued": day,
        "title": f"Văn bản thứ {number + 1}",
    }
    return Node(one, "instrument", f"{said['doc_type']} số {said['number']}", properties={**said, "issued": issued})


def _day(number: int, count: int) -> str:
    days = (LAST_DAY - FIRST_DAY).days
    return (FIRST_DAY + timedelta(days=days * number // count)).isoformat()


def main() -> None:
    """Make one graph and print what it took, so that no other work of the process is in the figures."""
    edges, plain = int(sys.argv[1]), sys.argv[2:] == ["networkx"]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    graph = made_by_networkx(edges) if plain else made(edges).networkx
    taken = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    instruments = sum(kind == "instrument" for _, kind in graph.nodes(data="kind"))
    said = {"seconds": taken, "peak_bytes": peak * 1024, "before_bytes": before * 1024}
    print(json.dumps({**said, "instruments": instruments, "nodes": len(graph), "edges": graph.number_of_edges()}))


if __name__ == "__main__":
    main()
