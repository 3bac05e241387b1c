"""A search as an object: conditions that must all hold, each an alternative of several, and some that must not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from masdar.errors import QueryError
from masdar.plover import CONTEXTS, MODES, TYPES
from masdar.store.search.codes import code_of, country_codes
from masdar.store.search.terms import ARTICLES, EVENTS, QUOTATIONS
from masdar.types import QuotationKind, Stance, Status

KINDS = (ARTICLES, QUOTATIONS, EVENTS)
WORD, PHRASE, PREFIX = "word", "phrase", "prefix"
# fields of names: each word of the value must be in the name; with = the value is the whole name, or a key
ACTORS = ("speaker", "addressee", "via", "actor", "recipient", "entity")
NAMES = (*ACTORS, "place", "source")
CODES: Mapping[str, tuple[str, ...]] = {
    "type": TYPES,
    "mode": tuple(dict.fromkeys(mode for _, mode in MODES)),
    "context": CONTEXTS,
    "status": tuple(Status),
    "stance": tuple(Stance),
    "kind": tuple(QuotationKind),
    "claimed": ("yes", "no"),
}
COUNTRY, SINCE, UNTIL, ON, CONFIDENCE, BOX = "country", "from", "to", "on", "conf", "box"
FIELDS = (*NAMES, *CODES, COUNTRY, SINCE, UNTIL, ON, CONFIDENCE, BOX)
# what is looked for when the query does not say: events if it has one of these, else quotations if one of those
OF_EVENTS = frozenset({"type", "mode", "context", "status", "claimed", "actor", "recipient"})
OF_QUOTATIONS = frozenset({"speaker", "addressee", "via", "stance", "kind"})
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
COUNTRIES = re.compile(r"[A-Z]{3}|[A-Z]{3}[>-][A-Z]{3}|[A-Z]{3}>|>[A-Z]{3}")
LIMIT = re.compile(r"(>=|<=|>|<)?(0(?:\.\d+)?|1(?:\.0+)?|\.\d+)")


class Box(NamedTuple):
    """A part of the globe, in degrees; one across the date line has its west greater than its east."""

    south: float
    west: float
    north: float
    east: float


class Limit(NamedTuple):
    """How sure the machine must have been: > 0.5."""

    operator: str
    value: float


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that is asked: a word, or the value of a field. `at` is where the word or value was typed, from 1."""

    field: str
    value: str
    is_whole: bool = False
    at: int = 0

    @property
    def place(self) -> str:
        """Where it stands, for an error."""
        return f"{self.value!r} at letter {self.at}" if self.at else f"{self.field} {self.value!r}"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: of each group of `every` one condition must hold, and none of `none`."""

    every: tuple[tuple[Condition, ...], ...] = ()
    none: tuple[Condition, ...] = ()
    since: str | None = None
    until: str | None = None
    limits: tuple[Limit, ...] = ()
    box: Box | None = None

    @classmethod
    def where(cls, **values: str) -> Query:
        """A query from code: Query.where(word="غارة", type="ASSAULT", since="2018-04", country="ISR>SYR").

        `since` and `until` stand for the fields from and to.
        """
        query = cls()
        for name, value in values.items():
            field = {"since": SINCE, "until": UNTIL}.get(name, name)
            query = query.narrowed((checked(Condition(field, value)),))
        return query

    @property
    def kind(self) -> str:
        """What is looked for when nobody says: events, quotations or articles."""
        fields = {condition.field for group in self.every for condition in group}
        is_pair = any(c.field == COUNTRY and len(c.value) > len("SYR") for group in self.every for c in group)
        if fields & OF_EVENTS or is_pair:
            return EVENTS
        return QUOTATIONS if fields & OF_QUOTATIONS or self.limits else ARTICLES

    def narrowed(self, group: tuple[Condition, ...]) -> Query:
        """With one more group of alternatives; what is no matter of words stands alone."""
        single = next((condition for condition in group if condition.field in SINGLE), None)
        if single is None:
            return replace(self, every=(*self.every, group))
        if len(group) > 1:
            raise QueryError(f"{single.place}: {single.field} cannot stand in an OR.")
        return SINGLE[single.field](self, single)

    def without(self, condition: Condition) -> Query:
        """With one thing excluded."""
        if condition.field in SINGLE:
            raise QueryError(f"{condition.place}: {condition.field} cannot be excluded; give the range that you want.")
        return replace(self, none=(*self.none, condition))


def checked(condition: Condition) -> Condition:
    """The condition with its value in its one form.

    Raises:
        QueryError: there is no such field, or it has no such value.
    """
    field, value = condition.field, condition.value.strip()
    require_field(field)
    if not value:
        raise QueryError(f"{field}: needs a value at letter {condition.at}, such as {EXAMPLES.get(field, 'a name')}.")
    if field == COUNTRY:
        return replace(condition, value=of_countries(condition, coded(value)))
    if field not in CODES:
        return replace(condition, value=value)
    code = next((code for code in CODES[field] if code.lower() == value.lower()), None)
    if code is None:
        raise QueryError(f"{condition.place}: {field} is one of {', '.join(CODES[field])}.")
    return replace(condition, value=str(code))


EXAMPLES = {
    COUNTRY: "SYR, or SYR>IRN (what the first does to the second), SYR-IRN (either way), SYR>, >SYR",
    SINCE: "2018-04-01 or 2018-04",
    UNTIL: "2018-04-30 or 2018-04",
    ON: "2018-04-14 or 2018-04",
    CONFIDENCE: ">0.5 (from 0 to 1)",
    BOX: "32,35,38,43 (south, west, north, east in degrees)",
}


def require_field(name: str, at: int = 0) -> None:
    """Refuse a field that does not exist, typed at a letter."""
    if name not in (WORD, PHRASE, PREFIX, *FIELDS):
        where = f" (letter {at})" if at else ""
        raise QueryError(f"There is no field {name!r}{where}. Fields are {', '.join(FIELDS)}.")


def coded(value: str) -> str:
    """Countries by their codes where they are named: Syria>Iran → SYR>IRN."""
    return code_of(value) or re.sub("[^>-]+", lambda found: code_of(found[0]) or found[0].upper(), value)


def of_countries(condition: Condition, value: str) -> str:
    """A country or a pair, if there are such countries."""
    codes = re.findall("[A-Z]{3}", matching(condition, COUNTRIES, value))
    wrong = next((code for code in codes if code not in country_codes()), None)
    if wrong:
        raise QueryError(
            f"{condition.place}: there is no country {wrong}. Codes are ISO 3166's of three letters (SYR, IRN), and "
            "IGO, UNO, EUR, NGO, ISM, IMG, MNC of bodies above countries."
        )
    return value


def matching(condition: Condition, form: re.Pattern[str], value: str) -> str:
    """The value, if it has its form."""
    if not form.fullmatch(value):
        raise QueryError(f"{condition.place}: {condition.field} is written as {EXAMPLES[condition.field]}.")
    return value


def from_date(query: Query, condition: Condition) -> Query:
    return replace(query, since=matching(condition, DATE, condition.value))


def to_date(query: Query, condition: Condition) -> Query:
    return replace(query, until=matching(condition, DATE, condition.value))


def on_date(query: Query, condition: Condition) -> Query:
    return to_date(from_date(query, condition), condition)


def confidence(query: Query, condition: Condition) -> Query:
    matching(condition, LIMIT, condition.value)
    operator, number = LIMIT.fullmatch(condition.value).groups()  # type: ignore[union-attr]
    return replace(query, limits=(*query.limits, Limit(operator or ">=", float(number))))


def box(query: Query, condition: Condition) -> Query:
    try:
        south, west, north, east = map(float, condition.value.split(","))
    except ValueError:
        raise QueryError(f"{condition.place}: box is written as {EXAMPLES[BOX]}.") from None
    is_right = -90 <= south <= north <= 90 and max(abs(west), abs(east)) <= 180
    if not is_right:
        raise QueryError(f"{condition.place}: box is written as {EXAMPLES[BOX]}.")
    return replace(query, box=Box(south, west, north, east))


SINGLE: Mapping[str, Callable[[Query, Condition], Query]] = {
    SINCE: from_date,
    UNTIL: to_date,
    ON: on_date,
    CONFIDENCE: confidence,
    BOX: box,
}
