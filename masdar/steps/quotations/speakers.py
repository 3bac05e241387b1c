"""Who says it, to whom and through whom: the words that a cue is linked to, and whose words they are.

Where the tagger points at a word that is nobody's mention, the one who stands behind it is meant: the bearer of a
rank (العقيد [تامر], Colonel Tamer), the issuer of a document (بيان صادر عن [الوزارة], a statement by the ministry).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from masdar.spoken import Spoken
from masdar.tagger import Tags
from masdar.text.fold import fold_word
from masdar.types import QuoteMarks, Span, Stance, Token

LEXICON = Path(__file__).parents[2] / "lexicons" / "quotations" / "documents.yml"
LEAST_SECOND_SPEAKER = 0.45  # of the link's weight: two who speak with one voice share it
LEAST_ROLE = 0.5  # addressees and via
FARTHEST = 5  # words between a document and its issuer
OPENING = frozenset("\"'«“”„‘([")


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """Words for what is written by somebody: patterns of folded words with particles and article."""

    statements: re.Pattern[str]  # always somebody's: بيان
    reports: re.Pattern[str]  # somebody's only where it is said whose: تقرير
    between: re.Pattern[str]  # may stand between a document and its issuer: صادر عن


def load_documents(path: Path = LEXICON) -> DocumentWords:
    """From lexicons/quotations/documents.yml."""
    with path.open(encoding="utf-8") as file:
        page = yaml.load(file, yaml.CSafeLoader)
    return DocumentWords(*(pattern_of(page[name]) for name in ("statements", "reports", "between")))


def pattern_of(words: Sequence[str]) -> re.Pattern[str]:
    """بيان, والبيان, لبيان, للبيان: the whole word, behind particles and the article."""
    folded = "|".join(re.escape(fold_word(word)) for word in words)
    return re.compile(rf"[وف]?(?:[بك]?(?:ال)?|لل?)(?:{folded})")


@dataclass(frozen=True, slots=True)
class Speech:
    """What the quotation rules look at."""

    text: str
    tokens: Sequence[Token]
    tags: Tags
    marks: Sequence[QuoteMarks]
    stances: dict[str, Stance]  # folded cue → the stance that it always has
    documents: DocumentWords
    spoken: Spoken


def find_speakers(speech: Speech, cue: int, contents: Sequence[Span]) -> tuple[tuple[str, ...], Span | None]:
    """Who speaks, and the words that name the speaker for this cue (None where unsaid).

    قال [الوزير] إن …، [ ] مضيفاً أن … (the minister said …, adding that …)
    """
    within = words_inside(speech, contents)
    outside = [n for n in range(len(speech.tokens)) if n not in within]
    if not outside:
        return (), None
    chances, nothing = speech.tags.chosen("speaker", cue, outside)
    weights: dict[str, float] = {}
    likeliest: dict[str, tuple[float, int]] = {}
    for word, chance in zip(outside, chances.tolist(), strict=True):
        key = speech.spoken.words.get(word, f"#{word}")
        weights[key] = weights.get(key, 0.0) + chance
        likeliest[key] = max(likeliest.get(key, (chance, -word)), (chance, -word))
    ranked = sorted(weights, key=lambda key: -weights[key])
    if weights[ranked[0]] < nothing:
        return (), None
    word = -likeliest[ranked[0]][1]
    span = said_here(speech, cue, word)
    if ranked[0].startswith("#"):
        people = [key for key in ranked if not key.startswith("#")]
        return behind(speech, word, people), speech.tokens[word].span if span else None
    also = [k for k in ranked[1:] if weights[k] > LEAST_SECOND_SPEAKER and not k.startswith("#")]
    linked = {key: -place for key, (_, place) in likeliest.items()}
    return speech.spoken.with_conjuncts((ranked[0], *also), linked), span


def behind(speech: Speech, word: int, people: Sequence[str]) -> tuple[str, ...]:
    """Who stands behind a word that is nobody's mention; `people` are the likeliest ones.

    Its bearer or issuer, named after it; else a statement is the likeliest one's (وأضاف البيان, it added), while a
    report without an author is nobody's.
    """
    if found := issuer(speech, word):
        return found
    return tuple(people[:1]) if speech.documents.statements.fullmatch(speech.tokens[word].folded) else ()


def issuer(speech: Speech, word: int) -> tuple[str, ...]:
    """Who is named right after a word; after a document, some words may stand between."""
    words, said = speech.documents, speech.tokens[word].folded
    is_document = words.statements.fullmatch(said) or words.reports.fullmatch(said)
    for near in range(word + 1, min(word + 1 + FARTHEST, len(speech.tokens))):
        if found := speech.spoken.words.get(near):
            return speech.spoken.with_conjuncts((found,), {found: near})
        between = speech.tokens[near].folded
        if between not in OPENING and not (is_document and words.between.fullmatch(between)):
            return ()
    return ()


def words_inside(speech: Speech, contents: Sequence[Span]) -> frozenset[int]:
    """The words that stand wholly in one of the contents."""
    found: set[int] = set()
    for content in contents:
        first = bisect_left(speech.tokens, content.start, key=lambda token: token.span.start)
        last = bisect_right(speech.tokens, content.end, key=lambda token: token.span.end)
        found.update(range(first, last))
    return frozenset(found)


def said_here(speech: Speech, cue: int, word: int) -> Span | None:
    """The mention's span when it stands in the cue's own clause; None when the subject is left unsaid."""
    mention = next((m for m in speech.spoken.firsts.values() if m.span.holds(speech.tokens[word].span)), None)
    span = mention.span if mention else speech.tokens[word].span
    first, last = sorted((span.end, speech.tokens[cue].span.start))
    between = (
        speech.text[first:last]
        if span.start < speech.tokens[cue].span.start
        else speech.text[speech.tokens[cue].span.end : span.start]
    )
    return None if "\n" in between or ". " in between or len(between) > 200 else span


def linked(speech: Speech, cue: int, name: str, contents: Sequence[Span]) -> tuple[str, ...]:
    """The entities that a cue is linked to as addressee or via."""
    within = words_inside(speech, contents)
    outside = [n for n in speech.spoken.words if n not in within]
    if not outside:
        return ()
    chances, _ = speech.tags.chosen(name, cue, outside)
    weights: dict[str, float] = {}
    for word, chance in zip(outside, chances, strict=True):
        weights[speech.spoken.words[word]] = weights.get(speech.spoken.words[word], 0.0) + float(chance)
    if sum(weights.values()) < LEAST_ROLE:
        return ()
    best = max(weights, key=lambda key: weights[key])
    return tuple(k for k in sorted(weights, key=lambda e: int(e[1:])) if k == best or weights[k] > LEAST_SECOND_SPEAKER)
