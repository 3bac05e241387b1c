"""What goes around every request: a browser does nothing but show the answer, and nothing large or foreign comes in."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection

from fastapi import HTTPException
from starlette.datastructures import Headers as Given
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 10 * 1024 * 1024  # bytes of a file; more must go through `masdar ingest`
ROOM = 256 * 1024  # bytes around it, of the form
SAFE = ("GET", "HEAD", "OPTIONS")
# no inline script or style, nothing from elsewhere, nobody may frame it; blob: is the worker of the map
POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer, browsers send Origin: null even to ourselves
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class TooLarge(HTTPException):
    """More was sent than is taken."""

    def __init__(self) -> None:
        super().__init__(413, "errors.too_large")


class Guard:
    """Adds HEADERS to every answer, refuses requests for other hosts and cuts off bodies that are too large.

    Of a page that was reached under a name of somebody else (DNS rebinding), the browser would let that page read us:
    the name must be one of ours.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                given.update(HEADERS)
                if not scope["path"].startswith("/static/"):
                    given["Cache-Control"] = "no-store"
            await send(message)

        if host_of(Given(scope=scope).get("host", "")) not in self.hosts:
            await refuse(sending, 421, "masdar does not answer to this name. Say it with masdar serve --name.")
            return
        if b"%00" in scope.get("raw_path", b"") or b"%00" in scope["query_string"]:
            await refuse(sending, 400, "An address holds no NUL.")  # no database does either
            return
        await self.app(scope, limited(receive), sending)


def limited(receive: Receive) -> Receive:
    """The body of a request, until it is too large."""
    size = 0

    async def receiving() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST + ROOM:
            raise TooLarge
        return message

    return receiving


async def refuse(send: Send, status: int, why: str) -> None:
    """Answer without asking the application, in the form of masdar/web/errors.py."""
    body = json.dumps({"error": {"status": status, "message": why}}).encode()
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": body})


def host_of(host: str) -> str:
    """The name in a Host header: localhost:8000 → localhost, [::1]:8000 → ::1."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") and host.rpartition(":")[2].isdecimal() else host
    return name.strip("[]").lower()


def csrf_token(key: str, nonce: str) -> str:
    """What a form must send back to show that it comes from a page of ours in the same browser."""
    return hmac.new(key.encode(), nonce.encode(), hashlib.sha256).hexdigest()


def is_own(request: Request) -> bool:
    """Whether a request comes from a page of ours, as far as the browser says; programs say nothing."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    return site in ("same-origin", "none") and origin in (None, own)


def is_json(request: Request) -> bool:
    """Whether the body is JSON: a foreign page cannot send that without asking first, which is refused."""
    return request.headers.get("content-type", "").split(";")[0].strip() == "application/json"
