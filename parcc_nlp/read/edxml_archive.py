"""What attachments of an edXML message are: recognised by content, archives and messages inside them opened in bounds.

Nothing is written to the disk, and no name of a file inside an archive is used but to show it.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

from parcc_nlp.errors import ReadError
from parcc_nlp.read.detect import EDXML, ZIP, detect
from parcc_nlp.read.edxml_values import Attachment, Message
from parcc_nlp.read.limits import Limits

if TYPE_CHECKING:
    from parcc_nlp.read.edxml_fields import Fields

__all__ = ["Allowance", "Opening", "file_name", "is_unsafe"]

_CHUNK = 256 * 1024
_RATIO_MATTERS_FROM = 1024 * 1024
# Other kinds (bz2, lzma) are expanded by zipfile without a bound on what one call gives.
_READ_KINDS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 1
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]|^[A-Za-z]:|^[/\\]|(?:^|[/\\])\.\.(?:[/\\]|$)|\\")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def file_name(name: str) -> str:
    r"""Give the last part of a file's name, without what could lead out of a folder.

    Examples
    --------
    >>> file_name("../../etc/cron.d/x"), file_name("C:\\van-ban\\1.doc"), file_name("..")
    ('x', '1.doc', '')
    """
    last = re.split(r"[/\\]", _CONTROL.sub("", name))[-1]
    return re.sub(r"^[A-Za-z]:", "", last).strip().lstrip(".") if set(last) != {"."} else ""


def is_unsafe(name: str) -> bool:
    """Whether a name leads out of a folder or hides what it is: "..", a root, a drive, control codes."""
    return _UNSAFE.search(name) is not None


@dataclass(slots=True)
class Allowance:
    """How many more files and bytes a message with all that is inside it may give."""

    files: int
    bytes: int

    def take(self, size: int) -> bool:
        """Take bytes; False, and nothing taken, where there are not so many left."""
        if size > self.bytes:
            return False
        self.bytes -= size
        return True

    def take_files(self, count: int) -> bool:
        """Take files; False, and nothing taken, where there are not so many left."""
        if count > self.files:
            return False
        self.files -= count
        return True


@dataclass(frozen=True, slots=True)
class Opening:
    """The way attachments are opened: bounds shared by the whole message, and how deep inside it this is."""

    limits: Limits
    allowance: Allowance
    read: Callable[[bytes, str | None, Opening], Message]
    """How a message inside the message is read."""
    depth: int = 0

    def opened(self, attachment: Attachment, *, place: str, fields: Fields) -> Attachment:
        """Recognise an attachment by its content and open it where it is an archive or a message."""
        content = attachment.content
        if content is None:
            return attachment
        try:
            kind = detect(content, path=None, limits=self.limits, archives=True)
        except ReadError as error:
            fields.refused(error, place)
            return attachment
        if kind in {ZIP, EDXML} and self.depth >= self.limits.attachment_nesting:
            fields.warn("E132", place, limit=self.limits.attachment_nesting)
            return replace(attachment, media_type=kind)
        inside = replace(self, depth=self.depth + 1)
        if kind == ZIP:
            return replace(attachment, media_type=kind, members=inside.members(content, place=place, fields=fields))
        message = inside.message(content, attachment.name, place=place, fields=fields) if kind == EDXML else None
        return replace(attachment, media_type=kind, message=message)

    def message(self, content: bytes, name: str | None, *, place: str, fields: Fields) -> Message | None:
        """Read a message inside the message; None, with its error as a warning, where it cannot be read."""
        try:
            return self.read(content, name, self)
        except ReadError as error:
            fields.refused(error, place)
            return None

    def members(self, content: bytes, *, place: str, fields: Fields) -> tuple[Attachment, ...]:
        """Give the files of an archive in its order."""
        try:
            archive = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, OSError, EOFError):
            fields.warn("E118", place)
            return ()
        with archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if not self.allowance.take_files(len(infos)):
                fields.warn("E131", place, what=f"{len(infos)} > {self.allowance.files}")
                return ()
            return tuple(self._member(archive, info, place, fields) for info in infos)

    def _member(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str, fields: Fields) -> Attachment:
        name = file_name(info.filename)
        here = f"{place} > {name}"
        if is_unsafe(info.orig_filename):
            fields.warn("E155", place, what=info.orig_filename)
        content = self._expanded(archive, info, here, fields)
        size = None if content is None else len(content)
        member = Attachment(name=name or None, size=size, content=content)
        return self.opened(member, place=here, fields=fields)

    def _expanded(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str, fields: Fields) -> bytes | None:
        """Expand a member piece by piece, counting what comes out; None with a warning where it may not or cannot."""
        is_link = stat.S_ISLNK(info.external_attr >> 16)
        if info.flag_bits & _ENCRYPTED or info.compress_type not in _READ_KINDS or is_link:
            fields.warn("E154", place, what=file_name(info.filename))
            return None
        if info.file_size > self.allowance.bytes or self._is_bomb(info.file_size, info):
            fields.warn("E131", place, what=f"{info.file_size} byte")
            return None
        pieces: list[bytes] = []
        size = 0
        try:
            with archive.open(info) as member:
                while piece := member.read(_CHUNK):
                    size += len(piece)
                    # The header may have lied about the size.
                    if self._is_bomb(size, info) or not self.allowance.take(len(piece)):
                        fields.warn("E131", place, what=f"{size} byte")
                        return None
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, OSError, RuntimeError, NotImplementedError):
            fields.warn("E118", place)
            return None
        return b"".join(pieces)

    def _is_bomb(self, size: int, info: zipfile.ZipInfo) -> bool:
        return size > _RATIO_MATTERS_FROM and size > self.limits.expansion_ratio * max(1, info.compress_size)
