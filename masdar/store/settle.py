"""Make stories of strands, and echoes of strands of quotations, under the decisions of people; count what they have.

Strands are what the machine joined. A story is a strand, or several: those with a report that fits both, and those
with two reports that people decided to be of one event; never two with reports that people parted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Table, and_, delete, func, insert, select, tuple_, update

from masdar.store.echoes import Relation, relation_of
from masdar.store.identities import Decided, Groups, last_words
from masdar.store.tables import articles, bridges, copies, decisions, echoes, events, quotations, stories, story_reports

AT_ONCE = 400  # keys in one query
Key = TypeVar("Key")
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """What people decided of a layer, the last word of each pair: same, and not the same."""

    same: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()

    @property
    def parted(self) -> dict[str, frozenset[str]]:
        """By item, the items that it is not the same as."""
        found: dict[str, set[str]] = defaultdict(set)
        for left, right in self.apart:
            found[left].add(right)
            found[right].add(left)
        return {item: frozenset(others) for item, others in found.items()}

    @property
    def items(self) -> set[str]:
        """Every item that was decided on."""
        return {item for pair in (*self.same, *self.apart) for item in pair}


def judged(connection: Connection, layer: str) -> Judged:
    """The decisions of a layer."""
    query = select(decisions).where(decisions.c.layer == layer).order_by(decisions.c.number)
    return judged_of(connection.execute(query))


def judged_of(rows: Iterable[Decided]) -> Judged:
    """Pairs by their last word."""
    last = last_words(rows)
    by_verdict = {verdict: tuple(p for p, row in last.items() if row.is_same is verdict) for verdict in (True, False)}
    return Judged(by_verdict[True], by_verdict[False])


def some(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """Keys in parts that fit in one query."""
    listed = list(keys)
    for at in range(0, len(listed), AT_ONCE):
        yield listed[at : at + AT_ONCE]


def grouped(links: Iterable[tuple[str, str]], judged: Judged, strand_of: Mapping[str, str]) -> list[list[str]]:
    """Strands that are one: first as people decided, then as the machine links them."""
    groups = Groups()
    for left, right in judged.apart:
        if left in strand_of and right in strand_of and strand_of[left] != strand_of[right]:
            groups.part(strand_of[left], strand_of[right])
    for left, right in judged.same:
        if left in strand_of and right in strand_of:
            groups.join(strand_of[left], strand_of[right])
    for left, right in links:
        groups.join(left, right)
    return list(groups.members.values())


def settle_stories(connection: Connection, touched: Collection[str], among: Collection[str] | None = None) -> None:
    """Say which story each strand belongs to, and count the stories that changed.

    Args:
        connection: may write.
        touched: strands whose stories are to be counted anew.
        among: look only at these strands, and at those that are linked with them.
    """
    known = judged(connection, "story")
    pairs = connection.execute(select(bridges.c.strand, bridges.c.other).distinct())
    strand_of = strands(connection, story_reports, story_reports.c.event, known.items)
    groups = grouped(sorted((row.strand, row.other) for row in pairs), known, strand_of)
    story_of = named(connection, near(groups, among))
    moved = stories_of(connection, {*story_of, *(among or ())}, is_all=among is None)
    changed = {strand: story for strand, story in moved.items() if story_of.get(strand, strand) != story}
    put_stories(connection, {story_of.get(strand, strand) for strand in changed})
    for strand in sorted(changed):
        story = story_of.get(strand, strand)
        connection.execute(update(story_reports).where(story_reports.c.strand == strand).values(story=story))
    affected = {story_of.get(strand, strand) for strand in (*touched, *changed)}
    gone = stale(connection) if among is None else ()
    count_stories(connection, affected | set(changed.values()) | set(touched) | set(gone))


def near(groups: Iterable[list[str]], among: Collection[str] | None) -> list[list[str]]:
    """The groups that hold one of some strands; all of them where none are named."""
    return [group for group in groups if among is None or not set(among).isdisjoint(group)]


def stories_of(connection: Connection, strands: Collection[str], *, is_all: bool) -> dict[str, str]:
    """The stories of strands as they are; where all are looked at, also of those in a story of another name."""
    now = select(story_reports.c.strand, story_reports.c.story).distinct()
    queries = [now.where(story_reports.c.strand.in_(part)) for part in some(sorted(strands))]
    queries += [now.where(story_reports.c.strand != story_reports.c.story)] if is_all else []
    return {row.strand: row.story for query in queries for row in connection.execute(query)}


def stale(connection: Connection) -> Iterator[str]:
    """Stories that have lost reports because articles were read again or are gone."""
    count = func.count(story_reports.c.event)
    query = select(stories.c.id).outerjoin(story_reports).group_by(stories.c.id, stories.c.reports)
    yield from connection.scalars(query.having(count != stories.c.reports))


def strands_of_all(connection: Connection) -> set[str]:
    """Every strand of reports."""
    return set(connection.scalars(select(story_reports.c.strand).distinct()))


def strands(connection: Connection, table: Table, item: Any, ids: Collection[str]) -> dict[str, str]:  # noqa: ANN401
    """The strand of each item (article#V1) that has one."""
    found: dict[str, str] = {}
    for part in some(sorted(ids)):
        keys = [(article, name) for article, _, name in (id.rpartition("#") for id in part)]
        query = (
            select(articles.c.id, item.label("item"), table.c.strand)
            .join(articles, articles.c.number == table.c.article)
            .where(tuple_(articles.c.id, item).in_(keys))
        )
        found |= {f"{row.id}#{row.item}": row.strand for row in connection.execute(query)}
    return found


def named(connection: Connection, groups: Sequence[Sequence[str]]) -> dict[str, str]:
    """Each strand with the earliest strand of its group, whose name they all take."""
    ids = sorted({strand.rpartition("#")[0] for group in groups for strand in group})
    days: dict[str, tuple[str, str]] = {}
    for part in some(ids):
        query = select(articles.c.id, articles.c.day, articles.c.published).where(articles.c.id.in_(part))
        days |= {row.id: (row.day or "", row.published or "") for row in connection.execute(query)}

    def order(strand: str) -> tuple[tuple[str, str], str, int]:
        article, _, item = strand.rpartition("#")
        return days.get(article, ("", "")), article, int(item[1:])

    return {strand: first for group in groups for first in [min(group, key=order)] for strand in group}


def put_stories(connection: Connection, ids: Iterable[str]) -> None:
    """Enter stories that are not there yet; they are counted later."""
    for part in some(sorted(set(ids))):
        there = set(connection.scalars(select(stories.c.id).where(stories.c.id.in_(part))))
        new = [
            {"id": id, "type": "", "day": None, "reports": 0, "articles": 0, "sources": 0}
            for id in part
            if id not in there
        ]
        if new:
            connection.execute(insert(stories), new)


def count_stories(connection: Connection, ids: Iterable[str]) -> None:
    """Count reports, articles and sources of stories anew; those without a report are gone."""
    for part in some(sorted(set(ids))):
        reports: dict[str, list[Row[Any]]] = defaultdict(list)
        for row in connection.execute(reports_of(part)):
            reports[row.story].append(row)
        for id, rows in reports.items():
            connection.execute(update(stories).where(stories.c.id == id).values(**counted(rows)))
        gone = [id for id in part if id not in reports]
        connection.execute(delete(stories).where(stories.c.id.in_(gone)))


def reports_of(ids: Sequence[str]) -> Any:  # noqa: ANN401
    """The reports of stories, in the order of publication, with what their sources are counted by."""
    first = articles.alias("first")
    return (
        select(
            story_reports.c.story,
            story_reports.c.article,
            events.c.type,
            events.c.date,
            events.c.day,
            copies.c.original,
            articles.c.source,
            first.c.source.label("first_source"),
        )
        .join(
            events,
            and_(events.c.article == story_reports.c.article, events.c.id == story_reports.c.event),
        )
        .join(articles, articles.c.number == story_reports.c.article)
        .outerjoin(copies, copies.c.article == story_reports.c.article)
        .outerjoin(first, first.c.number == copies.c.original)
        .where(story_reports.c.story.in_(ids))
        .order_by(articles.c.day, articles.c.published, articles.c.id, events.c.start)
    )


def counted(rows: Sequence[Row[Any]]) -> Values:
    """The row of a story without its id."""
    told = Counter(row.day for row in rows if row.date and row.date[:10].count("-") == 2)
    return {
        "type": most_common(row.type for row in rows),
        "day": most_common(row.day for row in rows if row.day in told) if told else rows[0].day,
        "reports": len(rows),
        "articles": len({row.article for row in rows}),
        "sources": independent(rows),
    }


def most_common(values: Iterable[str]) -> str:
    """What occurs most often, the first of equals."""
    counts = Counter(values)
    return max(counts, key=lambda value: counts[value])


def independent(rows: Iterable[Row[Any]]) -> int:
    """How many outlets there are, each copy counted as the outlet whose text it is."""
    firsts = ((row.original or row.article, row.first_source if row.original else row.source) for row in rows)
    return len({outlet or article for article, outlet in firsts})


def settle_echoes(connection: Connection, among: Collection[str] | None = None) -> None:
    """Give each echo its first quotation, and join those that people decided to be one.

    Args:
        connection: may write.
        among: look only at these strands, and at those that people joined with them.
    """
    known = judged(connection, "echo")
    decided = numbers_of(connection, known.items)
    strand_of = {id: id for id in decided} | strands(connection, echoes, echoes.c.quotation, decided)
    groups = near(grouped((), known, strand_of), among)
    concerned = {strand for group in groups for strand in group} | set(among or ())
    firsts = set(strand_of.values())
    put_firsts(connection, firsts | without_first(connection) if among is None else firsts & concerned)
    echo_of = named(connection, groups)
    moved = select(echoes.c.strand).where(echoes.c.strand != echoes.c.id).distinct()
    for strand in sorted({*echo_of, *(concerned if among is not None else connection.scalars(moved))}):
        id = echo_of.get(strand, strand)
        connection.execute(update(echoes).where(echoes.c.strand == strand).values(id=id))
        relate(connection, strand, id)
    take_out_lone(connection, echo_of, concerned if among is not None else None)


def numbers_of(connection: Connection, ids: Collection[str]) -> dict[str, int]:
    """The numbers of the articles of those quotations that are in the store."""
    found: dict[str, int] = {}
    for part in some(sorted(ids)):
        keys = [(article, name) for article, _, name in (id.rpartition("#") for id in part)]
        query = select(articles.c.id, articles.c.number, quotations.c.id.label("item"))
        query = query.join(quotations, quotations.c.article == articles.c.number)
        query = query.where(tuple_(articles.c.id, quotations.c.id).in_(keys))
        found |= {f"{row.id}#{row.item}": row.number for row in connection.execute(query)}
    return found


def without_first(connection: Connection) -> set[str]:
    """Strands whose first quotation has no row yet: nothing was compared with it when it came."""
    ids = set(connection.scalars(select(echoes.c.strand).distinct()))
    return ids - strands(connection, echoes, echoes.c.quotation, ids).keys()


def put_firsts(connection: Connection, ids: Collection[str]) -> None:
    """Enter the first quotation of strands where it is missing."""
    there = strands(connection, echoes, echoes.c.quotation, ids)
    for strand, number in sorted(numbers_of(connection, set(ids) - there.keys()).items()):
        first = {"id": strand, "strand": strand, "article": number, "quotation": strand.rpartition("#")[2]}
        connection.execute(insert(echoes).values(**first, relation=str(Relation.FIRST), likeness=1.0))


def relate(connection: Connection, strand: str, id: str) -> None:
    """Say what the first quotation of a strand is in the echo that people put it in."""
    kind = Relation.FIRST
    if strand != id and (first := wording(connection, id)) and (later := wording(connection, strand)):
        kind = relation_of(first, later)
    article, _, item = strand.rpartition("#")
    number = select(articles.c.number).where(articles.c.id == article).scalar_subquery()
    own = (echoes.c.article == number, echoes.c.quotation == item)
    connection.execute(update(echoes).where(*own).values(relation=str(kind)))


def wording(connection: Connection, id: str) -> Row[str, str] | None:
    """The kind and content of a quotation."""
    article, _, item = id.rpartition("#")
    query = select(quotations.c.kind, quotations.c.content).join(articles, articles.c.number == quotations.c.article)
    return connection.execute(query.where(articles.c.id == article, quotations.c.id == item)).first()


def take_out_lone(connection: Connection, but: Collection[str], among: Collection[str] | None) -> None:
    """Take out first quotations that nothing echoes, unless people joined them with others."""
    query = select(echoes.c.strand).group_by(echoes.c.strand).having(func.count() == 1)
    queries = [query] if among is None else [query.where(echoes.c.strand.in_(part)) for part in some(sorted(among))]
    alone = {strand for one in queries for strand in connection.scalars(one)}
    for part in some(sorted(alone - set(but))):
        first = echoes.c.relation == str(Relation.FIRST)
        connection.execute(delete(echoes).where(echoes.c.strand.in_(part), first))
