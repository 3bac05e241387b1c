"""Words into the encoder's word pieces.

The pieces are those of XLM-R that Arabic news needs (pruned by training/vocabulary.py). Words are encoded
one by one, so that every word knows its first and last piece; the spelling is only lightly normalised
(vocalisation and tatweel dropped, presentation forms and digits unified), as the encoder has learnt it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

PAD, BOS, EOS, UNKNOWN = 0, 1, 2, 3
DROPPED = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹یک", "01234567890123456789يك")
FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
LONGEST = 12  # pieces of one word: a longer one is a web address or a line without spaces


def plain(word: str) -> str:
    """The word as the encoder knows it."""
    word = DROPPED.sub("", word).translate(DIGITS)
    return unicodedata.normalize("NFKC", word) if FORMS.search(word) else word


class Pieces:
    """The piece vocabulary: `encode(word, spaced)` gives ids; `spaced` says whether white space stood before."""

    def __init__(self, path: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(path))
        self.size: int = self.tokenizer.get_vocab_size()
        self.encode = lru_cache(maxsize=200_000)(self._encode)

    def _encode(self, word: str, spaced: bool) -> tuple[int, ...]:
        shown = ("\u2581" if spaced else "") + plain(word)
        ids = self.tokenizer.encode(shown, add_special_tokens=False).ids if shown else []
        return tuple(ids[:LONGEST]) or (UNKNOWN,)

    def words(self, words: Sequence[tuple[str, bool]]) -> list[tuple[int, ...]]:
        """The pieces of each word."""
        return [self.encode(word, spaced) for word, spaced in words]
