"""Text files: encodings, line ends, blocks, Markdown."""

import unicodedata

import pytest

from parcc_nlp.errors import ReadError
from parcc_nlp.read import read
from parcc_nlp.text.legacy import legacy_table

from .making import cell_texts, slices

SENTENCE = (
    "Cộng hòa xã hội chủ nghĩa Việt Nam. Căn cứ Luật tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; "
    "quyết định của chủ tịch về việc sửa đổi một số điều."
)


def code_of(data):
    with pytest.raises(ReadError) as caught:
        read(data)
    return caught.value.code


def legacy(text, encoding):
    letters = {letter: code for code, letter in legacy_table(encoding).items()}
    return b"".join(letters.get(char, char.encode("latin-1", "replace")) for char in text)


def windows_1258(text):
    pieces = []
    for char in text:
        marks = unicodedata.normalize("NFD", char)
        tone = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tone or not tone))
        try:
            pieces.append(char.encode("cp1258"))
        except UnicodeEncodeError:
            pieces.append((base + tone).encode("cp1258"))
    return b"".join(pieces)


def test_a_utf8_file_in_nfc_is_not_changed():
    text = "\n  Điều 1.\tPhạm vi \u00a0\n\n\nKhoản 1  \n"
    assert read(text.encode()).text == text


def test_a_byte_order_mark_is_dropped():
    assert read(b"\xef\xbb\xbf" + "Điều 1".encode()).text == "Điều 1"


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems_become_line_feeds(ending):
    assert read(f"Điều 1{ending}Điều 2{ending}".encode()).text == "Điều 1\nDiều 2\n".replace("D", "Đ")


def test_letters_taken_apart_are_put_together():
    assert read(unicodedata.normalize("NFD", "Điều khoản").encode()).text == "Điều khoản"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf16_is_read_with_and_without_its_mark(encoding):
    assert read(SENTENCE.encode(encoding)).text == SENTENCE


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_old_encodings_are_read_and_said(encoding):
    document = read(legacy(SENTENCE, encoding))
    assert document.text == SENTENCE
    assert encoding.upper() in document.source.warnings[0]


def test_windows_1258_is_read_and_said():
    document = read(windows_1258(SENTENCE))
    assert document.text == SENTENCE
    assert "Windows-1258" in document.source.warnings[0]


def test_too_few_letters_to_be_sure_of_an_encoding_is_an_error():
    assert code_of(legacy("Điều 1", "tcvn3")) == "E108"


def test_french_is_not_taken_for_an_old_vietnamese_encoding():
    text = "Décret relatif à l'accès des élèves aux écoles françaises où s'exerçait déjà l'autorité réglementaire"
    assert code_of(text.encode("latin-1")) == "E108"


def test_an_unknown_encoding_names_the_line():
    with pytest.raises(ReadError) as caught:
        read("Điều 1\nĐiều 2\n".encode() + b"\xff\xfe\xfd")
    assert caught.value.code == "E108"
    assert "dòng 3" in caught.value.message()


def test_each_line_that_is_not_blank_is_a_block_with_its_number():
    document = read("Điều 1\n\n  Khoản 1 \nKhoản 2".encode())
    assert slices(document) == ["Điều 1", "Khoản 1", "Khoản 2"]
    assert [block.origin.paragraph for block in document.blocks] == [0, 1, 2]


def test_plain_text_is_not_taken_for_markdown():
    document = read("Số: 12/QĐ-UBND\n- Như Điều 3;\n* Ghi chú\nA | B".encode())
    assert document.source.media_type == "text/plain"
    assert {block.kind for block in document.blocks} == {"paragraph"}


def test_markdown_keeps_its_text_and_knows_its_headings():
    text = "# Kế hoạch\n\nNội dung\n\n## Mục tiêu\n"
    document = read(text.encode())
    assert document.text == text
    assert document.source.media_type == "text/markdown"
    assert slices(document) == ["Kế hoạch", "Nội dung", "Mục tiêu"]
    assert [block.kind for block in document.blocks] == ["heading", "paragraph", "heading"]


def test_a_markdown_table_has_cells():
    document = read("Bảng\n\n| STT | Đơn vị |\n|---|:---:|\n| 1 | Sở Tư pháp |\n| 2 | a \\| b |\n\nHết".encode())
    assert cell_texts(document) == ["STT", "Đơn vị", "1", "Sở Tư pháp", "2", "a \\| b"]
    assert [block.kind for block in document.blocks] == ["paragraph", "table", "paragraph"]
    assert document.tables[0].header_rows == 1


def test_a_row_of_dashes_under_prose_is_no_table():
    assert read("Quốc hiệu\n-------\n| một mình\n".encode()).tables == ()


NO_TEXT = {
    "nothing": (b"", "E101"),
    "spaces and line feeds": (b"  \n\t\r\n ", "E104"),
    "a byte order mark alone": ("\ufeff".encode(), "E104"),
    "Unicode spaces": ("\u00a0\u2003\n".encode(), "E104"),
    "a NUL": (b"Dieu 1\x00\x01\x02", "E107"),
    "control codes": (bytes(range(1, 32)) * 20, "E107"),
    "a lone surrogate": ("Điều 1\ud800".encode("utf-8", "surrogatepass"), "E108"),
    "UTF-8, then UTF-16 off its pairs": ("Điều 1".encode() + SENTENCE.encode("utf-16-le"), "E107"),
    "UTF-8, then UTF-16": ("Điều 12".encode() + SENTENCE.encode("utf-16-le"), "E108"),
    "UTF-8, then TCVN3": ("Điều 1\n".encode() + legacy(SENTENCE, "tcvn3"), "E108"),
    "half a letter of UTF-16": (b"\xff\xfeA", "E108"),
    "half a surrogate pair": (b"\xff\xfe\x00\xd8A\x00", "E108"),
}


@pytest.mark.parametrize("name", NO_TEXT)
def test_what_is_no_text_is_a_coded_error(name):
    data, code = NO_TEXT[name]
    assert code_of(data) == code
