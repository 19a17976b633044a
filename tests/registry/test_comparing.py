"""What differs between two registries, and which answers change with it."""

import pytest

from parcc_nlp.model import Pinpoint
from parcc_nlp.registry.claims import InstrumentClaim, Provenance, Reference, RelationClaim
from parcc_nlp.registry.comparing import compare
from parcc_nlp.registry.ledger import Ledger

DAY = "2026-11-23"
OLD, NEW = Reference("107/2021/NĐ-CP"), Reference("900/2026/NĐ-CP", doc_type="Nghị định", issued="2026-09-01")
TABLE = Provenance("table", "danh mục.csv", DAY)


@pytest.fixture
def ledger(tmp_path, registry):
    with Ledger.open(tmp_path / "office.sqlite", base=registry) as opened:
        yield opened


def test_a_registry_does_not_differ_from_itself(registry):
    assert not compare(registry, registry, on=DAY)


def test_a_file_with_nothing_in_it_does_not_differ_from_what_it_lies_over(ledger, registry):
    assert not compare(registry, ledger.registry, on=DAY)


def test_an_added_replacement_is_told_with_the_answer_it_changes(ledger, registry):
    ledger.take([RelationClaim(NEW, "replaces", OLD, TABLE, effective="2026-10-01", clause="Điều 9")])
    found = compare(registry, ledger.registry, on=DAY)
    assert [one.number for one in found.added] == ["900/2026/NĐ-CP"]
    assert [(edge.kind, edge.target.rpartition("/")[2]) for edge in found.relations_added] == [
        ("replaces", "107-2021-nd-cp")
    ]
    assert [(one.number, one.after) for one in found.answers if one.number == OLD.number] == [(OLD.number, "expired")]


def test_the_other_way_round_what_was_added_is_missing(ledger, registry):
    ledger.take([RelationClaim(NEW, "amends", OLD, TABLE, parts=(Pinpoint(dieu="5"),), effective="2026-10-01")])
    found = compare(ledger.registry, registry, on=DAY)
    assert [one.number for one in found.removed] == ["900/2026/NĐ-CP"]
    assert [edge.parts for edge in found.relations_removed] == ["Điều 5"]
    assert found.added == found.relations_added == ()


def test_a_field_that_changed_is_told_before_and_after(ledger, registry):
    (one,) = registry.find(OLD.number)
    ledger.correct(OLD, field="effective", value="2021-12-07", because="đã đọc", by="A", on=DAY)
    (change,) = [each for each in compare(registry, ledger.registry, on=DAY).changed if each.field == "effective"]
    assert (change.subject, change.before, change.after) == (one.id, one.effective, "2021-12-07")


def test_a_source_that_says_the_same_changes_nothing(ledger, registry):
    (one,) = registry.find(OLD.number)
    ledger.take([InstrumentClaim(OLD, TABLE, effective=one.effective)])
    assert compare(registry, ledger.registry, on=DAY).answers == ()
