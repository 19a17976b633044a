"""Real documents: every one is read or refused with a code, and what is read is what stands there."""

import csv
import re
from pathlib import Path

import pytest

from parcc_nlp.errors import ReadError
from parcc_nlp.read import read

from .invariants import assert_consistent

pytestmark = pytest.mark.shared

FACTS = list(csv.DictReader((Path(__file__).parent / "shared_facts.csv").open(encoding="utf-8", newline="")))
# Scans whose text layer was made by OCR that did not know Vietnamese.
SCANS = {"294-TTr.pdf", "493-TB.pdf"}


def documents(folder, pattern):
    return sorted(folder.glob(pattern))


def paragraphs_of(document):
    return [
        " ".join(document.text[block.start : block.end].split()) for block in document.blocks if block.kind != "table"
    ]


def found(shared_dir, name):
    return next((shared_dir / "documents").glob(f"*/{name}"))


def test_every_word_file_is_read(shared_dir):
    files = documents(shared_dir / "documents" / "office", "*.docx")
    assert files
    for file in files:
        assert_consistent(read(file))


def test_every_pdf_is_read_or_refused_as_a_scan(shared_dir):
    files = documents(shared_dir / "documents" / "office", "*.pdf")
    assert files
    for file in files:
        if file.name in SCANS:
            with pytest.raises(ReadError) as caught:
                read(file)
            assert caught.value.code == "E126"
        else:
            assert_consistent(read(file))


@pytest.mark.slow
def test_every_law_in_pdf_is_read_with_all_its_articles_in_order(shared_dir):
    files = documents(shared_dir / "documents" / "statutes-pdf", "Luat-*.pdf")
    assert files
    for file in files:
        document = read(file)
        assert_consistent(document)
        if "sua-doi" in file.name:  # its articles quote those of another law
            continue
        numbers = [int(number) for number in re.findall(r"^Điều (\d+)\. ", document.text, re.MULTILINE)]
        assert numbers == list(range(1, len(numbers) + 1)), file.name


def test_text_files_are_not_changed(shared_dir):
    files = documents(shared_dir / "documents" / "plans", "*.txt")
    assert files
    for file in files:
        document = read(file)
        assert document.text == file.read_text(encoding="utf-8").removeprefix("\ufeff")
        assert_consistent(document)


@pytest.mark.parametrize("fact", FACTS, ids=[f"{fact['file']}-{number}" for number, fact in enumerate(FACTS)])
def test_what_a_reader_sees_is_in_the_text(shared_dir, fact):
    text = re.sub(r" {2,}", " ", read(found(shared_dir, fact["file"])).text)
    assert fact["text"].replace("\r\n", "\n") in text


def test_old_word_files_ask_to_be_saved_anew(shared_dir):
    for file in documents(shared_dir / "documents" / "office", "*.doc"):
        with pytest.raises(ReadError) as caught:
            read(file)
        assert caught.value.code == "E111"


def test_the_report_reads_the_same_from_word_and_from_pdf(shared_dir):
    office = shared_dir / "documents" / "office"
    word, pdf = read(office / "BAO-CAO-CCHC-NAM-2025.docx"), read(office / "329-BAO-CAO-CCHC-NAM-2025.pdf")
    printed = set(paragraphs_of(pdf))
    wanted = paragraphs_of(word)
    assert sum(text in printed for text in wanted) >= 0.98 * len(wanted)
    cells = {" ".join(pdf.text[c.start : c.end].split()) for table in pdf.tables for c in table.cells}
    written = [" ".join(word.text[c.start : c.end].split()) for table in word.tables for c in table.cells]
    assert sum(text in cells for text in written) >= 0.98 * len(written)


def test_a_table_over_many_pages_is_one_table_with_its_heading_once(shared_dir):
    document = read(found(shared_dir, "Phu-luc-III-Cai-cach-thu-tuc-hanh-chinh.pdf"))
    districts = document.tables[1]
    assert document.text.count("Điểm tự đánh giá") == 2
    first = [c for c in districts.cells if c.column == 0 and c.row > 0]
    numbers = [document.text[c.start : c.end] for c in first]
    assert numbers[:124] == [str(number) for number in range(1, 125)]
