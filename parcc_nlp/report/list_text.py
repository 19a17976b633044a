"""Lists of targets and tasks as tables for a terminal: headings, groups, nothing cut off."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from parcc_nlp.report.lists import COLUMNS, Group, columns, values
from parcc_nlp.report.wording import legible, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.table import Table

    from parcc_nlp.report.lists import Kind, Line
    from parcc_nlp.report.wording import Language

__all__ = ["list_text"]

# What a terminal has room for: a number is a width, a share is taken of what is left; csv, json and xlsx carry all.
_SHOWN: dict[Kind, dict[str, int | float]] = {
    "targets": {"subject": 0.7, "value": 0.3, "deadline": 10, "section": 12},
    "tasks": {"agency": 0.35, "role": 10, "task": 0.65, "deadline": 10, "section": 12},
}
_SHARES = 100
_COMPARED = {">=": "≥ ", "<=": "≤ ", "=": ""}


def list_text(
    groups: Sequence[Group], kind: Kind, *, lang: Language = "vi", width: int = 80, colour: bool = False
) -> str:
    """Write a list as tables.

    Parameters
    ----------
    groups
        What `parcc_nlp.report.lists.grouped` gave.
    kind
        Whether they hold targets or tasks.
    lang
        Language of headings.
    width
        Columns of the terminal; cells are wrapped, never cut off.
    colour
        Whether to write ANSI codes.

    Returns
    -------
    str
        A table for each group, and how many lines there are.
    """
    from rich.console import Console  # noqa: PLC0415 - Rich is loaded only where a table is drawn

    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    documents = {line.document for group in groups for line in group.lines}
    parts = groups if len(documents) < 2 or groups[0].title is not None else _by_document(groups)  # noqa: PLR2004
    with console.capture() as captured:
        for group in parts:
            _write(console, group, kind, lang, named=len(documents) > 1 and parts is groups)
    count = len({id(line.item) for group in groups for line in group.lines})
    shown = "\n".join(line.rstrip() for line in captured.get().split("\n"))
    return shown + words(f"list_count_{kind}", lang, count=count) + "\n"


def _by_document(groups: Sequence[Group]) -> list[Group]:
    """Make a group of every document of a list that is not grouped otherwise."""
    found: dict[str, list[Line]] = {}
    for group in groups:
        for line in group.lines:
            found.setdefault(line.document, []).append(line)
    return [Group(document, tuple(members)) for document, members in found.items()]


def _write(console: Console, group: Group, kind: Kind, lang: Language, *, named: bool) -> None:
    from rich.text import Text  # noqa: PLC0415 - as above

    if group.title is not None:
        console.print(Text(f"{legible(group.title)} ({len(group.lines)})", "bold"))
    console.print(_table(group, kind, lang, named=named))
    console.print()


def _table(group: Group, kind: Kind, lang: Language, *, named: bool) -> Table:
    from rich import box  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    shown = _SHOWN[kind]
    headings = dict(zip(COLUMNS[kind], columns(kind, lang), strict=True))
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, show_edge=False)
    for key, size in shown.items():
        if isinstance(size, int):
            table.add_column(headings[key], width=size, overflow="fold")
        else:
            table.add_column(headings[key], ratio=int(size * _SHARES), overflow="fold")
    for line in group.lines:
        told = dict(zip(COLUMNS[kind], values(line, lang), strict=True))
        told["section"] = ", ".join(filter(None, (legible(Path(line.document).name) if named else "", line.section)))
        if kind == "targets":
            change = f"{told['change']} " if told["change"] else ""
            told["value"] = change + _COMPARED[getattr(line.item, "comparator", "=")] + str(told["value"])
        elif not told["deadline"]:
            told["deadline"] = told["recurrence"]
        cells = (told[key] for key in shown)
        table.add_row(*(Text(str(cell) if cell is not None else "") for cell in cells))
    return table
