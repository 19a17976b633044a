"""The house keeps its rooms apart (docs/ARCHITECTURE.md): data walks one way through them."""

import ast
import csv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "parcc_nlp"
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "tools", "base", "core"}

with (Path(__file__).parent / "rooms.csv").open(encoding="utf-8", newline="") as lines:
    ROOMS = {row["room"]: set(row["may_import"].split()) for row in csv.DictReader(lines)}

MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(module):
    """The room a file stands in: its folder below the package, or its own name beside it."""
    inside = module.relative_to(PACKAGE)
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def imported_rooms(source):
    """The rooms a module imports from, whether at the top, inside a function or for types only."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: write imports in full, so that they can be read and checked"
            names = [node.module or ""]
            if node.module == "parcc_nlp":
                names = [f"parcc_nlp.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            if name.startswith("parcc_nlp."):
                yield name.split(".")[1]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_rooms_its_own_room_may_see(module):
    room = room_of(module)
    assert room in ROOMS, f"a new room {room}: say in rooms.csv what it owns and what it may import"
    allowed = ROOMS[room] | {room}
    if "*" in allowed:
        return
    assert set(imported_rooms(module.read_text(encoding="utf-8"))) <= allowed


def test_the_check_sees_imports_of_every_form():
    source = (
        "import parcc_nlp.web.desk\ndef f():\n    from parcc_nlp.cli import main\n    from parcc_nlp import graph\n"
    )
    assert set(imported_rooms(source)) == {"web", "cli", "graph"}


def test_rooms_form_no_circle():
    seen = set()
    waiting = {room: allowed - {"*"} for room, allowed in ROOMS.items() if room != "cli"}
    while ready := {room for room, allowed in waiting.items() if allowed <= seen | {"cli"}}:
        seen |= ready
        waiting = {room: allowed for room, allowed in waiting.items() if room not in ready}
    assert not waiting


def test_no_file_or_folder_is_named_for_nothing_in_particular():
    folders = ["parcc_nlp", "tests", "benchmarks", "corpora", "tools", "scripts"]
    named = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.stem in FORBIDDEN_NAMES]
    assert not named


def test_every_folder_of_the_package_with_modules_is_a_package():
    assert not [path for path in MODULES if not (path.parent / "__init__.py").exists()]
