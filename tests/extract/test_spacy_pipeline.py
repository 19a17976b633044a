"""The whole pipeline: what spaCy users do with it keeps working."""

import json
import pickle
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.training import Example

from parcc_nlp.extract.pipeline import COMPONENTS, build_pipeline
from parcc_nlp.extract.run import extract_layers
from parcc_nlp.model import Document

SENTENCE = "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ;"
FRAGMENTS = (
    SENTENCE,
    "Nghị định số ",
    "63/2010/NĐ- CP",
    "39-NQ/TW",
    ", ",
    "  ",
    "\n",
    "\u200b",
    "Điều 1. ",
    "khoản 2 ",
    "Luật Đất đai",
    "”",
)
NAUGHTY = json.loads((Path(__file__).parent / "naughty_strings.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def nlp():
    return build_pipeline()


def layers(doc):
    return doc._.parcc_metadata, doc._.parcc_structure, doc._.parcc_citations


def test_the_pipeline_is_vietnamese_with_our_components_in_order(nlp):
    assert (nlp.lang, tuple(nlp.pipe_names)) == ("vi", COMPONENTS)


def test_no_component_lacks_what_it_requires(nlp):
    assert not any(nlp.analyze_pipes()["problems"].values())


def test_it_needs_no_pyvi(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyvi", None)
    assert [token.text for token in build_pipeline()("Quyết định")] == ["Quyết", "định"]


def test_an_empty_document_has_no_tokens_and_no_spans(nlp):
    doc = nlp("")
    assert (len(doc), len(doc.spans["citations"]), len(doc.spans["structure"])) == (0, 0, 0)


@pytest.mark.parametrize("name", NAUGHTY)
def test_a_naughty_string_comes_through_unchanged(nlp, name):
    text = NAUGHTY[name]
    doc = nlp(text)
    assert doc.text == text
    assert all(text[found.start : found.end] == found.text for found in doc._.parcc_citations)
    assert all(0 <= unit.start <= unit.end <= len(text) for unit in doc._.parcc_structure)


@pytest.mark.parametrize("name", NAUGHTY)
def test_a_naughty_string_comes_back_from_bytes(nlp, name):
    doc = nlp(NAUGHTY[name])
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert (again.text, layers(again)) == (doc.text, layers(doc))


@pytest.mark.parametrize("name", ["01-quyet-dinh-ke-hoach.txt", "02-chi-thi.txt", "04-quyet-dinh-quy-pham.txt"])
def test_it_finds_what_the_plain_functions_find(nlp, samples_dir, name):
    text = (samples_dir / name).read_text(encoding="utf-8")
    plain = extract_layers(Document(text))
    assert layers(nlp(text)) == (plain.metadata, plain.structure, plain.citations)


def test_every_citation_of_a_real_document_ends_at_token_ends(nlp, samples_dir):
    doc = nlp((samples_dir / "01-quyet-dinh-ke-hoach.txt").read_text(encoding="utf-8"))
    assert doc.spans["citations"]
    for span in doc.spans["citations"]:
        assert (span.start_char, span.end_char) == (span._.citation.start, span._.citation.end)


@given(st.lists(st.sampled_from(FRAGMENTS)).map("".join))
def test_every_span_holds_its_citation(nlp, text):
    doc = nlp(text)
    for span in doc.spans["citations"]:
        found = span._.citation
        assert span.start_char <= found.start < found.end <= span.end_char
        assert doc.text[found.start : found.end] == found.text


def test_documents_in_a_row_do_not_disturb_each_other(nlp):
    texts = [SENTENCE, "", "theo Nghị quyết số 76/NQ-CP.", SENTENCE]
    assert [layers(doc) for doc in nlp.pipe(texts)] == [layers(nlp(text)) for text in texts]


def test_two_processes_give_what_one_gives(nlp):
    texts = [SENTENCE, "Điều 1. Thực hiện Nghị quyết số 76/NQ-CP.\n"] * 4
    assert [layers(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=2)] == [layers(nlp(text)) for text in texts]


def test_a_pickled_pipeline_finds_the_same(nlp):
    again = pickle.loads(pickle.dumps(nlp))  # noqa: S301  what this very line wrote
    assert layers(again(SENTENCE)) == layers(nlp(SENTENCE))


def test_a_pipeline_comes_back_from_bytes(nlp):
    again = build_pipeline().from_bytes(nlp.to_bytes())
    assert layers(again(SENTENCE)) == layers(nlp(SENTENCE))


def test_a_component_can_be_switched_off(nlp):
    with nlp.select_pipes(disable=["parcc_structure"]):
        doc = nlp(SENTENCE)
    assert (doc._.parcc_structure, len(doc._.parcc_citations)) == (None, 1)


def test_the_pipeline_evaluates_itself_on_examples(nlp):
    scores = nlp.evaluate([Example(nlp.make_doc(SENTENCE), nlp(SENTENCE))])
    assert scores["spans_citations_f"] == 1.0


def test_a_text_above_max_length_is_refused_by_spacy(nlp, monkeypatch):
    monkeypatch.setattr(nlp, "max_length", 10)
    with pytest.raises(ValueError, match="E088"):
        nlp(SENTENCE)


def test_max_length_may_be_raised(nlp, monkeypatch):
    text = "a" * (nlp.max_length + 1)
    monkeypatch.setattr(nlp, "max_length", len(text))
    assert len(nlp(text)) == 1
