"""The words of drawn graphs are complete in both languages, and what is shown is harmless."""

import csv
import re
from importlib.resources import files
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.graph import Node
from parcc_nlp.graph.drawing.families import FAMILIES, family_of
from parcc_nlp.graph.drawing.labels import box_lines, one_line, wrapped
from parcc_nlp.graph.drawing.page_data import _WORDS_OF_SCRIPT
from parcc_nlp.graph.drawing.statuses import SIGNS
from parcc_nlp.graph.drawing.wording import legible, shortened, words
from parcc_nlp.graph.values import EDGE_KINDS, NODE_KINDS
from parcc_nlp.model import Confidence, Resolution

FOLDER = files("parcc_nlp.graph.drawing")
ROWS = list(csv.DictReader((FOLDER / "words.csv").read_text(encoding="utf-8").splitlines()))
KEYS = {row["key"] for row in ROWS}


def template(name):
    return (FOLDER / "templates" / name).read_text(encoding="utf-8")


def test_the_table_is_in_order_and_without_double_keys():
    names = [row["key"] for row in ROWS]
    assert names == sorted(set(names))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_a_wording_has_both_languages_with_the_same_fields(row):
    fields = [set(re.findall(r"{\w+}", row[lang])) for lang in ("vi", "en")]
    assert row["vi"]
    assert row["en"]
    assert fields[0] == fields[1]


@pytest.mark.parametrize(
    "key",
    [
        *(f"rel_{kind}" for kind in EDGE_KINDS), *(f"by_{kind}" for kind in EDGE_KINDS),
        *(f"kind_{kind}" for kind in NODE_KINDS), *(f"status_{status}" for status in SIGNS),
        *(f"heading_{family}" for family in FAMILIES), *(f"confidence_{one}" for one in get_args(Confidence)),
        *(f"resolution_{one}" for one in get_args(Resolution)),
    ],
)  # fmt: skip
def test_every_value_of_the_graph_has_its_words(key):
    assert key in KEYS


def test_every_word_of_the_template_is_in_the_table():
    assert set(re.findall(r't\("(\w+)"[,)]', template("page.html.j2"))) <= KEYS


def test_every_word_of_the_script_is_sent_to_it():
    used = set(re.findall(r"words\.(\w+)", template("page.js")))
    assert used <= {key for key in KEYS if key.startswith(_WORDS_OF_SCRIPT)}


def test_every_relation_belongs_to_a_family():
    assert {family_of(kind) for kind in EDGE_KINDS} == set(FAMILIES)


def test_words_fill_in_their_fields():
    assert words("since_day", "en", day="01/7/2025") == "since 01/7/2025"


@given(text=st.text())
def test_a_label_obeys_nothing(text):
    shown = legible(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert legible(shown) == shown


@given(text=st.text(), length=st.integers(2, 40))
def test_a_cut_text_is_no_longer_than_asked(text, length):
    assert len(shortened(text, length)) <= length


@given(text=st.text(), width=st.integers(5, 30), most=st.integers(1, 4))
def test_broken_lines_are_no_more_and_no_longer_than_asked(text, width, most):
    lines = wrapped(text, width, most)
    assert len(lines) <= most
    assert all(len(line) <= width for line in lines)


@given(name=st.text(alphabet="Luật về sửđổi", min_size=1, max_size=200))
def test_a_box_names_the_number_whatever_the_name(name):
    node = Node("a", "instrument", f"{name} số 45/2020/NĐ-CP", properties={"number": "45/2020/NĐ-CP"})
    assert "45/2020/NĐ-CP" in " ".join(box_lines(node, width=28, most=3))
    assert one_line(node, width=46).endswith("45/2020/NĐ-CP")


def test_a_node_without_a_label_is_named_by_its_id():
    assert box_lines(Node("vn/x", "instrument", ""), width=20, most=2) == ("vn/x",)
