"""Titles compared: which words tell what a document is about, and whether two titles can be of one document."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from parcc_nlp.registry.names import LAW_TYPES

if TYPE_CHECKING:
    from parcc_nlp.model import Alias, Citation

__all__ = ["are_of_one_document", "is_other_title", "telling_words", "tells_enough", "title_of"]

_FEWEST_WORDS = 2
_COMMON_WORDS = re.compile(
    r"\b(?:ve|viec|ban|hanh|quy|dinh|chi|tiet|phe|duyet|sua|doi|bo|sung|huong|dan|mot|so|dieu|cua|cac|va|luat|nghi|quyet|nam)\b"
)
"""Words that say what kind of document it is, not what it is about."""
_LEAST_SHARED = 0.25
"""Share of the shorter title's words that two titles of one document have in common at least."""
_ENOUGH_TO_TELL = 5
"""Telling words that a title has at least to tell one document from those of its day and its kind."""
_ABBREVIATION = re.compile(r"\b[A-ZĐ]{2,}\b")
_REMEMBERED = 2048


def title_of(citation: Citation) -> str | None:
    """Give the title a citation states; for a law cited with its number that is its name.

    What follows a cited provision ("Điều 34 Nghị định ... quy định về ...") describes the provision.
    """
    if citation.doc_type in LAW_TYPES:
        return citation.name if citation.number else None
    return None if citation.pinpoints else citation.title


def is_other_title(written: str, known: str, aliases: tuple[Alias, ...] = ()) -> bool:
    """Say whether two titles are of different documents, abbreviations spelt out and shortening allowed for."""
    one, other = telling_words(written, aliases), telling_words(known, aliases)
    fewest = min(len(one), len(other))
    return fewest >= _FEWEST_WORDS and len(one & other) < _LEAST_SHARED * fewest


def are_of_one_document(written: str, known: str) -> bool:
    """Say whether all telling words of the shorter title stand in the longer one.

    Decrees of one day often differ in a word ("phân cấp trong lĩnh vực xây dựng", "... công thương").

    Examples
    --------
    >>> are_of_one_document("về kiểm soát thủ tục hành chính", "Kiểm soát thủ tục hành chính")
    True
    """
    one, other = telling_words(written), telling_words(known)
    fewest = min(len(one), len(other))
    return fewest >= _FEWEST_WORDS and len(one & other) == fewest


def tells_enough(title: str) -> bool:
    """Say whether a title has words enough to tell its document from others; the name of a law always has."""
    return title.startswith(LAW_TYPES) or len(telling_words(title)) >= _ENOUGH_TO_TELL


def telling_words(title: str, aliases: tuple[Alias, ...] = ()) -> frozenset[str]:
    """Give the words of a title that say what it is about, without marks; abbreviations of the document spelt out."""
    if not title.isupper():
        spelt = {alias.short: alias.long for alias in aliases}
        title = _ABBREVIATION.sub(partial(_spell_out, spelt=spelt), title)
    return _words(title)


@lru_cache(maxsize=_REMEMBERED)
def _words(title: str) -> frozenset[str]:
    folded = unicodedata.normalize("NFD", title.lower().replace("đ", "d"))
    folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return frozenset(re.findall(r"[a-z]{2,}", _COMMON_WORDS.sub(" ", folded)))


def _spell_out(match: re.Match[str], *, spelt: dict[str, str]) -> str:
    """Spell out an abbreviation that the document explains; another one tells nothing."""
    return spelt.get(match[0], "")
