"""Make `confidence` mean what it says: how often a quotation or an event with that score is right.

    python -m training.calibrate --held FOLDER [--into masdar/models/tagger]

FOLDER is that of training/held.py: read articles that were never trained on. A quotation is right when content and
speaker are (score.py's "attributed"), an event when type and act are. Slope and offset of a logistic curve on the
score's logit (Platt 1999) go into meta.json; the reliability before and after, by two-fold cross-validation over
articles, goes there too and is drawn as docs/reliability.svg.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from masdar.reader import Reader
from masdar.record import to_dict
from masdar.tagger import LOWEST, MODEL, Tagger
from masdar.types import Article

Floats = NDArray[np.float64]
LAYERS = ("quotation", "event")
BINS = 8  # of equally many items each


@dataclasses.dataclass(frozen=True)
class Judged:
    """Items of one layer: their scores, whether each is right, and the number of its article."""

    scores: Floats
    right: Floats
    articles: NDArray[np.int64]


def scorer(shared: Path) -> ModuleType:
    """The measure of quality, as a module."""
    spec = importlib.util.spec_from_file_location("score", shared / "gold" / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no score.py in {shared / 'gold'}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def raw_reader(folder: Path) -> Reader:
    """A reader whose scores are not calibrated yet."""
    tagger = Tagger(folder=folder)
    tagger._calibration = {}
    return dataclasses.replace(Reader.load(), tagger=tagger)


def rights(score: ModuleType, gold: dict[str, Any], record: dict[str, Any], layer: str) -> list[bool]:
    """Which items of a layer are right: an item is when leaving it out loses a true positive."""
    name = {"quotation": "attributed", "event": "event"}[layer]
    key = f"{layer}s"

    def hits(items: list[dict[str, Any]]) -> int:
        found, _ = score.score([gold], {gold["id"]: record | {key: items}})
        return int(found[name]["tp"])

    whole = hits(record[key])
    return [hits([x for x in record[key] if x is not item]) < whole for item in record[key]]


def judged(held: Path, shared: Path, reader: Reader) -> dict[str, Judged]:
    score = scorer(shared)
    found: dict[str, list[tuple[float, bool, int]]] = {layer: [] for layer in LAYERS}
    for number, path in enumerate(sorted(held.glob("*.json"))):
        gold = json.loads(path.read_text("utf-8"))
        record = reader.read(Article(gold["id"], gold["text"], gold["title"], published=gold["published"]))
        for layer, items in zip(LAYERS, (record.quotations, record.events), strict=True):
            right = rights(score, gold, to_dict(record), layer)
            pairs = zip(items, right, strict=True)
            found[layer] += [(item.provenance.score, is_right, number) for item, is_right in pairs]
    return {
        layer: Judged(*(np.array(column, kind) for column, kind in zip(zip(*rows, strict=True), "ffi", strict=True)))
        for layer, rows in found.items()
    }


def logit(scores: Floats) -> Floats:
    clipped = np.clip(scores, LOWEST, 1 - LOWEST)
    return np.log(clipped / (1 - clipped))


def fitted(scores: Floats, right: Floats) -> tuple[float, float]:
    """Slope and offset that make the outcomes likeliest: Newton's method, a step halved until it helps."""
    x = np.stack([logit(scores), np.ones(len(scores))], axis=1)
    prior = np.array([1.0, 0.0])  # drawn a little towards leaving the score as it is

    def loss(weights: Floats) -> float:
        reach = x @ weights
        return float(np.logaddexp(0, reach).sum() - right @ reach + 0.05 * ((weights - prior) ** 2).sum())

    weights = prior
    for _ in range(50):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (right - chance) - 0.1 * (weights - prior)
        bend = (x * (chance * (1 - chance))[:, None]).T @ x + 0.1 * np.eye(2)
        step = np.linalg.solve(bend, slope)
        while loss(weights + step) > loss(weights) + 1e-9:
            step = step / 2
        weights = weights + step
    return float(weights[0]), float(weights[1])


def calibrated(scores: Floats, curve: tuple[float, float]) -> Floats:
    return np.asarray(1 / (1 + np.exp(-(curve[0] * logit(scores) + curve[1]))))


def crossed(items: Judged) -> Floats:
    """Each item's confidence by the curve of the other half of the articles."""
    out = np.zeros(len(items.scores))
    for half in (0, 1):
        mine = items.articles % 2 == half
        out[mine] = calibrated(items.scores[mine], fitted(items.scores[~mine], items.right[~mine]))
    return out


def reliability(chances: Floats, right: Floats) -> list[tuple[float, float, int]]:
    """Mean confidence, share right and number of items in each of some bins of equal size."""
    order = np.argsort(chances, kind="stable")
    return [
        (round(float(chances[part].mean()), 3), round(float(right[part].mean()), 3), len(part))
        for part in np.array_split(order, BINS)
        if len(part)
    ]


def error(bins: Sequence[tuple[float, float, int]]) -> float:
    """The expected calibration error: how far confidence and truth are apart, weighted by items."""
    total = sum(count for _, _, count in bins)
    return round(sum(abs(said - true) * count for said, true, count in bins) / total, 3)


def drawn(curves: dict[str, list[tuple[float, float, int]]]) -> str:
    """The reliability plot: share right over confidence; on the diagonal, confidence means what it says."""
    colours = {"quotation": "#1f5fa8", "event": "#b3541e"}
    marks = []
    for row, (layer, bins) in enumerate(curves.items()):
        points = " ".join(f"{40 + 300 * said:.0f},{340 - 300 * true:.0f}" for said, true, _ in bins)
        marks.append(f'<polyline points="{points}" fill="none" stroke="{colours[layer]}" stroke-width="2"/>')
        marks += [
            f'<circle cx="{40 + 300 * said:.0f}" cy="{340 - 300 * true:.0f}" r="4" fill="{colours[layer]}"/>'
            for said, true, _ in bins
        ]
        marks.append(f'<text x="52" y="{60 + 18 * row}" fill="{colours[layer]}">{layer}</text>')
    axes = (
        '<path d="M40 40V340H340" fill="none" stroke="#666"/><path d="M40 340L340 40" stroke="#bbb"/>'
        '<text x="340" y="360" text-anchor="end">confidence</text><text x="40" y="30">share right</text>'
        '<text x="28" y="345">0</text><text x="28" y="45">1</text>'
    )
    style = 'font-family="sans-serif" font-size="13" fill="#444"'
    box = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 380 370" width="380" height="370"'
    return f'<svg {box} {style}><rect width="380" height="370" fill="white"/>{axes}{"".join(marks)}</svg>\n'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held", type=Path, required=True)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--into", type=Path, default=MODEL)
    args = parser.parse_args()
    items = judged(args.held, args.shared, raw_reader(args.into))
    path = args.into / "meta.json"
    meta = json.loads(path.read_text("utf-8"))
    meta["calibration"] = {layer: fitted(j.scores, j.right) for layer, j in items.items()}
    after = {layer: reliability(crossed(j), j.right) for layer, j in items.items()}
    meta["reliability"] = {
        layer: {
            "items": len(j.scores),
            "error before": error(reliability(j.scores, j.right)),
            "error after": error(after[layer]),
        }
        for layer, j in items.items()
    }
    path.write_text(json.dumps(meta, indent=1) + "\n", "utf-8")
    Path("docs/reliability.svg").write_text(drawn(after), "utf-8")
    print(json.dumps({"calibration": meta["calibration"], "reliability": meta["reliability"], "bins": after}, indent=1))


if __name__ == "__main__":
    main()
