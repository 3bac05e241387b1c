"""What every page has: language, direction, theme, safe headers."""

from __future__ import annotations

import re
from pathlib import Path

from fastapi.testclient import TestClient

import masdar.web
from masdar.plover import SECTORS
from masdar.store.corrections import FIELDS, Shape
from masdar.web.cards import PAGES
from masdar.web.language import words_of
from masdar.web.states import country_name

TEMPLATES = Path(masdar.web.__path__[0]) / "templates"


def test_arabic_comes_first(desk: TestClient) -> None:
    page = desk.get("/").text
    assert '<html lang="ar" dir="rtl" data-theme="auto"' in page


def test_english_by_a_switch(desk: TestClient) -> None:
    page = desk.get("/preferences?language=en&theme=dark&to=/articles").text
    assert '<html lang="en" dir="ltr" data-theme="dark"' in page
    assert "Articles" in page


def test_nobody_is_sent_elsewhere(desk: TestClient) -> None:
    for away in ("https://example.org", "//example.org", "/\\example.org", "javascript:alert(1)"):
        answer = desk.get("/preferences", params={"to": away}, follow_redirects=False)
        assert answer.headers["location"] == "/"


def test_both_languages_have_the_same_words() -> None:
    assert words_of("ar").words.keys() == words_of("en").words.keys()


def test_what_is_counted_has_a_form_for_each_category_of_number() -> None:
    arabic, english = words_of("ar").forms, words_of("en").forms
    assert arabic.keys() == english.keys()
    assert {tuple(forms) for forms in arabic.values()} == {("zero", "one", "two", "few", "many", "other")}
    assert {tuple(forms) for forms in english.values()} == {("one", "other")}
    counted = {key for page in TEMPLATES.glob("*.html") for key in re.findall(r't\.count\("(\w+)"', page.read_text())}
    assert counted and not [key for key in counted if f"n.{key}" not in arabic]


def test_numbers_agree_with_what_they_count() -> None:
    arabic, english = words_of("ar"), words_of("en")
    said = {0: "لا مقالات", 1: "مقال واحد", 2: "مقالان", 3: "3 مقالات", 10: "10 مقالات", 11: "11 مقالا", 99: "99 مقالا"}
    said |= {100: "100 مقال", 102: "102 مقال", 103: "103 مقالات", 1111: "1,111 مقالا", 5000: "5,000 مقال"}
    assert {number: arabic.count("articles", number) for number in said} == said
    assert [english.count("events", number) for number in (0, 1, 2000)] == ["0 events", "1 event", "2,000 events"]


def test_every_word_that_templates_ask_for_is_there() -> None:
    words = words_of("ar").words
    assert not [key for key in words if key.endswith((".True", ".False"))]
    for template in sorted(TEMPLATES.glob("*.html")):
        text = template.read_text("utf-8")
        whole = re.findall(r"""\bt\(\s*["']([\w.-]+)["']\s*[,)]""", text)
        begun = re.findall(r"""\bt\(\s*["']([\w-]+\.)["']\s*~""", text)
        assert [key for key in whole if key not in words] == [], template.name
        assert [start for start in begun if not any(key.startswith(start) for key in words)] == [], template.name


def test_every_code_and_field_that_can_be_corrected_has_words() -> None:
    words = words_of("en").words
    for layer, fields in FIELDS.items():
        for field in fields:
            assert f"field.{field.name}" in words
            page = PAGES.get((layer, field.name))
            assert page is None or [code for code in field.of if f"{page}.{code}" not in words] == []
            assert page or field.shape not in (Shape.CODE, Shape.CODES)


def test_no_code_in_place_of_a_country_or_of_a_sector_is_shown_bare() -> None:
    for language in ("ar", "en"):
        bodies = [country_name(code, language) for code in ("UNO", "EUR", "IGO", "NGO", "IMG", "MNC", "XKX", "SYR")]
        sectors = [words_of(language)(f"sector.{sector}") for sector in SECTORS]
        assert not [name for name in (*bodies, *sectors) if name.isupper()]
    assert country_name("IMG", "ar") == "جماعات مسلحة عابرة للحدود" and country_name("XAA", "en") == "XAA"


def test_policy_lets_no_inline_script_run(desk: TestClient) -> None:
    answer = desk.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "style=" not in answer.text and "<style" not in answer.text


def test_all_articles_can_be_paged_through(desk: TestClient) -> None:
    seen: list[str] = []
    address = "/articles"
    while address:
        page = desk.get(address).text
        seen += [part.split('"')[0] for part in page.split('<a href="/articles/')[1:]]
        address = (
            page.split('class="pages"><a href="')[1].split('"')[0].replace("&amp;", "&") if "pages" in page else ""
        )
    assert len(seen) == len(set(seen)) == 500
