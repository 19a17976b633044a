"""Reorganisations are read as the names they ended, with the day, the successor and the source."""

import csv

import pytest

from parcc_nlp.registry.reorganisation import KnowsReorganisations, _ending_changes, former_names
from parcc_nlp.registry.tables import Reorganisation


def row(old, change, new="Cơ quan mới", *, effective="2025-03-01"):
    source = "Nghị định 9/2025/NĐ-CP"
    return Reorganisation("department", old, change, new, effective, source, "bản chép", None, "verified", None)


@pytest.mark.parametrize("change", ["merged_into", "renamed", "abolished", "replaced_by"])
def test_a_change_that_ends_a_name_is_read_with_all_that_is_known_of_it(change):
    (former,) = former_names([row("Sở Cây xanh", change, "Sở Công viên")])
    assert (former.name, former.change, former.successor, former.ended) == (
        "Sở Cây xanh",
        change,
        "Sở Công viên",
        "2025-03-01",
    )
    assert former.legal_source == "Nghị định 9/2025/NĐ-CP"


@pytest.mark.parametrize("change", ["unchanged", "enlarged (keeps name)", "moved_to", "created", "split", "chưa biết"])
def test_a_change_that_does_not_surely_end_a_name_is_left_out(change):
    assert former_names([row("Sở Cây xanh", change)]) == ()


def test_a_row_of_several_names_gives_each_without_its_remarks():
    found = former_names([row("Trung tâm A cấp huyện; Bộ phận B (một cửa) cấp huyện", "abolished")])
    assert [former.name for former in found] == ["Trung tâm A cấp huyện", "Bộ phận B cấp huyện"]
    assert len({former.fact for former in found}) == 1


@pytest.mark.parametrize(
    ("ended", "day", "over"),
    [
        ("2025-03-01", "2025-02-28", False),
        ("2025-03-01", "2025-03-01", True),
        ("2025", "2025-12-31", False),
        ("2025", "2026-01-01", True),
        ("2025-03", "2025-03-31", False),
        ("2025-03", "2025-04-01", True),
        (None, "2026-01-01", False),
    ],
)
def test_a_name_has_ended_from_its_day_on_and_of_a_year_only_after_it(ended, day, over):
    (former,) = former_names([row("Sở Cây xanh", "renamed", effective=ended)])
    assert former.ended_by(day) is over


def test_the_shipped_registry_knows_the_mergers_of_2025(registry):
    ended = {former.name: former for former in former_names(registry.reorganisations())}
    assert isinstance(registry, KnowsReorganisations)
    assert ended["Sở Kế hoạch và Đầu tư"].successor == "Sở Tài chính"
    assert ended["tỉnh Bình Định"].ended == "2025-07-01"
    assert ended["UBND cấp huyện"].fact == ended["HĐND cấp huyện"].fact
    assert "tỉnh Lâm Đồng" not in ended
    assert "Bảo hiểm xã hội Việt Nam" not in ended


def test_every_change_of_the_shipped_table_is_known_to_end_a_name_or_not_to(root):
    listed = list(
        csv.DictReader((root / "parcc_nlp" / "registry" / "reorganisation_changes.csv").open(encoding="utf-8"))
    )
    changes = [line["change"] for line in listed]
    shipped = list(csv.DictReader((root / "corpora" / "registry" / "reorganisation.csv").open(encoding="utf-8")))
    assert {line["change"] for line in shipped} <= set(changes)
    assert len(set(changes)) == len(changes)
    assert {line["ends"] for line in listed} == {"yes", ""}
    assert _ending_changes() < set(changes)
