r"""Reading of the CSV tables of this folder: ``\n``, ``\t``, ``\r`` and ``\uXXXX`` in a cell stand for the characters.

A test module names its table as ``TABLE``; a test that asks for ``case`` is then run once a row.
"""

import csv
import re
from pathlib import Path

import pytest

_ESCAPE = re.compile(r"\\(n|t|r|u[0-9A-Fa-f]{4})")
_CHARACTERS = {"n": "\n", "t": "\t", "r": "\r"}


def _character(match):
    return _CHARACTERS.get(match[1]) or chr(int(match[1][1:], 16))


def _rows(name):
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as stream:
        return [
            {column: _ESCAPE.sub(_character, cell) for column, cell in row.items()} for row in csv.DictReader(stream)
        ]


def pytest_generate_tests(metafunc):
    if "case" in metafunc.fixturenames:
        rows = _rows(metafunc.module.TABLE)
        first = next(iter(rows[0]))
        metafunc.parametrize("case", rows, ids=[f"{line}-{row[first]!a:.40}" for line, row in enumerate(rows, 2)])


@pytest.fixture
def cases(request):
    return _rows(request.module.TABLE)
