"""A text as the words that are searched: each folded, with its dictionary form and its place in the text.

A database is only ever given these words, separated by a space: what a word is, and which words are the same, is
decided here and is the same for both databases.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from masdar.steps.tokens import find_tokens
from masdar.text.fold import fold, fold_word
from masdar.text.lemmas import lemma
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


def words_of(text: str) -> list[Word]:
    """The words of a text, without punctuation: قالت «القوات» → قالت, القوات."""
    found = []
    for token in find_tokens(text, fold(text)):
        if token.is_word and (folded := cleaned(token.folded)):
            published = text[token.span.start : token.span.end]
            found.append(Word(token.span, folded, cleaned(lemma(published)) or folded))
    return found


def cleaned(folded: str) -> str:
    """A folded word as it is indexed: small letters, not too long."""
    return NOT_SEARCHED.sub("", folded).lower()[:LONGEST]


def name_words(name: str) -> list[str]:
    """The words of a name, without the article: بشار الأسد → بشار, اسد."""
    return list(dict.fromkeys(bare(word.folded) for word in words_of(name)))


def bare(word: str) -> str:
    """A word without the article, if that leaves one."""
    return word.removeprefix(ARTICLE) if len(word) - len(ARTICLE) >= FEWEST else word


def whole(value: str) -> str:
    """A value that is searched as a whole: Sky News Arabia → sky_news_arabia."""
    return NOT_SEARCHED.sub("_", fold_word(value)).strip("_").lower()[: 3 * LONGEST]
