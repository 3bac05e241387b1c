"""Pictures: their pages, data and tables, and the sentences behind every mark."""

from __future__ import annotations

import csv
import io

import pytest
from fastapi.testclient import TestClient

from masdar.store.aggregates import Period, Sum
from masdar.web.bars import WIDTH, Tick, bars, letters_of, ticks
from masdar.web.drawings import DRAW, Drawing
from masdar.web.language import words_of
from masdar.web.sentences import cell_text, spaced

PICTURES = tuple(DRAW)
ALL = "since=&until="


@pytest.mark.parametrize("picture", PICTURES)
def test_page_has_the_way_to_its_data(desk: TestClient, picture: str) -> None:
    page = desk.get(f"/pictures/{picture}").text
    assert f'data-source="/pictures/{picture}.json?since=' in page
    assert f"/static/pictures/{picture}.js" in page and "<script>" not in page and "style=" not in page


@pytest.mark.parametrize("picture", PICTURES)
def test_numbers_stand_in_a_table_too(desk: TestClient, picture: str) -> None:
    whole = desk.get(f"/pictures/{picture}/table?{ALL}").text
    part = desk.get(f"/pictures/{picture}/table?{ALL}", headers={"HX-Request": "true"}).text
    assert whole.count("<tr>") == part.count("<tr>") > 1 and "<html" in whole and "<html" not in part
    assert "column." not in part


@pytest.mark.parametrize("picture", PICTURES)
def test_data_and_table_say_the_same(desk: TestClient, picture: str) -> None:
    rows = [*csv.DictReader(io.StringIO(desk.get(f"/pictures/{picture}.csv?{ALL}").text.lstrip("\ufeff")))]
    data = desk.get(f"/pictures/{picture}.json?{ALL}").json()
    held = {
        "timeline": lambda: sum(period["count"] for period in data["periods"]),
        "calendar": lambda: sum(day["count"] for day in data["days"]),
        "network": lambda: sum(edge["count"] for edge in data["edges"]),
        "map": lambda: data["events"],
        "dyad": lambda: sum(period["count"] for side in ("there", "back") for period in data[side]),
    }
    assert sum(int(row["count"]) for row in rows) == held[picture]() > 0


def test_every_bar_leads_to_as_many_sentences(desk: TestClient) -> None:
    data = desk.get(f"/pictures/timeline.json?{ALL}").json()
    period = data["periods"][3]
    query = f"since={period['start']}&until={period['start']}"
    found = desk.get(f"/pictures/passages.json?{query}").json()
    assert len(found["passages"]) == period["count"]
    assert all(one["day"].startswith(period["start"]) for one in found["passages"])


def sentences(desk: TestClient, **query: str) -> int:
    """How many sentences there are behind a mark, page by page."""
    found, after = 0, ""
    while after is not None:
        page = desk.get("/pictures/passages.json", params={"since": "", "until": "", **query, "after": after}).json()
        found, after = found + len(page["passages"]), page["next"]
    return found


def test_every_pair_leads_to_as_many_sentences(desk: TestClient) -> None:
    edge = desk.get(f"/pictures/network.json?{ALL}&level=countries").json()["edges"][-1]
    assert sentences(desk, actor=edge["actor"], recipient=edge["recipient"]) == edge["count"]


def test_every_spot_leads_to_as_many_sentences(desk: TestClient) -> None:
    spot = desk.get(f"/pictures/map.json?{ALL}").json()["spots"][-1]
    assert sentences(desk, spot=f"{spot['lat']},{spot['lon']}") == spot["count"] > 25


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("network", ("conflict", "cooperation", "grey", "dashed", "width", "size")),
        ("network?layer=quotation", ("grey_said", "width", "size_said")),
        ("map", ("conflict_most", "cooperation_most", "mixed", "square", "ring", "size_spot")),
        ("timeline", ("height",)),
        ("timeline?layer=quotation", ("height_said",)),
        ("calendar", ()),
    ],
)
def test_what_marks_mean_is_said_beside_them(desk: TestClient, address: str, told: tuple[str, ...]) -> None:
    for language in ("ar", "en"):
        desk.cookies.set("language", language)
        page = desk.get(f"/pictures/{address}").text
        t = words_of(language)
        assert all(f"</span> {t(f'key.{word}')}</li>" in page for word in told)
        assert ("picture-key" in page) == bool(told)


def test_a_part_of_a_page_for_scripts(desk: TestClient) -> None:
    part = desk.get("/pictures/passages", headers={"HX-Request": "true"}).text
    assert "<html" not in part and part.count('<li class="passage') == 25 and "data-part" in part


def test_names_are_found_in_both_languages(desk: TestClient) -> None:
    page = desk.get("/pictures/timeline", params={"actor": "سهلستان"}).text
    assert 'name="actor" value="سهلستان"' in page and "GPE%3AXAA%3A" in page
    page = desk.get("/pictures/network", params={"actor": "Syria", "level": "countries"}).text
    assert 'name="actor" value="سوريا"' in page and "country%3ASYR" in page


def test_a_name_that_nobody_has(desk: TestClient) -> None:
    page = desk.get("/pictures/timeline", params={"actor": "<b>زيد</b>"}).text
    assert 'role="alert"' in page and "<b>زيد" not in page
    assert desk.get("/pictures/timeline.json", params={"actor": "زيد بلا اسم"}).json()["periods"] == []


@pytest.mark.parametrize(
    "query", ["since=yesterday", "layer=x", "told=x", "level=x", "spot=here", "since=2024-13", f"actor={'a' * 301}"]
)
def test_what_cannot_be_asked(desk: TestClient, query: str) -> None:
    answer = desk.get(f"/pictures/passages.json?{query}")
    assert answer.status_code in (400, 422) and answer.json()["error"]["message"]


def test_an_end_of_a_page_that_is_none(desk: TestClient) -> None:
    assert desk.get("/pictures/passages.json?after=2024-01-01,x,V1").status_code == 400
    assert desk.get("/pictures/passages.json?after=2024-01-01,99999999999999999999,V1").status_code == 400


def test_labels_of_the_map_in_the_language_of_the_desk(desk: TestClient) -> None:
    arabic = desk.get("/pictures/labels.json").json()["labels"]
    assert {"country", "city", "disputed"} == {label["kind"] for label in arabic}
    assert "سوريا" in {label["name"] for label in arabic}
    desk.get("/preferences?language=en")
    assert "Syria" in {label["name"] for label in desk.get("/pictures/labels.json").json()["labels"]}


def test_no_cell_is_a_formula() -> None:
    made = Drawing({}, ("a",), [("=1+1",), (-3.5,), ("@x",), ("عادي",)]).csv()
    assert made.splitlines() == ["\ufeffa", "'=1+1", "-3.5", "'@x", "عادي"]


def test_parts_of_a_sentence_keep_their_joints() -> None:
    assert spaced("قال \u202eإنه\n") == "قال إنه " and spaced("و") == "و" and spaced(" ") == " "


def test_codes_in_tables_are_words(desk: TestClient) -> None:
    english = words_of("en")
    assert cell_text(english, "type", "ASSAULT") == english("type.ASSAULT")
    assert cell_text(english, "types", "ASSAULT 2, AID 1") == f"{english('type.ASSAULT')} 2, {english('type.AID')} 1"
    assert cell_text(english, "count", 12345) == "12,345" and cell_text(english, "country", None) == ""


def test_bars_stand_above_their_months_over_the_whole_width() -> None:
    periods = [Period(f"2018-{month:02}", {"ASSAULT": Sum(month, 0, 0.0)}) for month in range(2, 7)]
    drawn = bars(periods, lambda _type: "quad-4", lambda start: start)
    middles = [round(100 * (bar.x + bar.width / 2) / WIDTH, 1) for bar in drawn.bars]
    assert [(tick.start, tick.at) for tick in drawn.ticks] == list(
        zip([period.start for period in periods], middles, strict=True)
    )
    assert middles == [10, 30, 50, 70, 90]
    assert [tick.mirrored().at for tick in drawn.ticks] == middles[::-1]


def test_narrow_bars_are_named_at_even_distances() -> None:
    days = [f"2018-03-{day:02}" for day in range(1, 32)]
    named = ticks(days)
    assert [tick.start for tick in named] == [days[0], days[10], days[20], days[30]]
    assert (named[0].anchor, named[-1].mirrored()) == ("start", Tick(days[30], 0.0, "start"))
    assert ticks([]) == []


def test_bars_have_no_gaps_in_time() -> None:
    days = [Period(day, {"deny": Sum(2)}) for day in ("2024-01-30", "2024-02-02")]
    drawn = bars(days, lambda _: "stance-2", lambda start: f"/{start}")
    assert [(bar.start, bar.count) for bar in drawn.bars] == [
        ("2024-01-30", 2),
        ("2024-01-31", 0),
        ("2024-02-01", 0),
        ("2024-02-02", 2),
    ]
    months = [Period(start, {"deny": Sum(1)}) for start in ("2024-01", "2025-01")]
    long = bars(months, lambda _: "", lambda _: "")
    assert [bar.start for bar in long.bars] == [*(f"2024-{month:02}" for month in range(1, 13)), "2025-01"]
    assert long.most == 1 and bars([], lambda _: "", lambda _: "").bars == ()
    assert [bar.start for bar in bars([Period("1999"), Period("2001")], lambda _: "", lambda _: "").bars] == [
        "1999",
        "2000",
        "2001",
    ]
    ends = ("2024-01-01", "2024-03-01"), ("2024-01-01", "2026-01-01"), ("1979-01-01", "2026-01-01"), ("", "")
    assert [letters_of(*pair) for pair in ends] == [10, 7, 4, 10]
