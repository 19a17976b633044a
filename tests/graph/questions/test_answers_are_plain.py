"""Every answer is a frozen value that can be written as JSON."""

import json
from dataclasses import FrozenInstanceError, asdict, is_dataclass

import pytest

from parcc_nlp.graph import questions
from parcc_nlp.registry import Registry

TODAY = "2026-11-23"


@pytest.fixture
def graph(draw):
    return draw(
        "law issued=2015-01-01",
        "new replaces law since=2026-01-01",
        "law replaces new",
        "plan based_on law start=4",
        "plan cites new",
        "report implements plan",
        "agency/tp label=Sở_Tư_pháp",
        "plan#task_1 assigns agency/tp role=lead",
        "plan#task_1 assigns agency/nv role=lead",
        "plan#target_1 subject=hồ_sơ_trực_tuyến number_unit=%",
    )


QUESTIONS = {
    "impact": lambda graph: questions.impact(graph, "law", on=TODAY),
    "lineage": lambda graph: questions.lineage(graph, "law"),
    "basis_tree": lambda graph: questions.basis_tree(graph, "plan", registry=Registry.shipped(), on=TODAY),
    "common_bases": lambda graph: questions.common_bases(graph, "plan", "report"),
    "conflicts": questions.conflicts,
    "assignments": lambda graph: questions.assignments(graph)[0],
    "shared_leads": lambda graph: questions.shared_leads(graph)[0],
    "agency_loads": lambda graph: questions.agency_loads(graph)[0],
    "indicators": lambda graph: questions.indicators(graph)[0],
    "most_cited": lambda graph: questions.most_cited(graph)[0],
    "explain_path": lambda graph: questions.explain_path(graph, "report", "new"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_written_as_json(graph, question):
    answer = QUESTIONS[question](graph)
    assert is_dataclass(answer)
    assert json.loads(json.dumps(asdict(answer), ensure_ascii=False))
    assert asdict(QUESTIONS[question](graph)) == asdict(answer)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_not_changed(graph, question):
    answer = QUESTIONS[question](graph)
    field = next(iter(answer.__dataclass_fields__))
    with pytest.raises(FrozenInstanceError):
        setattr(answer, field, None)


def test_asking_changes_nothing_in_the_graph(graph, draw):
    before = json.dumps(sorted(map(str, graph.edges()))) + json.dumps(sorted(map(str, graph.nodes())))
    for question in QUESTIONS.values():
        question(graph)
    assert json.dumps(sorted(map(str, graph.edges()))) + json.dumps(sorted(map(str, graph.nodes()))) == before


def test_all_public_names_are_there():
    assert [name for name in questions.__all__ if not hasattr(questions, name)] == []
    assert questions.__all__ == sorted(questions.__all__)
