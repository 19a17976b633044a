"""Keeping a library: ``parcc library export``, ``backup``, ``restore``, ``verify``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from parcc_nlp.cli.exits import Exit
from parcc_nlp.cli.library_option import opened
from parcc_nlp.cli.streams import note, say, spoken, terminal
from parcc_nlp.library.keeping import backup, export, restore, verify
from parcc_nlp.report.layout import Run, paragraph, written
from parcc_nlp.report.wording import legible, words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from parcc_nlp.report.layout import Paragraph

__all__ = ["back_up", "bring_back", "export_library", "verify_library"]


def export_library(library: str | None, folder: Path) -> Exit:
    """Write everything out; an original that is missing is told."""
    with opened(library) as store:
        done = export(store, folder)
    counts = {"documents": done.documents, "findings": done.findings, "relations": done.relations}
    _say([paragraph(words("lib_exported", spoken(), **counts, originals=done.originals, folder=legible(str(folder))))])
    return _missing(done.missing)


def back_up(library: str | None, folder: Path) -> Exit:
    """Copy the library; an original that is missing is told."""
    with opened(library) as store:
        done = backup(store, folder)
    counts = {"documents": done.documents, "originals": done.originals, "copied": done.copied}
    _say([paragraph(words("lib_backed_up", spoken(), **counts, database=legible(str(done.database))))])
    return _missing(done.missing)


def bring_back(folder: Path, where: str) -> Exit:
    """Make a library of a copy."""
    done = restore(folder, where)
    _say([paragraph(words("lib_restored", spoken(), documents=done.documents, database=legible(str(done.database))))])
    return _missing(done.missing)


def verify_library(library: str | None, *, repair: bool, form: str) -> Exit:
    """Say whether the library is whole."""
    with opened(library) as store:
        found = verify(store, repair=repair)
    if form == "json":
        problems = [asdict(one) | {"grave": one.grave, "message": one.message(lang=spoken())} for one in found.problems]
        value = {"schema": "parcc-library-verified/1", **asdict(found), "sound": found.sound, "problems": problems}
        say(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
    else:
        looked = {"documents": found.documents, "versions": found.versions, "originals": found.originals}
        parts = [paragraph(words("lib_looked", spoken(), **looked, tasks=found.tasks))]
        for one in found.problems:
            style = "green" if one.repaired else "red" if one.grave else "dim"
            mended = f" {words('lib_repaired', spoken())}" if one.repaired else ""
            parts.append(paragraph(Run(legible(one.message(lang=spoken())) + mended, style), first="- ", rest="  "))
        parts.append(paragraph(Run(words("lib_sound" if found.sound else "lib_unsound", spoken()), "bold")))
        _say(parts)
    return Exit.DONE if found.sound else Exit.NOT_EXAMINED


def _missing(missing: Iterable[str]) -> Exit:
    """Tell the originals that are missing."""
    told = list(missing)
    for sha256 in told:
        note(words("lib_missing", spoken(), sha256=sha256))
    return Exit.NOT_EXAMINED if told else Exit.DONE


def _say(parts: list[Paragraph]) -> None:
    look = terminal()
    say(written(parts, width=look.width, colour=look.colour))
