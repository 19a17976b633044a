"""Whatever a file holds, reading it ends in a graph or in an error with a code."""

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.errors import UsageError
from parcc_nlp.graph import LegalGraph, exchange

from .graphs import sample

FORMS = ["graphml", "node_link", "json_ld", "turtle"]
CODES = {"E375", "E376", "E377", "E378", "E379"}
PIECES = ['"', "'", "<", ">", "&", "{", "}", "[", "]", "\\", "@", ":", ";", ".", "0", "null", "é", "\x00", "<a>", "&a;"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@id", "@type", "@value", "@language", "@list", "@graph", "@set", "@reverse", "a"]), inner
        )
    ),
    max_leaves=6,
)


@pytest.fixture(autouse=True)
def _quiet():
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # it warns of every odd IRI that is tried here


def read(form, data):
    """A graph, or the code of the error."""
    try:
        return getattr(exchange, f"from_{form}")(data)
    except UsageError as error:
        return error.code if error.message(lang="en") else None


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
def test_a_file_with_a_piece_changed(form, data):
    written = getattr(exchange, f"to_{form}")(sample()).decode()
    place = data.draw(st.integers(0, len(written)))
    length = data.draw(st.integers(0, 30))
    piece = data.draw(st.sampled_from(PIECES) | st.text(max_size=4))
    result = read(form, written[:place] + piece + written[place + length :])
    assert isinstance(result, LegalGraph) or result in CODES


@pytest.mark.parametrize("form", FORMS)
@given(data=st.binary(max_size=60))
def test_any_bytes(form, data):
    result = read(form, data)
    assert isinstance(result, LegalGraph) or result in CODES


@pytest.mark.parametrize("form", ["node_link", "json_ld"])
@given(data=st.data())
def test_a_file_with_a_value_changed(form, data):
    written = json.loads(getattr(exchange, f"to_{form}")(sample()))
    lists = [value for value in written.values() if isinstance(value, list)]
    chosen = data.draw(st.sampled_from([one for listed in lists for one in listed] + [written]))
    name = data.draw(st.sampled_from(sorted(chosen)))
    chosen[name] = data.draw(JSON)
    result = read(form, json.dumps(written))
    assert isinstance(result, LegalGraph) or result in CODES
