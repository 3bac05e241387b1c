"""The quality gate: scores over the golden articles never fall below pinned floors.

    python -m benchmarks.gate                              say how the scores stand to the floors
    python -m benchmarks.gate --update                     raise floors to a little under the scores
    python -m benchmarks.gate --update --allow-regression  lower them too: say why in the commit

benchmarks/floors.json also holds the digest of the golden articles that the floors were measured with.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.articles import Json, golden_digest, load_golden, read, to_article
from benchmarks.score import ANSWERS, LAYERS, Item, Tally, score, tally
from masdar.reader import Reader
from masdar.record import to_dict

FLOORS = Path(__file__).parent / "floors.json"
MARGIN = 0.02  # another processor rounds the quantized model otherwise; one or two annotations may flip
Items = dict[str, list[Item]]


@dataclass(frozen=True, slots=True)
class Floors:
    """The least that is accepted of each figure, and what it was measured with."""

    digest: str = ""
    model: str = ""
    least: dict[str, float] = field(default_factory=dict)


def load_floors(path: Path = FLOORS) -> Floors:
    """The pinned floors; none where the file is missing."""
    return Floors(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else Floors()


def save_floors(floors: Floors, path: Path = FLOORS) -> None:
    """Write the floors for the next commit."""
    content = {"digest": floors.digest, "model": floors.model, "least": floors.least}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def read_all(reader: Reader, annotated: list[Json]) -> tuple[Items, list[Json]]:
    """Items of each article by its id, and the records."""
    items: Items = {}
    records = []
    for one in annotated:
        record = to_dict(read(reader, to_article(one)))
        items[one["id"]] = score(one, record)
        records.append(record)
    return items, records


def figures(items: Items) -> dict[str, float]:
    """One figure for each layer (F1) and answer (share that is right), over all articles."""
    tallies = tally(item for each in items.values() for item in each)
    return {name: round(figure(name, tallies[name]), 3) for name in (*LAYERS, *ANSWERS)}


def figure(name: str, counts: Tally) -> float:
    """F1 of a layer, precision of an answer."""
    return counts.f1 if name in LAYERS else counts.precision


def fallen(now: dict[str, float], floors: Floors) -> list[str]:
    """What lies below its floor, in words."""
    return [
        f"{name} is {now.get(name, 0.0):.3f}, its floor {least:.3f}"
        for name, least in floors.least.items()
        if now.get(name, 0.0) < least
    ]


def raised(now: dict[str, float], floors: Floors, *, allow_regression: bool) -> dict[str, float]:
    """New floors, a little under what is reached.

    Raises:
        ValueError: a floor would be lowered, and that is not allowed.
    """
    new = {name: round(max(0.0, value - MARGIN), 3) for name, value in now.items()}
    below = fallen(now, floors)
    if below and not allow_regression:
        raise ValueError(
            "refused to lower floors: " + "; ".join(below) + ". Repair it, or add --allow-regression and say why."
        )
    if allow_regression:
        return new
    return {name: max(value, floors.least.get(name, 0.0)) for name, value in new.items()}


def main() -> int:
    """Compare with the floors, or move them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--allow-regression", action="store_true")
    asked = parser.parse_args()
    reader, floors = Reader.load(), load_floors()
    now = figures(read_all(reader, load_golden())[0])
    for name, value in now.items():
        print(f"{name:12} {value:.3f}  floor {floors.least.get(name, 0.0):.3f}")
    if asked.update:
        return update(now, floors, reader.tagger.id, allow_regression=asked.allow_regression)
    if floors.digest != golden_digest():
        print("the golden articles have changed: python -m benchmarks.gate --update", file=sys.stderr)
        return 1
    below = fallen(now, floors)
    print("\n".join(below), file=sys.stderr)
    return int(bool(below))


def update(now: dict[str, float], floors: Floors, model: str, *, allow_regression: bool) -> int:
    """Pin what is reached."""
    try:
        least = raised(now, floors, allow_regression=allow_regression)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    save_floors(Floors(golden_digest(), model, least))
    return 0


if __name__ == "__main__":
    sys.exit(main())
