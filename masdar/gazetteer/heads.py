"""Words that stand before or after names of places, from lexicons/places/words.yml, folded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from masdar.gazetteer.evidence import Wish
from masdar.gazetteer.spelling import without_proclitics
from masdar.gazetteer.words import FOLDER, read_lexicon
from masdar.text.fold import fold_word


@dataclass(frozen=True, slots=True)
class HeadWords:
    """Head nouns and the kinds they ask for; directions; adjectives; connecting words."""

    kinds: dict[str, frozenset[str]]
    areas: frozenset[str]
    before_demonyms: frozenset[str]
    tails: frozenset[str]
    connectors: frozenset[str]
    vocalised: dict[str, str]
    common: frozenset[str]

    def as_head(self, word: str) -> Iterator[str]:
        """The head noun that a word of the text is, particles left out: بمحافظه -> محافظه."""
        return (w for w in chain([word], without_proclitics(word)) if w in self.kinds)

    def kinds_of(self, word: str) -> frozenset[str]:
        """The kinds of place that a head noun asks for."""
        return next((self.kinds[head] for head in self.as_head(word)), frozenset())

    def is_connector(self, word: str) -> bool:
        """Whether the word stands between a name and the larger place it is in: بريف, شمال."""
        words = chain([word], without_proclitics(word))
        return any(w in self.connectors or w in self.areas or w in self.kinds for w in words)

    def is_common(self, word: str) -> bool:
        """Whether the word is a common noun: مدينة (a city), بيوت (houses)."""
        return word in self.common or word in self.kinds or word in self.areas

    def vocalised_wish(self, words: str) -> Wish:
        """The country that vowels written in the text ask for: عُمان -> OMN, عمّان -> JOR."""
        found = (iso3 for form, iso3 in self.vocalised.items() if form in words)
        return Wish(countries=frozenset(found))


@cache
def load_heads() -> HeadWords:
    """The head words of the lexicon."""
    entries = read_lexicon(FOLDER / "words.yml")["entries"]
    kinds = {word: frozenset(entry["kinds"]) for entry in entries if entry["kinds"] for word in folded(entry)}
    return HeadWords(
        kinds,
        marked(entries, "area"),
        marked(entries, "before_demonym"),
        marked(entries, "tail"),
        marked(entries, "connector"),
        {word: entry["vocalised"] for entry in entries if "vocalised" in entry for word in entry["words"]},
        marked(entries, "common"),
    )


def marked(entries: list[dict[str, Any]], mark: str) -> frozenset[str]:
    """Words of the entries with a mark."""
    return frozenset(word for entry in entries if entry.get(mark) for word in folded(entry))


def folded(entry: dict[str, Any]) -> list[str]:
    """The folded words of an entry."""
    return [fold_word(word) for word in entry["words"]]
