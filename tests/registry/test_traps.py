"""The traps the legal facts warn of (review rules §8 and §G, README): each once met, each a named test."""

import pytest

from parcc_nlp.model import Citation, Extraction, Metadata

TODAY = "2026-11-23"
CITED_IN_2023 = [
    "77/2015/QH13", "63/2010/NĐ-CP", "92/2017/NĐ-CP", "45/2020/NĐ-CP", "107/2021/NĐ-CP", "87/2020/NĐ-CP",
    "107/2020/NĐ-CP", "108/2020/NĐ-CP", "73/2023/NĐ-CP", "130/2005/NĐ-CP", "117/2013/NĐ-CP", "60/2021/NĐ-CP",
    "22/2008/QH12", "58/2010/QH12", "80/2015/QH13", "63/2020/QH14", "61/2018/NĐ-CP", "24/2014/NĐ-CP",
]  # fmt: skip


def cite(**fields):
    return Citation(0, 1, "x", **fields)


@pytest.mark.parametrize("number", CITED_IN_2023)
def test_nothing_a_plan_of_2023_cites_had_expired_then(registry, number):
    assert registry.status(number, on="2023-12-22").status not in {"expired", "not_yet"}


def test_the_amendment_chain_of_77_2015_is_not_cut_short(registry):
    amending = {one.source.rsplit("/", 1)[-1] for one in registry.history("77/2015/QH13") if one.kind == "amends"}
    assert {"21-2017-qh14", "47-2019-qh14", "96-2023-qh15"} <= amending


def test_the_amendments_of_63_2010_are_known_by_day(registry):
    named = {one.by for one in registry.amendments("63/2010/NĐ-CP", on="2023-12-22") if one.effective}
    assert {"48/2013/NĐ-CP", "92/2017/NĐ-CP"} <= named


def test_a_name_alone_means_another_law_at_another_date(registry):
    law = cite(doc_type="Luật", name="Luật Cán bộ, công chức")
    then, now = (registry.resolve(law, signed=day).instrument.number for day in ("2023-12-22", "2025-08-01"))
    assert (then, now) == ("22/2008/QH12", "80/2025/QH15")


@pytest.mark.parametrize(
    ("number", "successor"),
    [("77/2015/QH13", "72/2025/QH15"), ("62/2022/NĐ-CP", "276/2026/NĐ-CP"), ("11/2003/QH11", "72/2025/QH15")],
)
def test_the_chain_passes_through_short_lived_texts(registry, number, successor):
    assert registry.status(number, on=TODAY).successor == successor


def test_the_chain_stops_at_what_was_in_force_on_the_day(registry):
    assert registry.status("62/2022/NĐ-CP", on="2026-07-07").successor == "25/2025/NĐ-CP"


def test_a_repealed_short_lived_decree_keeps_its_exception(registry):
    given = registry.status("45/2026/NĐ-CP", on=TODAY)
    assert (given.status, given.proof[0].exception) == ("expired", "Điều 91")


def test_decrees_of_one_serial_are_told_apart_by_year(registry):
    answers = {number: registry.status(number, on=TODAY).status for number in ("73/2023/NĐ-CP", "73/2024/NĐ-CP")}
    assert answers == {"73/2023/NĐ-CP": "not_known", "73/2024/NĐ-CP": "expired"}


def test_72_2025_is_a_law_whatever_a_file_calls_it(registry):
    (law,) = registry.find("72/2025/QH15")
    assert law.doc_type == "Luật"


def test_an_invented_date_of_309_2026_is_not_shipped(registry):
    (decree,) = registry.find("309/2026/NĐ-CP")
    assert (decree.issued, decree.confidence) == (None, "unverified")
    assert registry.status(decree, on=TODAY).status == "not_known"


def test_an_amendment_without_object_is_tolerated(registry):
    history = [(one.source.rsplit("/", 1)[-1], one.effective) for one in registry.history("77/2015/QH13")]
    assert ("47-2024-qh15", "2025-07-01") in history
    assert registry.status("77/2015/QH13", on="2025-07-01").status == "expired"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("80/2015/QH13", "khoản 4 Điều 71"),
        ("51/2005/QH11", "Điều 53"),
        ("01/2011/QH13", "Điều 65"),
        ("11/2003/QH11", "Điều 142"),
        ("130/2005/NĐ-CP", "khoản 3 Điều 15"),
        ("115/2024/NĐ-CP", "Điều 69"),
    ],
)
def test_exceptions_of_repeal_clauses_are_kept(registry, number, words):
    given = registry.status(number, on=TODAY)
    assert given.status == "expired"
    assert any(words in (proof.exception or "") for proof in given.proof)


@pytest.mark.parametrize("number", ["106/2020/NĐ-CP", "111/2022/NĐ-CP"])
def test_a_partial_end_by_subject_is_not_a_whole_end(registry, number):
    assert registry.status(number, on=TODAY).status == "partly_expired"


# §G


@pytest.mark.parametrize("number", ["31/2024/QH15", "27/2023/QH15", "29/2023/QH15"])
def test_g1_the_effective_date_a_later_law_moved_counts(registry, number):
    (law,) = registry.find(number)
    assert law.effective == "2024-08-01"
    assert registry.status(law, on="2024-08-01").status == "in_force"


def test_g2_the_text_of_38_2019_outweighs_the_codification(registry):
    (law,) = registry.find("38/2019/QH14")
    assert law.effective == "2020-07-01"


def test_g3_the_repeals_of_a_suspended_decree_are_not_applied(registry):
    assert registry.status("15/2018/NĐ-CP", on=TODAY).status == "in_force"
    assert registry.status("46/2026/NĐ-CP", on=TODAY).status == "suspended"
    for number in ("136/2025/NĐ-CP", "146/2025/NĐ-CP", "148/2025/NĐ-CP"):
        proofs = registry.status(number, on=TODAY).proof
        assert "46/2026/NĐ-CP" not in {proof.by for proof in proofs}


@pytest.mark.parametrize(
    ("day", "status"), [("2026-02-28", "in_force"), ("2026-03-15", "not_known"), ("2026-03-31", "expired")]
)
@pytest.mark.parametrize("number", ["31/2021/NĐ-CP", "239/2025/NĐ-CP"])
def test_g4_a_back_dated_end_is_open_between_its_two_dates(registry, number, day, status):
    assert registry.status(number, on=day).status == status


def test_g5_the_misprinted_date_of_115_2024_is_not_taken_over(registry):
    (decree,) = registry.find("115/2024/NĐ-CP")
    assert decree.issued == "2024-09-16"


def test_g6_the_title_of_57_2024_is_not_that_of_the_draft_in_its_file(registry):
    (law,) = registry.find("57/2024/QH15")
    assert law.title.startswith("Luật sửa đổi, bổ sung một số điều của Luật Quy hoạch")


@pytest.mark.parametrize("number", ["20/2026/QH16", "09/2026/QH16"])
def test_g7_a_law_and_a_resolution_share_a_number(registry, number):
    assert [found.doc_type for found in registry.find(number)].count("Luật") == 1
    assert [found.doc_type for found in registry.find(number)].count("Nghị quyết") == 1
    assert registry.resolve(cite(number=number), signed=TODAY).resolution == "ambiguous"
    assert registry.resolve(cite(number=number, doc_type="Luật"), signed=TODAY).instrument.doc_type == "Luật"


@pytest.mark.parametrize("number", ["06/QĐ-TTg", "23/CT-TTg", "468/QĐ-TTg", "99/NQ-CP", "126/NQ-CP", "27-NQ/TW"])
def test_g7_a_reused_number_is_never_guessed(registry, number):
    assert len(registry.find(number)) > 1
    assert registry.resolve(cite(number=number), signed=TODAY).resolution == "ambiguous"


def test_g8_spaces_inside_a_number_are_closed(registry):
    assert registry.find("225/2025/NĐ- CP") == registry.find("225/2025/NĐ-CP")


def test_g9_a_misprinted_year_is_another_number(registry):
    assert registry.find("226/2025/NĐ-CP")
    assert not registry.find("226/2026/NĐ-CP")


def test_g9_a_misread_date_of_69_2018_is_not_taken_over(registry):
    (decree,) = registry.find("69/2018/NĐ-CP")
    assert decree.issued == "2018-05-15"


def test_g10_what_wrong_registries_say_is_not_repeated(registry):
    (decree,) = registry.find("214/2025/NĐ-CP")
    assert (decree.issued, decree.effective) == ("2025-08-04", "2025-08-04")
    assert registry.status("90/2025/QH15", on=TODAY).status == "in_force"
    assert registry.status("59/2018/NĐ-CP", on=TODAY).status == "expired"
    assert registry.status("225/2025/NĐ-CP", on=TODAY).status == "expired"


@pytest.mark.parametrize("number", ["56/2024/QH15", "57/2024/QH15"])
def test_g11_an_amending_law_outlives_part_of_what_it_amends(registry, number):
    assert registry.status(number, on=TODAY).status not in {"expired", "partly_expired"}


# README: how far the facts may be believed


@pytest.mark.parametrize(
    "number",
    [
        "61/2018/NĐ-CP",
        "107/2021/NĐ-CP",
        "34/2016/NĐ-CP",
        "76/2015/QH13",
        "138/2020/NĐ-CP",
        "39/2024/QH15",
        "29/2018/QH14",
    ],
)
def test_an_ending_nobody_read_is_a_lead_and_never_a_verdict(registry, number):
    given = registry.status(number, on=TODAY)
    assert given.status == "not_known"
    assert given.successor is None
    assert given.leads
    assert all(proof.confidence != "verified" for proof in given.leads)


def test_being_in_the_codification_says_nothing_about_today(registry):
    (circular,) = registry.find("14/2018/TT-BCA")
    assert registry.status(circular, on=TODAY).status == "not_known"


def test_a_knock_on_end_is_for_review_only(registry):
    (effect,) = registry.dependants("86/2015/QH13", on=TODAY)
    assert effect.instrument.endswith("85-2016-nd-cp")
    assert effect.consequence == "expires_with_parent"
    assert registry.status("85/2016/NĐ-CP", on=TODAY).status == "not_known"


@pytest.mark.parametrize(
    ("number", "field"), [("24/2014/NĐ-CP", "issued"), ("73/2023/NĐ-CP", "effective"), ("131/NQ-CP", "title")]
)
def test_a_remembered_field_is_not_shipped(registry, number, field):
    (found,) = registry.find(number)
    assert getattr(found, field) is None


def test_a_remembered_date_that_a_document_prints_is_shipped(registry):
    (found,) = registry.find("57-NQ/TW")
    assert found.issued == "2024-12-22"


# A document as a whole


def extraction(*citations, **metadata):
    return Extraction(text="", metadata=Metadata(**metadata), citations=citations)


def test_a_later_mention_without_date_is_what_the_first_was(registry):
    found = registry.resolve_all(
        extraction(
            cite(number="76/NQ-CP", issued="2021-07-15", doc_type="Nghị quyết"),
            cite(number="76/NQ-CP", doc_type="Nghị quyết", mention="later"),
            issued="2023-12-22",
        )
    )
    assert {one.instrument for one in found.citations} == {"vn/nghi-quyet/chinh-phu/2021-07-15/76-nq-cp"}
    assert [one.resolution for one in found.citations] == ["exact", "exact"]


def test_two_documents_of_one_number_in_a_text_lend_each_other_no_date(registry):
    found = registry.resolve_all(
        extraction(
            cite(number="126/NQ-CP", issued="2023-08-14"),
            cite(number="126/NQ-CP", issued="2025-05-09"),
            cite(number="126/NQ-CP"),
            issued="2025-12-22",
        )
    )
    assert [one.resolution for one in found.citations] == ["exact", "exact", "ambiguous"]


def test_a_law_named_short_after_its_full_mention_is_that_law(registry):
    found = registry.resolve_all(
        extraction(
            cite(doc_type="Luật", name="Luật Tổ chức chính quyền địa phương", issued="2015-06-19"),
            cite(doc_type="Luật", name="Luật Tổ chức chính quyền địa phương"),
            issued="2025-08-01",
        )
    )
    assert [one.instrument for one in found.citations] == ["vn/luat/quoc-hoi/2015-06-19/77-2015-qh13"] * 2


def test_the_place_of_the_document_completes_ubnd_tinh(registry):
    found = registry.resolve_all(
        extraction(
            cite(number="2243/QĐ-UBND", issued="2021-09-10", issuer="UBND tỉnh", doc_type="Quyết định"),
            issued="2023-12-22",
            issuer="UBND tỉnh Thừa Thiên Huế",
        )
    )
    assert found.citations[0].instrument == "vn/quyet-dinh/ubnd-tinh-thua-thien-hue/2021-09-10/2243-qd-ubnd"


def test_a_short_mention_of_an_unknown_document_shares_the_id_of_its_full_mention(registry):
    found = registry.resolve_all(
        extraction(
            cite(number="9777/2025/NĐ-CP", issued="2025-04-01", doc_type="Nghị định"),
            cite(number="9777/2025/NĐ-CP", doc_type="Nghị định"),
            issued="2025-11-24",
        )
    )
    assert {one.instrument for one in found.citations} == {"vn/nghi-dinh/chinh-phu/2025-04-01/9777-2025-nd-cp"}
    assert {one.resolution for one in found.citations} == {"unresolved"}


def test_an_internal_reference_is_left_alone(registry):
    citation = cite(doc_type="Kế hoạch", internal=True)
    assert registry.resolve_all(extraction(citation)).citations == (citation,)
