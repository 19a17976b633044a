"""A Word package written again with some parts changed; every other part keeps its bytes, its place and its packing.

`zipfile` cannot copy a packed member, and unpacking pictures only to pack them again would ask for what a hostile file
likes to give. So the members that do not change are copied as they are packed.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Archive"]

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL_SIGN, _CENTRAL_SIGN, _END_SIGN = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_SIZES_BEHIND, _UTF8 = 0x0008, 0x0800  # flags: sizes stand behind the data; the name is UTF-8
_ZIP64 = 1  # the extra field with sizes beyond 32 bits
_TO_BE_LOOKED_UP = 0xFFFFFFFF


class _Record(NamedTuple):
    """A record of the central directory, as the format has it."""

    sign: bytes
    made_by: int
    needed: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    size: int
    name_length: int
    extra_length: int
    comment_length: int
    disk: int
    internal: int
    external: int
    offset: int


class _Member(NamedTuple):
    """A member: its record, its name as it is written, its other fields, and where its data end."""

    record: _Record
    name: bytes
    extra: bytes
    comment: bytes
    info: zipfile.ZipInfo
    end: int


@dataclass(frozen=True, slots=True)
class Archive:
    """The members of a package, ready to be copied.

    Examples
    --------
    >>> file = BytesIO()
    >>> with zipfile.ZipFile(file, "w") as made:
    ...     made.writestr("a.xml", "<a/>")
    ...     made.writestr("b.xml", "<b/>")
    >>> changed = Archive.of(file.getvalue(), path=None).written({"b.xml": b"<c/>", "d.xml": b"<d/>"})
    >>> [(name, zipfile.ZipFile(BytesIO(changed)).read(name)) for name in zipfile.ZipFile(BytesIO(changed)).namelist()]
    [('a.xml', b'<a/>'), ('b.xml', b'<c/>'), ('d.xml', b'<d/>')]
    """

    data: bytes
    path: str | None
    members: tuple[_Member, ...]
    comment: bytes

    @classmethod
    def of(cls, data: bytes, *, path: str | None) -> Archive:
        """Take a package apart; its directory is read by `zipfile`, which refuses what is no package.

        Raises
        ------
        ReadError
            E120: members overlap or do not stand where the directory says.
        """
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                infos, directory, comment = archive.infolist(), archive.start_dir, archive.comment
            return cls(data, path, tuple(_members(data, infos, directory)), comment)
        except (zipfile.BadZipFile, struct.error, ValueError) as error:
            raise ReadError("E120", path=path) from error

    def name(self, part: str) -> str | None:
        """Give the name a part goes by in the package; names differ in case without meaning it."""
        wanted = part.lower()
        found = [one.info.filename for one in self.members if one.info.filename.lower().lstrip("/") == wanted]
        return found[-1] if found else None

    def read(self, name: str) -> bytes:
        """Unpack a member; only for parts that `parcc_nlp.read` has unpacked within its limits before."""
        with zipfile.ZipFile(BytesIO(self.data)) as archive:
            return archive.read(name)

    def written(self, parts: Mapping[str, bytes]) -> bytes:
        """Write the package with these parts in place of those of the same name; new ones follow at the end."""
        last = {one.info.filename: number for number, one in enumerate(self.members)}
        pieces = [self.data[: min((one.info.header_offset for one in self.members), default=0)]]
        position = len(pieces[0])
        records: dict[int, bytes] = {}
        for number in sorted(range(len(self.members)), key=lambda one: self.members[one].info.header_offset):
            member = self.members[number]
            content = parts.get(member.info.filename) if last[member.info.filename] == number else None
            if content is None:
                piece, record = self.data[member.info.header_offset : member.end], _moved(member, position)
            else:
                piece, record = _packed(member, content, position)
            pieces.append(piece)
            records[number] = record
            position += len(piece)
        model = self.members[0]
        for name, content in parts.items():
            if name not in last:
                piece, record = _packed(_new(name, model), content, position)
                pieces.append(piece)
                records[len(records)] = record
                position += len(piece)
        directory = b"".join(records[number] for number in sorted(records))
        count = len(records)
        end = _END.pack(_END_SIGN, 0, 0, count, count, len(directory), position, len(self.comment))
        return b"".join([*pieces, directory, end, self.comment])


def _members(data: bytes, infos: list[zipfile.ZipInfo], directory: int) -> Iterable[_Member]:
    """Read the records of the directory as they are written, each with where its member's data end."""
    ends = dict(
        zip(
            sorted(info.header_offset for info in infos),
            [*sorted(info.header_offset for info in infos)[1:], directory],
            strict=True,
        )
    )
    at = directory
    for info in infos:
        record = _Record(*_CENTRAL.unpack_from(data, at))
        name_at = at + _CENTRAL.size
        extra_at = name_at + record.name_length
        comment_at = extra_at + record.extra_length
        at = comment_at + record.comment_length
        header = _LOCAL.unpack_from(data, info.header_offset)
        needed = info.header_offset + _LOCAL.size + header[-2] + header[-1] + info.compress_size
        if record.sign != _CENTRAL_SIGN or header[0] != _LOCAL_SIGN or needed > ends[info.header_offset]:
            raise ValueError(info.filename)
        yield _Member(
            record,
            data[name_at:extra_at],
            data[extra_at:comment_at],
            data[comment_at:at],
            info,
            ends[info.header_offset],
        )


def _moved(member: _Member, position: int) -> bytes:
    """Give the record of a member that stands at another place now."""
    record, extra = member.record, member.extra
    if _TO_BE_LOOKED_UP in {record.packed, record.size, record.offset}:
        info = member.info
        extra = _without_zip64(extra)
        record = record._replace(packed=info.compress_size, size=info.file_size, extra_length=len(extra))
    return _CENTRAL.pack(*record._replace(offset=position)) + member.name + extra + member.comment


def _packed(member: _Member, content: bytes, position: int) -> tuple[bytes, bytes]:
    """Give a member with new content, packed as it was, and its record."""
    record, extra = member.record, _without_zip64(member.extra)
    method = zipfile.ZIP_STORED if record.method == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = content if method == zipfile.ZIP_STORED else packer.compress(content) + packer.flush()
    record = record._replace(
        flags=record.flags & ~_SIZES_BEHIND,
        method=method,
        crc=zlib.crc32(content),
        packed=len(packed),
        size=len(content),
        name_length=len(member.name),
        extra_length=len(extra),
        offset=position,
    )
    header = _LOCAL.pack(
        _LOCAL_SIGN,
        record.needed,
        record.flags,
        record.method,
        record.time,
        record.date,
        record.crc,
        record.packed,
        record.size,
        len(member.name),
        0,
    )
    return header + member.name + packed, _CENTRAL.pack(*record) + member.name + extra + member.comment


def _new(name: str, model: _Member) -> _Member:
    """Give a member that is not there yet, dated and packed as `model` is: no clock is asked."""
    flags = 0 if name.isascii() else _UTF8
    record = model.record._replace(flags=flags, method=zipfile.ZIP_DEFLATED, comment_length=0)
    return _Member(record, name.encode(), b"", b"", model.info, 0)


def _without_zip64(extra: bytes) -> bytes:
    """Leave out the extra field that repeats sizes: they fit where they belong."""
    kept: list[bytes] = []
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind != _ZIP64:
            kept.append(extra[at : at + 4 + length])
        at += 4 + length
    return b"".join(kept)
