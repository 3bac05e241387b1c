"""What each sentence of the corpus means to the original encoder: the teacher of the sentence vectors.

    python -m training.meaning --build BUILD --shared ../shared

The tagger's encoder is trained for labels and links and would forget what multilingual-e5-small knows of the likeness
of sentences. A term of the loss holds its sentence vectors to the teacher's (Hinton et al. 2015, distillation). The
teacher's vectors all point one way (two unrelated headlines have a cosine of 0.85), so their mean is taken off
first. BUILD/meanings.npz holds, for each article, (sentences, 384) float16 of length 1, and `mean`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional as F

from masdar.pieces import BOS, EOS, Pieces
from masdar.steps.tokens import find_tokens
from masdar.text.fold import fold
from training.data import Annotated, sentences_of
from training.encoder import Encoder, from_e5
from training.train import HALF, corpus

BATCH_PIECES = 4096
LONGEST = 512


def pieces_of(article: Annotated, pieces: Pieces) -> list[list[int]]:
    """The pieces of each sentence."""
    text = article["text"]
    tokens = find_tokens(text, fold(text))
    starts = [token.span.start for token in tokens]
    out = []
    for sentence in sentences_of(article):
        first, last = np.searchsorted(starts, sentence)
        ids = [BOS]
        for token in tokens[first:last]:
            at = token.span.start
            ids.extend(pieces.encode(text[at : token.span.end], at == 0 or text[at - 1].isspace()))
        out.append([*ids[: LONGEST - 1], EOS])
    return out


def taught(sentences: list[list[int]], teacher: Encoder) -> NDArray[np.float32]:
    """The teacher's vectors: the mean over each sentence's pieces, of length 1."""
    out = np.zeros((len(sentences), teacher.pieces.embedding_dim), np.float32)
    order = sorted(range(len(sentences)), key=lambda n: len(sentences[n]))
    while order:
        longest = len(sentences[order[-1]])
        batch = [order.pop() for _ in range(min(len(order), max(1, BATCH_PIECES // longest)))]
        ids = torch.zeros(len(batch), longest, dtype=torch.long)
        for row, number in enumerate(batch):
            ids[row, : len(sentences[number])] = torch.tensor(sentences[number])
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=HALF):
            states = teacher(ids).float()
        there = (ids != 0)[:, :, None]
        out[batch] = F.normalize((states * there).sum(1) / there.sum(1), dim=1).numpy()
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--shared", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    pieces, teacher = Pieces(args.build / "pieces.json"), from_e5(args.build / "kept.npy").eval()
    path, part = args.build / "meanings.npz", args.build / "meanings.part.npz"
    known = dict(np.load(path)) if path.exists() else {}
    articles = [a for a in corpus(Path(), args.shared) if a["id"] not in known]
    for at in range(0, len(articles), 200):
        sentences = {a["id"]: pieces_of(a, pieces) for a in articles[at : at + 200]}
        vectors = taught([s for each in sentences.values() for s in each], teacher).astype(np.float16)
        ends = np.cumsum([len(each) for each in sentences.values()])
        known |= dict(zip(sentences, np.split(vectors, ends[:-1]), strict=True))
        known["mean"] = np.concatenate([v for k, v in known.items() if k != "mean"]).astype(np.float32).mean(0)
        np.savez(part, **known)
        part.replace(path)  # training reads it meanwhile
        print(at + len(sentences), len(articles), flush=True)


if __name__ == "__main__":
    main()
