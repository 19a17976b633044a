"""The rows are the same whoever does the work, and a file that takes its process down takes nothing with it."""

import os
import textwrap
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from parcc_nlp.errors import LibraryError, UsageError
from parcc_nlp.library.batch import register_engine
from parcc_nlp.library.batch.local_engine import LocalEngine

from .conftest import FILES, Here


def test_a_run_has_a_row_for_every_file(expected):
    told = sorted(row["input_number"] for table in ("documents", "errors") for row in expected[table])
    assert told == list(range(FILES))
    assert all(expected[table] for table in expected)


def test_rows_of_two_processes_are_those_of_one(batches, expected, tmp_path):
    summary = batches.run(tmp_path / "results", engine="local", jobs=2)
    assert (summary.files, summary.documents, summary.errors) == (FILES, FILES - 2, 2)
    assert batches.rows(tmp_path / "results") == expected


def test_rows_of_a_dask_cluster_are_those_of_one_process(batches, expected, tmp_path):
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=2, processes=False, dashboard_address=None, protocol="tcp"
    ) as cluster:
        summary = batches.run(tmp_path / "results", engine="dask", scheduler=cluster.scheduler_address)
    assert summary.documents == FILES - 2
    assert batches.rows(tmp_path / "results") == expected


def test_a_file_that_kills_its_process_is_an_error_and_all_others_are_examined(
    batches, expected, tmp_path, monkeypatch
):
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "fatal_files.py").write_text(
        textwrap.dedent("""
            import os, signal

            def work_that_may_die(work, setting, chunk):
                if any(path.endswith("07.txt") for path in chunk.paths):
                    os.kill(os.getpid(), signal.SIGKILL)
                return work(setting, chunk)
        """)
    )
    monkeypatch.syspath_prepend(tmp_path / "code")  # workers are started with the same path
    register_engine("fatal", lambda _: Fatal(jobs=1))
    batches.run(tmp_path / "results", engine="fatal")
    found = batches.rows(tmp_path / "results")
    victim = next(row for row in expected["documents"] if row["path"].endswith("07.txt"))
    told = {row["input_number"]: row for row in found["errors"]}
    assert told[victim["input_number"]]["code"] == "E398"
    assert told[victim["input_number"]]["sha256"] == victim["sha256"]
    for table, rows in expected.items():
        spared = [row for row in found[table] if row["path"] != victim["path"]]
        assert spared == [row for row in rows if row["path"] != victim["path"]], table


class Fatal(LocalEngine):
    """Processes in which one file is fatal."""

    def run(self, work, setting, chunks, *, alone=False):
        from fatal_files import work_that_may_die

        return super().run(partial(work_that_may_die, work), setting, chunks, alone=alone)


def test_chunks_are_taken_only_as_there_is_room_for_them(monkeypatch):
    monkeypatch.setattr("parcc_nlp.library.batch.local_engine._pool", partial(ThreadPoolExecutor, 1))
    taken = []

    def chunks():
        for number in range(20):
            taken.append(number)
            yield number

    with LocalEngine(jobs=1) as engine:
        results = engine.run(pow, 2, chunks())
        assert next(results) == (0, 1)
        assert len(taken) == 2
        results.close()


def test_where_no_process_can_be_started_no_document_is_blamed(batches, tmp_path, monkeypatch):
    monkeypatch.setattr("parcc_nlp.library.batch.local_engine._begin", partial(os._exit, 1))
    with pytest.raises(LibraryError) as refused:
        batches.run(tmp_path / "results", engine="local", jobs=1)
    assert refused.value.code == "E458"


@pytest.mark.parametrize(("engine", "code"), [("spark", "E456"), ("dask", "E312")])
def test_an_engine_that_cannot_be_had_is_refused_before_anything_is_written(batches, tmp_path, engine, code):
    with pytest.raises(UsageError) as refused:
        batches.run(tmp_path / "results", engine=engine)
    assert refused.value.code == code
    assert not (tmp_path / "results").exists()


def test_a_worker_with_other_data_is_refused(batches, tmp_path):
    from dataclasses import replace

    class Elsewhere(Here):
        def run(self, work, setting, chunks, *, alone=False):
            return super().run(work, replace(setting, version="2001-01-01+00000000"), chunks)

    register_engine("elsewhere", lambda _: Elsewhere())
    with pytest.raises(LibraryError, match="E455"):
        batches.run(tmp_path / "results", engine="elsewhere")


def test_a_missing_library_is_told_with_the_way_to_install_it(batches, tmp_path, monkeypatch):
    import importlib.util

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(LibraryError, match=r"parcc_nlp\[cluster\]") as missing:
        batches.run(tmp_path / "results")
    assert missing.value.code == "E450"
