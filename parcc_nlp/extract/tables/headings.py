"""What the heading of a column means, however it is worded.

Meanings and their words stand in ``grammar/table_headings.yaml``. The head noun of a Vietnamese heading stands first,
so that the earliest known words decide: "kinh phí thực hiện nhiệm vụ" is funding. A heading that begins with a noun for
agencies ("cơ quan", "đơn vị") means the role named behind it. Slips of the pen are matched approximately.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

from parcc_nlp.extract.data_files import alternatives, read_lists

__all__ = ["HOLDERS", "ROLE_MEANINGS", "TASKS", "Meaning", "Role", "folded", "meaning_of", "meaning_of_path"]

Role: TypeAlias = Literal["lead", "coordinate", "implement", "report_to"]
Meaning: TypeAlias = Literal[
    "number",
    "task",
    "subject",
    "product",
    "lead",
    "coordinate",
    "implement",
    "report_to",
    "roles",
    "deadline",
    "start",
    "funding",
    "target",
    "basis",
    "note",
    "report",
    "measure",
    "procedure",
    "agency",
    "other",
]

ROLE_MEANINGS: dict[Meaning, Role] = {
    "lead": "lead",
    "coordinate": "coordinate",
    "implement": "implement",
    "report_to": "report_to",
}
"""The role that a column gives whom it names."""
HOLDERS: tuple[Meaning, ...] = (*ROLE_MEANINGS, "roles")
"""Meanings of columns that name who does the task; "roles" is a column for two roles at once."""
TASKS: tuple[Meaning, ...] = ("task", "target", "subject")
"""Meanings of columns that say what is to be done, the likeliest first."""

LONGEST = 110
ALIKE = 87.0  # a slip in a phrase of eight letters or more
WORTH_COMPARING = 6
NOT_WORDS = re.compile(r"[\W_]+")
IN_BRACKETS = re.compile(r"\([^()]*\)")
UNTOLD = re.compile(r"^(?:tên|các|danh mục|dự kiến|những|thông tin|chi tiết|cụ thể)\s+")


def folded(text: str) -> str:
    """Give a heading in small letters, its words one space apart, without brackets and punctuation.

    Examples
    --------
    >>> folded("Cơ quan,\\nđơn vị CHỦ TRÌ (1)")
    'cơ quan đơn vị chủ trì'
    """
    low = text.lower()
    kept = IN_BRACKETS.sub(" ", low)
    return NOT_WORDS.sub(" ", kept if kept.strip() else low).strip()


@cache
def _columns() -> tuple[re.Pattern[str], dict[str, Meaning]]:
    data = read_lists("table_headings.yaml")
    known: dict[str, Meaning] = {
        str(phrase): meaning for meaning, phrases in data["columns"].items() for phrase in phrases
    }
    known |= dict.fromkeys(map(str, data["agencies"]), "agency")
    return _whole_words(known), known


@cache
def _roles() -> tuple[re.Pattern[str], dict[str, Meaning]]:
    roles: dict[str, Meaning] = {
        str(phrase): role for role, phrases in read_lists("table_headings.yaml")["roles"].items() for phrase in phrases
    }
    return _whole_words(roles), roles


def _whole_words(phrases: dict[str, Meaning]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(phrases)})(?!\w)")


def meaning_of(heading: str) -> Meaning | None:
    """Give the meaning of a column's heading, None where it has none that is known.

    Parameters
    ----------
    heading
        The text of the heading cell.

    Returns
    -------
    Meaning or None
        "roles" where one column is for those who lead and those who coordinate; "agency" where agencies are named and
        no role; "other" where the role is none of ours (who supervises, who approves).

    Examples
    --------
    >>> meaning_of("Cơ quan/đơn vị chủ trì"), meaning_of("Thời gian\\nhoàn thành"), meaning_of("Kinh phí thực hiện")
    ('lead', 'deadline', 'funding')
    >>> meaning_of("Chủ trì, phối hợp"), meaning_of("Cơ quan theo dõi"), meaning_of("Cỡ chữ")
    ('roles', 'other', None)
    """
    words = folded(heading)
    if not words or len(words) > LONGEST:
        return None
    stripped = UNTOLD.sub("", words)
    found = _by_first_words(words) or _by_first_words(stripped)
    if found and found.begins == 0 and found.meaning != "agency":
        return found.meaning
    return _by_likeness(stripped) or (found.meaning if found else None)


def meaning_of_path(headings: list[str]) -> Meaning | None:
    """Give the meaning of a column whose headings stand one below the other, the topmost first.

    Examples
    --------
    >>> meaning_of_path(["Cơ quan thực hiện", "Phối hợp"]), meaning_of_path(["Kinh phí", "Nguồn"])
    ('coordinate', 'funding')
    >>> meaning_of_path(["Thời gian thực hiện", "Quý I"]), meaning_of_path(["Thời gian", "Bắt đầu"])
    ('deadline', 'start')
    """
    if not headings:
        return None
    top = meaning_of(headings[0])
    if len(headings) == 1 or top in ("funding", "measure", "report", "procedure"):
        return top
    below = [meaning_of(heading) for heading in headings[1:]]
    known = next((meaning for meaning in reversed(below) if meaning), None)
    if known == "agency" and top in HOLDERS:
        return top
    return known or meaning_of(" ".join(headings)) or top


class _Found(NamedTuple):
    """A meaning, and where the words begin that have it."""

    meaning: Meaning
    begins: int


def _by_first_words(text: str) -> _Found | None:
    columns, meanings = _columns()
    roles, by_role = _roles()
    column, role = columns.search(text), roles.search(text)
    if column and meanings[column[0]] != "agency" and not (role and _goes_before(role, column)):
        return _Found(meanings[column[0]], column.start())
    if role is None:
        # "Đơn vị" alone; behind "sở" stands a name, and the cell is no heading.
        return _Found("agency", 0) if column and not columns.sub("", text).strip() else None
    begins = min(column.start(), role.start()) if column else role.start()
    named = {by_role[found[0]] for found in roles.finditer(text)}
    if {"lead", "coordinate"} <= named:
        return _Found("roles", begins)
    strong: tuple[Meaning, ...] = ("lead", "coordinate")
    return _Found(next((meaning for meaning in strong if meaning in named), by_role[role[0]]), begins)


def _goes_before(role: re.Match[str], column: re.Match[str]) -> bool:
    """Whether the role word stands first, or says more at the same place."""
    return (role.start(), -len(role[0])) < (column.start(), -len(column[0]))


def _by_likeness(text: str) -> Meaning | None:
    """Match the whole heading, its first or its last two words with known phrases, slips of the pen forgiven."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - slow to load, and seldom needed

    if len(text) < WORTH_COMPARING:
        return None
    _, meanings = _columns()
    _, by_role = _roles()
    several = {phrase: meaning for phrase, meaning in meanings.items() if " " in phrase and meaning != "agency"}
    syllables = text.split()
    for words, known in ((text, several), (" ".join(syllables[:2]), several), (" ".join(syllables[-2:]), by_role)):
        phrases = [phrase for phrase in known if " " in phrase]
        best = process.extractOne(words, phrases, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if best:
            return known[best[0]]
    return None
