"""Messages made to hurt: refused with a code, or opened no further than the limits, and nothing is written anywhere."""

import base64
import io
import os
import stat
import struct
import tracemalloc
import zipfile

import pytest

from parcc_nlp.errors import ReadError
from parcc_nlp.read import edxml_attachments, read
from parcc_nlp.read.edxml import read_message
from parcc_nlp.read.limits import Limits

from .edxml_making import attachment, carrying, envelope, header, written, zipped

MEBIBYTE = 1024 * 1024


def doctype(declarations):
    data = written(header(Subject="&a;")).replace(b"&amp;a;", b"&a;")
    return data.replace(b"?>", f"?><!DOCTYPE edXML [{declarations}]>".encode(), 1)


LAUGHS = (
    '<!ENTITY l0 "ha">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    + '<!ENTITY a "&l11;">'
)


def codes_of(message):
    return [one.code for one in message.warnings]


@pytest.mark.parametrize(
    "data",
    [
        doctype(LAUGHS),
        doctype('<!ENTITY a SYSTEM "file:///etc/hostname">'),
        doctype('<!ENTITY a SYSTEM "http://localhost:9/">'),
        doctype('<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;'),
        doctype('<!ATTLIST edXML x CDATA "y">'),
        doctype(LAUGHS).decode().replace(' encoding="UTF-8"', "").encode("utf-16"),
        written(header(Subject="x")).replace(b"?>", b'?><!DOCTYPE edXML SYSTEM "http://localhost:9/x.dtd">', 1),
    ],
    ids=["a bomb", "a file", "an address", "a parameter", "a default", "a bomb in UTF-16", "an outer DTD"],
)  # fmt: skip
def test_a_dtd_is_refused(data):
    for reader in (read, read_message):
        with pytest.raises(ReadError) as caught:
            reader(data, name="goi.edxml")
        assert caught.value.code == "E142"


def test_the_word_doctype_in_a_text_is_no_dtd():
    assert read_message(written(header(Subject="<!DOCTYPE html>"))).subject == "<!DOCTYPE html>"
    data = written(header(Subject="x")).replace(b">x<", b"><![CDATA[<!DOCTYPE a [<!ENTITY b 'c'>]>]]><")
    assert read_message(data).subject == "<!DOCTYPE a [<!ENTITY b 'c'>]>"


@pytest.mark.parametrize("padding", [0, 10_000_001], ids=["small", "large"])
def test_elements_in_elements_without_end_are_refused(padding):
    depth = 3000
    deep = b"<a>" * depth + b"</a>" * depth + b" " * padding
    with pytest.raises(ReadError) as caught:
        read_message(written(header(Subject="x")).replace(b"<edXML:Subject>", deep + b"<edXML:Subject>"))
    assert caught.value.code == "E132"


def test_a_message_of_too_many_tags_is_refused():
    with pytest.raises(ReadError) as caught:
        read_message(written(header(Subject="x")).replace(b">x<", b">" + b"<a/>" * 100_001 + b"<"))
    assert caught.value.code == "E131"


def test_a_message_above_its_size_is_refused():
    with pytest.raises(ReadError) as caught:
        read(carrying({"a.txt": b"x" * 5000}), limits=Limits(message_bytes=5000))
    assert caught.value.code == "E130"


def test_an_attachment_larger_than_libxml2_takes_in_one_text_is_read():
    content = b"\x89PNG" + bytes(8_000_000)
    assert read_message(carrying({"a.png": content})).attachments[0].content == content


def test_very_many_attachments_are_refused():
    with pytest.raises(ReadError) as caught:
        read_message(written(envelope(MessageHeader={"Subject": "x"}, encoded=[attachment("a", b"x", "1")] * 501)))
    assert (caught.value.code, caught.value.details["what"]) == ("E131", "501 > 500")


def test_an_attachment_beyond_the_limit_is_not_even_decoded(monkeypatch):
    def decode(*args, **kwargs):
        raise AssertionError("decoded")

    monkeypatch.setattr(edxml_attachments.binascii, "a2b_base64", decode)
    message = read_message(carrying({"a.bin": b"x" * 4_000_000}), limits=Limits(attachment_bytes=1_000_000))
    assert message.attachments[0].content is None
    assert codes_of(message) == ["E131"]


def test_the_limit_counts_all_attachments_together():
    pieces = {f"{n}.txt": os.urandom(3000).hex().encode() for n in range(5)}
    message = read_message(carrying({"a.zip": zipped(pieces)}), limits=Limits(attachment_bytes=30_000))
    assert [one.size for one in message.attachments[0].members][:2] == [6000, 6000]
    assert message.attachments[0].members[-1].content is None
    assert "E131" in codes_of(message)


@pytest.mark.parametrize(
    "content", ["${__StringFromFile(test.txt,,,)}", "", "YQ", "Y Q = =x", "tiếng Việt"],
)  # fmt: skip
def test_what_is_no_base64_is_no_content(content):
    files = written(envelope(MessageHeader={"Subject": "x"}, encoded=[attachment("a.txt", content, "1")]))
    message = read_message(files)
    assert message.attachments[0].content is None
    assert "E152" in codes_of(message)


def test_base64_on_many_lines_is_read():
    lines = base64.encodebytes("Điều 1. ".encode() * 50).decode().replace("\n", "\r\n\t")
    message = read_message(written(envelope(MessageHeader={"Subject": "x"}, encoded=[attachment("a", lines, "1")])))
    assert message.attachments[0].content == "Điều 1. ".encode() * 50


def nested(content, wrap, times):
    for number in range(times):
        content = wrap(number, content)
    return content


def archive_around(number, content):
    return zipped({f"{number}.zip": content})


def message_around(number, content):
    return carrying({f"{number}.edxml": content})


@pytest.mark.parametrize("wrap", [archive_around, message_around], ids=["archives", "messages"])
def test_what_is_nested_without_end_is_opened_to_the_limit(wrap):
    message = read_message(carrying({"ngoai": nested(b"Dieu 1.", wrap, 12)}))
    depth, attachment_inside, told = 0, message.attachments[0], list(message.warnings)
    while attachment_inside.members or attachment_inside.message:
        depth += 1
        if attachment_inside.message:
            told += attachment_inside.message.warnings
            attachment_inside = attachment_inside.message.attachments[0]
        else:
            attachment_inside = attachment_inside.members[0]
    assert depth == Limits().attachment_nesting
    assert [one.code for one in told] == ["E132"]


def zip_with(name="a.txt", content=b"x", *, compression=zipfile.ZIP_DEFLATED, attributes=0):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as package:
        info = zipfile.ZipInfo(name)
        info.external_attr = attributes
        package.writestr(info, content, compress_type=compression)
    return file.getvalue()


def patched(data, value, *, local, central, size="<I"):
    """The archive with a number of its headers changed."""
    changed = bytearray(data)
    for signature, place in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        at = changed.find(signature)
        changed[at + place : at + place + struct.calcsize(size)] = struct.pack(size, value)
    return bytes(changed)


@pytest.mark.parametrize("declared", [60 * MEBIBYTE, 10], ids=["honest", "lying about its size"])
def test_an_archive_that_expands_a_thousandfold_is_left_early(declared):
    bomb = patched(zip_with(content=bytes(60 * MEBIBYTE)), declared, local=22, central=24)
    data = carrying({"bom.zip": bomb})
    tracemalloc.start()
    message = read_message(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert message.attachments[0].members[0].content is None
    assert set(codes_of(message)) <= {"E131", "E118"}
    assert peak < 2 * MEBIBYTE


def test_a_member_that_declares_a_gigabyte_is_not_opened():
    data = patched(zip_with(), 1 << 30, local=22, central=24)
    message = read_message(carrying({"a.zip": data}))
    assert message.attachments[0].members[0].content is None
    assert codes_of(message) == ["E131"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zip_with(content=b"x" * 1000, compression=zipfile.ZIP_BZIP2), "E154"),
        (zip_with(content=b"x" * 1000, compression=zipfile.ZIP_LZMA), "E154"),
        (patched(zip_with(), 1, local=6, central=8, size="<H"), "E154"),
        (zip_with(content=b"/etc/passwd", attributes=(stat.S_IFLNK | 0o777) << 16), "E154"),
        (patched(zip_with(), 7, local=14, central=16), "E118"),
        (zip_with()[:-10] + b"PK\x05\x06", "E118"),
        (zipped({f"{number}.txt": "" for number in range(501)}), "E131"),
    ],
    ids=["bzip2", "lzma", "a password", "a link", "a wrong checksum", "no directory", "too many members"],
)  # fmt: skip
def test_what_cannot_be_opened_safely_stays_closed(data, code):
    message = read_message(carrying({"a.zip": data}))
    assert all(member.content is None for member in message.attachments[0].members)
    assert codes_of(message) == [code]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../tmp/x.txt", "x.txt"),
        ("/etc/cron.d/x.txt", "x.txt"),
        ("..\\..\\x.txt", "x.txt"),
        ("C:\\Windows\\x.txt", "x.txt"),
        ("van-ban/../../x.txt", "x.txt"),
        ("..", None),
    ],
    ids=["up", "root", "up by backslash", "drive", "up from inside", "only up"],
)
def test_names_that_lead_out_of_a_folder_are_cut_and_nothing_is_written(name, shown, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    message = read_message(carrying({name: zip_with(name, b"Dieu 1.")}))
    outer = message.attachments[0]
    assert (outer.name, outer.members[0].name) == (shown, shown)
    assert outer.members[0].content == b"Dieu 1."
    assert "E155" in codes_of(message)
    assert list(tmp_path.iterdir()) == []


def test_control_codes_of_a_name_are_dropped():
    message = read_message(carrying({"a.zip": zip_with("x\ny.txt")}))
    assert message.attachments[0].members[0].name == "xy.txt"
    assert codes_of(message) == ["E155"]


def test_an_ordinary_folder_in_an_archive_is_nothing_to_warn_of():
    message = read_message(carrying({"a.zip": zipped({"van-ban/": "", "van-ban/x.txt": "Điều 1."})}))
    assert [one.name for one in message.attachments[0].members] == ["x.txt"]
    assert not message.warnings


def test_a_broken_message_inside_is_told_and_the_rest_is_read():
    message = read_message(carrying({"a.zip": zipped({"hong.edxml": "<edXML>\n<a></edXML>", "b.txt": "Điều 1."})}))
    assert [(one.code, one.place) for one in message.warnings] == [("E141", "a.zip > hong.edxml > dòng 2, cột 12")]
    assert message.attachments[0].members[1].content.decode() == "Điều 1."


def test_a_bomb_in_a_message_inside_is_told_with_its_code():
    message = read_message(carrying({"a.edxml": doctype(LAUGHS)}))
    assert codes_of(message) == ["E142"]
