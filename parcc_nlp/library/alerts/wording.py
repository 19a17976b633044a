"""The words of alerts, Vietnamese and English, as tables beside this module hold them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, cast

from parcc_nlp.model import Severity
from parcc_nlp.report.wording import written_day

if TYPE_CHECKING:
    from parcc_nlp.library.alerts.acts import Act

__all__ = ["Language", "RelationWords", "ending_rules", "relations", "said", "to_do", "words"]

Language = Literal["vi", "en"]
_CLAUSES = 3


@dataclass(frozen=True, slots=True)
class RelationWords:
    """How what one instrument does to another is told; `ends` says whether it ends the whole of it."""

    relation: str
    ends: bool
    severity: Severity
    past: dict[Language, str]
    future: dict[Language, str]
    do: dict[Language, str]


@cache
def relations() -> dict[str, RelationWords]:
    """Give the relations that are told, by their names."""
    return {
        row["relation"]: RelationWords(
            relation=row["relation"],
            ends=row["ends"] == "yes",
            severity=cast("Severity", row["severity"]),
            past={"vi": row["vi"], "en": row["en"]},
            future={"vi": row["vi_future"], "en": row["en_future"]},
            do={"vi": row["do_vi"], "en": row["do_en"]},
        )
        for row in _rows("relations.csv")
    }


@cache
def ending_rules() -> frozenset[str]:
    """Give the rules of a review by which something cited has ended."""
    return frozenset(row["rule"] for row in _rows("ending_rules.csv"))


def words(key: str, lang: Language = "vi", /, **fields: object) -> str:
    """Give a wording with its fields filled in.

    Examples
    --------
    >>> words("when", day="01/7/2025")
    ' từ ngày 01/7/2025'
    """
    return _words()[key][lang].format(**fields)


def said(act: Act, *, today: str, lang: Language = "vi") -> str:
    """Tell what a new instrument does to a cited one, by which clause and since when; a coming day as a coming one."""
    entry = relations()[act.relation]
    wording = entry.future if act.effective is not None and act.effective > today else entry.past
    when = words("when", lang, day=written_day(act.effective)) if act.effective else ""
    shown = "; ".join(act.clauses[:_CLAUSES])
    more = len(act.clauses) - _CLAUSES
    named = words("and_more", lang, clauses=shown, count=more) if more > 0 else shown
    clause = words("clause", lang, clause=named) if named else ""
    told = wording[lang].format(target=act.target_label, cause=act.cause_label, when=when, clause=clause)
    return told if act.verified else f"{told} {words('unsure', lang)}"


def to_do(kind: str, relation: str, lang: Language = "vi") -> str:
    """Say what is to be done about an alert.

    Examples
    --------
    >>> to_do("version", "", "en")
    'Compare the two versions of the document.'
    """
    entry = relations().get(relation) if kind == "affected" else None
    return entry.do[lang] if entry else words(f"do_{kind}", lang)


@cache
def _words() -> dict[str, dict[Language, str]]:
    return {row["key"]: {"vi": row["vi"], "en": row["en"]} for row in _rows("words.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (files("parcc_nlp.library.alerts") / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))
