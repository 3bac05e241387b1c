"""A user's own decisions, from a folder of YAML files; they win over what masdar knows and over what it guesses.

names.yml   name → latin, wikidata, type          type: PER, ORG, GPE, LOC or FAC
actors.yml  name → country, sectors
places.yml  name → lat, lon, country, geonameid
disputed.yml, places.db, actors.db   a table of disputes, and larger bases made by `masdar places build` and
                                     `masdar actors build`, used in place of or after those of masdar
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Self

import yaml

from masdar.actors import ActorBase, KnownActor, actor_key, check_code
from masdar.errors import LexiconError
from masdar.gazetteer import Candidate, Gazetteer
from masdar.gazetteer.disputes import Dispute
from masdar.text.fold import fold_word
from masdar.types import EntityType, Form, Mention

FIELDS = {
    "names.yml": frozenset(("latin", "wikidata", "type")),
    "actors.yml": frozenset(("country", "sectors")),
    "places.yml": frozenset(("lat", "lon", "country", "geonameid")),
}
BASES = ("disputed.yml", "places.db", "actors.db")
PRIOR = 9.0  # more than any place on earth has (log10 of its people)


class Row(NamedTuple):
    """What one file says of a name, and where it says it."""

    name: str
    fields: dict[str, Any]
    where: str


@dataclass(frozen=True, slots=True)
class Overrides:
    """Types of names, actors and places that the user has decided; empty unless a folder is given."""

    types: Mapping[str, EntityType] = field(default_factory=dict)
    actors: Mapping[str, KnownActor] = field(default_factory=dict)
    places: Mapping[str, Candidate] = field(default_factory=dict)
    version: str = ""
    bases: Mapping[str, Path] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path | None) -> Self:
        """The overrides of a folder.

        Raises:
            LexiconError: a file is malformed, or the folder has none of them.
        """
        if folder is None:
            return cls()
        files = [folder / name for name in (*FIELDS, *BASES) if (folder / name).is_file()]
        if not files:
            raise LexiconError(f"{folder} has no overrides. Put {', '.join((*FIELDS, *BASES))} there, or one of them.")
        names, actors, places = (read_rows(folder / name) for name in FIELDS)
        texts = [file.read_bytes() for file in files if file.suffix == ".yml"]
        return cls(
            types={fold_word(row.name): read_type(row) for row in names if "type" in row.fields},
            actors={actor_key(actor.name): actor for actor in read_actors(names, actors)},
            places={fold_word(row.name): read_place(row) for row in places},
            version=f" overrides {hashlib.sha256(b''.join(texts)).hexdigest()[:8]}" if texts else "",
            bases={file.name: file for file in files if file.name in BASES},
        )

    def typed(self, mentions: Iterable[Mention], text: str) -> tuple[Mention, ...]:
        """The mentions, with the types that the user has given to their names."""
        if not self.types:
            return tuple(mentions)
        return tuple(
            replace(mention, type=self.types.get(fold_word(text[slice(*mention.span)]), mention.type))
            if mention.form is Form.NAME
            else mention
            for mention in mentions
        )

    def load_actors(self) -> ActorBase:
        """The base of actors, asked after the user's own."""
        base = ActorBase.load(self.bases.get("actors.db"))
        own = {key: completed(actor, base) for key, actor in self.actors.items()}
        return replace(base, disputed={**base.disputed, **own})

    def load_places(self) -> Gazetteer:
        """The base of places, asked after the user's own; what the user has decided is in no dispute."""
        gazetteer = Gazetteer.load(self.bases.get("places.db"), self.bases.get("disputed.yml"))
        gazetteer.version += self.version
        if not self.places:
            return gazetteer
        known = gazetteer.lookup
        own = self.places
        gazetteer.lookup = lru_cache(lambda name: (own[name],) if name in own else known(name))
        decided = tuple(
            Dispute(f"own-{number}", frozenset((name,)), (), country=place.country)
            for number, (name, place) in enumerate(own.items(), 1)
        )
        gazetteer.disputes = decided + gazetteer.disputes
        return gazetteer


def completed(own: KnownActor, base: ActorBase) -> KnownActor:
    """What the user leaves open, filled from the base: a Latin name alone leaves country and sectors as they are."""
    known = next(iter(base.find(own.name)), None)
    if known is None:
        return own
    return replace(
        own,
        latin=own.latin or known.latin,
        wikidata=own.wikidata or known.wikidata,
        country=own.country or known.country,
        sectors=own.sectors or known.sectors,
    )


def read_rows(file: Path) -> list[Row]:
    """The rows of one file, none if it does not exist."""
    if not file.is_file():
        return []
    try:
        loader = yaml.CSafeLoader(file.read_text("utf-8"))
        page = loader.get_single_node()
        rows = [] if page is None else [read_row(loader, file, *pair) for pair in pairs_of(page, file)]
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{file} cannot be read: {error}. Save it as UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise LexiconError(f"{file} line {line} is not YAML: {error.problem}. Correct it.") from error
    return rows


def pairs_of(page: yaml.Node, file: Path) -> list[tuple[yaml.Node, yaml.Node]]:
    """The names of a file with what is said of them."""
    if not isinstance(page, yaml.MappingNode):
        raise LexiconError(
            f"{file} line {page.start_mark.line + 1} has no names. Write each as `name: {{field: value}}`."
        )
    return list(page.value)


def read_row(loader: yaml.CSafeLoader, file: Path, key: yaml.Node, value: yaml.Node) -> Row:
    """One name and its fields, known ones only."""
    where = f"{file} line {key.start_mark.line + 1}"
    allowed = FIELDS[file.name]
    fields = loader.construct_object(value, deep=True)
    if not isinstance(fields, dict) or not set(fields) <= allowed:
        raise LexiconError(f"{where}: {key.value} may say {', '.join(sorted(allowed))} and nothing else.")
    return Row(str(key.value), fields, where)


def read_type(row: Row) -> EntityType:
    """The type of a name."""
    try:
        return EntityType(row.fields["type"])
    except ValueError as error:
        raise LexiconError(f"{row.where}: {row.fields['type']!r} is no type. Use {', '.join(EntityType)}.") from error


def read_actors(names: Iterable[Row], actors: Iterable[Row]) -> list[KnownActor]:
    """One actor for each name, with what both files say of it."""
    merged: dict[str, Row] = {}
    for row in (*names, *actors):
        before = merged.get(row.name)
        merged[row.name] = Row(row.name, {**(before.fields if before else {}), **row.fields}, row.where)
    return [read_actor(row) for row in merged.values()]


def read_actor(row: Row) -> KnownActor:
    """An actor, its codes checked."""
    country, sectors = row.fields.get("country"), row.fields.get("sectors", [])
    try:
        check_code(country, sectors)
    except (TypeError, ValueError) as error:
        raise LexiconError(f"{row.where}: {row.name}: {error}.") from error
    return KnownActor(
        row.name,
        (row.name,),
        read_type(row) if "type" in row.fields else EntityType.ORGANIZATION,
        row.fields.get("latin"),
        country,
        tuple(sectors),
        row.fields.get("wikidata"),
    )


def read_place(row: Row) -> Candidate:
    """A place, its coordinates checked."""
    fields = row.fields
    try:
        check_code(fields.get("country"), ())
        lat, lon = float(fields["lat"]), float(fields["lon"])
    except (KeyError, TypeError, ValueError) as error:
        message = f"{row.where}: {row.name} needs lat and lon in degrees, and a country of three letters ({error})."
        raise LexiconError(message) from error
    return Candidate(row.name, fields.get("geonameid"), lat, lon, fields.get("country"), None, 0, "city", PRIOR)
