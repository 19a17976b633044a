"""How much a registry knows is counted, and every count can be checked against the rows."""

from parcc_nlp.registry.claims import Provenance, Reference, RelationClaim
from parcc_nlp.registry.figures import figures_of
from parcc_nlp.registry.ledger import Ledger

DAY = "2026-11-23"


def test_every_instrument_is_counted_once_in_every_breakdown(registry):
    figures = figures_of(registry)
    assert figures.instruments == len(registry)
    for breakdown in (figures.by_type, figures.by_confidence, figures.by_source):
        assert sum(count for _, count in breakdown) == figures.instruments
    assert sum(count for _, count in figures.relations_by_kind) == figures.relations
    assert sum(count for _, count in figures.relations_by_source) == figures.relations


def test_the_commonest_comes_first(registry):
    counts = [count for _, count in figures_of(registry).by_type]
    assert counts == sorted(counts, reverse=True)


def test_no_more_are_fresh_or_ended_than_there_are(registry):
    figures = figures_of(registry)
    assert 0 < figures.fresh + figures.ended <= figures.instruments
    assert 0 < figures.effective <= figures.instruments


def test_an_empty_registry_counts_nothing(make_registry):
    figures = figures_of(make_registry())
    assert (figures.instruments, figures.relations, figures.by_type) == (0, 0, ())


def test_what_an_office_adds_is_counted_under_its_source(tmp_path, registry):
    before = figures_of(registry)
    ending = RelationClaim(
        Reference("900/2026/NĐ-CP", doc_type="Nghị định", issued="2026-09-01"),
        "replaces",
        Reference("107/2021/NĐ-CP"),
        Provenance("text", "900/2026/NĐ-CP", DAY),
        effective="2026-10-01",
    )
    with Ledger.open(tmp_path / "office.sqlite", base=registry) as ledger:
        ledger.take([ending])
        ledger.correct(Reference("63/2010/NĐ-CP"), field="title", value="Tên", because="đã đọc", by="A", on=DAY)
        after = figures_of(ledger.registry)
    assert (after.instruments, after.relations) == (before.instruments + 1, before.relations + 1)
    assert dict(after.relations_by_source)["text"] == 1
    assert after.corrections == before.corrections + 1
