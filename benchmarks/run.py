"""Measure masdar: `python -m benchmarks.run quality|speed|corpora|all [--articles N]`; see benchmarks/results."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from benchmarks import corpora, quality, speed

MEASURES: dict[str, Callable[[int], None]] = {"quality": quality.run, "speed": speed.run, "corpora": corpora.run}


def main() -> None:
    """Run the measures that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("measure", choices=[*MEASURES, "all"])
    parser.add_argument("--articles", type=int, default=500, help="for speed, and of each corpus for corpora")
    asked = parser.parse_args()
    for name, run in MEASURES.items():
        if asked.measure in (name, "all"):
            run(asked.articles)


if __name__ == "__main__":
    main()
