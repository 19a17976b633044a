"""The words of the citation grammar, read once from the data files beside this package."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeAlias

import yaml

__all__ = [
    "InstrumentType",
    "Issuers",
    "TitleTrie",
    "abbreviations",
    "alternation",
    "instrument_types",
    "issuers",
    "rows",
    "title_trie",
    "type_by_code",
    "type_by_word",
    "words",
]

TitleTrie: TypeAlias = "dict[str, TitleTrie]"
END = ""
"""Key that marks a node of the trie as the end of a title."""


def rows(name: str) -> list[dict[str, str]]:
    """Rows of a CSV file of the grammar."""
    text = (files("parcc_nlp.extract") / "grammar" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def words(name: str) -> dict[str, list[str]]:
    """Word lists of a YAML file of the grammar, by their heading."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (files("parcc_nlp.extract") / "grammar" / name).read_text(encoding="utf-8")
    return {key: [str(word) for word in value] for key, value in yaml.load(text, Loader=loader).items()}  # noqa: S506 - a safe loader


@dataclass(frozen=True, slots=True)
class InstrumentType:
    """A kind of document: how it is written, which codes its symbols carry, what may stand for it."""

    name: str
    variants: tuple[str, ...]
    codes: tuple[str, ...]
    bare: bool
    """Whether a number without symbol identifies it ("Nghị định 45")."""
    named: bool
    """Whether it is cited by name (laws, codes, ordinances)."""
    named_by_number: bool
    """Whether kind and number together are a name people use ("Đề án 06")."""


@cache
def instrument_types() -> tuple[InstrumentType, ...]:
    """All kinds of documents, the longest name first, so that an alternation prefers it."""
    kinds = [
        InstrumentType(
            name=row["doc_type"],
            variants=tuple(filter(None, row["variants"].split("|"))),
            codes=tuple(filter(None, row["codes"].split("|"))),
            bare=row["bare"] == "yes",
            named=row["named"] == "yes",
            named_by_number=row["named"] == "by number",
        )
        for row in rows("instrument_types.csv")
    ]
    return tuple(sorted(kinds, key=_name_length, reverse=True))


def _name_length(kind: InstrumentType) -> int:
    return len(kind.name)


@cache
def type_by_word() -> dict[str, str]:
    """Give the name of a kind by each of its lower-cased written forms."""
    return {word.lower(): kind.name for kind in instrument_types() for word in (kind.name, *kind.variants)}


@cache
def type_by_code() -> dict[str, str]:
    """Give the name of a kind by the code in its symbols, upper-cased ("NĐ" is Nghị định)."""
    return {code.upper(): kind.name for kind in instrument_types() for code in kind.codes if "/" not in code}


@dataclass(frozen=True, slots=True)
class Issuers:
    """Words with which the name of an issuing body is read."""

    whole: re.Pattern[str]
    local: re.Pattern[str]
    headed: re.Pattern[str]
    by_subject: re.Pattern[str]
    """Bodies whose name says what they are for ("Ban Chỉ đạo Trung ương về chuyển đổi số")."""
    fields: re.Pattern[str]
    place: re.Pattern[str]
    levels: re.Pattern[str]
    stops: re.Pattern[str]


def alternation(phrases: list[str] | tuple[str, ...]) -> str:
    """Make a regular expression that prefers the longest of some phrases, white space between words free."""
    ordered = sorted(set(phrases), key=_length_then_text)
    return "|".join(r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in ordered)


def _length_then_text(phrase: str) -> tuple[int, str]:
    return -len(phrase), phrase


@cache
def issuers() -> Issuers:
    """Patterns for the names of issuing bodies; all are matched at a place, so that ignoring case costs little."""
    data = words("issuers.yaml")
    provinces = [row["name"] for row in rows("provinces.csv")]
    end = r"(?!\w)"

    def compiled(phrases: list[str]) -> re.Pattern[str]:
        return re.compile(f"(?:{alternation(phrases)}){end}", re.IGNORECASE)

    return Issuers(
        whole=compiled(data["fixed"]),
        local=compiled(data["local"]),
        headed=compiled(data["headed"]),
        by_subject=compiled(data["by_subject"]),
        fields=compiled(data["fields"]),
        place=compiled(provinces),
        levels=compiled(data["levels"]),
        stops=compiled(data["stops"]),
    )


TITLE_TOKEN = re.compile(r"\d+[\w/&-]*|\w+")


@cache
def title_trie(doc_type: str) -> TitleTrie:
    """Give the known titles of laws, codes or ordinances as a trie of lower-cased words, punctuation left out.

    The words of an abbreviation in the text ("QPPL") are looked up in their long form.
    """
    root: TitleTrie = {}
    for row in rows("law_titles.csv"):
        if row["doc_type"] == doc_type:
            node = root
            for token in TITLE_TOKEN.findall(row["title"].lower()):
                node = node.setdefault(token, {})
            node[END] = {}
    return root


@cache
def abbreviations() -> dict[str, tuple[str, ...]]:
    """Abbreviations in names of laws with the words they stand for, keyed by the lower-cased short form."""
    return {row["short"].lower(): tuple(row["long"].lower().split()) for row in rows("abbreviations.csv")}
