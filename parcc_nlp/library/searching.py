"""Searching the texts of the library: which documents, and the words around the place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from parcc_nlp.library.documents import documents_with
from parcc_nlp.library.folding import folded
from parcc_nlp.library.packing import unpacked_text
from parcc_nlp.library.schema import VERSION
from parcc_nlp.library.text_index import by_rarity, find, parsed
from parcc_nlp.library.values import StoredDocument

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    Phrase = tuple[str, ...]

__all__ = ["Hit", "Hits", "search"]

_AROUND = 90
_WINDOW = 20_000
"""How much of a text is folded at once: the first place is mostly near the beginning."""
_OVERLAP = 1_000
"""How far a phrase may reach from one window into the next, with all that stands between its words."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found, with the words around the first place of the rarest phrase.

    `start` and `end` are offsets into the text of the document, `text[start:end]` is `snippet`; `marks` are the places
    of what was searched for, as offsets into `snippet`. A document found by its title alone has no snippet.
    """

    document: StoredDocument
    snippet: str
    start: int
    end: int
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found; `more` says that there is more than was asked for."""

    hits: tuple[Hit, ...]
    more: bool


def search(connection: Connection, searched: str, *, most: int) -> Hits:
    """Find the documents whose number, title or text has all words and phrases of a search.

    Parameters
    ----------
    connection
        A connection.
    searched
        What a person typed.
    most
        How many documents to give.

    Returns
    -------
    Hits
        Those that have it in number and title before those that have it in their text, of either the newest first.

    Raises
    ------
    LibraryError
        E515: there is neither a letter nor a digit to search for.
    """
    query = parsed(searched)
    ids, more = find(connection, query, most=most)
    if not ids:
        return Hits((), more=False)
    found = documents_with(connection, ids)
    phrases = by_rarity(connection, query)
    packed = select(VERSION.c.id, VERSION.c.extraction).where(VERSION.c.id.in_([one.version_id for one in found]))
    texts = {row.id: unpacked_text(row.extraction) for row in connection.execute(packed)}
    return Hits(tuple(_hit(one, texts[one.version_id], phrases) for one in found), more)


def _hit(document: StoredDocument, text: str, phrases: Sequence[Phrase]) -> Hit:
    """Show the first place of the first of the phrases that the text has, and mark all of them around it."""
    place = next((place for phrase in phrases if (place := _first_place(text, phrase))), None)
    if place is None:
        return Hit(document, "", 0, 0, ())
    start = _word_start(text, max(0, place[0] - _AROUND))
    end = _word_end(text, min(len(text), place[1] + _AROUND))
    snippet = text[start:end]
    plain = folded(snippet)
    marks = sorted({place for phrase in phrases for place in _places(plain, phrase)})
    return Hit(document, snippet, start, end, tuple(marks))


def _first_place(text: str, phrase: Phrase) -> tuple[int, int] | None:
    """Give where a phrase stands first, as offsets into the text."""
    for begin in range(0, len(text), _WINDOW):
        # The letter before the window tells whether a word begins with it.
        before = max(0, begin - 1)
        plain = folded(text[before : begin + _WINDOW + _OVERLAP])
        for at, end in _places(plain, phrase):
            if begin <= at + before < begin + _WINDOW:
                return at + before, end + before
    return None


def _places(plain: str, phrase: Phrase) -> Iterator[tuple[int, int]]:
    """Give where the words of a phrase stand one behind the other, whatever separates them."""
    at = plain.find(phrase[0])
    while at >= 0:
        end = _phrase_end(plain, at, phrase)
        if end is not None:
            yield at, end
        at = plain.find(phrase[0], at + 1)


def _phrase_end(plain: str, at: int, phrase: Phrase) -> int | None:
    """Give the end of a phrase that begins at a place; None where it does not."""
    if at and plain[at - 1].isalnum():
        return None
    end = at
    for number, word in enumerate(phrase):
        if number:
            while end < len(plain) and not plain[end].isalnum():
                end += 1
        if not plain.startswith(word, end):
            return None
        end += len(word)
        if end < len(plain) and plain[end].isalnum():
            return None
    return end


def _word_start(text: str, at: int) -> int:
    while at and text[at - 1].isalnum():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    while at < len(text) and text[at].isalnum():
        at += 1
    return at
