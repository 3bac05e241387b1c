"""Stories and echoes as a desk shows them: lists page by page, and a table of what each outlet tells of an event.

A fact is one value of who did it, to whom, where, when, a toll, or who says so. An outlet has it if one of its reports
gives it. What most have and one has not is as telling as what it says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select

from masdar.store.differences import Story, Told
from masdar.store.passages import Passage, items_of
from masdar.store.tables import articles, echoes, quotations, stories
from masdar.store.view import View
from masdar.text.fold import fold_word

WHO, WHOM, WHERE, WHEN, TOLL, TOLD = "who", "whom", "where", "when", "toll", "told"
GROUPS = (WHO, WHOM, WHERE, WHEN, TOLL, TOLD)
ITSELF = ""  # the value of TOLD where an article tells it itself
UNNAMED = "?"  # where a quotation does whose speaker is not known
MOST_FACTS = 10  # of a group, those of most outlets


@dataclass(frozen=True, slots=True)
class Fact:
    """Something told of an event: its group, the value, the key of an actor, and who has it in how many reports."""

    group: str
    value: str
    key: str
    outlets: dict[str, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A story told by its outlets, in the order of their first report; facts by group."""

    story: Story
    outlets: tuple[str, ...]
    facts: dict[str, list[Fact]]
    reports: dict[str, list[Told]]

    def left_out(self, outlet: str) -> list[Fact]:
        """What at least half of the outlets tell, and this one does not."""
        half = max(2, (len(self.outlets) + 1) // 2)
        return [
            fact
            for facts in self.facts.values()
            for fact in facts
            if len(fact.outlets) >= half and outlet not in fact.outlets
        ]


def compare(view: View, story: Story) -> Comparison:
    """What each outlet tells of a story."""
    reports: dict[str, list[Told]] = defaultdict(list)
    for report in story.reports:
        reports[report.outlet].append(report)
    pairs = [(report.article, report.id.rpartition("#")[2]) for report in story.reports]
    found = {(one.article, one.key.item): one for one in items_of(view, "event", pairs)}
    told = [(report, found[pair]) for report, pair in zip(story.reports, pairs, strict=True) if pair in found]
    return Comparison(story, tuple(reports), facts_of(told), dict(reports))


def facts_of(told: Sequence[tuple[Told, Passage]]) -> dict[str, list[Fact]]:
    """The facts of all reports by group, those of most outlets first."""
    found = [(report.outlet, fact) for report, passage in told for fact in facts_in(report, passage)]
    key_of = {(group, fold_word(name)): key for _, (group, name, key) in found if key}
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    called: dict[tuple[str, str], tuple[str, str]] = {}
    for outlet, (group, name, key) in found:
        key = key or key_of.get((group, fold_word(name)), "")  # a name without a key is that of who has the name here
        one = (group, key or name)
        called.setdefault(one, (name, key))
        counts[one][outlet] += 1
    made = [Fact(one[0], *called[one], dict(outlets)) for one, outlets in counts.items()]
    made.sort(key=lambda fact: (-len(fact.outlets), -sum(fact.outlets.values()), fact.value))
    by_group = {group: [fact for fact in made if fact.group == group][:MOST_FACTS] for group in GROUPS}
    return {group: facts for group, facts in by_group.items() if facts}


def facts_in(report: Told, passage: Passage) -> set[tuple[str, str, str]]:
    """Group, value and key of each fact of a report."""
    parties = [(WHO, one) for one in passage.does] + [(WHOM, one) for one in passage.suffers]
    found = {(group, one.name, "" if "#" in one.key else one.key) for group, one in parties}
    found |= {(WHERE, place, "") for place in report.places}
    found |= {(WHEN, report.date, "")} if report.date else set()
    found |= {(TOLL, f"{toll.kind} {toll.number}", "") for toll in report.tolls}
    claimed = report.claimed_by or ((UNNAMED,) if report.claimed_in else (ITSELF,))
    return found | {(TOLD, by, "") for by in claimed}


@dataclass(frozen=True, slots=True)
class Wished:
    """What is asked of the list of stories."""

    type: str = ""
    since: str = ""
    until: str = ""
    least: int = 2  # independent sources

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """What a story must fulfil."""
        made = [stories.c.sources >= self.least, stories.c.day.is_not(None)]
        made += [stories.c.type == self.type] if self.type else []
        made += [stories.c.day >= self.since] if self.since else []
        return made + ([stories.c.day <= f"{self.until}-99"] if self.until else [])


After = tuple[str, str]  # day and id of the last one of the page before


def story_list(view: View, wished: Wished, limit: int, after: After | None = None) -> list[Row[Any]]:
    """Stories, the last day first."""
    query = select(stories).where(*wished.conditions)
    if after is not None:
        rest = and_(stories.c.day == after[0], stories.c.id > after[1])
        query = query.where(or_(stories.c.day < after[0], rest))
    return view.rows(query.order_by(stories.c.day.desc(), stories.c.id).limit(limit))


def firsts(view: View, ids: Iterable[str]) -> dict[str, Passage]:
    """The sentences of events or quotations by their whole ids; those that are gone are left out."""
    wanted = [id.rpartition("#") for id in ids]
    found: dict[str, Passage] = {}
    for layer, letter in (("event", "V"), ("quotation", "Q")):
        pairs = [(article, item) for article, _, item in wanted if item.startswith(letter)]
        found |= {f"{one.article}#{one.key.item}": one for one in items_of(view, layer, pairs)}
    return found


def echo_list(view: View, limit: int, after: tuple[str, int, str] | None = None) -> list[Row[Any]]:
    """The first wordings of quotations that another outlet has too, the last day first: day, number, id, content.

    Articles without a day are left out.
    """
    other, elsewhere = echoes.alias("other"), articles.alias("elsewhere")
    again = (
        select(other.c.id)
        .join(elsewhere, elsewhere.c.number == other.c.article)
        .where(other.c.id == echoes.c.id, elsewhere.c.source != articles.c.source)
    )
    words = and_(quotations.c.article == echoes.c.article, quotations.c.id == echoes.c.quotation)
    # the sum keeps SQLite from going through all echoes and sorting them: it goes through the days, the last first
    of_article = echoes.c.article == articles.c.number + 0
    columns = (articles.c.day, articles.c.number, echoes.c.id, quotations.c.content, quotations.c.stance)
    query = select(*columns, articles.c.source, articles.c.title)
    query = query.select_from(articles.join(echoes, of_article).join(quotations, words))
    query = query.where(articles.c.day.is_not(None), echoes.c.relation == "first", again.exists())
    if after is not None:
        same_day = and_(articles.c.number == after[1], echoes.c.id > after[2])
        rest = and_(articles.c.day == after[0], or_(articles.c.number < after[1], same_day))
        query = query.where(articles.c.day <= after[0], or_(articles.c.day < after[0], rest))
    return view.rows(query.order_by(articles.c.day.desc(), articles.c.number.desc(), echoes.c.id).limit(limit))


def outlets_of(view: View, ids: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """The outlets of echoes, each with what it made of the words, in the order of publication."""
    query = (
        select(echoes.c.id, articles.c.source, articles.c.id.label("article"), echoes.c.relation)
        .join(articles, articles.c.number == echoes.c.article)
        .where(echoes.c.id.in_(list(ids)))
        .order_by(articles.c.day, articles.c.published, articles.c.id)
    )
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in view.rows(query):
        found[row.id].setdefault(row.source or row.article, row.relation)
    return {id: list(outlets.items()) for id, outlets in found.items()}
