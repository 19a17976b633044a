"""Rules of other packages: found by entry point, run like ours, and never missing in silence."""

import sys
from dataclasses import replace
from importlib.metadata import EntryPoint
from types import ModuleType

import pytest

from parcc_nlp.errors import UsageError
from parcc_nlp.review import Flag, phrase, review, rule, rules
from parcc_nlp.review.plugins import GROUP, rules_of

BOTH = {"vi": "Có chữ nháp", "en": "The word draft"}
EXAMPLE = {"signed": "2026-01-15", "text": "Bản nháp"}
TEXTS = {
    "TP901": {
        "severity": "info",
        "name": BOTH,
        "about": BOTH,
        "reasons": [BOTH],
        "messages": {"draft": {"vi": "“{word}” còn trong văn bản.", "en": "“{word}” still stands in the text."}},
        "fires": EXAMPLE,
        "silent": EXAMPLE,
    }
}


@rule("TP901", texts=TEXTS)
def tp901(context):
    at = context.extraction.text.find("nháp")
    if at >= 0:
        yield Flag(at, at + 4, phrase("draft", word="nháp"), "nháp")


@pytest.fixture
def package():
    """Give entry points into a module made for the test."""
    module = ModuleType("a_package_of_rules")
    module.one, module.several, module.nothing = tp901, [tp901, replace(tp901, code="TP902")], "TP901"
    module.ours = replace(tp901, code="VB101")
    sys.modules[module.__name__] = module
    yield lambda name: EntryPoint(name, f"a_package_of_rules:{name}", GROUP)
    del sys.modules[module.__name__]


def test_an_entry_point_gives_one_rule_or_several(package):
    assert rules_of([package("one")]) == (tp901,)
    assert [one.code for one in rules_of([package("several")])] == ["TP901", "TP902"]


@pytest.mark.parametrize("name", ["nothing", "absent", "ours"])
def test_what_is_no_rule_or_takes_a_code_of_ours_is_an_error_that_names_it(package, name):
    with pytest.raises(UsageError, match="E340") as caught:
        rules_of([package(name)])
    assert name in str(caught.value)


def test_an_added_rule_runs_like_ours(package, monkeypatch, document):
    from parcc_nlp.review import plugins

    monkeypatch.setattr(plugins, "added_rules", lambda: (tp901,))
    assert tp901 in rules()
    (finding,) = review(document("Bản nháp."), select=("TP",)).findings
    assert (finding.rule, finding.text, finding.message) == ("TP901", "nháp", "“nháp” còn trong văn bản.")
