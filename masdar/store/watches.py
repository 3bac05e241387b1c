"""Feeds and pages that the desk asks again and again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select

from masdar.store.tables import sources, watches
from masdar.store.view import View
from masdar.store.write import Writer, now


def all_watches(view: View) -> list[Row[Any]]:
    """Every watch by name, with when it was last asked and what went wrong then."""
    query = select(watches, sources.c.last, sources.c.error)
    return view.rows(query.outerjoin(sources, sources.c.name == watches.c.name).order_by(watches.c.name))


def due(view: View, moment: datetime) -> list[Row[Any]]:
    """The watches whose time has come."""
    return [
        watch
        for watch in all_watches(view)
        if watch.last is None or datetime.fromisoformat(watch.last) + timedelta(minutes=watch.minutes) <= moment
    ]


def watch(writer: Writer, name: str, who: str, minutes: int) -> None:
    """Ask an address every so many minutes from now on."""
    unwatch(writer, name)
    writer.connection.execute(insert(watches).values(name=name, who=who, minutes=minutes, at=now()))


def unwatch(writer: Writer, name: str) -> None:
    """Ask it no more."""
    writer.connection.execute(delete(watches).where(watches.c.name == name))
