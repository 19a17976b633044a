"""What is told where two different texts bear one number, notation and issuer (NĐ 30/2020/NĐ-CP, Phụ lục VI)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein
from sqlalchemy import select

from parcc_nlp.library.alerts.noting import note_alert
from parcc_nlp.library.importing.wording import words
from parcc_nlp.library.packing import unpacked_extraction
from parcc_nlp.library.schema import DOCUMENT, VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from parcc_nlp.library.recording import Recorded
    from parcc_nlp.model import Extraction

__all__ = ["difference", "note_other_text"]

_FIELDS = ("doc_type", "issuer", "issued", "title")
_LONGEST = 80
_MOST_LINES = 20_000
"""Texts of more lines are not compared line by line: that is within the transaction that others wait for."""


def note_other_text(connection: Connection, recorded: Recorded, *, at: str) -> bool:
    """Note an alert that a document which had been issued has another text now; say whether it is new."""
    row = connection.execute(select(DOCUMENT).where(DOCUMENT.c.id == recorded.document_id)).one()
    query = select(VERSION.c.extraction).where(VERSION.c.document_id == recorded.document_id)
    packed: Sequence[bytes] = connection.execute(query.order_by(VERSION.c.ordinal.desc()).limit(2)).scalars().all()
    after, before = (unpacked_extraction(one) for one in packed)
    issuer = row.issuer or before.metadata.issuer or "?"
    message = words("other_text", number=row.number or row.title or "?", issuer=issuer, what=difference(before, after))
    target = f"version {row.versions}"
    return note_alert(
        connection, row.id, "version", cause=row.identity, relation="version", target=target, message=message, at=at
    )


def difference(before: Extraction, after: Extraction) -> str:
    """Say in Vietnamese in what two texts under one number differ.

    Examples
    --------
    >>> from parcc_nlp.model import Extraction, Metadata
    >>> one = Extraction("Điều 1. Giao Sở A.\\nĐiều 2.", Metadata("Quyết định", "1/QĐ-UBND", "2026-01-05"))
    >>> other = Extraction("Điều 1. Giao Sở B.\\nĐiều 2.", Metadata("Quyết định", "1/QĐ-UBND", "2026-01-05"))
    >>> difference(one, other)
    '1 dòng khác, đầu tiên: “Điều 1. Giao Sở A.” thành “Điều 1. Giao Sở B.”'
    """
    told = []
    for name in _FIELDS:
        was, now = getattr(before.metadata, name), getattr(after.metadata, name)
        if was != now:
            told.append(words("field_differs", field=words(f"field_{name}"), was=_short(was), now=_short(now)))
    return "; ".join([*told, *_lines(_text_lines(before.text), _text_lines(after.text))])


def _lines(was: list[str], now: list[str]) -> list[str]:
    if len(was) + len(now) > _MOST_LINES:
        return [words("long_text_differs")]
    changes = [(was[one.src_start : one.src_end], now[one.dest_start : one.dest_end])
               for one in Levenshtein.opcodes(was, now) if one.tag != "equal"]  # fmt: skip
    if not changes:
        return []
    count = sum(max(len(old), len(new)) for old, new in changes)
    old, new = changes[0]
    return [words("lines_differ", count=count, was=_short("".join(old[:1])), now=_short("".join(new[:1])))]


def _text_lines(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line]


def _short(value: str | None) -> str:
    if not value:
        return words("nothing")
    return value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
