"""What the papers are tested with: the small document of the reports, a registry that says what a test wants."""

import io
from dataclasses import dataclass, field, replace

import pytest

from parcc_nlp.model import AmendedBy, Instrument, Proof, Status
from parcc_nlp.report.forms import Letterhead, review_sheet

AS_OF = "2026-11-23"
HOSTILE = [
    "{{ title }} {% for a in b %} {# x #} {{ 7 * 7 }}",
    "{_{ title }_} {_% raw %_} a{_{b",
    "{%tr for row in x %} {{r y }} {%p endfor %}",
    "a < b & c > d \"e\" 'f' <w:p/> </w:t></w:r> &lt; &amp;amp;",
    "]]> <!-- x --> <?xml version='1.0'?>",
    "\N{BELL}control\x00\x01\x0b\x0c\x1b[31m\x7f\x85",
    "\u202eđảo\u2066 \ufffe\uffff \ufdd0\ufdd1 \ud800",
    "a\tb\nc\rd\u2028e\a f",
    "=1+1 @SUM(A1) +1 -1",
    "_x0041_ _x000D_",
    "𠀀 😀 e\u0323\u0302",
    "x" * 100_000,
    "",
]
"""Texts that a document may carry and a paper must not obey."""


@dataclass
class Known:
    """A registry of a few instruments; `statuses` are those it gives, by id and day or by id alone."""

    instruments: dict = field(default_factory=dict)
    statuses: dict = field(default_factory=dict)
    version: str = "2026-11-23+00000000"

    def get(self, reference, /):
        return self.instruments.get(reference)

    def find(self, number, /):
        return [one for one in self.instruments.values() if one.number == number]

    def laws_named(self, name, /):
        return ()

    def resolve_all(self, extraction, /):
        return extraction

    def status(self, reference, /, *, on):
        found = self.statuses.get((reference, on)) or self.statuses.get(reference)
        known = self.instruments[reference]
        told = Status(known.number, known.doc_type, known.issuer, known.issued, known.title, on, "not_known", "none")
        return replace(found or told, as_of=on, instrument=reference)

    def provision_status(self, reference, provision, /, *, on):
        raise NotImplementedError

    def successors(self, reference, /, *, on):
        return ()

    def amendments(self, reference, /, *, on):
        return ()


def instrument(key, *known):
    number, doc_type, issued, issuer, title = known
    return Instrument(key, number, doc_type, title=title, issuer=issuer, issued=issued)


def answer(known, verdict, **more):
    """A status of an instrument."""
    return Status(
        known.number, known.doc_type, known.issuer, known.issued, known.title, AS_OF, verdict, "stated",
        instrument=known.id, **more,
    )  # fmt: skip


@pytest.fixture
def registry():
    """The instruments of the small document: a law in force, an expired decree with its heir, a partly expired one."""
    law = instrument(
        "vn/luat/65", "65/2025/QH15", "Luật", "2025-06-16", "Quốc hội", "Luật Tổ chức chính quyền địa phương"
    )
    old = instrument(
        "vn/nd/107", "107/2021/NĐ-CP", "Nghị định", "2021-12-06", "Chính phủ", "Sửa đổi, bổ sung một số điều"
    )
    new = instrument("vn/nd/118", "118/2025/NĐ-CP", "Nghị định", "2025-06-09", "Chính phủ", "Về thủ tục hành chính")
    cut = instrument(
        "vn/nd/63", "63/2010/NĐ-CP", "Nghị định", "2010-06-08", "Chính phủ", "Về kiểm soát thủ tục hành chính"
    )
    by = Proof("replaces", "118/2025/NĐ-CP", "khoản 2 Điều 31", "2026-07-01", None, "verified")
    part = Proof("partially_repeals", "48/2013/NĐ-CP", "Điều 1 (bãi bỏ Điều 29)", "2013-07-01", None, "verified")
    return Known(
        {one.id: one for one in (law, old, new, cut)},
        {
            law.id: answer(law, "in_force", since="2025-06-16"),
            old.id: answer(old, "expired", since="2026-07-01", proof=(by,)),
            (old.id, "2026-01-15"): answer(old, "in_force", since="2021-12-06"),
            new.id: answer(new, "in_force", since="2025-07-01"),
            cut.id: answer(
                cut, "partly_expired", since="2013-07-01", proof=(part,),
                amended_by=(AmendedBy("118/2025/NĐ-CP", "Điều 40", "2026-03-01", "verified"),),
            ),
        },
    )  # fmt: skip


@pytest.fixture
def letterhead():
    return Letterhead(superior="Ủy ban nhân dân tỉnh Hòa Giang", agency="Sở Tư pháp", place="Hòa Giang")


@pytest.fixture
def sheet(extraction, review, registry, letterhead):
    return review_sheet(extraction, review, registry=registry, letterhead=letterhead)


def docx_text(content):
    """All text of a Word file in order, tables and headers too."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document(io.BytesIO(content))
    parts = [document.element.body, *(section.header._element for section in document.sections)]
    return "\n".join("".join(one.itertext(qn("w:t"))) for part in parts for one in part.iter(qn("w:p")))


def docx_tables(content):
    """The tables of a Word file as rows of cells, without the letterhead and the signatures."""
    import docx

    document = docx.Document(io.BytesIO(content))
    bordered = [one for one in document.tables if one.style.name == "Table Grid"]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in bordered]


def template_of(*paragraphs):
    """A Word file with these paragraphs, as an office might write its own template."""
    import docx

    document = docx.Document()
    for one in paragraphs:
        document.add_paragraph(one)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
