"""A library, an inbox, and a run of the importer whose work is done in this process."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from tests.library.importing.plans import as_text, plan


class Here:
    """A crew of this process: what is handed over is done when it is asked for."""

    def __init__(self, work=None):
        from parcc_nlp.library.importing import worker

        self.work = work or worker.do
        self.waiting = []
        self.settings = []

    def room(self):
        return 2 - len(self.waiting)

    def busy(self):
        return len(self.waiting)

    def submit(self, setting, job):
        self.settings.append(setting)
        self.waiting.append((setting, job))

    def finished(self):
        waiting, self.waiting = self.waiting, []
        for setting, job in waiting:
            yield job, self.work(setting, job)

    def wait(self):
        return 0.0 if self.waiting else None

    def close(self):
        self.waiting = []


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = datetime(2026, 11, 23, 8, tzinfo=UTC)

    def __call__(self):
        return self.now

    def go(self, **by):
        self.now += timedelta(**by)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory):
    """A library without documents, made once: making its tables takes longer than most tests."""
    from parcc_nlp.library import open_library

    path = tmp_path_factory.mktemp("empty") / "kho.db"
    open_library(path).close()
    return path


@pytest.fixture
def library(tmp_path, clock, empty_library):
    from parcc_nlp.library import open_library

    shutil.copy(empty_library, tmp_path / "kho.db")
    with open_library(tmp_path / "kho.db", clock=clock) as library:
        yield library


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def drop(inbox):
    """Put a file into the inbox."""

    def put(name, data=None):
        path = inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if data is not None else as_text(plan(name.split(".")[0])))
        return path

    return put


@pytest.fixture
def run(library, inbox):
    """Run the importer once over the inbox."""
    from parcc_nlp.library.importing.importer import run_import
    from parcc_nlp.library.importing.settings import ImportSettings

    def once(*places, work=None, crew=None, follow_up=len, wakes=None, told=None, **settings):
        chosen = ImportSettings(**{"jobs": 1, "settle": 0.0, "empty": 0.0, "patience": 3600.0, **settings})
        return run_import(
            library,
            places or [inbox],
            chosen,
            follow_up=follow_up,
            crew=crew or Here(work),
            wakes=wakes,
            told=told,
        )

    return once


@pytest.fixture
def states(library):
    """The state of each task by the name of its file; of two tasks for one name, the newer."""
    return lambda: {one.name: one.state for one in reversed(library.tasks())}
