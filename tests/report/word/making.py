"""Word files made on the spot, findings in them, and what Word would show of their comments."""

import hashlib
import io
import zipfile

import docx
from docx.oxml.ns import qn
from docx.text.run import Run

from parcc_nlp.model import Coverage, Finding, Review, Source, Where
from parcc_nlp.read import read
from parcc_nlp.report.word_comments import commented

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": W,
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
        "w16cid": "http://schemas.microsoft.com/office/word/2016/wordml/cid",
    }.items()
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PICTURE = bytes(range(256)) * 40


def part(name, content):
    """One XML part."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<{name} {NAMESPACES}>{content}</{name}>'.encode()
    )


def package(body, *, kind=MAIN, others=(), **parts):
    """A .docx with this body; `parts` are named parts (styles, numbering, footnotes, comments, commentsExtended)."""
    roots = {"commentsExtended": "w15:commentsEx", "commentsIds": "w16cid:commentsIds"}
    members = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/>'
        + "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"/>'
            for name in parts
        )
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/media/image1.png": PICTURE,
        "word/document.xml": part("w:document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(f'<Relationship Id="rId{n}" Type="{OFFICE}/{k}" Target="{k}.xml"/>' for n, k in enumerate(parts, 1))
        + "</Relationships>",
        **{f"word/{name}.xml": part(roots.get(name, f"w:{name}"), content) for name, content in parts.items()},
        **dict(others),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            stored = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 15, 8, 30, 0)), content, stored)
    return file.getvalue()


def members(data):
    """The parts of a package by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def body_of(data):
    """The body as XML text."""
    return members(data)["word/document.xml"].decode()


def run(text, properties="", *, keep=True):
    space = ' xml:space="preserve"' if keep else ""
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{properties}<w:t{space}>{text}</w:t></w:r>"


def paragraph(*runs, properties=""):
    properties = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{properties}{''.join(one if one.startswith('<') else run(one) for one in runs)}</w:p>"


def cell(*content, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(content)}</w:tc>"


def table(*rows):
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def box(*content):
    """A run with a text box."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>'
        f"{''.join(content)}</w:txbxContent></wps:txbx></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def finding(text, words, *, nth=0, rule="VB207", **fields):
    """A finding at the words of a text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return finding_at(text, start, start + len(words), rule=rule, **fields)


def finding_at(text, start, end, *, rule="VB207", **fields):
    known = {
        "severity": "warning",
        "kind": "fail",
        "message": f"Cần xem xét “{' '.join(text[start:end].split())}”.",
        "reason": "khoản 1 Điều 8 Nghị định số 30/2020/NĐ-CP",
        "where": Where(paragraph=1 + text.count("\n", 0, start)),
        "as_of": "signing",
        "fingerprint": hashlib.sha256(f"{rule}{start}{end}{text}".encode()).hexdigest(),
    }
    return Finding(rule=rule, start=start, end=end, text=text[start:end], **{**known, **fields})


def review_of(*findings):
    return Review("signing", Source(), Coverage(0, 0, 0, 0, 0, ()), tuple(findings))


def marked(data, *words, **options):
    """The file with a comment on each of the words."""
    document = read(data)
    findings = [finding(document.text, one) if isinstance(one, str) else one for one in words]
    return commented(data, document, review_of(*findings), **options)


def comments(data):
    """What python-docx reads back: for every comment the words it is about and its paragraphs."""
    document = docx.Document(io.BytesIO(data))
    words = ranges(document.element.body)
    return [(words[comment.comment_id], [one.text for one in comment.paragraphs]) for comment in document.comments]


def words_of(data):
    """The words of every comment."""
    return [words for words, _ in comments(data)]


def ranges(body):
    """The text between the markers of every comment."""
    opened, said, referred = set(), {}, set()
    for element in body.iter():
        if element.tag == qn("w:commentRangeStart"):
            number = int(element.get(qn("w:id")))
            assert number not in said
            opened.add(number)
            said[number] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            opened.remove(int(element.get(qn("w:id"))))
        elif element.tag == qn("w:commentReference"):
            number = int(element.get(qn("w:id")))
            assert number in said
            assert number not in opened
            referred.add(number)
        elif element.tag in {qn("w:r"), qn("w:p")} and opened:
            text = "\n" if element.tag == qn("w:p") else Run(element, None).text
            hidden = element.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None
            unseen = {qn("w:moveFrom"), qn("w:txbxContent")}
            if not hidden and not any(above.tag in unseen for above in element.iterancestors()):
                said.update((number, said[number] + text) for number in opened)
    assert not opened
    assert referred == set(said)
    return said
