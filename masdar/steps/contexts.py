"""What an event is about: PLOVER's contexts, by the words of its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from masdar.errors import LexiconError
from masdar.plover import CONTEXTS
from masdar.text.fold import Folded, fold_word
from masdar.types import Event, Span

LEXICON = Path(__file__).parent.parent / "lexicons" / "events" / "contexts.yml"
MOST = 3  # contexts of one event: more say nothing


@dataclass(frozen=True, slots=True)
class ContextWords:
    """One pattern for each context."""

    patterns: dict[str, re.Pattern[str]]


def load_context_words(path: Path = LEXICON) -> ContextWords:
    """Read the lexicon.

    Raises:
        LexiconError: a context that PLOVER does not have.
    """
    with path.open(encoding="utf-8") as file:
        contexts = yaml.load(file, yaml.CSafeLoader)["contexts"]
    for name in contexts:
        if name not in CONTEXTS:
            raise LexiconError(f"{path.name}: {name} is no context of PLOVER: see masdar/plover.py")
    return ContextWords({name: pattern_of(stems) for name, stems in contexts.items()})


def pattern_of(stems: Sequence[str]) -> re.Pattern[str]:
    """الجيش, وللجيش, جيشها: the stem at the start of a word, behind particles and the article."""
    folded = "|".join(r"\s+(?:ال)?".join(map(re.escape, fold_word(stem).split())) for stem in stems)
    return re.compile(rf"(?<!\w)[وفبك]?(?:ال|لل|ل)?(?:{folded})")


def find_contexts(
    events: Sequence[Event], folded: Folded, sentences: Sequence[Span], words: ContextWords
) -> tuple[Event, ...]:
    """The events, each with the contexts that its sentence speaks of, most mentioned first."""
    told: dict[Span, tuple[str, ...]] = {}
    out = []
    for event in events:
        sentence = next((s for s in sentences if s.start <= event.span.start < s.end), event.span)
        if sentence not in told:
            told[sentence] = contexts_of(folded.slice(sentence), words)
        out.append(replace(event, contexts=told[sentence]))
    return tuple(out)


def contexts_of(sentence: str, words: ContextWords) -> tuple[str, ...]:
    counts = {name: len(pattern.findall(sentence)) for name, pattern in words.patterns.items()}
    ranked = sorted((n for n, c in counts.items() if c), key=lambda n: (-counts[n], CONTEXTS.index(n)))
    return tuple(ranked[:MOST])
