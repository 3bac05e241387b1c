"""ASSAULT and PROTEST sentences judged by several people (openeventdata/arabic_event_gsr).

    python -m benchmarks.gsr

A sentence is positive when its record has such an event, told as done: the judges said no to what is past history,
supposed or feared, so an event with a status is none here. Label "yes" counts against both "no" labels; ambiguous
sentences are left out. Few sentences are positive (one in eight, one in twenty), so a second figure counts only events
that are likelier right than wrong.
"""

from __future__ import annotations

import csv
from pathlib import Path

from benchmarks.articles import SHARED, Json, read
from benchmarks.score import Tally
from masdar.reader import Reader
from masdar.types import Article

FOLDER = SHARED / "reference" / "gsr"
LABELS = {"yes": True, "difficult no": False, "easy no": False}
LIKELY = 0.5  # confidence


def score_sentences(reader: Reader, folder: Path = FOLDER) -> Json | None:
    """Precision, recall and F1 for each type; None where the sentences are missing."""
    files = sorted(folder.glob("*_dev.csv"))
    if not files:
        print(f"gsr: skipped, no sentences in {folder}")
        return None
    return {path.stem.removesuffix("_dev").upper(): score_file(reader, path) for path in files}


def score_file(reader: Reader, path: Path) -> Json:
    """The figures of one file."""
    every, likely, sentences = Tally(), Tally(), 0
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["label"] in LABELS:
                sentences += 1
                record = read(reader, Article(id=row["id"], text=row["text"]))
                told = [e for e in record.events if e.type == row["event_type"] and not e.status]
                surest = max((e.provenance.score for e in told), default=0.0)
                count(every, is_gold=LABELS[row["label"]], is_found=bool(told))
                count(likely, is_gold=LABELS[row["label"]], is_found=surest > LIKELY)
    print(f"gsr {path.stem}: F1 {every.f1:.3f}, of likely events {likely.f1:.3f}")
    return {"sentences": sentences, **rounded(every), "likely": rounded(likely)}


def rounded(counts: Tally) -> dict[str, float]:
    """Precision, recall and F1."""
    return {name: round(getattr(counts, name), 3) for name in ("precision", "recall", "f1")}


def count(counts: Tally, *, is_gold: bool, is_found: bool) -> None:
    """Count one sentence."""
    counts.right += is_gold and is_found
    counts.false += is_found and not is_gold
    counts.missed += is_gold and not is_found


if __name__ == "__main__":
    score_sentences(Reader.load())
