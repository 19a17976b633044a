"""The tokenizer keeps every character and cuts where a legal officer would."""

import csv
import pickle
import unicodedata
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.util import registry
from spacy.vocab import Vocab

from parcc_nlp.errors import PipelineError
from parcc_nlp.extract.tokenizer import REGISTERED_NAME, SymbolTokenizer, make_tokenizer, split

TABLE = Path(__file__).parent / "spacy_tokens.csv"
TOKENIZER = SymbolTokenizer(Vocab())
PLAIN = spacy.blank("xx").tokenizer

PIECES = (
    "63/2010/NĐ-CP",
    "QĐ-",
    "UBND",
    "39-NQ/TW",
    ".",
    ",",
    "1",
    "12,5",
    "a@b.vn",
    "http://",
    "/",
    "-",
    "(",
    "”",
    "Điều",
)
SPACES = (" ", "  ", "\n", "\t", "\r\n", "\u00a0", "\u200b", "\u2028")
any_text = st.text(st.characters(exclude_categories=["Cs"]))
legal_text = st.lists(st.sampled_from(PIECES + SPACES)).map("".join)


def table():
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return [(row["text"], row["tokens"]) for row in csv.DictReader(lines)]


@pytest.mark.parametrize(("text", "tokens"), table(), ids=[text for text, _ in table()])
def test_a_text_is_cut_as_the_table_says(text, tokens):
    assert split(text)[0] == tokens.split(" | ")


@given(any_text | legal_text)
def test_words_and_spaces_together_are_the_text(text):
    words, spaces = split(text)
    assert "".join(word + " " * space for word, space in zip(words, spaces, strict=True)) == text


@given(any_text | legal_text)
def test_the_doc_has_the_text_given(text):
    assert TOKENIZER(text).text == text


@given(any_text | legal_text)
def test_every_token_stands_at_its_offset(text):
    for token in TOKENIZER(text):
        assert text[token.idx : token.idx + len(token)] == token.text


@given(any_text | legal_text)
def test_a_token_is_white_space_or_has_none(text):
    for word in split(text)[0]:
        assert word.isspace() or not any(character.isspace() for character in word)


@given(st.text("ab \t\n", max_size=30))
def test_white_space_is_cut_as_spacy_cuts_it(text):
    assert [token.text_with_ws for token in TOKENIZER(text)] == [token.text_with_ws for token in PLAIN(text)]


@given(
    st.sampled_from(["3044/QĐ-UBND", "63/2010/NĐ-CP", "39-NQ/TW", "8935/BNV-CTTN&BĐG"]), st.sampled_from(".,;:)]”\"'?!")
)
def test_a_symbol_before_a_mark_keeps_the_mark_outside(symbol, mark):
    assert split(symbol + mark)[0] == [symbol, mark]


def test_an_empty_text_has_no_tokens():
    assert split("") == ([], [])
    assert len(TOKENIZER("")) == 0


def test_a_decomposed_syllable_stays_one_token():
    text = unicodedata.normalize("NFD", "Nghị quyết số 05-NQ/TƯ")
    assert split(text)[0] == text.split(" ")


def test_a_lone_surrogate_is_refused_with_its_place():
    with pytest.raises(PipelineError, match="E401") as refused:
        TOKENIZER("Điều 1\ud800")
    assert refused.value.details == {"position": 6, "character": "U+D800"}


def test_splitting_alone_takes_a_lone_surrogate():
    assert split("a \ud800")[0] == ["a", "\ud800"]


def test_it_is_registered_under_its_name():
    assert registry.tokenizers.get(REGISTERED_NAME) is make_tokenizer


def test_it_is_pickled_with_its_vocabulary():
    again = pickle.loads(pickle.dumps(TOKENIZER))  # noqa: S301  what this very line wrote
    assert [token.text for token in again("số 76/NQ-CP.")] == ["số", "76/NQ-CP", "."]


def test_it_comes_back_from_bytes():
    assert SymbolTokenizer(Vocab()).from_bytes(TOKENIZER.to_bytes()).to_bytes() == TOKENIZER.to_bytes()


def test_it_comes_back_from_disk(tmp_path):
    TOKENIZER.to_disk(tmp_path / "tokenizer")
    again = SymbolTokenizer(Vocab()).from_disk(tmp_path / "tokenizer")
    assert again.to_bytes() == TOKENIZER.to_bytes()


def test_a_model_saved_with_another_tokenizer_is_refused(tmp_path):
    path = tmp_path / "tokenizer"
    path.write_text('{"tokenizer": "someone.Tokenizer.v9"}', encoding="utf-8")
    with pytest.raises(PipelineError, match="E402"):
        TOKENIZER.from_disk(path)
