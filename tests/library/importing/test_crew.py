"""Processes that examine files: what goes wrong in one of them is the fault of its file alone."""

import importlib
import os
import signal
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from parcc_nlp.errors import LibraryError
from parcc_nlp.library.importing import worker
from parcc_nlp.library.importing.crew import ProcessCrew
from parcc_nlp.library.importing.waking import Wakes
from parcc_nlp.library.importing.worker import Job, Setting

SETTING = Setting(Path("files"), Path("registry"), "1", date(2026, 11, 23))


def outcomes(crew, wakes, names):
    """Hand over files and give the code of each, in the order of their tasks."""
    waiting = [Job(number, "", name) for number, name in enumerate(names)]
    codes = {}
    until = time.monotonic() + 60
    while waiting or crew.busy():
        assert time.monotonic() < until, f"not finished: {waiting}, {codes}"
        for job in waiting[: (room := crew.room())]:
            crew.submit(SETTING, job)
        del waiting[:room]
        wakes.wait(crew.wait())
        for job, worked in crew.finished():
            assert job.task_id not in codes, "given back twice"
            codes[job.task_id] = worked.fault and worked.fault.code
    return [codes[number] for number in range(len(names))]


@pytest.fixture
def crew(monkeypatch):
    monkeypatch.syspath_prepend(Path(__file__).parent)
    wakes = Wakes()
    crew = ProcessCrew(jobs=1, timeout=1.0, wake=wakes.ring, work=importlib.import_module("acting").act)
    yield crew, wakes
    crew.close()


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process as systems of the POSIX family do")
def test_a_file_that_kills_hangs_or_fails_is_the_only_one_that_is_not_done(crew):
    names = ["good", "dies", "good", "unforeseen", "hangs", "good", "good"]
    assert outcomes(*crew, names) == [None, "E398", None, "E399", "E524", None, None]
    assert [crew[0].room(), crew[0].busy()] == [2, 0]


def test_workers_leave_ctrl_c_and_a_stopping_service_to_the_importer(crew):
    """Both signal all processes of a group at once; what is at work is to be finished."""
    crew, wakes = crew
    assert outcomes(crew, wakes, ["good"]) == [None]
    pid = crew._slots[0]._pid.result()
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(pid, number)
    assert outcomes(crew, wakes, ["good"]) == [None]
    assert crew._slots[0]._pid.result() == pid


def test_a_process_that_cannot_be_started_is_no_fault_of_a_file(monkeypatch):
    monkeypatch.syspath_prepend(Path(__file__).parent)
    acting = importlib.import_module("acting")
    monkeypatch.setattr(worker, "begin", acting.refuse)
    wakes = Wakes()
    crew = ProcessCrew(jobs=1, timeout=1.0, wake=wakes.ring, work=acting.act)
    with pytest.raises(LibraryError, match="E523"):
        outcomes(crew, wakes, ["good"])
    crew.close()


def test_a_process_that_served_long_enough_is_replaced_when_it_is_empty(crew, monkeypatch):
    from parcc_nlp.library.importing import crew as crews

    crew, wakes = crew
    first = crew._slots[0]._pid.result()
    monkeypatch.setattr(crews, "_SERVES", 3)
    assert outcomes(crew, wakes, ["good"] * 8) == [None] * 8
    assert crew._slots[0]._pid.result() != first
