"""What makes an instrument that instrument: type, number, issuer and date, never the number alone.

``76/NQ-CP`` is another resolution every year and ``3044/QĐ-UBND`` another decision in every province (review rules
§1.4; Luật 64/2025/QH15, Điều 7 khoản 3 puts the year into the number of normative documents only). What a symbol says
of the type and the issuer stands in ``types_by_symbol.csv``, ``issuers_by_symbol.csv`` and
``national_assembly_terms.csv`` beside this module.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from parcc_nlp.text.canonical import LOOKALIKES, canonical_number

__all__ = [
    "LegalClass",
    "NumberParts",
    "assembly_term",
    "assembly_years",
    "canonical_issuer",
    "central_issuers",
    "implied_issuers",
    "implied_type",
    "instrument_id",
    "is_local",
    "issuers_agree",
    "legal_class",
    "number_key",
    "number_parts",
    "province_slugs",
    "slug",
    "stored_key",
]

LegalClass = Literal["normative", "administrative", "party", "consolidated"]

_ALWAYS_NORMATIVE = frozenset(
    {"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp", "Nghị định", "Thông tư", "Thông tư liên tịch"}
)
_OLD_OFFICES = frozenset({"HDBT", "CT", "CP", "TTG", "HDNN", "HDNN7", "HDNN8"})
"""Offices that stood alone in a symbol before 1997 (94-HĐBT, 91/TTg, 322-CT), when no number carried a year."""
_REMEMBERED = 16384
_PARTS = re.compile(
    r"(?P<serial>[0-9]{1,6})(?P<letter>[a-zA-Z]?)(?:/(?P<year>(?:19|20)[0-9]{2}))?(?:[-/](?P<symbol>.+))?"
)
_TERM = re.compile(r"(?:QH|UBTVQH)(?P<term>[0-9]{1,2})$")
_CODE_SPLIT = re.compile(r"[-/]")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_COMMITTEE = re.compile(r"^[UỦ][yỷỶ] ban nhân dân|^Ủy ban Nhân dân|^UBND", re.IGNORECASE)
_COUNCIL = re.compile(r"^H[ộỘ]i đ[ồỒ]ng nhân dân|^HĐND", re.IGNORECASE)
_CHAIR = re.compile(r"^Chủ tịch\s+(?=U[yỷ]|Ủ|UBND)", re.IGNORECASE)
_OLD_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_OLD_TONE = re.compile(r"(?<![qQ])([oO][àáảãạèéẻẽẹ]|[uU][ỳýỷỹỵ])(?!\w)")


class NumberParts(NamedTuple):
    """A number taken apart: ``63/2010/NĐ-CP`` is 63, 2010, ``NĐ-CP``."""

    serial: str
    year: int | None
    symbol: str


def read_rules(name: str) -> tuple[dict[str, str], ...]:
    """Read one of the rule tables beside this module."""
    text = files("parcc_nlp.registry").joinpath(name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text, newline="")))


@cache
def _types() -> dict[str, str]:
    return {_code_key(row["code"]): row["doc_type"] for row in read_rules("types_by_symbol.csv")}


@cache
def _issuers() -> dict[str, tuple[str, ...]]:
    return {_code_key(row["code"]): tuple(row["issuer"].split("|")) for row in read_rules("issuers_by_symbol.csv")}


@cache
def _local_codes() -> frozenset[str]:
    return frozenset(_code_key(row["code"]) for row in read_rules("issuers_by_symbol.csv") if row["local"] == "yes")


@cache
def _spellings() -> dict[str, str]:
    return {row["written"].casefold(): row["meant"] for row in read_rules("issuer_spellings.csv")}


@cache
def _assembly() -> dict[int, tuple[int, int]]:
    return {
        int(row["term"]): (int(row["first_year"]), int(row["last_year"]))
        for row in read_rules("national_assembly_terms.csv")
    }


@cache
def central_issuers() -> frozenset[str]:
    """Give the central bodies that the table of symbols names."""
    rows = read_rules("issuers_by_symbol.csv")
    return frozenset(issuer for row in rows if row["local"] == "no" for issuer in row["issuer"].split("|"))


@cache
def province_slugs() -> frozenset[str]:
    """Give the names of all provinces, before and after the mergers of 2025, as slugs."""
    return frozenset(slug(row["name"]) for row in read_rules("provinces.csv"))


def _code_key(code: str) -> str:
    return code.upper().replace("Đ", "D")


def _new_tone(match: re.Match[str]) -> str:
    pair = match[0]
    moved = _OLD_TONES[pair.lower()]
    return moved if pair[0].islower() else moved[0].upper() + moved[1:]


def plain(text: str) -> str:
    """NFC, one space between words, tone marks in the place the school rule gives them ("uỷ" as "ủy")."""
    return _OLD_TONE.sub(_new_tone, " ".join(unicodedata.normalize("NFC", text).translate(LOOKALIKES).split()))


@lru_cache(maxsize=_REMEMBERED)
def slug(text: str) -> str:
    """Write a text in lower-case ASCII with hyphens, for ids.

    Examples
    --------
    >>> slug("Ủy ban Thường vụ Quốc hội")
    'uy-ban-thuong-vu-quoc-hoi'
    """
    bare = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d").replace("Ð", "D"))
    ascii_only = "".join(char for char in bare if not unicodedata.combining(char))
    return _NOT_SLUG.sub("-", ascii_only.lower()).strip("-")


@lru_cache(maxsize=_REMEMBERED)
def number_key(number: str) -> str:
    """Give the key numbers are compared by: exact in every digit, blind to "D" for "Đ", case and leading zeros.

    Examples
    --------
    >>> number_key("03/ct-ubnd") == number_key("3/CT- UBND")
    True
    >>> number_key("2243/QĐ-UBND") == number_key("2244/QĐ-UBND")
    False
    """
    return stored_key(canonical_number(number))


def stored_key(number: str) -> str:
    """Give the key of a number that is canonical already, as those in the data files are."""
    return number.upper().replace("Đ", "D").lstrip("0")


def number_parts(number: str) -> NumberParts:
    """Take a number apart into serial, year and symbol; what it does not have is None or empty.

    Examples
    --------
    >>> number_parts("31/2024/QH15")
    NumberParts(serial='31', year=2024, symbol='QH15')
    >>> number_parts("27-NQ/TW").year is None
    True
    """
    match = _PARTS.fullmatch(canonical_number(number))
    if match is None:
        return NumberParts("", None, canonical_number(number))
    year = match["year"]
    return NumberParts(match["serial"] + match["letter"], int(year) if year else None, match["symbol"] or "")


def _codes(number: str) -> list[str]:
    return [_code_key(code) for code in _CODE_SPLIT.split(number_parts(number).symbol) if code]


def assembly_term(number: str) -> int | None:
    """Give the National Assembly term that a symbol names (15 for ``…/QH15`` and ``…/UBTVQH15``)."""
    match = _TERM.search(canonical_number(number).upper())
    return int(match["term"]) if match else None


def assembly_years(term: int) -> tuple[int, int] | None:
    """Give the first and last calendar year of a National Assembly term, both included."""
    return _assembly().get(term)


def implied_type(number: str) -> str | None:
    """Give the type a symbol names; None where it names none (``…/QH15`` is a law or a resolution).

    Examples
    --------
    >>> implied_type("63/2010/NĐ-CP")
    'Nghị định'
    """
    codes = _codes(number)
    return _types().get(codes[0]) if codes else None


def implied_issuers(number: str) -> tuple[str, ...]:
    """Give the bodies a symbol allows as issuer; empty where it names none that is known.

    A local body ("UBND") is named without its place. A joint document gives every body it names, joined.

    Examples
    --------
    >>> implied_issuers("60/2014/QH13")
    ('Quốc hội',)
    >>> implied_issuers("27-NQ/TW")
    ('Ban Chấp hành Trung ương Đảng', 'Bộ Chính trị', 'Ban Bí thư')
    """
    codes = _codes(number)
    if codes and codes[0] in _types():
        codes = codes[1:]
    known = [_issuers().get(re.sub(r"(?<=QH)[0-9]{1,2}$", "", code)) for code in codes]
    if not known or any(issuers is None for issuers in known):
        return ()
    if len(known) == 1:
        return known[0] or ()
    return (" và ".join(issuers[0] for issuers in known if issuers),)


def is_local(number: str) -> bool:
    """Say whether the number is one of a local body, which every province gives anew (``3044/QĐ-UBND``)."""
    codes = _codes(number)
    return any(code in _local_codes() for code in codes)


def legal_class(number: str | None, doc_type: str | None) -> LegalClass | None:
    """Tell the legal class that number and type show (review rules §1.4); None where they show none.

    Party documents lie outside the system of Luật 64/2025/QH15, consolidated texts have no force of their own, a number
    with a year is one of a normative document (Điều 7 khoản 3), a number without is administrative. Documents of before
    1997 bore no year: decrees and circulars are normative by their type, of the others it cannot be told.

    Examples
    --------
    >>> legal_class("93/CP", "Nghị định"), legal_class("94-HĐBT", "Quyết định"), legal_class("468/QĐ-TTg", "Quyết định")
    ('normative', None, 'administrative')
    """
    if number is None:
        return None
    codes = set(_codes(number))
    if codes & {"TW", "TU", "HU", "DU"}:
        return "party"
    if "VBHN" in codes or doc_type == "Văn bản hợp nhất":
        return "consolidated"
    if number_parts(number).year is not None or doc_type in _ALWAYS_NORMATIVE:
        return "normative"
    return None if len(codes) == 1 and codes <= _OLD_OFFICES else "administrative"


@lru_cache(maxsize=_REMEMBERED)
def canonical_issuer(issuer: str) -> str:
    """Write an issuer the one way the registry uses ("UBND tỉnh X", "Tòa án nhân dân tối cao").

    Examples
    --------
    >>> canonical_issuer("Uỷ ban nhân dân tỉnh Thừa Thiên Huế")
    'UBND tỉnh Thừa Thiên Huế'
    """
    text = plain(issuer).strip(" .,;")
    text = _spellings().get(text.casefold(), text)
    chair = "Chủ tịch " if _CHAIR.match(text) else ""
    text = _CHAIR.sub("", text)
    text = _COMMITTEE.sub("UBND", text) if _COMMITTEE.match(text) else _COUNCIL.sub("HĐND", text)
    return chair + text


def issuers_agree(one: str, other: str) -> bool:
    """Say whether two names can be of one issuer; a body may be named shorter or longer, "Chính phủ" may not.

    Examples
    --------
    >>> issuers_agree("Bộ trưởng Bộ Tư pháp", "Bộ Tư pháp"), issuers_agree("Thủ tướng Chính phủ", "Chính phủ")
    (True, False)
    """
    mine, theirs = canonical_issuer(one).casefold(), canonical_issuer(other).casefold()
    if mine == theirs or "chính phủ" in {mine, theirs}:
        return mine == theirs
    return mine in theirs or theirs in mine


def instrument_id(
    *, doc_type: str | None = None, issuer: str | None = None, issued: str | None = None, number: str | None = None
) -> str:
    """Build the id of an instrument from its identity.

    Parameters
    ----------
    doc_type, issuer, issued, number
        The four parts of identity. A part that is not known is written "-". A type or an issuer that is not given is
        read from the symbol where the symbol names exactly one.

    Returns
    -------
    str
        ``vn/<type>/<issuer>/<date>/<number>``, lower-case ASCII.

    Examples
    --------
    >>> instrument_id(doc_type="Nghị định", issuer="Chính phủ", issued="2010-06-08", number="63/2010/NĐ-CP")
    'vn/nghi-dinh/chinh-phu/2010-06-08/63-2010-nd-cp'
    >>> instrument_id(number="31/2024/QH15")
    'vn/-/quoc-hoi/-/31-2024-qh15'
    """
    if number and doc_type is None:
        doc_type = implied_type(number)
    if number and issuer is None:
        allowed = implied_issuers(number)
        issuer = allowed[0] if len(allowed) == 1 and not is_local(number) else None
    parts = (
        slug(doc_type) if doc_type else "",
        slug(canonical_issuer(issuer)) if issuer else "",
        issued or "",
        slug(canonical_number(number)) if number else "",
    )
    return "vn/" + "/".join(part or "-" for part in parts)
