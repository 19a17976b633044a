"""Real messages: each is read as its row says, and the one that is no XML is refused with its place."""

import csv
from pathlib import Path

import pytest

from parcc_nlp.errors import ReadError
from parcc_nlp.read import read
from parcc_nlp.read.detect import EDXML
from parcc_nlp.read.edxml import read_message

from .invariants import assert_consistent

pytestmark = pytest.mark.shared

ROWS = list(csv.DictReader((Path(__file__).parent / "edxml_shared.csv").open(encoding="utf-8", newline="")))
NOT_XML = "edoc.edxml"


@pytest.fixture
def folder(shared_dir):
    return shared_dir / "documents" / "edxml"


def summary(message):
    return {
        "kind": message.kind,
        "number": message.number or "",
        "issued": message.issued or "",
        "sender": message.sender.name,
        "receivers": " ".join(one.id for one in message.receivers),
        "business": message.business.kind.name if message.business else "",
        "status": message.status.code.name if message.status else "",
        "response_for": " ".join(one.number for one in message.response_for),
        "trace": " ".join(one.at for one in message.trace),
        "signature": message.signature,
        "attachments": " ".join(one.name for one in message.attachments),
        "warnings": " ".join(one.code for one in message.warnings),
    }


def test_every_message_has_a_row(folder):
    assert {file.name for file in folder.glob("*.edxml")} == {row["file"] for row in ROWS} | {NOT_XML}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_a_real_message_says_what_its_row_says(folder, row):
    found = summary(read_message((folder / row["file"]).read_bytes()))
    assert found == {name: row[name] for name in found}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_a_real_message_is_read_as_a_document(folder, row):
    document = read(folder / row["file"])
    assert_consistent(document)
    assert document.source.media_type == EDXML
    assert document.text.startswith(row["first_words"])


def test_the_message_that_is_no_xml_is_refused_with_line_and_column(folder):
    with pytest.raises(ReadError) as caught:
        read(folder / NOT_XML)
    assert (caught.value.code, caught.value.place) == ("E141", "dòng 74, cột 29")


def test_an_update_says_who_gets_it_and_who_no_longer(folder):
    business = read_message((folder / "edoc_update.edxml").read_bytes()).business
    assert [(one.organ, one.change.name) for one in business.receivers] == [
        ("000.00.00.H41", "removed"),
        ("000.00.00.H14", "added"),
    ]
    assert (business.document_id.number, business.document_id.date) == ("7806", None)  # of 30 February


def test_a_replacement_says_what_it_replaces_and_for_whom(folder):
    replaced = read_message((folder / "edoc_replacement.edxml").read_bytes()).business.replacements
    assert len(replaced) == 2
    assert {(one.document_id.number, one.document_id.date) for one in replaced} == {("7806", "2014-01-30")}
    assert replaced[0].organs == ("000.00.00.H41", "000.00.00.H14")


def test_the_message_in_the_archive_in_the_message_is_read(folder):
    outer = read_message((folder / "edoc_new.edxml").read_bytes()).attachments[0]
    inner = outer.members[0].message
    assert (outer.content_type, outer.media_type, outer.content_id) == ("application/zip", "application/zip", "209")
    assert inner.number == "34E31/PRO-TEST-CASE1"
    assert (inner.attachments[0].name, inner.attachments[0].size) == ("GUIDE_INSTALL OPENVPN.SIGNED.PDF", 284937)
    assert [one.code for one in inner.warnings] == ["E153", "E153", "E148", "E146"]
