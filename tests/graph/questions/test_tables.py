"""The tables beside the questions, and the standing of instruments they give."""

import csv
import string
from importlib.resources import files
from typing import get_args

import pytest

from parcc_nlp.graph.questions.impacts import impact
from parcc_nlp.graph.questions.standing import Level, force_of, level_of
from parcc_nlp.graph.questions.walking import CITING
from parcc_nlp.graph.values import EDGE_KINDS
from parcc_nlp.registry.days import is_day


def rows(name):
    return list(csv.DictReader((files("parcc_nlp.graph.questions") / name).read_text(encoding="utf-8").splitlines()))


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_wording_says_the_same_fields_in_both_languages():
    for row in rows("words.csv"):
        assert row["vi"], row["key"]
        assert row["en"], row["key"]
        assert fields(row["vi"]) == fields(row["en"]), row["key"]


def test_every_key_stands_once():
    keys = [row["key"] for row in rows("words.csv")]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("kind", [kind for kind in EDGE_KINDS if kind not in {"assigns", "sets_target"}])
def test_every_relation_of_instruments_is_worded_both_ways(kind):
    assert {kind, f"{kind}_back"} <= {row["key"] for row in rows("words.csv")}


@pytest.mark.parametrize(
    "kind",
    [
        "based_on",
        "guides",
        "implements",
        "amends",
        "corrects",
        "consolidates",
        "extends",
        "date_shift",
        "continues",
        "suspends",
        "cites",
    ],
)
def test_every_reason_is_worded(draw, kind):
    from parcc_nlp.graph.questions.wording import reason_in_words

    graph = draw(f"d {kind} x")
    (one,) = impact(graph, "x", on="2026-11-23").affected
    assert "cần rà soát" in reason_in_words(graph, one.way)
    assert "reviewed" in reason_in_words(graph, one.way, lang="en")


def test_clauses_are_of_known_reasons_and_days():
    for row in rows("clauses.csv"):
        assert row["reason"] in {*CITING, "amends"}
        assert is_day(row["first_day"])
        assert not row["last_day"] or is_day(row["last_day"])
        assert row["evidence"]


def test_ranks_and_levels_are_what_the_code_takes_them_for():
    assert all(row["rank"].isdigit() and (row["doc_type"] or row["issuer"]) for row in rows("force.csv"))
    assert {row["level"] for row in rows("levels.csv")} <= {*get_args(Level), "city"}


@pytest.mark.parametrize("row", rows("subjects.csv"), ids=lambda row: row["words"])
def test_terms_of_indicators_are_in_lower_case_and_say_why(row):
    assert row["words"] == row["words"].casefold()
    assert row["why"]
    assert row["where"] in {"", "start"}


IN_ORDER = [
    "vn/hien-phap/quoc-hoi/2013-11-28/-",
    "vn/luat/quoc-hoi/2024-01-18/31-2024-qh15",
    "vn/phap-lenh/uy-ban-thuong-vu-quoc-hoi/-/1",
    "vn/nghi-dinh/chinh-phu/2020-04-08/45-2020-nd-cp",
    "vn/quyet-dinh/thu-tuong-chinh-phu/2021-03-22/468-qd-ttg",
    "vn/thong-tu/bo-tai-chinh/2024-01-01/1-2024-tt-btc",
    "vn/thong-tu-lien-tich/-/-/1",
    "vn/nghi-quyet/hdnd-tinh-a/-/1",
    "vn/ke-hoach/ubnd-thanh-pho-hue/-/1",
    "vn/ke-hoach/so-tu-phap/-/1",
    "vn/quyet-dinh/ubnd-huyen-a/-/1",
    "vn/nghi-quyet/hdnd-xa-a/-/1",
    "vn/quyet-dinh/chu-tich-ubnd-phuong-a/-/1",
    "vn/nghi-quyet/bo-chinh-tri/2024-12-22/57-nq-tw",
]


def test_instruments_stand_in_the_order_of_legal_force():
    ranks = [force_of(one) for one in IN_ORDER]
    assert ranks == sorted(set(ranks))


def test_a_resolution_ranks_by_who_passed_it():
    issuers = ["quoc-hoi", "uy-ban-thuong-vu-quoc-hoi", "chinh-phu", "hdnd-tinh-a"]
    assert [force_of(f"vn/nghi-quyet/{issuer}/-/1") for issuer in issuers] == [2, 3, 5, 10]


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("quoc-hoi", "central"),
        ("bo-noi-vu", "central"),
        ("ubnd-tinh-lam-dong", "province"),
        ("chu-tich-ubnd-tinh-lam-dong", "province"),
        ("ubnd-thanh-pho-da-nang", "province"),
        ("hdnd-thanh-pho-thu-duc", "district"),
        ("ubnd-quan-1", "district"),
        ("ubnd-dac-khu-phu-quoc", "commune"),
        ("ubnd-ha-noi", "province"),
        ("ubnd-o-dau", None),
        ("so-tu-phap", "province"),
        ("-", None),
    ],
)
def test_levels_of_government(issuer, level):
    assert level_of(f"vn/ke-hoach/{issuer}/2026-01-15/1-kh-ubnd") == level


@pytest.mark.parametrize("odd", ["", "a", "vn", "vn/luat", "x#dieu_5"])
def test_an_id_of_another_form_has_no_standing(odd):
    assert force_of(odd) == 99
    assert level_of(odd) is None
