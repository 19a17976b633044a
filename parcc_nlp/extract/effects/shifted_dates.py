"""Acts that move the day on which another takes effect, by amending its closing article (43/2024/QH15)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from parcc_nlp.extract.effects.clauses import FILLER
from parcc_nlp.extract.effects.reading import Found
from parcc_nlp.text.dates import date_at

if TYPE_CHECKING:
    from parcc_nlp.extract.effects.reading import Reading

__all__ = ["take_shifted_dates"]

OWN_DATE = re.compile(
    r"(?:Bộ\s+luật|Luật|Nghị\s+định|Nghị\s+quyết|Thông\s+tư|Quyết\s+định|Pháp\s+lệnh)\s+này\s+"
    r"có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+(?:kể\s+)?từ\s+(?=ngày\s)"
)
# "Khoản 3 Điều 200 của Luật này có hiệu lực từ ..." moves the day of a part only.
OPENS_SENTENCE = re.compile(r"(?:[\n“\".]|\d\.|[a-zđ]\))\s*$")
LONGEST_NEW_TEXT = 3000


def take_shifted_dates(reading: Reading, text: str) -> None:
    """Take in the days that amended wording gives its own document ("“Luật này có hiệu lực từ ngày 01/8/2024 ...”").

    Parameters
    ----------
    reading
        What was read; `date_shift` is added to it with the new day as `effective`.
    text
        The clean text, quotations included.
    """
    for row in list(reading.found):
        clause = reading.clauses[row.clause]
        effect = row.effect
        if effect.relation != "amends" or not effect.parts or not clause.start <= effect.start < clause.end:
            continue
        for match in OWN_DATE.finditer(text, effect.end, min(clause.last, effect.end + LONGEST_NEW_TEXT)):
            date = date_at(text, match.end())
            quoted = reading.masked.text[match.start()] == FILLER
            whole = OPENS_SENTENCE.search(text, max(0, match.start() - 8), match.start())
            if quoted and whole and date and date.kind == "day" and date.valid:
                shift = replace(
                    effect, relation="date_shift", parts=(), effective=date.iso, start=match.start(), end=date.end
                )
                reading.found.append(Found(shift, row.clause))
                break
