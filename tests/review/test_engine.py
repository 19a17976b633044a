"""The engine: days, rules skipped, rules chosen, counting, and what the review says once or at every place."""

from dataclasses import replace

import pytest

from parcc_nlp.errors import UsageError
from parcc_nlp.model import AmendedBy, Pinpoint, Proof
from parcc_nlp.review import review as review_by_all
from parcc_nlp.review import rules


def review(extraction, **options):
    """The review by the rules on validity and identity: the others have tests of their own."""
    return review_by_all(extraction, **{"select": ("VB1", "VB2"), **options})


LAW = "Luật Tổ chức chính quyền địa phương"
BASIS_2015 = (
    f"{LAW} ngày 19 tháng 6 năm 2015",
    {"doc_type": "Luật", "name": LAW, "issued": "2015-06-19", "relation": "basis"},
)
BARE = (LAW, {"doc_type": "Luật", "name": LAW})
DECREE = ("Nghị định số 130/2005/NĐ-CP", {"doc_type": "Nghị định", "number": "130/2005/NĐ-CP"})
LATER = "2026-11-23"


def codes(found):
    return [finding.rule for finding in found.findings]


def of(found, code):
    return [finding for finding in found.findings if finding.rule == code]


def test_at_signing_an_instrument_that_ended_later_is_not_flagged(registry, document):
    found = review(document(f"Căn cứ {BASIS_2015[0]};", citations=[BASIS_2015]), registry=registry)
    assert not codes(found)
    assert found.as_of == "2023-12-22"


def test_asked_as_of_a_later_day_the_expired_basis_is_an_error_with_successor_and_clause(registry, document):
    found = review(document(f"Căn cứ {BASIS_2015[0]};", citations=[BASIS_2015]), registry=registry, as_of=LATER)
    (finding,) = of(found, "VB101")
    assert finding.severity == "error"
    assert "72/2025/QH15" in finding.message
    assert finding.evidence[0].clause == "khoản 2 Điều 15"
    assert "01/3/2025" in finding.message


def test_an_expired_instrument_outside_the_basis_is_a_warning(registry, document):
    found = review(document(f"Theo {DECREE[0]}.", citations=[DECREE]), registry=registry, as_of=LATER)
    assert (of(found, "VB102")[0].severity, of(found, "VB101")) == ("warning", [])


def test_further_mentions_of_an_expired_instrument_are_counted_not_repeated(registry, document):
    lines = [f"Theo {DECREE[0]}."] * 33
    found = review(document(*lines, citations=[DECREE] * 33), registry=registry, as_of=LATER)
    (finding,) = of(found, "VB102")
    assert "32 chỗ khác" in finding.message
    assert finding.where.paragraph == 1


def test_an_instrument_flagged_as_basis_is_not_flagged_again_as_cited(registry, document):
    cited = (BASIS_2015[0], BASIS_2015[1] | {"relation": "cites"})
    text = document(f"Căn cứ {BASIS_2015[0]};", f"Theo {BASIS_2015[0]}.", citations=[BASIS_2015, cited])
    found = review(text, registry=registry, as_of=LATER)
    assert (len(of(found, "VB101")), len(of(found, "VB102"))) == (1, 0)


def test_a_law_named_by_its_name_alone_moves_with_the_law(registry, document):
    found = review(document(f"Theo {LAW}.", citations=[BARE]), registry=registry, as_of=LATER)
    assert codes(found) == ["VB107"]
    message = found.findings[0].message
    assert "77/2015/QH13" in message
    assert "72/2025/QH15" in message


def test_a_law_once_cited_with_its_date_does_not_move_at_its_short_mentions(registry, document):
    text = document(
        f"Theo {BASIS_2015[0]}.",
        f"Theo {LAW}.",
        citations=[(BASIS_2015[0], BASIS_2015[1] | {"relation": "cites"}), BARE],
    )
    found = review(text, registry=registry, as_of=LATER)
    assert "VB102" in codes(found)


def test_a_party_document_never_expires_by_the_law(registry, document):
    party = ("Nghị quyết số 27-NQ/TW", {"doc_type": "Nghị quyết", "number": "27-NQ/TW", "relation": "basis"})
    found = review(document(f"Căn cứ {party[0]};", citations=[party]), registry=registry, as_of=LATER)
    assert not codes(found)


@pytest.mark.parametrize("relation", ["replaces", "repeals"])
def test_what_the_document_itself_ends_is_not_flagged_as_expired(registry, document, relation):
    ended = (DECREE[0], DECREE[1] | {"relation": relation})
    found = review(document(f"Thay thế {DECREE[0]}.", citations=[ended]), registry=registry, as_of=LATER)
    assert not codes(found)


def test_the_documents_own_number_an_internal_reference_and_a_draft_are_left_out(registry, document):
    own = ("Quyết định số 3044/QĐ-UBND", {"doc_type": "Quyết định", "number": "3044/QĐ-UBND", "relation": "self"})
    internal = ("Điều 3", {"internal": True})
    draft = ("Nghị định số 999/2026/NĐ-CP", {"doc_type": "Nghị định", "number": "999/2026/NĐ-CP"})
    text = document(own[0], internal[0], f"Góp ý dự thảo {draft[0]}", citations=[own, internal, draft])
    found = review(text, registry=registry)
    assert found.coverage.citations == 0
    assert not codes(found)


def test_an_exception_of_the_repeal_makes_the_finding_one_a_person_decides(registry, document):
    registry.exceptions["nd-130"] = "các cơ quan quy định tại khoản 3 Điều 15"
    found = review(document(f"Theo {DECREE[0]}.", citations=[DECREE]), registry=registry, as_of=LATER)
    (finding,) = of(found, "VB102")
    assert finding.kind == "review"
    assert "khoản 3 Điều 15" in finding.message


def test_a_basis_in_force_only_after_the_document_is_an_error(registry, document):
    basis = ("Nghị định số 75/2026/NĐ-CP", {"doc_type": "Nghị định", "number": "75/2026/NĐ-CP", "relation": "basis"})
    found = review(document(f"Căn cứ {basis[0]};", citations=[basis], signed="2026-04-01"), registry=registry)
    assert [(finding.rule, finding.severity) for finding in found.findings] == [("VB105", "error")]


def test_a_basis_in_force_together_with_the_document_is_allowed(registry, document):
    basis = ("Nghị định số 75/2026/NĐ-CP", {"doc_type": "Nghị định", "number": "75/2026/NĐ-CP", "relation": "basis"})
    text = document(f"Căn cứ {basis[0]};", citations=[basis], signed="2026-04-01", effective="2026-05-01")
    assert not codes(review(text, registry=registry))


def test_a_basis_issued_after_the_signing_is_an_error(registry, document):
    basis = ("Nghị định số 75/2026/NĐ-CP", {"doc_type": "Nghị định", "number": "75/2026/NĐ-CP", "relation": "basis"})
    (finding,) = review(document(f"Căn cứ {basis[0]};", citations=[basis]), registry=registry).findings
    assert (finding.rule, finding.severity, "16/3/2026" in finding.message) == ("VB105", "error", True)


def test_only_verified_and_dated_amendments_are_missed(registry, document):
    registry.amended["nd-130"] = (
        AmendedBy("117/2013/NĐ-CP", "Điều 1", "2013-12-01", "verified"),
        AmendedBy("1/2014/NĐ-CP", None, None, "verified"),
        AmendedBy("2/2014/NĐ-CP", "Điều 1", "2014-01-01", "partial"),
        AmendedBy("3/2025/NĐ-CP", "Điều 1", "2025-01-01", "verified"),
    )
    found = review(document(f"Theo {DECREE[0]}.", citations=[DECREE]), registry=registry)
    (finding,) = found.findings
    assert finding.rule == "VB108"
    assert "117/2013/NĐ-CP" in finding.message
    assert "/2014/" not in finding.message
    assert "3/2025" not in finding.message


def test_an_amendment_cited_anywhere_counts_as_mentioned(registry, document):
    registry.amended["nd-130"] = (AmendedBy("117/2013/NĐ-CP", "Điều 1", "2013-12-01", "verified"),)
    amendment = ("Nghị định số 117/2013/NĐ-CP", {"doc_type": "Nghị định", "number": "117/2013/NĐ-CP"})
    text = document(f"Theo {DECREE[0]}.", f"Theo {amendment[0]}.", citations=[DECREE, amendment])
    assert "VB108" not in codes(review(text, registry=registry))


def test_without_signing_date_the_rules_that_need_a_day_are_skipped_with_the_reason(registry, document):
    text = document(f"Theo {DECREE[0]}.", citations=[DECREE], signed=None)
    found = review(text, registry=registry, select=())
    skipped = {one.rule: one.why for one in found.coverage.rules_skipped}
    assert found.as_of == "signing"
    assert set(skipped) == {rule.code for rule in rules() if set(rule.needs) & {"as_of", "signed", "together"}}
    assert "ngày ký" in skipped["VB101"]
    assert found.coverage.not_known == 1


def test_without_registry_the_rules_that_need_it_are_skipped(document):
    found = review(document(f"Theo {DECREE[0]}.", citations=[DECREE]), select=())
    absent = {rule.code for rule in rules() if {"registry", "together"} & set(rule.needs)}
    assert {one.rule for one in found.coverage.rules_skipped} == absent
    assert set(found.coverage.rules_run) == {rule.code for rule in rules()} - absent


def test_coverage_counts_mentions_and_adds_up(registry, document):
    unknown = ("Nghị định số 9/2020/NĐ-CP", {"doc_type": "Nghị định", "number": "9/2020/NĐ-CP"})
    text = document(f"{DECREE[0]}, {unknown[0]}, {LAW}", citations=[DECREE, unknown, BARE])
    coverage = review(text, registry=registry, as_of=LATER).coverage
    assert (coverage.citations, coverage.resolved) == (3, 2)
    assert (coverage.valid, coverage.not_valid, coverage.not_known) == (1, 1, 1)


def test_select_and_ignore_take_codes_and_their_beginnings(registry, document):
    text = document(f"Theo {DECREE[0]}.", citations=[DECREE])
    assert codes(review(text, registry=registry, as_of=LATER, select=["VB1"], ignore=["VB107"])) == ["VB102"]


@pytest.mark.parametrize("option", ["select", "ignore"])
def test_a_code_that_fits_no_rule_is_an_error(document, option):
    with pytest.raises(UsageError, match="E304"):
        review(document("Văn bản"), **{option: ["VB9"]})


@pytest.mark.parametrize("value", ["hôm nay", "2023-13-01", "22/12/2023", "20231222", ""])
def test_a_day_that_is_none_is_an_error(document, value):
    with pytest.raises(UsageError, match="E301"):
        review(document("Văn bản"), as_of=value)


def test_today_is_the_day_given(registry, document):
    text = document(f"Theo {DECREE[0]}.", citations=[DECREE])
    assert review(text, registry=registry, as_of="today", today="2026-11-23").as_of == LATER


def test_findings_stand_by_severity_then_place(registry, document):
    text = document(f"Theo {DECREE[0]}.", f"Căn cứ {BASIS_2015[0]};", citations=[DECREE, BASIS_2015])
    found = review(text, registry=registry, as_of=LATER)
    assert codes(found) == ["VB101", "VB102", "VB107", "VB107"]


def test_every_span_is_its_text(registry, document):
    text = document(f"Theo {DECREE[0]}.", f"Căn cứ {BASIS_2015[0]};", citations=[DECREE, BASIS_2015])
    for finding in review(text, registry=registry, as_of=LATER).findings:
        assert text.text[finding.start : finding.end] == finding.text


def test_no_finding_says_that_something_is_unlawful(registry, document):
    text = document(f"Theo {DECREE[0]}.", f"Căn cứ {BASIS_2015[0]};", citations=[DECREE, BASIS_2015])
    for lang in ("vi", "en"):
        for finding in review(text, registry=registry, as_of=LATER, lang=lang).findings:
            assert "trái" not in f"{finding.message} {finding.suggestion}"
            assert finding.suggestion


def test_a_provision_cited_of_a_partly_expired_instrument_is_said_to_be_open(registry, document, monkeypatch):
    told = registry.status

    def partly(instrument_id, *, on):
        return replace(told(instrument_id, on=on), status="partly_expired", proof=())

    monkeypatch.setattr(registry, "status", partly)
    cited = (DECREE[0], DECREE[1] | {"pinpoints": (Pinpoint(dieu="5"),)})
    (finding,) = of(review(document(cited[0], citations=[cited]), registry=registry), "VB103")
    assert "Chưa xác định được điều khoản" in finding.message
    assert finding.kind == "review"


def symbol(surface, number, **fields):
    return (surface, {"number": number, **fields})


def test_a_symbol_miswritten_the_same_way_again_and_again_is_one_finding_that_names_the_lines(document):
    wrong = symbol("1717/QĐ- UBND", "1717/QĐ-UBND")
    found = review(document(*[wrong[0]] * 38, citations=[wrong] * 38), select=["VB206"])
    (finding,) = found.findings
    assert "37 chỗ khác (dòng 2, 3, 4" in finding.message
    assert (finding.where.paragraph, finding.applicability) == (1, "safe")


def test_only_spacing_is_safe_to_repair(document):
    wrong = symbol("27/NQ- TW", "27/NQ-TW")
    (finding,) = review(document(wrong[0], citations=[wrong]), select=["VB206"]).findings
    assert (finding.suggestion, finding.applicability) == ("Cần xem xét: 27-NQ/TW.", "review")


def test_a_symbol_wrapped_over_a_line_is_not_miswritten(document):
    wrapped = symbol("63/2010/NĐ-\nCP", "63/2010/NĐ-CP")
    assert not review(document(wrapped[0], citations=[wrapped]), select=["VB206"]).findings


def test_the_spaces_of_a_standard_belong_to_it(document):
    standard = symbol("QCVN 06:2022/BXD", "QCVN 06:2022/BXD", doc_type="Tiêu chuẩn")
    assert not review(document(standard[0], citations=[standard]), select=["VB206"]).findings


def test_repairs_that_the_registry_knows_come_first_with_what_they_are(registry, document):
    wrong = symbol("130/2005/CP", "130/2005/CP")
    (finding,) = review(document(wrong[0], citations=[wrong]), select=["VB206"], registry=registry).findings
    known, other = finding.suggestion.removeprefix("Cần xem xét: ").split("; ")
    assert known.startswith("130/2005/NĐ-CP (Nghị định số 130/2005/NĐ-CP ngày 17/10/2005")
    assert other == "130/2005/NQ-CP."


def test_a_dispatch_has_no_can_cu_lines_so_what_it_rests_on_is_a_warning(registry, document):
    text = document(f"Căn cứ {BASIS_2015[0]}", citations=[BASIS_2015])
    dispatch = replace(text, metadata=replace(text.metadata, doc_type="Công văn"))
    assert codes(review(dispatch, registry=registry, as_of=LATER)) == ["VB102", "VB107"]


def test_a_plan_may_speak_of_an_instrument_that_is_still_to_take_effect_but_is_asked_to_look(registry, document):
    coming = ("Nghị định số 75/2026/NĐ-CP", {"doc_type": "Nghị định", "number": "75/2026/NĐ-CP"})
    text = document(f"Theo {coming[0]}", citations=[coming], signed="2026-04-01")
    (finding,) = review(text, registry=registry).findings
    assert (finding.rule, finding.severity, finding.kind) == ("VB105", "warning", "review")


def test_what_has_taken_effect_since_is_no_matter_on_a_later_day_unless_it_is_a_basis(registry, document):
    fields = {"doc_type": "Nghị định", "number": "75/2026/NĐ-CP"}
    number = "Nghị định số 75/2026/NĐ-CP"
    cited = document(number, citations=[(number, fields)], signed="2026-04-01")
    basis = document(number, citations=[(number, fields | {"relation": "basis"})], signed="2026-04-01")
    assert not codes(review(cited, registry=registry, as_of=LATER))
    assert codes(review(basis, registry=registry, as_of=LATER)) == ["VB105"]


@pytest.mark.parametrize(
    ("title", "differs"),
    [
        ("về bảo tồn chim di cư", True),
        ("quy định chế độ tự chủ, tự chịu trách nhiệm", False),
        ("về CĐTC", False),
        (None, False),
    ],
)
def test_only_a_quite_other_title_differs(registry, document, title, differs):
    cited = (DECREE[0], DECREE[1] | {"title": title})
    found = review(document(DECREE[0], citations=[cited]), registry=registry, select=["VB204"])
    assert bool(found.findings) is differs


def test_the_words_behind_a_cited_provision_are_not_the_title_of_the_instrument(registry, document):
    cited = (DECREE[0], DECREE[1] | {"title": "quy định về chim di cư", "pinpoints": (Pinpoint(dieu="34"),)})
    assert not review(document(DECREE[0], citations=[cited]), registry=registry, select=["VB204"]).findings


def test_a_law_cited_with_another_laws_number_is_asked_about(registry, document):
    cited = ("Luật Đất đai số 72/2025/QH15", {"doc_type": "Luật", "name": "Luật Đất đai", "number": "72/2025/QH15"})
    assert codes(review(document(cited[0], citations=[cited]), registry=registry, select=["VB204"])) == ["VB204"]


def test_mentions_with_and_without_date_are_one_document_when_one_date_is_given(registry, document):
    full = ("Quyết định số 58/QĐ-UBND ngày 08/01/2023", {"number": "58/QĐ-UBND", "issued": "2023-01-08"})
    short = ("Quyết định số 58/QĐ-UBND.", {"number": "58/QĐ-UBND"})
    text = document(short[0], full[0], citations=[short, full])
    (finding,) = review(text, registry=registry).findings
    assert (finding.rule, "1 chỗ khác" in finding.message) == ("VB201", True)


def test_an_office_of_lower_rank_amends_nothing_of_a_higher_one(registry, document):
    registry.amended["luat-2015"] = (AmendedBy("130/2005/NĐ-CP", "Điều 1", "2016-06-01", "verified"),)
    text = document(f"Căn cứ {BASIS_2015[0]};", citations=[BASIS_2015])
    assert not review(text, registry=registry, select=["VB108"]).findings


def test_a_law_named_by_its_name_alone_is_the_law_as_amended(registry, document):
    registry.amended["luat-2015"] = (AmendedBy("47/2019/QH14", "Điều 2", "2020-07-01", "verified"),)
    named = document(f"Theo {LAW}.", citations=[BARE])
    assert not review(named, registry=registry, select=["VB108"]).findings
    normative = replace(named, metadata=replace(named.metadata, normative=True))
    assert review(normative, registry=registry, select=["VB108"]).findings


def test_a_lead_is_shown_as_something_to_look_up_and_never_as_expired(registry, document, monkeypatch):
    told = registry.status
    lead = Proof("replaces", "75/2026/NĐ-CP", None, None, "memory", "unverified")

    def with_lead(instrument_id, *, on):
        return replace(told(instrument_id, on=on), status="not_known", basis="none", leads=(lead,))

    monkeypatch.setattr(registry, "status", with_lead)
    (finding,) = review(document(DECREE[0], citations=[DECREE]), registry=registry).findings
    assert (finding.rule, finding.severity, finding.kind) == ("VB107", "unknown", "open")
    assert "chưa đọc được điều khoản" in finding.message


def test_every_status_is_asked_for_once_for_an_instrument_however_often_it_is_cited(registry, document, monkeypatch):
    asked = []
    told = registry.status
    monkeypatch.setattr(registry, "status", lambda name, *, on: asked.append((name, on)) or told(name, on=on))
    review(document(*[DECREE[0]] * 50, citations=[DECREE] * 50), registry=registry, select=["VB101", "VB102", "VB103"])
    assert asked == [("nd-130", "2023-12-22")]


def test_findings_in_english_speak_english(registry, document):
    found = review(document(f"Theo {DECREE[0]}.", citations=[DECREE]), registry=registry, as_of=LATER, lang="en")
    assert "is wholly expired since 01/5/2026, replaced by" in of(found, "VB102")[0].message
