"""Writes the names of people in Latin letters, word by word, as news in English usually spells them.

Arabic leaves short vowels unwritten: letters alone do not say whether حمد is Hamad or Hamd. So every word comes from
`lexicons/actors/latin.yml` or from a rule upon words of it. One unknown word, and the name stays without romanisation.
Each rule of `RULES` is offered the longest stretch of words first; the first that answers wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Self

import yaml

from masdar.errors import LexiconError
from masdar.text.fold import fold_word

LEXICON = Path(__file__).parents[1] / "lexicons" / "actors" / "latin.yml"
KEYS = frozenset(("about", "license", "titles", "particles", "arab", "world", "nisbas", "servants", "regions"))
LONGEST = 4  # words of the longest entry: أونغ سان سو تشي
SHORTEST = 3  # letters of what a nisba is made of: علي is none of عل
NOT_A_LETTER = re.compile(r"[^\w\s]|_")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f' -]*")
ARTICLE = "ال"
SERVANT = "عبد"
FATHER = "ابو"
NISBA = "ي"
GLUED = re.compile(r"^(عبد|ابو) | (الله|الدين|زاده|اوغلو)$")  # written as one word as often as two
VOWELS = "aeiouhy"

Words = Sequence[str]


@dataclass(frozen=True, slots=True)
class Region:
    """How a group of countries spells. `servant` is what عبد الـ becomes there: Abdul, "Abdel "."""

    countries: frozenset[str] = frozenset()
    servant: str = "Abdul"
    names: Mapping[str, str] = field(default_factory=dict)


ANYWHERE = Region()


@dataclass(frozen=True, slots=True)
class LatinNames:
    """Name words by folded spelling.

    `titles` before a name are left out; `particles` need a word after them (بن). `arab` words may take the article,
    `world` words may not; `nisbas` are stems that make a family name with ي; `servants` are what follows عبد الـ.
    """

    titles: Mapping[str, str]
    particles: Mapping[str, str]
    arab: Mapping[str, str]
    world: Mapping[str, str]
    nisbas: Mapping[str, str]
    servants: Mapping[str, str]
    regions: tuple[Region, ...] = ()

    @classmethod
    def of(cls, page: Mapping[str, Any], where: str) -> Self:
        """The words of a lexicon page."""
        if set(page) != KEYS:
            raise LexiconError(f"{where}: needs exactly the keys {sorted(KEYS)}.")
        parts = {part: folded(page[part], f"{where} {part}") for part in KEYS - {"about", "license", "regions"}}
        return cls(**parts, regions=tuple(read_region(entry, where) for entry in page["regions"]))

    def romanise(self, name: str, country: str | None = None) -> str | None:
        """A whole name as people of the country spell it, None where one word is unknown.

        عبد الرحمن الحلبي -> Abdulrahman al-Halabi
        """
        region = self.region(country)
        words = self.without_titles(name_words(name), region)
        parts = list(self.parts(words, region))
        is_whole = bool(parts) and None not in parts and words[-1] not in self.particles
        if not is_whole or (len(words) == 1 and not self.stands_alone(words[0], region)):
            return None
        return capitalised(" ".join(part for part in parts if part))

    def without_titles(self, words: Words, region: Region) -> Words:
        """A name without what stands before it: الأمير خالد (Prince Khaled)."""
        start = 0
        while start < len(words) - 1 and words[start] in self.titles and words[start] not in region.names:
            start += 1
        return words[start:]

    def parts(self, words: Words, region: Region) -> Iterator[str | None]:
        """The romanised stretches of a name, longest first; ends with None at an unknown word."""
        start = 0
        while start < len(words):
            tried = (words[start:end] for end in range(min(len(words), start + LONGEST), start, -1))
            found = next(((part, said) for part in tried if (said := self.stretch(part, region))), None)
            if found is None:
                yield None
                return
            start += len(found[0])
            yield found[1]

    def stretch(self, words: Words, region: Region) -> str | None:
        """The first answer of the rules for these words."""
        return next((said for rule in RULES if (said := rule(self, words, region))), None)

    def region(self, country: str | None) -> Region:
        """How a country spells."""
        return next((region for region in self.regions if country in region.countries), ANYWHERE)

    def stands_alone(self, word: str, region: Region) -> bool:
        """Whether one word is a name by itself: السوري is more often the Syrian than Mr al-Souri."""
        is_listed = (in_lexicon(self, [word], region) or articled(self, [word], region)) is not None
        return is_listed and word not in self.titles and not (word.startswith(ARTICLE) and word.endswith(NISBA))


# --- rules


def in_lexicon(names: LatinNames, words: Words, region: Region) -> str | None:
    """A word or phrase of the lexicon: نصر الله Nasrallah, محمد Mohammed (Mohamed in Egypt)."""
    key = " ".join(words)
    return region.names.get(key) or names.particles.get(key) or names.arab.get(key) or names.world.get(key)


def servant_of(names: LatinNames, words: Words, region: Region) -> str | None:
    """Servant of one of God's names, in one word or two: عبد الرحيم, عبدالرحيم Abdulrahim."""
    key = "".join(words)
    if len(words) > 2 or not key.startswith(SERVANT + ARTICLE):
        return None
    god = key.removeprefix(SERVANT + ARTICLE)
    if god not in names.servants:
        return None
    served = region.names.get(god, names.servants[god])
    return region.servant + (served if region.servant.endswith(" ") else served.lower())


def articled(names: LatinNames, words: Words, region: Region) -> str | None:
    """A known word or compound with the article: النجار al-Najjar, الجار الله al-Jarallah."""
    key = " ".join(words)
    stem = key.removeprefix(ARTICLE)
    if stem == key:
        return None
    latin = region.names.get(stem) or names.arab.get(stem)
    return f"al-{latin}" if latin else None


def nisba(names: LatinNames, words: Words, region: Region) -> str | None:
    """A family name from a place or a forefather: الحلبي al-Halabi, منصوري Mansouri."""
    bare = words[0].removeprefix(ARTICLE)
    stem = bare.removesuffix(NISBA)
    if len(words) > 1 or stem == bare or len(stem) < SHORTEST:
        return None
    latin = names.nisbas.get(stem) or region.names.get(stem) or names.arab.get(stem)
    if latin is None or latin[-1] in VOWELS:
        return None
    return f"al-{latin}i" if bare != words[0] else f"{latin}i"


def glued_father(names: LatinNames, words: Words, region: Region) -> str | None:
    """A kunya in one word: أبوعلي Abu Ali."""
    child = words[0].removeprefix(FATHER)
    if len(words) > 1 or child == words[0]:
        return None
    latin = in_lexicon(names, [child], region) or articled(names, [child], region)
    return f"Abu {latin}" if latin else None


Rule = Callable[[LatinNames, Words, Region], str | None]
RULES: tuple[Rule, ...] = (in_lexicon, servant_of, articled, nisba, glued_father)


# --- words


def name_words(name: str) -> list[str]:
    """The folded words of a name, without punctuation."""
    return NOT_A_LETTER.sub(" ", fold_word(name)).split()


def capitalised(latin: str) -> str:
    """A name begins with a capital (Bin Salman) unless it begins with the article (al-Assad)."""
    return latin if latin.startswith("al-") else latin[:1].upper() + latin[1:]


# --- the lexicon


@cache
def load_latin_names(path: Path = LEXICON) -> LatinNames:
    """The shipped name words; read once, when the first name is asked for."""
    try:
        page = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise LexiconError(f"{path} cannot be read: {error}. Correct or restore it.") from error
    if not isinstance(page, dict):
        raise LexiconError(f"{path} is no mapping. It needs the keys {sorted(KEYS)}.")
    return LatinNames.of(page, str(path))


def read_region(entry: Mapping[str, Any], where: str) -> Region:
    """A group of countries: {countries, servant, names}."""
    unknown = set(entry) - {"countries", "servant", "names"}
    if unknown or "countries" not in entry:
        raise LexiconError(f"{where}: a region needs countries, and none of {sorted(unknown)}.")
    countries = frozenset(entry["countries"])
    names = folded(entry.get("names", {}), f"{where} region {min(countries)}")
    return Region(countries, entry.get("servant", ANYWHERE.servant), names)


def folded(words: Mapping[str, str], where: str) -> dict[str, str]:
    """Words by folded spelling, compounds also written as one; two spellings of one key are refused."""
    found: dict[str, str] = {}
    for word, latin in words.items():
        if not isinstance(latin, str) or not LATIN.fullmatch(latin):
            raise LexiconError(f"{where}: {word}: {latin!r} is not written in Latin letters. Quote Yes, No and On.")
        key = " ".join(name_words(word))
        for spelling in {key, key.replace(" ", "") if GLUED.search(key) else key}:
            if spelling in found:
                raise LexiconError(f"{where}: {word} stands there twice. Leave it once.")
            found[spelling] = latin
    return found
