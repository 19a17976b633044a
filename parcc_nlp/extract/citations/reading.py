"""Reading the mentions of documents: kind, number, name, and what stands behind them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from parcc_nlp.extract.citations.bare import BareNumber, find_bare_numbers
from parcc_nlp.extract.citations.lexicon import alternation, type_by_word, words
from parcc_nlp.extract.citations.mention import Mention, start_of
from parcc_nlp.extract.citations.names import Named, Standard, find_named, find_standards
from parcc_nlp.extract.citations.symbols import Symbol, find_symbols
from parcc_nlp.extract.citations.tail import Tail, read_tail, read_title

__all__ = ["LINK", "read_mentions"]

LEFT_WINDOW = 90
NUMBER_WORD = re.compile(r"(?<!\w)(?:(?:ký\s+hiệu|có)\s+)?(?:số|sô)\s*(?:hiệu)?\s*[:.]?\s*$")
LETTERHEAD = re.compile(r"(?:^|[\n\t])[^\n\t]{0,3}(?:số|sô)\s*(?:hiệu)?\s*[:.]?\s*$")
OWN_NUMBER = re.compile(r"Số\s?:\s*$")
LETTERHEAD_REACH = 4000
PORTAL_BOX = re.compile(r"(?:số\s+hiệu|số/ký\s+hiệu)\s*:?\s*\n\s*$")
LINK = re.compile(r"\s*(?:(?:,|;|và|hoặc|cùng|với|/|\(|\)|và các)\s*){1,3}(?:số\s*:?\s*)?$")


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns made from the names of the kinds of documents, matched on lower-cased text."""

    adjacent: re.Pattern[str]
    """The kind directly before a number: "Nghị định số"."""
    spaced: re.Pattern[str]
    """The kind with words between: "Nghị quyết của Bộ Chính trị số"."""
    not_a_document: re.Pattern[str]


@cache
def _words() -> Words:
    kind = alternation(list(type_by_word()))
    number = r"(?:(?:có\s+)?(?:số|sô)\s*(?:hiệu|ký\s+hiệu)?\s*[:.]?\s*)"
    nouns = alternation(words("names.yaml")["not_a_document"])
    return Words(
        adjacent=re.compile(rf"(?<![\w])({kind})\s*[,:]?\s*{number}?[\"“(]?\s*$"),
        spaced=re.compile(rf"(?<![\w])({kind})\s+[^\n,;.:()\d]{{2,60}}?\s{number}$"),
        not_a_document=re.compile(rf"(?<!\w)(?:{nouns})(?:\s+[^\W\d_]+){{0,4}}?\s*(?:số)?\s*:?\s*$"),
    )


def read_mentions(clean: str, low: str) -> list[Mention]:
    """Read all mentions, in order, each with its date, issuer and title.

    Parameters
    ----------
    clean
        The normalised text.
    low
        The same text in lower case, of equal length.
    """
    symbols = list(find_symbols(clean))
    by_start = {symbol.start: symbol for symbol in symbols}
    named = [_named_mention(clean, low, name, by_start) for name in find_named(clean, low)]
    spans = [(mention.start, mention.core_end) for mention in named]
    starts = [start for start, _ in spans]
    previous: Mention | None = None
    numbered: list[Mention] = []
    for symbol in symbols:
        if _inside(symbol.start, starts, spans):
            continue  # the number of a law named before it
        read = _symbol_mention(clean, low, symbol, _nearest(previous, named, starts, symbol.start))
        if read:
            numbered.append(read)
            previous = read
    mentions = _with_bare_and_standards(clean, low, sorted([*named, *numbered], key=start_of))
    limit = len(clean)
    for mention in reversed(mentions):
        mention.title = read_title(clean, mention.end, max(limit, mention.end))
        limit = mention.start
    return mentions


def _inside(pos: int, starts: list[int], spans: list[tuple[int, int]]) -> bool:
    at = bisect_left(starts, pos + 1) - 1
    return at >= 0 and spans[at][0] <= pos < spans[at][1]


def _nearest(previous: Mention | None, mentions: list[Mention], starts: list[int], pos: int) -> Mention | None:
    """Give the mention that ends last before `pos`, by name or by number."""
    at = bisect_left(starts, pos) - 1
    named = mentions[at] if at >= 0 else None
    if named is None or (previous and previous.start > named.start):
        return previous
    return named


COLON = re.compile(r"\s*:\s*")
CLOSING = re.compile(r"\s*\)")
NAME_TO_NUMBER = re.compile(r"\s*[,:]?\s*\(?\s*(?:luật\s+|pháp\s+lệnh\s+|bộ\s+luật\s+)?(?:số\s*:?\s*)?")


def _named_mention(clean: str, low: str, name: Named, by_start: dict[int, Symbol]) -> Mention:
    """Read a document cited by name, with the number, date and issuer behind it."""
    lead = NAME_TO_NUMBER.match(low, name.end)
    at = lead.end() if lead else name.end
    symbol = by_start.get(at)
    span = (name.start, name.end)
    mention = Mention(start=name.start, core_end=name.end, end=name.end, doc_type=name.doc_type, name=span)
    if symbol:
        mention.number, mention.year = symbol.number, symbol.year
        closing = CLOSING.match(clean, symbol.end) if "(" in clean[name.end : at] else None
        mention.core_end = mention.end = closing.end() if closing else symbol.end
    _apply(mention, read_tail(clean, mention.end, by_name=symbol is None))
    return mention


def _apply(mention: Mention, tail: Tail) -> None:
    mention.end, mention.issued, mention.issuer = tail.end, tail.issued, tail.issuer


def _symbol_mention(clean: str, low: str, symbol: Symbol, previous: Mention | None) -> Mention | None:
    """Read the mention around a symbol, or nothing where the symbol is no citation."""
    known = _words()
    floor = max(0, symbol.start - LEFT_WINDOW)
    if previous and previous.core_end <= symbol.start:
        floor = max(floor, previous.core_end)
    left = low[floor : symbol.start]
    typed = known.adjacent.search(left)
    numbered = NUMBER_WORD.search(left)
    if typed is None and numbered:
        typed = known.spaced.search(left)
        if typed and re.search(r"(?<!\w)(?:này|mẫu|biểu|phụ lục)(?!\w)", typed[0]):
            typed = None
    if typed:
        kind: str | None = type_by_word()[" ".join(typed[1].split())]
        if not symbol.capitals and not symbol.strong:
            return None
        start = floor + typed.start(1)
        linked, has_type = False, True
    else:
        linked = previous is not None and bool(LINK.fullmatch(low, previous.end, symbol.start))
        shaped = symbol.capitals if linked else symbol.strong or (numbered and symbol.capitals and symbol.code_type)
        if not shaped or known.not_a_document.search(left) or _is_letterhead(clean, low, symbol):
            return None
        kind, start, has_type = _inherited(symbol, previous if linked else None), symbol.start, False
        if numbered:
            start = floor + numbered.start() + (len(numbered[0]) - len(numbered[0].lstrip()))
    mention = Mention(
        start=start,
        core_end=symbol.end,
        end=symbol.end,
        doc_type=kind,
        number=symbol.number,
        year=symbol.year,
        linked=linked,
        has_type=has_type,
    )
    _apply(mention, read_tail(clean, symbol.end, by_name=False))
    return mention


def _inherited(symbol: Symbol, previous: Mention | None) -> str | None:
    """Kind of a number without a word for it: what its symbol says, else that of the list it continues."""
    listed = previous.doc_type if previous else None
    if symbol.code_type and not (listed or "").startswith(symbol.code_type):
        return symbol.code_type
    return listed  # "các Thông báo kết luận số 138/TB-VPCP, số 160/TB-VPCP": the list names the kind more closely


def _is_letterhead(clean: str, low: str, symbol: Symbol) -> bool:
    """Whether the number is the document's own, behind "Số:" at the beginning of a line or cell."""
    if PORTAL_BOX.search(low, max(0, symbol.start - 14), symbol.start):
        return True
    if OWN_NUMBER.search(clean, max(0, symbol.start - 6), symbol.start) and symbol.start < LETTERHEAD_REACH:
        return True  # a letterhead flattened into one line
    if not LETTERHEAD.search(low, max(0, symbol.start - 24), symbol.start):
        return False
    rest = clean[symbol.end : symbol.end + 60]
    return bool(re.match(r"[ \t]*(?:\n|\t|$|[^\n]{0,50}ngày\b|CỘNG|V/v|-{2,})", rest))


def _with_bare_and_standards(clean: str, low: str, mentions: list[Mention]) -> list[Mention]:
    """Add numbers without symbol and formal standards, where no other mention stands."""
    spans = [(mention.start, mention.core_end) for mention in mentions]
    starts = [start for start, _ in spans]
    extra = [
        _bare_mention(clean, bare)
        for bare in find_bare_numbers(clean, low)
        if not _inside(bare.start, starts, spans) and not _inside(bare.end - 1, starts, spans)
    ]
    extra += [
        _standard_mention(clean, standard)
        for standard in find_standards(clean)
        if not _inside(standard.start, starts, spans)
    ]
    return sorted([*mentions, *extra], key=start_of) if extra else mentions


def _bare_mention(clean: str, bare: BareNumber) -> Mention:
    mention = Mention(start=bare.start, core_end=bare.end, end=bare.end, doc_type=bare.doc_type)
    if bare.is_name:
        mention.name = (bare.start, bare.end)
    else:
        mention.number = f"{bare.number}/{bare.year}" if bare.year else bare.number
        mention.year = bare.year
        _apply(mention, read_tail(clean, bare.end, by_name=False))
    return mention


def _standard_mention(clean: str, standard: Standard) -> Mention:
    number = COLON.sub(":", " ".join(clean[standard.start : standard.end].split()))
    return Mention(
        start=standard.start, core_end=standard.end, end=standard.end, doc_type=standard.doc_type, number=number
    )
