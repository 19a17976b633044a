"""How a document cites each instrument, mention by mention: where the mention stands and which elements it gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from parcc_nlp.review.checks.citing.given import Before, clause_before, given_by, goes_on, opens_title
from parcc_nlp.review.checks.citing.layout import WITHOUT_BASES, Layout
from parcc_nlp.review.context import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parcc_nlp.model import Citation
    from parcc_nlp.review.checks.citing.requirements import Element
    from parcc_nlp.review.context import RuleContext

__all__ = ["Mention", "Role", "told_mentions"]

Role = Literal["text", "basis", "in_title", "amending", "heading", "of_others"]
"""Where a mention stands: in a sentence; in a căn cứ line; in the title of another instrument; behind "được sửa đổi, bổ
sung bởi"; in the title of the document itself; in wording that another document or a portal says."""

_TITLE_REACH = 600
_LONGEST_JOINT = 80
_JOINT_REACH = 16
_ISSUED_WITH = re.compile(r"\s*[(\[]?\s*(?:được\s+)?(?:ban\s+hành\s+)?kèm\s+theo\s", re.IGNORECASE)
_NEXT_IN_LIST = re.compile(
    r"\s*(?:,|và|,\s*và|hoặc)\s+(?:các\s+)?"
    r"(?:số\s+|(?:điểm|khoản|điều|mục|chương|phụ lục|tiểu mục|phần)\b[^;\n]{1,60}\s)?",
    re.IGNORECASE,
)
_LIST_JOINT = re.compile(r"(?:[;,:]|\bvà|\bcùng)\s*(?:các\s+)?$")
_SHARED: frozenset[Element] = frozenset({"issuer", "title"})
_NOTHING: frozenset[Element] = frozenset()


class Mention(NamedTuple):
    """One mention: the citation, where it stands, which elements it gives.

    `document` is 0 in the document itself and the number of the attached document otherwise.
    """

    citation: Citation
    role: Role
    document: int
    given: frozenset[Element]

    @property
    def is_own(self) -> bool:
        """Whether the document cites here in its own words, and owes the elements."""
        return self.role in {"text", "basis"}


class _Told(NamedTuple):
    """A mention, and what its sentence goes on to say of the mentions behind it."""

    mention: Mention
    before: Before
    headed: frozenset[Element]
    """What the sentence so far has named: "UBND tỉnh đã ban hành: Kế hoạch số ...; Công văn số ..."."""
    outer: Citation | None
    """The instrument whose title may go on here."""


def told_mentions(context: RuleContext) -> Mapping[str, tuple[Mention, ...]]:
    """Give the mentions of every instrument in the order of the text, by the key of `RuleContext.cited`.

    A number and date cited again without its issuer is the instrument cited before.
    """
    told = {_place(mention.citation): mention for mention in _read(context)}
    meant: dict[str, str] = {}
    groups: dict[str, list[Mention]] = {}
    for cited in context.cited:
        key = cited.key
        if not any(citation.issuer for citation in cited.citations):
            key = meant.get(canonical(cited.first), key)
        meant.setdefault(canonical(cited.first), key)
        groups.setdefault(key, []).extend(told[_place(one)] for one in cited.citations)
    return {key: tuple(sorted(mentions, key=_start)) for key, mentions in groups.items()}


def _read(context: RuleContext) -> Iterable[Mention]:
    """Read every mention; a list shares the issuer and the title that stand behind its last member."""
    layout, text = Layout.of(context), context.extraction.text
    is_without_bases = context.extraction.metadata.doc_type in WITHOUT_BASES
    mentions: list[Mention] = []
    last: _Told | None = None
    for citation in context.citations:
        last = _tell(citation, last, text, layout, is_without_bases=is_without_bases)
        mentions.append(last.mention)
    for at in range(len(mentions) - 2, -1, -1):
        if _is_next_in_list(mentions[at].citation, mentions[at + 1].citation, text):
            mentions[at] = mentions[at]._replace(given=mentions[at].given | (mentions[at + 1].given & _SHARED))
    return mentions


def _tell(citation: Citation, last: _Told | None, text: str, layout: Layout, *, is_without_bases: bool) -> _Told:
    """Read a mention, with what the mention before it leaves open."""
    is_next = last is not None and _is_next_in_list(last.mention.citation, citation, text)
    before = last.before if last is not None and is_next else Before.of(clause_before(text, citation.start))
    role = _role(citation, before, text, layout, is_without_bases=is_without_bases)
    outer = last.outer if last else None
    nested = (last is not None and is_next and last.mention.role == "in_title") or _is_in_title(outer, citation, text)
    if nested:
        role = "in_title" if role in {"text", "basis"} else role
    elif citation.number and opens_title(citation, text):
        outer = citation
    headed = before.named | (
        last.headed if last and _is_same_sentence(last.mention.citation, citation, text) else _NOTHING
    )
    given = given_by(citation, before, text)
    if headed and _LIST_JOINT.search(text[max(0, citation.start - _JOINT_REACH) : citation.start]):
        given |= headed
    if (
        last is not None
        and "issuer" in last.mention.given
        and _has_its_kind_from(last.mention.citation, citation, text)
    ):
        given |= {"issuer"}
    return _Told(Mention(citation, role, layout.document(citation.start), given), before, headed, outer)


def _role(citation: Citation, before: Before, text: str, layout: Layout, *, is_without_bases: bool) -> Role:
    """Say where a mention stands, the titles of other instruments left aside."""
    if layout.is_of_others(citation.start):
        return "of_others"
    if before.is_amending:
        return "amending"
    if layout.is_in_title(citation) or _ISSUED_WITH.match(
        text, text.rfind("\n", 0, citation.start) + 1, citation.start
    ):
        return "heading"
    if citation.relation == "basis" and not is_without_bases and layout.is_before_units(citation.start):
        return "basis"
    return "text"


def _is_in_title(outer: Citation | None, citation: Citation, text: str) -> bool:
    """Say whether a mention stands in the title of the instrument cited before it."""
    if outer is None or citation.start - outer.end > _TITLE_REACH:
        return False
    between = text[outer.end : citation.start]
    if any(mark in between for mark in (";", "\n", ". ")):
        return False
    return goes_on(between, "in_a_title")


def _is_next_in_list(before: Citation, citation: Citation, text: str) -> bool:
    """Say whether a mention is the next member of a list: what stands before the list is said of it, too."""
    length = citation.start - before.end
    return 0 < length <= _LONGEST_JOINT and _NEXT_IN_LIST.fullmatch(text, before.end, citation.start) is not None


def _is_same_sentence(before: Citation, citation: Citation, text: str) -> bool:
    """Say whether two mentions stand in one sentence."""
    return text.find("\n", before.end, citation.start) < 0 and text.find(". ", before.end, citation.start) < 0


def _has_its_kind_from(before: Citation, citation: Citation, text: str) -> bool:
    """Say whether a mention has its kind from the one before it: "các Nghị định của Chính phủ số ...; số ..."."""
    own = citation.text[:2].lower()
    return (own == "số" or own[:1].isdigit()) and text.find("\n", before.end, citation.start) < 0


def _start(mention: Mention) -> int:
    return mention.citation.start


def _place(citation: Citation) -> tuple[int, int]:
    return citation.start, citation.end
