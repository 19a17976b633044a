"""Which strings are dates, what they say, and how precisely."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.text.dates import date_at, find_dates
from parcc_nlp.text.normalise import normalise

TABLE = "dates.csv"
WORDS = "ngày tháng năm quý mùng Ngày NĂM 08 6 2010 2025 31 02 13 I IV / - . … , NĐ CP 15/7/2021 08/6/2010"
FRAGMENTS = st.sampled_from([*WORDS.split(), " ", "  ", "\n", "\t"])
TEXTS = st.lists(FRAGMENTS, max_size=20).map("".join) | st.text(max_size=40)


def _listed(cell):
    return cell.split("|") if cell else []


def test_a_text_holds_the_dates_the_table_says(case):
    dates = find_dates(case["text"])
    assert [case["text"][date.start : date.end] for date in dates] == _listed(case["mention"])
    assert [date.iso for date in dates] == _listed(case["iso"])
    assert [date.valid for date in dates] == [word == "yes" for word in _listed(case["valid"])]
    assert [date.kind for date in dates] == _listed(case["kind"])


def test_the_table_has_traps_as_well_as_dates(cases):
    assert len(cases) >= 60
    assert len([case for case in cases if not case["mention"]]) >= 20


def test_a_date_is_read_only_where_it_begins():
    text = "ngày 08/6/2010"
    assert date_at(text, 0).iso == "2010-06-08"
    assert date_at(text, 5).start == 5
    assert date_at(text, 6) is None


def test_no_date_begins_outside_the_text():
    assert date_at("năm 2013", 99) is None
    assert date_at("năm 2013", -1) is None
    assert date_at("", 0) is None


def test_a_word_that_only_ends_like_a_date_word_begins_no_date():
    assert date_at("xnăm 2013", 1) is None


@given(st.dates())
def test_every_day_is_read_in_words_and_digits(day):
    if day.year < 1800 or day.year > 2199:
        return
    for text in (
        f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}",
        f"ngày {day.day}/{day.month}/{day.year}",
        f"{day.day:02d}-{day.month:02d}-{day.year}",
    ):
        (date,) = find_dates(text)
        assert (date.iso, date.valid, date.end) == (day.isoformat(), True, len(text))


@given(TEXTS)
def test_dates_follow_each_other_without_overlap(text):
    dates = find_dates(text)
    assert all(date.start < date.end <= len(text) for date in dates)
    assert all(first.end <= second.start for first, second in itertools.pairwise(dates))


@given(TEXTS)
def test_every_date_found_is_read_again_where_it_stands(text):
    for date in find_dates(text):
        assert date_at(text, date.start) == date


@pytest.mark.shared
def test_the_dates_of_the_gold_citations_are_read(shared_dir):
    for path in sorted((shared_dir / "eval" / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (shared_dir / "eval" / gold["text"]).read_text(encoding="utf-8")
        found = {date.iso for date in find_dates(normalise(text).text)}
        wanted = {item["issued"] for item in gold["citations"] if item.get("issued")}
        assert wanted <= found, path.name
