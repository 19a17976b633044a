"""The one that imports: it takes files in, hands them to the workers, and alone writes what they found."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from parcc_nlp.errors import LibraryError, ParccError, ReadError
from parcc_nlp.library import tasks
from parcc_nlp.library.importing.crew import Crew, ProcessCrew
from parcc_nlp.library.importing.faults import fault_of
from parcc_nlp.library.importing.intake import Intake, arrival_from
from parcc_nlp.library.importing.locking import sole_importer
from parcc_nlp.library.importing.moving import move_ended
from parcc_nlp.library.importing.outcomes import settle, settle_fault, settle_known
from parcc_nlp.library.importing.report import Became, ImportReport, Problem, Settled
from parcc_nlp.library.importing.settings import ImportSettings
from parcc_nlp.library.importing.waking import Wakes, stopped_by_signals
from parcc_nlp.library.importing.worker import Job, Setting
from parcc_nlp.library.library import Library
from parcc_nlp.library.recording import store_original
from parcc_nlp.library.values import ImportTask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from parcc_nlp.library.importing.locking import Lock

__all__ = ["Importer", "Told", "run_import"]

_PATIENT_SETTLES = 5
"""So many times `settle` is waited for files that are being written in a run that ends; the next one takes the rest."""
_LOOK_APART = 0.25
"""Seconds between two looks at the folders, however many files are announced."""
_LONGEST_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told what happens, as it happens."""

    settled: Callable[[Settled], None] | None = None
    problem: Callable[[Problem], None] | None = None
    stopping: Callable[[], None] | None = None


def run_import(  # noqa: PLR0913 - what a run meets of the world outside, each replaceable
    library: Library,
    places: Sequence[Path],
    settings: ImportSettings,
    *,
    once: bool = True,
    follow_up: Callable[[Library], object] | None = None,
    told: Told | None = None,
    wakes: Wakes | None = None,
    crew: Crew | None = None,
) -> ImportReport:
    """Import what stands in folders, and with ``once=False`` what comes into them until a signal ends it.

    Parameters
    ----------
    library
        Where it goes. Tasks that earlier runs left are worked on as well.
    places
        Folders, and files that are named themselves.
    settings
        How it is done.
    once
        Whether to end when nothing is left to do now.
    follow_up
        Called after documents were imported; by default `parcc_nlp.library.following.follow_up`.
    told
        Who is told what happens.
    wakes
        The bell that wakes the run and can stop it.
    crew
        Who examines the files; processes of this machine by default.

    Raises
    ------
    LibraryError
        E504: the database cannot be reached; E505: the bytes of a file cannot be kept; E507: another process imports
        into this library; E523: no process can be started; E528: the right to import was lost. Nothing is lost then:
        the next run goes on.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from parcc_nlp.library import open_library
    >>> with TemporaryDirectory() as folder, open_library(Path(folder) / "kho.db") as library:
    ...     report = run_import(library, [], ImportSettings(jobs=1), follow_up=len)
    >>> report.total, report.clean
    (0, True)
    """
    bell = wakes or Wakes()
    with sole_importer(library) as lock, stopped_by_signals(bell):
        report = ImportReport(interrupted=_begin_anew(library))
        with _crew(crew, settings, bell) as workers:
            intake = Intake(library, places, settings)
            run = Importer(library, intake, settings, workers, bell, told or Told(), follow_up or _follow_up, report)
            try:
                with _announcements(places, settings, bell, run, once=once):
                    run.run(lock, once=once)
            finally:
                run.give_back()
    return report


@dataclass(slots=True)
class Importer:
    """One run of the importer (see `run_import`)."""

    library: Library
    intake: Intake
    settings: ImportSettings
    crew: Crew
    wakes: Wakes
    told: Told
    follow_up: Callable[[Library], object]
    report: ImportReport
    _claimed: dict[int, ImportTask] = field(default_factory=dict)
    _setting: Setting | None = None
    _owed: bool = True
    """Whether something was recorded since `follow_up` ran; a run that was killed may have left that to be done."""
    _followed: float = 0.0
    _follow_from: float = float("-inf")
    _looked: float = float("-inf")
    _closed: frozenset[str] = frozenset()
    _told_stopping: bool = False

    def run(self, lock: Lock, *, once: bool) -> None:
        """Import until nothing is left to do now, or until it is to stop."""
        begun = self._followed = time.monotonic()
        while True:
            until = begun + _PATIENT_SETTLES * self.settings.settle if once else None
            if not self.wakes.stopping:
                self._look_if_due()
                self._take()
            self._collect()
            if not self.wakes.stopping:
                self._hand_over()
            if self._idle():
                self._rest(lock)
                if self.wakes.stopping or (once and self._done(until)):
                    break
            elif self._owed and time.monotonic() - self._followed > self.settings.follow_every:
                self._follow()
            self._tell_stopping()
            if self.crew.busy() or self._idle():  # else there is something to do that nothing would wake us for
                self.wakes.wait(self._seconds(until))
        self.report.waiting = self.intake.waiting
        self.report.stopped = self.wakes.stopping

    def problem(self, error: ParccError) -> None:
        """Note something that went wrong beside the files."""
        found = Problem(error.path or "", error.code, error.message())
        self.report.problems.append(found)
        if self.told.problem is not None:
            self.told.problem(found)

    def give_back(self) -> None:
        """Make the tasks pending again that a failure of the run left at work."""
        if self._claimed:
            with self.library.writing() as connection:
                tasks.put_back(connection, list(self._claimed))
            self._claimed.clear()

    def _look_if_due(self) -> None:
        """Look through the folders when one announced a file, a file may be whole by now, or it is time to."""
        now = time.monotonic()
        if now < self._next_look(now):
            return
        self.wakes.announced = False
        first = self._looked == float("-inf")
        known = self.intake.look()
        self._looked = time.monotonic()
        if first:
            self.report.unchanged = len(known)
        closed = frozenset(self.intake.closed)
        for folder in sorted(closed - self._closed):
            self.problem(LibraryError("E531", path=folder))
        self._closed = closed

    def _next_look(self, now: float) -> float:
        """Give the time of the next look; looks do not follow each other faster than they can be of use."""
        times = [self._looked + self.settings.poll]
        settled = self.intake.wait()
        if settled is not None:
            times.append(now + settled)
        if self.wakes.announced:
            times.append(self._looked)
        return max(min(times), self._looked + min(_LOOK_APART, self.settings.settle))

    def _take(self) -> None:
        for taken in self.intake.take():
            if taken.fault is not None:
                became: Became = "quarantined" if taken.quarantined else "failed"
                name, fault = taken.sighting.key.rpartition("/")[2], taken.fault
                self._note(Settled(taken.task_id, name, taken.sighting.key, became, fault.code, fault.reason))

    def _hand_over(self) -> None:
        """Claim tasks for the workers that have room; what the library has already is settled at once."""
        room = self.crew.room()
        while room > 0:
            at = self.library.now()
            with self.library.writing() as connection:
                claimed = tasks.claim(connection, at=at, most=room)
                settled = {one.id: settle_known(connection, one, at=at) for one in claimed}
            self._claimed.update((one.id, one) for one in claimed if settled[one.id] is None)
            for one in claimed:
                known = settled[one.id]
                if known is not None:
                    self._note(known)
                else:
                    self._submit(one)
            room = self.crew.room() if claimed else 0

    def _submit(self, task: ImportTask) -> None:
        sha256 = task.sha256 or self._read_again(task)
        if sha256 is not None:
            self.crew.submit(self._examined_with(), Job(task.id, sha256, task.name))

    def _read_again(self, task: ImportTask) -> str | None:
        """Read a file that could not be read before; where it cannot be now either, that is one more attempt."""
        try:
            arrival = arrival_from(self.library, task.origin or "", name=task.name, origin=task.origin)
        except ReadError as error:
            self._note(settle_fault(self.library, task, fault_of(error), self.settings))
            del self._claimed[task.id]
            return None
        with self.library.writing() as connection:
            store_original(connection, arrival)
            tasks.give_bytes(connection, task.id, arrival)
            self._claimed[task.id] = tasks.task(connection, task.id)
        return arrival.sha256

    def _examined_with(self) -> Setting:
        """Give what files are examined with; the registry is looked at again after each spell of work."""
        if self._setting is None or self._setting.today != self.library.today():
            self.library.forget_registry()
            places, version = self.library.places, self.library.registry.version
            self._setting = Setting(places.files, places.registry, version, self.library.today())
        return self._setting

    def _collect(self) -> None:
        """Write what the workers finished."""
        for job, worked in self.crew.finished():
            task = self._claimed[job.task_id]
            if self.wakes.stopping and worked.fault is not None and worked.fault.code == "E398":
                continue  # whoever stops us may have stopped the workers too: no file is to blame (see give_back)
            self._note(settle(self.library, task, worked, self.settings))
            del self._claimed[job.task_id]

    def _note(self, settled: Settled) -> None:
        self.report.note(settled)
        self._owed = self._owed or settled.became in {"added", "version"}
        if self.told.settled is not None:
            self.told.settled(settled)

    def _idle(self) -> bool:
        return not self.crew.busy() and (self.wakes.stopping or not (self.intake.ripe or self._due_now()))

    def _done(self, until: float | None) -> bool:
        """Say whether a run that ends has nothing more to wait for."""
        return not self.intake.settling or (until is not None and time.monotonic() >= until)

    def _due_now(self) -> bool:
        with self.library.reading() as connection:
            return tasks.is_due(connection, at=self.library.now())

    def _rest(self, lock: Lock) -> None:
        """Do what is done between two spells of work."""
        lock.assure()
        # Whoever stops us does not wait for what follows; the next run does it.
        if self._owed and time.monotonic() >= self._follow_from and not self.wakes.stopping:
            self._follow()
        self._setting = None
        if self.settings.left_out():
            for error in move_ended(self.library, self.intake.look(), self.settings):
                self.problem(error)

    def _follow(self) -> None:
        """Do what follows an import; a failure of it is told and does not undo the import."""
        self._owed = False
        try:
            self.follow_up(self.library)
        except ParccError as error:
            self.problem(error)
            self._owed = True
            self._follow_from = time.monotonic() + self.settings.follow_every
        self._followed = time.monotonic()
        self._setting = None

    def _tell_stopping(self) -> None:
        if self.wakes.stopping and not self._told_stopping and self.told.stopping is not None:
            self.told.stopping()
            self._told_stopping = True

    def _seconds(self, until: float | None) -> float | None:
        """Give the seconds until something may have to be done though nothing wakes us."""
        if self.intake.ripe and not self.wakes.stopping:
            return 0.0
        now = time.monotonic()
        times = [_LONGEST_WAIT, self.crew.wait(), self._seconds_to_due()]
        if not self.wakes.stopping:
            times.append(self._next_look(now) - now)
        if until is not None and self.intake.settling:
            times.append(until - now)
        return max(min(one for one in times if one is not None), 0.0)

    def _seconds_to_due(self) -> float | None:
        """Give the seconds until a failed file is tried again."""
        with self.library.reading() as connection:
            due = tasks.next_due(connection)
        if due is None:
            return None
        return (datetime.fromisoformat(due) - datetime.fromisoformat(self.library.now())).total_seconds()


def _begin_anew(library: Library) -> int:
    """Clear up after a run that was killed; give how many tasks it had left at work."""
    library.originals.sweep()
    with library.writing() as connection:
        return tasks.take_back(connection)


@contextmanager
def _crew(crew: Crew | None, settings: ImportSettings, wakes: Wakes) -> Iterator[Crew]:
    workers = crew or ProcessCrew(jobs=settings.jobs or os.cpu_count() or 1, timeout=settings.timeout, wake=wakes.ring)
    try:
        yield workers
    finally:
        workers.close()


@contextmanager
def _announcements(
    places: Sequence[Path], settings: ImportSettings, wakes: Wakes, run: Importer, *, once: bool
) -> Iterator[None]:
    """Let the folders announce their files to a run that goes on."""
    with ExitStack() as stack:
        if not once:
            from parcc_nlp.library.importing.watching import announced  # noqa: PLC0415 - only who needs it loads it

            stack.enter_context(announced(places, wakes.look, recursive=settings.recursive, problem=run.problem))
        yield


def _follow_up(library: Library) -> object:
    """Learn, review again and alert."""
    from parcc_nlp.library.following import follow_up  # noqa: PLC0415 - only who needs it loads it

    return follow_up(library)
