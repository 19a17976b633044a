"""Taking what many documents teach into a ledger, so that the order of the documents does not matter.

Who is who goes first: what the documents say of themselves, then whom they cite in full. Only then comes what they do
to each other. What is read is put aside on the disk between the passes, so that many documents need no more memory.
"""

from __future__ import annotations

import pickle
import tempfile
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Self, TypeVar

from parcc_nlp.registry.claims import InstrumentClaim
from parcc_nlp.registry.learning import on_the_day_that_holds
from parcc_nlp.registry.ledger import Taken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parcc_nlp.registry.claims import Claim, SourceKind
    from parcc_nlp.registry.ledger import Ledger

__all__ = ["take_in_passes"]

Source = TypeVar("Source")


def take_in_passes(
    ledger: Ledger, taught: Iterable[tuple[Source, Sequence[Claim]]], *, at_once: int = 1
) -> Iterator[tuple[tuple[Source, ...], Taken]]:
    """Take what documents teach into a ledger, in three passes.

    Parameters
    ----------
    ledger
        What is written to; taking the same claims again changes nothing.
    taught
        What stands for each document (it is pickled), and its claims (`parcc_nlp.registry.learning.claims_of`).
    at_once
        How many documents are taken in one transaction.

    Yields
    ------
    tuple
        The documents of one transaction, in the order in which they were given, and what became of their claims.
    """
    with _Shelf() as shelf:
        for group in _groups(taught, at_once):
            shelf.put(group, ledger.take(_names(group, "text")))
        for group, first in shelf.again():
            shelf.put(group, first, ledger.take(_names(group, "citation")))
        for group, first, second in shelf.again():
            registry = ledger.registry
            told = [claim for _, claims in group for claim in on_the_day_that_holds(claims, registry)]
            third = ledger.take(claim for claim in told if not isinstance(claim, InstrumentClaim))
            yield tuple(source for source, _ in group), _all_of(first, second, third)


def _groups(taught: Iterable[Source], size: int) -> Iterator[tuple[Source, ...]]:
    """Give some at a time."""
    left = iter(taught)
    while group := tuple(islice(left, size)):
        yield group


class _Shelf:
    """Values put aside on the disk between two passes over them."""

    def __init__(self) -> None:
        self._written: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._count = 0

    def put(self, *values: Any) -> None:
        """Put values aside."""
        pickle.dump(values, self._written)
        self._count += 1

    def again(self) -> Iterator[tuple[Any, ...]]:
        """Give what was put aside, in order; what is put aside meanwhile is for the next pass."""
        before, count = self._written, self._count
        self._written, self._count = tempfile.TemporaryFile(), 0  # noqa: SIM115 - as above
        before.seek(0)
        with before:
            for _ in range(count):
                yield pickle.load(before)  # noqa: S301 - what this process wrote into a file without a name

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._written.close()


def _names(group: Iterable[tuple[Source, Sequence[Claim]]], kind: SourceKind) -> list[Claim]:
    """Give the claims on who is who, of one kind of source."""
    told = (claim for _, claims in group for claim in claims)
    return [claim for claim in told if isinstance(claim, InstrumentClaim) and claim.provenance.kind == kind]


def _all_of(*taken: Taken) -> Taken:
    """Give what became of the claims of some documents in all passes."""
    return Taken(
        instruments_added=tuple(one for each in taken for one in each.instruments_added),
        fields_added=sum(each.fields_added for each in taken),
        relations_added=sum(each.relations_added for each in taken),
        lives_added=sum(each.lives_added for each in taken),
        already_known=sum(each.already_known for each in taken),
        contradictions=tuple(dict.fromkeys(one for each in taken for one in each.contradictions)),
        refused=tuple(one for each in taken for one in each.refused),
    )
