"""VB111: plans and programmes whose own period is over. That is no expiry: their work is done, or goes on elsewhere."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.model import Evidence
from parcc_nlp.review.checks.validity.guidance import KnowsRelations
from parcc_nlp.review.checks.validity.phrases import common_fields
from parcc_nlp.review.naming import data_date, day, short_name
from parcc_nlp.review.rule import Flag, phrase, rule
from parcc_nlp.review.tables import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Citation
    from parcc_nlp.review.context import Cited, RuleContext

__all__ = ["OwnPeriod", "period_in", "vb111"]

_PLANS = frozenset(
    {"Kế hoạch", "Chương trình", "Chương trình hành động", "Đề án", "Chiến lược", "Quy hoạch", "Phương án"}
)
_APPROVING = frozenset({"Quyết định", "Nghị quyết"})
"""Types by which a plan is approved: what they approve is told by their title."""
_PERIOD = re.compile(
    r"(?P<span>(?:giai đoạn|thời kỳ|nhiệm kỳ|các năm|năm|từ năm)\s+(?:từ\s+)?(?:năm\s+)?(?P<first>20\d\d)"
    r"\s*(?:[-–]|đến|tới)\s*(?:năm\s+)?(?P<last>20\d\d))"
    r"|(?P<until>(?:đến|tới|hết)\s+(?:hết\s+)?(?:năm\s+)(?P<end>20\d\d))"
    r"|(?P<years>năm\s+(?P<year>20\d\d)(?:\s*(?:,|và)\s*(?:năm\s+)?(?P<more>20\d\d))?)(?!\s*[-–]\s*20)",
    re.IGNORECASE,
)
_BEFORE = 60
_SENTENCE = re.compile(r"[.;:\n]")
_REACH_BACK = 160
_REACH_ON = 120
_HEAD = re.compile(r"^[\s“\"'(]*")


class OwnPeriod(NamedTuple):
    """The period that the title of a plan states: its words, its last year, and a later year it only looks to."""

    words: str
    last: int
    horizon: int | None


@rule("VB111", needs=("as_of",))
def vb111(context: RuleContext) -> Iterator[Flag]:
    """Flag a plan or programme whose period is over, where the document does not speak of what was achieved."""
    metadata = context.extraction.metadata
    if _tells(f"{metadata.doc_type or ''} {metadata.title or ''} {metadata.attached_title or ''}", "report"):
        return
    past = _sections_on_the_past(context)
    for cited in context.cited:
        if cited.ended_here or (cited.status is not None and cited.status.status in {"expired", "suspended"}):
            continue
        period = _period_of(cited)
        if period is None or f"{period.last}-12-31" >= context.day:
            continue
        shown = next((one for one in cited.citations if not _is_of_the_past(one, past, context)), None)
        if shown is not None:
            yield _flag(cited, shown, period, context)


def period_in(title: str, *, issued: str | None) -> OwnPeriod | None:
    """Give the period that the title of a plan states, the last where there are several.

    Examples
    --------
    >>> period_in("Chương trình Chuyển đổi số đến năm 2025, định hướng đến năm 2030", issued="2020-06-03")
    OwnPeriod(words='đến năm 2025', last=2025, horizon=2030)
    >>> period_in("triển khai thi hành Luật Đất đai năm 2024", issued="2024-03-01") is None
    True
    """
    found: list[tuple[int, str]] = []
    horizons: list[int] = []
    year_of_issue = int(issued[:4]) if issued else None
    for match in _PERIOD.finditer(title):
        last = int(match["last"] or match["end"] or match["more"] or match["year"])
        before = title[max(0, match.start() - _BEFORE) : match.start()].casefold()
        if before.rstrip(" ,(").endswith(_words("horizon")):
            horizons.append(last)
        elif match["years"] and not _is_own_year(last, before, title[match.end() :], year_of_issue):
            continue
        elif year_of_issue is None or last >= year_of_issue:
            found.append((last, " ".join(match[0].split())))
    if not found:
        return None
    last, words = max(found)
    later = [year for year in horizons if year > last]
    return OwnPeriod(words, last, max(later, default=None))


def _is_own_year(year: int, before: str, after: str, year_of_issue: int | None) -> bool:
    """Say whether a single year is the plan's own: that of its issue or the next, and not another document's."""
    clause = re.split(r"[,;(]", before)[-1]
    if any(re.search(rf"\b{word}\b", clause) for word in _words("other_year")):
        return False
    if year_of_issue is None:
        return not after.strip(' .;,)”"')
    return year in {year_of_issue, year_of_issue + 1}


@cache
def _words(role: str) -> tuple[str, ...]:
    return tuple(row["words"] for row in read_rows("checks/validity/plan_words.csv") if row["role"] == role)


@cache
def _any_of(role: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, _words(role))) + r")\b", re.IGNORECASE)


def _tells(words: str, role: str = "looks_back") -> bool:
    return _any_of(role).search(words) is not None


def _period_of(cited: Cited) -> OwnPeriod | None:
    """Give the period of a cited plan, from the title the registry has of it, else from the first that is written.

    What stands behind a later mention is often no longer the title.
    """
    instrument = cited.instrument
    titled = next((citation for citation in cited.citations if citation.title or citation.name), None)
    if instrument is not None and instrument.title:
        title, doc_type = instrument.title, instrument.doc_type
    elif titled is not None:
        title, doc_type = titled.title or titled.name or "", titled.doc_type
    else:
        return None
    if not _is_plan(title, doc_type):
        return None
    dates = (instrument.issued if instrument is not None else None, *(citation.issued for citation in cited.citations))
    return period_in(title, issued=next((date for date in dates if date), None))


def _is_plan(title: str, doc_type: str | None) -> bool:
    """Say whether a title is that of a plan: by its type, or because what is approved is one."""
    if doc_type in _PLANS:
        return True
    if doc_type not in _APPROVING:
        return False
    rest = _HEAD.sub("", title.casefold())
    while (word := next((one for one in _words("before_plan") if rest.startswith(f"{one} ")), None)) is not None:
        rest = _HEAD.sub("", rest[len(word) :])
    return rest.startswith(_words("plan"))


def _sections_on_the_past(context: RuleContext) -> tuple[tuple[int, int], ...]:
    """Give the sections whose heading says that they tell what was done."""
    return tuple(
        (section.start, section.end)
        for section in context.extraction.structure
        if section.heading and section.kind in {"phan", "chuong", "muc", "section"} and _tells(section.heading)
    )


def _is_of_the_past(citation: Citation, past: tuple[tuple[int, int], ...], context: RuleContext) -> bool:
    """Say whether a mention speaks of what was achieved: by its sentence, or by the section it stands in."""
    if any(start <= citation.start < end for start, end in past):
        return True
    text = context.extraction.text
    before = _SENTENCE.split(text[max(0, citation.start - _REACH_BACK) : citation.start])[-1]
    after = _SENTENCE.split(text[citation.end : citation.end + _REACH_ON])[0]
    return _tells(before) or _tells(after)


def _flag(cited: Cited, shown: Citation, period: OwnPeriod, context: RuleContext) -> Flag:
    follower = _follower(cited, context)
    return Flag(
        start=shown.start,
        end=shown.end,
        message=phrase(
            "over",
            period=period.words,
            last=f"31/12/{period.last}",
            as_of=day(context.day),
            horizon=phrase("horizon", year=str(period.horizon)) if period.horizon else None,
            **common_fields(cited, shown),
        ),
        subject=cited.key,
        instrument=shown.instrument,
        evidence=(Evidence(source=follower, retrieved=data_date(context.known)),) if follower else (),
        suggestion=phrase("suggestion_followed", follower=follower) if follower else phrase("suggestion"),
        kind="review",
    )


def _follower(cited: Cited, context: RuleContext) -> str | None:
    """Name the instrument that goes on with a programme, where the registry knows one that had been issued."""
    registry = context.registry
    if cited.instrument is None or registry is None or not isinstance(registry, KnowsRelations):
        return None
    for relation in registry.history(cited.instrument.id):
        follower = registry.get(relation.source) if relation.kind in {"continues", "extends"} else None
        if follower is not None and (follower.issued or "9999") <= context.day:
            return short_name(follower)
    return None
