"""Vietnamese encodings from before Unicode: TCVN3 (the ABC fonts) and VNI.

Both put Vietnamese letters on the codes of Western ones; which letter a code or a pair of codes stands for is written
in ``legacy_tcvn3.csv`` and ``legacy_vni.csv`` beside this module, the codes as hexadecimal bytes.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LegacyEncoding", "decode_legacy", "legacy_table", "legacy_to_unicode"]

LegacyEncoding = Literal["tcvn3", "vni"]


@cache
def legacy_table(encoding: LegacyEncoding) -> Mapping[bytes, str]:
    """Give the letters of an encoding by their bytes.

    Parameters
    ----------
    encoding
        ``"tcvn3"`` (TCVN 5712:1993, VN3) or ``"vni"`` (VNI Windows).

    Returns
    -------
    Mapping[bytes, str]
        One or two bytes to one letter in NFC.

    Examples
    --------
    >>> legacy_table("tcvn3")[b"\\xae"], legacy_table("vni")[b"u\\xf9"]
    ('đ', 'ú')
    """
    table = files("parcc_nlp.text") / f"legacy_{encoding}.csv"
    with table.open(encoding="utf-8") as lines:
        return {bytes.fromhex(row["bytes"]): row["unicode"] for row in csv.DictReader(lines)}


@cache
def _letters(encoding: LegacyEncoding) -> dict[str, str]:
    """Letters by the Western letters their codes were taken for."""
    return {code.decode("latin-1"): letter for code, letter in legacy_table(encoding).items()}


@cache
def _pattern(encoding: LegacyEncoding) -> re.Pattern[str]:
    codes = sorted(_letters(encoding), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, codes)))


def decode_legacy(data: bytes, encoding: LegacyEncoding) -> str:
    """Decode bytes of TCVN3 or VNI.

    Parameters
    ----------
    data
        The text as bytes; what has no entry in the table is read as Windows-1252.
    encoding
        ``"tcvn3"`` or ``"vni"``. Capital letters with tones do not exist in TCVN3 (a font of capitals showed them) and
        come out as small letters.

    Returns
    -------
    str
        The text in NFC.

    Examples
    --------
    >>> decode_legacy("Céng hßa x· héi chñ nghÜa ViÖt Nam".encode("latin-1"), "tcvn3")
    'Cộng hòa xã hội chủ nghĩa Việt Nam'
    >>> decode_legacy("Ñoäc laäp - Töï do - Haïnh phuùc".encode("latin-1"), "vni")
    'Độc lập - Tự do - Hạnh phúc'
    """
    decoded = legacy_to_unicode(data.decode("latin-1"), encoding)
    # What the table left between 0x80 and 0x9F are the quotation marks and dashes of Windows-1252.
    rest = {
        code: bytes([code]).decode("cp1252", errors="replace") for code in range(0x80, 0xA0) if chr(code) in decoded
    }
    return unicodedata.normalize("NFC", decoded.translate(rest))


def legacy_to_unicode(text: str, encoding: LegacyEncoding) -> str:
    """Give the Vietnamese letters of a text whose codes were taken for Western letters.

    Parameters
    ----------
    text
        As a Word or PDF file holds it that was set in a font such as .VnTime or VNI-Times.
    encoding
        ``"tcvn3"`` or ``"vni"``.

    Returns
    -------
    str
        The text with every code of the table replaced; everything else stays.

    Examples
    --------
    >>> legacy_to_unicode("QuyÕt ®Þnh “sè 12”", "tcvn3")
    'Quyết định “số 12”'
    """
    letters = _letters(encoding)

    def letter_of(code: re.Match[str]) -> str:
        return letters[code.group()]

    return _pattern(encoding).sub(letter_of, text)
