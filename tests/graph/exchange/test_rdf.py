"""JSON-LD and Turtle say the same, in terms of ELI, and as our shapes ask for it."""

import json
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

from parcc_nlp.errors import UsageError
from parcc_nlp.graph import Edge, LegalGraph, Node
from parcc_nlp.graph.exchange import from_json_ld, from_turtle, to_json_ld, to_turtle

from .graphs import ARTICLE, CITED, DECREE, LAW, OFFICE, OLD, PLAN, PROVINCE, TASK, naughty, sample

ELI = rdflib.Namespace("http://data.europa.eu/eli/ontology#")
PARCC = rdflib.Namespace("urn:parcc:ontology#")
PROP = rdflib.Namespace("urn:parcc:property#")
SHAPES = Path(__file__).with_name("shapes.ttl")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


def parsed(graph, *, form="turtle", **how):
    written = to_turtle(graph, **how) if form == "turtle" else to_json_ld(graph, **how)
    return rdflib.Graph().parse(data=written, format=form)


def iri(rdf, node):
    """The IRI of a node, by its id."""
    return rdf.value(predicate=ELI.id_local, object=rdflib.Literal(node), any=False)


@pytest.mark.parametrize("graph", [sample(), naughty(xml=False), LegalGraph()], ids=["sample", "naughty", "empty"])
def test_both_forms_say_the_same(graph):
    assert isomorphic(parsed(graph), parsed(graph, form="json-ld"))


@pytest.mark.parametrize("graph", [sample(), naughty(xml=False)], ids=["sample", "naughty"])
def test_a_graph_fits_our_shapes(graph):
    pyshacl = pytest.importorskip("pyshacl")
    fits, _, report = pyshacl.validate(parsed(graph), shacl_graph=str(SHAPES))
    assert fits, report


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        (PLAN, ELI.cites, OFFICE),
        (PLAN, ELI.date_document, "mùng một Tết"),
        (PLAN, PARCC.known, "có lẽ"),
        (ARTICLE, ELI.is_part_of, PROVINCE),
    ],
)
def test_the_shapes_would_see_what_is_wrong(subject, predicate, value):
    pyshacl = pytest.importorskip("pyshacl")
    rdf = parsed(sample())
    rdf.add((iri(rdf, subject), predicate, iri(rdf, value) or rdflib.Literal(value)))
    fits, _, _ = pyshacl.validate(rdf, shacl_graph=str(SHAPES))
    assert not fits


def test_relations_are_said_in_terms_of_eli():
    rdf = parsed(sample())
    said = {
        (PLAN, ELI.based_on, LAW),
        (PLAN, ELI.cites, ARTICLE),
        (PLAN, ELI.ensures_implementation_of, CITED),
        (LAW, ELI.repeals, OLD),
        (LAW, PARCC.replaces, OLD),
        (LAW, ELI.changes, DECREE),
        (LAW, PARCC.suspends, DECREE),
        (ARTICLE, ELI.is_part_of, LAW),
        (PLAN, ELI.relevant_for, PROVINCE),
        (TASK, PARCC.assigns, OFFICE),
    }
    assert {one for one in said if (iri(rdf, one[0]), one[1], iri(rdf, one[2])) not in rdf} == set()


def test_what_stays_in_part_is_not_said_to_be_repealed():
    rdf = parsed(sample())
    assert (iri(rdf, LAW), ELI.repeals, iri(rdf, DECREE)) not in rdf
    assert (iri(rdf, LAW), PARCC.repeals, iri(rdf, DECREE)) in rdf


@pytest.mark.parametrize(
    ("properties", "target", "whole"),
    [({}, LAW, True), ({"parts": "Điều 5"}, LAW, False), ({"parts": "Điều 5"}, ARTICLE, True)],
)
def test_only_the_provision_is_repealed_where_parts_are_named(properties, target, whole):
    graph = sample()
    graph.add_edge(Edge(PLAN, "repeals", target, properties=properties))
    rdf = parsed(graph)
    assert ((iri(rdf, PLAN), ELI.repeals, iri(rdf, target)) in rdf) == whole


def test_an_instrument_is_described_in_terms_of_eli():
    rdf = parsed(sample())
    law, old = iri(rdf, LAW), iri(rdf, OLD)
    assert (law, rdflib.RDF.type, ELI.LegalResource) in rdf
    assert str(rdf.value(law, ELI.number)) == "31/2024/QH15"
    assert str(rdf.value(law, ELI.date_document)) == "2024-01-18"
    assert rdf.value(law, ELI.date_document).datatype == rdflib.XSD.date
    assert str(rdf.value(law, ELI.first_date_entry_in_force)) == "2024-08-01"
    assert rdf.value(law, rdflib.DCTERMS.title) == rdflib.Literal("Luật Đất đai", lang="vi")
    assert str(rdf.value(rdf.value(law, ELI.type_document), rdflib.RDFS.label)) == "Luật"
    assert str(rdf.value(rdf.value(law, ELI.passed_by), rdflib.RDFS.label)) == "Quốc hội"
    assert str(rdf.value(old, ELI.date_no_longer_in_force)) == "2024-07-31"  # its last day; we have the first after it
    assert str(rdf.value(old, PROP.expires)) == "2024-08-01"


def test_a_relation_carries_its_days_and_its_evidence():
    rdf = parsed(sample())
    (relation,) = rdf.subjects(rdflib.RDF.predicate, PARCC.suspends)
    assert (relation, rdflib.RDF.type, rdflib.RDF.Statement) in rdf
    assert rdf.value(relation, rdflib.RDF.subject) == iri(rdf, LAW)
    assert rdf.value(relation, rdflib.RDF.object) == iri(rdf, DECREE)
    assert rdf.value(relation, PARCC.since) == rdflib.Literal("2025-07-01", datatype=rdflib.XSD.date)
    assert rdf.value(relation, rdflib.DCTERMS.source) == iri(rdf, LAW)
    quotes = {str(quote) for quote in rdf.objects(None, PROP.quote)}
    assert "Luật Đất đai\nnăm 2024" in quotes


def test_two_mentions_are_two_relations_and_one_direct_statement():
    rdf = parsed(sample())
    assert len(list(rdf.subjects(rdflib.RDF.predicate, PARCC.cites))) == 2
    assert len(list(rdf.triples((iri(rdf, PLAN), ELI.cites, None)))) == 1


def test_terms_say_what_they_mean():
    rdf = parsed(sample())
    assert (PARCC.replaces, rdflib.RDFS.subPropertyOf, ELI.repeals) in rdf
    assert (PARCC.cites, rdflib.OWL.equivalentProperty, ELI.cites) in rdf
    assert (PARCC.Agency, rdflib.RDFS.subClassOf, ELI.Organization) in rdf
    assert rdflib.Literal("thay thế", lang="vi") in set(rdf.objects(PARCC.replaces, rdflib.RDFS.label))


def test_iris_follow_akoma_ntoso_below_the_base():
    rdf = parsed(sample(), base="https://example.org/data")
    start = "https://example.org/data/akn/"
    assert str(iri(rdf, ARTICLE)) == start + "vn/act/luat/quoc-hoi/2024-01-18/31-2024-qh15/!main~dieu_5"
    assert str(iri(rdf, PLAN)) == start + "vn-lam-dong/doc/ke-hoach/ubnd-tinh-lam-dong/2026-01-15/12-kh-ubnd"
    assert str(iri(rdf, OFFICE)) == start + "ontology/organization/vn/lam-dong/so-tu-phap"
    assert str(iri(rdf, PROVINCE)) == start + "ontology/location/lam-dong"


def test_reading_does_not_ask_for_the_base():
    written = to_json_ld(sample(), base="https://example.org/data#")
    assert from_json_ld(written) == sample()


def test_nodes_never_share_an_iri():
    ids = ["vn/a/b", "vn//a/b", "vn/a/b@vn/c-d", "vn/a/b@vn/c/d", "a", "b", "vn/a/b#dieu_đ", "vn/a/b#dieu d", "vn/a b"]
    graph = LegalGraph()
    for one in ids:
        graph.add_node(Node(one, "instrument", one))
    rdf = parsed(graph)
    assert len({iri(rdf, one) for one in ids}) == len(ids)


@pytest.mark.parametrize("base", ["", "example.org", "urn:a b", "https://x/<y>", "eli:x", 'urn:"', "urn:%zz"])
def test_a_base_that_is_no_iri_is_refused(base):
    for write in (to_json_ld, to_turtle):
        with pytest.raises(UsageError) as error:
            write(sample(), base=base)
        assert error.value.code == "E313"


def test_json_ld_written_in_another_form_is_read():
    expanded = parsed(sample()).serialize(format="json-ld")
    assert from_json_ld(expanded) == sample()


def test_turtle_written_by_rdflib_is_read():
    assert from_turtle(parsed(sample(), form="json-ld").serialize(format="turtle")) == sample()


def test_what_others_say_of_the_same_resources_does_not_disturb():
    rdf = parsed(sample())
    rdf.add((iri(rdf, LAW), rdflib.RDFS.label, rdflib.Literal("Land Law", lang="en")))
    rdf.add((iri(rdf, LAW), ELI.language, rdflib.URIRef("https://example.org/vie")))
    assert from_turtle(rdf.serialize(format="turtle")) == sample()


def in_context(value):
    return json.dumps({**json.loads(to_json_ld(sample())), "@context": value})


ELSEWHERE = "http://example.org/context.jsonld"
CONTEXTS = {
    "as the context": in_context(ELSEWHERE),
    "a file of this machine": in_context("file:///etc/passwd"),
    "among others": in_context([{"a": "urn:a"}, ELSEWHERE]),
    "in a term": in_context({"a": {"@id": "urn:a", "@context": ELSEWHERE}}),
    "imported": in_context({"@import": ELSEWHERE}),
    "deep inside": json.dumps([[{"@context": ELSEWHERE}]]),
    "in other letters": json.dumps({"@context": ELSEWHERE}).replace("@", "\\u0040"),
}


@pytest.mark.parametrize("where", CONTEXTS)
def test_a_file_may_not_name_a_context_elsewhere(where, monkeypatch):
    monkeypatch.setattr("socket.socket.connect", refuse)
    with pytest.raises(UsageError) as error:
        from_json_ld(CONTEXTS[where])
    assert error.value.code == "E376"


def refuse(*_):
    raise AssertionError("asked another machine")


def changed(before, after, *, form):
    """The sample in a form, one piece of it changed."""
    written = (to_turtle if form == "turtle" else to_json_ld)(sample()).decode()
    assert before in written
    return written.replace(before, after, 1)


WRONG_JSON_LD = {
    "nothing": ("", "E375"),
    "an empty object": ("{}", "E375"),
    "a file cut short": (to_json_ld(sample())[:-100], "E375"),
    "brackets without end": ("[" * 100_000, "E375"),
    "a graph that is a number": ('{"@graph": 3}', "E375"),
    "a context that is a number": ('{"@context": 3}', "E375"),
    "an IRI that is an object": ('{"@id": {}}', "E375"),
    "a number that is none": ('{"urn:a": [NaN]}', "E375"),
    "a graph of others": (changed("parcc:Graph", "parcc:Chart", form="json-ld"), "E375"),
    "a node without id": (changed(f'"eli:id_local": "{LAW}", ', "", form="json-ld"), "E379"),
    "a node not said to be known": (changed('"parcc:known": true, ', "", form="json-ld"), "E379"),
    "a node perhaps known": (changed('"parcc:known": true, ', '"parcc:known": 1, ', form="json-ld"), "E379"),
    "a property that is a resource": (changed('"prop:start": 1,', '"prop:start": {"@type": "urn:x"},', form="json-ld"), "E379"),
    "a kind nobody knows": (changed('{"@id": "parcc:suspends"}, "rdf:o', '{"@id": "parcc:halts"}, "rdf:o', form="json-ld"), "E377"),
    "an edge to nowhere": (changed('["parcc:Agency", "eli:Organization"]', '"eli:Organization"', form="json-ld"), "E378"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_JSON_LD)
def test_json_ld_that_is_wrong_is_said_with_a_code(name):
    data, code = WRONG_JSON_LD[name]
    with pytest.raises(UsageError) as error:
        from_json_ld(data)
    assert error.value.code == code


KNOWN = "    parcc:known true"
WRONG_TURTLE = {
    "nothing": ("", "E375"),
    "a relative name": ("<a> <b> .", "E375"),
    "a file cut short": (to_turtle(sample())[:-100], "E375"),
    "brackets without end": ("<urn:a> <urn:b> " + "(" * 100_000, "E375"),
    "binary data": (b"\xff\xff", "E375"),
    "a graph of others": (changed("parcc:Graph", "parcc:Chart", form="turtle"), "E375"),
    "a node not said to be known": (changed(f"{KNOWN} ;\n", "", form="turtle"), "E379"),
    "a node known and not known": (changed(KNOWN, f"{KNOWN}, false", form="turtle"), "E379"),
    "a node perhaps known": (changed(KNOWN, '    parcc:known "có"', form="turtle"), "E379"),
    "a day of two values": (changed('parcc:since "2024-08-01"', 'parcc:since "2024", "2024-08-01"', form="turtle"), "E379"),
    "a kind nobody knows": (changed("rdf:predicate parcc:suspends", "rdf:predicate parcc:halts", form="turtle"), "E377"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_TURTLE)
def test_turtle_that_is_wrong_is_said_with_a_code(name):
    data, code = WRONG_TURTLE[name]
    with pytest.raises(UsageError) as error:
        from_turtle(data)
    assert error.value.code == code


def test_the_place_of_what_is_wrong_is_the_iri():
    data, _ = WRONG_TURTLE["a kind nobody knows"]
    with pytest.raises(UsageError, match=r"^urn:parcc:relation/suspends"):
        from_turtle(data)
