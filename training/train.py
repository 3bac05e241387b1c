"""Train the tagger: labels and links at once, while the corpus may still be growing.

    python -m training.train --build BUILD --shared ../shared --minutes 60 [--resume]

Each epoch reads the corpus anew, so that articles annotated meanwhile are used. The learning rate stays
level and falls to nothing over the last third of the time. BUILD/tagger.pt holds averaged weights.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel

from masdar.labels import LAYERS, LINKS, OFFSETS
from masdar.pieces import Pieces
from training.augment import Names, varied
from training.data import IGNORED, Annotated, Example, Taught, examples, held_out, load_authored, load_read
from training.encoder import from_e5
from training.model import Tagger

BATCH_PIECES = 1024
STEP = 64  # windows are padded to a multiple of it: oneDNN prepares its kernels anew for every new shape
RATE, HEADS_RATE = 1e-4, 1e-3
HALF = "AVX512" in torch.backends.cpu.get_cpu_capability()  # elsewhere bf16 is emulated, forty times slower
WEIGHTS = {
    "trigger": 2.0,
    "cue": 1.5,
    "mode": 0.3,
    "sector": 0.3,
    "cut": 0.3,
    "said": 0.5,
    "status": 0.5,
    "certain": 0.7,
    "demonym": 0.5,
}
LINK_WEIGHT = 0.7
MEANING_WEIGHT = 2.0
AVERAGED = 0.98
TOGETHER = 5  # steps between two averagings of the workers' weights
FOLLOWED = 5  # steps between two updates of the average


def corpus(root: Path, shared: Path) -> list[Annotated]:
    articles = list(load_authored(root / "corpus" / "authored"))
    read = root / "corpus" / "read.jsonl"
    return articles + (list(load_read(read, shared)) if read.exists() else [])


def followed(average: Tensor, now: Tensor, step: Tensor | int) -> Tensor:
    """A running mean of the weights that follows quickly at first and slowly later."""
    keep = min(AVERAGED, (1 + int(step)) / (8 + int(step)))
    return average.lerp(now, 1 - keep)


class Batch:
    """Examples padded to tensors."""

    def __init__(self, batch: list[Example]) -> None:
        windows = [e.window for e in batch]
        words = padded_length(max(len(w.heads) for w in windows))
        pieces = padded_length(max(len(w.ids) for w in windows))
        self.examples = batch
        self.ids = self.padded([w.ids for w in windows], pieces, 0)
        self.heads = self.padded([w.heads for w in windows], words, 0)
        self.tails = self.padded([w.tails for w in windows], words, 0)
        self.depths = self.padded([w.depths for w in windows], words, 0)
        self.words = torch.arange(words)[None] < torch.tensor([len(w.heads) for w in windows])[:, None]
        self.labels = {name: self.padded([e.labels[name] for e in batch], words, IGNORED) for name in LAYERS}

    @staticmethod
    def padded(arrays: list[np.ndarray[Any, Any]], length: int, fill: int) -> Tensor:
        shape = (len(arrays), length, *arrays[0].shape[1:])
        out = np.full(shape, fill, np.int64)
        for row, array in enumerate(arrays):
            out[row, : len(array)] = array
        return torch.from_numpy(out)


def label_loss(scores: Tensor, batch: Batch) -> Tensor:
    total = scores.new_zeros(())
    for name, (first, last) in OFFSETS.items():
        layer, gold = scores[..., first:last].float(), batch.labels[name]
        if name == "status":
            picked = gold[..., 0] != IGNORED
            part = F.binary_cross_entropy_with_logits(layer[picked], gold[picked].float()) if picked.any() else 0.0
        elif (gold != IGNORED).any():
            part = F.cross_entropy(layer.flatten(0, 1), gold.flatten(), ignore_index=IGNORED)
        else:
            continue
        total = total + WEIGHTS.get(name, 1.0) * part
    return total


def link_loss(scores: Tensor, batch: Batch) -> Tensor:
    """How unlikely the right words are: a row's mass is shared by its groups, within a group by any of its words.

    The marginal likelihood of coreference (Durrett & Klein 2013): whichever mention shows best who is meant may be
    pointed at. A row without groups points to column 0.
    """
    total = scores.new_zeros(())
    for number, name in enumerate(LINKS):
        rows, groups, weights = [], [], []
        for index, example in enumerate(batch.examples):
            for row, wanted in example.links[name].items():
                for group in wanted or ((-1,),):
                    rows.append((index, row))
                    groups.append(torch.tensor(group) + 1)
                    weights.append(1 / max(1, len(wanted)))
        if not rows:
            continue
        place = torch.tensor(rows)
        picked = scores[place[:, 0], number, place[:, 1]].float()
        padding = ~batch.words[place[:, 0]]
        picked = picked.masked_fill(F.pad(padding, (1, 0)), -1e4).log_softmax(-1)
        columns = nn.utils.rnn.pad_sequence(groups, batch_first=True, padding_value=-1)
        likely = picked.gather(1, columns.clamp(min=0)).masked_fill(columns < 0, -1e4).logsumexp(1)
        weight = torch.tensor(weights)
        total = total - (likely * weight).sum() / weight.sum()
    return total


def meaning_loss(words: Tensor, batch: Batch) -> Tensor:
    """How far (1 - cosine) the sentences' vectors are from the original encoder's: words (b, n, MEANING)."""
    ours, theirs = [], []
    for index, example in enumerate(batch.examples):
        for first, last, vector in example.meanings:
            ours.append(words[index, first:last].float().mean(0))
            theirs.append(torch.from_numpy(vector))
    if not ours:
        return words.new_zeros(())
    return 1 - F.cosine_similarity(torch.stack(ours), torch.stack(theirs)).mean()


def taught(build: Path) -> Taught:
    """The teacher's vectors (training/meaning.py), their mean taken off; nothing where there are none."""
    path = build / "meanings.npz"
    if not path.exists():
        return {}
    stored = np.load(path)
    return {name: stored[name].astype(np.float32) - stored["mean"] for name in stored.files if name != "mean"}


class Team:
    """Several processes that train side by side and often average their weights (local SGD; Stich 2019).

    On two cores two processes of one thread each get more done than one of two threads.
    """

    def __init__(self, build: Path, workers: int, rank: int) -> None:
        self.workers, self.rank = workers, rank
        if workers == 1:
            return
        torch.set_num_threads(1)
        meeting = build / "meeting"
        if rank == 0:
            meeting.unlink(missing_ok=True)
            for other in range(1, workers):
                subprocess.Popen([sys.executable, "-m", "training.train", *sys.argv[1:], "--rank", str(other)])
        dist.init_process_group("gloo", init_method=f"file://{meeting.resolve()}", rank=rank, world_size=workers)

    def mean(self, model: nn.Module, number: float) -> float:
        """Set the weights to their mean over the workers; the mean of a number too."""
        weights = [p.data for p in learning(model)]
        flat = torch.cat([w.flatten() for w in weights] + [torch.tensor([number])])
        dist.all_reduce(flat)
        flat /= self.workers
        at = 0
        for weight in weights:
            weight.copy_(flat[at : at + weight.numel()].view_as(weight))
            at += weight.numel()
        return float(flat[-1])

    def share(self, groups: list[list[Example]]) -> list[list[Example]]:
        """This worker's part of the batches, as many as every other's."""
        if self.workers == 1:
            return groups
        most = torch.tensor(len(groups) // self.workers)
        dist.all_reduce(most, dist.ReduceOp.MIN)
        return groups[self.rank :: self.workers][: int(most)]


def padded_length(length: int) -> int:
    return -(-length // STEP) * STEP


def batches(pool: list[Example], chance: random.Random) -> list[list[Example]]:
    """Batches of few shapes, in random order: windows of one padded length, always the same number of them."""
    by_length: dict[int, list[Example]] = {}
    for example in pool:
        by_length.setdefault(padded_length(len(example.window.ids)), []).append(example)
    out = []
    for length, group in by_length.items():
        size = max(1, BATCH_PIECES // length)
        chance.shuffle(group)
        group += chance.choices(group, k=-len(group) % size)
        out += [group[i : i + size] for i in range(0, len(group), size)]
    chance.shuffle(out)
    return out


def measured(model: nn.Module, pool: list[Example]) -> dict[str, float]:
    """F1 of the label layers and accuracy of the links on held-out windows: a look, not a score."""
    model.eval()
    counts: dict[str, list[int]] = {n: [0, 0, 0] for n in ("name", "nominal", "cue", "trigger")}
    links = {n: [0, 0] for n in LINKS}
    likeness = []
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=HALF):
        for group in batches(pool, random.Random(0)):
            batch = Batch(group)
            labels, scores, meanings = model(batch.ids, batch.heads, batch.tails, batch.depths)
            likeness.append(1 - float(meaning_loss(meanings, batch)))
            for name, tally in counts.items():  # windows drawn twice to fill a batch count twice: a look only
                first, last = OFFSETS[name]
                said, gold = labels[..., first:last].argmax(-1), batch.labels[name]
                said = torch.where(gold == IGNORED, 0, said)
                tally[0] += int(((said == gold) & (gold > 0)).sum())
                tally[1] += int((said > 0).sum())
                tally[2] += int((gold > 0).sum())
            for number, name in enumerate(LINKS):
                for index, example in enumerate(group):
                    for row, groups in example.links[name].items():
                        length = len(example.window.heads)
                        best = int(scores[index, number, row, : length + 1].argmax()) - 1
                        links[name][0] += any(best in group for group in groups) if groups else best == -1
                        links[name][1] += 1
    out = {n: round(2 * t[0] / max(1, t[1] + t[2]), 3) for n, t in counts.items()}
    out |= {n: round(a / max(1, b), 2) for n, (a, b) in links.items()}
    return out | {"meaning": round(sum(likeness) / max(1, len(likeness)), 3)}


def learning(module: nn.Module) -> list[nn.Parameter]:
    """The weights that are trained."""
    return [p for p in module.parameters() if p.requires_grad]


class Run:
    """A training under way: the model, its averaged weights, the optimizer, and how much of the time is spent."""

    def __init__(self, model: Tagger, minutes: float, team: Team) -> None:
        below = {id(p) for p in model.encoder.parameters()}
        heads = [p for p in model.parameters() if id(p) not in below]
        self.model = model
        self.average = AveragedModel(model, avg_fn=followed)
        self.optimizer = torch.optim.AdamW(
            [{"params": learning(model.encoder), "rate": RATE}, {"params": heads, "rate": HEADS_RATE}],
            lr=RATE,
            weight_decay=0.01,
            fused=True,
        )
        self.began, self.minutes, self.steps = time.time(), minutes, 0
        self.team, self.agreed = team, 0.0

    def spent(self) -> float:
        """The part of the time that is over; with several workers, as they last agreed."""
        mine = (time.time() - self.began) / 60 / self.minutes
        return self.agreed if self.team.workers > 1 else mine

    def step(self, group: list[Example]) -> float:
        """One batch; its loss."""
        self.model.train()
        fall = min(1.0, max(0.02, (1 - self.spent()) * 3))
        for part in self.optimizer.param_groups:
            part["lr"] = part["rate"] * fall * min(1.0, (self.steps + 1) / 50)
        batch = Batch(group)
        with torch.autocast("cpu", torch.bfloat16, enabled=HALF):
            labels, links, meanings = self.model(batch.ids, batch.heads, batch.tails, batch.depths)
        loss = label_loss(labels, batch) + LINK_WEIGHT * link_loss(links, batch)
        loss = loss + MEANING_WEIGHT * meaning_loss(meanings, batch)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learning(self.model), 1.0)
        self.optimizer.step()
        self.steps += 1
        if self.team.workers > 1 and self.steps % TOGETHER == 0:
            self.agreed = self.team.mean(self.model, (time.time() - self.began) / 60 / self.minutes)
        if self.steps % FOLLOWED == 0:
            self.average.update_parameters(self.model)
        return float(loss.item())

    def epoch(self, groups: list[list[Example]]) -> float:
        """The batches, as far as the time allows; their mean loss."""
        losses = []
        for group in groups:
            if self.spent() >= 1:
                break
            losses.append(self.step(group))
            if self.steps % 50 == 0 and self.team.rank == 0:
                minute = self.spent() * self.minutes
                print(f"step {self.steps} minute {minute:.1f} loss {losses[-1]:.2f}", flush=True)
        return sum(losses) / max(1, len(losses))


def begun(build: Path, layers: int, resume: bool, frozen: int = 0) -> Tagger:
    """The model to start from: e5, our own pre-training where there is one, or the last training.

    Of the encoder, the `frozen` lowest layers stay as they are, and with them what lies below.
    """
    encoder = from_e5(build / "kept.npy", layers)
    if (build / "encoder.pt").exists():
        encoder.load_state_dict(torch.load(build / "encoder.pt"), strict=False)
    model = Tagger(encoder)
    if resume:
        model.load_state_dict(torch.load(build / "tagger.pt"), strict=False)  # a layer that is new begins at random
    if frozen:
        below = (encoder.pieces, encoder.positions, encoder.norm, *encoder.layers[:frozen])
        for part in below:
            part.requires_grad_(False)
    return model


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--root", type=Path, default=Path())
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--layers", type=int, default=12)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--frozen", type=int, default=0, help="lowest layers of the encoder that stay as they are")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1, help="processes of one thread each, their weights averaged")
    parser.add_argument("--rank", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    args = arguments()
    team = Team(args.build, args.workers, args.rank)
    chance = random.Random(args.seed)
    torch.manual_seed(args.seed + args.rank)
    pieces = Pieces(args.build / "pieces.json")
    run, epoch = Run(begun(args.build, args.layers, args.resume, args.frozen), args.minutes, team), 0
    while run.spent() < 1:
        articles = corpus(args.root, args.shared)
        teacher, names = taught(args.build), Names(articles)
        learnt = [a for a in articles if not held_out(a)]
        train = [e for a in learnt for e in examples(varied(a, chance, names), pieces, chance, teacher)]
        loss = run.epoch(team.share(batches(train, chance)))
        epoch += 1
        if args.rank:
            continue
        torch.save(run.average.module.state_dict(), args.build / "tagger.pt")
        report = {"epoch": epoch, "articles": len(articles), "windows": len(train), "loss": round(loss, 3)}
        if epoch % 2 == 0:
            held = [e for a in articles if held_out(a) for e in examples(a, pieces, None, teacher)]
            report |= measured(run.average.module, held)
        print(json.dumps(report), flush=True)


if __name__ == "__main__":
    main()
