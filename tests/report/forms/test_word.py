"""The papers as Word files: what is printed, what stays empty, what a template may not do."""

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from parcc_nlp.errors import UsageError
from parcc_nlp.model import Where
from parcc_nlp.report.forms import (
    Letterhead,
    cited_lists,
    read_headings,
    review_sheet,
    review_sheet_docx,
    shipped_headings,
    shipped_template,
    status_lists,
    status_lists_docx,
)
from tests.report.forms.conftest import HOSTILE, docx_tables, docx_text, template_of

HEADINGS = shipped_headings()
ON = "2026-11-23"


def squeezed(text):
    return " ".join(text.split())


@pytest.fixture
def lists(extraction, registry, letterhead):
    return cited_lists(extraction, registry=registry, on=ON, letterhead=letterhead)


def test_every_finding_is_on_the_sheet_with_message_clause_evidence_and_suggestion(sheet, review):
    text = squeezed(docx_text(review_sheet_docx(sheet)))
    for one in review.findings:
        assert one.message in text
        assert one.reason in text
        assert f"“{one.text}”" in text
    assert "118/2025/NĐ-CP, khoản 2 Điều 31: “Nghị định này thay thế Nghị định số 107” (tra cứu 01/11/2026)" in text
    assert "Cần xem xét thay bằng Nghị định số 118/2025/NĐ-CP." in text


def test_the_sheet_has_its_parts_and_its_letterhead(sheet):
    text = docx_text(review_sheet_docx(sheet))
    for said in (
        "ỦY BAN NHÂN DÂN TỈNH HÒA GIANG",
        "SỞ TƯ PHÁP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hòa Giang, ngày …… tháng …… năm ………",
        "PHIẾU RÀ SOÁT VĂN BẢN (*)",
        "Quyết định số 12/QĐ-UBND ngày 15/01/2026 của UBND tỉnh Hòa Giang",
        "II. VĂN BẢN LÀ CĂN CỨ RÀ SOÁT",
        "V. Ý KIẾN CỦA NGƯỜI RÀ SOÁT",
        "VI. KIẾN NGHỊ XỬ LÝ",
        "NGƯỜI RÀ SOÁT",
        "LÃNH ĐẠO CƠ QUAN, ĐƠN VỊ",
        "Chưa xem xét VB404: văn bản không có kế hoạch kèm theo.",
    ):
        assert said in text, said


def test_what_is_not_evidenced_is_marked_and_a_note_says_so(sheet, lists):
    for content in (review_sheet_docx(sheet), status_lists_docx(lists)):
        text = docx_text(content)
        assert "chưa đối chiếu với biểu mẫu của Nghị định 79/2025/NĐ-CP; sửa trong tệp headings.yaml" in text
    grounds = docx_tables(review_sheet_docx(sheet))[1]
    assert all(heading.endswith("(*)") for heading in grounds[0])


def test_the_grounds_are_told_with_clause_and_day(sheet):
    document, grounds, *_ = docx_tables(review_sheet_docx(sheet))
    assert ["Số, ký hiệu", "12/QĐ-UBND"] in document
    assert [row[1:] for row in grounds[1:]] == [
        [
            "Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ",
            "Khoản 2 Điều 31",
            "01/7/2026",
            "Thay thế Nghị định số 107/2021/NĐ-CP ngày 06/12/2021 của Chính phủ",
            "Căn cứ ban hành",
        ],
        [
            "Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ",
            "Điều 40",
            "01/3/2026",
            "Sửa đổi, bổ sung Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ",
            "Được viện dẫn",
        ],
    ]


def test_the_opinion_of_the_officer_stays_empty(sheet):
    tables = docx_tables(review_sheet_docx(sheet))
    opinions = [row[-1] for table in tables[2:] for row in table[1:]]
    assert opinions
    assert set(opinions) == {""}
    text = docx_text(review_sheet_docx(sheet))
    behind = text[text.index("V. Ý KIẾN CỦA NGƯỜI RÀ SOÁT") :]
    own = {
        "V. Ý KIẾN CỦA NGƯỜI RÀ SOÁT", "VI. KIẾN NGHỊ XỬ LÝ", "VII. Ý KIẾN CỦA LÃNH ĐẠO", "NGƯỜI RÀ SOÁT",
        "LÃNH ĐẠO CƠ QUAN, ĐƠN VỊ", "(Ký, ghi rõ họ tên)", "Ngày …… tháng …… năm ………", "",
    }  # fmt: skip
    left = {line.strip() for line in behind.split("\n")} - own
    assert all(line.startswith("□") for line in left)
    assert "☑" not in text


def test_without_letterhead_there_are_blanks_to_write_on(extraction, review):
    text = docx_text(review_sheet_docx(review_sheet(extraction, review)))
    assert text.count("…………………………………") == 2
    assert "………, ngày …… tháng …… năm ………" in text


def test_an_agency_without_a_superior_has_no_blank_for_one(extraction, review):
    sheet = review_sheet(extraction, review, letterhead=Letterhead(agency="UBND xã An Lạc"))
    assert "…………………………………" not in docx_text(review_sheet_docx(sheet))


def test_nothing_found_is_said_so(extraction, review):
    text = docx_text(review_sheet_docx(review_sheet(extraction, replace(review, findings=()))))
    assert HEADINGS.label("no_findings") in text
    assert HEADINGS.label("no_grounds_undated") in text


def test_no_paper_judges(sheet, lists):
    for content in (review_sheet_docx(sheet), status_lists_docx(lists)):
        assert not re.search(r"trái luật|trái pháp luật|vi phạm", docx_text(content).lower())


def test_the_lists_have_the_rows_of_their_groups(lists):
    tables = docx_tables(status_lists_docx(lists))
    expired, partly, alive, unknown, outside, handling = tables
    assert expired[0] == [column.heading for column in HEADINGS.tables["expired"].columns]
    assert expired[1][1:3] == ["107/2021/NĐ-CP", "06/12/2021"]
    assert expired[1][4].startswith("Được thay thế bởi Nghị định số 118/2025/NĐ-CP")
    assert expired[1][5] == "01/7/2026"
    assert [row[1] for row in partly[1:]] == ["63/2010/NĐ-CP"]
    assert [row[1] for row in alive[1:]] == ["65/2025/QH15"]
    assert len(unknown) == 1
    assert [row[1] for row in outside[1:]] == ["24/KH-UBND"]
    assert [row[1] for row in handling[1:]] == ["12/QĐ-UBND"]


def test_every_list_has_title_day_data_and_count(lists):
    text = docx_text(status_lists_docx(lists))
    assert "DANH MỤC VĂN BẢN QUY PHẠM PHÁP LUẬT HẾT HIỆU LỰC TOÀN BỘ (*)" in text
    assert "Tình trạng hiệu lực tính đến ngày 23/11/2026. Dữ liệu về văn bản: 2026-11-23+00000000." in text
    assert "danh mục ban hành kèm theo Quyết định số 1680/QĐ-UBND" in text
    assert text.count("Tổng cộng: 1 văn bản.") == 5
    assert text.count("Tổng cộng: 0 văn bản.") == 1


def test_only_the_lists_asked_for_are_written(lists):
    assert len(docx_tables(status_lists_docx(lists, groups=["expired"]))) == 1


def test_pages_are_a4_with_repeated_headings_and_numbers(sheet, lists):
    for content, size in ((review_sheet_docx(sheet), (210, 297)), (status_lists_docx(lists), (297, 210))):
        document = docx.Document(io.BytesIO(content))
        section = document.sections[0]
        assert (round(section.page_width.mm), round(section.page_height.mm)) == size
        assert [round(side.mm) for side in (section.left_margin, section.right_margin)] == [30, 15]
        assert document.styles["Normal"].font.name == "Times New Roman"
        assert "PAGE" in "".join(section.header._element.itertext())
        named = [one for one in document.tables if described(one).startswith("parcc:")]
        assert named
        for table in named:
            assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def described(table):
    told = table._tbl.tblPr.find(qn("w:tblDescription"))
    return "" if told is None else told.get(qn("w:val"))


def test_columns_have_the_widths_of_the_headings(lists):
    document = docx.Document(io.BytesIO(status_lists_docx(lists, groups=["expired"])))
    (table,) = [one for one in document.tables if described(one) == "parcc:expired"]
    widths = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid]
    shares = [column.width for column in HEADINGS.tables["expired"].columns]
    assert [round(width / sum(widths), 2) for width in widths] == [round(one / sum(shares), 2) for one in shares]
    centred = [cell.paragraphs[0].alignment for cell in table.rows[1].cells]
    assert [one == 1 for one in centred] == [True, False, True, False, False, True]


def test_the_same_in_gives_the_same_bytes(sheet, lists):
    assert review_sheet_docx(sheet) == review_sheet_docx(sheet)
    assert status_lists_docx(lists) == status_lists_docx(lists)


def test_the_file_does_not_tell_when_or_by_whom_it_was_made(sheet):
    with zipfile.ZipFile(io.BytesIO(review_sheet_docx(sheet))) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert "creator" not in core
    assert core.count("2026-11-23T00:00:00Z") == 2


def test_an_office_has_its_own_headings(lists):
    own = read_headings(
        """
tables:
  expired:
    title: {heading: BIỂU 01, evidenced: true, evidence: Công văn A}
    form_number: Mẫu số 01
    columns:
      - {key: [doc_type, number], heading: Văn bản <cũ> & mới, evidenced: true, evidence: Công văn A}
      - {key: blank, heading: Ghi chú, evidenced: true, evidence: Công văn A}
""",
        path="rieng.yaml",
    )
    content = status_lists_docx(lists, groups=["expired"], headings=own)
    (table,) = docx_tables(content)
    assert table == [["Văn bản <cũ> & mới", "Ghi chú"], ["Nghị định\n107/2021/NĐ-CP", ""]]
    text = docx_text(content)
    assert "BIỂU 01" in text
    assert "Mẫu số 01" in text
    assert "(*)" not in text


def test_an_office_has_its_own_template(sheet):
    template = template_of(
        "PHIẾU CỦA {{ letterhead.agency }}: {{ document.number }}",
        "{%p for group in groups %}",
        "{{ group.title }}",
        "{%p for row in group.findings.rows %}",
        "{{ row.position }}. {{ row.message }} [{{ row.rule }}]",
        "{%p endfor %}",
        "{%p endfor %}",
    )
    text = docx_text(review_sheet_docx(sheet, template=template))
    assert "PHIẾU CỦA SỞ TƯ PHÁP: 12/QĐ-UBND" in text
    assert "2. Ngày 31 tháng 6 năm 2026 không có trong lịch. [VB207]" in text


def test_a_template_restyled_in_word_still_works(sheet):
    """Word cuts fields into runs wherever it likes."""
    document = docx.Document(io.BytesIO(shipped_template("review_sheet.docx")))
    paragraph = next(one for one in document.paragraphs if one.text == "{{ title }}")
    paragraph.runs[0].text = "{"
    for piece in ("{ ti", "tle ", "}}"):
        paragraph.add_run(piece).bold = True
    file = io.BytesIO()
    document.save(file)
    assert "PHIẾU RÀ SOÁT VĂN BẢN (*)" in docx_text(review_sheet_docx(sheet, template=file.getvalue()))


@pytest.mark.parametrize(
    ("paragraphs", "code", "said"),
    [
        (["{{ docment.number }}"], "E361", "docment"),
        (["{{ document.numbre }}"], "E361", "numbre"),
        (["{{ document.number.real.x }}"], "E361", "real"),
        (["{% for a in b %}"], "E362", "for"),
        (["{{ document.number | no_such }}"], "E362", "no_such"),
        (["{{ }}"], "E362", ""),
        (["{{ title.__class__.__mro__ }}"], "E363", "__class__"),
        (["{{ ''.__class__ }}"], "E363", "__class__"),
        (["{% set x = lists.append(1) if lists is defined else groups.append(1) %}"], "E363", "append"),
        (["{{ 1 // 0 }}"], "E363", ""),
        (["{{ range(1000000000) | list }}"], "E363", ""),
        (["{% include 'a' %}"], "E363", ""),
        (["{{ title | safe }}"], "E362", "safe"),
        (["{% autoescape false %}{{ title }}{% endautoescape %}"], "E363", "autoescape"),
        (["{%p if true %}", "a", "{%tr endif %}"], "E36", ""),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_wrong_template_is_refused_by_name(sheet, paragraphs, code, said):
    with pytest.raises(UsageError) as caught:
        review_sheet_docx(sheet, template=template_of(*paragraphs), template_name="mau-so-tu-phap.docx")
    assert caught.value.code.startswith(code)
    assert caught.value.path == "mau-so-tu-phap.docx"
    assert said in caught.value.message()
    assert said in caught.value.message(lang="en")


def archive(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("_", "/", 1) + ".xml", content)
    return file.getvalue()


@pytest.mark.parametrize(
    "template",
    [
        b"",
        b"not an archive",
        shipped_template("review_sheet.docx")[:5000],
        archive(word_other="<a/>"),
        archive(word_document="<a/>"),
        archive(word_document=b"\0" * 70_000_000),
    ],
    ids=["empty", "text", "cut", "no document", "no package", "bomb"],
)
def test_what_is_no_word_file_is_no_template(sheet, template):
    with pytest.raises(UsageError, match="E360"):
        review_sheet_docx(sheet, template=template, template_name="a.docx")


def test_a_template_that_is_a_dotx_is_told_to_be_saved_as_docx(sheet):
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(shipped_template("review_sheet.docx"))) as old,
        zipfile.ZipFile(changed, "w") as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(b"wordprocessingml.document.main", b"wordprocessingml.template.main")
            new.writestr(name, content)
    with pytest.raises(UsageError, match=r"\.docx.*E360"):
        review_sheet_docx(sheet, template=changed.getvalue())


def test_a_template_that_makes_broken_xml_is_refused_and_not_repaired(sheet):
    with pytest.raises(UsageError) as caught:
        review_sheet_docx(sheet, template=template_of("a {% if false %}", "{%p endif %}"))
    assert caught.value.code == "E364"


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:18]))
def test_text_of_documents_stays_text(extraction, review, registry, text):
    one = replace(review.findings[0], message=text, text=text, suggestion=text, where=Where(section=text or None))
    named = replace(extraction.metadata, title=text, number=text or None, issuer=text, doc_type=text)
    sheet = review_sheet(
        replace(extraction, metadata=named),
        replace(review, findings=(one,)),
        registry=registry,
        letterhead=Letterhead(text, text, text),
    )
    content = review_sheet_docx(sheet)
    said = docx_text(content)
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        etree.fromstring(made.read("word/document.xml"), etree.XMLParser(huge_tree=True))
    shown = [word for word in text.split() if word.isascii() and word.isprintable()]
    assert all(word in said for word in shown)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\ufdd0\ufdd1\ufffe\u202e]", said)


def test_titles_and_files_of_lists_may_be_anything(extraction, registry):
    answers = [registry.status("vn/nd/107", on=ON)]
    told = [replace(answers[0], title=text, number=str(at), instrument=None) for at, text in enumerate(HOSTILE)]
    content = status_lists_docx(status_lists(told, registry=registry))
    (expired, *_) = docx_tables(content)
    assert len(expired) == len(HOSTILE) + 1
    assert expired[1][3].endswith("{{ title }} {% for a in b %} {# x #} {{ 7 * 7 }}")
    assert expired[2][3].endswith("{_{ title }_} {_% raw %_} a{_{b")


def test_a_rows_line_breaks_are_ours_alone(extraction, review):
    one = replace(review.findings[0], message="một\nhai\a ba\fbốn\tnăm", suggestion=None)
    content = review_sheet_docx(review_sheet(extraction, replace(review, findings=(one,))))
    table = docx_tables(content)[1]
    assert table[1][2] == "một\nhai\ufffd ba\ufffdbốn năm"


def test_hundreds_of_rows_are_written():
    from parcc_nlp.model import Status

    many = [
        Status(f"{n}/2020/NĐ-CP", "Nghị định", "Chính phủ", "2020-01-01", "X", ON, "not_known", "none", note="Chưa rõ.")
        for n in range(1, 701)
    ]
    tables = docx_tables(status_lists_docx(status_lists(many), groups=["not_known"]))
    assert [len(table) for table in tables] == [701]


def test_the_libraries_are_loaded_where_a_paper_is_made():
    code = (
        "import sys, parcc_nlp.report.forms\n"
        "print([name for name in ('docx', 'docxtpl', 'openpyxl', 'lxml', 'yaml', 'spacy') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
