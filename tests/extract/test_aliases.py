"""Short names a document gives itself."""

import csv
from pathlib import Path

import pytest

from parcc_nlp.extract.aliases import find_aliases
from parcc_nlp.text.normalise import normalise

with (Path(__file__).parent / "aliases_cases.csv").open(encoding="utf-8", newline="") as lines:
    CASES = [tuple(row.values()) for row in csv.DictReader(lines)]


@pytest.mark.parametrize(("text", "short", "long"), CASES)
def test_a_definition_gives_the_short_and_the_long_name(text, short, long):
    expected = [(short, long)] if short else []
    assert [(alias.short, alias.long) for alias in find_aliases(normalise(text))] == expected


def test_the_place_is_that_of_the_short_name():
    text = "cải cách hành chính (sau đây gọi tắt là “CCHC”)"
    alias = find_aliases(normalise(text))[0]
    assert text[alias.start : alias.end] == "CCHC"


def test_a_name_defined_twice_is_given_once():
    text = "cải cách hành chính (CCHC)\ncải cách hành chính (CCHC)"
    assert len(find_aliases(normalise(text))) == 1


def test_one_short_name_for_two_things_is_given_twice():
    text = "Ban Quản lý Dự án A (sau đây gọi là Ban)\nBan Chỉ đạo B (sau đây gọi là Ban)"
    assert [alias.long for alias in find_aliases(normalise(text))] == ["Ban Quản lý Dự án A", "Ban Chỉ đạo B"]


def test_a_text_without_definitions_has_none():
    assert find_aliases(normalise("Thư viện mở cửa (trừ chủ nhật).")) == ()
