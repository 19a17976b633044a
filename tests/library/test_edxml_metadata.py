"""What a message says of a document is compared with the text, fills what the text leaves open, and never more."""

import csv
from pathlib import Path

import pytest

from parcc_nlp.library.edxml_metadata import compared, disagreements, merged
from parcc_nlp.model import Metadata
from parcc_nlp.read.edxml_values import DocumentType, Message, Organisation, Signer

ROWS = list(csv.DictReader((Path(__file__).parent / "edxml_comparisons.csv").open(encoding="utf-8", newline="")))
FIELDS = ("number", "issuer", "issued", "doc_type", "title", "signer")


def message_saying(**said):
    number, _, notation = (said.get("number") or "").partition("/")
    return Message(
        "document",
        code_number=number or None,
        code_notation=notation or None,
        sender=Organisation(name=said.get("issuer")),
        issued=said.get("issued"),
        document_type=DocumentType(name=said.get("doc_type")),
        subject=said.get("title"),
        signer=Signer(name=said.get("signer"), position=said.get("signer_title")),
        place=said.get("place"),
        to_places=said.get("recipients", ()),
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['field']}: {row['message']} | {row['text']}")
def test_message_and_text_are_compared(row):
    message = message_saying(**{row["field"]: row["message"] or None})
    found = {one.field: one for one in compared(message, Metadata(**{row["field"]: row["text"] or None}))}
    one = found.pop(row["field"])
    assert (one.answer, one.message, one.text) == (row["answer"], row["message"] or None, row["text"] or None)
    assert {other.answer for other in found.values()} == {"not_comparable"}


def test_every_field_is_compared_in_the_same_order():
    assert tuple(one.field for one in compared(Message("unknown"), Metadata())) == FIELDS


def test_only_what_differs_is_a_disagreement():
    message = message_saying(number="12/QĐ-UBND", title="Phê duyệt kế hoạch", signer="Nguyễn Văn A")
    metadata = Metadata(number="12/QĐ-UBND", title="Phê duyệt đề án", issued="2024-05-02")
    assert [(one.field, one.message, one.text) for one in disagreements(message, metadata)] == [
        ("title", "Phê duyệt kế hoạch", "Phê duyệt đề án")
    ]


def test_the_body_in_charge_may_be_the_issuer():
    message = Message("document", sender=Organisation(name="Văn phòng", in_charge="UBND tỉnh Nghệ An"))
    issuer = compared(message, Metadata(issuer="Ủy ban nhân dân tỉnh Nghệ An"))[1]
    assert (issuer.answer, issuer.message) == ("same", "UBND tỉnh Nghệ An")


def test_the_message_fills_what_the_text_does_not_say():
    said = {
        "number": "012/QD-UBND",
        "issuer": "UBND tỉnh Nghệ An",
        "issued": "2024-05-02",
        "doc_type": "Quyết định",
        "title": "Phê duyệt",
        "signer": "A",
        "signer_title": "Chủ tịch",
        "place": "Vinh",
        "recipients": ("Các sở",),
    }
    filled = merged(message_saying(**said), Metadata(normative=False))
    assert filled == Metadata(**{**said, "number": "012/QĐ-UBND", "normative": False})


def test_the_text_keeps_what_it_says():
    text = Metadata(
        "Nghị định",
        "1/2024/NĐ-CP",
        "2024-01-01",
        "Chính phủ",
        "Hà Nội",
        "t",
        signer="s",
        signer_title="p",
        recipients=("r",),
    )
    said = message_saying(number="2/X", issuer="x", issued="2020-01-01", doc_type="x", title="x", signer="x", place="x")
    assert merged(said, text) == text


def test_a_status_message_fills_nothing():
    assert merged(Message("status", place="Vinh", subject="x"), Metadata()) == Metadata()
