"""HTML pages: what a browser shows."""

import pytest

from parcc_nlp.errors import ReadError
from parcc_nlp.read import read

from .making import cell_texts, slices


def page(content, *, head="<meta charset=utf-8>"):
    return read(f"<!doctype html><html><head>{head}<title>Trang</title></head><body>{content}</body></html>".encode())


def test_paragraphs_and_headings_are_blocks():
    document = page("<h2>Điều 1</h2><p>Khoản\n  1</p><div>Khoản 2</div>")
    assert slices(document) == ["Điều 1", "Khoản 1", "Khoản 2"]
    assert [block.kind for block in document.blocks] == ["heading", "paragraph", "paragraph"]


def test_what_a_browser_does_not_show_is_not_read():
    document = page(
        "<nav>menu</nav><script>var a = '<p>x</p>'</script><style>p{}</style><p>thấy</p>"
        "<p style='display:none'>ẩn</p><p hidden>ẩn</p><!-- ghi chú -->"
    )
    assert document.text == "thấy"


def test_text_behind_something_left_out_is_kept():
    assert page("<p>một <script>x</script>hai</p>").text == "một hai"


def test_entities_become_characters():
    assert page("<p>A &amp; B &lt; C &#272;i&#7873;u &ocirc;</p>").text == "A & B < C Điều ô"


def test_a_line_break_is_a_line_feed():
    assert page("<p>ỦY BAN NHÂN DÂN<br>TỈNH X</p>").text == "ỦY BAN NHÂN DÂN\nTỈNH X"


def test_lists_carry_their_numbers():
    document = page("<ol type=a start=2><li>b<li>c</ol><ul><li>d</ul><ol><li value=7>e</ol>")
    assert document.text == "b. b\nc. c\n- d\n7. e"
    assert [block.label for block in document.blocks] == ["b.", "c.", "-", "7."]


def test_lists_inside_lists_count_for_themselves():
    assert page("<ol><li>a<ol><li>x<li>y</ol><li>b</ol>").text == "1. a\n1. x\n2. y\n2. b"


def test_a_table_has_cells_with_their_spans():
    document = page("<table><tr><th rowspan=2>STT<th colspan=2>Kết quả<tr><th>a<th>b<tr><td>1<td>2<td>3</table>")
    assert [(c.row, c.column, c.row_span, c.column_span) for c in document.tables[0].cells] == [
        (0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1), (2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1),
    ]  # fmt: skip
    assert document.tables[0].header_rows == 2
    assert document.text == "STT\tKết quả\n\ta\tb\n1\t2\t3"


def test_a_row_span_beyond_the_last_row_is_cut():
    document = page("<table><tr><td rowspan=500>a<td>b<tr><td>c</table>")
    assert document.tables[0].rows == 2


def test_a_table_inside_a_cell_stays_in_the_cell():
    document = page("<table><tr><td>a<table><tr><td>x<td>y</table><td>b</table>")
    assert cell_texts(document) == ["a\nx\ty", "b"]


def test_a_table_of_one_column_is_a_frame_and_no_table():
    document = page("<table><tr><td><p>một</p><p>hai</p></table>")
    assert document.tables == ()
    assert slices(document) == ["một", "hai"]


def test_preformatted_text_keeps_its_spaces():
    assert page("<pre>a   b\n  c</pre>").text == "a   b\n  c"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_page_is_decoded_by_its_mark_or_as_utf8(encoding):
    assert read("<html><p>Điều 1</p></html>".encode(encoding)).text == "Điều 1"


def test_a_page_is_decoded_by_what_it_says_of_itself():
    data = b"<html><meta charset='koi8-r'><p>" + "Закон".encode("koi8-r") + b"</p></html>"
    assert read(data).text == "Закон"


def test_a_page_in_utf8_that_says_otherwise_is_read_as_utf8():
    assert page("<p>Điều 1</p>", head="<meta charset=iso-8859-1>").text == "Điều 1"


def test_a_fragment_without_a_head_is_html_too():
    assert read("<div><p>Điều 1</p></div>".encode()).source.media_type == "text/html"


def test_text_that_only_mentions_a_tag_is_text():
    assert read("Thẻ <p> dùng cho đoạn văn".encode()).source.media_type == "text/plain"


def test_a_page_without_text_is_an_error():
    with pytest.raises(ReadError) as caught:
        page("<script>x</script><img src=a.png>")
    assert caught.value.code == "E104"
