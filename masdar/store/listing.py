"""Articles as a list: the newest first, page by page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, and_, func, or_, select

from masdar.store.tables import articles, metadata
from masdar.store.view import View

SHOWN = tuple(articles.c[name] for name in ("number", "id", "source", "url", "title", "published", "day"))
OPENING = 420  # characters of the text
Key = tuple[str, int]  # day and number of the last article of the page before


def newest(view: View, limit: int, after: Key | None = None) -> list[Row[Any]]:
    """Articles by day, the newest first, with the opening of their text; those without a day come last."""
    day = func.coalesce(articles.c.day, "")
    query = select(*SHOWN, func.substr(articles.c.text, 1, OPENING).label("opening"))
    if after is not None:
        query = query.where(or_(day < after[0], and_(day == after[0], articles.c.number < after[1])))
    return view.rows(query.order_by(day.desc(), articles.c.number.desc()).limit(limit))


def rows_of(view: View, names: Iterable[str]) -> dict[str, int]:
    """How many rows some tables have."""
    return {name: view.rows(select(func.count()).select_from(metadata.tables[name]))[0][0] for name in names}
