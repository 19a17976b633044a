"""What was known on a day: the same question, answered from the knowledge of then."""

import pytest

from parcc_nlp.errors import RegistryError
from parcc_nlp.registry import Registry
from parcc_nlp.registry.claims import Provenance, Reference, RelationClaim
from parcc_nlp.registry.ledger import Ledger

DAY = "2026-12-15"
OLD = Reference("63/2010/NĐ-CP")
NUMBER = "63/2010/NĐ-CP"
CLAIM = RelationClaim(
    Reference("999/2026/NĐ-CP", issued="2026-11-25"),
    "replaces",
    OLD,
    Provenance("text", "999/2026/NĐ-CP", "2026-12-01"),
    effective="2026-12-10",
    clause="Điều 9",
)


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(tmp_path / "registry.sqlite") as opened:
        opened.take([CLAIM])
        yield opened


def test_what_was_learned_later_is_left_out(ledger):
    registry = ledger.registry
    before, after = (registry.status(NUMBER, on=DAY, known_on=day) for day in ("2026-11-30", "2026-12-01"))
    assert (before.status, before.known_on) == ("not_known", "2026-11-30")
    assert (after.status, after.known_on) == ("expired", "2026-12-01")
    assert registry.status(NUMBER, on=DAY).known_on is None


def test_then_the_shipped_data_answer_as_they_do_alone(ledger):
    for day in ("2024-01-01", "2026-11-23"):
        then = ledger.registry.status(NUMBER, on=day, known_on="2026-11-30")
        alone = Registry.shipped().status(NUMBER, on=day)
        assert (then.status, then.since, then.proof) == (alone.status, alone.since, alone.proof)


def test_before_anything_was_known_nothing_is_known(ledger):
    given = ledger.registry.status(NUMBER, on="2020-01-01", known_on="2019-01-01")
    assert (given.status, given.basis) == ("not_known", "none")
    assert "01/01/2019" in given.note or "2019-01-01" in given.note
    assert list(ledger.registry.successors(NUMBER, on=DAY))


def test_a_correction_holds_from_the_day_it_was_said_until_it_was_withdrawn(ledger):
    said = ledger.correct(OLD, field="status", value="suspended", because="thử", by="A", on="2026-12-03")
    ledger.withdraw(said.id, because="nhầm", by="B", on="2026-12-08")
    registry = ledger.registry
    answers = [
        registry.status(NUMBER, on="2026-12-05", known_on=day).status
        for day in ("2026-12-02", "2026-12-03", "2026-12-07", "2026-12-08")
    ]
    assert answers[1:3] == ["suspended", "suspended"]
    assert answers[0] == answers[3] != "suspended"


def test_history_lineage_and_events_follow_known_time(ledger):
    registry = ledger.registry
    assert not [one for one in registry.history(NUMBER, known_on="2026-11-30") if one.origin == "text"]
    assert "2026-12-10" in registry.events(NUMBER)
    assert "2026-12-10" not in registry.events(NUMBER, known_on="2026-11-30")
    assert not registry.lineage(NUMBER, known_on="2026-11-30").successors
    assert registry.lineage(NUMBER, known_on="2026-12-01").successors


def test_a_relation_carries_the_day_it_takes_effect_and_the_day_it_was_learned(ledger):
    (relation,) = [one for one in ledger.registry.history(NUMBER) if one.origin == "text"]
    assert (relation.effective, relation.learned, relation.withdrawn) == ("2026-12-10", "2026-12-01", None)


def test_an_instrument_learned_later_was_not_known_then(ledger):
    assert ledger.registry.status("999/2026/NĐ-CP", on=DAY, known_on="2026-11-30").status == "not_known"
    assert len(list(ledger.registry.store.at("2026-11-30").instruments())) == len(Registry.shipped())


def test_a_text_read_later_does_not_stretch_the_data_to_the_day_it_was_read(tmp_path):
    old_text = RelationClaim(
        Reference("998/2026/NĐ-CP", issued="2026-11-02"),
        "amends",
        OLD,
        Provenance("text", "998/2026/NĐ-CP", "2027-06-01"),
        effective="2026-11-20",
    )
    with Ledger.open(tmp_path / "own.sqlite") as ledger:
        ledger.take([old_text])
        assert ledger.registry.status(NUMBER, on="2027-05-01").status == "not_known"


@pytest.mark.parametrize("day", ["2026", "hôm nay"])
def test_a_known_day_that_is_none_is_refused(registry, day):
    with pytest.raises(RegistryError) as caught:
        registry.status(NUMBER, on=DAY, known_on=day)
    assert caught.value.code == "E202"
