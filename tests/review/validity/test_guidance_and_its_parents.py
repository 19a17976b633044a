"""VB110 with registries told by hand: regimes, provisions, what lets guidance go on; and parents read from titles."""

from dataclasses import replace

import pytest

from parcc_nlp.model import (
    Citation,
    Extraction,
    Instrument,
    Metadata,
    Pinpoint,
    Proof,
    ProvisionStatus,
    Relation,
    Status,
)
from parcc_nlp.registry import Registry
from parcc_nlp.review import review
from parcc_nlp.review.checks.validity.guidance import parents_in_title
from parcc_nlp.review.context import RuleContext

LAW = Instrument("luat", "10/2010/QH12", "Luật", "Luật Thử nghiệm", "Quốc hội", "2010-06-01", "2011-01-01")
LAW_NOW = Instrument("luat-moi", "10/2026/QH16", "Luật", "Luật Thử nghiệm", "Quốc hội", "2024-06-01", "2024-07-01")
OTHER = Instrument("luat-khac", "11/2010/QH12", "Luật", "Luật Khác", "Quốc hội", "2010-06-01", "2011-01-01")
DECREE = Instrument("nghi-dinh", "20/2011/NĐ-CP", "Nghị định", None, "Chính phủ", "2011-03-01", "2011-04-15")
QUOTE = "Nghị định số 20/2011/NĐ-CP"


class Told:
    """A registry that knows a law with its day of end, a decree, and what is told of the decree."""

    version = "thử nghiệm"

    def __init__(self, ended, *, does=(), done=(), status="not_known", parts=None):
        self.ended, self.does, self.done, self.own, self.parts = ended, does, done, status, parts or {}

    def get(self, name):
        return {one.id: one for one in (LAW, LAW_NOW, OTHER, DECREE)}.get(name)

    def find(self, number):
        return tuple(one for one in (LAW, LAW_NOW, OTHER, DECREE) if one.number == number)

    def laws_named(self, name):
        return tuple(one for one in (LAW, LAW_NOW, OTHER) if one.title == name)

    def resolve_all(self, extraction):
        return replace(
            extraction, citations=tuple(replace(one, instrument="nghi-dinh") for one in extraction.citations)
        )

    def status(self, name, *, on):
        one, ended = self.get(name), name == "luat" and self.ended is not None and self.ended <= on
        kind = "expired" if ended else self.own if name == "nghi-dinh" else "in_force"
        proof = (Proof("replaces", "luat-moi", "Điều 9", self.ended, "thử", "verified"),) if ended else ()
        return Status(
            one.number, one.doc_type, one.issuer, one.issued, one.title, on, kind, "stated",
            since=self.ended if ended else None, proof=proof,
        )  # fmt: skip

    def provision_status(self, name, provision, *, on):
        since = self.parts.get(provision.dieu)
        kind = "expired" if since and since <= on else "in_force"
        return ProvisionStatus(name, provision, on, kind, "stated", since=since if kind == "expired" else None)

    def successors(self, name, *, on):
        return (LAW_NOW,) if self.status(name, on=on).status == "expired" else ()

    def amendments(self, name, *, on):
        return ()

    def relations_of(self, name):
        return self.does if name == "nghi-dinh" else ()

    def history(self, name):
        return self.done if name == "nghi-dinh" else ()


GUIDES = Relation("nghi-dinh", "guides", "luat")


def said(registry, *, on="2026-11-23", relation="cites"):
    citation = Citation(0, len(QUOTE), QUOTE, "Nghị định", "20/2011/NĐ-CP", relation=relation)
    document = Extraction(QUOTE, metadata=Metadata("Quyết định", "1/QĐ-UBND", on), citations=(citation,))
    return review(document, as_of=on, registry=registry, select=["VB110"]).findings


@pytest.mark.parametrize(
    ("ended", "severity", "words"),
    [
        ("2016-06-30", None, None),
        ("2016-07-01", "warning", "khoản 4 Điều 154"),
        ("2025-03-31", "warning", "khoản 4 Điều 154"),
        ("2025-04-01", "info", "tiếp tục có hiệu lực nếu không trái"),
        ("2025-06-30", "info", "tiếp tục có hiệu lực nếu không trái"),
        ("2025-07-01", "warning", "87/2025/QH15"),
    ],
)
def test_the_rule_is_that_of_the_day_the_parent_ended(ended, severity, words):
    found = said(Told(ended, does=(GUIDES,)))
    assert [finding.severity for finding in found] == ([severity] if severity else [])
    assert all(words in finding.message and finding.kind == "review" for finding in found)


def test_nothing_is_said_while_the_parent_stands_or_where_no_parent_is_known():
    assert not said(Told(None, does=(GUIDES,)))
    assert not said(Told("2026-01-01", does=(GUIDES,)), on="2025-12-31")
    assert not said(Told("2026-01-01"))


@pytest.mark.parametrize(
    "relation",
    [
        Relation("x", "continues", "nghi-dinh", "2026-01-01"),
        Relation("x", "extends", "nghi-dinh", "2026-01-01"),
        Relation("x", "amends", "nghi-dinh", "2026-06-01"),
    ],
    ids=["told to continue", "prolonged", "amended after the end"],
)
def test_what_its_issuer_keeps_is_left_alone(relation):
    assert not said(Told("2026-01-01", does=(GUIDES,), done=(relation,)))


@pytest.mark.parametrize(
    "relation",
    [
        Relation("x", "continues", "nghi-dinh", "2027-01-01"),
        Relation("x", "continues", "nghi-dinh", "2026-01-01", parts=(Pinpoint(dieu="5"),)),
        Relation("x", "continues", "nghi-dinh", "2026-01-01", confidence="unverified"),
        Relation("x", "amends", "nghi-dinh", "2020-06-01"),
    ],
    ids=["not yet", "in part", "unverified", "amended before"],
)
def test_what_keeps_it_later_in_part_or_by_hearsay_does_not_count(relation):
    assert said(Told("2026-01-01", does=(GUIDES,), done=(relation,)))


@pytest.mark.parametrize("status", ["expired", "suspended", "not_yet", "in_force"])
def test_the_registrys_own_verdict_on_the_guidance_goes_first(status):
    assert not said(Told("2026-01-01", does=(GUIDES,), status=status))


@pytest.mark.parametrize("relation", ["replaces", "repeals"])
def test_what_the_document_itself_ends_is_left_alone(relation):
    assert not said(Told("2026-01-01", does=(GUIDES,)), relation=relation)


def test_guidance_of_one_provision_falls_with_that_provision_only():
    guides = replace(GUIDES, parts=(Pinpoint(dieu="5"),))
    assert not said(Told(None, does=(guides,), parts={"6": "2026-01-01"}))
    (finding,) = said(Told(None, does=(guides,), parts={"5": "2026-01-01"}))
    assert "Điều 5" in finding.message
    both = replace(GUIDES, parts=(Pinpoint(dieu="5"), Pinpoint(dieu="6")))
    assert not said(Told(None, does=(both,), parts={"5": "2026-01-01"}))


def test_guidance_of_several_laws_of_which_one_stands_is_only_told():
    (finding,) = said(Told("2026-01-01", does=(GUIDES, replace(GUIDES, target="luat-khac"))))
    assert finding.severity == "info"
    assert "Luật Khác" in finding.message


def test_an_unverified_relation_makes_no_parent():
    assert not said(Told("2026-01-01", does=(replace(GUIDES, confidence="unverified"),)))


def test_a_registry_that_knows_no_relations_is_not_asked(registry, document):
    cited = ("Nghị định số 130/2005/NĐ-CP", {"doc_type": "Nghị định", "number": "130/2005/NĐ-CP"})
    assert not review(document(cited[0], citations=[cited]), registry=registry, select=["VB110"]).findings


@pytest.mark.parametrize(
    ("number", "parents"),
    [
        ("31/2021/NĐ-CP", ["61/2020/QH14"]),
        ("84/2020/NĐ-CP", ["43/2019/QH14"]),
        ("55/2020/NĐ-CP", ["41/2019/QH14"]),
        ("22/2010/TT-BTC", ["100/2009/NĐ-CP"]),
        ("04/2020/TT-BTP", ["60/2014/QH13", "123/2015/NĐ-CP"]),
        ("342/2016/TT-BTC", ["163/2016/NĐ-CP"]),
        ("100/2016/NĐ-CP", []),
        ("30/2020/NĐ-CP", []),
        ("61/2020/QH14", []),
    ],
)
def test_parents_are_read_from_the_titles_the_registry_has(number, parents):
    registry = Registry.shipped()
    (guiding,) = registry.find(number)
    context = RuleContext(Extraction(""), registry=registry, as_of="2026-11-23")
    assert [one.number for one in parents_in_title(guiding.title or "", guiding, context)] == parents


def test_the_parent_is_the_law_of_that_name_on_the_day_of_signing():
    context = RuleContext(Extraction(""), registry=Told(None), as_of="2026-11-23")
    title = "Quy định chi tiết một số điều của Luật Thử nghiệm"
    assert parents_in_title(title, DECREE, context) == (LAW,)
    assert parents_in_title(title, replace(DECREE, issued="2025-01-01"), context) == (LAW_NOW,)
    assert parents_in_title(title, replace(DECREE, issued=None, number="20/NĐ-CP"), context) == ()
