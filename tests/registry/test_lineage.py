"""Where an instrument stands in the line of those that replaced each other."""

import pytest

TODAY = "2026-11-23"


def decree(number):
    date = f"20{10 + number}-01-10"
    return {
        "id": f"vn/nghi-dinh/chinh-phu/{date}/{number}-{date[:4]}-nd-cp", "number": f"{number}/{date[:4]}/NĐ-CP",
        "doc_type": "Nghị định", "issuer": "Chính phủ", "issued": date, "effective": date, "source": "test",
        "legal_class": "normative", "surveyed": "1", "retrieved": TODAY, "confidence": "verified",
    }  # fmt: skip


@pytest.fixture
def line(make_registry):
    """Make a registry of decrees 1 to 5 and of what replaced what: (later, earlier, day, provisions)."""

    def make(*steps):
        decrees = {number: decree(number) for number in range(1, 6)}
        relations = [
            {
                "source": decrees[later]["id"], "kind": "replaces", "target": decrees[earlier]["id"], "parts": parts,
                "effective": day, "clause": "Điều 9", "evidence": "test", "retrieved": TODAY, "confidence": "verified",
            }
            for later, earlier, day, parts in steps
        ]  # fmt: skip
        return make_registry(instruments=decrees.values(), relations=relations)

    return make


def names(steps):
    return [(step.by, step.instrument, step.steps) for step in steps]


def test_a_chain_is_followed_both_ways(line):
    registry = line((2, 1, "2013-01-01", ""), (3, 2, "2014-01-01", ""))
    given = registry.lineage("1/2011/NĐ-CP")
    assert names(given.successors) == [("2/2012/NĐ-CP", "1/2011/NĐ-CP", 1), ("3/2013/NĐ-CP", "2/2012/NĐ-CP", 2)]
    assert names(registry.lineage("3/2013/NĐ-CP").predecessors) == [
        ("3/2013/NĐ-CP", "2/2012/NĐ-CP", 1),
        ("2/2012/NĐ-CP", "1/2011/NĐ-CP", 2),
    ]
    assert given.successors[0].clause == "Điều 9"


def test_every_branch_is_told(line):
    registry = line((2, 1, "2013-01-01", ""), (3, 1, "2013-01-01", "dieu 5"), (4, 2, "2016-01-01", ""))
    given = registry.lineage("1/2011/NĐ-CP")
    assert {(step.by, step.extent) for step in given.successors} == {
        ("2/2012/NĐ-CP", "whole"),
        ("3/2013/NĐ-CP", "part"),
        ("4/2014/NĐ-CP", "whole"),
    }


def test_by_a_day_later_steps_are_left_out(line):
    registry = line((2, 1, "2013-01-01", ""), (3, 2, "2014-01-01", ""))
    assert [step.by for step in registry.lineage("1/2011/NĐ-CP", on="2013-06-01").successors] == ["2/2012/NĐ-CP"]


def test_a_circle_is_told_and_followed_once(line):
    registry = line((2, 1, "2013-01-01", ""), (3, 2, "2014-01-01", ""), (1, 3, "2015-01-01", ""))
    given = registry.lineage("1/2011/NĐ-CP")
    assert len(given.successors) == len(given.predecessors) == 3
    assert given.circles == (("1/2011/NĐ-CP", "2/2012/NĐ-CP", "3/2013/NĐ-CP"),)
    assert registry.status("1/2011/NĐ-CP", on=TODAY).chain == ("2/2012/NĐ-CP", "3/2013/NĐ-CP")


def test_who_stands_in_no_line_has_none(line):
    given = line().lineage("5/2015/NĐ-CP")
    assert (given.successors, given.predecessors, given.circles) == ((), (), ())
