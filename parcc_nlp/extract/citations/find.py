"""Find and read every citation of a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.extract.citations.hosts import attach_provisions
from parcc_nlp.extract.citations.lists import complete_bare_numbers, share_in_lists
from parcc_nlp.extract.citations.mention import Mention, start_of
from parcc_nlp.extract.citations.reading import read_mentions
from parcc_nlp.extract.citations.relations import Context, context_of, relation_of
from parcc_nlp.extract.citations.short_names import add_short_names
from parcc_nlp.model import Alias, Citation, CitationRelation, Metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcc_nlp.text.normalise import NormalisedText

__all__ = ["find_citations"]

ACTS = ("amends", "replaces", "repeals")
LOCAL = re.compile(r"UB(?:ND)?(?!TVQH)\b|HĐND|CTUBND|/QĐ-UB|/QĐ-S|/TU\b")


def find_citations(
    source: NormalisedText, *, metadata: Metadata | None = None, aliases: Iterable[Alias] = ()
) -> tuple[Citation, ...]:
    """Every citation of legal and Party documents and of standards, in the order of the text.

    Parameters
    ----------
    source
        The text, cleaned by `parcc_nlp.text.normalise.normalise`.
    metadata
        What the document says of itself; by it the mentions of its own number are told (`relation` ``"self"``).
    aliases
        Short names the document defines ("sau đây gọi tắt là Nghị định 45").

    Returns
    -------
    tuple of Citation
        Offsets are those of ``source.original``. References to provisions of the document itself carry
        ``internal=True``; resolving against the registry is left to `parcc_nlp.registry`.

    Examples
    --------
    >>> from parcc_nlp.text.normalise import normalise
    >>> text = "theo khoản 2 Điều 5 Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ"
    >>> [(c.number, c.issued, c.issuer, c.pinpoints[0].khoan) for c in find_citations(normalise(text))]
    [('63/2010/NĐ-CP', '2010-06-08', 'Chính phủ', '2')]
    """
    clean = source.text
    low = _lower(clean)
    mentions = add_short_names(source, read_mentions(clean, low), aliases)
    complete_bare_numbers(clean, mentions)
    share_in_lists(mentions)
    context = context_of(clean, low)
    internals = attach_provisions(clean, low, mentions)
    _relate(context, mentions, metadata or Metadata())
    return tuple(_finish(source, mentions, internals))


def _lower(text: str) -> str:
    """Lower-case a text without changing its length."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _relate(context: Context, mentions: list[Mention], metadata: Metadata) -> None:
    """Decide the relation of every mention, in order, since some continue that of the one before."""
    previous: tuple[int, CitationRelation] | None = None
    for mention in mentions:
        relation = relation_of(context, mention.start, mention.end, previous)
        if relation in ACTS and not _may_act_on(metadata, mention):
            relation = "cites"
        mention.relation = "self" if _is_self(mention, metadata) else relation
        previous = (mention.end, relation)


def _may_act_on(metadata: Metadata, mention: Mention) -> bool:
    """Check that a local document is not read as acting on a central one: it may only propose that.

    A body amends and repeals its own documents (Luật 64/2025/QH15, Điều 8, khoản 2).
    """
    if not metadata.number or not mention.number:
        return True
    return not LOCAL.search(metadata.number) or bool(LOCAL.search(mention.number))


def _is_self(mention: Mention, metadata: Metadata) -> bool:
    """Check for the same number and no date that says otherwise: numbers without a year come again every year."""
    if not metadata.number or not mention.number or mention.number.upper() != metadata.number.upper():
        return False
    if metadata.doc_type and mention.doc_type and mention.doc_type != metadata.doc_type:
        return False
    return not (mention.issued and metadata.issued) or (
        mention.issued.startswith(metadata.issued) or metadata.issued.startswith(mention.issued)
    )


def _finish(source: NormalisedText, mentions: list[Mention], internals: list[Mention]) -> Iterator[Citation]:
    """Turn mentions into citations in offsets of the original text."""
    clean = source.text
    seen: set[tuple[str, str]] = set()
    for mention in sorted([*mentions, *internals], key=start_of) if internals else mentions:
        key = mention.key(clean)
        start, end = source.to_original(mention.start, mention.end)
        first = mention.internal or key not in seen
        seen.add(key)
        yield Citation(
            start=start,
            end=end,
            text=source.original[start:end],
            doc_type=mention.doc_type,
            number=mention.number,
            name=_printed(source, mention.name),
            issued=mention.issued,
            issuer=_printed(source, mention.issuer),
            title=_printed(source, mention.title),
            relation=mention.relation,
            pinpoints=tuple(dict.fromkeys(mention.pinpoints)),
            mention="first" if first else "later",
            internal=mention.internal,
        )


def _printed(source: NormalisedText, span: tuple[int, int] | None) -> str | None:
    """Give the words of a span as printed, white space collapsed."""
    if span is None:
        return None
    start, end = source.to_original(*span)
    return " ".join(source.original[start:end].split())
