"""The review sheet says what the reviews say, and leaves to the officer what is the officer's."""

from dataclasses import fields, replace

import pytest

from parcc_nlp.model import Citation, DocumentPart, Finding, Related, SkippedRule, Source, Suppression, Where
from parcc_nlp.report.forms import Letterhead, review_sheet
from parcc_nlp.report.forms.filling import document_lines, finding_tables, open_lines, unknown_table
from parcc_nlp.report.forms.headings import shipped_headings

HEADINGS = shipped_headings()


def finding(start, message="Cần xem xét.", *, section=None, kind="fail", rule="VB101", **more):
    where = Where(paragraph=start + 1, section=section)
    return Finding(rule, "warning", kind, message, "Điều 8", start, start + 3, f"t{start}", where, "2026-11-23", **more)


def reviewed(review, *findings, as_of="2026-11-23"):
    return replace(review, as_of=as_of, findings=findings)


def told(sheet):
    return [one.finding.message for group in sheet.groups for one in group.findings]


def test_findings_stand_by_kind_and_in_each_by_provision_in_the_order_of_the_text(extraction, review):
    given = reviewed(
        review,
        finding(90, "d", section="Điều 2"),
        finding(40, "a", section="Điều 1, khoản 2"),
        finding(60, "c", section="Điều 2", kind="open"),
        finding(50, "b", section="Điều 2", kind="review"),
        finding(95, "e", section="Điều 1, khoản 2"),
    )
    sheet = review_sheet(extraction, given)
    assert [group.kind for group in sheet.groups] == ["fail", "review", "open"]
    fail = sheet.groups[0]
    assert [(one.name, [f.finding.message for f in one.findings]) for one in fail.provisions] == [
        ("Điều 1, khoản 2", ["a", "e"]),
        ("Điều 2", ["d"]),
    ]


def test_every_finding_of_every_review_is_there(extraction, review):
    sheet = review_sheet(extraction, review)
    assert sorted(told(sheet)) == sorted(one.message for one in review.findings)


def test_one_that_is_found_as_of_two_days_is_told_once_with_both(extraction, review):
    signing = reviewed(review, finding(5, "Ngày sai."), as_of="2026-01-15")
    today = reviewed(review, finding(5, "Ngày sai."), finding(9, "Hết hiệu lực."))
    sheet = review_sheet(extraction, [today, signing])
    assert sheet.days == ("2026-01-15", "2026-11-23")
    assert [(one.finding.message, one.days) for one in sheet.groups[0].findings] == [
        ("Ngày sai.", ("2026-01-15", "2026-11-23")),
        ("Hết hiệu lực.", ("2026-11-23",)),
    ]


def test_messages_that_differ_in_the_day_alone_are_one_and_others_are_not(extraction, review):
    signing = reviewed(review, finding(5, "Chưa rõ (tính đến 15/01/2026)."), finding(9, "Còn."), as_of="2026-01-15")
    today = reviewed(review, finding(5, "Chưa rõ (tính đến 23/11/2026)."), finding(9, "Hết."))
    sheet = review_sheet(extraction, [signing, today])
    assert told(sheet) == ["Chưa rõ (tính đến 23/11/2026).", "Còn.", "Hết."]


def test_the_same_at_several_places_is_one_row_with_all_places(extraction, review):
    sheet = review_sheet(
        extraction, reviewed(review, finding(5, "x", section="Điều 1"), finding(30, "x", section="Điều 3"))
    )
    ((_, _, table),) = finding_tables(sheet, HEADINGS)
    assert len(table.rows) == 1
    values = table.rows[0].values
    assert (values["provision"], values["place"]) == ("Điều 1", "đoạn 6; đoạn 31, Điều 3")
    assert values["words"] == "“t5”; “t30”"


def test_outside_provisions_the_part_of_the_document_is_named(extraction, review):
    basis = extraction.citations[0].start
    parts = (DocumentPart("head", 0, 300), DocumentPart("closing", 310, 330))
    given = reviewed(review, finding(2, "a"), finding(basis, "b"), finding(312, "c"), finding(305, "d"))
    sheet = review_sheet(replace(extraction, parts=parts), given)
    assert [one.part for one in sheet.groups[0].provisions] == ["head", "bases", "elsewhere", "closing"]


def test_a_unit_without_a_label_is_not_named_by_its_id(extraction, review):
    sheet = review_sheet(extraction, reviewed(review, finding(305, section="table_2__row_1")))
    ((_, _, table),) = finding_tables(sheet, HEADINGS)
    assert table.rows[0].values["provision"] == HEADINGS.label("elsewhere")
    assert table.rows[0].values["place"] == "đoạn 306"


def test_what_an_officer_set_aside_stands_apart_with_the_reason(extraction, review):
    aside = Suppression("Bản gốc in như vậy", by="Lê Văn A", on="2026-03-01")
    sheet = review_sheet(extraction, reviewed(review, finding(1, "a"), finding(5, "b", suppressed=aside)))
    assert [(group.kind, len(group.findings)) for group in sheet.groups] == [("fail", 1), ("set_aside", 1)]
    (_, (_, title, table)) = finding_tables(sheet, HEADINGS)
    assert title == HEADINGS.label("set_aside")
    assert table.rows[0].values["set_aside"] == "Không nêu nữa: Bản gốc in như vậy (Lê Văn A, 01/3/2026)"


def test_rows_are_numbered_through_all_groups(extraction, review):
    sheet = review_sheet(extraction, reviewed(review, finding(1, "a"), finding(5, "b", kind="open"), finding(9, "c")))
    numbers = [row.values["position"] for _, _, table in finding_tables(sheet, HEADINGS) for row in table.rows]
    assert numbers == ["1", "2", "3"]


def test_other_places_a_finding_speaks_of_are_named(extraction, review):
    related = (
        Related(0, 3, "Điều 5", Where(paragraph=9)),
        Related(0, 1, "x", Where(paragraph=2), path="van-ban/khac.docx"),
    )
    sheet = review_sheet(extraction, reviewed(review, finding(1, related=related)))
    ((_, _, table),) = finding_tables(sheet, HEADINGS)
    assert table.rows[0].values["related"] == "Đối chiếu: “Điều 5” (đoạn 9); “x” (khac.docx, đoạn 2)"


def test_a_very_long_quotation_is_cut_in_the_middle_and_shows_it(extraction, review):
    long = replace(finding(1), text="chữ " * 5000)
    ((_, _, table),) = finding_tables(review_sheet(extraction, reviewed(review, long)), HEADINGS)
    words = table.rows[0].values["words"]
    assert len(words) < 450
    assert " … " in words


def test_what_is_not_known_is_listed_unless_a_finding_says_so(extraction, review, registry):
    citation = Citation(0, 9, "Luật Lạ", doc_type="Luật", name="Luật Lạ", candidates=("vn/nd/63", "vn/khong/co"))
    more = replace(extraction, citations=(*extraction.citations, citation))
    sheet = review_sheet(more, review, registry=registry)
    # VB201 speaks of Kế hoạch số 24/KH-UBND already.
    assert [one.name for one in sheet.unknown] == ["Luật Lạ"]
    (row,) = unknown_table(sheet, HEADINGS).rows
    assert "63/2010/NĐ-CP" in row.values["why"]
    assert [one.name for one in review_sheet(more, reviewed(review), registry=registry).unknown] == [
        "Kế hoạch số 24/KH-UBND",
        "Luật Lạ",
    ]


def test_a_place_that_an_open_finding_speaks_of_is_told_too(extraction, review, registry):
    plan = extraction.citations[3]
    related = (Related(plan.start, plan.end, plan.text, Where(paragraph=5)),)
    one = replace(finding(0, kind="open", related=related), severity="unknown")
    assert review_sheet(extraction, reviewed(review, one), registry=registry).unknown == ()


def test_how_much_could_be_answered_and_what_did_not_run_is_said(extraction, review):
    signing = replace(review, as_of="signing", findings=())
    lines = open_lines(review_sheet(extraction, [review, signing]), HEADINGS)
    assert lines[0].startswith("Xét tại ngày ký (chưa xác định được): 3/4 viện dẫn")
    assert lines[1].startswith("Xét tại ngày 23/11/2026: 3/4 viện dẫn xác minh được (2 còn hiệu lực, 1 không còn")
    assert lines[2] == "Chưa xem xét VB404: văn bản không có kế hoạch kèm theo."


def test_a_rule_that_ran_in_one_of_the_reviews_is_not_called_skipped(extraction, review):
    ran = replace(review.coverage, rules_run=("VB404",), rules_skipped=())
    other = replace(review, as_of="2026-01-15", coverage=ran)
    skipped = replace(review.coverage, rules_skipped=(SkippedRule("VB404", "x"), SkippedRule("VB109", "x")))
    sheet = review_sheet(extraction, [replace(review, coverage=skipped), other])
    assert sheet.skipped == ((("VB109",), "x"),)


def test_the_document_is_told_and_its_folder_is_not(extraction, review, registry):
    moved = replace(extraction, source=Source(path="C:\\Users\\an\\mau.docx", warnings=("Trang 2 trống.",)))
    sheet = review_sheet(moved, review, registry=registry)
    lines = dict(document_lines(sheet, HEADINGS))
    assert sheet.name == "Quyết định số 12/QĐ-UBND ngày 15/01/2026 của UBND tỉnh Hòa Giang"
    assert lines["Tệp được rà soát"] == "mau.docx"
    assert lines["Số, ký hiệu"] == "12/QĐ-UBND"
    assert lines["Ngày có hiệu lực"] == "Chưa đọc được từ văn bản"
    assert lines["Thời điểm xem xét hiệu lực"] == "ngày 23/11/2026"
    assert "Lưu ý khi đọc tệp: Trang 2 trống." in open_lines(sheet, HEADINGS)


def test_the_day_of_signing_is_told_as_such(extraction, review):
    lines = document_lines(review_sheet(extraction, replace(review, as_of="2026-01-15")), HEADINGS)
    assert dict(lines)["Thời điểm xem xét hiệu lực"] == "ngày 15/01/2026 (ngày ký)"


def test_the_status_of_the_document_itself_is_told_where_the_registry_has_it(extraction, review, registry):
    own = replace(registry.instruments["vn/nd/63"], id="vn/qd/12", number="12/QĐ-UBND", issued="2026-01-15")
    registry.instruments["vn/qd/12"] = replace(own, issuer="UBND tỉnh Hòa Giang")
    assert review_sheet(extraction, review, registry=registry).own_status.status == "not_known"
    registry.instruments["vn/qd/12"] = replace(own, issuer="UBND tỉnh Khác")
    assert review_sheet(extraction, review, registry=registry).own_status is None


def test_nothing_of_the_officer_is_part_of_it(sheet):
    names = {field.name for field in fields(sheet)}
    assert not names & {"opinion", "proposal", "reviewer", "leader", "signature", "signed_by", "date"}


def test_without_letterhead_nothing_is_filled_in(extraction, review):
    assert review_sheet(extraction, review).letterhead == Letterhead(None, None, None)


def test_without_a_review_there_is_no_sheet(extraction):
    with pytest.raises(ValueError, match="review"):
        review_sheet(extraction, [])
