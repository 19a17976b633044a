"""Rules that other packages add, by an entry point in the group ``parcc_nlp.rules``."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from parcc_nlp.errors import UsageError
from parcc_nlp.review.checks import ALL
from parcc_nlp.review.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.metadata import EntryPoint

__all__ = ["GROUP", "added_rules", "rules_of"]

GROUP = "parcc_nlp.rules"


@cache
def added_rules() -> tuple[Rule, ...]:
    """Give the rules of every installed package that offers some.

    Raises
    ------
    UsageError
        E340: see `rules_of`.
    """
    return rules_of(entry_points(group=GROUP))


def rules_of(points: Iterable[EntryPoint]) -> tuple[Rule, ...]:
    """Load the rules that entry points name: each gives a `Rule`, or several.

    Raises
    ------
    UsageError
        E340: an entry point cannot be loaded, gives something else, or takes a code that is taken. A rule that an
        office relies on must not be missing in silence.
    """
    taken = {rule.code for rule in ALL}
    found: list[Rule] = []
    for point in points:
        for one in _loaded(point):
            if not isinstance(one, Rule) or one.code in taken:
                what = f"{one.code}: đã có" if isinstance(one, Rule) else type(one).__name__
                raise UsageError("E340", value=point.name, detail=what)
            taken.add(one.code)
            found.append(one)
    return tuple(found)


def _loaded(point: EntryPoint) -> Iterator[object]:
    """Load what one entry point names."""
    try:
        content = point.load()
    except Exception as error:  # whatever a foreign package does wrong is told by its name
        raise UsageError("E340", value=point.name, detail=f"{type(error).__name__}: {error}") from error
    yield from content if isinstance(content, list | tuple) else (content,)
