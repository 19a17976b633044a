"""How much a file may ask of the machine before reading it stops with a coded error."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFAULT_LIMITS", "Limits"]

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is read. The defaults are far above any administrative document and well below a small machine.

    The largest law of the collection this was measured on is a PDF of 178 pages and 1.2 MB.

    Examples
    --------
    >>> Limits().pdf_pages
    5000
    >>> Limits(file_bytes=10).file_bytes
    10
    """

    file_bytes: int = 200 * MEBIBYTE
    """Size of the file itself, in bytes."""
    markup_bytes: int = 50 * MEBIBYTE
    """Size of an HTML file, in bytes: its tree takes about ten times as much."""
    zip_members: int = 5_000
    """Files inside a package (a .docx has 10 to 100)."""
    part_bytes: int = 32 * MEBIBYTE
    """One XML part of a package once expanded, in bytes, counted while it expands and not as declared."""
    expanded_bytes: int = 64 * MEBIBYTE
    """All XML parts read of one package together, in bytes."""
    markup_tags: int = 2_000_000
    """Tags of one XML part or HTML file: each costs some hundred bytes once parsed."""
    expansion_ratio: int = 200
    """Expanded over compressed size of a part above 1 MiB (text compresses 5 to 30 times, zeros 1000 times)."""
    nesting: int = 60
    """Tables inside tables, content controls inside content controls, and so on."""
    table_columns: int = 1_000
    """Columns a merged cell may claim."""
    pdf_pages: int = 5_000
    """Pages of a PDF."""
    pdf_page_characters: int = 200_000
    """Characters on one page (a dense page of a law has 4,000)."""
    pdf_characters: int = 30_000_000
    """Characters of a whole PDF."""
    pdf_page_rules: int = 20_000
    """Drawn lines on a page up to which its tables are looked for."""
    pdf_stream_bytes: int = 256 * MEBIBYTE
    """One compressed stream of a PDF once expanded, in bytes."""
    message_bytes: int = 64 * MEBIBYTE
    """Size of an edXML message, in bytes: its attachments stand in it as base64, 48 MiB of them at most."""
    message_tags: int = 100_000
    """Tags of an edXML message (those with twenty receivers have about 500)."""
    attachments: int = 500
    """Attachments of an edXML message, those in attached archives and messages among them."""
    attachment_bytes: int = 128 * MEBIBYTE
    """All attachments of an edXML message together, decoded and expanded, in bytes."""
    attachment_nesting: int = 4
    """Archives and messages inside each other (real ones: a message in an archive in a message)."""


DEFAULT_LIMITS = Limits()
