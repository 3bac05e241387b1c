"""The base of places: a read-only SQLite file whose keys are folded names.

Countries and demonyms are few and looked up for every word of an article: they are held in
memory. Places are looked up in the file, once per name.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

from masdar.errors import LexiconError
from masdar.gazetteer.disputes import Dispute, load_disputes
from masdar.gazetteer.spelling import with_other_article, without_proclitics, written_otherwise

SHIPPED = Path(__file__).parent / "places.db"
SCHEMA = "masdar/places/1"
NAMES_KEPT = 4096  # looked-up names kept in memory: an article has some dozens
WORDS_KEPT = 32768  # words asked for being demonyms: all of an article's

FIND = """
SELECT name, geonameid, lat, lon, country, admin1, population, kind, prior
FROM names JOIN places ON places.id = names.place
WHERE folded = ? ORDER BY prior DESC, places.id
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name can mean. `prior`: how likely before the article is read (log10)."""

    name: str
    geonameid: int | None
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    population: int
    kind: str
    prior: float = 0.0


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory: its names in Arabic, the stems of its demonyms, its capital."""

    iso3: str
    iso2: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str | None
    geonameid: int | None
    population: int
    lat: float
    lon: float


class Gazetteer:
    """Looks up folded names; see `masdar.text.fold.fold_word`."""

    def __init__(self, connection: sqlite3.Connection, disputes: tuple[Dispute, ...]) -> None:
        self.disputes = disputes
        self.version = connection.execute("SELECT value FROM meta WHERE key='version'").fetchone()[0]
        self.countries = {
            iso3: read_country(data)
            for iso3, data in connection.execute("SELECT iso3, data FROM countries ORDER BY iso3")
        }
        self._names: dict[str, str] = dict(connection.execute("SELECT folded, iso3 FROM country_names"))
        self._demonyms: dict[str, str] = dict(connection.execute("SELECT folded, iso3 FROM demonyms"))
        self._connection = connection
        self.lookup = lru_cache(NAMES_KEPT)(self._lookup)
        self.find_country = lru_cache(WORDS_KEPT)(self._find_country)
        self.find_demonym = lru_cache(WORDS_KEPT)(self._find_demonym)

    @classmethod
    def load(cls, path: Path | None = None, disputes: Path | None = None) -> Gazetteer:
        """Open a base; `disputes` is a file of the user's own decisions on disputed places."""
        path = path or SHIPPED
        if not path.is_file():
            raise LexiconError(
                f"{path}: there is no base of places here. Give a file made with"
                " `masdar places build`, or leave the option out to use the base of masdar."
            )
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        require_schema(connection, path)
        return cls(connection, load_disputes(disputes))

    def _lookup(self, folded_name: str) -> tuple[Candidate, ...]:
        """The places of a folded name, most likely first; the first spelling that is known wins."""
        spellings = chain([folded_name], with_other_article(folded_name), written_otherwise(folded_name))
        answers = (self._places(spelling) for spelling in spellings)
        return next((found for found in answers if found), ())

    def _places(self, key: str) -> tuple[Candidate, ...]:
        return tuple(Candidate(*row) for row in self._connection.execute(FIND, (key,)))

    def is_name(self, folded: str) -> bool:
        """Whether a place is called just so, the article aside."""
        return any(self._places(spelling) for spelling in chain([folded], with_other_article(folded)))

    def _find_country(self, folded: str) -> str | None:
        """ISO 3166 alpha-3 of a state by any of its folded names: المملكه المتحده -> GBR."""
        return self._names.get(folded) or next(
            (self._names[name] for name in with_other_article(folded) if name in self._names), None
        )

    def _find_demonym(self, folded: str) -> str | None:
        """ISO 3166 alpha-3 of a folded demonym in any form: والسوريتين -> SYR."""
        words = chain([folded], without_proclitics(folded))
        return next((self._demonyms[word] for word in words if word in self._demonyms), None)

    def country_name(self, iso3: str) -> str:
        """The usual Arabic name of a state."""
        return self.countries[iso3].names[0]

    def box(self, iso3: str) -> tuple[float, float, float, float]:
        """South, west, north and east of all that GeoNames knows in a country."""
        find = "SELECT south, west, north, east FROM boxes WHERE country = ?"
        south, west, north, east = self._connection.execute(find, (iso3,)).fetchone()
        return south, west, north, east

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def require_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that is no base of places, or one of another version."""
    try:
        found = connection.execute("SELECT value FROM meta WHERE key='schema'").fetchone()
    except sqlite3.DatabaseError as error:
        raise LexiconError(f"{path} is no base of places ({error}). Make one with `masdar places build`.") from error
    if found != (SCHEMA,):
        raise LexiconError(
            f"{path} has the schema {found and found[0]}, this masdar reads {SCHEMA}."
            " Make it again with `masdar places build`."
        )


def read_country(data: str) -> Country:
    """A country from its JSON in the base."""
    fields = json.loads(data)
    lat, lon = fields.pop("at")
    names, demonyms = tuple(fields.pop("names")), tuple(fields.pop("demonyms"))
    return Country(names=names, demonyms=demonyms, lat=lat, lon=lon, **fields)
