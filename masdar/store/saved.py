"""Searches that somebody wants to come back to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, delete, insert, select

from masdar.store.tables import searches
from masdar.store.view import View
from masdar.store.write import Writer, now


def saved_searches(view: View, who: str) -> list[Row[Any]]:
    """Those of one person, the newest first."""
    return view.rows(select(searches).where(searches.c.who == who).order_by(searches.c.number.desc()))


def save_search(writer: Writer, who: str, name: str, query: str) -> int:
    """Keep one; its number."""
    values = {"who": who, "name": name, "query": query, "at": now()}
    return int(writer.connection.execute(insert(searches).values(**values).returning(searches.c.number)).scalar_one())


def forget_search(writer: Writer, who: str, number: int) -> None:
    """Keep it no longer."""
    writer.connection.execute(delete(searches).where(searches.c.who == who, searches.c.number == number))
