"""Which instruments of a graph somebody means who gives an id or a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.errors import UsageError
from parcc_nlp.graph.indexes import bears
from parcc_nlp.registry.days import is_day
from parcc_nlp.registry.identity import number_key, slug

if TYPE_CHECKING:
    from parcc_nlp.graph.legal_graph import LegalGraph

__all__ = ["checked_day", "find_instruments", "instruments_meant", "the_instrument"]

_MEANT = ("instrument", "provision", "section")
_NAMED = 5


def find_instruments(graph: LegalGraph, number: str) -> tuple[str, ...]:
    """List the instruments of a graph that bear a number.

    Parameters
    ----------
    graph
        Where to look.
    number
        A number as written ("45/2020/NĐ-CP"; compared exactly in every digit, blind to spaces, case and leading zeros),
        or the id of an instrument or of a provision of one, which means itself.

    Returns
    -------
    tuple of str
        Ids, the known ones first; several where several instruments bear the number, or where a citation of it was not
        identified. Empty where there is none.

    Examples
    --------
    >>> from parcc_nlp.graph import LegalGraph, Node
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("vn/nghi-dinh/chinh-phu/2020-04-08/45-2020-nd-cp", "instrument", "45"))
    >>> find_instruments(graph, "45/2020/NĐ- CP")
    ('vn/nghi-dinh/chinh-phu/2020-04-08/45-2020-nd-cp',)
    """
    nodes = graph.networkx.nodes
    if number in graph and nodes[number]["kind"] in _MEANT:
        return (number,)
    wanted = number_key(number)
    if not slug(wanted):
        return ()
    found = [
        (not attributes["known"], node_id)
        for node_id in graph.perhaps_numbered(wanted)
        if (attributes := nodes[node_id])["kind"] == "instrument" and bears(node_id, attributes, wanted)
    ]
    return tuple(node_id for _, node_id in sorted(found))


def instruments_meant(graph: LegalGraph, reference: str) -> tuple[str, ...]:
    """List the instruments meant, at least one.

    Raises
    ------
    UsageError
        E370: the graph has none of this id or number.
    """
    found = find_instruments(graph, reference)
    if not found:
        raise UsageError("E370", value=reference)
    return found


def the_instrument(graph: LegalGraph, reference: str) -> str:
    """Give the one instrument meant: the only known one where citations that were not identified bear the number too.

    Raises
    ------
    UsageError
        E370: the graph has none of this id or number; E371: it has several.
    """
    found = instruments_meant(graph, reference)
    known = [node_id for node_id in found if graph.networkx.nodes[node_id]["known"]]
    meant = known if len(known) == 1 else found
    if len(meant) > 1:
        raise UsageError("E371", value=reference, ids="; ".join(meant[:_NAMED]))
    return meant[0]


def checked_day(on: str) -> str:
    """Give a day, once it is seen to be one.

    Raises
    ------
    UsageError
        E301: it is no day of the calendar.
    """
    if not is_day(on):
        raise UsageError("E301", value=on)
    return on
