"""Papers of real documents: everything of the review is in them, and an office suite opens them."""

import io
import random
import shutil
import subprocess
from pathlib import Path

import docx
import openpyxl
import pytest

import parcc_nlp as parcc
from parcc_nlp.registry import Registry
from parcc_nlp.report.forms import (
    Letterhead,
    cited_lists,
    review_sheet,
    review_sheet_docx,
    review_sheet_xlsx,
    status_lists,
    status_lists_docx,
    status_lists_xlsx,
)
from parcc_nlp.report.forms.printing import one_line
from tests.report.forms.conftest import docx_text

ON = "2026-11-23"
LETTERHEAD = Letterhead(superior="Ủy ban nhân dân tỉnh Hòa Giang", agency="Sở Tư pháp", place="Hòa Giang")


@pytest.fixture(scope="module")
def known():
    return Registry.shipped()


def reviewed(path, known):
    extraction = parcc.extract(parcc.read(path), registry=known)
    reviews = [parcc.review(extraction, as_of=day, registry=known) for day in ("signing", ON)]
    return extraction, reviews, review_sheet(extraction, reviews, registry=known, letterhead=LETTERHEAD)


def check(path, known):
    """Say whether sheet, Word file and workbook hold what the reviews say."""
    extraction, reviews, sheet = reviewed(path, known)
    found = {(one.rule, one.kind, one.start, one.instrument) for review in reviews for one in review.findings}
    assert sum(len(one.places) for group in sheet.groups for one in group.findings) >= len(found)
    text = " ".join(docx_text(review_sheet_docx(sheet)).split())
    book = openpyxl.load_workbook(io.BytesIO(review_sheet_xlsx(sheet)))
    cells = {" ".join(str(cell.value).split()) for page in book for row in page for cell in row if cell.value}
    for one in reviews[-1].findings:
        assert one_line(one.message) in text, path
        assert one_line(one.message) in cells or len(one.message) > 400, path
    return extraction


@pytest.mark.parametrize("name", ["01-quyet-dinh-ke-hoach.txt", "02-chi-thi.txt", "04-quyet-dinh-quy-pham.txt"])
def test_the_papers_of_a_sample_hold_its_review(samples_dir, name, known):
    check(samples_dir / name, known)


@pytest.mark.shared
def test_the_papers_of_real_documents_hold_their_reviews(shared_dir, known):
    plans = sorted((shared_dir / "documents" / "plans").glob("*.txt"))
    small = [path for path in plans if path.stat().st_size < 60_000]
    chosen = random.Random(2).sample(small, 12)  # noqa: S311 - a sample, no secret
    documents = [check(path, known) for path in chosen]
    lists = cited_lists(documents, registry=known, on=ON, letterhead=LETTERHEAD)
    rows = sum(len(one.rows) for one in lists.lists)
    assert rows > 50
    written = docx.Document(io.BytesIO(status_lists_docx(lists)))
    told = [table for table in written.tables if table.style.name == "Table Grid"]
    assert sum(len(table.rows) - 1 for table in told) == rows + len(lists.handling)


def test_everything_the_registry_knows_can_be_listed(known):
    some = [known.status(one, on=ON) for at, one in enumerate(known) if at % 9 == 0 or one.number == "45/2025/NĐ-CP"]
    lists = status_lists(some, registry=known, letterhead=LETTERHEAD)
    assert sum(len(one.rows) for one in lists.lists) == len(some)
    assert status_lists_xlsx(lists) == status_lists_xlsx(lists)
    numbers = [row.status.number for row in lists.lists[0].rows]
    assert "45/2025/NĐ-CP" in numbers


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice to open the papers with")
def test_an_office_suite_opens_the_papers(samples_dir, known, tmp_path):
    extraction, _, sheet = reviewed(samples_dir / "01-quyet-dinh-ke-hoach.txt", known)
    lists = cited_lists(extraction, registry=known, on=ON)
    made = {
        "phieu.docx": review_sheet_docx(sheet),
        "phieu.xlsx": review_sheet_xlsx(sheet),
        "danh-muc.docx": status_lists_docx(lists),
        "danh-muc.xlsx": status_lists_xlsx(lists),
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
        subprocess.run(
            [
                "soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
                "pdf", "--outdir", str(tmp_path), str(tmp_path / name),
            ],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
        printed = tmp_path / Path(name).with_suffix(".pdf")
        assert parcc.read(printed).source.pages
        printed.unlink()
