"""Broken and hostile files, made on the spot: what each is, how it is made, and what reading it must give.

`answer` is a code of errors.csv, or the text that must be found in what is read.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .making import Sheet, cell, paragraph, root, table, word_package

__all__ = ["FILES", "Hostile"]

TEXT = "Điều 1. Phê duyệt kế hoạch"


@dataclass(frozen=True)
class Hostile:
    name: str
    make: Callable[[], bytes]
    answer: str


def zipped(members, *, compression=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return file.getvalue()


def with_member(data, name, content):
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return file.getvalue()


def good_docx():
    return word_package(paragraph(TEXT))


def good_pdf():
    return Sheet().text(100, 100, TEXT).page().bytes()


def document_of(xml):
    """A package whose main part is exactly this."""
    return zipped({"word/document.xml": xml, "[Content_Types].xml": "<Types/>"})


def bomb(size):
    """A main part that expands to `size` bytes of white space inside a valid document."""
    return document_of(root("document", "<w:body>" + " " * size + paragraph(TEXT) + "</w:body>"))


def lzma_bomb():
    """A member that zipfile would expand in one call, whatever is asked of it."""
    members = {
        "word/document.xml": root("document", f"<w:body>{paragraph(TEXT)}</w:body>"),
        "word/x.xml": " " * 10_000_000,
    }
    return zipped(members, compression=zipfile.ZIP_LZMA)


def lying_size():
    """A member whose header declares 10 bytes and which expands to 3 MB."""
    data = bytearray(bomb(3_000_000))
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(signature)
        data[at + place : at + place + 4] = struct.pack("<I", 10)
    return bytes(data)


def encrypted_member():
    data = bytearray(good_docx())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := data.find(signature, at)) >= 0:
            data[at + place] |= 1
            at += 4
    return bytes(data)


def wrong_checksum():
    data = bytearray(good_docx())
    at = data.find(b"PK\x01\x02")
    data[at + 16 : at + 20] = b"\0\0\0\0"
    return bytes(data)


def entities():
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return document_of(
        f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "xxxxxxxxxx">{levels}]>'
        + root("document", f"<w:body>{paragraph('&a11;')}</w:body>").partition("?>")[2]
    )


def outside_entity():
    return document_of(
        '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY out SYSTEM "file:///etc/passwd">]>'
        + root("document", f"<w:body>{paragraph('&out;')}</w:body>").partition("?>")[2]
    )


def entities_in_utf16():
    xml = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY a "b">]><w>&a;</w>'
    return document_of(xml.encode("utf-16"))


def header_outside():
    """A package whose header is said to be a file of the machine."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
    targets = "".join(
        f'<Relationship Id="h{number}" Type="{kind}" Target="{target}"/>'
        for number, target in enumerate(["../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd"])
    )
    package = word_package(paragraph(TEXT), leave_out=("word/_rels/document.xml.rels",))
    return with_member(package, "word/_rels/document.xml.rels", f"<Relationships>{targets}</Relationships>")


def nested_tables(depth):
    inner = paragraph(TEXT)
    for _ in range(depth):
        inner = table([cell(inner)])
    return word_package(inner)


def nested_elements(depth):
    return word_package("<w:sdt><w:sdtContent>" * depth + paragraph(TEXT) + "</w:sdtContent></w:sdt>" * depth)


def ole(stream):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 512


def pdf_of(*objects, trailer=b""):
    """A PDF of these objects, the first of which is its catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start))
    return out.getvalue()


def pdf_with_content(stream, *, filters=b"/FlateDecode"):
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>",
        b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(stream), filters, stream),
    )


def squeezed(size):
    """Zeros of this size, compressed without holding them."""
    engine = zlib.compressobj(9)
    piece = b"\0" * (1 << 20)
    return b"".join([*(engine.compress(piece) for _ in range(size >> 20)), engine.flush()])


def pages_that_point_at_themselves():
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>",
    )


def many_pages(count):
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * count, count),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )


def form_that_draws_itself():
    stream = b"/F Do"
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >> /Length %d >>\n"
        b"stream\n%s\nendstream" % (len(stream), stream),
    )


def pdf_with_a_web_of_rules():
    sheet = Sheet().text(100, 100, TEXT)
    for number in range(700):
        sheet.rule(1 + number * 0.8, 5 + number % 7, 1 + number * 0.8, 800).rule(
            5, 2 + number * 1.2, 590, 2 + number * 1.2
        )
    return sheet.page().bytes()


def locked_pdf():
    from reportlab.lib.pdfencrypt import StandardEncryption

    return Sheet(encrypt=StandardEncryption("mat", ownerPassword="chu", strength=128)).text(9, 99, TEXT).page().bytes()


FILES = (
    # Nothing in it
    Hostile("an empty file", lambda: b"", "E101"),
    Hostile("a file of spaces", lambda: b" \r\n\t" * 1000, "E104"),
    Hostile("a Word file without a word", lambda: word_package(paragraph("")), "E104"),
    Hostile("an HTML page of a script", lambda: b"<html><script>var a='x'</script></html>", "E104"),
    Hostile("a PDF of an empty page", lambda: Sheet().page().bytes(), "E104"),
    Hostile("a PDF of a picture", lambda: Sheet().picture().page().bytes(), "E125"),
    # Kinds that are not read
    Hostile("an old Word file", lambda: ole("WordDocument"), "E111"),
    Hostile("an old Excel file", lambda: ole("Workbook"), "E112"),
    Hostile("an old file of another kind", lambda: ole("PowerPoint Document"), "E117"),
    Hostile("a Word file with a password", lambda: ole("EncryptedPackage"), "E121"),
    Hostile("an Excel workbook", lambda: zipped({"xl/workbook.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "E112"),
    Hostile("a presentation", lambda: zipped({"ppt/presentation.xml": "<x/>"}), "E117"),
    Hostile("an OpenDocument text", lambda: zipped({"mimetype": "x", "content.xml": "<x/>"}), "E114"),
    Hostile("an archive of documents", lambda: zipped({"a.docx": good_docx(), "b.txt": TEXT}), "E113"),
    Hostile("a 7z archive", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(100), "E113"),
    Hostile("a gzip file", lambda: b"\x1f\x8b\x08" + bytes(100), "E113"),
    Hostile("a PNG picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "E115"),
    Hostile("a JPEG picture", lambda: b"\xff\xd8\xff\xe0" + bytes(100), "E115"),
    Hostile("a TIFF picture", lambda: b"II*\x00" + bytes(100), "E115"),
    Hostile("rich text", lambda: rb"{\rtf1\ansi " + TEXT.encode() + b"}", "E114"),
    Hostile("an XML file", lambda: b"<?xml version='1.0'?><so><a>1</a></so>", "E114"),
    Hostile("an edXML message", lambda: b'<?xml version="1.0"?><edXML xmlns="x"><a/></edXML>', "E116"),
    Hostile("a program", lambda: b"\x7fELF\x02\x01\x01" + bytes(200), "E117"),
    Hostile("a saved web page of many parts", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related\n\nx", "E114"),
    # Text that is none
    Hostile("random bytes", lambda: bytes((n * 7919 + n // 251) % 256 for n in range(5000)), "E107"),
    Hostile("text with NUL bytes", lambda: TEXT.encode() + b"\x00\x00" + TEXT.encode(), "E107"),
    Hostile("a lone surrogate", lambda: f"{TEXT}\ud83d".encode("utf-8", "surrogatepass"), "E108"),
    Hostile("UTF-8 and UTF-16 in one file", lambda: TEXT.encode() + b"\n" + TEXT.encode("utf-16"), "E107"),
    Hostile("UTF-8 cut in the middle of a letter", lambda: TEXT.encode() + b"\xe1\xba", "E108"),
    Hostile("overlong UTF-8", lambda: TEXT.encode() + b"\xc0\xaf", "E108"),
    Hostile("one line of 100 MB", lambda: (TEXT + ", ").encode() * (100_000_000 // 35), TEXT),
    Hostile("a million blank lines", lambda: b"\n" * 1_000_000 + TEXT.encode(), TEXT),
    Hostile("ten thousand marks on one letter", ("Đ" + "\u0301" * 10_000 + "\n" + TEXT).encode, TEXT),
    Hostile("tables of bars without end", lambda: (b"|" * 50_000 + b"\n") * 20 + TEXT.encode(), TEXT),
    Hostile("a row of a hundred thousand dashes", lambda: b"a|b\n|" + b"---|" * 25_000 + b"x\n" + TEXT.encode(), TEXT),
    # Word packages
    Hostile("a Word file cut in half", lambda: good_docx()[: len(good_docx()) // 2], "E120"),
    Hostile("a Word file without its last bytes", lambda: good_docx()[:-30], "E120"),
    Hostile("a package that is only a signature", lambda: b"PK\x03\x04", "E118"),
    Hostile("a Word file without its main part", lambda: word_package(TEXT, leave_out=("word/document.xml",)), "E120"),
    Hostile("a main part that is no XML", lambda: document_of("đây không phải XML"), "E120"),
    Hostile("a main part without a body", lambda: document_of(root("document", "")), "E120"),
    Hostile("a main part with a wrong checksum", wrong_checksum, "E120"),
    Hostile("a Word file with encrypted members", encrypted_member, "E121"),
    Hostile("a Word file with damaged styles", lambda: word_package(paragraph(TEXT), styles="<w:style"), TEXT),
    Hostile("a package that climbs out of its folder", lambda: with_member(good_docx(), "../../x.txt", "x"), TEXT),
    Hostile("a header that is named outside the package", header_outside, TEXT),
    Hostile("a package of six thousand members", lambda: zipped({f"word/document{n}.xml": "" for n in range(6000)}), "E131"),
    Hostile("a zip bomb", lambda: bomb(30_000_000), "E131"),
    Hostile("a part that is packed as Word never does", lzma_bomb, "E131"),
    Hostile("a zip bomb beyond the size of a part", lambda: bomb(40_000_000), "E131"),
    Hostile("a member that lies about its size", lying_size, "E1"),
    Hostile("a bomb of XML entities", entities, "E122"),
    Hostile("an XML entity of another file", outside_entity, "E122"),
    Hostile("XML entities hidden in UTF-16", entities_in_utf16, "E122"),
    Hostile("tables in tables, three deep", lambda: nested_tables(3), TEXT),
    Hostile("tables in tables, seventy deep", lambda: nested_tables(70), "E132"),
    Hostile("tables in tables, five hundred deep", lambda: nested_tables(500), "E132"),
    Hostile("controls in controls, a hundred deep", lambda: nested_elements(100), "E132"),
    Hostile("a cell over a million columns", lambda: word_package(table([cell(paragraph("a"), '<w:gridSpan w:val="1000000"/>')])), "E131"),
    Hostile("a number beyond every limit", lambda: word_package(paragraph(TEXT, properties='<w:numPr><w:ilvl w:val="99999999999999999999"/><w:numId w:val="1"/></w:numPr>')), TEXT),
    Hostile("three million tags", lambda: document_of(root("document", "<w:body>" + "<w:p/>" * 2_100_000 + "</w:body>")), "E131"),
    # HTML
    Hostile("elements in elements, ten thousand deep", lambda: b"<html>" + b"<div>" * 10_000 + TEXT.encode(), "E132"),
    Hostile("an HTML paragraph of 12 MB", lambda: b"<html><p>" + b"a b " * 3_000_000 + b"</p><p>" + TEXT.encode(), "E131"),
    Hostile("a Word paragraph of 12 MB", lambda: word_package(paragraph("a b c d " * 1_500_000)), "E131"),
    Hostile("HTML tables in tables, a hundred deep", lambda: b"<html>" + b"<table><tr><td>" * 100 + TEXT.encode(), "E132"),
    Hostile("an HTML cell over a million columns", lambda: b"<table><tr><td colspan=1000000>a<td>b</table>", "E131"),
    Hostile("three million HTML tags", lambda: b"<html>" + b"<br>" * 3_000_000 + TEXT.encode(), "E131"),
    Hostile("HTML that is never closed", lambda: b"<html><body><table><tr><td><p>" + TEXT.encode(), TEXT),
    Hostile("HTML with a wrong encoding", lambda: b"<html><meta charset=khong-co><p>" + TEXT.encode(), TEXT),
    # PDF
    Hostile("a PDF that is only a signature", lambda: b"%PDF-1.7", "E123"),
    Hostile("a PDF cut to its first kilobyte", lambda: good_pdf()[:1000], "E123"),
    Hostile("a PDF with a password", locked_pdf, "E124"),
    Hostile("a PDF stream that expands to 300 MB", lambda: pdf_with_content(squeezed(300 << 20)), "E131"),
    Hostile("a PDF stream compressed twice that expands to 300 MB", lambda: pdf_with_content(zlib.compress(squeezed(300 << 20)), filters=b"/FlateDecode /FlateDecode"), "E131"),
    Hostile("a PDF whose pages are their own parents", pages_that_point_at_themselves, "E1"),
    Hostile("a PDF of six thousand pages", lambda: many_pages(6000), "E133"),
    Hostile("a PDF form that draws itself", form_that_draws_itself, "E104"),
    Hostile("a PDF page of ninety thousand crossings", pdf_with_a_web_of_rules, TEXT),
    Hostile("a PDF of deeply nested arrays", lambda: pdf_of(b"<< /Type /Catalog /Pages 2 0 R /X " + b"[" * 100_000 + b"]" * 100_000 + b" >>", b"<< /Type /Pages /Kids [] /Count 0 >>"), "E1"),
    # Names that lie
    Hostile("a Word file called .pdf", good_docx, TEXT),
    Hostile("a PDF called .txt", good_pdf, TEXT),
    Hostile("a text called .docx", TEXT.encode, TEXT),
    Hostile("an HTML page called .doc", f"<html><p>{TEXT}</p></html>".encode, TEXT),
)  # fmt: skip

SUFFIXES = {
    name: Path(f"a.{name.rpartition('.')[2]}").suffix for name in [file.name for file in FILES] if " called ." in name
}
