"""A Word file that comments are put into: its parts, to be read within limits and to be copied as they are."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from parcc_nlp.errors import ReadError, UsageError
from parcc_nlp.read.detect import DOCX, detect
from parcc_nlp.read.ooxml import Package
from parcc_nlp.report.word_archive import Archive
from parcc_nlp.report.word_markup import Markup

if TYPE_CHECKING:
    from lxml import etree

    from parcc_nlp.read.limits import Limits

__all__ = ["WordFile", "with_comments_part"]

_TYPES = "[Content_Types].xml"
_OTHER_TYPE = re.compile("macroenabled|template")
_SIGNATURES = "_xmlsignatures/"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_KINDS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


@dataclass(frozen=True, slots=True)
class WordFile:
    """The package, read from by name and copied by its bytes."""

    package: Package
    archive: Archive
    path: str | None

    @classmethod
    def of(cls, data: bytes, *, path: str | None, limits: Limits) -> WordFile:
        """Open a file that takes comments.

        Raises
        ------
        UsageError
            E346: not a Word file. E350: a template, or a file with macros. E352: a signed file.
        ReadError
            For a file that is not read at all, as `parcc_nlp.read.detect` says.
        """
        if detect(data, path=path, limits=limits) != DOCX:
            raise UsageError("E346", path=path)
        file = cls(Package.open(data, path=path, limits=limits), Archive.of(data, path=path), path)
        types = file.tree(_TYPES)
        for one in () if types is None else types:
            here = one.get("PartName", "").lstrip("/").lower() == file.main.lower()
            if here and _OTHER_TYPE.search(one.get("ContentType", "").lower()):
                raise UsageError("E350", path=path)
        if any(one.info.filename.lower().lstrip("/").startswith(_SIGNATURES) for one in file.archive.members):
            raise UsageError("E352", path=path)
        return file

    @property
    def main(self) -> str:
        """The name of the part that holds the body."""
        return self.package.main_part()

    def related(self, kind: str) -> str | None:
        """Give the part of a kind that the body points to."""
        return next((one.target for one in self.package.relationships(self.main) if one.kind == kind), None)

    def tree(self, part: str | None) -> etree._Element | None:
        """Parse a part; None where there is none.

        Raises
        ------
        ReadError
            E120: it is there and cannot be read. Writing it anew would throw away what somebody wrote.
        """
        if part is None or self.archive.name(part) is None:
            return None
        return self.package.tree(part, required=True)

    def markup(self, part: str) -> Markup:
        """Give a part to be edited; it must have been parsed before, within the limits.

        Raises
        ------
        ReadError
            E120: its encoding is not known here, or it is damaged.
        """
        try:
            return Markup(self.archive.read(self.archive.name(part) or part))
        except (LookupError, ValueError, ExpatError) as error:
            raise ReadError("E120", path=self.path, place=part) from error


def with_comments_part(file: WordFile, content: bytes, *, strict: bool) -> dict[str, bytes]:
    """Give the parts that change when a file gets a part for comments.

    Parameters
    ----------
    file
        A file without that part.
    content
        The part.
    strict
        Whether the body is written in the strict form of the format.

    Returns
    -------
    dict
        The part itself and the two that announce it: the list of content types and the relationships of the body.
    """
    folder, name = posixpath.split(file.main)
    announced = file.related("comments")
    part = announced or next(one for one in _candidates(file, folder) if file.archive.name(one) is None)
    parts = {part: content}
    types = file.tree(_TYPES)
    if types is not None and not any(one.get("PartName", "").lower() == f"/{part}".lower() for one in types):
        parts[_TYPES] = _appended(file, _TYPES, f'Override PartName="/{part}" ContentType="{_COMMENTS_TYPE}"')
    if announced is None:
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        tree = file.tree(relations)
        taken = set() if tree is None else {one.get("Id") for one in tree}
        free = next(one for number in range(len(taken) + 1) if (one := f"rId{len(taken) + 1 + number}") not in taken)
        kind = f"{_STRICT_KINDS if strict else _KINDS}/comments"
        entry = f'Relationship Id="{free}" Type="{kind}" Target="{posixpath.basename(part)}"'
        if tree is None:
            parts[relations] = f'{HEAD}<Relationships xmlns="{_RELATIONSHIPS}"><{entry}/></Relationships>'.encode()
        else:
            parts[relations] = _appended(file, relations, entry)
    return parts


def _candidates(file: WordFile, folder: str) -> list[str]:
    """Give names for the part, more than there are members."""
    numbers = ["", *(str(number) for number in range(1, len(file.archive.members) + 2))]
    return [posixpath.join(folder, f"comments{number}.xml") for number in numbers]


def _appended(file: WordFile, part: str, entry: str) -> bytes:
    """Give a list of a package with one more entry, named with the prefix of the list itself."""
    markup = file.markup(part)
    prefix, colon, _ = markup.name(0).rpartition(":")
    markup.append(f"<{prefix}{colon}{entry}/>")
    return markup.written()
