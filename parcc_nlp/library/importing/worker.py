"""What a worker process does with one file: from the bytes in the library to all that is to be written of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from parcc_nlp.errors import ParccError
from parcc_nlp.library.importing.faults import Fault, fault_of, unexpected
from parcc_nlp.library.learning import registry_at
from parcc_nlp.library.originals import Originals
from parcc_nlp.library.working import Work, work_of

if TYPE_CHECKING:
    from parcc_nlp.registry import Registry

__all__ = ["Job", "Setting", "Worked", "begin", "do"]


@dataclass(frozen=True, slots=True)
class Setting:
    """What files are examined with: `version` is that of the registry, which is opened anew when it changes."""

    files: Path
    registry: Path
    version: str
    today: date


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be examined: its task, the hash under which its bytes are kept, and its name."""

    task_id: int
    sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class Worked:
    """What a worker made of a file: what is to be recorded, or why there is nothing."""

    work: Work | None
    fault: Fault | None = None


def do(setting: Setting, job: Job) -> Worked:
    """Examine a file; whatever goes wrong with it is told and not raised."""
    try:
        originals = Originals(setting.files)
        registry = _registry(setting.registry, setting.version)
        data = originals.get(job.sha256)
        work = work_of(data, name=job.name, registry=registry, today=setting.today, originals=originals)
        return Worked(work)
    except ParccError as error:
        return Worked(None, fault_of(error))
    except Exception as error:  # noqa: BLE001 - one file's failure of whatever kind must not stop the others
        return Worked(None, unexpected(error))


def begin() -> None:
    """Prepare a worker process.

    It is the importer that decides when to stop: Ctrl-C and a stopping service signal all processes at once, and what
    is being examined is to be finished. A worker does not outlive the importer, however that ends.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


@lru_cache(maxsize=1)
def _registry(path: Path, version: str) -> Registry:  # noqa: ARG001 - another version is opened anew
    """Open the registry of a library, once a process and version."""
    return registry_at(path)


def _end_with_parent() -> None:
    """Wait for the end of the parent; a killed one closes no pipe that its workers would notice."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
