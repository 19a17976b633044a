"""Asking a second opinion about what was extracted: only undecided places are put to it, all else passes untouched."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.extract.data_files import read_lists

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcc_nlp.extract.segmentation.opinion import SecondOpinion
    from parcc_nlp.model import Extraction, Responsibility, Target

__all__ = ["reconsider", "reconsider_responsibilities", "reconsider_targets"]

REACH = 400
"""Characters on either side of a place that are shown to the opinion; a line without end costs no more than these."""
BEFORE = 40
"""Characters before a value that its verb is looked for in."""


def reconsider(extraction: Extraction, *, opinion: SecondOpinion) -> Extraction:
    """Ask a second opinion about the targets and responsibilities of a document.

    Parameters
    ----------
    extraction
        What `parcc_nlp.extract` gave.
    opinion
        Who is asked, for example `UndertheseaOpinion()`.

    Returns
    -------
    Extraction
        The same, without the items whose verb the opinion takes for a noun, and with names of agencies that were cut
        inside a word ended behind it.

    Raises
    ------
    PipelineError
        What the opinion raises (E406 where underthesea is not installed).

    Examples
    --------
    >>> from parcc_nlp import extract
    >>> from parcc_nlp.extract.segmentation import UndertheseaOpinion
    >>> found = extract("Mục tiêu: tỷ lệ hài lòng đạt 90% vào năm 2026.")
    >>> reconsider(found, opinion=UndertheseaOpinion()) == found
    True
    """
    return replace(
        extraction,
        targets=reconsider_targets(extraction.text, extraction.targets, opinion=opinion),
        responsibilities=reconsider_responsibilities(extraction.text, extraction.responsibilities, opinion=opinion),
    )


def reconsider_targets(text: str, targets: Iterable[Target], *, opinion: SecondOpinion) -> tuple[Target, ...]:
    """Leave out the targets whose verb the opinion takes for a noun.

    Put to the opinion are values right behind a word that may be a verb of reaching or a noun ("đạt", "có"); a value
    with a comparator, or without such a word, is decided.

    Parameters
    ----------
    text
        The text of the document.
    targets
        The targets found in it.
    opinion
        Who is asked.

    Returns
    -------
    tuple of Target
        Those that stand, in their order.

    Examples
    --------
    >>> from parcc_nlp.extract.segmentation import MatcherOpinion
    >>> from parcc_nlp.model import Target
    >>> found = Target(start=8, end=11, text="90%", value=90.0, unit="%")
    >>> reconsider_targets("mức đạt 90%", [found], opinion=MatcherOpinion())
    ()
    """
    return tuple(target for target in targets if _reaches(text, target, opinion) is not False)


def reconsider_responsibilities(
    text: str, responsibilities: Iterable[Responsibility], *, opinion: SecondOpinion
) -> tuple[Responsibility, ...]:
    """Leave out the assignments whose verb the opinion takes for a noun, and end names where their words end.

    Put to the opinion are tasks in prose whose body stands behind "do", "của" or the like ("dự án do Sở Y tế chủ trì"):
    that may assign or only name. A body that opens its clause is its subject, and its verb is decided. The ends of
    agencies named in the line of the task are put to it as well where the line goes on with a word in small letters.

    Parameters
    ----------
    text
        The text of the document.
    responsibilities
        The assignments found in it.
    opinion
        Who is asked.

    Returns
    -------
    tuple of Responsibility
        Those that stand, in their order. An agency whose name grew has no `agency_id`.

    Examples
    --------
    >>> from parcc_nlp.extract.segmentation import MatcherOpinion
    >>> from parcc_nlp.model import Responsibility
    >>> text = "dự án của cơ quan chủ trì"
    >>> found = Responsibility(18, 25, "chủ trì", "cơ quan", "lead")
    >>> reconsider_responsibilities(text, [found], opinion=MatcherOpinion())
    ()
    """
    items = tuple(responsibilities)
    agencies: dict[int, set[str]] = {}
    for found in items:
        agencies.setdefault(found.start, set()).add(found.agency)
    nouns = {start for start, names in agencies.items() if _acts(text, start, names, opinion) is False}
    return tuple(
        _named_in_full(text, found, opinion) for found in items if found.start not in nouns or found.origin == "table"
    )


class _Place(NamedTuple):
    """A place of a text with the words around it, as far as its line goes."""

    around: str
    at: int
    """Where the words around begin in the text."""


def _place(text: str, start: int, end: int) -> _Place:
    """Give the line of a place, or as much of it as is shown."""
    first = max(text.rfind("\n", 0, start) + 1, start - REACH)
    last = text.find("\n", end, end + REACH)
    return _Place(text[first : last if last >= 0 else end + REACH], first)


@cache
def _reaching() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, read_lists('second_opinion.yaml')['reaching']))})\s+$")


@cache
def _acting() -> re.Pattern[str]:
    return re.compile(rf"({'|'.join(map(re.escape, read_lists('second_opinion.yaml')['acting']))})(?!\w)")


@cache
def _introduced() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, read_lists('second_opinion.yaml')['introducing']))})\s+$")


def _reaches(text: str, target: Target, opinion: SecondOpinion) -> bool | None:
    """Whether the word before a value is a verb; None where the grammar needs no opinion, or none is given."""
    verb = _reaching().search(text[max(0, target.start - BEFORE) : target.start])
    if verb is None or target.modality == "aspired":
        return None
    start = max(0, target.start - BEFORE) + verb.start(1)
    end = start + len(verb[1])
    place = _place(text, start, end)
    return opinion.is_verb(place.around, start - place.at, end - place.at)


def _acts(text: str, start: int, agencies: Iterable[str], opinion: SecondOpinion) -> bool | None:
    """Whether the word that opens a task is a verb; None where the grammar needs no opinion, or none is given."""
    verb = _acting().match(text, start)
    if verb is None:
        return None
    place = _place(text, verb.start(), verb.end())
    at = verb.start() - place.at
    clause = max(place.around.rfind(mark, 0, at) for mark in ".;:") + 1
    named = [found for agency in agencies if (found := place.around.find(agency, clause, at)) >= 0]
    if not named or _introduced().search(place.around, clause, min(named)) is None:
        return None
    return opinion.is_verb(place.around, at, verb.end() - place.at)


def _named_in_full(text: str, found: Responsibility, opinion: SecondOpinion) -> Responsibility:
    """Give an assignment whose agency ends where its last word ends."""
    place = _place(text, found.start, found.end)
    start = place.around.find(found.agency)
    if start < 0 or found.origin == "table":
        return found
    end = start + len(found.agency)
    if not place.around[end : end + 2].lstrip().islower() or place.at + end + 1 == found.start:
        return found  # a comma, the end of the line or the task itself ends a name
    full = opinion.name_end(place.around, start, end)
    return found if full <= end else replace(found, agency=place.around[start:full], agency_id=None)
