"""Whatever the text, the rules on coherence end, and mark places of it."""

from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.model import Document
from parcc_nlp.review import review

PIECES = st.sampled_from(
    [
        "Điều 1. ", "Điều 3. ", "1. ", "2. ", "2.1. ", "a) ", "b) ", "đ) ", "I. ", "II.1 ", "(1) ", "Chương I\n", "\n", " ", "“", "”",
        "15 (mười năm) ngày", "05 (năm) ", "mười (", "(bằng chữ: ", "một triệu) đồng", "khoản 2 Điều này", "điểm 1 Mục III Kế hoạch,",
        "Phụ lục II kèm theo Quyết định này.", "(có danh sách kèm theo)", "PHỤ LỤC I", "KẾ HOẠCH\n", "Như Điều 9;", "Nơi nhận:\n",
        "(Ban hành kèm theo Quyết định số 15/QĐ-UBND ngày 21/11/2025)", "Nghị định số 12/2026/NĐ-CP ngày 05/02/2026",
        "Luật Đất đai số 31/2024/QH15", "Sửa đổi như sau:\n", "𝟏𝟓 (mười) ", "e\u0301) ", "\u200b", "\x00", "İ (một) ", "Số: 15/QĐ-UBND\n",
        "Lâm Đồng, ngày 21 tháng 11 năm 2025\n", "QUYẾT ĐỊNH\n", "\t", "1/0 (một phần không) ", "999999999999999999999 (một)",
    ]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=8), max_size=40))
def test_every_finding_marks_words_of_the_text(pieces):
    text = "".join(pieces)
    for found in review(extract_layers(Document(text)), as_of="2025-11-21", select=("VB4",)).findings:
        assert 0 <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        assert all(0 <= one.start < one.end <= len(text) for one in found.related)
