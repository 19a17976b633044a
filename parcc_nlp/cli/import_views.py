"""Importing, shown: what a run did, and how the import tasks stand."""

from __future__ import annotations

import getpass
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from parcc_nlp.cli.exits import Exit
from parcc_nlp.cli.library_option import opened
from parcc_nlp.cli.streams import note, say, terminal
from parcc_nlp.errors import UsageError, error_texts
from parcc_nlp.library import tasks
from parcc_nlp.library.importing.importer import Told, run_import
from parcc_nlp.library.importing.wording import words
from parcc_nlp.report.layout import Run, blank, labelled, paragraph, written
from parcc_nlp.report.wording import legible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcc_nlp.cli.streams import Language
    from parcc_nlp.library import Library
    from parcc_nlp.library.importing.report import Became, ImportReport, Problem, Settled
    from parcc_nlp.library.importing.settings import ImportSettings
    from parcc_nlp.library.values import ImportTask, TaskState
    from parcc_nlp.report.layout import Paragraph

__all__ = ["acknowledge_tasks", "import_now", "list_tasks", "retry_tasks", "watch_folders"]

_COUNTED: tuple[Became, ...] = ("added", "version", "duplicate", "filed", "failed", "quarantined")
_ENDED: tuple[TaskState, ...] = ("done", "duplicate", "quarantined")
_WAITING: tuple[TaskState, ...] = ("failed", "quarantined")


def import_now(
    paths: Sequence[str], settings: ImportSettings, *, library: str | None, form: str, lang: Language
) -> Exit:
    """Import files and folders, and show what became of them.

    Raises
    ------
    UsageError
        E102: there is no such file or folder; E526: it is a web address.
    """
    places = [_place(path) for path in paths]
    with opened(library) as store:
        report = run_import(store, places, settings)
        before = _failed_before(store, places, report)
    return _show(report, before, form=form, lang=lang)


def watch_folders(
    folders: Sequence[str], settings: ImportSettings, *, library: str | None, once: bool, form: str, lang: Language
) -> Exit:
    """Import what comes into folders until a signal ends it, a line for each file as it is done.

    Raises
    ------
    UsageError
        E532: there is no such folder.
    """
    places = [Path(folder) for folder in folders]
    for place in places:
        if not place.is_dir():
            raise UsageError("E532", path=str(place))
    with opened(library) as store:
        if once:
            return _show(run_import(store, places, settings), (), form=form, lang=lang)
        note(words("watching", lang, folders=", ".join(folders)))

        def settled(one: Settled) -> None:
            say(json.dumps(asdict(one), ensure_ascii=False) + "\n" if form == "json" else _line(one, lang) + "\n")
            _flush()

        def problem(one: Problem) -> None:
            note(one.message)

        def stopping() -> None:
            note(words("stopping", lang))

        run_import(store, places, settings, once=False, told=Told(settled, problem, stopping))
    note(words("stopped", lang))
    return Exit.DONE


def list_tasks(library: str | None, *, states: Sequence[str], seen: bool, most: int, form: str, lang: Language) -> Exit:
    """List import tasks, the newest first."""
    with opened(library) as store:
        wanted = cast("Sequence[TaskState]", states)
        found = store.tasks(states=wanted, acknowledged=None if seen else False, most=most + 1 if most else None)
        with store.reading() as connection:
            counts = tasks.counts(connection)
    more = bool(most) and len(found) > most
    shown = found[:most] if most else found
    if form == "json":
        listed = [asdict(one) for one in shown]
        _say_json({"schema": "parcc-inbox/1", "counts": counts, "more": more, "tasks": listed})
        return Exit.DONE
    parts: list[Paragraph] = []
    for one in shown:
        parts += _task(one, lang)
    if not shown:
        parts.append(paragraph(words("inbox_none", lang)))
    if more:
        parts.append(paragraph(words("inbox_more", lang)))
    parts += [blank(), *labelled([(words(f"state_{state}", lang), [str(count)]) for state, count in counts.items()])]
    _say(parts)
    return Exit.DONE


def acknowledge_tasks(
    library: str | None, numbers: Sequence[int], *, everything: bool, by: str | None, lang: Language
) -> Exit:
    """Note that somebody has seen what became of tasks.

    Raises
    ------
    UsageError
        E533: no task is named.
    LibraryError
        E513: there is no such task; then none is noted.
    """
    with opened(library) as store:
        chosen = _chosen(store, numbers, everything=everything, states=_ENDED)
        at, who = store.now(), by or getpass.getuser()
        with store.writing() as connection:
            for number in chosen:
                tasks.acknowledge(connection, number, who=who, at=at)
    say(words("acknowledged", lang, count=len(chosen)) + "\n")
    return Exit.DONE


def retry_tasks(library: str | None, numbers: Sequence[int], *, everything: bool, lang: Language) -> Exit:
    """Let files that failed or are in quarantine be tried again.

    Raises
    ------
    UsageError
        E533: no task is named.
    LibraryError
        E513: there is no such task, or it waits for nothing; then none is tried again.
    """
    with opened(library) as store:
        chosen = _chosen(store, numbers, everything=everything, states=_WAITING)
        with store.writing() as connection:
            for number in chosen:
                tasks.release(connection, number)
    say(words("released", lang, count=len(chosen)) + "\n")
    return Exit.DONE


def _chosen(
    store: Library, numbers: Sequence[int], *, everything: bool, states: Sequence[TaskState]
) -> tuple[int, ...]:
    if everything:
        return tuple(one.id for one in store.tasks(states=states, acknowledged=False))
    if not numbers:
        raise UsageError("E533")
    return tuple(dict.fromkeys(numbers))


def _place(path: str) -> Path:
    if path.casefold().startswith(("http://", "https://")):
        raise UsageError("E526", path=path)
    if not Path(path).exists():
        raise UsageError("E102", path=path)
    return Path(path)


def _failed_before(store: Library, places: Sequence[Path], report: ImportReport) -> tuple[ImportTask, ...]:
    """Give the tasks of named files that an earlier run could not import, so that nobody takes them for imported."""
    from parcc_nlp.library.importing.scanning import look_through

    if not report.unchanged:
        return ()
    keys = {one.key for one in look_through(places).sightings}
    told = {one.task_id for one in report.failures}
    waiting = store.tasks(states=_WAITING)
    return tuple(one for one in waiting if one.origin in keys and one.id not in told)


def _show(report: ImportReport, before: Sequence[ImportTask], *, form: str, lang: Language) -> Exit:
    failed = [_as_settled(one) for one in before] + [asdict(one) for one in report.failures]
    if form == "json":
        counts = {name: report.counts[name] for name in _COUNTED}
        others = {"unchanged": report.unchanged, "waiting": report.waiting, "interrupted": report.interrupted}
        problems = [asdict(one) for one in report.problems]
        _say_json({"schema": "parcc-import/1", "counts": counts, **others, "failures": failed, "problems": problems})
    else:
        _say(_summary(report, failed, lang))
    return Exit.NOT_EXAMINED if failed or report.problems else Exit.DONE


def _as_settled(task: ImportTask) -> dict[str, Any]:
    return {
        "task_id": task.id,
        "name": task.name,
        "origin": task.origin,
        "became": task.state,
        "code": task.code,
        "reason": task.reason,
        "document_id": task.document_id,
        "due_at": task.due_at,
    }


def _summary(report: ImportReport, failed: Sequence[dict[str, Any]], lang: Language) -> list[Paragraph]:
    """Write how many files became what, and the reason of each that could not be imported."""
    total = report.total
    first = words("summary", lang, count=total) if total else words("summary_none", lang)
    parts = [paragraph(Run(first, "bold"))]
    rows = [(words(f"count_{name}", lang), [str(report.counts[name])]) for name in _COUNTED if report.counts[name]]
    others = {"unchanged": report.unchanged, "waiting": report.waiting, "interrupted": report.interrupted}
    rows += [(words(f"count_{name}", lang), [str(count)]) for name, count in others.items() if count]
    parts += labelled(rows) if rows else []
    for became in ("quarantined", "failed"):
        these = [one for one in failed if one["became"] == became]
        parts += _heading(words(f"heading_{became}", lang), len(these)) if these else []
        parts += [_failure(one, lang) for one in these]
    if report.problems:
        parts += _heading(words("heading_problems", lang), len(report.problems))
        parts += [paragraph(legible(one.message), first="- ", rest="  ") for one in report.problems]
    return parts


def _heading(title: str, count: int) -> list[Paragraph]:
    return [blank(), paragraph(Run(f"{title.upper()} ({count})", "bold"))]


def _failure(one: dict[str, Any], lang: Language) -> Paragraph:
    again = f", {words('again_at', lang, moment=_moment(one['due_at']))}" if one["due_at"] else ""
    reason = _reason(one["code"], one["reason"], lang)
    told = f"{one['origin'] or one['name']}: {reason} ({words('task', lang, task=one['task_id'])}{again})"
    return paragraph(legible(told), first="- ", rest="  ")


def _task(one: ImportTask, lang: Language) -> list[Paragraph]:
    """Write a task: its number, name and state, and below them what is to be known of it."""
    style = "bold red" if one.state in _WAITING else "bold"
    parts = [paragraph(Run(f"{one.id:>5}  "), Run(legible(one.name), style), f" — {words(f'state_{one.state}', lang)}")]
    facts = [
        _reason(one.code, one.reason, lang) if one.reason else None,
        words("inbox_document", lang, document=one.document_id) if one.document_id else None,
        words("inbox_attempts", lang, count=one.attempts) if one.attempts else None,
        words("again_at", lang, moment=_moment(one.due_at)) if one.due_at else None,
        words("inbox_origin", lang, origin=one.origin) if one.origin and one.state in _WAITING else None,
        words("inbox_acknowledged", lang, who=one.acknowledged_by or "?") if one.acknowledged_at else None,
    ]
    return parts + [paragraph(legible(fact), first=" " * 7, rest=" " * 7) for fact in facts if fact]


def _reason(code: str | None, reason: str | None, lang: Language) -> str:
    """Give a reason; in English the general wording, because the task keeps the Vietnamese one."""
    if lang == "vi" or code is None or code not in error_texts():
        return reason or ""
    wording = error_texts()[code].en
    return f"{reason}" if "{" in wording else f"{wording} [{code}]"


def _line(one: Settled, lang: Language) -> str:
    told = words(f"outcome_{one.became}", lang)
    reason = f" — {_reason(one.code, one.reason, lang)}" if one.reason else ""
    return legible(f"{one.origin or one.name}: {told}{reason}")


def _moment(moment: str) -> str:
    return f"{moment[:10]} {moment[11:16]}Z"


def _say(parts: Sequence[Paragraph]) -> None:
    look = terminal()
    say(written(parts, width=look.width, colour=look.colour))


def _say_json(value: Any) -> None:
    say(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _flush() -> None:
    """Let whoever reads the output of the service have each line when it is written."""
    import sys

    sys.stdout.flush()
