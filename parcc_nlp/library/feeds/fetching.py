"""One address fetched politely: guarded, allowed by robots.txt, paced, tried again, and never larger than allowed."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import httpx

from parcc_nlp.library.feeds.client import ADDRESS
from parcc_nlp.library.feeds.guard import LONGEST_URL, Access, Resolve, may_speak_to
from parcc_nlp.library.feeds.pacing import LONGEST_WAIT, Pace, backoff, retry_after
from parcc_nlp.library.feeds.reasons import Trouble
from parcc_nlp.library.feeds.robots import ROBOTS_BYTES, Rules, rules_of
from parcc_nlp.library.feeds.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime


__all__ = ["Fetched", "Fetcher", "Manners", "NotModified"]

_MOST_REDIRECTS = 5
_MEGABYTE = 1024 * 1024
_DOWNLOAD_SECONDS = 600.0
"""The time a whole download may take: a server that sends a byte a second never meets the limit between two bytes."""
_GONE = frozenset({404, 410})
_REFUSED = frozenset({401, 402, 403, 451})
_BUSY = frozenset({408, 425})
_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave. `url` is where it was in the end; `content_type` and `disposition` are the headers."""

    url: str
    data: bytes
    content_type: str = ""
    disposition: str = ""
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page is what it was (304)."""


@dataclass(frozen=True, slots=True)
class _Moved:
    """Where a redirect leads."""

    url: str


@dataclass(frozen=True, slots=True)
class Manners:
    """How one feed is fetched: within which limits, and with access to what."""

    limits: Limits
    access: Access


@dataclass(slots=True)
class Fetcher:
    """Fetches for one run; remembers the rules and the pace of every host it met.

    Parameters
    ----------
    client
        Sends the requests; redirects are followed here and not by it.
    agent
        What the program calls itself.
    pace
        The clock, the sleep, and when each host was last asked.
    resolve
        Gives the addresses of a host.
    """

    client: httpx.Client
    agent: str
    pace: Pace
    resolve: Resolve
    _rules: dict[str, Rules] = field(default_factory=dict)

    def fetch(
        self, url: str, manners: Manners, *, most: int | None = None, known: Mapping[str, str] | None = None
    ) -> Fetched | NotModified | Trouble:
        """Fetch an address.

        Parameters
        ----------
        url
            The address.
        manners
            How the feed is fetched.
        most
            The most bytes taken, where less than the feed allows.
        known
            The headers that ask for what is newer than what is known.
        """
        most = min(most or manners.limits.bytes, manners.limits.bytes)
        return self._follow(url, manners, most, dict(known or {}), robots=True)

    def forbidden(self, url: str, manners: Manners) -> Trouble | None:
        """Say why an address may not be fetched: bad, or closed by robots.txt."""
        parsed = _parsed(url)
        if isinstance(parsed, Trouble):
            return parsed
        return self._rules_for(parsed, manners).verdict(url)

    def _follow(
        self, url: str, manners: Manners, most: int, headers: dict[str, str], *, robots: bool
    ) -> Fetched | NotModified | Trouble:
        """Fetch an address and those it leads to; each is looked at as if it were the first."""
        for _ in range(_MOST_REDIRECTS + 1):
            parsed = _parsed(url)
            if isinstance(parsed, Trouble):
                return parsed
            rules = self._rules_for(parsed, manners) if robots else Rules()
            if trouble := rules.verdict(url):
                return trouble
            answer = self._patiently(parsed, manners, most, headers, rules.delay)
            if not isinstance(answer, _Moved):
                return answer
            url = answer.url
        return Trouble("too_many_redirects")

    def _rules_for(self, url: httpx.URL, manners: Manners) -> Rules:
        """Give the rules of a host, asked for once a run."""
        site = f"{url.scheme}://{_authority(url)}"
        if site not in self._rules:
            answer = self._follow(f"{site}/robots.txt", manners, ROBOTS_BYTES, {}, robots=False)
            nothing = Trouble("gone") if isinstance(answer, NotModified) else answer
            self._rules[site] = rules_of(nothing)
        return self._rules[site]

    def _patiently(
        self, url: httpx.URL, manners: Manners, most: int, headers: dict[str, str], delay: float
    ) -> Fetched | NotModified | _Moved | Trouble:
        """Ask a host, and again after a rest where that may help."""
        host = _authority(url)
        seconds = max(manners.limits.min_seconds, delay)
        for attempt in count():
            if held := self.pace.held(host):
                return _told_to_wait(held)
            self.pace.wait(host, seconds)
            answer = self._ask(url, manners, most, headers, attempt)
            if not isinstance(answer, Trouble) or answer.again != "now":
                return answer
            rest = backoff(attempt) if answer.wait is None else answer.wait
            if rest > LONGEST_WAIT or attempt == manners.limits.retries:
                break
            self.pace.sleep(rest)
        busy = isinstance(answer, Trouble) and answer.reason == "too_many_requests"
        if busy or rest > LONGEST_WAIT:
            self.pace.hold(host, rest)
        return _told_to_wait(rest) if busy else answer

    def _ask(
        self, url: httpx.URL, manners: Manners, most: int, headers: dict[str, str], attempt: int
    ) -> Fetched | NotModified | _Moved | Trouble:
        """Send one request to a checked address; each attempt to the next one the host has."""
        address = self._address(url, manners.access, attempt)
        if isinstance(address, Trouble):
            return address
        request = self.client.build_request(
            "GET",
            url,
            # Nothing compressed: documents are already, and a page of zeros must not unpack into gigabytes.
            headers={"User-Agent": self.agent, "Accept": "*/*", "Accept-Encoding": "identity", **headers},
            timeout=manners.limits.timeout_seconds,
            extensions={ADDRESS: address},
        )
        try:
            response = self.client.send(request, stream=True, follow_redirects=False)
            try:
                return self._read(response, url, most)
            finally:
                response.close()
        except httpx.TimeoutException:
            return Trouble("timeout")
        except (httpx.HTTPError, httpx.StreamError) as error:
            return Trouble("unreachable", type(error).__name__)

    def _address(self, url: httpx.URL, access: Access, attempt: int) -> str | Trouble:
        """Give an address of a host, if the host may be spoken to at all of them."""
        port = _port(url)
        try:
            addresses = self.resolve(url.host, port)
        except (OSError, UnicodeError) as error:
            return Trouble("unreachable", f"{url.host}: {error.__class__.__name__}")
        for address in addresses:
            if not may_speak_to(address, host=url.host, port=port, access=access):
                return Trouble("private_address", url.host)
        return addresses[attempt % len(addresses)] if addresses else Trouble("unreachable", url.host)

    def _read(self, response: httpx.Response, url: httpx.URL, most: int) -> Fetched | NotModified | _Moved | Trouble:
        """Take what a server answers."""
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return NotModified()
        if response.is_redirect:
            target = response.headers.get("location", "")
            return _Moved(urljoin(str(url), target)) if target else Trouble("http_status", str(response.status_code))
        if trouble := _refusal(response, self.pace.clock):
            return trouble
        data = self._body(response, most)
        if isinstance(data, Trouble):
            return data
        headers = response.headers
        return Fetched(
            str(url),
            data,
            content_type=headers.get("content-type", ""),
            disposition=headers.get("content-disposition", ""),
            etag=headers.get("etag"),
            modified=headers.get("last-modified"),
        )

    def _body(self, response: httpx.Response, most: int) -> bytes | Trouble:
        """Take the content until it is too large or too slow."""
        declared = response.headers.get("content-length", "")
        if declared.isascii() and declared.isdigit() and int(declared) > most:
            return _too_large(most)
        begun = self.pace.clock()
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > most:
                return _too_large(most)
            if (self.pace.clock() - begun).total_seconds() > _DOWNLOAD_SECONDS:
                return Trouble("timeout")
        return bytes(data)


def _parsed(url: str) -> httpx.URL | Trouble:
    """Take an address apart and refuse what is not of the web, carries a password or is absurdly long."""
    if len(url) > LONGEST_URL:
        return Trouble("bad_address", f"> {LONGEST_URL}")
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError):
        return Trouble("bad_address", url[:80])
    if parsed.scheme not in {"http", "https"} or not parsed.host or parsed.userinfo:
        return Trouble("bad_address", f"{parsed.scheme}://{parsed.host}")
    return parsed.copy_with(fragment=None)


def _port(url: httpx.URL) -> int:
    """Give the port of an address, said or implied."""
    return url.port or (443 if url.scheme == "https" else 80)


def _authority(url: httpx.URL) -> str:
    """Give host and port as an address has them."""
    return url.netloc.decode("ascii")


def _refusal(response: httpx.Response, clock: Callable[[], datetime]) -> Trouble | None:
    """Say what is wrong with an answer; None where it brings content."""
    status = response.status_code
    if response.is_success:
        return None
    wait = retry_after(response.headers.get("retry-after"), clock())
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return Trouble("too_many_requests", "?" if wait is None else f"{wait:.0f}", wait)
    if status >= _SERVER_ERROR or status in _BUSY:
        return Trouble("server_error", str(status), wait)
    reason = "gone" if status in _GONE else "refused" if status in _REFUSED else "http_status"
    return Trouble(reason, str(status))


def _too_large(most: int) -> Trouble:
    """Say how large it may be."""
    return Trouble("too_large", f"{most / _MEGABYTE:g}")


def _told_to_wait(seconds: float) -> Trouble:
    """Say that a host wants to be left alone."""
    return Trouble("too_many_requests", f"{seconds:.0f}", seconds)
