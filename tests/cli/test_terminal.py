"""What a person at a terminal sees: colours and a bar, neither of which ends in a file."""

import os
import subprocess
import sys

import pytest

from .conftest import CLEAN, written

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")


def at_terminal(*words, stdout=None, env=None):
    """Run a command line with a terminal as its error stream, and as its output unless that goes elsewhere."""
    leader, follower = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "parcc_nlp.cli", *map(str, words)],
        stdout=follower if stdout is None else stdout,
        stderr=follower,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100", **(env or {})},
    )
    os.close(follower)
    shown = b""
    try:
        while part := os.read(leader, 65536):
            shown += part
    except OSError:  # how a terminal says that its last user has gone
        pass
    os.close(leader)
    running.wait(timeout=60)
    return shown.decode("utf-8")


@pytest.fixture
def folder(tmp_path):
    for number in range(3):
        written(tmp_path / f"{number}.txt", CLEAN)
    return tmp_path


def test_a_report_on_a_terminal_has_colours(clean):
    assert "\x1b[1m" in at_terminal("check", clean)


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_colours_can_be_declined(clean, env):
    assert "\x1b" not in at_terminal("check", clean, env=env)


def test_a_bar_moves_while_the_results_go_elsewhere(folder):
    with (folder / "out.jsonl").open("wb") as file:
        shown = at_terminal("check", folder, "--format", "jsonl", stdout=file)
    assert "3/3" in shown
    assert b"\x1b" not in (folder / "out.jsonl").read_bytes()


def test_no_bar_crosses_the_results_on_the_terminal(folder):
    assert "3/3" not in at_terminal("check", folder)
