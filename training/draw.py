"""Draw real articles for reading: at random, none that is (nearly) in the gold set.

    python -m training.draw --shared ../shared --into FOLDER --count 600

Near-duplicates of gold articles (and of articles already drawn) are left out by shared runs of six words.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from pathlib import Path

SHARES = {"ant2018": 0.62, "mayadeen2023": 0.24, "saudi2015": 0.14}
WORDS = (50, 420)  # an article's length: shorter ones are teasers, longer ones cost a reader too much
RUN = 6
TOO_MANY = 0.15  # share of an article's runs that another one has too


def runs(text: str) -> set[str]:
    words = re.findall(r"[\u0621-\u064a]+", text)
    return {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--count", type=int, default=600)
    args = parser.parse_args()
    gold = [json.loads(f.read_text("utf-8")) for f in (args.shared / "gold" / "dev").glob("*.json")]
    known: set[str] = set().union(*(runs(g["text"]) for g in gold))
    barred = {g["id"] for g in gold}
    chance = random.Random(7)
    drawn = []
    for name, share in SHARES.items():
        with gzip.open(args.shared / "corpora" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            articles = [json.loads(line) for line in lines]
        chance.shuffle(articles)
        taken = 0
        for article in articles:
            mine = runs(article["text"])
            if not WORDS[0] <= len(article["text"].split()) <= WORDS[1] or article["id"] in barred or not mine:
                continue
            if len(mine & known) / len(mine) > TOO_MANY:
                continue
            known |= mine
            drawn.append(article | {"file": name})
            taken += 1
            if taken >= share * args.count:
                break
    chance.shuffle(drawn)
    args.into.mkdir(parents=True, exist_ok=True)
    for article in drawn:
        (args.into / f"{article['id']}.json").write_text(json.dumps(article, ensure_ascii=False), "utf-8")
    (args.into / "ORDER").write_text("\n".join(a["id"] for a in drawn) + "\n", "utf-8")


if __name__ == "__main__":
    main()
