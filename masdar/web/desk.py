"""What every page works with: the store, who is there, the templates, the language and theme of the one who looks.

A page handler takes `desk: At` (of FastAPI's dependencies) and returns `desk.page("name.html", …)`. `At` lets in only
those who may look, and takes nothing sent by a foreign page; `Sent` is what a form sent.
"""

from __future__ import annotations

import hmac
import json
import secrets
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote, urlsplit

from fastapi import Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from jinja2 import Environment
from starlette.datastructures import FormData

from masdar.errors import InputError
from masdar.store import Store
from masdar.store.accounts import Person, Role, has_users, key, log, of_session, of_token
from masdar.store.listing import rows_of
from masdar.store.view import View
from masdar.store.write import Writer
from masdar.web.language import FIRST, LANGUAGES, Words, words_of
from masdar.web.safety import LARGEST, SAFE, csrf_token, is_json, is_own

if TYPE_CHECKING:
    from masdar.store.search import Vectors
    from masdar.web.jobs import Jobs
    from masdar.web.reading import Reading

THEMES = ("auto", "light", "dark")
COUNTED = ("articles", "quotations", "events", "entities", "reviews")
BRIEF = 60.0  # seconds for which counts are kept
FRESH = 300.0  # seconds for which the vectors of a store are kept
YEAR = 365 * 24 * 3600  # seconds that language and theme are remembered
BROWSER, SESSION = "browser", "session"  # cookies
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(slots=True)
class Counts:
    """How much is in the store, counted again after a minute: counting takes long where there is much."""

    counted: dict[str, int] = field(default_factory=dict)
    at: float = 0.0

    def of(self, view: View) -> dict[str, int]:
        """The rows of each table that people ask for."""
        if not self.counted or time.monotonic() - self.at > BRIEF:
            self.counted, self.at = rows_of(view, COUNTED), time.monotonic()
        return self.counted


@dataclass(slots=True)
class Meanings:
    """The vectors of all articles, read again after some minutes."""

    loaded: Vectors | None = None
    at: float = 0.0

    def of(self, view: View) -> Vectors:
        """Those of a store.

        Raises:
            QueryError: it has none.
        """
        from masdar.store.search import Vectors

        if self.loaded is None or time.monotonic() - self.at > FRESH:
            self.loaded, self.at = Vectors.load(view), time.monotonic()
        return self.loaded


@dataclass(frozen=True)
class Parts:
    """What the application was made with; one for all requests."""

    store: Store
    templates: Environment
    navigation: tuple[tuple[str, str], ...]  # path, key of its name
    reading: Reading
    jobs: Jobs
    alone: Person  # who is at the desk while there are no accounts
    tries: dict[str, list[float]] = field(default_factory=dict)  # of signing in, by name
    vectors: Meanings = field(default_factory=Meanings)
    counts: Counts = field(default_factory=Counts)

    @cached_property
    def csrf_key(self) -> str:
        """Signs the forms of this store."""
        return key(self.store, "csrf")


NO_NUL = r"^[^\x00]*$"  # the pattern of texts that a database takes


class Page(HTMLResponse):
    """HTML; what is no character in UTF-8 (half a surrogate pair) becomes a question mark."""

    def render(self, content: str) -> bytes:
        """The bytes to be sent."""
        return content.encode("utf-8", "replace")


class Answer(JSONResponse):
    """JSON in UTF-8, with the same care."""

    def render(self, content: object) -> bytes:
        """The bytes to be sent."""
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


@dataclass(frozen=True)
class Desk:
    """One request's way to everything."""

    parts: Parts
    request: Request
    person: Person | None = None

    @property
    def store(self) -> Store:
        """Where the records are, to write."""
        return self.parts.store

    @cached_property
    def view(self) -> View:
        """Where the records are, to look."""
        return self.parts.store.view()

    @cached_property
    def t(self) -> Words:
        """The words of the language that was chosen."""
        chosen = self.request.cookies.get("language", FIRST)
        return words_of(chosen if chosen in LANGUAGES else FIRST)

    @property
    def theme(self) -> str:
        """auto, light or dark."""
        chosen = self.request.cookies.get("theme", THEMES[0])
        return chosen if chosen in THEMES else THEMES[0]

    @property
    def here(self) -> str:
        """The path and query of this page, to come back to."""
        query = self.request.url.query
        return self.request.url.path + (f"?{query}" if query else "")

    @property
    def who(self) -> str:
        """The name that what is written here goes under."""
        return self.person.name if self.person else ""

    @property
    def is_alone(self) -> bool:
        """Whether there are no accounts: the one at this computer may do everything."""
        return self.person is self.parts.alone

    def may(self, role: str) -> bool:
        """Whether the one who looks may do what a role is needed for."""
        return self.person is not None and self.person.role.may(Role(role))

    def need(self, role: Role) -> None:
        """Go on only with a role.

        Raises:
            HTTPException: 403.
        """
        if not self.may(role):
            raise HTTPException(403, f"errors.need_{role.value}")

    @contextmanager
    def writing(self, what: str, about: str) -> Iterator[Writer]:
        """A transaction; what it writes is logged with it."""
        with self.store.writer() as writer:
            yield writer
            log(writer.connection, self.who, what, about)

    @cached_property
    def nonce(self) -> str:
        """What tells this browser from others."""
        return self.request.cookies.get(BROWSER) or secrets.token_urlsafe(16)

    @property
    def csrf(self) -> str:
        """What forms of this page send back."""
        return csrf_token(self.parts.csrf_key, self.nonce)

    def page(self, template: str, status_code: int = 200, /, **values: object) -> Page:
        """A template filled with values; it also has desk, t, theme and navigation."""
        answer = Page(self.part(template, **values), status_code)
        if BROWSER not in self.request.cookies:
            self.keep(answer, BROWSER, self.nonce, samesite="strict")
        return answer

    def part(self, template: str, /, **values: object) -> str:
        """The same as text, to be put into something else."""
        return self.parts.templates.get_template(template).render(desk=self, t=self.t, **values)

    def back(self, to: str) -> RedirectResponse:
        """To another page of the desk after a form was sent."""
        return RedirectResponse(local(to), 303)

    def keep(self, answer: HTMLResponse | RedirectResponse, name: str, value: str, **more: Any) -> None:  # noqa: ANN401
        """Set a cookie that no script can read."""
        is_https = self.request.url.scheme == "https"
        answer.set_cookie(name, value, max_age=YEAR, httponly=True, secure=is_https, **more)


async def sent(request: Request) -> AsyncIterator[FormData]:
    """What a form sent, its files closed in the end; nothing for anything else.

    Raises:
        HTTPException: 400, it is no form.
    """
    if request.method in SAFE or request.headers.get("content-type", "").split(";")[0].strip() not in FORMS:
        yield FormData()
        return
    async with request.form(max_files=200, max_part_size=LARGEST) as form:
        yield form


Sent = Annotated[FormData, Depends(sent)]


def open_desk(request: Request, form: Sent) -> Desk:
    """The desk of a request, for pages that anybody may see.

    Raises:
        HTTPException: 403, a foreign page sent this.
    """
    parts: Parts = request.app.state.parts
    secret = bearer(request)
    person = of_token(parts.store, secret) if secret else person_of(request, parts)
    desk = Desk(parts, request, person)
    if request.method not in SAFE and not secret:
        require_own(desk, form)
    return desk


def desk_of(request: Request, desk: Annotated[Desk, Depends(open_desk)]) -> Desk:
    """The desk of a request of somebody who may look.

    Raises:
        HTTPException: 401.
    """
    if desk.person is None:
        raise HTTPException(401, "errors.bad_token" if bearer(request) else "errors.sign_in")
    return desk


Open = Annotated[Desk, Depends(open_desk)]
At = Annotated[Desk, Depends(desk_of)]


def bearer(request: Request) -> str:
    """The token that a program sends."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def person_of(request: Request, parts: Parts) -> Person | None:
    """Who is signed in; without any account, the one who sits there."""
    secret = request.cookies.get(SESSION)
    view = parts.store.view()
    person = of_session(view, secret) if secret else None
    return person or (None if has_users(view) else parts.alone)


def require_own(desk: Desk, form: Mapping[str, Any]) -> None:
    """Refuse what a foreign page made a browser send.

    Raises:
        HTTPException: 403.
    """
    request = desk.request
    given = str(form.get("csrf") or request.headers.get("x-csrf-token", ""))
    is_known = BROWSER in request.cookies and hmac.compare_digest(given.encode(), desk.csrf.encode())
    if not is_own(request) or not (is_known or is_json(request)):
        raise HTTPException(403, "errors.foreign")


def text_of(form: FormData, name: str, default: str = "") -> str:
    """A field of a form.

    Raises:
        InputError: it is a file.
    """
    value = form.get(name, default)
    if not isinstance(value, str):
        raise InputError(f"{name} must be text, not a file.")
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}")


def local(address: str) -> str:
    """An address if it is a path of the desk, else its front page: nobody is sent elsewhere."""
    is_path = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if is_path and not urlsplit(address).netloc else "/"


def link(*parts: str, **query: object) -> str:
    """A path of the desk made of parts, each escaped, with a query of those values that are not None or empty."""
    path = "/" + "/".join(quote(part, safe="") for part in parts)
    pairs = [f"{quote(key)}={quote(str(value), safe='')}" for key, value in query.items() if value not in (None, "")]
    return path + ("?" + "&".join(pairs) if pairs else "")
