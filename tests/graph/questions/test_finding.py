"""Which instruments a number or an id means."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcc_nlp.errors import UsageError
from parcc_nlp.graph import LegalGraph, Node
from parcc_nlp.graph.questions.finding import checked_day, find_instruments, the_instrument
from parcc_nlp.registry.identity import number_key

DECREE = "vn/nghi-dinh/chinh-phu/2020-04-08/45-2020-nd-cp"
CITED = "vn/nghi-dinh/-/-/45-2020-nd-cp@vn/ke-hoach/ubnd-tinh-lam-dong/2026-01-15/12-kh-ubnd"
OTHER = "vn/nghi-dinh/chinh-phu/2020-12-30/145-2020-nd-cp"
PLAN = "vn/ke-hoach/ubnd-tinh-lam-dong/2026-01-15/03-kh-ubnd"
NUMBERS = {DECREE: "45/2020/NĐ-CP", CITED: "45/2020/NĐ-CP", OTHER: "145/2020/NĐ-CP", PLAN: "03/KH-UBND"}


@pytest.fixture
def graph():
    made = LegalGraph()
    for one, number in NUMBERS.items():
        made.add_node(Node(one, "instrument", number, known=one != CITED, properties={"number": number}))
    made.add_node(Node(f"{DECREE}#dieu_5", "provision", "Điều 5"))
    made.add_node(Node(f"{PLAN}#task_45-2020-nd-cp", "task", "45/2020/NĐ-CP"))
    return made


@pytest.mark.parametrize(
    "written", ["45/2020/NĐ-CP", "45/2020/NĐ- CP", " 45 / 2020/nđ-cp", "45/2020/ND-CP", "045/2020/NĐ-CP"]
)
def test_a_number_means_all_that_bear_it_the_known_first(graph, written):
    assert find_instruments(graph, written) == (DECREE, CITED)


@pytest.mark.parametrize("written", ["3/KH-UBND", "03/KH-UBND", "003/KH-UBND"])
def test_leading_zeros_make_no_difference(graph, written):
    assert find_instruments(graph, written) == (PLAN,)


@pytest.mark.parametrize("written", ["5/2020/NĐ-CP", "45/2020/NĐ", "2020", "NĐ-CP", "", "   ", "…"])
def test_a_part_of_a_number_means_nothing(graph, written):
    assert find_instruments(graph, written) == ()


@pytest.mark.parametrize("one", [DECREE, CITED, f"{DECREE}#dieu_5"])
def test_an_id_means_itself(graph, one):
    assert find_instruments(graph, one) == (one,)


def test_a_task_is_no_instrument(graph):
    assert find_instruments(graph, f"{PLAN}#task_45-2020-nd-cp") == ()


def test_an_instrument_without_a_number_field_is_found_by_its_id(graph):
    graph.add_node(Node("vn/luat/quoc-hoi/-/11-2003-qh11", "instrument", "?", known=False))
    assert find_instruments(graph, "11/2003/QH11") == ("vn/luat/quoc-hoi/-/11-2003-qh11",)


def test_the_one_known_instrument_is_meant_before_citations_that_were_not_identified(graph):
    assert the_instrument(graph, "45/2020/NĐ-CP") == DECREE


def test_several_known_instruments_of_a_number_are_not_chosen_between(graph):
    graph.add_node(Node(f"{DECREE}x", "instrument", "x", properties={"number": "45/2020/NĐ-CP"}))
    with pytest.raises(UsageError) as error:
        the_instrument(graph, "45/2020/NĐ-CP")
    assert error.value.code == "E371"
    assert DECREE in str(error.value)


def test_what_the_graph_does_not_have_is_a_coded_error(graph):
    with pytest.raises(UsageError) as error:
        the_instrument(graph, "46/2020/NĐ-CP")
    assert error.value.code == "E370"
    assert "46/2020/NĐ-CP" in error.value.message(lang="en")


@pytest.mark.parametrize("day", ["2025-02-30", "2025", "hôm nay", ""])
def test_a_day_is_a_day_of_the_calendar(day):
    with pytest.raises(UsageError) as error:
        checked_day(day)
    assert error.value.code == "E301"


WRITTEN = (
    "45/2020/NĐ-CP",
    "045/2020/ND-CP",
    "45 /2020/nđ-cp",
    "45/2020/NĐ-CP (2022)",
    "45/2020",
    "4/52020",
    "NĐ-CP",
    "45",
)


@settings(max_examples=40)
@given(borne=st.lists(st.sampled_from([None, *WRITTEN])), asked=st.sampled_from(WRITTEN))
def test_exactly_those_with_the_same_key_are_found(borne, asked):
    graph = LegalGraph()
    for place, number in enumerate(borne):
        said = {} if number is None else {"number": number}
        graph.add_node(Node(f"vn/x/-/{place}/45-2020-nd-cp", "instrument", "x", properties=said))
    meant = {
        node.id for node in graph.nodes() if number_key(str(node.get("number") or "45/2020/NĐ-CP")) == number_key(asked)
    }
    assert set(find_instruments(graph, asked)) == meant
