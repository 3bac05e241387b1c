"""An encoder as it is exported: what int8 would spoil stands apart, and attention needs no mask.

A few of the 1,536 inner channels of a feed-forward layer reach values ten times those of the others. Quantised
together, they take the resolution from all; with them in a small matrix of their own, which stays float, the rest bears
int8 (the idea of LLM.int8, Dettmers et al. 2022, settled once on the corpus instead of at run time). The sums
are the same as before, only ordered otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.hooks import RemovableHandle

from masdar.tagger import feed
from masdar.windows import Window
from training.encoder import Encoder, Layer

APART = 48  # channels of a layer that stay float


class Part(nn.Module):
    """Some channels of a feed-forward layer, up and down again."""

    def __init__(self, layer: Layer, channels: Tensor) -> None:
        super().__init__()
        width = layer.up.in_features
        self.up, self.down = nn.Linear(width, len(channels)), nn.Linear(len(channels), width, bias=False)
        with torch.no_grad():
            self.up.weight.copy_(layer.up.weight[channels])
            self.up.bias.copy_(layer.up.bias[channels])
            self.down.weight.copy_(layer.down.weight[:, channels])

    def forward(self, x: Tensor) -> Tensor:
        return self.down(F.gelu(self.up(x)))


class Exported(nn.Module):
    """A trained layer for one window without padding, its outlying channels apart."""

    def __init__(self, layer: Layer, peaks: Tensor) -> None:
        super().__init__()
        order = peaks.argsort(descending=True)
        self.layer, self.bias = layer, layer.down.bias
        self.rare, self.rest = Part(layer, order[:APART]), Part(layer, order[APART:])

    def forward(self, x: Tensor, _mask: Tensor) -> Tensor:
        layer = self.layer
        batch, length, width = x.shape
        each = width // layer.heads

        def heads(y: Tensor) -> Tensor:
            return y.view(batch, length, layer.heads, each).transpose(1, 2)

        query, key, value = heads(layer.query(x)), heads(layer.key(x)), heads(layer.value(x))
        attended = torch.softmax(query @ key.transpose(-1, -2) * each**-0.5, -1) @ value
        x = layer.after_attention(x + layer.joined(attended.transpose(1, 2).reshape(batch, length, width)))
        return layer.after_inner(x + self.rest(x) + self.rare(x) + self.bias)


def peaks_of(encoder: Encoder, windows: Iterable[Window]) -> list[Tensor]:
    """For each layer, the largest value that each inner channel takes on some windows."""
    peaks = [torch.zeros(layer.up.out_features) for layer in encoder.layers]

    def watch(number: int) -> RemovableHandle:
        def note(_module: nn.Module, given: tuple[Tensor, ...]) -> None:
            peaks[number] = torch.maximum(peaks[number], given[0].abs().amax((0, 1)))

        return encoder.layers[number].down.register_forward_pre_hook(note)

    hooks = [watch(number) for number in range(len(peaks))]
    with torch.no_grad():
        for window in windows:
            encoder(torch.from_numpy(feed(window)["ids"]))
    for hook in hooks:
        hook.remove()
    return peaks


def set_apart(encoder: Encoder, windows: Iterable[Window]) -> None:
    """Put every layer of an encoder into the form in which it is exported."""
    peaks = peaks_of(encoder, windows)
    encoder.layers = nn.ModuleList(Exported(layer, peak) for layer, peak in zip(encoder.layers, peaks, strict=True))
