"""What people decide about stories and echoes holds at once, and a join afterwards finds the same as from scratch."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from masdar.store import Store, open_store
from masdar.store.deciding import decide_now
from masdar.store.differences import story
from masdar.store.join import join_all
from masdar.store.tables import articles, bridges, decisions, stories, story_reports
from masdar.store.timeline import echo
from masdar.store.write import Decision
from tests.store.test_join import corpus, rows, save, told

Decided = tuple[str, str, str, bool]  # layer, left, right, same


def decide(store: Store, decided: Decided) -> bool:
    """Decide at once."""
    layer, left, right, is_same = decided
    with store.writer() as writer:
        return decide_now(writer, Decision(who="lina", layer=layer, left=left, right=right, is_same=is_same))


def from_scratch(path: Path, made: list[Decided]) -> dict[str, list[list[str]]]:
    """What a join finds that knows the decisions from the beginning."""
    with open_store(str(path), create=True) as store:
        save(store, *corpus())
        for layer, left, right, is_same in made:
            with store.writer() as writer:
                writer.decide(Decision(who="lina", layer=layer, left=left, right=right, is_same=is_same))
        join_all(store)
        return rows(store)


def reports_of(store: Store, id: str) -> list[str]:
    """The reports of the story that one is in."""
    found = story(store.view(), id)
    assert found is not None
    counted = store.view().rows(select(stories).where(stories.c.id == found.id))[0]
    assert counted.reports == len(found.reports)
    return [report.id for report in found.reports]


def wordings(store: Store, id: str) -> dict[str, str | None]:
    """The quotations of the echo that one is in, each with what it made of the first one."""
    found = echo(store.view(), id)
    return {one.id: one.relation for one in found.quotations} if found else {}


ALL = [f"a{at}#V1" for at in (0, 3, 1, 4, 2, 5)]  # in the order of their days


@pytest.mark.parametrize("left", ["a2#V1", "a0#V1", "a5#V1"])
def test_a_report_leaves_its_story_at_once(store: Store, tmp_path: Path, left: str) -> None:
    save(store, *corpus())
    join_all(store)
    before = rows(store)
    assert reports_of(store, left) == ALL
    right = "a0#V1" if left != "a0#V1" else "a3#V1"
    decided = ("story", left, right, False)
    assert decide(store, decided)
    assert reports_of(store, left) == [left]
    assert reports_of(store, right) == [id for id in ALL if id != left]
    assert rows(store)["echoes"] == before["echoes"]
    known = {row.id for row in store.view().rows(select(stories.c.id))}
    assert known == {row.story for row in store.view().rows(select(story_reports.c.story))}
    join_all(store)
    assert rows(store) == from_scratch(tmp_path / "scratch.db", [decided])
    assert left not in reports_of(store, right)


def test_stories_are_one_at_once_and_two_again(store: Store) -> None:
    save(store, *corpus())
    join_all(store)
    before = rows(store)
    assert decide(store, ("story", "a1#V1", "z2#V1", True))
    assert reports_of(store, "z1#V1") == [*ALL, "z1#V1", "z2#V1"]
    at_once = rows(store)
    join_all(store)
    assert rows(store) == at_once
    assert decide(store, ("story", "z2#V1", "a1#V1", False))
    assert rows(store) == before
    join_all(store)
    assert rows(store) == before
    assert [row.is_same for row in store.view().rows(select(decisions).order_by(decisions.c.number))] == [True, False]


def test_a_split_is_taken_back_at_once(store: Store) -> None:
    save(store, *corpus())
    join_all(store)
    before = rows(store)
    decide(store, ("story", "a0#V1", "a3#V1", False))
    decide(store, ("story", "a0#V1", "a3#V1", True))
    assert reports_of(store, "a5#V1") == ALL
    join_all(store)
    assert rows(store) == before


@pytest.mark.parametrize("left", ["a2#Q1", "a0#Q1"])
def test_a_wording_leaves_its_echo_at_once(store: Store, tmp_path: Path, left: str) -> None:
    save(store, *corpus())
    join_all(store)
    before = rows(store)
    every = wordings(store, "a0#Q1")
    right = "a0#Q1" if left != "a0#Q1" else "a3#Q1"
    decided = ("echo", left, right, False)
    assert decide(store, decided)
    assert wordings(store, left) == {}
    rest = wordings(store, right)
    assert rest.keys() == every.keys() - {left} and list(rest.values()) == ["first", *["verbatim"] * 4]
    assert {table: rows(store)[table] for table in ("stories", "story_reports")} == {
        table: before[table] for table in ("stories", "story_reports")
    }
    join_all(store)
    assert rows(store) == from_scratch(tmp_path / "scratch.db", [decided])


def test_echoes_are_one_at_once_and_two_again(store: Store) -> None:
    save(store, *corpus())
    join_all(store)
    before = rows(store)
    assert decide(store, ("echo", "z1#Q1", "a2#Q1", True))
    assert wordings(store, "z2#Q1")["z1#Q1"] == "verbatim" and len(wordings(store, "z2#Q1")) == 8
    at_once = rows(store)
    join_all(store)
    assert rows(store) == at_once
    assert decide(store, ("echo", "z1#Q1", "a2#Q1", False))
    assert rows(store) == before
    join_all(store)
    assert rows(store) == before


def test_of_two_wordings_none_is_left_alone(store: Store) -> None:
    save(store, told("a1", "2024-03-12", 5), told("a2", "2024-03-12", 5))
    join_all(store)
    assert len(wordings(store, "a1#Q1")) == 2
    decide(store, ("echo", "a1#Q1", "a2#Q1", False))
    assert store.view().counts()["echoes"] == 0
    decide(store, ("echo", "a1#Q1", "a2#Q1", True))
    assert wordings(store, "a2#Q1") == {"a1#Q1": "first", "a2#Q1": "verbatim"}


def test_what_no_join_has_found_waits_for_one(store: Store) -> None:
    save(store, *corpus())
    assert not decide(store, ("story", "a0#V1", "a1#V1", False))
    assert store.view().counts()["story_reports"] == 0
    join_all(store)
    assert "a1#V1" not in reports_of(store, "a0#V1")
    assert not decide(store, ("story", "a0#V1", "nothing#V1", True))


def test_many_decisions_and_joins_between(store: Store, tmp_path: Path) -> None:
    save(store, *corpus())
    join_all(store)
    made: list[Decided] = [
        ("story", "a3#V1", "a0#V1", False), ("story", "h0#V1", "h1#V1", True), ("story", "a2#V1", "a1#V1", False),
        ("echo", "a3#Q1", "a0#Q1", False), ("story", "a0#V1", "z1#V1", True), ("echo", "a0#Q1", "a1#Q1", False),
        ("story", "h0#V1", "h1#V1", False), ("echo", "z2#Q1", "a5#Q1", True), ("story", "a3#V1", "a0#V1", True),
    ]  # fmt: skip
    for at, decided in enumerate(made):
        decide(store, decided)
        if at % 4 == 3:
            join_all(store)
    join_all(store)
    assert rows(store) == from_scratch(tmp_path / "scratch.db", made)


def test_gone_articles_are_no_trouble(store: Store) -> None:
    save(store, *corpus())
    join_all(store)
    with store.writer() as writer:
        writer.connection.execute(delete(articles).where(articles.c.id == "a0"))
    decide(store, ("story", "a3#V1", "a1#V1", False))
    assert reports_of(store, "a3#V1") == ["a3#V1"] and "a1#V1" in reports_of(store, "a5#V1")


def test_a_report_leaves_without_the_strand_it_is_in(store: Store) -> None:
    """A story of two strands that a report ties together: who leaves does not take the others along."""
    save(store, *corpus())
    join_all(store)
    numbers = {row.id: row.number for row in store.view().rows(select(articles.c.id, articles.c.number))}
    with store.writer() as writer:  # as if the machine had found two strands
        for id in ("a1", "a4", "a2"):
            of_article = update(story_reports).where(story_reports.c.article == numbers[id])
            writer.connection.execute(of_article.values(strand="a1#V1"))
        tie = {"article": numbers["a5"], "event": "V1", "strand": "a0#V1", "other": "a1#V1"}
        writer.connection.execute(insert(bridges).values(tie))
    assert reports_of(store, "a4#V1") == ALL
    assert decide(store, ("story", "a4#V1", "a0#V1", False))
    assert reports_of(store, "a4#V1") == ["a4#V1"]
    assert reports_of(store, "a0#V1") == [id for id in ALL if id != "a4#V1"]
    pairs = store.view().rows(select(decisions.c.left, decisions.c.right).order_by(decisions.c.number))
    assert [tuple(row) for row in pairs] == [("a4#V1", "a0#V1"), ("a4#V1", "a1#V1")]
    join_all(store)
    assert "a4#V1" not in reports_of(store, "a0#V1")
