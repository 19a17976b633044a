"""Reports are worded in both languages, never pronounce a breach of law, and write dates as documents do."""

import csv
import re
import string
from importlib.resources import files
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp import model
from parcc_nlp.model import Citation, Contradiction, Evidence, Proof, Status, Where
from parcc_nlp.report import wording

ROWS = list(csv.DictReader((files("parcc_nlp.report") / "words.csv").read_text(encoding="utf-8").splitlines()))


def fields(template):
    """The names of the fields of a template."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_a_wording_exists_in_both_languages_with_the_same_fields(row):
    assert row["vi"].strip()
    assert row["en"].strip()
    assert fields(row["vi"]) == fields(row["en"])


def test_the_table_is_sorted_and_names_nothing_twice():
    keys = [row["key"] for row in ROWS]
    assert keys == sorted(set(keys))


def test_no_wording_pronounces_a_breach_of_law():
    assert [row["key"] for row in ROWS if re.search(r"trái luật|trái pháp luật|vi phạm", row["vi"].lower())] == []


@pytest.mark.parametrize(
    ("prefix", "values"),
    [
        ("status", get_args(model.StatusKind)),
        ("severity", get_args(model.Severity)),
        ("resolution", get_args(model.Resolution)),
        ("relation", get_args(model.CitationRelation)),
        ("by", get_args(model.RelationKind)),
        ("basis", ("stated", "inferred", "none")),
        ("confidence", ("verified", "partial", "unverified")),
    ],
)
def test_every_value_of_the_model_has_a_wording(prefix, values):
    assert {f"{prefix}_{value}" for value in values} <= {row["key"] for row in ROWS}


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ("2023-12-22", "22/12/2023"),
        ("2025-07-01", "01/7/2025"),
        ("2025-02-09", "09/02/2025"),
        ("2025-03", "3/2025"),
        ("2025-01", "01/2025"),
        ("2019", "2019"),
    ],
)
def test_a_date_is_written_as_documents_write_it(day, written):
    assert wording.written_day(day) == written


@pytest.mark.parametrize(
    ("where", "written"),
    [
        (Where(3, 57, "II.2.a"), "trang 3, đoạn 57, mục II.2.a"),
        (Where(None, 5, "Điều 3, khoản 2"), "đoạn 5, Điều 3, khoản 2"),
        (Where(None, 5, None), "đoạn 5"),
        (Where(), ""),
    ],
)
def test_a_place_is_one_a_person_can_find(where, written):
    assert wording.place(where) == written


def test_a_citation_without_type_and_number_is_shown_in_its_own_words():
    words = "Nghị quyết Đại hội Đảng bộ tỉnh"
    assert wording.citation_name(Citation(0, 31, words, doc_type="Nghị quyết")) == words


def test_an_instrument_whose_title_begins_with_its_type_is_called_by_its_title():
    status = Status("31/2024/QH15", "Luật", None, None, "Luật Đất đai", "2026-11-23", "in_force", "stated")
    assert wording.instrument_name(status) == "Luật Đất đai số 31/2024/QH15"


def test_an_exception_of_a_repeal_is_kept_with_it():
    proof = Proof("repeals", "75/2026/NĐ-CP", "Điều 9", None, None, "verified", exception="Điều 4")
    assert wording.proof_line(proof) == "bị bãi bỏ bởi 75/2026/NĐ-CP, Điều 9, trừ Điều 4 (đã kiểm chứng)"


def test_a_relation_that_the_table_does_not_know_is_shown_as_it_is():
    assert wording.proof_line(Proof("renumbers", "1/2026", None, None, None, "partial")).startswith(
        "renumbers 1/2026 ("
    )


def test_evidence_shows_source_clause_words_and_the_day_of_looking_up():
    evidence = Evidence("118/2025/NĐ-CP", "khoản 2 Điều 31", "thay thế", "2026-11-01")
    assert wording.evidence_line(evidence) == "118/2025/NĐ-CP, khoản 2 Điều 31: “thay thế” (tra cứu 01/11/2026)"


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_legible_text_keeps_its_length_and_every_letter(text):
    shown = wording.legible(text)
    assert len(shown) == len(text)
    assert all(new in (old, "\ufffd") for old, new in zip(text, shown, strict=True))


@pytest.mark.parametrize("character", ["\x1b", "\x00", "\x07", "\x9b", "\u202e", "\u2066", "\r", "\ud800"], ids=ascii)
def test_a_character_that_a_terminal_would_obey_is_shown_and_not_obeyed(character):
    assert wording.legible(f"a{character}b") == "a\ufffdb"


def test_what_shows_an_instrument_alive_is_seen_on_a_day_and_makes_nothing_take_effect():
    seen = Proof("in_force", "46/2026/NĐ-CP", None, "2026-10-10", None, "verified")
    assert (
        wording.proof_line(seen)
        == "được ghi là còn hiệu lực trong 46/2026/NĐ-CP, ghi nhận ngày 10/10/2026 (đã kiểm chứng)"
    )


def test_a_replacement_after_the_day_asked_about_is_said_to_be_later():
    proof = (Proof("replaces", "31/2024/QH15", None, "2024-08-01", None, "verified"),)
    status = Status(None, None, None, None, None, "2024-07-31", "in_force", "stated", proof=proof)
    assert wording.status_rows(status)[0][1].startswith("sau đó được thay thế bởi 31/2024/QH15")


def test_sources_that_differ_stand_side_by_side_in_a_status():
    told = Contradiction("vn/-/-/-/1", "replaces 63/2010/NĐ-CP", None, "", "2026-11-10", "văn bản, 999/2026/NĐ-CP")
    status = Status(
        None, None, None, None, None, as_of="2026-11-23", status="not_known", basis="none", contradictions=(told,)
    )
    assert ("Nguồn không khớp", "thay thế 63/2010/NĐ-CP: giữ để trống; khác 10/11/2026 (văn bản, 999/2026/NĐ-CP)") in (
        wording.status_rows(status)
    )
