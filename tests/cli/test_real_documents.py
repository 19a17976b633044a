"""The main job on a real plan: what held when it was signed, and what must be looked at today."""

import json

import pytest

pytestmark = pytest.mark.shared

SIGNED, TODAY = "2023-12-22", "2026-11-23"


@pytest.fixture(scope="module")
def plan(shared_dir):
    return shared_dir / "eval" / "texts" / "qd-3044-qd-ubnd-tt-hue.txt"


def findings(parcc, plan, as_of):
    done = parcc("check", plan, "--as-of", as_of, "--format", "json")
    return json.loads(done.stdout)["findings"]


def test_signing_is_the_day_the_decision_was_signed(parcc, plan):
    assert json.loads(parcc("check", plan, "--format", "json").stdout)["as_of"] == SIGNED


def test_nothing_is_called_expired_at_signing(parcc, plan):
    assert [one["text"] for one in findings(parcc, plan, "signing") if one["rule"] in {"VB101", "VB102"}] == []


@pytest.mark.parametrize(
    ("number", "replaced_by"), [("130/2005/NĐ-CP", "75/2026/NĐ-CP"), ("117/2013/NĐ-CP", "75/2026/NĐ-CP")]
)
def test_what_was_replaced_since_is_flagged_today_with_instrument_and_clause(parcc, plan, number, replaced_by):
    told = [one for one in findings(parcc, plan, TODAY) if one["rule"] == "VB102" and number in one["message"]]
    assert told
    assert {evidence["source"] for one in told for evidence in one["evidence"]} == {replaced_by}
    assert all(evidence["clause"] for one in told for evidence in one["evidence"])


def test_every_finding_quotes_the_text(parcc, plan):
    text = plan.read_text(encoding="utf-8")
    assert [one for one in findings(parcc, plan, TODAY) if text[one["start"] : one["end"]] != one["text"]] == []


def test_the_html_page_holds_the_whole_text(parcc, plan):
    from lxml import html

    page = html.document_fromstring(parcc("check", plan, "--as-of", TODAY, "--format", "html").stdout)
    assert page.xpath("//div[@class='document']")[0].text_content() == plan.read_text(encoding="utf-8")


def test_every_real_text_is_examined(parcc, shared_dir):
    done = parcc("check", shared_dir / "eval" / "texts", "--as-of", TODAY, "--format", "jsonl")
    assert {json.loads(line)["schema"] for line in done.stdout.splitlines()} == {"parcc-review/1"}
    assert done.stderr == ""
