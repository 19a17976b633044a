"""A small registry of a test's own, written to files and loaded like any other."""

import csv
import json

import pytest

from parcc_nlp.registry import Registry
from parcc_nlp.registry.tables import COLUMNS as _COLUMNS

TODAY = "2026-11-23"


TABLES = ("instruments", "relations", "leads", "in_force", "reorganisation")


def write_registry(folder, *, date=TODAY, **tables):
    """Write a registry; rows are mappings, what a row leaves out stays empty."""
    assert set(tables) <= set(TABLES)
    for name, given in ((f"{table}.csv", tables.get(table, ())) for table in TABLES):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, _COLUMNS[name], restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(given)
    (folder / "MANIFEST.json").write_text(json.dumps({"version": f"{date}+test", "date": date}), encoding="utf-8")
    return folder


@pytest.fixture
def make_registry(tmp_path):
    """Make a registry of a test's own rows."""

    def make(**rows):
        return Registry.from_directory(write_registry(tmp_path, **rows))

    return make


@pytest.fixture
def write(tmp_path):
    """Write a registry folder of a test's own rows and give its path."""

    def make(**rows):
        return write_registry(tmp_path, **rows)

    return make


@pytest.fixture(scope="session")
def registry():
    """The registry shipped with the library."""
    return Registry.shipped()
