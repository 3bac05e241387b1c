"""The span-and-link model: one encoder, labels for words by layer, biaffine scores for links."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from masdar.labels import BUCKETS, DISTANCES, LINKS, WIDTH
from training.encoder import Encoder

HEAD = 64  # width of a link's head and tail vectors
MEANING = 384  # width of the vector that a word adds to its sentence's


def bucket_of(distance: Tensor) -> Tensor:
    """Which bucket a signed distance in words lies in; the middle one is the word itself."""
    size = torch.bucketize(distance.abs(), torch.tensor(DISTANCES), right=True)
    return torch.where(distance < 0, len(DISTANCES) + 1 - size, len(DISTANCES) + 1 + size)


def buckets(words: Tensor) -> Tensor:
    """(n, n): which distance bucket word j lies in, seen from word i."""
    return bucket_of(words[None, :] - words[:, None])


class Tagger(nn.Module):
    """Words of one batch of windows → label scores and link scores.

    forward(ids (b, p), heads (b, n), tails (b, n), depths (b, n)) gives labels (b, n, WIDTH), links
    (b, LINKS, n, 1 + n), whose first column is "to nothing", and meanings (b, n, MEANING): the mean over the words of a
    sentence, of length 1, is the sentence's vector.
    """

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        width = encoder.pieces.embedding_dim
        self.encoder = encoder
        self.depth = nn.Embedding(3, width)
        self.word = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.LayerNorm(width))
        self.dropout = nn.Dropout(0.2)
        self.labels = nn.Linear(width, WIDTH)
        self.link = nn.Sequential(nn.Linear(width, width), nn.GELU())
        self.froms = nn.Linear(width, len(LINKS) * HEAD)
        self.tos = nn.Linear(width, len(LINKS) * HEAD)
        self.nothing = nn.Parameter(torch.zeros(len(LINKS), HEAD))
        self.far = nn.Parameter(torch.zeros(len(LINKS), BUCKETS))
        self.meaning = nn.Linear(2 * width, MEANING)
        nn.init.normal_(self.depth.weight, std=0.02)

    def forward(self, ids: Tensor, heads: Tensor, tails: Tensor, depths: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        pieces = self.encoder(ids)
        width = pieces.shape[-1]

        def gathered(index: Tensor) -> Tensor:
            return pieces.gather(1, index[:, :, None].expand(-1, -1, width))

        words = torch.cat([gathered(heads) + self.depth(depths), gathered(tails)], dim=-1)
        meanings = self.meaning(words)
        words = self.dropout(self.word(words))
        turned = self.dropout(self.link(words))
        batch, length, _ = words.shape
        froms = self.froms(turned).view(batch, length, len(LINKS), HEAD).transpose(1, 2)
        tos = self.tos(turned).view(batch, length, len(LINKS), HEAD).transpose(1, 2)
        scores = froms @ tos.transpose(-1, -2) / math.sqrt(HEAD)
        far = self.far_by_shift(length) if self.training else self.far[:, buckets(torch.arange(length))]
        nothing = (froms * self.nothing[None, :, None, :]).sum(-1, keepdim=True) / math.sqrt(HEAD)
        return self.labels(words), torch.cat([nothing, scores + far[None]], dim=-1), meanings

    def far_by_shift(self, length: int) -> Tensor:
        """The same as `far[:, buckets(...)]`, one look-up for each distance: its gradient is cheap."""
        distance = torch.arange(1 - length, length)
        return self.far[:, bucket_of(distance)].unfold(1, length, 1).flip(1)
