"""The HTTP client of the feeds: it connects to the address that was checked, not to what the name gives later."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import httpx

__all__ = ["ADDRESS", "PROGRAM", "PinnedTransport", "new_client", "user_agent"]

ADDRESS = "parcc_address"
"""The extension of a request that carries the checked IP address."""
PROGRAM = "parcc_nlp"
"""The name under which robots.txt may speak to this program."""


class PinnedTransport(httpx.BaseTransport):
    """A transport that connects to the address given with the request; name and certificate stay those of the host."""

    def __init__(self, **options: Any) -> None:
        # No connection is kept: the pool tells them apart by address, and two hosts may share one.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._inner = httpx.HTTPTransport(limits=limits, **options)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request."""
        address = request.extensions.get(ADDRESS)
        if address is None:
            return self._inner.handle_request(request)
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,  # "Host" stands in them already
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": request.url.host},
        )
        return self._inner.handle_request(pinned)

    def close(self) -> None:
        """Close what is open."""
        self._inner.close()


def new_client() -> httpx.Client:
    """Give the client that is used where none is given; the caller closes it."""
    return httpx.Client(transport=PinnedTransport(), follow_redirects=False)


def user_agent(contact: str | None = None) -> str:
    """Say who asks: the program, its version, and whom to write to.

    Examples
    --------
    >>> user_agent("vanthu@example.org").startswith("parcc_nlp/")
    True
    """
    behind = f" (+{contact})" if contact else ""
    return f"{PROGRAM}/{version(PROGRAM)}{behind}"
