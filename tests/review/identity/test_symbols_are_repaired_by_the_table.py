"""Which symbols are malformed, and what is offered for them: rows that a lawyer can add to, and what holds of any text."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.model import Document
from parcc_nlp.registry import Registry
from parcc_nlp.registry.identity import assembly_years, number_parts
from parcc_nlp.review import review
from parcc_nlp.review.checks.identity.symbols import diagnose, find_runs, is_whole
from parcc_nlp.review.tables import kind_of_type, known_codes, organs, read_rows, repairs

FOLDER = Path(__file__).parent
ROWS = list(csv.DictReader((FOLDER / "symbols.csv").open(encoding="utf-8", newline="")))
PIECES = st.sampled_from(
    [
        "Nghị định số ",
        "số ",
        "Luật số ",
        "63",
        "/",
        "-",
        "2010",
        "NĐ",
        "CP",
        "QH",
        "15",
        " ",
        "\n",
        "O",
        "l",
        "TTg",
        ".",
        "Ð",
        ";",
    ]
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['printed']}: {row['why']}")
def test_a_symbol_is_repaired_as_the_table_says(row):
    found = diagnose(row["printed"])
    assert "|".join(found.repaired if found else ()) == row["repaired"]


@pytest.mark.parametrize("row", [row for row in ROWS if row["repaired"]], ids=lambda row: row["printed"])
def test_what_is_offered_is_whole_and_needs_no_repair(row):
    for one in row["repaired"].split("|"):
        assert is_whole(one)
        assert diagnose(one) is None


def test_no_repair_touches_a_number_of_the_registry():
    touched = {one.number for one in Registry.shipped() if one.number and diagnose(one.number)}
    assert touched == {"23/2017/QĐ-TTG"}  # so printed in its source


def test_every_fault_has_its_name_once_and_its_pattern_bounds_what_it_repeats():
    faults = [repair.fault for repair in repairs()]
    assert len(faults) == len(set(faults))
    for repair in repairs():
        assert repair.repairs
        assert not re.search(r"[+*]\)[+*{]", repair.pattern.pattern)  # a repeated group of repetitions is never linear


def test_the_table_of_types_names_its_own_symbols():
    for row in read_rows("checks/identity/symbol_kinds.csv"):
        kind = kind_of_type(row["doc_type"])
        assert kind is not None
        assert not kind.symbol or kind.symbol.split("-")[0] in kind.codes
        assert kind.codes <= known_codes()


def test_the_table_of_bodies_has_days_in_order():
    for organ in organs().values():
        assert organ.since or organ.until
        assert (organ.since or "") <= (organ.until or "9999")
        assert organ.successors if organ.until else not organ.successors


def test_the_table_of_subjects_names_instruments_of_the_registry():
    registry = Registry.shipped()
    for row in read_rows("checks/identity/number_subjects.csv"):
        assert row["issued"] in {one.issued for one in registry.find(row["number"])}, row
        assert number_parts(row["number"]).year is None
        assert all(words == words.casefold() for words in row["words"].split("|"))


@pytest.mark.parametrize("term", range(8, 17))
def test_only_terms_that_there_were_make_a_symbol_whole(term):
    assert is_whole(f"10/2020/QH{term}") is (assembly_years(term) is not None)
    assert not is_whole("10/2020/QH99")


@given(st.lists(PIECES, max_size=14).map("".join))
def test_runs_lie_in_the_text_and_do_not_overlap(text):
    found = list(find_runs(text))
    for run in found:
        assert 0 <= run.start < run.end <= len(text)
        assert text[run.start : run.end].strip() == text[run.start : run.end]
        assert all(is_whole(one) for one in run.diagnosis.repaired)


@given(st.lists(PIECES, max_size=10).map("".join))
def test_any_text_is_reviewed_and_every_finding_quotes_it(text):
    extraction = extract_layers(Document(text))
    for finding in review(extraction, as_of="2026-01-15", registry=Registry.shipped(), select=["VB2"]).findings:
        assert extraction.text[finding.start : finding.end] == finding.text


def test_what_a_portal_wrote_behind_the_document_is_left_alone():
    from parcc_nlp.model import Citation, DocumentPart, Extraction

    text = "Điều 1. Giao nhiệm vụ.\nNghị định 63/2010/NĐ- CP của Thủ tướng Chính phủ"
    at = text.index("Nghị định")
    citation = Citation(at, len(text), text[at:], "Nghị định", "63/2010/NĐ-CP", issuer="Thủ tướng Chính phủ")
    own = Extraction(text, citations=(citation,))
    behind = Extraction(text, citations=(citation,), parts=(DocumentPart("tail", at, len(text)),))
    assert {finding.rule for finding in review(own, select=["VB2"]).findings} == {"VB205", "VB206"}
    assert not review(behind, select=["VB2"]).findings
