"""Files come in bursts and the importer is killed again and again: nothing is lost, nothing is repeated.

``PARCC_SOAK_FILES`` and ``PARCC_SOAK_KILLS`` set the size: 5000 and 50 by hand, less in CI.
"""

import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.library.importing.plans import BROKEN, FORMS, plan

FILES = int(os.environ.get("PARCC_SOAK_FILES", "300"))
KILLS = int(os.environ.get("PARCC_SOAK_KILLS", "6"))
WHOLE = 5000
"""From this size on the real documents of the shared evaluation are among the files, where they are there."""
SEED = 20261123
PATIENCE = 3.0

IMPORTER = f"""
import sys
from pathlib import Path
from parcc_nlp.library import open_library
from parcc_nlp.library.importing.importer import Told, run_import
from parcc_nlp.library.importing.settings import ImportSettings

def main():
    settings = ImportSettings(jobs=2, settle=0.2, patience={PATIENCE}, poll=0.5)
    with open_library(sys.argv[1]) as library:
        print("begun", flush=True)
        run_import(library, [Path(sys.argv[2])], settings, once=False)

if __name__ == "__main__":
    main()
"""


class Drop:
    """All files of the soak, cut into bursts, and what is to become of each."""

    def __init__(self, inbox, chance, samples):
        self.inbox, self.chance = inbox, chance
        self.good, self.broken, self.half = {}, {}, set()
        self.copies = 0
        self.steps = [self._sample(path) for path in samples]
        broken, copies = FILES * 4 // 100, FILES * 6 // 100
        for number in range(1, FILES - broken - copies - len(samples) + 1):
            ending, form = FORMS[number % len(FORMS)]
            self.steps.append(("good", f"kh-{number:05}{ending}", form(plan(number))))
        self.steps += [self._broken(number) for number in range(broken)]
        chance.shuffle(self.steps)
        whole = [step for step in self.steps if step[0] == "good"]
        for number, (_, name, data) in enumerate(chance.sample(whole, copies)):
            self.steps.append(("copy", f"ban-sao-{number}-{name}", data))
            self.copies += 1

    @property
    def paths(self):
        """How many files were dropped so far."""
        return sum(map(len, self.good.values())) + len(self.broken)

    def _sample(self, path):
        return "good", path.name, path.read_bytes()

    def _broken(self, number):
        ending, made, code = BROKEN[number % len(BROKEN)]
        return code, f"hong-{number:04}{ending}", made(number)

    def burst(self, number, of):
        for kind, name, data in self.steps[len(self.steps) * number // of : len(self.steps) * (number + 1) // of]:
            path = self.inbox / name
            if kind not in {"good", "copy"}:
                self.broken[str(path)] = kind
            else:
                self.good.setdefault(hashlib.sha256(data).hexdigest(), []).append(str(path))
            self._write(path, data, whole=kind != "good")

    def _write(self, path, data, *, whole):
        """Write a file at once, under another name first, or in two halves with a pause in between."""
        way = 1.0 if whole else self.chance.random()
        if way < 0.03 and path.suffix == ".docx":
            self.half.add(str(path))
            with path.open("wb") as file:
                file.write(data[: len(data) // 2])
                file.flush()
                time.sleep(0.1)
                file.write(data[len(data) // 2 :])
        elif way < 0.2:
            aside = path.with_name(path.name + ".part")
            aside.write_bytes(data)
            aside.rename(path)
        else:
            path.write_bytes(data)


@pytest.fixture
def importer(tmp_path):
    """Start an importer that watches, and give it when it has opened the library."""
    script = tmp_path / "importer.py"
    script.write_text(IMPORTER, encoding="utf-8")
    started = []

    def start():
        command = [sys.executable, script, tmp_path / "kho.db", tmp_path / "inbox"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        started.append(process)
        assert process.stdout.readline() == b"begun\n", process.stderr.read().decode()[-2000:]
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


def workers_of(pid):
    """The processes that a process started, and those they started."""
    children = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it ended meanwhile
                continue
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    below = children.get(pid, [])
    return below + [one for child in below for one in workers_of(child)]


def ask(database, question):
    with sqlite3.connect(database, timeout=60) as connection:
        return connection.execute(question).fetchall()


def at_work(database):
    return ask(database, "SELECT count(*) FROM task WHERE state = 'started'")[0][0] > 0


def ended(database):
    return ask(database, "SELECT count(*) FROM task WHERE state NOT IN ('pending', 'started')")[0][0]


def wait_for_work(database, process, *, files, least):
    """Wait until so many more files are done, or all of them."""
    until = ended(database) + files
    while ended(database) < until and not settled(database, least):
        assert process.poll() is None, process.stderr.read().decode()[-2000:]
        time.sleep(0.01)


def settled(database, paths):
    """Whether every file of the inbox was taken and no task is left."""
    seen = ask(database, "SELECT count(*) FROM seen_file")[0][0]
    open_tasks = ask(database, "SELECT count(*) FROM task WHERE state IN ('pending', 'started', 'failed')")[0][0]
    return seen >= paths and not open_tasks


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="kills processes and looks for what is left of them in /proc")
def test_an_importer_killed_again_and_again_loses_nothing_and_repeats_nothing(tmp_path, importer, samples_dir, capsys):
    begun = time.monotonic()
    inbox, database = tmp_path / "inbox", tmp_path / "kho.db"
    inbox.mkdir()
    chance = random.Random(SEED)  # noqa: S311 - no secret hangs on it
    samples = sorted(path for path in samples_dir.iterdir() if path.suffix != ".md")
    if FILES >= WHOLE:
        samples += sorted((samples_dir.parents[2] / "shared" / "eval" / "texts").glob("*.txt"))
    drop = Drop(inbox, chance, samples)
    working_when_killed, orphans = 0, []
    for number in range(KILLS):
        process = importer()
        drop.burst(number, KILLS + 1)
        if number % 2:  # in the middle of the work, and else at any moment: while it starts, looks, or takes files in
            files = chance.randrange(2 * FILES // (KILLS + 1))
            wait_for_work(database, process, files=files, least=drop.paths)
        time.sleep(chance.uniform(0.0, 0.4))
        assert process.poll() is None, process.stderr.read().decode()[-2000:]
        orphans += workers_of(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        working_when_killed += at_work(database)
    process = importer()
    drop.burst(KILLS, KILLS + 1)
    while not settled(database, drop.paths):
        assert process.poll() is None, process.stderr.read().decode()[-2000:]
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0, process.stderr.read().decode()[-2000:]
    assert not [pid for pid in orphans if Path(f"/proc/{pid}").exists()], "workers outlived their importer"
    check_tasks(database, drop)
    check_documents(database, drop)
    check_files(tmp_path, database)
    with capsys.disabled():
        interruptions = ask(database, "SELECT sum(interruptions) FROM task")[0][0]
        print(  # noqa: T201 - the figures are what the soak is run for
            f"\nsoak: {drop.paths} files, {len(drop.broken)} broken, {drop.copies} copies, {len(drop.half)} in two halves, "
            f"{KILLS} kills ({working_when_killed} with files at work, {interruptions} interruptions), "
            f"{time.monotonic() - begun:.0f} s"
        )
    shutil.rmtree(inbox)


def check_tasks(database, drop):
    """Every file has one task that ended as it should."""
    rows = ask(database, "SELECT origin, state, code, reason FROM task ORDER BY id")
    ended = {}
    for origin, state, code, reason in rows:
        ended.setdefault(origin, []).append((state, code, reason))
    for origins in drop.good.values():
        for origin in origins:
            # The first half of a file is a broken file until the second half is there.
            whole = [one for one in ended[origin] if origin not in drop.half or one[0] != "quarantined"]
            assert len(whole) == 1, (origin, ended[origin])
        states = Counter(state for origin in origins for state, _, _ in ended[origin] if state != "quarantined")
        assert states == Counter(done=1, duplicate=len(origins) - 1) - Counter(), (origins, states)
    for origin, code in drop.broken.items():
        ((state, got, reason),) = ended[origin]
        assert (state, got) == ("quarantined", code), origin
        assert reason
    assert {origin for origin, ends in ended.items() if "quarantined" in {end[0] for end in ends}} <= (
        set(drop.broken) | drop.half
    )


def check_documents(database, drop):
    """Every good file is in the library exactly once, as the only version of its document."""
    assert sorted(ask(database, "SELECT sha256 FROM rendition")) == sorted((one,) for one in drop.good)
    assert ask(database, "SELECT count(*), count(DISTINCT identity), max(versions) FROM document") == [
        (len(drop.good), len(drop.good), 1)
    ]
    assert ask(database, "SELECT count(*) FROM version") == [(len(drop.good),)]


def check_files(tmp_path, database):
    """The database is sound, and so is every original."""
    from parcc_nlp.library.originals import Originals

    assert ask(database, "PRAGMA integrity_check") == [("ok",)]
    assert ask(database, "PRAGMA foreign_key_check") == []
    originals = Originals(tmp_path / "kho.files")
    noted = {row[0] for row in ask(database, "SELECT sha256 FROM original")}
    kept = set(originals.names())
    assert noted <= kept
    assert not [one for one in kept if not originals.sound(one)]
    assert not list(originals.folder.glob("*/*.part"))
