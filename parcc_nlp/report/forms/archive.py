"""Office files with the same bytes for the same content: fixed times, properties of our own."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

__all__ = ["same_bytes"]

_PROPERTIES = "docProps/core.xml"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # what the format of archives can hold
_NO_DAY = "2000-01-01"
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:language>vi-VN</dc:language>'
    '<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified></cp:coreProperties>'
)


def same_bytes(content: bytes, *, title: str, day: str | None) -> bytes:
    """Write an Office file again so that nothing in it tells when, where and by whom it was written.

    Parameters
    ----------
    content
        The file, as the library that made it wrote it.
    title
        What stands in its properties as the title.
    day
        The ISO day that stands there as the day it was made: the one the paper is about.

    Returns
    -------
    bytes
        The same parts in the same order.
    """
    properties = _CORE.format(title=escape(title), day=day or _NO_DAY)
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _EARLIEST)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0  # else it tells the operating system
            new.writestr(part, properties.encode() if name == _PROPERTIES else old.read(name))
    return file.getvalue()
