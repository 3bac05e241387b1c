"""Accounts: one's own password and tokens, everybody's roles, the log of what was written."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response

from masdar.errors import InputError
from masdar.store import accounts
from masdar.store.accounts import Person, Role
from masdar.web.desk import At, Desk, Sent, text_of
from masdar.web.passwords import hashed, is_right

router = APIRouter(include_in_schema=False)
PAGE = 100  # lines of the log


@router.get("/account")
def own(desk: At) -> Response:
    """One's own account."""
    return account_page(desk)


def account_page(desk: Desk, status: int = 200, token: str | None = None, problem: str | None = None) -> Response:
    """The page, with a new token or what was wrong."""
    tokens = [] if desk.is_alone else accounts.tokens_of(desk.view, desk.who)
    return desk.page("account.html", status, tokens=tokens, token=token, problem=problem)


def require_account(desk: Desk) -> None:
    """Refuse what makes sense only for somebody with an account.

    Raises:
        HTTPException: 409.
    """
    if desk.is_alone:
        raise HTTPException(409, "errors.no_account")


@router.post("/account/password")
def change_password(desk: At, sent: Sent) -> Response:
    """Take a new password; every session ends."""
    require_account(desk)
    account = accounts.user(desk.view, desk.who)
    if account is None or not is_right(text_of(sent, "old"), account.password):
        return account_page(desk, 403, problem=desk.t("signing.wrong"))
    kept = hashed(text_of(sent, "new"))
    with desk.store.writer() as writer:
        accounts.put_user(writer, Person(desk.who, Role(account.role)), kept, desk.who)
    return desk.back("/sign-in")


@router.post("/account/tokens")
def make_token(desk: At, sent: Sent) -> Response:
    """A token for a program, shown once."""
    require_account(desk)
    name = text_of(sent, "name").strip()[:100] or "-"
    with desk.store.writer() as writer:
        token = accounts.new_token(writer, desk.who, name)
    return account_page(desk, token=token)


@router.post("/account/tokens/revoke")
def revoke_token(desk: At, sent: Sent) -> Response:
    """Refuse a token from now on."""
    with desk.store.writer() as writer:
        accounts.revoke(writer, desk.who, text_of(sent, "key"))
    return desk.back("/account")


@router.get("/users")
def users(desk: At) -> Response:
    """Everybody's accounts."""
    desk.need(Role.ADMIN)
    return desk.page("users.html", users=accounts.all_users(desk.view), roles=list(Role))


@router.post("/users")
def put_user(desk: At, sent: Sent) -> Response:
    """Add an account or change one."""
    desk.need(Role.ADMIN)
    try:
        person = Person(text_of(sent, "name").strip(), Role(text_of(sent, "role")))
    except ValueError:
        raise InputError("role is reader, reviewer or admin.") from None
    if desk.is_alone and person.role is not Role.ADMIN:
        raise HTTPException(409, "errors.first_admin")
    kept = hashed(text_of(sent, "password"))
    with desk.store.writer() as writer:
        accounts.put_user(writer, person, kept, desk.who)
    return desk.back("/users")


@router.post("/users/remove")
def remove_user(desk: At, sent: Sent) -> Response:
    """Take an account away, but not one's own."""
    desk.need(Role.ADMIN)
    name = text_of(sent, "name")
    if name == desk.who:
        raise HTTPException(409, "errors.own_account")
    with desk.store.writer() as writer:
        accounts.remove_user(writer, name, desk.who)
    return desk.back("/users")


@router.get("/log")
def log(desk: At, before: Annotated[int | None, Query(ge=1, le=2**31)] = None) -> Response:
    """What was written through the desk, the last first."""
    desk.need(Role.ADMIN)
    found = accounts.logged(desk.view, PAGE + 1, before)
    return desk.page("log.html", actions=found[:PAGE], has_more=len(found) > PAGE)
