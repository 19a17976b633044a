"""Small plans made for tests: each with its number, as text, web page or Word file; whole, cut short or broken."""

import io
import zipfile

_TEXT = """ỦY BAN NHÂN DÂN
TỈNH HÒA GIANG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}/KH-UBND
Hòa Giang, ngày 15 tháng 01 năm 2026
KẾ HOẠCH
{title}
Căn cứ Nghị định số 107/2021/NĐ-CP ngày 06 tháng 12 năm 2021 của Chính phủ;
Ủy ban nhân dân tỉnh ban hành Kế hoạch với các nội dung sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Nâng cao chất lượng giải quyết thủ tục hành chính {extra}.
II. TỔ CHỨC THỰC HIỆN
1. Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ thực hiện trước ngày 30 tháng 6 năm 2026.
"""
_CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
_WORD = '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def plan(number, *, title=None, extra="năm 2026"):
    """The text of a plan."""
    return _TEXT.format(number=number, title=title or f"Cải cách hành chính lĩnh vực số {number}", extra=extra)


def as_text(text):
    return text.encode()


def as_html(text):
    return ("<html><body>" + "".join(f"<p>{line}</p>\n" for line in text.splitlines()) + "</body></html>").encode()


def as_word(text):
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", _CONTENT_TYPES)
        file.writestr("_rels/.rels", _RELATIONS)
        file.writestr("word/document.xml", _WORD.format(paragraphs))
    return package.getvalue()


FORMS = ((".txt", as_text), (".html", as_html), (".docx", as_word))
BROKEN = (
    (".docx", lambda number: as_word(plan(f"9{number}"))[:300], "E120"),
    (".txt", lambda _: b"", "E101"),
    (".txt", lambda number: b"\x00\x01\x02" * 200 + str(number).encode(), "E107"),
    (".pdf", lambda number: b"%PDF-1.7\n" + str(number).encode() * 20, "E123"),
    (".png", lambda number: b"\x89PNG\r\n\x1a\n" + str(number).encode() * 20, "E115"),
    (".docx.part", lambda number: as_word(plan(f"8{number}"))[:200], "E521"),
)
"""Files that cannot be imported: what they are called, what is in them, and the code they get."""
