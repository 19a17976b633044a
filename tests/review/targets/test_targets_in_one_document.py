"""What is said of the targets of one plan, and what is not, through the real extraction."""

import csv
from pathlib import Path

import pytest

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.model import Document
from parcc_nlp.review import review

ROWS = list(csv.DictReader((Path(__file__).parent / "one_document.csv").open(encoding="utf-8", newline="")))
PLAN = """\
ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 31/KH-UBND
Lâm Đồng, ngày {day} tháng {month} năm {year}
KẾ HOẠCH
{title}
Ủy ban nhân dân tỉnh ban hành Kế hoạch gồm những việc:
{lines}
"""


def plan(title, lines, *, signed="2025-10-06"):
    year, month, day = signed.split("-")
    return extract_layers(Document(PLAN.format(title=title, lines=lines, year=year, month=month, day=day)))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['rule']}-{row['why']}" for row in ROWS])
def test_a_plan_gets_the_findings_of_its_row_and_no_other_of_the_rule(row):
    extraction = plan(row["title"], row["lines"], signed=row["signed"])
    found = review(extraction, select=(row["rule"],))
    assert row["rule"] in found.coverage.rules_run
    assert extraction.targets or "CHẤM ĐIỂM" in row["lines"]
    assert "|".join(finding.text for finding in found.findings) == row["expected"]
