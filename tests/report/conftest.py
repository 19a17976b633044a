"""One small document with a citation of every standing, its review, and the statuses a registry would give."""

import pytest

from parcc_nlp.model import (
    Citation,
    Coverage,
    Evidence,
    Extraction,
    Finding,
    Metadata,
    Proof,
    Review,
    SkippedRule,
    Source,
    Status,
    Where,
)
from parcc_nlp.report import Dossier

AS_OF = "2026-11-23"
TEXT = """ỦY BAN NHÂN DÂN TỈNH HÒA GIANG
Căn cứ Luật Tổ chức chính quyền địa phương số 65/2025/QH15 ngày 16 tháng 6 năm 2025;
Căn cứ Nghị định số 107/2021/NĐ-CP ngày 06 tháng 12 năm 2021 của Chính phủ;

Điều 1. Thực hiện Nghị định số 63/2010/NĐ-CP và Kế hoạch số 24/KH-UBND;
2.\tTheo dõi Quyết định số 12/QĐ-UBND này trước ngày 31 tháng 6 năm 2026."""


def span(words, text=TEXT):
    """Where the words stand in the text."""
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def status(number, verdict, **more):
    """A status of a decree."""
    known = {"doc_type": "Nghị định", "issuer": "Chính phủ", "issued": "2021-12-06", "title": "Tên nghị định"}
    return Status(number=number, as_of=AS_OF, status=verdict, **{"basis": "stated", **known, **more})


@pytest.fixture
def extraction():
    return Extraction(
        text=TEXT,
        source=Source(path="mau/quyet-dinh.txt"),
        metadata=Metadata(
            doc_type="Quyết định",
            number="12/QĐ-UBND",
            issued="2026-01-15",
            issuer="UBND tỉnh Hòa Giang",
            title="Ban hành Kế hoạch cải cách hành chính năm 2026",
        ),
        citations=(
            Citation(
                **span("Luật Tổ chức chính quyền địa phương số 65/2025/QH15 ngày 16 tháng 6 năm 2025"),
                doc_type="Luật",
                number="65/2025/QH15",
                name="Luật Tổ chức chính quyền địa phương",
                issued="2025-06-16",
                relation="basis",
                instrument="vn/luat/65",
                resolution="exact",
            ),
            Citation(
                **span("Nghị định số 107/2021/NĐ-CP ngày 06 tháng 12 năm 2021 của Chính phủ"),
                doc_type="Nghị định",
                number="107/2021/NĐ-CP",
                issued="2021-12-06",
                issuer="Chính phủ",
                relation="basis",
                instrument="vn/nd/107",
                resolution="exact",
            ),
            Citation(
                **span("Nghị định số 63/2010/NĐ-CP"),
                doc_type="Nghị định",
                number="63/2010/NĐ-CP",
                instrument="vn/nd/63",
                resolution="inferred",
            ),
            Citation(**span("Kế hoạch số 24/KH-UBND"), doc_type="Kế hoạch", number="24/KH-UBND"),
            Citation(**span("Quyết định số 12/QĐ-UBND"), doc_type="Quyết định", number="12/QĐ-UBND", relation="self"),
        ),
    )


@pytest.fixture
def review(extraction):
    return Review(
        as_of=AS_OF,
        source=extraction.source,
        coverage=Coverage(
            citations=4,
            resolved=3,
            valid=2,
            not_valid=1,
            not_known=1,
            rules_run=("VB101", "VB201", "VB207"),
            rules_skipped=(SkippedRule("VB404", "văn bản không có kế hoạch kèm theo"),),
        ),
        findings=(
            Finding(
                rule="VB101",
                severity="error",
                kind="fail",
                message="Căn cứ Nghị định số 107/2021/NĐ-CP đã hết hiệu lực từ ngày 01/7/2025, cần xem xét.",
                reason="khoản 1 Điều 54 Luật số 64/2025/QH15",
                **span("Nghị định số 107/2021/NĐ-CP ngày 06 tháng 12 năm 2021 của Chính phủ"),
                where=Where(page=1, paragraph=3, section="Điều 1"),
                as_of=AS_OF,
                instrument="vn/nd/107",
                evidence=(
                    Evidence(
                        "118/2025/NĐ-CP", "khoản 2 Điều 31", "Nghị định này thay thế Nghị định số 107", "2026-11-01"
                    ),
                ),
                suggestion="Cần xem xét thay bằng Nghị định số 118/2025/NĐ-CP.",
            ),
            Finding(
                rule="VB207",
                severity="warning",
                kind="fail",
                message="Ngày 31 tháng 6 năm 2026 không có trong lịch.",
                reason="Điều 8 Nghị định số 30/2020/NĐ-CP",
                **span("ngày 31 tháng 6 năm 2026"),
                where=Where(paragraph=6, section="II.2.a"),
                as_of=AS_OF,
            ),
            Finding(
                rule="VB201",
                severity="unknown",
                kind="open",
                message="Kế hoạch số 24/KH-UBND chưa có trong dữ liệu.",
                reason="Chưa có căn cứ để kết luận.",
                **span("Kế hoạch số 24/KH-UBND"),
                where=Where(paragraph=5),
                as_of=AS_OF,
            ),
        ),
    )


@pytest.fixture
def dossier(extraction, review):
    expired = status(
        "107/2021/NĐ-CP",
        "expired",
        since="2025-07-01",
        successor="118/2025/NĐ-CP",
        chain=("118/2025/NĐ-CP",),
        proof=(Proof("replaces", "118/2025/NĐ-CP", "khoản 2 Điều 31", "2025-07-01", "Công báo", "verified"),),
        registry="2026-11-20",
    )
    return Dossier(
        extraction,
        review,
        statuses={
            "vn/luat/65": status("65/2025/QH15", "in_force", doc_type="Luật", issuer="Quốc hội", issued="2025-06-16"),
            "vn/nd/107": expired,
            "vn/nd/63": status("63/2010/NĐ-CP", "partly_expired", issued="2010-06-08"),
        },
    )
