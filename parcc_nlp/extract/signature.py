"""Who signed and who receives: the end of a document (NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 7 và 9)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parcc_nlp.extract.data_files import alternatives, read_lists
from parcc_nlp.extract.letters import CAPITALS
from parcc_nlp.extract.zones import RECIPIENTS, SIGNATURE, SIGNED, Zones, split_name

__all__ = ["Signature", "find_recipients", "find_signature"]

WORDS = read_lists("signature.yaml")
TITLES = re.compile(
    rf"(?:{WORDS['deputy'].upper()}\s+)?(?:"
    + "|".join(
        re.escape(title.upper()).replace(r"\ ", r"\s+") for title in sorted(WORDS["titles"], key=len, reverse=True)
    )
    + r")(?=\s|$|[,.])",
)
DISPLAY = {title.upper(): title for title in WORDS["titles"]}
BEFORE_OFFICE = alternatives(
    ["CHỦ TỊCH", "THỦ TƯỚNG", "BÍ THƯ", "BỘ TRƯỞNG", "TRƯỞNG BAN", "TỔNG BÍ THƯ", "THƯỜNG TRỰC"]
)
ON_BEHALF = re.compile(
    r"(?:TM|T/M)\s*[./]?\s*(?P<body>[^.]*?)"
    rf"(?=\s+(?:KT|K/T|TL|T/L|TUQ|Q)\b|(?<!\bBAN)\s+(?:PHÓ\s+)?(?:{BEFORE_OFFICE})|$)",
)
ITEM_DASH = re.compile(r"(?:^[ \t]?|(?<=[;.])[ \t]?|\t)[-–•+](?=\s)|^[ \t]?[-–•+]")
GAP = re.compile(r"\s{2,}")
REACH = 14
# What follows a title without a capital.
SMALL_TAILS = frozenset({"", "thường trực", "tỉnh", "thành phố", "huyện", "xã", "phường", "đặc khu", "nước"})


@dataclass(frozen=True, slots=True)
class Signature:
    """Signer, title and the body on whose behalf it was signed ("CHÍNH PHỦ", capitals as printed)."""

    signer: str | None = None
    title: str | None = None
    body: str | None = None


def find_signature(zones: Zones) -> Signature:
    """Find the signature behind the operative text; a draft may have the title without the name."""
    unnamed = Signature()
    for number in range(zones.closing, min(zones.after + 1, len(zones.lines))):
        for cell in _blocks(zones, number):
            if SIGNATURE.match(cell):
                found = _read(cell, zones, number)
                if found.signer:
                    return found
                unnamed = unnamed if unnamed.title else found
    return unnamed


def _blocks(zones: Zones, number: int) -> list[str]:
    """Give what may open a signature on a line: its cells, and what a portal put behind the archive entry."""
    line = zones.lines[number]
    cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
    if RECIPIENTS.match(line) or " - Lưu" in line:
        inline = re.search(rf"(?:\s|;|\.)((?:TM|T/M|KT|K/T|TL|T/L|TUQ)\s*[./]\s*[{CAPITALS}].*)$", line)
        if inline:
            cells.append(inline[1])
        else:
            title = re.search(rf"\s({TITLES.pattern}\s+.*)$", line)
            if title:
                cells.append(title[1])
    return cells


def _read(block: str, zones: Zones, number: int) -> Signature:
    """Read a signature from the line where it opens and the lines behind it."""
    capitals, name = split_name(block)
    printed = [capitals] if capitals else []
    at = number + 1
    while not name and at < min(number + REACH, zones.tail, len(zones.lines)):
        line = zones.lines[at]
        at += 1
        if line.lstrip().startswith("-") and "\t" in line:  # the column of recipients beside that of the signature
            line = line.rsplit("\t", maxsplit=1)[-1]
        if not line.strip() or SIGNED.fullmatch(line.strip()) or line.lstrip().startswith(("-", "Nơi nhận")):
            continue
        more, name = split_name(line)
        if not more and not name:
            if SIGNED.match(line.strip()):
                continue
            break
        if more:
            printed.append(more)
    run = " ".join(" ".join(printed).split())
    behalf = ON_BEHALF.match(run)
    return Signature(name or None, _title(run), behalf["body"].strip() if behalf else None)


def _title(run: str) -> str | None:
    """Give the signer's own title: the last one of "KT. CHỦ TỊCH PHÓ CHỦ TỊCH", spelt with small letters."""
    own = None
    for match in TITLES.finditer(run):
        if not (match.start() and run[: match.start()].endswith("PHÓ ")):
            own = match
    if own is None:
        return None
    printed = run[own.start() :].strip(" .,")
    deputy = printed.startswith(WORDS["deputy"].upper() + " ")
    rest = printed[len(WORDS["deputy"]) + 1 :] if deputy else printed
    for capital, display in sorted(DISPLAY.items(), key=_length, reverse=True):
        if rest.startswith(capital):
            tail = rest[len(capital) :].strip().lower()
            title = f"{display} {tail if tail in SMALL_TAILS else tail[:1].upper() + tail[1:]}".strip()
            return f"{WORDS['deputy']} {title}" if deputy else title
    return printed.capitalize()


def _length(item: tuple[str, str]) -> int:
    return len(item[0])


def find_recipients(zones: Zones) -> tuple[str, ...]:
    """List the recipients as written, without dashes and closing signs, the archive entry ("Lưu: VT") included."""
    number = next(
        (
            at
            for at in range(zones.closing, min(zones.after + 1, len(zones.lines)))
            if RECIPIENTS.match(zones.lines[at])
        ),
        None,
    )
    if number is None:
        return ()
    opening = RECIPIENTS.match(zones.lines[number])
    found = _items(zones.lines[number][opening.end() if opening else 0 :])
    for line in zones.lines[number + 1 : max(zones.after, number + 1)]:
        if line.lstrip().startswith(("-", "–", "•", "+")):
            found += _items(line)
        elif line.strip() and (SIGNATURE.match(line) or any(split_name(line)) or not found):
            break
        elif line.strip():
            found[-1] = f"{found[-1]} {' '.join(line.split())}".rstrip(" ;.")
    return tuple(found)


def _items(line: str) -> list[str]:
    cell = line.split("\t", maxsplit=1)[0]
    signature = re.search(rf"(?:\s|;)(?:TM|T/M|KT|K/T|TL|T/L|TUQ)\s*[./]\s*[{CAPITALS}]", cell)
    cell = cell[: signature.start()] if signature else cell
    parts = ITEM_DASH.split(GAP.sub("\t", cell))
    return [item for part in parts if (item := " ".join(part.split()).strip(" ;.-_*"))]
