"""Which addresses may be spoken to: a page of the open internet must not send us into the office's own network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

__all__ = ["LONGEST_URL", "Access", "Resolve", "addresses_of", "is_public", "may_speak_to"]

LONGEST_URL = 2000
"""The longest address that is taken: PostgreSQL has to index it, and no real document has a longer one."""
Resolve = Callable[[str, int], Sequence[str]]
"""Gives the IP addresses of a host and port; raises OSError where there is none."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Access:
    """What a feed may reach besides the open internet.

    `private` opens the networks of an office (10.x, 192.168.x, this machine). `named` is the host and port that the
    settings themselves give as a private address: who wrote it there means it, and means that port only.

    Examples
    --------
    >>> Access.of("http://127.0.0.1:8000/rss", 8000).named
    ('127.0.0.1', 8000)
    >>> Access.of("https://example.org/rss", 443).named is None
    True
    """

    private: bool = False
    named: tuple[str, int] | None = None

    @classmethod
    def of(cls, url: str, port: int, *, private: bool = False) -> Access:
        """Give the access that the address of a feed implies."""
        host = urlsplit(url).hostname or ""
        literal = host == "localhost" or (_is_address(host) and not is_public(host))
        return cls(private, (host, port) if literal else None)


def addresses_of(host: str, port: int) -> tuple[str, ...]:
    """Ask the resolver of the system for the addresses of a host.

    Raises
    ------
    OSError
        There is no such host, or no resolver.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Say whether an IP address belongs to the open internet, however it is wrapped.

    Examples
    --------
    >>> [is_public(one) for one in ("203.162.0.11", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1")]
    [True, False, False, False]
    """
    return all(one.is_global and not one.is_multicast for one in _faces(address))


def may_speak_to(address: str, *, host: str, port: int, access: Access) -> bool:
    """Say whether a request to a host may go to this address of it.

    Link-local addresses (where clouds keep their secrets), multicast and reserved ones are never spoken to.
    """
    if is_public(address):
        return True
    faces = _faces(address)
    if any(one.is_link_local or one.is_multicast or one.is_unspecified for one in faces):
        return False
    return access.private or (host, port) == access.named


def _is_address(host: str) -> bool:
    """Say whether a host is written as an IP address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _faces(address: str) -> tuple[ipaddress.IPv4Address | ipaddress.IPv6Address, ...]:
    """Give an address and the IPv4 addresses it stands for (mapped, 6to4, Teredo, NAT64)."""
    outer = ipaddress.ip_address(address)
    if isinstance(outer, ipaddress.IPv4Address):
        return (outer,)
    if outer.ipv4_mapped:
        # The mapped address is where the packets go; the outer one is only how it is written.
        return (outer.ipv4_mapped,)
    inner = [outer.sixtofour, *(outer.teredo or ())]
    if outer in _NAT64:
        inner.append(ipaddress.IPv4Address(int(outer) & 0xFFFFFFFF))
    return (outer, *(one for one in inner if one is not None))
