"""Draw real articles for reading: at random, none that is (nearly) in the gold set or was drawn before.

    python -m training.draw --shared ../shared --into FOLDER --count 600
    python -m training.draw --shared ../shared --into FOLDER --count 600 --words 70 330 --sayings 2 --acts 3 --trained

Near-duplicates of gold articles (and of articles already drawn) are left out by shared runs of six words. Articles
with few words of saying or of acts abound: a draw may ask for more of them. FOLDER then holds one JSON file for each
article, and ORDER, their ids in the order in which they are to be read.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.data import Annotated, held_out

SHARES = {"ant2018": 0.62, "mayadeen2023": 0.24, "saudi2015": 0.14}
WORDS = (50, 420)  # shorter articles are teasers, longer ones cost a reader too much
RUN = 6
TOO_MANY = 0.15  # share of an article's runs that another one has too
SAYINGS = re.compile(
    r"\b[وف]?(?:قال|أكد|أعلن|أضاف|أوضح|ذكر|صرح|أشار|طالب|دعا|اتهم|نفى|حذر|هدد|رفض|أدان|دان|انتقد|تعهد|شدد|اعتبر|كشف|نقل"
    r"|أفاد|بحسب|وفق)ت?\b"
)
ACTS = re.compile(
    r"وقع|اتفاق|اتفق|يزور|زيارة|انسحاب|انسحب|أفرج|الإفراج|استقال|عقوبات|طرد|سحب|مناورات|نشر قوات|تعزيزات|حشد|استنفار"
    r"|تجنيد|تظاهر|مظاهر|احتجاج|إضراب|اعتصام|مساعدات|إغاثة|دعم|رحب|أشاد|هنأ|اعتذر|عفو|رفع|هدنة|تعاون|مشترك|حكم|السجن|إعدام"
    r"|اعتقل|اعتقال|أوقف|حظر|حصار|صادر|تهديد|هدد|رفض|فيتو|قتل|هجوم|غارة|قصف|تفجير|اغتيال"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an article must have to be drawn."""

    words: tuple[int, int] = WORDS
    sayings: int = 0  # words that introduce what somebody said
    acts: int = 0  # different words that name acts
    about: str = ""  # a pattern that is found in it
    trained: bool = False  # none for the held-out part

    def holds(self, article: Annotated) -> bool:
        text = article["text"]
        return (
            self.words[0] <= len(text.split()) <= self.words[1]
            and len(SAYINGS.findall(text)) >= self.sayings
            and len(set(ACTS.findall(text))) >= self.acts
            and bool(re.search(self.about, text))
            and not (self.trained and held_out(article))
        )


def runs(text: str) -> set[str]:
    words = re.findall(r"[\u0621-\u064a]+", text)
    return {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN)}


def drawn(articles: list[Annotated], count: float, wanted: Wanted, known: set[str]) -> Iterator[Annotated]:
    """So many of the articles, in their order; their runs of words are added to the known ones."""
    for article in articles:
        mine = runs(article["text"])
        if count <= 0:
            return
        if not mine or not wanted.holds(article) or len(mine & known) / len(mine) > TOO_MANY:
            continue
        known |= mine
        count -= 1
        yield article


def published(path: Path) -> list[Annotated]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) | {"file": path.name.removesuffix(".jsonl.gz")} for line in lines]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--corpus", type=Path, default=Path("corpus/read.jsonl"), help="what was drawn before")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--words", type=int, nargs=2, default=WORDS, help="fewest and most words")
    parser.add_argument("--sayings", type=int, default=0, help="words of saying, at least")
    parser.add_argument("--acts", type=int, default=0, help="different words of acts, at least")
    parser.add_argument("--about", default="", help="a pattern that is found in each: تظاهر|احتجاج (protests)")
    parser.add_argument("--trained", action="store_true", help="none for the held-out part")
    return parser.parse_args()


def main() -> None:
    args = arguments()
    wanted = Wanted(tuple(args.words), args.sayings, args.acts, args.about, args.trained)
    gold = [json.loads(path.read_text("utf-8")) for path in (args.shared / "gold" / "dev").glob("*.json")]
    before = {json.loads(line)["id"] for line in args.corpus.open(encoding="utf-8")} if args.corpus.exists() else set()
    barred = before | {article["id"] for article in gold}
    pools = {name: published(args.shared / "corpora" / f"{name}.jsonl.gz") for name in SHARES}
    old = [article for pool in pools.values() for article in pool if article["id"] in before]
    known: set[str] = set().union(*(runs(article["text"]) for article in (*gold, *old)))
    chance = random.Random(args.seed)
    new: list[Annotated] = []
    for name, share in SHARES.items():
        pool = [article for article in pools[name] if article["id"] not in barred]
        chance.shuffle(pool)
        new += drawn(pool, share * args.count, wanted, known)
    chance.shuffle(new)
    args.into.mkdir(parents=True, exist_ok=True)
    for article in new:
        (args.into / f"{article['id']}.json").write_text(json.dumps(article, ensure_ascii=False), "utf-8")
    (args.into / "ORDER").write_text("\n".join(article["id"] for article in new) + "\n", "utf-8")
    print(f"{len(new)} articles")


if __name__ == "__main__":
    main()
