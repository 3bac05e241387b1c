"""From what somebody says of an item to the rows of `reviews`: one for a verdict, one for each changed field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from masdar.errors import InputError
from masdar.store.corrections.anchors import ARTICLE, LAYERS, Json, anchor_of, span_of
from masdar.store.corrections.apply import EMPTY, corrected, put
from masdar.store.corrections.fields import FIELDS, field_of, kept, present, restored
from masdar.store.corrections.opinions import ADDED, VERDICTS, Judged
from masdar.store.write import Review

LONGEST = 2000  # letters of a note


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody says: of which item (Q1, +1, article), and for change and add the values by field.

    Values are in the form of the record: ids of items, spans as {start, text}.
    """

    who: str
    layer: str
    item: str
    verdict: str
    values: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = None


def reviews_of(record: Json, items: Mapping[str, Judged], said: Judgement) -> list[Review]:
    """The rows that say it; none when nothing would change.

    Raises:
        InputError: there is no such item, or a value is not of its form.
    """
    if said.verdict not in VERDICTS or said.layer not in (*LAYERS, ARTICLE):
        raise InputError(f"There is no verdict {said.verdict!r} on {said.layer!r}.")
    if said.note and len(said.note) > LONGEST:
        raise InputError(f"A note has at most {LONGEST} letters.")
    if said.verdict == "add":
        return [addition(record, items, said)]
    anchor = known_anchor(record, items, said)
    if said.verdict == "change":
        return list(changes(record, items, said, anchor))
    value = said.values.get("reader") if said.verdict == "settle" else None
    judged = items.get(said.item)
    if said.verdict == "settle" and (judged is None or value not in judged.opinions):
        raise InputError(f"{value!r} has said nothing of {said.item} that could count.")
    return [row(record, said, anchor, value=value)]


def row(record: Json, said: Judgement, anchor: Json, field: str | None = None, value: Any = None) -> Review:  # noqa: ANN401
    """One row."""
    return Review(
        who=said.who,
        article=record["document"]["id"],
        item=said.item,
        anchor=anchor,
        verdict=said.verdict,
        field=field,
        value=value,
        note=said.note or None,
    )


def known_anchor(record: Json, items: Mapping[str, Judged], said: Judgement) -> Json:
    """Where the item is.

    Raises:
        InputError: there is none.
    """
    if said.item.startswith(ADDED) and said.item in items and items[said.item].anchor["layer"] == said.layer:
        return items[said.item].anchor
    try:
        return anchor_of(record, said.layer, said.item)
    except KeyError:
        article = record["document"]["id"]
        raise InputError(
            f"Article {article} has no {said.item} among its {said.layer}. It was read anew, perhaps: reload the page."
        ) from None


def changes(record: Json, items: Mapping[str, Judged], said: Judgement, anchor: Json) -> list[Review]:
    """A row for each field whose value is another one than what stands there now.

    Raises:
        InputError: a value is not of its field's form.
    """
    now, names = corrected(record, items, keep_rejected=True)
    id = names.get(said.item, said.item)
    item = next(item for item in now[said.layer] if item["id"] == id)
    found = []
    for name, value in said.values.items():
        field = field_of(said.layer, name)
        new = kept(now, field, value)
        if restored(now, field, new) != present(item, field):
            found.append(row(record, said, anchor, name, new))
    return found


def addition(record: Json, items: Mapping[str, Judged], said: Judgement) -> Review:
    """The row of something that was missed, named by the next number.

    Raises:
        InputError: a value is not of its form, or a needed one is missing.
    """
    if said.layer not in LAYERS:
        raise InputError(f"Nothing can be added to {said.layer!r}.")
    now, _ = corrected(record, items, keep_rejected=True)
    item, values = {"id": "", **EMPTY[said.layer]}, {}
    for known in FIELDS[said.layer]:
        given = said.values.get(known.name, item.get(known.name))
        if given in (None, "", []) and not known.is_needed:
            continue
        values[known.name] = kept(now, known, given)
        put(item, known, restored(now, known, values[known.name]))
    number = 1 + sum(key.startswith(ADDED) for key in items)
    start, end = span_of(said.layer, item)
    anchor = {"layer": said.layer, "start": start, "end": end, "words": record["document"]["text"][start:end]}
    named = Judgement(said.who, said.layer, f"{ADDED}{number}", said.verdict, said.values, said.note)
    return row(record, named, anchor, value=values)
