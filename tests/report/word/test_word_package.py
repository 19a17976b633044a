"""What is not a comment keeps its bytes; what takes no comments is refused."""

import io
import zipfile

import docx
import pytest

from parcc_nlp.errors import ParccError
from parcc_nlp.model import Document, Evidence, Related, Source, Where
from parcc_nlp.read import read
from parcc_nlp.report.word_archive import Archive
from parcc_nlp.report.word_comments import commented

from .making import (
    MAIN,
    PICTURE,
    body_of,
    comments,
    finding,
    marked,
    members,
    package,
    paragraph,
    part,
    review_of,
    words_of,
)

CHANGED = {"word/document.xml", "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
WORDS = "63/2010/NĐ-CP"
BODY = paragraph(f"Căn cứ Nghị định số {WORDS}.")


def infos(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.infolist()


def raw(data, info):
    """A member as it is packed, header and all."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        after = [one.header_offset for one in archive.infolist() if one.header_offset > info.header_offset]
        return data[info.header_offset : min(after, default=archive.start_dir)]


def test_every_other_part_keeps_its_bytes_its_place_and_its_packing():
    data = package(BODY, styles="<w:style/>", others={"customXml/mục.xml": "<a/>"})
    result = marked(data, WORDS)
    before, after = infos(data), infos(result)
    assert [one.filename for one in after] == [*(one.filename for one in before), "word/comments.xml"]
    for old, new in zip(before, after, strict=False):
        assert (old.compress_type, old.date_time, old.external_attr) == (
            new.compress_type,
            new.date_time,
            new.external_attr,
        )
        if old.filename not in CHANGED:
            assert raw(data, old) == raw(result, new)
    assert members(result)["word/media/image1.png"] == PICTURE


def test_what_announces_the_comments_is_only_added_to():
    data = package(BODY, styles="<w:style/>")
    before, after = members(data), members(marked(data, WORDS))
    override = (
        b'<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'wordprocessingml.comments+xml"/>'
    )
    relation = (
        b'<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"'
        b' Target="comments.xml"/>'
    )
    assert after["[Content_Types].xml"].replace(override, b"") == before["[Content_Types].xml"]
    assert after["word/_rels/document.xml.rels"].replace(relation, b"") == before["word/_rels/document.xml.rels"]


def test_a_part_for_comments_that_is_there_announces_itself_already():
    data = package(BODY, comments="")
    before, after = members(data), members(marked(data, WORDS))
    assert {name for name in after if after[name] != before[name]} == {"word/document.xml", "word/comments.xml"}


def test_an_empty_tag_of_a_part_is_opened():
    data = package(
        BODY, others={"word/comments.xml": part("w:comments", "").replace(b"></w:comments>", b"/>")}, comments=""
    )
    assert words_of(marked(data, WORDS)) == [WORDS]


def test_a_part_of_that_name_that_nothing_points_to_is_left_alone():
    data = package(BODY, others={"word/comments.xml": b"<anything/>"})
    result = marked(data, WORDS)
    assert members(result)["word/comments.xml"] == b"<anything/>"
    assert words_of(result) == [WORDS]


def test_nothing_found_gives_the_file_back():
    data = package(BODY)
    assert commented(data, read(data), review_of()) is data


def test_the_same_review_gives_the_same_bytes():
    data = package(BODY)
    assert marked(data, WORDS) == marked(data, WORDS)


def test_a_file_of_python_docx_takes_comments():
    made, file = docx.Document(), io.BytesIO()
    made.add_heading("Điều 1. Phê duyệt", level=1)
    made.add_table(2, 2).cell(1, 1).text = f"Nghị định số {WORDS}"
    made.save(file)
    assert words_of(marked(file.getvalue(), WORDS, "Phê duyệt")) == ["Phê duyệt", WORDS]


def test_styles_for_comments_are_used_where_the_file_has_them():
    style = '<w:style w:type="{}" w:styleId="{}"><w:name w:val="{}"/></w:style>'
    styles = style.format("paragraph", "Vnbanchuthich", "annotation text")
    styles += style.format("character", "ThamchieuChuthich", "annotation reference")
    result = members(marked(package(BODY, styles=styles), WORDS))
    assert b'<w:pStyle w:val="Vnbanchuthich"/>' in result["word/comments.xml"]
    assert b'<w:rStyle w:val="ThamchieuChuthich"/></w:rPr><w:commentReference' in result["word/document.xml"]
    assert b"Style" not in members(marked(package(BODY), WORDS))["word/comments.xml"]


def test_a_comment_says_what_was_found_why_and_what_to_do():
    data = package(BODY)
    text = read(data).text
    found = finding(
        text,
        WORDS,
        rule="XX1",
        severity="error",
        message="Nghị định <63> & “đã” hết hiệu lực.\nCần xem.\x07",
        evidence=(Evidence("118/2025/NĐ-CP", "khoản 2 Điều 31", "thay thế Nghị định", "2026-11-01"),),
        suggestion="Cần xem xét thay thế.",
        related=(Related(0, 6, "Căn cứ", Where(paragraph=1)), Related(0, 3, "x\ny", Where(paragraph=2), "b.docx")),
    )
    ((_, texts),) = comments(marked(data, found))
    assert texts[:-1] == [
        "XX1 · Cần xem xét trước hết",
        "Nghị định <63> & “đã” hết hiệu lực. Cần xem.\ufffd",
        "Cơ sở: khoản 1 Điều 8 Nghị định số 30/2020/NĐ-CP",
        "Bằng chứng: 118/2025/NĐ-CP, khoản 2 Điều 31: “thay thế Nghị định” (tra cứu 01/11/2026)",
        "Gợi ý: Cần xem xét thay thế.",
        "Xem thêm: đoạn 1: “Căn cứ”",
        "Xem thêm: b.docx, đoạn 2: “x y”",
    ]
    ((_, english),) = comments(marked(data, found, lang="en"))
    assert english[0] == "XX1 · To be looked at first"
    assert english[4] == "Suggestion: Cần xem xét thay thế."


def strict(data):
    """The file in the strict form of the format."""
    return rewritten(
        data,
        lambda content: content.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )


def rewritten(data, change, *, only=None):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members(data).items():
            archive.writestr(name, change(content) if only in {None, name} else content)
    return file.getvalue()


def test_a_strict_file_stays_strict():
    data = strict(package(BODY))
    result = marked(data, WORDS)
    parts = members(result)
    assert b"http://purl.oclc.org/ooxml/wordprocessingml/main" in parts["word/comments.xml"]
    assert b"relationships/comments" in parts["word/_rels/document.xml.rels"]
    assert b"schemas.openxmlformats.org/officeDocument" not in parts["word/_rels/document.xml.rels"]
    assert marked(result, WORDS) == result


@pytest.mark.parametrize("comments_part", [None, ""])
def test_a_body_that_names_its_elements_otherwise_takes_comments(comments_part):
    parts = {} if comments_part is None else {"comments": comments_part}

    def renamed(content):
        return content.replace(b"<w:", b"<").replace(b"</w:", b"</").replace(b"xmlns:w=", b"xmlns=")

    data = rewritten(package(BODY, **parts), renamed, only="word/document.xml")
    result = marked(data, WORDS)
    assert words_of(result) == [WORDS]
    assert marked(result, WORDS) == result


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "windows-1258"])
def test_a_part_keeps_its_encoding(encoding):
    name = encoding.removesuffix("-sig")

    def encoded(content):
        return content.decode().replace('encoding="UTF-8"', f'encoding="{name}"').encode(encoding, "xmlcharrefreplace")

    data = rewritten(package(paragraph(f"Nghi dinh {WORDS}, ngay")), encoded, only="word/document.xml")
    result = marked(data, WORDS)
    assert words_of(result) == [WORDS]
    body = members(result)["word/document.xml"].decode(encoding)
    assert "commentRangeStart" in body


def test_a_package_written_in_one_go_is_copied():
    class Pipe(io.RawIOBase):
        def __init__(self):
            self.pieces = []

        def writable(self):
            return True

        def write(self, piece):
            self.pieces.append(bytes(piece))
            return len(piece)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members(package(BODY)).items():
            archive.writestr(name, content)
    data = b"".join(pipe.pieces)
    assert infos(data)[0].flag_bits & 8
    result = marked(data, WORDS)
    assert words_of(result) == [WORDS]
    assert zipfile.ZipFile(io.BytesIO(result)).testzip() is None


def test_a_package_with_large_sizes_in_extra_fields_is_copied():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members(package(BODY)).items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as member:
                member.write(content)
    result = marked(file.getvalue(), WORDS)
    assert words_of(result) == [WORDS]
    assert zipfile.ZipFile(io.BytesIO(result)).testzip() is None


def test_members_that_overlap_are_refused():
    data = bytearray(package(BODY))
    last = infos(bytes(data))[-1]
    at = bytes(data).rindex(b"PK\x01\x02") + 42
    data[at : at + 4] = (last.header_offset - 40).to_bytes(4, "little")
    with pytest.raises(ParccError) as caught:
        Archive.of(bytes(data), path="a.docx")
    assert caught.value.code == "E120"


MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"


REFUSED = {
    "macros": (package(BODY, kind=MACROS), "E350"),
    "a template": (package(BODY, kind=TEMPLATE), "E350"),
    "a template with macros": (package(BODY, kind=MACROS.replace("document", "template")), "E350"),
    "a signed file": (package(BODY, others={"_xmlsignatures/sig1.xml": "<a/>"}), "E352"),
    "PDF": (b"%PDF-1.7", "E346"),
    "text": ("Điều 1.".encode(), "E346"),
    "a broken package": (b"PK\x03\x04 broken", "E118"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "E111"),
    "nothing": (b"", "E101"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_takes_no_comments_is_refused_with_a_code(kind):
    data, code = REFUSED[kind]
    with pytest.raises(ParccError) as caught:
        commented(data, Document("x", Source("a.docx")), review_of())
    assert (caught.value.code, caught.value.path) == (code, "a.docx")


def test_a_file_that_changed_since_it_was_read_is_refused():
    document = read(package(BODY))
    with pytest.raises(ParccError) as caught:
        commented(package(BODY + BODY), document, review_of())
    assert caught.value.code == "E351"


def test_a_damaged_part_for_comments_is_never_written_over():
    data = package(BODY, others={"word/comments.xml": b"<w:comments"}, comments="")
    with pytest.raises(ParccError) as caught:
        marked(data, WORDS)
    assert (caught.value.code, caught.value.place) == ("E120", "word/comments.xml")


def test_damaged_styles_are_no_hindrance():
    data = package(BODY, others={"word/styles.xml": b"<w:styles"}, styles="")
    result = marked(data, WORDS)
    assert f'<w:commentRangeStart w:id="0"/><w:r><w:t xml:space="preserve">{WORDS}</w:t>' in body_of(result)
    assert marked(result, WORDS) == result


def test_a_part_that_is_announced_and_missing_is_made():
    data = package(BODY, comments="")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members(data).items():
            if name != "word/comments.xml":
                archive.writestr(name, content)
    assert words_of(marked(file.getvalue(), WORDS)) == [WORDS]


def test_the_types_of_the_parts_stay_what_they_are():
    assert MAIN.encode() in members(marked(package(BODY), WORDS))["[Content_Types].xml"]
