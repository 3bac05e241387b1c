"""Find the words that name, describe or point at somebody or something.

The tagger labels words in three layers (names, nominals, demonyms), which may lie inside each other: the
demonym in a ministry's name, the name in an office. A span leaves attached particles and quotation marks out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from masdar.labels import LAYERS
from masdar.spans import cut_start
from masdar.tagger import Floats, Tags
from masdar.text.fold import fold_word
from masdar.types import EntityType, Form, Mention, Provenance, Span, Token, Zone, ZoneKind

UNREAD = frozenset({ZoneKind.TEASER, ZoneKind.BOILERPLATE})
LEAST = 0.55
LEAST_ANCHOR, LEAST_LINK, LEAST_WANTED = 0.5, 0.4, 0.1
LEAST_NAME = 0.5  # of a name: a wrong one costs more than a description too many
HANGING = frozenset(map(fold_word, ("من", "عن", "في", "على", "بين", "إلى")))
LEADING_AWAY = frozenset(map(fold_word, (
    "أمام", "خلال", "خلف", "قرب", "قبل", "بعد", "ضد", "مع", "حول", "عند", "لدى", "تحت", "فوق", "منذ", "حتى", "أثناء",
)))  # fmt: skip
ELSEWHERE = frozenset(map(fold_word, ("أمام", "خلال", "خلف", "قبل", "بعد", "منذ", "حتى", "أثناء")))  # never inside one
LEAST_REST = 0.1  # of a word to belong to a description that would end in a preposition without it
NEAR = 4  # words from the one that is looked for: a mention's own length
ANCHORS = {"cue": ("speaker",), "trigger": ("actor", "recipient")}


def find_mentions(text: str, tokens: Sequence[Token], tags: Tags, zones: Sequence[Zone]) -> tuple[Mention, ...]:
    """Names, nominals and demonyms, in order; nothing from teasers and boilerplate."""
    unread = [zone.span for zone in zones if zone.kind in UNREAD]
    least = enough(tags)
    found = [
        mention
        for form in (Form.NAME, Form.NOMINAL, Form.DEMONYM)
        for mention in of_form(
            text, tokens, tags, form, least if form is Form.NOMINAL else np.maximum(least, LEAST_NAME)
        )
        if not any(span.overlaps(mention.span) for span in unread)
    ]
    return tuple(sorted(outside_names(found), key=lambda mention: (mention.span.start, -mention.span.end)))


def outside_names(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Without descriptions that lie in a name: منظمة is none in منظمة العفو (Amnesty), it is the name's own word."""
    names = [mention.span for mention in mentions if mention.form is Form.NAME]
    for mention in mentions:
        if mention.form is not Form.NOMINAL or not any(name.holds(mention.span) for name in names):
            yield mention


def enough(tags: Tags) -> Floats:
    """How likely a word must be part of a mention: less where a quotation or an event looks for somebody there."""
    least = np.full(len(tags.labels), LEAST, np.float32)
    for anchor, roles in ANCHORS.items():
        for word in np.flatnonzero(1 - tags.layer(anchor)[:, 0] > LEAST_ANCHOR):
            for role in roles:
                wanted = looked_for(tags, role, int(word))
                if wanted is not None:
                    least[wanted : wanted + NEAR] = LEAST_WANTED
    return least


def looked_for(tags: Tags, role: str, word: int) -> int | None:
    """The word that a link points to, when it clearly does."""
    scores, nothing = tags.link(role, word)
    best = int(scores.argmax())
    weights = np.exp(np.append(scores, nothing) - max(float(scores[best]), nothing))
    return best if weights[best] / weights.sum() > LEAST_LINK else None


def of_form(text: str, tokens: Sequence[Token], tags: Tags, form: Form, least: Floats) -> Iterator[Mention]:
    """The mentions of one layer."""
    layer = tags.layer(form.value)
    labels = LAYERS[form.value]
    done = -1
    for first, last, kind in runs(layer, labels, least):
        first, last = bounded(tokens, first, last)
        if first > last or last <= done:
            continue
        if form is Form.NOMINAL:
            last = done = finished(tokens, layer, last)
            last = before_preposition(tokens, first, last)
        score = float(np.mean(1 - layer[first : last + 1, 0]))
        start = cut_start(text, tokens[first], tags, first)
        yield Mention(Span(start, tokens[last].span.end), Provenance("mentions.tagger", round(score, 3)), kind, form)


def runs(layer: Floats, labels: tuple[str, ...], least: Floats) -> Iterator[tuple[int, int, EntityType]]:
    """First word, last word and type of each run of B- and I- labels that are likely enough."""
    inside = 1 - layer[:, 0] > least
    best = layer[:, 1:].argmax(axis=1) + 1
    index = 0
    while index < len(layer):
        if not inside[index]:
            index += 1
            continue
        last = index
        while last + 1 < len(layer) and inside[last + 1] and not labels[best[last + 1]].startswith("B"):
            last += 1
        yield index, last, type_of(layer[index : last + 1], labels)
        index = last + 1


def type_of(rows: Floats, labels: tuple[str, ...]) -> EntityType:
    """The type that the words of a run give most weight to; a demonym stands for a state."""
    if len(labels) <= 3:
        return EntityType.STATE
    weights = {
        kind: sum(float(rows[:, number].sum()) for number, label in enumerate(labels) if label.endswith(kind))
        for kind in EntityType
    }
    return max(weights, key=lambda kind: weights[kind])


def finished(tokens: Sequence[Token], layer: Floats, last: int) -> int:
    """The last word of a description that would end in a preposition: أكثر من (more than) goes on to 50 قياديا."""
    while last + 1 < len(tokens) and tokens[last].folded in HANGING:
        last += 1
        while last + 1 < len(tokens) and 1 - layer[last + 1, 0] > LEAST_REST:
            last += 1
    return last


def before_preposition(tokens: Sequence[Token], first: int, last: int) -> int:
    """The last word that leads on to no place or time: عشرات الناشطين (dozens of activists), without أمام (before).

    What follows such a word belongs elsewhere too: أمام مجلس (before the council).
    """
    last = next((word - 1 for word in range(first + 1, last + 1) if tokens[word].folded in ELSEWHERE), last)
    while last > first and tokens[last].folded in LEADING_AWAY | HANGING:
        last -= 1
    return last


def bounded(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Without the marks at either end."""
    while first <= last and not tokens[first].is_word:
        first += 1
    while first <= last and not tokens[last].is_word and text_of_mark(tokens[last]) != ")":
        last -= 1
    return first, last


def text_of_mark(token: Token) -> str:
    return token.folded
