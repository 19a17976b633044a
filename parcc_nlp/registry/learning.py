"""What one document teaches: its own identity and dates, what its clauses do to others, what it rests on.

Reading a document gives claims and changes nothing. A document that has not been issued (its number or date is blank)
teaches nothing. A consolidated text has no force of its own: it teaches what it consolidates, what amended that, and
since when each of them has effect (Pháp lệnh 01/2012/UBTVQH13, Điều 4).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from parcc_nlp.errors import RegistryError
from parcc_nlp.registry.claims import Claim, InstrumentClaim, LifeClaim, Provenance, Reference, RelationClaim
from parcc_nlp.registry.days import add_days, agrees, is_day
from parcc_nlp.registry.identity import (
    assembly_term,
    implied_issuers,
    is_local,
    issuers_agree,
    legal_class,
    number_key,
    number_parts,
)
from parcc_nlp.registry.names import LAW_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcc_nlp.model import Citation, Confidence, Effect, Extraction, RelationKind
    from parcc_nlp.registry.registry import Registry

__all__ = ["claims_of", "on_the_day_that_holds", "quoted", "why_not"]

LONGEST_QUOTE = 400
"""Characters of a sentence that are quoted; the place where the target is named is always among them."""
LONGEST_CONTENT = 160
"""Characters of a description of a part that stand with its clause."""
_BEFORE = 220
_BEHIND = 180
_ENDS: frozenset[str] = frozenset({"replaces", "repeals"})
_HEADS = ("bộ trưởng ", "thống đốc ", "chủ nhiệm ", "tổng ", "chánh án ", "viện trưởng ")
_SENTENCE_ENDS = "\n;"
_THIS = re.compile(
    r"(?<![“\"])\b(?P<type>Bộ\s+luật|Luật|Pháp\s+lệnh|Nghị\s+quyết|Nghị\s+định|Quyết\s+định|Thông\s+tư\s+liên\s+tịch|Thông\s+tư|Chỉ\s+thị"
    r"|Kế\s+hoạch)\s+này\b"
)
_OFTEN = 3
"""How often a text must call itself something, and how much oftener than anything else, to be believed."""
_ASSEMBLY = {"Quốc hội", "Ủy ban Thường vụ Quốc hội"}
_OF_ASSEMBLY = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Nghị quyết"})
_BARE_BODY = frozenset(
    {
        "UBND tỉnh", "UBND thành phố", "UBND huyện", "UBND xã", "UBND phường", "HĐND tỉnh", "HĐND thành phố",
        "HĐND huyện", "HĐND xã", "HĐND phường", "Ủy ban nhân dân tỉnh", "Ủy ban nhân dân thành phố",
        "Hội đồng nhân dân tỉnh", "Hội đồng nhân dân thành phố", "Ủy ban nhân dân", "Hội đồng nhân dân", "UBND", "HĐND",
    }
)  # fmt: skip


def why_not(extraction: Extraction) -> RegistryError | None:
    """Say why a document teaches nothing.

    E250: it has no number; E251: it is a draft; E252: its signing date was not read, and its number says neither the
    year nor the National Assembly, so that others bear it too; E253: the issuer of a local number was not read.

    Examples
    --------
    >>> from parcc_nlp.model import Extraction, Metadata
    >>> why_not(Extraction(text="", metadata=Metadata(doc_type="Quyết định"))).code
    'E250'
    """
    metadata = extraction.metadata
    path = extraction.source.path
    if metadata.number is None:
        return RegistryError("E250", path=path)
    coarse = metadata.issued is not None and not is_day(metadata.issued)
    if not number_parts(metadata.number).serial or coarse:
        return RegistryError("E251", path=path)
    needed = legal_class(metadata.number, metadata.doc_type) != "consolidated"
    if needed and metadata.issued is None and not _is_dated(metadata.number):
        return RegistryError("E252", path=path, number=metadata.number)
    if is_local(metadata.number) and metadata.issuer is None:
        return RegistryError("E253", path=path, number=metadata.number)
    called = _calls_itself(extraction.text)
    if called and called not in _OF_ASSEMBLY and _ASSEMBLY & set(implied_issuers(metadata.number)):
        return RegistryError("E254", path=path, number=metadata.number, called=called.lower())
    return None


def _calls_itself(text: str) -> str | None:
    """Give the type by which a text calls itself ("Nghị định này"), where it does so often and no other as often.

    A copy may carry the number of another document: what it does would be told of that one.
    """
    counted = Counter(" ".join(match["type"].split()).capitalize() for match in _THIS.finditer(text))
    (called, times), *others = [*counted.most_common(2), ("", 0)]
    return called if times >= _OFTEN and times >= _OFTEN * max((count for _, count in others), default=0) else None


def _is_dated(number: str) -> bool:
    """Say whether a number itself bounds when it was signed: by its year, or by its National Assembly."""
    return number_parts(number).year is not None or assembly_term(number) is not None


def claims_of(extraction: Extraction, *, learned: str) -> tuple[Claim, ...]:
    """Give what a document teaches.

    Parameters
    ----------
    extraction
        What was found in it; citations need not be resolved, the ledger identifies what they name.
    learned
        The day it is learned (known time), ``YYYY-MM-DD``.

    Returns
    -------
    tuple of Claim
        Its own identity and dates first, then its effects and relations in the order of the text, then what its căn cứ
        lines show to be in force, then who else it identifies in full. Empty where `why_not` gives a reason.

    Examples
    --------
    >>> from parcc_nlp.model import Effect, Extraction, Metadata
    >>> text = "Điều 2. Bãi bỏ Thông tư số 73/2017/TT-BTC."
    >>> effect = Effect("repeals", "73/2017/TT-BTC", (), "2026-01-10", 8, 41, text[8:41], clause="Điều 2")
    >>> metadata = Metadata(doc_type="Thông tư", number="111/2025/TT-BTC", issued="2025-11-24", issuer="Bộ Tài chính")
    >>> own, repeal = claims_of(Extraction(text, metadata=metadata, effects=(effect,)), learned="2026-11-23")
    >>> repeal.kind, repeal.clause, repeal.quote
    ('repeals', 'Điều 2', 'Điều 2. Bãi bỏ Thông tư số 73/2017/TT-BTC.')
    """
    if why_not(extraction) is not None:
        return ()
    me = _own_reference(extraction)
    if legal_class(me.number, me.doc_type) == "consolidated":
        return tuple(dict.fromkeys(_consolidated(extraction, me, learned)))
    told = [*extraction.effects, *extraction.relations]
    claims: tuple[Claim, ...] = (
        *_own(extraction, me, learned),
        *_relations(extraction, me, sorted(told, key=_start), learned),
        *_bases(extraction, me, learned),
        *_identities(extraction, me, learned),
    )
    return tuple(dict.fromkeys(claims))


def on_the_day_that_holds(claims: Sequence[Claim], registry: Registry) -> tuple[Claim, ...]:
    """Let what a document does "from the day it takes effect" follow that day where it was moved.

    Luật 31/2024/QH15 says that it takes effect on 2025-01-01 and repeals the law before it from then on; another law
    moved that day to 2024-08-01, and the end of the law before it with it.

    Parameters
    ----------
    claims
        What one document teaches (`claims_of`).
    registry
        What is known of that document.
    """
    own = [
        one for one in claims if isinstance(one, InstrumentClaim) and one.provenance.kind == "text" and one.effective
    ]
    if not own:
        return tuple(claims)
    me, stated = own[0].instrument, own[0].effective
    known = registry.find(me.number or "", doc_type=me.doc_type, issuer=me.issuer, issued=me.issued)
    day = known[0].effective if len(known) == 1 else None
    if day is None or day == stated or not is_day(day):
        return tuple(claims)
    return tuple(
        replace(one, effective=day)
        if isinstance(one, RelationClaim) and one.source == me and one.effective == stated and one.kind != "date_shift"
        else one
        for one in claims
    )


def _start(effect: Effect) -> int:
    return effect.start


def _own_reference(extraction: Extraction) -> Reference:
    metadata = extraction.metadata
    issuer = metadata.issuer
    if issuer is None and metadata.number is not None:
        allowed = implied_issuers(metadata.number)
        issuer = allowed[0] if len(allowed) == 1 else None
    return Reference(metadata.number, doc_type=metadata.doc_type, issuer=issuer, issued=metadata.issued)


def _from(extraction: Extraction, me: Reference, learned: str, place: str | None = None) -> Provenance:
    return Provenance("text", me.number or "", learned, place=place, digest=extraction.source.sha256)


def _cited_in(extraction: Extraction, me: Reference, learned: str, place: str | None = None) -> Provenance:
    return Provenance("citation", me.number or "", learned, place=place, digest=extraction.source.sha256)


def _own(extraction: Extraction, me: Reference, learned: str) -> Iterator[InstrumentClaim]:
    """Give the document's own identity, title and days; its last day of effect becomes the first day without.

    Its days are believed less than those of data that were checked: a text cannot tell that its day was moved since,
    as Luật 43/2024/QH15 did with those of three laws.
    """
    metadata = extraction.metadata
    source = _from(extraction, me, learned)
    title, printed = _title(metadata.title, me.doc_type)
    last = metadata.expires
    expires = add_days(last, 1) if last and is_day(last) else None
    yield InstrumentClaim(me, source, title=title if printed else None)
    if metadata.effective or expires:
        yield InstrumentClaim(me, source, effective=metadata.effective, expires=expires, confidence="partial")
    if title and not printed:
        yield InstrumentClaim(me, source, title=title, confidence="partial")


def _title(text: str | None, doc_type: str | None) -> tuple[str | None, bool]:
    """Give a title as it is cited, a law's with its type, and whether its letters are as the text has them.

    Of a heading in capitals it cannot be told which words are names.
    """
    words = (text or "").split()
    title = " ".join(words)
    if not title or doc_type is None or doc_type not in LAW_TYPES:
        return (title.capitalize() if title.isupper() else title) or None, not title.isupper()
    bare = title[len(doc_type) :].strip() if title.casefold().startswith(f"{doc_type.casefold()} ") else title
    return f"{doc_type} {bare.capitalize() if bare.isupper() else bare}", not bare.isupper()


def _relations(extraction: Extraction, me: Reference, told: list[Effect], learned: str) -> Iterator[RelationClaim]:
    """Give what the document does to others and says of them."""
    for effect in told:
        target = _target(effect, me)
        if _is_same(target, me) or _keeps_a_part(effect):
            continue
        yield RelationClaim(
            me,
            _kind(effect),
            target,
            _from(extraction, me, learned, effect.clause),
            parts=effect.parts,
            effective=effect.effective,
            clause=_clause(effect),
            exception=effect.exception,
            quote=quoted(extraction.text, effect.start, effect.end),
            confidence=_confidence(effect, target),
        )


def _is_same(one: Reference, me: Reference) -> bool:
    """Say whether a reference is the document itself: its number, and nothing that tells the two apart."""
    if not (one.number and me.number) or number_key(one.number) != number_key(me.number):
        return False
    types = not (one.doc_type and me.doc_type) or one.doc_type.casefold() == me.doc_type.casefold()
    return types and (not (one.issued and me.issued) or agrees(one.issued, me.issued))


def _is_partial(effect: Effect) -> bool:
    """Say whether an effect is on a part only: on provisions, or on what is described and has no number."""
    return bool(effect.parts) or effect.content is not None


def _keeps_a_part(effect: Effect) -> bool:
    """Say whether provisions go on alone: that says nothing of the whole, and a part that goes on cannot be kept."""
    return effect.relation in {"continues", "date_shift"} and _is_partial(effect)


def _kind(effect: Effect) -> RelationKind:
    """Say what the effect is to the whole instrument: what ends a part repeals it in part."""
    return "partially_repeals" if effect.relation in _ENDS and _is_partial(effect) else effect.relation


def _clause(effect: Effect) -> str | None:
    """Name the clause, and the part it is on where that is only described."""
    if effect.content is None:
        return effect.clause
    described = " ".join(effect.content.split())
    if len(described) > LONGEST_CONTENT:
        described = f"{described[: _word_end(described, LONGEST_CONTENT)]} …"
    return f"{effect.clause} (phần: {described})" if effect.clause else f"phần: {described}"


def _confidence(effect: Effect, target: Reference) -> Confidence:
    """Say how far an effect may be believed: in full where an operative clause names the target by its number.

    A suspension of a part, or one that ends some day, is only a lead: as a fact it would suspend the whole for good. A
    law that is guided under its name alone may be the one before or the one after.
    """
    named_only = effect.relation == "guides" and target.number is not None and target.number not in effect.text
    if effect.relation == "suspends" and (_is_partial(effect) or effect.expires is not None):
        return "unverified"
    return "verified" if effect.basis == "clause" and target.number is not None and not named_only else "partial"


def _consolidated(extraction: Extraction, me: Reference, learned: str) -> Iterator[Claim]:
    """Give what a consolidated text puts together: an instrument, those that amended it, the first day of each.

    Of their days it is no better source than any other text that cites them: it gives the general one, and slips.
    """
    told = [one for one in extraction.relations if one.relation == "consolidates"]
    named = [(one, target) for one in told if not _is_same(target := _target(one, me), me)]
    if not named:
        return
    first, base = named[0]
    # The first day told is that of the instrument, not one from which it is consolidated.
    yield from _relations(extraction, me, [replace(first, effective=None)], learned)
    for effect, target in named:
        cited = _cited_in(extraction, me, learned, effect.clause)
        yield InstrumentClaim(target, cited, effective=effect.effective, confidence="partial")
        if _is_same(target, base):
            continue
        yield RelationClaim(
            _by_its_number(target),
            "amends",
            base,
            _from(extraction, me, learned, effect.clause),
            effective=effect.effective,
            quote=quoted(extraction.text, effect.start, effect.end),
        )


def _by_its_number(reference: Reference) -> Reference:
    """Leave to a reference what identifies it: the rest is not told with the authority of its own text."""
    if reference.number is None or number_parts(reference.number).year is None:
        return reference
    return Reference(reference.number, doc_type=reference.doc_type, signed=reference.signed)


def _target(effect: Effect, me: Reference) -> Reference:
    """Name the target of an effect, as the clause does; a body named without its place is the document's own."""
    if not number_parts(effect.target).serial:
        return Reference(
            None, doc_type=effect.doc_type, issuer=effect.issuer, issued=effect.issued, name=effect.target,
            signed=_signed(me),
        )  # fmt: skip
    issuer = _whole(effect.issuer, effect.target, me)
    return Reference(effect.target, doc_type=effect.doc_type, issuer=issuer, issued=effect.issued, signed=_signed(me))


def _signed(me: Reference) -> str | None:
    """Give the day of signing, or the year that the number states."""
    year = number_parts(me.number).year if me.number else None
    return me.issued or (str(year) if year else None)


def _whole(issuer: str | None, number: str, me: Reference) -> str | None:
    """Give an issuer with its place: of a local number, the document's own issuer where it is the same body."""
    if issuer is not None and issuer not in _BARE_BODY:
        return issuer
    if not is_local(number) or me.issuer is None:
        return None
    return me.issuer if any(issuers_agree(body, me.issuer) for body in implied_issuers(number)) else None


def _bases(extraction: Extraction, me: Reference, learned: str) -> Iterator[LifeClaim]:
    """Give what the căn cứ lines show: each basis was in force on the day of signing."""
    if me.issued is None:
        return
    for citation in extraction.citations:
        named = citation.number is not None or _is_law_name(citation)
        if citation.relation == "basis" and named and not citation.internal:
            quote = quoted(extraction.text, citation.start, citation.end)
            yield LifeClaim(
                _cited(citation, me), me.issued, "basis", _cited_in(extraction, me, learned, "căn cứ"), quote=quote
            )


def _is_law_name(citation: Citation) -> bool:
    return citation.name is not None and citation.name.startswith(LAW_TYPES)


def _cited(citation: Citation, me: Reference) -> Reference:
    issuer = _body(citation, me)
    return Reference(
        citation.number,
        doc_type=citation.doc_type,
        issuer=issuer,
        issued=citation.issued,
        name=citation.name,
        signed=_signed(me),
    )


def _body(citation: Citation, me: Reference) -> str | None:
    """Give the issuer of a cited instrument: the body its symbol names, where the citation names its head or parts."""
    if citation.number is None or citation.issuer is None:
        return citation.issuer
    whole = _whole(citation.issuer, citation.number, me)
    allowed = implied_issuers(citation.number)
    if len(allowed) != 1 or is_local(citation.number):
        return whole
    named = _without_head(citation.issuer)
    joined = all(body.casefold() in named for body in allowed[0].split(" và ")) and "chính phủ" not in named
    return allowed[0] if joined or allowed[0].casefold().startswith(named) else whole


def _without_head(issuer: str) -> str:
    """Leave out the head through whom a body acts ("Thống đốc Ngân hàng Nhà nước")."""
    named = issuer.casefold()
    return next((named.removeprefix(head) for head in _HEADS if named.startswith(head)), named)


def _identities(extraction: Extraction, me: Reference, learned: str) -> Iterator[InstrumentClaim]:
    """Give the instruments that are cited in full: type, number, issuer and day.

    Of titles only the names of laws are taken: of others a căn cứ line shortens what it wants.
    """
    for citation in extraction.citations:
        if citation.internal or citation.relation == "self" or not (citation.number and citation.doc_type):
            continue
        reference = _cited(citation, me)
        if reference.issuer and reference.issued and is_day(reference.issued):
            yield InstrumentClaim(
                reference,
                _cited_in(extraction, me, learned),
                title=citation.name if _is_law_name(citation) else None,
                confidence="partial",
            )


def quoted(text: str, start: int, end: int) -> str:
    """Give the sentence around a place, on one line and not too long; what is left out is marked.

    Examples
    --------
    >>> quoted("1. Có hiệu lực từ ngày ký.\\n2. Bãi bỏ Quyết định số 5/2019/QĐ-UBND;\\n3. Khác.", 30, 64)
    '2. Bãi bỏ Quyết định số 5/2019/QĐ-UBND'
    """
    first = max((text.rfind(mark, 0, start) + 1 for mark in _SENTENCE_ENDS), default=0)
    ends = [at for mark in _SENTENCE_ENDS if (at := text.find(mark, end)) >= 0]
    last = min(ends, default=len(text))
    if last - first > LONGEST_QUOTE:
        first, last = max(first, start - _BEFORE), min(last, max(end, start) + _BEHIND)
        first = _word_start(text, first)
        last = _word_end(text, min(last, first + LONGEST_QUOTE))
    words = " ".join(text[first:last].split())
    before = "… " if first > 0 and text[first - 1] not in _SENTENCE_ENDS else ""
    behind = " …" if last < len(text) and text[last] not in _SENTENCE_ENDS else ""
    return f"{before}{words}{behind}"


def _word_start(text: str, at: int) -> int:
    while at and not text[at - 1].isspace():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    while at < len(text) and not text[at].isspace():
        at += 1
    return at
