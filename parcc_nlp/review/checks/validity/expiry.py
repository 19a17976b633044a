"""VB101, VB102, VB106, VB109: whether what is cited has ended, is suspended or is about to end.

Each speaks once per instrument and says how often it is cited besides.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from parcc_nlp.review.checks.validity.mentioned import is_ended_here
from parcc_nlp.review.checks.validity.phrases import ENDINGS, common_fields, done_by, grounds
from parcc_nlp.review.naming import as_evidence, cited_name, day, mentions, proofs_of, short_name, untold_exception
from parcc_nlp.review.rule import Flag, phrase, rule
from parcc_nlp.review.tables import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Citation, Status
    from parcc_nlp.review.context import Cited, RuleContext
    from parcc_nlp.review.rule import Kind, Phrase

__all__ = ["vb101", "vb102", "vb106", "vb109"]

_REASONING = frozenset({"Công văn", "Báo cáo", "Tờ trình", "Thông báo"})
"""Documents that reason and report, often on cases to which an earlier law applies."""
_REACH = 300
_SENTENCE = re.compile(r"[.;\n](?=\s|$)|\n")


@rule("VB101", needs=("registry", "as_of"))
def vb101(context: RuleContext) -> Iterator[Flag]:
    """Flag an expired instrument in the căn cứ lines."""
    for cited in context.cited:
        if cited.basis is not None and _ended(cited, context):
            yield _expired(cited, cited.basis, context)


@rule("VB102", needs=("registry", "as_of"))
def vb102(context: RuleContext) -> Iterator[Flag]:
    """Flag an expired instrument cited elsewhere; one already flagged as a basis is not said twice."""
    for cited in context.cited:
        if cited.basis is None and _ended(cited, context):
            yield _expired(cited, cited.first, context)


@rule("VB106", needs=("registry", "as_of"))
def vb106(context: RuleContext) -> Iterator[Flag]:
    """Flag a suspended instrument."""
    for cited in context.cited:
        if cited.status is None or cited.status.status != "suspended":
            continue
        first = cited.basis or cited.first
        proofs = proofs_of(cited.status.proof, "suspends")
        yield Flag(
            start=first.start,
            end=first.end,
            message=phrase(
                "suspended",
                cited=cited_name(first),
                as_of=day(context.day),
                how=tuple(done_by("suspended_by", proof, context, dated=True) for proof in proofs),
                mentions=mentions(cited, shown=first),
            ),
            subject=cited.key,
            instrument=first.instrument,
            evidence=tuple(as_evidence(proof, context.known) for proof in proofs),
            suggestion=phrase("suggestion"),
            kind="fail" if cited.status.basis == "stated" else "review",
        )


@rule("VB109", needs=("registry", "as_of"))
def vb109(context: RuleContext) -> Iterator[Flag]:
    """Flag an instrument that is in force on the day and will have expired a few weeks later."""
    later = (date.fromisoformat(context.day) + timedelta(days=context.expiring_within_days)).isoformat()
    for cited in context.cited:
        if cited.instrument is None or cited.status is None or cited.is_party or cited.moves:
            continue
        if cited.status.status not in {"in_force", "partly_expired", "not_known"}:
            continue
        then = context.known.status(cited.instrument.id, on=later)
        if then.status == "expired" and not is_ended_here(cited, then, context):
            first = cited.first
            yield Flag(
                start=first.start,
                end=first.end,
                message=phrase("expiring", **_ending(then, context), **common_fields(cited, first)),
                subject=cited.key,
                instrument=first.instrument,
                evidence=grounds(then, context),
                suggestion=phrase("suggestion"),
                kind="review" if then.basis == "inferred" else "fail",
            )


def _ended(cited: Cited, context: RuleContext) -> bool:
    """Say whether an instrument has wholly expired, as far as the review speaks of it.

    A law named by its name alone has moved on to the law of the same name (RULES.md, Settled); Party documents do not
    expire by the law on normative documents; what this very document replaces or repeals has to be named in it.
    """
    if cited.status is None or cited.status.status != "expired":
        return False
    return cited.heir is None and not cited.is_party and not is_ended_here(cited, cited.status, context)


def _expired(cited: Cited, citation: Citation, context: RuleContext) -> Flag:
    status = cited.status
    if status is None:
        raise LookupError(cited.key)
    exceptions = any(proof.exception for proof in proofs_of(status.proof, *ENDINGS))
    inferred = status.basis == "inferred"
    kind: Kind = "review" if inferred or exceptions or _may_speak_of_the_past(citation, context) else "fail"
    return Flag(
        start=citation.start,
        end=citation.end,
        message=phrase(
            "inferred" if inferred else "expired",
            as_of=day(context.day),
            **_ending(status, context),
            **common_fields(cited, citation),
        ),
        subject=cited.key,
        instrument=citation.instrument,
        evidence=grounds(status, context),
        suggestion=_remedy(cited, context),
        kind=kind,
    )


def _may_speak_of_the_past(citation: Citation, context: RuleContext) -> bool:
    """Say whether what has expired may be cited rightly: reasoning on a case of then, or in a transitional clause."""
    if context.extraction.metadata.doc_type in _REASONING:
        return True
    text = context.extraction.text
    before = _SENTENCE.split(text[max(0, citation.start - _REACH) : citation.start])[-1]
    after = _SENTENCE.split(text[citation.end : citation.end + _REACH])[0]
    return bool(_past().search(before) or _past().search(after))


@cache
def _past() -> re.Pattern[str]:
    words = (row["words"] for row in read_rows("checks/validity/past_words.csv"))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)


def _ending(status: Status, context: RuleContext) -> dict[str, Phrase | tuple[Phrase, ...] | None]:
    """Say since when, by what, and with what exception an instrument has ended."""
    proofs = proofs_of(status.proof, *ENDINGS)
    exceptions = tuple(dict.fromkeys(told for proof in proofs if (told := untold_exception(proof))))
    how: Phrase | tuple[Phrase, ...] | None = tuple(
        done_by(ENDINGS[proof.relation], proof, context, dated=False) for proof in proofs
    )
    if not proofs:
        others = tuple(done_by("ended_by", proof, context, dated=False) for proof in status.proof)
        how = others or phrase("own_term")
    return {
        "since": phrase("since", day=day(status.since)) if status.since else None,
        "how": how,
        "exception": phrase("exception", exception="; ".join(exceptions)) if exceptions else None,
    }


def _remedy(cited: Cited, context: RuleContext) -> Phrase:
    """Say what to consider: at signing cite another text; later, review what rests on this one."""
    at_signing = context.signed is None or context.day <= context.signed
    if cited.chain:
        return phrase("replace_with" if at_signing else "review_because", successor=short_name(cited.chain[-1]))
    return phrase("replace" if at_signing else "review")
