"""What the reviews so far say of the machine: how much of each layer is right, and how much it misses.

An item counts once, with the opinion that counts. Right: accepted as it is. Nearly: found, but a field was changed.
Wrong: rejected. What was missed is counted only in articles that somebody has read as a whole.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select

from masdar.store.corrections.anchors import ARTICLE, LAYERS
from masdar.store.corrections.opinions import Judged, judged
from masdar.store.tables import articles, reviews
from masdar.store.view import View

SURE = 1.96  # standard deviations: 95 in 100


@dataclass(slots=True)
class Share:
    """So many of so many, and between what the true share lies with 95 % certainty (Wilson)."""

    part: int = 0
    whole: int = 0

    @property
    def value(self) -> float | None:
        """0 to 1; None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def limits(self) -> tuple[float, float]:
        """The lower and upper limit."""
        if not self.whole:
            return 0.0, 1.0
        share, of = self.part / self.whole, self.whole
        middle = share + SURE**2 / (2 * of)
        spread = SURE * math.sqrt(share * (1 - share) / of + SURE**2 / (4 * of * of))
        low, high = (middle - spread) / (1 + SURE**2 / of), (middle + spread) / (1 + SURE**2 / of)
        return max(0.0, low), min(1.0, high)


@dataclass(slots=True)
class Figures:
    """The figures of one layer."""

    right: int = 0
    nearly: int = 0
    wrong: int = 0
    disputed: int = 0
    found: int = 0  # right or nearly, in articles read as a whole
    missed: int = 0  # added, in articles read as a whole
    fields: Counter[str] = field(default_factory=Counter)  # which were changed, how often

    @property
    def judged(self) -> int:
        """Items of the machine that were judged."""
        return self.right + self.nearly + self.wrong

    @property
    def precision(self) -> Share:
        """Right of all judged."""
        return Share(self.right, self.judged)

    @property
    def precision_found(self) -> Share:
        """Right or nearly of all judged: what was found is there."""
        return Share(self.right + self.nearly, self.judged)

    @property
    def recall(self) -> Share:
        """Found of all that is there, in articles read as a whole."""
        return Share(self.found, self.found + self.missed)


Disputed = list[tuple[str, Judged]]


def figures(view: View) -> dict[str, Figures]:
    """The figures of every layer."""
    return figures_and_disputed(view)[0]


def figures_and_disputed(view: View) -> tuple[dict[str, Figures], Disputed]:
    """The figures of every layer, and what readers say different things of; going through all reviews once."""
    counted = {layer: Figures() for layer in LAYERS}
    open_ones: Disputed = []
    for id, items in judged_articles(view):
        is_whole = whole(items)
        open_ones += [(id, item) for item in items.values() if item.is_disputed]
        for item in items.values():
            if item.anchor["layer"] in counted:
                count(counted[item.anchor["layer"]], item, is_whole=is_whole)
    return counted, open_ones


def count(into: Figures, item: Judged, *, is_whole: bool) -> None:
    """Count one item."""
    if item.added is not None:
        into.missed += is_whole and item.state in ("add", "change")
        return
    if item.state == "change" and item.final is not None:
        into.fields.update([*item.final.changes])
    into.right += item.state == "accept"
    into.nearly += item.state == "change"
    into.wrong += item.state == "reject"
    into.disputed += item.state == "disputed"
    into.found += is_whole and item.state in ("accept", "change")


def judged_articles(view: View) -> Iterator[tuple[str, dict[str, Judged]]]:
    """Every reviewed article with its items by their anchors, one after the other."""
    rows = view.rows(select(reviews).order_by(reviews.c.article, reviews.c.number))
    for article, group in groupby(rows, key=lambda row: str(row.article)):
        yield article, judged(None, group)


def whole(items: dict[str, Judged]) -> bool:
    """Whether somebody has read the article as a whole."""
    return any(item.anchor["layer"] == ARTICLE and item.state == "accept" for item in items.values())


def disputed(view: View) -> Disputed:
    """What readers say different things of: articles and items."""
    return figures_and_disputed(view)[1]


def history(view: View, limit: int, article: str | None = None, before: int | None = None) -> list[Row[Any]]:
    """Reviews, the last first; of one article, or from before a number on."""
    query = select(reviews).order_by(reviews.c.number.desc()).limit(limit)
    query = query if article is None else query.where(reviews.c.article == article)
    return view.rows(query if before is None else query.where(reviews.c.number < before))


def read_articles(view: View) -> list[str]:
    """The ids of articles that somebody has read as a whole, where they are still in the store."""
    is_of_whole = reviews.c.anchor.contains(f'"{ARTICLE}"')  # few; which of them truly are, `whole` says
    there = select(articles.c.id).where(articles.c.id.in_(select(reviews.c.article).where(is_of_whole)))
    ids = {row.id for row in view.rows(there)}
    rows = view.rows(select(reviews).where(is_of_whole).order_by(reviews.c.article, reviews.c.number))
    groups = groupby(rows, key=lambda row: str(row.article))
    return [id for id, group in groups if id in ids and whole(judged(None, group))]
