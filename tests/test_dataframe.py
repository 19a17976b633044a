"""Layers as a pandas table, where pandas is installed; a coded error where it is not."""

import sys

import pytest

import parcc_nlp
from parcc_nlp.model import Extraction, Responsibility, Source

ONE = Extraction("Rà soát", Source("a.txt"), responsibilities=(Responsibility(0, 7, "Rà soát", "Sở Y tế", "lead"),))


def test_without_pandas_the_error_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(parcc_nlp.UsageError, match="pip install pandas") as raised:
        parcc_nlp.to_dataframe(ONE)
    assert raised.value.code == "E321"


def test_a_row_has_the_fields_of_its_item_and_its_file():
    pytest.importorskip("pandas", reason="needs pandas, which this library does not")
    table = parcc_nlp.to_dataframe([ONE, ONE])
    assert list(table["agency"]) == ["Sở Y tế", "Sở Y tế"]
    assert list(table["path"]) == ["a.txt", "a.txt"]


def test_an_empty_layer_keeps_its_columns():
    pytest.importorskip("pandas", reason="needs pandas, which this library does not")
    table = parcc_nlp.to_dataframe(ONE, of="targets")
    assert (len(table), {"path", "value", "subject"} <= set(table.columns)) == (0, True)
