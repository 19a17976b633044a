"""Provisions in a phrase of a table or a command line: "điểm a khoản 2 Điều 5, Điều 7" as places of an instrument."""

from __future__ import annotations

import re
from typing import NamedTuple

from parcc_nlp.model import Pinpoint
from parcc_nlp.registry.parts import UNITS, name_of_provision

__all__ = ["parts_of", "written_parts"]

_WORDS = {"điểm": "diem", "khoản": "khoan", "điều": "dieu", "mục": "muc", "chương": "chuong", "phụ lục": "phu_luc"}
_LETTERED = frozenset({"diem"})
_ROMAN = frozenset({"muc", "chuong", "phu_luc"})
_LABEL = r"(?:[0-9]{1,4}[a-zđ]{0,2}|[IVXLC]{1,7}|[A-ZĐ]|[a-zđ][0-9]{0,2})(?![\w/])"
_PIECE = re.compile(
    r"(?P<unit>[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Mm]ục|[Cc]hương|[Pp]hụ lục)\s+"
    rf"(?P<labels>{_LABEL}(?:\s*(?:,|;|và|đến|-)\s*{_LABEL})*)"
)
_TO = re.compile(r"\s*(?:đến|tới|-)\s*")
_EACH = re.compile(rf"(?P<to>đến|-)?\s*(?P<label>{_LABEL})")
_LONGEST_RANGE = 200
_LETTERS = "abcdđeghiklmnopqrstuvxy"


class _Group(NamedTuple):
    """A unit word with its labels; whether a semicolon, or any word or mark of a list, stands before it."""

    field: str
    labels: tuple[str, ...]
    apart: bool = False
    joined: bool = False


def parts_of(phrase: str) -> tuple[Pinpoint, ...]:
    """Read the provisions a phrase names, lists and ranges fanned out; empty where it names none.

    Units are read from small to large ("khoản 2 Điều 5"), as they are cited. Where a khoản or a điểm stands without its
    Điều ("Điều 5, khoản 2") it cannot be told whether the whole Điều is meant, and nothing is read.

    Examples
    --------
    >>> [written_parts([part]) for part in parts_of("điểm a, b khoản 2 Điều 5 và Điều 7")]
    ['điểm a khoản 2 Điều 5', 'điểm b khoản 2 Điều 5', 'Điều 7']
    >>> parts_of("toàn bộ"), parts_of("Điều 5, khoản 2")
    ((), ())
    """
    groups = _groups(phrase)
    above = [_above(groups, at) for at in range(len(groups))]
    found: list[Pinpoint] = []
    for at, group in enumerate(groups):
        wider = _wider(groups, above, at)
        # A unit that only says where a smaller one stands is no provision of its own; further labels of it are.
        labels = group.labels[1:] if at in above[:at] else group.labels
        found += [Pinpoint(**{group.field: label}, **wider) for label in labels]
    if any((part.khoan and not part.dieu) or (part.diem and not part.khoan) for part in found):
        return ()
    return tuple(dict.fromkeys(found))


def written_parts(parts: tuple[Pinpoint, ...] | list[Pinpoint]) -> str:
    """Write provisions as they are cited.

    Examples
    --------
    >>> written_parts([Pinpoint(dieu="5", khoan="2"), Pinpoint(phu_luc="I")])
    'khoản 2 Điều 5; Phụ lục I'
    """
    return "; ".join(name_of_provision(part) for part in parts)


def _groups(phrase: str) -> list[_Group]:
    """Read the unit words with their labels; "Điều 5 đến Điều 8" is one range."""
    groups: list[_Group] = []
    end = 0
    for match in _PIECE.finditer(phrase):
        field = _WORDS[" ".join(match["unit"].lower().split())]
        labels = _labels(match["labels"], field)
        if not labels:
            continue
        before = phrase[end : match.start()]
        ranged = _TO.fullmatch(before) is not None
        if ranged and groups and groups[-1].field == field:
            last = groups.pop()
            labels = (*last.labels, *_between(last.labels[-1], labels[0]), *labels)
        groups.append(_Group(field, labels, ";" in before, before.strip() not in {"", "của"}))
        end = match.end()
    return groups


def _rank(group: _Group) -> int:
    return UNITS.index(group.field)


def _above(groups: list[_Group], at: int) -> int | None:
    """Find the unit a unit stands in: the next larger one behind it.

    A khoản may be one of several before their Điều ("khoản 1, điểm a khoản 3 Điều 5"); a điểm stands in the khoản of
    its own part of the list, an Điều and larger ones only in what follows directly.
    """
    group = groups[at]
    for number, other in enumerate(groups[at + 1 :], at + 1):
        between = groups[at + 1 : number + 1]
        if group.field == "diem" and any(one.apart for one in between):
            return None
        if group.field not in {"diem", "khoan"} and (len(between) > 1 or other.joined):
            return None
        if _rank(other) > _rank(group):
            return number
    return None


def _wider(groups: list[_Group], above: list[int | None], at: int) -> dict[str, str]:
    """Give the units around a unit, each by its first label."""
    wider: dict[str, str] = {}
    step = above[at]
    while step is not None:
        wider[groups[step].field] = groups[step].labels[0]
        step = above[step]
    return wider


def _labels(text: str, field: str) -> tuple[str, ...]:
    """Read the labels of one unit; a label it cannot bear ("mục vi phạm") ends the list."""
    labels: list[str] = []
    for match in _EACH.finditer(text):
        label = match["label"]
        if not _bears(field, label):
            break
        if match["to"] and labels:
            labels += _between(labels[-1], label)
        labels.append(label)
    return tuple(labels)


def _bears(field: str, label: str) -> bool:
    if label[0].isdigit():
        return True
    if field in _LETTERED:
        return label[0].islower()
    return field in _ROMAN and label.isupper()


def _between(first: str, last: str) -> list[str]:
    """List the labels between two: numbers, or letters in the order of the Vietnamese alphabet."""
    if first.isdigit() and last.isdigit():
        return [str(number) for number in range(int(first) + 1, min(int(last), int(first) + _LONGEST_RANGE))]
    if first in _LETTERS and last in _LETTERS:
        return list(_LETTERS[_LETTERS.index(first) + 1 : _LETTERS.index(last)])
    return []
