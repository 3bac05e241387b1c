"""What a tagger might say of a few words, made by hand: links with their weights, particles that are cut off."""

from __future__ import annotations

import numpy as np

from masdar.labels import LAYERS, LINKS, OFFSETS, WIDTH
from masdar.spoken import Spoken, find_spoken
from masdar.steps.tokens import find_tokens
from masdar.tagger import Links, Tags
from masdar.text.fold import fold
from masdar.types import Entity, EntityType, Form, Mention, Provenance, Span, Token


def tokens_of(text: str) -> tuple[Token, ...]:
    return find_tokens(text, fold(text))


def word(text: str, part: str) -> int:
    """The number of the word that holds a part of the text."""
    at = text.index(part)
    return next(n for n, token in enumerate(tokens_of(text)) if token.span.start <= at < token.span.end)


def entity(text: str, id: str, type: EntityType, *names: str, form: Form = Form.NAME) -> Entity:
    """An entity by the words that name it, the first place of each."""
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    return Entity(id, type, names[0], tuple(Mention(span, Provenance("test"), type, form) for span in spans))


def tags(text: str, links: dict[tuple[str, str, str], float], cut: tuple[str, ...] = ()) -> Tags:
    """Links by (link, from, to) with their weights, what is left goes to "nothing"; `cut`: words whose و is cut off."""
    size = len(tokens_of(text))
    labels = np.zeros((size, WIDTH), np.float32)
    first, _ = OFFSETS["cut"]
    labels[:, first] = 1
    for part in cut:
        labels[word(text, part), first : first + len(LAYERS["cut"])] = (0, 1, 0)
    chances = np.full((len(LINKS), size, size + 1), 1e-9)
    for (link, start, to), weight in links.items():
        chances[LINKS.index(link), word(text, start), 1 + word(text, to)] = weight
    chances[:, :, 0] = np.maximum(1e-9, 1 - chances[:, :, 1:].sum(axis=2))
    window = Links(0, size, np.log(chances).astype(np.float32))
    return Tags(labels, (window,), np.zeros(size, np.int64), np.zeros((0, 0), np.int8))


def spoken_of(text: str, entities: list[Entity], said: Tags) -> Spoken:
    return find_spoken(text, entities, tokens_of(text), said)
