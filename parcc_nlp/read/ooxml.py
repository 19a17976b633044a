"""The package of a .docx: its parts, opened within limits, and how they refer to each other.

python-docx is not used to open packages here: it expands every part (pictures too) without bounds, refuses .docm and
templates, and stops at the first missing part where Word goes on.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # has no types
from defusedxml.ElementTree import fromstring as defused_fromstring  # type: ignore[import-untyped]  # has no types
from lxml import etree

from parcc_nlp.errors import ReadError
from parcc_nlp.read.limits import Limits

__all__ = ["MC", "WPS", "Package", "Relationship", "W", "local", "w"]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_STRICT_W = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_RATIO_MATTERS_FROM = 1024 * 1024
_DEPTH = 256  # of libxml2
_CHUNK = 256 * 1024
_READ_KINDS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""What the Open Packaging Conventions allow; zipfile expands the others (bzip2, LZMA) without a bound on one call."""


def w(name: str) -> str:
    """Give the qualified name of a WordprocessingML element or attribute.

    Examples
    --------
    >>> w("p")
    '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p'
    """
    return f"{{{W}}}{name}"


def local(element: etree._Element) -> str:
    """Give the name of an element without its namespace; comments and instructions have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part points to: the kind (last word of its type) and the part."""

    id: str
    kind: str
    target: str


@dataclass(slots=True)
class Package:
    """A .docx being read."""

    path: str | None
    limits: Limits
    _zip: zipfile.ZipFile
    _by_lower_name: dict[str, zipfile.ZipInfo]
    _expanded: int = 0
    _trees: dict[str, etree._Element | None] = field(default_factory=dict)

    @classmethod
    def open(cls, data: bytes, *, path: str | None, limits: Limits) -> Package:
        """Open the package; its members are only looked up by name, never written to the disk."""
        try:
            archive = zipfile.ZipFile(BytesIO(data))
            infos = archive.infolist()
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, OSError, EOFError) as error:
            raise ReadError("E120", path=path) from error
        if len(infos) > limits.zip_members:
            raise ReadError("E131", path=path, what=f"{len(infos)} > {limits.zip_members}")
        strange = next((info for info in infos if info.compress_type not in _READ_KINDS), None)
        if strange is not None:
            raise ReadError("E131", path=path, place=strange.filename, what=f"ZIP {strange.compress_type}")
        return cls(path, limits, archive, {info.filename.lower().lstrip("/"): info for info in infos})

    def main_part(self) -> str:
        """Give the name of the main document part."""
        for relationship in self.relationships(""):
            if relationship.kind == "officeDocument" and self.has(relationship.target):
                return relationship.target
        for name, info in self._by_lower_name.items():
            if name.startswith("word/document") and name.endswith(".xml"):
                return info.filename
        raise ReadError("E120", path=self.path, place="word/document.xml")

    def has(self, part: str) -> bool:
        """Whether the part exists."""
        return part.lower() in self._by_lower_name

    def relationships(self, part: str) -> list[Relationship]:
        """Give what a part points to inside the package; the empty name stands for the package itself."""
        folder, name = posixpath.split(part)
        tree = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"), required=False)
        if tree is None:
            return []
        found: list[Relationship] = []
        for element in tree:
            target = element.get("Target")
            if local(element) != "Relationship" or not target or element.get("TargetMode") == "External":
                continue
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            kind = (element.get("Type") or "").rpartition("/")[2]
            found.append(Relationship(element.get("Id") or "", kind, full))
        return found

    def tree(self, part: str, *, required: bool) -> etree._Element | None:
        """Parse a part; None where it is missing or damaged and not required."""
        if part not in self._trees:
            self._trees[part] = self._parse(part, required=required)
        return self._trees[part]

    def _parse(self, part: str, *, required: bool) -> etree._Element | None:
        data = self._member(part, required=required)
        if data is None:
            return None
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data or data.startswith((b"\xff\xfe", b"\xfe\xff")):
            self._refuse_dtd(data, part)
        if (tags := data.count(b"<")) > self.limits.markup_tags:
            raise ReadError("E131", path=self.path, place=part, what=f"{tags} > {self.limits.markup_tags}")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
        )
        try:
            return etree.fromstring(data.replace(_STRICT_W, W.encode()), parser)
        except etree.XMLSyntaxError as error:
            if "XML_PARSE_HUGE" in str(error):
                if "depth" in str(error).lower():
                    raise ReadError("E132", path=self.path, place=part, limit=_DEPTH) from error
                raise ReadError("E131", path=self.path, place=part, what=str(error).split(",")[0]) from error
            if required:
                raise ReadError("E120", path=self.path, place=part) from error
            return None

    def _member(self, part: str, *, required: bool) -> bytes | None:
        """Expand a part; None where it is missing or damaged and not required."""
        info = self._by_lower_name.get(part.lower())
        if info is None:
            if required:
                raise ReadError("E120", path=self.path, place=part)
            return None
        try:
            return self._expand(info)
        except (
            zipfile.BadZipFile,
            zlib.error,
            ValueError,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            if not required:
                return None
            encrypted = bool(info.flag_bits & 1)
            raise ReadError("E121" if encrypted else "E120", path=self.path, place=part) from error

    def _refuse_dtd(self, data: bytes, part: str) -> None:
        """Let defusedxml say whether the part declares a DTD, which Office Open XML forbids (ECMA-376, part 2)."""
        try:
            defused_fromstring(data, forbid_dtd=True)
        except DefusedXmlException as error:
            raise ReadError("E122", path=self.path, place=part) from error
        except (SyntaxError, ValueError):
            return  # not well formed: the parser proper says so

    def _expand(self, info: zipfile.ZipInfo) -> bytes:
        """Expand a member piece by piece, counting what comes out and not what the package declares."""
        limits = self.limits
        pieces: list[bytes] = []
        size = 0
        with self._zip.open(info) as member:
            while piece := member.read(_CHUNK):
                pieces.append(piece)
                size += len(piece)
                self._expanded += len(piece)
                ratio = size / max(1, info.compress_size)
                if (
                    size > limits.part_bytes
                    or self._expanded > limits.expanded_bytes
                    or (size > _RATIO_MATTERS_FROM and ratio > limits.expansion_ratio)
                ):
                    raise ReadError("E131", path=self.path, place=info.filename, what=f"{size} byte, 1:{ratio:.0f}")
        return b"".join(pieces)
