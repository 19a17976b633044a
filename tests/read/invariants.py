"""What holds of every document that was read."""

import unicodedata


def assert_consistent(document):
    text = document.text
    assert text.strip()
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert "\x00" not in text
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip()
        assert block.kind == "table" or text[end : block.start].isspace() or end == block.start
        assert block.label is None or text.startswith(block.label, block.start)
        end = block.end
    tables = [(block.start, block.end) for block in document.blocks if block.kind == "table"]
    assert tables == [(table.start, table.end) for table in document.tables]
    for table in document.tables:
        assert_table(document, table)


def assert_table(document, table):
    taken = set()
    at = table.start
    assert 0 <= table.header_rows <= table.rows
    for cell in table.cells:
        assert at <= cell.start <= cell.end <= table.end
        assert set(document.text[at : cell.start]) <= {"\t", "\n"}
        at = cell.end
        places = {
            (row, column)
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }
        assert not places & taken
        assert max(row for row, _ in places) < table.rows
        assert max(column for _, column in places) < table.columns
        taken |= places
    assert set(document.text[at : table.end]) <= {"\t", "\n"}
