"""Known actors and the words that code the unknown ones.

Two things live in `lexicons/actors/`: the base of known people and bodies (`known/*.yml`, facts
with dates of office) and the words that carry a code (`roles.yml`: offices, ranks, heads of
organisations, collectives). A user's larger base, made by `masdar actors build`, is asked after
the project's own.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Self

import yaml

from masdar.errors import LexiconError
from masdar.plover import SECTORS
from masdar.text.fold import fold_word
from masdar.types import EntityType

HERE = Path(__file__).parent / "lexicons" / "actors"
ENTRY_KEYS = frozenset(("name", "forms", "latin", "type", "country", "sectors", "wikidata", "offices"))
KINDS = frozenset(("office", "rank", "body", "people", "source", "adjective"))
INTERNATIONAL = frozenset(("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"))
IN_OFFICE = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY"))
COUNTRY = re.compile(r"[A-Z]{3}")
NOT_A_LETTER = re.compile(r"[^\w\s]|_")
RISE = 8  # years in which one may be in the news before the first office
ENDINGS = ("ون", "ين", "ات", "ه")
WORDS_KEPT = 32768  # names and words whose key is kept: the same ones come again in article after article
SERVANT = re.compile(r"\bعبد (?=ال)")  # عبد الله and عبدالله are one name


@dataclass(frozen=True, slots=True)
class Office:
    """An office and the months it was held in (YYYY-MM; empty where open or not known)."""

    title: str
    start: str = ""
    end: str = ""

    def held_on(self, date: str) -> bool:
        """Whether the office was held in the month of an ISO date."""
        month = date[:7]
        return (not self.start or self.start <= month) and (not self.end or month <= self.end)


@dataclass(frozen=True, slots=True)
class KnownActor:
    """A person, body or state of the base."""

    name: str
    forms: tuple[str, ...]
    type: EntityType
    latin: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    wikidata: str | None = None
    offices: tuple[Office, ...] = ()

    def in_office(self, date: str | None) -> bool:
        """Whether the actor held an office on a date; always so where either is not known."""
        return not date or not self.offices or any(office.held_on(date) for office in self.offices)

    def is_later_than(self, date: str | None) -> bool:
        """Whether a date is so long before the first office that a namesake is meant."""
        starts = [office.start for office in self.offices]
        return bool(date and starts and all(starts)) and int(min(starts)[:4]) - int(str(date)[:4]) > RISE

    def has_left(self, date: str | None) -> bool:
        """Whether every office of the actor had ended by a date."""
        ends = [office.end for office in self.offices]
        return bool(date and ends and all(ends)) and max(ends) < str(date)[:7]

    def sectors_on(self, date: str | None) -> tuple[str, ...]:
        """The sectors on a date: who has left office keeps the others, or is ELI."""
        if not self.has_left(date):
            return self.sectors
        return tuple(sector for sector in self.sectors if sector not in IN_OFFICE) or ("ELI",)

    def may_be_of(self, country: str | None) -> bool:
        """Whether this may be the one whose country is said; international bodies agree with all."""
        return country in (None, self.country) or self.country is None or bool({country, self.country} & INTERNATIONAL)


@dataclass(frozen=True, slots=True)
class RoleWord:
    """A word or phrase that carries sectors.

    Kinds: office (وزير), rank (العميد), body (محكمة), people (متظاهرون), source (مصدر), adjective
    (أممي, which gives a country only). `of` means that what follows decides first (قائد).
    """

    kind: str
    sectors: tuple[str, ...]
    country: str | None = None
    of: bool = False


@lru_cache(WORDS_KEPT)
def actor_key(name: str) -> str:
    """The look-up key of a name: folded, without punctuation, عبد joined to what it serves."""
    words = NOT_A_LETTER.sub(" ", fold_word(name)).lower().split()
    return SERVANT.sub("عبد", " ".join(words))


@lru_cache(WORDS_KEPT)
def stem(word: str) -> str:
    """A folded word without article and plural or feminine ending: المسؤولين -> مسوول."""
    word = word[2:] if word.startswith("ال") and len(word) > 4 else word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def role_key(words: Iterable[str]) -> str:
    """The look-up key of a role phrase, given its folded words."""
    return " ".join(map(stem, words))


@dataclass(eq=False)
class ActorBase:
    """Known actors by name, disputed entities, role words."""

    known: Mapping[str, tuple[KnownActor, ...]]
    roles: Mapping[str, RoleWord]
    sovereigns: Mapping[str, str] = field(default_factory=dict)
    disputed: Mapping[str, KnownActor] = field(default_factory=dict)
    larger: sqlite3.Connection | None = None

    @classmethod
    def load(cls, larger: Path | None = None, disputed: Path | None = None) -> Self:
        """The project's base; with a user's larger base and table of disputed entities if given."""
        return cls(
            known=by_form(load_known()),
            roles=load_roles(HERE / "roles.yml"),
            sovereigns=load_sovereigns(HERE / "dependencies.yml"),
            disputed=load_disputed(disputed or HERE / "disputed.yml"),
            larger=open_larger(larger) if larger else None,
        )

    def find(self, name: str, type: EntityType | None = None) -> tuple[KnownActor, ...]:
        """Actors of this name, the project's own before those of the larger base."""
        key = actor_key(name)
        found = self.known.get(key, ()) or self.find_larger(key)
        return tuple(actor for actor in found if type is None or actor.type == type)

    def find_larger(self, key: str) -> tuple[KnownActor, ...]:
        """Actors of this key in the user's larger base, best known first."""
        if self.larger is None:
            return ()
        query = "SELECT entry FROM actors JOIN forms USING (id) WHERE form = ? ORDER BY links DESC"
        rows = self.larger.execute(query, (key,)).fetchmany(10)
        return tuple(read_entry(json.loads(entry), {}, "the larger base") for (entry,) in rows)

    def find_family(self, name: str) -> tuple[KnownActor, ...]:
        """People of the base whose name ends so: العبادي."""
        return self.families.get(actor_key(name), ())

    @cached_property
    def families(self) -> Mapping[str, tuple[KnownActor, ...]]:
        """People by the last one or two words of their names."""
        people: dict[str, list[KnownActor]] = defaultdict(list)
        for actor in dict.fromkeys(actor for actors in self.known.values() for actor in actors):
            if actor.type is EntityType.PERSON:
                for family in dict.fromkeys(family_names(actor)):
                    people[family].append(actor)
        return {family: tuple(actors) for family, actors in people.items()}

    @cached_property
    def states(self) -> Mapping[str, KnownActor]:
        """The states of the base by country code."""
        actors = [actor for actors in self.known.values() for actor in actors]
        return {str(actor.country): actor for actor in actors if actor.type is EntityType.STATE}

    @cached_property
    def role_lengths(self) -> Mapping[str, int]:
        """How many words the longest role phrase has that begins with a stem."""
        return longest_by_first_word(self.roles)

    @cached_property
    def name_lengths(self) -> Mapping[str, int]:
        """How many words the longest name of the project's base has that begins with a word."""
        return longest_by_first_word(self.known)


def longest_by_first_word(phrases: Iterable[str]) -> dict[str, int]:
    """The words of the longest phrase by its first word."""
    longest: dict[str, int] = {}
    for first, *rest in map(str.split, filter(None, phrases)):
        longest[first] = max(longest.get(first, 0), 1 + len(rest))
    return longest


def family_names(actor: KnownActor) -> Iterator[str]:
    """The last word, and the last two, of each form of two words and more."""
    for form in actor.forms:
        words = actor_key(form).split()
        if len(words) > 1:
            yield words[-1]
        if len(words) > 2:
            yield " ".join(words[-2:])


def by_form(actors: Iterable[KnownActor]) -> dict[str, tuple[KnownActor, ...]]:
    """Actors by the key of each of their forms."""
    found: dict[str, tuple[KnownActor, ...]] = {}
    for actor in actors:
        for key in dict.fromkeys(map(actor_key, actor.forms)):
            found[key] = (*found.get(key, ()), actor)
    return found


def load_known(folder: Path = HERE / "known") -> Iterator[KnownActor]:
    """Every known actor of the YAML files of a folder."""
    for path in sorted(folder.glob("*.yml")):
        page = load_page(path)
        defaults = page.get("defaults", {})
        for number, entry in enumerate(page["entries"], start=1):
            yield read_entry(entry, defaults, f"{path} entry {number}")


def load_page(path: Path) -> dict[str, Any]:
    """A YAML file with `entries`."""
    try:
        page = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise LexiconError(f"{path} cannot be read: {error}. Correct or restore it.") from error
    if not isinstance(page, dict) or not isinstance(page.get("entries"), list):
        raise LexiconError(f"{path} has no list `entries`. See the files beside it.")
    return page


def read_entry(entry: Mapping[str, Any], defaults: Mapping[str, Any], where: str) -> KnownActor:
    """One entry of the base, checked."""
    unknown = set(entry) - ENTRY_KEYS
    if unknown or "name" not in entry:
        raise LexiconError(f"{where}: needs a name and none of {sorted(unknown)}.")
    values = {**defaults, **entry}
    try:
        check_code(values.get("country"), values.get("sectors", ()))
        return KnownActor(
            name=values["name"],
            forms=(values["name"], *values.get("forms", ())),
            type=EntityType(values["type"]),
            latin=values.get("latin"),
            country=values.get("country"),
            sectors=tuple(values.get("sectors", ())),
            wikidata=values.get("wikidata"),
            offices=tuple(read_office(office) for office in values.get("offices", ())),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise LexiconError(f"{where} ({entry['name']}) is malformed: {error}.") from error


def check_code(country: str | None, sectors: Iterable[str]) -> None:
    """Refuse what is no code."""
    if country is not None and not COUNTRY.fullmatch(country):
        raise ValueError(f"country {country} is neither ISO 3166 alpha-3 nor one of PLOVER's")
    if wrong := set(sectors) - set(SECTORS):
        raise ValueError(f"{sorted(wrong)} are no sectors of PLOVER")


def read_office(office: Mapping[str, Any]) -> Office:
    """An office: {title, from, to}."""
    return Office(office["title"], str(office.get("from", "")), str(office.get("to", "")))


def load_roles(path: Path) -> dict[str, RoleWord]:
    """Role words by folded form."""
    found: dict[str, RoleWord] = {}
    for entry in load_page(path)["entries"]:
        check_code(entry.get("country"), entry.get("sectors", ()))
        word = RoleWord(
            kind=entry["kind"],
            sectors=tuple(entry.get("sectors", ())),
            country=entry.get("country"),
            of=bool(entry.get("of", False)),
        )
        if word.kind not in KINDS:
            raise LexiconError(f"{path}: kind {word.kind} is none of {sorted(KINDS)}.")
        for form in entry["forms"]:
            key = role_key(actor_key(form).split())
            if found.setdefault(key, word) is not word:
                raise LexiconError(f"{path}: {form} stands in two entries. Leave it in one.")
    return found


def load_sovereigns(path: Path) -> dict[str, str]:
    """Dependencies and the states that PLOVER codes them as: PRI -> USA."""
    return {entry["territory"]: entry["state"] for entry in load_page(path)["entries"]}


def load_disputed(path: Path) -> dict[str, KnownActor]:
    """Partially recognised entities by folded form; the user may give a table of his own."""
    defaults = {"type": "GPE", "sectors": ("PRE",)}
    entries = load_page(path)["entries"]
    actors = [read_entry(entry, defaults, str(path)) for entry in entries]
    return {actor_key(form): actor for actor in actors for form in actor.forms}


def open_larger(path: Path) -> sqlite3.Connection:
    """A base made by `masdar actors build`, read-only."""
    try:
        larger = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        larger.execute("SELECT id, links, entry FROM actors LIMIT 1").fetchone()
    except sqlite3.Error as error:
        message = f"{path} is no base of actors: {error}. Make one with `masdar actors build`."
        raise LexiconError(message) from error
    return larger
