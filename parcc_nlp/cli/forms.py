"""``parcc dossier`` and ``parcc lists``: the papers of a review, as Word or Excel files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from parcc_nlp import api
from parcc_nlp.cli.batch import examine_all
from parcc_nlp.cli.exits import Exit
from parcc_nlp.cli.inputs import Input, gather
from parcc_nlp.cli.known import registry as known
from parcc_nlp.cli.streams import complain, note, spoken
from parcc_nlp.cli.work import Task, marked_review
from parcc_nlp.errors import UsageError
from parcc_nlp.report.forms import (
    GROUPS,
    Letterhead,
    cited_lists,
    read_headings,
    review_sheet,
    review_sheet_docx,
    review_sheet_xlsx,
    shipped_headings,
    status_lists,
    status_lists_docx,
    status_lists_xlsx,
)
from parcc_nlp.report.wording import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcc_nlp.cli.work import Outcome
    from parcc_nlp.model import Extraction
    from parcc_nlp.registry import Registry
    from parcc_nlp.report.forms import Headings, StatusLists
    from parcc_nlp.report.forms.status_lists import ListGroup

__all__ = ["Paper", "write_review_sheet", "write_status_lists"]

_SUFFIXES = (".docx", ".xlsx")


@dataclass(frozen=True, slots=True)
class Paper:
    """How a paper is to look and where it goes."""

    output: Path
    letterhead: Letterhead
    template: Path | None = None
    headings: Path | None = None

    @property
    def is_workbook(self) -> bool:
        """Whether it is an Excel file."""
        return self.output.suffix.casefold() == ".xlsx"


def write_review_sheet(task: Task, file: str, paper: Paper) -> Exit:
    """Write the review sheet of one document: its review as of the signing day and as of the day asked about.

    Raises
    ------
    ParccError
        The document cannot be read.
    UsageError
        E308, E309: the paper has no place to go. E345: it is neither .docx nor .xlsx. E360 to E365: a template or a
        file of headings that cannot be.
    """
    _check(paper, [file])
    headings = _headings(paper)
    registry = known(task.registry)
    extraction = api.extract(api.read(file), registry=registry)
    days = dict.fromkeys(("signing", task.as_of))
    reviews = [marked_review(replace(task, as_of=day), Input(file), extraction)[0] for day in days]
    sheet = review_sheet(extraction, reviews, registry=registry, letterhead=paper.letterhead)
    if paper.is_workbook:
        _write(paper.output, review_sheet_xlsx(sheet, headings=headings))
    else:
        template, name = _template(paper, "review_sheet.docx")
        _write(paper.output, review_sheet_docx(sheet, headings=headings, template=template, template_name=name))
    return Exit.DONE


def write_status_lists(
    task: Task, names: list[str], paper: Paper, *, on: str, groups: Sequence[str] = (), jobs: int = 1
) -> Exit:
    """Write the lists of instruments by their status on a day: of what documents cite, or of the whole registry.

    Raises
    ------
    UsageError
        As `write_review_sheet`; E313 a group that is none.
    """
    _check(paper, names)
    headings = _headings(paper)
    chosen = _groups(groups)
    registry = known(task.registry)
    failed: list[Outcome] = []
    if names:
        inputs = gather(names)
        extractions: list[Extraction] = []
        for outcome in examine_all(replace(task, verb="gather"), inputs.documents, jobs=jobs):
            if outcome.gathered is None:
                failed.append(outcome)
            else:
                extractions.append(registry.resolve_all(outcome.gathered.extraction))
        for error in (*inputs.barren, *(outcome.error for outcome in failed)):
            if error is not None:
                complain(error)
        lists = cited_lists(extractions, registry=registry, on=on, letterhead=paper.letterhead)
        examined = not failed and not inputs.barren
    else:
        lists, examined = _of_the_registry(registry, on, paper), True
    if paper.is_workbook:
        _write(paper.output, status_lists_xlsx(lists, groups=chosen, headings=headings))
    else:
        template, name = _template(paper, "status_lists.docx")
        content = status_lists_docx(lists, groups=chosen, headings=headings, template=template, template_name=name)
        _write(paper.output, content)
    return Exit.DONE if examined else Exit.NOT_EXAMINED


def _of_the_registry(registry: Registry, on: str, paper: Paper) -> StatusLists:
    statuses = [registry.status(instrument, on=on) for instrument in registry]
    return status_lists(statuses, registry=registry, on=on, letterhead=paper.letterhead)


def _groups(asked: Sequence[str]) -> tuple[ListGroup, ...] | None:
    """Take the groups asked for."""
    wanted = {part.strip() for one in asked for part in one.split(",") if part.strip()}
    unknown = sorted(wanted.difference(GROUPS))
    if unknown:
        raise UsageError("E313", name="--group", detail=f"{', '.join(unknown)} ({', '.join(GROUPS)})")
    return tuple(group for group in GROUPS if group in wanted) or None


def _check(paper: Paper, names: Sequence[str]) -> None:
    """Refuse, before any work is done, a paper that has no place to go."""
    if paper.output.suffix.casefold() not in _SUFFIXES:
        raise UsageError("E345", format=" / ".join(_SUFFIXES))
    if any(name != "-" and Path(name).resolve() == paper.output.resolve() for name in names):
        raise UsageError("E309", path=str(paper.output))


def _headings(paper: Paper) -> Headings:
    """Take the office's headings over the shipped ones."""
    if paper.headings is None:
        return shipped_headings()
    return read_headings(_read(paper.headings).decode("utf-8", errors="replace"), path=str(paper.headings))


def _template(paper: Paper, shipped: str) -> tuple[bytes | None, str]:
    """Take the office's own template, or the name of the shipped one."""
    if paper.template is None:
        return None, shipped
    return _read(paper.template), str(paper.template)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError("E347", path=str(path), detail=error.strerror or str(error)) from error


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError("E308", path=str(path), detail=error.strerror or str(error)) from error
    note(words("written_to", spoken(), path=path))
