"""The words that tell which mentions are one thing: lexicons/entities/words.yml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from masdar.text.fold import fold_word

LEXICON = Path(__file__).parents[2] / "lexicons" / "entities" / "words.yml"


@dataclass(frozen=True, slots=True)
class EntityWords:
    """Folded ranks, kinds of bodies, and duals with what they stand for (PER, GPE or any)."""

    ranks: frozenset[str]
    bodies: frozenset[str]
    duals: dict[str, str]


def load_entity_words(path: Path = LEXICON) -> EntityWords:
    """Read the lexicon."""
    with path.open(encoding="utf-8") as file:
        page = yaml.load(file, yaml.CSafeLoader)
    return EntityWords(
        frozenset(map(fold_word, page["ranks"])),
        frozenset(map(fold_word, page["bodies"])),
        {fold_word(word): kind for kind, listed in page["duals"].items() for word in listed},
    )
