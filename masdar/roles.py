"""Reads a description of an actor: what it is (sectors) and whose (country).

"وزير الدفاع السوري" (the Syrian defence minister) is read word by word: the first word that carries
a sector decides, unless it leads to what follows ("المتحدث باسم الجيش", the army's spokesman).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from masdar.actors import WORDS_KEPT, ActorBase, KnownActor, RoleWord, actor_key, role_key, stem
from masdar.types import EntityType

READ_KEPT = 4096  # descriptions
LONGEST_NAME = 7  # words of the longest name looked up inside a description
CLITICS = ("وال", "بال", "فال", "كال", "لل", "و", "ف", "ب", "ل", "ك")
# what stands behind these is where, to whom or about whom, not whose
AWAY = frozenset(
    [
        "الي",
        "لدي",
        "ضد",
        "بشان",
        "حول",
        "لشوون",
        "بعد",
        "خلال",
        "الذي",
        "التي",
        "مع",
        "قبل",
        "عبر",
        "عقب",
        "علي",
        "المكلف",
        "المكلفه",
    ]
)
DIVISIONS = frozenset(["ولايه", "مقاطعه", "مدينه", "اقليم", "جنوب", "شمال", "شرق", "غرب", "بلده", "قريه"])
IN = "في"
LEADING = frozenset((IN, "من", "باسم", "بين", "داخل"))
OUTLET = "JRN"
COUNTRY = "country"


class Candidate(Protocol):
    """A place of the gazetteer."""

    @property
    def country(self) -> str | None:
        """ISO 3166 alpha-3."""

    @property
    def kind(self) -> str:
        """What it is: city, state, country …"""


class Countries(Protocol):
    """What is asked of the gazetteer: countries, demonyms, and places."""

    def find_country(self, folded: str) -> str | None:
        """The country of this folded name."""

    def find_demonym(self, folded: str) -> str | None:
        """The country of this folded demonym: السوريين."""

    def lookup(self, folded_name: str) -> Sequence[Candidate]:
        """Places of this folded name, likeliest first."""

    def __hash__(self) -> int:
        """By identity: readers of descriptions are kept by base and gazetteer."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a description says. `word` is the word that decided, `actor` a known body it names."""

    sectors: tuple[str, ...] = ()
    country: str | None = None
    word: RoleWord | None = None
    actor: KnownActor | None = None


class DescriptionReader:
    """Reads descriptions with the base of actors and the gazetteer; what it has read it keeps."""

    def __init__(self, base: ActorBase, countries: Countries) -> None:
        self.base = base
        self.countries = countries
        self.read = lru_cache(READ_KEPT)(self._read)
        self.name_starts = lru_cache(WORDS_KEPT)(self._name_starts)
        self.role_starts = lru_cache(WORDS_KEPT)(self._role_starts)
        self.country_of_word = lru_cache(WORDS_KEPT)(self._country_of_word)

    def _read(self, text: str) -> Description:
        """Sectors and country of a description: متظاهرون عراقيون -> CVL, IRQ."""
        words = until_away(actor_key(text).split())
        found = self.read_words(words)
        country = found.country or self.find_country(words)
        if country is None and found.word:
            country = self.country_of_person(words)
        return replace(found, country=self.base.sovereigns.get(country or "", country))

    def read_words(self, words: Sequence[str]) -> Description:
        """The first word or name that carries sectors, and what follows it where that decides."""
        for start in range(len(words)):
            if actor := self.known_at(words, start):
                return Description(actor.sectors, actor.country, None, actor)
            role, after = self.role_at(words, start)
            if role is None or role.kind == "adjective":
                continue
            if actor := self.known_at(words, after, role):
                return Description(actor.sectors, actor.country, role, actor)
            inner = self.read_words(words[after:]) if role.of else Description()
            if inner.sectors:
                return inner
            return Description(role.sectors, role.country, role)
        return Description()

    def known_at(self, words: Sequence[str], start: int, role: RoleWord | None = None) -> KnownActor | None:
        """The known body whose name begins at a word (behind a role), the longest name first.

        A name of one word may be a common word as well (فتح). It counts at the start, behind a role or a
        preposition; that of an outlet only behind a word for outlets: صحيفة الحياة, not "الحياة".
        """
        if start >= len(words):
            return None
        firsts, longest = self.name_starts(words[start])
        is_led = role is not None or start == 0 or words[start - 1] in LEADING
        is_outlet = role is not None and OUTLET in role.sectors
        for end in range(min(len(words), start + longest), start, -1):
            for first in firsts:
                for actor in self.base.find(" ".join((first, *words[start + 1 : end])), EntityType.ORGANIZATION):
                    if end - start > 1 or is_outlet or (is_led and OUTLET not in actor.sectors):
                        return actor
        return None

    def _name_starts(self, word: str) -> tuple[tuple[str, ...], int]:
        """The spellings of a word that begin known names, and how many words the longest of these has."""
        if self.base.larger is not None:
            return first_words(word), LONGEST_NAME
        lengths = self.base.name_lengths
        firsts = tuple(first for first in first_words(word) if first in lengths)
        return firsts, min(LONGEST_NAME, max((lengths[first] for first in firsts), default=0))

    def role_at(self, words: Sequence[str], start: int) -> tuple[RoleWord | None, int]:
        """The longest role phrase that begins at a word, and where it ends."""
        if start >= len(words):
            return None, start
        firsts, longest = self.role_starts(words[start])
        for end in range(min(len(words), start + longest), start, -1):
            for first in firsts:
                if role := self.base.roles.get(role_key((first, *words[start + 1 : end]))):
                    return role, end
        return None, start

    def _role_starts(self, word: str) -> tuple[tuple[str, ...], int]:
        """The spellings of a word that begin role phrases, and how many words the longest of these has."""
        lengths = self.base.role_lengths
        firsts = tuple(first for first in first_words(word) if stem(first) in lengths)
        return firsts, max((lengths[stem(first)] for first in firsts), default=0)

    def _country_of_word(self, word: str) -> str | None:
        """The country that a word of the text names or is a demonym of: للسوريين."""
        key = actor_key(word)
        found = (self.countries.find_country(n) or self.countries.find_demonym(n) for n in spellings([key]) if key)
        return next(filter(None, found), None)

    def find_country(self, words: Sequence[str]) -> str | None:
        """Whose: a country, demonym or known body in the words; else the place after في."""
        start = 0
        while start < len(words):
            is_division = start > 0 and words[start - 1] in DIVISIONS
            if not is_division and (country := self.country_at(words, start)):
                return country
            _, after = self.role_at(words, start)  # the المالية of وزارة المالية is not Mali
            start = max(start + 1, after)
        return self.country_of_place(words)

    def country_at(self, words: Sequence[str], start: int) -> str | None:
        """The country that the name or demonym at a word stands for."""
        for end in range(min(len(words), start + 4), start, -1):
            for name in spellings(words[start:end]):
                if country := self.countries.find_country(name):
                    return country
        for word in spellings(words[start : start + 1]):
            if country := self.countries.find_demonym(word):
                return country
        role, _ = self.role_at(words, start)
        if role and role.country:
            return role.country
        actor = self.known_at(words, start)
        return actor.country if actor else None

    def ends_in_description(self, words: Sequence[str], start: int) -> bool:
        """Whether all words from one on belong to a description: [وزير النفط] العراقي الجديد."""
        while start < len(words):
            _, after = self.role_at(words, start)
            if words[start].startswith(("ال", "لل")) or self.country_at(words, start):
                after = max(after, start + 1)
            if after == start:
                return False
            start = after
        return True

    def country_of_person(self, words: Sequence[str]) -> str | None:
        """Whose by a known person: حكومة مودي; the first word is the description's own."""
        for start in range(1, len(words)):
            for end in range(min(len(words), start + 3), start, -1):
                for name in spellings(words[start:end]):
                    if found := self.base.find(name, EntityType.PERSON):
                        return found[0].country
        return None

    def country_of_place(self, words: Sequence[str]) -> str | None:
        """Whose by a place: المحكمة الفيدرالية في نيويورك."""
        if IN not in words:
            return None
        place = words[words.index(IN) + 1 :]
        is_part = bool(place) and place[0] in DIVISIONS  # ولاية جورجيا is no state of its own
        place = place[1:] if is_part else place
        for end in range(min(len(place), 3), 0, -1):
            found = self.countries.lookup(" ".join(place[:end]))
            parts = [candidate for candidate in found if not is_part or candidate.kind != COUNTRY]
            if parts:
                return parts[0].country
        return None


def until_away(words: Sequence[str]) -> Sequence[str]:
    """The words before إلى, لدى …: السفير الروسي [لدى سوريا]."""
    for index, word in enumerate(words):
        if word in AWAY and index:
            return words[:index]
    return words


def spellings(words: Sequence[str]) -> Iterator[str]:
    """A phrase as written, and without what may be attached to its first word: للصحفيين."""
    return (" ".join((first, *words[1:])) for first in first_words(words[0]))


@lru_cache(WORDS_KEPT)
def first_words(word: str) -> tuple[str, ...]:
    """A word as written, and without what may be attached to it: للصحفيين, صحفيين, الصحفيين."""
    found = [word]
    for clitic in CLITICS:
        if word.startswith(clitic) and len(word) - len(clitic) >= 3:
            bare = word[len(clitic) :]
            found += [bare, "ال" + bare] if len(clitic) > 1 else [bare]
    return tuple(found)
