"""How fast masdar reads: the command as a user runs it, from cold. Reported, never gated."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.articles import SHARED, Json, sample, write_lines
from benchmarks.results_file import save
from masdar.tagger import Tagger

CORPUS = SHARED / "corpora" / "ant2018.jsonl.gz"
JOBS, TRIES = 2, 5
MASDAR = (sys.executable, "-m", "masdar")
PAUSE = 0.1  # seconds between two looks at the memory


def run(count: int) -> None:
    """Measure over this many articles and write the results."""
    if not CORPUS.exists():
        print(f"speed: skipped, no {CORPUS}")
        return
    articles = sample(CORPUS, count)
    with tempfile.TemporaryDirectory() as folder:
        many, one = Path(folder) / "many.jsonl", Path(folder) / "one.jsonl"
        write_lines(many, articles)
        write_lines(one, articles[:1])
        results = {
            "help_seconds": round(statistics.median(timed("--help") for _ in range(TRIES)), 2),
            "first_record_seconds": round(
                statistics.median(timed("read", "--json", "--jobs", "1", str(one)) for _ in range(TRIES)), 2
            ),
            **whole(many, count),
        }
    print(results)
    print(f"written: {save('speed', results, Tagger().id, count)}")


def timed(*arguments: str) -> float:
    """Seconds that a command takes from start to end."""
    start = time.perf_counter()
    subprocess.run([*MASDAR, *arguments], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def whole(path: Path, count: int) -> Json:
    """Articles a second and the most memory of all processes together, with every core.

    Articles that could not be read (exit code 1) are counted: `records` is then less than `articles`.
    """
    start, busy, most = time.perf_counter(), cpu_seconds(), 0
    command = [*MASDAR, "read", "--json", "--jobs", str(JOBS), str(path)]
    records = path.with_suffix(".records")
    with records.open("wb") as out, subprocess.Popen(command, stdout=out) as process:
        while process.poll() is None:
            most = max(most, sum(map(resident, family(process.pid))))
            time.sleep(PAUSE)
    if process.returncode not in (0, 1):
        raise subprocess.CalledProcessError(process.returncode, command)
    seconds = time.perf_counter() - start
    return {
        "articles": count,
        "records": len(records.read_bytes().splitlines()),
        "jobs": JOBS,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu_seconds() - busy, 1),
        "articles_per_second": round(count / seconds, 1),
        "peak_rss_mib": round(most / 2**20),
    }


def cpu_seconds() -> float:
    """Processor time of all processes that have ended: what a busy machine distorts least."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def family(process: int) -> list[int]:
    """A process and all that it has started."""
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = [int(pid) for task in tasks for pid in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):  # it has just ended
        return []
    return [process, *(pid for child in children for pid in family(child))]


def resident(process: int) -> int:
    """Bytes of memory that a process holds."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
