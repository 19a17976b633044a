"""Impact over real documents names exactly those in which a plain search finds the number."""

import re

import pytest

import parcc_nlp as parcc
from parcc_nlp.graph import graph_of
from parcc_nlp.graph.identifiers import document_id
from parcc_nlp.graph.questions import impact
from parcc_nlp.registry import Registry

pytestmark = pytest.mark.shared

# Spaces may stand inside the symbol ("NĐ- CP"); 145/2020/NĐ-CP and 107/2020/QH14 are others.
WRITTEN = {
    "45/2020/NĐ-CP": re.compile(r"(?<!\d)45\s*/\s*2020\s*/\s*N[ĐÐD]\s*[-–]\s*CP"),
    "107/2020/NĐ-CP": re.compile(r"(?<!\d)107\s*/\s*2020\s*/\s*N[ĐÐD]\s*[-–]\s*CP"),
}
NEARLY = re.compile(r"(?:45|107)\s*/\s*2020")


@pytest.fixture(scope="module")
def extractions(shared_dir):
    """The gold texts, and the plans in which anything like one of the numbers stands."""
    plans = sorted((shared_dir / "documents" / "plans").glob("*.txt"))
    alike = [path for path in plans if NEARLY.search(path.read_text(encoding="utf-8"))]
    texts = sorted((shared_dir / "eval" / "texts").glob("*.txt"))
    return [parcc.extract(parcc.read(path), duties=()) for path in [*texts, *alike]]


@pytest.fixture(scope="module")
def graph(extractions):
    return graph_of(extractions, registry=Registry.shipped())


@pytest.mark.parametrize("number", WRITTEN)
def test_impact_names_exactly_the_documents_that_cite_the_number(graph, extractions, number):
    searched = {document_id(one) for one in extractions if WRITTEN[number].search(one.text)}
    found = impact(graph, number, on="2026-11-23")
    assert searched
    assert {one.document.id for one in found.citing} == searched
    assert {one.document.id for one in found.direct if one.read} == searched


def test_documents_are_there_that_only_look_as_if_they_cited_it(extractions):
    texts = [one.text for one in extractions]
    assert any("145/2020/NĐ-CP" in text for text in texts)
    assert any("107/2020/QH14" in text for text in texts)


@pytest.mark.parametrize("number", WRITTEN)
def test_every_place_that_is_named_bears_the_number(graph, extractions, number):
    texts = {document_id(one): one.text for one in extractions}
    for one in impact(graph, number, on="2026-11-23").citing:
        for edge in one.way.mentions:
            assert texts[one.document.id][edge.get("start") : edge.get("end")] == edge.get("quote")
