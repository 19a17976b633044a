"""When a file is whole: its size and its time stay as they are for a while, and it does not bear a temporary name.

What never becomes whole is not waited for without end: after a long while it is taken with the reason why it cannot be
imported, so that somebody sees it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parcc_nlp.library.importing.scanning import Sighting

if TYPE_CHECKING:
    from collections.abc import Iterable


__all__ = ["Ripe", "Settling"]

_NANO = 1e9


@dataclass(frozen=True, slots=True)
class Ripe:
    """A file to be taken; `code` says why it is taken though it is not whole (E521, E522)."""

    sighting: Sighting
    code: str | None = None


@dataclass(frozen=True, slots=True)
class _Watched:
    """A file that is waited for: as it was last seen, since when it is so, and when it was first seen."""

    sighting: Sighting
    since: float
    first: float


class Settling:
    """The files that are waited for.

    Parameters
    ----------
    settle
        Seconds without a change after which a file is whole.
    patience
        Seconds after which one is taken that does not become whole.
    empty
        Seconds after which an empty one is taken; as long as `patience` by default.

    Examples
    --------
    >>> from parcc_nlp.library.importing.scanning import Sighting
    >>> settling, file = Settling(settle=2, patience=3600), Sighting("a.txt", "a.txt", 10, 0)
    >>> [len(settling.look([file], now=now, wall=now)) for now in (0.0, 1.0, 2.0)]
    [0, 0, 1]
    """

    def __init__(self, *, settle: float, patience: float, empty: float | None = None) -> None:
        self._settle = settle
        self._patience = patience
        self._empty = patience if empty is None else empty
        self._watched: dict[str, _Watched] = {}

    def __len__(self) -> int:
        return len(self._watched)

    @property
    def may_settle(self) -> int:
        """How many of them may be whole soon: not those that are empty or bear a temporary name."""
        return sum(1 for one in self._watched.values() if not _never_whole(one.sighting))

    def look(self, sightings: Iterable[Sighting], *, now: float, wall: float) -> tuple[Ripe, ...]:
        """Compare what stands there with what stood there before; give what is to be taken, which is forgotten here.

        Parameters
        ----------
        sightings
            All files that are not taken yet.
        now
            Seconds of a clock that only goes on.
        wall
            Seconds since 1970, to which the times of files are compared: a file that was empty or unfinished for long
            before it was first looked at has waited already.
        """
        before, self._watched = self._watched, {}
        ripe: list[Ripe] = []
        for one in sightings:
            watched = _continued(before.get(one.key), one, now)
            taken = self._judged(watched, now=now, wall=wall)
            if taken is None:
                self._watched[one.key] = watched
            else:
                ripe.append(taken)
        return tuple(ripe)

    def wait(self, *, now: float) -> float | None:
        """Give the seconds until another look may find something whole; None where nothing is waited for."""
        times = [
            one.first + self._bound(one.sighting) if _never_whole(one.sighting) else one.since + self._settle
            for one in self._watched.values()
        ]
        return max(min(times) - now, 0.0) if times else None

    def _judged(self, one: _Watched, *, now: float, wall: float) -> Ripe | None:
        seen = one.sighting
        if _never_whole(seen):
            waited = max(now - one.first, wall - seen.modified_ns / _NANO)
            if waited < self._bound(seen):
                return None
            return Ripe(seen, "E521" if seen.unfinished else None)
        if now - one.since >= self._settle:
            return Ripe(seen)
        return Ripe(seen, "E522") if now - one.first >= self._patience else None

    def _bound(self, seen: Sighting) -> float:
        return self._patience if seen.unfinished else self._empty


def _never_whole(seen: Sighting) -> bool:
    return seen.unfinished or not seen.size


def _continued(before: _Watched | None, seen: Sighting, now: float) -> _Watched:
    if before is None:
        return _Watched(seen, now, now)
    return before if before.sighting == seen else replace(before, sighting=seen, since=now)
