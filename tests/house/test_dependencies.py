"""What the project needs is named once, pinned, and its licences are known."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = [*PROJECT["dependencies"], *(line for lines in PROJECT["optional-dependencies"].values() for line in lines)]


def name_of(requirement):
    """The normalised name of a requirement line."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement).group()).lower()


PINNED = {
    name_of(line): line
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
}


@pytest.mark.parametrize("requirement", DECLARED)
def test_a_declared_dependency_has_a_lower_and_an_upper_bound(requirement):
    assert ">=" in requirement
    assert "<" in requirement.replace("<=", "")


@pytest.mark.parametrize("requirement", DECLARED)
def test_a_declared_dependency_is_pinned_in_the_constraints(requirement):
    assert name_of(requirement) in PINNED, "run make constraints"


def test_constraints_are_plain_pins():
    pin = re.compile(r"[a-z0-9-]+==[\w.!+]+(?: ; .+)?")
    assert [line for line in PINNED.values() if not pin.fullmatch(line)] == []


@pytest.mark.parametrize("requirement", DECLARED)
def test_the_licence_of_a_declared_dependency_is_known(requirement):
    rows = re.findall(r"^\| `([\w.-]+)`", (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert name_of(requirement) in {name_of(row) for row in rows}
