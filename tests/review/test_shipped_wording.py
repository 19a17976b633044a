"""What the review says, with the registry shipped, of citations that cannot be right or whose kind must not be mistaken."""

import pytest

import parcc_nlp as parcc


def findings(text, *codes, as_of="2024-03-12"):
    return [one for one in parcc.review(parcc.extract(text), as_of=as_of).findings if one.rule in codes]


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Nghị định số 93/CP ngày 07 tháng 12 năm 1993 của Chính phủ;",
        "Căn cứ Quyết định số 94-HĐBT ngày 30 tháng 7 năm 1984 của Hội đồng Bộ trưởng;",
    ],
)
def test_a_document_of_before_1997_is_not_called_administrative_for_want_of_a_year(text):
    (absent,) = findings(text, "VB201")
    assert "hành chính" not in absent.message


def test_a_decision_without_a_year_is_called_administrative():
    (absent,) = findings("Thực hiện Quyết định số 9468/QĐ-TTg ngày 27 tháng 3 năm 2021;", "VB201")
    assert "văn bản hành chính" in absent.message


def test_a_technical_regulation_is_called_one():
    (absent,) = findings("Áp dụng QCVN 01:2021/BXD về quy hoạch xây dựng.", "VB201")
    assert "quy chuẩn kỹ thuật" in absent.message


def test_a_consolidated_text_is_told_to_stand_for_what_it_consolidates():
    (absent,) = findings("Theo Văn bản hợp nhất số 995/VBHN-VPQH ngày 05 tháng 7 năm 2017.", "VB201")
    assert "xét hiệu lực của văn bản được hợp nhất" in absent.message


def test_a_law_of_a_year_that_has_none_names_the_laws_of_that_name():
    (absent,) = findings("Căn cứ Luật Đất đai năm 2011;", "VB201")
    assert "45/2013/QH13" in absent.message
    assert absent.kind == "open"


def test_an_impossible_date_is_said_once_with_the_date_of_the_registry():
    text = "Căn cứ Nghị định số 107/2021/NĐ-CP ngày 30 tháng 02 năm 2021 của Chính phủ;"
    (impossible,) = findings(text, "VB203", "VB207")
    assert impossible.rule == "VB207"
    assert "không phải là một ngày có thật" in impossible.message
    assert "06/12/2021" in impossible.suggestion


def test_an_impossible_date_outside_a_citation_suggests_nothing():
    (impossible,) = findings("Báo cáo gửi trước ngày 31 tháng 4 năm 2024.", "VB207")
    assert impossible.suggestion == "Cần xem xét, đối chiếu với bản gốc."
