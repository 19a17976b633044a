"""The pages made from data say what the data say, and no page points to a place that is not there."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from parcc_nlp import contract

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "corpora").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")


def load_tool(name):
    """A script of tools/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MADE = load_tool("build_docs").pages()


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_page_made_from_data_is_current(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == MADE[name], "run make docs"


def test_no_page_is_left_of_a_rule_that_is_gone():
    assert {f"rules/{path.name}" for path in (ROOT / "docs" / "rules").glob("*.md")} <= set(MADE)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_links_of_a_page_lead_somewhere(page):
    assert [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()] == []


def test_the_targets_that_readme_names_are_in_the_makefile():
    named = set(re.findall(r"\bmake ([a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"demo", "test"} <= named <= targets


def test_the_python_of_readme_runs():
    code = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL).group(1)
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)


@pytest.mark.parametrize("table", sorted((ROOT / "corpora" / "registry").glob("*.csv")), ids=lambda path: path.name)
def test_every_column_of_the_registry_is_explained(table):
    page = (ROOT / "docs" / "DATA.md").read_text(encoding="utf-8")
    columns = table.read_text(encoding="utf-8").splitlines()[0].split(",")
    assert f"`{table.name}`" in page
    assert [column for column in columns if f"`{column}`" not in page] == []


def test_every_key_of_the_contract_is_explained():
    page = (ROOT / "docs" / "OUTPUT.md").read_text(encoding="utf-8")
    kinds = ("extraction", "review", "status")
    schemas = [contract.json_schema(kind) for kind in kinds]
    objects = [one for schema in schemas for one in (schema, *schema["$defs"].values())]
    keys = {key for one in objects for key in one.get("properties", {})}
    assert len(keys) > 50
    assert sorted(key for key in keys if f"`{key}`" not in page) == []
