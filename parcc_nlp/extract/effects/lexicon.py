"""The words of the grammar of effects, from ``grammar/effects.yaml``, and the patterns made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from parcc_nlp.extract.data_files import alternatives, document_types, read_lists
from parcc_nlp.model import RelationKind

__all__ = ["Lexicon", "lexicon", "lists"]


def lists(key: str) -> list[str]:
    """Give a list of words of the grammar."""
    return cast("list[str]", read_lists("effects.yaml")[key])


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Patterns over small letters."""

    verb: re.Pattern[str]
    """A verb where one can act: it opens a clause or is coordinated with one that does."""
    relations: dict[str, RelationKind]
    phrase: re.Pattern[str]
    expired: re.Pattern[str]
    continued: re.Pattern[str]
    amended_by: re.Pattern[str]
    not_object: re.Pattern[str]
    generic: re.Pattern[str]
    this: re.Pattern[str]
    """This document named as the one that acts: "Thông tư này"."""
    details: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """Compile the grammar once."""
    data = read_lists("effects.yaml")
    verbs: dict[str, RelationKind] = {verb: relation for relation, words in data["verbs"].items() for verb in words}
    types = alternatives(kind.doc_type.lower() for kind in document_types())
    return Lexicon(
        verb=re.compile(rf"(?<![\w])(?P<verb>{alternatives(verbs)})(?!\w)"),
        relations=verbs,
        phrase=re.compile(
            rf"\s*(?:,\s*(?:bãi\s+bỏ|thay\s+thế|bổ\s+sung|bỏ)\s+)?(?:các\s+|một\s+số\s+|những\s+|thêm\s+)*(?:{alternatives(data['phrases'])})(?=[\s\x1a,:])"
        ),
        expired=re.compile(
            rf"(?<!\w)(?:(?:{alternatives(data['expired_later'])})\s+)?(?P<predicate>{alternatives(data['expired'])})"
            r"(?:\s+(?:thi\s+hành|pháp\s+luật|toàn\s+bộ))*(?!\w)"
        ),
        continued=re.compile(
            rf"(?<!\w)(?P<predicate>{alternatives(data['continued'])})(?:\s+thi\s+hành|\s+pháp\s+luật)?(?!\w)"
        ),
        amended_by=re.compile(rf"(?<!\w)(?:{alternatives(data['amended_by'])})(?!\w)"),
        not_object=re.compile(rf"(?<!\w)(?:{alternatives(data['not_an_object'])})(?!\w)"),
        generic=re.compile(rf"(?<!\w)(?:{alternatives(data['generic_objects'])})(?!\w)"),
        this=re.compile(rf"(?<!\w)(?P<type>{types})\s+này(?!\w)"),
        details=re.compile(rf"\s+này\s+(?:{alternatives(data['details'])})(?!\w)"),
    )
