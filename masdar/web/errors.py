"""What goes wrong, said alike everywhere: a page for a person, {"error": {"status": …, "message": …}} for a program.

The message of an HTTPException is a key of the desk's words ("errors.foreign"); a MasdarError says for itself what
to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from masdar.errors import InputError, MasdarError, QueryError, StoreError
from masdar.store.accounts import Person
from masdar.web.desk import Answer, Desk, bearer, link, person_of
from masdar.web.language import words_of

ERROR = {
    "description": "What went wrong",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["error"],
                "properties": {
                    "error": {
                        "type": "object",
                        "required": ["status", "message"],
                        "properties": {"status": {"type": "integer"}, "message": {"type": "string"}},
                    }
                },
            }
        }
    },
}
RESPONSES: dict[int | str, dict[str, Any]] = {"4XX": ERROR, "503": ERROR}


def add_handlers(app: FastAPI) -> None:
    """Answer every error in the one form."""
    app.add_exception_handler(HTTPException, on_refusal)
    app.add_exception_handler(RequestValidationError, on_malformed)
    app.add_exception_handler(MasdarError, on_known)
    app.add_exception_handler(Exception, on_bug)


def on_refusal(request: Request, error: Exception) -> Response:
    """What the desk refuses on purpose; who is not signed in is asked to."""
    assert isinstance(error, HTTPException)
    if error.status_code == 401 and not wants_json(request):
        return RedirectResponse(link("sign-in", to=Desk(request.app.state.parts, request).here), 303)
    return answer(request, error.status_code, str(error.detail), error.headers)


def on_malformed(request: Request, error: Exception) -> Response:
    """A value that is not of its form: which one, and what it should be."""
    assert isinstance(error, RequestValidationError)
    told = "; ".join(f"{'.'.join(str(part) for part in one['loc'][1:])}: {one['msg']}" for one in error.errors())
    return answer(request, 422, told)


def on_known(request: Request, error: Exception) -> Response:
    """What masdar raises on purpose: the sender's fault, or the store's."""
    status = 400 if isinstance(error, InputError | QueryError) else 503
    return answer(request, status, str(error))


def on_bug(request: Request, _error: Exception) -> Response:
    """A mistake of the program; the server's log has the traceback."""
    return answer(request, 500, "errors.bug")


def answer(request: Request, status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """The error as a page or as JSON."""
    if wants_json(request):
        english = words_of("en")
        in_english = english(message) if english.has(message) else message
        return Answer({"error": {"status": status, "message": in_english}}, status, dict(headers or {}))
    desk = Desk(request.app.state.parts, request, known(request))
    told = said(desk, status, message)
    if request.headers.get("hx-request") == "true":
        return PlainTextResponse(told, status, dict(headers or {}))
    page = desk.page("error.html", status, code=status, name=HTTPStatus(status).phrase, message=told)
    page.headers.update(headers or {})
    return page


def said(desk: Desk, status: int, message: str) -> str:
    """The message in the language of the page: by its key, by its number, or as it came where it says what to do."""
    found = next((desk.t(key) for key in (message, f"errors.{status}") if desk.t.has(key)), message)
    return found if desk.t.has(message) or status not in (400, 422, 503) else message


def known(request: Request) -> Person | None:
    """Who is there, for the frame of the page; nobody when the store cannot be asked."""
    try:
        return person_of(request, request.app.state.parts)
    except StoreError:
        return None


def wants_json(request: Request) -> bool:
    """Whether a program asks: browsers say that they take HTML."""
    is_data = request.url.path.endswith(".json") or bool(bearer(request))
    return is_data or "text/html" not in request.headers.get("accept", "")
