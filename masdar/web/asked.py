"""What the one who looks asks of a picture, from the query of the address: read, checked, with names made keys."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated, Literal

from fastapi import Depends, Query

from masdar.errors import InputError
from masdar.plover import FACTS, TYPES
from masdar.store.aggregates import EVENT, Asked, newest_day
from masdar.store.people import Identities, Wanted, identities, is_actor, known, listed
from masdar.store.tallies import COUNTRY, QUOTATION
from masdar.store.view import View
from masdar.types import Stance
from masdar.web.desk import At, Desk, link
from masdar.web.labels import code_of, names

DATE = r"^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$"
SPOT = re.compile(r"(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)")
QUADS = ("1", "2", "3", "4")
WINDOW = timedelta(days=90)  # before the newest article, that is shown when nobody asks for another time
NOBODY = "?"  # a key that no actor has: whoever was asked for is not there
LARGEST_NUMBER = 2**31 - 1  # of an article, or of articles
LONGEST = 300  # letters of a name or key
Text = Annotated[str, Query(max_length=LONGEST)]


@dataclass(frozen=True)
class Question:
    """The question as it was put; `parts` are what an address of the same question holds."""

    desk: Desk
    layer: str
    since: str
    until: str
    type: str
    told: str
    actor: str
    recipient: str
    level: str
    spot: str = ""
    who: Identities = field(repr=False, kw_only=True)

    @cached_property
    def asked(self) -> Asked:
        """What is counted."""
        return Asked(
            self.layer, self.since, self.until, self.types, "" if self.layer == QUOTATION else self.told,
            self.keys(self.actor), self.keys(self.recipient), spot_of(self.spot),
        )  # fmt: skip

    @property
    def types(self) -> tuple[str, ...]:
        """The types or stances: one, or those of a quad class."""
        if self.type in QUADS and self.layer == EVENT:
            return tuple(type for type in TYPES if FACTS[type].quad == int(self.type))
        possible: Iterable[str] = TYPES if self.layer == EVENT else tuple(Stance)
        return (self.type,) if self.type in possible else ()

    def keys(self, given: str) -> tuple[str, ...]:
        """All keys of the actor that was named."""
        key = self.found[given]
        return self.who.keys(key) if key else ()

    @cached_property
    def found(self) -> dict[str, str]:
        """The key of each name that was given."""
        return {given: self.key_of(given.strip()) for given in (self.actor, self.recipient)}

    def key_of(self, given: str) -> str:
        """A key as it is; else the actor or country of this name that most is written about."""
        if not given or is_key(self.desk.view, given):
            return given
        if self.level == COUNTRY:
            code = code_of(given)
            return COUNTRY + code if code else NOBODY
        best = listed(self.desk.view, Wanted(given), 1)
        return self.who.of(best[0][0]) if best else NOBODY

    @cached_property
    def shown(self) -> dict[str, str]:
        """What the fields of the form hold: the name of who was found, else what was given."""
        called = called_by(self.desk, self.found.values(), self.who)
        return {given: called.get(key, given) if key != NOBODY else given for given, key in self.found.items()}

    @property
    def missing(self) -> list[str]:
        """Names that nobody has."""
        return [given for given, key in self.found.items() if key == NOBODY]

    @property
    def parts(self) -> dict[str, str]:
        """The question as the query of an address."""
        level = "countries" if self.level == COUNTRY else ""
        layer = self.layer if self.layer != EVENT else ""
        given = {"layer": layer, "since": self.since, "until": self.until, "type": self.type, "told": self.told}
        keys = {"actor": self.found[self.actor], "recipient": self.found[self.recipient]}
        return {name: value for name, value in (given | keys | {"level": level}).items() if value}

    def address(self, *path: str, **changed: str) -> str:
        """The address of a page or data about the same question."""
        return link(*path, **(self.parts | changed))


def is_key(view: View, given: str) -> bool:
    """Whether it is the key of an actor or a country, not a name."""
    return given == NOBODY or given.startswith(COUNTRY) or "#" in given or is_actor(view, given)


def called_by(desk: Desk, keys: Iterable[str], who: Identities) -> dict[str, str]:
    """What the page calls actors and countries."""
    codes = names(desk.t.language)
    found = known(desk.view, {key for key in keys if key and key != NOBODY}, who)
    return {
        key: codes.get(actor.name, actor.name)
        if key.startswith(COUNTRY)
        else name_in(desk, actor.name, actor.name_latin)
        for key, actor in found.items()
    }


def name_in(desk: Desk, name: str, latin: str | None) -> str:
    """A name in the language of the page, where it is known in it."""
    return latin if latin and desk.t.language == "en" else name


def number_in(number: str, after: str) -> int:
    """A number that the end of a page holds.

    Raises:
        InputError: it is none, or larger than any in a store.
    """
    if not (number.isascii() and number.isdecimal()) or int(number) > LARGEST_NUMBER:
        raise InputError(f"after: {after!r} is no end of a page. Take it from `next` of the page before.")
    return int(number)


def spot_of(given: str) -> tuple[float, float] | None:
    """A point of the map.

    Raises:
        InputError: it is none.
    """
    if not given:
        return None
    found = SPOT.fullmatch(given)
    if found is None:
        raise InputError(f"spot: {given!r} is no point. Write latitude,longitude in degrees: 33.51,36.29.")
    return float(found[1]), float(found[2])


def question(  # noqa: PLR0913
    desk: At,
    layer: Literal["event", "quotation"] = "event",
    since: Annotated[str | None, Query(pattern=DATE)] = None,
    until: Annotated[str | None, Query(pattern=DATE)] = None,
    type: Text = "",
    told: Literal["", "claimed", "reported"] = "",
    actor: Text = "",
    recipient: Text = "",
    level: Literal["", "actors", "countries"] = "",
    spot: Text = "",
) -> Question:
    """What is asked; without a time, the last months up to the newest article."""
    first, last = usual(desk.view) if since is None and until is None else ("", "")
    return Question(
        desk, layer, since or first, until or last, type, told, actor, recipient,
        COUNTRY if level == "countries" else "", spot, who=identities(desk.view),
    )  # fmt: skip


Put = Annotated[Question, Depends(question)]


def usual(view: View) -> tuple[str, str]:
    """The time that is shown when nobody asks for another."""
    newest = newest_day(view)
    try:
        return (date.fromisoformat(newest) - WINDOW).isoformat(), newest
    except ValueError:
        return "", ""
