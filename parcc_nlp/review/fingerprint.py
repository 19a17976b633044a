"""A name for a finding that stays the same while the document is edited elsewhere."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcc_nlp.model import Metadata, Source
    from parcc_nlp.review.places import Places
    from parcc_nlp.review.rule import Flag

__all__ = ["document_identity", "fingerprints", "surroundings"]

_WORDS_AROUND = 6
_REACH = 300  # more than six words ever take


def document_identity(metadata: Metadata, source: Source) -> str:
    """Give what stays of a document while it is edited: type, number, issuer and date, else title, else file."""
    named = (metadata.doc_type, metadata.number, metadata.issuer, metadata.issued)
    if metadata.number:
        return _normal("|".join(part or "" for part in named))
    return _normal(metadata.title or source.path or "")


def surroundings(text: str, *, start: int, end: int, line: tuple[int, int]) -> str:
    """Give the marked words with a few words on either side, within their own line, in normal form.

    Only a short reach is looked at, so that a line of a whole document costs no more than any other.
    """
    before = text[max(line[0], start - _REACH) : start].split()[-_WORDS_AROUND:]
    after = text[end : max(end, min(line[1], end + _REACH))].split()[:_WORDS_AROUND]
    return _normal(" ".join([*before, text[start:end], *after]))


def fingerprints(code: str, flags: Iterable[Flag], *, identity: str, text: str, places: Places) -> tuple[str, ...]:
    """Name the flags of one rule, in the order of the text.

    A name is the SHA-256 over the rule, the document, the instrument (or the canonical citation), the words around the
    place where the place matters, and the ordinal among otherwise equal flags.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    names = []
    for flag in flags:
        line = places.line_span(flag.start)
        around = surroundings(text, start=flag.start, end=flag.end, line=line) if flag.place_matters else ""
        parts = (code, identity, _normal(flag.subject), around)
        names.append(hashlib.sha256("\x1f".join((*parts, str(seen[parts]))).encode()).hexdigest())
        seen[parts] += 1
    return tuple(names)


def _normal(text: str) -> str:
    """Fold what an editor changes without changing a word: case, spacing, Unicode form."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())
