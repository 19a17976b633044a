"""A message given to `read` becomes the document it carries, recognised by content, and says so."""

import io
import zipfile

import pytest

from parcc_nlp.errors import ReadError
from parcc_nlp.read import read
from parcc_nlp.read.detect import DOCX, EDXML, HTML, TEXT, ZIP, detect
from parcc_nlp.read.edxml import read_message
from parcc_nlp.read.edxml_document import attached_files

from .edxml_making import EDOC, QCVN, carrying, header, written, zipped
from .invariants import assert_consistent
from .making import paragraph, word_package

WORDS = "Điều 1. Phê duyệt kế hoạch"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(50)


def codes_in(document):
    return [warning.rpartition("[")[2].rstrip("]") for warning in document.source.warnings]


def test_the_attached_word_file_is_the_document():
    data = carrying({"QD-12.doc": word_package(paragraph(WORDS))})
    document = read(data, name="goi-tin.xml")
    assert_consistent(document)
    assert document.text == WORDS
    assert (document.source.path, document.source.media_type) == ("goi-tin.xml", EDXML)
    assert document.blocks[0].origin.part == "word/document.xml"
    assert f"“QD-12.doc” ({DOCX})" in document.source.warnings[0]


def test_the_digest_is_that_of_the_message():
    data = carrying({"a.txt": WORDS.encode()})
    assert read(data).source.sha256 != read(WORDS.encode()).source.sha256


def test_the_first_that_can_be_read_is_taken_and_the_others_are_named():
    files = {
        "anh.png": PICTURE,
        "hong.docx": word_package("", leave_out=["word/document.xml"]),
        "trang.html": f"<p>{WORDS}</p>".encode(),
        "phu-luc.txt": b"x",
    }
    document = read(carrying(files))
    assert document.text == WORDS
    assert codes_in(document) == ["E157", "E158", "E115", "E120"]
    assert "phu-luc.txt" in document.source.warnings[1]


def test_a_document_in_an_archive_is_found():
    data = carrying(
        {"goi.doc": zipped({"van-ban/anh.png": PICTURE, "van-ban/QD.docx": word_package(paragraph(WORDS))})}
    )
    document = read(data)
    assert document.text == WORDS
    assert "goi.doc > QD.docx" in document.source.warnings[0]


def test_a_document_in_a_message_in_an_archive_is_found():
    inner = carrying({"QD.html": f"<h1>{WORDS}</h1>".encode()}, Subject="Bên trong", DueDate="2014/02/30")
    document = read(carrying({"1896.doc": zipped({"32da.edxml": inner})}))
    assert document.text == WORDS
    assert codes_in(document) == ["E157", "E145"]
    assert "1896.doc > 32da.edxml > QD.html" in document.source.warnings[0]


def test_files_of_a_message_come_in_order_with_their_way():
    inner = carrying({"b.txt": b"b"})
    message = read_message(carrying({"a.txt": b"a", "goi.zip": zipped({"x/trong.edxml": inner, "c.txt": b"c"})}))
    found = [(way, file.content) for way, file in attached_files(message)]
    assert found == [("a.txt", b"a"), ("goi.zip > trong.edxml > b.txt", b"b"), ("goi.zip > c.txt", b"c")]


def test_a_word_file_is_no_archive_and_an_archive_no_word_file():
    message = read_message(carrying({"a.zip": word_package(paragraph(WORDS)), "b.docx": zipped({"c.txt": b"c"})}))
    assert [one.media_type for one in message.attachments] == [DOCX, ZIP]
    assert [len(one.members) for one in message.attachments] == [0, 1]


def test_without_an_attachment_the_message_speaks_itself():
    document = read(written(header(Subject="V/v họp", Content="Họp giao ban\nlúc 8 giờ")))
    assert_consistent(document)
    assert document.text == "V/v họp\nHọp giao ban\nlúc 8 giờ"
    assert codes_in(document) == ["E156"]


def test_a_subject_repeated_as_content_is_said_once():
    assert read(written(header(Subject="V/v họp", Content="V/v họp"))).text == "V/v họp"


def test_an_attachment_that_cannot_be_read_is_told_where_the_message_speaks_itself():
    document = read(carrying({"quet.png": PICTURE}, Subject="V/v họp"))
    assert document.text == "V/v họp"
    assert codes_in(document) == ["E156", "E115"]


def test_a_status_message_gives_its_description():
    assert read(written(header(StatusCode="01", Description="Đã đến"))).text == "Đã đến"


def test_a_message_that_says_nothing_is_no_document():
    with pytest.raises(ReadError) as caught:
        read(written(header(DueDate="2024/05/02")))
    assert caught.value.code == "E104"


BODY = "<edXMLEnvelope><edXMLHeader/></edXMLEnvelope></edXML>"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f'<edXML xmlns="{QCVN}">{BODY}', EDXML),
        (f"<edXML xmlns='{EDOC}'>{BODY}", EDXML),
        (f'<a:edXML xmlns:a="{QCVN}"/>', EDXML),
        (f"<edXML>{BODY}", EDXML),
        (f'<?xml version="1.0"?>\n<!-- a > b --><?x y?>\n<edXML\n xmlns:x="urn:x" xmlns="{QCVN}">{BODY}', EDXML),
        (f'<edXML xmlns="{QCVN}"><Subject><![CDATA[<p>chữ</p><table>]]></Subject></edXML>', EDXML),
        ('<!DOCTYPE edXML [<!ENTITY a "b">]><edXML/>', EDXML),
        ("<html><p>edXML</p></html>", HTML),
        ("Gói tin <edXML> là gì?", TEXT),
        ('<edXML xmlns="urn:other"/>', "E116"),
        (f'<a:edXML xmlns="{QCVN}"/>', "E116"),
        (f'<edXMLEnvelope xmlns="{QCVN}"/>', "E116"),
        ('<?xml version="1.0"?><svg xmlns="urn:svg"/>', "E114"),
    ],
)  # fmt: skip
def test_a_message_is_known_by_its_root_and_never_by_its_name(text, kind):
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        if kind.startswith("E1"):
            with pytest.raises(ReadError) as caught:
                detect(data, path="a.edxml")
            assert caught.value.code == kind
        else:
            assert detect(data, path="a.docx") == kind


def test_an_archive_is_named_only_where_it_is_asked_for():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("a.txt", "x")
    assert detect(file.getvalue(), archives=True) == ZIP
    with pytest.raises(ReadError) as caught:
        detect(file.getvalue())
    assert caught.value.code == "E113"
