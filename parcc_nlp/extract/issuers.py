"""The name of the issuing body: read from a letterhead, spelt as NĐ 30/2020/NĐ-CP (Phụ lục II) wants it, made whole.

A letterhead is printed in capitals and may name a superior body first ("BỘ TÀI CHÍNH" / "CỤC THUẾ"). The issuer is the
lower of the two; the superior completes it ("Sở Nội vụ" below "UBND tỉnh Lâm Đồng" is "Sở Nội vụ tỉnh Lâm Đồng").
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from parcc_nlp.extract.data_files import alternatives, read_lists, read_rows
from parcc_nlp.extract.letters import CAPITALS, SMALL

__all__ = ["area_in", "area_of", "complete", "is_body", "issuer_of_symbol", "joint_bodies", "read_letterhead", "spell"]

CAPITAL = rf"[{CAPITALS}]"


WORDS = read_lists("letterhead.yaml")
HEAD = re.compile(rf"(?:{alternatives(WORDS['heads'])})(?=\s|$)")
UNIT = re.compile(rf"\b({alternatives(WORDS['units'])})\s+((?:\S+(?:\s+-\s+)?\s*)+)$")
SPELLINGS = {spelling.lower(): spelling for spelling in WORDS["spellings"]}
SPELLED = re.compile(rf"\b(?:{alternatives(list(SPELLINGS))})\b")
COLLEGE = re.compile(r"^(?:ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd)\b")
COUNCIL = re.compile(r"(?:ủy ban nhân dân|hội đồng nhân dân)")
OFFICE_OF_CHAIR = re.compile(r"CHỦ\s+TỊCH\s+(?:ỦY\s+BAN\s+NHÂN\s+DÂN|UBND)")
AREA_UNITS = "|".join(f"[{unit[0].upper()}{unit[0]}]{unit[1:]}" for unit in WORDS["units"])
AREA = re.compile(rf"\b({AREA_UNITS})\s+({CAPITAL}[{SMALL}]*(?:\s(?:-\s)?{CAPITAL}[{SMALL}]*){{0,4}})")
LINE_MARKS = re.compile(r"(?:[-_*=—–.]\s?){3,}|[_*|]+")


@cache
def _issuers_by_symbol() -> dict[str, str]:
    return {row["symbol"]: row["issuer"] for row in read_rows("issuer_symbols.csv")}


@cache
def _provinces() -> frozenset[str]:
    return frozenset(row["name"].upper() for row in read_rows("provinces.csv"))


def _known() -> re.Pattern[str]:
    """Match whole names of bodies in capitals, so that a head word inside one ("MÔI TRƯỜNG") does not split it."""
    names = {issuer.upper() for issuer in _issuers_by_symbol().values()} - {"ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN"}
    return re.compile(
        rf"(?:{alternatives(sorted(name for name in names if 'NHÂN DÂN' not in name or 'TỐI CAO' in name))})(?=\s|$)"
    )


def issuer_of_symbol(number: str | None) -> str | None:
    """Give the body that a symbol names ("46/2016/NĐ-CP" names Chính phủ), None where the table does not know it.

    Examples
    --------
    >>> issuer_of_symbol("01/2020/TT-BNV"), issuer_of_symbol("63/2006/QH11"), issuer_of_symbol("9/XYZ-AB")
    ('Bộ Nội vụ', 'Quốc hội', None)
    """
    if not number:
        return None
    known = _issuers_by_symbol()
    last = re.split(r"[/-]", number)[-1]
    return known.get(last) or known.get(re.sub(r"\d+$", "", last))


KNOWN = _known()


def spell(capitals: str) -> str:
    """Spell a body's name printed in capitals with the capitals that the decree on clerical work gives it.

    Examples
    --------
    >>> spell("ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK"), spell("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"), spell("BỘ Y TẾ")
    ('Ủy ban nhân dân tỉnh Đắk Lắk', 'Sở Văn hóa, Thể thao và Du lịch', 'Bộ Y tế')
    """
    small = (
        " ".join(capitals.lower().split()).replace("uỷ ban", "ủy ban").replace("hđnd", "HĐND").replace("ubnd", "UBND")
    )
    area = _area_at_end(small)
    name, place = (small[: area.start()], _place(area)) if area else (small, "")
    name = _spell_name(name.strip())
    return f"{name} {place}".strip()


def _area_at_end(small: str) -> re.Match[str] | None:
    """Find the last "tỉnh ...", "xã ..." of a name; "thuế tỉnh", "tỉnh ủy" and "xã hội" are no areas."""
    found = None
    for match in re.finditer(rf"\b(?:{alternatives(WORDS['units'])})\s", small):
        rest = small[match.end() :]
        if not rest.startswith(("ủy", "hội", "và", "đội")):
            found = UNIT.match(small, match.start()) or found
    return found


def _place(area: re.Match[str]) -> str:
    unit = area[1]
    name = " ".join(word if word == "-" else word[:1].upper() + word[1:] for word in area[2].split())
    if unit == "thành phố" and name == "Hồ Chí Minh":
        unit = "Thành phố"
    return f"{unit} {name}"


def _spell_name(small: str) -> str:
    """Spell a name without its area: a capital for the head, for the word behind it, behind "và", a comma, a dash."""
    head = HEAD.match(small.upper())
    length = len(head[0].split()) if head else 0
    words = small.split()
    raised = [
        word[:1].upper() + word[1:]
        if (at in (0, length) and (at == 0 or word not in WORDS["units"]))
        or (at > length and (words[at - 1] in ("và", "-") or words[at - 1].endswith(",")))
        else word
        for at, word in enumerate(words)
    ]
    if head and head[0].endswith("ỦY"):  # Tỉnh ủy Đồng Tháp: what follows is a place
        raised[length:] = [word[:1].upper() + word[1:] for word in words[length:]]
    spelled = " ".join(raised)
    out, at = [], 0
    for match in SPELLED.finditer(spelled.lower()):
        out += [spelled[at : match.start()], SPELLINGS[match[0]]]
        at = match.end()
    spelled = "".join(out) + spelled[at:]
    return spelled[:1].upper() + spelled[1:]


def is_body(capitals: str) -> bool:
    """Tell whether words in capitals begin like the name of a body.

    Examples
    --------
    >>> is_body("SỞ NỘI VỤ"), is_body("CHỦ TỊCH NHÂN DÂN THÀNH PHỐ HUẾ")
    (True, False)
    """
    return bool(HEAD.match(capitals))


def area_of(capitals: str) -> str | None:
    """Give the area that words in capitals end with ("thành phố Huế"), None without one.

    Examples
    --------
    >>> area_of("CHỦ TỊCH NHÂN DÂN THÀNH PHỐ HUẾ")
    'thành phố Huế'
    """
    found = _area_at_end(" ".join(capitals.lower().split()))
    return _place(found) if found else None


def read_letterhead(lines: list[str]) -> tuple[str | None, str | None]:
    """Read a letterhead: the superior body and the issuing body, both in capitals as printed, None where absent.

    Examples
    --------
    >>> read_letterhead(["BỘ TÀI CHÍNH CỤC THUẾ -------"])
    ('BỘ TÀI CHÍNH', 'CỤC THUẾ')
    >>> read_letterhead(["ỦY BAN NHÂN DÂN", "TỈNH ĐẮK LẮK -------"])
    (None, 'ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK')
    """
    cleaned = [" ".join(LINE_MARKS.sub(" ", line).split()) for line in lines]
    cleaned = [line for line in cleaned if line and not line.isdigit()]
    if not cleaned:
        return None, None
    bodies: list[str] = []
    for line in cleaned:
        if bodies and not HEAD.match(line):
            bodies[-1] = f"{bodies[-1]} {line}"
        else:
            bodies.append(line)
    parts = [part for body in bodies for part in _bodies(body)]
    known = [part for part in parts if HEAD.match(part)]
    if not known:
        return None, parts[-1] if parts else None
    return (known[-2] if len(known) > 1 else None), known[-1]


def joint_bodies(lines: list[str]) -> tuple[str, ...]:
    """Give the names of bodies that issue together, spelt out ("BỘ TÀI CHÍNH - BỘ Y TẾ").

    Examples
    --------
    >>> joint_bodies(["BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG -", "BỘ Y TẾ -------"])
    ('Bộ Nông nghiệp và Môi trường', 'Bộ Y tế')
    """
    whole = " ".join(LINE_MARKS.sub(" - ", " ".join(lines)).split())
    parts = re.split(rf"\s[-–]\s(?={HEAD.pattern})", whole)
    found = [body.strip(" -–") for part in parts for body in _bodies(part.strip(" -–"))]
    return tuple(dict.fromkeys(spell(body) for body in found if is_body(body)))


def _bodies(line: str) -> list[str]:
    """Split "BỘ TÀI CHÍNH CỤC THUẾ" into its bodies: a head word begins another body where the one before is whole."""
    known = KNOWN.match(line)
    cuts = [0]
    for match in HEAD.finditer(line, known.end() if known else 0):
        before = line[cuts[-1] : match.start()].strip()
        if before and line[match.start() - 1] == " " and _is_whole(before, match[0]):
            cuts.append(match.start())
    return [line[start:end].strip() for start, end in zip(cuts, [*cuts[1:], len(line)], strict=True)]


def _is_whole(body: str, next_head: str) -> bool:
    """Tell whether a name may end before a head word ("BỘ" alone, "VĂN PHÒNG" before "CHÍNH PHỦ" may not)."""
    small = body.lower()
    if any(f"{body.rsplit(maxsplit=1)[-1]} {next_head}" in name for name in _provinces()):
        return False  # HẢI PHÒNG
    if KNOWN.fullmatch(body):
        return True
    if HEAD.fullmatch(body):
        return body in {"QUỐC HỘI", "CHÍNH PHỦ", "TỈNH ỦY", "THÀNH ỦY"} or small == "ban chấp hành trung ương"
    if small.split()[-1] in WORDS["unfinished"]:
        return False
    if next_head in WORDS["also_inside"]:
        whole = small.startswith(("bộ ", "ban chấp hành", "tỉnh ủy", "thành ủy", "đảng bộ")) and " " in small
        return whole or bool(_area_at_end(small))
    return len(small.split()) > 1


def area_in(text: str, unit: str) -> str | None:
    """Give the area of a kind that a text names most often ("tỉnh Thừa Thiên Huế"), None where it names none."""
    found = Counter(match[2] for match in AREA.finditer(text) if match[1].lower() == unit)
    if not found:
        return None
    name = found.most_common(1)[0][0]
    return f"{unit} {name}"


def complete(issuer: str, *, superior: str | None, text: str, place: str | None, area: str | None = None) -> str:
    """Complete a name whose area the letterhead leaves out ("Ủy ban nhân dân tỉnh", "Sở Nội vụ" below a UBND).

    Parameters
    ----------
    issuer, superior
        Names as `spell` gives them.
    text
        Where the area may be named; the most frequent one of the right kind is taken.
    place
        The place of the date line ("Huế"), None if unknown.
    area
        The area another source gives ("tỉnh Cà Mau"), None if unknown.

    Examples
    --------
    >>> complete("Sở Nội vụ", superior="Ủy ban nhân dân tỉnh Lâm Đồng", text="", place=None)
    'Sở Nội vụ tỉnh Lâm Đồng'
    >>> complete("Ủy ban nhân dân tỉnh", superior=None, text="của tỉnh Thừa Thiên Huế.", place=None)
    'Ủy ban nhân dân tỉnh Thừa Thiên Huế'
    """
    bare = re.search(rf"\b({'|'.join(WORDS['units'])})$", issuer)
    if bare:
        named = area_in(text, bare[1]) or (f"{bare[1]} {place}" if place else bare[1])
        return f"{issuer[: bare.start()]}{named}"
    if _area_at_end(issuer.lower()):
        return issuer
    added = _of_superior(issuer, superior)
    if added is None and COUNCIL.search(issuer.lower()) and issuer.lower().endswith("nhân dân"):
        added = area or _area_of_council(text, place)
    return f"{issuer} {added}" if added else issuer


def _of_superior(issuer: str, superior: str | None) -> str | None:
    """Give what a superior body adds to a name: its area to a local body, the Party's centre to its organs."""
    if superior is None:
        return None
    if superior.startswith("Ban Chấp hành Trung ương"):
        return "Trung ương Đảng" if issuer == "Văn phòng" else "Trung ương"
    above = _area_at_end(superior.lower())
    return _place(above) if above and issuer.lower().startswith(tuple(WORDS["local"])) else None


def _area_of_council(text: str, place: str | None) -> str | None:
    """Give the province whose people's committee or council speaks, checked against the place of the date line."""
    name = (place or "").split(",", maxsplit=1)[0].lower().removeprefix("thành phố ")
    areas = (area_in(text, unit) for unit in ("tỉnh", "thành phố"))
    return next((area for area in areas if area and area.lower().endswith(name)), None)
