"""The body and the comments of a Word file while comments are taken away and put in."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.read.ooxml import W, local, w
from parcc_nlp.report.word_file import HEAD, with_comments_part
from parcc_nlp.report.word_threads import free_id
from parcc_nlp.report.word_wording import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from lxml import etree

    from parcc_nlp.report.word_file import WordFile
    from parcc_nlp.report.word_markup import Markup
    from parcc_nlp.report.word_places import Anchor
    from parcc_nlp.report.word_threads import Comment
    from parcc_nlp.report.word_walk import Cut
    from parcc_nlp.report.word_wording import Text

__all__ = ["Author", "Sheet"]

_STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_XML_SPACES = " \t\r\n"
_MARKERS = frozenset({"commentRangeStart", "commentRangeEnd", "commentReference"})
_NORMAL, _SMALL = "20", "14"  # half points
_GREY = "808080"


class Author(NamedTuple):
    """Who writes comments, and when."""

    name: str
    initials: str
    on: datetime | None = None


class _Names(NamedTuple):
    """How a part names elements of WordprocessingML."""

    prefix: str
    declaration: str = ""

    def element(self, name: str, content: str = "", **attributes: str) -> str:
        """Write an element; without content an empty tag."""
        said = "".join(f' {self.prefix}:{key}="{escape(value)}"' for key, value in attributes.items())
        tag = f"{self.prefix}:{name}"
        return f"<{tag}{self.declaration}{said}>{content}</{tag}>" if content else f"<{tag}{self.declaration}{said}/>"


class _Place(NamedTuple):
    """A stretch of the body that markers take the place of, mostly an empty one, and what must stand around them."""

    start: int
    end: int
    before: str = ""
    behind: str = ""


@dataclass(slots=True)
class _Slot:
    """What is put in at one place: the ends of comments before the beginnings of others."""

    place: _Place
    ends: list[str] = field(default_factory=list)
    begins: list[str] = field(default_factory=list)


class Sheet:
    """The parts of a file that comments change.

    Parameters
    ----------
    file
        The file.
    root
        Its body, parsed.
    author
        Who writes.
    """

    def __init__(self, file: WordFile, root: etree._Element, *, author: Author) -> None:
        self._file = file
        self._author = author
        self._root = root
        self._body = Body(file.markup(file.main), root)
        self._part = file.related("comments")
        tree = file.tree(self._part)
        self._comments = None if tree is None or self._part is None else file.markup(self._part)
        self._strict = self._body.strict
        self._names = _named(root, strict=self._strict)
        self._own_names = _Names("w") if tree is None else _named(tree, strict=self._strict)
        styles = file.related("styles")
        self._styles = _styles(None if styles is None else file.package.tree(styles, required=False))
        self._id = free_id(tree, root)
        self._new: list[str] = []
        self._others: dict[str, Markup] = {}

    def remove(self, stale: Sequence[Comment]) -> None:
        """Take comments away, with their markers and with what other parts say of them."""
        if not stale or self._comments is None:
            return
        for one in stale:
            self._comments.remove(one.number)
        self._body.remove_markers(frozenset(one.id for one in stale))
        names = {name for one in stale for name in one.paragraphs}
        self._forget("commentsExtended", "paraId", names)
        durable = self._forget("commentsIds", "paraId", names)
        self._forget("commentsExtensible", "durableId", durable)

    def takes(self, anchor: Anchor) -> bool:
        """Whether markers can be put at both ends without changing what is printed."""
        return self._body.place(anchor.first) is not None and self._body.place(anchor.last) is not None

    def add(self, anchor: Anchor, texts: Sequence[Text]) -> None:
        """Put a comment in at an anchor that takes markers."""
        element = self._names.element
        style = self._styles.reference
        look = element("rPr", element("rStyle", val=style)) if style else ""
        known = str(self._id)
        reference = element("r", look + element("commentReference", id=known))
        self._body.mark(
            anchor,
            begin=element("commentRangeStart", id=known),
            end=element("commentRangeEnd", id=known) + reference,
        )
        self._new.append(self._comment(known, texts))
        self._id += 1

    def written(self) -> dict[str, bytes]:
        """Give the parts that changed, by the names they go by in the package."""
        parts = {part: markup.written() for part, markup in self._others.items()}
        parts[self._file.main] = self._body.written()
        content = "".join(self._new)
        if self._comments is not None and self._part is not None:
            self._comments.append(content)
            parts[self._part] = self._comments.written()
        elif content:
            uri = _STRICT_W if self._strict else W
            part = f'{HEAD}<w:comments xmlns:w="{uri}">{content}</w:comments>'
            parts |= with_comments_part(self._file, part.encode(), strict=self._strict)
        return {self._file.archive.name(part) or part: data for part, data in parts.items()}

    def _forget(self, kind: str, attribute: str, names: set[str]) -> set[str]:
        """Take the entries of some comments out of another part; give the lasting names that these entries bear."""
        part = self._file.related(kind)
        tree = self._file.tree(part)
        if tree is None or part is None:
            return set()
        markup = self._file.markup(part)
        durable: set[str] = set()
        for number, element in enumerate(tree.iter("*")):
            said = {str(key).rpartition("}")[2]: str(value).upper() for key, value in element.items()}
            if said.get(attribute) in names and element.getparent() is tree:
                durable.add(said.get("durableId", ""))
                markup.remove(number)
        if markup.changed:
            self._others[part] = markup
        return durable - {""}

    def _comment(self, known: str, texts: Sequence[Text]) -> str:
        """Write a comment."""
        element = self._own_names.element
        author = self._author
        about = {"id": known, "author": one_line(author.name), "initials": one_line(author.initials)}
        if author.on is not None:
            about["date"] = f"{author.on.replace(tzinfo=None).isoformat(timespec='seconds')}Z"
        properties = element("pPr", element("pStyle", val=self._styles.text)) if self._styles.text else ""
        style = self._styles.reference
        look = element("rPr", element("rStyle", val=style)) if style else ""
        mark = element("r", look + element("annotationRef"))
        paragraphs = [
            element("p", f"{properties}{'' if number else mark}{self._runs(text)}") for number, text in enumerate(texts)
        ]
        return element("comment", "".join(paragraphs), **about)

    def _runs(self, text: Text) -> str:
        """Write the runs of a paragraph of a comment."""
        element = self._own_names.element
        size = element("sz", val=_SMALL if text.small else _NORMAL)
        colour = element("color", val=_GREY) if text.small else ""
        prefix = self._own_names.prefix
        return "".join(
            element(
                "r",
                element("rPr", f"{weight}{colour}{size}")
                + f'<{prefix}:t xml:space="preserve">{escape(said, quote=False)}</{prefix}:t>',
            )
            for weight, said in ((element("b"), text.bold), ("", text.plain))
            if said
        )


class Body:
    """The part that holds the body, while markers are put in and taken away.

    Parameters
    ----------
    markup
        The bytes of the part.
    root
        The same, parsed.
    """

    def __init__(self, markup: Markup, root: etree._Element) -> None:
        self._markup = markup
        self._root = root
        self._paragraphs = {one: number for number, one in enumerate(root.iter("*")) if one.tag == w("p")}
        self._numbers: dict[etree._Element, int] = {}
        self._characters: dict[int, Sequence[int] | None] = {}
        """For texts that are cut, the place of every character; None for those that must not be cut."""
        self._spaced: set[int] = set()
        self._slots: dict[tuple[int, int], _Slot] = {}

    @property
    def strict(self) -> bool:
        """Whether the body is written in the strict form of the format."""
        span = self._markup.span(0)
        return _STRICT_W in self._markup.source(span.start, span.inside)

    def remove_markers(self, ids: frozenset[str]) -> None:
        """Take the markers of some comments away, and the runs that hold nothing else."""
        removed: set[int] = set()
        for number, element in enumerate(self._root.iter("*")):
            if local(element) not in _MARKERS or element.get(w("id"), "") not in ids:
                continue
            run = element.getparent()
            whole = number
            if element.tag == w("commentReference") and run is not None and _only_refers(run, ids):
                whole -= next(inner for inner, one in enumerate(run.iter("*")) if one is element)
            if whole not in removed:
                removed.add(whole)
                self._markup.remove(whole)

    def mark(self, anchor: Anchor, *, begin: str, end: str) -> None:
        """Put the markers of a comment in; one that begins and ends at one place stands there as a whole."""
        first, last = self.place(anchor.first), self.place(anchor.last)
        if first is None or last is None:
            raise ValueError("the anchor takes no markers")
        begins, ends = self._slot(first), self._slot(last)
        if begins is ends:
            begins.begins.append(begin + end)
        else:
            begins.begins.append(begin)
            ends.ends.append(end)
        self._keep_spaces(anchor.first)
        self._keep_spaces(anchor.last)

    def place(self, cut: Cut) -> _Place | None:
        """Give the place of a cut in the bytes; None where it would change what is printed."""
        if cut.inside:
            return self._inner_edge(cut.host, after=cut.after)
        number = self._number(cut.host)
        span = self._markup.span(number)
        if cut.leaf is None:
            at = span.end if cut.after else span.start
            return _Place(at, at)
        # The run ends here, and one with the same properties begins.
        before = f"</{self._markup.name(number)}>"
        behind = self._markup.source(span.start, span.inside)
        properties = cut.host.find(w("rPr"))
        if properties is not None:
            inner = self._markup.span(self._number(properties))
            behind += self._markup.source(inner.start, inner.end)
        if cut.at is not None:
            return self._inside(cut.leaf, cut.at, before, behind)
        inner = self._markup.span(self._number(cut.leaf))
        at = inner.end if cut.after else inner.start
        return _Place(at, at, before, behind)

    def written(self) -> bytes:
        """Give the part with all that was put in and taken away."""
        for slot in self._slots.values():
            place = slot.place
            self._markup.replace(
                place.start, place.end, "".join([place.before, *slot.ends, *slot.begins, place.behind])
            )
        return self._markup.written()

    def _slot(self, place: _Place) -> _Slot:
        return self._slots.setdefault((place.start, place.end), _Slot(place))

    def _inside(self, leaf: etree._Element, at: int, before: str, behind: str) -> _Place | None:
        """Give a place inside a text."""
        number = self._number(leaf)
        if number not in self._characters:
            text, kept = leaf.text or "", leaf.get(_SPACE)
            # Spaces at the edges of a text that does not keep them are not shown; cut in two it would show them.
            whole = kept == "preserve" or (kept is None and text == text.strip(_XML_SPACES))
            self._characters[number] = self._markup.characters(number, text) if whole else None
        places = self._characters[number]
        if places is None:
            return None
        span = self._markup.span(number)
        tag = self._markup.source(span.start, span.inside)
        tag = tag if leaf.get(_SPACE) is not None else f'{tag[:-1]} xml:space="preserve">'
        return _Place(places[at], places[at], f"</{self._markup.name(number)}>{before}", f"{behind}{tag}")

    def _keep_spaces(self, cut: Cut) -> None:
        """Let a text that is cut in two keep the spaces at its new edges."""
        if cut.leaf is None or cut.at is None or cut.leaf.get(_SPACE) is not None:
            return
        number = self._number(cut.leaf)
        if number not in self._spaced:
            self._spaced.add(number)
            self._markup.insert(self._markup.span(number).inside - 1, ' xml:space="preserve"')

    def _inner_edge(self, paragraph: etree._Element, *, after: bool) -> _Place:
        """Give the place before or behind everything in a paragraph."""
        number = self._number(paragraph)
        span = self._markup.span(number)
        if span.closed_at_once:
            return _Place(span.end - 2, span.end, ">", f"</{self._markup.name(number)}>")
        properties = paragraph.find(w("pPr"))
        if after:
            at = span.close
        elif properties is None:
            at = span.inside
        else:
            at = self._markup.span(self._number(properties)).end
        return _Place(at, at)

    def _number(self, element: etree._Element) -> int:
        """Give the number of an element in document order; it is a paragraph or stands in one."""
        if element not in self._numbers:
            paragraph = next(one for one in (element, *element.iterancestors(w("p"))) if one in self._paragraphs)
            first = self._paragraphs[paragraph]
            self._numbers.update((one, first + inner) for inner, one in enumerate(paragraph.iter("*")))
        return self._numbers[element]


class _Styles(NamedTuple):
    """The styles that Word has for comments, by their names in this file; empty where it has none yet."""

    text: str = ""
    reference: str = ""


def _styles(tree: etree._Element | None) -> _Styles:
    """Find the styles for comments; one that is not there is not referred to."""
    found: dict[str, str] = {}
    for style in () if tree is None else tree.iter(w("style")):
        name = style.find(w("name"))
        if name is not None:
            found.setdefault(name.get(w("val"), "").lower(), style.get(w("styleId"), ""))
    return _Styles(found.get("annotation text", ""), found.get("annotation reference", ""))


def _named(root: etree._Element, *, strict: bool) -> _Names:
    """Give the names that a part has for elements; where it has no prefix for them, they bring their own."""
    prefix = next((prefix for prefix, uri in root.nsmap.items() if uri == W and prefix), None)
    if prefix is not None:
        return _Names(prefix)
    free = "parcc" if "w" in root.nsmap else "w"
    return _Names(free, f' xmlns:{free}="{_STRICT_W if strict else W}"')


def _only_refers(run: etree._Element, ids: frozenset[str]) -> bool:
    """Whether a run holds nothing but references to some comments."""
    return run.tag == w("r") and all(
        one.tag == w("rPr") or (one.tag == w("commentReference") and one.get(w("id"), "") in ids) for one in run
    )
