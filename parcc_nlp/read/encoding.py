"""Which encoding a text is in: known from its bytes, or an error; never a guess."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from parcc_nlp.errors import ReadError
from parcc_nlp.read.syllables import marked_words, share_of_syllables
from parcc_nlp.text.legacy import decode_legacy

__all__ = ["Decoded", "decode"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Vietnamese letters in UTF-8: where they stand, the rest of the file is not another encoding but a mixture.
_UTF8_LETTER = re.compile(rb"\xe1[\xba\xbb][\x80-\xbf]|\xc4[\x82\x83\x90\x91]|\xc6[\xa0\xa1\xaf\xb0]")
# Scripts that UTF-8 gives when it is read as UTF-16.
_FAR_SCRIPT = re.compile("[\u2e80-\ufaff]")
_CONTROL_SHARE = 0.001
_SAMPLE = 200_000
_ENOUGH_WORDS = 4
_CERTAIN = 0.9
_FAR_BEHIND = 0.3


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, and whether that was not Unicode."""

    text: str
    encoding: str
    legacy: bool = False


def decode(data: bytes, *, path: str | None = None) -> Decoded:
    """Decode a text file.

    Parameters
    ----------
    data
        The whole file.
    path
        The name that errors give the file.

    Returns
    -------
    Decoded
        The text as it stands in the file, without a byte order mark.

    Raises
    ------
    ReadError
        E107 where the bytes are no text, E108 where the encoding is not known, with the place of the first byte that is
        not UTF-8.

    Examples
    --------
    >>> decode("\\ufeffĐiều 1".encode("utf-16-le")).text
    'Điều 1'
    >>> decode("Céng hßa x· héi chñ nghÜa ViÖt Nam".encode("latin-1")).encoding
    'TCVN3'
    """
    for bom, marked in _BOMS:
        if data.startswith(bom):
            return Decoded(_strict(data[len(bom) :], marked, path), marked)
    if encoding := _utf16_without_mark(data):
        text = _strict(data, encoding, path)
        if stray := _FAR_SCRIPT.search(text):
            raise ReadError("E108", path=path, place=_place(data, 2 * stray.start()))
        return Decoded(text, encoding)
    if b"\x00" in data:
        raise ReadError("E107", path=path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, error, path)
    _refuse_binary(text, path)
    return Decoded(text, "utf-8")


def _strict(data: bytes, encoding: str, path: str | None) -> str:
    """Decode what a mark or its shape says the file is."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError("E108", path=path, place=_place(data, error.start)) from error
    if "\x00" in text:
        raise ReadError("E107", path=path)
    _refuse_binary(text, path)
    return text


def _utf16_without_mark(data: bytes) -> str | None:
    """Tell UTF-16 by the zero bytes of its spaces and ASCII letters, all on one side."""
    sample = data[:4096]
    if len(data) % 2 or len(sample) < 4:  # noqa: PLR2004  # two characters
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half // 3 and even == 0:
        return "utf-16-le"
    if even > half // 3 and odd == 0:
        return "utf-16-be"
    return None


def _refuse_binary(text: str, path: str | None) -> None:
    """Refuse what decodes but is full of control codes."""
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > max(2.0, len(sample) * _CONTROL_SHARE):
        raise ReadError("E107", path=path)


def _legacy(data: bytes, error: UnicodeDecodeError, path: str | None) -> Decoded:
    """Take the one old Vietnamese encoding in which the marked words are Vietnamese, if exactly one is."""
    sample = data[:_SAMPLE]
    if len(_CONTROL.findall(sample.decode("latin-1"))) > max(2.0, len(sample) * _CONTROL_SHARE):
        raise ReadError("E107", path=path) from error
    if _UTF8_LETTER.search(data):
        raise ReadError("E108", path=path, place=_place(data, error.start)) from error
    scores = sorted(
        ((share_of_syllables(words), name) for name, words in _readings(sample) if len(words) >= _ENOUGH_WORDS),
        reverse=True,
    )
    best, name = scores[0] if scores else (0.0, "")
    second = scores[1][0] if len(scores) > 1 else 0.0
    if best < _CERTAIN or best - second < _FAR_BEHIND:
        raise ReadError("E108", path=path, place=_place(data, error.start)) from error
    return Decoded(_read_as(data, name), name, legacy=True)


def _readings(sample: bytes) -> list[tuple[str, list[str]]]:
    """Give the marked words of the sample in every encoding that is tried."""
    return [(name, marked_words(_read_as(sample, name))) for name in ("Windows-1258", "TCVN3", "VNI")]


def _read_as(data: bytes, name: str) -> str:
    if name == "TCVN3":
        return decode_legacy(data, "tcvn3")
    if name == "VNI":
        return decode_legacy(data, "vni")
    return unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))


def _place(data: bytes, at: int) -> str:
    """Say where a byte stands in words."""
    line = data.count(b"\n", 0, at) + 1
    return f"dòng {line}, byte {at}"
