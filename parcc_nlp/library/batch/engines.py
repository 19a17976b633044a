"""What does the work of a batch: processes of this machine, a Dask cluster, or what another package registers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from parcc_nlp.errors import UsageError
from parcc_nlp.library.batch.dask_engine import DaskEngine
from parcc_nlp.library.batch.local_engine import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

    from parcc_nlp.library.batch.work import Chunk, Setting

__all__ = ["Engine", "Machines", "engine_names", "register_engine", "started"]

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Machines:
    """Where the work is done: the address of a scheduler, and how many chunks at once; None leaves it to the engine."""

    scheduler: str | None = None
    jobs: int | None = None


class Engine(Protocol):
    """What does the work: a context manager, for the time in which it has processes or a connection."""

    def run(
        self,
        work: Callable[[Setting, Chunk], Result],
        setting: Setting,
        chunks: Iterable[Chunk],
        *,
        alone: bool = False,
    ) -> Iterator[tuple[Chunk, Result | None]]:
        """Do the work on every chunk and give what comes of it as it is ready, in any order.

        Chunks are taken one by one as there is room for them, a bounded number at a time. None stands for a chunk
        whose process died. With `alone` nothing else is done meanwhile, so that it is known who caused it. What the
        work raises is raised.
        """
        ...

    def __enter__(self) -> Self:
        """Start."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End, without waiting for work whose results nobody takes any more."""
        ...


def _local(machines: Machines) -> Engine:
    return LocalEngine(jobs=machines.jobs)


def _dask(machines: Machines) -> Engine:
    return DaskEngine(scheduler=machines.scheduler, jobs=machines.jobs)


_ENGINES: dict[str, Callable[[Machines], Engine]] = {"local": _local, "dask": _dask}


def register_engine(name: str, make: Callable[[Machines], Engine]) -> None:
    """Add an engine under a name, or put another in the place of one."""
    _ENGINES[name] = make


def engine_names() -> tuple[str, ...]:
    """List the names of the engines.

    Examples
    --------
    >>> {"dask", "local"} <= set(engine_names())
    True
    """
    return tuple(sorted(_ENGINES))


def started(name: str, machines: Machines) -> Engine:
    """Give an engine, to be entered.

    Raises
    ------
    UsageError
        E456: no engine has this name.
    """
    if name not in _ENGINES:
        raise UsageError("E456", value=name, names=", ".join(engine_names()))
    return _ENGINES[name](machines)
