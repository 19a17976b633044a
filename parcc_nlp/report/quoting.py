"""The words of a finding with enough of their line around them to be recognised."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Quote", "quote"]

_AROUND = 70  # characters shown on either side: about one line of a terminal each


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation in three parts; `before` and `after` begin or end with an ellipsis where the line goes on."""

    before: str
    words: str
    after: str


def quote(text: str, start: int, end: int, *, around: int = _AROUND) -> Quote:
    """Quote ``text[start:end]`` inside its line, cut between words.

    Parameters
    ----------
    text
        The text of the document.
    start, end
        The words to quote; they are never cut, line breaks inside them are shown as spaces.
    around
        How many characters of the line to show at most on either side.

    Returns
    -------
    Quote

    Examples
    --------
    >>> quote("Căn cứ Luật Đất đai;", 7, 19)
    Quote(before='Căn cứ ', words='Luật Đất đai', after=';')
    >>> quote("một hai ba bốn năm sáu", 11, 14, around=5)
    Quote(before='… ba ', words='bốn', after=' năm …')
    """
    first, last = max(0, start - around), min(len(text), end + around)
    before = text[first:start].rpartition("\n")[2]
    after = text[end:last].partition("\n")[0]
    if len(before) == start - first and first > 0 and text[first - 1] != "\n":
        before = "… " + (before.partition(" ")[2] if not text[first - 1].isspace() else before.lstrip())
    if len(after) == last - end and last < len(text) and text[last] != "\n":
        after = (after.rpartition(" ")[0] if not text[last].isspace() else after.rstrip()) + " …"
    return Quote(
        before=before.replace("\t", " ").lstrip(),
        words=" ".join(text[start:end].split("\n")).replace("\t", " "),
        after=after.replace("\t", " ").rstrip(),
    )
