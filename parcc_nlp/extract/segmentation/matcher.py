"""The opinion of spaCy's matchers on the tokens of our tokenizer: lists of words and what stands before them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.extract.data_files import read_lists, read_rows

if TYPE_CHECKING:
    from spacy.matcher import Matcher, PhraseMatcher

    from parcc_nlp.extract.tokenizer import SymbolTokenizer

__all__ = ["MatcherOpinion"]

ACT, THING = "act", "thing"


class MatcherOpinion:
    """Ask spaCy's `Matcher` and `PhraseMatcher`; spaCy is loaded with the first question.

    The words are those of ``grammar/second_opinion.yaml`` and the fields of ``agency_fields.csv``.

    Examples
    --------
    >>> MatcherOpinion().is_verb("Cơ quan chủ trì báo cáo kết quả.", 8, 15)
    False
    """

    def is_verb(self, sentence: str, start: int, end: int) -> bool | None:
        """Tell an act from a thing by the words before a stretch; None where no pattern speaks."""
        for use in _uses(sentence):
            if use.start < start and use.end == end:
                return use.kind == ACT
        return None

    def name_end(self, sentence: str, start: int, end: int) -> int:
        """Give the end of the phrase that the name would be cut in."""
        reached = [far for near, far in _undivided(sentence) if start < near < end < far]
        return max(reached, default=end)


class _Use(NamedTuple):
    """A word in question with what stands before it; `end` is the end of the word."""

    kind: str
    start: int
    end: int


class _Matchers(NamedTuple):
    tokenizer: SymbolTokenizer
    uses: Matcher
    phrases: PhraseMatcher


@cache
def _matchers() -> _Matchers:
    """Make the matchers, once a process."""
    import spacy  # noqa: PLC0415  a second, for those who ask
    from spacy.matcher import Matcher, PhraseMatcher  # noqa: PLC0415  see above

    from parcc_nlp.extract.tokenizer import SymbolTokenizer  # noqa: PLC0415  it imports spaCy

    data = read_lists("second_opinion.yaml")
    vocab = spacy.blank("xx").vocab
    tokenizer = SymbolTokenizer(vocab)
    uses = Matcher(vocab)
    for kind, before in ((THING, data["nouns_before"]), (ACT, data["acts_before"])):
        questioned = (*data["acting"], *data["reaching"])
        uses.add(kind, [[*_lower(words), *_lower(word)] for words in before for word in questioned])
    phrases = PhraseMatcher(vocab, attr="LOWER")
    fields = (row["field"] for row in read_rows("agency_fields.csv"))
    phrases.add("undivided", [tokenizer(phrase) for phrase in (*data["undivided"], *fields)])
    return _Matchers(tokenizer, uses, phrases)


def _lower(words: str) -> list[dict[str, str]]:
    """Give the token pattern of words, capitals or not."""
    return [{"LOWER": word} for word in words.split()]


@lru_cache(maxsize=64)
def _uses(sentence: str) -> tuple[_Use, ...]:
    """Find the ambiguous words of a sentence whose left neighbours tell what they are."""
    known = _matchers()
    spans = known.uses(known.tokenizer(sentence), as_spans=True)
    return tuple(_Use(span.label_, span.start_char, span.end_char) for span in spans)


@lru_cache(maxsize=64)
def _undivided(sentence: str) -> tuple[tuple[int, int], ...]:
    """Find the phrases of a sentence that no name is cut in."""
    known = _matchers()
    spans = known.phrases(known.tokenizer(sentence), as_spans=True)
    return tuple((span.start_char, span.end_char) for span in spans)
