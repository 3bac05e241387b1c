"""The weights that ship as the start of a training: model.onnx back to BUILD/tagger.pt.

    python -m training.restore --build BUILD

No PyTorch file is kept beside the model, so whoever trains on begins here (`training.train --resume`). Int8 weights
come back as what they stand for; the channels that stood apart (training/outliers.py) come last in their layer, which
changes no sum. What comes back is compared with the file on some windows before it is written.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnxruntime import InferenceSession
from torch import Tensor

from masdar.pieces import Pieces
from training.data import examples, load_authored
from training.encoder import Encoder
from training.export import compared
from training.model import Tagger

Array = NDArray[np.float32]
LOOKED_AT = 12  # articles on whose windows the file and what came back are compared
HEADS = ("meaning", "word.0", "link.0", "labels", "froms", "tos")  # in the order in which the file uses them


def matrices(graph: onnx.GraphProto) -> list[Array]:
    """The weights of the matrix products in the order of their use, (in, out)."""
    stored = {w.name: onnx.numpy_helper.to_array(w) for w in graph.initializer}
    out: list[Array] = []
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            name = node.input[1].removesuffix("_quantized")
            whole = stored[node.input[1]].astype(np.float32) - stored[f"{name}_zero_point"].astype(np.float32)
            out.append(whole * stored[f"{name}_scale"])
        elif node.op_type == "MatMul" and node.input[1] in stored:
            out.append(stored[node.input[1]])
    return out


def restored(path: Path, pieces: Pieces) -> Tagger:
    """The model that a file holds."""
    graph = onnx.load(str(path)).graph
    stored = {w.name.removesuffix(".half"): onnx.numpy_helper.to_array(w) for w in graph.initializer}
    layers = len({name.split(".")[2] for name in stored if name.startswith("encoder.layers.")})
    model = Tagger(Encoder(pieces.size, layers))
    state = model.state_dict()
    found: dict[str, Array] = {name: value for name, value in stored.items() if name in state}
    for name, value in stored.items():
        if ".layer." in name and (inner := name.replace(".layer.", ".")) in state:
            found[inner] = value
    products = matrices(graph)
    each = (len(products) - len(HEADS)) // layers
    for number in range(layers):
        mine, prefix = products[number * each : (number + 1) * each], f"encoder.layers.{number}"
        width = mine[0].shape[0]
        for name, value in zip(("query", "key", "value", "joined"), mine[:4], strict=True):
            found[f"{prefix}.{name}.weight"] = value.T
        ups = sorted((m for m in mine[4:] if m.shape[0] == width), key=lambda m: -m.shape[1])
        downs = sorted((m for m in mine[4:] if m.shape[1] == width), key=lambda m: -m.shape[0])
        found[f"{prefix}.up.weight"] = np.concatenate(ups, axis=1).T
        found[f"{prefix}.down.weight"] = np.concatenate(downs, axis=0).T
        found[f"{prefix}.up.bias"] = np.concatenate([stored[f"{prefix}.{part}.up.bias"] for part in ("rest", "rare")])
    for name, value in zip(HEADS, products[-len(HEADS) :], strict=True):
        found[f"{name}.weight"] = value.T
    odd = [value for name, value in stored.items() if name not in state]
    found["nothing"] = next(v for v in odd if v.size == model.nothing.numel() and v.ndim == 4)
    found["far"] = next(v for v in odd if v.shape == tuple(model.far.shape[::-1])).T
    model.load_state_dict({name: like(state[name], found[name]) for name in state})
    return model.eval()


def like(wanted: Tensor, value: Array) -> Tensor:
    return torch.from_numpy(np.array(value, np.float32)).reshape(wanted.shape)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=Path("masdar/models/tagger"))
    args = parser.parse_args()
    pieces = Pieces(args.model / "pieces.json")
    model = restored(args.model / "model.onnx", pieces)
    articles = list(load_authored(Path("corpus/authored")))[:LOOKED_AT]
    pool = [e for a in articles for e in examples(a, pieces)]
    same = compared(model, InferenceSession(str(args.model / "model.onnx")), pool)
    if same["labels"] < 0.98:
        raise SystemExit(f"what came back is not what the file says: {same}")
    args.build.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), args.build / "tagger.pt")
    print(same)


if __name__ == "__main__":
    main()
