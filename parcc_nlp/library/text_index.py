"""Full text search over folded words: FTS5 under SQLite, GIN indexes under PostgreSQL, the same answers from both.

The words of a document are its folded text cut at everything that is neither letter nor digit, so that
"45/2020/NĐ-CP" is the phrase "45 2020 nd cp" wherever it stands. What bears all that is searched for in number and
title comes first, then what has it in the text, the newest in the library first: who looks for a number wants the
document of that number before those that cite it, and both databases can tell this order without reading every place of
a word.

Vietnamese has some thousand syllables, so that a rare name ("Bình An") is made of words that every document has, and an
index of words would read all their places to find it. So FTS5 gets each word of a document once, for single words, and
every two neighbours as one word ("binh·an"), for phrases: "ủy ban nhân dân" is "uy·ban ban·nhan nhan·dan" one behind
the other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import text

from parcc_nlp.errors import LibraryError
from parcc_nlp.library.folding import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

__all__ = [
    "INDEX_TABLES",
    "Indexed",
    "Query",
    "by_rarity",
    "clear_index",
    "create_index",
    "find",
    "finds",
    "indexed_ids",
    "is_indexed",
    "parsed",
    "put_words",
    "take_words",
    "token_count",
    "tokens_of",
    "total_count",
    "words_of",
]

INDEX_TABLES = ("document_text", "document_heading")
"""What the names of the tables of the index begin with; they belong to no `parcc_nlp.library.schema`."""
_COMMON = 200
"""A phrase that so many documents have is common; how many more have it is not counted."""
_JOINED = "·"
"""Joins two words to one: for FTS5 a letter, and in no word."""
_PIECE = re.compile(r'"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: every phrase must be there; a single word is a phrase of one."""

    phrases: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Indexed:
    """The words under which a document is found: its number and title, and its text."""

    heading: str
    body: str


def parsed(searched: str) -> Query:
    """Read what a person typed: words, and phrases in quotation marks; a number is a phrase, no sign is an operator.

    Raises
    ------
    LibraryError
        E515: there is neither a letter nor a digit in it.

    Examples
    --------
    >>> parsed('"ủy ban nhân dân" 45/2020/NĐ-CP').phrases
    (('uy', 'ban', 'nhan', 'dan'), ('45', '2020', 'nd', 'cp'))
    """
    # Some keyboards send a letter and its marks apart; texts of the library have them as one.
    found = (
        match["phrase"] or match["word"] or "" for match in _PIECE.finditer(unicodedata.normalize("NFC", searched))
    )
    phrases = dict.fromkeys(words for piece in found if (words := tuple(words_of(piece).split())))
    if not phrases:
        raise LibraryError("E515")
    return Query(tuple(phrases))


def create_index(connection: Connection) -> None:
    """Make the index of a new library."""
    for statement in _DDL[connection.dialect.name]:
        connection.execute(text(statement))


def put_words(connection: Connection, document_id: int, indexed: Indexed) -> None:
    """Index a document that is not in the index."""
    _run(connection, _PUT, document_id, indexed)


def take_words(connection: Connection, document_id: int, indexed: Indexed) -> None:
    """Take a document out of the index; `indexed` must be what was put in (FTS5 keeps no copy of the words)."""
    _run(connection, _TAKE, document_id, indexed)


def tokens_of(indexed: Indexed) -> tuple[str, str]:
    """Give what FTS5 indexes: each word once, and all neighbours joined, with a gap between heading and body.

    Examples
    --------
    >>> tokens_of(Indexed("ke hoach", "uy ban uy ban"))
    ('ke hoach uy ban', 'ke·hoach · uy·ban ban·uy uy·ban')
    """
    heading, body = indexed.heading.split(), indexed.body.split()
    words = dict.fromkeys((*heading, *body))
    return " ".join(words), " ".join((*_pairs(heading), _JOINED, *_pairs(body)))


def token_count(indexed: Indexed) -> int:
    """Count what FTS5 indexes of a document."""
    return sum(len(tokens.split()) for tokens in tokens_of(indexed))


def clear_index(connection: Connection) -> None:
    """Take every document out of the index, whatever was put in."""
    for statement in _CLEAR[connection.dialect.name]:
        connection.execute(text(statement))


def indexed_ids(connection: Connection) -> frozenset[int]:
    """Give the documents that are in the index."""
    return frozenset(_ids(connection.execute(text(_INDEXED[connection.dialect.name]))))


def is_indexed(connection: Connection, document_id: int, indexed: Indexed) -> bool:
    """Say whether a document stands in the index with these words.

    FTS5 keeps how many words a document has and not which: that is all it can be asked for cheaply (see `finds`).
    """
    if connection.dialect.name == "sqlite":
        counts = connection.scalar(text("SELECT sz FROM document_text_docsize WHERE id = :id"), {"id": document_id})
        return counts is not None and _integers(counts) == [len(one.split()) for one in tokens_of(indexed)]
    same = "SELECT heading = :heading AND body = :body FROM document_text WHERE document_id = :id"
    values = {"heading": f" {indexed.heading} ", "body": f" {indexed.body} ", "id": document_id}
    return bool(connection.scalar(text(same), values))


def finds(connection: Connection, document_id: int, query: Query) -> bool:
    """Say whether a document is found by a search; SQLite needs some milliseconds for it in a large library."""
    where, values = _matching(connection, query)
    found = f"SELECT 1 FROM document_text WHERE {where} AND {_ID[connection.dialect.name]} = :id"  # noqa: S608 - as below
    return connection.scalar(text(found), {**values, "id": document_id}) is not None


def total_count(connection: Connection) -> int | None:
    """Count what stands in the index, whatever document they are of; None where nothing can be left over.

    FTS5 takes words out by what it is told was put in: what it is told wrongly stays, and is seen in the sum alone.
    """
    if connection.dialect.name != "sqlite":
        return None
    view = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.document_words USING fts5vocab('main', 'document_text', 'row')"
    connection.execute(text(view))
    return int(connection.scalar(text("SELECT coalesce(sum(cnt), 0) FROM temp.document_words")) or 0)


def find(connection: Connection, query: Query, *, most: int) -> tuple[tuple[int, ...], bool]:
    """Give the ids of the documents that have all that is searched for.

    Returns
    -------
    ids : tuple of int
        Those that have it in number and title before those that have it in their text, of either the newest first.
    more : bool
        Whether there are more than `most`.
    """
    wanted = most + 1
    first = _newest(connection, "document_heading", query, wanted)
    if len(first) == wanted:
        return first[:most], True
    # As many more as may be among the first already.
    others = _newest(connection, "document_text", query, wanted + len(first))
    ids = tuple(dict.fromkeys((*first, *others)))
    return ids[:most], len(ids) > most


def by_rarity(connection: Connection, query: Query) -> tuple[tuple[str, ...], ...]:
    """Give the phrases of a search, that which the fewest documents have first; of common ones the longest."""
    if len(query.phrases) == 1:
        return query.phrases
    counted = [(_count(connection, phrase), -len(phrase), phrase) for phrase in query.phrases]
    return tuple(phrase for *_, phrase in sorted(counted))


def _count(connection: Connection, phrase: tuple[str, ...]) -> int:
    return len(_newest(connection, "document_text", Query((phrase,)), _COMMON))


def _pairs(words: Sequence[str]) -> Iterator[str]:
    """Join every two neighbours to one word."""
    return (f"{one}{_JOINED}{other}" for one, other in pairwise(words))


def _newest(connection: Connection, table: str, query: Query, most: int) -> tuple[int, ...]:
    where, values = _matching(connection, query, heading=table == "document_heading")
    key = _ID[connection.dialect.name]
    table = "document_text" if connection.dialect.name == "postgresql" else table
    statement = f"SELECT {key} FROM {table} WHERE {where} ORDER BY {key} DESC LIMIT :most"  # noqa: S608 - values are bound
    return _ids(connection.execute(text(statement), {**values, "most": most}))


def _matching(connection: Connection, query: Query, *, heading: bool = False) -> tuple[str, Mapping[str, object]]:
    """Give the condition that a search makes, and the values in it."""
    if connection.dialect.name == "sqlite":
        table = "document_heading" if heading else "document_text"
        tokens = (" ".join(phrase if heading or len(phrase) == 1 else _pairs(phrase)) for phrase in query.phrases)
        return f"{table} MATCH :q", {"q": " AND ".join(f'"{phrase}"' for phrase in tokens)}
    # The index finds the words; whether they stand one behind the other is seen in the text.
    words = list(dict.fromkeys(word for phrase in query.phrases for word in phrase))
    phrases = {f"p{n}": f"% {' '.join(phrase)} %" for n, phrase in enumerate(query.phrases) if len(phrase) > 1}
    column = "heading_words" if heading else "words"
    shown = "heading LIKE :{0}" if heading else "(heading LIKE :{0} OR body LIKE :{0})"
    where = " AND ".join((f"{column} @> CAST(:q AS text[])", *map(shown.format, phrases)))
    return where, {"q": words, **phrases}


def _run(connection: Connection, statements: Mapping[str, tuple[str, ...]], document_id: int, indexed: Indexed) -> None:
    heading = frozenset(indexed.heading.split())
    once, pairs = tokens_of(indexed)
    values = {
        "id": document_id,
        "heading": indexed.heading,
        "body": indexed.body,
        "heading_words": sorted(heading),
        "words": sorted(heading.union(indexed.body.split())),
        "once": once,
        "pairs": pairs,
    }
    for statement in statements[connection.dialect.name]:
        bound = {name: value for name, value in values.items() if re.search(rf":{name}\b", statement)}
        connection.execute(text(statement), bound)


def _integers(packed: bytes) -> list[int]:
    """Read the numbers that FTS5 keeps of a document: seven bits a byte, the highest bit says that more follow."""
    numbers, number = [], 0
    for byte in packed:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 - the highest bit
            numbers.append(number)
            number = 0
    return numbers


def _ids(rows: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(row[0] for row in rows)


_ID = {"sqlite": "rowid", "postgresql": "document_id"}
_DDL: dict[str, tuple[str, ...]] = {
    # The words are cut already: all that is left to do is to part them at spaces.
    "sqlite": (
        "CREATE VIRTUAL TABLE document_text USING fts5(words, pairs, content='', tokenize='ascii')",
        "CREATE VIRTUAL TABLE document_heading USING fts5(heading, content='', tokenize='ascii')",
    ),
    "postgresql": (
        (
            "CREATE TABLE document_text (document_id integer PRIMARY KEY, heading text NOT NULL, body text NOT NULL, "
            "heading_words text[] NOT NULL, words text[] NOT NULL)"
        ),
        "CREATE INDEX ix_document_text_words ON document_text USING gin (words)",
        "CREATE INDEX ix_document_text_heading_words ON document_text USING gin (heading_words)",
    ),
}
_PUT: dict[str, tuple[str, ...]] = {
    "sqlite": (
        "INSERT INTO document_text (rowid, words, pairs) VALUES (:id, :once, :pairs)",
        "INSERT INTO document_heading (rowid, heading) VALUES (:id, :heading)",
    ),
    "postgresql": (
        (
            "INSERT INTO document_text (document_id, heading, body, heading_words, words) "
            "VALUES (:id, ' ' || :heading || ' ', ' ' || :body || ' ', :heading_words, :words)"
        ),
    ),
}
_TAKE: dict[str, tuple[str, ...]] = {
    "sqlite": (
        "INSERT INTO document_text (document_text, rowid, words, pairs) VALUES ('delete', :id, :once, :pairs)",
        "INSERT INTO document_heading (document_heading, rowid, heading) VALUES ('delete', :id, :heading)",
    ),
    "postgresql": ("DELETE FROM document_text WHERE document_id = :id",),
}
_CLEAR: dict[str, tuple[str, ...]] = {
    "sqlite": (
        "INSERT INTO document_text (document_text) VALUES ('delete-all')",
        "INSERT INTO document_heading (document_heading) VALUES ('delete-all')",
    ),
    "postgresql": ("DELETE FROM document_text",),
}
_INDEXED = {
    "sqlite": "SELECT id FROM document_text_docsize UNION SELECT id FROM document_heading_docsize",
    "postgresql": "SELECT document_id FROM document_text",
}
