"""Who may use the desk: accounts, sessions, tokens for programs, and the log of what they write.

Passwords come here as hashes, and of sessions and tokens only a hash is kept: who reads the database can sign in as
nobody.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from masdar.errors import InputError
from masdar.store import Store
from masdar.store.tables import actions, keys, sessions, tokens, users
from masdar.store.view import View
from masdar.store.write import Writer, now

STAY = timedelta(days=14)  # that somebody stays signed in
LONGEST = 60  # letters of a name


class Role(StrEnum):
    """What somebody may do: look; also judge and correct; also add articles and manage accounts."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def may(self, needed: Role) -> bool:
        """Whether this role may do what another one is needed for."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the desk."""

    name: str
    role: Role


def fingerprint(secret: str) -> str:
    """What is kept of a session's or token's secret, which is random and long: a plain hash will do."""
    return hashlib.sha256(secret.encode()).hexdigest()


def log(connection: Connection, who: str, what: str, about: str) -> None:
    """Note something written, in the transaction that writes it."""
    connection.execute(insert(actions).values(at=now(), who=who, what=what, about=about))


def put_user(writer: Writer, person: Person, password: str, by: str) -> None:
    """Add an account, or give an old one another role and password; its sessions and tokens end.

    Raises:
        InputError: the name cannot be one.
    """
    name = person.name
    if not name.strip() or name != name.strip() or len(name) > LONGEST or not name.isprintable():
        raise InputError(f"{name!r} cannot be a name: 1 to {LONGEST} letters, without spaces around them.")
    values = {"role": person.role.value, "password": password, "at": now()}
    new = writer.dialect.insert(users).values(name=name, **values)
    writer.connection.execute(new.on_conflict_do_update(index_elements=["name"], set_=values))
    end(writer.connection, name)
    log(writer.connection, by, "user", f"{name} {person.role.value}")


def remove_user(writer: Writer, name: str, by: str) -> None:
    """Take an account away; what it has written stays under its name."""
    end(writer.connection, name)
    writer.connection.execute(delete(users).where(users.c.name == name))
    log(writer.connection, by, "user", f"{name} removed")


def end(connection: Connection, name: str) -> None:
    """Sign somebody out everywhere and refuse their tokens."""
    connection.execute(delete(sessions).where(sessions.c.who == name))
    connection.execute(delete(tokens).where(tokens.c.who == name))


def all_users(view: View) -> list[Row[Any]]:
    """Names, roles and since when, by name."""
    return view.rows(select(users.c.name, users.c.role, users.c.at).order_by(users.c.name))


def has_users(view: View) -> bool:
    """Whether anybody has an account: then all must sign in."""
    return bool(view.rows(select(users.c.name).limit(1)))


def user(view: View, name: str) -> Row[Any] | None:
    """The account of a name, with the hash of its password."""
    return next(iter(view.rows(select(users).where(users.c.name == name))), None)


def sign_in(writer: Writer, name: str) -> str:
    """Begin a session; the secret that the browser is to keep. Sessions that are over are cleared away."""
    secret, moment = secrets.token_urlsafe(32), datetime.now(UTC)
    until = (moment + STAY).isoformat(timespec="seconds")
    writer.connection.execute(delete(sessions).where(sessions.c.until < moment.isoformat(timespec="seconds")))
    writer.connection.execute(insert(sessions).values(key=fingerprint(secret), who=name, until=until))
    log(writer.connection, name, "sign-in", name)
    return secret


def sign_out(writer: Writer, secret: str) -> None:
    """End a session."""
    writer.connection.execute(delete(sessions).where(sessions.c.key == fingerprint(secret)))


def of_session(view: View, secret: str) -> Person | None:
    """Who is signed in with a secret."""
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    query = select(users.c.name, users.c.role).join(sessions, sessions.c.who == users.c.name)
    found = view.rows(query.where(sessions.c.key == fingerprint(secret), sessions.c.until > moment))
    return Person(found[0].name, Role(found[0].role)) if found else None


def new_token(writer: Writer, who: str, name: str) -> str:
    """A secret with which a program may speak for somebody; it is shown once and kept nowhere."""
    secret = f"masdar_{secrets.token_urlsafe(32)}"
    writer.connection.execute(insert(tokens).values(key=fingerprint(secret), who=who, name=name, at=now()))
    log(writer.connection, who, "token", name)
    return secret


def tokens_of(view: View, who: str) -> list[Row[Any]]:
    """The tokens of somebody, the newest first."""
    return view.rows(select(tokens).where(tokens.c.who == who).order_by(tokens.c.at.desc()))


def revoke(writer: Writer, who: str, key: str) -> None:
    """Refuse a token from now on."""
    writer.connection.execute(delete(tokens).where(tokens.c.who == who, tokens.c.key == key))
    log(writer.connection, who, "token", "revoked")


def of_token(store: Store, secret: str) -> Person | None:
    """Whom a token speaks for; the day of its use is noted."""
    key, day = fingerprint(secret), now()[:10]
    query = select(users.c.name, users.c.role, tokens.c.last).join(tokens, tokens.c.who == users.c.name)
    found = store.view().rows(query.where(tokens.c.key == key))
    if found and found[0].last != day:
        with store.writer() as writer:
            writer.connection.execute(update(tokens).where(tokens.c.key == key).values(last=day))
    return Person(found[0].name, Role(found[0].role)) if found else None


def key(store: Store, name: str) -> str:
    """A secret of this store, made when it is first asked for."""
    query = select(keys.c.value).where(keys.c.name == name)
    if not (found := store.view().rows(query)):
        with store.writer() as writer:
            new = writer.dialect.insert(keys).values(name=name, value=secrets.token_hex(32))
            writer.connection.execute(new.on_conflict_do_nothing())
        found = store.view().rows(query)
    return str(found[0].value)


def logged(view: View, limit: int, before: int | None = None) -> list[Row[Any]]:
    """What was written through the desk, the last first; from before a number on."""
    query = select(actions).order_by(actions.c.number.desc()).limit(limit)
    return view.rows(query if before is None else query.where(actions.c.number < before))


def count_users(view: View) -> int:
    """How many accounts there are."""
    return int(view.rows(select(func.count()).select_from(users))[0][0])
