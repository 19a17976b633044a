"""CT604, CT605: targets that do not agree: in one document, with the plan above, with last year's plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.checks.targets.indicators import difference, same_scope, same_time, weaker
from parcc_nlp.review.checks.targets.plans import build
from parcc_nlp.review.checks.targets.reading import read_indicators
from parcc_nlp.review.checks.targets.surroundings import promises, shown
from parcc_nlp.review.naming import day
from parcc_nlp.review.rule import Flag, Place, Text, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcc_nlp.model import Extraction, Severity
    from parcc_nlp.review.checks.targets.indicators import Difference, Indicator, Key
    from parcc_nlp.review.checks.targets.plans import Library, Plan
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Kind

__all__ = ["ct604", "ct605"]

REPRESENTATIVES = 8
"""Different goals for one indicator that a further one is compared with."""
SHOWN = 3
CAREFUL = 4
"""Syllables that must name an indicator where the words are not the same."""
FULL = 6
"""Syllables that must name what is no share, under another heading."""
CERTAIN = 8
"""Syllables from which on the same words in another document surely name the same."""
SHORT_TOPIC = 3
"""Syllables of a heading that names an object rather than a task."""


class _Clash(NamedTuple):
    """A target and an earlier one that it does not agree with."""

    other: Indicator
    kind: Difference
    sure: bool


@rule("CT604", needs=("targets",))
def ct604(context: RuleContext) -> Iterator[Flag]:
    """Flag a target that differs from an earlier one, from the plan above in direction, from last year's by less."""
    if not promises(context.extraction):
        return
    if context.together is None:
        yield from _within_document(read_indicators(context.extraction, context.places))
        return
    library = context.together.looked_up(build)
    plan = library.plan_of(context.extraction)
    ordered = sorted((one for group in plan.indicators.values() for one in group), key=_by_place)
    yield from _within_document(ordered)
    yield from _against_direction(plan, library, context)
    yield from _against_last_year(plan, library)


@rule("CT605", needs=("targets", "together"))
def ct605(context: RuleContext) -> Iterator[Flag]:
    """Flag a target that demands less than the plan above for the same indicator and time."""
    if not promises(context.extraction):
        return
    library = context.others.looked_up(build)
    plan = library.plan_of(context.extraction)
    told: set[int] = set()
    for flag in (*_below_cited(plan, library, context), *_below_central(plan, library)):
        if flag.start not in told:
            told.add(flag.start)
            yield flag


def _below_cited(plan: Plan, library: Library, context: RuleContext) -> Iterator[Flag]:
    """Flag what demands less than the plans that the document cites and that stand above it."""
    for superior in library.superiors(plan, context.citations):
        for own, above in _pairs(plan, superior.plan):
            if _demands_less(own, above):
                same = own.words == above.words and (own.topic == above.topic or own.weight >= CERTAIN)
                sure = superior.stated and same and not own.is_count and own.time == above.time
                yield _across("weaker", own, above, superior.plan.extraction, kind="fail" if sure else "review")


def _below_central(plan: Plan, library: Library) -> Iterator[Flag]:
    """Flag what demands less than a plan of a higher level that is not cited, for the very same indicator and time."""
    for own in (one for group in plan.indicators.values() for one in group):
        for higher, above in library.central(own):
            lower = plan.level is not None and higher.level is not None and higher.level < plan.level
            if lower and own.time == above.time and _same_ground(own, above) and _demands_less(own, above):
                yield _across("weaker_uncited", own, above, higher.extraction, kind="review")


def _within_document(indicators: Iterable[Indicator]) -> Iterator[Flag]:
    """Compare each target with the different ones before it that measure the same."""
    groups: dict[Key, list[Indicator]] = {}
    for indicator in indicators:
        known = groups.setdefault(indicator.key, [])
        clashes = [clash for other in known if (clash := _clash(indicator, other)) is not None]
        if clashes:
            yield _flag(indicator, clashes)
        if len(known) < REPRESENTATIVES and (clashes or not any(_equal(indicator, other) for other in known)):
            known.append(indicator)


def _clash(one: Indicator, other: Indicator) -> _Clash | None:
    """Say in what a target differs from an earlier one, if it must be looked at."""
    if one.line == other.line or not same_scope(one, other) or not same_time(one, other):
        return None
    kind = difference(one, other)
    if kind is None or _only_named_alike(one, other):
        return None
    sure = (
        one.words == other.words
        and (one.topic == other.topic or one.attached != other.attached)
        and not one.is_count
        and kind in {"value", "direction"}
        and one.time is not None
        and other.time is not None
        and one.target.modality == other.target.modality
    )
    return _Clash(other, kind, sure)


def _only_named_alike(one: Indicator, other: Indicator) -> bool:
    """Whether words too few, or headings that list objects, leave open whether the same is measured."""
    weight = min(one.weight, other.weight)
    if one.words != other.words and (weight < CAREFUL or one.is_count):
        return True
    if one.topic == other.topic or (one.words == other.words and one.attached != other.attached):
        return False
    return weight < (CAREFUL if one.key.unit == "%" else FULL) or _objects(one.topic, other.topic)


def _objects(topic: str, other: str) -> bool:
    """Whether two headings list objects of one kind ("Giáo dục tiểu học", "Giáo dục mầm non"), or stretch and floor."""
    if not topic or not other:
        return False
    if ("phấn đấu" in topic) != ("phấn đấu" in other):
        return True
    first, second = topic.split(), other.split()
    return first[0] == second[0] or max(len(first), len(second)) <= SHORT_TOPIC


def _equal(one: Indicator, other: Indicator) -> bool:
    return one.amount == other.amount and one.time == other.time and one.scope == other.scope


def _flag(indicator: Indicator, clashes: list[_Clash]) -> Flag:
    first = next((clash for clash in clashes if clash.kind != "wording"), clashes[0])
    severity: Severity | None = "info" if first.kind == "wording" else None
    sure = any(clash.sure for clash in clashes)
    return Flag(
        start=indicator.target.start,
        end=indicator.target.end,
        message=phrase(
            _KEYS[first.kind],
            here=_said(indicator),
            there=_said(first.other),
            line=str(first.other.line),
            how=phrase("same" if first.sure else "likely"),
        ),
        subject="|".join(indicator.key.core),
        kind="fail" if sure else "review",
        severity=severity,
        suggestion=phrase("suggestion"),
        related=tuple(Place(clash.other.target.start, clash.other.target.end) for clash in clashes[:SHOWN]),
        place_matters=True,
    )


_KEYS: dict[Difference, str] = {
    "value": "differ",
    "direction": "directions",
    "sense": "directions",
    "wording": "wording",
}


def _against_direction(plan: Plan, library: Library, context: RuleContext) -> Iterator[Flag]:
    """Flag a target that goes the other way than the plan above: at most here, at least there."""
    for superior in library.superiors(plan, context.citations):
        for own, above in _pairs(plan, superior.plan):
            opposed = difference(own, above) in {"direction", "sense"}
            if opposed and own.time == above.time and not weaker(own, above):
                yield _across("against_superior", own, above, superior.plan.extraction, kind="review")


def _against_last_year(plan: Plan, library: Library) -> Iterator[Flag]:
    """Flag a target that demands less than last year's plan did."""
    before = library.last_years(plan)
    if before is None or plan.year is None:
        return
    told: set[int] = set()
    for own, past in _pairs(plan, before):
        this_year = _of_year(own, plan.year) and _of_year(past, plan.year - 1)
        if this_year and own.target.start not in told and weaker(own, past):
            told.add(own.target.start)
            yield _across("less_than_last_year", own, past, before.extraction, kind="review")


def _pairs(plan: Plan, other: Plan) -> Iterator[tuple[Indicator, Indicator]]:
    """Give each target of a plan with those of another that measure the same for the same people and places."""
    for key, group in plan.indicators.items():
        for there in other.indicators.get(key, ())[:REPRESENTATIVES]:
            for own in group[:REPRESENTATIVES]:
                if _same_ground(own, there) and not _only_named_alike(own, there):
                    yield own, there


def _same_ground(own: Indicator, there: Indicator) -> bool:
    """Whether two goals hold for the same people and places, and are measured from the same year."""
    return own.scope == there.scope and own.base == there.base


def _demands_less(own: Indicator, above: Indicator) -> bool:
    """Whether a target demands less by the time the other is due, or later still."""
    if own.time is None or above.time is None or own.time[:4] < above.time[:4]:
        return False
    return weaker(own, above)


def _of_year(indicator: Indicator, year: int) -> bool:
    return indicator.time is not None and indicator.time[:4] == str(year)


def _across(key: str, own: Indicator, there: Indicator, document: Extraction, *, kind: Kind) -> Flag:
    return Flag(
        start=own.target.start,
        end=own.target.end,
        message=phrase(key, here=_said(own), there=_said(there), line=str(there.line), document=_name(document)),
        subject="|".join(own.key.core),
        kind=kind,
        suggestion=phrase("suggestion"),
        related=(Place(there.target.start, there.target.end, document=document),),
        place_matters=True,
    )


def _said(indicator: Indicator) -> str:
    return shown((indicator.target,))


def _name(document: Extraction) -> str | Text:
    """Name a document by its kind, number and date, or by its title."""
    metadata = document.metadata
    if metadata.number:
        issued = f" ngày {day(metadata.issued)}" if metadata.issued else ""
        return f"{metadata.doc_type or 'Văn bản'} số {metadata.number}{issued}"
    title = metadata.title or document.source.path
    return " ".join(title.split()) if title else Text("văn bản kia", "the other document")


def _by_place(indicator: Indicator) -> int:
    return indicator.target.start
