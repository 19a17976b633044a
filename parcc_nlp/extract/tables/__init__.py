"""Tables that list tasks: their columns by the meaning of the headings, their rows as tasks with holders and times."""

from __future__ import annotations

from parcc_nlp.extract.tables.duties import table_responsibilities
from parcc_nlp.extract.tables.flattened import find_flattened_tables
from parcc_nlp.extract.tables.rows import find_table_rows

__all__ = ["find_flattened_tables", "find_table_rows", "table_responsibilities"]
