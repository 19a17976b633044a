"""One fact a test: each rule of evidence (E1-E10), on registries of a few rows."""

import pytest

from parcc_nlp.registry import instrument_id
from parcc_nlp.registry.identity import legal_class


def decree(number, **fields):
    """A row of a decree (or of whatever the symbol names), verified unless the test says otherwise."""
    row = {"number": number, "confidence": "verified", "surveyed": "0", **fields}
    row["id"] = instrument_id(
        doc_type=row.get("doc_type"), issuer=row.get("issuer"), issued=row.get("issued"), number=number
    )
    row["legal_class"] = legal_class(number, row.get("doc_type")) or ""
    return row


def relation(source, kind, target, effective="", **fields):
    """A row of a verified relation between two instrument rows."""
    return {
        "source": source["id"],
        "kind": kind,
        "target": target["id"],
        "effective": effective,
        "confidence": "verified",
        **fields,
    }


OLD = decree("10/2020/NĐ-CP", issued="2020-03-01", effective="2020-04-15")
NEW = decree("20/2025/NĐ-CP", issued="2025-02-10", effective="2025-04-01")
NEWER = decree("30/2026/NĐ-CP", issued="2026-01-10", effective="2026-03-01")
UNDATED = decree("40/2026/NĐ-CP", issued="2026-01-10")


def answer(registry, row, day):
    return registry.status(row["id"], on=day)


def test_a_text_not_signed_yet_is_not_yet(make_registry):
    registry = make_registry(instruments=[OLD])
    assert answer(registry, OLD, "2020-02-29").status == "not_yet"


def test_a_text_signed_and_not_in_effect_is_not_yet(make_registry):
    registry = make_registry(instruments=[OLD])
    assert answer(registry, OLD, "2020-04-14").status == "not_yet"


def test_the_day_of_taking_effect_is_in_force(make_registry):
    registry = make_registry(instruments=[OLD])
    given = answer(registry, OLD, "2020-04-15")
    assert (given.status, given.basis) == ("in_force", "stated")


def test_the_year_in_the_number_tells_not_yet_where_no_date_is_known(make_registry):
    row = decree("10/2024/NĐ-CP")
    registry = make_registry(instruments=[row])
    given = answer(registry, row, "2023-12-22")
    assert (given.status, given.basis) == ("not_yet", "inferred")


def test_within_the_year_of_signing_and_no_date_it_is_not_known(make_registry):
    row = decree("10/2024/NĐ-CP")
    registry = make_registry(instruments=[row])
    assert answer(registry, row, "2024-06-01").status == "not_known"


def test_neighbouring_numbers_bound_the_day_of_signing(make_registry):
    row = decree("10/2024/NĐ-CP", signed_from="2024-05-01", signed_to="2024-05-20")
    registry = make_registry(instruments=[row])
    assert answer(registry, row, "2024-04-30").status == "not_yet"


def test_e1_a_clause_ends_a_text_on_the_day_it_states(make_registry):
    registry = make_registry(
        instruments=[OLD, NEW], relations=[relation(NEW, "replaces", OLD, "2025-04-01", clause="Điều 9")]
    )
    given = answer(registry, OLD, "2025-04-01")
    assert (given.status, given.basis, given.since) == ("expired", "stated", "2025-04-01")
    assert (given.successor, given.chain) == ("20/2025/NĐ-CP", ("20/2025/NĐ-CP",))
    assert [(proof.relation, proof.by, proof.clause) for proof in given.proof] == [
        ("replaces", "20/2025/NĐ-CP", "Điều 9")
    ]


def test_e3_the_day_before_its_end_a_text_is_in_force(make_registry):
    registry = make_registry(instruments=[OLD, NEW], relations=[relation(NEW, "repeals", OLD, "2025-04-01")])
    given = answer(registry, OLD, "2025-03-31")
    assert (given.status, given.basis) == ("in_force", "stated")


def test_e2_a_replacement_without_a_day_takes_effect_with_the_later_text(make_registry):
    registry = make_registry(instruments=[OLD, NEW], relations=[relation(NEW, "replaces", OLD)])
    assert answer(registry, OLD, "2025-03-31").status == "in_force"
    given = answer(registry, OLD, "2025-04-01")
    assert (given.status, given.basis, given.since) == ("expired", "inferred", None)


def test_e2_where_no_day_is_known_it_is_open_until_half_a_year_after_signing(make_registry):
    registry = make_registry(instruments=[OLD, UNDATED], relations=[relation(UNDATED, "replaces", OLD)])
    assert answer(registry, OLD, "2026-01-09").status == "in_force"
    assert answer(registry, OLD, "2026-03-01").status == "not_known"
    assert answer(registry, OLD, "2026-07-12").status == "expired"


def test_e2_bounds_of_a_back_dated_end_leave_the_days_between_open(make_registry):
    end = relation(NEWER, "replaces", OLD, not_before="2026-02-01", not_after="2026-03-01")
    registry = make_registry(instruments=[OLD, NEWER], relations=[end])
    days = ("2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01")
    assert [answer(registry, OLD, day).status for day in days] == ["in_force", "not_known", "not_known", "expired"]


def test_e3_an_amendment_shows_a_text_in_force_on_the_day_it_was_signed(make_registry):
    registry = make_registry(instruments=[OLD, NEW], relations=[relation(NEW, "amends", OLD, "2025-04-01")])
    given = answer(registry, OLD, "2024-01-01")
    assert (given.status, given.basis) == ("in_force", "stated")


def test_e3_an_amendment_of_a_text_that_had_ended_revives_nothing(make_registry):
    later = decree("50/2025/NĐ-CP", issued="2025-02-20", effective="2025-07-01")
    registry = make_registry(
        instruments=[OLD, NEW, later],
        relations=[relation(NEW, "replaces", OLD, "2025-04-01"), relation(later, "amends", OLD, "2025-07-01")],
    )
    assert answer(registry, OLD, "2025-08-01").status == "expired"


def test_e4_a_source_that_says_so_shows_a_text_in_force(make_registry):
    registry = make_registry(
        instruments=[OLD], in_force=[{"instrument": OLD["id"], "date": "2026-10-05", "kind": "statement"}]
    )
    assert answer(registry, OLD, "2026-10-01").status == "in_force"
    assert answer(registry, OLD, "2026-10-01").basis == "stated"


def test_e4_a_text_that_rests_on_another_shows_it_in_force_by_inference_only(make_registry):
    registry = make_registry(
        instruments=[OLD], in_force=[{"instrument": OLD["id"], "date": "2025-11-27", "kind": "basis"}]
    )
    given = answer(registry, OLD, "2025-11-01")
    assert (given.status, given.basis) == ("in_force", "inferred")


def test_e5_a_mere_use_is_no_ground_for_presuming_more(make_registry):
    registry = make_registry(
        instruments=[OLD], in_force=[{"instrument": OLD["id"], "date": "2025-11-27", "kind": "basis"}]
    )
    assert answer(registry, OLD, "2025-11-27").status == "in_force"
    assert answer(registry, OLD, "2025-11-28").status == "not_known"


def test_e7_an_end_nobody_read_takes_the_presumption_away(make_registry):
    row = decree("21/2025/NĐ-CP", issued="2025-12-10", effective="2026-01-01", perhaps_expires="2026-07-01")
    registry = make_registry(instruments=[row])
    assert answer(registry, row, "2026-06-30").status == "in_force"
    given = answer(registry, row, "2026-07-01")
    assert (given.status, given.basis) == ("not_known", "none")
    assert "01/7/2026" in given.note


def test_e5_half_a_year_after_the_last_evidence_the_answer_is_not_known(make_registry):
    registry = make_registry(instruments=[OLD])
    assert answer(registry, OLD, "2020-10-15").basis == "inferred"
    given = answer(registry, OLD, "2020-10-16")
    assert (given.status, given.basis) == ("not_known", "none")
    assert "Chưa thấy văn bản làm hết hiệu lực" in given.note
    assert "dữ liệu đến ngày 23/11/2026" in given.note


def test_e5_nothing_is_presumed_beyond_the_date_of_the_data(make_registry):
    late = decree("31/2026/NĐ-CP", issued="2026-06-10", effective="2026-08-01")
    registry = make_registry(instruments=[late])
    assert answer(registry, late, "2026-11-23").status == "in_force"
    assert answer(registry, late, "2026-11-24").status == "not_known"


def test_e6_a_programme_holds_within_the_period_of_its_title(make_registry):
    row = decree("76/NQ-CP", issued="2021-07-15", title="Chương trình tổng thể giai đoạn 2021 - 2025")
    registry = make_registry(instruments=[row])
    assert answer(registry, row, "2024-12-31").status == "in_force"


def test_e6_a_programme_whose_period_is_over_has_not_expired_by_law(make_registry):
    row = decree("76/NQ-CP", issued="2021-07-15", title="Chương trình tổng thể giai đoạn 2021 - 2025")
    registry = make_registry(instruments=[row])
    given = answer(registry, row, "2026-06-01")
    assert given.status == "not_known"
    assert "đã kết thúc năm 2025" in given.note


def test_e6_a_text_holds_within_the_term_it_states_and_may_have_been_prolonged_after(make_registry):
    row = decree("131/2021/NĐ-CP", issued="2021-06-12", effective="2021-07-01", expires="2024-03-01")
    registry = make_registry(instruments=[row])
    assert answer(registry, row, "2024-02-29").basis == "inferred"
    assert answer(registry, row, "2024-03-01").status == "not_known"


@pytest.mark.parametrize("confidence", ["unverified", "partial"])
def test_e7_a_lead_never_ends_a_text(make_registry, confidence):
    lead = relation(NEWER, "replaces", OLD, "2026-03-01", confidence=confidence)
    registry = make_registry(instruments=[OLD, NEWER], leads=[lead])
    given = answer(registry, OLD, "2026-04-01")
    assert (given.status, given.successor, given.proof) == ("not_known", None, ())
    assert [proof.by for proof in given.leads] == ["30/2026/NĐ-CP"]
    assert "30/2026/NĐ-CP" in given.note


def test_e7_a_lead_takes_the_presumption_away_from_its_day_on(make_registry):
    soon = decree("21/2025/NĐ-CP", issued="2025-07-01", effective="2025-09-01")
    lead = relation(soon, "replaces", NEW, "2025-09-01", confidence="unverified")
    registry = make_registry(instruments=[NEW, soon], leads=[lead])
    assert answer(registry, NEW, "2025-08-31").status == "in_force"
    assert answer(registry, NEW, "2025-09-01").status == "not_known"


def test_e7_a_statement_of_later_date_outweighs_a_lead(make_registry):
    lead = relation(NEWER, "replaces", OLD, "2026-03-01", confidence="unverified")
    registry = make_registry(
        instruments=[OLD, NEWER],
        leads=[lead],
        in_force=[{"instrument": OLD["id"], "date": "2026-10-05", "kind": "statement"}],
    )
    assert answer(registry, OLD, "2026-11-01").status == "in_force"


def test_e7_a_lead_of_a_text_not_signed_yet_is_not_shown(make_registry):
    lead = relation(NEWER, "replaces", OLD, "2026-03-01", confidence="unverified")
    registry = make_registry(instruments=[OLD, NEWER], leads=[lead])
    assert answer(registry, OLD, "2025-12-31").leads == ()


def test_e8_what_a_suspended_text_ends_goes_on(make_registry):
    stop = decree("09/2026/NQ-CP", doc_type="Nghị quyết", issued="2026-03-05")
    registry = make_registry(
        instruments=[OLD, NEWER, stop],
        relations=[relation(NEWER, "replaces", OLD, "2026-03-01"), relation(stop, "suspends", NEWER, "2026-03-10")],
    )
    assert answer(registry, OLD, "2026-03-09").status == "expired"
    assert answer(registry, OLD, "2026-03-10").status != "expired"
    assert answer(registry, NEWER, "2026-03-10").status == "suspended"


def test_e8_a_suspension_whose_day_was_not_read_is_inferred_from_the_day_it_was_seen(make_registry):
    stop = decree("09/2026/NQ-CP", doc_type="Nghị quyết")
    seen = relation(stop, "suspends", NEWER, not_after="2026-10-10", confidence="partial")
    registry = make_registry(instruments=[NEWER, stop], relations=[seen])
    given = answer(registry, NEWER, "2026-10-10")
    assert (given.status, given.basis, given.since) == ("suspended", "inferred", None)


def test_e9_a_guiding_text_is_not_presumed_in_force_once_its_parent_ended(make_registry):
    guide = decree("60/2025/NĐ-CP", issued="2025-08-01", effective="2025-09-01")
    registry = make_registry(
        instruments=[OLD, NEWER, guide],
        relations=[relation(guide, "guides", OLD), relation(NEWER, "replaces", OLD, "2026-03-01")],
    )
    assert answer(registry, guide, "2026-02-28").status == "in_force"
    given = answer(registry, guide, "2026-03-01")
    assert given.status == "not_known"
    assert "10/2020/NĐ-CP" in given.note


def test_e9_an_amending_text_is_not_presumed_in_force_once_all_it_amends_ended(make_registry):
    amending = decree(
        "60/2025/NĐ-CP", issued="2025-08-01", effective="2025-09-01", title="Sửa đổi, bổ sung một số điều"
    )
    registry = make_registry(
        instruments=[OLD, NEWER, amending],
        relations=[
            relation(amending, "amends", OLD, "2025-09-01"),
            relation(NEWER, "replaces", OLD, "2026-03-01"),
        ],
    )
    assert answer(registry, amending, "2026-03-01").status == "not_known"


def test_e10_an_administrative_text_begins_when_signed(make_registry):
    row = decree("468/QĐ-TTg", issued="2021-03-27", title="Đề án giai đoạn 2021 - 2025")
    registry = make_registry(instruments=[row])
    assert answer(registry, row, "2021-03-27").status == "in_force"


def test_e10_a_normative_text_whose_start_nobody_read_is_not_known_at_first(make_registry):
    row = decree("10/2024/NĐ-CP", issued="2024-02-01")
    registry = make_registry(instruments=[row])
    given = answer(registry, row, "2024-04-01")
    assert given.status == "not_known"
    assert "Chưa biết ngày văn bản có hiệu lực" in given.note


def test_an_amended_text_is_in_force_and_names_its_amendments(make_registry):
    registry = make_registry(
        instruments=[OLD, NEWER], relations=[relation(NEWER, "amends", OLD, "2026-03-01", clause="Điều 1")]
    )
    given = answer(registry, OLD, "2026-04-01")
    assert given.status == "in_force"
    assert [(one.by, one.effective) for one in given.amended_by] == [("30/2026/NĐ-CP", "2026-03-01")]


def test_an_amendment_without_a_day_is_not_counted(make_registry):
    registry = make_registry(instruments=[OLD, NEWER], relations=[relation(NEWER, "amends", OLD)])
    assert answer(registry, OLD, "2026-04-01").amended_by == ()


def test_an_amendment_to_come_is_not_counted(make_registry):
    registry = make_registry(instruments=[OLD, NEWER], relations=[relation(NEWER, "amends", OLD, "2026-03-01")])
    assert answer(registry, OLD, "2026-02-28").amended_by == ()


def test_a_text_with_provisions_repealed_is_partly_expired(make_registry):
    registry = make_registry(
        instruments=[OLD, NEWER], relations=[relation(NEWER, "partially_repeals", OLD, "2026-03-01", clause="Điều 5")]
    )
    assert answer(registry, OLD, "2026-02-28").status == "in_force"
    given = answer(registry, OLD, "2026-03-01")
    assert (given.status, given.basis, given.since) == ("partly_expired", "stated", "2026-03-01")


def test_long_after_a_partial_end_the_rest_is_claimed_only_of_surveyed_texts(make_registry):
    surveyed = decree("11/2010/NĐ-CP", issued="2010-03-01", effective="2010-04-15", surveyed="1")
    listed = decree("12/2010/NĐ-CP", issued="2010-03-01", effective="2010-04-15")
    ender = decree("13/2015/NĐ-CP", issued="2015-03-01", effective="2015-05-01")
    registry = make_registry(
        instruments=[surveyed, listed, ender],
        relations=[relation(ender, "partially_repeals", row, "2015-05-01") for row in (surveyed, listed)],
    )
    assert answer(registry, surveyed, "2023-12-22").status == "partly_expired"
    assert answer(registry, listed, "2023-12-22").status == "not_known"


def test_an_exception_stays_with_the_proof_of_an_end(make_registry):
    registry = make_registry(
        instruments=[OLD, NEW], relations=[relation(NEW, "replaces", OLD, "2025-04-01", exception="Điều 69")]
    )
    given = answer(registry, OLD, "2025-05-01")
    assert (given.status, given.proof[0].exception) == ("expired", "Điều 69")


def test_the_chain_goes_on_to_the_text_in_force_on_the_day(make_registry):
    registry = make_registry(
        instruments=[OLD, NEW, NEWER],
        relations=[relation(NEW, "replaces", OLD, "2025-04-01"), relation(NEWER, "replaces", NEW, "2026-03-01")],
    )
    assert answer(registry, OLD, "2026-02-28").chain == ("20/2025/NĐ-CP",)
    assert answer(registry, OLD, "2026-03-01").chain == ("20/2025/NĐ-CP", "30/2026/NĐ-CP")
    assert [row.number for row in registry.successors(OLD["id"], on="2026-03-01")] == [
        "20/2025/NĐ-CP",
        "30/2026/NĐ-CP",
    ]


def test_a_cycle_of_replacements_ends(make_registry):
    registry = make_registry(
        instruments=[OLD, NEW],
        relations=[relation(NEW, "replaces", OLD, "2025-04-01"), relation(OLD, "replaces", NEW, "2025-05-01")],
    )
    assert answer(registry, OLD, "2026-01-01").chain == ("20/2025/NĐ-CP",)


def test_a_repeal_names_no_successor(make_registry):
    registry = make_registry(instruments=[OLD, NEW], relations=[relation(NEW, "repeals", OLD, "2025-04-01")])
    assert answer(registry, OLD, "2025-05-01").successor is None


def test_a_party_document_never_expires_by_the_law(make_registry):
    old = decree("27-NQ/TW", issued="2018-05-21")
    new = decree("28-NQ/TW", issued="2022-11-09")
    registry = make_registry(instruments=[old, new], relations=[relation(new, "replaces", old, "2022-11-09")])
    given = answer(registry, old, "2026-01-01")
    assert given.status == "not_known"
    assert "Văn kiện của Đảng" in given.note


def test_a_consolidated_text_has_no_force_of_its_own(make_registry):
    row = decree("54/VBHN-VPQH", issued="2025-08-11")
    registry = make_registry(instruments=[row])
    assert "Văn bản hợp nhất" in answer(registry, row, "2025-09-01").note


def test_an_unverified_instrument_gets_no_verdict_beyond_not_yet(make_registry):
    row = decree("10/2026/NĐ-CP", issued="2026-01-05", effective="2026-01-05", confidence="unverified")
    registry = make_registry(instruments=[row])
    assert answer(registry, row, "2026-02-01").status == "not_known"


@pytest.mark.parametrize(
    ("parent_ended", "consequence"),
    [
        ("2025-03-31", "expires_with_parent"),
        ("2025-04-01", "continues_if_not_contrary"),
        ("2025-06-30", "continues_if_not_contrary"),
        ("2025-07-01", "expires_with_parent"),
    ],
)
def test_the_rule_on_guiding_texts_is_that_of_the_day_the_parent_ended(make_registry, parent_ended, consequence):
    guide = decree("60/2021/NĐ-CP", issued="2021-08-01", effective="2021-09-01")
    registry = make_registry(
        instruments=[OLD, NEW, guide],
        relations=[relation(guide, "guides", OLD), relation(NEW, "replaces", OLD, parent_ended)],
    )
    (effect,) = registry.dependants(OLD["id"], on=parent_ended)
    assert (effect.instrument, effect.consequence, effect.kind) == (guide["id"], consequence, "review")
    assert effect.clause
    assert registry.knock_on(guide["id"], on=parent_ended) == (effect,)


def test_guiding_texts_are_not_spoken_of_while_the_parent_holds(make_registry):
    guide = decree("60/2021/NĐ-CP", issued="2021-08-01")
    registry = make_registry(
        instruments=[OLD, NEW, guide],
        relations=[relation(guide, "guides", OLD), relation(NEW, "replaces", OLD, "2025-04-01")],
    )
    assert registry.dependants(OLD["id"], on="2025-03-31") == ()


def test_an_express_continuation_cancels_the_knock_on(make_registry):
    guide = decree("60/2021/NĐ-CP", issued="2021-08-01", effective="2021-09-01")
    registry = make_registry(
        instruments=[OLD, NEWER, guide],
        relations=[
            relation(guide, "guides", OLD),
            relation(NEWER, "replaces", OLD, "2026-03-01"),
            relation(NEWER, "continues", guide, "2026-03-01", clause="khoản 4 Điều 75"),
        ],
    )
    (effect,) = registry.dependants(OLD["id"], on="2026-04-01")
    assert effect.consequence == "continues"
    assert "khoản 4 Điều 75" in effect.clause
    assert answer(registry, guide, "2026-04-01").status == "in_force"
