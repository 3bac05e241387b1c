"""The reviews of an article as opinions: what each reader last said of each item, and where readers disagree."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from masdar.store.corrections.anchors import Json, find

# accept, reject: the item as it is; change: a field of it; add: what was missed; withdraw: one's own opinion;
# settle: of several readers, whose opinion counts
VERDICTS = ("accept", "reject", "change", "add", "withdraw", "settle")
ADDED = "+"  # begins the name of what was added


class Reviewed(Protocol):
    """A row of the table `reviews`."""

    @property
    def number(self) -> int: ...
    @property
    def at(self) -> str: ...
    @property
    def who(self) -> str: ...
    @property
    def item(self) -> str: ...
    @property
    def anchor(self) -> str: ...
    @property
    def verdict(self) -> str: ...
    @property
    def field(self) -> str | None: ...
    @property
    def value(self) -> str | None: ...
    @property
    def note(self) -> str | None: ...


@dataclass(slots=True)
class Opinion:
    """What one reader last said of an item: accept, reject or change, and the fields that are to be changed."""

    who: str
    verdict: str
    number: int
    at: str
    changes: dict[str, Any] = field(default_factory=dict)
    note: str | None = None

    @property
    def gist(self) -> str:
        """Equal for two readers who mean the same."""
        if self.verdict != "change":
            return self.verdict
        return json.dumps(self.changes, ensure_ascii=False, sort_keys=True)


@dataclass(slots=True)
class Judged:
    """An item and what was said of it.

    `id` is the item's in the record that is there now, `+1` for what was added, None for what the machine does not find
    any more.
    """

    id: str | None
    anchor: Json
    opinions: dict[str, Opinion] = field(default_factory=dict)
    added: Json | None = None  # its fields, as kept
    settled: str | None = None  # whose opinion counts
    reviews: list[Reviewed] = field(default_factory=list)

    @property
    def is_disputed(self) -> bool:
        """Whether readers say different things and nobody has settled it."""
        return self.settled is None and len({opinion.gist for opinion in self.opinions.values()}) > 1

    @property
    def final(self) -> Opinion | None:
        """The opinion that counts: the one it was settled for, else the last."""
        if self.settled in self.opinions:
            return self.opinions[self.settled]
        return max(self.opinions.values(), key=lambda opinion: opinion.number, default=None)

    @property
    def state(self) -> str:
        """unread, disputed, accept, reject or change; add for what was added and not rejected."""
        if self.is_disputed:
            return "disputed"
        verdict = self.final.verdict if self.final else "unread"
        return "add" if self.added is not None and verdict in ("accept", "add") else verdict

    @property
    def changes(self) -> dict[str, Any]:
        """The fields that are to be changed, as kept."""
        return self.final.changes if self.final and self.final.verdict != "reject" else {}


def judged(record: Json | None, reviews: Iterable[Reviewed]) -> dict[str, Judged]:
    """Everything that was reviewed, by id; what is not found any more by its anchor.

    Without a record all is by its anchor, and ids are those of the time when it was judged.
    """
    items: dict[str, Judged] = {}
    for review in reviews:
        anchor: Json = json.loads(review.anchor)
        is_added = review.item.startswith(ADDED)
        id = review.item if is_added or record is None else find(record, anchor)
        is_here = id is not None and (is_added or record is not None)
        key = str(id) if is_here else f"{anchor['layer']} {anchor['start']}-{anchor['end']}"
        item = items.setdefault(key, Judged(id, anchor))
        item.reviews.append(review)
        take(item, review)
    return items


def take(item: Judged, review: Reviewed) -> None:
    """Lay one more review over an item."""
    value = json.loads(review.value) if review.value else None
    if review.verdict == "settle":
        item.settled = str(value)
        return
    item.settled = None
    if review.verdict == "withdraw":
        item.opinions.pop(review.who, None)
        return
    if review.verdict == "add":
        item.added = value
    before = item.opinions.get(review.who)
    changes = dict(before.changes) if before and review.verdict != "reject" else {}
    if review.verdict == "change" and review.field:
        changes[review.field] = value
    verdict = "change" if changes and review.verdict == "accept" else review.verdict
    item.opinions[review.who] = Opinion(review.who, verdict, review.number, review.at, changes, review.note)
