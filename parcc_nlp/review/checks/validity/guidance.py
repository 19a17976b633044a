"""VB110: guidance that outlives its parent. What it details or guides has ended; what becomes of it is asked, not said.

The rule changed twice (review rules R-HL7), so it is the one in force on the day the parent ended that is named. A
parent is known by a relation of the registry, or by the title the registry has ("Quy định chi tiết một số điều của Luật
Đầu tư").
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from parcc_nlp.model import Evidence
from parcc_nlp.registry.evidence import regime_on
from parcc_nlp.registry.identity import number_parts
from parcc_nlp.registry.parts import name_of_provision
from parcc_nlp.review.checks.validity.phrases import ENDINGS, common_fields, done_by
from parcc_nlp.review.naming import as_evidence, data_date, day, proofs_of, short_name
from parcc_nlp.review.rule import Flag, phrase, rule
from parcc_nlp.review.tables import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcc_nlp.model import Instrument, Pinpoint, Relation, Status
    from parcc_nlp.registry.evidence import Regime
    from parcc_nlp.review.context import Cited, RuleContext
    from parcc_nlp.review.rule import Phrase

__all__ = ["KnowsRelations", "parents_in_title", "vb110"]

_SILENT = frozenset({"expired", "suspended", "not_yet"})
"""Of an instrument that does not stand as a whole VB101, VB102, VB105 and VB106 speak."""
_TYPE = re.compile(
    r"^(?:(?:thông tư liên tịch|thông tư|nghị định|quyết định|nghị quyết)\s+)?(?:(?:về\s+)?việc\s+)?", re.IGNORECASE
)
_LAW = re.compile(r"\b(?:Bộ luật|Luật|Pháp lệnh)\s+\S")
_NUMBERED = re.compile(r"\b(?:Nghị định|Quyết định|Nghị quyết|Thông tư)\s+số\s+(?P<number>[0-9][^\s,;]*)")
_SUBJECT = re.compile(r"\s(?:quy định|hướng dẫn|về việc)\s")
"""What a numbered parent is about follows; what is named there is not guided."""
_NEXT = re.compile(r"(?:,|\bvà)\s+(?=(?:Nghị định|Quyết định|Nghị quyết|Thông tư) số|(?:Luật|Bộ luật|Pháp lệnh)\s)")
_AMENDING = re.compile(r"^(?:Bộ luật|Luật|Pháp lệnh)\s+sửa đổi", re.IGNORECASE)
_WORD_ENDS = re.compile(r"\s+(?=về\b|số\b|ngày\b|năm\b|và\b|liên quan\b|trong\b|đối với\b|để\b|theo\b|cho\b)|,|;|\(")
_LONGEST_NAME = 120
_FULL = len("2023-12-22")


@runtime_checkable
class KnowsRelations(Protocol):
    """A registry that can be asked what an instrument does to others and what was done to it."""

    def relations_of(self, instrument_id: str, /) -> Sequence[Relation]:
        """List what an instrument does to others."""

    def history(self, instrument_id: str, /) -> Sequence[Relation]:
        """List what was done to an instrument."""


class _Parent(NamedTuple):
    """An instrument that another one details or guides, wholly (no parts) or in some of its provisions."""

    instrument: Instrument
    parts: tuple[Pinpoint, ...] = ()


class _Ended(NamedTuple):
    """A parent that has ended, or whose guided provisions have, with the rule in force on that day."""

    parent: _Parent
    since: str
    status: Status
    regime: Regime


@rule("VB110", needs=("registry", "as_of"))
def vb110(context: RuleContext) -> Iterator[Flag]:
    """Flag an instrument that details or guides what has ended, unless it is told to go on."""
    registry = context.known
    if not isinstance(registry, KnowsRelations):
        return
    for cited in context.cited:
        if cited.instrument is None or cited.status is None or cited.is_party or cited.ended_here:
            continue
        if cited.status.status in _SILENT or _stands(cited.status):
            continue
        parents = _parents(cited.instrument, registry, context)
        ended = [one for parent in parents if (one := _ended(parent, context)) is not None]
        if ended and not _goes_on(cited.instrument, registry, ended[0].since, context):
            yield _flag(cited, ended, parents, context)


def parents_in_title(title: str, known: Instrument, context: RuleContext) -> tuple[Instrument, ...]:
    """Give the laws and decrees that the title of an instrument says it details or guides.

    A law named there is the newest of that name on the day the instrument was signed. What a guided decree details in
    turn ("hướng dẫn Nghị định số ... quy định chi tiết Luật X") is no parent.
    """
    bare = _TYPE.sub("", title.strip(), count=1)
    if not bare.casefold().startswith(_guiding_words()):
        return ()
    first = min((match.start() for match in (_LAW.search(bare), _NUMBERED.search(bare)) if match), default=None)
    if first is None:
        return ()
    own = _SUBJECT.split(bare[first:], maxsplit=1)[0]
    if _AMENDING.match(own):
        return ()  # it details the amending law; the laws named behind are those that were amended
    found = [_named_at(own[start:], known, context) for start in (0, *(match.end() for match in _NEXT.finditer(own)))]
    return tuple(dict.fromkeys(parent for parent in found if parent is not None))


def _named_at(words: str, guiding: Instrument, context: RuleContext) -> Instrument | None:
    """Give the instrument whose number or name begins a stretch of words."""
    numbered = _NUMBERED.match(words)
    if numbered is not None:
        bearers = context.known.find(numbered["number"])
        return bearers[0] if len(bearers) == 1 and number_parts(numbered["number"]).year else None
    return _law_named(words[:_LONGEST_NAME], guiding, context)


@cache
def _guiding_words() -> tuple[str, ...]:
    return tuple(row["words"] for row in read_rows("checks/validity/guiding.csv"))


def _law_named(words: str, guiding: Instrument, context: RuleContext) -> Instrument | None:
    """Find the law whose name begins a stretch of words: the longest name that the registry has."""
    ends = [len(words), *(match.start() for match in reversed(list(_WORD_ENDS.finditer(words))))]
    for end in ends:
        laws = context.known.laws_named(words[:end].strip(" ."))
        if laws:
            return _newest(laws, before=_signed(guiding))
    return None


def _newest(laws: Sequence[Instrument], *, before: str | None) -> Instrument | None:
    """Give the newest law that had been passed; None where the data do not tell which that is."""
    dated = [(_signed(law), law) for law in laws]
    if before is None or any(signed is None for signed, _ in dated):
        return laws[0] if len(laws) == 1 else None
    passed = [(signed, law) for signed, law in dated if signed and signed <= before[: len(signed)]]
    latest = max((signed for signed, _ in passed), default="")
    newest = [law for signed, law in passed if signed == latest]
    return newest[0] if len(newest) == 1 else None


def _signed(instrument: Instrument) -> str | None:
    year = number_parts(instrument.number or "").year
    return instrument.issued or (str(year) if year else None)


def _stands(status: Status) -> bool:
    """Say whether a source states that the instrument holds on the day."""
    return status.status == "in_force" and status.basis == "stated"


def _parents(instrument: Instrument, registry: KnowsRelations, context: RuleContext) -> tuple[_Parent, ...]:
    """Give what an instrument details or guides: by verified relations, else by its own title."""
    found: dict[str, _Parent] = {}
    for relation in registry.relations_of(instrument.id):
        target = context.known.get(relation.target) if relation.kind == "guides" else None
        if target is not None and relation.confidence == "verified":
            found[target.id] = _Parent(target, relation.parts)
    if not found:
        for target in parents_in_title(instrument.title or "", instrument, context):
            if target.id != instrument.id:
                found[target.id] = _Parent(target)
    return tuple(found.values())


def _ended(parent: _Parent, context: RuleContext) -> _Ended | None:
    """Say since when a parent, or every provision of it that is guided, has ended; by which rule it is to be judged."""
    status = context.known.status(parent.instrument.id, on=context.day)
    since = status.since if status.status == "expired" else _parts_ended(parent, context)
    regime = regime_on(since) if since is not None and len(since) == _FULL else None
    if since is None or regime is None or regime.consequence == "continues":
        return None
    return _Ended(parent, since, status, regime)


def _parts_ended(parent: _Parent, context: RuleContext) -> str | None:
    """Give the day on which the last of the guided provisions ended; the guidance falls with them only."""
    if not parent.parts:
        return None
    statuses = [
        context.known.provision_status(parent.instrument.id, part, on=context.day)
        for part in parent.parts
        if name_of_provision(part)
    ]
    days = [status.since for status in statuses if status.status == "expired" and status.since]
    return max(days) if days and len(days) == len(statuses) else None


def _goes_on(instrument: Instrument, registry: KnowsRelations, since: str, context: RuleContext) -> bool:
    """Say whether an instrument was told to go on, or was amended after its parent had ended: its issuer keeps it."""
    for relation in registry.history(instrument.id):
        holds = relation.confidence == "verified" and (relation.effective or "9999") <= context.day
        if relation.kind in {"continues", "extends"} and holds and not relation.parts:
            return True
        if relation.kind == "amends" and holds and (relation.effective or "") > since:
            return True
    return False


def _flag(cited: Cited, ended: list[_Ended], parents: tuple[_Parent, ...], context: RuleContext) -> Flag:
    one, first = ended[0], cited.basis or cited.first
    falls = one.regime.consequence == "expires_with_parent"
    whole = one.status.status == "expired"
    left = [parent for parent in parents if parent.instrument.id not in {two.parent.instrument.id for two in ended}]
    successor = _successor(one, context)
    return Flag(
        start=first.start,
        end=first.end,
        message=phrase(
            ("falls" if falls else "goes_on") if whole else "part",
            parent=short_name(one.parent.instrument),
            parts=", ".join(name_of_provision(part) for part in one.parent.parts),
            since=phrase("since", day=day(one.since)),
            how=_how(one, context),
            clause=one.regime.clause,
            as_of=day(context.day),
            left=phrase("left", others=tuple(short_name(parent.instrument) for parent in left)) if left else None,
            **common_fields(cited, first),
        ),
        subject=cited.key,
        instrument=first.instrument,
        evidence=(
            Evidence(
                source=one.parent.instrument.number or one.parent.instrument.id, retrieved=data_date(context.known)
            ),
            *(as_evidence(proof, context.known) for proof in proofs_of(one.status.proof, *ENDINGS)),
        ),
        suggestion=phrase("suggestion_successor", successor=successor) if successor else phrase("suggestion"),
        kind="review",
        severity=None if falls and not left else "info",
    )


def _how(one: _Ended, context: RuleContext) -> tuple[Phrase, ...] | None:
    proofs = proofs_of(one.status.proof, *ENDINGS) if one.status.status == "expired" else ()
    return tuple(done_by(ENDINGS[proof.relation], proof, context, dated=False) for proof in proofs) or None


def _successor(one: _Ended, context: RuleContext) -> str | None:
    """Name what replaced the parent: in the normal case a law of the same name."""
    chain = context.known.successors(one.parent.instrument.id, on=context.day) if one.status.status == "expired" else ()
    return short_name(chain[-1]) if chain else None
