"""Writing a library out as files that other programs and people open."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from sqlalchemy import select

from parcc_nlp.contract import to_dict
from parcc_nlp.errors import LibraryError
from parcc_nlp.library import documents as shelf
from parcc_nlp.library.keeping.readable_names import readable_name
from parcc_nlp.library.reviews import findings_of, history_of
from parcc_nlp.library.schema import EDGE, INSTRUMENT
from parcc_nlp.library.values import FindingState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sqlalchemy import Connection

    from parcc_nlp.library.library import Library
    from parcc_nlp.library.values import Rendition, StoredDocument, StoredFinding, StoredVersion

__all__ = ["Exported", "Part", "export"]

Part = Literal["documents", "findings", "relations", "originals"]
_ALL: tuple[Part, ...] = get_args(Part)
_SCHEMA = "parcc-library-export/1"
_DOCUMENT_SCHEMA = "parcc-library-document/1"
_MANIFEST = "manifest.json"
_PAGE = 200
_FINDING_COLUMNS = (
    "id", "document_id", "document", "state", "rule", "severity", "kind", "message", "instrument", "start", "end",
    "text", "by_review", "first_seen", "last_seen", "changed_at", "changed_by", "reason",
)  # fmt: skip
_RELATION_COLUMNS = ("document_id", "source", "relation", "target", "unit", "since", "until", "properties")
# A spreadsheet takes text that begins so for a formula, whoever wrote it (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: how many of each, and the originals that the library should have and has not."""

    folder: Path
    documents: int = 0
    findings: int = 0
    relations: int = 0
    originals: int = 0
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Original:
    """A file as the manifest names it."""

    path: str
    sha256: str
    document: str
    version: int
    name: str
    origin: str | None
    added_at: str


def export(library: Library, folder: Path, *, what: Collection[Part] = _ALL) -> Exported:
    """Write a library out, all of it as of one moment.

    Parameters
    ----------
    library
        The library.
    folder
        Where to; a folder that is empty or not there.
    what
        ``documents`` as JSON lines (``documents.jsonl``: what the library says of each, and its extraction in the
        published contract), ``findings`` with their states and ``relations`` between instruments as CSV, ``originals``
        under names that a person can read. ``manifest.json`` has the hash of every file; it is written last.

    Raises
    ------
    LibraryError
        E511: there is something in the folder; E561: it cannot be written to.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import parcc_nlp as parcc
    >>> from parcc_nlp.library import open_library
    >>> with TemporaryDirectory() as place, open_library(Path(place) / "tuphap.db") as library:
    ...     added = library.add(parcc.extract("Căn cứ Nghị định số 63/2010/NĐ-CP của Chính phủ;"))
    ...     export(library, Path(place) / "xuat").relations
    1
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LibraryError("E511", path=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _export(library, folder, what)
    except OSError as error:
        raise LibraryError("E561", path=str(folder), detail=str(error)) from error


def _export(library: Library, folder: Path, what: Collection[Part]) -> Exported:
    counts: dict[str, int] = {}
    originals: list[_Original] = []
    missing: list[str] = []
    with library.reading() as connection:
        if "documents" in what:
            counts["documents"] = _lines(folder / "documents.jsonl", _documents(connection))
        if "findings" in what:
            counts["findings"] = _table(folder / "findings.csv", _FINDING_COLUMNS, _findings(connection))
        if "relations" in what:
            counts["relations"] = _table(folder / "relations.csv", _RELATION_COLUMNS, _relations(connection))
        if "originals" in what:
            originals, missing = _originals(library, connection, folder)
            counts["originals"] = len(originals)
    _write_manifest(library, folder, originals, missing)
    return Exported(folder, **counts, missing=tuple(missing))


def _documents(connection: Connection) -> Iterator[dict[str, Any]]:
    for document in _all_documents(connection):
        versions = shelf.versions(connection, document.id)
        extraction = shelf.extraction_of(connection, document.version_id)
        yield {
            "schema": _DOCUMENT_SCHEMA,
            "library": {
                **asdict(document),
                "versions": [
                    {**asdict(one), "files": [asdict(file) for file in shelf.renditions(connection, one.id)]}
                    for one in versions
                ],
            },
            "extraction": to_dict(extraction),
        }


def _all_documents(connection: Connection) -> Iterator[StoredDocument]:
    """Give every document, some hundred at a time, the newest first."""
    page = shelf.documents(connection, most=_PAGE)
    while page:
        yield from page
        page = shelf.documents(connection, most=_PAGE, before=page[-1].id)


def _findings(connection: Connection) -> Iterator[tuple[object, ...]]:
    for document in _all_documents(connection):
        for one in findings_of(connection, document_id=document.id, states=get_args(FindingState)):
            yield _finding(connection, document, one)


def _finding(connection: Connection, document: StoredDocument, one: StoredFinding) -> tuple[object, ...]:
    last = history_of(connection, one.id)[-1:]
    changed = (last[0].at, last[0].who, last[0].reason) if last else (None, None, None)
    said = one.finding
    return (
        one.id, document.id, document.number or document.identity, one.state, said.rule, said.severity, said.kind,
        said.message, said.instrument, said.start, said.end, said.text, one.by_review, one.first_seen, one.last_seen,
        *changed,
    )  # fmt: skip


def _relations(connection: Connection) -> Iterator[tuple[object, ...]]:
    source, target = INSTRUMENT.alias("source"), INSTRUMENT.alias("target")
    query = (
        select(
            EDGE.c.document_id, source.c.key, EDGE.c.kind, target.c.key, EDGE.c.unit, EDGE.c.since, EDGE.c.until,
            EDGE.c.properties,
        )
        .join(source, source.c.id == EDGE.c.source)
        .join(target, target.c.id == EDGE.c.target)
        .order_by(EDGE.c.id)
    )  # fmt: skip
    for row in connection.execute(query).yield_per(_PAGE):
        yield tuple(row)


def _originals(library: Library, connection: Connection, folder: Path) -> tuple[list[_Original], list[str]]:
    """Write every file of every version, and tell those that are missing or damaged."""
    (folder / "originals").mkdir()
    written: list[_Original] = []
    missing: list[str] = []
    taken: set[str] = set()
    for document in _all_documents(connection):
        for one in shelf.versions(connection, document.id):
            for file in shelf.renditions(connection, one.id):
                if not library.originals.sound(file.sha256):
                    missing.append(file.sha256)
                    continue
                name = _name(document, one, file, taken)
                taken.add(name.casefold())
                (folder / "originals" / name).write_bytes(library.original(file.sha256))
                told = (document.identity, one.ordinal, file.name, file.origin, file.added_at)
                written.append(_Original(f"originals/{name}", file.sha256, *told))
    return written, missing


def _name(document: StoredDocument, one: StoredVersion, file: Rendition, taken: Collection[str]) -> str:
    mark = f"v{one.ordinal}" if document.versions > 1 else ""
    return readable_name(document.number, document.title, file=file.name, taken=taken, mark=mark)


def _lines(path: Path, values: Iterable[dict[str, Any]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for value in values:
            file.write(json.dumps(value, ensure_ascii=False) + "\n")
            count += 1
    return count


def _table(path: Path, columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> int:
    """Write CSV (RFC 4180) with the mark by which Excel knows UTF-8."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_harmless(value) for value in row])
            count += 1
    return count


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _write_manifest(library: Library, folder: Path, originals: Iterable[_Original], missing: Iterable[str]) -> None:
    files = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            files.append({"path": path.relative_to(folder).as_posix(), "size": path.stat().st_size, "sha256": sha256})
    manifest = {
        "schema": _SCHEMA,
        "made_at": library.now(),
        "program": version("parcc_nlp"),
        "files": files,
        "originals": [asdict(one) for one in originals],
        "missing": list(missing),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / _MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")
