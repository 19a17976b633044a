"""The vocabulary is whole, and its terms exist."""

import importlib.util
import re
from pathlib import Path

import pytest

from parcc_nlp.graph.exchange import vocabulary
from parcc_nlp.graph.exchange.vocabulary import NAMESPACES, edge_label, edge_term, node_term, property_terms
from parcc_nlp.graph.values import EDGE_KINDS, NODE_KINDS

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
LINES = (HERE / "eli_terms.txt").read_text(encoding="utf-8").splitlines()
ELI = {f"eli:{name}" for name in LINES if not name.startswith("#")}
DUBLIN_CORE = {"dcterms:title", "dcterms:isPartOf", "dcterms:isReplacedBy"}
WORKS = {"instrument", "provision", "section"}
MODIFICATIONS = {
    (element, kind)
    for line in (HERE / "akoma_ntoso_modifications.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for element, *kinds in [line.split()]
    for kind in kinds
}
ROWS = vocabulary()


def name_of(row):
    return f"{row.element} {row.kind} {row.term}"


@pytest.mark.parametrize("kind", NODE_KINDS)
def test_every_kind_of_nodes_has_one_row(kind):
    assert [row.kind for row in ROWS if row.element == "node" and row.kind == kind] == [kind]
    assert node_term(kind).kind == kind


@pytest.mark.parametrize("kind", EDGE_KINDS)
def test_every_kind_of_edges_has_a_row(kind):
    assert [row for row in ROWS if row.element == "edge" and row.kind == kind]


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_a_row_is_as_it_should_be(row):
    assert row.element in {"node", "edge", "property"}
    assert row.match in {"exact", "broader", "none"}
    assert (row.match == "none") == (row.term == "")
    assert row.term in ELI | DUBLIN_CORE | {""}
    assert row.of <= set(NODE_KINDS)
    assert row.vi.strip()
    assert row.en.strip()
    assert row.en.isascii()


@pytest.mark.parametrize("row", [row for row in ROWS if row.element == "edge"], ids=name_of)
def test_an_edge_joins_kinds_that_are_there(row):
    assert row.kind in EDGE_KINDS
    assert row.to <= set(NODE_KINDS)
    if row.term.startswith("eli:"):  # the domain of these terms is a work or expression
        assert row.of
        assert row.of <= WORKS
        assert row.to <= (WORKS | {"unit"})


@pytest.mark.parametrize("row", [row for row in ROWS if row.element == "property"], ids=name_of)
def test_a_property_is_written_in_one_known_way(row):
    assert row.to < {"string", "vietnamese", "date", "day_before", "type", "issuer", "subdivision"}
    assert len(row.to) == 1
    assert row in property_terms(next(iter(row.of)))


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_modifications_are_those_of_akoma_ntoso(row):
    for element, kind in re.findall(r"(\w+Mod)\[@type='(\w+)'\]", row.akoma_ntoso):
        assert (element, kind) in MODIFICATIONS


@pytest.mark.parametrize("row", [row for row in ROWS if row.element != "property"], ids=name_of)
def test_a_row_says_what_eli_and_akoma_ntoso_have_for_it_or_that_they_have_nothing(row):
    assert row.term or "eli" in row.note.casefold()
    assert row.akoma_ntoso or "Akoma Ntoso" in row.note


def test_rows_of_one_relation_do_not_overlap():
    for row in ROWS:
        if row.element == "edge":
            joined = [(one, other) for one in row.of or NODE_KINDS for other in row.to or NODE_KINDS]
            assert {edge_term(row.kind, one, other) for one, other in joined} == {row}


def test_a_relation_the_vocabulary_does_not_foresee_has_no_term():
    assert edge_term("cites", "agency", "task") is None


def test_a_relation_has_one_name_in_each_language():
    for kind in EDGE_KINDS:
        names = {(row.vi, row.en) for row in ROWS if row.element == "edge" and row.kind == kind}
        assert names == {(edge_label(kind, lang="vi"), edge_label(kind, lang="en"))}


def test_our_own_names_are_no_addresses():
    assert NAMESPACES["parcc"] == "urn:parcc:ontology#"
    assert NAMESPACES["prop"].startswith("urn:")


def test_the_page_says_what_the_table_says():
    spec = importlib.util.spec_from_file_location("page", ROOT / "tools" / "build_graph_vocabulary.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    page = (ROOT / "docs" / "GRAPH_VOCABULARY.md").read_text(encoding="utf-8")
    assert page == tool.page(), "run python tools/build_graph_vocabulary.py"
