"""Quoted stretches over several lines: the amended text that a document cites is not its own structure."""

from __future__ import annotations

import re

__all__ = ["find_quoted"]

MARK = re.compile(r"[“”\"]")


def find_quoted(text: str) -> tuple[tuple[int, int], ...]:
    """Find stretches in quotation marks that run over a line end and open a line or follow a colon.

    Marks are paired from the inside out, so that a quotation in a quotation does not end the outer one; a mark without
    a partner is passed over.

    Examples
    --------
    >>> find_quoted("như sau:\\n“Điều 5. Phạm vi\\n1. Gọi là “vùng”.”\\nĐiều 2.")
    ((9, 44),)
    """
    if not ("“" in text or '"' in text):
        return ()
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for match in MARK.finditer(text):
        at = match.start()
        if match[0] == "“" or (match[0] == '"' and _opens(text, at)):
            opened.append(at)
        elif opened and (match[0] == '"' or text[opened[-1]] != '"'):
            # a straight mark that opens nothing closes a curly one, too: typists mix them
            pairs.append((opened.pop(), at + 1))
        elif opened and match[0] == "”" and len(opened) > 1 and text[opened[-2]] == "“":
            opened.pop()
            pairs.append((opened.pop(), at + 1))
    outer: list[tuple[int, int]] = []
    for start, end in sorted(pairs):
        if outer and start < outer[-1][1]:
            continue
        if _is_block(text, start) and text.find("\n", start, end) >= 0:
            outer.append((start, end))
    return tuple(outer)


def _opens(text: str, at: int) -> bool:
    """Tell an opening straight mark from a closing one: it follows a gap and stands before a word."""
    return (at == 0 or text[at - 1] in " \t\n(:") and at + 1 < len(text) and text[at + 1] not in " \t\n.,;"


def _is_block(text: str, at: int) -> bool:
    """Tell a quotation that opens a line, or follows a colon, from words marked in a sentence."""
    before = text[max(at - 4, 0) : at].rstrip(" \t")
    return not before or before[-1] in "\n:"
