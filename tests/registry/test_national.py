"""Documents of the national database: what its numbers mean is evidenced, and what is not settled is refused."""

import csv
import json
from importlib import resources
from typing import get_args

import pytest

from parcc_nlp.model import RelationKind
from parcc_nlp.registry.claims import InstrumentClaim, LifeClaim, RelationClaim
from parcc_nlp.registry.identity import slug
from parcc_nlp.registry.importing import read_source
from parcc_nlp.registry.labels import relation_by_code, relation_by_label
from parcc_nlp.registry.national import is_national, read_national
from parcc_nlp.registry.pinpoints import parts_of
from parcc_nlp.registry.sources import Origin

ORIGIN = Origin("vbpl.json", learned="2026-11-23")
DECREE = {
    "docNum": "70/2025/NĐ-CP",
    "docType": {"name": "Nghị định"},
    "agencyName": "Chính phủ",
    "docAbs": "Sửa đổi, bổ sung một số điều về hóa đơn, chứng từ",
    "issueDate": "2025-03-20T00:00:00",
    "effFrom": "2025-06-01T00:00:00",
    "effTo": None,
    "effStatus": {"code": "CHL", "name": "Còn hiệu lực"},
}
OTHER = {"docNum": "123/2020/NĐ-CP", "docType": "Nghị định", "issueDate": "2020-10-19", "effFrom": "2022-07-01"}


def data(name):
    with (resources.files("parcc_nlp.registry") / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def record(*references, **values):
    listed = [{"referenceType": code, "targetDocument": target} for code, target in references]
    return {**DECREE, "references": listed, **values}


def of(record, kind, **origin):
    origin = Origin("vbpl.json", learned="2026-11-23", **origin)
    return [claim for claim in read_national([record], origin).claims if isinstance(claim, kind)]


def codes(errors):
    return [error.code for error in errors]


def test_identity_and_dates_are_taken():
    (claim,) = of(record(), InstrumentClaim)
    me = claim.instrument
    assert (me.number, me.doc_type, me.issuer, me.issued) == ("70/2025/NĐ-CP", "Nghị định", "Chính phủ", "2025-03-20")
    assert (claim.title, claim.effective, claim.expires) == (DECREE["docAbs"], "2025-06-01", None)


def test_the_place_of_a_claim_says_which_record_of_which_file():
    (claim,) = of(record(), InstrumentClaim)
    assert (claim.provenance.kind, claim.provenance.name, claim.provenance.place) == (
        "table", "vbpl.json", "#1 70/2025/NĐ-CP",
    )  # fmt: skip


def test_a_day_of_expiry_is_believed_only_of_what_has_expired():
    ended = {"code": "HHL", "name": "Hết hiệu lực toàn bộ"}
    assert of(record(effTo="2026-01-01"), InstrumentClaim)[0].expires is None
    assert of(record(effTo="2026-01-01", effStatus=ended), InstrumentClaim)[0].expires == "2026-01-01"


def test_in_force_proves_something_only_on_the_day_the_database_was_asked():
    assert of(record(), LifeClaim) == []
    assert "E240" in codes(read_national([record()], ORIGIN).notes)
    (life,) = of(record(), LifeClaim, stated="2026-11-01")
    assert (life.date, life.kind) == ("2026-11-01", "statement")


def test_a_status_nobody_knows_is_refused():
    reading = read_national([record(effStatus={"code": "XYZ", "name": "Lạ"})], ORIGIN)
    assert (codes(reading.refused), reading.claims) == (["E226"], ())


def test_an_amendment_takes_effect_with_the_amending_text():
    (claim,) = of(record((10, OTHER)), RelationClaim)
    assert (claim.source.number, claim.kind, claim.target.number) == ("70/2025/NĐ-CP", "amends", "123/2020/NĐ-CP")
    assert (claim.effective, claim.confidence) == ("2025-06-01", "verified")


@pytest.mark.parametrize("code", [1, 12])
@pytest.mark.parametrize(
    ("ended", "confidence"),
    [
        (None, "partial"),
        ("2025-06-01", "verified"),
        # The database writes now the first day without validity, now the last day with it.
        ("2025-05-31", "verified"),
        ("2024-06-01", "partial"),
    ],
)
def test_that_a_whole_text_ended_is_believed_only_where_its_own_end_agrees(code, ended, confidence):
    (claim,) = of(record((code, {**OTHER, "effTo": ended})), RelationClaim)
    assert claim.confidence == confidence


def test_a_basis_was_in_force_on_the_day_of_signing():
    (life,) = of(record((3, OTHER)), LifeClaim)
    assert (life.instrument.number, life.date, life.kind) == ("123/2020/NĐ-CP", "2025-03-20", "basis")


@pytest.mark.parametrize("code", [2, 5, 8, 11, 13, 15])
def test_a_disputed_code_is_refused_and_named(code):
    reading = read_national([record((code, OTHER))], ORIGIN)
    assert codes(reading.refused) == ["E228"]
    told = reading.refused[0].message(lang="vi")
    assert told.startswith("vbpl.json, #1 70/2025/NĐ-CP: ")
    assert not any(isinstance(claim, RelationClaim) for claim in reading.claims)


def test_an_unknown_code_is_refused_and_the_rest_goes_on():
    reading = read_national([record((99, OTHER), (10, OTHER))], ORIGIN)
    assert codes(reading.refused) == ["E227"]
    assert [claim.kind for claim in reading.claims if isinstance(claim, RelationClaim)] == ["amends"]


def test_a_reference_without_bearing_on_validity_is_no_relation():
    assert of(record((4, OTHER)), RelationClaim) == []


def test_the_diagram_tells_both_directions():
    later = {"name": "Nghị định số 5/2026/NĐ-CP ngày 10/01/2026 của Chính phủ", "effFrom": "2026-03-01"}
    shown = record(documentNamesByType={"10": [OTHER]}, documentNamesBySource={"10": [later]})
    claims = of(shown, RelationClaim)
    assert [(claim.source.number, claim.target.number, claim.effective) for claim in claims] == [
        ("70/2025/NĐ-CP", "123/2020/NĐ-CP", "2025-06-01"),
        ("5/2026/NĐ-CP", "70/2025/NĐ-CP", "2026-03-01"),
    ]


def test_the_same_relation_in_reference_and_diagram_is_one():
    assert len(of(record((10, OTHER), documentNamesByType={"10": [OTHER]}), RelationClaim)) == 1


def test_nothing_acts_on_what_is_signed_later():
    later = {"docNum": "5/2026/NĐ-CP", "docType": "Nghị định", "issueDate": "2026-01-10"}
    assert codes(read_national([record((10, later))], ORIGIN).refused) == ["E229"]


def test_a_document_listed_without_a_number_is_refused():
    assert codes(read_national([record((10, {"name": "một văn bản nào đó"}))], ORIGIN).refused) == ["E248"]


def test_a_record_without_a_number_of_a_document_is_refused():
    reading = read_national([record(docNum="không số"), record()], ORIGIN)
    assert (reading.rows, codes(reading.refused), len(reading.claims)) == (2, ["E237"], 1)


def test_an_end_before_the_beginning_is_refused():
    ended = {"code": "HHL"}
    assert codes(read_national([record(effTo="2025-01-01", effStatus=ended)], ORIGIN).refused) == ["E236"]


def test_a_consolidated_text_teaches_only_what_it_consolidates():
    shown = record((7, OTHER), (10, OTHER), docNum="18/VBHN-BTC", docType="Văn bản hợp nhất", agencyName="Bộ Tài chính")
    claims = read_national([shown], ORIGIN).claims
    assert [claim.kind for claim in claims] == ["consolidates"]


def test_lines_of_a_history_are_read_where_they_are_in_words():
    lines = [
        {"Ngày": "01/06/2025", "Trạng thái": "Văn bản có hiệu lực", "Văn bản nguồn": "", "Phần hết hiệu lực": ""},
        {
            "Ngày": "01/03/2026",
            "Trạng thái": "Bị bãi bỏ 1 phần",
            "Văn bản nguồn": "5/2026/NĐ-CP",
            "Phần hết hiệu lực": "Khoản 2 Điều 1",
        },
        {"Ngày": "02/03/2026", "Trạng thái": "Điều chưa ai biết", "Văn bản nguồn": "", "Phần hết hiệu lực": ""},
    ]
    reading = read_national([record(history=lines)], ORIGIN)
    (relation,) = [claim for claim in reading.claims if isinstance(claim, RelationClaim)]
    assert (relation.source.number, relation.kind, relation.effective) == (
        "5/2026/NĐ-CP", "partially_repeals", "2026-03-01",
    )  # fmt: skip
    assert relation.parts == parts_of("khoản 2 Điều 1")
    assert codes(reading.refused) == ["E246"]


def test_a_whole_repeal_with_a_part_beside_it_is_a_repeal_of_the_part():
    line = {
        "Ngày": "01/03/2026", "Trạng thái": "Bị bãi bỏ", "Văn bản nguồn": "5/2026/NĐ-CP",
        "Phần hết hiệu lực": "các quy định về chứng từ",
    }  # fmt: skip
    (relation,) = of(record(history=[line]), RelationClaim)
    assert relation.kind == "partially_repeals"


def test_a_history_of_data_entry_is_told_and_not_taken():
    reading = read_national([record(history=[{"createdDate": "2025-04-01", "status": 3}])], ORIGIN)
    assert "E247" in codes(reading.notes)


def test_the_shape_is_recognised_in_a_file():
    reading = read_source(json.dumps([record((10, OTHER))]).encode(), ORIGIN)
    assert [type(claim) for claim in reading.claims] == [InstrumentClaim, RelationClaim]
    assert not is_national({"docNum": "1/2024/NĐ-CP"})


def test_every_relation_label_is_decided_once_with_its_evidence():
    rows = data("relation_codes.csv")
    coded = [(row["code"], row["direction"]) for row in rows if row["code"]]
    labelled = [slug(row["label"]) for row in rows if row["label"]]
    assert len(coded) == len(set(coded))
    assert len(labelled) == len(set(labelled))
    assert all(row["evidence"] for row in rows)


def test_every_relation_label_has_known_words():
    for row in data("relation_codes.csv"):
        assert row["direction"] in {"outgoing", "incoming"}
        assert row["kind"] in {"", "basis", *get_args(RelationKind)}
        assert row["dates"] in {"", "required"}
        assert row["disputed"] in {"yes", "no"}
        assert row["note"] or row["disputed"] == "no"


def test_every_code_is_decided_in_both_directions():
    rows = [row for row in data("relation_codes.csv") if row["code"]]
    for code in {row["code"] for row in rows}:
        kinds = {relation_by_code(code, direction).kind for direction in ("outgoing", "incoming")}
        assert len(kinds) == 1, code


def test_the_role_a_label_names_decides_the_direction():
    assert relation_by_label("Văn bản bị thay thế").direction == "outgoing"
    assert relation_by_label("văn bản thay thế:").direction == "incoming"


@pytest.mark.parametrize("name", ["status_labels.csv", "history_labels.csv"])
def test_every_status_and_event_is_listed_once_with_its_evidence(name):
    rows = data(name)
    labels = [slug(row["label"]) for row in rows]
    assert len(labels) == len(set(labels))
    assert all(row["evidence"] for row in rows)


def test_real_records_of_the_shared_facts_name_only_known_labels(shared_dir):
    path = shared_dir / "facts" / "relations.csv"
    if not path.is_file():
        pytest.skip("needs ../shared/facts/relations.csv, which is not beside this checkout")
    reading = read_source(path.read_bytes(), Origin(path.name, learned="2026-11-23"))
    assert not {"E226", "E227"} & set(codes(reading.refused))
