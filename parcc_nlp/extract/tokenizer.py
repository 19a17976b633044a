"""A spaCy tokenizer for Vietnamese administrative text: a document symbol is one token and no character is lost.

``spacy.blank("vi")`` wants pyvi, which joins syllables to words and rewrites spaces. This tokenizer works on syllables,
as they are printed, and needs nothing but spaCy. It is registered as ``parcc_nlp.Tokenizer.v1``:

>>> import spacy
>>> nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "parcc_nlp.Tokenizer.v1"}}})
>>> [token.text for token in nlp("Nghị quyết số 76/NQ-CP.")]
['Nghị', 'quyết', 'số', '76/NQ-CP', '.']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import srsly
from spacy import util
from spacy.tokens import Doc
from spacy.util import DummyTokenizer

from parcc_nlp.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from spacy.language import Language
    from spacy.vocab import Vocab

__all__ = ["REGISTERED_NAME", "SymbolTokenizer", "make_tokenizer", "split"]

REGISTERED_NAME = "parcc_nlp.Tokenizer.v1"

# Letters, digits and combining marks: a text in NFD writes "hòa" with a mark of its own, which \w does not take.
_WORD = r"\w\u0300-\u036f"
# Capitals of Vietnamese, and the Cyrillic look-alikes that some keyboards and OCR put into symbols.
_CAPITAL = r"A-ZÀ-ÖØ-ÞĂĐĨŨƠƯẠ-Ỹ\u0410-\u042f"
_HYPHEN = r"[-\u2010-\u2013]"
# Two capitals open the letters of a symbol (QĐ, NQLT, CTTg, QH15); "1-Căn cứ" and "12/Khoản" are no symbols.
_LETTERS = rf"[{_CAPITAL}]{{2}}[{_WORD}]*+"

# Tried in this order at every place. No alternative takes a space, and every repetition is possessive or bounded, so
# that the cost stays linear whatever the text.
_TOKEN = rf"""
    (?:https?://|www\.) [^\s<>"“”]* [\w/]
  | [{_WORD}]++ (?:[.+\-][{_WORD}]++){{0,5}}+ @ [\w\-]++ (?:\.[\w\-]++)++                          # email
  | \d++ [a-zđ]?+ (?:/\d++)*+ (?:/|{_HYPHEN}) {_LETTERS}                                          # 63/2010/NĐ-CP
    (?: (?:[/&]|{_HYPHEN}) (?:{_LETTERS} | [{_CAPITAL}](?![{_WORD}]) | \d++) | :\d++ )*+          # 14-MT:2015/BTNMT
  | \d++ (?::\d++)++ / {_LETTERS}                                                                 # 01:2021/BTNMT
  | \d++ (?:/\d{{4}})?+ /[a-zđ]{{2,5}} {_HYPHEN} [a-zđ&]{{2,}}+                                   # 63/2010/nđ-cp
  | \d++ (?:{_HYPHEN}\d++)?+ (?::\d++)++                                                          # 9001:2015
  | \d{{1,2}} {_HYPHEN} \d{{1,2}} {_HYPHEN} \d{{4}} (?!\d)                                        # 08-6-2010
  | \d{{4}}-\d{{2}}-\d{{2}} (?!\d)                                                                # 2010-06-08
  | \d++ (?:/\d++)++                                                                              # 08/6/2010
  | \d++ (?:\.\d++)++ (?:,\d++(?!,\d))?+                                                          # 1.500,5
  | (?<!\d,) \d++,\d++ (?!,\d)                                                                    # 12,5 but not 4,5,7
  | \d++ (?:[a-zđ]{{1,2}}\d*+(?![{_WORD}]))?+                                                     # 37a, 8h30
  | [{_CAPITAL}][{_CAPITAL}\u0300-\u036f]*+ \d*+
    (?: (?:[/&]|{_HYPHEN}) (?:[{_CAPITAL}][{_CAPITAL}\u0300-\u036f]*+ \d*+ | \d++) (?![{_WORD}]) )++  # QĐ-UBND
  | [{_WORD}]++
  | \.{{2,}}+ | …{{2,}}+ | -{{2,}}+ | \*{{2,}}+ | ={{2,}}+                                        # filler lines
  | [^\s]
"""
# The first space after a token is kept with the token, as spaCy does; any other white space is a token of its own.
_SPLIT = re.compile(rf"(?:{_TOKEN})[ ]?|\s+", re.VERBOSE)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SETTINGS = {"tokenizer": REGISTERED_NAME}


def split(text: str) -> tuple[list[str], list[bool]]:
    """Cut a text into tokens without losing a character.

    Parameters
    ----------
    text
        Any text, of any length. The cost grows linearly with it.

    Returns
    -------
    words, spaces
        The tokens, and for each whether one space (U+0020) follows it. Other white space, and every space beyond the
        first, stands in tokens of its own, so that joining words and spaces gives `text` again.

    Examples
    --------
    >>> split("Kế hoạch  39-NQ/TW (90%)")
    (['Kế', 'hoạch', ' ', '39-NQ/TW', '(', '90', '%', ')'], [True, True, False, True, False, False, False, False])
    """
    pieces = _SPLIT.findall(text)
    spaces = [piece[-1] == " " and not piece.isspace() for piece in pieces]
    words = [piece[:-1] if space else piece for piece, space in zip(pieces, spaces, strict=True)]
    return words, spaces


class SymbolTokenizer(DummyTokenizer):
    """Tokenizer of a spaCy pipeline; ``doc.text`` is always the text given.

    Document symbols (``3044/QĐ-UBND``, ``39-NQ/TW``), dates and numbers are one token, and a full stop, bracket or
    quotation mark beside them is another. Syllables are not joined to words.

    Parameters
    ----------
    vocab
        The vocabulary of the pipeline.

    Examples
    --------
    >>> from spacy.vocab import Vocab
    >>> [token.text for token in SymbolTokenizer(Vocab())("ngày 08/6/2010)")]
    ['ngày', '08/6/2010', ')']
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Make a `Doc` of a text.

        Raises
        ------
        PipelineError
            E401 when the text holds half of a surrogate pair, which is no character and which spaCy cannot store.
        """
        words, spaces = split(text)
        try:
            return Doc(self.vocab, words=words, spaces=spaces)
        except UnicodeEncodeError as error:
            raise _not_text(text) from error

    def __reduce__(self) -> tuple[type[Self], tuple[Vocab]]:
        return type(self), (self.vocab,)

    def to_bytes(self, **_options: Any) -> bytes:
        """Write the name of the tokenizer; its rules are those of the installed version."""
        return util.to_bytes({"cfg": _settings_bytes}, ())

    def from_bytes(self, data: bytes, **_options: Any) -> Self:
        """Check that the bytes were written by this tokenizer.

        Raises
        ------
        PipelineError
            E402 when another tokenizer wrote them.
        """
        util.from_bytes(data, {"cfg": _check_bytes}, ())
        return self

    def to_disk(self, path: str | Path, **_options: Any) -> None:
        """Write the name of the tokenizer to a file."""
        srsly.write_json(path, _SETTINGS)

    def from_disk(self, path: str | Path, **_options: Any) -> Self:
        """Check that the file was written by this tokenizer.

        Raises
        ------
        PipelineError
            E402 when another tokenizer wrote it.
        """
        _check(srsly.read_json(path), path=str(path))
        return self


def make_tokenizer() -> Callable[[Language], SymbolTokenizer]:
    """Give spaCy what makes the tokenizer (``@tokenizers = "parcc_nlp.Tokenizer.v1"`` in a config).

    Examples
    --------
    >>> import spacy
    >>> type(make_tokenizer()(spacy.blank("xx"))).__name__
    'SymbolTokenizer'
    """
    return _tokenizer_of


def _tokenizer_of(nlp: Language) -> SymbolTokenizer:
    """Make the tokenizer of one pipeline."""
    return SymbolTokenizer(nlp.vocab)


def _settings_bytes() -> bytes:
    """Write the settings as `to_bytes` stores them."""
    return bytes(srsly.json_dumps(_SETTINGS), "utf-8")


def _check_bytes(data: bytes) -> None:
    """Check settings that `to_bytes` stored."""
    _check(srsly.json_loads(data))


def _check(settings: Any, *, path: str | None = None) -> None:
    """Refuse settings of another tokenizer: the tokens would silently differ from those the model was made with."""
    if settings != _SETTINGS:
        raise PipelineError("E402", path=path, found=settings, expected=REGISTERED_NAME)


def _not_text(text: str) -> PipelineError:
    """Name the first character that cannot be stored."""
    surrogate = _SURROGATE.search(text)
    where = surrogate.start() if surrogate else 0
    return PipelineError("E401", position=where, character=f"U+{ord(text[where]):04X}")
