"""Everything that has to be learnt, in one forward pass of one small encoder.

The tagger says for each word what it is (labels by layer, as probabilities) and for pairs of words how they
hang together (link scores). It decides nothing: the steps decode what it says.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from masdar.errors import ModelError
from masdar.labels import LAYERS, LINKS, OFFSETS, PROTOCOL, WIDTH
from masdar.pieces import Pieces
from masdar.types import QuoteMarks, Span, Token
from masdar.windows import Window, cut_windows, mark_depths

MODEL = Path(__file__).parent / "models" / "tagger"
Floats = NDArray[np.float32]
MEANING = 384  # width of a sentence's vector
LOWEST = 0.001  # a score is at least so far from 0 and 1 before its confidence is reckoned
FAR = np.float32(-1e4)  # the score of a link to a word that no window shows together with this one


@dataclass(frozen=True, slots=True)
class Links:
    """Link scores of one window: (links, words, 1 + words); column 0 is "to nothing"."""

    first: int
    last: int
    scores: Floats


@dataclass(frozen=True, slots=True)
class Tags:
    """What the tagger says of an article.

    `labels` (words, WIDTH) probabilities, link scores by window, `owner` (words) the window in which a word is read,
    `meanings` (sentences, MEANING) int8: vectors of length 127 whose products say how alike two sentences are.
    """

    labels: Floats
    windows: tuple[Links, ...]
    owner: NDArray[np.int64]
    meanings: NDArray[np.int8]
    calibration: dict[str, tuple[float, float]] = field(default_factory=dict)

    def confidence(self, layer: str, score: float) -> float:
        """How often what has such a score is right, as measured on held-out articles (Platt 1999).

        `layer`: quotation or event; where nothing was measured, the score itself.
        """
        if layer not in self.calibration:
            return score
        slope, offset = self.calibration[layer]
        score = min(max(score, LOWEST), 1 - LOWEST)
        return float(1 / (1 + np.exp(-(slope * np.log(score / (1 - score)) + offset))))

    def layer(self, name: str) -> Floats:
        """Probabilities of a layer's labels: (words, labels)."""
        first, last = OFFSETS[name]
        return self.labels[:, first:last]

    def link(self, name: str, row: int) -> tuple[Floats, float]:
        """Scores of the links from one word to every word, and of the link to nothing."""
        window = self.windows[self.owner[row]]
        scores = window.scores[LINKS.index(name), row - window.first]
        out = np.full(len(self.labels), FAR, np.float32)
        out[window.first : window.last] = scores[1:]
        return out, float(scores[0])

    def chosen(self, name: str, row: int, among: Sequence[int]) -> tuple[Floats, float]:
        """Probabilities over some words and over "nothing", the rest of the article left out."""
        scores, nothing = self.link(name, row)
        picked = np.array([nothing, *scores[list(among)]], np.float32)
        weights = np.exp(picked - picked.max())
        weights /= weights.sum()
        return weights[1:], float(weights[0])


@dataclass(slots=True)
class Tagger:
    """The model file, opened on first use and once for the process."""

    folder: Path = MODEL
    threads: int = 0
    _session: Any = None
    _pieces: Pieces | None = None
    _calibration: dict[str, tuple[float, float]] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def id(self) -> str:
        """The identifier that stands in every record."""
        return str(self.meta()["id"])

    def meta(self) -> dict[str, Any]:
        """The model's card in figures: id, protocol, scores.

        Raises:
            ModelError: the model is missing or speaks another protocol.
        """
        path = self.folder / "meta.json"
        if not path.exists():
            raise ModelError(f"no model at {self.folder}: install masdar from its wheel or a full checkout")
        meta: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if meta["protocol"] != PROTOCOL:
            raise ModelError(
                f"the model at {self.folder} speaks protocol {meta['protocol']}, this masdar {PROTOCOL}: "
                "use the model that came with it"
            )
        return meta

    def calibration(self) -> dict[str, tuple[float, float]]:
        """Slope and offset of the confidence of each layer, as measured by training/calibrate.py."""
        if self._calibration is None:
            self._calibration = {k: (a, b) for k, (a, b) in self.meta().get("calibration", {}).items()}
        return self._calibration

    def read(self, text: str, tokens: Sequence[Token], sentences: Sequence[Span], marks: Sequence[QuoteMarks]) -> Tags:
        """Run the model over an article, window by window."""
        session, pieces = self.opened()
        count = len(tokens)
        labels = np.zeros((count, WIDTH), np.float32)
        meanings = np.zeros((count, MEANING), np.float32)
        owner = np.zeros(count, np.int64)
        depth = np.full(count, -1, np.int64)  # how far inside its window a word stands
        windows: list[Links] = []
        for window in cut_windows(text, tokens, sentences, mark_depths(tokens, marks), pieces):
            said, scores, meant = session.run(None, feed(window))
            place = np.arange(window.first, window.last)
            inside = np.minimum(
                place - window.first + count * (window.first == 0),
                window.last - 1 - place + count * (window.last == count),
            )
            better = inside > depth[place]
            labels[place[better]] = said[0][better]
            meanings[place[better]] = meant[0][better]
            owner[place[better]] = len(windows)
            depth[place[better]] = inside[better]
            windows.append(Links(window.first, window.last, scores[0]))
        vectors = sentence_vectors(meanings, tokens, sentences)
        return Tags(as_probabilities(labels), tuple(windows), owner, vectors, self.calibration())

    def opened(self) -> tuple[Any, Pieces]:
        """The session and the pieces, loaded on first use."""
        with self._lock:
            if self._session is None or self._pieces is None:
                self.meta()
                import onnxruntime  # here, since it takes a fifth of a second

                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = self.threads
                options.log_severity_level = 3
                self._session = onnxruntime.InferenceSession(
                    str(self.folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
                )
                self._pieces = Pieces(self.folder / "pieces.json")
            return self._session, self._pieces


def feed(window: Window) -> dict[str, NDArray[np.int64]]:
    """The inputs of the model for one window."""
    return {
        "ids": window.ids[None],
        "heads": window.heads[None],
        "tails": window.tails[None],
        "depths": window.depths[None],
    }


def sentence_vectors(words: Floats, tokens: Sequence[Token], sentences: Sequence[Span]) -> NDArray[np.int8]:
    """The mean over each sentence's words: (sentences, MEANING), of length 127; zeros for a sentence without words."""
    starts = [token.span.start for token in tokens]
    out = np.zeros((len(sentences), words.shape[1]), np.float32)
    for row, sentence in enumerate(sentences):
        first, last = np.searchsorted(starts, sentence)
        if last > first:
            out[row] = words[first:last].mean(axis=0)
    return as_int8(out)


def as_int8(vectors: Floats) -> NDArray[np.int8]:
    """Vectors, made 127 long and rounded."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    rounded: NDArray[np.int8] = np.rint(127 * vectors / np.maximum(length, 1e-9)).astype(np.int8)
    return rounded


def as_probabilities(scores: Floats) -> Floats:
    """Softmax within each layer; sigmoid for `status`, whose labels stand for themselves."""
    out = np.empty_like(scores)
    for name in LAYERS:
        first, last = OFFSETS[name]
        part = scores[:, first:last]
        if name == "status":
            out[:, first:last] = 1 / (1 + np.exp(-part))
            continue
        weights = np.exp(part - part.max(axis=1, keepdims=True))
        out[:, first:last] = weights / weights.sum(axis=1, keepdims=True)
    return out
