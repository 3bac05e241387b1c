"""What every page works with: the store, the templates, the language and theme of the one who looks.

A page handler takes `desk: At` (of FastAPI's dependencies) and returns `desk.page("name.html", …)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment

from masdar.store import Store
from masdar.store.view import View
from masdar.web.language import FIRST, LANGUAGES, Words, words_of

THEMES = ("auto", "light", "dark")
YEAR = 365 * 24 * 3600  # seconds that language and theme are remembered


@dataclass(frozen=True, slots=True)
class Parts:
    """What the application was made with; one for all requests."""

    store: Store
    templates: Environment
    navigation: tuple[tuple[str, str], ...]  # path, key of its name


@dataclass(frozen=True)
class Desk:
    """One request's way to everything."""

    parts: Parts
    request: Request

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

    def page(self, name: str, status: int = 200, **values: object) -> HTMLResponse:
        """A template filled with values; it also has desk, t, theme and navigation."""
        return HTMLResponse(self.part(name, **values), status)

    def part(self, name: str, **values: object) -> str:
        """The same as text, to be put into something else."""
        return self.parts.templates.get_template(name).render(desk=self, t=self.t, **values)

    def back(self, to: str) -> RedirectResponse:
        """To another page of the desk after a form was sent."""
        return RedirectResponse(local(to), 303)


def desk_of(request: Request) -> Desk:
    """The desk of a request."""
    parts: Parts = request.app.state.parts
    return Desk(parts, request)


At = Annotated[Desk, Depends(desk_of)]


def local(address: str) -> str:
    """An address if it is a path of the desk, else its front page: nobody is sent elsewhere."""
    parts = urlsplit(address)
    is_path = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc
    return address if is_path and "\n" not in address and "\r" not in address else "/"


def link(*parts: str, **query: object) -> str:
    """A path of the desk made of parts, each escaped, with a query of those values that are not None or empty."""
    path = "/" + "/".join(quote(part, safe="") for part in parts)
    pairs = [f"{quote(key)}={quote(str(value), safe='')}" for key, value in query.items() if value not in (None, "")]
    return path + ("?" + "&".join(pairs) if pairs else "")


def remembered(response: RedirectResponse, values: Mapping[str, Any]) -> RedirectResponse:
    """A response that keeps choices in cookies for a year."""
    for name, value in values.items():
        response.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="lax")
    return response
