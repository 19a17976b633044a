"""Numbers in words as decisions spell them behind a figure: "một triệu năm trăm nghìn", "ba mươi phần trăm".

`parcc_nlp.text.numerals` reads what a plan says and takes every syllable it can; this module judges what is written,
so it is strict: "mười năm" is ten years, fifteen is "mười lăm". What can be read in two ways has two values, what
follows no pattern has none.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Spelt", "counted_things", "read_words", "spell", "syllables"]

_NOTHING: frozenset[float] = frozenset()
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ((1_000_000_000, "tỷ"), (1_000_000, "triệu"), (1_000, "nghìn"))
_LARGEST = 999_999_999_999
_LARGEST_SCALE = _SCALES[0][0]
_HUNDREDS = 100
_TENS = 10
_FIVE = 5
_THOUSAND = 1_000


class Spelt(NamedTuple):
    """What words can mean: their values, and whether they say "phần trăm"."""

    values: frozenset[float]
    percent: bool = False


class _Syllable(NamedTuple):
    """What a syllable does in a number."""

    role: str
    value: int


@cache
def syllables() -> Mapping[str, _Syllable]:
    """Give the syllables numbers are made of."""
    return {row["syllable"]: _Syllable(row["role"], int(row["value"])) for row in _rows("number_words.csv")}


@cache
def counted_things() -> frozenset[str]:
    """Give the first syllables of what is counted behind a number ("ngày", "hồ sơ")."""
    return frozenset(row["word"] for row in _rows("number_units.csv"))


def read_words(words: Sequence[str]) -> Spelt | None:
    """Read lower-case syllables, all of them, as one number; None where they are none.

    Examples
    --------
    >>> read_words("một triệu năm trăm nghìn".split())
    Spelt(values=frozenset({1500000.0}), percent=False)
    >>> read_words("ba mươi phần trăm".split())
    Spelt(values=frozenset({30.0}), percent=True)
    >>> read_words("mười năm".split()) is None
    True
    """
    known = syllables()
    if not words or any(word not in known for word in words):
        return None
    roles = [known[word].role for word in words]
    if "half" in roles or roles.count("part") > 1 or roles.count("point") > 1:
        return None
    if "part" not in roles:
        values = _decimal(words)
        return Spelt(values) if values else None
    at = roles.index("part")
    above, below = _decimal(words[:at]), words[at + 1 :]
    if not above:
        return None
    if list(below) == ["trăm"]:
        return Spelt(above, percent=True)
    under = frozenset({float(known[below[0]].value)}) if len(below) == 1 and known[below[0]].role == "scale" else None
    under = under or _whole(below)
    quotients = frozenset(one / other for one in above for other in under if other)
    return Spelt(quotients) if quotients else None


def _decimal(words: Sequence[str]) -> frozenset[float]:
    """Read a number that may have a decimal part ("hai phẩy năm", "không phẩy không năm")."""
    if "phẩy" not in words:
        return _whole(words)
    at = list(words).index("phẩy")
    whole, behind = _whole(words[:at]), words[at + 1 :]
    known = syllables()
    decimals: set[str] = set()
    if behind and all(known[word].role in {"digit", "after_tens"} for word in behind):
        decimals.add("".join(str(known[word].value) for word in behind))
    decimals |= {str(int(value)) for value in _whole(behind)}
    return frozenset(float(f"{int(one)}.{digits}") for one in whole for digits in decimals)


def _whole(words: Sequence[str]) -> frozenset[float]:
    """Read a whole number: what stands before each scale, then what stands behind the last."""
    if not words:
        return _NOTHING
    known = syllables()
    scales = [at for at, word in enumerate(words) if known[word].role == "scale"]
    if not scales:
        return _below_thousand(words)
    at = scales[0]
    for other in scales:  # the largest, the later of equal ones: "nghìn tỷ" is thousands of thousand millions
        at = other if known[words[other]].value >= known[words[at]].value else at
    scale = float(known[words[at]].value)
    before = _whole(words[:at])
    after = _whole(words[at + 1 :]) if at + 1 < len(words) else frozenset({0.0})
    return frozenset(
        many * scale + rest
        for many in before
        for rest in after
        if rest < scale and (many < _THOUSAND or scale == _LARGEST_SCALE)
    )


def _below_thousand(words: Sequence[str]) -> frozenset[float]:
    """Read hundreds, tens and ones.

    "Một trăm năm" is said of 150 and written of 105: it has both values.
    """
    known = syllables()
    roles = [known[word].role for word in words]
    if "hundred" not in roles:
        return _below_hundred(words)
    if roles[:2] != ["digit", "hundred"] or "hundred" in roles[2:]:
        return _NOTHING
    hundreds, rest = _HUNDREDS * known[words[0]].value, words[2:]
    if not rest:
        return frozenset({float(hundreds)})
    if roles[2] == "gap":
        one = known[rest[1]] if len(rest) == 2 else None  # noqa: PLR2004 - "linh" and a digit
        return frozenset({float(hundreds + one.value)}) if one and one.role in {"digit", "after_tens"} else _NOTHING
    if len(rest) == 1 and roles[2] in {"digit", "after_tens"}:
        return frozenset({float(hundreds + known[rest[0]].value), float(hundreds + _TENS * known[rest[0]].value)})
    return frozenset(hundreds + value for value in _below_hundred(rest))


def _below_hundred(words: Sequence[str]) -> frozenset[float]:
    """Read tens and ones; five behind a ten is "lăm"."""
    known = syllables()
    roles = [known[word].role for word in words]
    if roles == ["digit"]:
        return frozenset({float(known[words[0]].value)})
    if roles[:1] == ["gap"] and roles[1:] == ["digit"]:
        return frozenset({float(known[words[1]].value)})
    if roles[:1] == ["ten"]:
        tens, rest = _TENS, words[1:]
    elif roles[:2] == ["digit", "tens"]:
        tens, rest = _TENS * known[words[0]].value, words[2:]
    else:
        return _NOTHING
    if not rest:
        return frozenset({float(tens)})
    one = known[rest[0]]
    if len(rest) > 1 or one.role not in {"digit", "after_tens"} or rest[0] in {"năm", "không"}:
        return _NOTHING
    return frozenset({float(tens + one.value)})


def spell(number: int) -> str | None:
    """Write a number in words, None beyond the thousands of millions.

    Examples
    --------
    >>> spell(15), spell(105), spell(1_500_000), spell(21)
    ('mười lăm', 'một trăm linh năm', 'một triệu năm trăm nghìn', 'hai mươi mốt')
    """
    if not 0 <= number <= _LARGEST:
        return None
    if number < _THOUSAND:
        return _spell_group(number, full=False)
    words: list[str] = []
    for size, name in _SCALES:
        many, number = divmod(number, size)
        if many:
            words.append(f"{_spell_group(many, full=bool(words))} {name}")
    if number:
        words.append(_spell_group(number, full=True))
    return " ".join(words)


def _spell_group(number: int, *, full: bool) -> str:
    """Write a number below a thousand; a full group says its empty hundreds, too."""
    hundreds, rest = divmod(number, _HUNDREDS)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or (full and rest) else []
    tens, ones = divmod(rest, _TENS)
    if tens == 1:
        words.append("mười")
    elif tens:
        words.append(f"{_DIGITS[tens]} mươi")
    elif ones and words:
        words.append("linh")
    if ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == _FIVE and tens:
        words.append("lăm")
    elif ones or not (words or tens):
        words.append(_DIGITS[ones])
    return " ".join(words)


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("parcc_nlp.review.checks.coherence") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
