"""Ask for pages on the web, politely and within limits.

Every hop is checked (address, robots.txt), redirects are few, a host is asked no more often than it wishes, and one
that is busy is asked again as late as it says. What comes back is never executed.
"""

from __future__ import annotations

import errno
import http.client
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urljoin

from masdar.errors import InputError
from masdar.sources.addresses import Target, resolve, to_target
from masdar.sources.connection import Answer, ask
from masdar.sources.memory import State
from masdar.sources.robots import Robots, read_robots

MOVED = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 503})
ELSEWHERE = frozenset({errno.ECONNREFUSED, errno.ENETUNREACH, errno.EHOSTUNREACH})  # another address may do
UNCHANGED, FOUND = 304, 200
# kinds of content that can hold articles; what has no kind is told by its first bytes
KINDS = frozenset(
    {"", "application/json", "application/jsonl", "application/ndjson", "application/x-ndjson", "text/plain"}
)
MARKUP = ("html", "xml")  # text/html, application/rss+xml, application/xhtml+xml ...


class Fetched(NamedTuple):
    """What an address gave: the bytes, their kind and charset as the server says, where they were found in the end.

    `state` is to be given back the next time. Where `is_unchanged`, nothing is new since then, and there are no bytes.
    """

    body: bytes
    content_type: str
    charset: str | None
    url: str
    state: State
    is_unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """How much asking may cost, in bytes, seconds and times."""

    size: int = 10_000_000
    seconds: float = 30.0
    redirects: int = 5
    delay: float = 1.0  # between two requests to a host
    tries: int = 3
    patience: float = 60.0  # the longest that a busy host is waited for


@dataclass(slots=True)
class Fetcher:
    """Asks for pages, and knows for each host its rules and when it was last asked."""

    allow_private: bool = False
    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    robots: dict[str, Robots] = field(default_factory=dict)
    asked: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str, state: State | None = None) -> Fetched:
        """What an address gives.

        Args:
            state: that of the last time, so that what has not changed is not sent again.

        Raises:
            InputError: it cannot be had, or is nothing that holds articles; the message says why.
        """
        state = state or {}
        headers = {
            name: str(state[key])
            for name, key in (("If-None-Match", "etag"), ("If-Modified-Since", "modified"))
            if state.get(key)
        }
        target, answer = self.follow(to_target(url), headers, is_checked=True)
        if answer.status == UNCHANGED and headers:
            return Fetched(b"", "", None, target.url, state, is_unchanged=True)
        if answer.status != FOUND:
            raise InputError(f"{url} answered {answer.status} {reason(answer.status)}. {advice(answer.status)}")
        content_type, charset = kind_of(answer.headers.get("content-type", ""))
        if content_type not in KINDS and not content_type.endswith(MARKUP):
            raise InputError(f"{url} is {content_type}. masdar reads pages, feeds, plain text and JSON from the web.")
        known = {"etag": answer.headers.get("etag"), "modified": answer.headers.get("last-modified")}
        return Fetched(
            answer.body, content_type, charset, target.url, {key: value for key, value in known.items() if value}
        )

    def follow(self, target: Target, headers: dict[str, str], *, is_checked: bool) -> tuple[Target, Answer]:
        """The answer at the end of the redirects, and where that is."""
        start = target
        for _ in range(self.limits.redirects + 1):
            if is_checked:
                self.check_robots(target)
            answer = self.ask_patiently(target, headers)
            location = answer.headers.get("location")
            if answer.status not in MOVED or not location:
                return target, answer
            target = to_target(urljoin(target.url, location))
        raise InputError(f"{start.url} redirects more than {self.limits.redirects} times. Give the address it ends at.")

    def check_robots(self, target: Target) -> None:
        """Raise InputError if the site does not want programs there."""
        if target.origin not in self.robots:
            resolve(target, allow_private=self.allow_private)  # what is wrong with it is not said of its robots.txt
            self.robots[target.origin] = self.ask_robots(target)
        rules = self.robots[target.origin]
        if rules.error:
            raise InputError(f"{target.url} is not asked for, since the rules of its site cannot be had: {rules.error}")
        if not rules.allows(target.path):
            raise InputError(f"{target.url} is not for programs: {target.origin}/robots.txt forbids it. Leave it out.")

    def ask_robots(self, target: Target) -> Robots:
        """The rules of a site: none where there is no robots.txt, an error while they cannot be had."""
        where = target._replace(path="/robots.txt")
        try:
            _, answer = self.follow(where, {}, is_checked=False)
        except InputError as error:
            return Robots(error=str(error))
        if answer.status in BUSY or answer.status >= http.client.INTERNAL_SERVER_ERROR:
            return Robots(error=f"{where.url} answered {answer.status}. Try again later.")
        return read_robots(answer.body.decode("utf-8", "replace")) if answer.status == FOUND else Robots()

    def ask_patiently(self, target: Target, headers: dict[str, str]) -> Answer:
        """One answer; a host that is busy or that hangs up is asked again, a few times."""
        for turn in range(1, self.limits.tries + 1):
            is_last = turn == self.limits.tries
            try:
                answer = self.ask_once(target, headers)
            except (OSError, http.client.HTTPException) as error:
                if is_last or isinstance(error, TimeoutError | ssl.SSLError):
                    raise InputError(f"{target.url} does not answer ({said_of(error)}). Try again later.") from error
                wait = float(2**turn)
            else:
                if answer.status not in BUSY or is_last:
                    return answer
                wait = wanted_wait(answer, default=float(2**turn))
            if wait > self.limits.patience:
                raise InputError(f"{target.url} is busy and asks to wait {wait:.0f} seconds. Try again then.")
            self.sleep(wait)
        raise AssertionError  # the last turn returns or raises

    def ask_once(self, target: Target, headers: dict[str, str]) -> Answer:
        """One answer from the first address of a host that takes the connection."""
        addresses = resolve(target, allow_private=self.allow_private)
        self.wait_turn(target)
        for address in addresses[:-1]:
            try:
                return ask(target, address, headers, self.limits)
            except OSError as error:
                if error.errno not in ELSEWHERE:
                    raise
        return ask(target, addresses[-1], headers, self.limits)

    def wait_turn(self, target: Target) -> None:
        """Wait until the host may be asked again."""
        delay = max(self.limits.delay, self.robots.get(target.origin, Robots()).delay)
        last = self.asked.get(target.host)
        if last is not None and (left := last + delay - self.clock()) > 0:
            self.sleep(left)
        self.asked[target.host] = self.clock()


def kind_of(content_type: str) -> tuple[str, str | None]:
    """text/html; charset=windows-1256 → its two parts."""
    kind, *parameters = (part.strip() for part in content_type.split(";"))
    charsets = (part.partition("=")[2].strip("\"' ") for part in parameters if part.lower().startswith("charset="))
    return kind.lower(), next(charsets, None) or None


def wanted_wait(answer: Answer, default: float) -> float:
    """The seconds that Retry-After asks for, as a number or as a date."""
    wanted = answer.headers.get("retry-after", "").strip()
    if wanted.isascii() and wanted.isdigit():
        return float(wanted)
    try:
        return max(0.0, parsedate_to_datetime(wanted).timestamp() - time.time())
    except (ValueError, TypeError, IndexError, OverflowError):
        return default


def said_of(error: Exception) -> str:
    """What went wrong, in words."""
    return str(error) or type(error).__name__


def reason(status: int) -> str:
    """404 → Not Found."""
    return http.client.responses.get(status, "")


def advice(status: int) -> str:
    """What to do about a status."""
    if status in (404, 410):
        return "Check the address; the page may be gone."
    if status in (401, 402, 403, 451):
        return "The site does not give it to programs."
    return "Try again later."
