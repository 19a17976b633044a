"""The library shown: ``parcc library init``, ``add``, ``list``, ``search``, ``show``, ``decide``, ``impact``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from parcc_nlp.cli.exits import Exit
from parcc_nlp.cli.graph_views import Gathered, show_impact
from parcc_nlp.cli.inputs import gather
from parcc_nlp.cli.library_option import opened
from parcc_nlp.cli.streams import complain, say, spoken, terminal
from parcc_nlp.contract import to_dict
from parcc_nlp.errors import LibraryError, ParccError
from parcc_nlp.library import open_library
from parcc_nlp.library.database import location_of
from parcc_nlp.library.following import follow_up
from parcc_nlp.report.layout import Run, blank, labelled, paragraph, written
from parcc_nlp.report.wording import legible, place, words, written_day

if TYPE_CHECKING:
    from parcc_nlp.library.searching import Hit
    from parcc_nlp.library.values import FindingState, StoredDocument, StoredFinding
    from parcc_nlp.report.layout import Paragraph

__all__ = [
    "add_files",
    "decide_finding",
    "make",
    "show_document",
    "show_library_impact",
    "show_list",
    "show_search",
]

_ALL: tuple[FindingState, ...] = ("open", "acknowledged", "set_aside")
_SEVERITIES = {"error": "bold red", "warning": "yellow", "info": "cyan", "unknown": "dim"}


def make(where: str, *, files: Path | None) -> Exit:
    """Make a library.

    Raises
    ------
    LibraryError
        E510: there is one already.
    """
    _, path = location_of(where)
    if path is not None and path.exists():
        raise LibraryError("E510", path=str(path))
    with open_library(where, files=files) as library:
        _say([paragraph(words("lib_made", spoken(), where=legible(str(path or where)), files=library.places.files))])
    return Exit.DONE


def add_files(names: list[str], *, library: str | None) -> Exit:
    """Add documents one after the other, then draw the consequences."""
    inputs = gather(names)
    failed: list[ParccError] = list(inputs.barren)
    with opened(library) as store:
        for one in inputs.documents:
            try:
                recorded = store.add(one.data or Path(one.name), name=one.name, origin=one.name)
            except ParccError as error:
                failed.append(error)
                continue
            if recorded is None:
                _say([paragraph(f"{legible(one.name)}: {words('lib_filed', spoken())}")])
                continue
            document = store.document(recorded.document_id)
            done = words(f"lib_{recorded.outcome}", spoken(), number=document.id)
            _say([paragraph(f"{legible(one.name)}: {done}: {_name(document)}")])
        followed = follow_up(store)
        if followed.alerts:
            _say([paragraph(Run(words("lib_alerts", spoken(), count=followed.alerts), "bold"))])
    for failure in failed:
        complain(failure)
    return Exit.NOT_EXAMINED if failed else Exit.DONE


def show_list(library: str | None, *, doc_type: str | None, year: int | None, most: int, form: str) -> Exit:
    """List documents, the newest in the library first."""
    with opened(library) as store:
        found = store.documents(doc_type=doc_type, year=year, most=most)
        total = len(store)
    if form == "json":
        return _say_json("parcc-library-list/1", {"total": total, "documents": [asdict(one) for one in found]})
    parts = [paragraph(_name(one), first=f"{one.id:>6}  ", rest=" " * 8) for one in found]
    return _say([*parts, paragraph(Run(words("lib_count", spoken(), shown=len(found), total=total), "dim"))])


def show_search(library: str | None, searched: str, *, most: int, form: str) -> Exit:
    """Show what a search finds, with the words around the place."""
    with opened(library) as store:
        found = store.search(searched, most=most)
    if form == "json":
        return _say_json("parcc-library-search/1", asdict(found))
    parts = [line for hit in found.hits for line in _hit(hit)]
    key = "lib_found_more" if found.more else "lib_found"
    return _say([*parts, paragraph(Run(words(key, spoken(), count=len(found.hits)), "dim"))])


def _hit(hit: Hit) -> list[Paragraph]:
    runs: list[Run | str] = []
    at = 0
    for start, end in hit.marks:
        runs += [legible(hit.snippet[at:start]), Run(legible(hit.snippet[start:end]), "bold")]
        at = end
    runs.append(legible(hit.snippet[at:]))
    name = paragraph(Run(_name(hit.document), "bold"), first=f"{hit.document.id:>6}  ", rest=" " * 8)
    return [name, paragraph("… ", *runs, " …", first=" " * 8, rest=" " * 8)] if hit.snippet else [name]


def show_document(library: str | None, reference: str, *, form: str) -> Exit:
    """Show one document with its versions, files and findings."""
    with opened(library) as store:
        document = store.document(reference)
        versions = store.versions(document.id)
        files = {one.id: store.files(one) for one in versions}
        findings = store.findings(document.id, states=_ALL)
        extraction = store.extraction(document.id)
    if form == "json":
        value = {
            "document": asdict(document),
            "versions": [asdict(one) | {"files": [asdict(file) for file in files[one.id]]} for one in versions],
            "findings": [asdict(one) for one in findings],
            "extraction": to_dict(extraction),
        }
        return _say_json("parcc-library-document/1", value)
    rows: list[tuple[str, list[Run | str]]] = [
        (words("lib_label_id", spoken()), [str(document.id)]),
        (words("lib_label_identity", spoken()), [document.identity]),
        (words("lib_label_state", spoken()), [_state(document)]),
        (words("lib_label_reviewed", spoken()), [written_day(document.reviewed_on) if document.reviewed_on else "-"]),
    ]
    parts = [paragraph(Run(_name(document), "bold")), blank(), *labelled(rows)]
    parts += [blank(), paragraph(Run(words("lib_versions", spoken()), "bold"))]
    for version in versions:
        said = words("lib_version_line", spoken(), ordinal=version.ordinal, day=written_day(version.added_at[:10]))
        parts.append(paragraph(said, first="  "))
        parts += [paragraph(legible(f"{file.name}  {file.sha256[:12]}"), first="    - ") for file in files[version.id]]
    parts += [blank(), paragraph(Run(words("lib_findings", spoken(), count=len(findings)), "bold"))]
    return _say([*parts, *(line for one in findings for line in _finding(one))])


def _finding(one: StoredFinding) -> list[Paragraph]:
    told = one.finding
    severity = words(f"severity_{told.severity}", spoken())
    state = "" if one.state == "open" else f" [{words(f'lib_state_{one.state}', spoken())}]"
    head = paragraph(
        Run(f"{told.rule} {severity}", _SEVERITIES.get(told.severity, "")),
        f"{state}: {legible(told.message)} ({place(told.where, spoken())})",
        first=f"{one.id:>6}  ",
        rest=" " * 8,
    )
    return [head]


def decide_finding(library: str | None, finding: int, *, state: str, because: str, by: str) -> Exit:
    """Write what an officer decided."""
    with opened(library) as store:
        store.decide(finding, cast("FindingState", state), who=by, reason=because)
    written_state = words(f"lib_state_{state}", spoken())
    return _say([paragraph(words("lib_decided", spoken(), finding=finding, state=written_state))])


def show_library_impact(library: str | None, instrument: str, *, as_of: str, form: str) -> Exit:
    """Show what of the library has to be reviewed."""
    with opened(library) as store:
        graph = store.around(instrument)
        return show_impact(Gathered(graph, store.registry), instrument, as_of=as_of, form=form)


def _name(document: StoredDocument) -> str:
    """Name a document as its title line would."""
    said = " ".join(part for part in (document.doc_type, document.number) if part)
    dated = f", {written_day(document.issued)}" if document.issued else ""
    title = f": {document.title}" if document.title else ""
    return legible(f"{said or document.identity}{dated}{title}")


def _state(document: StoredDocument) -> str:
    state = words(f"lib_document_{document.state}", spoken())
    draft = f", {words('lib_draft', spoken())}" if document.draft else ""
    reason = f" ({document.state_reason})" if document.state_reason else ""
    return f"{state}{draft}{reason}"


def _say(parts: list[Paragraph]) -> Exit:
    look = terminal()
    say(written(parts, width=look.width, colour=look.colour))
    return Exit.DONE


def _say_json(schema: str, value: dict[str, Any]) -> Exit:
    say(json.dumps({"schema": schema, **value}, ensure_ascii=False, indent=2) + "\n")
    return Exit.DONE
