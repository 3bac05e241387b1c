"""What is found, in which order, and how it is shown; the same in both databases."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sqlalchemy import delete, inspect, text

from masdar.errors import QueryError
from masdar.gazetteer.base import SHIPPED
from masdar.store import Store
from masdar.store.search import Query, alike, count, every, facets, parse, search, vector_of
from masdar.store.search import meaning as nearness
from masdar.store.search.find import Sought
from masdar.store.search.index import index_all
from masdar.store.search.places import places_called, unknown_in, written_otherwise
from masdar.store.search.terms import MOST_TIMES, MOST_WORDS
from masdar.store.tables import articles
from masdar.store.write import Decision, Saving
from masdar.text.fold import fold_word
from tests.store.records import entity, event, meaning, place, quotation, record, words

Json = dict[str, Any]

NEWS = {  # id: text, day, outlet
    "a1": ("أعلن وزراء الداخلية أن القوّات انتشرت في مدينة النخيل.", "2024-03-01", "وكالة الوادي"),
    "a2": ("وللقوات المسلحة موقف آخر، قال الوزير إن الهدنة قائمة.", "2024-03-02T08:00:00+03:00", "وكالة الوادي"),
    "a3": ("قصفت طائرة مدرسة في السهل. واتهم قلطوف الوزير.", "2024-03-02T09:30:00+03:00", "Plain News"),
    "a4": ("لقاء بقلطوف في العاصمة: المدرسون يضربون.", "2024-04-05", "Plain News"),
    "a5": ("إعادة فتح المعبر مع بلاد الوادي بعد هدنة.", None, None),
}


def save(store: Store, *records: Json, **meanings: int) -> None:
    """Keep records; of those with an id in `meanings` also vectors."""
    with store.writer() as writer:
        writer.save_all(
            Saving.of(one, meaning(one, meanings[name]) if (name := one["document"]["id"]) in meanings else None)
            for one in records
        )


def news(id: str) -> Json:
    """The record of an article of NEWS, of which nothing is known but its words."""
    body, published, source = NEWS[id]
    return record(id, body, published=published, source=source, title="عنوان " + id)


def found(store: Store, typed: str, **options: Any) -> list[str]:  # noqa: ANN401
    """The ids of all hits, page by page."""
    ids: list[str] = []
    page = search(store.view(), parse(typed), limit=2, **options)
    ids += [hit.id for hit in page.hits]
    while page.next:
        page = search(store.view(), parse(typed), limit=2, after=page.next, **options)
        ids += [hit.id for hit in page.hits]
    return ids


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with NEWS."""
    save(store, *map(news, NEWS))
    return store


WORDS = [
    ("قوات", "a2 a1"),
    ("القوات", "a2 a1"),
    ("للوزير", "a3 a2 a1"),
    ("وزراء", "a3 a2 a1"),
    ("قلطوف", "a4 a3"),
    ("قُلـطوف", "a4 a3"),
    ("الهدنه", "a2 a5"),
    ("وزير هدنة", "a2"),
    ("وزير -هدنة", "a3 a1"),
    ("-وزير", "a4 a5"),
    ("-وزير -هدنة", "a4"),
    ("مدرسة", "a3"),
    ("مدر*", "a4 a3"),
    ("مدرسو*", "a4"),
    ('"القوات المسلحة"', "a2"),
    ('"قوات المسلحة"', ""),
    ("«القوات»", "a2 a1"),
    ('"قوات"', ""),
    ('"قال الوزير إن الهدنة"', "a2"),
    ('"السهل واتهم"', "a3"),  # marks do not break a phrase …
    ('"a3 قصفت"', ""),  # … but the title is another text
    ("قصف OR هدنة", "a3 a2 a5"),
    ("وزير قصف OR هدنة", "a3 a2"),
    ('-"القوات المسلحة" وزير', "a3 a1"),
    ("عنوان", "a4 a3 a2 a1 a5"),
    ("", "a4 a3 a2 a1 a5"),
    ("source:plain", "a4 a3"),
    ('source="وكالة الوادي"', "a2 a1"),
    ("source=وكالة", ""),
    ("-source:الوادي", "a4 a3 a5"),
    ("from:2024-03-02", "a4 a3 a2"),
    ("to:2024-03-02", "a3 a2 a1"),
    ("on:2024-03", "a3 a2 a1"),
    ("from:2024-03-02 to:2024-03-31 وزير", "a3 a2"),
    ("on:2024-03-01 عنوان", "a1"),
    ("  ", "a4 a3 a2 a1 a5"),
    ("لاشيءهنا", ""),
]


def test_words(filled: Store) -> None:
    for typed, ids in WORDS:
        assert (typed, found(filled, typed)) == (typed, ids.split())
        assert (typed, count(filled.view(), parse(typed)).hits) == (typed, len(ids.split()))


SAMPLE = [  # of the sample record, which has two quotations and two events
    ("speaker:خالد", "s#Q1 s#Q2"),
    ("speaker:khalid", ""),
    ('speaker:"أنس خالد" stance:accuse', "s#Q1"),
    ('speaker="PER:SYR:انس خالد"', "s#Q1 s#Q2"),
    ("speaker=خالد", ""),
    ("kind:mixed", "s#Q2"),
    ("kind:mixed,indirect", "s#Q1 s#Q2"),
    ("speaker:خالد هاجم", "s#Q1"),
    ("speaker:خالد country:syr", "s#Q1 s#Q2"),
    ("speaker:خالد place:النخيل", "s#Q1"),
    ("speaker:خالد entity:الوادي", "s#Q1"),
    ("stance:accuse -type:ASSAULT", ""),
    ("type:ASSAULT", "s#V2"),
    ("type:assault,accuse", "s#V1 s#V2"),
    ("-type:ASSAULT context:military type:ACCUSE", "s#V1"),
    ("actor:السهل", "s#V1"),
    ('actor:"Plain Committee"', "s#V1"),
    ("recipient:الوادي", "s#V1"),
    ("entity:الوادي type:ASSAULT", "s#V2"),
    ("claimed:yes", "s#V2"),
    ("claimed:no", "s#V1"),
    ("type:ASSAULT speaker:خالد", "s#V2"),  # the one that he claims
    ("country:SYR>SYR", "s#V1 s#V2"),
    ("country:SYR>", "s#V1 s#V2"),
    ("country:>TUR", ""),
    ("country:SYR-TUR", ""),
    ("type:ASSAULT on:2024-03-12", "s#V2"),
    ("type:ASSAULT on:2024-03-13", ""),
    ("type:ASSAULT place=SYR", "s#V2"),
    ("type:ASSAULT box:35,36,36,37", "s#V2"),
    ("type:ASSAULT box:35.6,36,36,37", ""),
    ("claimed:no box:35,36,36,37", ""),
    ("type:ASSAULT conf:0.8", "s#V2"),
    ("type:ASSAULT conf:>0.8", ""),
    ("conf:>0.85", "s#Q1 s#Q2"),
    ("type:ASSAULT قرية", "s#V2"),
    ("type:ASSAULT الاعتداء", ""),  # stands in another sentence
]


def test_countries_are_found_by_their_english_names(store: Store) -> None:
    told = record("s")
    for named in told["places"]:
        named["text"] = "سورية"
    told["entities"][0] |= {"name": "الحكومة في سوريا", "name_latin": None, "wikidata": None}
    save(store, told)
    assert found(store, "place:Syria", kind="articles") == found(store, "place:سورية", kind="articles") == ["s"]
    assert found(store, "entity:Syria", kind="articles") == ["s"]
    assert found(store, "country:Syria", kind="events") == found(store, "country:SYR", kind="events") != []
    assert found(store, "place:Lebanon", kind="articles") == found(store, "-place:Syria", kind="articles") == []
    assert found(store, "source:Syria", kind="articles") == []


PLACED = {  # id: how a place is called there, its number in GeoNames
    "aleppo": ("مدينة حلب", 170063),
    "province": ("ريف حلب", None),
    "raqqa": ("الرقة", 172955),
    "palmyra": ("تدمر", 163808),
    "lebanon": ("طرابلس", 266826),
    "libya": ("طرابلس", 2210247),
    "capital": ("العاصمة", 285787),  # of Kuwait
    "state": ("الكويت", 285570),
    "sea": ("البحر الأحمر", None),
}


def test_cities_are_found_by_their_english_names(store: Store) -> None:
    for id, (name, number) in PLACED.items():
        told = record(id)
        told["places"][0] |= {"text": name, "geonameid": number}
        save(store, told)
    for typed, ids in {
        "place:Aleppo": "aleppo province",
        "place:ALEPPO": "aleppo province",
        'place:"Ar Raqqah"': "raqqa",
        "place:Raqqa OR place:Palmyra": "raqqa palmyra",
        "place:Tripoli": "lebanon libya",
        "place:Tripoli -place:Aleppo": "lebanon libya",
        "place:Kuwait": "state",
        'place:"Kuwait City"': "capital",
        'place:"Red Sea"': "sea",
        "place=Aleppo": "",
        "entity:Aleppo": "",
        "place:Mordor": "",
    }.items():
        assert (typed, set(found(store, typed, kind="articles"))) == (typed, set(ids.split()))
    assert found(store, "place:Raqqa type:ASSAULT") == ["raqqa#V2"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hama", "Ḩamāh"), ("Douma", "Dūmā"), ("Daraa", "Dar‘ā"), ("Qamishli", "Al Qāmishlī"),
     ("Diyarbakır", "Diyarbakir"), ("Aleppo", "Aleppo Governorate"), ("New York", "New York City")],
)  # fmt: skip
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert places_called(one) == places_called(other) != ()


def test_names_that_are_not_alike() -> None:
    assert not set(places_called("Samarra")) & set(places_called("Samara"))
    assert places_called("Mordor") == places_called("حلب") == places_called("") == ()


def test_the_english_names_of_the_lexicon_are_of_places_of_the_base() -> None:
    with closing(sqlite3.connect(f"file:{SHIPPED}?mode=ro&immutable=1", uri=True)) as base:
        known = {name for (name,) in base.execute("SELECT folded FROM names")}
    assert [pair for pair in written_otherwise() if fold_word(pair[1]) not in known] == []


def test_a_place_without_an_english_name_is_said() -> None:
    query = parse("place:Mordor OR place:Syria place:Aleppo place:حلب place=a1 -place:Nowhere entity:Nobody place:12")
    assert [condition.value for condition in unknown_in(query)] == ["Mordor", "12"]


def test_quotations_and_events(store: Store) -> None:
    save(store, record("s"))
    for typed, ids in SAMPLE:
        assert (typed, found(store, typed)) == (typed, ids.split())
        if ids and "conf:" not in typed and " on:" not in typed and "-type" not in typed:
            assert (typed, found(store, typed, kind="articles")) == (typed, ["s"])


def test_the_kind_that_is_asked_for(store: Store) -> None:
    save(store, record("s"))
    assert found(store, "هاجم", kind="quotations") == ["s#Q1"]
    assert found(store, "هاجم", kind="events") == ["s#V2"]
    assert found(store, "type:ASSAULT", kind="quotations") == ["s#Q1"]
    assert found(store, "place:النخيل box:35,36,36,37", kind="quotations") == ["s#Q1"]


def test_a_hit_points_at_its_words(store: Store) -> None:
    save(store, record("s", title="لجنة السهل تتهم", url="https://example.org/1"))
    [hit] = search(store.view(), parse("speaker:خالد هجوم OR هاجمت")).hits
    body = record("s")["document"]["text"]
    assert hit.words == body[slice(*hit.span)] == body.splitlines()[1].split(" وأكد")[0]
    assert [body[slice(*mark)] for mark in hit.marks] == ["هاجمت"]
    assert [body[slice(*span)] for span in hit.focus] == ["جبهة الوادي هاجمت قرية النخيل الثلاثاء"]
    assert (hit.kind, hit.source, hit.day, hit.parts) == (
        "quotations",
        "وكالة الوادي",
        "2024-03-13",
        {"speakers": ("أنس خالد",)},
    )
    assert hit.about["stance"] == "accuse"
    [hit] = search(store.view(), parse('لجنة "الوادي هاجمت"')).hits
    assert [body[slice(*mark)] for mark in hit.marks] == ["لجنة", "الوادي", "هاجمت"]
    assert [hit.title[slice(*mark)] for mark in hit.title_marks if hit.title] == ["لجنة"]
    [hit] = search(store.view(), parse("type:ASSAULT")).hits
    assert [body[slice(*span)] for span in hit.focus] == ["هاجمت"]
    assert hit.parts == {"actors": ("جبهة الوادي",), "recipients": ("قرية النخيل",)}


def test_the_sentence_with_most_of_the_words_is_shown(store: Store) -> None:
    save(store, record("s", "وصل الوزير أمس.\nقال الوزير إن الهدنة قائمة.\nانتهت الهدنة."))
    [hit] = search(store.view(), parse("وزير هدنة")).hits
    assert hit.words == "قال الوزير إن الهدنة قائمة."


def test_titles_first(store: Store) -> None:
    titles = {"t1": "هدنة في السهل", "t2": "أخبار", "t3": "السهل: هدنة", "t4": "هدنة"}
    body = "تحدث الجميع عن هدنة السهل."
    save(store, *(record(id, body, title=title, published=f"2024-03-0{id[1]}") for id, title in titles.items()))
    assert found(store, "هدنة السهل") == ["t4", "t3", "t2", "t1"]
    assert found(store, "هدنة السهل", titles_first=True) == ["t3", "t1", "t4", "t2"]
    assert found(store, "on:2024-03-02", titles_first=True) == ["t2"]


def test_what_is_read_again_is_found_as_it_is_now(filled: Store) -> None:
    body, published, _ = NEWS["a1"]
    save(filled, record("a1", "خبر عن الزراعة.", published=published))
    assert found(filled, "قوات") == ["a2"]
    assert found(filled, "زراعة") == ["a1"]
    save(filled, record("a1", body, published="2024-05-01"))
    assert found(filled, "قوات") == ["a1", "a2"]


def test_an_article_that_is_taken_out_is_not_found_nor_what_comes_under_its_number(filled: Store) -> None:
    with filled.writer() as writer:
        writer.connection.execute(delete(articles).where(articles.c.id == "a5"))
    assert found(filled, "هدنة") == ["a2"]
    save(filled, record("a6", "خبر عن الزراعة.", published=None))
    assert found(filled, "هدنة") == ["a2"]
    assert found(filled, "زراعة") == ["a6"]


def test_the_order_does_not_depend_on_the_order_of_saving(store: Store) -> None:
    for id in ("a4", "a1", "a3", "a5", "a2"):
        save(store, news(id))
    assert found(store, "عنوان") == ["a4", "a3", "a2", "a1", "a5"]


def test_the_index_can_be_made_anew(filled: Store) -> None:
    with filled.writer() as writer:
        index_all(writer.connection)
        index_all(writer.connection)
    assert found(filled, "وزير") == ["a3", "a2", "a1"]
    assert count(filled.view(), parse("وزير")).hits == 3


def test_zones_that_are_not_the_articles_own_words_are_not_searched(store: Store) -> None:
    one = record("s", "قال الوزير كلمة.\nاقرأ أيضا: هدنة في السهل")
    split = one["document"]["text"].index("اقرأ")
    one["document"]["zones"] = [
        {"kind": "body", "start": 0, "end": split},
        {"kind": "teaser", "start": split, "end": len(one["document"]["text"])},
    ]
    save(store, one)
    assert found(store, "وزير") == ["s"]
    assert found(store, "هدنة") == []


def test_actors_are_found_by_their_other_names(store: Store) -> None:
    body = "قال سامر وادي إن الهدنة قائمة."

    def said(id: str, name: str, day: str, **more: Any) -> Json:  # noqa: ANN401
        one = record(id, body, published=day)
        one["entities"] = [entity("E1", "PER", name, [words(body, "سامر وادي")], **more)]
        one["quotations"] = [quotation("Q1", [words(body, "الهدنة قائمة")], ["E1"])]
        return one

    save(
        store,
        said("b1", "سامر وادي", "2024-03-03", wikidata="Q900"),
        said("b2", "الشيخ سمير", "2024-03-02", wikidata="Q900"),
        said("b3", "سامر الآخر", "2024-03-01"),
        said("b4", "كريم وادي", "2024-02-01", country="SYR"),
    )
    assert found(store, "speaker:سامر") == ["b1#Q1", "b2#Q1", "b3#Q1"]
    assert found(store, "speaker:الوادي") == ["b1#Q1", "b2#Q1", "b4#Q1"]
    assert found(store, 'speaker:"سامر وادي"') == ["b1#Q1", "b2#Q1"]
    assert found(store, "speaker=Q900") == ["b1#Q1", "b2#Q1"]
    with store.writer() as writer:
        writer.decide(Decision(who="anna", layer="actor", left="Q900", right="PER:SYR:كريم وادي", is_same=True))
    assert found(store, "speaker=Q900") == ["b1#Q1", "b2#Q1", "b4#Q1"]


def test_all_ids(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    save(filled, record("s", published="2024-01-01"))
    monkeypatch.setattr("masdar.store.search.find.AT_ONCE", 2)
    assert [*every(filled.view(), parse("وزير"))] == [("a3", ""), ("a2", ""), ("a1", "")]
    assert [*every(filled.view(), parse("speaker:خالد"))] == [("s", "Q1"), ("s", "Q2")]
    assert [*every(filled.view(), parse("لاشيءهنا"))] == []


def test_facets(filled: Store) -> None:
    save(filled, record("s"))
    values = {name: [(v.value, v.hits) for v in of] for name, of in facets(filled.view(), parse("")).values.items()}
    assert values == {
        "source": [("وكالة الوادي", 3), ("Plain News", 2)],
        "month": [("2024-03", 4), ("2024-04", 1)],
    }
    spread = facets(filled.view(), parse("speaker:خالد"))
    assert spread.counted.hits == 2
    assert [(v.name, v.hits) for v in spread.values["speaker"]] == [("أنس خالد", 2)]
    assert [(v.value, v.hits) for v in spread.values["stance"]] == [("accuse", 1), ("deny", 1)]
    for of in spread.values.values():
        for value in of:
            assert count(filled.view(), parse("speaker:خالد " + value.query)).hits == value.hits
    assert not facets(filled.view(), parse(""), most=3).counted.is_all
    assert count(filled.view(), parse(""), most=3) == replace(count(filled.view(), parse("")), hits=3, is_all=False)


def test_by_meaning(store: Store) -> None:
    save(store, news("a1"), news("a2"), record("s"), news("a5"), a1=1, a2=2, s=3)
    view = store.view()
    vector = vector_of(view, "a2")
    assert vector is not None
    page = alike(view, vector)
    assert page.hits[0].article == "a2"
    assert page.hits[0].likeness == pytest.approx(1, abs=0.02)
    assert {hit.article for hit in page.hits} == {"a1", "a2", "s"}
    assert [hit.article for hit in alike(view, vector, parse("قوات -هدنة")).hits] == ["a1"]
    sentence = vector_of(view, "s#V2")
    assert sentence is not None
    events = alike(view, sentence, kind="events").hits
    assert [hit.id for hit in events] == ["s#V2", "s#V1"]
    assert events[0].likeness == pytest.approx(1, abs=0.02)
    assert vector_of(view, "a5") is None
    assert vector_of(view, "nothing") is None


def test_what_a_query_finds_often_is_looked_for_among_the_nearest(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(
        filled,
        *(record(f"n{day}", "قال الوزير كلمة", published=f"2024-07-0{day}") for day in (1, 2, 3)),
        n1=1,
        n2=2,
        n3=3,
    )
    view = filled.view()
    vector = vector_of(view, "n2")
    assert vector is not None
    wanted = alike(view, vector, parse("الوزير"), limit=1)
    monkeypatch.setattr(nearness, "NEAREST", 1)
    monkeypatch.setattr(Sought, "newest", None)
    assert alike(view, vector, parse("الوزير"), limit=1) == wanted
    assert wanted.hits[0].article == "n2"


def test_without_meanings_that_is_said(filled: Store) -> None:
    with pytest.raises(QueryError, match="no vectors of meaning"):
        alike(filled.view(), np.zeros(384, np.int8))


NASTY = [
    "' OR 1=1 --",
    '"x" * NEAR(y)',
    "\\' & | ! ( ) <->",
    "a:b" + "\x00" + "c",
    "قال\u202eالوزير",
    "words:x AND y",
    "*** ((( ))) ^ ~",
    "x" * 5000,
    "\ud800",
    "ﷺ ﷲ",
]


def test_nasty_words_are_words(filled: Store) -> None:
    for number, typed in enumerate(NASTY):
        save(filled, record(f"n{number}", f"{typed} وزير", published=f"2024-06-{number + 1:02}", source=typed[:50]))
        assert found(filled, "وزير")[0] == f"n{number}"
        for field in ("word", "phrase", "source", "speaker"):
            hits = search(filled.view(), Query.where(**{field: typed}), kind="articles").hits
            assert field == "speaker" or hits[0].article in (f"n{number}", "a4")


def test_long_articles(store: Store) -> None:
    """PostgreSQL has limits on words, places and bytes of a text; both databases keep to them."""
    many = " ".join(f"w{number}{'é' * 30}" for number in range(MOST_WORDS + 500))
    save(
        store,
        record("l1", f"هدنة w7 {many} معبر"),
        record("l2", "ثم " * (MOST_TIMES + 10) + "الهدنة"),
    )
    assert found(store, "هدنة") == ["l2", "l1"]
    assert found(store, "معبر") == []
    assert found(store, '"ثم ثم"') == ["l2"]
    assert found(store, '"ثم الهدنة"') == []


def test_wrong_pages_and_kinds(filled: Store) -> None:
    with pytest.raises(QueryError, match="no end of a page"):
        search(filled.view(), parse(""), after="7")
    with pytest.raises(QueryError, match="no quotes to search"):
        search(filled.view(), parse(""), kind="quotes")
    with pytest.raises(QueryError, match="no confidence"):
        search(filled.view(), parse("conf:>0.5"), kind="articles")


def test_an_older_store_is_indexed_when_it_is_opened(store: Store, reopened: Any) -> None:  # noqa: ANN401
    save(store, news("a1"), record("s"))
    with store.writer() as writer:
        forget_index(writer.connection)
        writer.connection.execute(text("DELETE FROM versions"))
        writer.connection.execute(text("INSERT INTO versions (version, at) VALUES (2, '2024')"))
    again = reopened()
    assert found(again, "قوات") == ["a1"]
    assert found(again, "type:ASSAULT") == ["s#V2"]


def forget_index(connection: Any) -> None:  # noqa: ANN401
    """Take away what the migration makes."""
    tables = inspect(connection).get_table_names()
    for table in [name for name in tables if name.startswith(("searched_", "actor_words", "indexed", "unindexed"))]:
        connection.execute(text(f"DROP TABLE {table}"))
    for kind in ("articles", "quotations", "events"):
        connection.execute(text(f"DROP TABLE IF EXISTS {kind}_index"))


def test_an_event_elsewhere_on_the_globe(store: Store) -> None:
    body = "وقع هجوم في الجزيرة."
    one = record("g", body)
    spot = place("P1", words(body, "الجزيرة"), lat=-18.0, lon=179.0, country="FJI")
    one |= {"places": [spot], "events": [event("V1", "ASSAULT", words(body, "هجوم"), [], [], places=["P1"])]}
    save(store, one)
    assert found(store, "type:ASSAULT box:-20,170,-10,-170") == ["g#V1"]
    assert found(store, "type:ASSAULT box:-20,-175,-10,-170") == []
    assert found(store, "type:ASSAULT box:-90,-180,90,180") == ["g#V1"]
