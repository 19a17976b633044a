"""Telling a document what became of what it cites: a finding on it, and a line among the alerts, both once."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from parcc_nlp.library.alerts.acts import acts_on, citing, concerns, foremost
from parcc_nlp.library.alerts.noting import note_alert, told_ends, told_of
from parcc_nlp.library.alerts.wording import ending_rules, relations, said, to_do, words
from parcc_nlp.library.import_codes import import_codes
from parcc_nlp.library.packing import packed_finding, unpacked_finding
from parcc_nlp.library.reviews import note_finding
from parcc_nlp.model import Evidence, Finding
from parcc_nlp.review.places import Places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import Connection

    from parcc_nlp.library.alerts.acts import Act, Cited
    from parcc_nlp.library.packing import PackedFinding
    from parcc_nlp.model import Extraction
    from parcc_nlp.registry import Registry

__all__ = ["AFFECTED", "tell_acts", "tell_ended"]

AFFECTED = "TV901"
"""The code of the finding that something cited has newly changed."""


def tell_acts(  # noqa: PLR0913 - whom, of what, and when
    connection: Connection,
    document_id: int,
    version_id: int,
    *,
    extraction: Callable[[], Extraction],
    registry: Registry,
    day: str,
    at: str,
) -> tuple[int, frozenset[str]]:
    """Tell a document what was newly done to what it cites.

    Parameters
    ----------
    connection
        A connection that writes; the links of the document are up to date.
    document_id, version_id
        The document and its current version.
    extraction
        Gives what was found in it; asked only where there is something to tell.
    registry
        What is known of instruments.
    day, at
        Today, and the moment.

    Returns
    -------
    int
        How many alerts are new.
    frozenset of str
        The instruments on which something was newly done, told or judged to be no news to this document.
    """
    document = citing(connection, document_id)
    acts = acts_on(connection, document, registry=registry)
    before = told_ends(connection, document_id)
    told = [
        act
        for act in foremost(act for act in acts if concerns(act, document, today=day))
        if (act.cause, act.target) not in before
    ]
    places = Places.of(extraction()) if told else None
    new = 0
    for act in told:
        cited = document.cited[act.target]
        if places is not None:
            found = packed_finding(_finding(act, cited, document.identity, places, day))
            note_finding(connection, document_id, version_id, found, day=day, at=at)
        new += note_alert(
            connection,
            document_id,
            "affected",
            cause=act.cause,
            relation=act.relation,
            target=act.target,
            message=said(act, today=day),
            message_en=said(act, today=day, lang="en"),
            effective=act.effective,
            clause="; ".join(act.clauses) or None,
            at=at,
        )
    return new, frozenset(act.target for act in acts)


def tell_ended(
    connection: Connection, document_id: int, fresh: Iterable[PackedFinding], *, judged: frozenset[str], at: str
) -> int:
    """Tell a document by its new findings that something it cites has ended, unless that was told or judged already.

    Returns
    -------
    int
        How many alerts are new.
    """
    ended = [one for one in fresh if one.rule in ending_rules() and one.instrument]
    if not ended:
        return 0
    known = judged | told_of(connection, document_id)
    new = 0
    for one in ended:
        if one.instrument is None or one.instrument in known:
            continue
        finding = unpacked_finding(one.value)
        clauses = (evidence.clause for evidence in finding.evidence if evidence.clause)
        new += note_alert(
            connection,
            document_id,
            "affected",
            cause=one.instrument,
            relation=one.rule,
            target=one.instrument,
            message=words("ended", message=finding.message),
            message_en=words("ended", "en", rule=one.rule, target=" ".join(finding.text.split())),
            clause=next(clauses, None),
            at=at,
        )
    return new


def _finding(act: Act, cited: Cited, identity: str, places: Places, day: str) -> Finding:
    """Make the finding; it stands at the first mention of what was changed."""
    name = f"{AFFECTED}|{identity}|{act.cause}|{act.relation}|{act.target}"
    return Finding(
        rule=AFFECTED,
        severity=relations()[act.relation].severity,
        kind="fail" if act.verified else "review",
        message=said(act, today=day),
        reason=import_codes()[AFFECTED].reason["vi"],
        start=cited.start,
        end=cited.end,
        text=places.extraction.text[cited.start : cited.end],
        where=places.where(cited.start),
        as_of=day,
        instrument=act.target,
        evidence=(Evidence(act.cause_label, "; ".join(act.clauses) or None, act.quote),),
        suggestion=to_do("affected", act.relation),
        fingerprint=hashlib.sha256(name.encode()).hexdigest(),
    )
