"""Every public name says what it is: a summary, and for functions what goes in and what can go wrong."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "parcc_nlp"
MODULES = sorted(PACKAGE.rglob("*.py"))
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def public_nodes(module):
    """The public classes and functions of a module, methods of public classes among them."""
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef)) or node.name.startswith("_"):
            continue
        yield node.name, node
        if isinstance(node, ast.ClassDef):
            for member in node.body:
                if isinstance(member, FUNCTIONS) and not member.name.startswith("_"):
                    yield f"{node.name}.{member.name}", member


def is_overload(node):
    """A typing overload: its implementation carries the docstring."""
    return any(ast.unparse(decorator).endswith("overload") for decorator in getattr(node, "decorator_list", []))


def section(docstring, title):
    """The text below a numpydoc heading, or the empty string."""
    found = re.search(rf"^{title}\n-+\n(.*?)(?=^\w[\w ]*\n-+\n|\Z)", docstring, re.MULTILINE | re.DOTALL)
    return found.group(1) if found else ""


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_everything_public_has_a_docstring(module):
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))), "the module says what it is for"
    bare = [name for name, node in public_nodes(module) if not is_overload(node) and not ast.get_docstring(node)]
    assert bare == []


@pytest.mark.parametrize("verb", ["read", "extract", "review", "status"])
@pytest.mark.parametrize("title", ["Parameters", "Returns", "Examples"])
def test_the_verbs_are_documented_in_full(verb, title):
    tree = ast.parse((PACKAGE / "api.py").read_text(encoding="utf-8"))
    docstrings = {node.name: ast.get_docstring(node) or "" for node in tree.body if isinstance(node, FUNCTIONS)}
    assert section(docstrings[verb], title)
