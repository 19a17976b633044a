"""What one document teaches: only what its own words carry, with the clause, the sentence and how far to believe it."""

from dataclasses import replace

import pytest

from parcc_nlp.model import Citation, Effect, Extraction, Metadata, Source
from parcc_nlp.registry import Registry
from parcc_nlp.registry.claims import InstrumentClaim, LifeClaim, RelationClaim
from parcc_nlp.registry.learning import LONGEST_QUOTE, claims_of, on_the_day_that_holds, quoted, why_not
from parcc_nlp.registry.ledger import Ledger
from parcc_nlp.registry.pinpoints import parts_of

TODAY = "2026-11-23"
TEXT = (
    "Căn cứ Luật Hòa giải số 90/2030/QH20 ngày 18 tháng 6 năm 2030;\n"
    "Điều 2. Hiệu lực thi hành\n"
    "2. Bãi bỏ Thông tư số 73/2029/TT-BTC ngày 15 tháng 7 năm 2029 của Bộ trưởng Bộ Tài chính;\n"
)
METADATA = Metadata(
    doc_type="Thông tư", number="111/2031/TT-BTC", issued="2031-11-24", issuer="Bộ Tài chính", title="Quy định về A",
    effective="2032-01-10",
)  # fmt: skip
ANCHOR = "Thông tư số 73/2029/TT-BTC"
REPEAL = Effect(
    "repeals", "73/2029/TT-BTC", (), "2032-01-10", TEXT.index(ANCHOR), TEXT.index(ANCHOR) + len(ANCHOR), ANCHOR,
    doc_type="Thông tư", issued="2029-07-15", issuer="Bộ Tài chính", clause="khoản 2 Điều 2",
)  # fmt: skip


def document(*effects, relations=(), citations=(), text=TEXT, **metadata):
    return Extraction(
        text,
        Source(path="a.txt", sha256="0" * 64),
        replace(METADATA, **metadata),
        effects=effects,
        relations=tuple(relations),
        citations=tuple(citations),
    )


def learned(extraction, kind):
    return [claim for claim in claims_of(extraction, learned=TODAY) if isinstance(claim, kind)]


def cited(anchor, **fields):
    start = TEXT.index(anchor)
    return Citation(start, start + len(anchor), anchor, **fields)


LAW = cited(
    "Luật Hòa giải số 90/2030/QH20", doc_type="Luật", number="90/2030/QH20", name="Luật Hòa giải", issued="2030-06-18",
    issuer="Quốc hội", relation="basis",
)  # fmt: skip


def test_a_document_teaches_who_it_is_and_since_when_it_applies():
    own, days = learned(document(), InstrumentClaim)
    assert (own.instrument.number, own.instrument.issued, own.title) == (
        "111/2031/TT-BTC", "2031-11-24", "Quy định về A",
    )  # fmt: skip
    assert own.confidence == "verified"
    assert (days.instrument, days.effective, days.expires) == (own.instrument, "2032-01-10", None)
    assert (own.provenance.kind, own.provenance.name, own.provenance.digest) == ("text", "111/2031/TT-BTC", "0" * 64)


def test_its_last_day_of_effect_is_not_yet_the_first_without():
    _, days = learned(document(expires="2035-12-31"), InstrumentClaim)
    assert days.expires == "2036-01-01"


def test_a_day_that_was_moved_since_is_not_taken_from_the_text():
    # The Criminal Code of 2015 says that it takes effect on 2016-07-01; it was moved to 2018-01-01.
    code = document(
        doc_type="Bộ luật", number="100/2015/QH13", issued="2015-11-27", issuer="Quốc hội", effective="2016-07-01"
    )
    (days,) = [one for one in learned(code, InstrumentClaim) if one.effective]
    assert days.confidence == "partial"


@pytest.mark.parametrize(
    ("doc_type", "printed", "title", "confidence"),
    [
        ("Thông tư", "Quy định về A", "Quy định về A", "verified"),
        ("Thông tư", "QUY ĐỊNH VỀ VIỆT NAM", "Quy định về việt nam", "partial"),
        ("Luật", "Đầu tư công", "Luật Đầu tư công", "verified"),
        ("Luật", "ĐẦU TƯ CÔNG", "Luật Đầu tư công", "partial"),
        ("Luật", "Luật ĐẦU TƯ CÔNG", "Luật Đầu tư công", "partial"),
    ],
)
def test_a_title_is_learned_as_it_is_cited(doc_type, printed, title, confidence):
    (claim,) = [one for one in learned(document(doc_type=doc_type, title=printed), InstrumentClaim) if one.title]
    assert (claim.title, claim.confidence) == (title, confidence)


def test_a_clause_that_names_a_number_is_verified_and_quoted():
    (repeal,) = learned(document(REPEAL), RelationClaim)
    assert (repeal.kind, repeal.target.number, repeal.effective) == ("repeals", "73/2029/TT-BTC", "2032-01-10")
    assert (repeal.clause, repeal.confidence) == ("khoản 2 Điều 2", "verified")
    assert repeal.quote == ("2. Bãi bỏ Thông tư số 73/2029/TT-BTC ngày 15 tháng 7 năm 2029 của Bộ trưởng Bộ Tài chính")
    assert repeal.provenance.place == "khoản 2 Điều 2"


def test_what_only_the_title_says_is_partial():
    (amendment,) = learned(document(replace(REPEAL, relation="amends", basis="title")), RelationClaim)
    assert amendment.confidence == "partial"


def test_a_target_without_a_number_is_partial_and_named():
    (repeal,) = learned(document(replace(REPEAL, target="Luật Hòa giải", doc_type="Luật")), RelationClaim)
    assert (repeal.target.number, repeal.target.name, repeal.confidence) == (None, "Luật Hòa giải", "partial")
    assert repeal.target.signed == METADATA.issued


@pytest.mark.parametrize("change", [{"parts": parts_of("khoản 2 Điều 5")}, {"content": "các quy định về bưu chính"}])
@pytest.mark.parametrize("relation", ["repeals", "replaces"])
def test_an_end_of_a_part_never_ends_the_whole(relation, change):
    (claim,) = learned(document(replace(REPEAL, relation=relation, **change)), RelationClaim)
    assert claim.kind == "partially_repeals"


def test_a_part_that_is_only_described_stands_with_the_clause():
    (claim,) = learned(document(replace(REPEAL, content="các quy định về bưu chính")), RelationClaim)
    assert claim.clause == "khoản 2 Điều 2 (phần: các quy định về bưu chính)"


def test_what_is_kept_back_is_kept():
    (claim,) = learned(document(replace(REPEAL, exception="trừ Điều 5")), RelationClaim)
    assert claim.exception == "trừ Điều 5"


@pytest.mark.parametrize("change", [{"parts": parts_of("Điều 5")}, {"expires": "2033-01-01"}])
def test_a_suspension_of_a_part_or_for_a_time_is_only_a_lead(change):
    (claim,) = learned(document(replace(REPEAL, relation="suspends", **change)), RelationClaim)
    assert claim.confidence == "unverified"


def test_a_part_that_goes_on_says_nothing_of_the_whole():
    going_on = replace(REPEAL, relation="continues", parts=parts_of("Điều 5"))
    assert learned(document(relations=[going_on]), RelationClaim) == []


@pytest.mark.parametrize(("words", "confidence"), [("Luật 90/2030/QH20", "verified"), ("Luật Hòa giải", "partial")])
def test_a_law_guided_under_its_name_alone_is_only_partly_known(words, confidence):
    guided = replace(REPEAL, relation="guides", target="90/2030/QH20", doc_type="Luật", text=words)
    (claim,) = learned(document(relations=[guided]), RelationClaim)
    assert claim.confidence == confidence


def test_another_document_of_the_same_number_is_not_the_document_itself():
    other = replace(REPEAL, target="20/2026/QH16", doc_type="Nghị quyết", issued="2026-06-01")
    (claim,) = learned(document(other, doc_type="Luật", number="20/2026/QH16", issuer="Quốc hội"), RelationClaim)
    assert claim.target.doc_type == "Nghị quyết"


def test_a_document_does_nothing_to_itself():
    own = replace(REPEAL, target=METADATA.number, doc_type="Thông tư", issued=METADATA.issued)
    assert learned(document(own), RelationClaim) == []


def test_a_basis_was_in_force_on_the_day_of_signing():
    (life,) = learned(document(citations=[LAW]), LifeClaim)
    assert (life.instrument.number, life.date, life.kind) == ("90/2030/QH20", "2031-11-24", "basis")
    assert life.provenance.kind == "citation"


def test_an_instrument_cited_in_full_is_identified_but_only_partly_believed():
    *_, law = learned(document(citations=[replace(LAW, relation="cites")]), InstrumentClaim)
    assert (law.instrument.number, law.title, law.confidence) == ("90/2030/QH20", "Luật Hòa giải", "partial")
    assert law.provenance.kind == "citation"


@pytest.mark.parametrize("change", [{"issued": None}, {"issuer": None}, {"doc_type": None}, {"number": None}])
def test_what_is_cited_in_part_identifies_nobody(change):
    claims = learned(document(citations=[replace(LAW, **change)]), InstrumentClaim)
    assert {claim.instrument.number for claim in claims} == {METADATA.number}


@pytest.mark.parametrize(
    ("metadata", "code"),
    [
        ({"number": None}, "E250"),
        ({"number": ".../2031/TT-BTC"}, "E251"),
        ({"issued": "2031-11"}, "E251"),
        ({"number": "262/QĐ-BTC", "doc_type": "Quyết định", "issued": None}, "E252"),
        ({"number": "12/2031/QĐ-UBND", "doc_type": "Quyết định", "issuer": None}, "E253"),
    ],
)
def test_what_has_no_identity_teaches_nothing_and_the_reason_is_told(metadata, code):
    extraction = document(REPEAL, citations=[LAW], **metadata)
    assert why_not(extraction).code == code
    assert claims_of(extraction, learned=TODAY) == ()


@pytest.mark.parametrize("number", ["111/2031/TT-BTC", "90/2024/QH15"])
def test_a_number_with_its_year_needs_no_signing_date_but_proves_no_basis(number):
    extraction = document(REPEAL, citations=[LAW], number=number, issued=None)
    assert why_not(extraction) is None
    assert learned(extraction, LifeClaim) == []
    assert [claim.kind for claim in learned(extraction, RelationClaim)] == ["repeals"]


def test_a_consolidated_text_teaches_what_it_consolidates_and_nothing_of_its_own():
    base = replace(REPEAL, relation="consolidates", clause=None)
    change = replace(base, target="40/2030/TT-BTC", issued="2030-05-05", effective="2030-07-01", start=REPEAL.start + 1)
    shown = document(
        relations=[base, change], citations=[LAW], doc_type="Văn bản hợp nhất", number="18/VBHN-BTC", effective=None
    )
    claims = learned(shown, RelationClaim)
    assert claims[0].effective is None
    assert [(claim.source.number, claim.kind, claim.target.number) for claim in claims] == [
        ("18/VBHN-BTC", "consolidates", "73/2029/TT-BTC"),
        ("40/2030/TT-BTC", "amends", "73/2029/TT-BTC"),
    ]
    assert learned(shown, LifeClaim) == []
    dated = learned(shown, InstrumentClaim)
    assert [(claim.instrument.number, claim.effective, claim.provenance.kind) for claim in dated] == [
        ("73/2029/TT-BTC", "2032-01-10", "citation"),
        ("40/2030/TT-BTC", "2030-07-01", "citation"),
    ]
    assert "18/VBHN-BTC" not in {claim.instrument.number for claim in learned(shown, InstrumentClaim)}


def test_a_body_named_without_its_place_is_the_documents_own():
    local = replace(REPEAL, target="5/2029/QĐ-UBND", doc_type="Quyết định", issuer="UBND tỉnh")
    me = {"number": "12/2031/QĐ-UBND", "doc_type": "Quyết định", "issuer": "UBND tỉnh Lâm Đồng"}
    (claim,) = learned(document(local, **me), RelationClaim)
    assert claim.target.issuer == "UBND tỉnh Lâm Đồng"


def test_the_head_through_whom_a_body_acts_is_the_body():
    bank = cited(
        ANCHOR, doc_type="Thông tư", number="39/2029/TT-NHNN", issued="2029-12-30",
        issuer="Thống đốc Ngân hàng Nhà nước", relation="cites",
    )  # fmt: skip
    *_, claim = learned(document(citations=[bank]), InstrumentClaim)
    assert claim.instrument.issuer == "Ngân hàng Nhà nước Việt Nam"


def test_what_a_law_ends_when_it_takes_effect_follows_the_day_it_really_does():
    land = {"doc_type": "Luật", "number": "31/2024/QH15", "issued": "2024-01-18", "issuer": "Quốc hội"}
    ending = replace(REPEAL, target="45/2013/QH13", doc_type="Luật", issued=None, issuer=None, effective="2025-01-01")
    later = replace(ending, target="21/2017/QH14", effective="2026-01-01")
    claims = claims_of(document(ending, later, effective="2025-01-01", **land), learned=TODAY)
    moved = on_the_day_that_holds(claims, Registry.shipped())
    assert [claim.effective for claim in moved if isinstance(claim, RelationClaim)] == ["2024-08-01", "2026-01-01"]


def test_a_day_nobody_moved_stays():
    claims = claims_of(document(REPEAL), learned=TODAY)
    assert on_the_day_that_holds(claims, Registry.shipped()) == claims


def test_a_long_sentence_is_cut_around_what_it_names():
    start = 900
    text = "x " * 450 + ANCHOR + " y" * 450
    quote = quoted(text, start, start + len(ANCHOR))
    assert ANCHOR in quote
    assert len(quote) <= LONGEST_QUOTE + 60
    assert quote.startswith("… ")
    assert quote.endswith(" …")


def test_the_same_extraction_gives_the_same_claims():
    extraction = document(REPEAL, citations=[LAW])
    assert claims_of(extraction, learned=TODAY) == claims_of(extraction, learned=TODAY)


def test_what_is_learned_is_answered_and_learning_it_again_adds_nothing(tmp_path):
    claims = claims_of(document(REPEAL, citations=[LAW]), learned=TODAY)
    with Ledger.open(tmp_path / "registry.sqlite", base=Registry.shipped()) as ledger:
        first, second = ledger.take(claims), ledger.take(claims)
        status = ledger.registry.status("73/2029/TT-BTC", on="2032-02-01")
    assert first.relations_added == 1
    assert (second.instruments_added, second.fields_added, second.relations_added, second.lives_added) == ((), 0, 0, 0)
    assert (status.status, status.since) == ("expired", "2032-01-10")


def test_a_copy_with_the_number_of_a_law_that_calls_itself_a_decree_teaches_nothing():
    text = (
        "Nghị định này quy định việc cấp phép. Nghị định này có hiệu lực từ ngày ký. Theo Nghị định này, phí được nộp."
    )
    metadata = Metadata(doc_type="Luật", number="09/2022/QH15", issued="2022-11-09", issuer="Quốc hội")
    extraction = Extraction(text, metadata=metadata)
    assert why_not(extraction).code == "E254"
    assert claims_of(extraction, learned=TODAY) == ()
