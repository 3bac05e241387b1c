"""Disputed places: country unknown unless the user decides; who claims them is known.

`masdar/lexicons/places/disputed.yml` is the table; a file of the user in the same format replaces
entries with the same id, and may give them a `country`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from masdar.errors import LexiconError
from masdar.text.fold import fold_word

TABLE = Path(__file__).parents[1] / "lexicons" / "places" / "disputed.yml"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disputed place: folded names, boxes (south, west, north, east), claimants, decision."""

    id: str
    names: frozenset[str]
    claimed_by: tuple[str, ...]
    boxes: tuple[tuple[float, float, float, float], ...] = ()
    countries: tuple[str, ...] = ()
    country: str | None = None

    def concerns(self, name: str, lat: float, lon: float, country: str | None) -> bool:
        """Whether the place of this folded name, position and country is in dispute."""
        return (
            name in self.names
            or country in self.countries
            or any(s <= lat <= n and w <= lon <= e for s, w, n, e in self.boxes)
        )


def load_disputes(decisions: Path | None = None) -> tuple[Dispute, ...]:
    """The table of disputed places, with the decisions of the user in place of ours."""
    disputes = read_disputes(TABLE)
    return tuple((disputes | (read_disputes(decisions) if decisions else {})).values())


def read_disputes(path: Path) -> dict[str, Dispute]:
    """The disputes of one file by id."""
    try:
        entries = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)["entries"]
        return {entry["id"]: read_dispute(entry) for entry in entries}
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise LexiconError(
            f"{path}: cannot read the disputed places ({error!r}). Each entry needs id, names and"
            " claimed_by, as in masdar/lexicons/places/disputed.yml."
        ) from error


def read_dispute(entry: dict[str, Any]) -> Dispute:
    """One entry of the table."""
    return Dispute(
        entry["id"],
        frozenset(map(fold_word, entry["names"])),
        tuple(entry["claimed_by"]),
        tuple((s, w, n, e) for s, w, n, e in entry.get("boxes", ())),
        tuple(entry.get("countries", ())),
        entry.get("country"),
    )
