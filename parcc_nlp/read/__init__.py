"""Reading files: one reader a format, chosen by content, each giving a `Document` or a coded error.

Examples
--------
>>> from parcc_nlp.read import read
>>> document = read("Điều 1. Phê duyệt kế hoạch.".encode(), name="thu.txt")
>>> document.text, document.source.media_type
('Điều 1. Phê duyệt kế hoạch.', 'text/plain')
"""

from parcc_nlp.read.dispatch import read

__all__ = ["read"]
