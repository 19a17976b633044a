"""The grounds of review are later changes of what a document rests on, each with clause and day."""

from dataclasses import replace

import pytest

from parcc_nlp.model import AmendedBy, Pinpoint, Proof
from parcc_nlp.report.forms.grounds import grounds_of

ON = "2026-11-23"


def told(extraction, registry):
    return [
        (one.role, one.relation, one.by.split(" ngày")[0], one.effective)
        for one in grounds_of(extraction, registry=registry, on=ON)
    ]


def change(registry, key, **more):
    registry.statuses[key] = replace(registry.statuses[key], **more)


def test_later_changes_are_listed_bases_first(extraction, registry):
    assert told(extraction, registry) == [
        ("basis", "replaces", "Nghị định số 118/2025/NĐ-CP", "2026-07-01"),
        ("cited", "amends", "Nghị định số 118/2025/NĐ-CP", "2026-03-01"),
    ]


def test_a_ground_has_clause_changed_instrument_and_place(extraction, registry):
    ground = grounds_of(extraction, registry=registry, on=ON)[0]
    assert ground.by == "Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ"
    assert ground.changed == "Nghị định số 107/2021/NĐ-CP ngày 06/12/2021 của Chính phủ"
    assert (ground.clause, ground.where.paragraph) == ("khoản 2 Điều 31", 3)


def test_what_changed_before_the_signing_is_no_ground(extraction, registry):
    later = replace(extraction, metadata=replace(extraction.metadata, issued="2026-07-01"))
    assert told(later, registry) == []


def test_what_takes_effect_after_the_day_is_no_ground(extraction, registry):
    assert [one.effective for one in grounds_of(extraction, registry=registry, on="2026-06-30")] == ["2026-03-01"]


@pytest.mark.parametrize("issued", [None, "2026", "2026-01"])
def test_without_a_signing_date_nothing_is_called_later(extraction, registry, issued):
    assert told(replace(extraction, metadata=replace(extraction.metadata, issued=issued)), registry) == []


def test_what_the_document_itself_ends_is_no_ground_of_its_review(extraction, registry):
    first, decree, *rest = extraction.citations
    ending = replace(extraction, citations=(first, replace(decree, relation="repeals"), *rest))
    assert [role for role, *_ in told(ending, registry)] == ["cited"]


def test_what_the_document_itself_amended_is_none(extraction, registry):
    change(registry, "vn/nd/63", amended_by=(AmendedBy("12/QĐ-UBND", "Điều 1", "2026-03-01", "verified"),))
    assert [role for role, *_ in told(extraction, registry)] == ["basis"]


def test_an_amendment_of_what_had_already_ended_changes_nothing(extraction, registry):
    amendment = AmendedBy("118/2025/NĐ-CP", "Điều 40", "2026-08-01", "verified")
    change(registry, "vn/nd/107", amended_by=(amendment,))
    assert [relation for _, relation, *_ in told(extraction, registry)] == ["replaces", "amends"]
    assert told(extraction, registry)[1][0] == "cited"


def test_an_undated_ending_counts_where_the_status_has_changed_since(extraction, registry):
    undated = Proof("replaces", "118/2025/NĐ-CP", None, None, None, "verified")
    change(registry, "vn/nd/107", proof=(undated,), since=None)
    assert told(extraction, registry)[0] == ("basis", "replaces", "Nghị định số 118/2025/NĐ-CP", None)
    del registry.statuses["vn/nd/107", "2026-01-15"]
    assert [role for role, *_ in told(extraction, registry)] == ["cited"]


def test_leads_are_never_grounds(extraction, registry):
    lead = Proof("repeals", "999/2026/NĐ-CP", None, "2026-05-01", None, "unverified")
    change(registry, "vn/luat/65", leads=(lead,))
    assert "999/2026/NĐ-CP" not in str(told(extraction, registry))


def test_provisions_and_exceptions_are_told(extraction, registry):
    part = Proof(
        "partially_repeals", "118/2025/NĐ-CP", "Điều 40", "2026-03-01", None, "verified", "Điều 6",
        (Pinpoint(dieu="5", khoan="1"),),
    )  # fmt: skip
    change(registry, "vn/nd/63", proof=(part,), amended_by=())
    ground = grounds_of(extraction, registry=registry, on=ON)[1]
    assert (ground.provisions, ground.exception) == ("khoản 1 Điều 5", "Điều 6")


def test_a_change_of_the_document_itself_comes_first(extraction, registry):
    own = replace(registry.instruments["vn/nd/63"], id="vn/qd/12", number="12/QĐ-UBND", issued="2026-01-15")
    registry.instruments["vn/qd/12"] = replace(own, doc_type="Quyết định", issuer="Ủy ban nhân dân tỉnh Hòa Giang")
    amended = replace(registry.statuses["vn/nd/63"], instrument="vn/qd/12", status="in_force", proof=())
    registry.statuses["vn/qd/12"] = amended
    assert told(extraction, registry)[0] == ("itself", "amends", "Nghị định số 118/2025/NĐ-CP", "2026-03-01")
