"""Write the model card from what was measured: masdar/models/tagger/CARD.md.

    python -m training.card [--shared ../shared]

Figures come from meta.json (export), benchmarks/results/quality.json and the corpus itself: none is typed in.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from training.count import counted
from training.data import load_authored, load_read

MODEL = Path("masdar/models/tagger")
RESULTS = Path("benchmarks/results/quality.json")
SHOWN = ("attributed", "quotation", "exact", "event", "argument", "mention", "date")

PAGE = Path(__file__).with_suffix(".md")  # the card, with places for figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    meta: dict[str, Any] = json.loads((MODEL / "meta.json").read_text("utf-8"))
    quality = json.loads(RESULTS.read_text("utf-8"))
    if quality["model"] != meta["id"]:
        raise SystemExit(f"{RESULTS} measured {quality['model']}, the package has {meta['id']}: measure first")
    rows = [f"| {name} | {quality['gold'][name]['f1']:.3f} | {quality['golden'][name]['f1']:.3f} |" for name in SHOWN]
    pieces = json.loads((MODEL / "pieces.json").read_text("utf-8"))["model"]["vocab"]
    page = PAGE.read_text("utf-8").format(
        id=meta["id"],
        protocol=meta["protocol"],
        pieces=f"{len(pieces):,}",
        size=(MODEL / "model.onnx").stat().st_size / 1e6,
        onnx=f"largest difference {meta['parity']['onnx']['worst']}",
        same_labels=meta["parity"]["int8"]["labels"],
        same_links=meta["parity"]["int8"]["links"],
        authored=counted(list(load_authored(Path("corpus/authored")))),
        read=counted(list(load_read(Path("corpus/read.jsonl"), args.shared))),
        rows="\n".join(rows),
        meaning=meta["meaning"],
        calibration="; ".join(
            f"{layer} {found['error before']} before, {found['error after']} after ({found['items']} items)"
            for layer, found in meta["reliability"].items()
        ),
        **{key: quality[key] for key in ("command", "date", "gold", "golden")},
    )
    (MODEL / "CARD.md").write_text(page, "utf-8")


if __name__ == "__main__":
    main()
