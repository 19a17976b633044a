"""The targets of the gold documents, where the shared material is at hand."""

import json
from collections import Counter

import pytest
from rapidfuzz import fuzz

from parcc_nlp.extract.metadata import find_metadata
from parcc_nlp.extract.structure import find_structure
from parcc_nlp.extract.targets import find_targets
from parcc_nlp.text.normalise import normalise

pytestmark = pytest.mark.shared

EXACT = ("comparator", "change", "deadline", "value_max")
NAMED = ("subject", "scope")


def read(text):
    source = normalise(text)
    return find_targets(source, structure=find_structure(source), metadata=find_metadata(source))


def place(item, lines):
    """Stretch of the text that a gold item quotes."""
    start = sum(len(line) + 1 for line in lines[: item["line"] - 1])
    at = -1
    for _ in range(item.get("nth", 1)):
        at = lines[item["line"] - 1].index(item["quote"], at + 1)
    return start + at, start + at + len(item["quote"])


def same(item, target, span):
    unit = (target.unit or "").lower() == item["unit"].lower()
    return unit and target.value == item["value"] and target.start < span[1] and span[0] < target.end


def fields(item, target):
    """Which fields of a matched target are right."""
    for name in EXACT:
        yield name, item[name] == getattr(target, name)
    for name in NAMED:
        wanted, got = item[name], getattr(target, name)
        alike = not wanted or fuzz.token_set_ratio(wanted.lower(), (got or "").lower()) >= 80
        yield name, (not wanted) == (not got) and alike


@pytest.fixture(scope="module")
def counted(shared_dir):
    """Hits, misses and spurious targets over all gold documents, and how often each field is right."""
    totals, right = Counter(), Counter()
    for path in sorted((shared_dir / "eval" / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (shared_dir / "eval" / gold["text"]).read_text(encoding="utf-8")
        left = list(read(text))
        for item in gold["targets"]:
            span = place(item, text.split("\n"))
            hit = next((target for target in left if same(item, target, span)), None)
            if hit:
                left.remove(hit)
            if item.get("optional"):
                continue
            totals["hit" if hit else "missed"] += 1
            right.update(name for name, is_right in (fields(item, hit) if hit else ()) if is_right)
        totals["spurious"] += len(left)
    return totals, right


def test_targets_of_the_gold_documents_are_found(counted):
    totals, _ = counted
    f1 = 2 * totals["hit"] / (2 * totals["hit"] + totals["missed"] + totals["spurious"])
    assert f1 >= 0.95, totals


@pytest.mark.parametrize(("name", "least"), [*((name, 0.95) for name in EXACT), *((name, 0.90) for name in NAMED)])
def test_the_fields_of_the_gold_targets_are_right(counted, name, least):
    totals, right = counted
    assert right[name] / totals["hit"] >= least


def test_every_target_of_real_plans_is_its_own_stretch_of_the_text(shared_dir):
    for path in sorted((shared_dir / "documents" / "plans").glob("*-KH-*.txt")):
        text = path.read_text(encoding="utf-8")
        assert all(text[target.start : target.end] == target.text for target in read(text)), path.name


def test_statutes_hold_next_to_no_goals(shared_dir):
    statutes = sorted((shared_dir / "documents" / "statutes").glob("Nghi-dinh-*.txt"))[:25]
    assert statutes
    assert sum(len(read(path.read_text(encoding="utf-8"))) for path in statutes) <= 2
