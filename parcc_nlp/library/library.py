"""An office's library: one database, the original files under their hash, and what its documents taught."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sqlalchemy import insert, select

from parcc_nlp.errors import LibraryError
from parcc_nlp.graph import questions
from parcc_nlp.graph.build import graph_of
from parcc_nlp.library import documents as shelf
from parcc_nlp.library import reviews, searching, tasks
from parcc_nlp.library.database import connect, location_of, migrate, writing
from parcc_nlp.library.links import graph_around, keys_of_number, lineage_graph, whole_graph
from parcc_nlp.library.originals import Originals
from parcc_nlp.library.recording import Arrival, store_original
from parcc_nlp.library.schema import META
from parcc_nlp.read.dispatch import file_bytes
from parcc_nlp.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import date

    from sqlalchemy import Connection, Engine

    from parcc_nlp.graph import LegalGraph
    from parcc_nlp.graph.questions import Impact, Lineage
    from parcc_nlp.library.recording import Recorded
    from parcc_nlp.library.searching import Hits
    from parcc_nlp.library.values import (
        FindingEvent,
        FindingState,
        ImportTask,
        Rendition,
        StoredDocument,
        StoredFinding,
        StoredVersion,
        TaskState,
    )
    from parcc_nlp.model import Extraction

__all__ = ["Library", "Places", "open_library"]

_MOST = 20


@dataclass(frozen=True, slots=True)
class Places:
    """Where a library is: its database, the folder of its originals, the registry that its documents teach."""

    url: str
    files: Path
    registry: Path


def open_library(
    where: str | Path, *, files: Path | None = None, create: bool = True, clock: Callable[[], datetime] | None = None
) -> Library:
    """Open a library.

    Parameters
    ----------
    where
        A file (SQLite), or the URL of a PostgreSQL database.
    files
        The folder of the original files; beside the SQLite file by default (``tuphap.files``). A library in PostgreSQL
        needs it once, when it is made.
    create
        Whether to make a library where there is none.
    clock
        What tells the time; the computer's clock by default.

    Raises
    ------
    LibraryError
        E501: something else stands there; E502: there is none and none is to be made; E503: a newer version of the
        program wrote it; E504: the database cannot be reached; E512: its driver is not installed.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> import parcc_nlp as parcc
    >>> with TemporaryDirectory() as folder, open_library(Path(folder) / "tuphap.db") as library:
    ...     added = library.add(parcc.extract("Căn cứ Nghị định số 63/2010/NĐ-CP của Chính phủ;"))
    ...     [hit.document.id for hit in library.search("chinh phu").hits]
    [1]
    """
    url, path = location_of(where)
    if path is not None and not path.exists():
        if not create:
            raise LibraryError("E502", path=str(path), library=str(where))
        path.parent.mkdir(parents=True, exist_ok=True)
    engine = connect(url)
    migrate(engine)
    places = _places(engine, url, path, files)
    return Library(engine, places, clock=clock or _now)


class Library:
    """Documents with their versions, files, findings and links (make one with `open_library`).

    Every method opens its own transaction: what it writes is written as a whole or not at all.
    """

    def __init__(self, engine: Engine, places: Places, *, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock
        self._registry: Registry | None = None
        self.places = places
        self.originals = Originals(places.files)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @property
    def engine(self) -> Engine:
        """The database, for what is built on the library."""
        return self._engine

    @property
    def registry(self) -> Registry:
        """What is known of instruments: the user's registry, and over it what the documents taught."""
        if self._registry is None:
            base = Registry.open()
            path = self.places.registry
            self._registry = Registry.open(path, base=base) if path.exists() else base
        return self._registry

    def forget_registry(self) -> None:
        """Read the registry anew when it is next asked: it was taught something."""
        self._registry = None

    def now(self) -> str:
        """Give the moment, in UTC."""
        return self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def today(self) -> date:
        """Give the day, where the computer is."""
        return self._clock().astimezone().date()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection that only reads, all of it as of one moment."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open one transaction that writes."""
        with writing(self._engine) as connection:
            yield connection

    def add(
        self, source: Extraction | Path | bytes, *, name: str | None = None, origin: str | None = None
    ) -> Recorded | None:
        """Add one document at once.

        Parameters
        ----------
        source
            What `parcc_nlp.extract` gave, a path, or the bytes of a file.
        name
            What the file is called; the path by default.
        origin
            Where it is from.

        Returns
        -------
        Recorded or None
            Whether it was added, is a new version, or a duplicate; None for a message that brings no document (a report
            on a state, a recall): it is filed.

        Raises
        ------
        ReadError
            The file cannot be read.
        """
        from parcc_nlp.library.adding import add_extraction, add_file  # noqa: PLC0415 - they import this module's values

        if isinstance(source, bytes):
            return add_file(self, source, name=name or "van-ban", origin=origin).recorded
        if isinstance(source, Path):
            data = file_bytes(source)
            return add_file(self, data, name=name or source.name, origin=origin or str(source)).recorded
        return add_extraction(self, source, name=name)

    def submit(self, data: bytes, *, name: str, origin: str | None = None) -> ImportTask:
        """Keep the bytes of a file and add a task to import it.

        Parameters
        ----------
        data
            The file.
        name
            What it is called.
        origin
            Where it is from: a path, an address, a message.

        Returns
        -------
        ImportTask
            A pending task; the same bytes are a duplicate when it is done.
        """
        arrival = self.arrival(data, name=name, origin=origin)
        with self.writing() as connection:
            store_original(connection, arrival)
            return tasks.task(connection, tasks.submit(connection, arrival))

    def arrival(self, data: bytes, *, name: str, origin: str | None = None) -> Arrival:
        """Keep the bytes of a file, and say that it came in now."""
        return Arrival(self.originals.put(data), len(data), name, origin, self.now())

    def __len__(self) -> int:
        with self.reading() as connection:
            return shelf.count(connection)

    def __bool__(self) -> bool:
        """Say that it is there: a library without documents is one, too."""
        return True

    def document(self, reference: str | int) -> StoredDocument:
        """Give a document by its number in the library, its identity, or its own number ("12/KH-UBND").

        Raises
        ------
        LibraryError
            E508: the library has none; E509: several bear the number.
        """
        with self.reading() as connection:
            return shelf.meant(connection, reference)

    def documents(
        self,
        *,
        doc_type: str | None = None,
        year: int | None = None,
        draft: bool | None = None,
        most: int | None = None,
        before: int | None = None,
    ) -> tuple[StoredDocument, ...]:
        """List documents, the newest in the library first (see `parcc_nlp.library.documents.documents`)."""
        with self.reading() as connection:
            return shelf.documents(connection, doc_type=doc_type, year=year, draft=draft, most=most, before=before)

    def versions(self, reference: str | int) -> tuple[StoredVersion, ...]:
        """List the versions of a document, the first one first."""
        with self.reading() as connection:
            return shelf.versions(connection, shelf.meant(connection, reference).id)

    def files(self, version: StoredVersion | int) -> tuple[Rendition, ...]:
        """List the files of a version; `original` gives their bytes."""
        with self.reading() as connection:
            return shelf.renditions(connection, version if isinstance(version, int) else version.id)

    def original(self, sha256: str) -> bytes:
        """Give the bytes of a file as they came.

        Raises
        ------
        LibraryError
            E506: they are missing.
        """
        return self.originals.get(sha256)

    def extraction(self, reference: str | int, *, ordinal: int | None = None) -> Extraction:
        """Give what was found in a document: in its current version, or in an earlier one."""
        with self.reading() as connection:
            found = shelf.meant(connection, reference)
            if ordinal is None:
                return shelf.extraction_of(connection, found.version_id)
            chosen = [one.id for one in shelf.versions(connection, found.id) if one.ordinal == ordinal]
            if not chosen:
                raise LibraryError("E508", document=f"{reference} ({ordinal})")
            return shelf.extraction_of(connection, chosen[0])

    def search(self, searched: str, *, most: int = _MOST) -> Hits:
        """Search number, title and text; tone marks and capitals do not matter, quotation marks make a phrase.

        Raises
        ------
        LibraryError
            E515: there is neither a letter nor a digit to search for.
        """
        with self.reading() as connection:
            return searching.search(connection, searched, most=most)

    def findings(
        self, reference: str | int | None = None, *, states: Collection[FindingState] = ("open", "acknowledged")
    ) -> tuple[StoredFinding, ...]:
        """List findings in some states, of one document or of all."""
        with self.reading() as connection:
            document_id = None if reference is None else shelf.meant(connection, reference).id
            return reviews.findings_of(connection, document_id=document_id, states=states)

    def finding_history(self, finding_id: int) -> tuple[FindingEvent, ...]:
        """List what happened to a finding."""
        with self.reading() as connection:
            return reviews.history_of(connection, finding_id)

    def decide(
        self, finding_id: int, state: FindingState, *, who: str | None = None, reason: str | None = None
    ) -> None:
        """Write what an officer decided about a finding.

        Raises
        ------
        LibraryError
            E516: there is no such finding.
        """
        with self.writing() as connection:
            reviews.decide(connection, finding_id, state, who=who, reason=reason, at=self.now())

    def tasks(
        self, *, states: Collection[TaskState] = (), acknowledged: bool | None = None, most: int | None = None
    ) -> tuple[ImportTask, ...]:
        """List import tasks, the newest first."""
        with self.reading() as connection:
            return tasks.tasks(connection, states=states, acknowledged=acknowledged, most=most)

    def graph(self, references: Iterable[str | int] | None = None) -> LegalGraph:
        """Give the legal-reference graph.

        Parameters
        ----------
        references
            Documents: their whole graph, with sections, targets, tasks and agencies, and what the registry knows. By
            default the instruments of the whole library and the links between them.
        """
        with self.reading() as connection:
            if references is None:
                return whole_graph(connection)
            ids = [shelf.meant(connection, one).id for one in references]
            found = [extraction for _, extraction in shelf.extractions(connection, ids)]
        return graph_of(found, registry=self.registry)

    def impact(self, instrument: str, *, on: str | date | None = None, steps: int | None = None) -> Impact:
        """Find what of the library has to be reviewed if an instrument ends (`parcc_nlp.graph.questions.impact`).

        Raises
        ------
        UsageError
            E370: neither the library nor the registry has the instrument; E301: `on` is no day.
        """
        return questions.impact(self.around(instrument), instrument, on=str(on or self.today()), steps=steps)

    def around(self, instrument: str) -> LegalGraph:
        """Give the part of the graph that depends on an instrument, for `impact` and for drawing it."""
        with self.reading() as connection:
            keys = self._keys(connection, instrument)
            return graph_around(connection, keys, registry=self.registry)

    def lineage(self, instrument: str, *, on: str | date | None = None) -> Lineage:
        """Follow what replaced an instrument and what it replaced (`parcc_nlp.graph.questions.lineage`)."""
        with self.reading() as connection:
            keys = self._keys(connection, instrument)
            graph = lineage_graph(connection, keys, registry=self.registry)
        return questions.lineage(graph, instrument, on=None if on is None else str(on))

    def _keys(self, connection: Connection, instrument: str) -> list[str]:
        """Give the ids of the instruments that an id or a number means, in the library or in the registry."""
        whole = instrument.partition("#")[0]
        known = [one.id for one in self.registry.find(whole)]
        return list(dict.fromkeys((whole, *keys_of_number(connection, whole), *known)))


def _places(engine: Engine, url: str, path: Path | None, files: Path | None) -> Places:
    """Give the places of a library; a folder of files that is not beside it is noted in it when it is made."""
    with engine.connect() as connection:
        noted = connection.scalar(select(META.c.value).where(META.c.name == "files"))
    chosen = files or (Path(noted) if noted else path.with_suffix(".files") if path else None)
    if chosen is None:
        raise LibraryError("E517")
    if noted is None and files is not None:
        with writing(engine) as connection:
            connection.execute(insert(META).values(name="files", value=str(files.absolute())))
    registry = path.with_suffix(".registry.sqlite") if path else chosen / "registry.sqlite"
    return Places(url, chosen, registry)


def _now() -> datetime:
    return datetime.now(UTC)
