"""Comments stand at the very words, whatever the words are made of."""

import pytest

from parcc_nlp.model import Finding, Where
from parcc_nlp.read import read
from parcc_nlp.report.word_comments import commented

from .making import (
    body_of,
    box,
    cell,
    comments,
    finding,
    finding_at,
    marked,
    package,
    paragraph,
    review_of,
    run,
    table,
    words_of,
)

DAY = "ngày 31 tháng 6 năm 2026"
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="Điều %1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
NOTES = f'<w:footnote w:id="2">{paragraph("Xem Nghị định số 24/2014/NĐ-CP.")}</w:footnote>'

SHAPES = {
    "one run": paragraph(f"Ban hành {DAY} tại đây."),
    "the whole run": paragraph(DAY),
    "the beginning of a run": paragraph(f"{DAY} tại đây."),
    "the end of a run": paragraph(f"Ban hành {DAY}"),
    "split runs": paragraph("Ban hành ng", run("ày 31 ", "<w:b/>"), run("tháng", "<w:i/>"), " 6 năm 20", "26 tại đây."),
    "a hyperlink around a part": paragraph(
        "Ban hành ngày ", f"<w:hyperlink>{run('31 tháng 6')}</w:hyperlink>", " năm 2026."
    ),
    "a hyperlink around more": paragraph(f"<w:hyperlink>{run(f'Ban hành {DAY} tại đây')}</w:hyperlink>"),
    "an insertion": paragraph(
        "Ban hành ngày ", f'<w:ins w:id="7" w:author="A">{run("31 tháng 6")}</w:ins>', " năm 2026"
    ),
    "a deletion in the middle": paragraph(
        "Ban hành ngày ",
        '<w:del w:id="7" w:author="A"><w:r><w:delText>30 </w:delText></w:r></w:del>',
        run("31 tháng 6 năm 2026."),
    ),
    "moved text": paragraph(
        f'<w:moveFrom w:id="7" w:author="A">{run("Ban hành " + DAY)}</w:moveFrom>',
        f'<w:moveTo w:id="8" w:author="A">{run("Ban hành " + DAY)}</w:moveTo>',
    ),
    "a smart tag": paragraph("Ban hành ", f"<w:smartTag>{run('ngày 31 tháng 6')}</w:smartTag>", " năm 2026."),
    "a content control": paragraph("Từ ", f"<w:sdt><w:sdtContent>{run(DAY)}</w:sdtContent></w:sdt>", " trở đi"),
    "a control around paragraphs": f"<w:sdt><w:sdtContent>{paragraph('Từ ' + DAY)}</w:sdtContent></w:sdt>",
    "a simple field": paragraph("Từ ", f'<w:fldSimple w:instr="DATE">{run(DAY)}</w:fldSimple>', " trở đi"),
    "a field": paragraph(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE ngày</w:instrText></w:r>',
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("Từ " + DAY)}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ),
    "a field in one run": paragraph(
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DATE</w:instrText><w:fldChar w:fldCharType="separate"/>'
        f'<w:t>Từ {DAY} trở đi</w:t><w:fldChar w:fldCharType="end"/></w:r>',
    ),
    "a line break before": paragraph(f"<w:r><w:t>Ban hành</w:t><w:br/><w:t>{DAY}</w:t><w:br/><w:t>tại đây</w:t></w:r>"),
    "a tab before": paragraph(f"<w:r><w:tab/><w:t>{DAY}</w:t><w:tab/></w:r>"),
    "several texts in a run": paragraph(
        "<w:r><w:t xml:space='preserve'>Từ ngày 31 </w:t><w:t>tháng 6</w:t><w:t xml:space='preserve'> năm 2026 nay</w:t></w:r>"
    ),
    "hidden text in the middle": paragraph("Từ ngày 31 ", run("ẩn", "<w:vanish/>"), "tháng 6 năm 2026"),
    "a page break drawn before": paragraph(f"<w:r><w:lastRenderedPageBreak/><w:t>{DAY}</w:t></w:r>"),
    "references to characters": paragraph(run(f"Luật &amp; ngh&#7883; &lt;định&gt; {DAY} &#x26; nay")),
    "letters not composed": paragraph(run("Ban ha\u0300nh nga\u0300y 31 tha\u0301ng 6 na\u0306m 2026 ta\u0323i")),
    "letters composed over two runs": paragraph("Từ nga", "\u0300y 31 tháng 6 năm 2026 trở đi"),
    "spaces around the paragraph": paragraph(f"   {DAY} tại đây  "),
    "a table": table([cell(paragraph("một")), cell(paragraph("hai"), paragraph(f"Từ {DAY} trở đi"))]),
    "merged cells": table(
        [cell(paragraph("một"), properties='<w:vMerge w:val="restart"/>'), cell(paragraph("hai"))],
        [cell("<w:p/>", properties="<w:vMerge/>"), cell(paragraph(f"Từ {DAY}"), properties='<w:gridSpan w:val="2"/>')],
    ),
    "a table in a table": table(
        [cell(paragraph("trên"), table([cell(paragraph("a")), cell(paragraph(f"Từ {DAY}"))]), paragraph("dưới"))]
    ),
    "a tab in a cell": table([cell(paragraph(f"<w:r><w:t>a</w:t><w:tab/><w:t>{DAY}</w:t></w:r>"))]),
    "an automatic number": paragraph(f"Từ {DAY}", properties=NUMBERED),
    "automatic numbers in a cell": table(
        [cell(paragraph("một", properties=NUMBERED), paragraph(f"Từ {DAY}", properties=NUMBERED))]
    ),
    "a symbol before": paragraph(
        '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:t> ngày 31 tháng 6 năm 2026</w:t></w:r>'
    ),
    "a formula before": paragraph(f"<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>{run(' Từ ' + DAY)}"),
    "a deleted paragraph mark": paragraph("Từ ngày 31 ", properties="<w:rPr><w:del/></w:rPr>")
    + paragraph("tháng 6 năm 2026"),
    "alternatives around": f"<mc:AlternateContent><mc:Choice Requires='wps'>{paragraph('Từ ' + DAY)}</mc:Choice></mc:AlternateContent>",
    "a text box before": paragraph(box(paragraph("khung")), f"Từ {DAY}"),
    "a text box in a cell": table([cell(paragraph(box(paragraph("khung")), "đầu"), paragraph(f"Từ {DAY}"))]),
    "a bookmark in the middle": paragraph("Từ ngày 31 ", '<w:bookmarkStart w:id="0" w:name="a"/>', "tháng 6 năm 2026"),
    "tags over several lines": paragraph(f"<w:r\n  w:rsidR = '00>1'\n><w:t\n>Từ {DAY} trở đi</w:t\n></w:r\n>"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_comment_stands_at_the_very_words(shape):
    data = package(paragraph("Trước.") + SHAPES[shape] + paragraph("Sau."), numbering=NUMBERING)
    result = marked(data, DAY)
    (said,) = words_of(result)
    assert " ".join(said.replace("a\u0300", "à").replace("a\u0301", "á").replace("a\u0306", "ă").split()) == DAY
    assert read(result).text == read(data).text


@pytest.mark.parametrize("shape", SHAPES)
def test_commenting_again_changes_nothing(shape):
    once = marked(package(SHAPES[shape], numbering=NUMBERING), DAY)
    assert marked(once, DAY) == once


def test_a_split_run_keeps_its_properties_on_all_sides():
    properties = '<w:rFonts w:ascii="Arial"/><w:b/><w:color w:val="FF0000"/>'
    result = body_of(marked(package(paragraph(run(f"Từ {DAY} trở đi", properties))), DAY))
    for text in ("Từ ", DAY, " trở đi"):
        assert f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' in result


def test_taking_out_what_was_put_in_gives_the_body_of_before():
    data = package(paragraph(run(f"Từ {DAY} trở đi", "<w:b/>")) + paragraph(DAY))
    result = body_of(marked(data, DAY, finding(read(data).text, DAY, nth=1)))
    for number in range(2):
        result = result.replace(f'<w:commentRangeStart w:id="{number}"/>', "")
        reference = f'<w:r><w:commentReference w:id="{number}"/></w:r>'
        result = result.replace(f'<w:commentRangeEnd w:id="{number}"/>{reference}', "")
    split = '</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">'
    assert result.replace(split, "") == body_of(data)


def test_a_text_without_kept_spaces_is_told_to_keep_them_when_it_is_cut():
    result = body_of(marked(package(paragraph(run(f"Từ {DAY} trở đi", keep=False))), DAY))
    assert result.count("<w:t>") == 0
    assert result.count('<w:t xml:space="preserve">') == 3


def test_spaces_that_word_does_not_show_are_not_shown_by_cutting():
    data = package(paragraph(run(f" Từ {DAY} trở đi ", keep=False)))
    ((said, texts),) = comments(marked(data, DAY))
    assert said == f" Từ {DAY} trở đi "
    assert "chưa xác định được đúng chỗ" in " ".join(texts).lower()


def test_overlapping_findings_are_all_there():
    data = package(paragraph("Căn cứ Nghị định số 63/2010/NĐ-CP ", run("ngày 08", "<w:b/>"), " tháng 6"))
    text = read(data).text
    words = ["Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6", "63/2010/NĐ-CP", "63/2010/NĐ-CP ngày 08", "ngày 08", text]
    found = [finding(text, one, rule=f"VB20{number}") for number, one in enumerate(words)]
    assert sorted(words_of(marked(data, *found))) == sorted(words)


def test_two_findings_at_the_same_words_are_two_comments():
    data = package(paragraph(f"Từ {DAY}"))
    text = read(data).text
    result = marked(data, finding(text, DAY, rule="VB207"), finding(text, DAY, rule="VB208"))
    assert words_of(result) == [DAY, DAY]


def test_neighbouring_words_do_not_share_markers():
    data = package(paragraph("mộthai"))
    text = read(data).text
    result = marked(data, finding(text, "một"), finding(text, "hai"))
    assert words_of(result) == ["một", "hai"]


def test_words_may_reach_over_paragraphs_and_cells():
    data = package(paragraph("một hai") + table([cell(paragraph("ba")), cell(paragraph("bốn năm"))]))
    assert words_of(marked(data, "hai\nba\tbốn")) == ["hai\n\nbốn".replace("\n\n", "\nba\n")]


def test_an_automatic_number_is_counted_in_but_cannot_be_marked():
    data = package(paragraph("Phạm vi", properties=NUMBERED), numbering=NUMBERING)
    assert read(data).text == "Điều 3. Phạm vi"
    ((said, texts),) = comments(marked(data, "Điều 3. Phạm"))
    assert said == "Phạm"
    assert not any("số thứ tự tự động" in text for text in texts)


def test_a_finding_on_the_automatic_number_alone_covers_its_paragraph_and_says_so():
    data = package(paragraph("Phạm vi", properties=NUMBERED), numbering=NUMBERING)
    ((said, texts),) = comments(marked(data, "Điều 3."))
    assert said == "Phạm vi"
    assert "Nhận xét nói về số thứ tự tự động “Điều 3.” của đoạn này." in texts


def test_words_in_a_text_box_are_commented_beside_the_box():
    data = package(paragraph("Trước ", box(paragraph(f"Từ {DAY}"))) + paragraph("Sau"))
    result = marked(data, DAY)
    ((said, texts),) = comments(result)
    assert said == ""
    assert any("khung chữ" in text and DAY in text for text in texts)
    body = body_of(result)
    assert body.index("commentRangeStart") < body.index("<mc:AlternateContent>") < body.index("commentRangeEnd")
    assert "comment" not in body[body.index("<w:txbxContent>") : body.index("</w:txbxContent>")]


def test_words_in_a_note_are_commented_at_its_mark():
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = package(paragraph("Một", mark, " hai") + paragraph("Sau"), footnotes=NOTES)
    result = marked(data, "24/2014/NĐ-CP")
    (texts,) = [texts for _, texts in comments(result)]
    assert any("trong chú thích" in text and "24/2014/NĐ-CP" in text for text in texts)
    body = body_of(result)
    assert body.index("commentRangeStart") < body.index(mark) < body.index("commentRangeEnd")


def test_a_finding_without_words_covers_its_paragraph():
    data = package(paragraph("Một hai") + paragraph("ba ", run("bốn", "<w:b/>"), properties="<w:keepNext/>"))
    text = read(data).text
    at = text.index("ba")
    result = marked(data, finding_at(text, at, at))
    assert words_of(result) == ["ba bốn"]
    assert "</w:pPr><w:commentRangeStart" in body_of(result)


def test_what_the_file_does_not_have_is_told_at_its_beginning():
    data = package(paragraph("Một hai"))
    document = read(data)
    lost = Finding("VB207", "info", "fail", "Lời.", "Cơ sở.", 90, 95, "ở đâu", Where(paragraph=7), "signing")
    moved = type(document)(document.text, document.source)
    for known in (document, moved):
        result = commented(data, known, review_of(lost))
        ((words, texts),) = comments(result)
        assert words == ""
        assert any("“ở đâu”" in text for text in texts)


def test_words_that_the_file_tells_differently_are_never_marked_wrongly():
    data = package(paragraph("Một hai ba"))
    document = read(data)
    other = type(document)(document.text.replace("hai", "tám"), document.source, document.blocks)
    result = commented(data, other, review_of(finding(other.text, "tám")))
    ((words, texts),) = comments(result)
    assert words == "Một hai ba"
    assert any("Chưa xác định được đúng chỗ của “tám”" in text for text in texts)


@pytest.mark.parametrize(
    ("font", "written", "words"), [(".VnTime", "Céng hßa x· héi", "hòa"), ("VNI-Times", "Ñoäc laäp", "lập")]
)
def test_words_in_fonts_from_before_unicode_are_found(font, written, words):
    data = package(paragraph(run(written, f'<w:rFonts w:ascii="{font}"/>')))
    assert words in read(data).text
    (said,) = words_of(marked(data, words))
    assert read(package(paragraph(run(said, f'<w:rFonts w:ascii="{font}"/>')))).text == words
