"""What kind of file a run of bytes is, by its content and never by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

from parcc_nlp.errors import ReadError
from parcc_nlp.read.limits import DEFAULT_LIMITS, Limits

__all__ = ["DOCX", "EDXML", "HTML", "MARKDOWN", "PDF", "TEXT", "ZIP", "detect"]

TEXT = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EDXML = "application/edxml+xml"
ZIP = "application/zip"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class _Magic:
    prefix: bytes
    code: str
    kind: str


# First bytes of kinds that are not read, with the error that says what to do about them.
_REFUSED = (
    _Magic(b"\x89PNG\r\n\x1a\n", "E115", "PNG"),
    _Magic(b"\xff\xd8\xff", "E115", "JPEG"),
    _Magic(b"GIF8", "E115", "GIF"),
    _Magic(b"II*\x00", "E115", "TIFF"),
    _Magic(b"MM\x00*", "E115", "TIFF"),
    _Magic(b"{\\rtf", "E114", "RTF"),
    _Magic(b"Rar!\x1a\x07", "E113", "RAR"),
    _Magic(b"7z\xbc\xaf\x27\x1c", "E113", "7z"),
    _Magic(b"\x1f\x8b", "E113", "gzip"),
    _Magic(b"\x7fELF", "E117", "ELF"),
    _Magic(b"MZ\x90", "E117", "EXE"),
    _Magic(b"%!PS", "E117", "PostScript"),
    _Magic(b"SQLite format 3\x00", "E117", "SQLite"),
)
# Names of streams in an OLE file, as its directory writes them, from the most telling to the least.
_OLE_STREAMS = (
    ("EncryptedPackage", "E121"),
    ("WordDocument", "E111"),
    ("Workbook", "E112"),
    ("PowerPoint Document", "E117"),
)
_ZIP_KINDS = (("xl/workbook", "E112", "XLSX"), ("ppt/presentation", "E117", "PPTX"))
_HTML_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|table|div|span|p|h[1-6]|br|font|center|article|section|style|script)"
    rb"[\s/>]",
)
_MARKUP_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<", re.DOTALL)
_EDXML_ROOT = re.compile(
    rb"<(?:(?P<doctype>!DOCTYPE\s+)|(?:(?P<prefix>[\w.-]{1,40}):)?)edXML(?=[\s/>\[])(?P<attributes>[^>]*)"
)
_NAMESPACE = re.compile(rb"""\sxmlns(?::(?P<prefix>[\w.-]{1,40}))?\s*=\s*["'](?P<name>[^"'<>]*)["']""")


def detect(data: bytes, *, path: str | None = None, limits: Limits = DEFAULT_LIMITS, archives: bool = False) -> str:
    """Give the media type of a file that can be read.

    Parameters
    ----------
    data
        The whole file.
    path
        The name that errors give the file.
    limits
        Bounds on packages.
    archives
        Whether to name a zip archive of files (`ZIP`) and not to refuse it.

    Returns
    -------
    str
        One of `TEXT`, `HTML`, `PDF`, `DOCX`, `EDXML`. Markdown is told from plain text once it is decoded (`plain.py`).

    Raises
    ------
    ReadError
        For an empty file (E101) and for kinds that are not read (E111 to E118, E120, E121, E122).

    Examples
    --------
    >>> detect(b"%PDF-1.7 ...")
    'application/pdf'
    >>> detect("Điều 1.".encode())
    'text/plain'
    """
    if not data:
        raise ReadError("E101", path=path)
    if b"%PDF-" in data[:1024] and not data.startswith(b"PK"):
        return PDF
    for magic in _REFUSED:
        if data.startswith(magic.prefix):
            raise ReadError(magic.code, path=path, kind=magic.kind)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        raise ReadError("E115", path=path, kind="WEBP")
    if data.startswith(b"BM") and data[2:6] == len(data).to_bytes(4, "little"):
        raise ReadError("E115", path=path, kind="BMP")
    if data.startswith(_OLE):
        raise _ole_error(data, path)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data, path, limits, archives=archives)
    return _markup_kind(data, path)


def _ole_error(data: bytes, path: str | None) -> ReadError:
    """Say which old Office file this is."""
    for stream, code in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return ReadError(code, path=path, kind="XLS" if stream == "Workbook" else "PPT")
    return ReadError("E117", path=path, kind="OLE")


def _zip_kind(data: bytes, path: str | None, limits: Limits, *, archives: bool) -> str:
    """Tell a .docx from other packages by the names of its members."""
    import zipfile  # noqa: PLC0415  # brings three decompressors, and most files are no packages

    declared = _declared_members(data)
    if declared > limits.zip_members:
        raise ReadError("E131", path=path, what=f"{declared} > {limits.zip_members}")
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, OSError, EOFError) as error:
        code = "E120" if b"word/" in data or b"[Content_Types].xml" in data else "E118"
        raise ReadError(code, path=path) from error
    if any(name.lower().startswith("word/document") for name in names):
        return DOCX
    for prefix, code, kind in _ZIP_KINDS:
        if any(name.startswith(prefix) for name in names):
            raise ReadError(code, path=path, kind=kind)
    if "mimetype" in names and "content.xml" in names:
        raise ReadError("E114", path=path, kind="ODT")
    if "[Content_Types].xml" in names:
        raise ReadError("E120", path=path)
    if archives:
        return ZIP
    raise ReadError("E113", path=path, kind="ZIP")


def _declared_members(data: bytes) -> int:
    """Give the number of members that the end record declares, before anything is built from it."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    return int.from_bytes(data[end + 10 : end + 12], "little") if end >= 0 else 0


def _markup_kind(data: bytes, path: str | None) -> str:
    """Tell HTML and XML from plain text by how the file begins."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="replace").encode()
    lowered = head.lower()
    if _MARKUP_START.match(lowered):
        # Before HTML: the subject of a message may hold tags of it.
        if _is_edxml(head):
            return EDXML
        if _HTML_TAG.search(lowered):
            return HTML
        if b"edxml" in lowered:
            raise ReadError("E116", path=path)
        if b"<?xml" in lowered or b"xmlns" in lowered:
            raise ReadError("E114", path=path, kind="XML")
    if lowered.startswith(b"mime-version:") and b"multipart/related" in lowered:
        raise ReadError("E114", path=path, kind="MHTML")
    return TEXT


def _is_edxml(head: bytes) -> bool:
    """Tell an edXML message by the name and namespace of its root; a root without namespace is read with a warning."""
    root = _EDXML_ROOT.match(_first_tag(head))
    if root is None or root["doctype"]:
        return root is not None
    from parcc_nlp.read.edxml_tables import namespaces  # noqa: PLC0415  # a table that most files do not need

    declared = {match["prefix"]: match["name"].strip() for match in _NAMESPACE.finditer(root["attributes"])}
    namespace = declared.get(root["prefix"], b"").decode("utf-8", errors="replace")
    return namespace in namespaces() or (not namespace and root["prefix"] is None)


def _first_tag(head: bytes) -> bytes:
    """Give what follows the XML declaration, comments and instructions."""
    rest = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    while rest.startswith((b"<?", b"<!--")):
        _, _, rest = rest.partition(b"?>" if rest.startswith(b"<?") else b"-->")
        rest = rest.lstrip()
    return rest
