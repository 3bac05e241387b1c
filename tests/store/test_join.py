"""Joining a store: the same whether at once or bit by bit, under the decisions of people."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from masdar.errors import StoreError
from masdar.store import Store, open_store
from masdar.store.connect import alone
from masdar.store.differences import newest_stories, story
from masdar.store.join import Walk, join_all, standing
from masdar.store.loading import Loaded
from masdar.store.splits import Splitting, split_off
from masdar.store.tables import articles, bridges, copies, echoes, joined, joins, stories, story_reports
from masdar.store.timeline import echo, most_echoed, timeline
from masdar.store.write import Decision
from tests.store.records import Json, date, entity, event, meaning, place, quotation, record, words

VOW = "لن تقبل لجنة السهل أي اعتداء على قرية النخيل وسترد عليه في الوقت المناسب"
ATTACK = "هاجم مقاتلو جبهة الوادي قرية النخيل الثلاثاء وقتلوا {killed} من أهلها، كما قال شهود."
HARVEST = "اتفق مزارعو بلدة التين على حملة لجمع الزيتون قبل الشتاء وعلى بيعه في سوق واحدة."
OPENINGS = (
    "عاد الهدوء إلى المنطقة",
    "نزحت عائلات إلى البلدات المجاورة",
    "انقطعت الكهرباء ساعات",
    "وصلت سيارات الإسعاف",
)


def told(id: str, published: str, killed: int, opening: str = "", **document: Any) -> Json:  # noqa: ANN401
    """An article that tells of the attack on the village and quotes the committee."""
    attack = ATTACK.format(killed=killed)
    text = f"{opening}\n{attack}\nوقال أنس خالد: «{VOW}»."
    made = record(id, text, published=published, **document)
    front, village = words(text, "جبهة الوادي"), words(text, "قرية النخيل")
    made["entities"] = [
        entity("E1", "ORG", "جبهة الوادي", [front], country="SYR", sectors=["REB"]),
        entity("E2", "PER", "أنس خالد", [words(text, "أنس خالد")], country="SYR", sectors=["REB"]),
        entity("E3", "GPE", "قرية النخيل", [village], country="SYR"),
    ]
    made["places"] = [place("P1", village, entity="E3", country="SYR", lat=35.5, lon=36.2, resolution="city")]
    made["dates"] = [date("T1", words(text, "الثلاثاء"), "2024-03-12")]
    made["events"] = [
        event("V1", "ASSAULT", words(text, "هاجم"), ["E1"], ["E3"], modes=["firearms"], places=["P1"], date="T1")
    ]
    made["quotations"] = [quotation("Q1", [words(text, VOW)], ["E2"], kind="direct")]
    return made


def harvest(id: str, published: str, **document: Any) -> Json:  # noqa: ANN401
    """An article about something else."""
    made = record(id, HARVEST, published=published, **document)
    growers = words(HARVEST, "مزارعو بلدة التين")
    made["entities"] = [entity("E1", "ORG", "مزارعو بلدة التين", [growers | {"form": "nominal"}])]
    made["events"] = [event("V1", "AGREE", words(HARVEST, "اتفق"), ["E1"], [])]
    return made


def corpus() -> list[Json]:
    """Some days of four outlets."""
    outlets = ("وكالة الوادي", "قناة الهضبة", "صحيفة النهر", "إذاعة الجبل")
    attacks = [
        told(f"a{at}", f"2024-03-1{2 + at % 3}T0{at}:00", 4 + at % 2, OPENINGS[at % 4], source=outlets[at % 4])
        for at in range(6)
    ]
    others = [harvest(f"h{at}", f"2024-03-{10 + 3 * at}", source=outlets[at % 4]) for at in range(5)]
    late = [told("z1", "2024-04-20", 9, source=outlets[1]), told("z2", "2024-04-20", 9, source=outlets[2])]
    return [*attacks, *others, *late]


def save(store: Store, *records: Json) -> None:
    with store.writer() as writer:
        for one in records:
            writer.save(one)


def decide(store: Store, layer: str, left: str, right: str, *, is_same: bool) -> None:
    with store.writer() as writer:
        writer.decide(Decision(who="Anas", layer=layer, left=left, right=right, is_same=is_same))


def rows(store: Store) -> dict[str, list[list[str]]]:
    """Everything that was joined, articles by their ids."""
    names = {row.number: row.id for row in store.view().rows(select(articles.c.number, articles.c.id))}
    found = {}
    for table in (copies, stories, story_reports, bridges, echoes):
        listed = store.view().rows(select(table))
        named = [
            {k: names[v] if k in ("article", "original") else v for k, v in row._mapping.items()} for row in listed
        ]
        found[table.name] = sorted(sorted(f"{k}={v}" for k, v in row.items()) for row in named)
    return found


def story_of(store: Store, id: str) -> str:
    """The story of an event."""
    found = story(store.view(), id)
    assert found is not None
    return found.id


@pytest.fixture
def scratch(tmp_path: Any) -> Any:  # noqa: ANN401
    """What comes of some records when they are joined at once, in a SQLite file of its own."""

    def at_once(*records: Json, decisions: tuple[tuple[str, str, str, bool], ...] = ()) -> dict[str, list[list[str]]]:
        path = tmp_path / "scratch.db"
        path.unlink(missing_ok=True)
        with open_store(str(path), create=True) as store:
            save(store, *records)
            for layer, left, right, is_same in decisions:
                decide(store, layer, left, right, is_same=is_same)
            join_all(store)
            return rows(store)

    return at_once


def test_reports_of_one_event_are_a_story(store: Store) -> None:
    save(store, *corpus())
    join_all(store)
    found = story(store.view(), "a3#V1")
    assert found is not None
    assert {report.article for report in found.reports} == {f"a{at}" for at in range(6)}
    assert found.id == "a0#V1"
    assert (found.type, found.day) == ("ASSAULT", "2024-03-12")
    assert story_of(store, "h0#V1") != found.id
    assert story_of(store, "z1#V1") == "z1#V1"  # told long after: another story


def test_only_the_new_is_gone_through_and_nothing_twice(store: Store) -> None:
    save(store, *corpus())
    assert join_all(store).articles == 13
    assert join_all(store).articles == 0
    save(store, told("b1", "2024-04-21", 9, OPENINGS[2], source="قناة الهضبة"))
    assert join_all(store).articles == 1
    assert join_all(store, again=True).articles == 14


@pytest.mark.parametrize("seed", range(3))
def test_bit_by_bit_is_as_at_once(store: Store, scratch: Any, seed: int) -> None:  # noqa: ANN401
    every = corpus()
    random.Random(seed).shuffle(every)
    for at in range(0, len(every), 3):
        save(store, *every[at : at + 3])
        join_all(store)
    assert rows(store) == scratch(*corpus())


def test_what_changes_moves_or_goes_is_followed(store: Store, scratch: Any) -> None:  # noqa: ANN401
    every = {one["document"]["id"]: one for one in corpus()}
    save(store, *every.values())
    join_all(store)
    every["a0"] = harvest("a0", "2024-03-12T00:00", source="وكالة الوادي")
    every["a4"] = told("a4", "2024-05-01", 5, OPENINGS[0], source="وكالة الوادي")
    save(store, every["a0"], every["a4"])
    with store.writer() as writer:
        writer.connection.execute(delete(articles).where(articles.c.id == "z1"))
    del every["z1"]
    join_all(store)
    assert rows(store) == scratch(*every.values())
    assert "a4#V1" in {row.id for row in store.view().rows(select(stories.c.id))}


def test_a_join_that_was_killed_goes_on(store: Store, scratch: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401
    save(store, *corpus())
    put, days = Walk.put, []

    def killed(self: Walk, connection: Any, numbers: Any, loaded: Loaded, outcome: Any) -> bool:  # noqa: ANN401
        days.append(numbers)
        if len(days) == 4:
            raise KeyboardInterrupt
        return put(self, connection, numbers, loaded, outcome)

    monkeypatch.setattr(Walk, "put", killed)
    with pytest.raises(KeyboardInterrupt):
        join_all(store)
    assert 0 < store.view().counts()["joined"] < 13
    assert join_all(store).days < len(days) + 6
    assert rows(store) == scratch(*corpus())


def test_new_rules_join_everything_anew(store: Store) -> None:
    save(store, *corpus())
    join_all(store)
    with store.writer() as writer:
        writer.connection.execute(update(joins).values(rules="0"))
    assert join_all(store).articles == 13


def test_copies_count_as_one_source(store: Store) -> None:
    text = f"{OPENINGS[0]} {OPENINGS[1]} {OPENINGS[2]}"
    save(store, *(told(f"a{at}", f"2024-03-12T0{at}:00", 5, text, source=f"outlet {at}") for at in range(4)))
    save(store, told("b1", "2024-03-12T09:00", 7, "رواية أخرى من مراسلنا هناك في صباح بارد", source="outlet 9"))
    join_all(store)
    found = store.view().rows(select(stories).where(stories.c.id == "a0#V1"))[0]
    assert (found.reports, found.articles) == (5, 5)
    assert found.sources < 3
    assert store.view().counts()["copies"] >= 3


def test_a_person_parts_a_report_and_it_stays_apart(store: Store, scratch: Any) -> None:  # noqa: ANN401
    save(store, *corpus())
    join_all(store)
    decide(store, "story", "a2#V1", "a0#V1", is_same=False)
    join_all(store)
    assert story_of(store, "a2#V1") != story_of(store, "a0#V1")
    join_all(store, again=True)
    assert story_of(store, "a2#V1") != story_of(store, "a0#V1")
    assert rows(store) == scratch(*corpus(), decisions=(("story", "a2#V1", "a0#V1", False),))


def test_a_person_joins_two_stories_and_later_parts_them(store: Store) -> None:
    save(store, *corpus())
    join_all(store)
    before = rows(store)
    decide(store, "story", "h0#V1", "a1#V1", is_same=True)
    join_all(store)
    assert story_of(store, "h0#V1") == story_of(store, "a5#V1") == "h0#V1"
    join_all(store, again=True)
    assert story_of(store, "a1#V1") == "h0#V1"
    decide(store, "story", "h0#V1", "a1#V1", is_same=False)
    join_all(store)
    assert rows(store) == before


def test_actors_that_people_made_one_are_one_here(store: Store) -> None:
    save(store, *corpus())
    join_all(store)
    decide(store, "actor", "ORG:SYR:جبهه الوادي", "ORG:SYR:الجبهه", is_same=True)
    assert join_all(store).articles >= 8  # of the articles that name the front, and those around them


def test_the_same_words_are_an_echo(store: Store) -> None:
    save(store, *corpus())
    join_all(store)
    found = echo(store.view(), "a2#Q1")
    assert found is not None
    assert found.id == "a0#Q1"
    assert [one.relation for one in found.quotations] == ["first", *["verbatim"] * 5]
    assert {row.id: row.outlets for row in most_echoed(store.view())} == {"a0#Q1": 4, "z1#Q1": 2}


def test_people_part_and_join_echoes(store: Store) -> None:
    save(store, *corpus())
    join_all(store)
    before = rows(store)["echoes"]
    decide(store, "echo", "a1#Q1", "a0#Q1", is_same=False)
    decide(store, "echo", "z1#Q1", "a0#Q1", is_same=True)
    join_all(store)
    joined_now, parted = echo(store.view(), "z2#Q1"), echo(store.view(), "a1#Q1")
    assert joined_now is not None
    assert joined_now.id == "a0#Q1"
    assert {one.id: one.relation for one in joined_now.quotations}["z1#Q1"] == "verbatim"
    assert parted is None or "a0#Q1" not in {one.id for one in parted.quotations}
    decide(store, "echo", "a1#Q1", "a0#Q1", is_same=True)
    decide(store, "echo", "z1#Q1", "a0#Q1", is_same=False)
    join_all(store)
    assert rows(store)["echoes"] == before


def test_a_lone_quotation_may_be_joined_by_a_person(store: Store) -> None:
    save(store, told("a1", "2024-03-12", 5), told("a2", "2024-06-12", 5))
    join_all(store)
    assert echo(store.view(), "a1#Q1") is None
    decide(store, "echo", "a1#Q1", "a2#Q1", is_same=True)
    join_all(store)
    found = echo(store.view(), "a2#Q1")
    assert found is not None
    assert [(one.id, one.relation) for one in found.quotations] == [("a1#Q1", "first"), ("a2#Q1", "verbatim")]


def test_articles_without_a_date_have_copies_and_echoes_but_no_stories(store: Store) -> None:
    save(store, told("a1", None, 5, source="outlet 1"), told("a2", None, 5, source="outlet 2"))  # type: ignore[arg-type]
    join_all(store)
    counts = store.view().counts()
    assert (counts["copies"], counts["echoes"], counts["story_reports"]) == (1, 2, 0)


def test_a_timeline_has_each_echo_once(store: Store) -> None:
    save(store, *corpus())
    join_all(store)
    found = list(timeline(store.view(), "PER:SYR:انس خالد"))
    assert [one.id for one in found] == ["a0#Q1", "z1#Q1"]
    assert len(found[0].outlets) == 4
    assert [one.id for one in timeline(store.view(), "PER:SYR:انس خالد", "القرية")] == ["a0#Q1", "z1#Q1"]
    assert list(timeline(store.view(), "PER:SYR:انس خالد", "المدارس")) == []
    assert list(timeline(store.view(), "Q1")) == []


def test_a_story_shows_what_differs(store: Store) -> None:
    save(store, *corpus())
    join_all(store)
    found = story(store.view(), "a0#V1")
    assert found is not None
    tolls = found.differences.tolls["killed"]
    assert set(tolls) == {4, 5}
    assert set(found.differences.dates) == {"2024-03-12"}
    assert set(found.differences.dates["2024-03-12"]) == {"وكالة الوادي", "صحيفة النهر", "إذاعة الجبل", "قناة الهضبة"}
    assert list(found.differences.blamed) == ["جبهة الوادي"]
    assert list(found.differences.claimed) == [""]
    assert found.reports[0].words.startswith("هاجم مقاتلو جبهة الوادي")
    assert found.reports[1].reason["beside"] == "a0#V1"
    assert found.reports[1].reason["evidence"]
    assert newest_stories(store.view(), least=9) == []


def test_meanings_count_where_the_store_has_them(store: Store) -> None:
    first, second = told("a1", "2024-03-12", 5), told("a2", "2024-03-12", 5, OPENINGS[0])
    with store.writer() as writer:
        writer.save(first, meaning(first, seed=1))
        writer.save(second, meaning(first, seed=1))
    join_all(store)
    found = story(store.view(), "a2#V1")
    assert found is not None
    assert "meaning" in {item["what"] for item in found.reports[1].reason["evidence"]}


def test_nothing_is_joined_in_an_empty_store(store: Store) -> None:
    assert join_all(store).days == 0
    assert store.view().rows(select(joined)) == []


def test_two_joins_do_not_run_at_once(reopened: Callable[[], Store]) -> None:
    store = reopened()
    save(store, *corpus()[:2])
    with alone(store.url, store.writing, "join"), pytest.raises(StoreError, match="Another masdar join is at work"):
        join_all(reopened())
    assert join_all(reopened()).articles == 2  # whoever is done lets go


def test_looking_says_whether_a_join_is_at_work(store: Store) -> None:
    assert standing(store) == "never"
    with alone(store.url, store.writing, "join"):
        assert standing(store) == "running"
    save(store, *corpus())
    join_all(store)
    assert standing(store) == ""


def test_a_split_actor_is_another_one_in_stories(store: Store) -> None:
    save(store, *corpus())
    join_all(store)
    key = "ORG:SYR:جبهه الوادي"
    with store.writer() as writer:
        split_off(writer, Splitting(who="Anas", key=key, keys=[key], articles=["z2"], label="أخرى"))
    assert join_all(store).articles == 2  # those of its day
    assert join_all(store).articles == 0
