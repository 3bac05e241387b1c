"""What a person types, as a Query.

    قصف "الغوطة الشرقية" مدرس* -تركيا speaker:لافروف type:ASSAULT country:ISR>SYR from:2018-04-01 conf:>0.5

A word finds all its forms; "…" finds words as they are written, one after another; كلم* finds what begins so; -… is
excluded; OR between two makes them alternatives, and so does a comma in the value of a code (type:ASSAULT,COERCE).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce

from masdar.errors import QueryError
from masdar.store.search.query import CODES, COUNTRY, PHRASE, PREFIX, WORD, Condition, Query, checked, require_field
from masdar.store.search.words import words_of

ITEM = re.compile(
    r"""
    (?P<minus> [-\u2212] )?
    (?: (?P<field> [A-Za-z]+ ) (?P<sign> [:=] ) (?!//) )?
    (?:
        " (?P<straight> [^"]* ) "
      | “ (?P<curly> [^”]* ) ”
      | « (?P<pointed> [^»]* ) »
      | (?P<open> ["“«] )
      | (?P<plain> [^\s"“«]+ )
    )?
    """,
    re.VERBOSE,
)
OR = ("OR", "|")
QUOTED = ("straight", "curly", "pointed")
STAR = "*"
FEWEST = 3  # letters before it: fewer would find a large part of all words


def parse(typed: str) -> Query:
    """The query that was typed.

    Raises:
        QueryError: it cannot be understood; the message says where, and what to write.
    """
    query, groups, joined = Query(), list[list[Condition]](), None
    for item in items(typed):
        if is_or(item):
            joined = second(item, joined, groups)
        elif found := conditions(item):
            if item["minus"]:
                query = excluded(query, found)
            elif joined:
                groups[-1] += found
            else:
                groups.append(found)
            joined = None
    if joined:
        raise QueryError(f"OR at letter {joined.start() + 1} needs something behind it.")
    if typed.strip() and not (groups or query.none):
        raise QueryError(
            f"There is no word in {typed.strip()!r}. Give a word, a phrase in marks or a field: speaker:NAME."
        )
    return reduce(Query.narrowed, map(tuple, groups), query)


def second(item: re.Match[str], joined: re.Match[str] | None, groups: list[list[Condition]]) -> re.Match[str]:
    """An OR that has something before it."""
    if joined or not groups:
        raise QueryError(f"OR at letter {item.start() + 1} needs something before it.")
    return item


def items(typed: str) -> Iterator[re.Match[str]]:
    """The parts of a query: words, phrases, fields."""
    at = 0
    while at < len(typed):
        found = ITEM.match(typed, at)
        if found and found.end() > at:
            yield found
        at = max(at + 1, found.end() if found else 0)


def is_or(item: re.Match[str]) -> bool:
    """Whether it joins its neighbours."""
    return item["plain"] in OR and not (item["minus"] or item["field"])


def excluded(query: Query, found: list[Condition]) -> Query:
    """The query without some things."""
    for condition in found:
        query = query.without(condition)
    return query


def conditions(item: re.Match[str]) -> list[Condition]:
    """What a part asks: alternatives, or nothing if there is no word in it."""
    if item["open"]:
        raise QueryError(f"The quotation mark at letter {item.start('open') + 1} is not closed.")
    mark = next((name for name in QUOTED if item[name] is not None), None)
    value = item[mark or "plain"] or ""
    at = (item.end() if item[mark or "plain"] is None else item.start(mark or "plain")) + 1
    if item["field"]:
        return of_field(item, value, at)
    words = words_of(value)
    if not words:
        return []
    if mark is None and value.endswith(STAR):
        return [prefix(value, at)]
    return [Condition(WORD if mark is None and len(words) == 1 else PHRASE, value, at=at)]


def of_field(item: re.Match[str], value: str, at: int) -> list[Condition]:
    """What a field asks: alternatives, each at its own letter."""
    name = item["field"].lower()
    require_field(name, item.start("field") + 1)
    found = []
    for one in value.split(",") if name in CODES or name == COUNTRY else [value]:
        found.append(checked(Condition(name, one, item["sign"] == "=", at)))
        at += len(one) + 1
    return found


def prefix(value: str, at: int) -> Condition:
    """The beginning of a word."""
    words = words_of(value)
    if len(words) != 1 or len(words[0].folded) < FEWEST:
        raise QueryError(f"{value!r} at letter {at}: write at least {FEWEST} letters of one word before the star.")
    return Condition(PREFIX, value.rstrip(STAR), at=at)
