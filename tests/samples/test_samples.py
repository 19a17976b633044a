"""The sample documents show what their README promises, from file to finding."""

import csv
import importlib.util
import re
import unicodedata
import zipfile
from functools import cache
from pathlib import Path

import pytest

import parcc_nlp as parcc

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "corpora" / "samples"
FILES = sorted(path for path in SAMPLES.iterdir() if path.name != "README.md")

with (Path(__file__).parent / "planted.csv").open(encoding="utf-8", newline="") as lines:
    PLANTED = list(csv.DictReader(lines))


@cache
def extraction_of(name):
    return parcc.extract(parcc.read(SAMPLES / name))


@cache
def findings_of(name, as_of):
    return parcc.review(extraction_of(name), as_of=as_of).findings


@pytest.mark.parametrize(
    "row", PLANTED, ids=lambda row: f"{row['document'][:2]}-{row['as_of']}-{row['rule']}-{row['quote']}"
)
def test_a_planted_fault_is_found_and_what_is_right_is_left_alone(row):
    text = extraction_of(row["document"]).text
    assert row["quote"] == "*" or row["quote"] in text
    hits = [
        finding
        for finding in findings_of(row["document"], row["as_of"])
        if finding.rule == row["rule"] and (row["quote"] == "*" or touches(text, finding, row["quote"]))
    ]
    assert bool(hits) is (row["expect"] == "yes"), row["why"]


def touches(text, finding, quote):
    """Whether a finding lies at one of the places where the quote is printed."""
    places = [found.start() for found in re.finditer(re.escape(quote), text)]
    return any(finding.start < place + len(quote) and place < finding.end for place in places)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_span_of_a_sample_is_its_text(path):
    extraction = extraction_of(path.name)
    assert extraction.citations
    assert [one for one in extraction.citations if extraction.text[one.start : one.end] != one.text] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_readme_of_the_samples_describes_every_file(path):
    assert f"`{path.name}`" in (SAMPLES / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "number", "issued", "doc_type"),
    [
        ("01-quyet-dinh-ke-hoach.txt", "1888/QĐ-UBND", "2023-11-20", "Quyết định"),
        ("02-chi-thi.txt", "07/CT-UBND", "2025-06-20", "Chỉ thị"),
        ("03-cong-van.html", "915/STP-VB", "2026-08-14", "Công văn"),
        ("04-quyet-dinh-quy-pham.txt", "21/2026/QĐ-UBND", "2026-09-10", "Quyết định"),
        ("05-ke-hoach-tap-huan.docx", "96/KH-UBND", "2026-03-16", "Kế hoạch"),
        ("06-to-trinh.pdf", "65/TTr-SNV", "2024-03-05", "Tờ trình"),
    ],
)
def test_a_sample_says_who_it_is(name, number, issued, doc_type):
    metadata = extraction_of(name).metadata
    assert (metadata.number, metadata.issued, metadata.doc_type) == (number, issued, doc_type)


def test_the_numbers_of_the_word_sample_are_computed():
    text = extraction_of("05-ke-hoach-tap-huan.docx").text
    assert "II. NỘI DUNG" in text
    assert "c) Bảo vệ dữ liệu cá nhân" in text
    with zipfile.ZipFile(SAMPLES / "05-ke-hoach-tap-huan.docx") as package:
        assert "II." not in package.read("word/document.xml").decode("utf-8")


def test_the_table_of_the_pdf_sample_is_one_table_over_two_pages():
    document = parcc.read(SAMPLES / "06-to-trinh.pdf")
    assert document.source.pages == 2
    assert document.text.count("Cơ quan chủ quản") == 1
    assert document.text.index("Trung tâm Khuyến nông") < document.text.index("Trung tâm Trợ giúp pháp lý")


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.suffix in {".txt", ".html"}], ids=lambda path: path.name
)
def test_a_text_sample_is_composed_unicode(path):
    assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))


def test_the_word_sample_is_what_its_script_writes():
    spec = importlib.util.spec_from_file_location("build_samples", ROOT / "tools" / "build_samples.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    written = parcc.read(tool.build_plan(), name="plan.docx").text
    assert written == parcc.read(SAMPLES / "05-ke-hoach-tap-huan.docx").text
