"""Lean start: the package and the command load no heavy library before it is needed."""

import json
import subprocess
import sys

import pytest

HEAVY = {
    "alembic", "dask", "distributed", "docx", "docxtpl", "fastapi", "feedparser", "httpx", "lxml", "msgspec", "networkx", "numpy",
    "openpyxl", "pandas", "pdfplumber", "psycopg", "pyarrow", "pydantic", "rapidfuzz", "spacy", "sqlalchemy", "thinc", "torch", "underthesea", "uvicorn", "watchdog",
}  # fmt: skip


def loaded_after(statement):
    """The top-level modules a fresh interpreter has loaded after a statement."""
    code = f"import json, sys\n{statement}\nprint(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    return set(json.loads(run.stdout.splitlines()[-1]))


def test_importing_the_package_loads_no_heavy_library():
    assert loaded_after("import parcc_nlp") & HEAVY == set()


def loaded_by_command(*arguments):
    """The top-level modules loaded when the command ran in a fresh interpreter."""
    run_command = "from parcc_nlp.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass"
    return loaded_after(f"sys.argv = ['parcc', *{arguments!r}]\n{run_command}")


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("check", "--help"), ("extract", "--help"), ("status", "--help"), ("version",)],
    ids=" ".join,
)
def test_a_command_that_reads_nothing_loads_no_heavy_library(arguments):
    assert loaded_by_command(*arguments) & HEAVY == set()


def test_the_check_would_notice_a_heavy_library():
    assert "networkx" in loaded_after("import networkx") & HEAVY
