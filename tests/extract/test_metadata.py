"""A document's own fields, on small documents written for these tests."""

import json
from pathlib import Path

import pytest

from parcc_nlp.extract.metadata import find_metadata
from parcc_nlp.model import Metadata
from parcc_nlp.text.normalise import normalise

CASES = json.loads((Path(__file__).parent / "metadata_cases.json").read_text(encoding="utf-8"))
FACTS = [
    pytest.param("\n".join(case["text"]), field, value, id=f"{case['name']}-{field}")
    for case in CASES
    for field, value in case["expect"].items()
]


def plain(value):
    if isinstance(value, tuple):
        return list(value)
    if hasattr(value, "from_"):
        return [value.from_, value.to]
    return value


@pytest.mark.parametrize(("text", "field", "value"), FACTS)
def test_a_field_is_what_the_document_says(text, field, value):
    assert plain(getattr(find_metadata(normalise(text)), field)) == value


def test_an_empty_text_has_no_fields():
    assert find_metadata(normalise("")) == Metadata()


def test_prose_without_a_head_has_no_type_and_no_number():
    found = find_metadata(normalise("Thời gian qua, thư viện đã mở cửa thường xuyên.\nBạn đọc rất hài lòng."))
    assert (found.doc_type, found.number, found.issued, found.signer) == (None, None, None, None)


def test_a_cited_number_in_the_bases_is_not_the_documents_own():
    found = find_metadata(normalise("QUYẾT ĐỊNH\nVỀ THƯ VIỆN\nCăn cứ Nghị định số 1/2020/NĐ-CP;\nĐiều 1. Mở thư viện."))
    assert found.number is None


def test_the_effect_of_the_quoted_text_is_not_the_documents_own():
    text = (
        "Số: 1/2025/TT-BTP\nHà Nội, ngày 02 tháng 01 năm 2025\nTHÔNG TƯ\nSỬA ĐỔI THÔNG TƯ VỀ THƯ VIỆN\n"
        "Điều 1. Sửa đổi Điều 9 như sau:\n“Điều 9. Hiệu lực\nThông tư này có hiệu lực từ ngày 01 tháng 3 năm 2020.”\n"
        "Điều 2. Hiệu lực\nThông tư này có hiệu lực từ ngày 15 tháng 02 năm 2025."
    )
    assert find_metadata(normalise(text)).effective == "2025-02-15"


def test_a_title_is_given_in_the_letters_of_the_original():
    text = "Số: 1/KH-UBND\nKẾ HOẠCH\nHoàn thiện hoà giải ở cơ sở\nI. MỤC TIÊU\n1. Chung"
    assert find_metadata(normalise(text)).title == "Hoàn thiện hoà giải ở cơ sở"


@pytest.mark.parametrize(
    "fragment",
    [
        "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ;",
        "theo Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ về kiểm soát thủ tục hành chính",
        "Căn cứ Luật Đất đai ngày 18/01/2024;\nCăn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021",
    ],
)
def test_what_a_fragment_cites_is_not_taken_for_its_own_number_or_date(fragment):
    found = find_metadata(normalise(fragment))
    assert (found.number, found.issued, found.doc_type) == (None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định số 45/2020/NĐ-CP của Chính phủ",
        "Quyết định 468/QĐ-TTg",
        "Nghị định số 45/2020/NĐ-CP của Chính phủ\nNghị định số 61/2018/NĐ-CP của Chính phủ\n",
    ],
)
def test_a_line_that_only_cites_is_not_the_caption_of_a_document(text):
    assert find_metadata(normalise(text)).number is None


def test_a_caption_above_a_document_gives_its_number():
    text = "Nghị định 45/2020/NĐ-CP\nCHÍNH PHỦ\nCăn cứ Luật Tổ chức Chính phủ;\nĐiều 1. Phạm vi"
    assert find_metadata(normalise(text)).number == "45/2020/NĐ-CP"
