"""Lists are in order of rank, date and number; what is no normative document is told from what is."""

import csv
import random
from pathlib import Path

import pytest

from parcc_nlp.report.forms import ordering
from parcc_nlp.report.forms.ordering import is_outside, order_of
from parcc_nlp.review.tables import office_of_issuer

IN_ORDER = [
    ("Hiến pháp", None, "Quốc hội", "2013-11-28"),
    ("Bộ luật", "91/2015/QH13", "Quốc hội", "2015-11-24"),
    ("Luật", "31/2024/QH15", "Quốc hội", "2024-01-18"),
    ("Luật", "65/2025/QH15", "Quốc hội", "2025-02-19"),
    ("Nghị quyết", "190/2025/QH15", "Quốc hội", "2025-02-19"),
    ("Nghị quyết", "1211/2016/UBTVQH13", "Ủy ban Thường vụ Quốc hội", "2016-05-25"),
    ("Nghị định", "9/2021/NĐ-CP", "Chính phủ", "2021-02-09"),
    ("Nghị định", "10/2021/NĐ-CP", "Chính phủ", "2021-02-09"),
    ("Nghị định", "63/2023/NĐ-CP", "Chính phủ", None),
    ("Nghị định", None, "Chính phủ", None),
    ("Nghị quyết", "66/2025/NQ-CP", "Chính phủ", "2025-03-26"),
    ("Quyết định", "25/2021/QĐ-TTg", "Thủ tướng Chính phủ", "2021-07-22"),
    ("Thông tư", "01/2018/TT-VPCP", "Văn phòng Chính phủ", "2018-11-23"),
    ("Thông tư liên tịch", "10/2018/TTLT-BTP-BCA", None, "2018-06-29"),
    ("Nghị quyết", "18/2023/NQ-HĐND", "HĐND tỉnh Khánh Hòa", "2023-12-08"),
    ("Quyết định", "35/2019/QĐ-UBND", "UBND tỉnh Hòa Giang", "2019-10-18"),
    ("Nghị quyết", "12/2020", None, "2020-01-01"),
    ("Kế hoạch", "24/KH-UBND", "UBND tỉnh Hòa Giang", "2020-01-01"),
]


def named(row):
    return dict(zip(("doc_type", "number", "issuer", "issued"), row, strict=True))


def test_the_order_is_of_rank_then_date_then_number():
    mixed = IN_ORDER[:]
    random.Random(7).shuffle(mixed)  # noqa: S311 - an order, no secret
    assert sorted(mixed, key=lambda row: order_of(**named(row))) == IN_ORDER


@pytest.mark.parametrize(
    ("doc_type", "number", "issuer", "issued", "outside"),
    [
        ("Nghị định", "63/2010/NĐ-CP", "Chính phủ", "2010-06-08", False),
        ("Nghị định", "93/CP", "Chính phủ", None, False),
        ("Luật", None, None, None, False),
        ("Quyết định", "35/2019/QĐ-UBND", None, None, False),
        ("Quyết định", "468/QĐ-TTg", "Thủ tướng Chính phủ", "2021-03-27", True),
        ("Quyết định", "94-HĐBT", "Hội đồng Bộ trưởng", None, False),
        ("Quyết định", "91/TTg", "Thủ tướng Chính phủ", "1994-03-07", False),
        ("Nghị quyết", "27-NQ/TW", "Ban Chấp hành Trung ương Đảng", "2022-11-09", True),
        ("Nghị quyết", "39-NQ/TW", None, None, True),
        ("Kế hoạch", "24/KH-UBND", None, None, True),
        ("Công văn", "915/STP-VB", None, None, True),
        ("Văn bản hợp nhất", "54/VBHN-VPQH", None, None, True),
        ("Nghị quyết", None, None, None, False),
        (None, "50/2005/QH11", "Quốc hội", None, False),
        (None, None, None, None, False),
    ],
)
def test_what_is_no_normative_document_is_told_by_type_and_number(doc_type, number, issuer, issued, outside):
    assert is_outside(doc_type=doc_type, number=number, issuer=issuer, issued=issued) is outside


def test_the_table_is_complete_and_unambiguous():
    with (Path(ordering.__file__).parent / "ordering.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    offices = {
        office_of_issuer(one).office
        for one in ("Quốc hội", "UBTVQH", "Chủ tịch nước", "Chính phủ", "Thủ tướng", "Bộ Tư pháp", "HĐND", "UBND")
    }
    assert [int(row["position"]) for row in rows] == sorted({int(row["position"]) for row in rows})
    assert len({(row["doc_type"], row["office"]) for row in rows}) == len(rows)
    assert {row["office"] for row in rows} <= offices | {""}
    assert {row["normative"] for row in rows} == {"always", "by_number"}
    assert all(row["evidence"] for row in rows)
