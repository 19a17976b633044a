"""What a Word comment on a finding says: a few short paragraphs and a line by which it is known again."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.report.wording import evidence_line, legible, place, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcc_nlp.model import Finding, Related
    from parcc_nlp.report.word_places import Fit
    from parcc_nlp.report.wording import Language

__all__ = [
    "Mark",
    "Text",
    "comment_texts",
    "key_of",
    "left_out_key",
    "left_out_texts",
    "mark_in",
    "one_line",
    "phrase",
    "wordings",
]

_MARK = re.compile(r"parcc (?P<rule>\S+) (?P<key>[0-9a-f]{16})-(?P<sum>[0-9a-f]{8})")
_LONGEST_QUOTE = 200
# What XML cannot hold although Unicode has a number for it.
_NO_CHARACTER = re.compile("[\ufffe\uffff]")
_FITS: dict[Fit, str] = {
    "number": "automatic",
    "inexact": "inexact",
    "box": "box",
    "note": "note",
    "nowhere": "nowhere",
}


class Text(NamedTuple):
    """A paragraph of a comment: a stretch in bold, then the rest; `small` for what is not for reading."""

    bold: str
    plain: str = ""
    small: bool = False


class Mark(NamedTuple):
    """The line by which a comment of ours is known again, and whether its text is still as we wrote it."""

    key: str
    untouched: bool


@cache
def wordings(name: str) -> dict[str, dict[Language, str]]:
    """Read a table of wordings that stands beside the reports."""
    with (files("parcc_nlp.report") / name).open(encoding="utf-8") as lines:
        return {row["key"]: {"vi": row["vi"], "en": row["en"]} for row in csv.DictReader(lines)}


def phrase(key: str, lang: Language = "vi", /, **fields: object) -> str:
    """Give a wording of ``word_words.csv`` with its fields filled in.

    Examples
    --------
    >>> phrase("unchanged")
    'Đã nêu ở lần kiểm tra trước.'
    """
    return wordings("word_words.csv")[key][lang].format(**fields)


def key_of(finding: Finding) -> str:
    """Give the short name of a finding: the first 16 signs of its fingerprint.

    Examples
    --------
    >>> from parcc_nlp.model import Finding, Where
    >>> key_of(Finding("VB207", "info", "fail", "m", "r", 0, 1, "x", Where(), "2026-01-01", fingerprint="ab" * 32))
    'abababababababab'
    """
    whole = finding.fingerprint.lower()
    if not re.fullmatch("[0-9a-f]{16,}", whole):
        # A rule of another package may leave it out.
        named = (finding.rule, finding.message, finding.text, str(finding.start), whole)
        whole = hashlib.sha256("\x1f".join(named).encode(errors="surrogatepass")).hexdigest()
    return whole[:16]


def comment_texts(finding: Finding, *, name: str | None, fit: Fit, lang: Language = "vi") -> tuple[Text, ...]:
    """Give the paragraphs of the comment on a finding.

    Parameters
    ----------
    finding
        What the comment is about.
    name
        The short name of its rule, where it is known.
    fit
        How the place of the comment fits the words of the finding.
    lang
        Language of our own words.

    Returns
    -------
    tuple of Text
        Code and name; message; reason; every piece of evidence; suggestion; other places; notes; the line by which the
        comment is known again.

    Examples
    --------
    >>> from parcc_nlp.model import Finding, Where
    >>> known = {"where": Where(), "as_of": "signing", "fingerprint": "0" * 64}
    >>> found = Finding("VB207", "warning", "fail", "Không có ngày này.", "Điều 8", 0, 1, "x", **known)
    >>> for text in comment_texts(found, name="Ngày không thể có", fit="exact"):
    ...     print(text.bold + text.plain)
    VB207 · Ngày không thể có · Cảnh báo
    Không có ngày này.
    Cơ sở: Điều 8
    parcc VB207 0000000000000000-fb7bd014
    """
    head = " · ".join(part for part in (finding.rule, name, words(f"severity_{finding.severity}", lang)) if part)
    texts = [Text(one_line(head)), Text("", one_line(finding.message))]
    if finding.reason:
        texts.append(_labelled(words("reason", lang), finding.reason))
    texts += [_labelled(words("evidence", lang), evidence_line(one, lang)) for one in finding.evidence]
    if finding.suggestion:
        texts.append(_labelled(words("suggestion", lang), finding.suggestion))
    texts += [_labelled(phrase("related", lang), _elsewhere(one, lang)) for one in finding.related]
    if finding.baseline == "unchanged":
        texts.append(Text("", phrase("unchanged", lang)))
    if fit in _FITS:
        where = place(finding.where, lang)
        texts.append(Text("", one_line(phrase(_FITS[fit], lang, text=_quoted(finding.text), place=where))))
    return (*texts, _marking(finding.rule, key_of(finding), texts))


def left_out_texts(count: int, *, most: int, lang: Language = "vi") -> tuple[Text, ...]:
    """Give the paragraphs of the comment that says how many findings there was no room for.

    Examples
    --------
    >>> left_out_texts(3, most=10)[0].plain
    'Word chỉ mở được tệp có tối đa 10 nhận xét; còn 3 nội dung không ghi được vào tệp này, xem trong báo cáo.'
    """
    texts = [Text("", phrase("left_out", lang, count=count, most=most))]
    return (*texts, _marking("-", left_out_key(count), texts))


def left_out_key(count: int) -> str:
    """Give the short name of that comment, by which it is known again."""
    return hashlib.sha256(f"left out {count}".encode()).hexdigest()[:16]


def mark_in(paragraphs: Sequence[str]) -> Mark | None:
    """Find the line by which a comment of ours is known again; None in comments of others.

    Examples
    --------
    >>> mark_in(["Không có ngày này.", "parcc VB207 0000000000000000-00000000"])
    Mark(key='0000000000000000', untouched=False)
    >>> mark_in(["Xin xem lại."])
    """
    for number in range(len(paragraphs) - 1, -1, -1):
        found = _MARK.fullmatch(one_line(paragraphs[number]))
        if found:
            rest = [*paragraphs[:number], *paragraphs[number + 1 :]]
            return Mark(found["key"], _sum(rest) == found["sum"])
    return None


def _marking(rule: str, key: str, texts: Sequence[Text]) -> Text:
    return Text("", f"parcc {rule} {key}-{_sum([text.bold + text.plain for text in texts])}", small=True)


def _sum(paragraphs: Sequence[str]) -> str:
    """Sum up a comment's text, however an editor spaces and composes it."""
    whole = "\n".join(line for line in map(one_line, paragraphs) if line)
    return hashlib.sha256(unicodedata.normalize("NFC", whole).encode()).hexdigest()[:8]


def _labelled(label: str, text: str) -> Text:
    return Text(f"{label}: ", one_line(text))


def _elsewhere(one: Related, lang: Language) -> str:
    """Write another place that a finding speaks of."""
    where = ", ".join(part for part in (one.path, place(one.where, lang)) if part)
    return f"{where}: “{_quoted(one.text)}”"


def _quoted(text: str) -> str:
    """Write the words of a document on one line, the beginning of long ones."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else f"{line[:_LONGEST_QUOTE].rstrip()} …"


def one_line(text: str) -> str:
    """Write a text on one line, without what XML cannot hold.

    Examples
    --------
    >>> one_line("Điều 1.\\n  Phê duyệt\\x07")
    'Điều 1. Phê duyệt�'
    """
    return " ".join(_NO_CHARACTER.sub("\ufffd", legible(text)).split())
