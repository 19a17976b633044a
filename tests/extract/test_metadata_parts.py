"""The parts a document's fields are read from: letterhead, signature, effect clause, rank; tables a lawyer can extend."""

import csv
from pathlib import Path

import pytest

from parcc_nlp.extract.data_files import document_types, read_lists, read_rows
from parcc_nlp.extract.effect_clause import find_effect, find_expiry
from parcc_nlp.extract.issuers import read_letterhead, spell
from parcc_nlp.extract.letterhead import type_of_symbol
from parcc_nlp.extract.metadata import find_metadata
from parcc_nlp.extract.normative import is_normative
from parcc_nlp.extract.period import find_period
from parcc_nlp.text.canonical import canonical_number
from parcc_nlp.text.normalise import normalise


def table(name):
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("row", table("metadata_effects.csv"), ids=str)
def test_the_effect_clause_gives_the_day(row):
    clause = row["clause"]
    assert find_effect(clause, 0, len(clause), issued=row["issued"] or None) == (row["effective"] or None)


@pytest.mark.parametrize("row", table("metadata_effects.csv"), ids=str)
def test_the_effect_clause_gives_the_last_day(row):
    clause = row["clause"]
    assert find_expiry(clause, 0, len(clause), effective=row["effective"] or None) == (row["expires"] or None)


@pytest.mark.parametrize("row", table("metadata_normative.csv"), ids=str)
def test_a_document_is_normative_by_type_symbol_and_date(row):
    found = is_normative(doc_type=row["doc_type"] or None, number=row["number"] or None, issued=row["issued"] or None)
    assert found is {"yes": True, "no": False, "unknown": None}[row["normative"]]


@pytest.mark.parametrize("row", table("metadata_letterheads.csv"), ids=str)
def test_a_letterhead_names_the_issuer_and_its_superior(row):
    superior, issuer = read_letterhead(row["lines"].split("|"))
    assert (superior and spell(superior), issuer and spell(issuer)) == (row["superior"] or None, row["issuer"])


@pytest.mark.parametrize("row", table("metadata_signatures.csv"), ids=str)
def test_a_signature_names_the_signer_and_the_title(row):
    lines = row["lines"].split("|")
    found = find_metadata(normalise("\n".join(["KẾ HOẠCH", "VỀ THƯ VIỆN", "I. MỤC TIÊU", "1. Mở cửa.", *lines])))
    assert (found.signer, found.signer_title) == (row["signer"], row["title"])


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [
        ("Cải cách hành chính năm 2024", "2024-01-01", "2024-12-31"),
        ("Phát triển giai đoạn 2026 - 2030, định hướng đến năm 2035", "2026-01-01", "2030-12-31"),
        ("Kinh tế số từ năm 2021 đến năm 2025", "2021-01-01", "2025-12-31"),
        ("TRUYỀN THÔNG NĂM 2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_period_is_read_from_a_title(title, first, last):
    found = find_period(title)
    assert (found.from_, found.to) == (first, last)


@pytest.mark.parametrize(
    "title",
    [
        "Thi hành Luật Đất đai",
        "Phấn đấu đến năm 2030",
        "Bãi bỏ Quyết định ngày 5 tháng 7 năm 2020",
        "Tầm nhìn đến năm 2045",
    ],
)
def test_a_year_that_is_not_the_plans_own_is_no_period(title):
    assert find_period(title) is None


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("3783/QĐ- UBND", "3783/QĐ-UBND"),
        ("86/2024/ND-CP", "86/2024/NĐ-CP"),
        ("39-NQ/TƯ", "39-NQ/TW"),
        ("03/CT-UBND.", "03/CT-UBND"),
    ],
)
def test_a_number_is_written_canonically(printed, canonical):
    assert canonical_number(printed) == canonical


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("12/CTr-UBND", "Chương trình"),
        ("5/TTr-SNV", "Tờ trình"),
        ("4/2025/TTLT-BCA-BQP", "Thông tư liên tịch"),
        ("9/UBND-NC", None),
        (None, None),
    ],
)
def test_a_symbol_names_its_type(number, kind):
    assert type_of_symbol(number) == kind


def test_every_type_of_document_stands_once():
    names = [kind.doc_type for kind in document_types()]
    assert len(names) == len(set(names))


def test_every_code_names_one_type():
    codes = [code for kind in document_types() for code in kind.codes]
    assert len(codes) == len(set(codes))


def test_every_rule_on_normative_documents_names_a_known_type():
    known = {kind.doc_type for kind in document_types()} | {"*"}
    assert {row["doc_type"] for row in read_rows("normative.csv")} <= known


def test_every_rule_on_normative_documents_is_complete():
    for row in read_rows("normative.csv"):
        assert row["year"] in {"yes", "no", "any"}
        assert row["normative"] in {"yes", "no", "unknown"}
        assert row["reason"]


def test_every_symbol_of_an_issuer_stands_once():
    symbols = [row["symbol"] for row in read_rows("issuer_symbols.csv")]
    assert len(symbols) == len(set(symbols))


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        (
            "letterhead.yaml",
            {
                "heads",
                "units",
                "local",
                "spellings",
                "offices",
                "openers",
                "authorities",
                "behind_authority",
                "joined",
                "inline_openers",
                "unfinished",
                "also_inside",
            },
        ),
        ("portal.yaml", {"fields", "before", "after"}),
        ("signature.yaml", {"authority", "titles", "deputy", "degrees"}),
    ],
)
def test_a_list_of_the_grammar_has_its_parts(name, keys):
    assert set(read_lists(name)) == keys
