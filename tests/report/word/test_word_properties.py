"""What holds of every file: the commented words are the finding's, and the text stays what it was."""

import io
import unicodedata
import zipfile
from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from parcc_nlp.read import read
from parcc_nlp.report.word_comments import commented

from .making import finding_at, package, ranges, review_of

LETTERS = st.sampled_from("aăâđêôơưÀẾộữ .,;&<>\"'0123/\u0301\u0323\u0309-\u00a0")
TEXTS = st.text(LETTERS, max_size=14)
PROPERTIES = st.sampled_from(["", "<w:b/>", '<w:i/><w:sz w:val="26"/>', '<w:rFonts w:ascii="Arial"/>'])
EXTRAS = st.sampled_from(["", "<w:tab/>", "<w:br/>", "<w:noBreakHyphen/>", "<w:lastRenderedPageBreak/>"])
WRAPPERS = st.sampled_from(["{}", "{}", "<w:hyperlink>{}</w:hyperlink>", '<w:ins w:id="90" w:author="A">{}</w:ins>',
                            "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:smartTag>{}</w:smartTag>",
                            '<w:bookmarkStart w:id="91" w:name="x"/>{}'])  # fmt: skip


@st.composite
def runs(draw):
    texts = draw(st.lists(st.tuples(TEXTS, EXTRAS), max_size=3))
    content = "".join(f'<w:t xml:space="preserve">{escape(text)}</w:t>{extra}' for text, extra in texts)
    properties = draw(PROPERTIES)
    return draw(WRAPPERS).format(f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{content}</w:r>")


PARAGRAPHS = st.lists(runs(), max_size=5).map(lambda found: f"<w:p>{''.join(found)}</w:p>")
TABLES = st.lists(st.lists(PARAGRAPHS, min_size=1, max_size=2).map("".join), min_size=1, max_size=3).map(
    lambda cells: f"<w:tbl><w:tr>{''.join(f'<w:tc>{one}</w:tc>' for one in cells)}</w:tr></w:tbl>"
)
BODIES = st.lists(st.one_of(PARAGRAPHS, PARAGRAPHS, TABLES), min_size=1, max_size=4).map("".join)


def squeezed(text):
    return "".join(unicodedata.normalize("NFC", text).split())


@settings(max_examples=150)
@given(body=BODIES, data=st.data())
def test_the_commented_words_are_the_words_of_the_finding(body, data):
    package_ = package(f"<w:p><w:r><w:t>Đầu</w:t></w:r></w:p>{body}")
    document = read(package_)
    text = document.text
    places = st.integers(0, len(text) - 1)
    found = []
    for number in range(data.draw(st.integers(1, 4))):
        start, end = sorted((data.draw(places), data.draw(places) + 1))
        # A mark without its letter cannot be commented alone; words are never cut there.
        while start and unicodedata.combining(text[start]):
            start -= 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        if start < end and text[start:end].strip():
            found.append(finding_at(text, start, end, rule=f"VB{number}"))
    result = commented(package_, document, review_of(*found))
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        assert archive.testzip() is None
    again = read(result)
    assert again.text == text
    assert commented(result, again, review_of(*found)) == result
    import docx

    opened = docx.Document(io.BytesIO(result))
    said = ranges(opened.element.body)
    wanted = {one.fingerprint[:16]: squeezed(one.text) for one in found}
    got = {
        comment.paragraphs[-1].text.split()[-1].partition("-")[0]: squeezed(said[comment.comment_id])
        for comment in opened.comments
    }
    assert got == wanted


@settings(max_examples=100)
@given(body=BODIES)
def test_every_paragraph_and_cell_is_walked_as_it_is_read(body):
    from parcc_nlp.read.limits import DEFAULT_LIMITS
    from parcc_nlp.read.ooxml import Package
    from parcc_nlp.report.word_places import Places

    package_ = package(f"<w:p><w:r><w:t>Đầu</w:t></w:r></w:p>{body}")
    document = read(package_)
    places = Places(document, Package.open(package_, path=None, limits=DEFAULT_LIMITS))
    for at, character in enumerate(document.text):
        if not character.isspace() and not unicodedata.combining(character):
            assert places.anchor(at, at + 1).fit == "exact"
