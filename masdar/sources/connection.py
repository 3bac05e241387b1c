"""One request over one connection: to an address that was checked, within a time and a size, nothing kept open."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from typing import NamedTuple, Protocol

from masdar import __version__
from masdar.errors import InputError
from masdar.sources.addresses import Target
from masdar.sources.codings import decoded

AGENT = f"masdar/{__version__} (reads news for research; asks rarely, minds robots.txt)"
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"
CHUNK = 65536  # bytes


class Answer(NamedTuple):
    """What came back: the status, the headers by small name, and the body without its compression."""

    status: int
    headers: dict[str, str]
    body: bytes


class Bounds(Protocol):
    """How much a request may cost."""

    @property
    def size(self) -> int:
        """Bytes of the body, as sent and as decompressed."""

    @property
    def seconds(self) -> float:
        """From the first packet to the last."""


class Line:
    """A socket on which every wait ends at one point in time, however slowly the other side drips."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self.sock, self.deadline = sock, deadline

    def hurry(self) -> None:
        """Let the next wait last until the deadline and no longer."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("it took too long")
        self.sock.settimeout(left)

    def sendall(self, data: bytes) -> None:
        """Send all of it in time."""
        self.hurry()
        self.sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        """What is received, as a file."""
        return io.BufferedReader(Received(self))

    def close(self) -> None:
        """Nothing yet: http.client lets go of a connection before its answer is read. `ask` hangs up."""


class Received(io.RawIOBase):
    """The bytes that come over a line."""

    def __init__(self, line: Line) -> None:
        self.line = line

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Wait for bytes until the deadline."""
        self.line.hurry()
        return self.line.sock.recv_into(buffer)


class Connection(http.client.HTTPConnection):
    """A connection to a checked address instead of a name."""

    def __init__(self, target: Target, address: str, deadline: float) -> None:
        super().__init__(target.host, target.port)
        self.target, self.address, self.deadline = target, address, deadline
        self.line: Line | None = None

    def connect(self) -> None:
        """Connect, and shake hands where the address is https: the certificate must be the host's."""
        left = max(0.001, self.deadline - time.monotonic())
        sock = socket.create_connection((self.address, self.target.port), timeout=left)
        if self.target.scheme == "https":
            sock.settimeout(max(0.001, self.deadline - time.monotonic()))
            try:
                sock = tls().wrap_socket(sock, server_hostname=self.target.host)
            except BaseException:
                sock.close()
                raise
        self.sock = self.line = Line(sock, self.deadline)

    def hang_up(self) -> None:
        """Close the line, whoever still reads from it."""
        self.close()
        if self.line:
            self.line.sock.close()


def tls() -> ssl.SSLContext:
    """Certificates are checked, against those of the system and of certifi where it is installed."""
    context = ssl.create_default_context()
    try:
        import certifi
    except ImportError:
        return context
    context.load_verify_locations(certifi.where())
    return context


def ask(target: Target, address: str, headers: dict[str, str], bounds: Bounds) -> Answer:
    """Ask for a page and wait for the whole answer.

    Raises:
        InputError: it is too long, or compressed in a way that is not known.
        OSError, http.client.HTTPException: the connection failed or took too long.
    """
    deadline = time.monotonic() + bounds.seconds
    connection = Connection(target, address, deadline)
    try:
        connection.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
        sent = {"Host": target.origin.partition("//")[2], "User-Agent": AGENT, "Accept": ACCEPT, **headers}
        for name, value in {**sent, "Accept-Encoding": "gzip, deflate", "Connection": "close"}.items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        received = {name.lower(): value for name, value in response.getheaders()}
        body = read_body(response, target, bounds.size)
        return Answer(
            response.status, received, decoded(body, received.get("content-encoding"), bounds.size + 1, target.url)
        )
    finally:
        connection.hang_up()


def read_body(response: http.client.HTTPResponse, target: Target, size: int) -> bytes:
    """The body, if it is no longer than allowed.

    Raises:
        InputError: it is longer.
    """
    body = bytearray()
    while chunk := response.read1(CHUNK):
        body += chunk
        if len(body) > size:
            raise InputError(f"{target.url} has more than {size:,} bytes. masdar reads shorter pages.")
    if response.length:
        raise http.client.IncompleteRead(bytes(body), response.length)
    return bytes(body)
