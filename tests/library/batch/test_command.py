"""``parcc batch``: what it prints and how it ends."""

import pytest
import typer
from typer.testing import CliRunner

from parcc_nlp.cli.batch_app import batch
from parcc_nlp.cli.exits import ParccGroup
from parcc_nlp.cli.streams import speak


@pytest.fixture
def command(batches, tmp_path, monkeypatch):
    monkeypatch.setenv("PARCC_REGISTRY", "shipped")
    app = typer.Typer(cls=ParccGroup)
    app.command()(batch)
    app.callback()(lambda lang="vi": speak(lang))
    given = ["--output", tmp_path / "results", "--today", "23/11/2026", "--chunk", 3, "--engine", "here"]

    def run(*words):
        return CliRunner().invoke(app, [str(word) for word in ["batch", *given, *words]])

    return run


def test_a_run_ends_with_a_summary_and_says_that_files_could_not_be_examined(command, batches):
    done = command(batches.folder)
    assert done.exit_code == 2, done.stderr
    assert done.stdout.startswith("Tổng cộng 13 tệp: 11 văn bản đã xử lý, 2 tệp không xử lý được.\nPhát hiện: ")
    assert "điểm cần xem xét trước hết" in done.stdout
    again = command(batches.folder)
    assert (again.exit_code, "đã xong từ trước" in again.stdout) == (2, True)


def test_good_files_end_with_0(command, batches):
    assert command(batches.folder / "a" / "00.txt").exit_code == 0


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (("--engine", "spark"), 3, "E456"),
        (("--engine", "dask"), 3, "E312"),
        (("--list", "no such list"), 2, "E102"),
        (("--chunk", "0"), 3, "E313"),
        ((), 3, "E457"),
    ],
)
def test_wrong_usage_is_told_by_its_code(command, words, status, code):
    done = command(*words)
    assert (done.exit_code, code in done.stderr) == (status, True), done.stderr


def test_the_help_is_vietnamese(command):
    assert "Thư mục kết quả" in command("--help").stdout
