"""Addresses on the web: which may be asked for, how they are written, and where they lead.

A host is resolved once and every address it has is checked; the connection is then made to one of those checked, so
that a name that changes its mind in between (DNS rebinding) leads nowhere else.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from masdar.errors import InputError

PORTS = {"http": 80, "https": 443}
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|mc_[ce]id|at_(?:medium|campaign|custom\d)|xtor", re.IGNORECASE)
SAFE = "!$%&'()*+,/:;=?@[]~"  # characters that stay as they are in a path and query; % is already a code
CODE = re.compile(r"%[0-9a-fA-F]{2}")
EMBEDDED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96"))  # IPv6 that ends in an IPv4 address
IP = ipaddress.IPv4Address | ipaddress.IPv6Address


class Target(NamedTuple):
    """An address taken apart: what to connect to, and what to ask for."""

    scheme: str
    host: str  # in ASCII
    port: int
    path: str  # with the query, in ASCII

    @property
    def origin(self) -> str:
        """The host as it is asked for: https://example.org:8443."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """The address, in ASCII."""
        return self.origin + self.path


def is_url(name: str) -> bool:
    """Whether a source is an address on the web."""
    return name.lower().startswith(("http://", "https://"))


def cleaned(url: str) -> str:
    """An address as it is the same for one page: percent-encoded, no fragment, no marks of those who count clicks."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    query = parts.query
    if TRACKING.search(query):
        query = urlencode(
            [pair for pair in parse_qsl(query, keep_blank_values=True) if not TRACKING.fullmatch(pair[0])]
        )
    path, query = (
        CODE.sub(lambda code: code.group().upper(), quote(words, safe=SAFE)) for words in (parts.path, query)
    )
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), path or "/", query, ""))


def to_target(url: str) -> Target:
    """An address taken apart.

    Raises:
        InputError: it is none, of another scheme, or has a password in it.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = ascii_host(parts.hostname or "")
    except (ValueError, UnicodeError) as error:
        raise InputError(f"{url} is no address: {error}. Write it as https://example.org/page.") from error
    if parts.scheme.lower() not in PORTS or not host:
        raise InputError(f"{url} is no address that masdar asks for. Write it as https://example.org/page.")
    if parts.username is not None or parts.password is not None:
        raise InputError(f"{host}: masdar sends no passwords. Leave the name and password out of the address.")
    path = quote(parts.path or "/", safe=SAFE) + (f"?{quote(parts.query, safe=SAFE)}" if parts.query else "")
    return Target(parts.scheme.lower(), host, port or PORTS[parts.scheme.lower()], path)


def ascii_host(host: str) -> str:
    """A host as it goes over the line: مثال.إختبار → xn--mgbh0fb.xn--kgbechtv."""
    return host if host.isascii() else host.encode("idna").decode("ascii")


def resolve(target: Target, *, allow_private: bool) -> list[str]:
    """The addresses of a host, all of them checked.

    Raises:
        InputError: it has none, or one of them is not of the public internet.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        message = f"{target.url}: the host {target.host} is not found ({error}). Check the address and the network."
        raise InputError(message) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    refused = [] if allow_private else [address for address in addresses if not is_public(address)]
    if refused:
        raise InputError(
            f"{target.url} leads to {refused[0]}, which is not on the public internet. "
            "masdar does not ask there unless you say --allow-private."
        )
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet, seen through all ways of writing IPv4 in IPv6."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in inside(ip) or [ip])


def inside(ip: IP) -> list[IP]:
    """The IPv4 addresses that an IPv6 address stands for: mapped, 6to4, Teredo, NAT64."""
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    last = [ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)] if any(ip in network for network in EMBEDDED) else []
    return [one for one in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ()), *last) if one is not None]
