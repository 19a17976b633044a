"""Plans that are checked together: which one stands above which, which one is last year's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.model import Extraction
from parcc_nlp.review.checks.targets.indicators import Indicator, Key
from parcc_nlp.review.checks.targets.lexicon import abbreviations, levels
from parcc_nlp.review.checks.targets.reading import read_indicators
from parcc_nlp.review.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcc_nlp.model import Citation, Metadata

__all__ = ["Library", "Plan", "Superior", "build", "level_of"]

CENTRAL = 2
"""The lowest level of government whose plans stand above those of every province."""
SAME_KIND = 85
"""How alike two titles must be, of 100, for plans of one kind."""
FIRST_WORDS = 4
"""Syllables of a title under which plans of one kind are looked up."""
LOOKED_AT = 20
"""Plans of one issuer, year and beginning that are compared by title."""
KEPT = 3
"""Central plans kept for one indicator."""
UPWARDS = frozenset({"basis", "implements"})
TITLE_NOISE = re.compile(
    r"\b(?:về việc|v/v|về|phê duyệt|ban hành|triển khai|thực hiện|kế hoạch|chương trình|quyết định|đề án|của)\b"
    r"|\b(?:năm|giai đoạn)\s+20\d\d(?:\s*[-–]\s*20\d\d)?|(?:trên địa bàn|tỉnh|thành phố)\s.{0,40}$"
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A document with its indicators, ready to be looked up."""

    extraction: Extraction
    indicators: Mapping[Key, tuple[Indicator, ...]]
    level: int | None
    issuer: str
    topic: str
    year: int | None
    """The year of a plan for one year."""


class Superior(NamedTuple):
    """A plan above another, and whether it is cited as basis or as what is carried out."""

    plan: Plan
    stated: bool


class Library:
    """The plans of a check, indexed by number, by issuer and year, and by what central plans measure.

    Parameters
    ----------
    plans
        Every plan of the check.
    """

    __slots__ = ("_by_number", "_by_series", "_by_text", "_central")

    def __init__(self, plans: Iterable[Plan]) -> None:
        self._by_number: dict[str, list[Plan]] = {}
        self._by_series: dict[tuple[str, int, str], list[Plan]] = {}
        self._by_text: dict[str, Plan] = {}
        self._central: dict[tuple[Key, tuple[str, ...]], list[tuple[Plan, Indicator]]] = {}
        for plan in plans:
            self._add(plan)

    def _add(self, plan: Plan) -> None:
        metadata = plan.extraction.metadata
        self._by_text.setdefault(plan.extraction.text, plan)
        if not plan.indicators:
            return
        if metadata.number:
            self._by_number.setdefault(_squeezed(metadata.number), []).append(plan)
        if plan.year is not None and plan.issuer and plan.topic:
            self._by_series.setdefault((plan.issuer, plan.year, _beginning(plan.topic)), []).append(plan)
        if plan.level is not None and plan.level <= CENTRAL:
            for key, group in plan.indicators.items():
                for indicator in group:
                    kept = self._central.setdefault((key, indicator.words), [])
                    if len(kept) < KEPT:
                        kept.append((plan, indicator))

    def plan_of(self, extraction: Extraction) -> Plan:
        """Give the plan that a document is, itself or a copy with the same text."""
        return self._by_text.get(extraction.text) or _plan(extraction)

    def superiors(self, plan: Plan, citations: Iterable[Citation]) -> Iterator[Superior]:
        """Give the plans that a document cites and that stand above it, each once, the stated ones first."""
        found: dict[int, Superior] = {}
        for citation in citations:
            above = self._cited(citation)
            if above is None or above.extraction.text == plan.extraction.text:
                continue
            stated = citation.relation in UPWARDS
            higher = above.level is not None and plan.level is not None and above.level < plan.level
            lower = above.level is not None and plan.level is not None and above.level > plan.level
            if lower or not (stated or higher):
                continue
            known = found.get(id(above))
            found[id(above)] = Superior(above, stated=stated or (known is not None and known.stated))
        yield from sorted(found.values(), key=_stated_first)

    def last_years(self, plan: Plan) -> Plan | None:
        """Give the plan of the same issuer and kind for the year before."""
        if plan.year is None or not plan.issuer or not plan.topic:
            return None
        near = self._by_series.get((plan.issuer, plan.year - 1, _beginning(plan.topic)), [])[:LOOKED_AT]
        if not near:
            return None
        from rapidfuzz import fuzz  # noqa: PLC0415 - slow to load, and only plans of one kind need it

        rated = [(fuzz.token_set_ratio(plan.topic, other.topic), -number) for number, other in enumerate(near)]
        best = max(rated, default=None)
        return near[-best[1]] if best is not None and best[0] >= SAME_KIND else None

    def central(self, indicator: Indicator) -> tuple[tuple[Plan, Indicator], ...]:
        """Give the goals of central plans for the very same indicator."""
        return tuple(self._central.get((indicator.key, indicator.words), ()))

    def _cited(self, citation: Citation) -> Plan | None:
        """Give the one plan of the check that a citation means."""
        if not citation.number:
            return None
        bearing = self._by_number.get(_squeezed(citation.number), ())
        fitting = [plan for plan in bearing if _fits(citation, plan.extraction.metadata)]
        return fitting[0] if len(fitting) == 1 else None


def build(documents: tuple[Extraction, ...]) -> Library:
    """Index the documents of a check, in time linear in their number."""
    return Library([_plan(extraction) for extraction in documents])


def level_of(issuer: str | None) -> int | None:
    """Give the level of government of an issuer, 1 the highest.

    Examples
    --------
    >>> level_of("Thủ tướng Chính phủ"), level_of("UBND tỉnh Lâm Đồng"), level_of("UBND xã Phú Lộc")
    (1, 3, 5)
    """
    name = _plain_issuer(issuer)
    return next((level.level for level in levels() if level.issuer.match(name)), None)


def _plan(extraction: Extraction) -> Plan:
    metadata = extraction.metadata
    groups: dict[Key, list[Indicator]] = {}
    for indicator in read_indicators(extraction, Places.of(extraction)):
        groups.setdefault(indicator.key, []).append(indicator)
    return Plan(
        extraction=extraction,
        indicators={key: tuple(group) for key, group in groups.items()},
        level=level_of(metadata.issuer),
        issuer=_plain_issuer(metadata.issuer).removeprefix("chủ tịch "),
        topic=_topic(metadata),
        year=_year(metadata),
    )


def _fits(citation: Citation, metadata: Metadata) -> bool:
    """Whether date and issuer of a citation are those of a document, as far as both give them."""
    written, known = citation.issued, metadata.issued
    if written and known:
        return known.startswith(written) or written.startswith(known)
    cited, own = _plain_issuer(citation.issuer), _plain_issuer(metadata.issuer)
    return not cited or not own or cited in own or own in cited


def _topic(metadata: Metadata) -> str:
    """Give what a plan is about: its title without its kind, its place and its years, abbreviations spelled out."""
    title = (metadata.attached_title or metadata.title or "").lower()
    known = abbreviations()
    spelled = " ".join(known.get(word, word) for word in re.findall(r"[\w&]+", TITLE_NOISE.sub(" ", title)))
    return " ".join(TITLE_NOISE.sub(" ", spelled).split())


def _year(metadata: Metadata) -> int | None:
    period = metadata.period
    return int(period.from_[:4]) if period is not None and period.from_[:4] == period.to[:4] else None


def _beginning(topic: str) -> str:
    return " ".join(topic.split()[:FIRST_WORDS])


def _plain_issuer(issuer: str | None) -> str:
    name = " ".join((issuer or "").lower().replace("uỷ", "ủy").split())
    return name.replace("ubnd", "ủy ban nhân dân").replace("hđnd", "hội đồng nhân dân")


def _squeezed(number: str) -> str:
    return "".join(number.lower().split())


def _stated_first(superior: Superior) -> bool:
    return not superior.stated
