"""Adding one document at once, without a task: for the Python API and for trying things out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.library.examining import Examined
from parcc_nlp.library.packing import pack
from parcc_nlp.library.recording import record
from parcc_nlp.library.working import Written, known, work_of, write
from parcc_nlp.registry.learning import claims_of, why_not
from parcc_nlp.review import review

if TYPE_CHECKING:
    from parcc_nlp.library.library import Library
    from parcc_nlp.library.recording import Recorded
    from parcc_nlp.model import Extraction

__all__ = ["add_extraction", "add_file"]


def add_file(library: Library, data: bytes, *, name: str, origin: str | None) -> Written:
    """Examine a file and write it into the library; a message is opened and filed.

    Raises
    ------
    ReadError
        It cannot be read.
    """
    arrival = library.arrival(data, name=name, origin=origin)
    with library.reading() as connection:
        before = known(connection, arrival.sha256)
    if before is not None:
        return before
    work = work_of(data, name=name, registry=library.registry, today=library.today(), originals=library.originals)
    with library.writing() as connection:
        return write(connection, work, arrival)


def add_extraction(library: Library, extraction: Extraction, *, name: str | None) -> Recorded:
    """Write what was extracted already; its text is kept as the original."""
    registry, today = library.registry, library.today()
    identified = registry.resolve_all(extraction)
    reason = why_not(extraction)
    examined = Examined(
        identified,
        review(identified, as_of="today", registry=registry, today=today),
        claims_of(extraction, learned=today.isoformat()),
        reason.code if reason else None,
    )
    called = name or extraction.source.path or "van-ban.txt"
    arrival = library.arrival(extraction.text.encode(), name=called)
    with library.writing() as connection:
        return record(connection, pack(examined, registry=registry.version), arrival)
