"""What an office adds: taken in once, weighed by the order of precedence, corrected and withdrawn with an audit."""

import random

import pytest

from parcc_nlp.errors import RegistryError
from parcc_nlp.model import Pinpoint
from parcc_nlp.registry import Registry
from parcc_nlp.registry.claims import InstrumentClaim, LifeClaim, Provenance, Reference, RelationClaim
from parcc_nlp.registry.ledger import Ledger

TODAY = "2026-11-23"
OLD = Reference("63/2010/NĐ-CP")
NEW = Reference("999/2026/NĐ-CP", issued="2026-11-01")
NEWER = Reference("1001/2026/NĐ-CP", issued="2026-11-05")
TEXT = Provenance("text", "999/2026/NĐ-CP", "2026-11-20", place="khoản 2 Điều 9")
TABLE = Provenance("table", "bang-ra-soat.xlsx", "2026-11-21", place="dòng 4")
CITING = Provenance("citation", "15/QĐ-UBND", "2026-11-22")
WORD = {"because": "đã đọc văn bản", "by": "Nguyễn Văn A", "on": "2026-11-22"}


def ends(kind="replaces", *, by=NEW, told=TEXT, **values):
    values = {"effective": "2026-11-10", "clause": "khoản 2 Điều 9", **values}
    return RelationClaim(source=by, kind=kind, target=OLD, provenance=told, **values)


CLAIMS = [
    InstrumentClaim(NEW, TEXT, title="Nghị định về kiểm soát thủ tục hành chính", effective="2026-11-10"),
    ends(),
    ends("partially_repeals", by=NEWER, parts=(Pinpoint(dieu="5"),), told=TABLE),
    LifeClaim(Reference("61/2018/NĐ-CP"), "2026-11-01", "statement", TABLE, quote="còn hiệu lực"),
    LifeClaim(Reference("61/2018/NĐ-CP"), "2026-11-02", "basis", CITING),
]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "registry.sqlite"


@pytest.fixture
def ledger(path):
    with Ledger.open(path) as opened:
        yield opened


def test_what_is_taken_answers_and_names_its_source(ledger):
    taken = ledger.take(CLAIMS)
    assert len(taken.instruments_added) == 2
    assert (taken.relations_added, taken.lives_added, taken.refused) == (2, 2, ())
    given = ledger.registry.status("63/2010/NĐ-CP", on=TODAY)
    assert (given.status, given.since, given.successor) == ("expired", "2026-11-10", "999/2026/NĐ-CP")
    assert "999/2026/NĐ-CP" in given.proof[0].source
    assert Registry.shipped().status("63/2010/NĐ-CP", on=TODAY).status != "expired"


def test_taking_again_changes_nothing(ledger):
    ledger.take(CLAIMS)
    before = ledger.registry.version
    again = ledger.take(CLAIMS)
    assert (again.instruments_added, again.fields_added, again.relations_added, again.lives_added) == ((), 0, 0, 0)
    assert again.already_known >= len(CLAIMS)
    assert ledger.registry.version == before
    ledger.registry.verify()


def test_the_order_of_claims_and_of_days_changes_no_content(tmp_path):
    versions = set()
    for seed in range(4):
        claims = list(CLAIMS)
        random.Random(seed).shuffle(claims)  # noqa: S311 - a shuffle that can be repeated, not a secret
        with Ledger.open(tmp_path / str(seed) / "registry.sqlite") as ledger:
            for claim in claims if seed % 2 else [claims]:
                ledger.take(claim if isinstance(claim, list) else [claim])
            versions.add(ledger.registry.layers[1].content)
    assert len(versions) == 1


def test_what_was_taken_is_there_after_reopening(path):
    with Ledger.open(path) as ledger:
        ledger.take(CLAIMS)
        version = ledger.registry.version
    assert Registry.open(path).version == version
    with Ledger.open(path) as ledger:
        assert ledger.take(CLAIMS).relations_added == 0
        assert ledger.registry.version == version


def test_a_fact_learned_earlier_moves_its_known_time_back(ledger):
    ledger.take([ends()])
    early = Provenance("text", "999/2026/NĐ-CP", "2026-11-12", place="khoản 2 Điều 9")
    ledger.take([ends(told=early)])
    (learned,) = {one.learned for one in ledger.registry.history("63/2010/NĐ-CP") if one.origin == "text"}
    assert learned == "2026-11-12"
    ledger.registry.verify()


# Precedence


def test_the_text_is_believed_before_a_table_and_the_contradiction_is_shown(ledger):
    taken = ledger.take([ends(), ends(told=TABLE, effective="2026-11-15")])
    given = ledger.registry.status("63/2010/NĐ-CP", on="2026-11-12")
    assert (given.status, given.since) == ("expired", "2026-11-10")
    (shown,) = [one for one in given.contradictions if "999/2026" in one.field]
    assert (shown.kept, shown.other) == ("2026-11-10", "2026-11-15")
    assert "bang-ra-soat.xlsx" in shown.other_from
    assert shown in taken.contradictions


def test_one_ending_told_as_replacement_and_as_repeal_has_one_day(ledger):
    ledger.take([ends("repeals"), ends("replaces", told=TABLE, effective="2026-10-01")])
    assert ledger.registry.status("63/2010/NĐ-CP", on="2026-11-05").status != "expired"
    given = ledger.registry.status("63/2010/NĐ-CP", on=TODAY)
    assert (given.since, given.successor) == ("2026-11-10", "999/2026/NĐ-CP")


def test_equal_sources_with_two_days_leave_the_days_between_open(ledger):
    other = Provenance("text", "999/2026/NĐ-CP", "2026-11-21", place="Điều 10")
    ledger.take([ends(), ends(told=other, effective="2026-11-18")])
    registry = ledger.registry
    answers = [registry.status("63/2010/NĐ-CP", on=day).status for day in ("2026-11-12", "2026-11-18")]
    assert answers == ["not_known", "expired"]
    assert registry.status("63/2010/NĐ-CP", on="2026-11-12").contradictions


def test_a_table_does_not_move_a_day_that_was_verified(ledger):
    ledger.take([InstrumentClaim(OLD, TABLE, effective="2011-01-01")])
    known = ledger.registry.get("63/2010/NĐ-CP")
    assert known.effective == Registry.shipped().get("63/2010/NĐ-CP").effective
    assert [one.other for one in ledger.registry.contradictions(known.id) if one.field == "effective"] == ["2011-01-01"]


def test_a_relation_known_only_to_the_month_has_bounds(ledger):
    ledger.take([ends(effective="2026-11", by=NEW)])
    registry = ledger.registry
    answers = [registry.status("63/2010/NĐ-CP", on=day).status for day in ("2026-11-15", "2026-11-30")]
    assert answers == ["not_known", "expired"]


def test_a_day_far_after_signing_is_not_taken_to_have_come(ledger):
    ledger.take([ends(effective=None, not_before="2027-12-01")])
    assert ledger.registry.status("63/2010/NĐ-CP", on="2027-11-30").status != "expired"
    assert ledger.registry.status("63/2010/NĐ-CP", on="2028-06-01").status == "not_known"


def test_two_uses_show_an_instrument_in_force_and_one_does_not(ledger):
    asked = Reference("999/2024/NĐ-CP", issued="2024-02-01")
    one = LifeClaim(asked, "2026-11-02", "basis", CITING)
    two = LifeClaim(asked, "2026-11-03", "basis", Provenance("citation", "16/QĐ-UBND", "2026-11-22"))
    ledger.take([one])
    assert ledger.registry.status("999/2024/NĐ-CP", on="2026-11-02").status == "not_known"
    ledger.take([two])
    given = ledger.registry.status("999/2024/NĐ-CP", on="2026-11-02")
    assert (given.status, given.basis) == ("in_force", "inferred")


# Corrections


def test_an_officers_word_wins_and_is_audited(ledger):
    ledger.take([ends()])
    said = ledger.correct(OLD, field="status", value="in_force", **WORD)
    given = ledger.registry.status("63/2010/NĐ-CP", on="2026-11-15")
    assert (given.status, given.proof[0].by) == ("in_force", "Nguyễn Văn A")
    (audited,) = ledger.audit()
    assert audited == said
    assert (audited.by, audited.on, audited.because) == (WORD["by"], WORD["on"], WORD["because"])


def test_an_officers_word_on_a_day_stands_before_the_day_of_effect(ledger):
    ledger.correct(NEW, field="effective", value="2027-01-01", **WORD)
    ledger.correct(NEW, field="status", value="expired", since="2026-11-15", **WORD)
    registry = ledger.registry
    assert registry.status("999/2026/NĐ-CP", on="2026-11-14").status == "not_yet"
    assert registry.status("999/2026/NĐ-CP", on="2026-11-15").status == "expired"


def test_an_officers_day_of_expiry_ends_an_instrument_on_that_day(ledger):
    said = ledger.correct(OLD, field="expires", value="2026-11-10", **WORD)
    assert ledger.registry.status("63/2010/NĐ-CP", on="2026-11-09").status == "in_force"
    given = ledger.registry.status("63/2010/NĐ-CP", on="2026-11-10")
    assert (given.status, given.basis, given.since) == ("expired", "stated", "2026-11-10")
    assert "2026-11-10" in ledger.registry.events("63/2010/NĐ-CP")
    ledger.withdraw(said.id, because="đọc nhầm", by="Nguyễn Văn A", on="2026-11-22")
    assert ledger.registry.status("63/2010/NĐ-CP", on="2026-11-10").status != "expired"


def test_an_officer_corrects_a_field_and_both_values_are_shown(ledger):
    ledger.take([InstrumentClaim(NEW, TEXT, effective="2026-11-10")])
    ledger.correct(NEW, field="effective", value="2026-12-01", **WORD)
    known = ledger.registry.get("999/2026/NĐ-CP")
    assert known.effective == "2026-12-01"
    assert ("2026-12-01", "2026-11-10") in {(one.kept, one.other) for one in ledger.registry.contradictions(known.id)}


def test_an_officer_says_that_a_replacement_is_a_repeal_in_part(ledger):
    ledger.take([ends()])
    claim = ends("partially_repeals", parts=(Pinpoint(dieu="5"),))
    ledger.correct_relation(claim, **WORD)
    given = ledger.registry.status("63/2010/NĐ-CP", on=TODAY)
    assert given.status != "expired"
    assert ledger.registry.provision_status("63/2010/NĐ-CP", Pinpoint(dieu="5"), on=TODAY).status == "expired"


def test_an_officer_says_that_a_relation_is_not_proved(ledger):
    ledger.take([ends()])
    ledger.correct_relation(ends(confidence="unverified"), **WORD)
    given = ledger.registry.status("63/2010/NĐ-CP", on=TODAY)
    assert given.status == "not_known"
    assert [lead.by for lead in given.leads] == ["999/2026/NĐ-CP"]


def test_what_is_withdrawn_ends_in_known_time_and_stays_in_the_file(ledger):
    ledger.take([ends()])
    (relation,) = [one for one in ledger.registry.history("63/2010/NĐ-CP") if one.origin == "text"]
    ledger.withdraw(relation.id, because="đọc nhầm số", by="Trần Thị B", on=TODAY)
    registry = ledger.registry
    assert registry.status("63/2010/NĐ-CP", on=TODAY).status != "expired"
    (kept,) = [one for one in registry.history("63/2010/NĐ-CP", everything=True) if one.origin == "text"]
    assert kept.withdrawn == TODAY
    (audited,) = ledger.audit()
    assert (audited.withdrawn_by, audited.withdrawn_because) == ("Trần Thị B", "đọc nhầm số")
    ledger.take([ends()])
    assert ledger.registry.status("63/2010/NĐ-CP", on=TODAY).status != "expired"
    ledger.registry.verify()


def test_a_word_withdrawn_may_be_said_again(ledger):
    said = ledger.correct(OLD, field="status", value="expired", **WORD)
    ledger.withdraw(said.id, because="nhầm", by="Trần Thị B", on=TODAY)
    with pytest.raises(RegistryError) as caught:
        ledger.withdraw(said.id, because="nhầm", by="Trần Thị B", on=TODAY)
    assert caught.value.code == "E210"
    ledger.correct(OLD, field="status", value="expired", **{**WORD, "on": TODAY})
    assert ledger.registry.status("63/2010/NĐ-CP", on=TODAY).status == "expired"


@pytest.mark.parametrize(
    "wrong",
    [{"field": "number"}, {"value": "perhaps"}, {"because": " "}, {"by": ""}, {"on": "23/11/2026"}, {"since": "2026"}],
)
def test_a_correction_without_reason_name_or_day_is_refused(ledger, wrong):
    with pytest.raises(RegistryError) as caught:
        ledger.correct(OLD, **{"field": "status", "value": "expired", **WORD, **wrong})
    assert caught.value.code == "E208"
    assert ledger.audit() == ()


# Refusals


def test_an_act_signed_before_its_target_is_refused_and_kept_as_a_contradiction(ledger):
    early = Reference("12/2009/NĐ-CP", issued="2009-02-12")
    taken = ledger.take([ends(by=early, effective="2026-01-01")])
    (refused,) = taken.refused
    assert (refused.code, taken.relations_added) == ("wrong_direction", 0)
    given = ledger.registry.status("63/2010/NĐ-CP", on=TODAY)
    assert given.status != "expired"
    assert any("12/2009/NĐ-CP" in one.field for one in given.contradictions)


def test_the_days_of_one_batch_tell_the_direction_of_its_relations(ledger):
    early = Reference("997/2026/NĐ-CP", issued="2026-01-05")
    late = Reference("998/2026/NĐ-CP", issued="2026-06-05")
    claims = [
        InstrumentClaim(early, TABLE, title="một"),
        InstrumentClaim(late, TABLE, title="hai"),
        RelationClaim(
            Reference("997/2026/NĐ-CP"), "replaces", Reference("998/2026/NĐ-CP"), TABLE, effective="2026-07-01"
        ),
    ]
    assert [refused.code for refused in ledger.take(claims).refused] == ["wrong_direction"]


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        (Reference("3044/QĐ-UBND", issued="2023-12-22"), "local_without_place"),
        (Reference("27-NQ/TW"), "undated_number"),
        (Reference(None, name="Luật Không có thật"), "name_not_known"),
        (Reference(None), "identity_incomplete"),
        (Reference("20/2026/QH16"), "ambiguous"),
        (Reference("45/2025/NĐ-CP", signed="2024-01-01"), "later_than_citing"),
        (Reference("45/2025/NĐ-CP", issued="2025-02-30"), "not_a_day"),
        (NEW, "acts_on_itself"),
    ],
)
def test_what_is_not_identified_for_sure_is_refused_with_the_reason(ledger, reference, code):
    taken = ledger.take([RelationClaim(NEW, "replaces", reference, TEXT, effective="2026-11-10")])
    (refused,) = taken.refused
    assert (refused.code, taken.relations_added) == (code, 0)
    assert refused.message


def test_a_year_that_is_not_that_of_the_number_is_not_believed(ledger):
    ledger.take([InstrumentClaim(Reference("999/2024/NĐ-CP", issued="2024-02-01"), TEXT, effective="2024-03-01")])
    ledger.take([InstrumentClaim(Reference("999/2024/NĐ-CP", issued="2019-02-01"), TABLE)])
    assert ledger.registry.get("999/2024/NĐ-CP").issued == "2024-02-01"


def test_a_failure_inside_leaves_the_file_as_it_was(ledger, monkeypatch):
    def fail(*_given, **_options):
        raise MemoryError

    ledger.take(CLAIMS[:1])
    before = ledger.registry.version
    with monkeypatch.context() as broken:
        broken.setattr(Ledger, "_sign", fail)
        with pytest.raises(MemoryError):
            ledger.take(CLAIMS)
    assert ledger.registry.version == before
    assert ledger.registry.status("63/2010/NĐ-CP", on=TODAY).status != "expired"
    ledger.registry.verify()


def test_evidence_for_one_instrument_changes_no_unrelated_one(ledger):
    before, touched = Registry.shipped(), {"63/2010/NĐ-CP"}
    ledger.take([ends()])
    after = ledger.registry
    for instrument in list(before)[::37]:
        if instrument.number not in touched:
            mine, theirs = (one.status(instrument.id, on=TODAY) for one in (after, before))
            assert (mine.status, mine.since, mine.proof) == (theirs.status, theirs.since, theirs.proof)


def test_no_word_makes_an_instrument_hold_before_it_was_signed(ledger):
    ledger.correct(OLD, field="status", value="in_force", since="2000-01-01", **WORD)
    assert ledger.registry.status("63/2010/NĐ-CP", on="2005-01-01").status == "not_yet"
    assert ledger.registry.status("63/2010/NĐ-CP", on="2026-11-20").status == "in_force"


def test_every_line_of_the_audit_has_its_reason_also_where_a_correction_names_a_new_instrument(ledger):
    told = Provenance("officer", WORD["by"], WORD["on"])
    new = Reference("10/2027/NĐ-CP", doc_type="Nghị định")
    ledger.correct_relation(ends(by=new, told=told, effective="2027-01-01"), **WORD)
    assert [said.because for said in ledger.audit()] == [WORD["because"]]
