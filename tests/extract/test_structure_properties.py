"""What holds for the structure, the fields and the short names of any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.extract.aliases import find_aliases
from parcc_nlp.extract.metadata import find_metadata
from parcc_nlp.extract.structure import find_structure
from parcc_nlp.text.normalise import normalise

LINES = st.sampled_from(
    [
        "", "   ", "Phần thứ nhất", "CHƯƠNG I", "Chương II. CHUNG", "Mục 1. MỘT", "Điều 1. Phạm vi", "Điều 2.", "Điều", "Điều 1a: Hai",
        "1. Một", "1. Hai;", "2.Ba", "1.1. Bốn", "a) Năm", "đ) Sáu", "a. Bảy", "- Tám", "+ Chín", "I. MƯỜI", "A. MỘT", "(1) Hai", "(i) Ba",
        "PHỤ LỤC I", "PHỤ LỤC", "“Điều 5. Bốn", "năm.”", '"1. Sáu', 'bảy."', "KẾ HOẠCH", "QUYẾT ĐỊNH", "(Ban hành kèm theo Quyết định số 5/QĐ-UBND)",
        "Nơi nhận:", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Văn Thử", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/QĐ-UBND", "An Hòa, ngày 05 tháng 01 năm 2026",
        "Căn cứ Luật Thư viện;", "Văn bản liên quan Ban hành", "hoà giải (HG)", "(sau đây gọi tắt là Đề án)", "\u200bĐiều 7. Ẩn", "x" * 300,
    ],
)  # fmt: skip
TEXTS = st.lists(LINES | st.text(max_size=20), max_size=40).map("\n".join)


@given(TEXTS)
def test_names_of_units_are_unique(text):
    names = [section.eid for section in find_structure(normalise(text))]
    assert len(names) == len(set(names))


@given(TEXTS)
def test_every_unit_stands_inside_its_container(text):
    sections = {section.eid: section for section in find_structure(normalise(text))}
    for section in sections.values():
        if section.parent is not None:
            parent = sections[section.parent]
            assert parent.start <= section.start < section.end <= parent.end


@given(TEXTS)
def test_units_lie_in_the_text(text):
    for section in find_structure(normalise(text)):
        assert 0 <= section.start < section.end <= len(text)


@given(TEXTS)
def test_siblings_do_not_overlap(text):
    ends = {}
    for section in find_structure(normalise(text)):
        assert ends.get(section.parent, 0) <= section.start
        ends[section.parent] = section.end


@given(TEXTS)
def test_a_container_comes_before_what_it_contains(text):
    seen = {None}
    for section in find_structure(normalise(text)):
        assert section.parent in seen
        seen.add(section.eid)


@given(TEXTS)
def test_the_place_of_a_short_name_is_that_short_name(text):
    for alias in find_aliases(normalise(text)):
        assert normalise(text[alias.start : alias.end]).text == alias.short


@given(TEXTS)
def test_fields_are_found_in_any_text_without_an_error(text):
    found = find_metadata(normalise(text))
    assert found.issued is None or len(found.issued) in (4, 7, 10)


@pytest.mark.parametrize(
    "text",
    ["(" * 20_000, "“" * 20_000, "1. a) " * 5_000, "Số: " + "1/" * 20_000, "Nơi nhận:\n" + "- A;\n" * 5_000, "TM. " * 10_000, "A" * 100_000, "ngày " * 20_000, "I. " * 10_000,
     "kèm theo " * 10_000, "(gọi tắt là " * 5_000, "Quyết định này " * 5_000, "Ă Ă (ĂĂ) " * 5_000],
    ids=range(13),
)  # fmt: skip
def test_monotonous_text_is_read_to_its_end(text):
    source = normalise(text)
    find_metadata(source)
    find_structure(source)
    find_aliases(source)
