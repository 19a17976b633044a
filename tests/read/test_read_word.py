"""Word documents: what Word shows, in the order it shows it."""

import pytest

from parcc_nlp.errors import ReadError
from parcc_nlp.read import read

from .making import cell, cell_texts, paragraph, slices, table, word_package


def body(xml, **parts):
    return read(word_package(xml, **parts))


def run(content):
    return f"<w:p><w:r>{content}</w:r></w:p>"


def test_paragraphs_and_tables_keep_their_order():
    document = body(paragraph("một") + table([cell(paragraph("a")), cell(paragraph("b"))]) + paragraph("hai"))
    assert document.text == "một\na\tb\nhai"
    assert [block.kind for block in document.blocks] == ["paragraph", "table", "paragraph"]


def test_a_block_knows_the_paragraph_it_came_from():
    document = body(paragraph("một") + paragraph("") + table([cell(paragraph("a"))]) + paragraph("hai"))
    assert [block.origin.paragraph for block in document.blocks] == [0, 2, 3]
    assert {block.origin.part for block in document.blocks} == {"word/document.xml"}


def test_insertions_are_kept_and_deletions_dropped():
    document = body(
        "<w:p><w:r><w:t>Điều </w:t></w:r><w:del><w:r><w:delText>1</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>2</w:t></w:r></w:ins></w:p>"
    )
    assert document.text == "Điều 2"


def test_moved_text_stands_only_where_it_was_moved_to():
    document = body(
        "<w:p><w:moveFrom><w:r><w:t>cũ</w:t></w:r></w:moveFrom><w:r><w:t>giữ</w:t></w:r></w:p>"
        "<w:p><w:moveTo><w:r><w:t>mới</w:t></w:r></w:moveTo></w:p>"
    )
    assert document.text == "giữ\nmới"


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    document = body(paragraph("Căn cứ ", properties="<w:rPr><w:del/></w:rPr>") + paragraph("Luật"))
    assert document.text == "Căn cứ Luật"


def test_a_deleted_row_is_not_in_the_table():
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell(paragraph('bỏ'))}</w:tr>"
    document = body(f"<w:tbl>{deleted}<w:tr>{cell(paragraph('giữ'))}</w:tr></w:tbl>")
    assert document.text == "giữ"


def test_a_text_box_with_a_fallback_is_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>khung</w:t></w:r></w:p></w:txbxContent>"
    document = body(
        "<w:p><w:r><w:t>trước</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>" + paragraph("sau")
    )
    assert slices(document) == ["trước", "khung", "sau"]
    assert [block.kind for block in document.blocks] == ["paragraph", "textbox", "paragraph"]


def test_an_old_text_box_is_read():
    box = "<w:txbxContent><w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:txbxContent>"
    assert body(run(f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>")).text == "MẬT"


def test_content_controls_links_and_smart_tags_are_read_through():
    document = body(
        "<w:sdt><w:sdtContent>" + paragraph("một") + "</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>hai</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t> ba</w:t></w:r></w:smartTag>"
        "<w:sdt><w:sdtContent><w:r><w:t> bốn</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    assert document.text == "một\nhai ba bốn"


def test_rows_and_cells_in_content_controls_are_read():
    wrapped = f"<w:sdt><w:sdtContent><w:tr>{cell(paragraph('a'))}</w:tr></w:sdtContent></w:sdt>"
    assert body(f"<w:tbl>{wrapped}</w:tbl>").text == "a"


def test_of_a_field_only_the_result_is_shown():
    document = body(
        '<w:p><w:r><w:t>trang </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText>PAGE</w:instrText><w:t>mã</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr="DATE"><w:r><w:t>/2026</w:t></w:r></w:fldSimple>'
        "</w:p>"
    )
    assert document.text == "trang 3/2026"


def test_a_field_that_is_never_closed_hides_only_its_paragraph():
    document = body(
        '<w:p><w:r><w:t>một</w:t><w:fldChar w:fldCharType="begin"/><w:t>mã</w:t></w:r></w:p>' + paragraph("hai")
    )
    assert document.text == "một\nhai"


def test_special_hyphens_tabs_and_breaks():
    document = body(
        run(
            "<w:t>NĐ</w:t><w:noBreakHyphen/><w:t>CP</w:t><w:tab/><w:t>xã</w:t><w:softHyphen/><w:t>hội</w:t><w:br/><w:t>x</w:t>"
        )
    )
    assert document.text == "NĐ-CP\txãhội\nx"


def test_symbols_of_symbol_fonts_become_characters():
    document = body(
        run(
            '<w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Symbol" w:char="F0B3"/><w:sym w:font="Lạ" w:char="F041"/>'
        )
    )
    assert document.text == "☑≥•"


def test_hidden_text_is_not_shown():
    assert body(paragraph("thấy") + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>").text == "thấy"


def test_cells_that_are_merged_across_stand_once():
    document = body(
        table(
            [cell(paragraph("đầu"), '<w:gridSpan w:val="2"/>'), cell(paragraph("c"))],
            [cell(paragraph("a")), cell(paragraph("b")), cell(paragraph("d"))],
        )
    )
    first = document.tables[0].cells[0]
    assert (first.column_span, document.tables[0].columns) == (2, 3)
    assert document.text == "đầu\tc\na\tb\td"


def test_cells_that_are_merged_down_stand_once():
    document = body(
        table(
            [cell(paragraph("1"), '<w:vMerge w:val="restart"/>'), cell(paragraph("a"))],
            [cell(paragraph(""), "<w:vMerge/>"), cell(paragraph("b"))],
            [cell(paragraph("2")), cell(paragraph("c"))],
        )
    )
    assert cell_texts(document) == ["1", "a", "b", "2", "c"]
    assert [each.row_span for each in document.tables[0].cells] == [2, 1, 1, 1, 1]
    assert document.text == "1\ta\n\tb\n2\tc"


def test_the_heading_of_a_table_covers_as_many_rows_as_its_ordinal_cell():
    document = body(
        table(
            [cell(paragraph("STT"), '<w:vMerge w:val="restart"/>'), cell(paragraph("Kết quả"))],
            [cell(paragraph(""), "<w:vMerge/>"), cell(paragraph("Số liệu"))],
            [cell(paragraph("1")), cell(paragraph("100"))],
        )
    )
    assert document.tables[0].header_rows == 2


def test_a_table_inside_a_cell_stays_in_the_cell():
    document = body(
        table([cell(paragraph("a") + table([cell(paragraph("x")), cell(paragraph("y"))])), cell(paragraph("b"))])
    )
    assert cell_texts(document) == ["a\nx\ty", "b"]
    assert len(document.tables) == 1


def test_paragraphs_inside_a_cell_are_lines():
    document = body(table([cell(paragraph("Sở Tư pháp") + paragraph("Sở Nội vụ")), cell(paragraph("x"))]))
    assert cell_texts(document) == ["Sở Tư pháp\nSở Nội vụ", "x"]


def test_headers_and_footers_stand_apart():
    document = body(paragraph("nội dung"), header1=paragraph("2"), footer1=paragraph("Lưu hành nội bộ"))
    assert document.text == "nội dung"
    assert document.marginalia == ("2", "Lưu hành nội bộ")


def test_footnotes_stand_at_the_end_in_the_order_of_their_marks():
    notes = (
        '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        '<w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> sau</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="5"><w:p><w:r><w:t>trước</w:t></w:r></w:p></w:footnote>'
    )
    document = body(
        run('<w:t>số 76/NQ-CP</w:t><w:footnoteReference w:id="5"/>')
        + run('<w:t>hết</w:t><w:footnoteReference w:id="7"/>'),
        footnotes=notes,
    )
    assert document.text == "số 76/NQ-CP\nhết\n1 trước\n2 sau"
    assert [block.kind for block in document.blocks][-2:] == ["footnote", "footnote"]
    assert document.blocks[-1].origin.part == "word/footnotes.xml"


def test_headings_are_known_by_the_level_of_their_style():
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H"/></w:style>'
    )
    document = body(paragraph("Chương I", properties='<w:pStyle w:val="H2"/>') + paragraph("lời"), styles=styles)
    assert [block.kind for block in document.blocks] == ["heading", "paragraph"]


def test_letters_taken_apart_are_put_together():
    assert body(paragraph("Đie\u0302\u0300u")).text == "Điều"


def test_formulas_are_read_as_their_letters():
    assert body("<w:p><m:oMath><m:r><m:t>a/b</m:t></m:r></m:oMath></w:p>").text == "a/b"


def test_strict_office_open_xml_is_read():
    data = word_package(paragraph("nghiêm"))
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(name, content)
    assert read(out.getvalue()).text == "nghiêm"


@pytest.mark.parametrize("part", ["word/_rels/document.xml.rels", "[Content_Types].xml", "_rels/.rels"])
def test_a_package_that_lacks_a_minor_part_is_still_read(part):
    assert read(word_package(paragraph("còn"), leave_out=(part,))).text == "còn"


def test_a_missing_numbering_part_is_said():
    data = word_package(paragraph("còn"), numbering="", leave_out=("word/numbering.xml",))
    document = read(data)
    assert document.text == "còn"
    assert "numbering" in document.source.warnings[0]


def test_a_document_without_text_is_an_error():
    with pytest.raises(ReadError) as caught:
        body(paragraph("  "))
    assert caught.value.code == "E104"


def test_a_word_file_made_by_python_docx_is_read(tmp_path):
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.add_heading("KẾ HOẠCH", level=1)
    made.add_paragraph("Nội dung", style="List Number")
    made.add_table(rows=2, cols=2).cell(0, 0).text = "STT"
    made.save(tmp_path / "a.bin")
    document = read(tmp_path / "a.bin")
    assert document.text.startswith("KẾ HOẠCH\n1. Nội dung\nSTT")
    assert document.source.path == str(tmp_path / "a.bin")


def test_fonts_from_before_unicode_are_decoded_and_said():
    def set_in(font, text):
        return f'<w:p><w:r><w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>{text}</w:r></w:p>'

    document = body(
        set_in(".VnTimeH", "<w:t>quyÕt ®Þnh</w:t>")
        + set_in(".VnTime", "<w:t>Uû ban nh©n d©n tr</w:t><w:softHyphen/><w:t>íc</w:t>")
        + set_in("VNI-Times", "<w:t>Ñoäc laäp</w:t>")
        + set_in("Times New Roman", "<w:t>élève</w:t>")
    )
    assert document.text == "QUYẾT ĐỊNH\nUỷ ban nhân dân trước\nĐộc lập\nélève"
    assert len(document.source.warnings) == 3


def test_the_font_of_a_style_counts_for_runs_that_name_none():
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style>'
    )
    assert body(paragraph("ViÖt Nam"), styles=styles).text == "Việt Nam"
