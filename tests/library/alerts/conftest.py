"""A library whose clock goes on by a second each time it is asked, and by days when a test says so."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest


class Clock:
    def __init__(self):
        self.now = datetime(2026, 11, 23, 3, tzinfo=UTC)

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now

    def sleep(self, **how_long):
        self.now += timedelta(**how_long)


@pytest.fixture(autouse=True)
def _no_registry_of_the_user(monkeypatch, tmp_path):
    monkeypatch.delenv("PARCC_REGISTRY", raising=False)
    monkeypatch.setattr("parcc_nlp.registry.registry.default_user_file", lambda: tmp_path / "none")


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """A library with its tables, made once."""
    from parcc_nlp.library import open_library

    path = tmp_path_factory.mktemp("empty") / "kho.db"
    open_library(path).close()
    return path


@pytest.fixture(scope="session")
def kept(tmp_path_factory, empty):
    """One library for all tests: what an engine has compiled is compiled once. Each test finds it empty."""
    from parcc_nlp.library import open_library

    path = tmp_path_factory.mktemp("kept") / "kho.db"
    shutil.copy(empty, path)
    with open_library(path) as made:
        yield path, made


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def place(kept, empty):
    """Where the library of the test is."""
    path, made = kept
    made.close()
    for one in path.parent.iterdir():
        shutil.rmtree(one) if one.is_dir() else one.unlink()
    return shutil.copy(empty, path)


@pytest.fixture
def library(place, kept, clock, monkeypatch):
    _, made = kept
    monkeypatch.setattr(made, "_clock", clock)
    made.forget_registry()
    return made


@pytest.fixture
def other_library(tmp_path, empty):
    """A second library."""
    from parcc_nlp.library import open_library

    with open_library(shutil.copy(empty, tmp_path / "khac.db"), clock=Clock()) as made:
        yield made


@pytest.fixture
def add(library):
    """Adds a text to the library."""

    def added(text, name="van-ban.txt", into=None):
        return (library if into is None else into).add(text.encode(), name=name)

    return added


@pytest.fixture
def told(library):
    """What stands among the alerts, the oldest first."""
    from parcc_nlp.library.alerts.listing import alerts

    def listed(**how):
        with library.reading() as connection:
            return tuple(reversed(alerts(connection, **how)))

    return listed
