"""Continued pre-training: the encoder goes on reading Arabic news (masked words) before it learns labels.

    python -m training.pretrain --shared ../shared --build BUILD --minutes 30

Masks whole words (15 %), predicts their pieces with tied embeddings, bf16 where the machine has it. Writes
BUILD/encoder.pt every few minutes; stops after --minutes or when BUILD/STOP appears.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from masdar.pieces import BOS, EOS, UNKNOWN, Pieces
from training.encoder import Encoder, from_e5
from training.train import HALF
from training.vocabulary import WORD

LENGTH = 256
BATCH = 16
RATE = 2e-4
MASKED = 0.15


def windows(shared: Path, pieces: Pieces, chance: random.Random) -> Iterator[list[tuple[int, ...]]]:
    """Articles cut into windows of at most LENGTH pieces, as lists of words, for ever, in random order."""
    texts = []
    for path in sorted((shared / "corpora").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for line in lines]
    while True:
        chance.shuffle(texts)
        for text in texts:
            window: list[tuple[int, ...]] = []
            length = 2
            for match in WORD.finditer(text[:6000]):
                word = pieces.encode(match[0], match.start() == 0 or text[match.start() - 1].isspace())
                if length + len(word) > LENGTH:
                    yield window
                    window, length = [], 2
                window.append(word)
                length += len(word)
            if length > LENGTH // 2:
                yield window


def masked(batch: list[list[tuple[int, ...]]], size: int, chance: random.Random) -> tuple[Tensor, Tensor]:
    """Ids with masked words, and the hidden ids (-100 elsewhere)."""
    ids = torch.zeros(len(batch), LENGTH, dtype=torch.long)
    hidden = torch.full((len(batch), LENGTH), -100)
    for row, window in enumerate(batch):
        at = 1
        ids[row, 0] = BOS
        for word in window:
            place = slice(at, at + len(word))
            ids[row, place] = torch.tensor(word)
            if chance.random() < MASKED:
                hidden[row, place] = torch.tensor(word)
                dice = chance.random()
                if dice < 0.8:
                    ids[row, place] = UNKNOWN
                elif dice < 0.9:
                    ids[row, place] = torch.randint(4, size, (len(word),))
            at += len(word)
        ids[row, at] = EOS
    return ids, hidden


class Guess(nn.Module):
    """From a vector to the piece that was hidden: BERT's head over the tied embeddings."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        size, width = encoder.pieces.weight.shape
        self.turn = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.bias = nn.Parameter(torch.zeros(size))

    def forward(self, vectors: Tensor, pieces: Tensor) -> Tensor:
        return self.turn(vectors) @ pieces.T + self.bias


def loss_of(encoder: Encoder, guess: Guess, ids: Tensor, hidden: Tensor) -> Tensor:
    with torch.autocast("cpu", torch.bfloat16, enabled=HALF):
        vectors = encoder(ids)
        picked = hidden != -100
        scores = guess(vectors[picked], encoder.pieces.weight)
    return F.cross_entropy(scores.float(), hidden[picked])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--layers", type=int, default=12)
    args = parser.parse_args()
    chance = random.Random(1)
    torch.manual_seed(1)
    pieces = Pieces(args.build / "pieces.json")
    encoder = from_e5(args.build / "kept.npy", args.layers)
    guess = Guess(encoder)
    groups = [{"params": encoder.parameters(), "by": 1.0}, {"params": guess.parameters(), "by": 5.0}]
    optimizer = torch.optim.AdamW(groups, lr=RATE, weight_decay=0.01, betas=(0.9, 0.98))
    source = windows(args.shared, pieces, chance)
    began, saved, step, mean = time.time(), time.time(), 0, 0.0
    encoder.train()
    while (spent := (time.time() - began) / 60) < args.minutes and not (args.build / "STOP").exists():
        left = max(0.0, 1 - spent / args.minutes)
        for group in optimizer.param_groups:
            group["lr"] = RATE * group["by"] * min(1.0, (step + 1) / 40) * max(0.05, left)
        ids, hidden = masked([next(source) for _ in range(BATCH)], pieces.size, chance)
        loss = loss_of(encoder, guess, ids, hidden)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        step += 1
        mean = loss.item() if step == 1 else 0.95 * mean + 0.05 * loss.item()
        if step % 20 == 0:
            print(f"step {step} minute {spent:.1f} loss {mean:.3f} pieces {step * BATCH * LENGTH}", flush=True)
        if time.time() - saved > 180:
            torch.save(encoder.state_dict(), args.build / "encoder.pt")
            saved = time.time()
    torch.save(encoder.state_dict(), args.build / "encoder.pt")


if __name__ == "__main__":
    main()
