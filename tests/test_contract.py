"""The JSON contract: every key always there, read back strictly, as the published schema says."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from parcc_nlp import contract
from parcc_nlp.errors import UsageError
from parcc_nlp.model import Citation, Extraction, Metadata, Period, Review, Span, Status, Target

FINITE = st.floats(allow_nan=False, allow_infinity=False)
TARGETS = st.builds(Target, value=FINITE, value_max=st.none() | FINITE)
EXTRACTIONS = st.builds(Extraction, targets=st.lists(TARGETS, max_size=2).map(tuple), blocks=st.just(()))
VALUES = {"extraction": EXTRACTIONS, "review": st.from_type(Review), "status": st.from_type(Status)}
ANY = st.one_of(*(st.tuples(st.just(kind), values) for kind, values in VALUES.items()))

# The keys of the contract, from docs/OUTPUT.md.
EXTRACTION_KEYS = {
    "": "schema source text metadata structure citations targets responsibilities effects relations aliases",
    "source": "path media_type sha256 pages text_layer warnings",
    "metadata": """doc_type number issued issuer place title effective expires signer signer_title recipients
        attached_type attached_title normative period""",
    "structure": "kind label heading start end parent eid",
    "citations": """start end text doc_type number name issued issuer title relation pinpoints mention instrument
        resolution candidates internal""",
    "targets": """start end text value value_max unit comparator change subject scope exceptions deadline modality
        sentence section responsible part_of""",
    "responsibilities": "start end text agency agency_id role deadline recurrence product funding origin section",
    "effects": """relation target parts effective start end text doc_type issued issuer exception clause content expires
        basis""",
    "relations": """relation target parts effective start end text doc_type issued issuer exception clause content expires
        basis""",
    "aliases": "short long start end",
}
REVIEW_KEYS = {
    "": "schema as_of source coverage findings",
    "coverage": "citations resolved valid not_valid not_known rules_run rules_skipped",
    "findings": """rule severity kind message reason start end text where as_of instrument evidence suggestion
        applicability fingerprint related suppressed baseline""",
}
STATUS_KEYS = "schema number doc_type issuer issued title as_of status basis since successor proof amended_by registry"


def properties(kind, part):
    """The keys the published schema allows in a part of an object."""
    schema = contract.json_schema(kind)
    if not part:
        return set(schema["properties"])
    found = schema["properties"][part]
    name = (found.get("items") or found)["$ref"].rpartition("/")[2]
    return set(schema["$defs"][name]["properties"])


@pytest.mark.parametrize("part", EXTRACTION_KEYS)
def test_an_extraction_has_the_keys_of_the_contract_and_no_other(part):
    assert properties("extraction", part) == set(EXTRACTION_KEYS[part].split())


@pytest.mark.parametrize("part", REVIEW_KEYS)
def test_a_review_has_the_keys_of_the_contract_and_no_other(part):
    assert properties("review", part) == set(REVIEW_KEYS[part].split())


def test_a_status_has_the_keys_of_the_contract():
    assert set(STATUS_KEYS.split()) <= properties("status", "")


def test_a_status_adds_only_what_its_documentation_names():
    added = properties("status", "") - set(STATUS_KEYS.split())
    assert added == {"chain", "leads", "contradictions", "note", "instrument", "known_on"}
    assert [key for key in added if f"``{key}``" not in contract.__doc__] == []


@pytest.mark.parametrize("kind", VALUES)
def test_the_published_schema_is_a_schema(kind):
    Draft202012Validator.check_schema(contract.json_schema(kind))


@given(ANY)
@settings(max_examples=60)
def test_what_is_written_reads_back_as_the_same_value(case):
    kind, value = case
    assert contract.from_json(contract.to_json(value), kind) == value


@given(ANY)
@settings(max_examples=60)
def test_what_is_written_fits_the_published_schema(case):
    kind, value = case
    errors = Draft202012Validator(contract.json_schema(kind)).iter_errors(json.loads(contract.to_json(value)))
    assert [error.message for error in errors] == []


@given(ANY)
@settings(max_examples=20)
def test_the_schema_stands_first(case):
    kind, value = case
    assert contract.to_json(value).startswith(f'{{"schema": "parcc-{kind}/1", ')


def test_what_is_not_known_is_null_and_never_missing():
    assert contract.to_dict(Extraction(text=""))["metadata"]["signer"] is None


def test_a_period_is_written_from_and_to():
    value = Extraction(text="", metadata=Metadata(period=Period("2024-01-01", "2024-12-31")))
    assert contract.to_dict(value)["metadata"]["period"] == {"from": "2024-01-01", "to": "2024-12-31"}


def test_a_sentence_is_a_span():
    value = Extraction(text="đạt 90%", targets=(Target(4, 7, "90%", 90.0, sentence=Span(0, 7)),))
    assert contract.to_dict(value)["targets"][0]["sentence"] == {"start": 0, "end": 7}


def test_vietnamese_is_written_as_it_is():
    assert "Điều" in contract.to_json(Extraction(text="Điều 1."))


def test_several_statuses_are_a_list():
    one = Status("1/QĐ", None, None, None, None, "2026-11-23", "not_known", "none")
    assert [entry["schema"] for entry in json.loads(contract.to_json((one, one)))] == ["parcc-status/1"] * 2


def test_blocks_are_no_part_of_the_contract():
    assert "blocks" not in contract.to_dict(Extraction(text=""))


def changed(change):
    """The JSON of an extraction with one citation after a change."""
    content = contract.to_dict(Extraction(text="Luật X", citations=(Citation(0, 6, "Luật X"),)))
    change(content)
    return json.dumps(content)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda content: content["citations"][0].pop("issued"), "citations.0.issued"),
        (lambda content: content["citations"][0].update(isued=None), "citations.0.isued"),
        (lambda content: content["citations"][0].update(start="0"), "citations.0.start"),
        (lambda content: content["citations"][0].update(relation="likes"), "citations.0.relation"),
        (lambda content: content.update(text=None), "text"),
        (lambda content: content.pop("aliases"), "aliases"),
    ],
    ids=["missing", "misspelt", "wrong type", "unknown word", "null text", "missing layer"],
)
def test_json_that_does_not_fit_is_refused_with_its_place(change, place):
    with pytest.raises(UsageError) as refused:
        contract.from_json(changed(change), "extraction")
    assert (refused.value.code, refused.value.place) == ("E306", place)


@pytest.mark.parametrize("data", ["", "{", "[]", "null", '{"schema": "parcc-extraction/2"}', "[" * 100_000])
def test_what_is_no_contract_object_is_refused(data):
    with pytest.raises(UsageError, match="E306"):
        contract.from_json(data, "extraction")


def test_an_error_stands_where_a_result_would_and_says_which_file():
    told = contract.error_to_dict("E101", path="a.txt", place=None, message="Tệp rỗng.")
    assert (told["schema"], told["source"]["path"], told["code"]) == ("parcc-error/1", "a.txt", "E101")
