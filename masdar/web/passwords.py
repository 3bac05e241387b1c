"""Passwords: hashed by argon2, the defaults of its library; tries are slowed down."""

from __future__ import annotations

import time
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from masdar.errors import InputError

SHORTEST = 10  # letters
LONGEST = 500
TRIES, WINDOW = 5, 60.0  # wrong passwords of a name within so many seconds, then it must wait


def hashed(password: str) -> str:
    """What is kept of a password.

    Raises:
        InputError: it is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(f"A password has {SHORTEST} to {LONGEST} letters; a few words are easy to remember.")
    return PasswordHasher().hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether it is the password; without one that is kept it takes as long to say no."""
    try:
        PasswordHasher().verify(kept or nobodys(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return kept is not None


@cache
def nobodys() -> str:
    """A hash to compare with when there is no such user."""
    return PasswordHasher().hash("nobody has this password")


def must_wait(tries: dict[str, list[float]], name: str) -> bool:
    """Whether a name has been tried too often in the last minute."""
    recent = [at for at in tries.get(name, []) if at > time.monotonic() - WINDOW]
    if recent:
        tries[name] = recent
    else:
        tries.pop(name, None)
    return len(recent) >= TRIES


def missed(tries: dict[str, list[float]], name: str) -> None:
    """Note a wrong password."""
    tries.setdefault(name, []).append(time.monotonic())
