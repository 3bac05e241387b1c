"""Signing in and out."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from masdar.store.accounts import STAY, sign_in, sign_out, user
from masdar.web.desk import SESSION, At, Open, Sent, text_of
from masdar.web.passwords import is_right, missed, must_wait

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
def form(desk: Open, to: str = "/") -> Response:
    """Ask for a name and a password."""
    if desk.person is not None:
        return desk.back(to)
    return desk.page("sign-in.html", to=to, problem=None)


@router.post("/sign-in")
def enter(desk: Open, sent: Sent) -> Response:
    """Begin a session, if the password is right."""
    name, password, to = (text_of(sent, field) for field in ("name", "password", "to"))
    tries = desk.parts.tries
    if must_wait(tries, name):
        return desk.page("sign-in.html", 429, to=to, problem="signing.wait")
    account = user(desk.view, name)
    if not is_right(password, account.password if account else None):
        missed(tries, name)
        return desk.page("sign-in.html", 401, to=to, problem="signing.wrong")
    tries.pop(name, None)
    with desk.store.writer() as writer:
        secret = sign_in(writer, name)
    answer = desk.back(to)
    is_https = desk.request.url.scheme == "https"
    age = int(STAY.total_seconds())
    answer.set_cookie(SESSION, secret, max_age=age, httponly=True, secure=is_https, samesite="lax")
    return answer


@router.post("/sign-out")
def leave(desk: At) -> RedirectResponse:
    """End the session."""
    with desk.store.writer() as writer:
        sign_out(writer, desk.request.cookies.get(SESSION, ""))
    answer = desk.back("/sign-in")
    answer.delete_cookie(SESSION)
    return answer
