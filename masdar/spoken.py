"""Which words stand for whom, and who stands beside whom: what quotations and events share of the entities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from masdar.spans import cut_start
from masdar.tagger import Tags
from masdar.types import Entity, EntityType, Form, Mention, Token


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who is spoken of, word by word."""

    words: dict[int, str]  # word → id of the entity whose shortest mention holds it
    firsts: dict[int, Mention]  # first word of a mention → the mention
    beside: dict[int, tuple[str, ...]] = field(default_factory=dict)  # word → the ids joined to its own by "and"

    def with_conjuncts(self, chosen: Sequence[str], linked: dict[str, int]) -> tuple[str, ...]:
        """Who is chosen, and whoever is joined by "and" to the mention that was linked (entity → its word)."""
        everyone = [*chosen, *(other for entity in chosen for other in self.beside.get(linked[entity], ()))]
        return tuple(dict.fromkeys(everyone))


class Held(NamedTuple):
    """A mention by its first and last word."""

    first: int
    last: int
    entity: Entity
    mention: Mention


def find_spoken(text: str, entities: Sequence[Entity], tokens: Sequence[Token], tags: Tags) -> Spoken:
    """Words and mentions of the entities; a demonym gives way to the name or nominal around it."""
    starts = np.array([t.span.start for t in tokens])
    held = [
        Held(
            max(0, int(np.searchsorted(starts, mention.span.start, "right")) - 1),
            int(np.searchsorted(starts, mention.span.end - 1, "right")) - 1,
            entity,
            mention,
        )
        for entity in entities
        for mention in entity.mentions
    ]
    held.sort(key=lambda h: (h.mention.form is not Form.DEMONYM, -(h.mention.span.end - h.mention.span.start)))
    words = {word: h.entity.id for h in held for word in range(h.first, h.last + 1)}
    beside = {
        word: tuple(dict.fromkeys(h.entity.id for h in chain))
        for chain in conjuncts(text, tokens, tags, [h for h in held if h.mention.form is not Form.DEMONYM])
        for h in chain
        for word in range(h.first, h.last + 1)
        if words[word] == h.entity.id
    }
    return Spoken(words, {h.first: h.mention for h in held}, beside)


def conjuncts(text: str, tokens: Sequence[Token], tags: Tags, held: Sequence[Held]) -> Iterator[list[Held]]:
    """Mentions that follow one another joined by "and": [فرنسا] و[بريطانيا] (France and Britain).

    Where a mention holds another one with the same end (وزير خارجية فرنسا), the one of the same kind is joined.
    """
    ending: defaultdict[int, list[Held]] = defaultdict(list)
    longest: dict[int, Held] = {}
    for one in held:
        ending[one.last].append(one)
        longest[one.first] = max(longest.get(one.first, one), one, key=lambda h: h.last)
    chains: dict[int, list[Held]] = {}  # by the first word of the last member
    for first, one in sorted(longest.items()):
        before = [h for h in ending[first - 1] if h.entity.id != one.entity.id]
        if not before or not follows_and(text, tokens, tags, first):
            continue
        other = max(before, key=lambda h: (is_alike(h, one), h.last - h.first))
        chain = chains.pop(other.first, [other])
        chain.append(one)
        chains[first] = chain
    yield from chains.values()


def follows_and(text: str, tokens: Sequence[Token], tags: Tags, word: int) -> bool:
    """Whether a word is joined to the one before it: an attached و, at most a comma between."""
    between = text[tokens[word - 1].span.end : tokens[word].span.start].strip()
    start = tokens[word].span.start
    return between in ("", "،", ",") and text[start] == "و" and cut_start(text, tokens[word], tags, word) > start


def is_alike(one: Held, other: Held) -> bool:
    """People with people, bodies and places with each other."""
    return (one.entity.type is EntityType.PERSON) == (other.entity.type is EntityType.PERSON)
