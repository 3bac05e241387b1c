"""A text as the words that are searched: each folded, with its dictionary form and its place in the text.

A database is only ever given these words, separated by a space: what a word is, and which words are the same, is
decided here and is the same for both databases.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from masdar.steps.tokens import TOKEN
from masdar.text.fold import fold_word
from masdar.text.lemmas import REMEMBERED, lemma, spelling
from masdar.types import Span

LONGEST = 40  # letters of a word; the rest of an address says little
NOT_SEARCHED = re.compile(r"[\s'\"`\\\x00-\x1f]+")  # would mean something in a query of a database
ARTICLE = "ال"
FEWEST = 3  # letters of a name behind the article


class Word(NamedTuple):
    """A word of a text."""

    span: Span
    folded: str
    lemma: str


def words_of(text: str, span: Span | None = None) -> list[Word]:
    """The words of a text or of a stretch of it, without punctuation: قالت «القوات» → قالت, القوات."""
    start, end = span or (0, len(text))
    return [
        Word(Span(match.start(), match.end()), *readings(match.group()))
        for match in TOKEN.finditer(text, start, end)
        if match.lastgroup == "word" and readings(match.group())[0]
    ]


@lru_cache(maxsize=REMEMBERED)
def readings(word: str) -> tuple[str, str]:
    """A word folded, and its dictionary form; both empty where nothing of it can be searched."""
    folded = cleaned(fold_word(word))
    return folded, cleaned(lemma(word)) or folded


def cleaned(folded: str) -> str:
    """A folded word as it is indexed: small letters, not too long."""
    return NOT_SEARCHED.sub("", folded).lower()[:LONGEST]


@lru_cache(maxsize=REMEMBERED)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, without the article and in one spelling: ماهر الأسد → ماهر, اسد."""
    return tuple(dict.fromkeys(spelling(bare(word.folded)) for word in words_of(name)))


def bare(word: str) -> str:
    """A word without the article, if that leaves one."""
    return word.removeprefix(ARTICLE) if len(word) - len(ARTICLE) >= FEWEST else word


def whole(value: str) -> str:
    """A value that is searched as a whole: Sky News Arabia → sky_news_arabia."""
    return NOT_SEARCHED.sub("_", fold_word(value)).strip("_").lower()[: 3 * LONGEST]
