"""Identity: what a number says, and the id that type, number, issuer and date build."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.registry import instrument_id
from parcc_nlp.registry.identity import (
    assembly_term,
    assembly_years,
    canonical_issuer,
    implied_issuers,
    implied_type,
    is_local,
    legal_class,
    number_key,
    number_parts,
    slug,
)
from parcc_nlp.text.canonical import canonical_number

ID = re.compile(r"vn/[a-z0-9-]+/[a-z0-9-]+/(?:-|\d{4}(?:-\d{2}){0,2})/[a-z0-9-]+")


def test_the_id_is_the_path_of_the_four_parts():
    built = instrument_id(doc_type="Nghị định", issuer="Chính phủ", issued="2010-06-08", number="63/2010/NĐ-CP")
    assert built == "vn/nghi-dinh/chinh-phu/2010-06-08/63-2010-nd-cp"


def test_two_provinces_never_share_an_id():
    ids = {
        instrument_id(doc_type="Quyết định", issuer=issuer, issued="2023-12-22", number="3044/QĐ-UBND")
        for issuer in ("UBND tỉnh Thừa Thiên Huế", "UBND tỉnh Quảng Trị")
    }
    assert len(ids) == 2


def test_two_years_of_a_number_never_share_an_id():
    ids = {instrument_id(issued=day, number="76/NQ-CP") for day in ("2021-07-15", "2022-06-06")}
    assert len(ids) == 2


def test_a_local_number_without_issuer_names_nobody():
    assert instrument_id(number="3044/QĐ-UBND", issued="2023-12-22").split("/")[2] == "-"


def test_ways_of_writing_one_issuer_give_one_id():
    ids = {
        instrument_id(doc_type="Quyết định", issuer=issuer, issued="2023-12-22", number="3044/QĐ-UBND")
        for issuer in (
            "UBND tỉnh Thừa Thiên Huế",
            "Uỷ ban nhân dân tỉnh Thừa Thiên Huế",
            "Ủy ban Nhân dân tỉnh Thừa Thiên Huế",
        )
    }
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("03/CT- UBND", "03/CT-UBND"),
        ("27-NQ/TƯ", "27-NQ/TW"),
        ("27-NQ/TW (2022)", "27-NQ/TW"),
        ("89/2015/NÐ-CP", "89/2015/NĐ-CP"),
        ("63/2010/ND-CP", "63/2010/NĐ-CP"),
        ("468/QD-TTg", "468/QĐ-TTg"),
        ("85/2017/nđ-cp", "85/2017/NĐ-CP"),
        ("107/2021/NĐ–CP", "107/2021/NĐ-CP"),
        ("03/QĐ-UBND", "03/QĐ-UBND"),
    ],
)
def test_a_number_is_written_one_way(written, canonical):
    assert canonical_number(written) == canonical


@pytest.mark.parametrize(
    ("one", "other"), [("2243/QĐ-UBND", "2244/QĐ-UBND"), ("73/2023/NĐ-CP", "73/2024/NĐ-CP"), ("10/NQ-CP", "100/NQ-CP")]
)
def test_numbers_are_never_compared_by_likeness(one, other):
    assert number_key(one) != number_key(other)


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_different_serials_never_meet(one, other):
    assert (number_key(f"{one}/QĐ-UBND") == number_key(f"{other}/QĐ-UBND")) == (one == other)


@given(st.integers(1, 99999), st.sampled_from(["NĐ-CP", "TT-BTP", "QH15", "QĐ-TTg"]), st.integers(1976, 2035))
def test_a_number_is_canonical_once_and_for_all(serial, symbol, year):
    number = f"{serial:02d}/{year}/{symbol}"
    assert canonical_number(canonical_number(number)) == canonical_number(number) == number
    assert number_parts(number) == (f"{serial:02d}", year, symbol)


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_any_text_builds_a_well_formed_id(doc_type, issuer, number):
    assert ID.fullmatch(instrument_id(doc_type=doc_type, issuer=issuer, issued="2020-01-01", number=number))


@pytest.mark.parametrize(
    ("number", "doc_type", "issuers"),
    [
        ("63/2010/NĐ-CP", "Nghị định", ("Chính phủ",)),
        ("31/2024/QH15", None, ("Quốc hội",)),
        ("1314/NQ-UBTVQH15", "Nghị quyết", ("Ủy ban Thường vụ Quốc hội",)),
        ("34/2007/PL-UBTVQH11", "Pháp lệnh", ("Ủy ban Thường vụ Quốc hội",)),
        ("468/QĐ-TTg", "Quyết định", ("Thủ tướng Chính phủ",)),
        ("03/2018/TT-BTP", "Thông tư", ("Bộ Tư pháp",)),
        ("01/2017/TTLT-BCA-BQP", "Thông tư liên tịch", ("Bộ Công an và Bộ Quốc phòng",)),
        ("54/VBHN-VPQH", "Văn bản hợp nhất", ("Văn phòng Quốc hội",)),
        ("3044/QĐ-UBND", "Quyết định", ("UBND",)),
        ("12/ABC-XYZ", None, ()),
    ],
)
def test_a_symbol_names_type_and_issuer(number, doc_type, issuers):
    assert (implied_type(number), implied_issuers(number)) == (doc_type, issuers)


@pytest.mark.parametrize(
    ("number", "local"),
    [
        ("3044/QĐ-UBND", True),
        ("18/2023/NQ-HĐND", True),
        ("61/2025/QĐ-CTUBND", True),
        ("14-KH/TU", True),
        ("76/NQ-CP", False),
    ],
)
def test_local_numbers_are_known_as_such(number, local):
    assert is_local(number) is local


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("18/2023/NQ-HĐND", "normative"),
        ("25/2021/QĐ-TTg", "normative"),
        ("2243/QĐ-UBND", "administrative"),
        ("1675/NQ-UBTVQH15", "administrative"),
        ("27-NQ/TW", "party"),
        ("14-KH/TU", "party"),
        ("54/VBHN-VPQH", "consolidated"),
        (None, None),
    ],
)
def test_the_class_shows_in_the_symbol(number, expected):
    assert legal_class(number, None) == expected


@pytest.mark.parametrize(
    ("number", "term"), [("31/2024/QH15", 15), ("1314/NQ-UBTVQH15", 15), ("02/2026/QH16", 16), ("63/2010/NĐ-CP", None)]
)
def test_the_term_shows_in_the_symbol(number, term):
    assert assembly_term(number) == term


def test_terms_follow_each_other_without_gap():
    years = [assembly_years(term) for term in range(8, 17)]
    assert all(one[1] == other[0] for one, other in pairwise(years))


def test_every_law_of_the_registry_lies_within_its_term(registry):
    outside = []
    for instrument in registry:
        term = assembly_term(instrument.number or "")
        years = assembly_years(term) if term else None
        if years and instrument.issued and not years[0] <= int(instrument.issued[:4]) <= years[1]:
            outside.append((instrument.number, instrument.issued))
    assert outside == []


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("Uỷ ban nhân dân tỉnh", "UBND tỉnh"),
        ("Chủ tịch Ủy ban nhân dân tỉnh Quảng Ngãi", "Chủ tịch UBND tỉnh Quảng Ngãi"),
        ("Hội đồng Nhân dân tỉnh", "HĐND tỉnh"),
        ("Toà án nhân dân tối cao", "Tòa án nhân dân tối cao"),
        ("Bộ Công thương", "Bộ Công Thương"),
        ("BCH Trung ương Đảng", "Ban Chấp hành Trung ương Đảng"),
    ],
)
def test_an_issuer_is_written_one_way(written, canonical):
    assert canonical_issuer(written) == canonical


def test_a_slug_has_no_marks():
    assert slug("Đắk Lắk – Bà Rịa") == "dak-lak-ba-ria"
