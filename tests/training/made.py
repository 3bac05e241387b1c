"""Parts of annotations that tests write down."""

from __future__ import annotations

from typing import Any


def bare_event(kind: str, trigger: list[int]) -> dict[str, Any]:
    """A certain event of which nothing is known but its type and trigger."""
    empty: dict[str, Any] = {name: [] for name in ("modes", "actors", "recipients", "places", "status", "also")}
    return {"type": kind, "trigger": trigger, "date": None, "certain": True} | empty
