"""Heed what a person decides about stories and echoes at once, for those that are concerned.

What the next `masdar join` will begin with is done right away: two stories are one; a report that was parted from one
of its strand leaves the strand. Which story is whose is then settled by the code that every join ends with. Whether
other reports would rather go with the one that left is for the next join to see: the days of all that was moved here
are gone through again then, and the result is the same as without.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, or_, select, update

from masdar.store.echoes import Relation, relation_of
from masdar.store.identities import last_words
from masdar.store.settle import (
    named,
    put_stories,
    settle_echoes,
    settle_stories,
    some,
    strands,
    wording,
)
from masdar.store.tables import articles, bridges, decisions, echoes, joined, story_reports
from masdar.store.view import View
from masdar.store.write import Decision, Writer

STORY, ECHO = "story", "echo"
SIDES = ("left", "right")


def decide_now(writer: Writer, decision: Decision) -> bool:
    """Keep a decision about two reports or quotations and heed it; whether both are in stories or echoes by now.

    They are not if no join has found them yet, or if articles without a date tell them. A report that is parted from
    one of another strand of its story leaves alone, not with its strand: it is parted from the first of that one too.
    """
    layer = LAYERS[decision.layer]
    also = staying(writer.connection, layer, decision)
    writer.decide(decision)
    if also:
        return decide_now(writer, replace(decision, right=also)) and heed(writer, layer, decision)
    return heed(writer, layer, decision)


def heed(writer: Writer, layer: Layer, decision: Decision) -> bool:
    """Do what was decided; whether both items are in stories or echoes by now."""
    sides = {decision.left, decision.right}
    strand_of = layer.strands(writer.connection, sides)
    among = layer.beside(writer.connection, strand_of.values())
    if not decision.is_same and sides <= strand_of.keys() and len(set(strand_of.values())) == 1:
        among |= take_out(writer.connection, layer, decision.left, strand_of[decision.left])
    if layer.table is story_reports:
        settle_stories(writer.connection, among, among)
        return sides <= strand_of.keys()
    settle_echoes(writer.connection, among | (sides - strand_of.keys()))  # a quotation without echoes is a strand too
    return sides <= layer.strands(writer.connection, sides).keys() or not decision.is_same


def staying(connection: Connection, layer: Layer, decision: Decision) -> str | None:
    """The first of the strand that an item would take with it when it leaves its story.

    None if it is of one strand with what it is parted from, or of another story, or if people had made them one.
    """
    left, right = decision.left, decision.right
    strand_of = layer.strands(connection, {left, right})
    if decision.is_same or len(set(strand_of.values())) < len(SIDES) or were_same(connection, decision):
        return None
    others = [id for id in layer.members(connection, strand_of[left]) if id != left]
    if not others or strand_of[right] not in layer.beside(connection, [strand_of[left]]):
        return None
    return named(connection, [others])[others[0]]


def were_same(connection: Connection, decision: Decision) -> bool:
    """Whether the last word on a pair so far is that it is one."""
    pair = (decision.left, decision.right)
    same = or_(*((decisions.c.left == one) & (decisions.c.right == other) for one, other in (pair, pair[::-1])))
    query = select(decisions.c.is_same).where(decisions.c.layer == decision.layer, same)
    return bool(connection.scalar(query.order_by(decisions.c.number.desc()).limit(1)))


@dataclass(frozen=True, slots=True)
class Layer:
    """Stories of reports, or echoes of quotations: the table, its item and the whole that strands belong to."""

    table: Table
    item: str
    whole: str

    def strands(self, connection: Connection, ids: Collection[str]) -> dict[str, str]:
        """The strands of some items."""
        return strands(connection, self.table, self.table.c[self.item], ids)

    def beside(self, connection: Connection, strands: Collection[str]) -> set[str]:
        """Some strands and all that are in one story or echo with them."""
        own = select(self.table.c[self.whole]).where(self.table.c.strand.in_(list(strands)))
        return {*strands, *connection.scalars(select(self.table.c.strand).where(self.table.c[self.whole].in_(own)))}

    def members(self, connection: Connection, strand: str) -> dict[str, int]:
        """The items of a strand, with the numbers of their articles."""
        columns = (articles.c.id, articles.c.number, self.table.c[self.item].label("item"))
        query = select(*columns).join(articles, articles.c.number == self.table.c.article)
        rows = connection.execute(query.where(self.table.c.strand == strand))
        return {f"{row.id}#{row.item}": row.number for row in rows}


LAYERS = {STORY: Layer(story_reports, "event", "story"), ECHO: Layer(echoes, "quotation", "id")}


def decisions_on(view: View, layer: str, ids: Collection[str]) -> list[tuple[Row[Any], bool]]:
    """Every decision about some items, the last one first, each with whether it is the last word on its pair."""
    either = or_(decisions.c.left.in_(list(ids)), decisions.c.right.in_(list(ids)))
    rows = view.rows(select(decisions).where(decisions.c.layer == layer, either).order_by(decisions.c.number))
    last = list(last_words(rows).values())
    return [(row, row in last) for row in reversed(rows)]


def take_out(connection: Connection, layer: Layer, id: str, strand: str) -> set[str]:
    """Make an item a strand of its own; the names of both strands, for the other is named by its first item."""
    members = layer.members(connection, strand)
    others = {other: number for other, number in members.items() if other != id}
    first = named(connection, [list(others)])[next(iter(others))]
    rest = first if strand == id else strand
    own = (layer.table.c.article == members[id], layer.table.c[layer.item] == own_item(id))
    forget(connection, members.values() if strand == id else [members[id]])
    if layer.table is story_reports:
        put_stories(connection, {id, rest})
        connection.execute(delete(bridges).where(bridges.c.article == members[id], bridges.c.event == own_item(id)))
        if strand == id:
            rename(connection, layer, strand, rest, others[rest])
        connection.execute(update(story_reports).where(*own).values(strand=id, story=id, **ALONE))
    else:
        if strand == id:
            rename(connection, layer, strand, rest, others[rest])
            relate_all(connection, rest, others)
        connection.execute(delete(echoes).where(*own))
    return {id, rest}


ALONE: dict[str, Any] = {"score": 1.0, "reason": "{}"}  # of the first report of a strand


def own_item(id: str) -> str:
    """The item of an id: 0f3a…#V1 → V1."""
    return id.rpartition("#")[2]


def rename(connection: Connection, layer: Layer, was: str, name: str, number: int) -> None:
    """Call a strand by its second item, which is its first one from now on."""
    table = layer.table
    connection.execute(update(table).where(table.c.strand == was).values(strand=name, **{layer.whole: name}))
    own = (table.c.article == number, table.c[layer.item] == own_item(name))
    if table is story_reports:
        connection.execute(update(table).where(*own).values(**ALONE))
        for column in (bridges.c.strand, bridges.c.other):
            connection.execute(update(bridges).where(column == was).values({column.name: name}))
    else:
        connection.execute(update(table).where(*own).values(relation=str(Relation.FIRST), likeness=1.0))


def relate_all(connection: Connection, first: str, members: dict[str, int]) -> None:
    """Say what each quotation of a strand made of its new first one."""
    whole = wording(connection, first)
    for id, number in members.items():
        later = wording(connection, id)
        if whole and later and id != first:
            own = (echoes.c.article == number, echoes.c.quotation == own_item(id))
            connection.execute(update(echoes).where(*own).values(relation=str(relation_of(whole, later))))


def forget(connection: Connection, numbers: Collection[int]) -> None:
    """Let the next join go through the days of some articles again."""
    for part in some(sorted(set(numbers))):
        connection.execute(delete(joined).where(joined.c.article.in_(part)))
