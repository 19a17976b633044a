"""Running the rules over a document as of a day, and counting what could be answered for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from parcc_nlp.errors import UsageError
from parcc_nlp.model import Coverage, Finding, Related, Review, SkippedRule
from parcc_nlp.review.apart import apart_from
from parcc_nlp.review.context import RuleContext, examined, gather
from parcc_nlp.review.fingerprint import document_identity, fingerprints
from parcc_nlp.review.places import Places
from parcc_nlp.review.rule import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from parcc_nlp.model import Extraction, Severity
    from parcc_nlp.review.context import Cited, RegistryView
    from parcc_nlp.review.rule import Flag, Language, Need, Place, Rule
    from parcc_nlp.review.together import Together

__all__ = ["review", "rules", "run"]

_WHY_SKIPPED: dict[Need, Text] = {
    "registry": Text(vi="không có dữ liệu văn bản", en="no registry"),
    "as_of": Text(vi="không tìm thấy ngày ký của văn bản", en="no signing date was found"),
    "signed": Text(vi="không tìm thấy ngày ký của văn bản", en="no signing date was found"),
    "targets": Text(vi="chưa đọc chỉ tiêu của văn bản", en="the targets were not read"),
    "responsibilities": Text(vi="chưa đọc phân công của văn bản", en="the assignments were not read"),
    "effects": Text(vi="chưa đọc tác động đến văn bản khác", en="the effects on other documents were not read"),
    "together": Text(vi="chỉ xem xét một văn bản", en="only one document is checked"),
}
_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2, "unknown": 3}
_VALID = frozenset({"in_force", "partly_expired"})
_NOT_VALID = frozenset({"expired", "suspended", "not_yet"})


def rules() -> tuple[Rule, ...]:
    """Give every rule, family by family in the order of their codes; those of other packages come last.

    Raises
    ------
    UsageError
        E340: an entry point of the group ``parcc_nlp.rules`` cannot be loaded, gives no rule, or takes a code twice.

    Examples
    --------
    >>> rules()[0].code, rules()[0].name.vi
    ('VB101', 'Căn cứ đã hết hiệu lực toàn bộ')
    """
    from parcc_nlp.review.checks import ALL  # noqa: PLC0415  - the checks import this package
    from parcc_nlp.review.plugins import added_rules  # noqa: PLC0415  - looking for entry points is put off, too

    return (*ALL, *added_rules())


def review(  # noqa: PLR0913 - every option is keyword-only and has a working default
    extraction: Extraction,
    *,
    as_of: str | date = "signing",
    registry: RegistryView | None = None,
    today: str | date | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    expiring_within_days: int = 90,
    together: Together | None = None,
    lang: Literal["vi", "en"] = "vi",
) -> Review:
    """Check what a document cites and how, as of a day.

    Parameters
    ----------
    extraction
        What was found in the document. Its citations are identified anew when a registry is given.
    as_of
        ``"signing"`` for the day the document was signed, ``"today"``, or a day (``"2023-12-22"``).
    registry
        What is known of instruments. Without one, the rules that need it are reported as skipped.
    today
        The day that ``"today"`` means; the day of the computer's clock by default.
    select, ignore
        Codes of rules or their beginnings (``"VB1"``): run only these, leave these out.
    expiring_within_days
        How many days ahead VB109 looks.
    together
        The documents this one is compared with, itself among them; without them, rules that compare are skipped.
    lang
        Language of the findings, ``"vi"`` or ``"en"``.

    Returns
    -------
    Review
        Findings ordered by severity and place, and how much of the document could be answered for. Where the signing
        date is asked for and not known, `Review.as_of` stays ``"signing"`` and the rules that need a day are skipped.

    Raises
    ------
    UsageError
        `as_of` or `today` is no day (E301); `select` or `ignore` fits no rule (E304).

    Notes
    -----
    Every finding names the clause it rests on; the clauses stand in ``rules.yaml``, after Luật 64/2025/QH15, Nghị định
    78/2025/NĐ-CP, 79/2025/NĐ-CP and 30/2020/NĐ-CP, chosen by the signing date of the document.

    Examples
    --------
    >>> from parcc_nlp.model import Citation, Extraction
    >>> text = "Chỉ thị số 03/CT- UBND"
    >>> found = Extraction(text, citations=(Citation(0, 22, text, "Chỉ thị", "03/CT-UBND"),))
    >>> [(finding.rule, finding.suggestion) for finding in review(found, select=("VB2",)).findings]
    [('VB206', 'Cần xem xét: 03/CT-UBND.')]
    """
    chosen = _chosen(select, ignore)
    signed = _signing_date(extraction)
    day = signed if as_of == "signing" else _day(as_of, today=today)
    # The documents of a lot were identified when they were put together, and rules know them by their identity.
    is_resolved = registry is None or (together is not None and extraction in together)
    resolved = extraction if is_resolved or registry is None else registry.resolve_all(extraction)
    registry = apart_from(resolved.metadata, registry)
    context = RuleContext(
        extraction=resolved,
        registry=registry,
        as_of=day,
        signed=signed,
        expiring_within_days=expiring_within_days,
        citations=examined(resolved),
        cited=gather(resolved, registry=registry, as_of=day),
        together=together,
        index=Places.of(resolved),
    )
    skipped = tuple(
        SkippedRule(rule.code, _WHY_SKIPPED[need].in_(lang))
        for rule in chosen
        if (need := _missing(rule, context)) is not None
    )
    able = [rule for rule in chosen if _missing(rule, context) is None]
    return Review(
        as_of=day or "signing",
        source=extraction.source,
        coverage=_coverage(context, able, skipped),
        findings=run(able, context, lang=lang),
    )


def run(chosen: Iterable[Rule], context: RuleContext, *, lang: Language = "vi") -> tuple[Finding, ...]:
    """Run rules that have all they need, and give their findings by severity and place."""
    places = context.places
    identity = document_identity(context.extraction.metadata, context.extraction.source)
    findings: list[Finding] = []
    for rule in chosen:
        flags = sorted(rule.check(context), key=_by_place)
        names = fingerprints(rule.code, flags, identity=identity, text=context.extraction.text, places=places)
        findings.extend(
            _finding(rule, flag, name, context, places, lang) for flag, name in zip(flags, names, strict=True)
        )
    return tuple(sorted(findings, key=_by_severity))


def _finding(  # noqa: PLR0913, PLR0917 - private: what a finding is put together from
    rule: Rule, flag: Flag, fingerprint: str, context: RuleContext, places: Places, lang: Language
) -> Finding:
    """Put the rule's texts and the place to a flag."""
    return Finding(
        rule=rule.code,
        severity=flag.severity or rule.severity,
        kind=flag.kind,
        message=rule.render(flag.message, lang=lang),
        reason=rule.reason(context.signed, normative=context.extraction.metadata.normative, lang=lang),
        start=flag.start,
        end=flag.end,
        text=context.extraction.text[flag.start : flag.end],
        where=places.where(flag.start),
        as_of=flag.as_of or context.as_of or "signing",
        instrument=flag.instrument,
        evidence=flag.evidence,
        suggestion=rule.render(flag.suggestion, lang=lang) if flag.suggestion else None,
        applicability=flag.applicability,
        fingerprint=fingerprint,
        related=tuple(_related(place, places) for place in flag.related),
    )


def _related(place: Place, places: Places) -> Related:
    """Say where another place is that a finding speaks of."""
    document = place.document
    there = places if document is None else Places.of(document)
    return Related(
        start=place.start,
        end=place.end,
        text=there.extraction.text[place.start : place.end],
        where=there.where(place.start),
        path=document.source.path if document is not None else None,
    )


def _coverage(context: RuleContext, able: Collection[Rule], skipped: tuple[SkippedRule, ...]) -> Coverage:
    """Count mentions: how many were identified, and of how many the validity is known."""
    verdicts = {"valid": 0, "not_valid": 0, "not_known": 0}
    for cited in context.cited:
        verdicts[_verdict(cited, context)] += len(cited.citations)
    return Coverage(
        citations=len(context.citations),
        resolved=sum(len(cited.citations) for cited in context.cited if cited.instrument is not None),
        rules_run=tuple(rule.code for rule in able),
        rules_skipped=skipped,
        **verdicts,
    )


def _verdict(cited: Cited, context: RuleContext) -> Literal["valid", "not_valid", "not_known"]:
    """Say whether an instrument is valid; a law that moves is judged by the law it has moved to."""
    status = cited.status
    if cited.heir is not None and context.registry is not None and context.as_of is not None:
        status = context.registry.status(cited.heir.id, on=context.as_of)
    if status is None:
        return "not_known"
    if status.status in _VALID:
        return "valid"
    return "not_valid" if status.status in _NOT_VALID else "not_known"


def _missing(rule: Rule, context: RuleContext) -> Need | None:
    """Give the first thing a rule needs and does not have."""
    have: dict[Need, object] = {
        "registry": context.registry,
        "as_of": context.as_of,
        "signed": context.signed,
        "together": context.together,
    }
    unread = context.extraction.unread
    return next((need for need in rule.needs if need in unread or have.get(need, True) is None), None)


def _chosen(select: Collection[str], ignore: Collection[str]) -> tuple[Rule, ...]:
    """Give the rules asked for."""
    every = rules()
    for code in (*select, *ignore):
        if not any(rule.code.startswith(code) for rule in every):
            raise UsageError("E304", value=code)
    kept = (rule for rule in every if not select or rule.code.startswith(tuple(select)))
    return tuple(rule for rule in kept if not ignore or not rule.code.startswith(tuple(ignore)))


def _signing_date(extraction: Extraction) -> str | None:
    """Give the day the document was signed; a draft's "tháng 12 năm 2025" is no day."""
    issued = extraction.metadata.issued
    return issued if issued and _is_day(issued) else None


def _day(value: str | date, *, today: str | date | None) -> str:
    if value == "today":
        value = today if today is not None else date.today()  # noqa: DTZ011  # the officer's own day is meant
    day = value if isinstance(value, str) else value.isoformat()[:10]
    if not _is_day(day):
        raise UsageError("E301", value=day)
    return day


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _by_place(flag: Flag) -> tuple[int, int]:
    return flag.start, flag.end


def _by_severity(finding: Finding) -> tuple[int, int, int, str]:
    return _ORDER[finding.severity], finding.start, finding.end, finding.rule
