"""Files of facts, whatever their kind, read into claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.errors import RegistryError
from parcc_nlp.registry.national import is_national, read_national
from parcc_nlp.registry.reading import read_table
from parcc_nlp.registry.sheets import is_json, records_of

if TYPE_CHECKING:
    from parcc_nlp.registry.sources import Origin, Reading

__all__ = ["read_source"]


def read_source(data: bytes, origin: Origin) -> Reading:
    """Read a table, or documents of the national database.

    Parameters
    ----------
    data
        The bytes of a CSV, an Excel workbook or a JSON file.
    origin
        Its name and what else is known of it.

    Returns
    -------
    Reading
        Claims, what was refused, what was knowingly left.

    Raises
    ------
    RegistryError
        E220 to E222, E230, E238, E239: nothing of the file can be read.

    Examples
    --------
    >>> from parcc_nlp.registry.sources import Origin
    >>> record = b'{"docNum": "63/2025/QH15", "issueDate": "2025-02-18", "effFrom": "2025-03-01"}'
    >>> read_source(record, Origin("vbpl.json", learned="2026-11-23")).claims[0].effective
    '2025-03-01'
    """
    if not is_json(data):
        return read_table(data, origin)
    records = records_of(data, name=origin.name)
    if records and all(is_national(record) for record in records):
        return read_national(records, origin)
    if any(is_national(record) for record in records):
        raise RegistryError("E238", path=origin.name, detail="docNum")
    return read_table(data, origin)
