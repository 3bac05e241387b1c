"""Print pairs that a store's stories and echoes join across outlets, for a person to judge.

    python -m benchmarks.joining --store news.db --layer stories --pairs 100 --seed 1 [--each 2]

Pairs are drawn by chance from all pairs of reports (or of a quotation with the first one of its echo) of two outlets,
at most `--each` of one story, so that large stories do not decide the figure alone. Nothing is written down: the texts
belong to their outlets. docs/stories.md has the figures.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from itertools import combinations
from typing import NamedTuple

from sqlalchemy import select

from masdar.store import open_store
from masdar.store.differences import Told, reports
from masdar.store.tables import articles, echoes, story_reports
from masdar.store.timeline import Voiced, echo
from masdar.store.view import View


class Pair(NamedTuple):
    """Two items that were joined, ready to be read."""

    size: int
    left: str
    right: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", required=True)
    parser.add_argument("--layer", choices=("stories", "echoes"), default="stories")
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=2, help="pairs of one story or echo, at most; 0: all")
    args = parser.parse_args()
    chance = random.Random(args.seed)
    with open_store(args.store) as store:
        found = pairs(store.view(), args.layer, args.each, chance)
    print(f"{len(found)} pairs to draw from")
    for number, pair in enumerate(chance.sample(found, min(args.pairs, len(found))), 1):
        print(f"{number}. of {pair.size}\n  A {pair.left}\n  B {pair.right}")


def pairs(view: View, layer: str, each: int, chance: random.Random) -> list[Pair]:
    """Pairs of two outlets, some of each story or echo."""
    found = []
    for id in ids_across(view, layer):
        of_one = story_pairs(view, id) if layer == "stories" else echo_pairs(view, id)
        found += chance.sample(of_one, min(each, len(of_one))) if each else of_one
    return found


def ids_across(view: View, layer: str) -> list[str]:
    """Stories or echoes with more than one outlet."""
    table = story_reports if layer == "stories" else echoes
    name = table.c.story if layer == "stories" else table.c.id
    query = select(name.label("name"), articles.c.source).join(articles, articles.c.number == table.c.article)
    outlets: dict[str, set[str]] = defaultdict(set)
    for row in view.rows(query):
        outlets[row.name].add(row.source)
    return sorted(id for id, names in outlets.items() if len(names) > 1)


def story_pairs(view: View, id: str) -> list[Pair]:
    """Every two reports of different outlets."""
    found = reports(view, id)
    return [
        Pair(len(found), shown(left), shown(right))
        for left, right in combinations(found, 2)
        if left.source != right.source
    ]


def echo_pairs(view: View, id: str) -> list[Pair]:
    """The first quotation with each of another outlet."""
    one = echo(view, id)
    if one is None:
        return []
    first, *others = one.quotations
    return [Pair(len(one.quotations), quoted(first), quoted(o)) for o in others if o.source != first.source]


def shown(report: Told) -> str:
    """A report with its trigger in brackets."""
    at = report.trigger.start - report.sentence.start
    end = report.trigger.end - report.sentence.start
    words = f"{report.words[max(0, at - 150) : at]}[{report.words[at:end]}]{report.words[end : end + 180]}"
    who = f"{', '.join(report.actors)} > {', '.join(report.recipients)}"
    return f"{report.source} {report.published} {report.type}/{report.mode} {who}\n    {' '.join(words.split())}"


def quoted(voiced: Voiced) -> str:
    """A quotation with its speakers."""
    who = ", ".join(voiced.speakers)
    return f"{voiced.source} {voiced.published} {voiced.kind} {voiced.relation} {who}\n    {voiced.content[:300]}"


if __name__ == "__main__":
    main()
