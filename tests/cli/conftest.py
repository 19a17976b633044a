"""The command as a user has it: inside this process for what it says, as a process of its own for how it ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

HEAD = """ỦY BAN NHÂN DÂN TỈNH HÒA GIANG
Số: 12/QĐ-UBND
Hòa Giang, ngày 15 tháng 01 năm 2024
QUYẾT ĐỊNH
Về việc ban hành Kế hoạch cải cách hành chính năm 2024
"""
CLEAN = HEAD + "Căn cứ Quyết định số 99/2019/QĐ-UBND ngày 09 tháng 6 năm 2019 của UBND tỉnh;\n"
# A symbol with a space inside it is a warning (VB206), whatever the registry knows.
FAULTY = HEAD + "Điều 1. Thực hiện Chỉ thị số 03/CT- UBND ngày 20 tháng 01 năm 2021 của UBND tỉnh.\n"


@pytest.fixture
def parcc(monkeypatch):
    """Run a command line in this process and give its result."""
    from parcc_nlp.cli.app import app

    monkeypatch.delenv("PARCC_LANG", raising=False)

    def run(*words, given=None):
        return CliRunner().invoke(app, [str(word) for word in words], input=given)

    return run


@pytest.fixture
def process():
    """Run a command line as a process and give its result, output as bytes."""

    def run(*words, given=b"", env=None, cwd=None):
        return subprocess.run(
            [sys.executable, "-m", "parcc_nlp.cli", *map(str, words)],
            input=given,
            capture_output=True,
            env={**os.environ, **(env or {})},
            cwd=cwd,
            check=False,
            timeout=120,
        )

    return run


@pytest.fixture
def faulty(tmp_path):
    """A document with a warning."""
    return written(tmp_path / "faulty.txt", FAULTY)


@pytest.fixture
def clean(tmp_path):
    """A document with nothing to warn of."""
    return written(tmp_path / "clean.txt", CLEAN)


@pytest.fixture
def empty(tmp_path):
    """A file that cannot be examined."""
    return written(tmp_path / "empty.txt", "")


def written(path: Path, text: str) -> Path:
    """Write a text file and give its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
