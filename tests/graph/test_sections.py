"""Units of a document are called as a reader calls them."""

import csv
from pathlib import Path

import pytest

from parcc_nlp.graph.naming import beginning
from parcc_nlp.graph.sections import section_label
from parcc_nlp.model import Section

ROWS = list(csv.DictReader(Path(__file__).with_name("section_labels.csv").read_text(encoding="utf-8").splitlines()))
AROUND = {
    "chuong_I": Section("chuong", "I", "Quy định chung", 0, 900, None, "chuong_I"),
    "dieu_5": Section("dieu", "5", None, 10, 800, "chuong_I", "dieu_5"),
    "dieu_5__khoan_2": Section("khoan", "2", None, 20, 700, "dieu_5", "dieu_5__khoan_2"),
    "phu_luc": Section("phu_luc", None, None, 900, 999, None, "phu_luc"),
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_a_unit_has_a_name_a_person_understands(row):
    unit = Section(
        row["kind"], row["number"] or None, row["heading"] or None, 30, 90, row["parent"] or None, row["eid"]
    )
    assert section_label(unit, around=AROUND, text=row["text"].replace("|", "\n")) == row["label"]


@pytest.mark.parametrize("most", range(1, 40))
def test_the_beginning_of_a_text_is_never_longer_than_asked_for(most):
    text = "Phê duyệt Kế hoạch cải cách hành chính"
    short = beginning(text, most=most)
    assert len(short) <= most + 1
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
