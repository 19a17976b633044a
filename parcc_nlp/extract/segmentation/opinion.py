"""What a second opinion is asked."""

from __future__ import annotations

from typing import Protocol

__all__ = ["SecondOpinion"]


class SecondOpinion(Protocol):
    """Somebody else's view of a word in its sentence. Offsets are code points of the sentence as it is given."""

    def is_verb(self, sentence: str, start: int, end: int) -> bool | None:
        """Tell whether a stretch is used as a verb; None where that is not decided."""
        ...

    def name_end(self, sentence: str, start: int, end: int) -> int:
        """Give where a name that begins at `start` really ends; `end` where nothing speaks against it."""
        ...
