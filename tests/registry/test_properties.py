"""What must hold of any instrument and any day, tried on the shipped data."""

import csv
import random
import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcc_nlp.model import Pinpoint
from parcc_nlp.registry import Registry
from parcc_nlp.registry.build import data_dir
from parcc_nlp.registry.claims import Provenance, Reference, RelationClaim
from parcc_nlp.registry.days import add_days, agrees, earliest, is_day, latest, may_be_slip
from parcc_nlp.registry.evidence import BEGINNING_MARGIN, PRESUMPTION, UNDATED_MARGIN
from parcc_nlp.registry.ledger import Ledger

REGISTRY = Registry.shipped()
INSTRUMENTS = list(REGISTRY)
LINKED = [one for one in INSTRUMENTS if REGISTRY.history(one.id) or REGISTRY.relations_of(one.id)]
DAYS = st.dates(min_value=date(1995, 1, 1), max_value=date(2030, 1, 1))


def days_of(identity):
    """Every day on which the data say that something happens to or by an instrument."""
    store = REGISTRY._store
    instrument = store.instrument(identity)
    edges = [*store.into(identity), *store.leads_into(identity), *store.out_of(identity)]
    found = {instrument.issued, instrument.effective, instrument.expires, instrument.checked_on}
    found |= {day for edge in edges for day in (edge.effective, edge.not_before, edge.not_after)}
    found |= {row.date for row in store.living(identity)}
    found |= set(store.signed_between(identity))
    if instrument.number and (year := instrument.number.split("/")[1:2]) and year[0].isdigit():
        found.add(year[0])
    return {day for day in found if day}, {edge.source for edge in edges} | {edge.target for edge in edges}


def event_days(identity):
    """The days on which an answer may change: those of the data, with the margins the rules of evidence add."""
    days, neighbours = days_of(identity)
    for neighbour in neighbours:
        more, further = days_of(neighbour)
        days |= more
        for other in further:
            days |= days_of(other)[0]
    bounds = {bound for day in days for bound in (earliest(day), latest(day))}
    margins = (
        0,
        1,
        PRESUMPTION,
        PRESUMPTION + 1,
        UNDATED_MARGIN,
        UNDATED_MARGIN + 1,
        BEGINNING_MARGIN,
        BEGINNING_MARGIN + 1,
    )
    moved = {add_days(day, margin) for day in bounds for margin in margins}
    period = {f"{year}-01-01" for year in range(2000, 2051)}  # programmes run by calendar years
    return sorted(moved | period | {REGISTRY.date, add_days(REGISTRY.date, 1)})


@settings(max_examples=40)
@given(st.sampled_from(LINKED), st.randoms(use_true_random=False))
def test_an_answer_never_changes_between_two_event_days(instrument, chance):
    days = event_days(instrument.id)
    for before, after in chance.sample(list(pairwise(days)), k=min(25, len(days) - 1)):
        last = add_days(after, -1)
        assert REGISTRY.status(instrument, on=before).status == REGISTRY.status(instrument, on=last).status, (
            before,
            last,
        )


@given(st.sampled_from(INSTRUMENTS), DAYS)
def test_every_instrument_has_an_answer_on_every_day(instrument, day):
    given_ = REGISTRY.status(instrument, on=day.isoformat())
    assert given_.registry == REGISTRY.version
    assert (given_.basis == "none") == (given_.status == "not_known")


@given(st.sampled_from(LINKED), DAYS)
def test_an_ended_instrument_stays_ended(instrument, day):
    first, later = day.isoformat(), add_days(day.isoformat(), 400)
    if REGISTRY.status(instrument, on=first).status == "expired":
        sources = [edge.source for edge in REGISTRY._store.into(instrument.id)]
        if not any(REGISTRY.status(source, on=later).status == "suspended" for source in sources):
            assert REGISTRY.status(instrument, on=later).status == "expired"


@given(st.sampled_from(INSTRUMENTS), DAYS)
def test_expired_needs_a_verified_proof(instrument, day):
    given_ = REGISTRY.status(instrument, on=day.isoformat())
    if given_.status in {"expired", "partly_expired"}:
        assert given_.proof
        assert {proof.confidence for proof in given_.proof} == {"verified"}


@given(st.sampled_from(INSTRUMENTS), DAYS)
def test_nothing_is_in_force_before_it_was_signed(instrument, day):
    if instrument.issued and is_day(instrument.issued) and day.isoformat() < instrument.issued:
        assert REGISTRY.status(instrument, on=day.isoformat()).status == "not_yet"


@given(st.sampled_from(INSTRUMENTS))
def test_an_instrument_is_found_by_its_own_identity(instrument):
    if instrument.number:
        found = REGISTRY.find(
            instrument.number, doc_type=instrument.doc_type, issuer=instrument.issuer, issued=instrument.issued
        )
        assert instrument in found
    assert REGISTRY.get(instrument.id) == instrument


def rewritten(folder, change):
    """Copy the shipped data with some rows changed."""
    copy = folder / "registry"
    shutil.copytree(data_dir(), copy, ignore=shutil.ignore_patterns("curation"))
    for path in sorted(copy.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(head)
            writer.writerows(change(path.name, rows))
    return Registry.from_directory(copy)


@pytest.mark.parametrize("day", ["2023-12-22", "2026-11-23"])
def test_the_order_of_rows_does_not_matter(tmp_path, day):
    def shuffle(_name, rows):
        random.Random(20261123).shuffle(rows)  # noqa: S311 - a shuffle that can be repeated, not a secret
        return rows

    other = rewritten(tmp_path, shuffle)
    for instrument in LINKED:
        assert other.status(instrument.id, on=day) == REGISTRY.status(instrument, on=day), instrument.id


def test_a_relation_of_one_instrument_changes_no_unrelated_one(tmp_path):
    source, target = REGISTRY.get("118/2025/NĐ-CP").id, REGISTRY.get("47/2020/NĐ-CP").id

    def add(name, rows):
        row = [source, "replaces", target, "", "2025-07-01", "", "", "Điều 1", "", "test", "2026-11-23", "verified"]
        return [*rows, row] if name == "relations.csv" else rows

    other = rewritten(tmp_path, add)
    assert other.status(target, on="2026-11-23").status == "expired"
    touched = {target}
    for instrument in LINKED:
        if instrument.id not in touched:
            assert other.status(instrument.id, on="2026-11-23") == REGISTRY.status(instrument, on="2026-11-23")


# Days


@given(DAYS)
def test_bounds_of_a_partial_date_hold_every_day_of_it(day):
    text = day.isoformat()
    for precision in (4, 7, 10):
        assert earliest(text[:precision]) <= text <= latest(text[:precision])
        assert agrees(text, text[:precision])


@given(DAYS)
def test_a_day_is_no_slip_for_itself(day):
    assert not may_be_slip(day.isoformat(), day.isoformat())


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("2021-07-15", "2021-07-25", True),
        ("2021-07-12", "2021-12-07", True),
        ("2021-07-15", "2018-07-15", True),
        ("2021-07-15", "2018-06-18", False),
        ("2021-07", "2021-07-15", False),
    ],
)
def test_a_slip_changes_one_part_or_swaps_two(one, other, slip):
    assert may_be_slip(one, other) is slip


@pytest.mark.parametrize("text", ["2026-02-30", "2026-1-1", "signing", "", "2026"])
def test_what_is_no_day_is_no_day(text):
    assert not is_day(text)


# The days of `Registry.events`, and what an office adds


@settings(max_examples=60)
@given(st.sampled_from(LINKED), st.sampled_from([None, "2026-11-23", "2020-01-01"]), st.randoms(use_true_random=False))
def test_a_status_never_changes_between_two_events(instrument, known_on, chance):
    days = ["1990-01-01", *REGISTRY.events(instrument.id, known_on=known_on), "2049-12-31"]
    for before, after in pairwise(sorted(set(days))):
        first = REGISTRY.status(instrument, on=before, known_on=known_on)
        inside = add_days(before, chance.randrange(max(1, days_between(before, after))))
        for day in {inside, add_days(after, -1)}:
            given_ = REGISTRY.status(instrument, on=max(day, before), known_on=known_on)
            assert (given_.status, given_.since) == (first.status, first.since), (before, day)


def assert_steady(registry, identity):
    """Ask on the first and the last day between each two events."""
    for before, after in pairwise(sorted({"1990-01-01", *registry.events(identity), "2049-12-31"})):
        first, last = (registry.status(identity, on=day).status for day in (before, add_days(after, -1)))
        assert first == last, (before, after)


def days_between(before, after):
    return (date.fromisoformat(after) - date.fromisoformat(before)).days


KINDS = st.sampled_from(["replaces", "repeals", "partially_repeals", "amends", "suspends", "continues", "guides"])


@settings(max_examples=25, deadline=None)
@given(
    KINDS,
    st.sampled_from([one for one in INSTRUMENTS if one.number and one.number.endswith("NĐ-CP") and one.issued]),
    st.dates(min_value=date(2026, 12, 1), max_value=date(2027, 12, 1)),
    st.booleans(),
)
def test_evidence_for_one_instrument_changes_no_unrelated_one(kind, target, day, by_parts):
    source = Reference("9999/2026/NĐ-CP", issued="2026-11-22")
    told = Provenance("text", "9999/2026/NĐ-CP", "2026-11-23")
    parts = (Pinpoint(dieu="5"),) if by_parts else ()
    claim = RelationClaim(
        source, kind, Reference(target.number, issued=target.issued), told, parts=parts, effective=day.isoformat()
    )
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "own.sqlite", base=REGISTRY) as ledger:
        ledger.take([claim])
        after = ledger.registry
    related = {target.id} | {edge.source for edge in REGISTRY.store.into(target.id)}
    related |= {edge.target for edge in REGISTRY.store.out_of(target.id)}
    for instrument in LINKED[::29]:
        if instrument.id not in related:
            mine, theirs = (one.status(instrument.id, on="2027-12-31") for one in (after, REGISTRY))
            assert (mine.status, mine.since, mine.proof) == (theirs.status, theirs.since, theirs.proof)
    assert_steady(after, target.id)
    if by_parts or kind not in {"replaces", "repeals"}:
        for on in (day.isoformat(), "2028-01-01"):
            before = REGISTRY.status(target.id, on=on).status
            assert before == "expired" or after.status(target.id, on=on).status != "expired"
