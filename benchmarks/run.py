"""Measure masdar: `python -m benchmarks.run quality|speed|corpora|all`. Results go to benchmarks/results."""

from __future__ import annotations

import argparse

from benchmarks import corpora, quality, speed

MEASURES = {"quality": quality.run, "speed": speed.run, "corpora": corpora.run}


def main() -> None:
    """Run the measures that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("measure", choices=[*MEASURES, "all"])
    asked = parser.parse_args().measure
    for name, run in MEASURES.items():
        if asked in (name, "all"):
            run()


if __name__ == "__main__":
    main()
