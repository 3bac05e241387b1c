"""Pictures, people, stories and echoes in a real browser: marks lead to sentences, pictures are saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.chromium import faults

ALL = "since=&until="
FIRST_BAR = """() => {
    const [series] = drawn.getOption().series;
    const index = series.data.findIndex(Boolean);
    return drawn.convertToPixel({seriesIndex: 0}, [index, series.data[index] / 2]);
}"""
MIDDLE_OF_AN_EDGE = "() => { const at = drawn.edges()[0].renderedMidpoint(); return [at.x, at.y]; }"
FIRST_DAY = """() => {
    const [series] = drawn.getOption().series;
    const square = series.data.find((one) => one[2]);
    return drawn.convertToPixel({seriesIndex: 0}, [square[0], square[1]]);
}"""
SPOT = """async () => {
    const answer = await fetch(document.getElementById("picture").dataset.source);
    const [spot] = (await answer.json()).spots;
    drawn.jumpTo({center: [spot.lon, spot.lat], zoom: 11});
    await drawn.once("idle");
    const at = drawn.project([spot.lon, spot.lat]);
    return [at.x, at.y];
}"""


def click(page: Page, where: str) -> None:
    """Click a mark of the picture; `where` finds it."""
    x, y = page.evaluate(where)
    page.locator("#picture").click(position={"x": x, "y": y})


@pytest.mark.parametrize(
    ("address", "ready", "mark"),
    [
        (f"/pictures/timeline?{ALL}", "() => window.drawn", FIRST_BAR),
        (f"/pictures/calendar?{ALL}", "() => window.drawn", FIRST_DAY),
        (f"/pictures/network?{ALL}&level=countries", "() => window.drawn && drawn.edges().length", MIDDLE_OF_AN_EDGE),
        (f"/pictures/map?{ALL}", "() => window.drawn", SPOT),
    ],
)
def test_a_mark_leads_to_its_sentences(page: Page, address: str, ready: str, mark: str) -> None:
    page.goto(address)
    page.wait_for_function(ready)
    expect(page.locator("#note")).not_to_have_text("…")
    click(page, mark)
    expect(page.locator("#passages .passage").first).to_be_visible()
    expect(page.locator("#passages mark").first).not_to_be_empty()


def test_a_point_of_two_parties_leads_to_its_sentences(page: Page) -> None:
    page.goto(f"/pictures/dyad?{ALL}&level=countries")
    page.wait_for_function("() => window.drawn")
    click(
        page,
        """() => {
        const [series] = drawn.getOption().series;
        const index = series.data.findIndex((value) => value !== null);
        return drawn.convertToPixel({seriesIndex: 0}, [index, series.data[index]]);
    }""",
    )
    expect(page.locator("#passages .passage").first).to_be_visible()


@pytest.mark.parametrize("picture", ["timeline", "calendar", "network", "dyad", "map"])
def test_pictures_are_saved(page: Page, picture: str, tmp_path: Path) -> None:
    page.goto(f"/pictures/{picture}?{ALL}")
    page.wait_for_function("() => window.drawn")
    for ending, begin in (("png", b"\x89PNG"), ("svg", b"<svg")):
        button = page.locator(f"#save-{ending}")
        if button.count():
            with page.expect_download() as download:
                button.click()
            path = tmp_path / download.value.suggested_filename
            download.value.save_as(path)
            assert path.name == f"masdar-{picture}.{ending}"
            assert path.read_bytes().startswith(begin) and path.stat().st_size > 2000


def test_the_slider_takes_weaker_pairs_away(page: Page) -> None:
    page.goto(f"/pictures/network?{ALL}")
    page.wait_for_function("() => window.drawn && drawn.edges().length > 10")
    page.locator("#strongest").fill("5")
    page.locator("#strongest").dispatch_event("change")
    page.wait_for_function("() => drawn.edges().length === 5")


def test_many_marks_stay_fluid(page: Page) -> None:
    """Of 5,000 spots few marks are drawn at a time: near ones are one until one comes closer."""
    page.goto(f"/pictures/map?{ALL}")
    page.wait_for_function("() => window.drawn && drawn.getSource('spots')")
    marks = page.evaluate(
        """async () => {
        const features = [...Array(5000).keys()].map((index) => ({
            type: "Feature",
            geometry: {type: "Point", coordinates: [-10 + (index % 100) * 0.7, 10 + Math.floor(index / 100) * 0.7]},
            properties: {index: 0, count: 1, conflict: 1, cooperation: 0, claimed: 0, wide: false, disputed: false},
        }));
        drawn.getSource("spots").setData({type: "FeatureCollection", features});
        const counts = [];
        for (const zoom of [3, 5, 7]) {
            drawn.jumpTo({center: [25, 27], zoom});
            await drawn.once("idle");
            counts.push(drawn.queryRenderedFeatures({layers: ["clusters", "points"]}).length);
        }
        return counts;
    }"""
    )
    assert all(0 < count < 600 for count in marks)


def test_a_map_painted_by_the_processor_is_coarse_while_it_moves(page: Page) -> None:
    """And fine again, with its words, when it rests: the tests' Chromium has no graphics card."""
    page.goto(f"/pictures/map?{ALL}")
    page.wait_for_function("() => window.drawn && drawn.getLayer('cities')")
    looks = "[drawn.getPixelRatio() / devicePixelRatio, drawn.getLayoutProperty('cities', 'visibility') ?? 'visible']"
    assert page.evaluate(looks) == [1, "visible"]
    box = page.locator("#picture").bounding_box()
    assert box
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 260, box["y"] + 230, steps=5)
    page.wait_for_function("() => drawn.getPixelRatio() < devicePixelRatio")
    assert page.evaluate(looks) == [0.5, "none"]
    page.mouse.up()
    page.wait_for_function("() => drawn.getPixelRatio() === devicePixelRatio")
    assert page.evaluate(looks) == [1, "visible"]


def test_names_are_suggested(page: Page) -> None:
    page.goto("/pictures/timeline")
    page.locator("input[name=actor]").press_sequentially("سهل")
    expect(page.locator("#suggested option")).to_have_attribute("value", "سهلستان")


def test_numbers_are_loaded_when_opened(page: Page) -> None:
    page.goto(f"/pictures/timeline?{ALL}")
    page.locator("details.numbers summary").click()
    expect(page.locator("details.numbers td").first).to_be_visible()


@pytest.mark.parametrize(("language", "theme", "width"), [("ar", "light", 1280), ("en", "dark", 390)])
def test_nothing_grave_is_wrong_for_anybody(page: Page, language: str, theme: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"/preferences?language={language}&theme={theme}")
    for address in ADDRESSES:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert faults(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


ADDRESSES = (
    "/actors",
    "/actors/GPE:XAA:سهلستان",
    "/actors/GPE:XAA:سهلستان?part=done",
    "/actors/articles?actor=GPE:XAA:سهلستان",
    "/pictures/timeline",
    "/pictures/network",
    "/pictures/map",
    "/pictures/dyad?level=countries",
    "/pictures/calendar",
    "/pictures/passages",
    "/pictures/map/table",
    "/stories",
    "/echoes",
)


def test_a_merge_in_the_browser(page: Page) -> None:
    page.goto("/actors/GPE:XAA:سهلستان")
    page.locator(".identity details summary").click()
    page.locator(".identity input[name=right]").fill("ريفانيا")
    page.locator(".identity input[name=reason]").nth(0).fill("تجربة")
    page.locator(".identity details button").click()
    expect(page.locator(".history li")).to_contain_text("تجربة")
    expect(page.locator(".identity .key").first).to_contain_text("ريفانيا")
    page.locator(".history button").first.click()
    expect(page.locator(".history li")).to_have_count(2)


def test_another_one_of_a_name_is_split_off_in_the_browser(page: Page) -> None:
    page.goto("/actors/GPE:XAA:سهلستان")
    page.locator(".identity a[href^='/actors/articles']").click()
    page.locator("input[name=article]").first.check()
    page.locator("input[name=article]").nth(2).check()
    page.locator("input[name=label]").fill("المنتخب")
    page.locator(".apart button").first.click()
    expect(page.locator("h1")).to_contain_text("(المنتخب)")
    page.locator(".identity a[href^='/actors/articles']").click()
    expect(page.locator("input[name=article]")).to_have_count(2)
    page.go_back()
    page.locator(".history button").click()
    expect(page.locator("h1")).to_have_text("سهلستان")
    expect(page.locator(".history li")).to_have_count(2)
    expect(page.locator(".history button")).to_have_count(1)
