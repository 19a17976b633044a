"""The components work alone in anyone's pipeline, and lay on tokens what the plain functions found."""

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example

from parcc_nlp.extract import components
from parcc_nlp.extract.agencies import find_agencies
from parcc_nlp.extract.aliases import find_aliases
from parcc_nlp.extract.citations import find_citations
from parcc_nlp.extract.metadata import find_metadata
from parcc_nlp.extract.responsibilities import find_responsibilities
from parcc_nlp.extract.structure import find_structure
from parcc_nlp.extract.targets import find_targets
from parcc_nlp.model import Citation, Metadata, Pinpoint, Section
from parcc_nlp.text.normalise import normalise

NAMES = (
    "parcc_metadata",
    "parcc_structure",
    "parcc_citations",
    "parcc_targets",
    "parcc_agencies",
    "parcc_responsibilities",
)
TEXT = """ỦY BAN NHÂN DÂN
TỈNH THỪA THIÊN HUẾ
Số: 3044/QĐ-UBND
Thừa Thiên Huế, ngày 22 tháng 12 năm 2023
QUYẾT ĐỊNH
Ban hành Kế hoạch cải cách hành chính
Căn cứ Nghị định số 63/2010/NĐ- CP ngày 08/6/2010 của Chính phủ;
Điều 1. Thực hiện điểm a, b khoản 2 Điều 5 Nghị quyết số 76/NQ-CP.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
(Ban hành kèm theo Quyết định số 3044/QĐ-UBND)
I. MỤC TIÊU
- Phấn đấu đến hết năm 2025, mức độ hài lòng của người dân đạt tối thiểu 90%.
II. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ:
- Chủ trì, phối hợp với Sở Tư pháp xây dựng kế hoạch trước ngày 15/3/2025; báo cáo UBND tỉnh.
"""


def pipeline(*names, lang="xx", **config):
    nlp = spacy.blank(lang)
    for name in names:
        nlp.add_pipe(name, config=config)
    return nlp


@pytest.fixture(scope="module")
def alone():
    """A pipeline of each component alone, with spaCy's own multilingual tokenizer."""
    return {name: pipeline(name) for name in NAMES}


@pytest.fixture(scope="module")
def together():
    return pipeline(*NAMES)


@pytest.fixture(scope="module")
def doc(together):
    return together(TEXT)


def registration(name):
    meta = Language.get_factory_meta(name)
    return {
        "assigns": list(meta.assigns),
        "requires": list(meta.requires),
        "retokenizes": meta.retokenizes,
        "default_config": meta.default_config,
        "scores": dict(meta.default_score_weights),
    }


def span_layer(key):
    return {
        "requires": [],
        "retokenizes": False,
        "default_config": {
            "spans_key": key,
            "scorer": {"@scorers": "spacy.overlapping_labeled_spans_scorer.v1", "spans_key": key},
        },
        "scores": {f"spans_{key}_f": 1.0, f"spans_{key}_p": 0.0, f"spans_{key}_r": 0.0},
    }


# Users' saved configs depend on these: what changes here changes them, so a change needs a line in CHANGELOG.md.
REGISTRATIONS = {
    "parcc_metadata": {
        "assigns": ["doc._.parcc_metadata"],
        "requires": [],
        "retokenizes": False,
        "default_config": {},
        "scores": {},
    },
    "parcc_structure": {"assigns": ["doc._.parcc_structure", "doc.spans", "span._.section"], **span_layer("structure")},
    "parcc_citations": {
        "assigns": ["doc._.parcc_citations", "doc.spans", "span._.citation"],
        **span_layer("citations"),
    },
    "parcc_targets": {"assigns": ["doc._.parcc_targets", "doc.spans", "span._.target"], **span_layer("targets")},
    "parcc_agencies": {"assigns": ["doc._.parcc_agencies", "doc.spans", "span._.agency"], **span_layer("agencies")},
    "parcc_responsibilities": {
        "assigns": ["doc._.parcc_responsibilities", "doc.spans", "span._.responsibility"],
        **span_layer("responsibilities"),
    },
}


@pytest.mark.parametrize("name", NAMES)
def test_a_factory_is_registered_as_it_was(alone, name):
    assert registration(name) == REGISTRATIONS[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_component_runs_alone(alone, name):
    assert alone[name](TEXT)._.get(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_component_takes_an_empty_document(alone, name):
    assert alone[name]("")._.get(name) is not None


@pytest.mark.parametrize("name", NAMES)
def test_what_has_not_run_is_not_known(alone, name):
    blank = alone[name].make_doc(TEXT)
    assert blank._.get(name) is None


@pytest.mark.parametrize("name", NAMES)
def test_matching_changes_nothing_in_the_document(alone, name):
    nlp = alone[name]
    blank = nlp.make_doc(TEXT)
    nlp.get_pipe(name).match(blank)
    assert (blank.user_data, len(blank.spans)) == ({}, 0)


@pytest.mark.parametrize("name", NAMES)
def test_a_component_comes_back_from_bytes_and_disk(alone, name, tmp_path):
    component = alone[name].get_pipe(name)
    component.to_disk(tmp_path / name)
    from_bytes = type(component)().from_bytes(component.to_bytes())
    from_disk = type(component)().from_disk(tmp_path / name)
    assert from_bytes.cfg == from_disk.cfg == component.cfg


def test_settings_come_back_from_bytes():
    saved = components.CitationFinder(spans_key="văn bản").to_bytes()
    assert components.CitationFinder().from_bytes(saved).cfg == {"spans_key": "văn bản"}


def test_metadata_are_those_of_the_plain_function(doc):
    assert doc._.parcc_metadata == find_metadata(normalise(TEXT))


def test_structure_is_that_of_the_plain_function(doc):
    assert doc._.parcc_structure == find_structure(normalise(TEXT))


def test_citations_are_those_of_the_plain_function(doc):
    source = normalise(TEXT)
    found = find_citations(source, metadata=find_metadata(source), aliases=find_aliases(source))
    assert doc._.parcc_citations == found


def test_targets_are_those_of_the_plain_function(doc):
    source = normalise(TEXT)
    found = find_targets(source, metadata=find_metadata(source), structure=find_structure(source))
    assert doc._.parcc_targets == found


def test_targets_alone_are_those_of_the_whole_pipeline(alone, doc):
    assert alone["parcc_targets"](TEXT)._.parcc_targets == doc._.parcc_targets


def test_every_target_has_a_span_and_the_span_has_the_target(doc):
    assert [(span.label_, span._.target.value, span._.target.deadline) for span in doc.spans["targets"]] == [
        ("aspired", 90.0, "2025")
    ]


def test_agencies_are_those_of_the_plain_function(doc):
    source = normalise(TEXT)
    found = find_agencies(source, metadata=find_metadata(source), aliases=find_aliases(source))
    assert doc._.parcc_agencies == found


def test_responsibilities_are_those_of_the_plain_function(doc):
    source = normalise(TEXT)
    found = find_responsibilities(source, metadata=find_metadata(source), structure=find_structure(source))
    assert doc._.parcc_responsibilities == found


@pytest.mark.parametrize("name", ["parcc_agencies", "parcc_responsibilities"])
def test_agencies_and_responsibilities_alone_are_those_of_the_whole_pipeline(alone, doc, name):
    assert alone[name](TEXT)._.get(name) == doc._.get(name)


def test_every_agency_has_a_span_and_the_span_has_the_agency(doc):
    assert tuple(span._.agency for span in doc.spans["agencies"]) == doc._.parcc_agencies


def test_every_assignment_has_a_span_and_the_span_has_the_assignment(doc):
    assert [(span.label_, span._.responsibility.agency) for span in doc.spans["responsibilities"]] == [
        ("lead", "Sở Nội vụ"),
        ("coordinate", "Sở Tư pháp"),
        ("report_to", "UBND tỉnh"),
    ]


@pytest.mark.parametrize("span_id", ["agency_0", "agency_999", "agency_x", "task_0", "task_4", "ref_1"])
def test_a_span_with_an_id_of_no_agency_or_assignment_has_none(doc, span_id):
    span = Span(doc, 0, 1, span_id=span_id)
    assert (span._.agency, span._.responsibility) == (None, None)


@pytest.mark.parametrize("span_id", ["target_0", "target_2", "target_", "ref_1"])
def test_a_span_with_an_id_of_no_target_has_none(doc, span_id):
    assert Span(doc, 0, 1, span_id=span_id)._.target is None


def test_citations_alone_are_those_of_the_whole_pipeline(alone, doc):
    assert alone["parcc_citations"](TEXT)._.parcc_citations == doc._.parcc_citations


def test_the_mention_of_the_document_itself_is_labelled_self(doc):
    labels = {span._.citation.number: span.label_ for span in doc.spans["citations"]}
    assert labels["3044/QĐ-UBND"] == "self"


def test_every_citation_has_a_span_and_the_span_has_the_citation(doc):
    assert tuple(span._.citation for span in doc.spans["citations"]) == doc._.parcc_citations


def test_every_unit_has_a_span_and_the_span_has_the_unit(doc):
    assert [(span.label_, span.id_) for span in doc.spans["structure"]] == [
        (unit.kind, unit.eid) for unit in doc._.parcc_structure
    ]
    assert tuple(span._.section for span in doc.spans["structure"]) == doc._.parcc_structure


def test_citations_have_offsets_into_the_text_of_the_document(doc):
    assert all(doc.text[found.start : found.end] == found.text for found in doc._.parcc_citations)


def test_a_symbol_printed_with_a_space_is_one_citation(doc):
    found = next(found for found in doc._.parcc_citations if found.number == "63/2010/NĐ-CP")
    assert "63/2010/NĐ- CP" in found.text


def test_a_span_covers_the_tokens_a_citation_touches():
    nlp = pipeline("parcc_citations")
    nlp.tokenizer = lambda text: Doc(nlp.vocab, words=text.split(" "), spaces=[True] * text.count(" ") + [False])
    doc = nlp("theo Nghị định số 63/2010/NĐ-CP, quy định")
    (span,) = doc.spans["citations"]
    assert (span.text, span._.citation.text) == ("Nghị định số 63/2010/NĐ-CP,", "Nghị định số 63/2010/NĐ-CP")


def test_a_span_of_another_kind_has_no_citation_and_no_section(doc):
    assert (doc[0:3]._.citation, doc[0:3]._.section) == (None, None)


@pytest.mark.parametrize("span_id", ["ref_0", "ref_999", "ref_", "ref_x", "ref_-1", "ref_²"])
def test_a_span_with_an_id_of_no_citation_has_none(doc, span_id):
    assert Span(doc, 0, 1, span_id=span_id)._.citation is None


def test_spans_go_under_the_key_the_user_chose():
    assert list(pipeline("parcc_citations", spans_key="văn bản")(TEXT).spans) == ["văn bản"]


@pytest.mark.parametrize(
    "name", ["parcc_structure", "parcc_citations", "parcc_targets", "parcc_agencies", "parcc_responsibilities"]
)
def test_no_spans_are_written_where_there_is_no_key(name):
    found = pipeline(name, spans_key=None)(TEXT)
    assert found._.get(name)
    assert not found.spans


def test_an_empty_document_that_was_processed_may_still_be_filled(together, doc):
    blank = together(together.make_doc(""))
    blank.from_bytes(doc.to_bytes(exclude=["user_data"]))
    assert together(blank)._.parcc_citations == doc._.parcc_citations


def test_running_twice_gives_the_same_spans(together, doc):
    again = together(together(TEXT))
    assert [str(span) for span in again.spans["citations"]] == [str(span) for span in doc.spans["citations"]]


def test_an_attribute_of_the_user_named_citation_is_left_alone():
    Span.set_extension("citation", default="of the user", force=True)
    try:
        components.register_extensions()
        assert pipeline("parcc_citations")(TEXT)[0:1]._.citation == "of the user"
    finally:
        Span.remove_extension("citation")
        components.register_extensions()


def test_a_document_comes_back_from_bytes_with_its_values(together, doc):
    again = Doc(together.vocab).from_bytes(doc.to_bytes())
    assert values(again) == values(doc)


def test_documents_come_back_from_a_docbin_with_their_values(doc):
    stored = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (again,) = DocBin(store_user_data=True).from_bytes(stored).get_docs(spacy.blank("xx").vocab)
    assert values(again) == values(doc)


def values(doc):
    return (
        doc._.parcc_metadata,
        doc._.parcc_structure,
        doc._.parcc_citations,
        doc._.parcc_targets,
        doc._.parcc_agencies,
        doc._.parcc_responsibilities,
        [(span.text, span.label_, span.id_, span._.citation) for span in doc.spans["citations"]],
        [(span.text, span.label_, span.id_, span._.target) for span in doc.spans["targets"]],
        [(span.label_, span.id_, span._.section) for span in doc.spans["structure"]],
    )


def test_values_set_by_hand_are_read_as_they_were_set(together):
    blank = together.make_doc(TEXT)
    citation = Citation(0, 2, "ỦY", pinpoints=(Pinpoint(dieu="37a"),), candidates=("x", "y"))
    blank._.parcc_citations = (citation,)
    blank._.parcc_metadata = Metadata(recipients=("Như Điều 3;",))
    assert (blank._.parcc_citations, blank._.parcc_metadata.recipients) == ((citation,), ("Như Điều 3;",))


def test_a_unit_of_no_length_has_no_span(together):
    blank = together.make_doc(TEXT)
    empty = Section(kind="dieu", label="1", heading=None, start=3, end=3, parent=None, eid="dieu_1")
    together.get_pipe("parcc_structure").set_annotations(blank, (empty,))
    assert (len(blank.spans["structure"]), blank._.parcc_structure) == (0, (empty,))


def test_a_document_agrees_wholly_with_itself(together, doc):
    scores = together.get_pipe("parcc_citations").score([Example(doc, doc)])
    assert (scores["spans_citations_p"], scores["spans_citations_r"], scores["spans_citations_f"]) == (1.0, 1.0, 1.0)


def test_a_missing_citation_costs_recall(together, doc):
    less = together(TEXT)
    less.spans["citations"] = list(less.spans["citations"])[1:]
    scores = together.get_pipe("parcc_citations").score([Example(less, doc)])
    assert scores["spans_citations_p"] == 1.0
    assert scores["spans_citations_r"] < 1.0


def test_a_component_without_a_scorer_gives_no_scores(doc):
    assert components.CitationFinder().score([Example(doc, doc)]) == {}


def test_a_document_that_fails_leaves_the_rest_of_the_batch(monkeypatch):
    def find(source, *, metadata):
        if source.original == "b":
            raise ValueError(source.original)
        return ()

    failed = []
    nlp = pipeline("parcc_citations")
    nlp.set_error_handler(lambda name, _component, docs, _error: failed.append((name, docs[0].text)))
    monkeypatch.setattr(components, "_find_citations", find)
    assert [done.text for done in nlp.pipe(["a", "b", "c"])] == ["a", "c"]
    assert failed == [("parcc_citations", "b")]
