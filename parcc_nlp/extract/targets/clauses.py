"""Lines cut into clauses, each value with its clause and comparator."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import NamedTuple

from parcc_nlp.extract.targets.comparators import Binding, binding_of
from parcc_nlp.extract.targets.values import Value

__all__ = ["Candidate", "Text", "candidates_in", "same_list"]

CLAUSE_END = re.compile(r";|(?<!tp)(?<!tx)\.(?=\s)|\.$")
LIST_GAP = re.compile(r"(?:,|\bvà)\s*(?:có\s+|tối\s+thiểu\s+)?$")
REACH = 1500
"""Characters before and behind a value that may belong to its clause; no clause that people read is longer."""
CROWD = 40
"""Values in one clause from which on it is no sentence but a flattened table."""


class Text(NamedTuple):
    """A normalised text and its lower-cased copy of the same length."""

    clean: str
    low: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value in its clause."""

    value: Value
    binding: Binding
    start: int
    end: int
    """The clause."""
    after: int
    """Where the value before it in the clause ends, or the clause begins."""


def candidates_in(low: str, start: int, end: int, values: list[Value]) -> list[Candidate]:
    """Give values their clauses and comparators; in a list joined by commas a comparator covers those behind it."""
    cuts = [start, *(match.end() for match in CLAUSE_END.finditer(low, start, end))]
    clauses: dict[int, list[Value]] = {}
    for value in values:
        if value.start >= start:
            clauses.setdefault(bisect_right(cuts, value.start) - 1, []).append(value)
    found: list[Candidate] = []
    for index, members in clauses.items():
        if len(members) > CROWD:
            continue
        # a point inside a value is no end ("1.500 tỷ đồng." ends behind it)
        stop = next((cut for cut in cuts[index + 1 : index + 3] if cut >= members[-1].end), end)
        found += _in_clause(low, cuts[index], stop, members)
    return found


def _in_clause(low: str, start: int, end: int, values: list[Value]) -> list[Candidate]:
    found: list[Candidate] = []
    for value in values:
        previous = found[-1] if found else None
        after = previous.value.end if previous else start
        binding = binding_of(low, after, value.start, value.end)
        if previous and _takes_comparator(low, previous, value, binding):
            binding = replace(binding, comparator=previous.binding.comparator, stated=previous.binding.stated)
        first, last = max(start, value.start - REACH), min(end, value.end + REACH)
        found.append(Candidate(value, binding, first, last, max(after, first)))
    return found


def _takes_comparator(low: str, previous: Candidate, value: Value, binding: Binding) -> bool:
    """Whether the comparator before the first of a list covers this value too; the whole needs none ("100%")."""
    own = binding.stated or binding.change is not None
    whole = value.unit == "%" and value.value == 100  # noqa: PLR2004 - all of it
    return not own and not whole and same_list(low, previous.value, value)


def same_list(low: str, first: Value, second: Value) -> bool:
    """Tell whether two values stand in one list: a comma or "và" before the second, and no verb of its own."""
    return first.unit == second.unit and LIST_GAP.search(low, first.end, second.start) is not None
