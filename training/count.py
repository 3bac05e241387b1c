"""Count the corpus for its data card: articles, words, quotations by kind of speaker, events by type.

python -m training.count [--shared ../shared]
"""

from __future__ import annotations

import argparse
import collections
import json
import re
from pathlib import Path
from typing import Any

from masdar.plover import TYPES
from training.data import load_authored, load_read

RUN = 9


def counted(articles: list[dict[str, Any]]) -> dict[str, Any]:
    """Figures of one part of the corpus."""
    quotations = [q for a in articles for q in a["quotations"]]
    events = [v for a in articles for v in a["events"]]
    types = collections.Counter(v["type"] for v in events)
    return {
        "articles": len(articles),
        "words": sum(len(a["text"].split()) for a in articles),
        "mentions": sum(len(e["mentions"]) for a in articles for e in a["entities"]),
        "quotations": len(quotations),
        "unsaid or pronoun speaker": sum(bool(q["speakers"]) and q["speaker_span"] is None for q in quotations),
        "with addressees": sum(bool(q["addressees"]) for q in quotations),
        "with via": sum(bool(q["via"]) for q in quotations),
        "stances": dict(collections.Counter(q["stance"] for q in quotations).most_common()),
        "events": len(events),
        "uncertain events": sum(not v.get("certain", True) for v in events),
        "with status": sum(bool(v["status"]) for v in events),
        "types": {t: types[t] for t in TYPES},
        "modes": len({(v["type"], m) for v in events for m in v["modes"]}),
        "articles without event": sum(not a["events"] for a in articles),
        "articles with neither": sum(not a["events"] and not a["quotations"] for a in articles),
        "dates": sum(len(a["dates"]) for a in articles),
    }


def repeated(articles: list[dict[str, Any]]) -> float:
    """Share of runs of nine words that stand in more than one article."""
    where: dict[str, set[str]] = {}
    for article in articles:
        words = re.findall(r"[\u0621-\u064a]+", article["text"])
        for start in range(len(words) - RUN):
            where.setdefault(" ".join(words[start : start + RUN]), set()).add(article["id"])
    return sum(len(ids) > 1 for ids in where.values()) / max(1, len(where))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    authored = list(load_authored(Path("corpus/authored")))
    read = list(load_read(Path("corpus/read.jsonl"), args.shared))
    report = {
        "authored": counted(authored) | {"repeated runs of nine words": repeated(authored)},
        "read": counted(read),
    }
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
