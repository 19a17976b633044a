"""The one way in: a file, or its bytes, becomes a `Document`."""

from __future__ import annotations

import errno
import hashlib
import stat
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from parcc_nlp.errors import ReadError
from parcc_nlp.read.detect import DOCX, EDXML, HTML, PDF, detect
from parcc_nlp.read.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from parcc_nlp.model import Document

__all__ = ["file_bytes", "read"]


def read(source: str | Path | bytes, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a document of any supported format, recognised by content.

    Parameters
    ----------
    source
        Path of a file, or the file itself as bytes.
    name
        Name to show for the file; the path as given if left out.
    limits
        How much the file may ask of the machine.

    Returns
    -------
    Document
        Text, blocks and tables with their places, and where they came from. Never an empty document.

    Raises
    ------
    ReadError
        Codes E101 to E142: what is wrong with the file and what to do.

    Examples
    --------
    >>> document = read(b"<p>QUY\\xe1\\xba\\xbeT \\xc4\\x90\\xe1\\xbb\\x8aNH</p>")
    >>> document.text
    'QUYẾT ĐỊNH'
    """
    if isinstance(source, bytes):
        data, shown = source, name
    else:
        shown = name or str(source)
        data = file_bytes(Path(source), name=shown, limits=limits)
    if len(data) > limits.file_bytes:
        raise ReadError("E130", path=shown, size=len(data), limit=limits.file_bytes)
    kind = detect(data, path=shown, limits=limits)
    if kind == PDF:
        from parcc_nlp.read.pdf import read_pdf as reader  # noqa: PLC0415  # heavy, only where needed
    elif kind == DOCX:
        from parcc_nlp.read.word import read_docx as reader  # noqa: PLC0415  # heavy, only where needed
    elif kind == HTML:
        from parcc_nlp.read.html import read_html as reader  # noqa: PLC0415  # heavy, only where needed
    elif kind == EDXML:
        from parcc_nlp.read.edxml_document import read_edxml as reader  # noqa: PLC0415  # heavy, only where needed
    else:
        from parcc_nlp.read.plain import read_plain as reader  # noqa: PLC0415  # symmetry with its siblings
    document = reader(data, path=shown, limits=limits)
    if not document.text.strip():
        raise ReadError("E104", path=shown)
    digest = hashlib.sha256(data).hexdigest()
    return replace(document, source=replace(document.source, path=shown, sha256=digest))


def file_bytes(path: Path, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Read the bytes of a regular file no larger than the limit.

    Parameters
    ----------
    path
        The file.
    name
        What to call it in errors; the path as given if left out.
    limits
        How much the file may ask of the machine.

    Raises
    ------
    ReadError
        E102, E103, E105, E106, E130: it is not there, a folder, not readable, no regular file, or too large.
    """
    shown = name or str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError("E103", path=shown)
        if not stat.S_ISREG(status.st_mode):
            # A pipe or a device may never end.
            raise ReadError("E106", path=shown)
        if status.st_size > limits.file_bytes:
            raise ReadError("E130", path=shown, size=status.st_size, limit=limits.file_bytes)
        with path.open("rb") as file:
            return file.read(limits.file_bytes + 1)
    except FileNotFoundError as error:
        raise ReadError("E102", path=shown) from error
    except PermissionError as error:
        raise ReadError("E105", path=shown) from error
    except ValueError as error:  # a NUL character in the path
        raise ReadError("E102", path=shown) from error
    except OSError as error:
        code = "E102" if error.errno in {errno.ENAMETOOLONG, errno.ENOTDIR, errno.ELOOP} else "E106"
        raise ReadError(code, path=shown) from error
