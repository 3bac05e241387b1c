"""Articles as a list: the newest first, page by page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, and_, func, or_, select

from masdar.store.tables import articles, metadata
from masdar.store.view import View

SHOWN = tuple(articles.c[name] for name in ("number", "id", "source", "url", "title", "published", "day"))
OPENED = func.substr(articles.c.text, 1, 420).label("opening")  # characters of the text
Key = tuple[str, int]  # day and number of the last article of the page before


def newest(view: View, limit: int, after: Key | None = None) -> list[Row[Any]]:
    """Articles by day, the newest first, with the opening of their text; those without a day come last."""
    dated = select(*SHOWN, OPENED).where(articles.c.day.is_not(None))
    undated = select(*SHOWN, OPENED).where(articles.c.day.is_(None)).order_by(articles.c.number.desc())
    if after is not None and after[0]:
        same_day = and_(articles.c.day == after[0], articles.c.number < after[1])
        dated = dated.where(articles.c.day <= after[0], or_(articles.c.day < after[0], same_day))
    elif after is not None:
        return view.rows(undated.where(articles.c.number < after[1]).limit(limit))
    found = view.rows(dated.order_by(articles.c.day.desc(), articles.c.number.desc()).limit(limit))
    return found + (view.rows(undated.limit(limit - len(found))) if len(found) < limit else [])


def rows_of(view: View, names: Iterable[str]) -> dict[str, int]:
    """How many rows some tables have."""
    return {name: view.rows(select(func.count()).select_from(metadata.tables[name]))[0][0] for name in names}
