"""Export the trained tagger: ONNX, int8, parity check, card.

    python -m training.export --build BUILD --into masdar/models/tagger

The exported file is compared with PyTorch on held windows (largest difference of label probabilities
before and after quantisation) and the outcome is written into meta.json.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic

from masdar.labels import LAYERS, LINKS, OFFSETS, PROTOCOL
from masdar.pieces import Pieces
from masdar.tagger import as_probabilities, feed
from training.data import Annotated, Example, Taught, examples, held_out
from training.encoder import Encoder
from training.model import Tagger
from training.outliers import APART, set_apart
from training.train import Batch, corpus, meaning_loss, taught

LOOKED_AT = 40  # windows on which the sentence vectors are compared with the teacher's
LARGE = 100_000  # values: smaller tensors stay float32


def loaded(build: Path, pieces: Pieces, layers: int, before: Path | None = None, share: float = 1.0) -> Tagger:
    """The trained model, its weights from BUILD/tagger.pt: that share of them, the rest from those before.

    The mean of the weights before and after a training often reads better than either (Wortsman et al. 2022).
    """
    model = Tagger(Encoder(pieces.size, layers))
    weights = torch.load(build / "tagger.pt")
    if before:
        old = torch.load(before)
        weights = {name: old[name].lerp(weight, share) for name, weight in weights.items()}
    model.load_state_dict(weights)
    return model.eval()


def write_onnx(model: Tagger, path: Path) -> None:
    """Any number of words, any number of pieces."""
    words, pieces = torch.export.Dim("words", min=2, max=512), torch.export.Dim("pieces", min=2, max=512)
    example = (
        torch.ones(1, 40, dtype=torch.long),
        torch.arange(30)[None],
        torch.arange(30)[None],
        torch.zeros(1, 30, dtype=torch.long),
    )
    torch.onnx.export(
        model,
        example,
        str(path),
        input_names=["ids", "heads", "tails", "depths"],
        output_names=["labels", "links", "meanings"],
        dynamo=True,
        external_data=False,
        dynamic_shapes=({1: pieces}, {1: words}, {1: words}, {1: words}),
    )


def write_small(whole: Path, small: Path) -> None:
    """Int8 weights, but for the pieces' vectors and the channels that stand apart, which stay in fp16.

    They take seven bits: sums of products of eight overflow on processors without VNNI.
    """
    graph = onnx.load(str(whole)).graph
    shapes = {weight.name: list(weight.dims) for weight in graph.initializer}
    kept = [
        node.name
        for node in graph.node
        if node.op_type == "Gather" or (node.op_type == "MatMul" and APART in shapes.get(node.input[1], []))
    ]
    quantize_dynamic(whole, small, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul"],
                     per_channel=True, reduce_range=True, nodes_to_exclude=kept)  # fmt: skip
    model = onnx.load(str(small))
    halve(model.graph)
    onnx.save(model, str(small))


def halve(graph: onnx.GraphProto) -> None:
    """Store large float32 weights as float16, cast back where they are used (once, on loading)."""
    for number, weight in enumerate(graph.initializer):
        values = onnx.numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.size < LARGE:
            continue
        name = weight.name
        small = onnx.numpy_helper.from_array(values.astype(np.float16), f"{name}.half")
        graph.initializer[number].CopyFrom(small)
        cast = onnx.helper.make_node("Cast", [small.name], [name], name=f"{name}.cast", to=onnx.TensorProto.FLOAT)
        graph.node.insert(0, cast)


def compared(model: Tagger, session: InferenceSession, pool: list[Example]) -> dict[str, float]:
    """Share of words and links on which the file and PyTorch choose the same, and the largest difference."""
    same: list[bool] = []
    links: list[bool] = []
    worst = 0.0
    for example in pool:
        inputs = feed(example.window)
        with torch.no_grad():
            labels, scores, _ = model(*(torch.from_numpy(v) for v in inputs.values()))
        said, linked, _ = session.run(None, inputs)
        ours, theirs = as_probabilities(labels[0].numpy()), as_probabilities(said[0])
        worst = max(worst, float(np.abs(ours - theirs).max()))
        for name in ("name", "nominal", "cue", "trigger"):
            first, last = OFFSETS[name]
            same += (ours[:, first:last].argmax(1) == theirs[:, first:last].argmax(1)).tolist()
        for name, rows in example.links.items():
            for row in rows:
                number = LINKS.index(name)
                links.append(bool(scores[0, number, row].argmax() == linked[0, number, row].argmax()))
    return {
        "labels": round(float(np.mean(same)), 4),
        "links": round(float(np.mean(links)), 4),
        "worst": round(worst, 4),
    }


def likeness(model: Tagger, articles: list[Annotated], pieces: Pieces, teacher: Taught) -> float:
    """Mean cosine of the sentence vectors with the teacher's, on windows never trained on."""
    pool = [e for a in articles if held_out(a) for e in examples(a, pieces, None, teacher) if e.meanings]
    found = []
    for example in pool[:LOOKED_AT]:
        batch = Batch([example])
        with torch.no_grad():
            _, _, meanings = model(batch.ids, batch.heads, batch.tails, batch.depths)
        found.append(1 - float(meaning_loss(meanings, batch)))
    return round(float(np.mean(found)), 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--layers", type=int, default=12)
    parser.add_argument("--before", type=Path, help="weights before the training, to be mixed in")
    parser.add_argument("--share", type=float, default=1.0, help="of BUILD's weights in the mean")
    args = parser.parse_args()
    pieces = Pieces(args.build / "pieces.json")
    model = loaded(args.build, pieces, args.layers, args.before, args.share)
    whole, small = args.build / "whole.onnx", args.build / "model.onnx"
    articles = corpus(Path(), args.shared)
    pool = [e for a in articles[:: max(1, len(articles) // 24)] for e in examples(a, pieces)]
    exported = copy.deepcopy(model)
    set_apart(exported.encoder, (e.window for e in pool))
    write_onnx(exported, whole)
    write_small(whole, small)
    exact = compared(model, InferenceSession(str(whole)), pool)
    if exact["worst"] > 0.01:
        raise SystemExit(f"the exported file differs from PyTorch: {exact}")
    meta: dict[str, Any] = {
        "id": "tagger-" + hashlib.sha256(small.read_bytes()).hexdigest()[:12],
        "protocol": PROTOCOL,
        "sha256": hashlib.sha256(small.read_bytes()).hexdigest(),
        "layers": {k: len(v) for k, v in LAYERS.items()},
        "links": list(LINKS),
        "articles": {
            "authored": sum(a["file"] == "authored" for a in articles),
            "read": sum(a["file"] != "authored" for a in articles),
        },
        "meaning": likeness(model, articles, pieces, taught(args.build)),
        "parity": {"onnx": exact, "int8": compared(model, InferenceSession(str(small)), pool)},
    }
    args.into.mkdir(parents=True, exist_ok=True)
    shutil.copy(small, args.into / "model.onnx")
    shutil.copy(args.build / "pieces.json", args.into / "pieces.json")
    (args.into / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", "utf-8")
    print(json.dumps(meta, indent=1), small.stat().st_size / 1e6, "MB")


if __name__ == "__main__":
    main()
