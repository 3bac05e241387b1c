"""Makes a larger base of actors from a Wikidata JSON dump, line by line, on disk rather than in memory.

Taken are people who hold or held an office, or whose occupation is in `lexicons/actors/wikidata.yml`, and bodies of the
classes listed there, each with an Arabic label. The dump is the one of https://dumps.wikimedia.org/wikidatawiki/entities/
(latest-all.json, .json.gz or .json.bz2): one item a line.
"""

from __future__ import annotations

import bz2
import gzip
import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Self

from masdar.actors import HERE, actor_key, load_page
from masdar.errors import InputError
from masdar.types import EntityType

Item = Mapping[str, Any]
Advance = Callable[[int], object]

HUMAN = "Q5"
INSTANCE_OF, SUBCLASS_OF, OCCUPATION, PARTY = "P31", "P279", "P106", "P102"
POSITION_HELD, START, END = "P39", "P580", "P582"
COUNTRIES_OF = ("P17", "P27", "P495")  # country, citizenship, country of origin
ARABIC = re.compile(r"[\u0621-\u064a]")
MONTH = re.compile(r"\+(\d{4})-(\d\d)")
BY_RANK = ("preferred", "normal")
BATCH = 5_000  # items between commits
STEP = 1_000  # lines between two looks at how far the file is read

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE actors (id INTEGER PRIMARY KEY, links INTEGER, entry TEXT);
CREATE TABLE forms (form TEXT, id INTEGER, PRIMARY KEY (form, id)) WITHOUT ROWID;
CREATE TABLE titles (wikidata TEXT PRIMARY KEY, title TEXT, sectors TEXT);
"""


@dataclass(frozen=True, slots=True)
class ItemClass:
    """A class, an occupation or a class of offices: what its items are coded as."""

    sectors: tuple[str, ...]
    country: str | None = None


@dataclass(frozen=True)
class Taken:
    """What is taken from a dump."""

    bodies: Mapping[str, ItemClass]
    people: Mapping[str, ItemClass]
    offices: Mapping[str, ItemClass]
    states: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Self:
        """The table of classes, and the codes of states by identifier."""
        tables: dict[str, dict[str, ItemClass]] = {"body": {}, "person": {}, "office": {}}
        for entry in load_page(HERE / "wikidata.yml")["entries"]:
            found = ItemClass(tuple(entry["sectors"]), entry.get("country"))
            tables[entry["of"]][entry["wikidata"]] = found
        states = load_page(HERE / "known" / "states.yml")["entries"]
        codes = {state["wikidata"]: state["country"] for state in states}
        return cls(tables["body"], tables["person"], tables["office"], codes)


def build_actors(dump: Path, output: Path, advance: Advance) -> int:
    """Write the base; how many actors it has. An old base stays until the new one is whole."""
    unfinished = output.with_name(f"{output.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(unfinished)) as base:
            base.executescript(TABLES)
            count = fill(base, dump, Taken.load(), advance)
            if not count:
                raise InputError(
                    f"{dump} has no actor with an Arabic label. Give a Wikidata JSON dump of all entities."
                )
            finish(base, dump, count)
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def fill(base: sqlite3.Connection, dump: Path, taken: Taken, advance: Advance) -> int:
    """Every actor and every title of an office that the dump has."""
    count = 0
    for number, item in enumerate(read_dump(dump, advance), start=1):
        if entry := actor_entry(item, taken):
            count += 1
            add_actor(base, count, item, entry)
        elif office := first_of(item, (INSTANCE_OF, SUBCLASS_OF), taken.offices):
            title = (item["id"], label(item, "ar"), json.dumps(office.sectors))
            base.execute("INSERT OR REPLACE INTO titles VALUES (?, ?, ?)", title)
        if number % BATCH == 0:
            base.commit()
    return count


def add_actor(base: sqlite3.Connection, id: int, item: Item, entry: dict[str, Any]) -> None:
    """One actor and the keys that find it."""
    row = (id, len(item.get("sitelinks", ())), json.dumps(entry, ensure_ascii=False))
    base.execute("INSERT INTO actors VALUES (?, ?, ?)", row)
    keys = dict.fromkeys(map(actor_key, (entry["name"], *entry["forms"])))
    base.executemany("INSERT OR IGNORE INTO forms VALUES (?, ?)", ((key, id) for key in keys if key))


def finish(base: sqlite3.Connection, dump: Path, count: int) -> None:
    """Name the offices, which a dump may hold behind their holders; drop what only the making needed."""
    titles = base.cursor()
    for id, words in base.execute("SELECT id, entry FROM actors WHERE entry LIKE '%\"offices\": [{%'"):
        entry = with_titles(json.loads(words), titles)
        titles.execute("UPDATE actors SET entry = ? WHERE id = ?", (json.dumps(entry, ensure_ascii=False), id))
    base.execute("DROP TABLE titles")
    base.executemany("INSERT INTO meta VALUES (?, ?)", [("source", dump.name), ("actors", str(count))])
    base.commit()
    base.execute("VACUUM")


def with_titles(entry: dict[str, Any], titles: sqlite3.Cursor) -> dict[str, Any]:
    """The entry with each office's title in the place of its identifier, its first sectors from an office."""
    offices = []
    sectors: list[str] = []
    for office in entry["offices"]:
        found = titles.execute("SELECT title, sectors FROM titles WHERE wikidata = ?", (office["title"],)).fetchone()
        if found:
            offices.append({**office, "title": found[0]})
            sectors += json.loads(found[1])
    sectors = list(dict.fromkeys((*sectors, *entry["sectors"])))
    return {**entry, "offices": offices, "sectors": sectors or ["GOV"]}


# --- one item


def actor_entry(item: Item, taken: Taken) -> dict[str, Any] | None:
    """An item as an entry of the base, or None where it is no actor."""
    is_human = HUMAN in values(item, INSTANCE_OF)
    offices = held_offices(item) if is_human else []
    found = first_of(item, (OCCUPATION,) if is_human else (INSTANCE_OF,), taken.people if is_human else taken.bodies)
    if found is None and not offices and not (is_human and values(item, PARTY)):
        return None
    entry = {
        "name": label(item, "ar"),
        "forms": aliases(item, at_least=2 if is_human else 1),
        "type": (EntityType.PERSON if is_human else EntityType.ORGANIZATION).value,
        "latin": label(item, "en"),
        "country": country_of(item, found, taken.states),
        "sectors": list(found.sectors) if found else [] if offices else ["PTY"],
        "wikidata": item["id"],
        "offices": offices,
    }
    return entry


def label(item: Item, language: str) -> str | None:
    """The label of an item in a language."""
    found = item.get("labels", {}).get(language)
    return str(found["value"]) if found else None


def aliases(item: Item, at_least: int) -> list[str]:
    """The Arabic aliases of at least so many words: a lone first name names no person."""
    found = (alias["value"] for alias in item.get("aliases", {}).get("ar", ()))
    return [alias for alias in found if ARABIC.search(alias) and len(alias.split()) >= at_least]


def statements(item: Item, property: str) -> Iterator[Item]:
    """The statements of a property that are not deprecated, the preferred ones first."""
    found = (item.get("claims") or {}).get(property, ())  # PHP writes an empty object as []
    for rank in BY_RANK:
        yield from (claim for claim in found if claim.get("rank", "normal") == rank)


def value(snak: Item) -> object:
    """The value of a snak; None where it is unknown or there is none."""
    return snak.get("datavalue", {}).get("value") if snak.get("snaktype") == "value" else None


def values(item: Item, property: str) -> list[str]:
    """The identifiers of the items that a property names."""
    found = (value(claim["mainsnak"]) for claim in statements(item, property))
    return [named["id"] for named in found if isinstance(named, dict) and "id" in named]


def first_of(item: Item, properties: tuple[str, ...], table: Mapping[str, ItemClass]) -> ItemClass | None:
    """The first class of the item that the table has."""
    named = (id for property in properties for id in values(item, property))
    return next((table[id] for id in named if id in table), None)


def country_of(item: Item, found: ItemClass | None, states: Mapping[str, str]) -> str | None:
    """PLOVER's code of an international class, else the state that the item is of."""
    if found and found.country:
        return found.country
    named = (id for property in COUNTRIES_OF for id in values(item, property))
    return next((states[id] for id in named if id in states), None)


def held_offices(item: Item) -> list[dict[str, str]]:
    """The offices of a person: identifier of the office as title, first and last month."""
    offices = []
    for claim in statements(item, POSITION_HELD):
        position = value(claim["mainsnak"])
        if isinstance(position, dict) and "id" in position:
            dates = {"from": month(claim, START), "to": month(claim, END)}
            offices.append({"title": str(position["id"]), **{key: date for key, date in dates.items() if date}})
    return offices


def month(claim: Item, property: str) -> str:
    """The month (or the January of the year) that a qualifier gives, empty if none."""
    for snak in (claim.get("qualifiers") or {}).get(property, ()):
        found = value(snak)
        if isinstance(found, dict) and (date := MONTH.match(found.get("time", ""))):
            return f"{date[1]}-{date[2] if date[2] != '00' else '01'}"
    return ""


# --- the dump


def read_dump(dump: Path, advance: Advance) -> Iterator[Item]:
    """The items of a dump that have an Arabic label; `advance` is told of the bytes of the file read."""
    try:
        with dump.open("rb") as raw, unpacked(raw, dump) as lines:
            read = 0
            for number, line in enumerate(lines, start=1):
                if number % STEP == 0:
                    advance(raw.tell() - read)
                    read = raw.tell()
                if b'"ar"' in line and (item := read_item(line, f"{dump} line {number}")):
                    yield item
            advance(raw.tell() - read)
    except (OSError, EOFError) as error:  # a packed file that is cut off or of another kind
        raise InputError(f"{dump} cannot be read to its end: {error}. Fetch the dump again.") from error


def unpacked(raw: IO[bytes], dump: Path) -> IO[bytes] | gzip.GzipFile | bz2.BZ2File:
    """The lines of a dump, unpacked by what its name ends in."""
    if dump.suffix == ".gz":
        return gzip.GzipFile(fileobj=raw)
    return bz2.BZ2File(raw) if dump.suffix == ".bz2" else raw


def read_item(line: bytes, where: str) -> Item | None:
    """The item of a line, if it is one and has an Arabic label."""
    try:
        item = json.loads(line.strip().rstrip(b","))
    except ValueError as error:
        raise InputError(f"{where} is no JSON: {error}. Give a Wikidata dump with one item a line.") from error
    is_item = isinstance(item, dict) and item.get("type") == "item"
    return item if is_item and label(item, "ar") else None
