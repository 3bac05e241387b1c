"""Adverbs of the moment of speaking: الآن (now), مؤخرا (recently), قريبا (soon), آنذاك (then).

They name no day, so a record does without them; TimeML counts them as dates, and so may a caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from masdar.steps.times.words import FOLDER, read_yaml
from masdar.text.fold import Folded, fold_word
from masdar.types import Doubt, Provenance, Span, TimeExpression

PARTICLES = "[وفبل]?"
SCORE = 0.8  # some are other words as well: أخيرا is "recently" or "at last"


def find_deictic(folded: Folded, found: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    """The adverbs outside what has been found already, without a value."""
    for match in adverbs().finditer(folded.text):
        span = folded.span(*match.span("adverb"))
        if not is_taken(span, found):
            made_by = Provenance("times.deictic", SCORE, (Doubt.VAGUE_DATE,))
            yield TimeExpression(span, made_by, None, granularity="period", kind="vague")


def is_taken(span: Span, found: Sequence[TimeExpression]) -> bool:
    """Whether an expression with a day stands there: في هذه الأيام الثلاثة."""
    return any(span.overlaps(time.span) for time in found)


@cache
def adverbs(path: Path = FOLDER / "deictic.yml") -> re.Pattern[str]:
    """All adverbs of the lexicon, the longest first, with و, ف, ب or ل before them or not."""
    forms = [(form, pattern_of(form, entry)) for entry in read_yaml(path)["entries"] for form in entry["forms"]]
    forms.sort(key=lambda pair: -len(pair[0]))
    return re.compile(rf"(?<!\w){PARTICLES}(?P<adverb>{'|'.join(pattern for _, pattern in forms)})(?!\w)")


def pattern_of(form: str, entry: Mapping[str, Any]) -> str:
    """One adverb, but not before some words: قريبا من (near) is no time."""
    words = re.escape(fold_word(form))
    after = "|".join(fold_word(word) for word in entry.get("unless", ()))
    return rf"{words}(?!\s+(?:{after})(?!\w))" if after else words
