"""The desk in a real browser: reading, searching, correcting and adding with mouse and keyboard."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from masdar.store import Store
from tests.store.records import TEXT, Json, record
from tests.web.chromium import faults

PAGES = (
    "/",
    "/articles",
    "/articles/story-0-0",
    "/articles/story-0-0?blind=1",
    "/search?q=type:ASSAULT",
    "/search?q=type:NONSENSE",
    "/edit?article=story-0-0&item=Q1",
    "/checking",
    "/history",
    "/corpus",
    "/add-articles",
    "/users",
    "/account",
    "/nothing",
)
WIDTH = """text => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = "20px Naskh";
    return pen.measureText(text).width;
}"""


@pytest.fixture(autouse=True)
def article(store: Store) -> None:
    """The sample article beside the generated ones."""
    with store.writer() as writer:
        writer.save(record("a1"))


def choose_words(page: Page, words: str) -> None:
    """Select some words of the article, as a mouse would."""
    page.evaluate(
        """words => {
            const text = document.getElementById("text");
            const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                const at = node.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + words.length);
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                text.dispatchEvent(new PointerEvent("pointerup", {bubbles: true}));
                return;
            }
            throw new Error("no such words");
        }""",
        words,
    )


def test_mark_shows_its_card_and_card_its_words(page: Page) -> None:
    page.goto("/articles/a1")
    page.click("#text .m.claimed")
    expect(page.locator(".card.is-current")).to_have_attribute("data-item", "V2")
    page.click("#Q2 .words")
    expect(page.locator("#text .is-flashing").first).to_be_visible()
    assert "#Q2" in page.url


LONG = "كلام لا شيء فيه.\n" * 80 + TEXT


def test_words_of_a_result_are_in_view(page: Page, store: Store) -> None:
    whole = record("long", TEXT)
    moved = json.loads(json.dumps(whole), object_hook=lambda one: shifted(one, len(LONG) - len(TEXT)))
    moved["document"]["text"] = LONG
    with store.writer() as writer:
        writer.save(moved)
    page.goto("/articles/long#V2")
    expect(page.locator(".card.is-current")).to_have_attribute("data-item", "V2")
    expect(page.locator("#text .m.is-current").first).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    page.click("#Q2 .kind")
    expect(page.locator("#text .m.is-current").first).to_be_in_viewport()
    assert page.url.endswith("#Q2")


def shifted(one: Json, by: int) -> Json:
    """A stretch of the text, so much later."""
    return one | {end: one[end] + by for end in ("start", "end") if end in one}


def test_arabic_is_joined_in_the_fonts_of_the_desk(page: Page) -> None:
    page.goto("/articles/a1")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('20px Naskh', 'سوريا')")
    joined, apart = (page.evaluate(WIDTH, words) for words in ("سوريا", "\N{ZERO WIDTH NON-JOINER}".join("سوريا")))
    assert joined < 0.9 * apart


def test_judging_from_the_keyboard(page: Page) -> None:
    page.goto("/articles/a1")
    page.keyboard.press("j")
    expect(page.locator("#Q1")).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator("#Q1")).to_have_attribute("data-state", "accept")
    expect(page.locator("#Q2")).to_be_focused()
    page.keyboard.press("r")
    expect(page.locator("#Q2")).to_have_attribute("data-state", "reject")
    expect(page.locator("#text .is-reject").first).to_be_visible()
    page.keyboard.press("k")
    page.keyboard.press("u")
    expect(page.locator("#Q2")).to_have_attribute("data-state", "unread")


def test_changing_a_field_from_the_keyboard(page: Page, store: Store) -> None:
    page.goto("/articles/a1#Q1")
    page.keyboard.press("e")
    form = page.locator("#Q1 .editor")
    form.locator("select[name=stance]").select_option("deny")
    form.locator("input[name=note]").press("Enter")
    expect(page.locator("#Q1")).to_have_attribute("data-state", "change")
    assert [row.field for row in store.view().reviews("a1")] == ["stance"]


def test_a_stance_changes_with_three_keys(page: Page, store: Store) -> None:
    page.goto("/articles/a1#Q1")
    page.keyboard.press("3")
    expect(page.locator("#Q1 select[name=stance]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#Q1")).to_have_attribute("data-state", "change")
    expect(page.locator("#Q1")).to_be_focused()
    assert [(row.field, row.value) for row in store.view().reviews("a1")] == [("stance", '"demand"')]


def test_digits_lead_to_fields_but_not_while_one_writes(page: Page) -> None:
    page.goto("/articles/a1#V2")
    page.keyboard.press("e")
    expect(page.locator("#V2 select[name=type]")).to_be_focused()
    page.keyboard.press("0")
    contexts = page.locator("#V2 input[name=contexts]")
    expect(contexts.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(contexts.nth(1)).to_be_focused()
    page.keyboard.press("a")
    page.keyboard.press("3")
    trigger = page.locator("#V2 textarea[name=trigger]")
    expect(trigger).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("1?")
    assert trigger.input_value().endswith("1?")
    page.keyboard.press("Escape")
    page.keyboard.press("6")
    expect(page.locator("#V2").get_by_role("combobox", name="في اقتباس", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#V2")).to_be_focused()
    expect(page.locator("#V2")).to_have_attribute("data-state", "unread")


@pytest.mark.parametrize(("language", "said"), [("ar", "السابق"), ("en", "previous")])
def test_keys_are_listed(page: Page, language: str, said: str) -> None:
    page.goto(f"/preferences?language={language}&to=/articles/a1")
    page.keyboard.press("j")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog")
    expect(keys).to_contain_text(said)
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    expect(page.locator("#Q1.is-current")).to_be_focused()
    page.click("[data-keys]")
    keys.get_by_role("button").click()
    expect(keys).to_be_hidden()
    expect(page.locator("[data-keys]")).to_be_focused()


def test_adding_by_selecting_words(page: Page, store: Store) -> None:
    page.goto("/articles/a1")
    choose_words(page, "لن تقبل")
    page.click("[data-add=events]")
    form = page.locator("#add-slot .editor")
    form.locator("select[name=type]").select_option("REJECT")
    form.get_by_label("جبهة الوادي").nth(1).check()
    form.locator("button[value=add]").click()
    expect(page.locator(".card.state-add")).to_contain_text("لن تقبل")
    (row,) = store.view().reviews("a1")
    assert row.item == "+1" and f'"start":{TEXT.index("لن تقبل")}' in row.anchor


def test_selected_words_go_into_the_field_at_the_cursor(page: Page) -> None:
    page.goto("/articles/a1#V2")
    page.keyboard.press("e")
    field = page.locator("#V2 textarea[name=trigger]")
    field.focus()
    choose_words(page, "قرية النخيل")
    expect(field).to_have_value("قرية النخيل")


def test_what_is_refused_is_said_beside_the_form(page: Page) -> None:
    page.goto("/articles/a1#V2")
    page.keyboard.press("e")
    page.locator("#V2 textarea[name=trigger]").fill("ليست في النص")
    page.locator("#V2 button[value=change]").click()
    expect(page.locator("#V2 .problem")).to_contain_text("do not stand in the article")


def test_search_narrows_by_facets_and_leads_to_the_words(page: Page) -> None:
    page.goto("/search?q=type:ASSAULT")
    before = page.locator(".hits [role=status]").inner_text()
    page.locator(".facets section").first.locator("a").first.click()
    page.wait_for_url("**source*")
    assert page.locator(".hits [role=status]").inner_text() != before
    page.locator(".passage a").first.click()
    expect(page.locator(".card.is-current")).to_be_visible()


def test_pasted_text_is_read_while_one_watches(page: Page) -> None:
    page.goto("/add-articles")
    page.fill("textarea[name=text]", "الحكومة تعلن خطة\nأعلنت الحكومة <script>alert(1)</script> خطة جديدة للجسور.")
    page.locator("form[action$=text] button").click()
    expect(page.locator("#job")).to_contain_text("تمّ")
    page.locator("#job a").first.click()
    expect(page.locator("#text")).to_contain_text("<script>alert(1)</script>")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_phone_shows_the_whole_menu(page: Page, language: str) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.context.add_cookies([{"name": "language", "value": language, "url": page.context.request.get("/").url}])
    page.goto("/checking")
    for entry in page.locator(".sections a").all():
        expect(entry).to_be_in_viewport(ratio=1)


def test_phone_shows_the_card_over_the_text(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/articles/a1")
    page.click("#text .m.claimed")
    box = page.locator(".card.is-current").bounding_box()
    assert box is not None and box["y"] + box["height"] <= 800
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_grave_fault_of_accessibility(page: Page, language: str, theme: str) -> None:
    page.goto(f"/preferences?language={language}&theme={theme}")
    found = []
    for address in PAGES:
        page.goto(address)
        found += [f"{address} {fault}" for fault in faults(page)]
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, address
    assert found == []
