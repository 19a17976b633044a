"""The days of a graph and what holds on them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.errors import UsageError
from parcc_nlp.graph import Edge, LegalGraph, Node
from parcc_nlp.graph.drawing import event_days, reasons_on, statuses_on
from parcc_nlp.graph.drawing.statuses import SIGNS, documents_of, standing
from parcc_nlp.model import Pinpoint
from parcc_nlp.registry.registry import Registry

from .plans import ARTICLE, LATER, LAW, NEW_LAW, PLAN, SIGNING

NUMBERS = ("45/2020/NĐ-CP", "118/2025/NĐ-CP", "77/2015/QH13", "65/2025/QH15", "80/2015/QH13", "102/2024/NĐ-CP")


def known_instruments():
    registry = Registry.shipped()
    graph = LegalGraph()
    for number in NUMBERS:
        for one in registry.find(number):
            graph.add_node(Node(one.id, "instrument", one.number))
            graph.add_node(Node(f"{one.id}#dieu_14__khoan_1", "provision", "khoản 1 Điều 14"))
    return graph


def test_the_documents_of_a_graph_are_those_whose_texts_made_it(graph):
    assert documents_of(graph) == (PLAN,)


def test_days_begin_with_the_signing_of_the_document(graph):
    assert event_days(graph) == (SIGNING, "2025-02-19", "2025-03-01")


def test_days_may_begin_earlier(graph):
    assert event_days(graph, since="")[0] == "2015-06-19"


def test_a_date_that_is_no_full_day_is_no_event():
    graph = LegalGraph()
    graph.add_node(Node("a", "instrument", "A", properties={"issued": "2019", "effective": "2020-02"}))
    assert event_days(graph) == ()


@given(days=st.lists(st.dates(date(2010, 1, 1), date(2028, 1, 1)).map(str), min_size=1, max_size=4))
def test_the_statuses_of_all_days_are_those_the_registry_gives_one_by_one(days):
    graph, registry = known_instruments(), Registry.shipped()
    found = statuses_on(graph, registry, days)
    assert set(found) == set(days)
    for day in days:
        for node in graph.nodes("instrument"):
            assert found[day][node.id] == registry.status(node.id, on=day).status
        for node in graph.nodes("provision"):
            asked = registry.provision_status(node.id.partition("#")[0], Pinpoint(dieu="14", khoan="1"), on=day)
            assert found[day][node.id] == asked.status


def test_what_the_registry_does_not_have_has_no_status(graph):
    graph.add_node(Node("vn/ke-hoach/-/-/1-kh", "instrument", "Kế hoạch"))
    assert "vn/ke-hoach/-/-/1-kh" not in statuses_on(graph, Registry.shipped(), [LATER])[LATER]


def test_reasons_are_the_notes_of_the_registry():
    graph, registry = known_instruments(), Registry.shipped()
    (old,) = registry.find("118/2025/NĐ-CP")
    assert reasons_on(graph, registry, [SIGNING])[SIGNING][old.id] == registry.status(old, on=SIGNING).note


@pytest.mark.parametrize("day", ["2023-02-30", "hôm nay", ""])
def test_a_day_that_is_none_is_refused(graph, day):
    with pytest.raises(UsageError, match="E301"):
        statuses_on(graph, Registry.shipped(), [day])


def test_an_instrument_without_a_status_is_not_known(graph, statuses):
    assert standing(graph.node(NEW_LAW), SIGNING, statuses) == "not_known"
    assert standing(graph.node(LAW), "1999-01-01", statuses) == "not_known"


def test_a_provision_has_the_status_it_is_given_or_none(graph, statuses):
    assert standing(graph.node(ARTICLE), LATER, statuses) == "expired"
    assert standing(graph.node(ARTICLE), "1999-01-01", statuses) is None


def test_a_status_nobody_knows_is_not_known(graph):
    assert standing(graph.node(LAW), LATER, {LATER: {LAW: "<b>"}}) == "not_known"


def test_every_status_has_a_sign_of_its_own():
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_an_edge_that_ends_gives_a_day():
    graph = LegalGraph()
    for name in "ab":
        graph.add_node(Node(name, "instrument", name))
    graph.add_edge(Edge("a", "suspends", "b", "2024-01-01", "2024-06-30"))
    assert event_days(graph) == ("2024-01-01", "2024-06-30")
