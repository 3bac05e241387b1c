"""Cities and other places that a search names in English: Aleppo, Raqqa, Palmyra."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from importlib.resources import files

import yaml

from masdar.gazetteer.base import SHIPPED
from masdar.gazetteer.build import plain
from masdar.store.search.codes import in_arabic
from masdar.store.search.query import Condition, Query
from masdar.text.fold import fold_word

NUMBERED = "SELECT id, geonameid FROM places WHERE geonameid IS NOT NULL"
OTHERS = "SELECT place, folded FROM names JOIN places ON places.id = place WHERE geonameid IS NULL"
ARTICLE = re.compile(r"^(?:al|ar|as|ash|ad|an|at|az|el)[ -](?=..)")
END = re.compile(r" (?:governorate|city)$")


def places_called(name: str) -> tuple[str, ...]:
    """The places of a name in Latin letters as the index has them: numbers of GeoNames, else Arabic names."""
    return by_name().get(key_of(name), ())


def unknown_in(query: Query) -> list[Condition]:
    """The places that a query names in Latin letters and that have no such name: place:Mordor."""
    asked = [c for group in query.every for c in group if c.field == "place" and not c.is_whole]
    return [c for c in asked if c.value.isascii() and not (in_arabic(c.value) or places_called(c.value))]


@cache
def by_name() -> dict[str, tuple[str, ...]]:
    """The same for every name, as `key_of` has it."""
    values, found = defaultdict[int, list[str]](list), defaultdict[str, list[str]](list)
    with closing(sqlite3.connect(f"file:{SHIPPED}?mode=ro&immutable=1", uri=True)) as base:
        for place, value in (*base.execute(NUMBERED), *base.execute(OTHERS)):
            values[place].append(str(value))
        for name, place in base.execute("SELECT name, id FROM places"):
            found[key_of(name)] += values[place]
        for name, arabic in written_otherwise():
            for (place,) in base.execute("SELECT place FROM names WHERE folded = ?", (fold_word(arabic),)):
                found[key_of(name)] += values[place]
    return {key: tuple(dict.fromkeys(every)) for key, every in found.items() if key}


def written_otherwise() -> Iterator[tuple[str, str]]:
    """English names that are not those of GeoNames, with an Arabic one: Palmyra, تدمر."""
    page = (files("masdar") / "lexicons" / "search" / "places.yml").read_text("utf-8")
    for entry in yaml.load(page, Loader=yaml.CSafeLoader)["entries"]:
        yield from ((name, entry["arabic"]) for name in entry["names"])


def key_of(name: str) -> str:
    """What spellings of a name have in common: Ar Raqqah, Raqqa → raqqa; Dūmā, Douma → duma; Dar‘ā, Daraa → dara."""
    bare = plain(ARTICLE.sub("", END.sub("", name.lower().replace("ı", "i"))))
    key = bare.replace("ou", "u").replace("aa", "a")
    return key.removesuffix("h") if key.endswith("ah") else key
