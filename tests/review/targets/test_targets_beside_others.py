"""What is said of the targets of a plan that is checked together with others."""

import csv
import sys
from pathlib import Path

import pytest

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.model import Document
from parcc_nlp.review import review
from parcc_nlp.review.checks.targets.plans import build, level_of
from parcc_nlp.review.together import Together

ROWS = list(csv.DictReader((Path(__file__).parent / "beside_others.csv").open(encoding="utf-8", newline="")))
HEAD = """\
{issuer}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
{place}, ngày {day} tháng {month} năm 2025
{kind}
{title}
"""
OWN = HEAD + "{cites}, Ủy ban nhân dân tỉnh ban hành Kế hoạch gồm những việc:\nI. MỤC TIÊU\n1. {lines}\n"
MENTIONING = HEAD + "I. MỤC TIÊU\n1. {lines}\nII. NGUỒN LỰC\n1. {cites}\n"
OTHER = HEAD + "I. MỤC TIÊU\n1. {lines}\n"


def document(issuer, number, title, lines, **more):
    cites = more.get("cites", "")
    form = OTHER if not cites else OWN if cites.startswith("Thực hiện") else MENTIONING
    text = form.format(
        issuer=issuer.upper(),
        number=number,
        place="Hà Nội" if "QĐ-TTg" in number else "Lâm Đồng",
        kind="QUYẾT ĐỊNH" if "QĐ" in number else "KẾ HOẠCH",
        title=f"Phê duyệt Chương trình {title[0].lower()}{title[1:]}" if "QĐ" in number else title,
        lines=lines,
        cites=cites,
        day=more.get("day", "06"),
        month=more.get("month", "10"),
    )
    return extract_layers(Document(text))


def own_and_other(row):
    number = "9207/QĐ-TTg" if row["own_issuer"].startswith("Thủ") else "31/KH-UBND"
    own = document(row["own_issuer"], number, row["own_title"], row["own_lines"], cites=row["cites"])
    other = document(
        row["other_issuer"], row["other_number"], row["other_title"], row["other_lines"], day="01", month="8"
    )
    return own, other


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['rule']}-{row['why']}" for row in ROWS])
def test_a_plan_beside_another_gets_the_findings_of_its_row(row):
    own, other = own_and_other(row)
    assert own.targets
    assert other.targets
    found = review(own, together=Together((own, other)), select=(row["rule"],)).findings
    assert "|".join(finding.text for finding in found) == row["expected"]
    assert {finding.kind for finding in found} <= {row["kind"]}


@pytest.mark.parametrize("row", [row for row in ROWS if row["expected"]], ids=lambda row: row["why"])
def test_a_finding_names_the_other_document_and_the_place_in_it(row):
    own, other = own_and_other(row)
    (finding,) = review(own, together=Together((own, other)), select=(row["rule"],)).findings
    assert row["other_number"] in finding.message
    (related,) = finding.related
    assert other.text[related.start : related.end] == related.text
    assert related.text in row["other_lines"]


def test_alone_a_plan_is_not_compared_and_the_rule_says_why():
    own, _ = own_and_other(ROWS[0])
    skipped = {one.rule: one.why for one in review(own, select=("CT605",)).coverage.rules_skipped}
    assert skipped == {"CT605": "chỉ xem xét một văn bản"}


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("Thủ tướng Chính phủ", 1),
        ("Bộ Nội vụ", 2),
        ("Ủy ban nhân dân tỉnh Lâm Đồng", 3),
        ("Chủ tịch UBND thành phố Huế", 3),
        ("Hội đồng nhân dân thành phố Hà Nội", 3),
        ("Tỉnh ủy Đồng Tháp", 3),
        ("Sở Nội vụ tỉnh Lâm Đồng", 4),
        ("Ủy ban nhân dân huyện Phong Điền", 4),
        ("UBND xã Phú Lộc", 5),
        ("Chủ tịch Ủy ban nhân dân phường Thuận Hóa", 5),
        (None, None),
        ("Công ty cổ phần Ánh Sáng", None),
    ],
)
def test_which_level_of_government_an_issuer_is_of(issuer, level):
    assert level_of(issuer) == level


def test_the_documents_of_a_check_are_indexed_once():
    own, other = own_and_other(ROWS[0])
    together = Together((own, other))
    assert together.looked_up(build) is together.looked_up(build)


def plans(copies):
    row = ROWS[0]
    return [
        document(row["other_issuer"], "9206/QĐ-TTg", row["other_title"], row["other_lines"], day="01", month="8"),
        *(
            document(row["own_issuer"], f"{number}/KH-UBND", row["own_title"], row["own_lines"], cites=row["cites"])
            for number in range(1, copies + 1)
        ),
    ]


def calls(documents):
    """How many functions a check of the documents together calls: what it costs, on every machine the same."""
    counted = 0

    def count(_frame, event, _argument):
        nonlocal counted
        counted += event == "call"

    together = Together(documents)
    sys.setprofile(count)
    try:
        found = [review(plan, together=together, select=("CT604", "CT605")).findings for plan in documents]
    finally:
        sys.setprofile(None)
    assert sum(len(findings) for findings in found) == len(documents) - 1
    return counted


def test_ten_times_as_many_documents_cost_at_most_twelve_times_as_much():
    few, many = plans(20), plans(200)
    assert calls(many) <= 12 * calls(few)
