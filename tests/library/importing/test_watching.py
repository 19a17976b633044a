"""The importer as a service: it sees what comes in, and stops when it is asked to (as a process: ``test_soak``)."""

import signal
import threading
import time

import pytest

from parcc_nlp.library.importing.waking import Wakes, stopped_by_signals
from parcc_nlp.library.importing.watching import announced


def wait_until(true, what):
    until = time.monotonic() + 30
    while not true():
        assert time.monotonic() < until, f"never: {what}"
        time.sleep(0.01)


@pytest.fixture
def heard(inbox):
    """Announcements of the inbox."""
    rung = []
    with announced([inbox], lambda: rung.append(1), recursive=True, problem=pytest.fail):
        yield rung


def test_a_file_that_is_written_or_moved_in_is_announced(inbox, heard, tmp_path):
    (inbox / "a.txt").write_bytes(b"x")
    wait_until(lambda: heard, "a written file was announced")
    aside = tmp_path / "b.txt"
    aside.write_bytes(b"x")
    time.sleep(0.1)
    heard.clear()
    aside.rename(inbox / "b.txt")
    wait_until(lambda: heard, "a file moved in was announced")


def test_reading_a_file_announces_nothing(inbox, tmp_path):
    path = inbox / "a.txt"
    path.write_bytes(b"x")
    rung = []
    with announced([inbox], lambda: rung.append(1), recursive=True, problem=pytest.fail):
        path.read_bytes()
        path.stat()
        time.sleep(0.3)
        assert rung == []


def test_a_folder_that_cannot_be_watched_is_told_of_and_does_not_stop_the_others(inbox, tmp_path):
    told, rung = [], []
    with announced([tmp_path / "khong-co", inbox], lambda: rung.append(1), recursive=True, problem=told.append):
        (inbox / "a.txt").write_bytes(b"x")
        wait_until(lambda: rung or told, "an announcement or a complaint")
    assert {error.code for error in told} == {"E530"}


def test_a_file_is_imported_by_looking_alone_where_nothing_announces_it(inbox, drop, library, monkeypatch):
    """As on a network share."""
    from contextlib import nullcontext

    from parcc_nlp.library.importing import importer, watching
    from parcc_nlp.library.importing.settings import ImportSettings
    from tests.library.importing.conftest import Here

    monkeypatch.setattr(watching, "announced", lambda *_, **__: nullcontext())
    wakes = Wakes()
    told = importer.Told(settled=lambda one: wakes.stop())
    timer = threading.Timer(0.2, drop, ["12.txt"])
    timer.start()
    settings = ImportSettings(jobs=1, settle=0.05, poll=0.1)
    report = importer.run_import(
        library, [inbox], settings, once=False, follow_up=len, crew=Here(), wakes=wakes, told=told
    )
    timer.join()
    assert (report.counts, report.stopped) == ({"added": 1}, True)


def test_a_run_that_ends_leaves_a_file_that_is_being_written_to_the_next_one(inbox, drop, run):
    drop("12.txt")
    stop = threading.Event()

    def write():
        with (inbox / "13.txt").open("wb") as file:
            while not stop.wait(0.01):
                file.write(b"x")
                file.flush()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        report = run(settle=0.1, empty=None)
    finally:
        stop.set()
        writer.join()
    assert (report.counts, report.waiting) == ({"added": 1}, 1)


def test_the_first_signal_stops_gently_and_the_second_as_ever():
    before = signal.getsignal(signal.SIGTERM)
    wakes = Wakes()
    with stopped_by_signals(wakes):
        assert signal.getsignal(signal.SIGTERM) is not before
        signal.raise_signal(signal.SIGTERM)
        assert wakes.stopping
        assert signal.getsignal(signal.SIGTERM) is before
    assert signal.getsignal(signal.SIGTERM) is before
