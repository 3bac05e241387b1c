"""How well masdar reads: golden articles (ours) and gold ones (held in ../shared, where they are there).

Figures go to benchmarks/results; which annotations were found and which were lost since the last run goes
to benchmarks/out, which git ignores, because it holds words of articles that are not ours.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from benchmarks.articles import OUT, SHARED, Json, load_gold, load_golden, write_lines
from benchmarks.gate import Items, figure, read_all
from benchmarks.gsr import score_sentences
from benchmarks.results_file import save
from benchmarks.score import ANSWERS, LAYERS, Item, tally
from masdar.reader import Reader

Key = tuple[str, str, str, int, int, str]  # an article and its item


def run(_count: int = 0) -> None:
    """Measure every article there is, compare with the last run, write the results."""
    reader = Reader.load()
    results: Json = {
        "golden": measure(reader, "golden", load_golden()),
        "gold": measure(reader, "gold", load_gold()),
        "gold_by_its_own_script": shared_script(),
        "gsr": score_sentences(reader),
    }
    print(f"written: {save('quality', results, reader.tagger.id)}")


def measure(reader: Reader, name: str, annotated: list[Json]) -> Json | None:
    """Figures of one set, and how they changed."""
    if not annotated:
        print(f"{name}: skipped, no articles at {SHARED / 'gold'}")
        return None
    items, records = read_all(reader, annotated)
    write_lines(OUT / f"{name}.records.jsonl", records)
    counts = tally(item for each in items.values() for item in each)
    table: Json = {layer: counted(layer, items) for layer in LAYERS}
    table |= {one: round(figure(one, counts[one]), 3) for one in ANSWERS}
    print(f"{name}: " + ", ".join(f"{layer} {table[layer]['f1']:.3f}" for layer in LAYERS))
    texts = {one["id"]: one["text"] for one in annotated}
    return {"articles": len(annotated), **table, "changes": changes(name, items, texts)}


def counted(layer: str, items: Items) -> Json:
    """Precision, recall and F1 of a layer, and F1 by kind for events and quotations."""
    of_layer = [item for each in items.values() for item in each if item.layer == layer]
    counts = tally(of_layer)[layer]
    out: Json = {
        "precision": round(counts.precision, 3),
        "recall": round(counts.recall, 3),
        "f1": round(counts.f1, 3),
        "annotated": counts.right + counts.missed,
    }
    if layer in ("event", "argument"):
        out["by_kind"] = {kind: round(value, 3) for kind, value in by_kind(of_layer, layer)}
    return out


def by_kind(items: Iterable[Item], layer: str) -> Iterator[tuple[str, float]]:
    """F1 of each event type, or of each role."""
    items = list(items)
    for kind in sorted({item.what for item in items}):
        yield kind, tally(item for item in items if item.what == kind)[layer].f1


def changes(name: str, items: Items, texts: dict[str, str]) -> Json | None:
    """What was gained and lost since the last run, by layer; the list goes to out/NAME.changes.txt."""
    path = OUT / f"{name}.items.json"
    last: Items | None = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    path.write_text(json.dumps(items, ensure_ascii=False), encoding="utf-8")
    if last is None:
        return None
    before = Counter[Key]((article, *item) for article, each in last.items() for item in each)
    now = Counter[Key]((article, *item) for article, each in items.items() for item in each)
    came, went = now - before, before - now
    lines = [f"+ {described(key, texts)}" for key in came] + [f"- {described(key, texts)}" for key in went]
    (OUT / f"{name}.changes.txt").write_text("\n".join(sorted(lines, key=lambda line: line[2:])) + "\n", "utf-8")
    return {
        layer: {
            "gained": total(came, layer, "right"),
            "lost": total(went, layer, "right"),
            "newly false": total(came, layer, "false"),
            "no longer false": total(went, layer, "false"),
        }
        for layer in (*LAYERS, *ANSWERS)
    }


def total(changed: Counter[Key], layer: str, outcome: str) -> int:
    """How many items of a layer have this outcome."""
    return sum(count for key, count in changed.items() if key[1] == layer and key[-1] == outcome)


def described(key: Key, texts: dict[str, str]) -> str:
    """An item with its words."""
    article, layer, what, start, end, outcome = key
    words = texts.get(article, "")[start:end].replace("\n", " ")
    return f"{article} {start} {layer} {what} {outcome}: {words[:100]}"


def shared_script() -> Json | None:
    """The figures of the script that comes with the gold articles."""
    script, records = SHARED / "gold" / "score.py", OUT / "gold.records.jsonl"
    if not script.exists():
        print(f"gold: skipped, no {script}")
        return None
    command = [sys.executable, str(script), str(script.parent / "dev"), str(records), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: Json = json.loads(done.stdout)
    return figures
