"""A record on its way from the process that read it to the one that saves it: JSON, and the meaning beside it."""

from __future__ import annotations

from dataclasses import dataclass

from masdar.record import to_json
from masdar.types import Meaning, Record


@dataclass(frozen=True, slots=True)
class Packed:
    """The line of JSON of a record, and the meaning of the article's sentences."""

    line: str
    meaning: Meaning | None = None


def packed(record: Record) -> Packed:
    """A record, packed."""
    return Packed(to_json(record), record.meaning)
