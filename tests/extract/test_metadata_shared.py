"""The fields, structure and short names of real documents, where the shared material is at hand."""

import json
from importlib import import_module

import pytest
from rapidfuzz import fuzz

from parcc_nlp.extract.aliases import find_aliases
from parcc_nlp.extract.letterhead import portal_box
from parcc_nlp.extract.metadata import find_metadata
from parcc_nlp.extract.structure import find_structure
from parcc_nlp.extract.zones import find_zones
from parcc_nlp.text.dates import date_at
from parcc_nlp.text.normalise import normalise

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def gold(shared_dir):
    """Every gold document: its name, metadata and text."""
    found = []
    for folder in (shared_dir / "eval", shared_dir / "eval" / "effects"):
        for path in sorted((folder / "gold").glob("*.json")):
            entry = json.loads(path.read_text(encoding="utf-8"))
            text = (folder / entry["text"]).read_text(encoding="utf-8")
            found.append((path.stem, entry["metadata"], find_metadata(normalise(text))))
    return found


@pytest.fixture(scope="module")
def plans(shared_dir):
    paths = sorted((shared_dir / "documents" / "plans").glob("*.txt"))
    return {path.stem: normalise(path.read_text(encoding="utf-8")) for path in paths}


def full_names(issuer):
    return (issuer or "").lower().replace("ubnd", "ủy ban nhân dân").replace("hđnd", "hội đồng nhân dân")


@pytest.mark.parametrize("field", ["doc_type", "number", "issued", "effective", "signer", "attached_type"])
def test_a_field_of_every_gold_document_is_right(gold, field):
    assert {name: getattr(found, field) for name, wanted, found in gold if field in wanted} == {
        name: wanted[field] for name, wanted, _ in gold if field in wanted
    }


def test_the_issuer_of_every_gold_document_is_right(gold):
    assert {name: full_names(found.issuer) for name, _, found in gold} == {
        name: full_names(wanted["issuer"]) for name, wanted, _ in gold
    }


def test_the_title_of_every_gold_document_is_right(gold):
    for name, wanted, found in gold:
        assert fuzz.ratio(wanted["title"].lower(), (found.title or "").lower()) > 97, name


@pytest.mark.parametrize(
    ("field", "share"),
    [
        ("doc_type", 1),
        ("number", 1),
        ("issued", 1),
        ("issuer", 1),
        ("place", 0.99),
        ("title", 0.99),
        ("signer", 0.99),
        ("recipients", 0.95),
    ],
)
def test_a_field_is_found_in_real_plans_and_decisions(plans, field, share):
    missing = [name for name, source in plans.items() if not getattr(find_metadata(source), field)]
    assert len(missing) <= (1 - share) * len(plans), missing


def test_what_is_read_agrees_with_the_box_of_the_portal(plans, monkeypatch):
    boxes = {name: portal_box(find_zones(source.text)) for name, source in plans.items()}
    monkeypatch.setattr(import_module("parcc_nlp.extract.metadata"), "portal_box", no_box)
    for name, box in boxes.items():
        if box:
            found = find_metadata(plans[name])
            dated = date_at(box["issued"], 0)
            assert (found.number, found.issued, found.signer) == (box["number"], dated.iso, box["signer"]), name


def no_box(zones):
    return {}


def test_the_structure_of_real_documents_nests(plans):
    for name, source in plans.items():
        sections = {section.eid: section for section in find_structure(source)}
        for section in sections.values():
            assert 0 <= section.start < section.end <= len(source.original), name
            if section.parent:
                parent = sections[section.parent]
                assert parent.start <= section.start, name
                assert section.end <= parent.end, name


def test_the_articles_of_a_code_are_numbered_without_a_gap(shared_dir):
    text = (shared_dir / "documents" / "statutes" / "vbpl_91-2015-qh13.txt").read_text(encoding="utf-8")
    articles = [section.label for section in find_structure(normalise(text)) if section.kind == "dieu"]
    assert articles == [str(number) for number in range(1, 690)]


def test_the_place_of_a_short_name_in_real_documents_is_that_name(plans):
    for name, source in plans.items():
        for alias in find_aliases(source):
            assert normalise(source.original[alias.start : alias.end]).text == alias.short, name
