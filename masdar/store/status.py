"""What is in a store, in figures."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Any

from sqlalchemy import Row, func, select

from masdar.store.tables import articles, reviews
from masdar.store.view import Run, View
from masdar.store.write import LONGEST
from masdar.types import MadeBy

LAST = 10  # failures that are named


@dataclass(frozen=True, slots=True)
class Failed:
    """Something that could not be read: since when, how often tried, and why.

    `where` is an article or address; None where the error itself says which file and line.
    """

    where: str | None
    error: str
    first: str
    last: str
    tries: int


@dataclass(frozen=True, slots=True)
class Status:
    """A store in figures. `counts` are rows by table; `outlets` are articles by source, the largest first."""

    name: str
    size: int
    counts: dict[str, int]
    outlets: dict[str, int]
    first_day: str | None
    last_day: str | None
    days: int
    undated: int
    runs: list[Run]
    out_of_date: int
    failures: list[Failed]
    reviewers: int


def status_of(view: View, current: MadeBy, last: int | None = LAST) -> Status:
    """The figures of a store and its last failures (None: all); out of date is what other versions have read."""
    runs = view.runs()
    dated = figures(view)
    return Status(
        name=view.name,
        size=view.size(),
        counts=view.counts(),
        outlets=outlets(view),
        first_day=dated.first,
        last_day=dated.last,
        days=dated.days,
        undated=dated.undated,
        runs=runs,
        out_of_date=sum(run.articles for run in runs if (run.program, run.model, run.gazetteer) != astuple(current)),
        failures=[failed(row) for row in view.failures()[:last]],
        reviewers=view.rows(select(func.count(func.distinct(reviews.c.who))))[0][0],
    )


def failed(row: Row[Any]) -> Failed:
    """A failure; what it is kept under is left out where it is only its error again."""
    where = None if row.where == row.error[:LONGEST] else row.where
    return Failed(where, row.error, row.first, row.last, row.tries)


def figures(view: View) -> Any:  # noqa: ANN401
    """The days that the articles cover."""
    day = articles.c.day
    return view.rows(
        select(
            func.min(day).label("first"),
            func.max(day).label("last"),
            func.count(func.distinct(day)).label("days"),
            (func.count() - func.count(day)).label("undated"),
        )
    )[0]


def outlets(view: View) -> dict[str, int]:
    """Articles by outlet; those that name none are under the empty name."""
    count = func.count().label("articles")
    name = func.coalesce(articles.c.source, "").label("name")
    return {
        row.name: row.articles for row in view.rows(select(name, count).group_by(name).order_by(count.desc(), name))
    }
