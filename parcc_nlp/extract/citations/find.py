"""Find and read every citation of a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from parcc_nlp.extract.citations.lexicon import instrument_types, type_by_word
from parcc_nlp.extract.citations.names import Named, find_named, find_standards
from parcc_nlp.extract.citations.provisions import ProvisionPhrase, find_provisions
from parcc_nlp.extract.citations.relations import Context, context_of, relation_of
from parcc_nlp.extract.citations.symbols import Symbol, find_symbols
from parcc_nlp.extract.citations.tail import Tail, read_tail, read_title
from parcc_nlp.model import Alias, Citation, CitationRelation, Metadata, Pinpoint
from parcc_nlp.text.normalise import NormalisedText

__all__ = ["find_citations"]

LEFT_WINDOW = 90
# Nouns whose numbers are those of forms, judgments, plots ... and of no document that is cited.
NOT_A_DOCUMENT = re.compile(
    r"(?:mẫu(?:\s+(?:biểu|đơn))?|biểu(?:\s+mẫu)?|bản\s+án|phụ\s+lục|biển|lô|nhà|tài\s+khoản|giấy\s+chứng\s+nhận[\w\s]{0,30}|giấy\s+phép[\w\s]{0,30}"
    r"|hợp\s+đồng[\w\s]{0,20}|thẻ|tờ|thửa|hồ\s+sơ|hóa\s+đơn|hoá\s+đơn|ký\s+hiệu|mã|dự\s+án|đường|tổ|phòng|bảng)\s*(?:số)?\s*:?\s*$"
)
NUMBER_WORD = re.compile(r"(?<!\w)(?:(?:ký\s+hiệu|có)\s+)?(?:số|sô)\s*(?:hiệu)?\s*[:.]?\s*$")
LETTERHEAD = re.compile(r"(?:^|[\n\t])[^\n\t]{0,3}(?:số|sô)\s*(?:hiệu)?\s*[:.]?\s*$")
PORTAL_BOX = re.compile(r"(?:số\s+hiệu|số/ký\s+hiệu)\s*:?\s*\n\s*$")
LINK = re.compile(r"\s*(?:(?:,|;|và|hoặc|cùng|với|/|\(|\)|và các)\s*){1,3}(?:số\s*:?\s*)?$")
GLUE = re.compile(
    r"[\s,(]*(?:(?:của|tại|thuộc|trong|theo|ở|các|và|bản|(?:được\s+)?ban\s+hành\s+kèm\s+theo|kèm\s+theo|phần|quy\s+định\s+tại)\s+)*(?:\(\s*)?"
)
ATTACHED_RULES = re.compile(
    r"\s*(?:của\s+|tại\s+)?(?:các\s+|bản\s+)?(?:quy\s+định|quy\s+chế|điều\s+lệ|danh\s+mục|kế\s+hoạch|chương\s+trình|đề\s+án|hướng\s+dẫn|quy\s+trình|quy\s+chuẩn)"
    r"[^;\n]{0,260}?kèm\s+theo\s+(?:các\s+)?"
)
THIS = re.compile(r"\s*(?:của\s+|tại\s+|trong\s+|thuộc\s+)?(?:[\w\s]{1,30}?\s)?(?:này|nói\s+trên|nêu\s+trên)(?!\w)")
DISTRIBUTED = re.compile(r"[^.:“”\"\n]{0,260}(?:(?:,|;|\bvà\b|\bhoặc\b)[^.:“”\"\n]{0,200})$")
SYMBOLIC = re.compile(r"[/-][A-ZĐƯ]")
ALWAYS_BARE = frozenset({"Nghị định", "Nghị quyết", "Chỉ thị", "Kết luận"})
MAX_GAP = 340


@dataclass(slots=True)
class Mention:
    """A citation while it is being read; offsets of the clean text."""

    start: int
    core_end: int
    end: int
    doc_type: str | None
    number: str | None = None
    year: str | None = None
    name: tuple[int, int] | None = None
    issued: str | None = None
    issuer: tuple[int, int] | None = None
    title: tuple[int, int] | None = None
    linked: bool = False
    """Whether it continues the list of the mention before it, sharing its kind."""
    has_type: bool = True
    relation: CitationRelation = "cites"
    pinpoints: list[Pinpoint] = field(default_factory=list)
    internal: bool = False

    def key(self, clean: str) -> tuple[str, str]:
        """What makes two mentions mentions of one document."""
        if self.number:
            return (self.doc_type or "", self.number.upper())
        if self.name:
            return (self.doc_type or "", " ".join(re.findall(r"\w+", clean[slice(*self.name)].lower())))
        return (self.doc_type or "", "")


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
    mentions = _mentions(clean, low)
    _bind_bare_numbers(clean, mentions)
    _share_in_lists(mentions)
    context = context_of(clean, low)
    internals = _attach_provisions(clean, low, mentions)
    _relate(context, mentions, metadata or Metadata())
    return tuple(_finish(source, mentions, internals))


def _lower(text: str) -> str:
    """Lower-case a text without changing its length."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


@cache
def _left_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    kinds = sorted(type_by_word(), key=len, reverse=True)
    kind = "|".join(r"\s+".join(map(re.escape, word.split())) for word in kinds)
    number = r"(?:(?:có\s+)?(?:số|sô)\s*(?:hiệu|ký\s+hiệu)?\s*[:.]?\s*)"
    adjacent = re.compile(rf"(?<![\w])({kind})\s*[,:]?\s*{number}?[\"“(]?\s*$")
    spaced = re.compile(rf"(?<![\w])({kind})\s+(?:của|liên\s+tịch|chung|riêng)?\s*[^\n,;.:()\d]{{2,60}}?\s{number}$")
    bare_kinds = sorted(
        (word for kind_ in instrument_types() if kind_.bare for word in [kind_.name.lower()]), key=len, reverse=True
    )
    bare = re.compile(
        rf"(?<!\w)({'|'.join(map(re.escape, bare_kinds))})[ \t]+(?:số[ \t]+)?(\d{{1,4}}[a-z]?)(?:/((?:19|20)\d\d))?(?![\w/%-]|[.,]\d)"
        rf"|(?<!\w)(kế hoạch|chương trình|đề án|thông báo|công văn|công điện|hướng dẫn)\s+số\s+(\d{{1,5}})(?![\w/%-]|[.,]\d)"
        r"|(?<!\w)(đề án) (0\d|\d{2})(?![\w/%-]|[.,]\d)"
    )
    return adjacent, spaced, bare


def _mentions(clean: str, low: str) -> list[Mention]:
    """Read all mentions in one pass over the anchors, each with its date, issuer and title."""
    named = list(find_named(clean, low))
    symbols = list(find_symbols(clean))
    symbol_starts = [symbol.start for symbol in symbols]
    mentions: list[Mention] = []
    taken: set[int] = set()
    for name in named:
        mention = _named_mention(clean, low, name, symbols, symbol_starts, taken)
        if mention:
            mentions.append(mention)
    spans = [(mention.start, mention.core_end) for mention in mentions]
    spans.sort()
    starts = [start for start, _ in spans]
    previous: Mention | None = None
    found: list[Mention] = []
    for index, symbol in enumerate(symbols):
        if index in taken or _inside(symbol.start, starts, spans):
            continue
        near = _nearest(previous, mentions, starts, symbol.start)
        read = _symbol_mention(clean, low, symbol, near)
        if read:
            found.append(read)
            previous = read
    mentions = sorted([*mentions, *found], key=_start)
    mentions = _with_bare_and_standards(clean, low, mentions)
    for index, mention in enumerate(mentions):
        following = mentions[index + 1].start if index + 1 < len(mentions) else len(clean)
        mention.title = mention.title or read_title(clean, mention.end, max(following, mention.end))
    return mentions


def _start(mention: Mention) -> int:
    return mention.start


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


NAME_TO_NUMBER = re.compile(r"\s*[,:]?\s*\(?\s*(?:luật\s+|pháp\s+lệnh\s+|bộ\s+luật\s+)?(?:số\s*:?\s*)?")


def _named_mention(
    clean: str, low: str, name: Named, symbols: list[Symbol], symbol_starts: list[int], taken: set[int]
) -> Mention | None:
    lead = NAME_TO_NUMBER.match(low, name.end)
    at = lead.end() if lead else name.end
    index = bisect_left(symbol_starts, at)
    mention = Mention(
        start=name.start, core_end=name.end, end=name.end, doc_type=name.doc_type, name=(name.start, name.end)
    )
    if index < len(symbols) and symbols[index].start == at and "\n\n" not in clean[name.end : at]:
        symbol = symbols[index]
        taken.add(index)
        mention.number, mention.year = symbol.number, symbol.year
        closing = re.compile(r"\s*\)").match(clean, symbol.end) if "(" in clean[name.end : at] else None
        mention.core_end = mention.end = closing.end() if closing else symbol.end
    tail = read_tail(clean, mention.end, by_name=mention.number is None)
    _apply(mention, tail)
    return mention


def _apply(mention: Mention, tail: Tail) -> None:
    mention.end, mention.issued, mention.issuer = tail.end, tail.issued, tail.issuer


def _symbol_mention(clean: str, low: str, symbol: Symbol, previous: Mention | None) -> Mention | None:
    """Read the mention around a symbol, or nothing where the symbol is no citation."""
    adjacent, spaced, _ = _left_patterns()
    floor = max(0, symbol.start - LEFT_WINDOW)
    if previous and previous.core_end <= symbol.start:
        floor = max(floor, previous.core_end)
    left = low[floor : symbol.start]
    typed = adjacent.search(left)
    numbered = NUMBER_WORD.search(left)
    if typed is None and numbered:
        typed = spaced.search(left)
        if typed and re.search(r"(?<!\w)(?:này|mẫu|biểu|phụ lục)(?!\w)", typed[0]):
            typed = None
    if typed:
        kind = type_by_word()[" ".join(typed[1].split())]
        if not symbol.capitals and not symbol.strong:
            return None
        start = floor + typed.start(1)
        linked, has_type = False, True
    else:
        if NOT_A_DOCUMENT.search(left) or _is_letterhead(clean, low, symbol):
            return None
        linked = previous is not None and bool(LINK.fullmatch(low, previous.end, symbol.start))
        if not linked and not (symbol.strong or (numbered and symbol.capitals and symbol.code_type)):
            return None
        if linked and not symbol.capitals:
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
    if symbol.code_type:
        return symbol.code_type
    return previous.doc_type if previous else None


def _is_letterhead(clean: str, low: str, symbol: Symbol) -> bool:
    """Whether the number is the document's own, behind "Số:" at the beginning of a line or cell."""
    if PORTAL_BOX.search(low, max(0, symbol.start - 14), symbol.start):
        return True
    if not LETTERHEAD.search(low, max(0, symbol.start - 24), symbol.start):
        return False
    rest = clean[symbol.end : symbol.end + 60]
    return bool(re.match(r"[ \t]*(?:\n|\t|$|[^\n]{0,50}ngày\b|CỘNG|-{2,})", rest))


def _with_bare_and_standards(clean: str, low: str, mentions: list[Mention]) -> list[Mention]:
    """Add numbers without symbol ("Nghị định 45", "Kế hoạch số 24") and formal standards, where nothing stands yet."""
    spans = [(mention.start, mention.core_end) for mention in mentions]
    starts = [start for start, _ in spans]
    extra: list[Mention] = []
    for match in _left_patterns()[2].finditer(low):
        groups = [group for group in match.groups() if group]
        if _inside(match.start(), starts, spans) or _inside(match.end() - 1, starts, spans):
            continue
        if not clean[match.start()].isupper():
            continue
        kind = type_by_word()[groups[0]]
        mention = Mention(start=match.start(), core_end=match.end(), end=match.end(), doc_type=kind)
        if match[6]:
            mention.name = match.span()
        else:
            digits = match.span(2) if match[2] else match.span(5)
            year = match[3]
            mention.number = clean[slice(*digits)] + (f"/{year}" if year else "")
            mention.year = year
            _apply(mention, read_tail(clean, match.end(), by_name=False))
        extra.append(mention)
    for standard in find_standards(clean):
        if not _inside(standard.start, starts, spans):
            number = re.sub(r"\s*:\s*", ":", " ".join(clean[standard.start : standard.end].split()))
            extra.append(
                Mention(
                    start=standard.start,
                    core_end=standard.end,
                    end=standard.end,
                    doc_type=standard.doc_type,
                    number=number,
                )
            )
    return sorted([*mentions, *extra], key=_start) if extra else mentions


def _share_in_lists(mentions: list[Mention]) -> None:
    """In "các Nghị định số A, B ngày D của I" give date and issuer to all that they grammatically cover."""
    index = len(mentions) - 1
    while index > 0:
        last = index
        while index > 0 and mentions[index].linked:
            index -= 1
        group = mentions[index : last + 1]
        if len(group) > 1:
            _share(group)
        index -= 1


def _share(group: list[Mention]) -> None:
    issued: str | None = None
    issuer: tuple[int, int] | None = None
    for mention in reversed(group):
        if mention.issued:
            issued = mention.issued
        elif issued and (mention.year is None or issued.startswith(mention.year)):
            mention.issued = issued
        if mention.issuer:
            issuer = mention.issuer
        elif issuer:
            mention.issuer = issuer


def _bind_bare_numbers(clean: str, mentions: list[Mention]) -> None:
    """Complete numbers without symbol, from the list they begin or from the same document cited before.

    "các Kết luận số 187, 188-KL/TW" shares its symbol; "Nghị định 45" is the 45/2020/NĐ-CP named earlier. A number that
    stays bare is kept where the kind of document, a date or an issuer makes it a citation all the same.
    """
    full: dict[tuple[str, str], str] = {}
    dropped: set[int] = set()
    for index, mention in enumerate(mentions):
        if mention.number is None or mention.doc_type in ("Tiêu chuẩn", "Quy chuẩn"):
            continue
        kind = mention.doc_type or ""
        digits = re.split(r"[/-]", mention.number)[0].lstrip("0")
        if SYMBOLIC.search(mention.number):
            full[(kind, digits)] = mention.number
            continue
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        known = full.get((kind, digits))
        if (
            following
            and following.number
            and not following.has_type
            and LINK.fullmatch(clean, mention.end, following.start)
        ):
            rest = re.sub(r"^\d+[a-z]?", "", following.number)
            mention.number, mention.year, mention.linked = mention.number.split("/")[0] + rest, following.year, False
            following.linked, following.doc_type = True, following.doc_type or mention.doc_type
        elif known and (mention.year is None or f"/{mention.year}/" in known):
            mention.number = known
        elif not (mention.issued or mention.issuer or mention.year) and kind not in ALWAYS_BARE:
            dropped.add(id(mention))
    if dropped:
        mentions[:] = [mention for mention in mentions if id(mention) not in dropped]


def _attach_provisions(clean: str, low: str, mentions: list[Mention]) -> list[Mention]:
    """Give every provision phrase to the document it belongs to; return the references to the document itself."""
    starts = [mention.start for mention in mentions]
    internals: list[Mention] = []
    waiting: list[ProvisionPhrase] = []
    for phrase in find_provisions(clean, low):
        at = bisect_left(starts, phrase.end)
        host = mentions[at] if at < len(mentions) and mentions[at].start - phrase.end <= MAX_GAP else None
        if host and _belongs(low, phrase, host):
            for loose in waiting:
                if _distributes(low, loose, phrase, mentions, starts):
                    host.pinpoints.extend(loose.pinpoints)
            waiting = []
            host.pinpoints.extend(phrase.pinpoints)
        elif THIS.match(low, phrase.end, phrase.end + 50):
            waiting = []
            internals.append(_internal(low, phrase))
        elif phrase.heading or _anaphor().match(low, phrase.end):
            waiting = []  # a heading, or "của Nghị định" without number: the document spoken of, not the one named next
        else:
            waiting = [loose for loose in waiting if phrase.start - loose.end < MAX_GAP][-7:]
            waiting.append(phrase)
    return internals


@cache
def _anaphor() -> re.Pattern[str]:
    kinds = "|".join(re.escape(kind.name.lower()) for kind in instrument_types())
    return re.compile(rf"\s*(?:của|tại|thuộc)\s+(?:{kinds})(?!\s+(?:số|\d))(?!\w)")


def _belongs(low: str, phrase: ProvisionPhrase, host: Mention) -> bool:
    glue = GLUE.match(low, phrase.end)
    if glue and glue.end() >= host.start:
        return True
    rules = ATTACHED_RULES.match(low, phrase.end)
    return bool(rules and rules.end() == host.start)


def _distributes(
    low: str, loose: ProvisionPhrase, phrase: ProvisionPhrase, mentions: list[Mention], starts: list[int]
) -> bool:
    """Whether an earlier phrase of the sentence shares the document of a later one ("tại khoản 2 Điều 43 và ... tại ...")."""
    at = bisect_left(starts, loose.end)
    if at < len(mentions) and mentions[at].start < phrase.start:
        return False
    return (
        bool(DISTRIBUTED.match(low, loose.end, phrase.start))
        and DISTRIBUTED.match(low, loose.end, phrase.start).end() == phrase.start
    )  # type: ignore[union-attr] - just matched


def _internal(low: str, phrase: ProvisionPhrase) -> Mention:
    this = THIS.match(low, phrase.end, phrase.end + 50)
    end = this.end() if this else phrase.end
    return Mention(
        start=phrase.start,
        core_end=end,
        end=end,
        doc_type=None,
        pinpoints=list(phrase.pinpoints),
        internal=True,
    )


def _relate(context: Context, mentions: list[Mention], metadata: Metadata) -> None:
    own = (metadata.number or "").upper()
    previous: tuple[int, CitationRelation] | None = None
    for mention in mentions:
        relation = relation_of(context, mention.start, mention.end, previous)
        if own and mention.number and mention.number.upper() == own and _is_self(mention, metadata):
            mention.relation = "self"
        else:
            mention.relation = relation
        previous = (mention.end, relation)


def _is_self(mention: Mention, metadata: Metadata) -> bool:
    """Same number, and no date that says otherwise: numbers without a year come again every year."""
    if metadata.doc_type and mention.doc_type and mention.doc_type != metadata.doc_type:
        return False
    return not (mention.issued and metadata.issued) or (
        mention.issued.startswith(metadata.issued) or metadata.issued.startswith(mention.issued)
    )


def _finish(source: NormalisedText, mentions: list[Mention], internals: list[Mention]) -> Iterator[Citation]:
    """Turn mentions into citations in offsets of the original text."""
    clean = source.text
    seen: set[tuple[str, str]] = set()
    for mention in sorted([*mentions, *internals], key=_start) if internals else mentions:
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
