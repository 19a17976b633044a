"""Names of files that a person can read, and that every file system takes."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["readable_name"]

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_SPACE = re.compile(r"\s+")
_LONGEST = 70
"""Letters of a name: three bytes each at most, so that every file system takes it with what is put behind."""
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")


def readable_name(
    number: str | None, title: str | None, *, file: str, taken: Collection[str] = (), mark: str = ""
) -> str:
    """Name a file by the number and the title of its document.

    Parameters
    ----------
    number, title
        What the document says; "van-ban" where it says neither.
    file
        The name under which it came: its ending is kept.
    taken
        Names that are taken, in small letters: some file systems know no capitals.
    mark
        What is put behind the title ("v1").

    Examples
    --------
    >>> readable_name("12/KH-UBND", "Kế hoạch: cải cách", file="a.PDF", taken={"12-kh-ubnd_kế hoạch cải cách.pdf"})
    '12-KH-UBND_Kế hoạch cải cách_2.pdf'
    """
    said = [_SPACE.sub(" ", _NOT_IN_NAMES.sub(filler, part)) for part, filler in ((number, "-"), (title, " ")) if part]
    name = "_".join(part.strip(" .-") for part in said)[:_LONGEST].strip(" .-_") or "van-ban"
    if mark:
        name = f"{name}_{mark}"
    found = _SUFFIX.search(PurePath(file).name)
    suffix = found[0].lower() if found else ""
    chosen, again = f"{name}{suffix}", 1
    while chosen.casefold() in taken:
        again += 1
        chosen = f"{name}_{again}{suffix}"
    # The names of devices are no names of files on Windows, whatever stands behind the point.
    return f"_{chosen}" if _DEVICE.match(chosen) else chosen


_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.IGNORECASE)
