"""Files over files: the shipped data, an office's own file over them, and what is damaged or of another kind."""

import json
import os
import pickle
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial

import platformdirs
import pytest

from parcc_nlp.errors import RegistryError
from parcc_nlp.registry import Registry
from parcc_nlp.registry.build import built, data_dir
from parcc_nlp.registry.claims import Provenance, Reference, RelationClaim
from parcc_nlp.registry.layers import Layer, shipped_layer
from parcc_nlp.registry.ledger import Ledger

TODAY = "2026-11-23"
CLAIM = RelationClaim(
    Reference("999/2026/NĐ-CP", issued="2026-11-01"),
    "replaces",
    Reference("63/2010/NĐ-CP"),
    Provenance("text", "999/2026/NĐ-CP", "2026-11-20"),
    effective="2026-11-10",
    clause="Điều 9",
)


@pytest.fixture
def own(tmp_path):
    """An office's own file with one relation."""
    path = tmp_path / "so-tu-phap.sqlite"
    with Ledger.open(path) as ledger:
        ledger.take([CLAIM])
    return path


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """No registry of an office's own and an empty cache."""
    monkeypatch.delenv("PARCC_REGISTRY", raising=False)
    monkeypatch.setattr(platformdirs, "user_data_path", lambda _name: tmp_path / "data")
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda _name: tmp_path / "cache")
    return tmp_path


def status(registry, number="63/2010/NĐ-CP"):
    return registry.status(number, on=TODAY).status


# The shipped data


def test_the_shipped_file_is_made_once_in_the_users_cache(nowhere):
    made = shipped_layer()
    (file,) = (nowhere / "cache").iterdir()
    assert made.path == file
    stamp = file.stat().st_mtime_ns
    assert shipped_layer().content == made.content
    assert [one.stat().st_mtime_ns for one in (nowhere / "cache").iterdir()] == [stamp]


def test_the_file_in_the_cache_is_what_would_be_built_now():
    assert shipped_layer().computed_content() == Layer(image=built(data_dir())).content


def test_a_damaged_file_in_the_cache_is_made_anew(nowhere):
    (file,) = (shipped_layer().path,)
    file.write_bytes(b"SQLite format 3\0" + bytes(100))
    assert shipped_layer().version == Registry.shipped().version
    assert nowhere in shipped_layer().path.parents


def test_where_nothing_may_be_written_the_data_are_held_in_memory(nowhere):
    (nowhere / "cache").write_text("a file where the folder should be", encoding="utf-8")
    layer = shipped_layer()
    assert (layer.path, layer.version) == (None, Registry.shipped().version)


def test_building_twice_gives_the_same_bytes():
    assert built(data_dir()) == built(data_dir())


# An office's own file


def test_an_own_file_lies_over_the_shipped_data(own):
    registry = Registry.open(own)
    assert status(registry) == "expired"
    assert status(Registry.shipped()) != "expired"
    assert status(registry, "45/2025/NĐ-CP") == "expired"
    assert len(registry) == len(Registry.shipped()) + 1


def test_the_version_names_every_layer(own):
    version = Registry.open(own).version
    shipped, added = version.split(", ")
    assert shipped == Registry.shipped().version
    assert added.startswith("2026-11-20+")
    assert "so-tu-phap.sqlite" in added


def test_without_a_file_of_ones_own_the_shipped_data_answer(nowhere):
    assert Registry.open().version == Registry.shipped().version
    assert not (nowhere / "data").exists()


def test_the_file_in_its_usual_place_is_found(nowhere, own):
    (nowhere / "data").mkdir()
    own.rename(nowhere / "data" / "registry.sqlite")
    assert status(Registry.open()) == "expired"


def test_the_environment_names_a_file(nowhere, own, monkeypatch):
    monkeypatch.setenv("PARCC_REGISTRY", str(own))
    assert status(Registry.open()) == "expired"


def test_a_file_the_environment_names_in_vain_is_an_error(nowhere, monkeypatch):
    monkeypatch.setenv("PARCC_REGISTRY", str(nowhere / "gone.sqlite"))
    with pytest.raises(RegistryError) as caught:
        Registry.open()
    assert caught.value.code == "E204"
    assert "gone.sqlite" in str(caught.value)


def test_an_open_registry_does_not_change_when_the_file_does(own):
    registry = Registry.open(own)
    with Ledger.open(own) as ledger:
        ledger.correct(
            Reference("63/2010/NĐ-CP"), field="status", value="suspended", because="thử", by="A", on="2026-11-22"
        )
    assert status(registry) == "expired"
    assert Registry.open(own).version != registry.version


def test_an_own_file_lies_over_another_base(own, make_registry):
    empty = make_registry()
    registry = Registry.open(own, base=empty)
    assert status(registry, "45/2025/NĐ-CP") == "not_known"


# Other processes and threads


def test_a_registry_can_be_sent_to_another_process(own):
    registry = Registry.open(own)
    copy = pickle.loads(pickle.dumps(registry))  # noqa: S301 - our own bytes
    assert copy.version == registry.version
    assert status(copy) == "expired"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_answers():
    code = (
        "import os, sys\n"
        "from parcc_nlp.registry import Registry\n"
        "r = Registry.shipped(); r.status('63/2010/NĐ-CP', on='2026-11-23')\n"
        "pid = os.fork()\n"
        "answer = r.status('45/2025/NĐ-CP', on='2026-11-23').status\n"
        "if pid == 0: os._exit(0 if answer == 'expired' else 1)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))\n"
    )
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=False).returncode == 0


def test_processes_that_start_at_once_on_an_empty_cache_all_answer(tmp_path):
    code = (
        "from parcc_nlp.registry import Registry\n"
        "print(Registry.shipped().status('45/2025/NĐ-CP', on='2026-11-23').status)\n"
    )
    homes = {name: str(tmp_path) for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "LOCALAPPDATA")}
    command = [sys.executable, "-c", code]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, **homes}) for _ in range(4)]
    assert [one.communicate()[0].strip() for one in started] == [b"expired"] * len(started)
    left = [path.name for path in tmp_path.rglob("*") if path.is_file()]
    assert [name for name in left if name.endswith(".part")] == []
    assert len([name for name in left if name.startswith("registry-")]) == 1


def test_threads_share_one_registry(own):
    registry = Registry.open(own)
    numbers = ["45/2025/NĐ-CP", "63/2010/NĐ-CP", "102/2024/NĐ-CP", "151/2025/NĐ-CP"] * 25
    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = list(pool.map(partial(status, registry), numbers))
    assert answers == [status(Registry.open(own), number) for number in numbers]


# What is no registry, damaged, or of another version


@pytest.mark.parametrize(
    "content", [b"", b"not a database", b"SQLite format 3\0" + bytes(200)], ids=["empty", "text", "header"]
)
def test_a_damaged_file_is_named(tmp_path, content):
    path = tmp_path / "hong.sqlite"
    path.write_bytes(content)
    with pytest.raises(RegistryError) as caught:
        Registry.open(path)
    assert caught.value.code == "E204"
    assert "hong.sqlite" in str(caught.value)


def test_a_file_cut_short_is_named(own):
    own.write_bytes(own.read_bytes()[:5000])
    with pytest.raises(RegistryError) as caught:
        status(Registry.open(own))
    assert caught.value.code == "E204"


def test_a_database_of_something_else_is_named(tmp_path):
    path = tmp_path / "khac.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE meta (name TEXT, value TEXT)")
        connection.commit()
    with pytest.raises(RegistryError) as caught:
        Registry.open(path)
    assert caught.value.code == "E204"


def change(path, statement, *values):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement, values)
        connection.commit()


def test_a_file_of_a_newer_program_is_named(own):
    change(own, "UPDATE meta SET value = '99' WHERE name = 'schema'")
    for opening in (Registry.open, Ledger.open):
        with pytest.raises(RegistryError) as caught:
            opening(own)
        assert caught.value.code == "E205"


def test_a_row_changed_behind_the_programs_back_is_found(own):
    Registry.open(own).verify()
    change(own, "UPDATE relations SET effective = '2025-01-01'")
    with pytest.raises(RegistryError) as caught:
        Registry.open(own).verify()
    assert caught.value.code == "E206"


def test_an_export_cannot_be_written_to(own, tmp_path):
    Registry.open(own).export(tmp_path / "all.sqlite")
    with pytest.raises(RegistryError) as caught:
        Ledger.open(tmp_path / "all.sqlite")
    assert caught.value.code == "E207"


def test_a_manifest_without_a_digest_is_never_answered_from_the_cache(nowhere, write, monkeypatch):
    folder = write()
    monkeypatch.setattr("parcc_nlp.registry.layers.data_dir", lambda: folder)
    assert "sha256" not in json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))
    assert shipped_layer().path is None
    assert nowhere.exists()
