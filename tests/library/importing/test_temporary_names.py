"""What is no document, or not yet, is told by its name."""

import csv
import re
from importlib.resources import files

import pytest

from parcc_nlp.library.importing.temporary_names import kind_of_name, passed_over


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Kế hoạch 12.docx", "document"),
        ("goi-tin.edxml", "document"),
        ("bao-cao.part.docx", "document"),
        ("~$Kế hoạch 12.docx", "never"),
        (".~lock.a.docx#", "never"),
        (".DS_Store", "never"),
        ("Thumbs.db", "never"),
        ("a.docx~", "never"),
        ("~WRL0001.tmp", "never"),
        ("a.pdf.crdownload", "unfinished"),
        ("A.PDF.PART", "unfinished"),
        ("a.pdf.filepart", "unfinished"),
        ("a.tmp", "unfinished"),
    ],
)
def test_a_name_tells_what_a_file_is(name, kind):
    assert kind_of_name(name) == kind


def test_the_table_says_of_each_pattern_what_writes_such_files():
    lines = (files("parcc_nlp.library.importing") / "passed_over.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(lines))
    assert set(rows[0]) == {"pattern", "unfinished", "what"}
    assert {row["unfinished"] for row in rows} == {"yes", "no"}
    assert all(row["pattern"] == row["pattern"].casefold() and row["what"] for row in rows)
    assert len({row["pattern"] for row in rows}) == len(rows) == len(passed_over())


def test_codes_worth_another_try_are_codes_of_the_table_of_errors_and_each_says_why():
    from parcc_nlp.errors import error_texts
    from parcc_nlp.library.importing.faults import transient_codes

    assert set(transient_codes()) <= set(error_texts())
    assert all(transient_codes().values())


def test_a_damaged_or_empty_file_is_not_tried_again():
    from parcc_nlp.library.importing.faults import transient_codes

    assert not {"E101", "E107", "E112", "E120", "E123", "E125", "E399"} & set(transient_codes())


def test_every_wording_stands_in_both_languages_with_the_same_fields():
    from parcc_nlp.library.importing.wording import all_words

    for key, texts in all_words().items():
        fields = [sorted(re.findall(r"\{(\w+)\}", texts[lang])) for lang in ("vi", "en")]
        assert texts["vi"], key
        assert texts["en"], key
        assert fields[0] == fields[1], key
