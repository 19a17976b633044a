"""The single values of an edXML message: each is read, or left out with a warning that says what stands there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from parcc_nlp.read.assembly import cleaned
from parcc_nlp.read.edxml_tables import CodeTable, codes, fillers, qualified
from parcc_nlp.read.edxml_values import Coded, DocumentId, MessageWarning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from parcc_nlp.errors import ReadError

__all__ = ["Fields", "is_named", "place_of"]

_MOMENT = re.compile(
    r"(?P<day>[0-9]{4}[/-][0-9]{1,2}[/-][0-9]{1,2})"
    r"(?:[ T](?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]{1,7})?)?"
)
_DOCUMENT_ID = re.compile(r"(?P<organ>[^,]+),(?P<date>[^,]+),(?P<number>[^/,]+)/(?P<notation>.+)")
_DIGITS = re.compile(r"[0-9]{1,9}")
_FLAGS = {"0": False, "1": True, "false": False, "true": True}
_SHOWN = 80
"""How much of a wrong value a warning shows."""


def is_named(element: etree._Element, name: str) -> bool:
    """Whether an element is the one of that name, by namespace and local name, never by its prefix.

    Examples
    --------
    >>> from lxml import etree
    >>> theirs = etree.fromstring('<x:Subject xmlns:x="http://www.mic.gov.vn/TBT/QCVN_102_2016"/>')
    >>> is_named(theirs, "Subject"), is_named(etree.fromstring('<Subject xmlns="urn:other"/>'), "Subject")
    (True, False)
    """
    return element.tag in qualified(name)


def place_of(element: etree._Element) -> str:
    """Give the way to an element by local names, from below the header or the root."""
    names = [str(element.tag).rpartition("}")[2]]
    names += [str(one.tag).rpartition("}")[2] for one in element.iterancestors()]
    inner = names[: names.index("edXMLHeader")] if "edXMLHeader" in names else names[:-1]
    return "/".join(reversed(inner))


@dataclass(slots=True)
class Fields:
    """Reads the values of one message and collects what is not right with them."""

    warnings: list[MessageWarning] = field(default_factory=list)

    def warn(self, code: str, place: str, **details: str | int) -> None:
        """Keep a warning; texts are cut to a readable length."""
        cut = ((name, value[:_SHOWN] if isinstance(value, str) else value) for name, value in details.items())
        self.warnings.append(MessageWarning(code, place, tuple(cut)))

    def refused(self, error: ReadError, place: str) -> None:
        """Keep the error of a part as a warning of the whole."""
        where = " > ".join(part for part in (place, error.place) if part)
        self.warnings.append(MessageWarning(error.code, where, tuple(error.details.items())))

    def children(self, parent: etree._Element | None, name: str) -> Iterator[etree._Element]:
        """Give all children of that name."""
        names = qualified(name)
        return (child for child in (() if parent is None else parent) if child.tag in names)

    def child(self, parent: etree._Element | None, name: str) -> etree._Element | None:
        """Give the child of that name; of several the first, with a warning."""
        found = list(self.children(parent, name))
        if len(found) > 1:
            self.warn("E159", place_of(found[0]), what=name)
        return found[0] if found else None

    def text(self, parent: etree._Element | None, name: str) -> str | None:
        """Give the text of a child on one line; None where it is empty or only fills the place."""
        text = self.lines(parent, name)
        return " ".join(text.split()) if text else None

    def lines(self, parent: etree._Element | None, name: str) -> str | None:
        """Give the text of a child with its lines."""
        element = self.child(parent, name)
        return None if element is None else self.own_text(element)

    def own_text(self, element: etree._Element) -> str | None:
        """Give the text of this element itself."""
        text = cleaned(element.text or "").strip()
        if text.casefold() in fillers():
            self.warn("E144", place_of(element), what=text)
            return None
        return text or None

    def texts(self, parent: etree._Element | None, name: str) -> tuple[str, ...]:
        """Give the texts of all children of that name."""
        found = (self.own_text(child) for child in self.children(parent, name))
        return tuple(" ".join(text.split()) for text in found if text)

    def date(self, parent: etree._Element | None, name: str) -> str | None:
        """Give a date (``yyyy/MM/dd``) as ISO; None with a warning where there is no such day."""
        moment = self.moment(parent, name)
        return moment[:10] if moment else None

    def moment(self, parent: etree._Element | None, name: str) -> str | None:
        """Give a date, with its time if it has one, as ISO."""
        text = self.text(parent, name)
        return self._iso(text, parent, name) if text else None

    def count(self, parent: etree._Element | None, name: str) -> int | None:
        """Give a whole number; None with a warning where it is none."""
        text = self.text(parent, name)
        if text is None:
            return None
        if not _DIGITS.fullmatch(text):
            self.warn("E146", self._place(parent, name), what=text)
            return None
        return int(text)

    def flag(self, parent: etree._Element | None, name: str) -> bool | None:
        """Give a yes or no, written 1 or 0, true or false."""
        text = self.text(parent, name)
        if text is not None and text.lower() not in _FLAGS:
            self.warn("E147", self._place(parent, name), what=text)
        return _FLAGS.get((text or "").lower())

    def code(self, parent: etree._Element | None, name: str, table: CodeTable) -> Coded | None:
        """Give a code with its meaning; None with a warning where the table does not have it."""
        text = self.text(parent, name)
        if text is None:
            return None
        known = codes(table)
        found = known.get(text) or known.get(text.zfill(max(map(len, known))))
        if found is None:
            self.warn("E147", self._place(parent, name), what=text)
        return found

    def document_id(self, parent: etree._Element | None, name: str = "DocumentId") -> DocumentId | None:
        """Give a document id in its parts; only the text, with a warning, where it has another form."""
        text = self.text(parent, name)
        if text is None:
            return None
        match = _DOCUMENT_ID.fullmatch(text)
        if match is None:
            self.warn("E148", self._place(parent, name), what=text)
            return DocumentId(text)
        organ, number, notation = (match[part].strip() for part in ("organ", "number", "notation"))
        moment = self._iso(match["date"].strip(), parent, name)
        return DocumentId(text, organ, moment[:10] if moment else None, number, notation)

    def _iso(self, text: str, parent: etree._Element | None, name: str) -> str | None:
        match = _MOMENT.fullmatch(text)
        iso = _checked(match["day"], match["time"]) if match else None
        if iso is None:
            self.warn("E145", self._place(parent, name), what=text)
        return iso

    def _place(self, parent: etree._Element | None, name: str) -> str:
        return f"{place_of(parent)}/{name}" if parent is not None else name


def _checked(day: str, time: str | None) -> str | None:
    """Give day and time as ISO; None where the calendar or the clock has no such one."""
    year, month, date = (int(part) for part in re.split("[/-]", day))
    hour, minute, second = (int(part) for part in [*(time or "0:0").split(":"), "0"][:3])
    try:
        moment = datetime(year, month, date, hour, minute, second)  # noqa: DTZ001  # edXML writes no time zone
    except ValueError:
        return None
    return moment.isoformat() if time else moment.date().isoformat()
