"""A run that was killed goes on: nothing is lost, nothing that is done is done again, the rows are the same."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date
from types import SimpleNamespace

import psutil
import pytest

from parcc_nlp.errors import UsageError
from parcc_nlp.library.batch import register_engine
from parcc_nlp.library.batch import run as running

from .conftest import DAY, FILES, Here

PROGRAM = """
import sys
from datetime import date
from parcc_nlp.library.batch import register_engine, run_batch
from parcc_nlp.library.batch.work import examine_chunk

class Here:
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    def run(self, work, setting, chunks, *, alone=False):
        return ((chunk, work(setting, chunk)) for chunk in chunks)

if __name__ == "__main__":
    folder, output, engine = sys.argv[1:]
    register_engine("here", lambda _: Here())
    run_batch([folder], output=output, engine=engine, jobs=1, registry="shipped", today=date(2026, 11, 23), chunk=3,
              progress=lambda done, of: print(done, flush=True))
"""


class Noting(Here):
    """An engine that keeps which chunks it was given."""

    def __init__(self):
        self.given = []

    def run(self, work, setting, chunks, *, alone=False):
        for chunk, done in super().run(work, setting, chunks):
            self.given.append(chunk.number)
            yield chunk, done


@pytest.fixture
def noting():
    engine = Noting()
    register_engine("noting", lambda _: engine)
    return engine


def finished(output):
    """The chunks that the journal has as done."""
    with sqlite3.connect(output / "_run" / "run.sqlite") as database:
        return {number for (number,) in database.execute("SELECT number FROM chunks")}


def killed(batches, output, engine, *, after, delay):
    """Start a run as a process, kill it some time after it has told of progress, and give the processes it left."""
    command = [sys.executable, "-c", PROGRAM, str(batches.folder), str(output), engine]
    if engine == "local":  # a spawned worker looks for the program in a file
        program = output.parent / "program.py"
        program.write_text(PROGRAM, encoding="utf-8")
        command[1:3] = [str(program)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for _ in range(after):
            process.stdout.readline()
        time.sleep(delay)
        workers = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        process.send_signal(signal.SIGKILL)
    return workers


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_a_run_killed_twice_at_any_instant_ends_with_the_rows_of_one_that_was_not(batches, expected, tmp_path, noting):
    output = tmp_path / "results"
    instants = [(random.randint(1, 3), random.uniform(0, 0.15)) for _ in range(2)]  # noqa: S311 - no secrets
    left = killed(batches, output, "local", after=instants[0][0], delay=instants[0][1])
    once = finished(output)
    killed(batches, output, "here", after=instants[1][0], delay=instants[1][1])
    twice = finished(output)
    summary = batches.run(output, engine="noting")
    assert once <= twice, instants
    assert set(noting.given) == set(range(-(-FILES // 3))) - twice, instants
    assert summary.taken_over == len(twice)
    assert batches.rows(output) == expected, instants
    _, alive = psutil.wait_procs(left, timeout=5)
    assert not alive, "workers must not outlive the run that started them"


class PulledPlug(BaseException):
    """The end of a process, as near as one process can tell of it."""


def test_wherever_writing_stops_the_run_goes_on_from_there(batches, expected, tmp_path, monkeypatch):
    write = running.write_part
    tables = len(expected)
    for steps in (0, 1, tables - 1, tables, 3 * tables + 2, 5 * tables - 1):
        output = tmp_path / str(steps)
        left = iter(range(steps))

        def write_until_the_end(path, content, left=left):
            if next(left, None) is None:
                path.with_name(f".{path.name}.tmp").write_bytes(content[:10])
                raise PulledPlug
            write(path, content)

        monkeypatch.setattr(running, "write_part", write_until_the_end)
        with pytest.raises(PulledPlug):
            batches.run(output, engine="here")
        monkeypatch.setattr(running, "write_part", write)
        assert batches.run(output, engine="here").taken_over == steps // tables
        assert batches.rows(output) == expected
        assert not list(output.rglob("*.tmp"))


def test_a_complete_run_started_again_does_nothing(batches, expected, tmp_path, noting):
    batches.run(tmp_path / "results", engine="noting")
    noting.given.clear()
    summary = batches.run(tmp_path / "results", engine="noting", today=None, chunk=None)
    assert (noting.given, summary.taken_over, summary.chunks) == ([], 5, 5)
    assert batches.rows(tmp_path / "results") == expected


def test_a_part_that_is_gone_or_cut_is_done_again_and_no_other(batches, expected, tmp_path, noting):
    output = tmp_path / "results"
    batches.run(output)
    (output / "effects" / "part-00000003.parquet").unlink()
    with (output / "citations" / "part-00000001.parquet").open("r+b") as file:
        file.truncate(20)
    batches.run(output, engine="noting")
    assert noting.given == [1, 3]
    assert batches.rows(output) == expected


@pytest.mark.parametrize(
    ("name", "options"),
    [("today", {"today": date(2026, 11, 24)}), ("chunk", {"chunk": 4}), ("listed", {"listed": "x"})],
)
def test_another_setting_is_refused_unless_all_is_done_anew(batches, tmp_path, name, options, expected):
    output = tmp_path / "results"
    (tmp_path / "x").write_text("")
    if name == "listed":
        options = {"listed": str(tmp_path / "x")}
    batches.run(output)
    with pytest.raises(UsageError, match=name) as refused:
        batches.run(output, **options)
    assert refused.value.code == "E452"
    assert batches.rows(output) == expected
    batches.run(output, **options, fresh=True)
    assert len(batches.rows(output)["documents"]) == len(expected["documents"])


def test_another_registry_is_refused(batches, tmp_path, monkeypatch):
    batches.run(tmp_path / "results")
    monkeypatch.setattr(running, "opened", lambda _: SimpleNamespace(version="2001-01-01+00000000"))
    with pytest.raises(UsageError, match="registry") as refused:
        batches.run(tmp_path / "results")
    assert refused.value.code == "E452"


def test_a_run_goes_on_with_the_files_it_was_started_with(tmp_path, monkeypatch):
    from parcc_nlp.library.batch import run_batch

    folder, output = tmp_path / "in", tmp_path / "results"
    folder.mkdir()
    for name in "bcde":
        (folder / f"{name}.txt").write_text(f"Điều 1. Thực hiện Nghị định số 4{ord(name) % 10}/2020/NĐ-CP.")
    options = {"output": output, "engine": "here", "registry": "shipped", "today": DAY, "chunk": 2}
    finish = running.Journal.finish

    def stop(journal, done):
        finish(journal, done)
        raise PulledPlug

    with monkeypatch.context() as patched:
        patched.setattr(running.Journal, "finish", stop)
        with pytest.raises(PulledPlug):
            run_batch([folder], **options)
    (folder / "a.txt").write_text("Điều 1. Một tệp mới đứng trước mọi tệp khác.")
    summary = run_batch([folder], **options)
    names = [row["path"][-5:] for row in _documents(output)]
    assert (summary.changed, names) == (1, ["b.txt", "c.txt", "d.txt", "e.txt"])
    with pytest.raises(UsageError) as refused:
        run_batch([folder], **options)
    assert refused.value.code == "E453"
    assert run_batch([folder], **options, fresh=True).files == 5
    for path in folder.iterdir():
        path.unlink()
    with pytest.raises(UsageError, match="E457"):
        run_batch([folder], **options)


def _documents(output):
    from .conftest import rows

    return rows(output)["documents"]


def test_a_folder_with_other_things_in_it_is_never_touched(batches, tmp_path):
    (tmp_path / "letter.txt").write_text("của người khác")
    for fresh in (False, True):
        with pytest.raises(UsageError) as refused:
            batches.run(tmp_path, fresh=fresh)
        assert refused.value.code == "E451"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_two_runs_do_not_write_one_folder(batches, tmp_path):
    from parcc_nlp.library.batch.journal import Journal

    with Journal(tmp_path / "results"), pytest.raises(UsageError) as refused:
        batches.run(tmp_path / "results")
    assert refused.value.code == "E454"
