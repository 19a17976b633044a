"""Who has which task."""

import pytest

from parcc_nlp.errors import UsageError
from parcc_nlp.graph.questions.duties import agency_loads, assignments, shared_leads


@pytest.fixture
def graph(draw):
    return draw(
        "agency/tp label=Sở_Tư_pháp",
        "agency/nv label=Sở_Nội_vụ",
        "agency/cac-so label=các_sở known=no",
        "p#task_1 start=1",
        "p#task_2 start=2",
        "q#task_1 start=1",
        "p#task_1 assigns agency/tp role=lead start=5",
        "p#task_1 assigns agency/nv role=lead start=9",
        "p#task_1 assigns agency/cac-so role=coordinate start=20",
        "p#task_2 assigns agency/tp role=lead start=30",
        "p#task_2 assigns agency/tp role=lead start=44",
        "q#task_1 assigns agency/cac-so role=lead start=5",
        "q#task_1 assigns agency/tp role=lead start=7",
    )


def test_who_leads_what(graph):
    assert [(one.agency.label, one.task.id, one.document) for one in assignments(graph, role="lead")] == [
        ("các sở", "q#task_1", "q"),
        ("Sở Nội vụ", "p#task_1", "p"),
        ("Sở Tư pháp", "p#task_1", "p"),
        ("Sở Tư pháp", "p#task_2", "p"),
        ("Sở Tư pháp", "q#task_1", "q"),
    ]


def test_what_one_agency_has(graph):
    assert [(one.role, one.task.id, one.edge.get("start")) for one in assignments(graph, agency="agency/cac-so")] == [
        ("coordinate", "p#task_1", 20),
        ("lead", "q#task_1", 5),
    ]


@pytest.mark.parametrize("name", ["agency/x", "p", "p#task_1"])
def test_what_is_no_agency_of_the_graph_is_a_coded_error(graph, name):
    graph.networkx.add_node("p", kind="instrument", label="p", known=True)
    with pytest.raises(UsageError) as error:
        assignments(graph, agency=name)
    assert error.value.code == "E372"


def test_tasks_with_two_leads_those_of_known_bodies_first(graph):
    assert [(one.task.id, one.certain, [lead.agency.label for lead in one.leads]) for one in shared_leads(graph)] == [
        ("p#task_1", True, ["Sở Nội vụ", "Sở Tư pháp"]),
        ("q#task_1", False, ["các sở", "Sở Tư pháp"]),
    ]


def test_agencies_by_load_a_task_counted_once_in_each_role(graph):
    assert [
        (load.agency.label, load.lead, load.coordinate, load.tasks, load.documents) for load in agency_loads(graph)
    ] == [
        ("Sở Tư pháp", 3, 0, 3, 2),
        ("các sở", 1, 1, 2, 2),
        ("Sở Nội vụ", 1, 0, 1, 1),
    ]


def test_an_agency_without_tasks_has_no_load(draw):
    assert agency_loads(draw("agency/tp")) == ()
