"""The engine ``dask``: the workers of a Dask cluster that is there already, one task a chunk."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self, TypeVar

from parcc_nlp.errors import LibraryError, ParccError, UsageError
from parcc_nlp.library.batch.parquet import needed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

    from parcc_nlp.library.batch.work import Chunk, Setting

__all__ = ["DaskEngine"]

Result = TypeVar("Result")

_CHUNKS_A_THREAD = 2  # one being done and one waiting beside it
_SECONDS = 30


class DaskEngine:
    """A Dask cluster. Its workers need this package, the same registry, and the files under the same paths.

    Parameters
    ----------
    scheduler
        The address of its scheduler ("tcp://10.0.0.5:8786").
    jobs
        How many chunks are in the cluster at a time; twice the number of its threads by default.

    Raises
    ------
    LibraryError
        E450: distributed is not installed.
    UsageError
        E312: no address is given.
    """

    def __init__(self, *, scheduler: str | None, jobs: int | None = None) -> None:
        if not scheduler:
            raise UsageError("E312", name="--scheduler")
        self._distributed: Any = needed("distributed")
        self._scheduler = scheduler
        self._jobs = jobs
        self._client: Any = None

    def __enter__(self) -> Self:
        try:
            self._client = self._distributed.Client(self._scheduler, timeout=_SECONDS, set_as_default=False)
            self._client.wait_for_workers(1, timeout=_SECONDS)
        except (
            OSError,
            ValueError,
        ) as error:  # a time that ran out is an OSError, an address without sense a ValueError
            self._close()
            raise LibraryError("E459", address=self._scheduler, detail=str(error) or type(error).__name__) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._close()

    def run(
        self,
        work: Callable[[Setting, Chunk], Result],
        setting: Setting,
        chunks: Iterable[Chunk],
        *,
        alone: bool = False,
    ) -> Iterator[tuple[Chunk, Result | None]]:
        """Do the work on every chunk (see `Engine`)."""
        waiting = iter(chunks)
        running: dict[str, Chunk] = {}
        ready = self._distributed.as_completed(loop=self._client.loop)

        def fill() -> None:
            chunk = next(waiting, None)
            if chunk is not None:
                future = self._client.submit(work, setting, chunk, pure=False)
                running[future.key] = chunk
                ready.add(future)

        try:
            for _ in range(1 if alone else self._room()):
                fill()
            for future in ready:
                chunk = running.pop(future.key)
                result: Result | None = self._result(future)
                # The cluster keeps a result as long as somebody holds its future.
                future.release()
                fill()
                yield chunk, result
        except OSError as error:  # distributed's own errors of communication are of these
            raise LibraryError("E459", address=self._scheduler, detail=str(error) or type(error).__name__) from error

    def _room(self) -> int:
        """Say how many chunks the cluster is given at a time."""
        threads = sum(self._client.nthreads().values())
        return self._jobs or max(1, threads) * _CHUNKS_A_THREAD

    def _result(self, future: Any) -> Any:
        """Take the result of a task; None where its workers died again and again."""
        if future.cancelled():
            raise LibraryError("E459", address=self._scheduler, detail=future.status)
        error = future.exception()
        if error is None:
            return future.result()
        if isinstance(error, self._distributed.KilledWorker):
            return None
        if isinstance(error, ParccError):
            raise error
        # The work never raises for a document: the worker could not even begin (the package is not installed there).
        raise LibraryError("E455", detail=f"{type(error).__name__}: {error}")

    def _close(self) -> None:
        """Go, and take along what is still in the cluster; its own end is no error any more."""
        if self._client is not None:
            with suppress(OSError, TimeoutError):
                self._client.close()
            self._client = None
