"""Results as files: what was measured, with which command, model and machine, and when."""

from __future__ import annotations

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.articles import RESULTS, Json


def save(name: str, figures: Json, model: str, articles: int | None = None) -> Path:
    """Write benchmarks/results/NAME.json; the figures only, never words of an article."""
    head = {
        "command": f"python -m benchmarks.run {name}" + (f" --articles {articles}" if articles else ""),
        "date": datetime.now(UTC).date().isoformat(),
        "model": model,
        "machine": machine(),
    }
    path = RESULTS / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({**head, **figures}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def load(name: str) -> Json:
    """The last results of this name, empty where there are none."""
    path = RESULTS / f"{name}.json"
    loaded: Json = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return loaded


def machine() -> Json:
    """Processor, cores and Python, as far as they can be told."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return {
        "processor": names[0] if names else platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }
