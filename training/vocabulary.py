"""Prune the piece vocabulary to what Arabic news needs, and keep which old pieces the new ones are.

    python -m training.vocabulary --shared ../shared --into BUILD

Writes BUILD/pieces.json (a `tokenizers` Unigram model) and BUILD/kept.npy (old id of each new id). A piece
is kept when it is used at least MINIMUM times in the corpora and the authored articles, and every single
letter is, so that no Arabic word becomes unknown.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import re
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models

from masdar.pieces import plain
from training import e5

MINIMUM = 6
WORD = re.compile(r"\w[\w\u064b-\u065f\u0670\u0640]*|[^\w\s]")
SPECIALS = ("<pad>", "<s>", "</s>", "<unk>")


def counted_words(shared: Path) -> collections.Counter[str]:
    """How often each word (with its leading space mark) stands in the corpora."""
    counts: collections.Counter[str] = collections.Counter()
    for path in sorted((shared / "corpora").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"]
                for match in WORD.finditer(text):
                    spaced = match.start() == 0 or text[match.start() - 1].isspace()
                    counts[("\u2581" if spaced else "") + plain(match[0])] += 1
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--into", type=Path, required=True)
    args = parser.parse_args()
    model = e5.load()
    _, _, _, unknown = model.specials
    whole = Tokenizer(
        models.Unigram(list(zip(model.pieces, model.scores, strict=True)), unk_id=unknown, byte_fallback=False)
    )
    used: collections.Counter[int] = collections.Counter()
    for word, times in counted_words(args.shared).items():
        for piece in whole.encode(word, add_special_tokens=False).ids:
            used[piece] += times
    arabic = re.compile(
        "[\u0621-\u064a\u0660-\u0669\u067e\u0686\u06a4\u06af0-9A-Za-z«»“”„‟‘’‹›\"'().,،؛:؟?!…–—/%#@_+&*=-]"
    )
    old = {p: i for i, p in enumerate(model.pieces)}
    keep = {i for i, times in used.items() if times >= MINIMUM}
    keep |= {
        i
        for p, i in old.items()
        if len(p.lstrip("\u2581")) <= 1 and (p == "\u2581" or arabic.match(p.lstrip("\u2581")))
    }
    keep -= set(model.specials)
    bos, eos, pad, unk = model.specials
    kept = [pad, bos, eos, unk, *sorted(keep)]
    pieces = [(SPECIALS[n], 0.0) for n in range(4)] + [(model.pieces[i], model.scores[i]) for i in kept[4:]]
    args.into.mkdir(parents=True, exist_ok=True)
    Tokenizer(models.Unigram(pieces, unk_id=3, byte_fallback=False)).save(str(args.into / "pieces.json"), pretty=False)
    np.save(args.into / "kept.npy", np.array(kept))
    print(len(kept), "pieces kept of", len(model.pieces))


if __name__ == "__main__":
    main()
