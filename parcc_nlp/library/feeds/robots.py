"""What a site lets programs read: robots.txt, as RFC 9309 has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from protego import Protego

from parcc_nlp.library.feeds.client import PROGRAM
from parcc_nlp.library.feeds.pacing import LONGEST_WAIT
from parcc_nlp.library.feeds.reasons import Trouble

if TYPE_CHECKING:
    from parcc_nlp.library.feeds.fetching import Fetched

__all__ = ["ROBOTS_BYTES", "Rules", "rules_of"]

ROBOTS_BYTES = 512_000
"""RFC 9309, 2.5: at least 500 KiB are read."""
_PASSED_ON = frozenset({"unreachable", "timeout", "too_many_requests", "private_address", "bad_address"})
_CLOSED = frozenset({"server_error", "too_large"})


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one host; `trouble` stands in their place where they could not be read."""

    parsed: Protego | None = None
    trouble: Trouble | None = None

    def verdict(self, url: str) -> Trouble | None:
        """Say why an address may not be fetched; None where it may."""
        if self.trouble:
            return self.trouble
        if self.parsed and not self.parsed.can_fetch(url, PROGRAM):
            return Trouble("robots")
        return None

    @property
    def delay(self) -> float:
        """The seconds the host wants between requests."""
        asked = self.parsed.crawl_delay(PROGRAM) if self.parsed else None
        return min(float(asked or 0), LONGEST_WAIT)


def rules_of(answer: Fetched | Trouble) -> Rules:
    """Read what came of asking for robots.txt.

    A file that is not there allows everything (RFC 9309, 2.3.1.3); a server that fails allows nothing until it answers
    (2.3.1.4).

    Examples
    --------
    >>> rules_of(Trouble("gone", "404")).verdict("https://example.org/a") is None
    True
    >>> rules_of(Trouble("server_error", "503")).verdict("https://example.org/a").reason
    'robots_unreachable'
    """
    if not isinstance(answer, Trouble):
        return Rules(Protego.parse(answer.data.decode("utf-8-sig", errors="replace")))
    if answer.reason in _PASSED_ON:
        return Rules(trouble=answer)
    if answer.reason in _CLOSED:
        return Rules(trouble=Trouble("robots_unreachable", answer.detail))
    return Rules()
