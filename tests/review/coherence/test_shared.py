"""The documents of the evaluation: what is called a fault in them, each read in its place."""

import pytest

from parcc_nlp.api import extract
from parcc_nlp.registry import Registry
from parcc_nlp.review import review

pytestmark = pytest.mark.shared

FAULTS = {
    "010-ct-ubnd-dak-lak": {("VB408", 13)},
    "1630-qd-ubnd-quang-ngai": {("VB407", 96)},
    "157-kh-ubnd-can-tho": {("VB406", 49)},
}


@pytest.fixture(scope="module")
def registry():
    return Registry.shipped()


@pytest.mark.parametrize("as_of", ["signing", "2026-11-23"])
def test_only_the_faults_that_a_reader_sees_are_called_faults(shared_dir, registry, as_of):
    for path in sorted((shared_dir / "eval" / "texts").glob("*.txt")):
        extraction = extract(path.read_text(encoding="utf-8"), registry=registry, duties=(), effects=False)
        found = review(extraction, as_of=as_of, registry=registry, select=("VB4",)).findings
        faults = {(one.rule, one.where.paragraph) for one in found if one.kind == "fail"}
        assert faults == FAULTS.get(path.stem, set()), path.stem
