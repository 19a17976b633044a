"""The text report: whole at 80 columns, legible without colour, the same on every machine."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from parcc_nlp.model import Extraction, Metadata, Source, Status
from parcc_nlp.report import Dossier
from parcc_nlp.report.text import extraction_text, review_text, status_text

SNAPSHOTS = Path(__file__).parent / "snapshots"


def words_of(text):
    """The words of a report in a row, whatever its line breaks."""
    return " ".join(text.split())


def test_the_report_of_a_small_document_is_as_it_was(dossier):
    assert review_text(dossier) == (SNAPSHOTS / "review.txt").read_text(encoding="utf-8")


def test_the_extraction_of_a_small_document_is_as_it_was(dossier):
    assert extraction_text(dossier) == (SNAPSHOTS / "extraction.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [60, 80, 110])
def test_no_line_is_wider_than_asked(dossier, width):
    assert max(map(len, review_text(dossier, width=width).splitlines())) <= width


def test_the_coverage_line_counts_what_is_known_and_what_is_not(dossier):
    assert "3/4 viện dẫn xác minh được; 1 chưa rõ." in review_text(dossier)


def test_evidence_is_never_cut(dossier):
    finding = dossier.review.findings[0]
    long = "một hai ba bốn năm " * 60
    evidence = replace(finding.evidence[0], quote=long.strip())
    review = replace(dossier.review, findings=(replace(finding, evidence=(evidence,)),))
    assert words_of(long) in words_of(review_text(replace(dossier, review=review)))


def test_the_words_concerned_are_marked_without_colour(dossier):
    assert "»Kế hoạch số 24/KH-UBND«" in words_of(review_text(dossier))


def test_colour_changes_nothing_but_colour(dossier):
    coloured = review_text(dossier, colour=True)
    assert "\x1b[" in coloured
    plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert words_of(plain) == words_of(review_text(dossier))


def test_the_same_finding_at_several_places_stands_once_with_all_places(dossier):
    first = dossier.review.findings[0]
    again = replace(first, start=first.start + 1, where=replace(first.where, paragraph=9))
    shown = review_text(replace(dossier, review=replace(dossier.review, findings=(first, again))))
    assert shown.count("VB101") == 1
    assert "trang 1, đoạn 3, Điều 1; trang 1, đoạn 9, Điều 1" in words_of(shown)


def test_a_rule_that_did_not_run_is_named_with_the_reason(dossier):
    assert "VB404: văn bản không có kế hoạch kèm theo" in review_text(dossier)


def test_a_document_without_findings_says_so(dossier):
    clean = replace(dossier, review=replace(dossier.review, findings=()))
    assert "Không có điểm nào cần xem xét." in review_text(clean)


def test_a_review_without_a_day_says_so(dossier):
    undated = replace(dossier, review=replace(dossier.review, as_of="signing"))
    assert "Chưa xác định được ngày ký để xét hiệu lực; chọn một ngày bằng --as-of" in words_of(review_text(undated))


def test_a_document_cannot_write_to_the_terminal():
    hostile = Extraction(text="x", source=Source(path="\x1b[2Ja.txt"), metadata=Metadata(title="\x1b]0;tên\x07"))
    shown = extraction_text(Dossier(hostile))
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_square_brackets_of_a_document_are_text():
    hostile = Extraction(text="x", metadata=Metadata(doc_type="Quyết định", title="[bold]đậm[/bold] :smile:"))
    assert "[bold]đậm[/bold] :smile:" in extraction_text(Dossier(hostile))


def test_a_status_shows_verdict_proof_and_successor(dossier):
    shown = words_of(status_text([dossier.statuses["vn/nd/107"]]))
    assert "Tại ngày 23/11/2026: hết hiệu lực từ ngày 01/7/2025 (được nêu trong văn bản)" in shown
    assert "được thay thế bởi 118/2025/NĐ-CP, khoản 2 Điều 31, hiệu lực từ 01/7/2025 (đã kiểm chứng; Công báo)" in shown
    assert "Văn bản thay thế 118/2025/NĐ-CP" in shown


def test_a_chain_of_replacements_is_shown_to_its_end():
    status = Status(
        "1", "Nghị định", None, None, None, "2026-11-23", "expired", "stated", successor="3", chain=("2", "3")
    )
    assert "2 → 3" in status_text([status])


def test_the_report_speaks_english_when_asked(dossier):
    assert "3/4 citations verified; 1 not known." in review_text(dossier, lang="en")


def test_what_is_identified_and_not_known_is_listed_under_the_reason(dossier):
    unknown = replace(dossier.statuses["vn/nd/63"], status="not_known", note="Chưa thấy văn bản làm hết hiệu lực.")
    shown = words_of(review_text(replace(dossier, statuses={**dossier.statuses, "vn/nd/63": unknown})))
    assert "CHƯA RÕ HIỆU LỰC (1) Chưa thấy văn bản làm hết hiệu lực. - Nghị định số 63/2010/NĐ-CP" in shown


def test_what_a_finding_says_is_not_known_is_not_listed_again(dossier):
    unknown = replace(dossier.statuses["vn/nd/107"], status="not_known", note="Chưa rõ.", instrument="vn/nd/107")
    told = replace(dossier.review.findings[0], severity="unknown")
    review = replace(dossier.review, findings=(told,))
    shown = review_text(replace(dossier, review=review, statuses={**dossier.statuses, "vn/nd/107": unknown}))
    assert "ĐÃ XÁC ĐỊNH ĐƯỢC VĂN BẢN" not in shown
