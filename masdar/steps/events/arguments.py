"""Who did it, to whom, where and when: the mentions, places and expressions of time that a trigger is linked to.

A link's weight is shared by all that it points to. What the trigger's own sentence does not name must have more
than half of it; who is joined by "and" to someone linked (فرنسا وبريطانيا, France and Britain) has the same part.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from masdar.spoken import Spoken
from masdar.tagger import Tags
from masdar.types import Place, Quotation, Span, TimeExpression, Token

LEAST_ARGUMENT = 0.25  # of a link's weight, inside the trigger's sentence
LEAST_FAR = 0.5  # and outside of it
NOTHING = 0.5  # more than this for "nothing", and there is none
AND = re.compile(r"\s*[،,]?\s*و")


@dataclass(frozen=True, slots=True)
class Scene:
    """What the event rules look at."""

    text: str
    tokens: Sequence[Token]
    tags: Tags
    sentences: Sequence[Span]
    spoken: Spoken
    places: Sequence[Place]
    times: Sequence[TimeExpression]
    quotations: Sequence[Quotation]

    def sentence(self, word: int) -> int:
        """The number of the sentence that a word stands in."""
        return bisect_right(self.sentences, self.tokens[word].span.start, key=lambda sentence: sentence.start)

    def least(self, word: int, trigger: int) -> float:
        """The weight that a link from a trigger to a word must have."""
        return LEAST_ARGUMENT if self.sentence(word) == self.sentence(trigger) else LEAST_FAR


def participants(scene: Scene, trigger: int, role: str) -> tuple[str, ...]:
    """The entities that are actors or recipients; none when the link points to nothing."""
    words = sorted(scene.spoken.words)
    if not words:
        return ()
    chances, nothing = scene.tags.chosen(role, trigger, words)
    if nothing > NOTHING:
        return ()
    weights: dict[str, float] = {}
    least: dict[str, float] = {}
    linked: dict[str, tuple[float, int]] = {}
    for word, chance in zip(words, chances.tolist(), strict=True):
        entity = scene.spoken.words[word]
        weights[entity] = weights.get(entity, 0.0) + chance
        least[entity] = min(least.get(entity, 1.0), scene.least(word, trigger))
        linked[entity] = max(linked.get(entity, (chance, word)), (chance, word))
    best = max(weights, key=lambda entity: weights[entity])
    chosen = [e for e in weights if weights[e] > least[e] or (e == best and least[e] == LEAST_ARGUMENT)]
    return scene.spoken.with_conjuncts(chosen, {entity: word for entity, (_, word) in linked.items()})


def where(scene: Scene, trigger: int) -> tuple[str, ...]:
    """The places that a trigger is linked to, by id (P1 is the article's first place)."""
    first = {first_word(scene, place.span): number for number, place in enumerate(scene.places)}
    if not first:
        return ()
    words = list(first)
    chances, nothing = scene.tags.chosen("place", trigger, words)
    if nothing > NOTHING:
        return ()
    best = float(chances.max())
    chosen = {
        first[word]
        for word, chance in zip(words, chances.tolist(), strict=True)
        if chance > (least := scene.least(word, trigger)) or (chance == best and least == LEAST_ARGUMENT)
    }
    return tuple(f"P{number + 1}" for number in sorted(with_listed(scene, chosen)))


def with_listed(scene: Scene, chosen: set[int]) -> set[int]:
    """The places, and those listed with them: في الفازة والجاح (in al-Faza and al-Jah)."""
    listed: list[set[int]] = []
    for number, place in enumerate(scene.places):
        if number and AND.fullmatch(scene.text[scene.places[number - 1].span.end : place.span.start]):
            listed[-1].add(number)
        else:
            listed.append({number})
    return chosen.union(*(places for places in listed if places & chosen))


def when(scene: Scene, trigger: int) -> str | None:
    """The expression of time that a trigger is linked to, by id."""
    words = {}
    for number, time in enumerate(scene.times, 1):
        for word in range(first_word(scene, time.span), first_word(scene, Span(time.span.end - 1, 0)) + 1):
            words[word] = f"T{number}"
    if not words:
        return None
    listed = list(words)
    chances, nothing = scene.tags.chosen("date", trigger, listed)
    return None if nothing > NOTHING else words[listed[int(chances.argmax())]]


def first_word(scene: Scene, span: Span) -> int:
    return max(0, bisect_right(scene.tokens, span.start, key=lambda token: token.span.start) - 1)
