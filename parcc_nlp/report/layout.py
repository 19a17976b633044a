"""Lines of styled words wrapped to a width: written plainly with the standard library, in colour with Rich."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Paragraph", "Run", "blank", "labelled", "paragraph", "rule", "written"]


_LABELS = 10  # columns for labels, so that short and long lists of them stand alike
_SPACES = {ord("\t"): " ", ord("\n"): " "}


class Run(NamedTuple):
    """Words in one style; styles are those of Rich ("bold red")."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs to be wrapped, with what stands before the first line and before the others.

    `fill` is a character to set on both sides of a line that stands in the middle.
    """

    runs: tuple[Run, ...]
    first: str = ""
    rest: str = ""
    fill: str = ""


def paragraph(*runs: Run | str, first: str = "", rest: str = "") -> Paragraph:
    """Make a paragraph of runs; a plain string is a run without style."""
    return Paragraph(tuple(run if isinstance(run, Run) else Run(run) for run in runs), first, rest)


def blank() -> Paragraph:
    """Make an empty line."""
    return Paragraph(())


def rule(title: str) -> Paragraph:
    """Make a line across the whole width with a title in its middle."""
    return Paragraph((Run(f" {title} ", "bold"),), fill="─")


def labelled(rows: Sequence[tuple[str, Sequence[Run | str]]], *, indent: int = 0) -> list[Paragraph]:
    """Set labels in a column and what they label beside it."""
    width = max((len(label) for label, _ in rows), default=0)
    width = max(width, _LABELS) + 1
    margin = " " * indent
    return [paragraph(*runs, first=f"{margin}{label:<{width}}", rest=margin + " " * width) for label, runs in rows]


def written(paragraphs: Iterable[Paragraph], *, width: int, colour: bool) -> str:
    """Wrap paragraphs at a width and write them.

    Parameters
    ----------
    paragraphs
        What to write.
    width
        Columns; words are never cut off, a word longer than a line is broken.
    colour
        Whether to write styles, as ANSI codes.

    Returns
    -------
    str
        The lines, each ended.

    Examples
    --------
    >>> print(written([paragraph("một hai ba", first="- ", rest="  ")], width=9, colour=False), end="")
    - một hai
      ba
    """
    lines = [line for one in paragraphs for line in _wrapped(one, width)]
    if colour:
        return _coloured(lines, width)
    return "".join("".join(run.text for run in line).rstrip() + "\n" for line in lines)


def _wrapped(one: Paragraph, width: int) -> Iterator[list[Run]]:
    """Break a paragraph into lines of runs."""
    plain = " ".join("".join(run.text for run in one.runs).splitlines())
    plain = plain.translate(_SPACES)
    if one.fill and len(plain) < width:
        left = (width - len(plain)) // 2
        yield [Run(one.fill * left), *one.runs, Run(one.fill * (width - len(plain) - left))]
        return
    pieces = textwrap.wrap(
        plain,
        width,
        initial_indent=one.first,
        subsequent_indent=one.rest,
        break_on_hyphens=False,
        expand_tabs=False,
        replace_whitespace=False,
    )
    at = 0
    for number, piece in enumerate(pieces or [one.first]):
        prefix = one.rest if number else one.first
        words = piece[len(prefix) :]
        at = plain.index(words, at)
        yield [Run(prefix), *_styled(one.runs, at, at + len(words))]
        at += len(words)


def _styled(runs: tuple[Run, ...], start: int, end: int) -> Iterator[Run]:
    """Cut the runs that lie between two offsets of their joined text."""
    at = 0
    for run in runs:
        first, last = max(start - at, 0), min(end - at, len(run.text))
        if first < last:
            yield Run(run.text[first:last].translate(_SPACES), run.style)
        at += len(run.text)


def _coloured(lines: Sequence[Sequence[Run]], width: int) -> str:
    """Write lines with their styles, in the sixteen colours every terminal has."""
    from io import StringIO  # noqa: PLC0415 - Rich is loaded only where there is colour

    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=True,
        color_system="standard",
        no_color=False,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as captured:
        for line in lines:
            console.print(Text.assemble(*line), soft_wrap=True)
    return captured.get()
