"""Whatever stands in a table: no failure, spans that hold, the same answer twice."""

from hypothesis import given, settings
from hypothesis import strategies as st

from parcc_nlp.extract.tables import find_flattened_tables, find_table_rows, table_responsibilities
from parcc_nlp.extract.tables.holders import read_holders
from parcc_nlp.extract.tables.times import is_time, read_time
from parcc_nlp.model import Cell, Table
from parcc_nlp.text.normalise import normalise

WORDS = st.sampled_from(
    [
        "STT",
        "TT",
        "Nhiệm vụ",
        "Nội dung",
        "Cơ quan chủ trì",
        "Phối hợp",
        "Thời gian",
        "Sản phẩm",
        "Kinh phí",
        "1",
        "2",
        "1.1",
        "I",
        "II",
        "a",
        "-",
        "-nt-",
        "x",
        "Sở Nội vụ",
        "Các sở, ban, ngành",
        "Chủ trì: Sở Y tế",
        "Sở Tài chính\nSở Tư pháp",
        "Quý I/2026",
        "Tháng 5",
        "2026",
        "Thường xuyên",
        "Rà soát thủ tục",
        "Uỷ  ban nhân dân tỉnh",
        "Đơn vị",
        "Điểm",
        "…………",
        "(1)",
        "(2)",
        "  ",
    ]
)
TEXTS = st.one_of(WORDS, st.just(""), st.text(max_size=12).map(lambda text: text.replace("\t", " ").replace("\r", " ")))


@st.composite
def tables(draw):
    """A text with a table in it, some of its cells merged."""
    columns = draw(st.integers(1, 6))
    head = draw(
        st.just(["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Phối hợp", "Thời gian", "Sản phẩm"])
        | st.lists(TEXTS, min_size=6)
    )
    lines = [head[:columns], *draw(st.lists(st.lists(TEXTS, min_size=columns, max_size=columns), max_size=6))]
    text, cells = "Kế hoạch năm 2026\n", []
    start = len(text)
    for row, line in enumerate(lines):
        for column, word in enumerate(line):
            down, right = draw(st.sampled_from([(1, 1), (1, 1), (1, 1), (2, 1), (1, 2), (3, 4)]))
            cells.append(Cell(row, column, len(text), len(text) + len(word), down, right))
            text += word + ("\n" if column == len(line) - 1 else "\t")
    return text, Table(start, len(text), len(lines), columns, tuple(cells))


@settings(max_examples=150, deadline=None)
@given(tables())
def test_rows_of_any_table_stand_where_they_say(given_table):
    text, table = given_table
    source = normalise(text)
    rows = find_table_rows([table], source)
    for row in rows:
        assert table.start <= row.start <= row.end <= table.end
        assert all(" ".join(text[one.start : one.end].split()) for one in row.holders)
        if row.task_span is not None:
            assert row.start <= row.task_span.start < row.task_span.end <= row.end
    for item in table_responsibilities(rows, source):
        assert text[item.start : item.end] == item.text
        assert item.origin == "table"
    assert find_table_rows([table], source) == rows


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, max_size=30))
def test_any_lines_are_read_as_a_flattened_table_or_not_at_all(lines):
    text = "\n".join(["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Phối hợp", "Thời gian", *lines])
    for table in find_flattened_tables(normalise(text)):
        assert all(0 <= cell.start < cell.end <= len(text) for cell in table.cells)
        assert all(cell.column < table.columns and cell.row < table.rows for cell in table.cells)


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, max_size=5).map("\n".join))
def test_any_cell_is_read_without_failure(cell):
    for held in read_holders(cell):
        assert 0 <= held.start < held.end <= len(cell)
        assert held.agency == " ".join(cell[held.start : held.end].split()) or ":" in cell or "," in cell
    time = read_time(cell, year="2026")
    assert time.deadline is None or not time.doubtful
    is_time(cell)
