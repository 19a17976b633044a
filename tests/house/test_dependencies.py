"""What the project needs is named once, pinned, and its licences are known."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = [*PROJECT["dependencies"], *(line for lines in PROJECT["optional-dependencies"].values() for line in lines)]

ASKED_FOR_WHERE_USED = {"pandas"}
"""Optional at run time, with a coded error of its own (E321) where it is missing."""
PART_OF_A_DECLARED_ONE = {"markupsafe", "srsly"}
"""By the same authors and in the public interface of jinja2 and spaCy."""


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


def imports_of(path):
    """The first names of everything a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").partition(".")[0]


def test_what_the_package_imports_it_declares():
    """A library that comes along with another may leave with it."""
    providers = packages_distributions()
    imported = {name for path in (ROOT / "parcc_nlp").rglob("*.py") for name in imports_of(path)}
    third_party = imported - sys.stdlib_module_names - {"parcc_nlp"} - ASKED_FOR_WHERE_USED - PART_OF_A_DECLARED_ONE
    declared = {name_of(line) for line in PROJECT["dependencies"]}
    undeclared = {name for name in third_party if not {name_of(one) for one in providers.get(name, [name])} & declared}
    assert undeclared == set()
