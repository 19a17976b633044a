"""An export gives the same answers as what was exported, as a file and as a folder."""

import pytest

from parcc_nlp.errors import RegistryError
from parcc_nlp.model import Pinpoint
from parcc_nlp.registry import Registry
from parcc_nlp.registry.claims import InstrumentClaim, LifeClaim, Provenance, Reference, RelationClaim
from parcc_nlp.registry.ledger import Ledger

TODAY = "2026-11-23"
OLD, NEW = Reference("63/2010/NĐ-CP"), Reference("999/2026/NĐ-CP", issued="2026-11-01")
TEXT = Provenance("text", "999/2026/NĐ-CP", "2026-11-20", place="Điều 9")
TABLE = Provenance("table", "bang.xlsx", "2026-11-21")
TOUCHED = ("63/2010/NĐ-CP", "999/2026/NĐ-CP", "61/2018/NĐ-CP", "45/2025/NĐ-CP", "102/2024/NĐ-CP", "80/2015/QH13")


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    """A registry with everything an office can add."""
    with Ledger.open(tmp_path_factory.mktemp("own") / "registry.sqlite") as ledger:
        ledger.take(
            [
                InstrumentClaim(NEW, TEXT, title="Nghị định, “thử”\nhai dòng", effective="2026-11-10"),
                RelationClaim(NEW, "replaces", OLD, TEXT, effective="2026-11-10", clause="Điều 9"),
                RelationClaim(NEW, "replaces", OLD, TABLE, effective="2026-11-15"),
                RelationClaim(OLD, "repeals", NEW, TABLE, effective="2026-11-15"),
                RelationClaim(
                    NEW, "partially_repeals", Reference("61/2018/NĐ-CP"), TEXT, parts=(Pinpoint(dieu="5"),),
                    effective="2026-11-10",
                ),
                LifeClaim(Reference("61/2018/NĐ-CP"), "2026-11-01", "statement", TABLE, quote="còn hiệu lực"),
            ]
        )  # fmt: skip
        said = ledger.correct(OLD, field="status", value="suspended", because="thử", by="A", on="2026-11-21")
        ledger.withdraw(said.id, because="nhầm", by="B", on="2026-11-22")
        ledger.correct(NEW, field="title", value="Nghị định khác", because="đọc", by="A", on="2026-11-22")
        yield ledger.registry


def answers(registry):
    """Everything that is answered of the touched instruments and of a sample of the others, version left out."""
    ids = {one.id for one in list(registry)[::53]} | {registry.get(number).id for number in TOUCHED}
    return {
        (identity, day, known): (
            (given := registry.status(identity, on=day, known_on=known)).status, given.basis, given.since, given.proof,
            given.contradictions, given.note, given.chain, given.leads, given.title,
            registry.history(identity, known_on=known, everything=True),
            registry.provision_status(identity, Pinpoint(dieu="5"), on=day, known_on=known).status,
        )
        for identity in sorted(ids)
        for day in ("2024-01-01", TODAY)
        for known in (None, "2026-11-22", "2026-11-20")
    }  # fmt: skip


@pytest.mark.parametrize("name", ["all.sqlite", "all.db", "folder"])
def test_an_export_gives_the_same_answers(worked, tmp_path, name):
    worked.export(tmp_path / name)
    again = Registry.from_directory(tmp_path / name) if name == "folder" else Registry.open(tmp_path / name)
    assert again.version == worked.version
    assert len(again) == len(worked)
    assert answers(again) == answers(worked)
    again.verify()


def test_an_export_of_an_export_has_the_same_content(worked, tmp_path):
    worked.export(tmp_path / "one.sqlite")
    Registry.open(tmp_path / "one.sqlite").export(tmp_path / "folder")
    Registry.from_directory(tmp_path / "folder").export(tmp_path / "two.sqlite")
    contents = {Registry.open(tmp_path / name).layers[0].content for name in ("one.sqlite", "two.sqlite")}
    assert len(contents) == 1


def test_the_shipped_data_alone_come_out_as_they_went_in(registry, tmp_path, root):
    registry.export(tmp_path / "folder")
    for path in sorted((tmp_path / "folder").glob("*.csv")):
        assert path.read_bytes() == (root / "corpora" / "registry" / path.name).read_bytes(), path.name


def test_an_instrument_that_the_shipped_data_know_by_now_is_exported_once(worked, tmp_path, make_registry):
    worked.export(tmp_path / "newer")
    own = Registry(worked.store).layers[1]
    known = worked.get("999/2026/NĐ-CP")
    base = make_registry(
        instruments=[
            {"id": known.id, "number": known.number, "doc_type": known.doc_type, "issuer": known.issuer,
             "issued": known.issued, "source": "test", "surveyed": "1", "confidence": "verified"}
        ]
    )  # fmt: skip
    both = Registry(type(worked.store)((*base.layers, own)))
    for name in ("both.sqlite", "both"):
        both.export(tmp_path / name)
    again = Registry.open(tmp_path / "both.sqlite"), Registry.from_directory(tmp_path / "both")
    assert {len(one) for one in (*again, both)} == {len(both)}


def test_an_export_never_writes_over_an_offices_own_file(worked, tmp_path):
    with Ledger.open(tmp_path / "own.sqlite") as ledger, pytest.raises(RegistryError) as caught:
        worked.export(ledger.path)
    assert caught.value.code == "E211"


def test_an_export_never_writes_over_something_else(worked, tmp_path):
    (tmp_path / "letter.db").write_text("not ours", encoding="utf-8")
    with pytest.raises(RegistryError):
        worked.export(tmp_path / "letter.db")
    assert (tmp_path / "letter.db").read_text(encoding="utf-8") == "not ours"
