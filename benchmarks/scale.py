"""How fast masdar reads on Dask, and what many articles would take.

`python -m benchmarks.scale CORPUS --articles 200` reads on one and on two workers, then takes the shards into a store,
and writes benchmarks/results/scale.json. `python -m benchmarks.scale --plan 100000000 --cores 1000` says what a plan of
docs/scale.md takes; its reading speed is that of benchmarks/results/speed.json.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.articles import Json, sample, write_lines
from benchmarks.results_file import load, save
from benchmarks.speed import MASDAR, PAUSE, cpu_seconds, family, resident
from masdar.tagger import Tagger

WORKERS = (1, 2)
HOUR, DAY = 3600, 86400


def main() -> None:
    """Measure, or reckon."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "corpus", nargs="?", type=Path, help="JSON lines, compressed: ../shared/corpora/ant2018.jsonl.gz"
    )
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--plan", type=int, help="reckon what so many articles take")
    parser.add_argument("--cores", type=int, default=1000, help="of the plan")
    asked = parser.parse_args()
    if asked.plan:
        print(*(f"{name:34} {value:>14,.1f}" for name, value in plan(asked.plan, asked.cores).items()), sep="\n")
    elif asked.corpus:
        measure(asked.corpus, asked.articles)
    else:
        parser.error("Give a CORPUS or --plan.")


def measure(corpus: Path, count: int) -> None:
    """Read on one and two workers, load, write the results."""
    with tempfile.TemporaryDirectory() as home:
        news = Path(home) / "news.jsonl"
        write_lines(news, sample(corpus, count))
        results: Json = {"articles": count}
        for workers in WORKERS:
            words = ("--engine", "dask", "--jobs", str(workers), "--shard-size", str(max(1, count // 8)))
            results[f"workers_{workers}"] = timed(count, str(news), *words, "--shards", f"{home}/{workers}")
        shards = list(Path(home, "1").glob("*.parquet"))
        results["shard_bytes_per_article"] = round(sum(path.stat().st_size for path in shards) / count)
        results["load"] = timed(count, f"{home}/1", "--store", f"{home}/news.db")
    print(results)
    print(f"written: {save('scale', results, Tagger().id)}")


def timed(count: int, *words: str) -> Json:
    """Seconds, articles a second and the most memory of all processes of one ingest."""
    start, busy, most = time.perf_counter(), cpu_seconds(), 0
    with subprocess.Popen([*MASDAR, "ingest", *words]) as process:
        while process.poll() is None:
            most = max(most, sum(map(resident, family(process.pid))))
            time.sleep(PAUSE)
    if process.returncode not in (0, 1):
        sys.exit(f"masdar ingest {' '.join(words)} ended with {process.returncode}")
    seconds = time.perf_counter() - start
    return {
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu_seconds() - busy, 1),
        "articles_per_second": round(count / seconds, 2),
        "peak_rss_mib": round(most / 2**20),
    }


def plan(articles: int, cores: int) -> dict[str, float]:
    """What so many articles take, from what was measured."""
    speed, scale = load("speed"), load("scale")
    each = speed["cpu_seconds"] / speed["articles"]
    taken = {
        "processor seconds an article": each,
        "core-hours a million articles": each * 1e6 / HOUR,
        "core-hours": each * articles / HOUR,
        f"days on {cores} cores": each * articles / cores / DAY,
    }
    if scale:
        taken["shards, GB"] = scale["shard_bytes_per_article"] * articles / 1e9
        taken["days to load into one store"] = articles / scale["load"]["articles_per_second"] / DAY
    return taken


if __name__ == "__main__":
    main()
