"""Cut an article into windows that the encoder can see at once.

A window is a run of words of at most 512 pieces, begun at a sentence where possible; the next one
overlaps it by about a third, and each word is read in the window in which it stands further inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from masdar.pieces import BOS, EOS, Pieces
from masdar.types import QuoteMarks, Span, Token

LENGTH = 512
OVERLAP = 170  # pieces that two windows share: some five sentences, enough for a speaker left unsaid


@dataclass(frozen=True, slots=True)
class Window:
    """Words first..last of an article as pieces; `heads` and `tails` are each word's outer pieces."""

    first: int
    last: int
    ids: NDArray[np.int64]
    heads: NDArray[np.int64]
    tails: NDArray[np.int64]
    depths: NDArray[np.int64]


def mark_depths(tokens: Sequence[Token], marks: Sequence[QuoteMarks]) -> NDArray[np.int64]:
    """How many pairs of quotation marks each word stands in (at most 2)."""
    depths = np.zeros(len(tokens), np.int64)
    starts = np.array([token.span.start for token in tokens])
    for pair in marks:
        first, last = np.searchsorted(starts, pair.inner)
        depths[first:last] += 1
    return np.minimum(depths, 2)


def cut_windows(
    text: str, tokens: Sequence[Token], sentences: Sequence[Span], depths: NDArray[np.int64], pieces: Pieces
) -> Iterator[Window]:
    """The windows of an article, in order; together they hold every word."""
    words = [
        pieces.encode(text[t.span.start : t.span.end], t.span.start == 0 or text[t.span.start - 1].isspace())
        for t in tokens
    ]
    lengths = np.cumsum([0, *map(len, words)])
    starts = np.searchsorted([t.span.start for t in tokens], [s.start for s in sentences])
    first = 0
    while first < len(words):
        last = int(np.searchsorted(lengths, lengths[first] + LENGTH - 2, "right")) - 1
        if last >= len(words):
            yield window_of(words, depths, first, len(words))
            return
        last = snapped(last, starts, lowest=(first + last) // 2)
        yield window_of(words, depths, first, last)
        back = int(np.searchsorted(lengths, lengths[last] - OVERLAP))
        first = max(first + 1, snapped(back, starts, lowest=back - 40))


def snapped(index: int, starts: NDArray[np.int64], lowest: int) -> int:
    """The start of a sentence at or before a word, unless that is too far back."""
    place = int(np.searchsorted(starts, index, "right")) - 1
    return int(starts[place]) if place >= 0 and starts[place] > lowest else index


def window_of(words: list[tuple[int, ...]], depths: NDArray[np.int64], first: int, last: int) -> Window:
    ids = [BOS]
    heads, tails = [], []
    for word in words[first:last]:
        heads.append(len(ids))
        ids.extend(word)
        tails.append(len(ids) - 1)
    ids.append(EOS)
    return Window(first, last, np.array(ids), np.array(heads), np.array(tails), depths[first:last])
