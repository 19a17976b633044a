"""The officer's own Word file with a native comment on every finding, at the very words, and nothing else changed.

A comment of ours ends with a line that names the finding. On a file that has comments of ours already:

- one whose finding is found again stays as it is, with what officers wrote into it or below it, even where the finding
  would be worded otherwise today;
- one whose finding is no longer found, or was set aside, goes; but not where somebody edited it or replied to it;
- comments without that line are the officers' own and are never touched.

So running twice gives the same bytes as running once. What changes in the package is ``word/document.xml`` (markers,
and runs cut in two where words begin or end inside one), ``comments.xml`` and what announces it; where comments go,
their entries in ``commentsExtended.xml`` and its like go with them. Every other part keeps its bytes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.errors import UsageError
from parcc_nlp.read.limits import DEFAULT_LIMITS
from parcc_nlp.read.ooxml import w
from parcc_nlp.report.grouping import SEVERITIES
from parcc_nlp.report.word_file import WordFile
from parcc_nlp.report.word_places import Places
from parcc_nlp.report.word_sheet import Author, Sheet
from parcc_nlp.report.word_threads import MOST, Comment, comments, replied_to
from parcc_nlp.report.word_wording import comment_texts, key_of, left_out_key, left_out_texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from lxml import etree

    from parcc_nlp.model import Document, Finding, Review
    from parcc_nlp.read.limits import Limits
    from parcc_nlp.report.wording import Language
    from parcc_nlp.review.rule import Rule

__all__ = ["commented"]


def commented(  # noqa: PLR0913 - every option is keyword-only and has a working default
    package: bytes,
    document: Document,
    review: Review,
    *,
    rules: Sequence[Rule] = (),
    lang: Language = "vi",
    author: str = "parcc_nlp",
    initials: str = "PN",
    on: datetime | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> bytes:
    """Put the findings of a review into the Word file as comments.

    Parameters
    ----------
    package
        The file, a .docx.
    document
        What the reader gave for these bytes.
    review
        What was found in it. Findings that an officer set aside get no comment.
    rules
        The rules of the review, for their names.
    lang
        Language of the comments' own words; findings are worded by the rules.
    author, initials
        Whom Word shows as the author of the comments.
    on
        When they were written, as the clock on the wall shows it. By default nothing is said of it, so that the same
        review gives the same bytes.
    limits
        Bounds on the package.

    Returns
    -------
    bytes
        The file with its comments; `package` itself where there is nothing to add and nothing to take away.

    Raises
    ------
    UsageError
        E346: not a Word file. E350: a template, or a file with macros. E351: not the file the document was read from.
        E352: the file is signed, and a comment would break the signature.
    ReadError
        E120 for a damaged package, E131 and E132 above the limits.

    Examples
    --------
    >>> import docx, io
    >>> from parcc_nlp.model import Coverage, Finding, Review, Source, Where
    >>> from parcc_nlp.read import read
    >>> made, file = docx.Document(), io.BytesIO()
    >>> _ = made.add_paragraph("Ban hành ngày 31 tháng 6 năm 2026.")
    >>> made.save(file)
    >>> words = "ngày 31 tháng 6 năm 2026"
    >>> found = Finding("VB207", "warning", "fail", "Không có ngày này.", "Điều 8", 9, 33, words, Where(), "signing")
    >>> review = Review("signing", Source(), Coverage(0, 0, 0, 0, 0, ()), (found,))
    >>> result = commented(file.getvalue(), read(file.getvalue()), review)
    >>> [comment.paragraphs[1].text for comment in docx.Document(io.BytesIO(result)).comments]
    ['Không có ngày này.']
    >>> commented(result, read(result), review) == result
    True
    """
    path = document.source.path
    file = WordFile.of(package, path=path, limits=limits)
    if document.source.sha256 not in {None, hashlib.sha256(package).hexdigest()}:
        raise UsageError("E351", path=path)
    places = Places(document, file.package)
    plan = _planned(file, places.root, [one for one in review.findings if one.suppressed is None])
    if not plan.stale and not plan.fresh and plan.left_out is None:
        return package
    sheet = Sheet(file, places.root, author=Author(author, initials, on))
    sheet.remove(plan.stale)
    names = {rule.code: rule.name.in_(lang) for rule in rules}
    for finding in plan.fresh:
        anchor = places.anchor(finding.start, finding.end)
        if not sheet.takes(anchor):
            anchor = places.whole(finding.start)
        sheet.add(anchor, comment_texts(finding, name=names.get(finding.rule), fit=anchor.fit, lang=lang))
    if plan.left_out is not None:
        sheet.add(places.beginning, left_out_texts(plan.left_out, most=MOST, lang=lang))
    return file.archive.written(sheet.written())


class _Plan(NamedTuple):
    """What is to be done: comments that go, findings to tell, and how many more there is no room for, if any."""

    stale: tuple[Comment, ...]
    fresh: tuple[Finding, ...]
    left_out: int | None = None


def _planned(file: WordFile, root: etree._Element, findings: Sequence[Finding]) -> _Plan:
    """Lay the findings beside the comments that the file has already."""
    tree = file.tree(file.related("comments"))
    existing = () if tree is None else comments(tree)
    answered = replied_to(file.tree(file.related("commentsExtended")))
    anchored = {one.get(w("id"), "") for one in root.iter(w("commentReference"))}
    keys = [key_of(finding) for finding in findings]
    wanted = set(keys)
    told: Counter[str] = Counter()
    stale: list[Comment] = []
    for one in existing:
        if one.key in wanted and one.id in anchored:
            told[one.key] += 1
        elif one.key is not None and one.untouched and not answered.intersection(one.paragraphs):
            stale.append(one)
    fresh: list[Finding] = []
    for finding, key in zip(findings, keys, strict=True):
        told[key] -= 1
        if told[key] < 0:
            fresh.append(finding)
    fresh.sort(key=_place)
    room = max(0, MOST - len(existing) + len(stale))
    if len(fresh) <= room:
        return _Plan(tuple(stale), tuple(fresh))
    chosen = sorted(sorted(fresh, key=_gravity)[: max(0, room - 1)], key=_place)
    left_out = len(fresh) - len(chosen)
    gone = tuple(one for one in stale if one.key != left_out_key(left_out))
    said = len(gone) < len(stale) or not room
    return _Plan(gone, tuple(chosen), None if said else left_out)


def _place(finding: Finding) -> tuple[int, int, str]:
    return finding.start, -finding.end, finding.rule


def _gravity(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)
