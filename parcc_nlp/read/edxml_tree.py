"""The XML of an edXML message, parsed within limits: no DTD, no entities, no unbounded size or depth."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # has no types
from defusedxml.ElementTree import fromstring as defused_fromstring  # type: ignore[import-untyped]  # has no types
from lxml import etree

from parcc_nlp.errors import ReadError
from parcc_nlp.read.edxml_tables import namespaces

if TYPE_CHECKING:
    from parcc_nlp.read.limits import Limits

__all__ = ["Parsed", "parse"]

_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_READ_ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LIBXML2_TEXT = 10_000_000
"""Longest text of one element that libxml2 takes without ``huge_tree``: an attachment of 7 MB has more."""
_LIBXML2_DEPTH, _LIBXML2_HUGE_DEPTH = 256, 2048
_FEW = 99
"""Up to how many undeclared prefixes are passed over: libxml2's log ends at 100 and might hide another error."""
_PREFIX = re.compile(r"prefix (\S+)")


class Parsed(NamedTuple):
    """The root of a message, and the prefixes that are not declared where they stand."""

    root: etree._Element
    undeclared: tuple[str, ...] = ()


def parse(data: bytes, *, path: str | None, limits: Limits) -> Parsed:
    """Parse a message.

    An undeclared prefix is an error of namespaces, not of syntax, and real messages have it: ``xlink:href``, or
    ``edXML:Attachment`` beside the envelope that alone declares ``edXML``. Such an attribute is passed over, for
    nothing is read from it; such an element is read where this message declares the prefix elsewhere, once, and for
    edXML. The prefix is named. Any other one leaves open what the element is, and the message is refused. Nothing else
    is repaired.

    Raises
    ------
    ReadError
        E108 for an encoding other than UTF-8 and UTF-16, E130 to E132 above the limits, E141 where it is not
        well-formed, with line and column, E142 for a DTD.

    Examples
    --------
    >>> from parcc_nlp.read.limits import DEFAULT_LIMITS
    >>> parse(b"<edXML><a/></edXML>", path=None, limits=DEFAULT_LIMITS).root.tag
    'edXML'
    """
    if len(data) > limits.message_bytes:
        raise ReadError("E130", path=path, size=len(data), limit=limits.message_bytes)
    data = _utf8(data, path)
    if (tags := data.count(b"<")) > limits.message_tags:
        raise ReadError("E131", path=path, what=f"{tags} > {limits.message_tags}")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        _refuse_dtd(data, path)
    parser = _parser(data, recover=False)
    try:
        parsed = Parsed(etree.fromstring(data, parser))
    except etree.XMLSyntaxError as error:
        if _is_huge(error):
            raise _too_much(error, data, path) from error
        if not _only_undeclared_prefixes(parser):
            raise _not_well_formed(error, path) from error
        parsed = _over_undeclared_prefixes(data, error, path)
    if parsed.root.getroottree().docinfo.internalDTD is not None:
        raise ReadError("E142", path=path)
    return parsed


def _utf8(data: bytes, path: str | None) -> bytes:
    """Give the message in UTF-8, so that what is looked for in its bytes is found in any encoding it may have."""
    if data.startswith(_UTF16):
        try:
            return data.decode("utf-16").encode()
        except UnicodeError as error:
            raise ReadError("E108", path=path) from error
    data = data.removeprefix(codecs.BOM_UTF8)
    declared = _DECLARED.match(data)
    if declared and declared[1].decode("ascii").lower() not in _READ_ENCODINGS:
        raise ReadError("E108", path=path, place=declared[1].decode("ascii"))
    return data


def _refuse_dtd(data: bytes, path: str | None) -> None:
    """Let defusedxml say whether the message declares a DTD; the words may also stand in a comment or a text."""
    try:
        defused_fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise ReadError("E142", path=path) from error
    except SyntaxError as error:
        line, column = getattr(error, "position", (0, 0))
        raise ReadError("E141", path=path, place=f"dòng {line}, cột {column + 1}", detail=error.msg) from error


def _parser(data: bytes, *, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=len(data) > _LIBXML2_TEXT,  # size, tags and DTD are bounded above
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def _is_huge(error: etree.XMLSyntaxError) -> bool:
    return "XML_PARSE_HUGE" in str(error) or "depth" in str(error).lower()


def _too_much(error: etree.XMLSyntaxError, data: bytes, path: str | None) -> ReadError:
    if "depth" in str(error).lower():
        return ReadError("E132", path=path, limit=_LIBXML2_HUGE_DEPTH if len(data) > _LIBXML2_TEXT else _LIBXML2_DEPTH)
    return ReadError("E131", path=path, what=str(error).split(",", maxsplit=1)[0])


def _not_well_formed(error: etree.XMLSyntaxError, path: str | None) -> ReadError:
    line, column = error.position
    detail = str(error.msg).rsplit(", line ", 1)[0]
    return ReadError("E141", path=path, place=f"dòng {line}, cột {column}", detail=detail)


def _only_undeclared_prefixes(parser: etree.XMLParser) -> bool:
    log = list(parser.error_log)
    return 0 < len(log) <= _FEW and all(entry.type == etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE for entry in log)


def _over_undeclared_prefixes(data: bytes, error: etree.XMLSyntaxError, path: str | None) -> Parsed:
    """Parse on over undeclared prefixes, and give elements the namespace that the message declares elsewhere."""
    parser = _parser(data, recover=True)
    root = etree.fromstring(data, parser)
    if root is None or not _only_undeclared_prefixes(parser):
        raise _not_well_formed(error, path) from error
    # A name that kept its colon had a prefix without namespace.
    bare = [element for element in root.iter() if ":" in str(element.tag).rpartition("}")[2]]
    declared: dict[str, set[str]] = {}
    for _, (prefix, namespace) in etree.iterwalk(root, events=("start-ns",)) if bare else ():
        declared.setdefault(prefix, set()).add(namespace)
    for element in bare:
        prefix, _, name = str(element.tag).partition(":")
        meant = declared.get(prefix, set())
        if len(meant) != 1 or not meant <= namespaces():
            raise _not_well_formed(error, path) from error
        element.tag = f"{{{next(iter(meant))}}}{name}"
    found = (_PREFIX.search(entry.message) for entry in parser.error_log)
    return Parsed(root, tuple(sorted({match[1] for match in found if match})))
